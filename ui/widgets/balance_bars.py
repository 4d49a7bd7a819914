"""What goes in beside what comes out, as two bars a line: the difference is seen before it is read."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui import look


@dataclass(frozen=True, slots=True)
class Pan:
    """One line of the balance; shares of the larger side, 0 to 1."""

    name: str
    before: float
    after: float
    sold: float
    words: str
    """The difference as it is written."""
    tone: str
    """`ok` where both sides are alike."""


class BalanceBars(QWidget):
    """The upper bar is what went in, the lower what comes out and what is sold; what lacks is hatched."""

    def __init__(self, name: str, title: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setAccessibleName(title)
        self._pans: tuple[Pan, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_pans(self, pans: Sequence[Pan]) -> None:
        self._pans = tuple(pans)
        self.setAccessibleDescription("; ".join(f"{pan.name}: {pan.words}" for pan in pans))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(200, look.current().px(50) * max(len(self._pans), 1))

    def minimumSizeHint(self) -> QSize:
        return QSize(160, self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, now = QPainter(self), look.current()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        font = painter.font()
        font.setPixelSize(now.px(13))
        painter.setFont(font)
        high, gap, step = now.px(9), now.px(3), now.px(50)
        wide = float(self.width())
        for place, pan in enumerate(self._pans):
            top = float(place * step)
            line = QRectF(0, top, wide, now.px(20))
            painter.setPen(now.tone("ink"))
            painter.drawText(line, Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter, pan.name)
            painter.setPen(now.tone(pan.tone))
            painter.drawText(line, Qt.AlignmentFlag.AlignTrailing | Qt.AlignmentFlag.AlignVCenter, pan.words)
            painter.setPen(Qt.PenStyle.NoPen)
            upper, lower = top + now.px(22), top + now.px(22) + high + gap
            self._bar(painter, 0, upper, wide * pan.before, high, "edge")
            self._bar(painter, 0, lower, wide * pan.after, high, "clerk")
            self._bar(painter, wide * pan.after, lower, wide * pan.sold, high, "exporter_desk")
            start = wide * (pan.after + pan.sold)
            if wide * pan.before > start + 0.5:
                painter.setBrush(QBrush(now.tone(pan.tone), Qt.BrushStyle.BDiagPattern))
                painter.drawRect(QRectF(start, lower, wide * pan.before - start, high))
            elif start > wide * pan.before + 0.5:
                painter.setBrush(QBrush(now.tone(pan.tone), Qt.BrushStyle.BDiagPattern))
                painter.drawRect(QRectF(wide * pan.before, upper, start - wide * pan.before, high))

    def _bar(self, painter: QPainter, x: float, y: float, wide: float, high: int, tone: str) -> None:
        if wide > 0:
            painter.setBrush(look.current().tone(tone))
            painter.drawRect(QRectF(x, y, wide, high))
