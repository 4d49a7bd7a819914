"""Rows of the counter: what waits to be weighed, who holds what, what was brought before, a parcel's whole story."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import and_, func, literal, or_, select
from sqlalchemy.orm import Session

from kpdesk.domain.custody import IN_THE_HOUSE, Contest, Custody, Place
from kpdesk.domain.goods import Heading
from kpdesk.domain.kept import value_of
from kpdesk.domain.measures import Carats
from kpdesk.domain.parcel import ParcelState
from kpdesk.domain.parties import PartyKind
from kpdesk.domain.production import Holding
from kpdesk.domain.records import parse
from kpdesk.domain.slips import PartySlip
from kpdesk.store import tables
from kpdesk.store.columns import Flag
from kpdesk.store.search import find

_parcels, _weighings, _kept = tables.parcels, tables.weighings, tables.kept
_MOST_HELD = 10_000
_NEAR = 50
"""Parcels whose words begin as a scanned bag number does."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ToWeigh:
    """A parcel whose carats are not agreed yet; it says nothing of what any balance showed."""

    number: str
    exporter: str
    bag: str
    pieces: int
    received_at: datetime
    weighers: tuple[str, ...]
    """The ids of the officers whose readings count so far, in their order."""
    barred: tuple[str, ...] = ()
    """Those whose earlier weight is contested."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """A parcel in the house and who answers for it."""

    parcel: str
    bag: str
    exporter: str
    carats: Carats | None
    """Agreed carats; None while there are none."""
    state: ParcelState
    place: Place
    holder: str
    """The officer's id."""
    since: datetime


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of the history, as it was written."""

    subject: str
    act: str
    by: str
    at: datetime
    why: str
    record: dict[str, Any]


def to_weigh(session: Session, *, limit: int = 200, numbers: Iterable[str] | None = None) -> tuple[ToWeigh, ...]:
    """Those without agreed carats, the oldest first; or of these numbers alone."""
    query = (
        select(
            _parcels.c.number,
            func.coalesce(tables.parties.c.name, _parcels.c.exporter).label("exporter"),
            _parcels.c.bag,
            _parcels.c.pieces,
            _parcels.c.received_at,
        )
        .outerjoin(tables.parties, tables.parties.c.number == _parcels.c.exporter)
        .where(_parcels.c.state == ParcelState.RECEIVED)
        .order_by(_parcels.c.number)
        .limit(limit)
    )
    if numbers is not None:
        query = query.where(_parcels.c.number.in_(tuple(numbers)))
    found = session.execute(query).all()
    contests = open_contests(session, (row.number for row in found))
    took = select(_weighings.c.parcel, _weighings.c.sequence, _weighings.c.officer).order_by(_weighings.c.sequence)
    readings = session.execute(took.where(_weighings.c.parcel.in_([row.number for row in found]))).all()
    rows = []
    for row in found:
        contest = contests.get(row.number)
        after = contest.readings if contest else 0
        weighers = tuple(each.officer for each in readings if each.parcel == row.number and each.sequence > after)
        rows.append(ToWeigh(**row._mapping, weighers=weighers, barred=contest.barred if contest else ()))
    return tuple(rows)


def open_contests(session: Session, parcels: Iterable[str]) -> dict[str, Contest]:
    """The contests of these parcels that are not settled."""
    subjects = [f"parcel/{number}" for number in parcels]
    query = select(_kept.c.record).where(
        _kept.c.kind == Contest.kind, _kept.c.about.in_(subjects), _kept.c.live == literal(True, Flag)
    )
    contests = (value_of(Contest, parse(record)) for record in session.scalars(query))
    return {contest.parcel: contest for contest in contests}


def parcel_of(session: Session, scanned: str) -> str | None:
    """The number of the parcel with this number or in this bag, as a scanner gives it; the newest of several."""
    text = scanned.strip()
    number = session.scalar(select(_parcels.c.number).where(_parcels.c.number == text.upper()))
    if number or not text:
        return number
    near = find(session.connection(), "parcel", text, _NEAR)
    in_bag = select(_parcels.c.number).where(_parcels.c.number.in_(near), _parcels.c.bag == text)
    return session.scalar(in_bag.order_by(_parcels.c.number.desc()).limit(1))


def held(session: Session, numbers: Iterable[str] | None = None) -> tuple[Held, ...]:
    """Every parcel in the house, by number, or of these numbers those that are in it."""
    query = (
        select(
            _parcels.c.number.label("parcel"),
            _parcels.c.bag,
            func.coalesce(tables.parties.c.name, _parcels.c.exporter).label("exporter"),
            _parcels.c.carats,
            _parcels.c.state,
            _parcels.c.received_by,
            _parcels.c.received_at,
            _kept.c.record,
        )
        .outerjoin(tables.parties, tables.parties.c.number == _parcels.c.exporter)
        .outerjoin(_kept, and_(_kept.c.kind == Custody.kind, _kept.c.identity == _parcels.c.number))
        .where(_parcels.c.state.in_(IN_THE_HOUSE))
        .order_by(_parcels.c.number)
        .limit(_MOST_HELD)
    )
    if numbers is not None:
        query = query.where(_parcels.c.number.in_(tuple(numbers)))
    return tuple(_held(row) for row in session.execute(query))


def _held(row: Any) -> Held:
    custody = value_of(Custody, parse(row.record)) if row.record else None
    return Held(
        parcel=row.parcel,
        bag=row.bag,
        exporter=row.exporter,
        carats=row.carats,
        state=row.state,
        place=custody.place if custody else Place.COUNTER,
        holder=custody.holder if custody else row.received_by,
        since=custody.since if custody else row.received_at,
    )


def alike(
    session: Session, *, exporter: str, heading: Heading, carats: Carats, since: datetime
) -> tuple[str, datetime] | None:
    """The newest parcel of this exporter and heading received since then whose carats, agreed or read, are these."""
    read = select(_weighings.c.parcel).where(_weighings.c.parcel == _parcels.c.number, _weighings.c.carats == carats)
    query = (
        select(_parcels.c.number, _parcels.c.received_at)
        .where(
            _parcels.c.exporter == exporter,
            _parcels.c.heading == heading,
            _parcels.c.received_at >= since,
            _parcels.c.state != ParcelState.WITHDRAWN,
            or_(_parcels.c.carats == carats, read.exists()),
        )
        .order_by(_parcels.c.number.desc())
        .limit(1)
    )
    row = session.execute(query).one_or_none()
    return (row.number, row.received_at) if row else None


def names(session: Session) -> dict[str, str]:
    """Every officer's name by id, also of those who left."""
    return {row.id: row.name for row in session.execute(select(tables.officers.c.id, tables.officers.c.name))}


def sellers(session: Session) -> tuple[PartySlip, ...]:
    """Miners and dealers."""
    table = tables.parties
    columns = (table.c.number, table.c.party_kind, table.c.name, table.c.address, table.c.country)
    query = select(*columns).where(table.c.party_kind.in_((PartyKind.MINER, PartyKind.DEALER))).order_by(table.c.number)
    return tuple(PartySlip(**row._mapping) for row in session.execute(query))


def holdings_left(session: Session) -> tuple[Holding, ...]:
    """Incoming certificates and pools that have carats left to draw on."""
    table = tables.pools
    query = select(table).where(table.c.brought > table.c.drawn).order_by(table.c.source, table.c.origin)
    return tuple(Holding(row.source, row.origin, row.brought - row.drawn) for row in session.execute(query))


def drafts(session: Session, officer: str, prefix: str) -> tuple[tuple[str, str, datetime], ...]:
    """(screen, text, saved at) of an officer's drafts whose screen begins so, the oldest first."""
    table = tables.drafts
    query = select(table.c.screen, table.c.text, table.c.saved_at).where(
        table.c.officer == officer, table.c.screen >= prefix, table.c.screen < prefix + "\uffff"
    )
    return tuple((row.screen, row.text, row.saved_at) for row in session.execute(query.order_by(table.c.saved_at)))


def papers(session: Session, subject: str) -> tuple[tuple[str, str, datetime], ...]:
    """(digest, name, kept at) of what is archived of a subject, the oldest first."""
    table = tables.papers
    query = select(table.c.digest, table.c.name, table.c.kept_at).where(table.c.subject == subject)
    return tuple((row.digest, row.name, row.kept_at) for row in session.execute(query.order_by(table.c.kept_at)))


def story(session: Session, subject: str) -> tuple[Entry, ...]:
    """Every entry of the history about a subject and what is kept about it, in their order."""
    about = select(_kept.c.kind, _kept.c.identity).where(_kept.c.about == subject)
    subjects = [subject, *(f"{row.kind}/{row.identity}" for row in session.execute(about))]
    table = tables.history
    query = select(table.c.subject, table.c.body, table.c.record).where(table.c.subject.in_(subjects))
    return tuple(_entry(row) for row in session.execute(query.order_by(table.c.sequence)))


def _entry(row: Any) -> Entry:
    body = json.loads(row.body)
    at = datetime.fromisoformat(body["at"])
    return Entry(row.subject, body["act"], body["by"], at, body.get("why", ""), json.loads(row.record))
