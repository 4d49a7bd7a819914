"""Two columns of cards, or one where the page is too narrow for two, as at 200 % text."""

from collections.abc import Callable, Iterable

from PySide6.QtCore import QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from ui import look
from ui.widgets.card import BETWEEN

_NARROWEST = 760


class Columns(QWidget):
    """Fills a page; each part is a column with its share of the width."""

    def __init__(self, page: QWidget, *parts: tuple[QBoxLayout, int]) -> None:
        super().__init__()
        self._parts = [part for part, _ in parts]
        self._box = QBoxLayout(QBoxLayout.Direction.TopToBottom, self)
        self._box.setContentsMargins(32, 8, 32, 32)
        self._box.setSpacing(BETWEEN)
        for part, share in parts:
            self._box.addLayout(part, share)
        whole = QVBoxLayout(page)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self)

    def _least(self, together: Callable[[Iterable[int]], int]) -> int:
        """The least width of the parts: `sum` of those side by side, `max` of those under each other."""
        margins = self._box.contentsMargins()
        widths = [part.minimumSize().width() + BETWEEN for part in self._parts]
        return together(widths) - BETWEEN + margins.left() + margins.right()

    def minimumSizeHint(self) -> QSize:
        """As narrow as one column: two would scroll sideways before they came under each other."""
        return QSize(self._least(max), super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        wide = event.size().width() >= max(look.current().px(_NARROWEST), self._least(sum))
        self._box.setDirection(QBoxLayout.Direction.LeftToRight if wide else QBoxLayout.Direction.TopToBottom)
