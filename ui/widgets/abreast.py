"""Widgets in lines: as many abreast as have room for their least width, as at 200 % text."""

from collections.abc import Container, Sequence

from PySide6.QtCore import QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QWidget


class Abreast(QWidget):
    """At most so many in a line, all of one width; some may have a line of their own."""

    def __init__(self, most: int, *, gap: int, between: int) -> None:
        """`gap` beside each other, `between` lines, in pixels."""
        super().__init__()
        self._most, self._now = most, most
        self._widgets: tuple[QWidget, ...] = ()
        self._own: Container[QWidget] = ()
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(gap)
        self._grid.setVerticalSpacing(between)

    def show_widgets(self, widgets: Sequence[QWidget], *, own: Container[QWidget] = ()) -> None:
        """In the order of reading, instead of any before; `own` are those that have their own line."""
        for each in self._widgets:
            self._grid.removeWidget(each)
            each.hide()
            each.deleteLater()
        self._widgets, self._own = tuple(widgets), own
        self._place(self._now)

    def _place(self, abreast: int) -> None:
        self._now = abreast
        line = column = 0
        for each in self._widgets:
            if column and (each in self._own or column == abreast):
                line, column = line + 1, 0
            across = abreast if each in self._own else 1
            self._grid.addWidget(each, line, column, 1, across)
            column += across
        for place in range(self._most):
            self._grid.setColumnStretch(place, int(place < abreast))

    def minimumSizeHint(self) -> QSize:
        """As narrow as one."""
        return QSize(self._least(), super().minimumSizeHint().height())

    def _least(self) -> int:
        least = (each.minimumSizeHint().expandedTo(each.minimumSize()) for each in self._widgets if not each.isHidden())
        return max((size.width() for size in least), default=0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        gap = self._grid.horizontalSpacing()
        fitting = (event.size().width() + gap) // (self._least() + gap)
        if (abreast := min(max(fitting, 1), self._most)) != self._now:
            self._place(abreast)
