"""Leaving: validated goods are released; whoever took them out reports the exit; what does not leave comes back."""

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QStackedLayout, QWidget

from kpdesk.domain.leaving import Delivery
from kpdesk.domain.outcomes import Outcome, Severity, Stopped
from kpdesk.domain.parties import Role
from ui import look, messages
from ui.issuing.exit_card import ExitCard
from ui.issuing.going import Going, LeavingActs, tone
from ui.issuing.release_form import ReleaseForm
from ui.issuing.validate import number_of
from ui.second import SecondSignature
from ui.slips import Signed
from ui.surface import Surface
from ui.tones import Tone
from ui.widgets.card import BETWEEN, Notice, announce, button, card, column, row, table_card, text
from ui.widgets.columns import Columns
from ui.widgets.findings import Findings
from ui.widgets.page import Page
from ui.widgets.rows import Column, Rows

SHOWS = frozenset({"certificates", "parcels"})
_DRAFT_MS = 500
_LOWEST = 240


class LeavingPage(Page):
    """One list, the longest wait first; beside it the step that the chosen certificate waits for."""

    def __init__(self, acts: LeavingActs, surface: Surface) -> None:
        super().__init__("leaving", surface)
        self._acts = acts
        self._wanted = self._for = ""
        self._entered = False
        self._build()
        self._wire()

    def _build(self) -> None:
        self._going = Rows(
            "leaving_going",
            self.tr("Validated, not yet exported"),
            (
                Column(self.tr("Number"), lambda going: number_of(going.slip), tone=tone),
                Column(self.tr("Waits for"), self._waits_for),
                Column(self.tr("Days"), lambda going: str(going.days), number=True),
                Column(self.tr("Exporter"), lambda going: going.slip.facts.exporter.name, wide=True),
            ),
            self.tr("Nothing waits to leave. Validated certificates appear here until their export is reported."),
        )
        # Exporters' people stand at this screen.
        self._going.keep_private(self._counter, lambda going: going.exporter)
        self._lapsed = Notice("leaving_lapsed")
        self._expire = button("leaving_expire", self.tr("Mark them as expired"))
        self._expire.hide()
        self._about = text("", "heading", wrap=True)
        self._about.setObjectName("leaving_about")
        self._how = text("", "muted", wrap=True)
        self._how.setObjectName("leaving_how")
        self._notice = Notice("leaving_trouble")
        self.form = ReleaseForm()
        self._release = button("leaving_release", self.tr("Release"), self._keyboard.name("main"), primary=True)
        self._findings = Findings("leaving_findings", self.tr("Checks"))
        releasing = QWidget()
        release = column(self.form, gap=12)
        self._labels = button("leaving_labels", self.tr("Container labels"), self._keyboard.name("print"))
        release.addLayout(row(self._release, self._labels, 1))
        release.addWidget(self._findings)
        release.addStretch(1)
        releasing.setLayout(release)
        self.exit = ExitCard(self._keyboard.name, self._acts.today)
        leaving = QWidget()
        leaving.setLayout(column(self.exit, 1))
        nothing = QWidget()
        nothing.setLayout(
            column(text(self.tr("Choose a certificate to release it or to report its exit."), "muted", wrap=True), 1)
        )
        self._steps = QStackedLayout()
        for step in (nothing, releasing, leaving):
            self._steps.addWidget(step)
        step, inside = card("leaving_step")
        inside.setSpacing(12)
        inside.addLayout(column(self._about, self._how, gap=2))
        inside.addWidget(self._notice)
        inside.addLayout(self._steps, 1)
        going = table_card("leaving_card", self.tr("Validated, not yet exported"), self._going)
        going.setMinimumHeight(look.current().px(_LOWEST))
        start = column(self._lapsed, gap=12)
        start.addLayout(row(self._expire, 1))
        start.addWidget(going, 1)
        Columns(self, (start, 6), (column(step, gap=BETWEEN), 5))

    def _wire(self) -> None:
        self._keep = QTimer(self)
        self._keep.setSingleShot(True)
        self._keep.setInterval(_DRAFT_MS)
        self._keep.timeout.connect(self.keep_now)
        self._going.picked.connect(self._on_picked)
        self._going.opened.connect(lambda _: self._take_step())
        self.form.typed.connect(self._keep.start)
        self.form.left.connect(self._check)
        self.form.done.connect(self._release.setFocus)
        self._release.clicked.connect(self.release)
        self._labels.clicked.connect(self.print_labels)
        self._expire.clicked.connect(self.expire)
        self.exit.reported.connect(self.report)
        self.exit.taken_back.connect(self.take_back)
        self.exit.asked.connect(self.ask)
        self.exit.return_asked.connect(lambda: self.going.emit("void", f"certificate/{self._number()}"))
        self.bind("main", self.go_on)
        self.bind("print", self.print_paper)
        self.bind("copy_last", self.form.copy_last)
        self._workroom.changed.connect(self._on_changed)

    # What is shown

    def enter(self) -> None:
        if not self._entered:
            self._entered = True
            self._workroom.run(self, self._acts.reasons, self.exit.show_reasons)
            self._workroom.run(self, self._acts.carriers, self.form.show_carriers)
            self._workroom.run(self, self._acts.draft, self._show_draft)
        self._ask()
        self._going.take_cursor()

    def turn_to(self, subject: str) -> None:
        self._wanted = subject.partition("/")[2]

    def leave(self) -> None:
        if self._keep.isActive():
            self.keep_now()

    def _ask(self) -> None:
        self._workroom.run(self, self._acts.going, self.show_going)
        self._workroom.run(self, self._acts.lapsed, self._show_lapsed)

    def show_going(self, going: Sequence[Going]) -> None:
        """Keep the cursor on the same certificate, or put it on the one that was asked for."""
        wanted = self._wanted or self._number()
        self._wanted = ""
        self._going.show_slips(going)
        for place, each in enumerate(going):
            if number_of(each.slip) == wanted:
                self._going.table.selectRow(place)
        overdue = sum(each.overdue for each in going)
        out = sum(each.released for each in going)
        words = self.tr("to release: {here}  ·  out: {out}, overdue: {overdue}")
        self.show_subtitle(words.format(here=len(going) - out, out=out, overdue=overdue))
        self._on_picked(self._going.current())

    def _show_lapsed(self, lapsed: int) -> None:
        words = self.tr("Certificates that lapsed before they left: {count}.").format(count=lapsed)
        self._lapsed.show_words(words if lapsed else "", Tone.LIFTABLE)
        self._expire.setVisible(bool(lapsed))

    def _show_draft(self, texts: Mapping[str, str]) -> None:
        if texts:
            self.form.show_texts(texts)
            self._for = texts.get("number", "")

    def _waits_for(self, going: Going) -> str:
        if not going.released:
            return self.tr("release")
        return self.tr("exit, overdue") if going.overdue else self.tr("exit")

    def _current(self) -> Going | None:
        found = self._going.current()
        return found if isinstance(found, Going) else None

    def _number(self) -> str:
        going = self._current()
        return number_of(going.slip) if going else ""

    def _on_picked(self, _: object) -> None:
        going = self._current()
        self._notice.show_words("")
        self._steps.setCurrentIndex(0 if going is None else 2 if going.released else 1)
        self._about.setText(f"{number_of(going.slip)}  ·  {going.slip.facts.exporter.name}" if going else "")
        self._how.setText(self._told(going) if going else "")
        if going is None:
            return
        if going.released:
            self.exit.clear(self._acts.today())
        else:
            if self._for not in ("", number_of(going.slip)):
                self.form.clear()
            self._for = number_of(going.slip)
            number = self._for
            self.form.show_seals(going.slip.facts.seals)
            self._workroom.run(self, lambda: self._acts.representatives(number), self.form.show_representatives)
            self._check()

    def _told(self, going: Going) -> str:
        """How it went out; before, how long it may still wait."""
        facts, leaving = going.slip.facts, going.leaving
        until = self.tr("valid until {date}").format(date=self._formats.date(facts.expires))
        if not going.released or leaving is None:
            carats = self._formats.carats(facts.carats)
            return self.tr("{carats} to {firm}, {until}").format(carats=carats, firm=facts.importer.name, until=until)
        words = self.tr("Handed {moment} to {bearer} ({carrier}), {journey}, over {exit}; customs {customs}; {until}")
        return words.format(
            moment=self._formats.moment(leaving.released_at),
            bearer=leaving.bearer,
            carrier=going.carrier or self.tr("by hand"),
            journey=leaving.journey,
            exit=leaving.exit,
            customs=leaving.customs,
            until=until,
        )

    def _take_step(self) -> None:
        """Enter in the list: to the first field of what the certificate waits for."""
        going = self._current()
        if going is not None:
            (self.exit if going.released else self.form).take_cursor()

    def _on_changed(self, changes: frozenset[str]) -> None:
        if changes & SHOWS:
            self._ask()

    # Release

    def keep_now(self) -> None:
        """Keep the draft without waiting for the pause."""
        self._keep.stop()
        texts = self.form.texts() | {"number": self._for}
        self._workroom.run(self, lambda: self._acts.keep_draft(texts), lambda _: None)

    def _check(self) -> None:
        going = self._current()
        if going is not None and not going.released and self.form.way_chosen:
            number, given = number_of(going.slip), self.form.given()
            self._workroom.run(self, lambda: self._acts.check(number, given), self._findings.show_answers)
        else:
            self._findings.show_answers(())

    def go_on(self) -> None:
        going = self._current()
        if going is not None:
            (self.report if going.released else self.release)()

    def release(self) -> None:
        """Hand the chosen shipment out as it is typed."""
        going = self._current()
        if going is None or going.released or not self._release.isEnabled():
            return
        if not self.form.way_chosen:
            self._notice.show_words(self.tr("Choose a courier, or “by hand”."))
            self.form.take_cursor()
            return
        number, given = number_of(going.slip), self.form.given()
        self._release.setEnabled(False)
        self._workroom.run(
            self,
            lambda: self._acts.release(number, given),
            lambda _: self._on_released(number),
            lambda problem: self._on_held(problem, going, given),
            changes=SHOWS,
        )

    def _on_held(self, problem: Outcome, going: Going, given: Delivery) -> None:
        """Where two may decide all the same, the second is asked."""
        self._on_refused(problem)
        held = (
            [found for found in problem.findings if found.severity is not Severity.NOTE]
            if isinstance(problem, Stopped)
            else []
        )
        if held and all(found.severity is Severity.LIFTABLE for found in held):
            facts, number = going.slip.facts, number_of(going.slip)
            dialog = SecondSignature(
                verb=self.tr("Release all the same"),
                lines=[
                    Signed(f"{number}  {messages.answer(messages.found(found)).what}", "", facts.carats, facts.value)
                    for found in held
                ],
                sign=lambda officer, password: self._acts.release_watched(number, given, officer, password),
                workroom=self._workroom,
                formats=self._formats,
                role=Role.ISSUING,
                parent=self,
            )
            dialog.signed.connect(lambda _: self._on_released(number))
            dialog.signed.connect(lambda _: self._workroom.changed.emit(SHOWS))
            dialog.open()

    def _on_released(self, number: str) -> None:
        self._release.setEnabled(True)
        self.form.remember()
        self.form.clear()
        self._for = ""
        self._keep.stop()
        self._workroom.run(self, lambda: self._acts.keep_draft({}), lambda _: None)
        self._done(self.tr("{number} released").format(number=number))
        said = self.tr("release paper {where}: both sides sign it")
        self._print(lambda: self._acts.paper(number), said)

    def print_paper(self) -> None:
        """Before the release the containers' labels, after it the letter to the exporter."""
        going = self._current()
        if going is not None:
            (self.ask if going.released else self.print_labels)()

    def print_labels(self) -> None:
        """For the outside of the sealed containers."""
        number = self._number()
        if number:
            self._print(lambda: self._acts.labels(number), self.tr("container labels: {where}"))

    def _print(self, does: Callable[[], str], said: str) -> None:
        self._workroom.run(self, does, lambda where: self.told.emit(said.format(where=where)), self._on_refused)

    # Afterwards

    def report(self) -> None:
        """The day it left."""
        going, on = self._current(), self.exit.day.day
        if going is None or not going.released:
            return
        if on is None:
            self.exit.day.show_words(self.tr("On which day did it leave?"))
            self.exit.take_cursor()
            return
        number, paper = number_of(going.slip), self.exit.paper.text().strip()
        said = self.tr("{number} left on {date}").format(number=number, date=self._formats.date(on))
        self._act(lambda: self._acts.report(number, on, paper), said)

    def take_back(self) -> None:
        """The goods lie here again, sealed."""
        number, why = self._number(), str(self.exit.reason.currentData() or "")
        self._act(lambda: self._acts.take_back(number, why), self.tr("{number} taken back").format(number=number))

    def ask(self) -> None:
        """A letter to the exporter about the chosen one."""
        going = self._current()
        if going is not None and going.released:
            number = number_of(going.slip)
            self._workroom.run(
                self,
                lambda: self._acts.ask(number),
                lambda letter: self._done(self.tr("Letter laid ready: {file}").format(file=f"{letter.name}.eml")),
                self._on_refused,
            )

    def expire(self) -> None:
        """Whatever lapsed before it left."""
        self._workroom.run(
            self,
            self._acts.expire,
            lambda marked: self._done(self.tr("marked as expired: {count}").format(count=marked)),
            self._on_refused,
            changes=SHOWS,
        )

    def _act(self, does: Callable[[], object], said: str) -> None:
        self._workroom.run(self, does, lambda _: self._done(said), self._on_refused, changes=SHOWS)

    def _done(self, words: str) -> None:
        self._notice.show_words("")
        self.told.emit(words)
        announce(self, words)
        self._going.take_cursor()

    def _on_refused(self, problem: Outcome) -> None:
        self._release.setEnabled(True)
        self._notice.show_words(messages.in_full(problem))
