"""A brilliant seen from above: table, stars, bezels and girdle facets, each hatched at its own angle."""

from itertools import pairwise
from math import cos, pi, radians, sin

from kpdesk.printing.guilloche import Point

_TABLE, _STAR = 0.53, 0.72
"""Where the table ends and where the stars have their points, as shares of the girdle's radius."""


def eighth(radius: float) -> str:
    """One eighth of the stone as PDF path operators, centre at the origin: turned eight times it is whole."""

    def at(share: float, eighths: float) -> Point:
        angle = eighths * pi / 4
        return radius * share * cos(angle), radius * share * sin(angle)

    centre, corner, next_corner = (0.0, 0.0), at(_TABLE, 0), at(_TABLE, 1)
    star, star_before = at(_STAR, 0.5), at(_STAR, -0.5)
    girdle, girdle_half, girdle_next = at(1, 0), at(1, 0.5), at(1, 1)
    facets: tuple[tuple[tuple[Point, ...], float, float], ...] = (
        ((centre, corner, next_corner), 112.5, 160),
        ((corner, next_corner, star), 22.5, 62),
        ((corner, star, girdle, star_before), 90, 80),
        ((star, girdle, girdle_half), -20, 46),
        ((star, girdle_half, girdle_next), 65, 46),
    )
    hatching = [_hatched(corners, radians(degrees), pitch) for corners, degrees, pitch in facets]
    outlines = [_outline(corners) for corners, _, _ in facets[1:]]
    return "\n".join([*hatching, *outlines, "S"])


def _outline(corners: tuple[Point, ...]) -> str:
    (x, y), *rest = corners
    return " ".join([f"{x:.0f} {y:.0f} m", *(f"{x:.0f} {y:.0f} l" for x, y in rest), "h"])


def _hatched(corners: tuple[Point, ...], angle: float, pitch: float) -> str:
    """Parallel lines at this angle across a convex facet, `pitch` apart."""
    heights = [y * cos(angle) - x * sin(angle) for x, y in corners]
    around = list(zip(corners, heights, strict=True))
    lines = []
    level = min(heights) + pitch / 2
    while level < max(heights):
        ends = [
            f"{x0 + share * (x1 - x0):.0f} {y0 + share * (y1 - y0):.0f}"
            for ((x0, y0), low), ((x1, y1), high) in pairwise([*around, around[0]])
            if low != high and 0 <= (share := (level - low) / (high - low)) < 1
        ]
        if len(ends) == 2:
            lines.append(f"{ends[0]} m {ends[1]} l")
        level += pitch
    return "\n".join(lines)
