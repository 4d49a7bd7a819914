"""The vouchers of purchased goods: typed singly, or a dealer's list pasted or chosen (kpcs.md §10)."""

import json
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QVBoxLayout, QWidget

from kpdesk.domain.custody import Voucher
from kpdesk.domain.kept import record_of, value_of
from kpdesk.domain.measures import Carats, Money, total_carats
from kpdesk.domain.records import NotCanonical
from ui.formats import Formats
from ui.widgets.amount_field import AmountField
from ui.widgets.card import button
from ui.widgets.day_field import DayField
from ui.widgets.entries import Entries
from ui.widgets.field import Field, line
from ui.widgets.pick_field import PickField
from ui.widgets.rows import Column


class VouchersCard(QWidget):
    """Only for goods that were bought here."""

    changed = Signal()
    listed = Signal(object, str)
    """A list was given: its bytes and its name."""

    def __init__(self, formats: Formats, *, today: Callable[[], date]) -> None:
        super().__init__()
        self._formats = formats
        self._carats: Carats | None = None
        nothing = self.tr("No miner or dealer matches “{text}”.")
        self._number = Field(self.tr("Voucher"), line("voucher_number", longest=40))
        self._on = DayField("voucher_day", self.tr("Date"), today=today)
        self._seller = PickField("voucher_seller", self.tr("Seller"), nothing=nothing)
        self._weight = AmountField("voucher_carats", self.tr("Carats"), places=3, unit="ct", formats=formats)
        self._value = AmountField("voucher_value", self.tr("Value"), places=2, unit="US$", formats=formats)
        paste = button("vouchers_paste", self.tr("Paste a list"))
        choose = button("vouchers_choose", self.tr("Choose a list…"))
        columns = (
            Column(self.tr("Voucher"), lambda voucher: voucher.number),
            Column(self.tr("Date"), lambda voucher: formats.date(voucher.on)),
            Column(self.tr("Seller"), lambda voucher: voucher.seller, wide=True),
            Column(self.tr("Carats"), lambda voucher: formats.carats(voucher.carats), number=True),
            Column(self.tr("Value"), lambda voucher: formats.money(voucher.value), number=True),
        )
        self.entries = Entries(
            "vouchers",
            self.tr("Vouchers"),
            fields=(self._number, self._on, self._seller, self._weight, self._value),
            made=self._made,
            columns=columns,
            empty=self.tr("No voucher yet. Type one, or paste the dealer's list: number, date, seller, carats, value."),
            beside=(paste, choose),
        )
        self.entries.changed.connect(self._on_changed)
        paste.clicked.connect(self._paste)
        choose.clicked.connect(self._choose)
        inside = QVBoxLayout(self)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.addWidget(self.entries)

    @property
    def vouchers(self) -> tuple[Voucher, ...]:
        return self.entries.lines

    @property
    def text(self) -> str:
        """The lines for a draft."""
        return json.dumps([record_of(voucher) for voucher in self.vouchers]) if self.vouchers else ""

    def show_text(self, text: str) -> None:
        """What a draft kept."""
        try:
            self.entries.show_lines([value_of(Voucher, each) for each in json.loads(text)] if text else ())
        except (ValueError, NotCanonical):
            self.entries.show_lines(())
        self._tell()

    def show_sellers(self, sellers: Sequence[tuple[str, str]]) -> None:
        """(register number, name)."""
        self._seller.show_options([(number, f"{number}  {name}") for number, name in sellers])

    def show_parcel(self, carats: Carats | None) -> None:
        """What the parcel weighs, to be compared with the sum."""
        self._carats = carats
        self._tell()

    def _made(self) -> Voucher | None:
        number, on, seller = self._number.editor.text().strip(), self._on.day, self._seller.value  # type: ignore[union-attr]
        if not number or on is None or seller is None or self._weight.amount is None or self._value.amount is None:
            return None
        carats, value = Carats(self._weight.amount), Money(self._value.amount)
        return Voucher(number=number, on=on, seller=seller, carats=carats, value=value)

    def _on_changed(self) -> None:
        self._tell()
        self.changed.emit()

    def _tell(self) -> None:
        if not self.vouchers:
            self.entries.show_told("")
            return
        total = total_carats(voucher.carats for voucher in self.vouchers)
        words = self.tr("%n voucher(s), {carats}", "", len(self.vouchers)).format(carats=self._formats.carats(total))
        if self._carats is not None:
            parcel = self.tr("parcel {carats}").format(carats=self._formats.carats(self._carats))
            words = QCoreApplication.translate("lists", "{one}  ·  {two}").format(one=words, two=parcel)
        self.entries.show_told(words)

    def _paste(self) -> None:
        text = QGuiApplication.clipboard().text()
        self.listed.emit(text.encode(), self.tr("pasted list"))

    def _choose(self) -> None:
        chosen, _ = QFileDialog.getOpenFileName(
            self, self.tr("A list of vouchers"), "", "CSV, XLSX (*.csv *.txt *.xlsx)"
        )
        if chosen:
            self.give(Path(chosen))

    def give(self, path: Path) -> None:
        """A list lies in this file; it is read in the workroom."""
        self.listed.emit(path, path.name)
