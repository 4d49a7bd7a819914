"""A page of the window: what every screen can say upwards."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from ui.surface import Surface


class Page(QWidget):
    """One screen. The window shows its title and subtitle and listens to these."""

    subtitle_changed = Signal(str)
    told = Signal(str)
    """Something went well: five seconds in the status line, and kept in Messages."""
    state_changed = Signal(str, str, str)
    """A button of the status line: its name, the tone, the words."""
    noted = Signal(str)
    """Something the officer should know before going on."""
    going = Signal(str, str)
    """Another section is wanted, by its key, and what to show there: `shipment/S-2026-000012`, or nothing."""

    def __init__(self, name: str, surface: Surface) -> None:
        super().__init__()
        self._workroom, self._formats, self._keyboard = surface.workroom, surface.formats, surface.keyboard
        self._counter = surface.counter
        self.setObjectName(name)
        self.setProperty("ground", True)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.subtitle = ""

    def enter(self) -> None:
        """The page was turned to: ask for what it shows, put the cursor where work begins."""

    def turn_to(self, subject: str) -> None:
        """`enter` follows: put the cursor on this one of what the page lists."""

    def leave(self) -> None:
        """The window is locked or closed: keep what is typed, now."""

    def show_subtitle(self, words: str) -> None:
        self.subtitle = words
        self.subtitle_changed.emit(words)

    def bind(self, act: str, slot: object) -> None:
        """Let the keys of an act do `slot` while the cursor is in this page."""
        for sequence in self._keyboard[act].sequences:
            shortcut = QShortcut(QKeySequence(sequence), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(slot)
