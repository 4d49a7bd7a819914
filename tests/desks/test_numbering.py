"""No number is used twice and none is lost, whatever is done in whatever order, and wherever the machine goes off.

A history is a list of steps at the printer, each of which may break: in the middle of a unit, or right after it. After
a break the books are opened anew and the next step knows only what they say. The sheets of paper are played here, and
who looks at them says what is on them.
"""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from enum import Enum
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kpdesk.desks import exporting, issuing, sheets
from kpdesk.desks.sheets import Sheet
from kpdesk.domain.certificate import Facts
from kpdesk.domain.issuance import State
from kpdesk.domain.outcomes import Refusal
from kpdesk.practice import APPROVER, PREPARER, SUPERVISOR, bring_in
from kpdesk.printing.tray import Fate
from kpdesk.store.unit import Unit
from tests.desks.practice_books import (
    BLANK,
    CERTIFICATE,
    GOODS,
    NEXT_BLANK,
    THIRD_BLANK,
    Books,
    Shelf,
    apply,
    print_sheet,
    seal,
)

BLANKS = (BLANK, NEXT_BLANK, THIRD_BLANK)
CERTIFICATES = (CERTIFICATE, "C-2026-000002")


class Step(Enum):
    NEXT = "what is to be done next"
    LOAD = "a blank into the tray"
    BIND = "a number for a certificate"
    PRINT = "a sheet to the printer"
    LOOK = "at the sheet"
    GUESS = "that the sheet is good"
    VOID = "the certificate, by two"


class Breaks(Enum):
    NOT = 0
    FIRST = 1
    """After the first entry into the history."""
    SECOND = 2
    AFTER = 9
    """When everything is written and nobody has heard of it yet."""


class Off(Exception):
    """The machine goes off."""


@dataclass
class Room:
    """The office's books, and the paper that lies in it."""

    books: Books
    good: dict[str, list[bytes]] = field(default_factory=dict)
    """What was printed on each sheet."""
    bad: set[str] = field(default_factory=set)
    gone: set[str] = field(default_factory=set)

    def do(self, step: Step, blank: str, certificate: str, fate: Fate) -> None:
        desk, two = self.books[PREPARER], self.books[SUPERVISOR]
        match step:
            case Step.NEXT:
                self.do(*self.next(blank), certificate, fate)
            case Step.LOAD:
                sheets.load_blank(desk, blank)
            case Step.BIND:
                sheets.bind_number(desk, certificate, blank=blank, second=two)
            case Step.PRINT:
                self.printed(blank, sheets.spool(desk, blank), fate)
            case Step.LOOK:
                question = sheets.open_question(desk)
                if question is not None:
                    sheets.answer(desk, question.number, self.seen(question.number), read=self.on(question.number))
            case Step.GUESS:
                sheets.answer(desk, blank, Sheet.GOOD, read=self.on(blank))
            case Step.VOID:
                exporting.end(desk, two, blank, state=State.VOID, why="called off")

    def next(self, blank: str) -> tuple[Step, str]:
        """What an officer would do now who knows only what the books say."""
        if sheets.open_question(self.books[PREPARER]) is not None:
            return Step.LOOK, blank
        loaded = self.books.sql("SELECT number, used_for FROM stock WHERE what = 'blank' AND state = 'loaded'")
        for number, used_for in loaded:
            return (Step.PRINT if used_for else Step.BIND), str(number)
        return Step.LOAD, blank

    def printed(self, blank: str, page: bytes, fate: Fate) -> None:
        match fate:
            case Fate.GOOD:
                self.good.setdefault(blank, []).append(page)
            case Fate.BADLY_PRINTED:
                self.bad.add(blank)
            case Fate.LOST:
                self.gone.add(blank)

    def seen(self, blank: str) -> Sheet:
        """What is on the sheet, as it is."""
        if blank in self.gone:
            return Sheet.MISSING
        if blank in self.bad:
            return Sheet.SPOILED
        return Sheet.GOOD if blank in self.good else Sheet.NOTHING

    def on(self, blank: str) -> list[str]:
        return [blank] if blank in self.good and blank not in self.bad else []

    def blanks(self) -> list[tuple[str, str]]:
        rows = self.books.sql("SELECT number, state FROM stock WHERE what = 'blank'")
        return [(str(number), str(state)) for number, state in rows]

    def check(self) -> None:
        """What holds after every step."""
        stock = dict(self.blanks())
        assert len(stock) == 12, "a number was lost"
        void = {row[0] for row in self.books.sql("SELECT number FROM void_numbers")}
        bound = dict(self.books.sql("SELECT number, state FROM certificates WHERE number IS NOT NULL"))
        for number in BLANKS:
            match stock[number]:
                case "spoiled" | "missing":
                    assert number in void
                    assert bound.get(number, "void") == "void"
                case "used":
                    assert bound[number] == ("void" if number in void else "issued")
                    assert len(self.good[number]) == 1
                case "spooled":
                    assert bound[number] == "approved"
                case _:
                    assert number not in void
        assert list(stock.values()).count("spooled") <= 1
        for number, pages in self.good.items():
            assert pages == [f"%PDF {number}".encode()], "two pages on one sheet, or another's"
            assert stock[number] in ("spooled", "used", "spoiled", "missing")
        # Every number that ever was a certificate's was never another's.
        ever = self.books.sql(
            "SELECT DISTINCT json_extract(record, '$.number'), subject FROM history "
            "WHERE kind = 'certificate' AND json_extract(record, '$.number') IS NOT NULL"
        )
        numbers = [number for number, _ in ever]
        assert len(numbers) == len(set(numbers)), "one number for two certificates"


@contextmanager
def breaking(patch: pytest.MonkeyPatch, breaks: Breaks) -> Iterator[None]:
    """The machine goes off where `breaks` says."""
    written = 0
    real = Unit._append

    def append(self: Unit, *entry: object) -> None:
        nonlocal written
        real(self, *entry)  # type: ignore[arg-type]
        written += 1
        if written == breaks.value:
            raise Off

    with patch.context() as patched:
        patched.setattr(Unit, "_append", append)
        yield
        if breaks is Breaks.AFTER:
            raise Off


@pytest.fixture(scope="module")
def books(shelf: Shelf) -> Iterator[Books]:
    """Two approved certificates."""
    made = shelf.take("approved")
    parcel = bring_in(made.office, GOODS)
    shipment = apply(made, parcels=(parcel,))
    seal(made, shipment, (parcel,))
    issuing.approve(made[APPROVER], [issuing.prepare(made[PREPARER], shipment).id])
    yield made
    made.close()


STEPS = st.tuples(
    st.sampled_from([*Step, *[Step.NEXT] * 2 * len(Step)]),
    st.sampled_from(BLANKS),
    st.sampled_from(CERTIFICATES),
    st.sampled_from(Fate),
    st.sampled_from([*Breaks, *[Breaks.NOT] * 4]),
)


def drawn(facts: Facts, *_: object, **__: object) -> bytes:
    return f"%PDF {facts.number}".encode()


def test_no_number_is_used_twice_and_none_is_lost(books: Books, tmp_path: Path) -> None:
    reached: set[str] = set()

    def keep(name: str) -> Path:
        books.reopen()
        return Path(shutil.copyfile(books[SUPERVISOR].folder.database, tmp_path / name))

    @settings(max_examples=300, suppress_health_check=[HealthCheck.too_slow])
    @given(st.sampled_from(Fate), st.booleans(), st.lists(STEPS, min_size=2, max_size=6))
    def history(fate: Fate, begun: bool, steps: list[tuple[Step, str, str, Fate, Breaks]]) -> None:
        books.reopen(spooled if begun else approved)
        paper = Room(books)
        if begun:
            paper.printed(BLANK, f"%PDF {BLANK}".encode(), fate)
        for *step, breaks in steps:
            try:
                with breaking(patch, breaks), suppress(Refusal):
                    paper.do(*step)
            except Off:
                books.reopen()
            paper.check()
        reached.update(state for _, state in paper.blanks())

    with pytest.MonkeyPatch.context() as patch:
        # Left out are the drawing and the checks of the goods, which take longer than all the rest.
        patch.setattr(sheets, "check_facts", lambda *_: ())
        patch.setattr(sheets, "certificate", drawn)
        approved = keep("approved.db")
        print_sheet(books, BLANK)
        spooled = keep("spooled.db")
        history()
    assert reached == {"with_officer", "loaded", "spooled", "used", "spoiled", "missing"}
