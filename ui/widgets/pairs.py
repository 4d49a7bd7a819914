"""Facts as captions and values, two or more abreast."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.widgets.abreast import Abreast
from ui.widgets.card import column, text


class Pairs(QWidget):
    """(caption, value) each; those without a value are left out."""

    def __init__(self, name: str, title: str, *, most: int = 2) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setAccessibleName(title)
        self._most = most
        self._inside = QVBoxLayout(self)
        self._inside.setContentsMargins(0, 0, 0, 0)
        self._shown: QWidget | None = None

    def show_pairs(self, pairs: Sequence[tuple[str, str]], *, own: Sequence[str] = ()) -> None:
        """`own`: captions whose value has a line of its own."""
        if self._shown is not None:
            self._inside.removeWidget(self._shown)
            self._shown.hide()
            self._shown.deleteLater()
        lines = Abreast(self._most, gap=24, between=14)
        held = [(caption, _pair(caption, value)) for caption, value in pairs if value]
        lines.show_widgets([widget for _, widget in held], own=[widget for caption, widget in held if caption in own])
        self._shown = lines
        self._inside.addWidget(lines)


def _pair(caption: str, value: str) -> QWidget:
    held = QWidget()
    said = text(value, wrap=True)
    said.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    said.setAccessibleName(f"{caption}: {value}")
    held.setLayout(column(text(caption, "caption"), said, 1, gap=2))
    return held
