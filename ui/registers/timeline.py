"""Licences as bars over the years: when each counts, when it was suspended, and where today is."""

from collections.abc import Sequence
from datetime import date, timedelta

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from kpdesk.domain.parties import Licence
from ui import look

_LINE, _BAR, _FOOT, _LABEL, _MOST = 26, 10, 18, 130, 6
"""Pixels at 100 %: of a licence's line, its bar, the years below, the numbers beside; and the most licences shown."""
_AHEAD = timedelta(days=180)


class Timeline(QWidget):
    """The newest licences under each other; the table beside it says the same in words."""

    def __init__(self, name: str, title: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setAccessibleName(title)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._licences: tuple[Licence, ...] = ()
        self._today = date.min

    def show_licences(self, licences: Sequence[Licence], today: date) -> None:
        self._licences, self._today = tuple(sorted(licences, key=lambda each: each.valid_from)[-_MOST:]), today
        self.setVisible(bool(licences))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(320, look.current().px(_LINE * max(len(self._licences), 1) + _FOOT))

    def _span(self) -> tuple[date, date]:
        """What is drawn: whole months from the first licence to half a year ahead, at most ten years ahead."""
        last = max((each.valid_until for each in self._licences if each.valid_until), default=self._today)
        last = min(max(last, self._today + _AHEAD), self._today + timedelta(days=3653))
        return min(self._licences[0].valid_from, self._today - _AHEAD), last + timedelta(days=31)

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self._licences:
            return
        painter, now = QPainter(self), look.current()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        font = painter.font()
        font.setPixelSize(now.px(12))
        painter.setFont(font)
        first, last = self._span()
        label = min(now.px(_LABEL), self.width() // 3)
        room, foot = self.width() - label - 4, now.px(_LINE) * len(self._licences)

        def at(day: date) -> float:
            share = (min(max(day, first), last) - first).days / max((last - first).days, 1)
            return label + share * room

        step = max(1, round((last.year - first.year + 1) * now.px(44) / max(room, 1)))
        for year in range(first.year + 1, last.year + 1, step):
            place = at(date(year, 1, 1))
            painter.setPen(now.tone("line"))
            painter.drawLine(int(place), 0, int(place), foot)
            painter.setPen(now.tone("muted"))
            painter.drawText(QRectF(place - 30, foot, 60, now.px(_FOOT)), Qt.AlignmentFlag.AlignCenter, str(year))
        for line, licence in enumerate(self._licences):
            top = line * now.px(_LINE)
            painter.setPen(now.tone("muted"))
            words = painter.fontMetrics().elidedText(licence.number, Qt.TextElideMode.ElideMiddle, label - 8)
            middle = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
            painter.drawText(QRectF(0, top, label - 8, now.px(_LINE)), middle, words)
            bar = top + (now.px(_LINE) - now.px(_BAR)) / 2
            end = licence.withdrawn or licence.valid_until or last
            painter.setPen(Qt.PenStyle.NoPen)
            over = end < self._today or licence.withdrawn is not None
            painter.setBrush(now.tone("edge" if over else "ok"))
            painter.drawRoundedRect(
                QRectF(at(licence.valid_from), bar, at(end) - at(licence.valid_from), now.px(_BAR)), 3, 3
            )
            for each in licence.suspended:
                painter.setBrush(now.tone("stop"))
                painter.drawRect(
                    QRectF(at(each.first), bar - 2, at(min(each.last, end)) - at(each.first), now.px(_BAR) + 4)
                )
        painter.setPen(QPen(now.tone("ink"), 1, Qt.PenStyle.DashLine))
        painter.drawLine(int(at(self._today)), 0, int(at(self._today)), foot)
