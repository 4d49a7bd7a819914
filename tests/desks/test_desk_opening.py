"""Opening the books: what an office has on its first day, all of its lines or none."""

from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kpdesk.desks import ending, exporting, inspector, issuing, opening, sheets
from kpdesk.desks.opening import COLUMNS, OpeningUnreadable
from kpdesk.domain.inspection import AlreadyReceived, Outcome
from kpdesk.domain.issuance import State
from kpdesk.domain.outcomes import Outcome as AnyOutcome
from kpdesk.domain.stock import AlreadyInStock
from kpdesk.practice import INSPECTOR, PREPARER, SUPERVISOR, SUPERVISOR_2
from tests.desks.practice_books import TODAY, Books, arrival, coded, incoming

At = Callable[[str], Books]
HEAD = ",".join(COLUMNS)
GOOD = """\
blank,ZZ2025000001,,security,,,,,,,
blank,zz 2025-000002,,plain,,,,,,,
bag,TB900001,,,,,,,,,
seal,TS900001,,,,,,,,,
received,XZ2025000007,2025-12-01,Harbour office,,,,,,,
received,XZ2025000008,2025-12-02,,,,,,,,
unconfirmed,ZZ2025000099,2026-11-02,,XZ,"Old Exports, Ltd",Old Imports,7102.10,AO ZZ,"12,50",1250.00
pool,POOL-1,,,,,,,AO,100.00,
pool,POOL-1,,,,,,,ZZ,1 000.00,
"""


def open_books(books: Books, lines: str, head: str = HEAD) -> int:
    return opening.open_books(books[SUPERVISOR], books[SUPERVISOR_2], text=f"{head}\n{lines}")


def test_everything_an_office_has_on_its_first_day(at: At) -> None:
    books = at("ready")
    assert open_books(books, GOOD) == 9
    stock = books.sql("SELECT number, state, paper FROM stock WHERE number LIKE '%9000%' OR number LIKE 'ZZ2025%'")
    assert sorted(stock, key=str) == [
        ("TB900001", "in_safe", None),
        ("TS900001", "in_safe", None),
        ("ZZ2025000001", "in_safe", "security"),
        ("ZZ2025000002", "in_safe", "plain"),
    ]
    received = books.sql('SELECT number, "where" FROM received_numbers ORDER BY number')
    assert received == [("XZ2025000007", "Harbour office"), ("XZ2025000008", "Practice Diamond Office ZZ")]
    assert books.sql("SELECT origin, brought FROM pools ORDER BY origin") == [("AO", 100_000), ("ZZ", 1_000_000)]
    (old,) = issuing.certificates(books[PREPARER])
    assert (old.state, old.facts.origins, str(old.facts.carats)) == (State.EXPORTED, ("AO", "ZZ"), "12.50")
    assert old.facts.exporter.name == "Old Exports, Ltd"
    # It is here to be confirmed, and counts in no quarter of ours.
    assert books.sql("SELECT count(*) FROM certificate_lines") == [(0,)]
    assert issuing.find_certificates(books[PREPARER], "old exp") == (old,)


def test_an_old_certificate_is_confirmed_or_comes_back(at: At) -> None:
    books = at("ready")
    open_books(books, GOOD)
    assert exporting.book_confirmation(books[PREPARER], "ZZ2025000099", on=TODAY).state is State.CONFIRMED
    books = at("ready")
    open_books(books, GOOD)
    number = "ZZ2025000099"
    ended = ending.end(
        books[PREPARER], books[SUPERVISOR], number, state=State.RETURNED_UNUSED, why="came back", in_hand=number
    )
    assert ended.state is State.RETURNED_UNUSED
    with pytest.raises(AnyOutcome):
        sheets.facts_of_sheet(books[PREPARER], "ZZ2025000099")


def test_a_number_received_before_these_books_is_not_received_again(at: At) -> None:
    books = at("ready")
    open_books(books, GOOD)
    facts = incoming("XZ2025000007")
    with pytest.raises(AlreadyReceived) as refusal:
        inspector.receive(
            books[INSPECTOR], scan="s", text=coded(facts), arrival=arrival(facts), outcome=Outcome.ACCEPTED
        )
    assert (refusal.value.on, refusal.value.where) == ("2025-12-01", "Harbour office")


BAD = {
    "unknown thing": "parcel,P-1,,,,,,,,,",
    "empty": ",,,,,,,,,,",
    "bad blank": "blank,12,,security,,,,,,,",
    "bad paper": "blank,ZZ2025000009,,parchment,,,,,,,",
    "no paper": "blank,ZZ2025000009,,,,,,,,,",
    "no bag number": "bag, ,,,,,,,,,",
    "bad day": "received,XZ2025000009,01.12.2025,,,,,,,,",
    "no such day": "received,XZ2025000009,2025-02-30,,,,,,,,",
    "received twice": "received,XZ2025000007,2025-12-03,,,,,,,,",
    "bad number": "received,X,2025-12-03,,,,,,,,",
    "bad heading": "unconfirmed,ZZ2025000100,2026-11-02,,XZ,A,B,7102.99,ZZ,1.00,1.00",
    "bad carats": "unconfirmed,ZZ2025000100,2026-11-02,,XZ,A,B,7102.10,ZZ,1.005,1.00",
    "bad value": "unconfirmed,ZZ2025000100,2026-11-02,,XZ,A,B,7102.10,ZZ,1.00,1.005",
    "negative": "unconfirmed,ZZ2025000100,2026-11-02,,XZ,A,B,7102.10,ZZ,-1.00,1.00",
    "certificate twice": "unconfirmed,ZZ2025000099,2026-11-02,,XZ,A,B,7102.10,ZZ,1.00,1.00",
    "pool twice": "pool,POOL-1,,,,,,,AO,1.00,",
    "pool of no origin": "pool,POOL-2,,,,,,,,1.00,",
    "pool of no carats": "pool,POOL-2,,,,,,,AO,,",
    "pool of much": f"pool,POOL-2,,,,,,,AO,{'9' * 30},",
    "too many cells": "bag,TB900009,,,,,,,,,,more",
    "quotes": 'bag,"TB900009,,,,,,,,,',
    "hidden characters": "unconfirmed,ZZ2025000100,2026-11-02,,XZ,A\x01,B,7102.10,ZZ,1.00,1.00",
    "long cell": f"bag,{'x' * 200_000},,,,,,,,,",
}


@pytest.mark.parametrize("bad", BAD)
def test_one_bad_line_and_nothing_is_taken_over(at: At, bad: str) -> None:
    books = at("ready")
    before = books.sql("SELECT (SELECT size FROM head), (SELECT count(*) FROM stock), (SELECT count(*) FROM pools)")
    with pytest.raises(OpeningUnreadable) as trouble:
        open_books(books, f"{GOOD}{BAD[bad]}\n")
    assert trouble.value.line >= 11 or bad in ("quotes", "long cell")
    after = books.sql("SELECT (SELECT size FROM head), (SELECT count(*) FROM stock), (SELECT count(*) FROM pools)")
    assert after == before


def test_stock_that_is_here_is_not_taken_over_again(at: At) -> None:
    books = at("ready")
    size = books.size()
    for line in ("bag,TB000001,,,,,,,,,", "blank,ZZ2026001377,,security,,,,,,,"):
        with pytest.raises(AlreadyInStock):
            open_books(books, line + "\n")
    assert books.size() == size


@pytest.mark.parametrize("head", ["", "what", HEAD + ",more", HEAD.upper(), '"', f"\ufeff{HEAD}"])
def test_the_columns_are_these_and_no_others(at: At, head: str) -> None:
    books = at("ready")
    with pytest.raises(OpeningUnreadable) as trouble:
        open_books(books, "", head)
    assert trouble.value.line == 1


CELLS = st.one_of(
    st.sampled_from(
        ["blank", "bag", "received", "unconfirmed", "pool", "ZZ2025000001", "2025-12-01", "1.00", "7102.10"]
    ),
    st.text(max_size=12),
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(st.lists(st.lists(CELLS, max_size=12), max_size=4))
def test_any_text_is_taken_or_refused_and_never_half(fuzzed: Books, lines: list[list[str]]) -> None:
    text = "\n".join(",".join(cells) for cells in lines)
    size = fuzzed.size()
    try:
        taken = open_books(fuzzed, text)
    except (OpeningUnreadable, AlreadyInStock):
        assert fuzzed.size() == size
    else:
        assert fuzzed.size() > size
        assert taken <= len(text.splitlines())


@pytest.fixture(scope="module")
def fuzzed(shelf):  # type: ignore[no-untyped-def]
    books = shelf.take("ready")
    yield books
    books.close()
