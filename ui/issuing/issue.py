"""Issue one certificate: what is ready, its page, the blank, the print, the sheet (desk.md §3.4, §6 D)."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout

from kpdesk.desks.sheets import Sheet, ThirdSheet
from kpdesk.domain.outcomes import Outcome
from kpdesk.domain.parties import Role
from ui import look, messages
from ui.issuing.question import SheetQuestion
from ui.second import SecondSignature
from ui.slips import Picture, Printer, Ready, Signed, Spooled, Stage
from ui.surface import Surface
from ui.tones import Tone
from ui.widgets.card import BETWEEN, Notice, button, card, column, rename, table_card
from ui.widgets.columns import Columns
from ui.widgets.field import Field, choice, line
from ui.widgets.findings import Findings
from ui.widgets.page import Page
from ui.widgets.picture import PictureView
from ui.widgets.rows import Column, Rows

_SHOWS = frozenset({"certificates", "stock"})
_LOWEST = 220


@dataclass(frozen=True, slots=True, kw_only=True)
class IssueActs:
    """What the page asks of a desk; all run in the workroom."""

    ready: Callable[[], Sequence[Ready]]
    preview: Callable[[str], Picture]
    """The page of a shipment's reference as it will be printed."""
    prepare: Callable[[str], object]
    """Draw the certificate of this shipment up and sign it first."""
    approve: Callable[[str, str, str], object]
    """(reference, officer, password): the second officer's signature beside the first."""
    next_blank: Callable[[], str | None]
    printers: Callable[[], Sequence[Printer]]
    reasons: Callable[[], Sequence[tuple[str, str]]]
    """(code, words): why a sheet is spoiled."""
    print_sheet: Callable[[str, str, str], Spooled]
    """(reference, number of the blank, printer): binds the number, then prints."""
    print_third: Callable[[str, str, str, str, str], Spooled]
    """The same with (officer, password) of the supervisor whom the third sheet of a certificate asks for."""
    answer: Callable[[Spooled, Sheet, str], object]
    """What a person saw on the sheet, with the number read from it or the reason."""
    unanswered: Callable[[], Spooled | None]
    """A sheet nobody has looked at since the program last ran."""


class IssuePage(Page):
    """While a sheet is unanswered the question covers the window."""

    issued = Signal(object)
    """The `Spooled` slip whose sheet was all right."""

    def __init__(self, acts: IssueActs, surface: Surface) -> None:
        super().__init__("issue", surface)
        self._acts = acts
        self._reasons: Sequence[tuple[str, str]] = ()
        self._next: str | None = None
        self._wanted = ""
        self._question: SheetQuestion | None = None
        self._build()
        self._wire()

    def _build(self) -> None:
        shown = self._formats
        self._ready = Rows(
            "issue_ready",
            self.tr("Ready"),
            (
                Column(self.tr("Shipment"), lambda ready: ready.reference, tone=_tone),
                Column(self.tr("To"), lambda ready: ready.destination),
                Column(self.tr("Waits for"), self._waits_for, wide=True),
                Column(self.tr("Carats"), lambda ready: shown.carats(ready.carats), number=True),
            ),
            self.tr("No shipment waits for its certificate. Sealed shipments appear here."),
        )
        self._conditions = Findings("issue_conditions", self.tr("Conditions"))
        self._picture = PictureView("issue_preview", self.tr("The page"), self.tr("Choose a shipment to see its page."))
        self._blank = line("issue_blank", mono=True, longest=40)
        self._blank.setProperty("large", True)
        self._blank_field = Field(self.tr("&Blank on the tray"), self._blank, below=True)
        self._printer = choice("issue_printer")
        self._printer_field = Field(self.tr("P&rinter"), self._printer, below=True)
        self._notice = Notice("issue_trouble")
        self._print = button("issue_print", self.tr("Print"), self._keyboard.name("main"), primary=True)
        self._print.setEnabled(False)
        ready = table_card("issue_ready_card", self.tr("Ready"), self._ready)
        for each in (ready, self._picture):
            each.setMinimumHeight(look.current().px(_LOWEST))
        conditions, found = card("issue_conditions_card", self.tr("Conditions"))
        found.addWidget(self._conditions)
        start = column(ready, conditions, gap=BETWEEN)
        start.setStretch(0, 1)
        Columns(self, (start, 1), (column(self._sheet()), 1))

    def _sheet(self) -> QFrame:
        """The page as it will be, and beneath it what prints it."""
        sheet, inside = card("issue_sheet")
        inside.setContentsMargins(8, 8, 8, 24)
        inside.setSpacing(16)
        inside.addWidget(self._picture, 1)
        grid = QGridLayout()
        grid.setContentsMargins(16, 0, 16, 0)
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(12)
        top = Qt.AlignmentFlag.AlignTop
        grid.addWidget(self._notice, 0, 0, 1, 2)
        grid.addWidget(self._blank_field, 1, 0, top)
        grid.addWidget(self._printer_field, 1, 1, top)
        grid.addWidget(self._print, 2, 0, 1, 2, Qt.AlignmentFlag.AlignLeading)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        inside.addLayout(grid)
        return sheet

    def _wire(self) -> None:
        self._ready.picked.connect(self._on_picked)
        self._blank.textEdited.connect(lambda words: self._blank.setText(words.upper()))
        self._blank.textChanged.connect(self._on_blank)
        self._blank.returnPressed.connect(self._print.setFocus)
        self._printer.currentIndexChanged.connect(self._on_printer)
        self._print.clicked.connect(self.go_on)
        self.bind("main", self.go_on)
        self._workroom.changed.connect(self._on_changed)

    def enter(self) -> None:
        self._ready.take_cursor()
        self._workroom.run(self, self._acts.reasons, self._show_reasons)
        self._workroom.run(self, self._acts.unanswered, self._on_unanswered)
        self._workroom.run(self, self._acts.printers, self._show_printers, lane="paper")
        self._ask()

    def turn_to(self, subject: str) -> None:
        self._wanted = subject

    def _ask(self) -> None:
        self._workroom.run(self, self._acts.ready, self.show_ready)
        self._workroom.run(self, self._acts.next_blank, self._show_next)

    def show_ready(self, ready: Sequence[Ready]) -> None:
        """Keep the cursor on the same shipment, or put it on the one that was asked for."""
        shown = self._ready.current()
        wanted = self._wanted or (f"shipment/{shown.reference}" if isinstance(shown, Ready) else "")
        self._wanted = ""
        self._ready.show_slips(ready)
        for place, each in enumerate(ready):
            if wanted in (f"shipment/{each.reference}", f"certificate/{each.certificate}"):
                self._ready.table.selectRow(place)
        may_go = sum(each.may_go for each in ready)
        self.show_subtitle(self.tr("{count} may be issued").format(count=may_go))
        if not ready:
            self._on_picked(None)

    def _show_reasons(self, reasons: Sequence[tuple[str, str]]) -> None:
        self._reasons = reasons

    def _show_printers(self, printers: Sequence[Printer]) -> None:
        self._printer.clear()
        for printer in printers:
            self._printer.addItem(printer.name, printer)
        self.state_changed.emit(
            "printer",
            (Tone.OK if printers else Tone.STOP).value,
            self.tr("printer ready") if printers else self.tr("no printer"),
        )

    def _show_next(self, number: str | None) -> None:
        self._next = number
        self._on_blank()

    def _on_picked(self, ready: Ready | None) -> None:
        self._show_stage(ready.stage if ready else Stage.PRINT)
        self._conditions.show_answers(ready.conditions if ready else ())
        self._picture.show_picture(None)
        self._on_blank()
        if ready is not None:
            reference = ready.reference
            self._workroom.run(
                self,
                lambda: self._acts.preview(reference),
                lambda picture: self._show_page(reference, picture),
                lane="paper",
            )

    def _show_page(self, reference: str, picture: Picture) -> None:
        """Unless the cursor has gone on to another."""
        ready = self._ready.current()
        if isinstance(ready, Ready) and ready.reference == reference:
            self._picture.show_picture(picture)

    def _waits_for(self, ready: Ready) -> str:
        return {
            Stage.PREPARE: self.tr("first signature"),
            Stage.APPROVE: self.tr("second signature"),
            Stage.PRINT: self.tr("print"),
        }[ready.stage]

    def _show_stage(self, stage: Stage) -> None:
        """One primary button: what this certificate waits for."""
        words = {
            Stage.PREPARE: self.tr("Prepare and sign"),
            Stage.APPROVE: self.tr("Second signature"),
            Stage.PRINT: self.tr("Print"),
        }
        rename(self._print, words[stage], self._keyboard.name("main"))
        for field in (self._blank_field, self._printer_field):
            field.setEnabled(stage is Stage.PRINT)

    def _on_blank(self) -> None:
        typed, ready = self._blank.text().strip(), self._ready.current()
        self._notice.show_words("")
        bound = ready.number if isinstance(ready, Ready) else ""
        if bound and _plain(typed) == _plain(bound):
            self._blank_field.show_words("")
            self._blank_field.show_below(self.tr("✓ the blank it is bound to"))
        elif bound:
            self._blank_field.show_words(
                self.tr("It is bound to {number}: put that blank in the tray.").format(number=bound), Tone.NOTE
            )
        elif self._next is None:
            self._blank_field.show_words(self.tr("No blank is left. Fetch blanks from the safe."))
        elif not typed:
            self._blank_field.show_words("")
            self._blank_field.show_below(self.tr("next in order is {number}").format(number=self._next))
        elif _plain(typed) == _plain(self._next):
            self._blank_field.show_words("")
            self._blank_field.show_below(self.tr("✓ next in order"))
        else:
            self._blank_field.show_words(
                self.tr("Next in order is {number}; another blank needs a reason.").format(number=self._next),
                Tone.LIFTABLE,
            )
        self._enable()

    def _on_printer(self) -> None:
        printer = self._printer.currentData()
        if isinstance(printer, Printer) and printer.aligned:
            aligned = self.tr("✓ aligned {date}").format(date=self._formats.date(printer.aligned))
            self._printer_field.show_words("")
            self._printer_field.show_below(aligned)
        elif isinstance(printer, Printer) and printer.whole:
            self._printer_field.show_words("")
            self._printer_field.show_below(self.tr("prints artwork and data in one"))
        elif isinstance(printer, Printer):
            self._printer_field.show_words(self.tr("Not aligned for this form: print the test sheet first."))
        self._enable()

    def _enable(self) -> None:
        ready, printer = self._ready.current(), self._printer.currentData()
        may_go = isinstance(ready, Ready) and ready.may_go
        if isinstance(ready, Ready) and ready.stage is Stage.PRINT:
            fits = isinstance(printer, Printer) and printer.fits
            blank = _plain(self._blank.text())
            may_go = may_go and bool(blank) and fits and (not ready.number or blank == _plain(ready.number))
        self._print.setEnabled(may_go)

    def go_on(self) -> None:
        """The step that the chosen certificate waits for."""
        ready = self._ready.current()
        if not self._print.isEnabled() or not isinstance(ready, Ready):
            return
        match ready.stage:
            case Stage.PREPARE:
                self._prepare(ready)
            case Stage.APPROVE:
                self._approve(ready)
            case Stage.PRINT:
                self.print_sheet()

    def _prepare(self, ready: Ready) -> None:
        self._print.setEnabled(False)
        self._workroom.run(
            self,
            lambda: self._acts.prepare(ready.reference),
            lambda _: self.told.emit(self.tr("{shipment} signed once").format(shipment=ready.reference)),
            self._on_refused,
            changes=_SHOWS,
        )

    def _approve(self, ready: Ready) -> None:
        dialog = self._second(
            self.tr("Approve"), ready, lambda officer, password: self._acts.approve(ready.reference, officer, password)
        )
        dialog.signed.connect(lambda _: self._workroom.changed.emit(_SHOWS))
        dialog.signed.connect(
            lambda _: self.told.emit(self.tr("{shipment} signed twice").format(shipment=ready.reference))
        )
        dialog.open()

    def _second(self, verb: str, ready: Ready, sign: Callable[[str, str], object]) -> SecondSignature:
        """Another officer beside this one."""
        return SecondSignature(
            verb=verb,
            lines=[Signed(f"{ready.reference}  {ready.exporter}", ready.digest, ready.carats, ready.value)],
            sign=sign,
            workroom=self._workroom,
            formats=self._formats,
            role=Role.ISSUING,
            parent=self,
        )

    def print_sheet(self) -> None:
        """Bind the blank's number and print; then the question."""
        ready, printer = self._ready.current(), self._printer.currentData()
        if not self._print.isEnabled() or not isinstance(ready, Ready) or not isinstance(printer, Printer):
            return
        reference, number = ready.reference, self._blank.text().strip()
        self._print.setEnabled(False)
        self._workroom.run(
            self,
            lambda: self._acts.print_sheet(reference, number, printer.name),
            self._on_unanswered,
            lambda problem: self._on_not_printed(problem, ready, number, printer),
        )

    def _on_not_printed(self, problem: Outcome, ready: Ready, number: str, printer: Printer) -> None:
        self._on_refused(problem)
        if isinstance(problem, ThirdSheet):
            dialog = self._second(
                self.tr("Allow the third sheet"),
                ready,
                lambda *who: self._acts.print_third(ready.reference, number, printer.name, *who),
            )
            dialog.signed.connect(self._on_unanswered)
            dialog.open()

    def _on_refused(self, problem: Outcome) -> None:
        self._notice.show_words(messages.in_full(problem))
        self._enable()
        # The number may be bound and the sheet sent before the printer failed.
        self._workroom.run(self, self._acts.unanswered, self._on_unanswered)

    def _on_unanswered(self, spooled: Spooled | None) -> None:
        if spooled is None or self._question is not None:
            return
        question = self._question = SheetQuestion(spooled, self._reasons, self._keyboard, self.window())
        question.answered.connect(lambda sheet, detail: self._on_answered(spooled, sheet, detail))

    def _on_answered(self, spooled: Spooled, sheet: Sheet, detail: str) -> None:
        self._workroom.run(
            self,
            lambda: self._acts.answer(spooled, sheet, detail),
            lambda _: self._on_settled(spooled, sheet),
            self._on_not_settled,
            changes=_SHOWS,
        )

    def _on_settled(self, spooled: Spooled, sheet: Sheet) -> None:
        self._uncover()
        self._blank.clear()
        said = {
            Sheet.GOOD: self.tr("{number} issued"),
            Sheet.SPOILED: self.tr("{number} spoiled"),
            Sheet.NOTHING: self.tr("{number} back in the tray"),
            Sheet.MISSING: self.tr("{number} reported missing"),
        }
        self.told.emit(said[sheet].format(number=spooled.number))
        if sheet is Sheet.GOOD:
            self.issued.emit(spooled)

    def _on_not_settled(self, problem: Outcome) -> None:
        if self._question is not None:
            self._question.show_trouble(messages.in_full(problem))

    def _uncover(self) -> None:
        if self._question is not None:
            self._question.hide()
            self._question.deleteLater()
            self._question = None
            self._ready.take_cursor()

    def _on_changed(self, changes: frozenset[str]) -> None:
        if changes & _SHOWS:
            self._ask()


def _tone(ready: Ready) -> Tone:
    return Tone.OK if ready.may_go else Tone.STOP


def _plain(number: str) -> str:
    return number.replace("-", "").replace(" ", "").upper()
