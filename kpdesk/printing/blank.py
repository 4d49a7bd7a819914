"""The blank: a form's artwork and its own words, in English and the office's language, before anything is entered."""

from dataclasses import fields

from kpdesk.printing.a4 import POINTS
from kpdesk.printing.artwork import artwork
from kpdesk.printing.faces import Face, Rungs, TooLongForPaper, fit, width
from kpdesk.printing.form import Box, Boxes, Colour, Form, Words
from kpdesk.printing.sheet import Align, Sheet

LABEL, SECOND = 5.5, 6.4
"""Sizes in points of a label's capitals and of the second language beside it."""
SPACING = 0.55
"""Points between a label's capitals."""
LABEL_LINE = 3.2
"""Millimetres from a box's upper edge to its label's baseline."""
HEADER = 5.2
"""Millimetres from the upper edge of the lines to the rule under their headings."""
COLUMNS = (0.0, 29.5, 118.75, 160.0)
"""Heading and description begin, carats and value end, in millimetres of a table 160 wide."""
_FIELDS = (
    *("origin", "provenance", "destination", "issued", "expires", "parcels", "containers"),
    *("exporter", "importer", "authority", "replaces", "seals"),
)
_MICROTEXT = 1.3


def draw_artwork(sheet: Sheet, form: Form) -> None:
    sheet.underlay("artwork", artwork(form))


def draw_words(sheet: Sheet, form: Form) -> None:
    """All words of the form, and the hairlines between its fields."""
    boxes, labels, colours = form.boxes, form.labels, form.colours
    _headings(sheet, form)
    for name in _FIELDS:
        box: Box = getattr(boxes, name)
        sheet.rule(box.x, box.y, box.width, 0.35, colours.hairline)
        label(sheet, form, getattr(labels, name), box.x, box.y + LABEL_LINE, box.width, name=name)
    for name in ("issued_by", "validated_by"):
        box = getattr(boxes, name)
        label(sheet, form, getattr(labels, name), box.x, box.y + LABEL_LINE, box.width, name=name)
        sheet.rule(box.x, box.bottom, box.width, 0.5, colours.ink)
    _table_head(sheet, form)
    _hologram(sheet, form)
    _microtext(sheet, form, boxes.origin.y - 0.9)
    _microtext(sheet, form, boxes.lines.bottom)
    full = boxes.full
    label(sheet, form, labels.scan, full.right, full.bottom + 4, full.width, name="scan", align=Align.RIGHT)


def label(
    sheet: Sheet, form: Form, words: Words, x: float, y: float, room: float, *, name: str, align: Align = Align.LEFT
) -> float:
    """English in small capitals and the second language in italics, shrunk together to the room; gives the width."""
    english = words.english.upper()
    gap = 1.6 if words.second else 0.0
    first = width(english, Face.WORDS, LABEL, spacing=SPACING)
    second = width(words.second, Face.ITALIC, SECOND)
    share = min(1.0, room / (first + gap + second))
    if share < 0.72:
        raise TooLongForPaper(name, english)
    left = x - align.value * share * (first + gap + second)
    sheet.write(english, left, y, Face.WORDS, LABEL * share, colour=form.colours.label, spacing=SPACING * share)
    if words.second:
        at = left + (first + gap) * share
        sheet.write(words.second, at, y, Face.ITALIC, SECOND * share, colour=form.colours.second)
    return share * (first + gap + second)


def _headings(sheet: Sheet, form: Form) -> None:
    boxes, ink, second = form.boxes, form.colours.ink, form.colours.second
    state = boxes.offices
    english = "  ·  ".join(each.english for each in form.offices).upper()
    _centred(sheet, english, state, 3.6, Face.WORDS, ink, ((8, 1), (7.5, 1), (7, 1), (6, 1)), spacing=1.0)
    own = "  ·  ".join(each.second for each in form.offices if each.second)
    _centred(sheet, own, state, 7.9, Face.ITALIC, second, ((8, 1), (7, 1), (6, 1)))
    _centred(sheet, form.title.english, boxes.title, 9.2, Face.STRONG, ink, ((28, 1), (24, 1)))
    _centred(sheet, form.title.second, boxes.title, 15.6, Face.ITALIC, second, ((12.5, 1), (11, 1), (9, 1)))
    below = _centred(sheet, form.statement.english, boxes.statement, 3.0, Face.WORDS, ink, ((8.4, 2), (7.8, 2)))
    rungs = ((7.6, 2), (7.0, 2), (6.4, 2))
    _centred(sheet, form.statement.second, boxes.statement, below + 0.2, Face.ITALIC, second, rungs)


def _centred(
    sheet: Sheet, text: str, box: Box, down: float, face: Face, colour: Colour, rungs: Rungs, *, spacing: float = 0.0
) -> float:
    """Lines in the middle of a box, the first so far down; gives how far down the next would be."""
    loose = box.width - len(text) * spacing / POINTS
    size, lines = fit(text, face, loose, rungs, field=text[:40])
    for line in lines:
        x, y = box.x + box.width / 2, box.y + down
        sheet.write(line, x, y, face, size, colour=colour, align=Align.CENTRE, spacing=spacing)
        down += size * 0.46
    return down


def _table_head(sheet: Sheet, form: Form) -> None:
    box, labels, colours = form.boxes.lines, form.labels, form.colours
    y = box.y + LABEL_LINE + 0.2
    heading, description, carats, value = (box.x + column * box.width / COLUMNS[-1] for column in COLUMNS)
    sheet.rule(box.x, box.y, box.width, 0.7, colours.ink)
    label(sheet, form, labels.heading, heading, y, description - heading - 3, name="heading")
    label(sheet, form, labels.description, description, y, 50, name="description")
    label(sheet, form, labels.carats, carats, y, 28, name="carats", align=Align.RIGHT)
    label(sheet, form, labels.value, value, y, value - carats - 4, name="value", align=Align.RIGHT)
    sheet.rule(box.x, box.y + HEADER, box.width, 0.35, colours.hairline)


def _hologram(sheet: Sheet, form: Form) -> None:
    box, words = form.boxes.hologram, form.labels.hologram
    radius = min(box.width, box.height) / 2
    x, y = box.x + box.width / 2, box.y + box.height / 2
    sheet.circle(x, y, radius, 0.3, form.colours.hairline)
    sheet.circle(x, y, radius - 0.8, 0.18, form.colours.hairline)
    for text, face, size, down in (
        (words.english.upper(), Face.WORDS, 4.6, 0.0),
        (words.second, Face.ITALIC, 5.4, 2.6),
    ):
        size, (line,) = fit(text, face, 1.5 * radius, ((size, 1), (4, 1)), field="hologram")
        sheet.write(line, x, y + down, face, size, colour=form.colours.label, align=Align.CENTRE)


def _microtext(sheet: Sheet, form: Form, y: float) -> None:
    boxes = [getattr(form.boxes, field.name) for field in fields(Boxes)]
    left, right = min(box.x for box in boxes), max(box.right for box in boxes)
    words = f"{form.title.english} {form.participant} {form.edition} · ".upper()
    times = int((right - left) / width(words, Face.WORDS, _MICROTEXT))
    spread = (right - left - times * width(words, Face.WORDS, _MICROTEXT)) * POINTS / (times * len(words))
    sheet.write(words * times, left, y, Face.WORDS, _MICROTEXT, colour=form.colours.label, spacing=spread)
