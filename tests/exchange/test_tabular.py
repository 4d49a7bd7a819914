"""Tables from outside: what is read, and what is refused in clear words."""

from collections.abc import Mapping
from contextlib import suppress
from datetime import date

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from kpdesk.domain.outcomes import Trouble
from kpdesk.exchange import tabular
from kpdesk.exchange.tabular import (
    ColumnsMissing,
    ColumnTwice,
    FormulaInCell,
    NotATable,
    RowBroken,
    RowRagged,
    TableEmpty,
    TableTooLarge,
    read_table,
    table_of,
)
from tests.exchange.workbooks import sheet, workbook

COLUMNS = {"name": True, "carats": True, "since": False}
ROWS = ({"name": "Practice Mine", "carats": "12.50", "since": "2026-03-01"},)
TEXT = "Name;Carats;Since\nPractice Mine;12.50;2026-03-01\n"


def read(content: bytes | str, columns: Mapping[str, bool] = COLUMNS, **more: int) -> tuple[dict[str, str], ...]:
    raw = content if isinstance(content, bytes) else content.encode()
    return tuple(map(dict, read_table(raw, name="list.csv", columns=columns, **more)))


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_every_separator_and_ending(separator: str, ending: str) -> None:
    assert read(TEXT.replace(";", separator).replace("\n", ending)) == ROWS


@pytest.mark.parametrize(
    "text", [f"sep=;\n{TEXT}", f"\n;;\n{TEXT}\n;;;\n", TEXT.replace("Name", '" NAME "'), TEXT.rstrip()]
)
def test_what_spreadsheets_add_is_no_matter(text: str) -> None:
    assert read(text) == ROWS


@pytest.mark.parametrize(
    ("encoding", "word", "said"),
    [
        ("utf-8", "Kœdu – Łódź – Алмаз", "UTF-8"),
        ("utf-8-sig", "Kœdu – Łódź – Алмаз", "UTF-8"),
        ("utf-16", "Kœdu – Łódź – Алмаз", "UTF-16"),
        ("cp1252", "Société générale à Conakry, José", "Windows-1252"),
        ("cp1251", "Алмаз, добыча «Восход»", "Windows-1251"),
    ],
)
def test_encodings_are_recognised_and_said(encoding: str, word: str, said: str) -> None:
    table = table_of(f"name;carats\n{word};1\n".encode(encoding), name="list.csv", columns=COLUMNS)
    assert table.rows[0].cells["name"] == word
    assert table.writing == said


def test_columns_nobody_asked_for_are_named_and_missing_ones_empty() -> None:
    table = table_of(b"remark,CARATS ,name\nx,1,Practice\n\ny,2,Mine\n", name="list.csv", columns=COLUMNS)
    assert table.ignored == ("remark",)
    assert [(row.line, dict(row.cells)) for row in table.rows] == [
        (2, {"name": "Practice", "carats": "1", "since": ""}),
        (4, {"name": "Mine", "carats": "2", "since": ""}),
    ]


def test_a_row_is_named_by_the_line_it_begins_on() -> None:
    table = table_of(b'name,carats\n"Practice\nMine",1\nB,2\n', name="list.csv", columns=COLUMNS)
    assert [(row.line, row.cells["name"]) for row in table.rows] == [(2, "Practice Mine"), (4, "B")]


@pytest.mark.parametrize(
    ("content", "trouble", "facts"),
    [
        (b"", TableEmpty, {}),
        (b" \r\n", TableEmpty, {}),
        (b"name,carats\n", TableEmpty, {}),
        (b"name;weight\nA;1\n", ColumnsMissing, {"columns": "carats", "found": "name, weight"}),
        (b"name;carats;Name\nA;1;B\n", ColumnTwice, {"column": "name"}),
        (b"name;carats\nA;1\nB\n", RowRagged, {"line": "3", "found": "1", "columns": "2"}),
        (b"name;carats\nA;1;2\n", RowRagged, {"line": "2", "found": "3", "columns": "2"}),
        (b'name;carats\nA;1\n"B;2\nC;3\n', RowBroken, {"line": "3"}),
        (b"name;carats\n" + b"A" * 200_000 + b";1\n", RowBroken, {"line": "2"}),
        (b"name;carats\nA;=1+1\n", FormulaInCell, {"line": "2", "column": "carats"}),
        (b"name;carats\n@SUM(A1);1\n", FormulaInCell, {"line": "2", "column": "name"}),
        (b"name;carats\n+cmd|' /C calc'!A0;1\n", FormulaInCell, {"line": "2"}),
        (b"name;carats\n-A1;1\n", FormulaInCell, {"line": "2"}),
        (b"\x89PNG\r\n\x1a\n\0\0", NotATable, {}),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), NotATable, {}),
        (b"name;carats\n\x07;1\n", NotATable, {}),
        (b"\xff\xfe\x00", NotATable, {}),
        (b"PK\x03\x04 no archive", NotATable, {}),
    ],
)
def test_what_is_refused(content: bytes, trouble: type[Trouble], facts: dict[str, str]) -> None:
    with pytest.raises(trouble) as refused:
        read(content)
    assert facts.items() <= refused.value.facts.items()


@pytest.mark.parametrize("cell", ["-5", "+5.20", "-1,234.50", "+232 76 (000) 000", "-", "– none"])
def test_numbers_telephones_and_dashes_are_no_formulas(cell: str) -> None:
    assert read(f"name;carats\nA;{cell}\n")[0]["carats"] == cell


def test_limits_of_bytes_and_rows(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(TableTooLarge):
        read("name;carats\n" + "A;1\n" * 4, most_rows=3)
    assert len(read("name;carats\n" + "A;1\n" * 3, most_rows=3)) == 3
    monkeypatch.setattr(tabular, "MOST_BYTES", 20)
    with pytest.raises(TableTooLarge):
        read(TEXT)


def test_a_workbook_gives_values_as_plain_text() -> None:
    content = workbook(
        ("Name", "Carats", "Since", "a", "b", "c", "d"),
        (" Practice  Mine", 0.1 + 0.2, date(2026, 3, 1), 1e16, 12.0, True, 1e-7),
        (),
        ("B", -5, "n/a", 7, "x", False, 123456.789),
    )
    columns = {"name": True, "carats": True, "since": False, "a": True, "b": True, "c": True, "d": True}
    table = table_of(content, name="list.xlsx", columns=columns)
    assert table.writing == "XLSX"
    assert [row.line for row in table.rows] == [2, 4]
    assert list(table.rows[0].cells.values()) == [
        "Practice Mine", "0.3", "2026-03-01", "10000000000000000", "12", "TRUE", "0.0000001",
    ]  # fmt: skip
    assert list(table.rows[1].cells.values()) == ["B", "-5", "n/a", "7", "x", "FALSE", "123456.789"]


def test_a_workbook_with_text_that_is_a_formula() -> None:
    with pytest.raises(FormulaInCell):
        read(workbook(("name", "carats"), ("=HYPERLINK(A1)", 1)))


@pytest.mark.parametrize("place", ["XFD1048576", "A9999999", "ZZZ999"])
def test_a_sheet_that_reaches_too_far_is_not_laid_out(place: str) -> None:
    far = sheet(("name", "carats"), ("A", 1)).replace('"A2"', f'"{place}"')
    with pytest.raises(TableTooLarge):
        read(workbook(xml=far))


def test_a_sheet_that_counts_on_without_saying_where() -> None:
    far = "<worksheet><sheetData><row><c/></row><row r='1000000'>" + "<c/>" * 3 + "</row></sheetData></worksheet>"
    with pytest.raises(TableTooLarge):
        read(workbook(xml=far))


def test_a_workbook_that_swells_when_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tabular, "MOST_UNPACKED", 100_000)
    with pytest.raises(TableTooLarge):
        read(workbook(("name", "carats"), ("A", 1), bomb=bytes(200_000)))


@pytest.mark.parametrize(
    "xml",
    ["<worksheet", "<!DOCTYPE w [<!ENTITY a 'aaaa'>]><worksheet>&a;</worksheet>", "<worksheet><sheetData><c r='AA'/>"],
)
def test_a_sheet_that_is_no_sheet(xml: str) -> None:
    with pytest.raises((NotATable, TableEmpty)):
        read(workbook(xml=xml))


def test_parts_named_twice_or_many() -> None:
    with pytest.raises(NotATable):
        read(workbook(("name", "carats"), ("A", 1), **{f"part{each}": b"" for each in range(1_001)}))


GOOD = workbook(("name", "carats"), ("A", 1))


@given(st.binary(max_size=300))
@example(b'name;carats\n"')
@example(b"name\x85carats\nA;1")
def test_any_bytes_are_a_table_or_a_trouble(content: bytes) -> None:
    for whole in (content, b"name;carats\n" + content):
        _table_or_trouble(whole)


@given(st.integers(0, len(GOOD) - 1), st.integers(1, 255), st.integers(0, len(GOOD)))
def test_a_damaged_workbook_is_a_table_or_a_trouble(place: int, change: int, end: int) -> None:
    altered = bytearray(GOOD)
    altered[place] ^= change
    _table_or_trouble(bytes(altered))
    _table_or_trouble(GOOD[:end])


@given(st.text("<>/ \"'=crvts1A9&;![]-", max_size=120))
def test_any_sheet_is_a_table_or_a_trouble(inner: str) -> None:
    _table_or_trouble(workbook(xml=sheet(("name", "carats"), ("A", 1)).replace("<c r=", f"{inner}<c r=", 1)))
    _table_or_trouble(workbook(xml=f"<worksheet><sheetData><row>{inner}</row></sheetData></worksheet>"))


def _table_or_trouble(content: bytes) -> None:
    with suppress(Trouble):
        assert read(content)
