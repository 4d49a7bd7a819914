"""A certificate on paper: facts, form and codes become one PDF, which is archived, hashed, shown and printed.

All of KPCS Annex I A stands on the page. The same input gives the same bytes.
"""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from enum import StrEnum

from kpdesk.domain.certificate import Facts, Kind, Named, Number
from kpdesk.printing.a4 import POINTS
from kpdesk.printing.blank import COLUMNS, HEADER, LABEL_LINE, draw_artwork, draw_words, label
from kpdesk.printing.codes import Codes, code128, qr
from kpdesk.printing.faces import Face, Rungs, fit, width
from kpdesk.printing.form import Box, Form, Overlay, Words
from kpdesk.printing.sheet import Align, Sheet

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_SPECIMEN, _COPY, _PREVIEW, _DRAFT, _INVALID = "SPECIMEN", "COPY", "PREVIEW", "DRAFT", "NOT VALID"
_NOT_VALID = "NOT VALID FOR SHIPMENT"
_VALUE = ((11, 1), (10, 1), (9, 1), (8, 1), (7.5, 2), (7, 2), (6.5, 2), (6, 2))
_NAME = ((11, 1), (10, 1), (9, 1), (8, 2), (7.5, 2), (7, 2), (6.5, 2), (6.2, 3))
_ADDRESS = ((7.5, 2), (7, 2), (6.5, 2), (6.2, 3), (5.8, 3))
_SEALS = ((9, 1), (8, 1), (7.5, 2), (7, 2), (6.5, 2), (5.6, 3))
_LEADING, _FOOT = 5.6, 9.8
"""Millimetres from line to line at most, and of the total with its rules."""
_THIN = -0.3
"""Share of the type size taken off a space between thousands."""


class Stock(StrEnum):
    """What the page is drawn for."""

    SECURITY = "security"
    """Numbered security paper: the full artwork."""
    PREPRINTED = "preprinted"
    """A blank that bears artwork, words and number already: only what is entered, and the codes."""
    PLAIN = "plain"
    """Any other paper: SPECIMEN across."""
    COPY = "copy"
    """A certified copy: COPY – NOT VALID FOR SHIPMENT across."""
    PREVIEW = "preview"
    """Before a number is bound: PREVIEW where the codes will be."""
    DRAFT = "draft"
    """A firm's own draft: no artwork, NOT VALID across, DRAFT where number and codes will be."""


class Part(StrEnum):
    """How much of the page is drawn."""

    WHOLE = "whole"
    DATA = "data"
    """All but the codes: what a firm prints on its allotted blank."""
    CODES = "codes"
    """The codes alone: what the office adds to that very sheet."""


_UNCODED = (Stock.PREVIEW, Stock.DRAFT)


def certificate(
    facts: Facts,
    form: Form,
    codes: Codes | None,
    stock: Stock,
    *,
    country_name: Callable[[str], str],
    part: Part = Part.WHOLE,
) -> bytes:
    """The certificate's PDF, one page. `codes` is None for previews, drafts and data alone; `country_name` turns a
    code into a name.

    Raises NoFontFor (a character that no font has) and TooLongForPaper. Facts, form and codes that do not belong
    together are a mistake of the caller: ValueError.
    """
    if (facts.edition, facts.participant) != (form.edition, form.participant):
        raise ValueError("the facts are for another form")
    if (codes is None) != (stock in _UNCODED or part is Part.DATA):
        raise ValueError("previews, drafts and data alone, and nothing else, have no codes")
    if codes and (facts.number is None or codes.barcode != facts.number.with_check):
        raise ValueError("the codes are for another number")
    if (facts.kind is Kind.COPY) != (stock is Stock.COPY) and stock not in _UNCODED:
        raise ValueError("copies, and nothing else, are drawn as copies")
    word = _DRAFT if stock is Stock.DRAFT else _PREVIEW
    sheet = Sheet(title=f"{form.title.english} {facts.number or word}", subject=facts.issuing_authority)
    if stock is not Stock.PREPRINTED and part is not Part.CODES:
        if stock is not Stock.DRAFT:
            draw_artwork(sheet, form)
        _across(sheet, facts, form, stock)
        draw_words(sheet, form)
        _number(sheet, facts.number, form, word)
    shift = form.overlay if stock is Stock.PREPRINTED else Overlay(0, 0)
    with sheet.moved(shift.right, shift.down):
        if part is not Part.CODES:
            _entries(sheet, facts, form, country_name)
        if codes:
            _codes(sheet, codes, form)
        elif part is not Part.DATA:
            _preview(sheet, form, word)
    return sheet.pdf()


def day(when: date) -> str:
    """As on every paper: 09 Mar 2026."""
    return f"{when.day:02} {_MONTHS[when.month - 1]} {when.year}"


def amount(value: Decimal) -> str:
    """Two places after a point, spaces between thousands (set thin)."""
    return f"{value:,.2f}".replace(",", " ")


def _across(sheet: Sheet, facts: Facts, form: Form, stock: Stock) -> None:
    x, y = form.boxes.lines.x + form.boxes.lines.width / 2, form.boxes.lines.y
    if stock is Stock.DRAFT:
        sheet.across(_INVALID, x, y, 84, turn=38, colour=form.colours.mark)
    elif facts.kind is Kind.COPY:
        sheet.across(_COPY, x - 8, y - 9, 104, turn=38, colour=form.colours.mark)
        sheet.across(_NOT_VALID, x + 8, y + 12, 29, turn=38, colour=form.colours.mark)
    elif stock is Stock.PLAIN or facts.kind is Kind.PRACTICE:
        sheet.across(_SPECIMEN, x, y, 84, turn=38, colour=form.colours.mark)


def _number(sheet: Sheet, number: Number | None, form: Form, word: str) -> None:
    """The number between its label in both languages."""
    box, words = form.boxes.number, form.labels.number
    centre, y = box.x + box.width / 2, box.y + 6.6
    text = _spaced(number) if number else word
    size, (line,) = fit(text, Face.STRONG_FIGURES, box.width * 0.62, ((16, 1), (14, 1), (12, 1)), field="number")
    colour = form.colours.number
    wide = sheet.write(
        line, centre, y, Face.STRONG_FIGURES, size, colour=colour, align=Align.CENTRE, spaces=_THIN * size
    )
    side = (box.width - wide) / 2 - 3
    label(sheet, form, Words(words.english), centre - wide / 2 - 3, y, side, name="number", align=Align.RIGHT)
    if words.second:
        size, (line,) = fit(words.second, Face.ITALIC, side, ((6.4, 1), (5.6, 1), (5, 1)), field="number")
        sheet.write(line, centre + wide / 2 + 3, y, Face.ITALIC, size, colour=form.colours.second)


def _spaced(number: Number) -> str:
    return f"{number.prefix} {number.text[2:]}"


def _entries(sheet: Sheet, facts: Facts, form: Form, country_name: Callable[[str], str]) -> None:
    boxes = form.boxes
    if facts.kind is Kind.TECHNICAL:
        _technical(sheet, form)
    _countries(sheet, facts, form, country_name)
    for name, text in (
        ("issued", day(facts.issued)),
        ("expires", day(facts.expires)),
        ("parcels", str(facts.parcels)),
        ("containers", str(facts.containers)),
        ("replaces", _spaced(facts.replaces) if facts.replaces else "–"),
    ):
        _value(sheet, text, getattr(boxes, name), name=name, face=Face.FIGURES)
    _value(sheet, facts.issuing_authority, boxes.authority, name="authority")
    _firm(sheet, facts.exporter, form, boxes.exporter, name="exporter")
    _firm(sheet, facts.importer, form, boxes.importer, name="importer")
    _seals(sheet, facts.seals, boxes.seals)
    _lines(sheet, facts, form)


def _countries(sheet: Sheet, facts: Facts, form: Form, country_name: Callable[[str], str]) -> None:
    """Origin, provenance and destination in one size."""
    named = {name: country_name(getattr(facts, name)) for name in ("provenance", "destination")}
    if facts.mixed:
        _mixed(sheet, form)
    else:
        named["origin"] = country_name(facts.origin)
    boxes = {name: getattr(form.boxes, name) for name in named}
    size = min(fit(text, Face.STRONG, boxes[name].width, _VALUE, field=name)[0] for name, text in named.items())
    rungs = tuple(rung for rung in _VALUE if rung[0] <= size)
    for name, text in named.items():
        _value(sheet, text, boxes[name], name=name, rungs=rungs)


def _technical(sheet: Sheet, form: Form) -> None:
    words = form.labels.technical
    text = "  ·  ".join(part for part in (words.english, words.second) if part).upper()
    size, (line,) = fit(text, Face.STRONG, 130, ((6.5, 1), (6, 1), (5.4, 1)), field="technical")
    box = form.boxes.title
    x, y = box.x + box.width / 2, form.border.margin + form.border.band + 4
    sheet.write(line, x, y, Face.STRONG, size, colour=form.colours.mark, align=Align.CENTRE, spacing=0.6)


def _mixed(sheet: Sheet, form: Form) -> None:
    box, words = form.boxes.origin, form.labels.mixed
    y = box.y + 8.2
    wide = sheet.write("*" * 9, box.x, y, Face.STRONG_FIGURES, 11)
    text = " / ".join(part for part in (words.english, words.second) if part)
    size, lines = fit(text, Face.ITALIC, box.width - wide - 2, ((7.5, 1), (6.5, 1), (6, 2), (5.4, 2)), field="mixed")
    _stack(sheet, lines, box.x + wide + 2, y, Face.ITALIC, size)


def _value(sheet: Sheet, text: str, box: Box, *, name: str, face: Face = Face.STRONG, rungs: Rungs = _VALUE) -> None:
    size, lines = fit(text, face, box.width, rungs, field=name)
    _stack(sheet, lines, box.x, box.bottom - (1.9 if len(lines) == 1 else 1.0), face, size)


def _stack(sheet: Sheet, lines: list[str], x: float, last: float, face: Face, size: float) -> None:
    """Lines one above the other, the last with its baseline at `last`."""
    leading = size * 1.12 / POINTS
    for above, line in enumerate(reversed(lines)):
        sheet.write(line, x, last - above * leading, face, size)


def _firm(sheet: Sheet, firm: Named, form: Form, box: Box, *, name: str) -> None:
    """Licence in the label's line, then the name, then the address."""
    if firm.licence:
        size, (line,) = fit(firm.licence, Face.FIGURES, box.width * 0.4, ((6.5, 1), (6, 1), (5, 1)), field=name)
        sheet.write(line, box.right, box.y + LABEL_LINE, Face.FIGURES, size, align=Align.RIGHT)
        wide = width(line, Face.FIGURES, size)
        words = Words(form.labels.licence.english)
        label(sheet, form, words, box.right - wide - 1.4, box.y + LABEL_LINE, 20, name="licence", align=Align.RIGHT)
    y = box.y + LABEL_LINE
    for text, face, rungs, first in (
        (firm.name, Face.STRONG, _NAME, 1.28),
        (firm.address, Face.WORDS, _ADDRESS, 1.45),
    ):
        if text:
            size, lines = fit(text, face, box.width, rungs, field=name)
            for number, line in enumerate(lines):
                y += size * (1.12 if number else first) / POINTS
                sheet.write(line, box.x, y, face, size)


def _seals(sheet: Sheet, seals: tuple[str, ...], box: Box) -> None:
    if seals:
        size, lines = fit(" ".join(seals), Face.FIGURES, box.width, _SEALS, field="seals", gap=3)
        _stack(sheet, lines, box.x, box.bottom - (1.9 if len(lines) == 1 else 0.8), Face.FIGURES, size)


def _lines(sheet: Sheet, facts: Facts, form: Form) -> None:
    """The lines, closer the more there are; their total; a Z over the room left, so that nothing can be added."""
    box, colours = form.boxes.lines, form.colours
    heading, description, carats, value = (box.x + column * box.width / COLUMNS[-1] for column in COLUMNS)
    leading = min(_LEADING, (box.height - HEADER - _FOOT) / len(facts.lines))
    size = min(9.5, leading * POINTS * 0.76)
    named = min(size, *((carats - description - 30) / _goods_width(words) for _, words in form.headings))
    y = box.y + HEADER + 0.2 - leading * 0.22
    for line in facts.lines:
        y += leading
        sheet.write(line.heading.value, heading, y, Face.FIGURES, size)
        _goods(sheet, form.goods(line.heading), form, description, y, named)
        _amount(sheet, line.carats.value, carats, y, Face.FIGURES, size)
        _amount(sheet, line.value.value, value, y, Face.FIGURES, size)
    y += leading * 0.22 + 1.2
    sheet.rule(box.x, y, box.width, 0.5, colours.ink)
    y += 4.6
    total = form.labels.total
    wide = sheet.write(total.english, heading, y, Face.STRONG, 10.5)
    if total.second not in ("", total.english):
        sheet.write(total.second, heading + wide + 1.8, y, Face.ITALIC, 7.5, colour=colours.second)
    _amount(sheet, facts.carats.value, carats, y, Face.STRONG_FIGURES, 10.5)
    _amount(sheet, facts.value.value, value, y, Face.STRONG_FIGURES, 10.5)
    sheet.rule(box.x, y + 2.3, box.width, 0.5, colours.ink)
    sheet.rule(box.x, y + 2.85, box.width, 0.2, colours.ink)
    high, low = y + 5.3, box.bottom - 2.5
    if low - high > 5:
        sheet.line(0.35, colours.hairline, (box.x, high), (box.right, high), (box.x, low), (box.right, low))


def _goods(sheet: Sheet, words: Words, form: Form, x: float, y: float, size: float) -> None:
    wide = sheet.write(words.english, x, y, Face.WORDS, size)
    if words.second:
        sheet.write(words.second, x + wide + size * 0.17, y, Face.ITALIC, size * 0.82, colour=form.colours.second)


def _goods_width(words: Words) -> float:
    """Of a heading's name in both languages, in millimetres at one point."""
    second = 0.17 + width(words.second, Face.ITALIC, 0.82) if words.second else 0.0
    return width(words.english, Face.WORDS, 1) + second


def _amount(sheet: Sheet, value: Decimal, right: float, y: float, face: Face, size: float) -> None:
    sheet.write(amount(value), right, y, face, size, align=Align.RIGHT, spaces=_THIN * size)


def _codes(sheet: Sheet, codes: Codes, form: Form) -> None:
    boxes = form.boxes
    sheet.operators(qr(codes.full, boxes.full, lower_right=True))
    sheet.operators(qr(codes.compact, boxes.compact, lower_right=False))
    sheet.operators(code128(codes.barcode, boxes.barcode))
    number, check = codes.barcode[:-1], codes.barcode[-1]
    text = f"{number[:2]} {number[2:]} · {check}"
    sheet.write(text, boxes.barcode.x, boxes.barcode.y + 16, Face.FIGURES, 9, spaces=_THIN * 9, spacing=0.4)


def _preview(sheet: Sheet, form: Form, word: str) -> None:
    for box in (form.boxes.full, form.boxes.compact, form.boxes.barcode):
        edge = (box.x, box.y), (box.right, box.y), (box.right, box.bottom), (box.x, box.bottom), (box.x, box.y)
        sheet.line(0.35, form.colours.hairline, *edge)
        size, (line,) = fit(word, Face.STRONG, box.width * 0.7, ((14, 1), (9, 1), (7, 1)), field="preview")
        x, y = box.x + box.width / 2, box.y + box.height / 2 + size * 0.12
        sheet.write(line, x, y, Face.STRONG, size, colour=form.colours.mark, align=Align.CENTRE, spacing=1.0)
