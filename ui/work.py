"""The workroom: whatever takes time is done here, off the window's thread, and answered back in it.

It lives as long as the program. Each lane is one thread that never expires, so that what belongs together (the
store, a balance, a camera, paper) is never touched by two jobs at once.
"""

import gc
import logging
import traceback
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias, TypeVar

from PySide6.QtCore import QObject, QThreadPool, QTimer, Signal
from shiboken6 import isValid

from kpdesk.domain.outcomes import Outcome, Trouble

Lane: TypeAlias = Literal["store", "balance", "camera", "paper"]
Start: TypeAlias = Callable[[Lane, Callable[[], None]], None]
Answered = TypeVar("Answered")

_TIDY_MS = 1000
_LOG = logging.getLogger("kpdesk")


@dataclass(eq=False)
class Mistake(Trouble):
    """A mistake of ours, logged under its number; whoever asked for the job can go on."""

    number: str


@dataclass(frozen=True, slots=True)
class _Job:
    owner: QObject
    work: Callable[[], Any]
    done: Callable[[Any], object]
    failed: Callable[[Outcome], object] | None
    changes: frozenset[str]


class Threads:
    """Lanes as threads, one each, made when first used.

    While there are lanes, garbage is collected in the window's thread alone: a lane that happens to collect a widget
    would destroy it, and its timers, in the wrong thread.
    """

    def __init__(self) -> None:
        self._pools: dict[Lane, QThreadPool] = {}
        self._tidy = QTimer()
        self._tidy.setInterval(_TIDY_MS)
        self._tidy.timeout.connect(tidy)
        self._tidy.start()
        self._collected = gc.isenabled()
        gc.disable()

    def start(self, lane: Lane, job: Callable[[], None]) -> None:
        if lane not in self._pools:
            pool = self._pools[lane] = QThreadPool()
            pool.setMaxThreadCount(1)
            pool.setExpiryTimeout(-1)
        self._pools[lane].start(job)

    def finish(self) -> None:
        for pool in self._pools.values():
            pool.waitForDone()
        self._tidy.stop()
        if self._collected:
            gc.enable()


def tidy() -> None:
    """Collect the oldest generation of garbage that is due, as the interpreter would."""
    for generation in (2, 1, 0):
        if gc.get_count()[generation] > gc.get_threshold()[generation]:
            gc.collect(generation)
            return


def at_once(lane: Lane, job: Callable[[], None]) -> None:
    """Lanes for tests: a job is over before `run` returns."""
    job()


class Workroom(QObject):
    """Runs jobs in lanes; an answer whose owner is gone is dropped."""

    changed = Signal(object)
    """A frozenset of words such as `parcels`: lists that show those ask again."""
    failed = Signal(object)
    """A refusal or trouble that nobody else takes."""
    bug_found = Signal(str)
    """The number of a mistake of ours that nobody else takes, told once."""
    busy_changed = Signal(int)
    """How many jobs are under way."""
    _answered = Signal(object, object)

    def __init__(self, start: Start, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._start = start
        self._busy = 0
        self._told: set[str] = set()
        self._answered.connect(self._on_answered)

    def run(
        self,
        owner: QObject,
        work: Callable[[], Answered],
        done: Callable[[Answered], object],
        failed: Callable[[Outcome], object] | None = None,
        *,
        lane: Lane = "store",
        changes: Iterable[str] = (),
    ) -> None:
        """Do `work` in a lane, then call `done` with its answer, or `failed` with its outcome, in the window's thread.

        A mistake of ours comes to `failed` as a `Mistake`. Nothing is told once the owner is gone.
        `changes` names what the work changes; listeners hear of it after `done`.
        """
        job = _Job(owner, work, done, failed, frozenset(changes))
        self._count(1)
        self._start(lane, lambda: self._do(job))

    def _do(self, job: _Job) -> None:
        """In the lane: nothing here may touch a widget."""
        answer: object
        try:
            answer = job.work()
        except BaseException as problem:  # the lane must live on, whatever happens
            answer = problem
        if isValid(self):
            self._answered.emit(job, answer)

    def _on_answered(self, job: _Job, answer: object) -> None:
        self._count(-1)
        there = isValid(job.owner)
        if isinstance(answer, BaseException) and not isinstance(answer, Outcome):
            if job.failed is None:
                self.report(answer)
            else:
                answer = Mistake(self._log(answer))
        if isinstance(answer, Outcome) and there:
            (job.failed or self.failed.emit)(answer)
        elif not isinstance(answer, BaseException):
            if there:
                job.done(answer)
            if job.changes:
                self.changed.emit(job.changes)

    def _count(self, step: int) -> None:
        self._busy += step
        self.busy_changed.emit(self._busy)

    def report(self, problem: BaseException) -> str:
        """Log a mistake of ours without what it was about, tell it once, give its number."""
        new = bug_number(problem) not in self._told
        number = self._log(problem)
        if new:
            self.bug_found.emit(number)
        return number

    def _log(self, problem: BaseException) -> str:
        """Once each."""
        number = bug_number(problem)
        if number not in self._told:
            self._told.add(number)
            _LOG.error("bug %s %s\n%s", number, type(problem).__name__, _frames(problem))
        return number


def bug_number(problem: BaseException) -> str:
    """Eight characters, the same for the same mistake at the same place."""
    import hashlib  # not at the start: only mistakes need it

    place = f"{type(problem).__name__}\n{_frames(problem)}"
    return hashlib.sha256(place.encode()).hexdigest()[:8].upper()


def _frames(problem: BaseException) -> str:
    """Where it happened: files, lines and our own source, never the message, which may name people or secrets."""
    return "".join(traceback.format_tb(problem.__traceback__))
