"""Issue one certificate: what is ready, its page, the blank, the print, the sheet (desk.md §3.4, §6 D)."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame

from kpdesk.desks.sheets import Sheet, ThirdSheet
from kpdesk.domain.outcomes import Outcome
from kpdesk.domain.parties import Role
from ui import look, messages
from ui.issuing.after_print import SHOWS, AfterActs, AfterPrint
from ui.issuing.print_form import PrintForm
from ui.second import SecondSignature
from ui.slips import Blank, Picture, Printer, Ready, Signed, Spooled, Stage
from ui.surface import Surface
from ui.tones import Tone
from ui.widgets.card import BETWEEN, Notice, button, card, column, rename, row, table_card
from ui.widgets.columns import Columns
from ui.widgets.findings import Findings
from ui.widgets.page import Page
from ui.widgets.picture import PictureView
from ui.widgets.rows import Column, Rows

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
    next_blank: Callable[[], Blank | None]
    printers: Callable[[], Sequence[Printer]]
    reasons: Callable[[], Sequence[tuple[str, str]]]
    """(code, words): why another blank than the next is taken."""
    print_sheet: Callable[[str, str, Printer, str], Spooled]
    """(reference, number of the blank, printer, why not the next): binds the number, then prints."""
    print_third: Callable[[str, str, Printer, str, str, str], Spooled]
    """The same with (officer, password) of the supervisor whom the third sheet of a certificate asks for."""
    after: AfterActs


class IssuePage(Page):
    """While a sheet is unanswered the question covers the window."""

    issued = Signal(object)
    """The `Spooled` slip whose sheet was all right."""

    def __init__(self, acts: IssueActs, surface: Surface) -> None:
        super().__init__("issue", surface)
        self._acts = acts
        self._wanted = ""
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
                Column("✓ ✗", _met),
                Column(self.tr("Waits for"), self._waits_for, wide=True),
                Column(self.tr("Carats"), lambda ready: shown.carats(ready.carats), number=True),
            ),
            self.tr("No shipment waits for its certificate. Sealed shipments appear here."),
        )
        self._conditions = Findings("issue_conditions", self.tr("Conditions"))
        self._picture = PictureView("issue_preview", self.tr("The page"), self.tr("Choose a shipment to see its page."))
        self._form = PrintForm(self._formats)
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
        Columns(self, (start, 13), (column(self._sheet()), 12))
        self._after = AfterPrint(self._acts.after, self._workroom, self._keyboard, self)

    def _sheet(self) -> QFrame:
        """The page as it will be, and beneath it what prints it."""
        sheet, inside = card("issue_sheet")
        inside.setContentsMargins(8, 8, 8, 24)
        inside.setSpacing(16)
        inside.addWidget(self._picture, 1)
        beneath = column(self._notice, self._form, gap=12)
        beneath.setContentsMargins(16, 0, 16, 0)
        beneath.addLayout(row(self._print, 1))
        inside.addLayout(beneath)
        return sheet

    def _wire(self) -> None:
        self._ready.picked.connect(self._on_picked)
        self._form.changed.connect(self._on_form)
        self._form.finished.connect(self._print.setFocus)
        self._print.clicked.connect(self.go_on)
        self.bind("main", self.go_on)
        self._workroom.changed.connect(self._on_changed)
        self._after.told.connect(self.told)
        self._after.noted.connect(self.noted)
        self._after.settled.connect(self._on_settled)

    def enter(self) -> None:
        self._ready.take_cursor()
        self._after.begin()
        self._workroom.run(self, self._acts.reasons, self._form.show_reasons)
        self._workroom.run(self, self._acts.printers, self._show_printers, lane="paper")
        self._ask()

    def turn_to(self, subject: str) -> None:
        self._wanted = subject

    def _ask(self) -> None:
        self._workroom.run(self, self._acts.ready, self.show_ready)
        self._workroom.run(self, self._acts.next_blank, self._form.show_next)

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

    def _show_printers(self, printers: Sequence[Printer]) -> None:
        self._form.show_printers(printers)
        self.state_changed.emit(
            "printer",
            (Tone.OK if printers else Tone.STOP).value,
            self.tr("printer ready") if printers else self.tr("no printer"),
        )

    def _on_picked(self, ready: Ready | None) -> None:
        self._show_stage(ready.stage if ready else Stage.PRINT)
        self._conditions.show_answers(ready.conditions if ready else ())
        self._picture.show_picture(None)
        self._form.show_ready(ready)
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

    def _on_form(self) -> None:
        self._notice.show_words("")
        self._enable()

    def _enable(self) -> None:
        ready = self._ready.current()
        may_go = isinstance(ready, Ready) and ready.may_go
        prints = isinstance(ready, Ready) and ready.stage is Stage.PRINT
        self._print.setEnabled(may_go and (self._form.may_print or not prints))

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
                self._print_sheet(ready)

    def _prepare(self, ready: Ready) -> None:
        self._print.setEnabled(False)
        self._workroom.run(
            self,
            lambda: self._acts.prepare(ready.reference),
            lambda _: self.told.emit(self.tr("{shipment} signed once").format(shipment=ready.reference)),
            self._on_refused,
            changes=SHOWS,
        )

    def _approve(self, ready: Ready) -> None:
        dialog = self._second(
            self.tr("Approve"), ready, lambda officer, password: self._acts.approve(ready.reference, officer, password)
        )
        dialog.signed.connect(lambda _: self._workroom.changed.emit(SHOWS))
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

    def _print_sheet(self, ready: Ready) -> None:
        """Bind the blank's number and print; then the question."""
        printer, number, why = self._form.printer, self._form.number, self._form.why
        if printer is None:
            return
        self._print.setEnabled(False)
        self._workroom.run(
            self,
            lambda: self._acts.print_sheet(ready.reference, number, printer, why),
            self._after.ask,
            lambda problem: self._on_not_printed(problem, ready, number, printer, why),
        )

    def _on_not_printed(self, problem: Outcome, ready: Ready, number: str, printer: Printer, why: str) -> None:
        self._on_refused(problem)
        if isinstance(problem, ThirdSheet):
            dialog = self._second(
                self.tr("Allow the third sheet"),
                ready,
                lambda *who: self._acts.print_third(ready.reference, number, printer, why, *who),
            )
            dialog.signed.connect(self._after.ask)
            dialog.open()

    def _on_refused(self, problem: Outcome) -> None:
        self._notice.show_words(messages.in_full(problem))
        self._enable()
        # The number may be bound and the sheet sent before the printer failed.
        self._after.ask_again()

    def _on_settled(self, spooled: Spooled, sheet: Sheet) -> None:
        self._form.clear()
        self._ready.take_cursor()
        if sheet is Sheet.GOOD:
            self.issued.emit(spooled)

    def _on_changed(self, changes: frozenset[str]) -> None:
        if changes & SHOWS:
            self._ask()


def _tone(ready: Ready) -> Tone:
    return Tone.OK if ready.may_go else Tone.STOP


def _met(ready: Ready) -> str:
    """How many conditions are met, and how many are not."""
    met = sum(each.tone is Tone.OK for each in ready.conditions)
    against = sum(each.tone not in (Tone.OK, Tone.NOTE) for each in ready.conditions)
    return f"{met}  ✗ {against}" if against else str(met)
