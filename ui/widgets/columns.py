"""Two columns of cards, or one where the page is too narrow for two, as at 200 % text."""

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from ui import look
from ui.widgets.card import BETWEEN

_NARROWEST = 760


class Columns(QWidget):
    """Fills a page; each part is a column with its share of the width."""

    def __init__(self, page: QWidget, *parts: tuple[QBoxLayout, int]) -> None:
        super().__init__()
        self._box = QBoxLayout(QBoxLayout.Direction.TopToBottom, self)
        self._box.setContentsMargins(32, 8, 32, 32)
        self._box.setSpacing(BETWEEN)
        for part, share in parts:
            self._box.addLayout(part, share)
        whole = QVBoxLayout(page)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        wide = event.size().width() >= look.current().px(_NARROWEST)
        self._box.setDirection(QBoxLayout.Direction.LeftToRight if wide else QBoxLayout.Direction.TopToBottom)
