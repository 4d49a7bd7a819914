"""What a supervisor looks through: weights by hand and in portions, prices with a reason, ages, exports by day."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import func, literal, or_, select
from sqlalchemy.orm import Session

from kpdesk.domain.exceptions import SignOff
from kpdesk.domain.kept import value_of
from kpdesk.domain.measures import Carats, Money
from kpdesk.domain.parcel import ParcelState
from kpdesk.domain.records import parse
from kpdesk.store import tables
from kpdesk.store.columns import Flag
from kpdesk.store.history import last_act_at

_weighings, _figures, _parcels, _history, _kept = (
    tables.weighings, tables.figures, tables.parcels, tables.history, tables.kept,
)  # fmt: skip
_WHOLE = "[]"
"""The portions of a reading that was taken at once, as they are kept."""
_AT_ONCE = 900


def weighings(session: Session, first: datetime, end: datetime) -> list[tuple[datetime, str, bool]]:
    """(when, officer, whether it was typed) of every weighing of a time."""
    query = select(_weighings.c.at, _weighings.c.officer, _weighings.c.by_hand)
    rows = session.execute(query.where(_weighings.c.at >= first, _weighings.c.at < end))
    return [(at, officer, bool(by_hand)) for at, officer, by_hand in rows]


def unusual_weighings(session: Session, first: datetime, end: datetime, *, limit: int) -> Sequence[Any]:
    """Typed, or in portions; the newest first."""
    table = _weighings
    portions = func.length(table.c.portions) > len(_WHOLE)
    query = (
        select(
            table.c.parcel,
            table.c.sequence,
            table.c.officer,
            table.c.by_hand,
            table.c.balance,
            table.c.portions,
            table.c.at,
        )
        .where(table.c.at >= first, table.c.at < end, or_(table.c.by_hand != "", portions))
        .order_by(table.c.at.desc())
        .limit(limit)
    )
    return session.execute(query).all()


def reasoned_figures(
    session: Session, officers: Sequence[str], first: datetime, end: datetime, *, limit: int
) -> Sequence[Any]:
    """Figures signed with a reason, of parcels whose figures are all in: of others nobody hears."""
    table = _figures
    query = (
        select(table.c.parcel, table.c.round, table.c.kind, table.c.lines, table.c.by, table.c.at)
        .join(_parcels, _parcels.c.number == table.c.parcel)
        .where(
            table.c.by.in_(officers),
            table.c.reasoned == literal(True, Flag),
            table.c.at >= first,
            table.c.at < end,
            _parcels.c.value.is_not(None),
        )
        .order_by(table.c.at.desc())
        .limit(limit)
    )
    return session.execute(query).all()


def acts_between(session: Session, first: datetime, end: datetime) -> list[tuple[str, int, datetime]]:
    """(officer, how many acts, the first's moment) of a stretch of time."""
    table = _history
    query = select(table.c.by, func.count(), func.min(table.c.at)).where(table.c.at >= first, table.c.at < end)
    return [(by, count, at) for by, count, at in session.execute(query.group_by(table.c.by))]


def sign_offs(session: Session, keys: Sequence[str]) -> dict[str, SignOff]:
    """Those that were given, by the exception's key."""
    found: dict[str, SignOff] = {}
    for start in range(0, len(keys), _AT_ONCE):
        query = select(_kept.c.identity, _kept.c.record).where(
            _kept.c.kind == SignOff.kind, _kept.c.identity.in_(keys[start : start + _AT_ONCE])
        )
        found |= {row.identity: value_of(SignOff, parse(row.record)) for row in session.execute(query)}
    return found


def last_acts(session: Session, states: Sequence[ParcelState]) -> list[tuple[ParcelState, datetime]]:
    """Each parcel in one of these states, and when the last act on it was."""
    query = select(_parcels.c.state, last_act_at().scalar_subquery()).where(_parcels.c.state.in_(states))
    return [(state, at) for state, at in session.execute(query)]


def exports_by_day(session: Session, first: date, last: date) -> list[tuple[date, Carats, Money]]:
    """(day, carats, US$) of what was exported, the earliest day first."""
    line = tables.certificate_lines.c
    query = (
        select(line.exported_on, func.sum(line.carats), func.sum(line.value))
        .where(line.exported_on.between(first, last))
        .group_by(line.exported_on)
        .order_by(line.exported_on)
    )
    return [(day, carats, value) for day, carats, value in session.execute(query)]
