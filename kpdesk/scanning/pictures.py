"""From the bytes of a strange PNG, JPEG or PDF to grey pages: header first, limits before anything is unpacked.

Runs in the child only (trust.md 9).
"""

import struct
from collections.abc import Iterator
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from kpdesk.scanning.codes import Grey

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

MOST_PIXELS = 40_000_000
MOST_PAGES = 20
_DOTS_PER_POINT = 300 / 72
_MOST_PAGE_PIXELS = 20_000_000
"""A3 at 300 dpi is 17.4 million; a larger page is drawn coarser."""
_LOCKED = 4
"""pdfium's FPDF_ERR_PASSWORD."""


class Kind(StrEnum):
    """The kinds of file that are opened."""

    PNG = "png"
    JPEG = "jpeg"
    PDF = "pdf"


def kind_of(data: bytes) -> Kind | None:
    """By its first bytes; a name says nothing."""
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return Kind.PNG
    if data.startswith(b"\xff\xd8\xff"):
        return Kind.JPEG
    return Kind.PDF if b"%PDF-" in data[:1024] else None


class Fault(StrEnum):
    """Why the bytes were not read."""

    TOO_LARGE = "too large"
    DAMAGED = "damaged"
    LOCKED = "locked"


class Unreadable(Exception):
    """A file that cannot or must not be unpacked."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault)
        self.fault = fault


def open_pages(kind: Kind, data: bytes) -> tuple[int, Iterator[Grey]]:
    """How many pages the file has, and the first 20, drawn one by one as they are taken; raises Unreadable."""
    if kind is Kind.PDF:
        document = _document(data)
        pages = range(min(len(document), MOST_PAGES))
        return len(document), (_contiguous(_drawn(document, page, grey=True)) for page in pages)
    return 1, iter((_grey(kind, data),))


def preview(kind: Kind, data: bytes, longest: int) -> "npt.NDArray[np.uint8]":
    """The first page as RGB rows, its longer side at most `longest` pixels; raises Unreadable."""
    import cv2
    import numpy as np

    if kind is Kind.PDF:
        colour: Any = _drawn(_document(data), 0, grey=False)
    else:
        _check_size(kind, data)
        colour = cv2.imdecode(np.frombuffer(data, np.uint8), cv2.IMREAD_COLOR_RGB)
        if colour is None:
            raise Unreadable(Fault.DAMAGED)
    height, width = colour.shape[:2]
    shrink = min(1.0, longest / max(height, width))
    if shrink < 1:
        size = (max(1, round(width * shrink)), max(1, round(height * shrink)))
        colour = cv2.resize(colour, size, interpolation=cv2.INTER_AREA)
    return _contiguous(colour)


def _grey(kind: Kind, data: bytes) -> Grey:
    import cv2
    import numpy as np

    _check_size(kind, data)
    # A PNG keeps its transparency until it lies on white paper; a JPEG is turned upright.
    how = cv2.IMREAD_UNCHANGED if kind is Kind.PNG else cv2.IMREAD_GRAYSCALE
    picture: Any = cv2.imdecode(np.frombuffer(data, np.uint8), how)
    if picture is None:
        raise Unreadable(Fault.DAMAGED)
    if picture.dtype == np.uint16:
        picture = (picture >> 8).astype(np.uint8)
    if picture.ndim == 2:
        return _contiguous(picture)
    if picture.shape[2] == 3:
        return _contiguous(cv2.cvtColor(picture, cv2.COLOR_BGR2GRAY))
    ink = 255 - cv2.cvtColor(picture, cv2.COLOR_BGRA2GRAY)
    return _contiguous(255 - cv2.multiply(ink, picture[:, :, 3], scale=1 / 255))


def _contiguous(pixels: object) -> "npt.NDArray[np.uint8]":
    import numpy as np

    return np.ascontiguousarray(pixels, np.uint8)


def _check_size(kind: Kind, data: bytes) -> None:
    width, height = _png_size(data) if kind is Kind.PNG else _jpeg_size(data)
    if not width or not height:
        raise Unreadable(Fault.DAMAGED)
    if width * height > MOST_PIXELS:
        raise Unreadable(Fault.TOO_LARGE)


def _png_size(data: bytes) -> tuple[int, int]:
    if data[12:16] != b"IHDR" or len(data) < 24:
        raise Unreadable(Fault.DAMAGED)
    width, height = struct.unpack(">II", data[16:24])
    return width, height


def _jpeg_size(data: bytes) -> tuple[int, int]:
    """From the frame header (SOF), behind segments that each tell their length (ITU-T T.81 B.1)."""
    place = 2
    while place + 9 <= len(data) and data[place] == 0xFF:
        marker = data[place + 1]
        if marker == 0xFF:
            place += 1
        elif 0xC0 <= marker <= 0xCF and marker not in (0xC4, 0xC8, 0xCC):
            height, width = struct.unpack(">HH", data[place + 5 : place + 9])
            return width, height
        else:
            place += 2 + int.from_bytes(data[place + 2 : place + 4])
    raise Unreadable(Fault.DAMAGED)


def _document(data: bytes) -> Any:
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as problem:
        locked = getattr(problem, "err_code", None) == _LOCKED
        raise Unreadable(Fault.LOCKED if locked else Fault.DAMAGED) from problem
    if not len(document):
        raise Unreadable(Fault.DAMAGED)
    return document


def _drawn(document: Any, number: int, *, grey: bool) -> "npt.NDArray[np.uint8]":
    import numpy as np

    page = document[number]
    width, height = page.get_size()
    if not (width > 0 and height > 0):
        raise Unreadable(Fault.DAMAGED)
    scale = min(_DOTS_PER_POINT, (_MOST_PAGE_PIXELS / (width * height)) ** 0.5)
    bitmap = page.render(scale=scale, grayscale=grey, rev_byteorder=not grey, may_draw_forms=False)
    pixels = np.array(bitmap.to_numpy(), np.uint8)
    bitmap.close()
    page.close()
    return pixels.reshape(pixels.shape[:2]) if grey else pixels[:, :, :3]
