"""Finding in the history: a page of entries at a time, by subject, officer, act, days and words of the reason."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import Session

from kpdesk.domain.history import Entry
from kpdesk.domain.records import Record, parse
from kpdesk.store import tables
from kpdesk.store.search import HISTORY, find

PAGE = 50
MOST_WORDS = 5_000
"""The newest so many entries with the words typed are looked through."""
_SLACK = timedelta(days=1)
"""By how much a clock may have been set back: the order is that of the entries, never of their times."""
_table = tables.history
_AT = func.coalesce(_table.c.at, _table.c.at)
"""The moment, kept away from its index: the entries are walked in their own order, between two that are looked up."""


def page(
    session: Session,
    *,
    subjects: Sequence[str] = (),
    by: str = "",
    acts: Sequence[str] = (),
    typed: str = "",
    first: datetime | None = None,
    end: datetime | None = None,
    before: int | None = None,
    limit: int | None = PAGE,
) -> tuple[Entry, ...]:
    """The newest first, from `first` on and before `end`; `before` is the last sequence of the page above."""
    asked: list[ColumnElement[bool]] = []
    if subjects:
        asked.append(_table.c.subject.in_(subjects))
    if by:
        asked.append(_table.c.by == by)
    if acts:
        asked.append(_table.c.act == acts[0] if len(acts) == 1 else _table.c.act.in_(acts))
    if typed.strip():
        found = map(int, find(session.connection(), HISTORY, typed, MOST_WORDS))
        asked.append(_table.c.sequence.in_(list(found)))
    if first is not None:
        asked += [_table.c.sequence > _last_before(session, first - _SLACK), first <= _AT]
    if end is not None:
        asked.append(end > _AT)
        if (beyond := _first_from(session, end + _SLACK)) is not None:
            asked.append(_table.c.sequence < beyond)
    if before is not None:
        asked.append(_table.c.sequence < before)
    return _entries(session, _COLUMNS.where(*asked).order_by(_table.c.sequence.desc()).limit(limit))


def entry(session: Session, sequence: int) -> Entry | None:
    return next(iter(_entries(session, _COLUMNS.where(_table.c.sequence == sequence))), None)


def record(session: Session, entry: Entry) -> tuple[Record, Record]:
    """The record beside an entry, and that of the revision before it (empty for the first)."""
    query = (
        select(_table.c.record)
        .where(_table.c.subject == entry.subject, _table.c.sequence <= entry.sequence)
        .order_by(_table.c.sequence.desc())
        .limit(2)
    )
    now, *earlier = [parse(line) for line in session.scalars(query)]
    return now, earlier[0] if earlier else {}


def records(session: Session, entries: Sequence[Entry]) -> dict[int, Record]:
    """The records beside these entries, by sequence."""
    query = select(_table.c.sequence, _table.c.record).where(_table.c.sequence.in_([e.sequence for e in entries]))
    return {row.sequence: parse(row.record) for row in session.execute(query)}


def subjects(session: Session, identity: str, kinds: Sequence[str]) -> tuple[str, ...]:
    """Those things of this name that the history tells of."""
    wanted = [f"{kind}/{identity}" for kind in kinds]
    query = select(_table.c.subject).where(_table.c.subject.in_(wanted)).distinct()
    return tuple(session.scalars(query))


def acts(session: Session) -> tuple[str, ...]:
    """Every act that was ever done, by name: one step of the index for each."""
    found: list[str] = []
    last: str | None = ""
    while last is not None:
        last = session.scalar(select(func.min(_table.c.act)).where(_table.c.act > last))
        found += [last] if last else []
    return tuple(found)


def digest_at(session: Session, size: int) -> str | None:
    return session.scalar(select(_table.c.digest).where(_table.c.sequence == size))


def tally(session: Session, first: datetime, end: datetime) -> list[tuple[str, str, int, datetime, datetime]]:
    """(officer, act, how often, from when, until when) of a stretch of time, as long as a day."""
    at = _table.c.at
    query = (
        select(_table.c.by, _table.c.act, func.count(), func.min(at), func.max(at))
        .where(at >= first, at < end)
        .group_by(_table.c.by, _table.c.act)
    )
    return [(by, act, count, since, until) for by, act, count, since, until in session.execute(query)]


def last_act_at() -> Select[Any]:
    """When the newest entry about a parcel was written, for a query of parcels."""
    return (
        select(_table.c.at)
        .where(_table.c.subject == "parcel/" + tables.parcels.c.number)
        .order_by(_table.c.sequence.desc())
        .limit(1)
        .correlate(tables.parcels)
    )


_COLUMNS = select(_table.c.sequence, _table.c.previous, _table.c.body)


def _entries(session: Session, query: Select[Any]) -> tuple[Entry, ...]:
    return tuple(_entry(row) for row in session.execute(query))


def _entry(row: Any) -> Entry:
    body = parse(row.body)
    return Entry(
        sequence=row.sequence,
        previous=row.previous,
        at=datetime.fromisoformat(str(body["at"])),
        act=str(body["act"]),
        by=str(body["by"]),
        subject=str(body["subject"]),
        revision=int(str(body["rev"])),
        after=str(body["after"]),
        why=str(body.get("why", "")),
    )


def _last_before(session: Session, moment: datetime) -> int:
    at, sequence = _table.c.at, _table.c.sequence
    query = select(sequence).where(at < moment).order_by(at.desc(), sequence.desc()).limit(1)
    return session.scalar(query) or 0


def _first_from(session: Session, moment: datetime) -> int | None:
    at, sequence = _table.c.at, _table.c.sequence
    return session.scalar(select(sequence).where(at >= moment).order_by(at, sequence).limit(1))
