"""From the print to the answer: the question covers the window, and what is read from the sheet answers it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from kpdesk.desks.sheets import Sheet
from kpdesk.domain.outcomes import Outcome
from ui import messages
from ui.issuing.question import SheetQuestion
from ui.keys import Keyboard
from ui.slips import Spooled
from ui.work import Workroom

SHOWS = frozenset({"certificates", "stock"})


@dataclass(frozen=True, slots=True, kw_only=True)
class AfterActs:
    """What the answers ask of a desk; all run in the workroom."""

    unanswered: Callable[[], Spooled | None]
    """A sheet nobody has looked at since the program last ran."""
    reasons: Callable[[], Sequence[tuple[str, str]]]
    """(code, words): why a sheet is spoiled."""
    answer: Callable[[Spooled, Sheet, str], Outcome | None]
    """What a person saw on the sheet, with the number read from it or the reason; a job that still waits comes back."""
    prove: Callable[[Spooled, Sequence[str]], object]
    """The sheet is good: these texts were read from it by a machine."""
    read_file: Callable[[Path], Sequence[str]]
    """The texts of a scan of the sheet."""
    look: Callable[[Spooled], Sequence[str]] | None = None
    """The texts that the camera sees; None where there is no camera."""
    stop: Callable[[], None] = lambda: None
    """Let the camera go."""


class AfterPrint(QObject):
    """Asks what is on the sheet until somebody, or a machine, has said it."""

    settled = Signal(object, object)
    """The `Spooled` slip and its `Sheet`."""
    told = Signal(str)
    noted = Signal(str)

    def __init__(self, acts: AfterActs, workroom: Workroom, keyboard: Keyboard, page: QWidget) -> None:
        super().__init__(page)
        self._acts, self._workroom, self._keyboard, self._page = acts, workroom, keyboard, page
        self._reasons: Sequence[tuple[str, str]] = ()
        self._question: SheetQuestion | None = None

    def begin(self) -> None:
        """Is a sheet unanswered since the program last ran?"""
        self._workroom.run(self, self._acts.reasons, self._show_reasons)
        self.ask_again()

    def ask_again(self) -> None:
        self._workroom.run(self, self._acts.unanswered, self.ask)

    def _show_reasons(self, reasons: Sequence[tuple[str, str]]) -> None:
        self._reasons = reasons

    def ask(self, spooled: Spooled | None) -> None:
        """The question about this sheet, unless it is asked already."""
        if spooled is None or self._question is not None:
            return
        question = self._question = SheetQuestion(
            spooled, self._reasons, self._keyboard, self._page.window(), camera=self._acts.look is not None
        )
        question.answered.connect(partial(self._on_answered, spooled))
        question.scanned.connect(lambda path: self._read(spooled, partial(self._acts.read_file, path)))
        question.look_asked.connect(lambda: self._look(spooled))

    def _look(self, spooled: Spooled) -> None:
        if (look := self._acts.look) is not None:
            self._read(spooled, partial(look, spooled))

    def _read(self, spooled: Spooled, read: Callable[[], Sequence[str]]) -> None:
        self._workroom.run(self, read, partial(self._on_read, spooled), self._on_refused, lane="camera")

    def _on_read(self, spooled: Spooled, texts: Sequence[str]) -> None:
        """What was read proves the sheet, or it says which sheet it is; with nothing read the question stays."""
        if self._question is None:
            return
        if not texts:
            self._question.show_trouble(self.tr("No code was read. Hold the sheet flat and still, or answer yourself."))
            return
        self._workroom.run(
            self,
            lambda: self._acts.prove(spooled, texts),
            lambda _: self._on_settled(spooled, Sheet.GOOD, None),
            self._on_refused,
            changes=SHOWS,
        )

    def _on_answered(self, spooled: Spooled, sheet: Sheet, detail: str) -> None:
        self._workroom.run(
            self,
            lambda: self._acts.answer(spooled, sheet, detail),
            lambda waits: self._on_settled(spooled, sheet, waits),
            self._on_refused,
            changes=SHOWS,
        )

    def _on_settled(self, spooled: Spooled, sheet: Sheet, waits: Outcome | None) -> None:
        self._uncover()
        said = {
            Sheet.GOOD: self.tr("{number} issued"),
            Sheet.SPOILED: self.tr("{number} spoiled"),
            Sheet.NOTHING: self.tr("{number} back in the tray"),
            Sheet.MISSING: self.tr("{number} reported missing"),
        }
        self.told.emit(said[sheet].format(number=spooled.number))
        if waits is not None:
            self.noted.emit(messages.in_full(waits))
        self.settled.emit(spooled, sheet)

    def _on_refused(self, problem: Outcome) -> None:
        if self._question is not None:
            self._question.show_trouble(messages.in_full(problem))

    def _uncover(self) -> None:
        self._acts.stop()
        if self._question is not None:
            self._question.hide()
            self._question.deleteLater()
            self._question = None
