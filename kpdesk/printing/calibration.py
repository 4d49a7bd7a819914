"""The test sheet of a printer, on plain paper: five crosses, a ruler, and the form's boxes where entries stand.

It is held over a blank against the light, and two of its crosses are measured (desk.md §3.2).
"""

from dataclasses import fields

from kpdesk.domain.calibration import CROSSES, FIRST, LAST, RULER, Spot
from kpdesk.printing.faces import Face, fit
from kpdesk.printing.form import Colour, Form
from kpdesk.printing.sheet import Align, Sheet

_INK, _BOX = Colour(0, 0, 0), Colour(150, 158, 170)
_ARM = 8.0
_LINE = 0.3
"""Points: a hair, so that its middle is plain under a rule."""
_RULER_AT = Spot((210 - RULER) / 2, 15)
_STEP, _LONG = 10, 50


def test_sheet(form: Form, *, title: str) -> bytes:
    """The page; `title` says which printer it is for. Raises NoFontFor, TooLongForPaper."""
    sheet = Sheet(title=f"Test sheet {title}", subject="")
    _boxes(sheet, form)
    for spot in CROSSES:
        _cross(sheet, spot)
    _ruler(sheet)
    size, lines = fit(title, Face.STRONG, 150, ((11, 1), (9, 1), (8, 2)), field="printer")
    for number, words in enumerate(lines):
        sheet.write(words, 105, 192 + number * 5, Face.STRONG, size, align=Align.CENTRE)
    words = "Plain paper. Measure the crosses 1 and 2, from the left edge and from the upper edge, and the ruler."
    sheet.write(words, 105, 203, Face.WORDS, 7.5, align=Align.CENTRE)
    return sheet.pdf()


def _boxes(sheet: Sheet, form: Form) -> None:
    """Where entries come to stand on a preprinted blank."""
    with sheet.moved(form.overlay.right, form.overlay.down):
        for each in fields(form.boxes):
            box = getattr(form.boxes, each.name)
            corners = (box.x, box.y), (box.right, box.y), (box.right, box.bottom), (box.x, box.bottom), (box.x, box.y)
            sheet.line(0.2, _BOX, *corners)


def _cross(sheet: Sheet, spot: Spot) -> None:
    sheet.line(_LINE, _INK, (spot.x - _ARM, spot.y), (spot.x + _ARM, spot.y))
    sheet.line(_LINE, _INK, (spot.x, spot.y - _ARM), (spot.x, spot.y + _ARM))
    for number, measured in enumerate((FIRST, LAST), 1):
        if spot == measured:
            sheet.write(str(number), spot.x + 2, spot.y - 2, Face.STRONG_FIGURES, 14)
    sheet.write(f"{spot.x:g} · {spot.y:g}", spot.x + 2, spot.y + 4.5, Face.FIGURES, 6.5)


def _ruler(sheet: Sheet) -> None:
    x, y = _RULER_AT
    sheet.line(_LINE, _INK, (x, y), (x + RULER, y))
    for step in range(0, RULER + 1, _STEP):
        long = step % _LONG == 0 or step == RULER
        sheet.line(_LINE, _INK, (x + step, y), (x + step, y - (4.5 if long else 2.5)))
        if long:
            sheet.write(str(step), x + step + 0.8, y - 2.6, Face.FIGURES, 6.5)
