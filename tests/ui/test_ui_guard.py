"""The fault of PySide6 6.12.0 below Python 3.12: each call that returns nothing loses one reference to None."""

import subprocess
import sys

from PySide6.QtCore import QObject


def test_none_keeps_its_references() -> None:
    thing = QObject()
    before = sys.getrefcount(None)
    for _ in range(1_000):
        thing.setObjectName("parcel")
    assert sys.getrefcount(None) > before - 100


def test_the_command_line_starts_without_qt() -> None:
    asks = (
        "import sys, ui.app; "
        "assert ui.app.asked(['verify', 'sheet.png']) is None; "
        "sys.exit(any(name.startswith(('PySide6', 'shiboken6', 'sqlalchemy')) for name in sys.modules))"
    )
    assert subprocess.run([sys.executable, "-c", asks], check=False, timeout=60).returncode == 0


def test_the_unlock_window_needs_nothing_heavy() -> None:
    heavy = ("sqlalchemy", "cv2", "numpy", "reportlab", "cryptography", "kpdesk.desks.", "fontpkg.", "PySide6.QtSvg.")
    asks = f"import sys, ui.program; sys.exit(', '.join(n for n in sys.modules if n.startswith({heavy!r})))"
    told = subprocess.run([sys.executable, "-c", asks], check=False, timeout=60, capture_output=True, text=True)
    assert told.stderr.strip() == ""
