"""How a printer lays a page on the sheet, and the calibration that makes up for it (desk.md §3.2).

Millimetres from the upper left corner of the sheet, to the right and down.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from math import atan2, cos, degrees, hypot, radians, sin
from typing import ClassVar, NamedTuple

from kpdesk.domain.outcomes import Refusal

MOST_SHIFT, LEAST_SCALE, MOST_SCALE, MOST_TURN = Decimal(10), Decimal("0.98"), Decimal("1.02"), Decimal(1)
"""Millimetres, shares and degrees: beyond them somebody mistyped, or the printer is out of order."""
_SHIFT, _SCALE, _TURN = Decimal("0.01"), Decimal("0.00001"), Decimal("0.001")


@dataclass(eq=False)
class OutOfAlignment(Refusal):
    """A measurement that no printer in order gives: a cross mistaken for another, or a slip of the pen."""

    what: str
    found: str
    most: str


class Spot(NamedTuple):
    """A place on the sheet."""

    x: float
    y: float


CROSSES = (Spot(16, 16), Spot(194, 16), Spot(105, 148.5), Spot(16, 281), Spot(194, 281))
"""Of the test sheet: the corners and the middle."""
FIRST, LAST = CROSSES[0], CROSSES[-1]
"""The two that are measured: as far apart as they can be."""
RULER = 160
"""Millimetres that the test sheet's ruler is long, from left to right."""


class Affine(NamedTuple):
    """x' = a·x + b·y + e, y' = c·x + d·y + f."""

    a: float
    b: float
    c: float
    d: float
    e: float
    f: float

    def at(self, spot: Spot) -> Spot:
        return Spot(self.a * spot.x + self.b * spot.y + self.e, self.c * spot.x + self.d * spot.y + self.f)


@dataclass(frozen=True, slots=True)
class Alignment:
    """What a printer does to a page: scales it, turns it about its upper left corner, shifts it.

    Raises OutOfAlignment beyond the limits.
    """

    right: Decimal
    down: Decimal
    """Millimetres."""
    across: Decimal
    along: Decimal
    """Scales, 1 is true."""
    turn: Decimal
    """Degrees clockwise."""

    def __post_init__(self) -> None:
        for name, shift in (("right", self.right), ("down", self.down)):
            if not abs(shift) <= MOST_SHIFT:
                raise OutOfAlignment(name, f"{shift:+} mm", f"{MOST_SHIFT} mm")
        for name, scale in (("across", self.across), ("along", self.along)):
            if not LEAST_SCALE <= scale <= MOST_SCALE:
                raise OutOfAlignment(name, f"{scale * 100:.2f} %", f"{LEAST_SCALE * 100:.0f}–{MOST_SCALE * 100:.0f} %")
        if not abs(self.turn) <= MOST_TURN:
            raise OutOfAlignment("turn", f"{self.turn:+}°", f"{MOST_TURN}°")

    @property
    def does(self) -> Affine:
        """Where it puts what is drawn."""
        turn = radians(float(self.turn))
        across, along = float(self.across), float(self.along)
        return Affine(
            across * cos(turn), -along * sin(turn), across * sin(turn), along * cos(turn), float(self.right),
            float(self.down),
        )  # fmt: skip

    @property
    def undone(self) -> Affine:
        """Where a page is to be drawn so that this printer puts it right."""
        a, b, c, d, e, f = self.does
        whole = a * d - b * c
        return Affine(
            d / whole, -b / whole, -c / whole, a / whole, (b * f - d * e) / whole, (c * e - a * f) / whole
        )  # fmt: skip


def align(first: Spot, last: Spot, *, ruler: float | None = None) -> Alignment:
    """The alignment from where FIRST and LAST came out, and how long the ruler did; raises OutOfAlignment.

    Two crosses give four numbers: without the ruler the page is taken to be scaled alike both ways.
    """
    wide, high = last.x - first.x, last.y - first.y
    drawn = Spot(LAST.x - FIRST.x, LAST.y - FIRST.y)
    length = hypot(wide, high)
    if ruler is None:
        across = along = length / hypot(*drawn)
    else:
        across = ruler / RULER
        # A ruler longer than the crosses are apart leaves nothing for the height: the limits refuse it.
        along = max(length**2 - (across * drawn.x) ** 2, 0) ** 0.5 / drawn.y
    turn = atan2(high, wide) - atan2(along * drawn.y, across * drawn.x)
    a, b, c, d = across * cos(turn), -along * sin(turn), across * sin(turn), along * cos(turn)
    return Alignment(
        right=_exact(first.x - a * FIRST.x - b * FIRST.y, _SHIFT),
        down=_exact(first.y - c * FIRST.x - d * FIRST.y, _SHIFT),
        across=_exact(across, _SCALE),
        along=_exact(along, _SCALE),
        turn=_exact(degrees(turn), _TURN),
    )


def _exact(measured: float, step: Decimal) -> Decimal:
    return Decimal(repr(measured)).quantize(step)


@dataclass(frozen=True, slots=True)
class Tray:
    """What a sheet is printed from: another driver or tray asks for a calibration of its own."""

    printer: str
    """As the system calls it."""
    name: str = ""
    """As the officers call it; empty where the printer has one."""
    driver: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Calibration:
    """A printer's tray, aligned for one edition of the form by two officers."""

    kind: ClassVar[str] = "calibration"
    personal: ClassVar[frozenset[str]] = frozenset()

    tray: Tray
    layout: str
    """The form's edition."""
    alignment: Alignment
    measured_by: str
    confirmed_by: str
    """Officers: one measured the crosses, the other saw them in their places on the second sheet."""
    on: date

    @property
    def identity(self) -> str:
        return identity_of(self.tray, self.layout)

    @property
    def about(self) -> str:
        return ""

    @property
    def live(self) -> bool:
        return True

    def fits(self, tray: Tray, layout: str) -> bool:
        """Whether it holds for a print from this tray on this edition: a new driver asks for a new one."""
        return self.tray == tray and self.layout == layout


def identity_of(tray: Tray, layout: str) -> str:
    """One calibration a tray and edition: a new one takes the place of the old, whose record stays in the history."""
    return " | ".join(filter(None, (tray.printer, tray.name, layout)))
