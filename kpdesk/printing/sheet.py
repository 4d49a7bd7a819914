"""A page being drawn, in millimetres from its upper left corner, in a PDF that is the same to the byte each time."""

import hashlib
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from enum import Enum
from io import BytesIO

from kpdesk.domain.papers import Drawing
from kpdesk.printing.a4 import DOT, HEIGHT_DOTS, POINTS, WIDTH_DOTS, dots
from kpdesk.printing.faces import Face, font, runs, width
from kpdesk.printing.form import Box, Colour


class Align(Enum):
    LEFT = 0.0
    CENTRE = 0.5
    RIGHT = 1.0


class Sheet:
    """A page under the pen. Text is black unless a colour is named."""

    def __init__(
        self, *, title: str, subject: str, size: tuple[float, float] = (WIDTH_DOTS * DOT, HEIGHT_DOTS * DOT)
    ) -> None:
        """`size`: width and height in points, for what is no A4 page."""
        from reportlab import rl_config
        from reportlab.pdfgen.canvas import Canvas

        rl_config.useA85 = 0
        for face in Face:
            font(face)
        self._width, self._height = size
        self._file = BytesIO()
        self._canvas = Canvas(
            self._file,
            pagesize=(self._width, self._height),
            pageCompression=1,
            invariant=1,
            initialFontName=Face.WORDS.value,
        )
        self._canvas.setTitle(title)
        self._canvas.setSubject(subject)
        self._canvas.setAuthor("kpdesk")
        self._canvas.setCreator("kpdesk")
        self._canvas.setProducer("kpdesk")

    def pdf(self) -> bytes:
        """The finished file."""
        self._canvas.showPage()
        self._canvas.save()
        return self._file.getvalue()

    def turn(self) -> None:
        """To a new page of the same file."""
        self._canvas.showPage()

    def underlay(self, name: str, deflated: bytes) -> None:
        """Draws ready, deflated operators (in points from the lower left corner) as a form XObject."""
        from reportlab.pdfbase import pdfdoc

        form = pdfdoc.PDFFormXObject(0, 0, self._width, self._height)
        form.Contents = pdfdoc.PDFStream(content=deflated)
        form.Contents.dictionary["Filter"] = pdfdoc.PDFName("FlateDecode")
        form.Resources = pdfdoc.PDFDictionary({})
        self._canvas._doc.addForm(name, form)
        self._canvas.doForm(name)

    def picture(self, drawing: Drawing, box: Box) -> None:
        """Lays a chart into a box."""
        from reportlab.pdfbase import pdfdoc

        image = pdfdoc.PDFStream(content=zlib.compress(drawing.grey, 9))
        head = {"Type": "XObject", "Subtype": "Image", "ColorSpace": "DeviceGray", "Filter": "FlateDecode"}
        for key, word in head.items():
            image.dictionary[key] = pdfdoc.PDFName(word)
        for key, number in {"Width": drawing.wide, "Height": drawing.high, "BitsPerComponent": 8}.items():
            image.dictionary[key] = number
        name = f"picture{hashlib.sha256(drawing.grey).hexdigest()[:12]}"
        self._canvas._doc.addForm(name, image)
        self._canvas.saveState()
        self._canvas.translate(box.x * POINTS, self._height - (box.y + box.height) * POINTS)
        self._canvas.scale(box.width * POINTS, box.height * POINTS)
        self._canvas.doForm(name)
        self._canvas.restoreState()

    def operators(self, text: str) -> None:
        """Draws ready operators, in points from the lower left corner."""
        self._canvas.addLiteral(text)

    def write(
        self,
        text: str,
        x: float,
        y: float,
        face: Face,
        size: float,
        *,
        colour: Colour | None = None,
        align: Align = Align.LEFT,
        spacing: float = 0.0,
        spaces: float = 0.0,
    ) -> float:
        """Sets one line with its baseline at `y`; returns the width in millimetres.

        `spacing` and `spaces` are points added after each letter and at each space.
        """
        wide = width(text, face, size, spacing=spacing, spaces=spaces)
        at = (x - align.value * (wide - spacing / POINTS)) * POINTS
        pen = self._canvas.beginText(at, self._height - y * POINTS)
        if colour is None:
            pen.setFillGray(0)
        else:
            pen.setFillColorRGB(*colour.tint(1))
        pen.setCharSpace(spacing)
        pen.setWordSpace(spaces)
        for piece, part in runs(text, face):
            pen.setFont(piece.value, size)
            pen.textOut(part)
        self._canvas.drawText(pen)
        return wide

    def rule(self, x: float, y: float, length: float, points: float, colour: Colour) -> None:
        """A horizontal line."""
        self._canvas.setStrokeColorRGB(*colour.tint(1))
        self._canvas.setLineWidth(points)
        height = self._height - y * POINTS
        self._canvas.line(x * POINTS, height, (x + length) * POINTS, height)

    def line(self, points: float, colour: Colour, *corners: tuple[float, float]) -> None:
        """An open line through the corners."""
        self._canvas.setStrokeColorRGB(*colour.tint(1))
        self._canvas.setLineWidth(points)
        path = self._canvas.beginPath()
        for corner, (x, y) in enumerate(corners):
            (path.lineTo if corner else path.moveTo)(x * POINTS, self._height - y * POINTS)
        self._canvas.drawPath(path)

    def circle(self, x: float, y: float, radius: float, points: float, colour: Colour) -> None:
        self._canvas.setStrokeColorRGB(*colour.tint(1))
        self._canvas.setLineWidth(points)
        self._canvas.circle(x * POINTS, self._height - y * POINTS, radius * POINTS)

    def across(self, text: str, x: float, y: float, size: float, *, turn: float, colour: Colour) -> None:
        """Large pale letters with a thin outline, centred at x, y and turned by degrees: under the text."""
        canvas = self._canvas
        canvas.saveState()
        canvas.translate(x * POINTS, self._height - y * POINTS)
        canvas.rotate(turn)
        canvas.setFillColorRGB(*colour.tint(0.10))
        canvas.setStrokeColorRGB(*colour.tint(0.45))
        canvas.setLineWidth(0.35)
        canvas.setFont(Face.STRONG.value, size)
        canvas.drawCentredString(0, -size * 0.35, text, mode=2, charSpace=size * 0.06)
        canvas.restoreState()

    @contextmanager
    def moved(self, right: float, down: float) -> Iterator[None]:
        """All that is drawn inside stands that many millimetres further, in whole dots."""
        self._canvas.saveState()
        self._canvas.translate(dots(right) * DOT, -dots(down) * DOT)
        yield
        self._canvas.restoreState()
