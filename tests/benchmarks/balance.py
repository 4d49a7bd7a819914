"""How long a weight takes from the balance's stable line to the screen: real line, lanes, window, off-screen.

A simulated balance writes its first line at rest to a pseudo-terminal; the watch stops when the card has been painted
with that figure. Between two runs the pan is emptied. The word “stable” follows when the rule of rest is met, 0.3 s
later by design.
"""

import os
import statistics
import time
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QEvent, QEventLoop, QObject, QTimer
from PySide6.QtWidgets import QApplication, QLabel, QVBoxLayout, QWidget

from kpdesk.practice import CLERK
from kpdesk.practice import balances as practice_balances
from tests.desks.practice_books import Shelf
from ui.balance import BalanceLine
from ui.formats import Formats
from ui.keys import Keyboard
from ui.look import Look
from ui.widgets.weighing_card import WeighingCard
from ui.work import Threads, Workroom

LIMIT_MS = 50.0
RUNS = 60


class Painted(QObject):
    """When the figure was painted with the text that is waited for."""

    def __init__(self, figure: QLabel, loop: QEventLoop) -> None:
        super().__init__()
        self._figure, self._loop = figure, loop
        self.wanted, self.at = "", 0.0

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        if event.type() == QEvent.Type.Paint and self._figure.text() == self.wanted and not self.at:
            QTimer.singleShot(0, self._after)
        return False

    def _after(self) -> None:
        """The paint was handled."""
        self.at = time.perf_counter()
        self._loop.quit()


def run() -> dict[str, Any]:
    """The median and the 95th of a hundred, in milliseconds."""
    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    Look().wear(app)
    with TemporaryDirectory() as folder:
        shelf = Shelf(Path(folder))
        books = shelf.take("ready")
        practice_balances.fill(books.office)
        threads = Threads()
        line, card = BalanceLine(Workroom(threads.start)), WeighingCard(Formats(), Keyboard())
        window = QWidget()
        window.resize(480, 640)
        QVBoxLayout(window).addWidget(card)
        line.attach(card, books[CLERK], Formats())
        try:
            window.show()
            taken = _measure(line, card)
        finally:
            window.hide()
            threads.finish()
            line.close()
            books.close()
            shelf.close()
    taken.sort()
    median = statistics.median(taken)
    return {
        "name": "balance",
        "what": f"first stable line written by the balance → its figure painted, ÷ {LIMIT_MS:.0f} ms",
        "median_ratio": median / LIMIT_MS,
        "limit": 1.0,
        "median_ms": median,
        "p95_ms": taken[int(len(taken) * 0.95)],
        "worst_ms": taken[-1],
        "runs": len(taken),
    }


def _measure(line: BalanceLine, card: WeighingCard) -> list[float]:
    figure = card.findChild(QLabel, "weighing_figure")
    assert isinstance(figure, QLabel)
    loop = QEventLoop()
    painted = Painted(figure, loop)
    figure.installEventFilter(painted)
    _until(lambda: line.simulated is not None)
    simulated = line.simulated
    assert simulated is not None
    sent: dict[bytes, float] = {}
    simulated.told = lambda written: sent.setdefault(written, time.perf_counter())
    taken = []
    for number in range(RUNS):
        for weight in (Decimal(number + 1) + Decimal("0.125"), Decimal(0)):
            shown = f"{weight:.3f}\u00a0ct"
            if figure.text() == shown:
                continue
            sent.clear()
            painted.wanted, painted.at = shown, 0.0
            simulated.settle(weight, weight + Decimal("0.777"), weight + Decimal("0.333"))
            loop.exec()
            if weight:
                taken.append((painted.at - sent[f"S S {weight:>10.3f} ct\r\n".encode()]) * 1000)
    return taken


def _until(done: Any) -> None:
    loop = QEventLoop()
    while not done():
        QTimer.singleShot(5, loop.quit)
        loop.exec()
