"""Tables from outside (CSV, XLSX) as plain texts by column: price books, vouchers, the mining cadastre, watch lists.

Every limit is held before anything is laid out in memory, no formula is taken or run, and what is wrong is named by its
line and column. A workbook is unpacked here, counted, and only then shown to the library that reads its values.
"""

import csv
import re
import unicodedata
import zipfile
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from io import BytesIO, StringIO
from xml.parsers import expat

from kpdesk.domain.outcomes import Trouble

MOST_ROWS = 20_000
MOST_BYTES = 16 * 1024 * 1024
MOST_UNPACKED = 64 * 1024 * 1024
MOST_CELLS = 2_000_000
_MOST_PARTS = 1_000
_SEPARATORS = ";,\t|"
_MARKS = {b"\xef\xbb\xbf": "utf-8-sig", b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}
_PLACE = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")
_NO_FORMULA = re.compile(r"[+-]?[\d\s.,()/'’–-]*")
"""What may follow a leading + or -: a number, a telephone, a dash."""


@dataclass(eq=False)
class TableEmpty(Trouble):
    """No bytes, or no line below the columns' names."""

    file: str


@dataclass(eq=False)
class NotATable(Trouble):
    """Neither text in lines nor an XLSX workbook, or one that is damaged or locked."""

    file: str


@dataclass(eq=False)
class TableTooLarge(Trouble):
    """More bytes, rows or cells than are read."""

    file: str
    most: int
    of: str
    """`bytes`, `rows` or `cells`."""


@dataclass(eq=False)
class ColumnsMissing(Trouble):
    """Columns that must be there are not."""

    file: str
    columns: str
    found: str


@dataclass(eq=False)
class ColumnTwice(Trouble):
    """Two columns of one name: nobody knows which counts."""

    file: str
    column: str


@dataclass(eq=False)
class RowRagged(Trouble):
    """A row of more or fewer cells than there are columns."""

    file: str
    line: int
    found: int
    columns: int


@dataclass(eq=False)
class RowBroken(Trouble):
    """A row whose quotation marks do not close, or with a cell longer than any text."""

    file: str
    line: int


@dataclass(eq=False)
class FormulaInCell(Trouble):
    """A cell that a spreadsheet would compute: it could say something else tomorrow, or do harm where it is opened."""

    file: str
    line: int
    column: str


@dataclass(frozen=True, slots=True)
class Row:
    """One row, with the line of the file that it begins on."""

    line: int
    cells: Mapping[str, str]
    """By the names that were asked for; empty where the file has no such column."""


@dataclass(frozen=True, slots=True)
class Table:
    """What was read, and how, for people to look at before they rely on it."""

    rows: tuple[Row, ...]
    writing: str
    """`XLSX`, or the encoding that was recognised: `UTF-8`, `UTF-16`, `Windows-1252`, `Windows-1251`."""
    ignored: tuple[str, ...]
    """Columns of the file that nobody asked for."""


def read_table(
    content: bytes, *, name: str, columns: Mapping[str, bool], most_rows: int = MOST_ROWS
) -> tuple[Mapping[str, str], ...]:
    """The rows of a CSV file or of the first sheet of a workbook, by column; see `table_of`."""
    return tuple(row.cells for row in table_of(content, name=name, columns=columns, most_rows=most_rows).rows)


def table_of(content: bytes, *, name: str, columns: Mapping[str, bool], most_rows: int = MOST_ROWS) -> Table:
    """The table in the file `name`; `columns` are those asked for, and whether each must be there.

    Column names are compared without case and outer blanks. Cells come without outer or doubled blanks; dates as
    `2026-03-01`, numbers without separators or exponents. Empty rows are left out.

    Raises TableEmpty, NotATable, TableTooLarge, ColumnsMissing, ColumnTwice, RowRagged, RowBroken, FormulaInCell.
    """
    if len(content) > MOST_BYTES:
        raise TableTooLarge(name, MOST_BYTES, "bytes")
    if not content.strip():
        raise TableEmpty(name)
    if content.startswith(b"PK"):
        return _table(_sheet(content, name), name, columns, most_rows, "XLSX")
    text, writing = _text(content, name)
    return _table(_lines(text, name, columns), name, columns, most_rows, writing)


def _table(
    rows: Iterator[tuple[int, Sequence[str]]], name: str, columns: Mapping[str, bool], most_rows: int, writing: str
) -> Table:
    filled = ((line, cells) for line, cells in rows if any(cells))
    _, heads = next(filled, (0, ()))
    places = _places(heads, name, columns)
    width = max((place + 1 for place, head in enumerate(heads) if head), default=0)
    found: list[Row] = []
    for line, cells in filled:
        if len(found) == most_rows:
            raise TableTooLarge(name, most_rows, "rows")
        if len(cells) < width or any(cells[width:]):
            raise RowRagged(name, line, len(cells), width)
        for head, cell in zip(heads, cells, strict=False):
            if cell[:1] in ("=", "@") or (cell[:1] in ("+", "-") and not _NO_FORMULA.fullmatch(cell)):
                raise FormulaInCell(name, line, head)
        found.append(Row(line, {each: cells[places[each]] if each in places else "" for each in columns}))
    if not found:
        raise TableEmpty(name)
    known = set(places.values())
    return Table(tuple(found), writing, tuple(head for at, head in enumerate(heads) if head and at not in known))


def _places(heads: Sequence[str], name: str, columns: Mapping[str, bool]) -> dict[str, int]:
    """Where each column lies that was asked for and is there."""
    folded = [head.casefold() for head in heads]
    wanted = {each.strip().casefold(): each for each in columns}
    twice = next((each for key, each in wanted.items() if folded.count(key) > 1), None)
    if twice:
        raise ColumnTwice(name, twice)
    missing = [each for key, each in wanted.items() if columns[each] and key not in folded]
    if missing:
        raise ColumnsMissing(name, ", ".join(missing), ", ".join(filter(None, heads))[:200])
    return {each: folded.index(key) for key, each in wanted.items() if key in folded}


def _clean(text: str, name: str) -> str:
    """One cell as it is kept: one line, composed, without blanks around it."""
    cell = unicodedata.normalize("NFC", " ".join(text.split()))
    if any(unicodedata.category(sign) in ("Cc", "Cs", "Cn") for sign in cell):
        raise NotATable(name)
    return cell


def _text(content: bytes, name: str) -> tuple[str, str]:
    """The text and the encoding it is in: by its mark, as UTF-8 where it is that, else by how its letters lie."""
    marked = next((each for mark, each in _MARKS.items() if content.startswith(mark)), None)
    if marked is None and b"\0" in content:
        raise NotATable(name)
    try:
        if marked:
            return content.decode(marked), "UTF-16" if marked == "utf-16" else "UTF-8"
        try:
            return content.decode(), "UTF-8"
        except UnicodeDecodeError:
            # Cyrillic words are letters above 127 throughout; accents of Western words stand alone.
            high = re.findall(rb"[\x80-\xff]+", content)
            cyrillic = 2 * sum(len(run) for run in high if len(run) > 1) > sum(map(len, high))
            return content.decode("cp1251" if cyrillic else "cp1252"), "Windows-1251" if cyrillic else "Windows-1252"
    except UnicodeDecodeError as problem:
        raise NotATable(name) from problem


def _lines(text: str, name: str, columns: Mapping[str, bool]) -> Iterator[tuple[int, Sequence[str]]]:
    """The rows of a CSV text, each with the line that it begins on."""
    told = re.match(r"sep=(.)\r?\n", text)  # a spreadsheet's own first line
    skipped = 1 if told else 0
    text = text[told.end() :] if told else text
    separator = told[1] if told else _separator(text, columns)
    try:
        reader = csv.reader(StringIO(text, newline=""), delimiter=separator, strict=True)
    except (TypeError, ValueError) as problem:
        raise NotATable(name) from problem
    while True:
        begins = reader.line_num + 1 + skipped
        try:
            cells = next(reader, None)
        except csv.Error as problem:
            raise RowBroken(name, begins) from problem
        if cells is None:
            return
        yield begins, [_clean(cell, name) for cell in cells]


def _separator(text: str, columns: Mapping[str, bool]) -> str:
    """The sign under which the first line names the most of the columns."""
    first = next((line for line in text.splitlines() if line.strip(_SEPARATORS + '" \t')), "")
    wanted = {each.strip().casefold() for each in columns}

    def known(separator: str) -> tuple[int, int]:
        heads = [head.strip().strip('"').strip().casefold() for head in first.split(separator)]
        return len(wanted.intersection(heads)), len(heads)

    return max(_SEPARATORS, key=known)


def _sheet(content: bytes, name: str) -> Iterator[tuple[int, Sequence[str]]]:
    """The rows of the first visible sheet of a workbook."""
    from python_calamine import CalamineError, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

    counted = _counted(content, name)
    try:
        book = CalamineWorkbook.from_filelike(counted)
        sheets = [
            each.name
            for each in book.sheets_metadata
            if each.typ == SheetTypeEnum.WorkSheet and each.visible == SheetVisibleEnum.Visible
        ]
        if not sheets:
            raise TableEmpty(name)
        rows = book.get_sheet_by_name(sheets[0]).to_python(skip_empty_area=False)
    except (CalamineError, OSError, ValueError) as problem:
        raise NotATable(name) from problem
    return ((line, [_clean(_plain(cell), name) for cell in cells]) for line, cells in enumerate(rows, 1))


def _counted(content: bytes, name: str) -> BytesIO:
    """The workbook's XML parts, unpacked within the limits and laid into a plain archive for the reader of values.

    What a part says of its own size is not believed, and no sheet may reach further than the cells that are read: the
    reader lays out a sheet to its last corner.
    """
    counted, left = BytesIO(), MOST_UNPACKED
    try:
        with zipfile.ZipFile(BytesIO(content)) as packed, zipfile.ZipFile(counted, "w") as plain:
            parts = packed.infolist()
            if len(parts) > _MOST_PARTS or len({part.filename for part in parts}) < len(parts):
                raise NotATable(name)
            for part in parts:
                with packed.open(part) as stream:
                    xml = stream.read(left + 1)
                left -= len(xml)
                if left < 0:
                    raise TableTooLarge(name, MOST_UNPACKED, "bytes")
                if _is_sound_xml(xml, name):
                    plain.writestr(zipfile.ZipInfo(part.filename), xml)
    except (
        zipfile.BadZipFile,
        zlib.error,
        NotImplementedError,
        RuntimeError,
        OSError,
        EOFError,
        ValueError,
    ) as problem:
        raise NotATable(name) from problem
    counted.seek(0)
    return counted


def _is_sound_xml(xml: bytes, name: str) -> bool:
    """Whether the part is XML without definitions of its own; raises TableTooLarge where its cells reach too far."""
    row = column = width = height = 0

    def started(tag: str, attributes: dict[str, str]) -> None:
        nonlocal row, column, width, height
        local = tag.rpartition(":")[2]
        if local == "row":
            row, column = _place("A" + attributes["r"])[1] if "r" in attributes else row + 1, 0
        elif local == "c":
            column, row = _place(attributes["r"]) if "r" in attributes else (column + 1, row)
        elif local == "dimension":
            column, row = _place(attributes.get("ref", "A1").rpartition(":")[2])
        width, height = max(width, column), max(height, row)
        if width * height > MOST_CELLS:
            raise TableTooLarge(name, MOST_CELLS, "cells")

    def defined(*_told: object) -> None:
        raise NotATable(name)

    parser = expat.ParserCreate()
    parser.StartElementHandler = started
    parser.StartDoctypeDeclHandler = defined
    try:
        parser.Parse(xml, True)
    except expat.ExpatError:
        return False
    return True


def _place(reference: str) -> tuple[int, int]:
    """Column and row of `B12`; raises ValueError where it is no place."""
    found = _PLACE.fullmatch(reference)
    if not found:
        raise ValueError(reference)
    column = 0
    for letter in found[1]:
        column = 26 * column + ord(letter) - 64
    return column, int(found[2])


def _plain(cell: object) -> str:
    """A value of a sheet as text: no exponents, and no digits that a spreadsheet would not show (15)."""
    match cell:
        case bool():
            return "TRUE" if cell else "FALSE"
        case int():
            return str(cell)
        case float():
            text = f"{Decimal(f'{cell:.15g}'):f}" if abs(cell) < 1e15 else f"{cell:.0f}"
            return text.rstrip("0").rstrip(".") if "." in text else text
        case datetime():
            return cell.date().isoformat() if cell.time() == time() else cell.isoformat(" ", "minutes")
        case date():
            return cell.isoformat()
        case time():
            return cell.isoformat("minutes")
    return str(cell)
