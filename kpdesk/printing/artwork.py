"""The artwork of a form: border, rosette, cartouche and arms, as one compressed PDF stream made once for a form.

Nothing is drawn where a code stands (scanning.md 4.4).
"""

import zlib
from collections.abc import Iterable, Iterator
from functools import lru_cache
from math import cos, pi, sin
from typing import NamedTuple

from kpdesk.printing import brilliant
from kpdesk.printing.a4 import HEIGHT, POINTS, WIDTH
from kpdesk.printing.form import Colour, Form
from kpdesk.printing.guilloche import Curve, Point, Waves, along, around, braid, stroke

_UNIT = POINTS / 100
"""All is drawn in hundredths of a millimetre, y upwards from the lower edge."""
_BEAD = 1000.0
"""Length of a bead in the border; a corner takes one, which makes its radius."""
_RADIUS = _BEAD / (pi / 2)
_BEADS: Waves = ((2, 0.5), (1, 0.5))
_WAVE: Waves = ((1, 1.0),)
_HAIR = 0.15
"""Points."""
_AWAY = 2.5
"""Millimetres of white around the place of a code."""


class _Band(NamedTuple):
    """One colour of a border or rosette."""

    colour: Colour
    strength: float
    strands: int
    height: float
    """As a share of the half border, or of the rosette's radius."""
    waves: Waves
    shift: float = 0.0
    radius: float = 0.0
    repeats: int = 0


@lru_cache(maxsize=8)
def artwork(form: Form) -> bytes:
    """The artwork's operators, deflated, for an A4 form XObject in points."""
    return zlib.compress("\n".join(_operators(form)).encode(), 9)


def _operators(form: Form) -> Iterator[str]:
    yield f"q {_UNIT:.8f} 0 0 {_UNIT:.8f} 0 0 cm"
    yield from _border(form)
    yield "q"
    yield from _away_from_codes(form)
    yield from _rosette(form)
    yield from _cartouche(form)
    yield "Q"
    yield from _arms(form)
    yield "Q"


def _ink(colour: Colour, strength: float, points: float) -> str:
    red, green, blue = colour.tint(strength)
    return f"{red:.3f} {green:.3f} {blue:.3f} RG {points / _UNIT:.1f} w"


def _placed(tile: str, x: float, y: float, turn: float, stretch: float = 1.0) -> str:
    """The tile stretched along its length, turned, and moved to x, y."""
    a, b = cos(turn), sin(turn)
    return f"q {a * stretch:.5f} {b * stretch:.5f} {-b:.5f} {a:.5f} {x:.0f} {y:.0f} cm\n{tile}\nQ"


def _tile(curves: Iterable[Curve], pieces: int) -> str:
    return "\n".join([*(stroke(curve, 0, 1, pieces) for curve in curves), "S"])


def _away_from_codes(form: Form) -> Iterator[str]:
    """A clip of the page without the places of the codes (even-odd)."""
    yield f"0 0 {WIDTH * 100:.0f} {HEIGHT * 100:.0f} re"
    for box in (form.boxes.full, form.boxes.compact, form.boxes.barcode):
        corner = box.x - _AWAY, HEIGHT - box.bottom - _AWAY
        yield " ".join(f"{each * 100:.0f}" for each in (*corner, box.width + 2 * _AWAY, box.height + 2 * _AWAY)) + " re"
    yield "W* n"


def _border(form: Form) -> Iterator[str]:
    """Two chains of beads, each wide where the other is narrow, flowing around the corners between double rules."""
    first, second, third = form.colours.guilloche
    half = form.border.band * 50
    middle = form.border.margin * 100 + half
    for band in (
        _Band(second, 0.75, 8, 0.98, _BEADS),
        _Band(first, 0.85, 9, 0.98, _BEADS, shift=0.5),
        _Band(third, 0.6, 4, 0.36, _BEADS),
    ):
        yield _ink(band.colour, band.strength, _HAIR)
        yield from _chain(list(braid(band.strands, half * band.height, band.waves, band.shift)), middle)
    for beyond, points in ((half + 65, 0.25), (half + 25, 0.7), (-half - 25, 0.4), (-half - 60, 0.2)):
        yield _ink(form.colours.ink, 0.9, points)
        yield _rounded(middle - beyond, _RADIUS + beyond)


def _chain(curves: list[Curve], middle: float) -> Iterator[str]:
    """A band whose middle runs so far inside the paper's edge: straight tiles, and one bent tile at each corner."""
    straight = _tile((along(curve, _BEAD) for curve in curves), 10)
    bent = _tile((around(curve, _RADIUS, pi / 2) for curve in curves), 10)
    left, right = middle + _RADIUS, WIDTH * 100 - middle - _RADIUS
    low, high = middle + _RADIUS, HEIGHT * 100 - middle - _RADIUS
    for quarter, (x, y, length, corner) in enumerate(
        (
            (left, middle, right - left, (right, low)),
            (right + _RADIUS, low, high - low, (right, high)),
            (right, high + _RADIUS, right - left, (left, high)),
            (middle, high, high - low, (left, low)),
        )
    ):
        turn = quarter * pi / 2
        beads = round(length / _BEAD)
        pitch = length / beads
        for bead in range(beads):
            yield _placed(straight, x + cos(turn) * bead * pitch, y + sin(turn) * bead * pitch, turn, pitch / _BEAD)
        yield _placed(bent, *corner, turn - pi / 2)


def _rounded(inset: float, radius: float) -> str:
    """A rectangle so far inside the paper's edge, with rounded corners."""
    low, right, high = inset, WIDTH * 100 - inset, HEIGHT * 100 - inset
    path = [f"{low + radius:.0f} {low:.0f} m"]
    for x, y, in_x, in_y, out_x, out_y in (
        (right, low, -1, 0, 0, 1),
        (right, high, 0, -1, -1, 0),
        (low, high, 1, 0, 0, -1),
        (low, low, 0, 1, 1, 0),
    ):
        for far, operator in ((radius, "l"), (radius * 0.4477, "")):
            path.append(f"{x + in_x * far:.0f} {y + in_y * far:.0f} {operator}")
        for far, operator in ((radius * 0.4477, ""), (radius, "c")):
            path.append(f"{x + out_x * far:.0f} {y + out_y * far:.0f} {operator}")
    return "\n".join([*path, "s"])


def _rosette(form: Form) -> Iterator[str]:
    """A brilliant in rings of lathe work, pale, behind the fields."""
    top, bottom = form.boxes.origin.y, form.boxes.lines.bottom
    centre = WIDTH * 50, (HEIGHT - (top + bottom) / 2) * 100
    reach = (bottom - top) * 50
    first, second, third = form.colours.guilloche
    petals = form.border.petals
    for ring in (
        _Band(second, 0.2, 9, 0.11, _BEADS, 0.5, 0.885, petals),
        _Band(first, 0.2, 11, 0.11, _BEADS, 0.0, 0.885, petals),
        _Band(third, 0.2, 5, 0.04, _WAVE, 0.0, 0.73, petals * 2),
    ):
        yield _ink(ring.colour, ring.strength, _HAIR)
        turn = 2 * pi / ring.repeats
        strands = braid(ring.strands, reach * ring.height, ring.waves, ring.shift)
        petal = _tile((around(strand, reach * ring.radius, turn) for strand in strands), 8)
        for repeat in range(ring.repeats):
            yield _placed(petal, *centre, repeat * turn)
    yield _ink(first, 0.19, 0.13)
    facets = brilliant.eighth(reach * 0.67)
    for repeat in range(8):
        yield _placed(facets, *centre, repeat * pi / 4)


def _cartouche(form: Form) -> Iterator[str]:
    """A lens of interlaced waves behind the number."""
    box = form.boxes.number
    left, middle = box.x * 100, (HEIGHT - box.y - box.height / 2) * 100
    width, height = box.width * 100, box.height * 50
    first, second, _ = form.colours.guilloche
    for colour, strands, waves in ((second, 5, 7), (first, 6, 9)):
        yield _ink(colour, 0.3, 0.14)
        for strand in range(strands):

            def lens(t: float, phase: float = 2 * pi * strand / strands, waves: int = waves) -> Point:
                return left + t * width, middle + height * abs(sin(pi * t)) ** 1.5 * sin(waves * pi * t + phase)

            yield stroke(lens, 0, 1, waves * 8) + " S"


def _arms(form: Form) -> Iterator[str]:
    box = form.boxes.arms
    size = min(box.width, box.height)
    left, top = box.x + (box.width - size) / 2, HEIGHT - box.y - (box.height - size) / 2
    yield f"q {size:.4f} 0 0 {-size:.4f} {left * 100:.1f} {top * 100:.1f} cm"
    operators = {"M": "m", "L": "l", "C": "c", "Z": "h"}
    for part in form.arms:
        red, green, blue = part.colour.tint(1)
        yield f"{red:.3f} {green:.3f} {blue:.3f} rg"
        for operator, operands in part.path:
            yield " ".join([*(f"{each:g}" for each in operands), operators[operator]])
        yield "f"
    yield "Q"
