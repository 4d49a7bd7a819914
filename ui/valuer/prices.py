"""The office's classes and prices: every version, what it says, and a new one from a file (kpcs.md §13)."""

from collections.abc import Mapping

from PySide6.QtWidgets import QStackedLayout, QVBoxLayout

from kpdesk.domain.prices import BookKind, Price, SizeClass
from ui.surface import Surface
from ui.versions import VersionActs, Versions
from ui.widgets.card import BETWEEN, row
from ui.widgets.field import Field, choice
from ui.widgets.page import Page


class PricesPage(Page):
    """Old versions stay: a figure names the ones it was made by."""

    def __init__(self, acts: Mapping[BookKind, VersionActs], surface: Surface) -> None:
        super().__init__("prices", surface)
        self._books = choice(
            "prices_book", (self.tr("Prices"), BookKind.PRICES), (self.tr("Classes"), BookKind.CLASSES)
        )
        self._books.setMinimumContentsLength(16)
        files = {BookKind.PRICES: Price.columns, BookKind.CLASSES: SizeClass.columns}
        self._stack = QStackedLayout()
        for kind, asked in files.items():
            columns = ", ".join(name if must else f"({name})" for name, must in asked.items())
            each = Versions(
                kind.value,
                acts[kind],
                columns=columns,
                workroom=self._workroom,
                formats=self._formats,
                keyboard=self._keyboard,
            )
            each.signed.connect(self.told)
            self._stack.addWidget(each)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(32, 8, 32, 32)
        whole.setSpacing(BETWEEN)
        whole.addLayout(row(Field(self.tr("&Book"), self._books), 1))
        whole.addLayout(self._stack, 1)
        self._books.currentIndexChanged.connect(self._on_book)
        self.bind("main", lambda: self.shown.sign())
        self.bind("open", lambda: self.shown.choose())
        self.bind("back", lambda: self.shown.leave())

    @property
    def shown(self) -> Versions:
        """The book that lies open."""
        shown = self._stack.currentWidget()
        assert isinstance(shown, Versions)
        return shown

    def enter(self) -> None:
        self.show_subtitle(self.tr("a new version is signed by two; the ones before stay"))
        self.shown.ask()

    def _on_book(self, place: int) -> None:
        self._stack.setCurrentIndex(place)
        self.shown.ask()
