"""The first run: eight steps at most from an empty folder to an office; each can be left and taken up again.

No QWizard: its frame takes neither our look nor a list of the steps beside the page.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QProgressBar, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from kpdesk.desks.founding import AuthoritySlip, Wanted
from kpdesk.domain.outcomes import Outcome
from ui import look, messages
from ui.first.ending import Ending
from ui.first.steps import AuthorityStep, Begin, Country, OfficeStep, Step, Supervisor
from ui.widgets.card import Notice, Sign, button, card, rename, row, text
from ui.work import Workroom


@dataclass(frozen=True, slots=True, kw_only=True)
class FirstActs:
    """What the first run asks for; all run in the workroom."""

    countries: Callable[[], Sequence[tuple[str, str]]]
    read_authority: Callable[[bytes, str], AuthoritySlip]
    """(the file, the participant)."""
    found: Callable[[Wanted], str]
    """Makes the office; its recovery code."""
    practise: Callable[[], None]
    """Makes a practice office with sample data."""
    recovery_paper: Callable[[str, str], bytes]
    """(recovery code, office): a PDF for the safe."""
    take_over: Callable[[Wanted, str], int]
    """What the office already has, as CSV; how many lines."""


class FirstRun(QWidget):
    """Ends with an office to sign in to."""

    founded = Signal(bool)
    """Whether it is a practice office."""

    def __init__(self, acts: FirstActs, workroom: Workroom, kept: Path) -> None:
        """`kept`: the file that remembers what was typed, without passwords."""
        super().__init__()
        self.setObjectName("first")
        self.setProperty("ground", True)
        self.setProperty("role", "supervisor")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setWindowTitle("kpdesk")
        self._acts, self._workroom, self._kept = acts, workroom, kept
        self._authority = b""
        self._build()
        self._wire()
        self.resize(look.current().px(1080), look.current().px(720))
        self._resume()

    def _build(self) -> None:
        self.begin = Begin(
            self.tr("Welcome"), self.tr("Practice has sample data and a striped band; nothing in it is real.")
        )
        self.country = Country(
            self.tr("Country"), self.tr("The Kimberley Process participant whose certificates are issued here.")
        )
        self.office = OfficeStep(
            self.tr("Office"), self.tr("These names stand on certificates and in batches. They are fixed from now on.")
        )
        self.authority = AuthorityStep(
            self.tr("National Authority"),
            self.tr("Its file tells whose lists and receipts this office believes. Nothing else is trusted."),
        )
        hint = self.tr("Two people begin an office, so that nobody is alone with it. The other one looks away now.")
        self.one = Supervisor("one", self.tr("First supervisor"), hint, lambda: self.two.person.text())
        self.two = Supervisor("two", self.tr("Second supervisor"), hint, lambda: self.one.person.text())
        self.ending = Ending(
            self.tr("The office is founded"),
            self.tr("One paper for the safe, and what the office already has. Both can wait; the paper should not."),
        )
        self._steps: tuple[Step, ...] = (
            self.begin, self.country, self.office, self.authority, self.one, self.two, self.ending,
        )  # fmt: skip
        self._stack = QStackedWidget()
        for step in self._steps:
            self._stack.addWidget(step)
        self._notice = Notice("first_trouble")
        self._progress = QProgressBar()
        self._progress.setObjectName("first_progress")
        self._progress.setAccessibleName(self.tr("Working"))
        self._progress.setRange(0, 0)
        self._progress.setTextVisible(False)
        held = self._progress.sizePolicy()
        held.setRetainSizeWhenHidden(True)
        self._progress.setSizePolicy(held)
        self._progress.hide()
        self._next = button("first_next", self.tr("Next"), self.tr("Enter"), primary=True)
        self._back = button("first_back", self.tr("Back"))
        shown, inside = card("first_card")
        for widget in (self._stack, self._notice, self._progress):
            inside.addWidget(widget)
        inside.addLayout(row(self._next, self._back, 1, gap=12))
        shown.setMaximumWidth(look.current().px(620))
        place = QHBoxLayout()
        place.setContentsMargins(32, 32, 32, 32)
        place.addStretch(1)
        place.addWidget(shown, 8, Qt.AlignmentFlag.AlignVCenter)
        place.addStretch(1)
        ground = QWidget()
        ground.setProperty("ground", True)
        ground.setLayout(place)
        within = QScrollArea()
        within.setWidgetResizable(True)
        within.setFrameShape(QFrame.Shape.NoFrame)
        within.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        within.setWidget(ground)
        halves = row(self._side(), gap=0)
        halves.addWidget(within, 1)
        self.setLayout(halves)

    def _side(self) -> QFrame:
        """Where one is."""
        side = QFrame()
        side.setProperty("side", "wide")
        inside = QVBoxLayout(side)
        inside.setContentsMargins(32, 32, 32, 32)
        inside.setSpacing(12)
        inside.addWidget(Sign("value", "side_ink", 40))
        inside.addWidget(text("kpdesk", "title"))
        inside.addSpacing(16)
        self._marks = []
        for place, step in enumerate(self._steps, 1):
            mark = text(f"{place}   {step.title}", wrap=True)
            mark.setObjectName(f"first_mark_{step.name}")
            self._marks.append(mark)
            inside.addWidget(mark)
        inside.addStretch(1)
        return side

    def _wire(self) -> None:
        self._next.clicked.connect(self.go_on)
        self._back.clicked.connect(self.go_back)
        for step in self._steps:
            step.done.connect(self.go_on)
        self.country.country.picked.connect(lambda code: self.office.show_participant(code or ""))
        self.authority.given.connect(self._on_authority)
        self.ending.books_given.connect(self._on_books)

    @property
    def step(self) -> Step:
        shown = self._stack.currentWidget()
        assert isinstance(shown, Step)
        return shown

    def _resume(self) -> None:
        """Where one was, with all that was typed; passwords and the Authority's file are asked again."""
        self._workroom.run(self, self._acts.countries, self._show_countries)

    def _show_countries(self, countries: Sequence[tuple[str, str]]) -> None:
        self.country.show_countries(countries)
        kept = _read(self._kept)
        for step in self._steps:
            step.show_texts(kept)
        first = min(int(kept.get("step", "0")) if kept.get("step", "0").isdecimal() else 0, 3)
        self._turn(first)

    def _turn(self, place: int) -> None:
        self._stack.setCurrentIndex(place)
        self._notice.show_words("")
        for at, mark in enumerate(self._marks):
            look.restyle(mark, step="now" if at == place else "past" if at < place else "later")
            mark.setEnabled(at <= place)
        self._back.setVisible(0 < place < len(self._steps) - 1)
        words = self.tr("Sign in") if self.step is self.ending else self.tr("Next")
        rename(self._next, words, self.tr("Enter"))
        self.step.take_cursor()

    def go_back(self) -> None:
        self._turn(max(self._stack.currentIndex() - 1, 0))

    def go_on(self) -> None:
        """The next step, once this one has its answer."""
        if not self.step.check():
            return
        if self.step is not self.ending:
            self.keep()
        if self.step is self.begin and self.begin.practice:
            self._hold(True)
            self._workroom.run(self, self._acts.practise, lambda _: self._end(practice=True), self._on_refused)
        elif self.step is self.two:
            wanted = self._wanted()
            self._hold(True)
            self._workroom.run(
                self, lambda: self._acts.found(wanted), lambda code: self._on_founded(wanted, code), self._on_refused
            )
        elif self.step is self.ending:
            self._end(practice=False)
        else:
            self._turn(self._stack.currentIndex() + 1)

    def _wanted(self) -> Wanted:
        return Wanted(
            code=self.office.code.text().strip().upper(),
            name=self.office.office.text().strip(),
            issuing_authority=self.office.issuing.text().strip(),
            place=self.office.place.text().strip(),
            zone=str(self.country.zone.currentData()),
            language=str(self.office.second.currentData()),
            authority=self._authority,
            supervisors=tuple((each.person.text().strip(), each.password.text()) for each in (self.one, self.two)),
        )

    def _on_authority(self, file: Path) -> None:
        participant = self.country.country.value or ""

        def read() -> tuple[bytes, AuthoritySlip]:
            content = file.read_bytes() if file.stat().st_size < 1_000_000 else b""
            return content, self._acts.read_authority(content, participant)

        self._workroom.run(self, read, self._on_authority_read, self._on_other_authority)

    def _on_authority_read(self, answer: tuple[bytes, AuthoritySlip]) -> None:
        self._authority, slip = answer
        self.authority.show_file(slip)

    def _on_other_authority(self, problem: Outcome) -> None:
        self.authority.notice.show_words(messages.in_full(problem))

    def _on_founded(self, wanted: Wanted, code: str) -> None:
        self._hold(False)
        self._kept.unlink(missing_ok=True)
        self.ending.show_office(wanted, code, self._acts.recovery_paper)
        self._turn(len(self._steps) - 1)

    def _on_books(self, wanted: Wanted, content: str) -> None:
        self._hold(True)
        self._workroom.run(self, lambda: self._acts.take_over(wanted, content), self._on_taken_over, self._on_refused)

    def _on_taken_over(self, lines: int) -> None:
        self._hold(False)
        self.ending.show_taken_over(lines)

    def _on_refused(self, problem: Outcome) -> None:
        self._hold(False)
        self._notice.show_words(messages.in_full(problem))

    def _end(self, *, practice: bool) -> None:
        self._hold(False)
        self.ending.forget()
        self.founded.emit(practice)

    def _hold(self, held: bool) -> None:
        self._progress.setVisible(held)
        for widget in (self._stack, self._next, self._back):
            widget.setDisabled(held)

    def keep(self) -> None:
        """Remember what was typed and how far one was."""
        texts = {name: words for step in self._steps for name, words in step.texts().items()}
        texts["step"] = str(self._stack.currentIndex())
        self._kept.parent.mkdir(parents=True, exist_ok=True)
        self._kept.write_text(json.dumps(texts, ensure_ascii=False), "utf-8")

    def closeEvent(self, event: QCloseEvent) -> None:
        if self.step is not self.ending:
            self.keep()
        super().closeEvent(event)


def _read(kept: Path) -> Mapping[str, str]:
    """What was typed before; a file that is not ours is as none."""
    try:
        found = json.loads(kept.read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return {str(name): str(words) for name, words in found.items()} if isinstance(found, dict) else {}
