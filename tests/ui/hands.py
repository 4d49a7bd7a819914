"""What a person does at a screen: find, read, type."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

CONTROL = Qt.KeyboardModifier.ControlModifier


def label(window: QWidget, name: str) -> str:
    return window.findChild(QLabel, name).text()


def line(window: QWidget, name: str) -> QLineEdit:
    return window.findChild(QLineEdit, name)


def focused() -> QWidget:
    widget = QApplication.focusWidget()
    assert widget is not None
    return widget


def keys(qtbot: QtBot, *typed: str) -> int:
    """Type words into whatever has the focus, Enter after each; how many keys that took."""
    for words in typed:
        qtbot.keyClicks(focused(), words)
        qtbot.keyClick(focused(), Qt.Key.Key_Return)
    return sum(len(words) + 1 for words in typed)
