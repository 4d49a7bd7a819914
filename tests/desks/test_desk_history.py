"""The history: whole after a day's work, each act once, the books are what it says, a failing act leaves nothing."""

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest

from kpdesk.desks import clerk, ending, exporting, inspector, issuing, sheets, stock, supervisor
from kpdesk.desks.auditor import verify_history
from kpdesk.desks.sheets import Sheet
from kpdesk.domain.history import Head, first_break
from kpdesk.domain.inspection import Outcome
from kpdesk.domain.issuance import State
from kpdesk.domain.outcomes import Refusal
from kpdesk.domain.stock import StockKind
from kpdesk.practice import AUDITOR, CLERK, INSPECTOR, PREPARER, SUPERVISOR, SUPERVISOR_2, bring_in
from kpdesk.store.unit import Unit
from tests.desks.practice_books import (
    BLANK,
    GOODS,
    NEXT_BLANK,
    PARCEL,
    TODAY,
    Books,
    arrival,
    coded,
    incoming,
    print_sheet,
)

At = Callable[[str], Books]


def busy(books: Books) -> Books:
    """A day with everything in it."""
    new = ending.replace(books[PREPARER], books[SUPERVISOR], BLANK, why="address", in_hand=BLANK)
    issuing.approve(books[SUPERVISOR], [new.id])
    print_sheet(books, NEXT_BLANK, new.id)
    sheets.answer(books[PREPARER], NEXT_BLANK, Sheet.SPOILED)
    supervisor.change_setting(
        books[SUPERVISOR], books[SUPERVISOR_2], name="confirmation_days", value=20, effective_from=TODAY
    )
    other = bring_in(books.office, GOODS)
    clerk.withdraw_parcel(books[CLERK], other, why="kept")
    facts = incoming()
    inspector.receive(books[INSPECTOR], scan="s", text=coded(facts), arrival=arrival(facts), outcome=Outcome.ACCEPTED)
    inspector.seize(
        books[INSPECTOR], books[SUPERVISOR], holder="", carats=facts.carats, reason="no papers", seal="TS000050"
    )
    return books


def chain(books: Books) -> list[tuple[int, str, str, str]]:
    rows = books.sql("SELECT sequence, previous, body, digest FROM history ORDER BY sequence")
    return [(int(str(row[0])), str(row[1]), str(row[2]), str(row[3])) for row in rows]


def test_the_chain_is_whole_and_the_books_are_what_it_says(at: At) -> None:
    books = busy(at("issued"))
    head, broken = first_break(chain(books), Head())
    assert broken is None
    size, digest = books.sql("SELECT size, digest FROM head")[0]
    assert (head.size, head.digest) == (size, digest)
    audit = verify_history(books[AUDITOR])
    assert audit.intact
    assert (audit.head, audit.stated) == (head, head)


def test_every_act_stands_in_it_once(at: At) -> None:
    books = at("exported")
    acts = Counter(books.acts())
    twice = {each for each, count in acts.items() if count > 1}
    # Two weighed, three gave a figure; and a handed-out blank is received first.
    assert twice == {("record_weighing", f"parcel/{PARCEL}"), ("give_figure", f"parcel/{PARCEL}")}
    steps = [act for act, subject in books.acts() if subject == "certificate/C-2026-000001"]
    assert steps == ["prepare", "approve", "bind_number", "answer", "validate", "release", "report_export"]
    life = [act for act, subject in books.acts() if subject == f"stock/blank-{BLANK}"]
    assert life == ["receive_stock", "hand_out", "load_blank", "bind_number", "spool", "answer"]


@pytest.mark.parametrize(
    ("change", "subject"),
    [
        ("UPDATE parcels SET carats = carats + 10", f"parcel/{PARCEL}"),
        ("UPDATE certificates SET carrier = 'CAR-2'", "certificate/C-2026-000001"),
        ("UPDATE stock SET state = 'in_safe' WHERE number = 'ZZ2026001377'", f"stock/blank-{BLANK}"),
        ("UPDATE officers SET roles = '{\"of\":[\"supervisor\"]}' WHERE id = 'O-0003'", "officer/O-0003"),
        ("DELETE FROM titles", "title/T-100"),
        ("UPDATE parcels SET revision = revision + 1", f"parcel/{PARCEL}"),
    ],
)
def test_what_somebody_changed_in_the_books_is_named(at: At, change: str, subject: str) -> None:
    books = at("exported")
    books.sql(change)
    audit = verify_history(books[AUDITOR])
    assert (audit.broken_at, audit.differing) == (None, (subject,))


@pytest.mark.parametrize("table", ["history", "weighings", "figures", "papers", "void_numbers", "received_numbers"])
def test_what_is_kept_for_good_is_not_even_changed_by_sql(at: At, table: str) -> None:
    books = busy(at("issued"))
    for change in (
        f"DELETE FROM {table}",
        f"UPDATE {table} SET {first_column(books, table)} = {first_column(books, table)}",
    ):
        with pytest.raises(Exception, match="kept for good"):
            books.sql(change)


def first_column(books: Books, table: str) -> str:
    return str(books.sql(f"SELECT name FROM pragma_table_info('{table}')")[0][0])


@pytest.mark.parametrize(
    ("change", "where"),
    [
        ("UPDATE history SET record = replace(record, 'EXP-0041', 'EXP-0042') WHERE sequence = :at", 0),
        ("UPDATE history SET body = replace(body, 'weigh', 'value') WHERE sequence = :at", 0),
        ("DELETE FROM history WHERE sequence = :at", 0),
        ("UPDATE history SET digest = 'ff' || substr(digest, 3) WHERE sequence = :at - 1", -1),
    ],
)
def test_a_rewritten_history_is_found_where_it_breaks(at: At, change: str, where: int) -> None:
    books = at("bagged")
    (place,) = books.sql("SELECT min(sequence) FROM history WHERE body LIKE '%record_weighing%'")[0]
    for event in ("UPDATE", "DELETE"):
        books.sql(f"DROP TRIGGER history_no_{event}")
    books.sql(change, at=place)
    audit = verify_history(books[AUDITOR])
    assert not audit.intact
    assert audit.broken_at == int(str(place)) + where


def test_the_auditor_tells_how_far_it_is(at: At) -> None:
    books = at("ready")
    numbers = [f"TX{number:06}" for number in range(1000)]
    stock.receive_stock(books[SUPERVISOR], books[SUPERVISOR_2], what=StockKind.BAG, numbers=numbers)
    told: list[tuple[int, int]] = []
    assert verify_history(books[AUDITOR], tell=lambda done, all_: told.append((done, all_))).intact
    assert told == [(1000, books.size())]


# Nothing half done

ACTS: dict[str, tuple[str, Callable[[Books], object]]] = {
    "receive_parcel": ("ready", lambda books: bring_in(books.office, GOODS)),
    "bind_number": ("approved", lambda books: print_sheet(books, BLANK)),
    "answer spoiled": ("spooled", lambda books: sheets.answer(books[PREPARER], BLANK, Sheet.SPOILED)),
    "void": (
        "issued",
        lambda books: ending.end(books[PREPARER], books[SUPERVISOR], BLANK, state=State.VOID, why="off", in_hand=BLANK),
    ),
    "replace": (
        "issued",
        lambda books: ending.replace(books[PREPARER], books[SUPERVISOR], BLANK, why="off", in_hand=BLANK),
    ),
    "receive": (
        "ready",
        lambda books: inspector.receive(
            books[INSPECTOR],
            scan="s",
            text=coded(incoming()),
            arrival=arrival(incoming()),
            outcome=Outcome.ACCEPTED,
        ),
    ),
}


class Broken(Exception):
    """The machine stops here."""


@contextmanager
def breaking(monkeypatch: pytest.MonkeyPatch, note: int) -> Iterator[None]:
    """The n-th entry into the history is written, and then nothing more."""
    count = 0
    real = Unit._append

    def append(self: Unit, *what: object) -> None:
        nonlocal count
        real(self, *what)  # type: ignore[arg-type]
        count += 1
        if count == note:
            raise Broken

    with monkeypatch.context() as patched:
        patched.setattr(Unit, "_append", append)
        yield


def dump(books: Books) -> list[object]:
    tables = [str(row[0]) for row in books.sql("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")]
    return [(table, sorted(map(repr, books.sql(f'SELECT * FROM "{table}"')))) for table in tables if table[0] != "_"]


@pytest.mark.parametrize("act", ACTS)
def test_an_act_that_breaks_leaves_no_trace(at: At, act: str, monkeypatch: pytest.MonkeyPatch) -> None:
    stage, run = ACTS[act]
    books = at(stage)
    # The last of the entries that the act writes: all the rest of it was done.
    probe = at(stage)
    before = probe.size()
    run(probe)
    first_unit = probe.size() - before
    if act in ("receive_parcel", "bind_number"):
        first_unit = 1
    state = dump(books)
    with breaking(monkeypatch, first_unit), pytest.raises(Broken):
        run(books)
    assert dump(books) == state
    assert verify_history(books[AUDITOR]).intact
    run(books)
    assert verify_history(books[AUDITOR]).intact


def test_a_refused_act_leaves_no_trace(at: At) -> None:
    books = at("issued")
    state = dump(books)
    for refused in (
        lambda: sheets.answer(books[PREPARER], BLANK, Sheet.GOOD),
        lambda: issuing.approve(books[SUPERVISOR], ["C-2026-000001"]),
        lambda: clerk.bag_parcel(books[CLERK], PARCEL, bag="TB000002"),
        lambda: exporting.report_export(books[PREPARER], BLANK, on=TODAY),
    ):
        with pytest.raises(Refusal):
            refused()
    assert dump(books) == state
