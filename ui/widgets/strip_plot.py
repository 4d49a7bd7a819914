"""A strip of earlier prices for each class on one log axis, with its quartile box, and this one as ◆ (desk.md §8)."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from math import ceil, floor, log10

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QImage, QPainter, QPaintEvent, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from kpdesk.domain.valuation import Strip
from ui import look
from ui.formats import Formats
from ui.look import Look, Theme
from ui.tones import Tone
from ui.widgets.rows import Column, Rows
from ui.widgets.turned import DrawnPage, Turned, mirrored

_HIGH, _FOOT, _DRAWN = 46, 30, 300
"""The height of a strip and of the axis in pixels at 100 %; how many prices of a strip are drawn."""
_SPREAD = (0, 3, -2, 1, -3, 2, -1)
"""Dots of one price would hide each other: each lies a little above or below the one before."""


@dataclass(frozen=True, slots=True)
class StripRow:
    """One class: what was paid before, and what is asked now."""

    label: str
    strip: Strip
    here: Decimal | None = None
    tone: Tone = Tone.OK
    """How `here` compares: OK, or in the tone of its finding."""


class StripPlot(Turned):
    """The picture, or with `turn` the table of the same figures."""

    def __init__(self, name: str, title: str, formats: Formats) -> None:
        super().__init__(name)
        self._formats = formats
        self._rows: tuple[StripRow, ...] = ()
        self._picture = _Picture(f"{name}_picture", title)
        number = formats.number
        columns = (
            Column(self.tr("Class"), lambda row: row.label, wide=True, tone=lambda row: row.tone),
            Column(self.tr("This"), lambda row: "" if row.here is None else number(row.here), number=True),
            Column(self.tr("25 %"), lambda row: self._quartile(row, 0), number=True),
            Column(self.tr("Median"), lambda row: self._quartile(row, 1), number=True),
            Column(self.tr("75 %"), lambda row: self._quartile(row, 2), number=True),
            Column(self.tr("Prices"), lambda row: number(len(row.strip.prices)), number=True),
            Column(self.tr("Of"), lambda row: row.strip.group),
        )
        self._table = Rows(f"{name}_figures", title, columns, self.tr("There are no earlier prices yet."))
        self.hold(self._picture, self._table)

    @property
    def rows(self) -> tuple[StripRow, ...]:
        return self._rows

    def show_strips(self, rows: Sequence[StripRow]) -> None:
        self._rows = tuple(rows)
        self._picture.show_rows(self._rows, self.tr("There are no earlier prices yet."))
        self._picture.setAccessibleDescription(" ".join(self._say(row) for row in self._rows))
        self._table.show_slips(self._rows)

    def _quartile(self, row: StripRow, place: int) -> str:
        return self._formats.number(_cents(row.strip.quartiles[place])) if row.strip.prices else "–"

    def _say(self, row: StripRow) -> str:
        strip, number = row.strip, self._formats.number
        if not strip.prices:
            return self.tr("{label}: no earlier prices.").format(label=row.label)
        low, middle, high = (number(_cents(each)) for each in strip.quartiles)
        here = "–" if row.here is None else number(row.here)
        words = self.tr(
            "{label}: this US$ {here}; half of {count} prices of {group} from {low} to {high}, middle {middle}."
        )
        return words.format(
            label=row.label, here=here, count=len(strip.prices), group=strip.group, low=low, high=high, middle=middle
        )


def page(rows: Sequence[StripRow], title: str, *, dpi: int) -> DrawnPage:
    """The plot on an A4 sheet under its title; painted outside the window, so any lane may do it."""
    wide, high = (round(millimetres / 25.4 * dpi) for millimetres in (210, 297))
    image = QImage(wide, high, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.white)
    edge, now = wide / 12, Look(Theme.LIGHT, round(dpi * 100 / 96))
    painter = QPainter(image)
    font = QFont(look.SANS)
    font.setPixelSize(now.px(20))
    painter.setFont(font)
    painter.setPen(now.tone("ink"))
    painter.drawText(QRectF(edge, edge, wide - 2 * edge, edge), Qt.AlignmentFlag.AlignLeading, title)
    tall = min(len(rows) * now.px(_HIGH) + now.px(_FOOT), high - 3.5 * edge)
    draw(painter, QRectF(edge, 2 * edge, wide - 2 * edge, tall), rows, now)
    painter.end()
    return DrawnPage(image)


def _cents(price: Decimal) -> Decimal:
    """Midway between two prices there may be half a cent."""
    return price.quantize(Decimal("0.01"))


class _Picture(QWidget):
    """Painted anew in the tones of the moment."""

    def __init__(self, name: str, title: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setAccessibleName(title)
        self._rows: tuple[StripRow, ...] = ()
        self._empty = ""
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def show_rows(self, rows: tuple[StripRow, ...], empty: str) -> None:
        self._rows, self._empty = rows, empty
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        now = look.current()
        return QSize(now.px(360), len(self._rows) * now.px(_HIGH) + now.px(_FOOT))

    def minimumSizeHint(self) -> QSize:
        return QSize(look.current().px(260), self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, now = QPainter(self), look.current()
        if any(row.strip.prices or row.here for row in self._rows):
            draw(painter, QRectF(self.rect()), self._rows, now, turned=mirrored(self))
        else:
            painter.setPen(now.tone("muted"))
            painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap, self._empty)


def draw(painter: QPainter, rect: QRectF, rows: Sequence[StripRow], now: Look, *, turned: bool = False) -> None:
    """Labels at the side where reading begins, strips beside them, the axis below; it runs left to right always."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    font = QFont(look.SANS)
    font.setPixelSize(now.px(12))
    painter.setFont(font)
    measure = QFontMetricsF(font)
    widest = max(measure.horizontalAdvance(row.label) for row in rows)
    side = min(max(widest, measure.horizontalAdvance("n 1000")) + now.px(12), rect.width() * 0.4)
    edge = now.px(24)
    field = QRectF(rect.left() + edge, rect.top(), rect.width() - side - 2 * edge, rect.height() - now.px(_FOOT))
    if not turned:
        field.translate(side, 0)
    scale = _Scale(rows, field)
    _axis(painter, scale, field, now, measure)
    high = min(field.height() / len(rows), now.px(_HIGH * 2))
    for place, row in enumerate(rows):
        middle = field.top() + high * (place + 0.5)
        text = QRectF(rect.right() - side if turned else rect.left(), middle - now.px(18), side - now.px(6), now.px(18))
        align = Qt.AlignmentFlag.AlignRight if turned else Qt.AlignmentFlag.AlignLeft
        painter.setPen(now.tone("ink"))
        painter.drawText(
            text,
            align | Qt.AlignmentFlag.AlignVCenter,
            measure.elidedText(row.label, Qt.TextElideMode.ElideRight, text.width()),
        )
        painter.setPen(now.tone("muted"))
        painter.drawText(
            text.translated(0, now.px(17)), align | Qt.AlignmentFlag.AlignVCenter, f"n {len(row.strip.prices)}"
        )
        _strip(painter, scale, row, middle, now)
        if row.here:
            _here(painter, scale, field, row, middle, now, measure)


class _Scale:
    """Whole decades around everything that is drawn."""

    def __init__(self, rows: Sequence[StripRow], field: QRectF) -> None:
        seen = [float(price) for row in rows for price in (*row.strip.prices, row.here) if price]
        self.first, self.last = floor(log10(min(seen))), ceil(log10(max(seen)))
        self.last = max(self.last, self.first + 2)
        self._left, self._step = field.left(), field.width() / (self.last - self.first)

    def x(self, price: Decimal | float) -> float:
        return self._left + (log10(float(price)) - self.first) * self._step


def _axis(painter: QPainter, scale: _Scale, field: QRectF, now: Look, measure: QFontMetricsF) -> None:
    for decade in range(scale.first, scale.last + 1):
        x = scale.x(10.0**decade)
        painter.setPen(now.tone("line"))
        painter.drawLine(QPointF(x, field.top()), QPointF(x, field.bottom()))
        painter.setPen(now.tone("muted"))
        words = f"{10**decade:,}".replace(",", "\u00a0") if decade >= 0 else f"{10.0**decade:.{-decade}f}"
        wide = measure.horizontalAdvance(words) + 4
        painter.drawText(
            QRectF(x - wide / 2, field.bottom() + now.px(6), wide, now.px(16)), Qt.AlignmentFlag.AlignCenter, words
        )


def _strip(painter: QPainter, scale: _Scale, row: StripRow, middle: float, now: Look) -> None:
    """The box of the middle half behind, every price as a dot before it."""
    if not row.strip.prices:
        return
    low, median, high = (scale.x(each) for each in row.strip.quartiles)
    half = now.px(11)
    accent = now.tone("valuer")
    ground = now.tone("valuer")
    ground.setAlpha(38)
    if row.strip.enough:
        painter.setPen(accent)
        painter.setBrush(ground)
        painter.drawRoundedRect(QRectF(low, middle - half, max(high - low, 2), 2 * half), 3, 3)
        painter.drawLine(QPointF(median, middle - half), QPointF(median, middle + half))
    dot = now.tone("muted")
    dot.setAlpha(150)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(dot)
    radius = now.px(3) / 2
    for place, price in enumerate(row.strip.prices[:_DRAWN]):
        lift = _SPREAD[place % len(_SPREAD)] * now.px(2)
        painter.drawEllipse(QPointF(scale.x(price), middle + lift), radius, radius)


def _here(
    painter: QPainter, scale: _Scale, field: QRectF, row: StripRow, middle: float, now: Look, measure: QFontMetricsF
) -> None:
    """◆ at the price asked now, with the price beside it, in the tone of its finding."""
    assert row.here is not None
    x, side = scale.x(row.here), now.px(7)
    usual = row.tone is Tone.OK
    painter.setPen(now.tone("card"))
    painter.setBrush(now.tone("ink" if usual else row.tone.value))
    points = (
        QPointF(x - side, middle),
        QPointF(x, middle - side),
        QPointF(x + side, middle),
        QPointF(x, middle + side),
    )
    painter.drawPolygon(QPolygonF(points))
    words = f"{row.here:,.2f}".replace(",", "\u00a0") + ("" if usual else " !")
    wide = measure.horizontalAdvance(words) + 4
    left = x + side + 3 if x + side + 3 + wide <= field.right() + now.px(20) else x - side - 3 - wide
    painter.setPen(now.tone("ink" if usual else row.tone.value))
    painter.drawText(QRectF(left, middle - now.px(22), wide, now.px(16)), Qt.AlignmentFlag.AlignCenter, words)
