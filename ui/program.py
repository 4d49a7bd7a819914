"""The program from start to end: unlock, the desk's window, lock, and what happens to mistakes of ours.

Nothing heavy is imported before the unlock window shows; the desks are read in the workroom while a person types.
"""

import logging
import sys
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QStandardPaths, QTimer
from PySide6.QtGui import QWindow
from PySide6.QtWidgets import QApplication, QDialog

from kpdesk.domain.outcomes import Outcome
from ui.look import Look, Theme
from ui.unlock import UnlockWindow
from ui.work import Threads, Workroom

if TYPE_CHECKING:
    from ui.formats import Clock
    from ui.opening import SignedIn, Wiring
    from ui.window import DeskWindow

_IDLE_MS = 5 * 60_000
_ACTIVE = (QEvent.Type.KeyPress, QEvent.Type.MouseButtonPress, QEvent.Type.MouseMove, QEvent.Type.Wheel)


def run(office: Path | None, *, look: str, text: int, clock: "Clock") -> int:
    """Open the window on an office's folder (None: this user's own) and stay until it is closed; the exit code."""
    app = QApplication(sys.argv[:1])
    app.setApplicationName("kpdesk")
    own = Path(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.AppLocalDataLocation))
    _log_to(own)
    Look(Theme(look)).sized(text).wear(app)
    threads = Threads()
    program = Program(office or own / "office", Workroom(threads.start), clock)
    sys.excepthook = program.on_mistake
    program.start()
    code = app.exec()
    threads.finish()
    program.close()
    return code


class Program(QObject):
    """Who is at the desk: nobody (the unlock window), or an officer (the desk's window)."""

    def __init__(
        self,
        folder: Path,
        workroom: Workroom,
        clock: "Clock",
        wire: "Callable[[Path, Workroom, Clock], Wiring] | None" = None,
    ) -> None:
        """`wire` ties the screens to the desks; it runs in the workroom, for it imports all of them."""
        super().__init__()
        self._workroom = workroom
        self._wire = wire or _wire
        self._folder, self._clock = folder, clock
        self._wiring: Wiring | None = None
        self.unlock = UnlockWindow(open_desk=self._open, workroom=workroom)
        self.window: DeskWindow | None = None
        self._officer: str | None = None
        self.unlock.unlocked.connect(self._on_unlocked)
        self._idle = QTimer(self)
        self._idle.setSingleShot(True)
        self._idle.setInterval(_IDLE_MS)
        self._idle.timeout.connect(self.lock)

    def start(self) -> None:
        """Show the unlock window, then read whose office this is."""
        self.unlock.show()
        QTimer.singleShot(0, self.read_door)

    def read_door(self) -> None:
        self._workroom.run(self, self._door, self._on_door, self.unlock.show_trouble)

    def _door(self) -> "Wiring":
        """In the workroom's one lane: read once, whoever asks first."""
        if self._wiring is None:
            self._wiring = self._wire(self._folder, self._workroom, self._clock)
        return self._wiring

    def _on_door(self, wiring: "Wiring") -> None:
        self.unlock.show_door(
            wiring.office, wiring.officers, practice=wiring.practice, passphrase_file=wiring.passphrase_file
        )

    def _open(self, officer: str, password: str) -> object:
        """In the workroom."""
        return self._door().open_desk(officer, password)

    def _on_unlocked(self, signed_in: "SignedIn") -> None:
        """The same officer comes back to the same field; another gets a window of their own."""
        if self.window is None or signed_in.officer != self._officer:
            if self.window is not None:
                self.window.deleteLater()
            self._officer = signed_in.officer
            self.window = signed_in.window()
            self.window.locked.connect(self.lock)
        self.window.show()
        self.window.activateWindow()
        self.unlock.hide()
        if handle := self.window.windowHandle():
            handle.installEventFilter(self)
        self._idle.start()

    def lock(self) -> None:
        """Hide everything at once, whatever is open; nothing is asked and nothing is lost."""
        if self.window is None or not self.window.isVisible():
            return
        self.window.leave()
        while popup := QApplication.activePopupWidget():
            popup.close()
        for open_window in QApplication.topLevelWidgets():
            if isinstance(open_window, QDialog):
                open_window.reject()
        self._idle.stop()
        self.unlock.show()
        self.window.hide()

    def close(self) -> None:
        """Shut the books; nothing may be running any more."""
        if self._wiring is not None:
            self._wiring.close()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(watched, QWindow) and event.type() in _ACTIVE:
            self._idle.start()
        return False

    def on_mistake(self, kind: type[BaseException], problem: BaseException, trace: TracebackType | None) -> None:
        """The last resort: an outcome nobody took is shown, anything else is our bug."""
        if isinstance(problem, KeyboardInterrupt):
            QApplication.quit()
        elif isinstance(problem, Outcome):
            self._workroom.failed.emit(problem)
        else:
            self._workroom.report(problem)


def _wire(folder: Path, workroom: Workroom, clock: "Clock") -> "Wiring":
    from ui.wiring import wire

    return wire(folder, workroom, clock)


def _log_to(folder: Path) -> None:
    """Mistakes of ours go to one file beside the user's settings."""
    handler = logging.FileHandler(folder / "kpdesk.log", encoding="utf-8", delay=True)
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(message)s"))
    folder.mkdir(parents=True, exist_ok=True)
    logging.getLogger("kpdesk").addHandler(handler)
