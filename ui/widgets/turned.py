"""What every chart has: a painted picture with its finding in words, a table of the same figures, a page of paper."""

from dataclasses import dataclass

from PySide6.QtCore import QBuffer, QIODevice, Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QStackedLayout, QWidget

from ui.slips import Picture
from ui.widgets.rows import Rows


class Turned(QWidget):
    """The picture, or with `turn` (Ctrl+T) the table."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self._stack = QStackedLayout(self)
        self._drawn = QWidget()

    def hold(self, picture: QWidget, table: Rows) -> None:
        self._drawn = picture
        self._stack.addWidget(picture)
        self._stack.addWidget(table)

    @property
    def told(self) -> str:
        """The finding in words, as a screen reader gets it."""
        return self._drawn.accessibleDescription()

    @property
    def shows_figures(self) -> bool:
        return bool(self._stack.currentIndex())

    def turn(self) -> None:
        """Between the picture and the table, which then has the keys."""
        self._stack.setCurrentIndex(1 - self._stack.currentIndex())
        table = self._stack.currentWidget()
        if isinstance(table, Rows):
            table.take_cursor()


def mirrored(widget: QWidget) -> bool:
    return widget.layoutDirection() == Qt.LayoutDirection.RightToLeft


@dataclass(frozen=True, slots=True)
class DrawnPage:
    """A page of paper, or a part of one, with a chart on it."""

    image: QImage

    @property
    def picture(self) -> Picture:
        """For the printer, in grey."""
        grey = self.image.convertToFormat(QImage.Format.Format_Grayscale8)
        return Picture(grey.width(), grey.height(), grey.bytesPerLine(), "L", bytes(grey.constBits()))

    @property
    def png(self) -> bytes:
        """For a file."""
        written = QBuffer()
        written.open(QIODevice.OpenModeFlag.WriteOnly)
        self.image.save(written, "PNG")  # type: ignore[call-overload]
        return bytes(written.data().data())
