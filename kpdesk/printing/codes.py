"""The three codes of a certificate as PDF operators: two QR codes and a Code 128, in whole dots.

Black is DeviceGray 0: K alone on a press, and pure black when pdfium renders it (its CMYK black is a dark grey).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from kpdesk.printing.a4 import DOT, HEIGHT_DOTS, dots
from kpdesk.printing.faces import TooLongForPaper
from kpdesk.printing.form import Box

QUIET_MODULES = 4
LEAST_MODULE = 7
"""Dots: 0.30 mm, the smallest that a camera was seen to read (scanning.md 4.3)."""
BAR_DOTS = (9, 8)
"""Width of the thinnest bar to choose from: 0.38 and 0.34 mm (scanning.md 4.3)."""
BAR_QUIET = 10
BAR_HEIGHT = 12.0
"""Millimetres."""
_DARK = re.compile(b"\x01+")


@dataclass(frozen=True, slots=True)
class Codes:
    """What the codes of one numbered certificate say."""

    full: str
    """The signed code."""
    compact: str
    """Its compact twin."""
    barcode: str
    """The number with its check character."""

    def __post_init__(self) -> None:
        if not re.fullmatch("[A-Z0-9]{4,21}", self.barcode):
            raise ValueError("a bar code holds a number and its check character")


def qr(text: str, box: Box, *, lower_right: bool) -> str:
    """The QR code (level M) with the largest whole-dot module that fits into the box, in a corner of it.

    White ground with four modules of quiet zone first, then the modules. Raises TooLongForPaper.
    """
    import segno

    modules = segno.make(text, error="m", micro=False, boost_error=False).matrix
    count = len(modules)
    module = dots(min(box.width, box.height)) // count
    if module < LEAST_MODULE:
        raise TooLongForPaper("signed code", f"{text[:12]}… ({len(text)})")
    size = count * module
    left, top = dots(box.x), dots(box.y)
    if lower_right:
        left, top = dots(box.right) - size, dots(box.bottom) - size
    ground = count + 2 * QUIET_MODULES
    return "\n".join(
        (
            f"q {module * DOT:.2f} 0 0 {-module * DOT:.2f} {left * DOT:.2f} {(HEIGHT_DOTS - top) * DOT:.2f} cm",
            f"1 g {-QUIET_MODULES} {-QUIET_MODULES} {ground} {ground} re f 0 g",
            *dark_runs(modules),
            "f Q",
        )
    )


def dark_runs(modules: tuple[bytearray, ...]) -> Iterator[str]:
    """A code's dark modules as rectangles of PDF, merged along each row."""
    for y, row in enumerate(modules):
        for run in _DARK.finditer(row):
            yield f"{run.start()} {y} {run.end() - run.start()} 1 re"


def code128(text: str, box: Box) -> str:
    """The Code 128 with its first bar in the box's upper left corner, the quiet zone outside."""
    from reportlab.graphics.barcode.code128 import Code128

    code = Code128(text, quiet=0)
    code.validate()
    code.encode()
    bars, total = [], 0
    for width in code.decompose():
        wide = "abcd".index(width.lower()) + 1
        if width.isupper():
            bars.append(f"{total} 0 {wide} 1 re")
        total += wide
    module = next((each for each in BAR_DOTS if (total + BAR_QUIET) * each <= dots(box.width)), BAR_DOTS[-1])
    left, bottom = dots(box.x) * DOT, (HEIGHT_DOTS - dots(box.y) - dots(BAR_HEIGHT)) * DOT
    return "\n".join(
        (
            f"q {module * DOT:.2f} 0 0 {dots(BAR_HEIGHT) * DOT:.2f} {left:.2f} {bottom:.2f} cm",
            f"1 g {-BAR_QUIET} 0 {total + 2 * BAR_QUIET} 1 re f 0 g",
            *bars,
            "f Q",
        )
    )
