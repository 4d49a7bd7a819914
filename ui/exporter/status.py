"""Where is mine? Every application with its steps, the next one in words, the answer given, its papers (desk.md §4)."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QFileDialog, QWidget

from kpdesk.domain.application import Standing
from kpdesk.domain.outcomes import Outcome
from ui import look, messages
from ui.exporter.steps import StepsView
from ui.exporter.words import next_words, state_word
from ui.slips import Picture
from ui.surface import Surface
from ui.tones import Answer, Tone
from ui.widgets.card import BETWEEN, Notice, button, card, column, row, table_card, text
from ui.widgets.columns import Columns
from ui.widgets.field import Field, choice, line, numbered
from ui.widgets.findings import Findings
from ui.widgets.flow import Flow
from ui.widgets.page import Page
from ui.widgets.picture import PictureView
from ui.widgets.rows import Column, Rows

_SHOWS = frozenset({"applications", "certificates", "parcels", "stock"})
_TYPED_MS = 150
_LOWEST = 260


@dataclass(frozen=True, slots=True, kw_only=True)
class StatusActs:
    """What the page asks of a desk or a seat; all run in the workroom."""

    standings: Callable[[str], Sequence[Standing]]
    """Those that the words typed find; without words the newest."""
    checks: Callable[[str], Sequence[Answer]]
    """What holds an application up today."""
    preview: Callable[[str, str], Picture]
    """(number, paper): the paper `application` or `draft` as a picture."""
    print_paper: Callable[[str, str], str]
    """The same to the printer, or into a file; in words where it went."""
    reasons: Callable[[], Sequence[tuple[str, str]]]
    """(code, words): why an application is withdrawn."""
    withdraw: Callable[[str, str], object] | None = None
    """(number, reason); None where one does not withdraw here."""
    may_print: Callable[[str], bool] = lambda number: False
    """Whether the firm may print this one's certificate now."""
    blanks: Callable[[], Sequence[str]] = tuple
    """At a seat: the numbers of the blanks to print data on."""
    print_own: Callable[[str, str], str] | None = None
    """(number, blank): the firm prints, in words what follows; at the counter on the blank that is loaded."""
    take_answer: Callable[[Path], str] | None = None
    """At an exporter's seat: take in what the office answers, in words what it was."""
    write_again: Callable[[str], str] | None = None
    """At an exporter's seat: the file of an application once more."""


class StatusPage(Page):
    """The list, and beside it the one that the cursor is on."""

    def __init__(self, acts: StatusActs, surface: Surface) -> None:
        super().__init__("status", surface)
        self._acts = acts
        self._wanted = ""
        self._shown: Standing | None = None
        self._build()
        self._wire()

    def _build(self) -> None:
        shown = self._formats
        self._typed = line("status_search")
        self._typed.setPlaceholderText(self.tr("number, firm or importer"))
        self._list = Rows(
            "status_list",
            self.tr("Applications"),
            (
                Column(self.tr("Application"), lambda each: each.shipment, tone=_tone),
                # At its own seat a firm knows who it is.
                Column(self.tr("Importer"), lambda each: each.importer_name, wide=True)
                if self._acts.take_answer
                else Column(self.tr("Firm"), lambda each: each.exporter_name, wide=True),
                Column(self.tr("Stands at"), state_word),
                Column(self.tr("Carats"), lambda each: shown.carats(each.carats), number=True),
            ),
            self.tr("Nobody has applied yet. Applications appear here with every step they take."),
        )
        listed = table_card("status_list_card", self.tr("Applications"), self._list)
        listed.setMinimumHeight(look.current().px(_LOWEST))
        self._title = text("", "heading")
        self._title.setObjectName("status_title")
        self._next = text("", wrap=True)
        self._next.setObjectName("status_next")
        self._answer = text("", "muted", wrap=True)
        self._answer.setObjectName("status_answer")
        self._steps = StepsView("status_steps", self.tr("Steps"), shown)
        self._held = Findings("status_findings", self.tr("What holds it up"))
        self._notice = Notice("status_trouble")
        self._print = button("status_print", self.tr("Print application"), self._keyboard.name("print"), primary=True)
        self._draft = button("status_draft", self.tr("Print draft certificate"))
        self._again = button("status_again", self.tr("Write its file again"))
        self._take = button("status_take", self.tr("Take in the office's answer"), self._keyboard.name("open"))
        self._own = button("status_own", self.tr("The firm prints its certificate"))
        self._blank = choice("status_blank")
        self._blank_field = Field(self.tr("On which of your &blanks"), self._blank)
        self._reason = choice("status_reason")
        self._reason_field = Field(self.tr("Why it is with&drawn"), self._reason)
        self._withdraw = button("status_withdraw", self.tr("Withdraw"))
        self._picture = PictureView(
            "status_picture", self.tr("The application on paper"), self.tr("Choose an application to see its paper.")
        )
        self._picture.setMinimumHeight(look.current().px(_LOWEST))
        one, inside = card("status_card")
        inside.addWidget(self._title)
        inside.addWidget(self._next)
        inside.addWidget(self._answer)
        inside.addWidget(self._steps)
        inside.addWidget(self._held)
        inside.addWidget(self._notice)
        buttons = QWidget()
        flow = Flow(buttons, gap=12)
        flow.setContentsMargins(0, 0, 0, 0)
        for made in (self._print, self._draft, self._again):
            flow.addWidget(made)
        self._again.setVisible(self._acts.write_again is not None)
        inside.addWidget(buttons)
        self._printing = QWidget()
        printing = row(self._blank_field, self._own, gap=12)
        printing.setStretch(0, 1)
        printing.setAlignment(self._own, Qt.AlignmentFlag.AlignBottom)
        self._printing.setLayout(printing)
        self._blank_field.setVisible(self._acts.take_answer is not None)
        inside.addWidget(self._printing)
        self._leaving = QWidget()
        leaving = row(self._reason_field, self._withdraw, gap=12)
        leaving.setStretch(0, 1)
        leaving.setAlignment(self._withdraw, Qt.AlignmentFlag.AlignBottom)
        self._leaving.setLayout(leaving)
        inside.addWidget(self._leaving)
        inside.addStretch(1)
        search = Field(self.tr("&Find"), self._typed)
        taking = QWidget()
        taking.setLayout(row(self._take, 1))
        taking.setVisible(self._acts.take_answer is not None)
        start = column(taking, search, listed, self._picture, gap=BETWEEN)
        start.setStretch(2, 3)
        start.setStretch(3, 4)
        Columns(self, (start, 7), (column(one), 5))
        self._show(None)

    def _wire(self) -> None:
        self._wait = QTimer(self)
        self._wait.setSingleShot(True)
        self._wait.setInterval(_TYPED_MS)
        self._wait.timeout.connect(self._ask)
        self._typed.textChanged.connect(lambda: self._wait.start())
        self._typed.returnPressed.connect(self._ask)
        self._list.picked.connect(self._show)
        self._print.clicked.connect(lambda: self._print_paper("application"))
        self._draft.clicked.connect(lambda: self._print_paper("draft"))
        self._withdraw.clicked.connect(self._on_withdraw)
        self._own.clicked.connect(self._print_own)
        self._take.clicked.connect(self.choose_answer)
        self._again.clicked.connect(self._write_again)
        if self._acts.take_answer is not None:
            self.bind("open", self.choose_answer)
        self.bind("print", lambda: self._print_paper("application"))
        self._counter.changed.connect(self._ask)
        self._workroom.changed.connect(self._on_changed)

    def enter(self) -> None:
        self._list.take_cursor()
        self._workroom.run(self, self._acts.reasons, self._show_reasons)
        self._ask()

    def turn_to(self, subject: str) -> None:
        self._wanted = subject.partition("/")[2]
        self._typed.setText("")

    def _show_reasons(self, reasons: Sequence[tuple[str, str]]) -> None:
        if not self._reason.count():
            for words, code in numbered(reasons):
                self._reason.addItem(words, code)

    def _ask(self) -> None:
        self._wait.stop()
        typed = self._typed.text().strip()
        self._workroom.run(self, lambda: self._acts.standings(typed), self._show_list)

    def _show_list(self, found: Sequence[Standing]) -> None:
        """Keep the cursor on the same application, or put it on the one asked for; no other firm's at the counter."""
        found = [each for each in found if self._counter.shows(each.exporter)]
        wanted = self._wanted or (self._shown.shipment if self._shown else "")
        self._wanted = ""
        self._list.show_slips(found)
        for place, each in enumerate(found):
            if wanted and wanted in (each.shipment, each.certificate):
                self._list.table.selectRow(place)
        under_way = sum(not each.ended and bool(each.next) for each in found)
        self.show_subtitle(self.tr("under way: {count}").format(count=under_way))
        current = self._list.current()
        self._show(current if isinstance(current, Standing) else None)

    def _show(self, standing: Standing | None) -> None:
        other = standing is None or self._shown is None or standing.shipment != self._shown.shipment
        self._shown = standing
        self._notice.show_words("")
        self._steps.show_standing(standing)
        for each in (self._print, self._draft, self._again):
            each.setEnabled(standing is not None)
        may_leave = standing is not None and not standing.ended and standing.next in ("sealed", "prepared", "approved")
        self._printing.hide()
        self._leaving.setVisible(may_leave and self._acts.withdraw is not None)
        if standing is None:
            self._title.setText("")
            self._next.setText("")
            self._answer.setText("")
            self._held.show_answers(())
            self._picture.show_picture(None)
            return
        self._title.setText(f"{standing.shipment}  ·  {standing.exporter_name}")
        self._next.setText("" if standing.ended else next_words(standing.next))
        self._answer.setText(self._answered(standing))
        number = standing.shipment
        if other:
            self._held.show_answers(())
            self._picture.show_picture(None)
            self._workroom.run(
                self,
                lambda: self._acts.preview(number, "application"),
                lambda picture: self._show_page(number, picture),
                lane="paper",
            )
        if standing.next == "issued" and self._acts.print_own is not None:
            self._workroom.run(self, self._acts.blanks, self._show_blanks)
            self._workroom.run(self, lambda: self._acts.may_print(number), lambda may: self._show_may(number, may))
        if standing.next == "sealed":
            self._workroom.run(self, lambda: self._acts.checks(number), lambda found: self._show_held(number, found))
        else:
            self._held.show_answers(())

    def _answered(self, standing: Standing) -> str:
        parts = [
            self.tr("to {importer}").format(importer=standing.importer_name),
            self.tr("certificate {number}").format(number=standing.certificate) if standing.certificate else "",
            self._other_number(standing),
            standing.reason,
        ]
        return "  ·  ".join(filter(None, parts))

    def _other_number(self, standing: Standing) -> str:
        """At the office the seat's number, at the seat the office's."""
        if not standing.announced:
            return ""
        at_seat = self._acts.take_answer is not None
        words = self.tr("the office's number {number}") if at_seat else self.tr("by file {number}")
        return words.format(number=standing.announced)

    def _show_page(self, number: str, picture: Picture) -> None:
        if self._shown is not None and self._shown.shipment == number:
            self._picture.show_picture(picture)

    def _show_held(self, number: str, found: Sequence[Answer]) -> None:
        if self._shown is not None and self._shown.shipment == number:
            self._held.show_answers(found)

    def _show_may(self, number: str, may: bool) -> None:
        if self._shown is not None and self._shown.shipment == number:
            self._printing.setVisible(may)

    def _show_blanks(self, blanks: Sequence[str]) -> None:
        self._blank.clear()
        for each in blanks:
            self._blank.addItem(each, each)

    def _print_own(self) -> None:
        print_own, standing = self._acts.print_own, self._shown
        if print_own is not None and standing is not None:
            number, blank = standing.shipment, str(self._blank.currentData() or "")
            self._workroom.run(
                self,
                lambda: print_own(number, blank),
                self.told.emit,
                self._on_refused,
                changes=("certificates", "stock", "applications"),
            )

    def _print_paper(self, what: str) -> None:
        if self._shown is None:
            return
        number = self._shown.shipment
        self._workroom.run(
            self,
            lambda: self._acts.print_paper(number, what),
            self.told.emit,
            self._on_refused,
            lane="paper",
        )

    def choose_answer(self) -> None:
        """Ask for the office's answer in the system's own dialog."""
        chosen, _ = QFileDialog.getOpenFileName(
            self, self._take.accessibleName(), "", self.tr("Answers of the office (*.kps)")
        )
        if chosen:
            self.take(Path(chosen))

    def take(self, file: Path) -> None:
        """Take in what the office answers."""
        take = self._acts.take_answer
        if take is not None:
            self._notice.show_words("")
            self._workroom.run(
                self, lambda: take(file), self.told.emit, self._on_refused, changes=("applications", "parties")
            )

    def _write_again(self) -> None:
        again, standing = self._acts.write_again, self._shown
        if again is not None and standing is not None:
            number = standing.shipment
            self._workroom.run(self, lambda: again(number), self.told.emit, self._on_refused)

    def _on_withdraw(self) -> None:
        withdraw, standing = self._acts.withdraw, self._shown
        if withdraw is None or standing is None:
            return
        number, reason = standing.shipment, str(self._reason.currentData() or "")
        self._workroom.run(
            self,
            lambda: withdraw(number, reason),
            lambda _: self.told.emit(self.tr("{number} is withdrawn").format(number=number)),
            self._on_refused,
            changes=("applications", "parcels", "certificates"),
        )

    def _on_refused(self, problem: Outcome) -> None:
        self._notice.show_words(messages.in_full(problem))

    def _on_changed(self, changes: frozenset[str]) -> None:
        if changes & _SHOWS:
            self._ask()


def _tone(standing: Standing) -> Tone:
    if standing.ended:
        return Tone.STOP
    return Tone.NOTE if standing.next else Tone.OK
