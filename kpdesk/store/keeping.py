"""Kept values (`domain.kept`) in the store: written with their place in the history, found by identity or subject."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, TypeVar

from sqlalchemy import func, insert, select, update
from sqlalchemy.orm import Session

from kpdesk.domain.acting import Acting, HandingOver
from kpdesk.domain.advice import Amendment, Letter
from kpdesk.domain.allotted import AllottedCount, FirmSheet
from kpdesk.domain.application import Application, Statement
from kpdesk.domain.appointment import Appointment
from kpdesk.domain.assortment import Assortment
from kpdesk.domain.balance import Balance, BalanceCheck, RefusedReading
from kpdesk.domain.calibration import Calibration
from kpdesk.domain.closing import Bar, Closing, Tally
from kpdesk.domain.copies import Copy
from kpdesk.domain.custody import Contest, Custody, Handover, Photo, Voucher, Witness
from kpdesk.domain.declarations import Purchases, StockDeclaration
from kpdesk.domain.exceptions import SignOff
from kpdesk.domain.fees import Claim, Payment, Reversal
from kpdesk.domain.kept import Kept, public_record, record_of, value_of
from kpdesk.domain.leaving import Leaving
from kpdesk.domain.papers import OfficePaper
from kpdesk.domain.prices import Book
from kpdesk.domain.records import Record, canonical, parse
from kpdesk.domain.seat import Announced, Home, OwnApplication, Seat
from kpdesk.domain.sorting import Rework
from kpdesk.domain.tenders import Provisional
from kpdesk.domain.transfers import Delivery, Transfer
from kpdesk.domain.verification import Verification
from kpdesk.domain.watch import Watched
from kpdesk.store import tables
from kpdesk.store.search import index
from kpdesk.store.unit import NotFound, Unit

PAGE = 50
KEPT: tuple[type[Any], ...] = (
    Acting,
    HandingOver,
    Delivery,
    Transfer,
    AllottedCount,
    Announced,
    Application,
    FirmSheet,
    Home,
    OwnApplication,
    Seat,
    Statement,
    Balance,
    BalanceCheck,
    RefusedReading,
    Calibration,
    Appointment,
    Bar,
    Closing,
    Tally,
    Contest,
    Custody,
    Handover,
    Photo,
    Voucher,
    Witness,
    Assortment,
    Book,
    Claim,
    Payment,
    Provisional,
    Reversal,
    SignOff,
    Amendment,
    Copy,
    Leaving,
    Letter,
    Verification,
    OfficePaper,
    Rework,
    Purchases,
    StockDeclaration,
    Watched,
)
"""Every class that is kept so; the audit and the published schemas go by it."""

_Kept = TypeVar("_Kept", bound=Kept)
_table = tables.kept


def keep(unit: Unit, act: str, value: Kept, *, why: str = "", words: str = "") -> None:
    """Write a value, new or changed, and note the act in the history; `words` go to the search index."""
    key = (_table.c.kind == value.kind) & (_table.c.identity == value.identity)
    columns = {"about": value.about, "live": value.live, "record": canonical(record_of(value))}
    revision = unit.session.scalar(select(_table.c.revision).where(key))
    if revision is None:
        new = {"kind": value.kind, "identity": value.identity, "revision": 1}
        unit.session.execute(insert(_table).values(**columns, **new))
    else:
        unit.session.execute(update(_table).where(key).values(**columns, revision=revision + 1))
    unit.note_record(act, value.kind, value.identity, public_record(value), why=why)
    if words:
        index(unit.session.connection(), value.kind, value.identity, words)


def find(session: Session, shape: type[_Kept], identity: str) -> _Kept | None:
    """The value of this identity, or None."""
    key = (_table.c.kind == shape.kind) & (_table.c.identity == identity)
    record = session.scalar(select(_table.c.record).where(key))
    return None if record is None else value_of(shape, parse(record))


def get(session: Session, shape: type[_Kept], identity: str) -> _Kept:
    """The value of this identity; raises NotFound."""
    found = find(session, shape, identity)
    if found is None:
        raise NotFound(shape.kind, identity)
    return found


def all_of(
    session: Session,
    shape: type[_Kept],
    *,
    about: str | None = None,
    live: bool | None = None,
    before: str | None = None,
    limit: int | None = None,
) -> tuple[_Kept, ...]:
    """Those of a subject, or those live (or ended), or all; the last identity first, and `before` it the next page."""
    query = select(_table.c.record).where(_table.c.kind == shape.kind).order_by(_table.c.identity.desc())
    if about is not None:
        query = query.where(_table.c.about == about)
    if live is not None:
        query = query.where(_table.c.live == live)
    if before is not None:
        query = query.where(_table.c.identity < before)
    return tuple(value_of(shape, parse(record)) for record in session.scalars(query.limit(limit)))


def count(session: Session, shape: type[Kept], *, live: bool) -> int:
    query = select(func.count()).where(_table.c.kind == shape.kind, _table.c.live == live)
    return session.scalar(query) or 0


@dataclass(frozen=True, slots=True)
class KeptNoun:
    """A kept value as the audit looks at it."""

    kind: str
    identity: str
    revision: int
    value: Kept

    def record(self) -> Record:
        return public_record(self.value)


def nouns(unit: Unit) -> Iterator[KeptNoun]:
    """Everything that is kept, for the comparison with the history."""
    shapes = {shape.kind: shape for shape in KEPT}
    for row in unit.session.execute(select(_table)):
        yield KeptNoun(row.kind, row.identity, row.revision, value_of(shapes[row.kind], parse(row.record)))
