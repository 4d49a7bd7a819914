"""Charts of figures that go with a name each: bars by month or week, a line, bars of ages (desk.md §8).

Painted in the tones of the moment; no colour is alone, each series is named and its figures stand in a table.
Right to left the names run the other way; what is counted always grows upwards or from left to right.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum
from functools import partial
from math import ceil, floor, log10

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QImage, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui import look
from ui.look import Look, Theme
from ui.widgets.rows import Column, Rows
from ui.widgets.turned import DrawnPage, Turned, mirrored

_PAPER_DPI, _PAPER = 300, (170, 62)
"""A chart on a list sheet, in millimetres."""


class Shape(StrEnum):
    BESIDE = "beside"
    """Upright bars, those of one name beside each other."""
    STACKED = "stacked"
    """Upright bars, those of one name on top of each other."""
    LINE = "line"
    LYING = "lying"
    """Lying bars, one a name, its parts behind each other."""


@dataclass(frozen=True, slots=True)
class Series:
    """One sort of figures: its name and tone."""

    name: str
    tone: str


@dataclass(frozen=True, slots=True)
class Mark:
    """A name on the axis and its figure of each series; None where there is none."""

    name: str
    figures: tuple[Decimal | int | None, ...]
    short: str = ""
    """What stands on the axis, where the name is long."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Plot:
    """All that is drawn."""

    title: str
    shape: Shape
    series: tuple[Series, ...]
    write: Callable[[Decimal | int], str]
    marks: tuple[Mark, ...] = ()
    limit: Decimal | int | None = None
    """A line that figures should not go over."""

    @property
    def most(self) -> float:
        """The end of the scale."""
        sums = self.shape in (Shape.STACKED, Shape.LYING)
        each = [[float(figure) for figure in mark.figures if figure is not None] for mark in self.marks]
        tops = [sum(one) if sums else max(one, default=0.0) for one in each]
        return max([*tops, float(self.limit or 0)], default=0.0)


class Chart(Turned):
    """The picture, or with `turn` the table of the same figures."""

    def __init__(
        self,
        name: str,
        title: str,
        *,
        shape: Shape,
        along: str,
        series: Sequence[Series],
        write: Callable[[Decimal | int], str],
        empty: str,
    ) -> None:
        """`along`: what the names are, as the head of their column. `empty`: said while there is nothing to draw."""
        super().__init__(name)
        self._plot = Plot(title=title, shape=shape, series=tuple(series), write=write)
        self._picture = _Picture(f"{name}_picture", title, empty)
        columns = [Column(along, lambda mark: mark.name, wide=True)]
        columns += [Column(each.name, partial(self._figure, at), number=True) for at, each in enumerate(series)]
        self._table = Rows(f"{name}_figures", title, columns, empty)
        self.hold(self._picture, self._table)

    @property
    def plot(self) -> Plot:
        return self._plot

    def show_marks(self, marks: Sequence[Mark], finding: str, *, limit: Decimal | int | None = None) -> None:
        """`finding`: what the picture says, in words."""
        self._plot = replace(self._plot, marks=tuple(marks), limit=limit)
        self._picture.show_plot(self._plot)
        self._picture.setAccessibleDescription(finding)
        self._table.show_slips(self._plot.marks)

    def for_paper(self) -> DrawnPage:
        """The picture under its title, as wide as a list sheet."""
        return on_paper(self._plot, dpi=_PAPER_DPI)

    def _figure(self, at: int, mark: Mark) -> str:
        figure = mark.figures[at]
        return "–" if figure is None else self._plot.write(figure)


def on_paper(plot: Plot, *, dpi: int) -> DrawnPage:
    """Painted outside the window, so any lane may do it."""
    wide, high = (round(millimetres / 25.4 * dpi) for millimetres in _PAPER)
    image = QImage(wide, high, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.white)
    now = Look(Theme.LIGHT, round(dpi * 70 / 96))
    painter = QPainter(image)
    painter.setFont(_font(now, 15))
    painter.setPen(now.tone("ink"))
    head = now.px(26)
    painter.drawText(QRectF(0, 0, wide, head), Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop, plot.title)
    draw(painter, QRectF(0, head, wide, high - head), plot, now)
    painter.end()
    return DrawnPage(image)


class _Picture(QWidget):
    """Painted anew in the tones of the moment."""

    def __init__(self, name: str, title: str, empty: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setAccessibleName(title)
        self._empty = empty
        self._plot: Plot | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def show_plot(self, plot: Plot) -> None:
        self._plot = plot
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        now = look.current()
        if self._plot is not None and self._plot.shape is Shape.LYING:
            return QSize(now.px(320), now.px(_LEGEND + _LANE * max(len(self._plot.marks), 1)))
        return QSize(now.px(320), now.px(190))

    def minimumSizeHint(self) -> QSize:
        lying = self._plot is not None and self._plot.shape is Shape.LYING
        return QSize(look.current().px(240), self.sizeHint().height() if lying else look.current().px(140))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, now = QPainter(self), look.current()
        if self._plot is None or not self._plot.most:
            painter.setPen(now.tone("muted"))
            painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap, self._empty)
        else:
            draw(painter, QRectF(self.rect()), self._plot, now, turned=mirrored(self))


_LEGEND, _FOOT, _LANE = 24, 22, 26
"""Pixels at 100 %: of the series' names above, the names below, and of a lying bar."""


def draw(painter: QPainter, rect: QRectF, plot: Plot, now: Look, *, turned: bool = False) -> None:
    """The series' names above, the figures, the names below or at the side."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setFont(_font(now, 12))
    top = now.px(_LEGEND) if len(plot.series) > 1 else now.px(10)
    if len(plot.series) > 1:
        _legend(painter, rect, plot, now, turned=turned)
    if plot.shape is Shape.LYING:
        _lying(painter, rect.adjusted(0, top, 0, 0), plot, now, turned=turned)
    else:
        _upright(painter, rect.adjusted(0, top, 0, 0), plot, now, turned=turned)


def _font(now: Look, pixels: int) -> QFont:
    font = QFont(look.SANS)
    font.setPixelSize(now.px(pixels))
    return font


def _legend(painter: QPainter, rect: QRectF, plot: Plot, now: Look, *, turned: bool) -> None:
    measure, side, x = QFontMetricsF(painter.font()), now.px(11), 0.0
    for place, each in enumerate(plot.series):
        wide = side + now.px(6) + measure.horizontalAdvance(each.name) + 2
        left = rect.right() - x - wide if turned else rect.left() + x
        square = QRectF(left + wide - side if turned else left, rect.top() + now.px(3), side, side)
        _fill(painter, square, now, plot, place)
        painter.setPen(now.tone("muted"))
        words = QRectF(left if turned else left + side + now.px(6), rect.top(), wide - side - now.px(6), now.px(17))
        painter.drawText(words, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, each.name)
        x += wide + now.px(16)


def _upright(painter: QPainter, rect: QRectF, plot: Plot, now: Look, *, turned: bool) -> None:
    measure = QFontMetricsF(painter.font())
    ticks = _ticks(plot.most)
    told = [_short(tick, plot) for tick in ticks]
    side = max(measure.horizontalAdvance(words) for words in told) + now.px(8)
    field = QRectF(
        rect.left() + (0 if turned else side), rect.top(), rect.width() - side, rect.height() - now.px(_FOOT)
    )
    top = max(ticks[-1], plot.most)

    def y(figure: float) -> float:
        return field.bottom() - figure / top * (field.height() - now.px(4))

    for tick, words in zip(ticks, told, strict=True):
        painter.setPen(QPen(now.tone("line"), 1))
        painter.drawLine(QPointF(field.left(), y(tick)), QPointF(field.right(), y(tick)))
        painter.setPen(now.tone("muted"))
        at = QRectF(
            field.right() + now.px(8) if turned else rect.left(), y(tick) - now.px(9), side - now.px(8), now.px(18)
        )
        painter.drawText(at, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, words)
    step = field.width() / max(len(plot.marks), 1)
    places = [field.left() + step * (place + 0.5) for place in range(len(plot.marks))]
    if turned:
        places.reverse()
    if plot.shape is Shape.LINE:
        _line(painter, plot, places, y, now)
    else:
        _bars(painter, plot, places, step, y, now)
    if plot.limit is not None:
        painter.setPen(QPen(now.tone("stop"), now.px(1), Qt.PenStyle.DashLine))
        painter.drawLine(QPointF(field.left(), y(float(plot.limit))), QPointF(field.right(), y(float(plot.limit))))
    _names(painter, plot, places, field, step, now)


def _bars(
    painter: QPainter, plot: Plot, places: Sequence[float], step: float, y: Callable[[float], float], now: Look
) -> None:
    stacked, count = plot.shape is Shape.STACKED, len(plot.series)
    whole = min(step * 0.72, now.px(30 if stacked else 34))
    wide = whole if stacked else whole / count
    for x, mark in zip(places, plot.marks, strict=True):
        below = 0.0
        for at, figure in enumerate(mark.figures):
            if not figure:
                continue
            left = x - whole / 2 + (0 if stacked else at * wide)
            high = below + float(figure)
            bar = QRectF(left, y(high), wide - (0 if stacked else 1), max(y(below) - y(high), 1.5))
            _fill(painter, bar, now, plot, at)
            below = high if stacked else 0.0


def _line(painter: QPainter, plot: Plot, places: Sequence[float], y: Callable[[float], float], now: Look) -> None:
    """A line for each series, broken where there is no figure; a dot at each figure."""
    for at, series in enumerate(plot.series):
        tone, run = now.tone(series.tone), list[QPointF]()
        runs = [run]
        for x, mark in zip(places, plot.marks, strict=True):
            figure = mark.figures[at]
            if figure is None:
                run = []
                runs.append(run)
            else:
                run.append(QPointF(x, y(float(figure))))
        style = Qt.PenStyle.SolidLine if at == len(plot.series) - 1 else Qt.PenStyle.DashLine
        for points in runs:
            painter.setPen(QPen(tone, now.px(2), style))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawPolyline(QPolygonF(points))
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(tone)
            for point in points:
                painter.drawEllipse(point, now.px(3), now.px(3))


def _names(painter: QPainter, plot: Plot, places: Sequence[float], field: QRectF, step: float, now: Look) -> None:
    """As many of the names as have room, the last always."""
    measure = QFontMetricsF(painter.font())
    words = [mark.short or mark.name for mark in plot.marks]
    widest = max((measure.horizontalAdvance(each) for each in words), default=0) + now.px(8)
    every = max(ceil(widest / step), 1)
    painter.setPen(now.tone("muted"))
    for place, (x, each) in enumerate(zip(places, words, strict=True)):
        if (len(words) - 1 - place) % every == 0:
            wide = measure.horizontalAdvance(each) + 2
            left = min(max(x - wide / 2, field.left() - now.px(8)), field.right() - wide)
            at = QRectF(left, field.bottom() + now.px(4), wide, now.px(17))
            painter.drawText(at, Qt.AlignmentFlag.AlignCenter, each)


def _lying(painter: QPainter, rect: QRectF, plot: Plot, now: Look, *, turned: bool) -> None:
    """Names at the side where reading begins; lengths always from left to right, each part with its figure."""
    measure = QFontMetricsF(painter.font())
    side = min(max(measure.horizontalAdvance(mark.name) for mark in plot.marks) + now.px(12), rect.width() * 0.45)
    room = rect.width() - side - measure.horizontalAdvance(plot.write(ceil(plot.most))) - now.px(12)
    start = rect.left() + (0 if turned else side)
    lane = min(rect.height() / len(plot.marks), now.px(_LANE * 2))
    high = min(lane * 0.62, now.px(24))
    for place, mark in enumerate(plot.marks):
        middle = rect.top() + lane * (place + 0.5)
        words = QRectF(rect.right() - side if turned else rect.left(), middle - lane / 2, side - now.px(8), lane)
        align = Qt.AlignmentFlag.AlignRight if turned else Qt.AlignmentFlag.AlignLeft
        painter.setPen(now.tone("ink"))
        painter.drawText(words, align | Qt.AlignmentFlag.AlignVCenter, mark.name)
        x = start
        for at, figure in enumerate(mark.figures):
            if not figure:
                continue
            part = QRectF(x, middle - high / 2, float(figure) / plot.most * room, high)
            _fill(painter, part, now, plot, at)
            told = plot.write(figure)
            if measure.horizontalAdvance(told) + 6 <= part.width():
                painter.setPen(_readable(now.tone(plot.series[at].tone)))
                painter.drawText(part, Qt.AlignmentFlag.AlignCenter, told)
            x += part.width() + 1
        total = sum(figure for figure in mark.figures if figure is not None)
        painter.setPen(now.tone("muted"))
        painter.drawText(
            QRectF(x + now.px(6), middle - lane / 2, rect.width(), lane),
            Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft,
            plot.write(total),
        )


def _fill(painter: QPainter, bar: QRectF, now: Look, plot: Plot, at: int) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(now.tone(plot.series[at].tone))
    painter.drawRoundedRect(bar, 2, 2)


def _readable(ground: QColor) -> QColor:
    """Black or white on this ground."""
    return QColor(Qt.GlobalColor.black if ground.lightnessF() > 0.55 else Qt.GlobalColor.white)


def _ticks(most: float) -> list[float]:
    """Round figures from 0 to just over the largest, four or five."""
    rough = max(most, 1e-9) / 4
    power = 10.0 ** floor(log10(rough))
    step = next(power * factor for factor in (1, 2, 5, 10) if power * factor >= rough * 0.999)
    step = max(step, 1.0) if most >= 2 else step
    return [step * place for place in range(ceil(most / step - 1e-9) + 1)]


def _short(tick: float, plot: Plot) -> str:
    """As the figures are written, without decimals that say nothing."""
    return plot.write(int(tick) if tick == int(tick) else Decimal(str(round(tick, 6))))
