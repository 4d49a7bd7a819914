"""No crash uses a number twice or loses one: histories from the first signature to the validation, broken anywhere.

A history is one office's work on two shipments, by officers who know only what the books say, and who do odd things as
well. The machine goes off inside a visit to the store, before it commits, right after, or between two acts. A crash is:
whatever the process held is gone, and the books are opened anew as they lie on the disk. In a test process that is
played (the visit is left by an exception, the connections are dropped); run as a program, the process kills itself with
SIGKILL where the history says so, and nothing at all is tidied up.

The paper is played too, and outlives the process: what was printed on which sheet is a file each.
"""

import os
import shutil
import signal
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from random import Random

import pytest

from kpdesk.desks import ending, exporter, exporting, issuing, sheets, stock
from kpdesk.desks.sheets import Sheet
from kpdesk.domain.certificate import Facts
from kpdesk.domain.issuance import State
from kpdesk.domain.outcomes import Refusal
from kpdesk.domain.stock import StockKind
from kpdesk.practice import APPROVER, COUNTER, PREPARER, SUPERVISOR, SUPERVISOR_2, bring_in
from kpdesk.store.store import Store
from kpdesk.store.unit import Unit
from tests.desks.practice_books import (
    BLANK,
    CERTIFICATE,
    GOODS,
    NEXT_BLANK,
    SHIPMENT,
    THIRD_BLANK,
    Books,
    Shelf,
    apply,
    print_sheet,
    seal,
)
from tests.journeys.numbers import Paper, audit, check

BLANKS = (BLANK, NEXT_BLANK, THIRD_BLANK, *(f"ZZ20260013{serial}" for serial in range(80, 83)))
"""Those that are touched; there are twelve."""
SHIPMENTS = (SHIPMENT, "S-2026-000002")
CERTIFICATES = (CERTIFICATE, "C-2026-000002", "C-2026-000003")
_STEPS, _FURTHEST = 5, 14
"""Of one life of the process: acts at most, and places to go off at."""


class Off(BaseException):
    """The machine goes off; nothing catches that."""


@dataclass
class Machine:
    """Counts the places where it could go off, and does at one of them."""

    off_at: int = 0
    kill: bool = False
    """Really: SIGKILL."""
    passed: int = 0
    doing: str = ""
    went_off: Counter[str] = field(default_factory=Counter)

    def at(self, place: str) -> None:
        self.passed += 1
        if self.passed == self.off_at:
            if self.kill:
                os.kill(os.getpid(), signal.SIGKILL)
            self.went_off[f"{self.doing}: {place}"] += 1
            raise Off

    @contextmanager
    def plugged_in(self) -> Iterator[None]:
        """Every entry into the history, every commit and what follows it are places to go off at."""
        append, unit = Unit._append, Store.unit

        def appended(this: Unit, *entry: object) -> None:
            append(this, *entry)  # type: ignore[arg-type]
            self.at("inside")

        @contextmanager
        def visit(this: Store, **who: object) -> Iterator[Unit]:
            with unit(this, **who) as inside:  # type: ignore[arg-type]
                yield inside
                self.at("before the commit")
            self.at("after the commit")

        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(Unit, "_append", appended)
            patch.setattr(Store, "unit", visit)
            yield


@dataclass
class Office:
    """The officers at the books, and the paper before them."""

    books: Books
    paper: Paper
    machine: Machine
    random: Random

    def live(self, steps: int, *, odd: float = 0.3) -> None:
        """Work until nothing is left to do, or so many acts; `odd` is the share of those that nothing asks for."""
        acts: list[Callable[[], object]] = [
            self.load, self.unload, self.bind, self.spool, self.guess, self.misjudge, self.void, self.withdraw,
            self.validate, self.write_off, self.prepare, self.approve,
        ]  # fmt: skip
        for _ in range(steps):
            chosen = self.random.choice(acts) if self.random.random() < odd else self.next_step()
            if chosen is None:
                return
            self.machine.doing = (chosen.func if isinstance(chosen, partial) else chosen).__name__
            with suppress(Refusal):
                chosen()

    def finish(self) -> None:
        """What an orderly office would do, to the end."""
        for _ in range(60):
            act = self.next_step()
            if act is None:
                return
            with suppress(Refusal):
                act()
        raise AssertionError("the work never ends")

    def next_step(self) -> Callable[[], object] | None:
        """What the books ask for, and nothing else: the process may have begun a moment ago."""
        books = self.books
        desk = books[PREPARER]
        if sheets.open_question(desk):
            return self.look
        in_tray = books.sql("SELECT number, used_for FROM stock WHERE what = 'blank' AND state = 'loaded'")
        approved = books.sql("SELECT id FROM certificates WHERE state = 'approved' AND number IS NULL ORDER BY id")
        for number, used_for in in_tray:
            if used_for:
                return partial(self.spool, str(number))
            if approved:
                return partial(self.bind, str(approved[0][0]), str(number))
            return partial(self.unload, str(number))
        if approved:
            return partial(self.load, sheets.blanks_at_hand(desk, limit=1)[0].number)
        for state, act in (("draft", self.approve), ("issued", self.validate)):
            for (key,) in books.sql("SELECT coalesce(number, id) FROM certificates WHERE state = :state", state=state):
                return partial(act, str(key))
        bare = books.sql(
            "SELECT number FROM shipments WHERE state = 'sealed' AND number NOT IN "
            "(SELECT shipment FROM certificates WHERE state != 'void') ORDER BY number"
        )
        return partial(self.prepare, str(bare[0][0])) if bare else None

    def some_blank(self) -> str:
        """Mostly one that was touched before: mistakes are made with what lies about."""
        touched = self.books.sql("SELECT number FROM stock WHERE what = 'blank' AND state != 'with_officer'")
        if touched and self.random.random() < 0.7:
            return str(self.random.choice(touched)[0])
        return self.random.choice(BLANKS)

    def prepare(self, shipment: str = "") -> None:
        issuing.prepare(self.books[PREPARER], shipment or self.random.choice(SHIPMENTS))

    def approve(self, certificate: str = "") -> None:
        who = APPROVER if certificate or self.random.random() < 0.8 else PREPARER
        issuing.approve(self.books[who], [certificate or self.random.choice(CERTIFICATES)])

    def load(self, blank: str = "") -> None:
        sheets.load_blank(self.books[PREPARER], blank or self.some_blank(), why="another lay on top")

    def unload(self, blank: str = "") -> None:
        sheets.unload_blank(self.books[PREPARER], blank or self.some_blank())

    def bind(self, certificate: str = "", blank: str = "") -> None:
        """A third sheet finds a supervisor, or not."""
        second = self.books[SUPERVISOR] if certificate or self.random.random() < 0.5 else None
        chosen = certificate or self.random.choice(CERTIFICATES), blank or self.some_blank()
        sheets.bind_number(self.books[PREPARER], chosen[0], blank=chosen[1], second=second)

    def spool(self, blank: str = "") -> None:
        blank = blank or self.some_blank()
        page = sheets.spool(self.books[PREPARER], blank)
        self.machine.at("before the printer")
        self.paper.print(blank, page)
        self.machine.at("after the printer")

    def look(self) -> None:
        """At the sheet that is asked for, and what is on it as it is."""
        if question := sheets.open_question(self.books[PREPARER]):
            blank = question.number
            sheets.answer(self.books[PREPARER], blank, self.paper.seen(blank), read=self.paper.read(blank))

    def guess(self) -> None:
        """Good, without a look: what is not on the sheet proves nothing."""
        blank = self.some_blank()
        sheets.answer(self.books[PREPARER], blank, Sheet.GOOD, read=self.paper.read(blank))

    def misjudge(self) -> None:
        """A good sheet called spoiled, or not found."""
        if question := sheets.open_question(self.books[PREPARER]):
            what = self.random.choice([Sheet.SPOILED, Sheet.MISSING])
            sheets.answer(self.books[PREPARER], question.number, what)

    def void(self) -> None:
        """By two, with the old sheet in hand where one was printed."""
        blank, desk = self.some_blank(), self.books[PREPARER]
        in_hand = blank if self.paper.pages(blank) else ""
        ending.end(desk, self.books[SUPERVISOR], blank, state=State.VOID, why="called off", in_hand=in_hand)

    def withdraw(self) -> None:
        if self.random.random() < 0.3:
            exporter.withdraw(self.books[COUNTER], self.random.choice(SHIPMENTS), why="the firm called it off")

    def write_off(self) -> None:
        """Two find a blank damaged or gone outside the printer."""
        stock.write_off(
            self.books[SUPERVISOR],
            self.books[SUPERVISOR_2],
            what=StockKind.BLANK,
            numbers=[self.some_blank()],
            gone=self.random.random() < 0.5,
            report="report 7",
        )

    def validate(self, number: str = "") -> None:
        exporting.validate(self.books[APPROVER], number or self.some_blank())


class Stages:
    """Copies of the books at each stage, and fresh paper for each history."""

    def __init__(self, shelf: Shelf, folder: Path) -> None:
        self.books, self._folder = shelf.take("sealed"), folder
        self._kept: dict[str, Path] = {}
        self._paper = folder / "paper"
        self._paper.mkdir(parents=True)
        books = self.books
        parcel = bring_in(books.office, GOODS)
        seal(books, apply(books, parcels=(parcel,)), (parcel,))
        with light():
            self._keep("sealed")
            issuing.approve(books[APPROVER], [issuing.prepare(books[PREPARER], each).id for each in SHIPMENTS])
            self._keep("approved")
            print_sheet(books, BLANK)
            self._keep("spooled")

    def _keep(self, stage: str) -> None:
        self.books.reopen()
        self._kept[stage] = Path(shutil.copyfile(self.books[SUPERVISOR].folder.database, self._folder / f"{stage}.db"))

    def begin(self, seed: int, stage: str = "") -> Paper:
        """The books of a stage, open; its paper, on which a sheet that was sent off has come out or not."""
        for file in self._paper.iterdir():
            file.unlink()
        stage = stage or tuple(self._kept)[seed % len(self._kept)]
        self.books.reopen(self._kept[stage])
        paper = Paper(self._paper, seed)
        if stage == "spooled" and seed % 2:
            paper.print(BLANK, f"%PDF {BLANK} ".encode())
        return paper


@contextmanager
def light() -> Iterator[None]:
    """Left out are the drawing, the letter and the checks of the goods, which take longer than all the rest."""

    def drawn(facts: Facts, *_: object, **__: object) -> bytes:
        return f"%PDF {facts.number} {facts.seals}".encode()

    with pytest.MonkeyPatch.context() as patch:
        for module in (issuing, sheets):
            patch.setattr(module, "check_facts", lambda *_: ())
        patch.setattr(sheets, "certificate", drawn)
        patch.setattr(exporting.advice, "pre_advise", lambda *_: None)
        yield


def run(books: Books, paper: Paper) -> Counter[str]:
    """A history by chance, of one or two lives, now and then carried on to its end; where the machine went off."""
    random = Random(paper.seed)
    went_off: Counter[str] = Counter()
    for _ in range(random.choice((1, 1, 2))):
        machine = Machine(random.randint(1, _FURTHEST), went_off=went_off)
        with suppress(Off), machine.plugged_in():
            Office(books, paper, machine, random).live(_STEPS)
        books.reopen()
        check(books, paper)
    if random.random() < 0.1:
        carry_on(books, paper, random)
    return went_off


def run_straight(books: Books, paper: Paper, off_at: int) -> Counter[str]:
    """The orderly way with one crash at this place, carried on to its end; none where the way is not so long."""
    random, machine = Random(paper.seed), Machine(off_at)
    with suppress(Off), machine.plugged_in():
        Office(books, paper, machine, random).live(60, odd=0)
    books.reopen()
    check(books, paper)
    carry_on(books, paper, random)
    return machine.went_off


def carry_on(books: Books, paper: Paper, random: Random) -> None:
    Office(books, paper, Machine(), random).finish()
    check(books, paper)
    assert sheets.open_question(books[PREPARER]) is None


def run_killed(stages: Stages, seed: int) -> bool:
    """A history whose process is killed, in a child of this one; whether it was. Then it is carried on here."""
    random = Random(seed)
    paper, books = stages.begin(seed), stages.books
    books.reopen()  # no connection is shared with the child
    child = os.fork()
    if not child:
        machine = Machine(random.randint(1, _FURTHEST), kill=True)
        with machine.plugged_in():
            Office(books, paper, machine, random).live(_STEPS)
        os._exit(0)
    _, ended = os.waitpid(child, 0)
    check(books, paper)
    carry_on(books, paper, random)
    return os.WIFSIGNALED(ended)


def main(folder: Path, count: int) -> int:
    """So many histories that were really killed; this process has one thread, so it may fork."""
    shelf = Shelf(folder / "shelf")
    stages = Stages(shelf, folder / "stages")
    killed = seed = 0
    with light():
        while killed < count:
            seed += 1
            killed += run_killed(stages, seed)
        audit(stages.books)
    stages.books.close()
    shelf.close()
    print(f"{killed} killed")
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), int(sys.argv[2])))
