"""Guilloche: fine curves as PDF path operators, in whole hundredths of a millimetre.

A band or rosette is one tile of curves repeated under a matrix. The repeats are the same text, so they compress to
almost nothing: a page of some 50,000 curve pieces costs a few kilobytes.
"""

from collections.abc import Callable, Iterator
from math import cos, pi, sin
from typing import TypeAlias

Point: TypeAlias = tuple[float, float]
Curve: TypeAlias = Callable[[float], Point]
Waves: TypeAlias = tuple[tuple[int, float], ...]
"""Frequency in a tile and share of the height; whole frequencies let tiles join without a seam."""

_STEP = 1e-5


def stroke(curve: Curve, start: float, end: float, pieces: int) -> str:
    """The curve from `start` to `end` as that many Bézier pieces with the curve's own tangents (Hermite)."""
    span = (end - start) / pieces
    x, y = curve(start)
    operators = [f"{x:.0f} {y:.0f} m"]
    dx, dy = _slope(curve, start, span)
    for piece in range(1, pieces + 1):
        at = start + piece * span
        next_x, next_y = curve(at)
        next_dx, next_dy = _slope(curve, at, span)
        operators.append(
            f"{x + dx:.0f} {y + dy:.0f} {next_x - next_dx:.0f} {next_y - next_dy:.0f} {next_x:.0f} {next_y:.0f} c"
        )
        x, y, dx, dy = next_x, next_y, next_dx, next_dy
    return "\n".join(operators)


def _slope(curve: Curve, at: float, span: float) -> Point:
    """A third of the way along the tangent: where a Bézier piece has its handle."""
    (x0, y0), (x1, y1) = curve(at - _STEP), curve(at + _STEP)
    third = span / (6 * _STEP)
    return (x1 - x0) * third, (y1 - y0) * third


def braid(strands: int, height: float, waves: Waves, shift: float = 0.0) -> Iterator[Curve]:
    """Strands of one tile of a band: x and t run from 0 to 1, y is the sum of the waves, phases spread evenly.

    Two waves of neighbouring frequencies beat and give beads, narrow at half a tile plus `shift`.
    """
    for strand in range(strands):
        phase = 2 * pi * strand / strands

        def curve(t: float, phase: float = phase) -> Point:
            return t, height * sum(share * sin(2 * pi * often * (t + shift) + phase) for often, share in waves)

        yield curve


def around(curve: Curve, radius: float, turn: float) -> Curve:
    """A band's tile bent to an arc of `turn` radians about the origin."""

    def bent(t: float) -> Point:
        along, across = curve(t)
        angle = turn * along
        return (radius + across) * cos(angle), (radius + across) * sin(angle)

    return bent


def along(curve: Curve, length: float) -> Curve:
    """A band's curve on the straight: one tile is `length` long."""

    def straight(t: float) -> Point:
        x, y = curve(t)
        return x * length, y

    return straight
