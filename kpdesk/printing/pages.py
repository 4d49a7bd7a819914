"""The pages of our own PDFs as pictures: for the screen, the printer and the stand-in. The only home of pypdfium2.

Strange PDFs never come here (they are opened by a child process elsewhere). pdfium works on one thread at a time: the
paper lane's.
"""

from dataclasses import dataclass
from typing import Literal

from kpdesk.domain.outcomes import Trouble

_MOST_DOTS = 120_000_000
"""A4 at 600 dpi has 35 million."""


@dataclass(eq=False)
class UnreadablePages(Trouble):
    """The file is not a PDF, or has no such page."""

    page: int


@dataclass(frozen=True, slots=True)
class Picture:
    """Pixels, rows from the top, `stride` bytes a row.

    For Qt: `QImage(content, width, height, stride, Format_Grayscale8 | Format_RGB888)`; for Pillow:
    `Image.frombytes(mode, (width, height), content, "raw", mode, stride)`.
    """

    width: int
    height: int
    stride: int
    mode: Literal["L", "RGB"]
    content: bytes


def page_count(pdf: bytes) -> int:
    """How many pages; raises UnreadablePages."""
    import pypdfium2

    try:
        with pypdfium2.PdfDocument(pdf) as document:
            return len(document)
    except pypdfium2.PdfiumError as problem:
        raise UnreadablePages(0) from problem


def render(pdf: bytes, *, dpi: float, page: int = 0, grey: bool = False) -> Picture:
    """One page (the first is 0) at so many dots an inch; raises UnreadablePages."""
    import pypdfium2

    try:
        with pypdfium2.PdfDocument(pdf) as document:
            if not 0 <= page < len(document):
                raise UnreadablePages(page)
            sheet = document[page]
            wide, high = sheet.get_size()
            if not 0 < dpi * dpi * wide * high / 72**2 <= _MOST_DOTS:
                raise ValueError(f"{dpi} dpi")
            dots = round(wide * dpi / 72)
            # pdfium's sizes are 32-bit, and pypdfium2 rounds up: 2480.0001 would become 2481 and blur every edge.
            bitmap = sheet.render(scale=(dots - 0.01) / wide, grayscale=grey, rev_byteorder=True)
            return Picture(bitmap.width, bitmap.height, bitmap.stride, "L" if grey else "RGB", bytes(bitmap.buffer))
    except pypdfium2.PdfiumError as problem:
        raise UnreadablePages(page) from problem
