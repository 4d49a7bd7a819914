"""How much longer the unlock window takes to show than a bare window of the same toolkit.

From the start of the process until the first paint was handled, off-screen, the two taken in turns.
"""

import os
import statistics
import subprocess
import sys
import tempfile
import time
from typing import Any

LIMIT = 1.6
RUNS = 9

_SHOW = """
app.processEvents()
window.grab()
app.processEvents()
sys.stdout.write("shown")
sys.stdout.flush()
os._exit(0)
"""
_BARE = f"""
import os, sys
from PySide6.QtCore import Qt
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QVBoxLayout, QWidget
app = QApplication(sys.argv[:1])
window = QWidget()
column = QVBoxLayout(window)
column.addWidget(QLabel("Password"))
column.addWidget(QLineEdit())
window.show()
{_SHOW}
"""
_OURS = f"""
import os, sys, tempfile
from pathlib import Path
from datetime import UTC, datetime
import ui.app
assert ui.app.asked([]) is not None
from PySide6.QtWidgets import QApplication
from ui.look import Look
from ui.program import Program
from ui.work import Threads, Workroom
app = QApplication(sys.argv[:1])
Look().wear(app)
program = Program(Path(tempfile.gettempdir()), Workroom(Threads().start), lambda: datetime.now(UTC))
window = program.unlock
window.show()
{_SHOW}
"""


def run() -> dict[str, Any]:
    """The median of ours ÷ bare over pairs of runs."""
    with tempfile.TemporaryDirectory() as compiled:
        _seconds(_BARE, compiled), _seconds(_OURS, compiled)
        pairs = [(_seconds(_BARE, compiled), _seconds(_OURS, compiled)) for _ in range(RUNS)]
    ratios = [ours / bare for bare, ours in pairs]
    return {
        "name": "start",
        "what": "process start until the unlock window is painted ÷ the same for a bare window",
        "median_ratio": statistics.median(ratios),
        "limit": LIMIT,
        "runs": ratios,
        "bare_seconds": statistics.median(bare for bare, _ in pairs),
        "unlock_seconds": statistics.median(ours for _, ours in pairs),
    }


def _seconds(program: str, compiled: str) -> float:
    """Until the program says that its window is painted; with modules compiled before, as an installer does."""
    place = os.environ | {"QT_QPA_PLATFORM": "offscreen", "PYTHONPYCACHEPREFIX": compiled}
    place.pop("PYTHONDONTWRITEBYTECODE", None)
    begun = time.perf_counter()
    with subprocess.Popen(
        [sys.executable, "-c", program], env=place, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    ) as process:
        assert process.stdout is not None
        said = process.stdout.read(5)
        taken = time.perf_counter() - begun
    if said != b"shown":
        raise RuntimeError("the window did not show")
    return taken
