"""What a reader gives: a code with its text, and where it stood in the picture."""

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

Grey: TypeAlias = "npt.NDArray[np.uint8]"
"""A picture: contiguous rows of 8-bit pixels, 0 black."""

QR = "QRCode"
CODE_128 = "Code128"


class Source(StrEnum):
    """Which look gave a text."""

    RAW = "raw"
    SHARPENED = "sharpened"
    ZBAR = "zbar"
    """The second opinion, on files only."""


@dataclass(frozen=True, slots=True)
class Code:
    """One bar code or square code that was read."""

    format: str
    """zxing-cpp's name: `QRCode`, `Code128`, `PDF417`, `DataMatrix`, `Aztec` …"""
    text: str
    """As read; foreign, so it is shown as plain text only."""
    corners: tuple[tuple[int, int], ...] = ()
    """x, y in pixels of the picture, clockwise from the code's own top left; empty when not known."""
    module: float = 0.0
    """Pixels a module of a QR code (below 2.5: bring it closer), 0 when not known."""
    source: Source = Source.RAW
    page: int = 1
    """Of a file with pages, from 1."""
