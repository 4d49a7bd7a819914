"""Rows of numbered stock: by number, by state, and what the history tells of its moves."""

import json
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from kpdesk.domain.slips import StockSlip
from kpdesk.domain.stock import StockKind, StockState
from kpdesk.store import tables

PAGE = 50
MOST = 200_000
"""Numbers of one kind in a list; an office's blanks of a century."""
_table, _history = tables.stock, tables.history
_COLUMNS = (_table.c.what, _table.c.number, _table.c.paper, _table.c.state, _table.c.holder, _table.c.used_for)


@dataclass(frozen=True, slots=True)
class Moved:
    """One number's entry in the history."""

    number: str
    act: str
    by: str
    at: datetime
    why: str
    state: StockState
    holder: str


def numbers(
    session: Session, what: StockKind, *, states: Collection[StockState] = (), limit: int = MOST
) -> Iterator[StockSlip]:
    """In the order of the numbers: all, or those in these states."""
    query = select(*_COLUMNS).where(_table.c.what == what).order_by(_table.c.number).limit(limit)
    if states:
        query = query.where(_table.c.state.in_(states))
    return (_slip(row) for row in session.execute(query))


def page(session: Session, what: StockKind, typed: str = "", *, after: str = "") -> tuple[StockSlip, ...]:
    """Those whose number begins so, from behind a number on."""
    return tuple(_slip(row) for row in session.execute(page_query(what, typed, after)))


def page_query(what: StockKind, typed: str, after: str) -> Select[Any]:
    query = select(*_COLUMNS).where(_table.c.what == what, _table.c.number > after)
    if typed:
        query = query.where(_table.c.number >= typed, _table.c.number < typed + "\uffff")
    return query.order_by(_table.c.number).limit(PAGE)


def _slip(row: Any) -> StockSlip:
    """What lies in the safe is in nobody's hands, whoever had it before."""
    holder = "" if row.state is StockState.IN_SAFE else row.holder
    return StockSlip(**{**row._mapping, "holder": holder})


def counts(session: Session, what: StockKind) -> dict[StockState, int]:
    query = select(_table.c.state, func.count()).where(_table.c.what == what).group_by(_table.c.state)
    return {row.state: row[1] for row in session.execute(query)}


def moves(session: Session, what: StockKind, *, since: datetime | None = None, limit: int = 5000) -> Iterator[Moved]:
    """What happened to numbers of a kind, the newest first, back to a moment or so many entries."""
    query = (
        select(_history.c.subject, _history.c.body, _history.c.record)
        .where(_history.c.kind == "stock")
        .order_by(_history.c.sequence.desc())
        .limit(limit)
    )
    before = f"stock/{what}-"
    for row in session.execute(query):
        body = json.loads(row.body)
        at = datetime.fromisoformat(body["at"])
        if since is not None and at < since:
            return
        if row.subject.startswith(before):
            record = json.loads(row.record)
            state = StockState(record["state"])
            holder = "" if state is StockState.IN_SAFE else record["holder"]
            yield Moved(record["number"], body["act"], body["by"], at, body.get("why", ""), state, holder)
