"""Parcels put aside while another caller was served; there only while there are any."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.formats import Formats
from ui.widgets.card import table_card
from ui.widgets.rows import Column, Rows


@dataclass(frozen=True, slots=True)
class Waits:
    """One of them."""

    name: str
    carats: str
    """As typed."""
    since: datetime


class ParkedCard(QWidget):
    """Enter takes one up again."""

    asked = Signal(str)

    def __init__(self, formats: Formats) -> None:
        super().__init__()
        columns = (
            Column(self.tr("Exporter"), lambda waits: waits.name, wide=True),
            Column(self.tr("Carats"), lambda waits: waits.carats, number=True),
            Column(self.tr("Since"), lambda waits: formats.time(waits.since), number=True),
        )
        self._rows = Rows("parked", self.tr("Put aside"), columns, empty="")
        self._rows.setMinimumHeight(110)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(table_card("parked_card", self.tr("Put aside"), self._rows))
        self._rows.opened.connect(lambda waits: self.asked.emit(waits.name))
        self.hide()

    def show_parked(self, parked: Sequence[Waits]) -> None:
        self._rows.show_slips(parked)
        self.setVisible(bool(parked))

    def take_cursor(self) -> None:
        if not self.isHidden():
            self._rows.take_cursor()
