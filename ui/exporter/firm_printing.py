"""Certificates that firms print themselves: an officer loads and binds the blank, or adds the codes to their sheets."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtWidgets import QFileDialog

from kpdesk.domain.outcomes import Outcome
from ui import look, messages
from ui.surface import Surface
from ui.tones import Tone
from ui.widgets.card import BETWEEN, Notice, button, card, column, rename, row, table_card, text
from ui.widgets.columns import Columns
from ui.widgets.field import Field, line
from ui.widgets.page import Page
from ui.widgets.rows import Column, Rows

_LOWEST = 300


@dataclass(frozen=True, slots=True)
class Printable:
    """An approved certificate that its firm prints, or a sheet with its data on it."""

    certificate: str
    shipment: str
    firm: str
    blank: str
    """What it is bound to, or what the firm's seat says that it printed on; empty: a blank is still to be loaded."""
    data: bool = False
    """The firm has printed the data on its own blank: the codes are wanted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FirmPrintingActs:
    """What the page asks of a desk; all run in the workroom."""

    listed: Callable[[], Sequence[Printable]]
    next_blank: Callable[[], str]
    load: Callable[[str, str], object]
    """(certificate, blank): load it and bind its number; the firm prints."""
    codes: Callable[[str, str], object]
    """(certificate, blank): the firm's sheet is here; load it, bind it, print the codes."""
    take: Callable[[Path], str]
    """Take a seat's report in: the blank that it is about."""


class FirmPrintingPage(Page):
    """One list; the button says what the row under the cursor waits for."""

    def __init__(self, acts: FirmPrintingActs, surface: Surface) -> None:
        super().__init__("firm_printing", surface)
        self._acts = acts
        self._next = ""
        self._build()
        self._wire()

    def _build(self) -> None:
        self._list = Rows(
            "firm_printing_list",
            self.tr("Printed by firms"),
            (
                Column(self.tr("Shipment"), lambda each: each.shipment, tone=_tone),
                Column(self.tr("Firm"), lambda each: each.firm, wide=True),
                Column(self.tr("Blank"), lambda each: each.blank or "–"),
                Column(self.tr("Waits for"), self._waits),
            ),
            self.tr("No approved certificate waits to be printed by its firm."),
        )
        listed = table_card("firm_printing_card", self.tr("Printed by firms"), self._list)
        listed.setMinimumHeight(look.current().px(_LOWEST))
        self._report = button("firm_printing_report", self.tr("Take a report in"), self._keyboard.name("open"))
        self._notice = Notice("firm_printing_trouble")
        self._title = text("", "heading", wrap=True)
        self._title.setObjectName("firm_printing_title")
        self._blank = line("firm_printing_blank", mono=True, longest=40)
        self._field = Field(self.tr("&Blank, scanned"), self._blank, below=True)
        self._go = button("firm_printing_go", self.tr("Load and bind"), self._keyboard.name("main"), primary=True)
        one, inside = card("firm_printing_one")
        for each in (self._title, self._notice, self._field):
            inside.addWidget(each)
        inside.addLayout(row(self._go, 1))
        inside.addStretch(1)
        start = column(listed, gap=BETWEEN)
        start.addLayout(row(self._report, 1))
        start.setStretch(0, 1)
        Columns(self, (start, 7), (column(one), 5))

    def _wire(self) -> None:
        self._list.picked.connect(self._show)
        self._blank.returnPressed.connect(self._go.setFocus)
        self._go.clicked.connect(self.go_on)
        self._report.clicked.connect(self.choose)
        self.bind("main", self.go_on)
        self.bind("open", self.choose)
        self._workroom.changed.connect(lambda changes: self._ask() if changes & {"certificates", "stock"} else None)

    def enter(self) -> None:
        self._list.take_cursor()
        self._ask()

    def _ask(self) -> None:
        self._workroom.run(self, self._acts.next_blank, self._show_next)
        self._workroom.run(self, self._acts.listed, self._show_list)

    def _show_next(self, number: str) -> None:
        self._next = number

    def _show_list(self, found: Sequence[Printable]) -> None:
        self._list.show_slips(found)
        self.show_subtitle(self.tr("waiting: {count}").format(count=len(found)))
        current = self._list.current()
        self._show(current if isinstance(current, Printable) else None)

    def _show(self, one: Printable | None) -> None:
        open_ = one is not None and (one.data or not one.blank)
        self._go.setEnabled(open_)
        self._blank.setEnabled(open_)
        self._title.setText(f"{one.shipment}  ·  {one.firm}" if one else "")
        words = self.tr("Load, bind, print the codes") if one and one.data else self.tr("Load and bind")
        rename(self._go, words, self._keyboard.name("main"))
        if one is None:
            self._field.show_below("")
        elif one.data:
            self._field.show_below(self.tr("the firm's own sheet is {number}").format(number=one.blank))
        elif one.blank:
            self._field.show_below(
                self.tr("bound to {number}: the firm prints at the counter").format(number=one.blank)
            )
        else:
            self._field.show_below(self.tr("next in order is {number}").format(number=self._next or "–"))

    def _waits(self, one: Printable) -> str:
        if one.data:
            return self.tr("codes")
        return self.tr("the firm's print") if one.blank else self.tr("a blank")

    def go_on(self) -> None:
        """The step that the row under the cursor waits for."""
        one, typed = self._list.current(), self._blank.text().strip()
        if not isinstance(one, Printable) or not self._go.isEnabled():
            return
        if not typed:
            self._blank.setFocus()
            return
        act = self._acts.codes if one.data else self._acts.load
        self._workroom.run(
            self,
            lambda: act(one.certificate, typed),
            lambda _: self._on_done(one, typed),
            self._on_refused,
            changes=("certificates", "stock"),
        )

    def _on_done(self, one: Printable, number: str) -> None:
        self._blank.clear()
        self._notice.show_words("")
        if one.data:
            self.told.emit(self.tr("codes sent to sheet {number}").format(number=number))
            self.going.emit("issue", "")  # where the question is asked
        else:
            self.told.emit(self.tr("{number} is bound; the firm prints it at the counter").format(number=number))

    def choose(self) -> None:
        """Ask for the report in the system's own dialog."""
        chosen, _ = QFileDialog.getOpenFileName(
            self, self._report.accessibleName(), "", self.tr("Reports of seats (*.kpp)")
        )
        if chosen:
            self.take(Path(chosen))

    def take(self, file: Path) -> None:
        """Take in what a seat says that it printed."""
        self._workroom.run(
            self,
            lambda: self._acts.take(file),
            lambda blank: self.told.emit(self.tr("data on {number} are reported").format(number=blank)),
            self._on_refused,
            changes=("certificates",),
        )

    def _on_refused(self, problem: Outcome) -> None:
        self._notice.show_words(messages.in_full(problem))


def _tone(one: Printable) -> Tone:
    return Tone.NOTE if one.data or not one.blank else Tone.OK
