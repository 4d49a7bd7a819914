"""The office's own papers, one small typographic system: a head, parts under each other over as many pages as needed.

Plex Serif for words, Mono for figures, black and grey, English with the office's language beside it. A paper is a value
(`Leaf`); `draw` measures its parts, breaks them into pages and sets them. The same leaf gives the same bytes.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, product
from typing import TypeAlias

from kpdesk.domain.papers import Drawing
from kpdesk.printing import brilliant
from kpdesk.printing.a4 import HEIGHT, POINTS, WIDTH
from kpdesk.printing.codes import qr
from kpdesk.printing.faces import Face, Rungs, fit, width
from kpdesk.printing.form import Box, Colour, Words
from kpdesk.printing.sheet import Align, Sheet

_BLACK, _GREY, _HAIR = Colour(0, 0, 0), Colour(84, 88, 96), Colour(170, 174, 180)
_LEFT, _RIGHT = 20.0, WIDTH - 20.0
_ROOM = _RIGHT - _LEFT
_FIRST, _NEXT, _LAST = 55.0, 27.0, HEIGHT - 21.0
"""Where the parts begin on the first page and on the next, and where they end."""
_CODE = Box(_RIGHT - 21.0, 17.0, 21.0, 21.0)
_GAP, _CELLS = 6.0, 3.0
"""Between pairs, and between the cells of a table."""
_VALUE: Rungs = ((10, 1), (9, 1), (8.5, 2), (8, 2), (7.5, 3), (7, 4))
_CELL: Rungs = ((9, 1), (8.5, 1), (8, 1), (7.5, 1), (8, 2), (7.5, 2), (7, 3), (6.5, 4))
_FIGURE: Rungs = ((9, 1), (8, 1), (7, 1), (6, 1), (5.2, 1))
_LABEL: Rungs = ((6, 1), (5.6, 1), (5.4, 2), (5, 3))
_SECOND: Rungs = ((6.6, 1), (6, 1), (5.6, 2), (5.2, 3))
_SPACING = 0.35
"""Points between the capitals of a caption."""
_THIN = -0.3
"""Share of the type size taken off a space between thousands."""
PRACTICE = "PRACTICE"
_NOTHING = Words("")


@dataclass(frozen=True, slots=True)
class Pair:
    """A caption and what is entered under it."""

    words: Words
    value: str
    share: float = 1.0
    face: Face = Face.STRONG


@dataclass(frozen=True, slots=True)
class Pairs:
    """Lines of pairs, a hairline under each line."""

    lines: tuple[tuple[Pair, ...], ...]


@dataclass(frozen=True, slots=True)
class Column:
    words: Words
    share: float
    figures: bool = False
    """Aligned to the end, in the fixed-width face."""
    mono: bool = False
    """Numbers of things, aligned to the beginning."""


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under columns; the head stands again on every page, the sums once at the end."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]
    sums: tuple[str, ...] = ()
    caption: Words = _NOTHING


@dataclass(frozen=True, slots=True)
class Prose:
    words: Words


@dataclass(frozen=True, slots=True)
class Signatures:
    """A line to sign on for each, two beside each other, never parted by a page's end."""

    places: tuple[tuple[Words, str], ...]
    """(In what capacity, the name in print or nothing)."""


Part: TypeAlias = Pairs | Table | Prose | Signatures | Drawing


@dataclass(frozen=True, slots=True, kw_only=True)
class Leaf:
    """A paper of the office."""

    title: Words
    number: str
    code: str
    """What its QR code says: the number of what it is about."""
    office: str
    authority: str
    parts: tuple[Part, ...]
    copies: tuple[Words, ...] = (_NOTHING,)
    """Whom each copy is for; all are pages of the one file."""
    copy_words: Words = _NOTHING
    practice: bool = False


@dataclass(frozen=True, slots=True)
class _Block:
    """What no page's end cuts: its height in millimetres, and how to draw it from a height down."""

    height: float
    draw: Callable[[Sheet, float], None]
    head: "_Block | None" = None
    """Stands again above it where it begins a page."""
    follows: bool = False
    """Stays on the page of the block after it."""


def draw(leaf: Leaf) -> bytes:
    """The finished PDF; raises NoFontFor, and TooLongForPaper where even the smallest type cannot hold an entry."""
    signed = [isinstance(part, Signatures) for part in leaf.parts[1:]] + [False]
    blocks = [block for part, above in zip(leaf.parts, signed, strict=True) for block in _blocks(part, above=above)]
    pages = _paged(blocks)
    sheet = Sheet(title=f"{leaf.title.english} {leaf.number}", subject=leaf.authority)
    for turned, (copy, (place, page)) in enumerate(product(leaf.copies, enumerate(pages, 1))):
        if turned:
            sheet.turn()
        _ground(sheet, leaf, copy, place, len(pages))
        y = _FIRST if place == 1 else _NEXT
        for block in page:
            block.draw(sheet, y)
            y += block.height
    return sheet.pdf()


def _paged(blocks: Sequence[_Block]) -> list[list[_Block]]:
    """The blocks in pages; those that follow each other go over together."""
    pages: list[list[_Block]] = [[]]
    left = _LAST - _FIRST
    place = 0
    while place < len(blocks):
        group = [blocks[place]]
        while group[-1].follows and place + len(group) < len(blocks):
            group.append(blocks[place + len(group)])
        place += len(group)
        needed = sum(block.height for block in group)
        if needed > left and pages[-1]:
            pages.append([])
            left = _LAST - _NEXT
            if head := group[0].head:
                group.insert(0, head)
                needed += head.height
        pages[-1].extend(group)
        left -= needed
    return pages


def _blocks(part: Part, *, above: bool) -> Iterator[_Block]:
    """`above`: signatures come next, and a page must not begin with them."""
    match part:
        case Pairs():
            for place, line in enumerate(part.lines):
                yield _pairs(line, last=place == len(part.lines) - 1)
        case Table():
            yield from _table(part)
        case Prose():
            yield _prose(part.words, follows=above)
        case Drawing():
            high = _ROOM * part.high / part.wide
            yield _Block(high + 6.0, lambda sheet, y: sheet.picture(part, Box(_LEFT, y + 4.0, _ROOM, high)))
        case Signatures():
            for place in range(0, len(part.places), 2):
                yield _signatures(part.places[place : place + 2], follows=place + 2 < len(part.places))


# The page


def _ground(sheet: Sheet, leaf: Leaf, copy: Words, page: int, pages: int) -> None:
    """What stands on a page whatever it holds."""
    if leaf.practice:
        sheet.across(PRACTICE, WIDTH / 2, HEIGHT * 0.56, 92, turn=50, colour=Colour(150, 154, 160))
    if page == 1:
        _masthead(sheet, leaf)
    else:
        sheet.write(leaf.title.english, _LEFT, 19, Face.STRONG, 9.5)
        sheet.write(leaf.number, _RIGHT, 19, Face.FIGURES, 9, align=Align.RIGHT)
        sheet.rule(_LEFT, 21.5, _ROOM, 0.6, _BLACK)
    foot = HEIGHT - 12.5
    sheet.rule(_LEFT, foot - 3.6, _ROOM, 0.3, _HAIR)
    counted = f"{page} / {pages}"
    sheet.write(counted, _RIGHT, foot, Face.FIGURES, 7.5, align=Align.RIGHT)
    left = "  ·  ".join(part for part in (leaf.number, _both(leaf.copy_words, copy)) if part)
    sheet.write(left, _LEFT, foot, Face.WORDS, 7.5)


def _both(words: Words, copy: Words) -> str:
    """`Copy for the exporter / Exemplaire pour l’exportateur`."""
    if not copy.english:
        return ""
    second = f" / {words.second} {copy.second}" if words.second and copy.second else ""
    return f"{words.english} {copy.english}{second}"


def _masthead(sheet: Sheet, leaf: Leaf) -> None:
    x, y, radius = _LEFT + 6.0, 22.5, 6.0
    unit = POINTS / 100
    eighth = brilliant.eighth(radius * 100)
    turned = (f"q {cos} {sin} {-sin} {cos} 0 0 cm\n{eighth}\nQ" for cos, sin in ((1, 0), (0, 1), (-1, 0), (0, -1)))
    half = 0.70710678
    between = (
        f"q {a * half} {b * half} {-b * half} {a * half} 0 0 cm\n{eighth}\nQ"
        for a, b in ((1, 1), (-1, 1), (-1, -1), (1, -1))
    )
    centre = f"{x * POINTS:.3f} {(HEIGHT - y) * POINTS:.3f}"
    sheet.operators("\n".join((f"q {unit:.8f} 0 0 {unit:.8f} {centre} cm 5 w 0.25 G", *turned, *between, "Q")))
    room = _CODE.x - _LEFT - 22
    size, lines = fit(
        leaf.authority.upper(), Face.WORDS, room * 0.92, ((6.8, 1), (6.2, 1), (5.6, 2)), field="authority"
    )
    top = 20.6 - (len(lines) - 1) * 2.6
    for number, line in enumerate(lines):
        sheet.write(line, _LEFT + 16, top + number * 2.6, Face.WORDS, size, colour=_GREY, spacing=0.5)
    size, lines = fit(leaf.office, Face.STRONG, room, ((12, 1), (11, 1), (10, 1), (9, 2)), field="office")
    for number, line in enumerate(lines):
        sheet.write(line, _LEFT + 16, 26.2 + number * 4.2, Face.STRONG, size)
    sheet.operators(qr(leaf.code, _CODE, lower_right=True))
    room = _CODE.x - _LEFT - 8
    size, (line,) = fit(leaf.title.english, Face.STRONG, room, ((22, 1), (19, 1), (16, 1), (13, 1)), field="title")
    sheet.write(line, _LEFT, 42, Face.STRONG, size)
    if leaf.title.second:
        size, (line,) = fit(leaf.title.second, Face.ITALIC, room, ((11.5, 1), (10, 1), (8.5, 1)), field="title")
        sheet.write(line, _LEFT, 47.4, Face.ITALIC, size, colour=_GREY)
    size, (line,) = fit(leaf.number, Face.STRONG_FIGURES, 48, ((10.5, 1), (9.5, 1), (8, 1), (7, 1)), field="number")
    sheet.write(line, _RIGHT, 47.4, Face.STRONG_FIGURES, size, align=Align.RIGHT)
    sheet.rule(_LEFT, 50.6, _ROOM, 1.0, _BLACK)
    sheet.rule(_LEFT, 51.4, _ROOM, 0.25, _BLACK)


# Its parts


_Put: TypeAlias = Callable[[Sheet, float, float, Align], None]
"""Draws a caption: its edge, its first baseline, and to which side of the edge."""


def _caption(words: Words, room: float, *, stacked: bool = False) -> tuple[float, _Put]:
    """The height of a caption in both languages, and what draws it; `stacked`: always one below the other."""
    upper = words.english.upper()
    size, lines = fit(upper, Face.WORDS, room * 0.86, _LABEL, field=words.english)
    small, below = fit(words.second, Face.ITALIC, room, _SECOND, field=words.second) if words.second else (0.0, [])
    wide = width(upper, Face.WORDS, size, spacing=_SPACING) + 1.6
    beside = not stacked and len(lines) == len(below) == 1 and wide + width(words.second, Face.ITALIC, small) <= room

    def put(sheet: Sheet, x: float, y: float, align: Align) -> None:
        for place, line in enumerate(lines):
            sheet.write(line, x, y + 2.5 * place, Face.WORDS, size, spacing=_SPACING, align=align)
        for place, line in enumerate(below, 0 if beside else len(lines)):
            across = x + wide if beside else x
            sheet.write(line, across, y + 2.5 * place, Face.ITALIC, small, colour=_GREY, align=align)

    return 2.5 * (len(lines) + (0 if beside else len(below))), put


def _pairs(line: tuple[Pair, ...], *, last: bool) -> _Block:
    whole = sum(pair.share for pair in line)
    free = _ROOM - _GAP * (len(line) - 1)
    entered: list[tuple[float, _Put, float, list[str], Face]] = []
    x, captions, highest = _LEFT, 0.0, 0.0
    for pair in line:
        room = free * pair.share / whole
        height, put = _caption(pair.words, room)
        size, lines = fit(pair.value or "–", pair.face, room, _VALUE, field=pair.words.english)
        captions, highest = max(captions, height), max(highest, len(lines) * size * 1.18 / POINTS)
        entered.append((x, put, size, lines, pair.face))
        x += room + _GAP
    height = 3.6 + captions + highest + 1.9

    def draw_pairs(sheet: Sheet, y: float) -> None:
        for x, put, size, lines, face in entered:
            put(sheet, x, y + 4.4, Align.LEFT)
            base = y + 3.4 + captions
            for place, line in enumerate(lines):
                sheet.write(line, x, base + (place + 0.86) * size * 1.18 / POINTS, face, size)
        sheet.rule(_LEFT, y + height, _ROOM, 0.7 if last else 0.3, _BLACK if last else _HAIR)

    return _Block(height, draw_pairs)


def _places(columns: tuple[Column, ...]) -> list[tuple[float, float]]:
    """(left edge, width) of each column."""
    free = _ROOM - _CELLS * (len(columns) - 1)
    whole = sum(column.share for column in columns)
    widths = [free * column.share / whole for column in columns]
    starts = accumulate([_LEFT, *(wide + _CELLS for wide in widths[:-1])])
    return list(zip(starts, widths, strict=True))


def _table(table: Table) -> Iterator[_Block]:
    head = _head(table)
    rows = [_row(table.columns, row) for row in table.rows]
    sums = [_row(table.columns, table.sums, strong=True)] if table.sums else []
    if not rows and not sums:
        yield head
        return
    yield _Block(head.height, head.draw, follows=True)
    last = len(rows) - 1
    for place, row in enumerate(rows):
        # The first row is kept with the head above it, the last with the sums: neither stands alone on a page.
        yield _Block(row.height, row.draw, head=head if place else None, follows=place == last and bool(sums))
    for row in sums:
        yield _Block(row.height, row.draw, head=head)


def _head(table: Table) -> _Block:
    above = 7.0 if table.caption.english else 2.0
    captions = [
        (x, wide, column, *_caption(column.words, wide, stacked=True))
        for column, (x, wide) in zip(table.columns, _places(table.columns), strict=True)
    ]
    highest = max(height for _, _, _, height, _ in captions)

    def draw_head(sheet: Sheet, y: float) -> None:
        if table.caption.english:
            wide = sheet.write(table.caption.english, _LEFT, y + 5.6, Face.STRONG, 10)
            sheet.write(table.caption.second, _LEFT + wide + 2, y + 5.6, Face.ITALIC, 8.5, colour=_GREY)
        for x, wide, column, height, put in captions:
            align = Align.RIGHT if column.figures else Align.LEFT
            # Captions of a head stand on its rule.
            put(sheet, x + wide if column.figures else x, y + above + 3.4 + highest - height, align)
        sheet.rule(_LEFT, y + above + highest + 2.6, _ROOM, 0.7, _BLACK)

    return _Block(above + highest + 2.8, draw_head)


def _row(columns: tuple[Column, ...], cells: tuple[str, ...], *, strong: bool = False) -> _Block:
    fitted = []
    for column, (x, wide), cell in zip(columns, _places(columns), cells, strict=True):
        face = Face.STRONG if strong else Face.WORDS
        if column.figures or (column.mono and not strong):
            face = Face.STRONG_FIGURES if strong else Face.FIGURES
        rungs = _FIGURE if column.figures else _CELL
        size, lines = fit(cell, face, wide, rungs, field=column.words.english)
        fitted.append((x + wide if column.figures else x, face, size, lines, column.figures))
    height = max(len(lines) * size * 1.18 / POINTS for _, _, size, lines, _ in fitted) + 2.6

    def draw_row(sheet: Sheet, y: float) -> None:
        for x, face, size, lines, figures in fitted:
            spaces = _THIN * size if figures else 0.0
            align = Align.RIGHT if figures else Align.LEFT
            for place, line in enumerate(lines):
                base = y + 1.2 + (place + 0.86) * size * 1.18 / POINTS
                sheet.write(line, x, base, face, size, align=align, spaces=spaces)
        if strong:
            sheet.rule(_LEFT, y, _ROOM, 0.7, _BLACK)
            sheet.rule(_LEFT, y + height, _ROOM, 0.7, _BLACK)
            sheet.rule(_LEFT, y + height + 0.6, _ROOM, 0.25, _BLACK)
        else:
            sheet.rule(_LEFT, y + height, _ROOM, 0.25, _HAIR)

    return _Block(height + (1.0 if strong else 0.0), draw_row)


def _prose(words: Words, *, follows: bool) -> _Block:
    size, lines = fit(words.english, Face.WORDS, _ROOM, ((9, 12),), field="text")
    second = fit(words.second, Face.ITALIC, _ROOM, ((8, 12),), field="text")[1] if words.second else []

    def draw_prose(sheet: Sheet, y: float) -> None:
        y += 3.0
        for line in lines:
            y += 4.1
            sheet.write(line, _LEFT, y, Face.WORDS, size)
        for line in second:
            y += 3.7
            sheet.write(line, _LEFT, y, Face.ITALIC, 8, colour=_GREY)

    return _Block(3.0 + 4.1 * len(lines) + 3.7 * len(second) + 2.0, draw_prose, follows=follows)


def _signatures(places: tuple[tuple[Words, str], ...], *, follows: bool) -> _Block:
    room = (_ROOM - 14.0) / 2
    fitted = [
        (_LEFT + place * (room + 14.0), *_caption(words, room), fit(name, Face.WORDS, room, _VALUE, field="name"))
        for place, (words, name) in enumerate(places)
    ]
    captions = max(height for _, height, _, _ in fitted)
    names = max(len(lines) * 4.2 for _, _, _, (_, lines) in fitted)

    def draw_signatures(sheet: Sheet, y: float) -> None:
        for x, _, put, (size, lines) in fitted:
            sheet.rule(x, y + 17, room, 0.5, _BLACK)
            put(sheet, x, y + 20.2, Align.LEFT)
            for place, line in enumerate(lines):
                sheet.write(line, x, y + 21.6 + captions + place * 4.2, Face.WORDS, size)

    return _Block(21.0 + captions + names, draw_signatures, follows=follows)
