"""The way of a thing as dots on a line: what is done, where it is, what is still to come."""

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui import look


class LifeLine(QWidget):
    """Stations from the start side to the end side, each with its word below."""

    def __init__(self, name: str, title: str, stations: Sequence[str]) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setAccessibleName(title)
        self._stations = tuple(stations)
        self._at = -1
        self._tone = "clerk"
        self._ended = ""
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_at(self, at: int, *, tone: str = "clerk", ended: str = "") -> None:
        """The station it is at; `ended` says how it left the way before its end."""
        self._at, self._tone, self._ended = at, tone, ended
        self.setAccessibleDescription(ended or (self._stations[at] if at >= 0 else ""))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(look.current().px(70) * len(self._stations), look.current().px(46))

    def minimumSizeHint(self) -> QSize:
        return QSize(look.current().px(28) * len(self._stations), look.current().px(46))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, now = QPainter(self), look.current()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        step, turned = self.width() / len(self._stations), self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        middle, dot = now.px(10), now.px(6)
        accent, still = now.tone("stop" if self._ended else self._tone), now.tone("edge")
        places = [QPointF(step * place + step / 2, middle) for place in range(len(self._stations))]
        if turned:
            places.reverse()
        for place in range(1, len(places)):
            painter.setPen(QPen(accent if place <= self._at else still, now.px(2)))
            painter.drawLine(places[place - 1], places[place])
        for place, centre in enumerate(places):
            painter.setPen(QPen(accent if place <= self._at else still, now.px(2)))
            painter.setBrush(accent if place <= self._at else now.tone("card"))
            painter.drawEllipse(centre, dot, dot)
            if place == self._at:
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawEllipse(centre, dot + now.px(3), dot + now.px(3))
        self._write(painter, places, step)

    def _write(self, painter: QPainter, places: Sequence[QPointF], step: float) -> None:
        """Every word where all have room, else the one of where it is."""
        now, font = look.current(), painter.font()
        font.setPixelSize(now.px(12))
        painter.setFont(font)
        widest = max(painter.fontMetrics().horizontalAdvance(words) for words in self._stations)
        for place, words in enumerate(self._stations):
            here = place == self._at
            if not here and widest + now.px(8) > step:
                continue
            font.setBold(here)
            painter.setFont(font)
            painter.setPen(now.tone("ink" if here else "muted"))
            shown = self._ended if self._ended and here else words
            wide = max(painter.fontMetrics().horizontalAdvance(shown) + 4, step)
            start = min(max(places[place].x() - wide / 2, 0), self.width() - wide)
            room = QRectF(start, now.px(22), wide, now.px(22))
            painter.drawText(room, Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop, shown)
