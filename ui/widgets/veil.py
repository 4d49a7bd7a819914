"""A cover that lets the page shine through: something is asked in passing, Esc goes back to where one was."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from ui import look
from ui.widgets.cover import Cover

_SHADE = 110


class Veil(Cover):
    """Shown by whoever fills it."""

    def __init__(self, name: str, window: QWidget) -> None:
        super().__init__(name, window)
        self.setProperty("ground", False)
        self._before = window.focusWidget()

    def leave(self, *, back: bool = True) -> None:
        """Away; the cursor goes back to where it was, unless it is wanted elsewhere."""
        self.hide()
        if back and self._before is not None and isValid(self._before):
            self._before.setFocus()
        self.deleteLater()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.leave()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        shade = look.current().tone("side")
        shade.setAlpha(_SHADE)
        QPainter(self).fillRect(self.rect(), shade)
