"""What every screen owes to those who do not see it or do not use a mouse."""

from itertools import pairwise

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QComboBox, QLabel, QLineEdit, QWidget


def stops(screen: QWidget) -> list[QWidget]:
    """The visible widgets that Tab reaches, in its order."""
    found: list[QWidget] = []
    widget = screen.nextInFocusChain()
    while widget is not screen and widget not in found:
        if (
            screen.isAncestorOf(widget)
            and widget.isVisible()
            and widget.isEnabled()
            and widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        ):
            found.append(widget)
        widget = widget.nextInFocusChain()
    return found


def faults(screen: QWidget) -> list[str]:
    """Widgets without a name, editors without a label."""
    said = []
    labelled = {label.buddy() for label in screen.findChildren(QLabel) if label.buddy()}
    for widget in stops(screen):
        named = widget.accessibleName() or (isinstance(widget, QAbstractButton) and widget.text())
        if not named:
            said.append(f"{type(widget).__name__} {widget.objectName()} has no accessible name")
        if not widget.objectName():
            said.append(f"{type(widget).__name__} {widget.accessibleName()} has no object name")
        if isinstance(widget, QLineEdit | QComboBox) and widget not in labelled:
            said.append(f"{widget.objectName()} has no label")
    return said


def backwards(screen: QWidget) -> list[str]:
    """Where Tab goes up the page: to something that ends above where the last one began, in the same column."""
    said = []
    order = [widget for widget in stops(screen) if not widget.visibleRegion().isEmpty()]  # not what is scrolled away
    for before, after in pairwise(order):
        one, other = (widget.mapTo(screen, widget.rect().topLeft()) for widget in (before, after))
        if other.y() + after.height() <= one.y() and other.x() < one.x() + before.width() and one.x() - other.x() < 40:
            said.append(f"{before.objectName()} → {after.objectName()}")
    return said
