"""How long the window's thread leaves its events waiting, from the first sign-in to a validated certificate.

A timer of 5 ms runs in the window's thread while all officers do their part by keyboard, off-screen, with real lanes.
The first opening of every page and each sign-in are in it; what is imported before the unlock window is not.
"""

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock
from typing import Any

from PySide6.QtCore import QEventLoop, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from ui.work import Lane, Threads

PLAIN = Qt.KeyboardModifier.NoModifier
TICK_MS = 5
LIMIT_MS = 100
"""A person notices what takes longer."""


def run() -> dict[str, Any]:
    """The longest interval between two ticks, in milliseconds, and every one over the limit with its step."""
    from tests.journeys.full_run import prepare

    with tempfile.TemporaryDirectory() as folder:
        asked = [sys.executable, "-m", "tests.journeys.full_run", str(prepare(Path(folder)))]
        place = os.environ | {"QT_QPA_PLATFORM": "offscreen"}
        told = subprocess.run(asked, env=place, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=True).stdout
    measured = json.loads(told)
    waits = sorted(milliseconds for _, milliseconds in measured["intervals"])
    over = [(step, round(ms)) for step, ms in measured["intervals"] if ms > LIMIT_MS]
    return {
        "name": "window",
        "what": "longest wait of a 5 ms timer in the window's thread, from a parcel to its certificate",
        "worst_ms": waits[-1],
        "p99_ms": waits[len(waits) * 99 // 100],
        "gaps_over_100": sorted(over, key=lambda gap: -gap[1]),
        "limit": LIMIT_MS,
        "ticks": len(waits),
        "keys": measured["keys"],
    }


class Meter:
    """How long the window's thread leaves its events waiting: a timer that ought to come every 5 ms, and when it did.

    An interval belongs to the step that was under way; a step begins and ends with a tick of its own.
    """

    def __init__(self) -> None:
        self.intervals: list[tuple[str, float]] = []
        """(step, milliseconds), in their order."""
        self.step = "start"
        self._loop, self._timer = QEventLoop(), QTimer()
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(TICK_MS)
        self._timer.timeout.connect(self._tick)
        self._last = time.perf_counter()
        self._timer.start()

    def _tick(self) -> None:
        now = time.perf_counter()
        self.intervals.append((self.step, (now - self._last) * 1000))
        self._last = time.perf_counter()
        self._loop.quit()

    def breathe(self) -> None:
        """Give the window's thread back until the next tick."""
        self._loop.exec()

    def begin(self, step: str) -> None:
        self.breathe()
        self.step = step

    def stop(self) -> None:
        self._timer.stop()


def take_up() -> None:
    """Off-screen nobody gives the keys back when a dialog or a list of completions is gone."""
    active = QApplication.activeWindow()
    if active is not None and active.windowType() is Qt.WindowType.Popup and QApplication.focusWidget() is None:
        active.hide()
        active = None
    if active is None:
        for each in QApplication.topLevelWidgets():
            if each.isVisible() and each.windowType() is not Qt.WindowType.Popup:
                each.activateWindow()


@dataclass
class Fingers:
    """Keys one at a time, as a person's: between two of them the window has time for itself."""

    meter: Meter
    pressed: int = 0
    """An officer's own keys; neither what a scanner types nor carats, values, names and passwords."""
    keys: dict[str, int] = field(default_factory=dict)
    """Of these, by what they were pressed for."""

    def keyClick(self, widget: QWidget, key: Qt.Key | str, held: Qt.KeyboardModifier = PLAIN) -> None:  # noqa: N802
        self.pressed += 1
        QTest.keyClick(widget, key, held)
        self.meter.breathe()

    def keyClicks(self, widget: QWidget, words: str) -> None:  # noqa: N802
        for each in words:
            self.keyClick(widget, each)

    def mouseClick(self, widget: QWidget, button: Qt.MouseButton) -> None:  # noqa: N802
        self.pressed += 1
        QTest.mouseClick(widget, button)
        self.meter.breathe()

    def waitUntil(self, happened: Callable[[], bool], timeout: int) -> None:  # noqa: N802
        until = time.perf_counter() + timeout / 1000
        while not happened():
            take_up()
            if time.perf_counter() > until:
                raise TimeoutError
            self.meter.breathe()

    @contextmanager
    def uncounted(self) -> Iterator[None]:
        """What is typed here is a scanner's, or must be typed in any program."""
        before = self.pressed
        yield
        self.pressed = before

    @contextmanager
    def counted(self, what: str) -> Iterator[None]:
        before = self.pressed
        yield
        self.keys[what] = self.keys.get(what, 0) + self.pressed - before


@dataclass
class Lanes:
    """The program's own lanes, which tell when nothing is under way in them; the balance's never rests."""

    threads: Threads = field(default_factory=Threads)
    asked: int = 0
    done: int = 0
    _lock: Lock = field(default_factory=Lock)

    def start(self, lane: Lane, job: Callable[[], None]) -> None:
        if lane == "balance":
            self.threads.start(lane, job)
            return

        def told() -> None:
            job()
            with self._lock:
                self.done += 1

        self.asked += 1
        self.threads.start(lane, told)

    def finish(self) -> None:
        self.threads.finish()
