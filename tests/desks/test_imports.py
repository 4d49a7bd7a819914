"""The mining cadastre and watch lists from a file: shown first, taken over whole by two, or not at all."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from kpdesk.desks import imports, registers, watching
from kpdesk.desks.auditor import verify_history
from kpdesk.desks.imports import Listing, NothingToTakeOver, NotWhatWasShown
from kpdesk.domain.differences import ChangeKind, Difference
from kpdesk.domain.issuance import SamePerson
from kpdesk.exchange.tabular import ColumnsMissing, FormulaInCell
from kpdesk.practice import CLERK, SUPERVISOR
from tests.desks.practice_books import TODAY, Books
from tests.exchange.workbooks import workbook

At = Callable[[str], Books]
HEAD = "Title;Mine;Holder;Area;Valid from;Valid until;Monthly carats"
SAME = f"T-100;Northern Field;MIN-0007;Block 4;{TODAY - timedelta(days=400)};;20000.00"
NEW = "T-200;Southern Field;Practice Mining ZZ Ltd;Block 5;2026-01-01;2030-12-31;1500"


def table(*lines: str, head: str = HEAD) -> bytes:
    return "\n".join((head, *lines)).encode()


def compare(books: Books, content: bytes, *, whole: bool = False, listing: Listing = Listing.TITLES) -> Difference:
    return imports.compare(books[CLERK], listing, content, name="list.csv", whole=whole)


def accept(books: Books, content: bytes, shown: Difference, *, whole: bool = False) -> Difference:
    one, two = books[CLERK], books[SUPERVISOR]
    return imports.accept(one, two, Listing.TITLES, content, name="list.csv", whole=whole, digest=shown.digest)


def test_new_changed_ended_and_unchanged(at: At) -> None:
    books = at("ready")
    content = table(SAME.replace("Block 4", "Block 4 B").replace("MIN-0007", "EXP-0042"), NEW)
    shown = compare(books, content)
    assert [(each.kind, each.number) for each in shown.changes] == [
        (ChangeKind.CHANGED, "T-100"),
        (ChangeKind.NEW, "T-200"),
    ]
    assert [(was.field, was.before, was.after) for was in shown.changes[0].fields] == [
        ("holder", "MIN-0007", "EXP-0042"),
        ("area", "Block 4", "Block 4 B"),
    ]
    assert (shown.unchanged, shown.faults, shown.ignored, shown.writing) == (0, (), (), "UTF-8")
    assert accept(books, content, shown) == shown
    assert registers.title(books[CLERK], "T-200").terms.mine == "Southern Field"
    assert registers.title(books[CLERK], "T-100").former_holders[0].holder == "MIN-0007"
    assert [row.number for row in registers.titles(books[CLERK], typed="southern")] == ["T-200"]
    again = compare(books, content)
    assert (again.changes, again.unchanged) == ((), 2)
    with pytest.raises(NothingToTakeOver):
        accept(books, content, again)
    whole = compare(books, table(NEW), whole=True)
    assert [(each.kind, each.number) for each in whole.changes] == [(ChangeKind.ENDED, "T-100")]
    accept(books, table(NEW), whole, whole=True)
    assert not registers.title(books[CLERK], "T-100").valid
    assert verify_history(books[SUPERVISOR]).intact


def test_a_workbook_says_the_same(at: At) -> None:
    books = at("ready")
    rows = [tuple(line.split(";")) for line in (HEAD, SAME, NEW)]
    shown = imports.compare(books[CLERK], Listing.TITLES, workbook(*rows), name="list.xlsx", whole=False)
    assert (shown.writing, shown.unchanged, shown.count(ChangeKind.NEW)) == ("XLSX", 1, 1)


@pytest.mark.parametrize(
    ("line", "rule"),
    [
        ("T-300;;MIN-0007;Block;2026-01-01;;1", "row_empty"),
        (";Mine;MIN-0007;Block;2026-01-01;;1", "row_empty"),
        ("T-300;Mine;Nobody;Block;2026-01-01;;1", "row_holder"),
        ("T-300;Mine;MIN-0007;Block;01/02/2026;;1", "row_day"),
        ("T-300;Mine;MIN-0007;Block;9.3.;;1", "row_day"),
        ("T-300;Mine;MIN-0007;Block;2026-01-01;2025-01-01;1", "row_days_turned"),
        ("T-300;Mine;MIN-0007;Block;2026-01-01;;much", "row_amount"),
        ("T-300;Mine;MIN-0007;Block;2026-01-01;;", "row_amount"),
        ("T-200;Mine;MIN-0007;Block;2026-01-01;;1", "row_twice"),
    ],
)
def test_a_line_with_a_fault_is_named_and_left_out(at: At, line: str, rule: str) -> None:
    books = at("ready")
    content = table(NEW, line)
    shown = compare(books, content, whole=True)
    (fault,) = shown.faults
    assert (fault.line, fault.finding.rule.code) == (3, rule)
    accept(books, content, shown, whole=True)
    numbers = [row.number for row in registers.titles(books[CLERK])]
    assert numbers == ["T-100", "T-200"]


def test_what_was_shown_is_what_is_taken(at: At) -> None:
    books = at("ready")
    content = table(NEW)
    shown = compare(books, content)
    size = books.size()
    with pytest.raises(NotWhatWasShown):
        accept(books, table(NEW.replace("Block 5", "Block 6")), shown)
    with pytest.raises(NotWhatWasShown):
        accept(books, content, shown, whole=True)
    with pytest.raises(SamePerson):
        imports.accept(
            books[SUPERVISOR], books[SUPERVISOR], Listing.TITLES, content, name="x", whole=False, digest=shown.digest
        )
    assert books.size() == size


@pytest.mark.parametrize(
    ("content", "trouble"),
    [(table("T;1", head="Title;Mine"), ColumnsMissing), (table(NEW.replace("Block 5", "=A1")), FormulaInCell)],
)
def test_a_file_that_cannot_be_read_changes_nothing(at: At, content: bytes, trouble: type[Exception]) -> None:
    books = at("ready")
    with pytest.raises(trouble):
        compare(books, content)


WATCH = "Reference;Name;Kind;Aliases;Country;Birth year;Why;Source;Since"


def test_a_watch_list_from_a_file(at: At) -> None:
    books = at("ready")
    one, two = books[CLERK], books[SUPERVISOR]
    lines = (
        "UN/1;Amara Watched;person;Lion of Kono|A. W.;xz;1970;convicted;UN;2020-01-01",
        "UN/2;Zebra Mining;firm;;;;rebel goods;UN;2020-01-01",
        "UN/3;Nobody;ghost;;;;x;UN;2020-01-01",
        "UN/4;Nobody;;;;19;x;UN;2020-01-01",
    )
    content = table(*lines, head=WATCH)
    shown = compare(books, content, listing=Listing.WATCH)
    assert [fault.finding.rule.code for fault in shown.faults] == ["row_word", "row_word"]
    assert compare(books, content, listing=Listing.WATCH).digest == shown.digest
    imports.accept(one, two, Listing.WATCH, content, name="un.csv", whole=False, digest=shown.digest)
    assert [finding.rule.code for finding in watching.near_names(one, "the lion of KONO")] == ["watch_named"]
    less = table(lines[0], head=WATCH)
    shown = compare(books, less, whole=True, listing=Listing.WATCH)
    assert [(each.kind, each.number) for each in shown.changes] == [(ChangeKind.ENDED, "UN/2")]
    imports.accept(one, two, Listing.WATCH, less, name="un.csv", whole=True, digest=shown.digest)
    assert watching.watched_one(one, "UN/2").watched.until == TODAY
    assert verify_history(two).intact
