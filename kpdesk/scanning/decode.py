"""From a grey picture to the texts in it: zxing-cpp in two looks, never OpenCV's own readers.

Code 128 is taken from the untouched picture only: sharpening makes it say wrong things that pass its own check.
"""

import math
from typing import TYPE_CHECKING

from kpdesk.scanning.codes import QR, Code, Grey, Source

if TYPE_CHECKING:
    from zxingcpp import Barcode, BarcodeFormat

_MOST_IN_A_FRAME = 4_000_000
"""Pixels; up to here a code has none to spare. A phone's picture is read smaller too, which takes its noise away."""
_MOST_ENLARGED = 13_000_000
"""Pixels; a larger picture (a phone's, a big scan) has enough of them and is sharpened at its own size."""


def read(grey: Grey, *, look_again: bool = True) -> tuple[Code, ...]:
    """The QR codes and Code 128 of one frame; a second, sharpened look for the QR code if the first misses it.

    The first look costs some 4 ms at 720p, the second 30: a live camera asks for it 2 to 4 times a second.
    """
    from zxingcpp import BarcodeFormat

    codes = _look(grey, [BarcodeFormat.QRCode, BarcodeFormat.Code128])
    if look_again and not any(code.format == QR for code in codes):
        codes += read_sharpened(grey)
    return codes


def read_sharpened(grey: Grey) -> tuple[Code, ...]:
    """The QR codes of a picture enlarged twice (cubic) and sharpened: finds a third more of the hard ones."""
    from zxingcpp import BarcodeFormat

    scale = 2 if grey.size <= _MOST_ENLARGED else 1
    return _look(_sharpened(grey, scale), [BarcodeFormat.QRCode], scale=scale, source=Source.SHARPENED)


def read_any(grey: Grey) -> tuple[Code, ...]:
    """Every kind of code in a picture, also light on dark, in one slower look."""
    from zxingcpp import TextMode, read_barcodes

    return tuple(_code(barcode, 1, Source.RAW) for barcode in read_barcodes(grey, text_mode=TextMode.Plain))


def _look(
    grey: Grey, formats: "list[BarcodeFormat]", *, scale: int = 1, source: Source = Source.RAW
) -> tuple[Code, ...]:
    from zxingcpp import BarcodeFormats, TextMode, read_barcodes

    barcodes = read_barcodes(
        grey,
        formats=BarcodeFormats(formats),
        try_rotate=True,
        try_downscale=scale == 1 and grey.size > _MOST_IN_A_FRAME,
        try_invert=False,
        text_mode=TextMode.Plain,
    )
    return tuple(_code(barcode, scale, source) for barcode in barcodes)


def _sharpened(grey: Grey, scale: int) -> Grey:
    import cv2
    import numpy as np

    large = cv2.resize(grey, None, fx=scale, fy=scale, interpolation=cv2.INTER_CUBIC) if scale > 1 else grey
    return np.asarray(cv2.addWeighted(large, 2.0, cv2.GaussianBlur(large, (0, 0), 2.0), -1.0, 0), np.uint8)


def _code(barcode: "Barcode", scale: int, source: Source) -> Code:
    place = barcode.position
    points = (place.top_left, place.top_right, place.bottom_right, place.bottom_left)
    corners = tuple((point.x // scale, point.y // scale) for point in points)
    name = barcode.format.name
    return Code(name, barcode.text, corners, _module(barcode, corners) if name == QR else 0.0, source)


def _module(barcode: "Barcode", corners: tuple[tuple[int, int], ...]) -> float:
    extra = barcode.extra
    version = str(extra.get("Version", "")) if isinstance(extra, dict) else ""
    if not version.isdecimal():
        return 0.0
    return round(math.dist(corners[0], corners[2]) / math.sqrt(2) / (17 + 4 * int(version)), 2)
