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
from ui import preferences
from ui.look import Look, Theme
from ui.unlock import UnlockWindow
from ui.work import Threads, Workroom

if TYPE_CHECKING:
    from ui.first.first_run import FirstActs, FirstRun
    from ui.formats import Clock
    from ui.opening import SignedIn, Wiring
    from ui.window import DeskWindow

_MINUTE_MS = 60_000
PRACTICE = "practice"
"""The folder beside an office's books where practice lies."""
_ACTIVE = (QEvent.Type.KeyPress, QEvent.Type.MouseButtonPress, QEvent.Type.MouseMove, QEvent.Type.Wheel)


def run(office: Path | None, *, look: str, text: int | None, clock: "Clock") -> int:
    """Open the window on an office's folder (None: this user's own) and stay until it is closed; the exit code.

    Without a look or a size (empty, None) it looks as it did last time.
    """
    app = QApplication(sys.argv[:1])
    app.setApplicationName("kpdesk")
    own = Path(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.AppLocalDataLocation))
    _log_to(own)
    kept = preferences.restore(app, own / "desk.ini")
    Look(Theme(look) if look else kept.theme).sized(text or kept.text).wear(app)
    threads = Threads()
    program = Program(_home(office, own), Workroom(threads.start), clock, found=_found)
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
        found: "Callable[[Path, Clock], FirstActs] | None" = None,
    ) -> None:
        """`wire` ties the screens to the desks; it runs in the workroom, for it imports all of them.

        `found` gives the acts of a first run, where a folder without an office is to become one.
        """
        super().__init__()
        self._workroom = workroom
        self._wire, self._found = wire or _wire, found
        self.first: FirstRun | None = None
        self._folder, self._clock = folder, clock
        self._wiring: Wiring | None = None
        self.unlock = UnlockWindow(open_desk=self._open, workroom=workroom)
        self.window: DeskWindow | None = None
        self._officer: str | None = None
        self.unlock.unlocked.connect(self._on_unlocked)
        self._idle = QTimer(self)
        self._idle.setSingleShot(True)
        self._idle.timeout.connect(self.lock)

    def start(self) -> None:
        """Show the unlock window, then read whose office this is."""
        self.unlock.show()
        QTimer.singleShot(0, self.read_door)

    def read_door(self) -> None:
        self._workroom.run(self, self._door, self._on_door, self._on_no_door)

    def _on_no_door(self, problem: Outcome) -> None:
        """A folder without an office is where one begins; any other trouble is told."""
        if problem.code != "OfficeMissing" or self._found is None:
            self.unlock.show_trouble(problem)
            return
        from ui.first.first_run import FirstRun

        self.first = FirstRun(self._found(self._folder, self._clock), self._workroom, self._folder / "first-run.json")
        self.first.founded.connect(self._on_founded)
        self.first.show()
        self.unlock.hide()

    def _on_founded(self, practice: bool) -> None:
        if practice:
            self._folder = self._folder / PRACTICE / "office"
        if self.first is not None:
            self.first.hide()
            self.first.deleteLater()
            self.first = None
        self.unlock.show()
        self.read_door()

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
            self.window.officer_changed.connect(self.change_officer)
            self.window.present.connect(self.presence)
        self.window.show()
        self.window.activateWindow()
        self.unlock.hide()
        self._idle.setInterval(signed_in.idle_minutes * _MINUTE_MS)
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

    def change_officer(self) -> None:
        """Lock, and let somebody else sign in."""
        self.lock()
        self.unlock.ask_officer()

    def presence(self) -> None:
        """Somebody is at the desk, though no key was touched: a balance moved, a code was scanned."""
        if self.window is not None and self.window.isVisible():
            self._idle.start()

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


def _found(folder: Path, clock: "Clock") -> "FirstActs":
    from ui.first.acts import first_acts

    return first_acts(folder, clock)


def _home(office: Path | None, own: Path) -> Path:
    """The office asked for; else this user's own, and before there is one the practice office."""
    home = own / "office"
    practice = home / PRACTICE / "office"
    real = (home / "store").is_dir()
    return office or (practice if not real and (practice / "store").is_dir() else home)


def _log_to(folder: Path) -> None:
    """Mistakes of ours go to one file beside the user's settings."""
    handler = logging.FileHandler(folder / "kpdesk.log", encoding="utf-8", delay=True)
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(message)s"))
    folder.mkdir(parents=True, exist_ok=True)
    logging.getLogger("kpdesk").addHandler(handler)
