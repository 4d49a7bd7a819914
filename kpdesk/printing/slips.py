"""Small papers beside the certificate, on plain paper."""

import re
from datetime import date

from kpdesk.printing.faces import Face, fit
from kpdesk.printing.form import Colour
from kpdesk.printing.pdf import day
from kpdesk.printing.sheet import Align, Sheet

_INK, _RULE = Colour(20, 35, 63), Colour(160, 166, 176)
_GROUPS, _COLUMNS = 14, 2
_GROUP = re.compile("[A-Z2-7]{4}")
_KEEP = (
    "This code opens the office’s records when every password and this computer’s own secret are lost. It is shown and "
    "printed once. Whoever holds it, and a copy of the records, can read them. Check all fourteen groups against the "
    "screen. Seal this sheet in an envelope, write the date and two names across the seal, and keep it in the "
    "ministry’s safe, never with a backup."
)


def recovery_sheet(code: str, *, office: str, made: date) -> bytes:
    """The recovery code, 14 groups of 4 base32 characters, on one page; raises NoFontFor, TooLongForPaper.

    The PDF holds the secret: it goes to the printer and nowhere else.
    """
    groups = re.sub(r"[\s-]", "", code)
    parts = [groups[start : start + 4] for start in range(0, len(groups), 4)]
    if len(parts) != _GROUPS or not all(_GROUP.fullmatch(part) for part in parts):
        raise ValueError("a recovery code has 14 groups of 4")
    sheet = Sheet(title="Recovery code", subject="")
    left, right, centre = 35.0, 175.0, 105.0
    sheet.write("Recovery code", centre, 48, Face.STRONG, 26, colour=_INK, align=Align.CENTRE)
    size, lines = fit(office, Face.WORDS, right - left, ((12, 1), (10, 1), (9, 2), (8, 2)), field="office")
    for number, line in enumerate(lines):
        sheet.write(line, centre, 57 + number * size * 0.42, Face.WORDS, size, align=Align.CENTRE)
    sheet.write(day(made), centre, 67, Face.FIGURES, 10.5, align=Align.CENTRE)
    rows = _GROUPS // _COLUMNS
    for index, part in enumerate(parts):
        column, row = divmod(index, rows)
        x, y = left + 20 + column * 66, 88 + row * 15
        sheet.write(str(index + 1), x, y, Face.FIGURES, 9, colour=_RULE, align=Align.RIGHT)
        sheet.write(part, x + 6, y, Face.STRONG_FIGURES, 24, spacing=3)
        sheet.rule(x + 6, y + 3, 27, 0.3, _RULE)
    size, lines = fit(_KEEP, Face.WORDS, right - left, ((9, 6),), field="recovery code")
    for number, line in enumerate(lines):
        sheet.write(line, left, 204 + number * 5.2, Face.WORDS, size, colour=_INK)
    for number, words in enumerate(("Sealed by", "and by")):
        sheet.rule(left + number * 73, 250, 66, 0.5, _INK)
        sheet.write(words, left + number * 73, 254.5, Face.WORDS, 8.5, colour=_INK)
    return sheet.pdf()
