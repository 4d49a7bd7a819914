"""The page: A4, rounded to whole dots of a 600 dpi printer, so that the modules of a code fall on its dots."""

DPI = 600
WIDTH_DOTS, HEIGHT_DOTS = 4960, 7016
DOT = 72 / DPI
"""PDF points in a dot."""
POINTS = 72 / 25.4
"""PDF points in a millimetre."""
WIDTH, HEIGHT = WIDTH_DOTS * 25.4 / DPI, HEIGHT_DOTS * 25.4 / DPI
"""Millimetres: 209.97 and 297.01."""


def dots(millimetres: float) -> int:
    return round(millimetres * DPI / 25.4)
