"""One practice office, taken to every stage of its work once and copied from there: a real store for each test."""

import shutil
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

from sqlalchemy import text

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
    national: Desk
    clock: Clock

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
        with self.store._database.engine.begin() as connection:
            result = connection.execute(text(statement), values)
            return [tuple(row) for row in result] if result.returns_rows else []

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

    def close(self) -> None:
        self.store.close()
        self.national.store.close()


def _founded(folder: Path, clock: Clock) -> Books:
    """Books, stock and firms, certified by the Authority, its lists taken over; the partner's key is on them."""
    national, file = demo._authority(folder / "authority", "ZZ", PASSWORD, clock)
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
    authority.list_foreign_issuer(national, canonical(request).encode())
    supervisor.accept_lists(desk, office[SUPERVISOR_2], authority.make_lists(national))
    return Books(office, national, clock)


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


class Shelf:
    """Keeps a closed copy of the office at each stage, made when it is first asked for."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._kept: dict[str, Books] = {}

    def take(self, stage: str, folder: Path) -> Books:
        """A copy of the office at this stage, open."""
        kept = self._kept.get(stage) or self._make(stage)
        shutil.copytree(self._folder / stage, folder, dirs_exist_ok=True)
        clock = Clock(kept.clock.at)
        home = {name: _reopened(desk, folder / "office", clock) for name, desk in kept.office.desks.items()}
        store = Store(database.open(home[SUPERVISOR].folder.database, home[SUPERVISOR].data_key))
        home = {name: replace(desk, store=store) for name, desk in home.items()}
        national = _reopened(kept.national, folder / "authority", clock)
        national = replace(national, store=Store(database.open(national.folder.database, national.data_key)))
        return Books(Staffed(home, kept.office.printer, kept.office.serial), national, clock)

    def _make(self, stage: str) -> Books:
        folder = self._folder / stage
        if stage == "ready":
            books = _founded(folder, Clock())
        else:
            names = ["ready", *STAGES]
            books = self.take(names[names.index(stage) - 1], folder)
            STAGES[stage](books)
        books.close()
        self._kept[stage] = books
        return books


def _reopened(desk: Desk, folder: Path, clock: Clock) -> Desk:
    return replace(desk, folder=Folder(folder), clock=clock)


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
