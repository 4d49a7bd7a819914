"""A cover over the whole window: the one question that must be answered before anything else."""

from PySide6.QtCore import QEvent, QObject, QRect, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget


class Cover(QWidget):
    """Lies over its window, the band of practice aside, and keeps every key but the lock's to itself."""

    def __init__(self, name: str, window: QWidget) -> None:
        super().__init__(window)
        self.setObjectName(name)
        self.setProperty("ground", True)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setGeometry(_room(window))
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and watched is self.parentWidget() and isinstance(watched, QWidget):
            self.setGeometry(_room(watched))
        return False

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and not _locks(event):
            event.accept()
            return True
        return super().event(event)

    def focusNextPrevChild(self, next: bool) -> bool:  # noqa: A002
        """Tab stays inside."""
        stops = [
            child
            for child in self.findChildren(QWidget)
            if child.isVisible() and child.isEnabled() and child.focusPolicy() & Qt.FocusPolicy.TabFocus
        ]
        if not stops:
            return False
        here = self.focusWidget()
        place = stops.index(here) if here in stops else -1
        stops[(place + (1 if next else -1)) % len(stops)].setFocus(Qt.FocusReason.TabFocusReason)
        return True


def _room(window: QWidget) -> QRect:
    """All of it, but for the band that says that this is practice."""
    room, band = window.rect(), window.findChild(QWidget, "practice")
    return room.adjusted(0, band.height(), 0, 0) if band is not None and band.isVisibleTo(window) else room


def _locks(event: QKeyEvent) -> bool:
    return event.key() == Qt.Key.Key_L and bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
