"""Small painted pictures beside figures: bars by hour, what is left, ages. Tones come at paint time."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui import look


class Bars(QWidget):
    """Upright bars with a mark under the first, the last and the highest."""

    def __init__(self, name: str, title: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setAccessibleName(title)
        self._bars: tuple[tuple[str, int], ...] = ()
        self._tone = "clerk"
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_bars(self, bars: Sequence[tuple[str, int]], tone: str) -> None:
        self._bars, self._tone = tuple(bars), tone
        self.setAccessibleDescription(", ".join(f"{mark}: {count}" for mark, count in self._bars))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(160, look.current().px(56))

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self._bars:
            return
        painter, now = QPainter(self), look.current()
        font = painter.font()
        font.setPixelSize(now.px(11))
        painter.setFont(font)
        foot = self.height() - now.px(16)
        most = max(max(count for _, count in self._bars), 1)
        step = self.width() / len(self._bars)
        for place, (mark, count) in enumerate(self._bars):
            high = max(round((foot - 8) * count / most), 2)
            tone = self._tone if count == most else "edge"
            painter.fillRect(QRectF(place * step + 1, foot - high, max(step - 4, 2), high), now.tone(tone))
            if place in (0, len(self._bars) - 1) or count == most:
                painter.setPen(now.tone("muted"))
                around = QRectF(place * step - 12, foot + 2, step + 20, now.px(14))
                if place == 0:
                    around.setLeft(0)
                if place == len(self._bars) - 1:
                    around.setRight(self.width())
                end = Qt.AlignmentFlag.AlignRight if place == len(self._bars) - 1 else Qt.AlignmentFlag.AlignHCenter
                painter.drawText(around, Qt.AlignmentFlag.AlignLeft if place == 0 else end, mark)


class Gauge(QWidget):
    """A level with the two marks at which it turns amber and red: below them, or with `rising` above."""

    def __init__(self, name: str, title: str, *, full: int, amber: int, red: int, rising: bool = False) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setAccessibleName(title)
        self._full, self._amber, self._red, self._rising = full, amber, red, rising
        self._level: int | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    @property
    def tone(self) -> str:
        if self._level is None:
            return "ok"
        beyond = self._level.__gt__ if self._rising else self._level.__lt__
        return "stop" if beyond(self._red) else "liftable" if beyond(self._amber) else "ok"

    def show_level(self, level: int | None) -> None:
        self._level = level
        self.setAccessibleDescription("" if level is None else f"{level} / {self._full}")
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(160, look.current().px(56))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, now = QPainter(self), look.current()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        high = now.px(8)
        top = self.height() - now.px(16) - high
        bar = QRectF(0, top, self.width(), high)
        painter.setBrush(now.tone("line"))
        painter.drawRoundedRect(bar, high / 2, high / 2)
        if self._level is not None:
            bar.setWidth(max(self.width() * min(self._level / self._full, 1.0), high))
            painter.setBrush(now.tone(self.tone))
            painter.drawRoundedRect(bar, high / 2, high / 2)
        font = painter.font()
        font.setPixelSize(now.px(11))
        painter.setFont(font)
        for mark in (self._red, self._amber):
            place = self.width() * mark / self._full
            painter.setPen(now.tone("muted"))
            painter.drawLine(round(place), round(top) - 4, round(place), round(top) + high + 3)
            painter.drawText(
                QRectF(place - 20, top + high + 2, 40, now.px(14)), Qt.AlignmentFlag.AlignHCenter, str(mark)
            )


class Pips(QWidget):
    """One small square for each thing counted, in the tone of its kind."""

    def __init__(self, name: str, title: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setAccessibleName(title)
        self._counts: tuple[tuple[int, str], ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_pips(self, counts: Sequence[tuple[int, str]]) -> None:
        """(how many, tone) of each kind."""
        self._counts = tuple(counts)
        self.setAccessibleDescription(", ".join(str(count) for count, _ in counts))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(160, look.current().px(56))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, now = QPainter(self), look.current()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        side, step = now.px(12), now.px(16)
        tones = [tone for count, tone in self._counts for _ in range(count)]
        across = max(self.width() // step, 1)
        top = self.height() - now.px(18) - side
        for place, tone in enumerate(tones[: across * 3]):
            painter.setBrush(now.tone(tone))
            painter.drawRoundedRect(QRectF(place % across * step, top - place // across * step, side, side), 3, 3)
