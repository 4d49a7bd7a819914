"""The tariff of levies and fees: every version, what it asks, and a new one from a file (kpcs.md §13)."""

from PySide6.QtWidgets import QVBoxLayout

from kpdesk.domain.fees import Charge
from ui.surface import Surface
from ui.versions import VersionActs, Versions
from ui.widgets.page import Page


class TariffPage(Page):
    """Old versions stay: a claim names the one it was made by."""

    def __init__(self, acts: VersionActs, surface: Surface) -> None:
        super().__init__("tariff_page", surface)
        columns = ", ".join(name if must else f"({name})" for name, must in Charge.columns.items())
        self.shown = Versions(
            "tariff",
            acts,
            columns=columns,
            workroom=self._workroom,
            formats=self._formats,
            keyboard=self._keyboard,
        )
        self.shown.signed.connect(self.told)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(32, 8, 32, 32)
        whole.addWidget(self.shown)
        self.bind("main", self.shown.sign)
        self.bind("open", self.shown.choose)
        self.bind("back", self.shown.leave)

    def enter(self) -> None:
        self.show_subtitle(self.tr("levies of the state and fees of the office; a new version is signed by two"))
        self.shown.ask()
