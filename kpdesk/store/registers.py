"""Rows of the registers: firms and titles by page, their events, whose names could be meant by one."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from kpdesk.domain.kept import value_of
from kpdesk.domain.parties import Party, PartyKind
from kpdesk.domain.records import parse
from kpdesk.domain.register_slips import Event, PartyRow, TitleRow
from kpdesk.domain.titles import Title
from kpdesk.domain.watch import Watched, keys
from kpdesk.store import tables
from kpdesk.store.search import find

PAGE = 50
_MOST_FOUND = 500
"""Hits of a search before those of one kind are taken out of them."""
_MOST_NAMES = 2_000
_MOST_EVENTS = 50
_PREFIXES = {
    PartyKind.EXPORTER: "EXP",
    PartyKind.IMPORTER: "IMP",
    PartyKind.MINER: "MIN",
    PartyKind.DEALER: "DEA",
    PartyKind.CARRIER: "CAR",
    PartyKind.FOREIGN_AUTHORITY: "AUT",
}


def parties(session: Session, kind: PartyKind, *, typed: str, after: str, on: date) -> tuple[PartyRow, ...]:
    """A page of one kind in the order of numbers, or those that are meant by the words typed."""
    table = tables.parties
    query = select(Party).where(table.c.party_kind == kind, table.c.number > after).order_by(table.c.number).limit(PAGE)
    if typed.strip():
        query = query.where(table.c.number.in_(find(session.connection(), "party", typed, _MOST_FOUND)))
    return tuple(
        PartyRow(
            number=each.number,
            party_kind=each.party_kind,
            name=each.name,
            country=each.country,
            standing=each.standing(on),
        )
        for each in session.scalars(query)
    )


def named(session: Session, kinds: Sequence[PartyKind]) -> tuple[tuple[str, str], ...]:
    """(number, name) of all of these kinds."""
    table = tables.parties
    query = select(table.c.number, table.c.name).where(table.c.party_kind.in_(kinds)).order_by(table.c.number)
    return tuple((row.number, row.name) for row in session.execute(query))


def titles(session: Session, *, typed: str, after: str) -> tuple[TitleRow, ...]:
    """As `parties`."""
    table = tables.titles
    query = select(Title).where(table.c.number > after).order_by(table.c.number).limit(PAGE)
    if typed.strip():
        query = query.where(table.c.number.in_(find(session.connection(), "title", typed, _MOST_FOUND)))
    return _title_rows(session, session.scalars(query))


def titles_of(session: Session, holder: str) -> tuple[TitleRow, ...]:
    """What a firm holds, at most a page."""
    table = tables.titles
    query = select(Title).where(table.c.holder == holder).order_by(table.c.number).limit(PAGE)
    return _title_rows(session, session.scalars(query))


def _title_rows(session: Session, found: Iterable[Title]) -> tuple[TitleRow, ...]:
    made = tuple(found)
    table = tables.parties
    query = select(table.c.number, table.c.name).where(table.c.number.in_({each.holder for each in made}))
    names = {row.number: row.name for row in session.execute(query)}
    return tuple(
        TitleRow(
            number=each.number,
            mine=each.mine,
            holder=names.get(each.holder, each.holder),
            country=each.country,
            valid_from=each.valid_from,
            valid_until=each.valid_until,
        )
        for each in made
    )


def all_titles(session: Session) -> Iterable[Title]:
    return session.scalars(select(Title))


def holders(session: Session) -> dict[str, str]:
    """Register numbers of all firms by number and by name, without case; a name that two have is nobody's."""
    table = tables.parties
    found: dict[str, str] = {}
    twice: set[str] = set()
    for row in session.execute(select(table.c.number, table.c.name)):
        name = row.name.casefold()
        if name in found:
            twice.add(name)
        found[name] = row.number
    found = {name: number for name, number in found.items() if name not in twice}
    return found | {number.casefold(): number for number in session.scalars(select(table.c.number))}


def watched_like(session: Session, name: str) -> tuple[Watched, ...]:
    """Entries of watch lists worth comparing with a name."""
    connection = session.connection()
    found = {number for key in keys(name) for number in find(connection, Watched.kind, key, _MOST_NAMES)}
    table = tables.kept
    query = select(table.c.record).where(table.c.kind == Watched.kind, table.c.identity.in_(found))
    return tuple(value_of(Watched, parse(record)) for record in session.scalars(query.order_by(table.c.identity)))


def watched_page(session: Session, *, typed: str, after: str) -> tuple[Watched, ...]:
    """As `parties`."""
    table = tables.kept
    query = (
        select(table.c.record)
        .where(table.c.kind == Watched.kind, table.c.identity > after)
        .order_by(table.c.identity)
        .limit(PAGE)
    )
    if typed.strip():
        query = query.where(table.c.identity.in_(find(session.connection(), Watched.kind, typed, _MOST_FOUND)))
    return tuple(value_of(Watched, parse(record)) for record in session.scalars(query))


def events(session: Session, subject: str) -> tuple[Event, ...]:
    """The newest acts on a thing, with the names of who did them."""
    table = tables.history
    names = {row.id: row.name for row in session.execute(select(tables.officers.c.id, tables.officers.c.name))}
    query = select(table.c.body).where(table.c.subject == subject).order_by(table.c.sequence.desc()).limit(_MOST_EVENTS)
    found = []
    for body in session.scalars(query):
        told = parse(body)
        by, why = str(told["by"]), str(told.get("why", ""))
        for officer, name in names.items():
            why = why.replace(officer, name)
        found.append(Event(datetime.fromisoformat(str(told["at"])), str(told["act"]), names.get(by, by), why))
    return tuple(found)


def next_number(session: Session, kind: PartyKind) -> str:
    """The number after the highest that begins like the kind's own."""
    prefix = _PREFIXES[kind]
    table = tables.parties
    numbers = session.scalars(select(table.c.number).where(table.c.number.between(f"{prefix}-", f"{prefix}.")))
    counts = [int(each[4:]) for each in numbers if each[4:].isdecimal()]
    return f"{prefix}-{max(counts, default=0) + 1:04}"
