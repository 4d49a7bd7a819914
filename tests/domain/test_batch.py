"""Headers of batches and receipts: one text each, and nothing unknown slips by."""

import json
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpdesk.domain import batch, receipt
from kpdesk.domain.batch import BatchFile, BatchHeader, Correction, HeaderDamaged, Link, NotAnOffice, Place, Totals
from kpdesk.domain.history import Head
from kpdesk.domain.measures import Carats, Money
from kpdesk.domain.receipt import Receipt, Remark, Result
from kpdesk.domain.records import canonical
from kpdesk.exchange import lines

HEADER = BatchHeader(
    office="ZZ-MAIN",
    place=Place(1, 123),
    previous=Link(Place(1, 122), "ab" * 32),
    created=datetime(2026, 11, 22, 7, 14, 3, tzinfo=UTC),
    first_entry=48_001,
    version="1.0.0",
    origin="kpdesk/ZZ-MAIN/0193",
    history=Head(48_519, "cd" * 32),
    officer="u07",
    files=(BatchFile("data/parcels.ndjson", "parcel/1", 3600, "ef" * 32),),
    totals=Totals(parcels=3600, carats=Carats.of("18234.55"), value=Money.of("4120933.10"), issued=300, void=2),
    corrects=(Correction(Place(1, 120), "KPB-412"),),
)
RECEIPT = Receipt(
    office="ZZ-MAIN",
    number=57,
    previous="12" * 32,
    batch=Link(Place(1, 123), "34" * 32),
    result=Result.ACCEPTED_WITH_REMARKS,
    remarks=(Remark("KPB-412", "data/parcels.ndjson#118", "P-2026-000118", 2),),
    received=datetime(2026, 11, 23, 7, 0, 0, tzinfo=UTC),
    last=Link(Place(1, 123), "34" * 32),
    history=Head(48_519, "cd" * 32),
    missing=(),
    officers=("u11",),
)


def test_header_there_and_back() -> None:
    assert batch.read_batch_header(HEADER.text().encode()) == HEADER
    first = replace(HEADER, place=Place(1, 1), previous=None, first_entry=1)
    assert batch.read_batch_header(first.text().encode()) == first
    assert "previous" not in json.loads(first.text())


def test_receipt_there_and_back() -> None:
    assert receipt.read_receipt(RECEIPT.text().encode()) == RECEIPT
    first = replace(RECEIPT, number=1, previous=None, last=None, history=Head())
    assert receipt.read_receipt(first.text().encode()) == first


@pytest.mark.parametrize(("text", "schema"), [(HEADER.text(), "batch_header/1"), (RECEIPT.text(), "receipt_header/1")])
def test_headers_fit_their_published_schemas(text: str, schema: str) -> None:
    assert lines.validate([json.loads(text)], schema) == ()


def test_file_names() -> None:
    assert HEADER.file_name == "kpdesk-ZZ-MAIN-e01-000123.asice"
    assert RECEIPT.file_name == "kpdesk-ZZ-MAIN-receipt-000057.asice"
    for name in (HEADER.file_name, HEADER.file_name + ".p7m"):
        assert batch.read_file_name(name) == ("ZZ-MAIN", Place(1, 123))
    for odd in (
        "kpdesk-ZZ-MAIN-e1-000123.asice",
        "kpdesk-ZZ-MAIN-e001-000123.asice",
        "kpdesk-ZZ-MAIN-e00-000001.asice",
    ):
        assert batch.read_file_name(odd) is None


@pytest.mark.parametrize("code", ["", "ZZ", "zz-main", "ZZ-M", "ZZ-MAINOFFICE", "ZZ-MAIN\n", "../ZZ-MAIN", None])
def test_odd_office(code: str) -> None:
    with pytest.raises(NotAnOffice):
        replace(HEADER, office=code)


@pytest.mark.parametrize(
    "change",
    [
        {"previous": None},
        {"place": Place(1, 1)},
        {"created": datetime(2026, 11, 22)},  # noqa: DTZ001
        {"created": datetime(2026, 11, 22, microsecond=5, tzinfo=UTC)},
        {"first_entry": 48_521},
        {"first_entry": 0},
        {"history": Head(48_519, "CD" * 32)},
        {"officer": ""},
        {"version": "x" * 201},
        {"files": (BatchFile("a", "a/1", 200_000, "ef" * 32), BatchFile("b", "b/1", 50_001, "ef" * 32))},
    ],
)
def test_headers_that_cannot_be(change: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=r"\w"):
        replace(HEADER, **change)


@pytest.mark.parametrize(
    "change",
    [
        {"number": 1},
        {"previous": None},
        {"previous": "x"},
        {"missing": (0,)},
        {"officers": ("",)},
        {"received": datetime(2026, 11, 22)},  # noqa: DTZ001
    ],
)
def test_receipts_that_cannot_be(change: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=r"\w"):
        replace(RECEIPT, **change)


def test_counts_are_whole_numbers() -> None:
    for odd in (True, 1.0, "1", -1, 0):
        with pytest.raises(ValueError, match="whole"):
            Place(1, odd)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "change",
    [
        {"format": "kpdesk-batch/2"},
        {"more": 1},
        {"epoch": True},
        {"sequence": "123"},
        {"created_at": "2026-11-22T09:14:03+02:00"},
        {"created_at": "yesterday"},
        {"files": {}},
        {"files": [1]},
        {"files": [{"path": "a"}]},
        {"totals": {}},
        {"software": {"name": "other", "version": "1.0.0"}},
        {"history": []},
        {"office": "nowhere"},
        {"previous": {"epoch": 1, "sequence": 122, "sha256": "x"}},
    ],
)
def test_foreign_headers(change: dict[str, object]) -> None:
    odd = canonical({**json.loads(HEADER.text()), **change})
    with pytest.raises(HeaderDamaged):
        batch.read_batch_header(odd.encode())


def test_totals_that_are_no_amounts() -> None:
    record = json.loads(HEADER.text())
    for odd in ("1.005", "NaN", "-1.00", "1e3", "1.5", "١.00", ""):
        record["totals"]["carats"] = odd
        with pytest.raises(HeaderDamaged):
            batch.read_batch_header(canonical(record).encode())


@given(st.data())
def test_mutated_headers_raise_troubles_only(data: st.DataObject) -> None:
    header = data.draw(st.sampled_from([HEADER, RECEIPT]))
    good = header.text().encode()
    place = data.draw(st.integers(0, len(good) - 1))
    odd = good[:place] + data.draw(st.binary(max_size=3)) + good[place + data.draw(st.integers(0, 3)) :]
    try:
        read = batch.read_batch_header(odd) if header is HEADER else receipt.read_receipt(odd)
        assert read.text().encode() == odd
    except HeaderDamaged:
        pass
