"""A certificate from its facts to a finished, coded PDF, against the same page in bare reportlab.

Both sides make the two QR codes with segno, the Code 128 with reportlab and one ECDSA P-256 signature, use the same
embedded fonts, draw the same ready artwork and merge a code's dark modules in the same quick way. The bare side is told
every place, size and colour beforehand (recorded from our page, outside the time taken): it measures and fits no text,
checks no character and reads no form.
"""

import re
import statistics
import time
from collections.abc import Callable
from io import BytesIO
from typing import Any
from unittest.mock import patch

import numpy as np
import segno
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from reportlab.graphics.barcode.code128 import Code128
from reportlab.pdfbase import pdfdoc
from reportlab.pdfgen.canvas import Canvas

from kpdesk.printing import pdf, sheet
from kpdesk.printing.a4 import DOT, dots
from kpdesk.printing.artwork import artwork
from kpdesk.printing.faces import Face
from kpdesk.printing.form import Box
from kpdesk.printing.pages import render
from tests.printing.papers import PLAIN, codes, country_name, form

ROUNDS, EACH = 7, 5
_DARK = re.compile(b"\x01+")
_FORM, _CODES = form(), codes()
_SIZE = 595.2, 841.92

_Drawn = Callable[[Canvas], object]


def run() -> dict[str, Any]:
    key = ec.generate_private_key(ec.SECP256R1())
    steps = _recorded()

    def ours() -> bytes:
        key.sign(_CODES.full.encode(), ec.ECDSA(hashes.SHA256()))
        return pdf.certificate(PLAIN, _FORM, _CODES, pdf.Stock.SECURITY, country_name=country_name)

    def bare() -> bytes:
        key.sign(_CODES.full.encode(), ec.ECDSA(hashes.SHA256()))
        return _bare(steps)

    if _difference(ours(), bare()) > 0.001:  # pdfium sets edges of single bars otherwise than of bars in one path
        raise RuntimeError("the two pages differ")
    rounds = [_round(ours, bare) for _ in range(ROUNDS)]
    ratios = [our / own for our, own in rounds]
    return {
        "name": "paper",
        "what": "facts to a finished coded PDF with one signature, against the same page in bare reportlab",
        "median_ratio": statistics.median(ratios),
        "runs": ratios,
        "limit": 1.3,
        "certificate_ms": statistics.median(our for our, _ in rounds) * 1000,
        "bare_ms": statistics.median(own for _, own in rounds) * 1000,
        "two_qr_codes_ms": _median(lambda: [_modules(text) for text in (_CODES.full, _CODES.compact)]) * 1000,
        "size_bytes": len(ours()),
        "bare_size_bytes": len(bare()),
    }


def _difference(one: bytes, other: bytes) -> float:
    """The share of dots at 300 dpi that are not alike."""
    first, second = (np.frombuffer(render(each, dpi=300, grey=True).content, np.uint8) for each in (one, other))
    return float(np.mean(first != second))


def _round(ours: Callable[[], object], bare: Callable[[], object]) -> tuple[float, float]:
    """The medians of both, taken in turn."""
    pairs = [(_timed(ours), _timed(bare)) for _ in range(EACH)]
    return statistics.median(our for our, _ in pairs), statistics.median(own for _, own in pairs)


def _median(act: Callable[[], object]) -> float:
    return statistics.median(_timed(act) for _ in range(EACH))


def _timed(act: Callable[[], object]) -> float:
    start = time.perf_counter()
    act()
    return time.perf_counter() - start


def _modules(text: str) -> tuple[bytearray, ...]:
    return segno.make(text, error="m", micro=False, boost_error=False).matrix


def _bare(steps: list[_Drawn]) -> bytes:
    """The page as one would write it straight in reportlab."""
    file = BytesIO()
    canvas = Canvas(file, pagesize=_SIZE, pageCompression=1, invariant=1, initialFontName=Face.WORDS.value)
    background = pdfdoc.PDFFormXObject(0, 0, *_SIZE)
    background.Contents = pdfdoc.PDFStream(content=artwork(_FORM))
    background.Contents.dictionary["Filter"] = pdfdoc.PDFName("FlateDecode")
    background.Resources = pdfdoc.PDFDictionary({})
    canvas._doc.addForm("artwork", background)
    canvas.doForm("artwork")
    for step in steps:
        step(canvas)
    full, compact, barcode = _FORM.boxes.full, _FORM.boxes.compact, _FORM.boxes.barcode
    _bare_qr(canvas, _CODES.full, full, lower_right=True)
    _bare_qr(canvas, _CODES.compact, compact, lower_right=False)
    bars = Code128(_CODES.barcode, barWidth=9 * DOT, barHeight=283 * DOT, quiet=0)
    canvas.setFillGray(0)
    bars.drawOn(canvas, dots(barcode.x) * DOT, _SIZE[1] - (dots(barcode.y) + 283) * DOT)
    canvas.showPage()
    canvas.save()
    return file.getvalue()


def _bare_qr(canvas: Canvas, text: str, box: Box, *, lower_right: bool) -> None:
    modules = _modules(text)
    count = len(modules)
    module = dots(box.width) // count
    left, top = dots(box.x), dots(box.y)
    if lower_right:
        left, top = dots(box.right) - module * count, dots(box.bottom) - module * count
    canvas.saveState()
    canvas.translate(left * DOT, _SIZE[1] - top * DOT)
    canvas.scale(module * DOT, -module * DOT)
    canvas.setFillGray(1)
    canvas.rect(-4, -4, count + 8, count + 8, stroke=0, fill=1)
    canvas.setFillGray(0)
    runs = ((run.start(), y, run.end() - run.start()) for y, row in enumerate(modules) for run in _DARK.finditer(row))
    canvas.addLiteral("\n".join([*(f"{x} {y} {length} 1 re" for x, y, length in runs), "f"]))
    canvas.restoreState()


def _recorded() -> list[_Drawn]:
    """Every word and line of our page as a plain call on a canvas."""
    steps: list[_Drawn] = []

    class Recording(sheet.Sheet):
        def write(self, text: str, x: float, y: float, face: Face, size: float, **how: Any) -> float:
            wide = super().write(text, x, y, face, size, **how)
            spacing, spaces, colour = how.get("spacing", 0.0), how.get("spaces", 0.0), how.get("colour")
            align = how.get("align", sheet.Align.LEFT).value
            points = 72 / 25.4
            at = (x - align * (wide - spacing / points)) * points, _SIZE[1] - y * points
            inks = colour.tint(1) if colour else None

            def step(canvas: Canvas) -> None:
                pen = canvas.beginText(*at)
                pen.setFont(face.value, size)
                if inks:
                    pen.setFillColorRGB(*inks)
                else:
                    pen.setFillGray(0)
                pen.setCharSpace(spacing)
                pen.setWordSpace(spaces)
                pen.textOut(text)
                canvas.drawText(pen)

            steps.append(step)
            return wide

        def line(self, points: float, colour: Any, *corners: tuple[float, float]) -> None:
            super().line(points, colour, *corners)
            scale, inks = 72 / 25.4, colour.tint(1)
            ends = [(x * scale, _SIZE[1] - y * scale) for x, y in corners]

            def step(canvas: Canvas) -> None:
                canvas.setStrokeColorRGB(*inks)
                canvas.setLineWidth(points)
                path = canvas.beginPath()
                path.moveTo(*ends[0])
                for end in ends[1:]:
                    path.lineTo(*end)
                canvas.drawPath(path)

            steps.append(step)

        def rule(self, x: float, y: float, length: float, points: float, colour: Any) -> None:
            self.line(points, colour, (x, y), (x + length, y))

        def circle(self, x: float, y: float, radius: float, points: float, colour: Any) -> None:
            super().circle(x, y, radius, points, colour)
            scale, inks = 72 / 25.4, colour.tint(1)

            def step(canvas: Canvas) -> None:
                canvas.setStrokeColorRGB(*inks)
                canvas.setLineWidth(points)
                canvas.circle(x * scale, _SIZE[1] - y * scale, radius * scale)

            steps.append(step)

    with patch.object(pdf, "Sheet", Recording):
        pdf.certificate(PLAIN, _FORM, _CODES, pdf.Stock.SECURITY, country_name=country_name)
    return steps
