"""Labels for parcels and for sealed containers, black only, in whole dots of a thermal printer (desk.md §3.5).

203 dpi are 8 dots a millimetre: every module of a code and every rule falls on dots, for a scaled one prints blurred.
"""

from kpdesk.domain.papers import ContainerLabel, LabelSize, ParcelLabel
from kpdesk.printing.codes import QUIET_MODULES, dark_runs
from kpdesk.printing.faces import Face, Rungs, fit
from kpdesk.printing.form import Colour
from kpdesk.printing.pdf import amount, day
from kpdesk.printing.sheet import Align, Sheet
from kpdesk.printing.wording import Wording

DOTS = 8
"""A millimetre."""
DPI = DOTS * 25.4
_DOT = 72 / DPI
"""PDF points in a dot."""
_BLACK = Colour(0, 0, 0)
CONTAINER = (100, 150)
"""Millimetres of a container's label."""
_EDGE = 2.0
_NUMBER: Rungs = ((26, 1), (22, 1), (19, 1), (16, 1), (13, 1), (11.5, 1), (10, 1), (9, 1), (8, 1), (7, 1))
_SMALL: Rungs = ((8.5, 1), (8, 1), (7.5, 1), (7, 1), (6.5, 2), (6, 2), (5.5, 3))
_NAME: Rungs = ((15, 1), (13, 1), (12, 2), (11, 2), (10, 2), (9, 3), (8, 3))


def parcel_label(facts: ParcelLabel, size: LabelSize) -> bytes:
    """Code, number, carats, heading, origin, date, office; raises NoFontFor, TooLongForPaper."""
    wide, high = size.millimetres
    sheet = _label(facts.parcel, facts.office, wide, high)
    code = min(high - 2 * _EDGE, wide * 0.42) + _EDGE
    across = _code(sheet, facts.parcel, code, high)
    x, room = across + 0.5, wide - across - 0.5 - _EDGE
    large = high / 32
    carats = f"{amount(facts.carats.value)} ct" if facts.carats else "– ct"
    rows: tuple[tuple[str, Face, Rungs, float], ...] = (
        (facts.parcel, Face.STRONG_FIGURES, _NUMBER, 6.6),
        (carats, Face.STRONG_FIGURES, _NUMBER, 13.2),
        (f"{facts.heading}  {' '.join(facts.origins)}", Face.FIGURES, _SMALL, 18.6),
        (day(facts.on), Face.FIGURES, _SMALL, 22.8),
    )
    for text, face, rungs, y in rows:
        fitting = tuple(rung for rung in rungs if rung[0] <= 13 * large)
        points, lines = fit(text, face, room, fitting, field="label")
        for place, line in enumerate(lines):
            sheet.write(line, x, (y + place * points * 0.4) * large, face, points)
    office = f"PRACTICE · {facts.office}" if facts.practice else facts.office
    points, lines = fit(office, Face.WORDS, room, ((7, 1), (6.5, 1), (6, 2), (5.5, 2), (5, 3)), field="office")
    foot = high - _EDGE - 0.6
    for place, line in enumerate(reversed(lines)):
        sheet.write(line, x, foot - place * points * 0.42, Face.WORDS, points)
    return sheet.pdf()


def container_label(facts: ContainerLabel, words: Wording) -> bytes:
    """Number, parties, seal, which container of how many; nothing that tells what it is worth."""
    wide, high = CONTAINER
    sheet = _label(facts.certificate, facts.authority, wide, high)
    left, room = 6.0, wide - 12.0
    title = words("container")
    points, (line,) = fit(
        facts.authority.upper(), Face.WORDS, room, ((8, 1), (7, 1), (6, 1), (5, 1)), field="authority"
    )
    sheet.write(line, left, 10, Face.WORDS, points)
    points, (line,) = fit(facts.office, Face.STRONG, room, ((12, 1), (10, 1), (8, 1), (7, 1)), field="office")
    sheet.write(line, left, 15.5, Face.STRONG, points)
    _rule(sheet, left, 18.5, room)
    for text, face, y in ((title.english.upper(), Face.WORDS, 24.0), (title.second, Face.ITALIC, 28.0)):
        points, (line,) = fit(text, face, room - 24, ((8, 1), (7, 1), (6, 1), (5, 1)), field="container")
        sheet.write(line, left, y, face, points)
    counted = f"{facts.place} / {facts.containers}"
    sheet.write(counted, wide - left, 27, Face.STRONG_FIGURES, 18, align=Align.RIGHT)
    points, (line,) = fit(facts.certificate, Face.STRONG_FIGURES, room, _NUMBER, field="number")
    sheet.write(line, left, 40, Face.STRONG_FIGURES, points)
    _rule(sheet, left, 44.5, room)
    y = 50.0
    for key, text, more in (
        ("exporter", facts.exporter.name, facts.exporter.address),
        ("importer", facts.importer.name, f"{facts.importer.address}, {facts.destination}"),
    ):
        label = words(key)
        wide_label = sheet.write(label.english.upper(), left, y, Face.WORDS, 6.5, spacing=0.4)
        sheet.write(label.second, left + wide_label + 1.5, y, Face.ITALIC, 7)
        for words_, face, rungs, step in ((text, Face.STRONG, _NAME, 0.42), (more, Face.WORDS, _SMALL, 0.42)):
            points, lines = fit(words_, face, room, rungs, field=key)
            for line in lines:
                y += points * step + 0.4
                sheet.write(line, left, y, face, points)
        y += 7.0
    _rule(sheet, left, 97, room)
    label = words("seal")
    sheet.write(f"{label.english.upper()}  {label.second}".strip(), left, 103, Face.WORDS, 7, spacing=0.3)
    code = 37.0
    across = _code(sheet, facts.certificate, code, high)
    points, lines = fit(facts.seal, Face.STRONG_FIGURES, room, ((20, 1), (16, 1), (13, 1), (10, 2)), field="seal")
    for place, line in enumerate(lines):
        sheet.write(line, left, 110 + place * 5, Face.STRONG_FIGURES, points)
    keep = words("container_keep")
    room = wide - across - 2 - left
    y = high - 33.0
    for text, face in ((keep.english, Face.STRONG), (keep.second, Face.ITALIC)):
        points, lines = fit(text, face, room, ((9, 4), (8, 5), (7.5, 6), (7, 7)), field="container")
        for line in lines if text else ():
            sheet.write(line, across + 2, y, face, points)
            y += points * 0.43
        y += 1.5
    if facts.practice:
        sheet.write("PRACTICE", wide - left, high - 4, Face.STRONG, 11, align=Align.RIGHT, spacing=1)
    return sheet.pdf()


def _label(number: str, subject: str, wide: int, high: int) -> Sheet:
    size = wide * DOTS * _DOT, high * DOTS * _DOT
    return Sheet(title=f"Label {number}", subject=subject, size=size)


def _rule(sheet: Sheet, x: float, y: float, length: float) -> None:
    """Two dots thick, on whole dots."""
    sheet.rule(round(x * DOTS) / DOTS, round(y * DOTS) / DOTS, round(length * DOTS) / DOTS, 2 * _DOT, _BLACK)


def _code(sheet: Sheet, text: str, room: float, high: float) -> float:
    """The QR code at the left, with its quiet zone within `room` millimetres; where it ends."""
    import segno

    modules = segno.make(text, error="m", micro=False, boost_error=False).matrix
    whole = len(modules) + 2 * QUIET_MODULES
    dots = int(room * DOTS) // whole
    low = (int(high * DOTS) - whole * dots) // 2 if high < 2 * room else 0
    top = low + (whole - QUIET_MODULES) * dots
    unit = dots * _DOT
    sheet.operators(
        "\n".join(
            (
                f"q {unit:.6f} 0 0 {-unit:.6f} {QUIET_MODULES * unit:.6f} {top * _DOT:.6f} cm 0 g",
                *dark_runs(modules),
                "f Q",
            )
        )
    )
    return whole * dots / DOTS
