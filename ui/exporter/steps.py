"""The way of an application: a line of steps, those taken with their day, the next one in words."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from kpdesk.domain.application import Standing
from ui import look
from ui.exporter.words import ended_word, step_word
from ui.formats import Formats

_LINE, _DOT = 30, 6


class StepsView(QWidget):
    """Painted: a dot a step, full once it is taken; the next one is a ring. The words are its description too."""

    def __init__(self, name: str, title: str, formats: Formats) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setAccessibleName(title)
        self._formats = formats
        self._rows: list[tuple[str, str, str]] = []
        """(words, day, how it stands)."""
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    @property
    def rows(self) -> tuple[tuple[str, str, str], ...]:
        return tuple(self._rows)

    def show_standing(self, standing: Standing | None) -> None:
        self._rows = []
        if standing is not None:
            coming = standing.next
            for step in standing.steps:
                if step.on is None and standing.ended:
                    continue
                day = self._formats.date(step.on) if step.on else ""
                if step.at:
                    day = self._formats.moment(step.at)
                how = "taken" if step.on else "next" if step.code == coming else "later"
                self._rows.append((step_word(step.code), day, how))
            if standing.ended:
                self._rows.append((ended_word(standing.ended), standing.reason, "ended"))
        self.setAccessibleDescription(", ".join(f"{words} {day}".strip() for words, day, how in self._rows if day))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        now = look.current()
        return QSize(now.px(260), now.px(_LINE) * max(len(self._rows), 1))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, now = QPainter(self), look.current()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        line, dot = now.px(_LINE), now.px(_DOT)
        right_to_left = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        x = self.width() - now.px(14) if right_to_left else now.px(14)
        for place, (words, day, how) in enumerate(self._rows):
            y = place * line + line / 2
            tone = {"taken": "ok", "next": "note", "ended": "stop"}.get(how, "muted")
            colour = now.tone(tone)
            if place:
                before = self._rows[place - 1][2] == "taken" and how in ("taken", "ended")
                painter.setPen(QPen(now.tone("ok" if before else "line"), 2))
                painter.drawLine(QPointF(x, y - line + dot), QPointF(x, y - dot))
            painter.setPen(QPen(colour if how != "later" else now.tone("edge"), 2))
            painter.setBrush(colour if how in ("taken", "ended") else now.tone("card"))
            painter.drawEllipse(QPointF(x, y), dot, dot)
            self._words(painter, words, day, how, QRectF(0, place * line, self.width(), line), right_to_left)

    def _words(self, painter: QPainter, words: str, day: str, how: str, box: QRectF, mirrored: bool) -> None:
        now = look.current()
        start = now.px(34)
        room = box.adjusted(0, 0, -start, 0) if mirrored else box.adjusted(start, 0, 0, 0)
        font = QFont(look.SANS)
        font.setPixelSize(now.px(14))
        font.setBold(how == "next")
        ink = now.tone("muted" if how == "later" else "ink")
        self._write(painter, words, font, ink, room, Qt.AlignmentFlag.AlignLeading)
        small = QFont(look.SANS)
        small.setPixelSize(now.px(13))
        wide = painter.fontMetrics().horizontalAdvance(words) + now.px(24)
        left = room.adjusted(0, 0, -wide, 0) if mirrored else room.adjusted(wide, 0, 0, 0)
        painter.setFont(small)
        day = painter.fontMetrics().elidedText(day, Qt.TextElideMode.ElideRight, int(left.width()))
        self._write(painter, day, small, now.tone("muted"), left, Qt.AlignmentFlag.AlignTrailing)

    def _write(
        self, painter: QPainter, words: str, font: QFont, ink: QColor, room: QRectF, side: Qt.AlignmentFlag
    ) -> None:
        painter.setFont(font)
        painter.setPen(ink)
        painter.drawText(room, side | Qt.AlignmentFlag.AlignVCenter, words)
