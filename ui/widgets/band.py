"""The striped band over a practice office."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPolygonF
from PySide6.QtWidgets import QWidget

from ui import look


class PracticeBand(QWidget):
    """Stripes and the word over everything that is only practice."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("practice")
        self._word = self.tr("PRACTICE")
        self.setAccessibleName(self._word)
        self.setFixedHeight(look.current().px(28))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, now = QPainter(self), look.current()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.rect(), now.tone("practice"))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(now.tone("practice_ink"))
        height = float(self.height())
        for start in range(-self.height(), self.width(), self.height() * 2):
            foot = QRectF(start, 0, height, height)
            stripe = [foot.bottomLeft(), foot.bottomRight(), foot.topRight(), foot.topRight()]
            stripe[2].setX(foot.right() + height)
            stripe[3].setX(foot.left() + height)
            painter.drawPolygon(QPolygonF(stripe))
        unreal = self.tr("nothing here is real")
        words = f"{self._word}   ·   {unreal}"
        plate = painter.fontMetrics().horizontalAdvance(words) + 48
        painter.fillRect(QRectF((self.width() - plate) / 2, 0, plate, height), now.tone("practice"))
        painter.setPen(now.tone("practice_ink"))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, words)
