"""Provisional values: what went to a tender or on consignment, what is overdue, what the goods were sold for."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QFrame, QWidget

from kpdesk.desks.tenders import TenderSlip
from kpdesk.domain.measures import Money
from kpdesk.domain.outcomes import Outcome
from kpdesk.domain.tenders import Basis
from ui import messages
from ui.marks import QT_TRANSLATE_NOOP
from ui.surface import Surface
from ui.tones import Tone
from ui.widgets.amount_field import AmountField
from ui.widgets.card import Notice, button, card, column, row, table_card, text
from ui.widgets.columns import Columns
from ui.widgets.day_field import DayField
from ui.widgets.field import EnterMoves, Field, line
from ui.widgets.page import Page
from ui.widgets.rows import Column, Rows

_BASES = {
    Basis.TENDER: QT_TRANSLATE_NOOP("tenders", "tender"),
    Basis.CONSIGNMENT: QT_TRANSLATE_NOOP("tenders", "consignment"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ResultActs:
    """What the page asks of a desk; `today` alone is asked in the window's thread."""

    provisional: Callable[[], Sequence[TenderSlip]]
    record: Callable[[str, Money, date, str], TenderSlip]
    """Parcel, value, day of sale, document."""
    today: Callable[[], date]


class ResultsPage(Page):
    """The longest overdue on top; the result is recorded beside the certificate, which stays as signed."""

    def __init__(self, acts: ResultActs, surface: Surface) -> None:
        super().__init__("results", surface)
        self._acts = acts
        self._picked: TenderSlip | None = None
        self._build()
        self._wire()

    def _build(self) -> None:
        formats = self._formats
        columns = (
            Column(self.tr("Parcel"), lambda slip: slip.parcel, tone=_tone),
            Column(self.tr("Exporter"), lambda slip: slip.exporter_name, wide=True),
            Column(self.tr("Goes to"), lambda slip: QCoreApplication.translate("tenders", _BASES[slip.basis])),
            Column(
                self.tr("Stated US$"),
                lambda slip: formats.number(slip.stated.value) if slip.stated else "–",
                number=True,
            ),
            Column(self.tr("Sold US$"), self._sold, number=True),
            Column(self.tr("Result due"), self._due, number=True),
        )
        self._rows = Rows(
            "results_list",
            self.tr("Provisional values"),
            columns,
            self.tr("No value is provisional. Valuers mark it on the sheet of a parcel that goes to a tender."),
        )
        self._value = AmountField("results_value", self.tr("&Sold for"), places=2, unit="US$", formats=formats)
        self._on = DayField("results_on", self.tr("Sold &on"), today=self._acts.today)
        self._document = line("results_document")
        self._record = button("results_record", self.tr("Record the result"), self._keyboard.name("main"), primary=True)
        table = table_card("results_card", self.tr("Provisional values, the longest due on top"), self._rows)
        Columns(self, (column(table), 9), (column(self._form(), 1), 4))
        self._moves = EnterMoves([self._value.editor, self._on.line, self._document])

    def _form(self) -> QFrame:
        form, inside = card("results_form", self.tr("Result"))
        inside.setSpacing(12)
        self._about = text(self.tr("Choose a parcel."), wrap=True)
        self._top = Notice("results_top")
        self._fields = QWidget()
        self._fields.setLayout(column(self._value, self._on, Field(self.tr("&Document"), self._document), gap=12))
        inside.addWidget(self._about)
        inside.addWidget(self._top)
        inside.addWidget(self._fields)
        inside.addLayout(row(self._record, 1))
        return form

    def _wire(self) -> None:
        self._rows.picked.connect(self._on_picked)
        self._rows.opened.connect(lambda _: self._value.editor.setFocus())
        self._record.clicked.connect(self.record)
        self._workroom.changed.connect(self._on_changed)
        self.bind("main", self.record)

    def enter(self) -> None:
        self._rows.take_cursor()
        self._ask()

    def _ask(self) -> None:
        self._workroom.run(self, self._acts.provisional, self._show)

    def _on_changed(self, changes: frozenset[str]) -> None:
        if "tenders" in changes and self.isVisible():
            self._ask()

    def _show(self, slips: Sequence[TenderSlip]) -> None:
        self._rows.show_slips(slips)
        late = sum(slip.overdue > 0 for slip in slips)
        self.show_subtitle(self.tr("results overdue: {count}").format(count=late))
        self._on_picked(self._rows.current())

    def _on_picked(self, picked: object) -> None:
        slip = self._picked = picked if isinstance(picked, TenderSlip) else None
        open_one = slip is not None and slip.result is None
        self._fields.setEnabled(open_one)
        self._record.setEnabled(open_one)
        if slip is None:
            self._about.setText(self.tr("Choose a parcel."))
        elif slip.result is None:
            words = self.tr("{parcel}, certificate {certificate}: not sold yet.")
            self._about.setText(words.format(parcel=slip.parcel, certificate=slip.certificate or "–"))
        else:
            off = "" if slip.apart is None else f"{slip.apart:+.1f} %".replace("-", "−")
            words = self.tr("{parcel}: sold for {value}, {off} against the value stated.")
            self._about.setText(words.format(parcel=slip.parcel, value=self._formats.money(slip.result), off=off))

    def record(self) -> None:
        slip = self._picked
        if slip is None or slip.result is not None:
            return
        for field in (self._value, self._on):
            if not field.check():
                field.editor.setFocus()
                return
        if self._value.amount is None or self._on.day is None:
            self._top.show_words(self.tr("Enter the price and the day of the sale."))
            (self._value if self._value.amount is None else self._on).editor.setFocus()
            return
        parcel, value, on, document = (
            slip.parcel,
            Money(self._value.amount),
            self._on.day,
            self._document.text().strip(),
        )
        self._workroom.run(
            self,
            lambda: self._acts.record(parcel, value, on, document),
            self._on_recorded,
            self._on_refused,
            changes=("tenders",),
        )

    def _on_recorded(self, slip: TenderSlip) -> None:
        self._top.show_words("")
        self._value.show_amount(None)
        self._on.show_day(None)
        self._document.clear()
        self.told.emit(self.tr("Result of {parcel} recorded").format(parcel=slip.parcel))
        self._rows.take_cursor()

    def _on_refused(self, problem: Outcome) -> None:
        self._top.show_words(messages.in_full(problem))

    def _sold(self, slip: TenderSlip) -> str:
        return "" if slip.result is None else self._formats.number(slip.result.value)

    def _due(self, slip: TenderSlip) -> str:
        if slip.overdue:
            return self.tr("{days} days over").format(days=slip.overdue)
        return self._formats.date(slip.due if slip.sold_on is None else slip.sold_on)


def _tone(slip: TenderSlip) -> Tone:
    return Tone.OK if slip.result is not None else Tone.LIFTABLE if slip.overdue else Tone.UNKNOWN
