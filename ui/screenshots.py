"""Pictures of every screen of an office, in all looks: `kpdesk demo FOLDER --screenshots`."""

import os
import sys
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication, QWidget

from kpdesk.desks.offices import PASSPHRASE
from ui.look import Look, Theme
from ui.unlock import UnlockWindow
from ui.wiring import wire
from ui.work import Workroom, at_once

_SIZE = 1280, 800
DUTIES = (
    "Clerk One", "Valuer One", "Exporters Desk", "Issuing One", "Inspector One", "Supervisor One", "Auditor One",
)  # fmt: skip
"""One officer of the practice office for each desk."""


def take(office: Path, into: Path, clock: Callable[[], datetime]) -> list[Path]:
    """Sign each kind of officer in, turn to each section, and keep what the window shows; the files written."""
    if not any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")):
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
    app = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(app, QApplication)
    Look().wear(app)
    wiring = wire(office, Workroom(at_once), clock)
    password = (office / PASSPHRASE).read_text("utf-8").strip()
    windows = {officer: wiring.open_desk(officer, password).window() for officer in DUTIES}
    door = UnlockWindow(open_desk=wiring.open_desk, workroom=Workroom(at_once))
    door.show_door(wiring.office, wiring.officers, practice=wiring.practice)
    written: list[Path] = []
    # A look is worn once for all of them: every widget is dressed anew each time.
    for theme in Theme:
        Look(theme).wear(app)
        folder = into / theme.value
        folder.mkdir(parents=True, exist_ok=True)
        written.append(_keep(door, folder / "unlock.png"))
        for officer, window in windows.items():
            window.resize(*_SIZE)
            window.show()
            for section in _sections(window.sections, officer):
                window.go(section)
                written.append(_keep(window, folder / f"{officer.split()[0].lower()}-{section}.png"))
            if officer == DUTIES[0]:
                window.go_to()
                written.append(_keep(window, folder / "go-to.png"))
                window.leave_question()
            window.hide()
    wiring.close()
    return written


def _keep(widget: QWidget, file: Path) -> Path:
    """What the widget shows once all that was asked to be painted is; raises OSError."""
    widget.show()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    for _ in range(3):
        QCoreApplication.processEvents()
    if not widget.grab().save(str(file)):
        raise OSError(f"{file} cannot be written")
    return file


def _sections(sections: tuple[str, ...], officer: str) -> Iterator[str]:
    """What everybody has is shown once."""
    shared = {"settings", "appointments"}
    yield from (each for each in sections if officer == DUTIES[0] or each not in shared)
