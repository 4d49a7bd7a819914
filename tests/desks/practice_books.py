"""One practice office, taken to every stage of its work once and copied from there: a real store for each test."""

import os
import shutil
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from functools import cached_property
from pathlib import Path

from kpdesk import demo, practice
from kpdesk.desks import authority, batches, clerk, exporter, issuing, sheets, supervisor
from kpdesk.desks.desk import Desk
from kpdesk.desks.sheets import Sheet
from kpdesk.domain.certificate import Facts, Kind, Line, Named, Number
from kpdesk.domain.goods import Heading
from kpdesk.domain.history import Head
from kpdesk.domain.inspection import Arrival
from kpdesk.domain.measures import Carats, Money
from kpdesk.domain.parcel import Source
from kpdesk.domain.parties import Role
from kpdesk.domain.records import canonical
from kpdesk.domain.shipment import Container
from kpdesk.practice import APPROVER, CLERK, COUNTER, PREPARER, SUPERVISOR, SUPERVISOR_2, Goods, Staffed
from kpdesk.settings import Folder
from kpdesk.signing import code
from kpdesk.signing.keys import KeyPair
from kpdesk.store import database
from kpdesk.store.store import Store

PASSWORD = "practice-passphrase-of-all"
MORNING = datetime(2026, 11, 22, 8, 0, tzinfo=UTC)
TODAY = MORNING.date()
GOODS = Goods(Heading.UNSORTED, Decimal("1234.56"), Decimal("80.00"), ("ZZ",))
PARCEL, SHIPMENT, CERTIFICATE = "P-2026-000001", "S-2026-000001", "C-2026-000001"
BLANK, NEXT_BLANK, THIRD_BLANK = "ZZ2026001377", "ZZ2026001378", "ZZ2026001379"
PARTNER = KeyPair.generate()
"""The code key of the partner's office."""


class Clock:
    """Steps a second every time it is looked at."""

    def __init__(self, at: datetime = MORNING) -> None:
        self.at = at

    def __call__(self) -> datetime:
        self.at += timedelta(seconds=1)
        return self.at

    def pass_days(self, days: int) -> None:
        self.at += timedelta(days=days)


@dataclass
class Books:
    """An office at a stage of its work, with everybody signed in; its Authority beside it."""

    office: Staffed
    authority: Desk
    """The national Authority's desk, its store closed."""
    clock: Clock

    open_authority: Callable[[], Store]
    put_back: Callable[[], None]
    """The end of the test: the folder is for the next one."""

    @cached_property
    def national(self) -> Desk:
        """The national Authority's desk, open since it was first asked for."""
        return replace(self.authority, store=self.open_authority())

    def __getitem__(self, name: str) -> Desk:
        return self.office[name]

    def of(self, *roles: Role, beside: str = SUPERVISOR) -> Desk:
        """An officer's desk with other roles, for what needs just these."""
        desk = self.office[beside]
        return replace(desk, officer=replace(desk.officer, roles=frozenset(roles)))

    def at_authority(self, *roles: Role) -> Desk:
        """The Authority's desk, of somebody with other roles."""
        return replace(self.national, officer=replace(self.national.officer, roles=frozenset(roles)))

    @property
    def store(self) -> Store:
        return self.office[SUPERVISOR].store

    def sql(self, statement: str, **values: object) -> list[tuple[object, ...]]:
        """Past every rule, as somebody with the key might."""
        connection = self.store._database.engine.raw_connection()
        try:
            found = connection.cursor().execute(statement, values).fetchall()
            connection.commit()
        finally:
            connection.close()
        return list(found)

    def size(self) -> int:
        """How long the history is."""
        return int(str(self.sql("SELECT size FROM head")[0][0]))

    def acts(self, since: int = 0) -> list[tuple[str, str]]:
        """The acts in the history and their subjects, after an entry."""
        rows = self.sql(
            "SELECT json_extract(body, '$.act'), subject FROM history WHERE sequence > :since ORDER BY sequence",
            since=since,
        )
        return [(str(act), str(subject)) for act, subject in rows]

    def reopen(self, kept: Path | None = None) -> None:
        """The machine went off and on again, with the books as they lie on the disk, or as `kept` has them."""
        file = self.office[SUPERVISOR].folder.database
        _let_go(self.store)
        if kept is not None:
            for beside in ("-wal", "-shm"):
                file.with_name(file.name + beside).unlink(missing_ok=True)
            shutil.copyfile(kept, file)

    def close(self) -> None:
        self.put_back()


def _founded(folder: Path, clock: Clock) -> Books:
    """Books, stock and firms, certified by the Authority, its lists taken over; the partner's key is on them."""
    national, witness, file = demo._authority(folder / "authority", "ZZ", PASSWORD, clock)
    office = demo._staff(folder / "office", "ZZ", "Practice Town", file, PASSWORD, clock)
    desk = office[SUPERVISOR]
    certificate, revocations = authority.certify(national, batches.request(desk))
    batches.accept_certificate(desk, certificate=certificate, revocations=revocations)
    request = {
        "format": "kpdesk-request/1",
        "office": "XZ-MAIN",
        "participant": "XZ",
        "authority": "Practice partner",
        "request": "",
        "code_key": PARTNER.public.hex(),
    }
    authority.list_foreign_issuer(national, witness, canonical(request).encode())
    supervisor.accept_lists(desk, office[SUPERVISOR_2], authority.make_lists(national))
    national.store.close()
    return Books(office, national, clock, lambda: national.store, office.close)


def _bag(books: Books) -> None:
    practice.bring_in(books.office, GOODS)


def _apply(books: Books) -> None:
    apply(books)


def _seal(books: Books) -> None:
    seal(books)


def _prepare(books: Books) -> None:
    issuing.prepare(books[PREPARER], SHIPMENT)


def _approve(books: Books) -> None:
    issuing.approve(books[APPROVER], [CERTIFICATE])


def _bind(books: Books) -> None:
    sheets.load_blank(books[PREPARER], BLANK)
    sheets.bind_number(books[PREPARER], CERTIFICATE, blank=BLANK)


def _spool(books: Books) -> None:
    sheets.spool(books[PREPARER], BLANK)


def _issue(books: Books) -> None:
    sheets.answer(books[PREPARER], BLANK, Sheet.GOOD, read=[BLANK])


def _send(books: Books) -> None:
    (certificate,) = issuing.certificates(books[APPROVER])
    practice.send(books.office, certificate)


STAGES: dict[str, Callable[[Books], None]] = {
    "bagged": _bag,
    "applied": _apply,
    "sealed": _seal,
    "prepared": _prepare,
    "approved": _approve,
    "bound": _bind,
    "spooled": _spool,
    "issued": _issue,
    "exported": _send,
}
"""In their order; before them is `ready`."""


class Room:
    """A folder whose books are open, and are replaced by others under the same key: opening anew takes far longer."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._stores: dict[str, Store] = {}

    def bring(self, stage: Path) -> None:
        """The books of this stage in place of what is here."""
        for store in self._stores.values():
            _let_go(store)
        for folder, _, files in os.walk(self.folder, topdown=False):
            for name in files:
                if not name.endswith(_OF_THE_LOCK):
                    (Path(folder) / name).unlink()
            with suppress(OSError):
                Path(folder).rmdir()
        shutil.copytree(stage, self.folder, dirs_exist_ok=True, ignore=shutil.ignore_patterns(*_LOCKS))

    def store(self, desk: Desk) -> Store:
        name = str(desk.folder.path)
        if name not in self._stores:
            self._stores[name] = Store(database.open(desk.folder.database, desk.data_key))
        return self._stores[name]

    def close(self) -> None:
        for store in self._stores.values():
            store.close()
        self._stores.clear()


_OF_THE_LOCK = (".lock", ".holder")
_LOCKS = tuple(f"*{suffix}" for suffix in _OF_THE_LOCK)


def _let_go(store: Store) -> None:
    """No connection is left; the next one reads the file as it is then."""
    for engine in (store._database.engine, store._database.reading):
        engine.dispose()


class Shelf:
    """Keeps a closed copy of the office at each stage, made when it is first asked for."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._kept: dict[str, Books] = {}
        self._free: list[Room] = []
        self._rooms = 0

    def take(self, stage: str) -> Books:
        """A copy of the office at this stage, open."""
        kept = self._kept.get(stage) or self._make(stage)
        if not self._free:
            self._rooms += 1
            self._free.append(Room(self._folder / f"room-{self._rooms}"))
        room = self._free.pop()
        return self._open(kept, stage, room, lambda: self._free.append(room))

    def close(self) -> None:
        for room in self._free:
            room.close()

    def _open(self, kept: Books, stage: str, room: Room, put_back: Callable[[], None]) -> Books:
        room.bring(self._folder / stage)
        clock = Clock(kept.clock.at)
        national = replace(kept.authority, folder=Folder(room.folder / "authority"), clock=clock)
        home = {
            name: replace(desk, folder=Folder(room.folder / "office"), clock=clock)
            for name, desk in kept.office.desks.items()
        }
        store = room.store(home[SUPERVISOR])
        home = {name: replace(desk, store=store) for name, desk in home.items()}
        office = Staffed(home, kept.office.printer, kept.office.serial)
        return Books(office, national, clock, lambda: room.store(national), put_back)

    def _make(self, stage: str) -> Books:
        folder = self._folder / stage
        if stage == "ready":
            books = _founded(folder, Clock())
        else:
            names = ["ready", *STAGES]
            before = names[names.index(stage) - 1]
            room = Room(folder)
            books = self._open(self._kept.get(before) or self._make(before), before, room, room.close)
            STAGES[stage](books)
        books.close()
        self._kept[stage] = books
        return books


# Steps that tests take with other words


def receive(books: Books, **changes: object) -> str:
    """A parcel over the counter; its number."""
    given: dict[str, object] = {
        "exporter": "EXP-0041",
        "heading": GOODS.heading,
        "origins": ("ZZ",),
        "provenance": "ZZ",
        "source": Source.MINED,
        "title": "T-100",
    }
    return clerk.receive_parcel(books[CLERK], **{**given, **changes}).number  # type: ignore[arg-type]


def apply(books: Books, *, parcels: tuple[str, ...] = (PARCEL,), **changes: object) -> str:
    """An application that nothing speaks against; its number."""
    given: dict[str, object] = {
        "exporter": "EXP-0041",
        "importer": "IMP-0001",
        "destination": "XZ",
        "parcels": parcels,
        "conflict_free": True,
        "warranty": "2018 SoW-000123",
    }
    return exporter.apply(books[COUNTER], **{**given, **changes}).number  # type: ignore[arg-type]


def seal(books: Books, shipment: str = SHIPMENT, parcels: tuple[str, ...] = (PARCEL,)) -> None:
    desk = books[PREPARER]
    readings = {parcel: practice.read_balance(GOODS.carats, desk) for parcel in parcels}
    containers = (Container(books.office.next_stock("TS"), parcels),)
    issuing.seal(desk, shipment, containers=containers, readings=readings)


def print_sheet(books: Books, blank: str, certificate: str = CERTIFICATE, *, desk: Desk | None = None) -> None:
    """Load, bind, spool: a sheet that waits for its answer."""
    desk = desk or books[PREPARER]
    sheets.load_blank(desk, blank)
    sheets.bind_number(desk, certificate, blank=blank)
    sheets.spool(desk, blank)


# What comes in


def incoming(number: str = "XZ2026000001", **changes: object) -> Facts:
    """What the partner certifies, good in every respect."""
    given: dict[str, object] = {
        "kind": Kind.PRACTICE,
        "edition": "2026-1",
        "number": Number(number),
        "participant": "XZ",
        "issuing_authority": "Practice partner",
        "origins": ("XZ",),
        "provenance": "XZ",
        "destination": "ZZ",
        "exporter": Named("Practice Exports XZ SARL", "14 avenue de la Mission", "EXP-0041/2025"),
        "importer": Named("Practice Imports ZZ Lda", "Rua do Porto 5"),
        "lines": (Line(Heading.UNSORTED, Carats.of("88.10"), Money.of("8369.50")),),
        "parcels": 1,
        "containers": 1,
        "seals": ("XS-1",),
        "issued": TODAY,
        "expires": date(2027, 1, 21),
    }
    return Facts(**{**given, **changes})  # type: ignore[arg-type]


def coded(facts: Facts, signer: KeyPair = PARTNER) -> str:
    """The full signed code of foreign facts."""
    assert facts.number is not None
    return code.sign(facts.bound(facts.number, Head().anchor(1)), signer=signer).full


def arrival(facts: Facts, **changes: object) -> Arrival:
    """Goods exactly as certified."""
    given: dict[str, object] = {
        "carats": facts.carats,
        "parcels": facts.parcels,
        "seals": facts.seals,
        "seals_intact": True,
        "original": True,
        "exported_on": facts.issued,
    }
    return Arrival(**{**given, **changes})  # type: ignore[arg-type]
