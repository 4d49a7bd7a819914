"""Certificates between validation and confirmation, those that wait longest first."""

from typing import Any

from sqlalchemy import Column, select
from sqlalchemy.orm import Session

from kpdesk.domain.issuance import Certificate, State
from kpdesk.store import tables

_table = tables.certificates
_SINCE: dict[State, Column[Any]] = {
    State.VALIDATED: _table.c.validated_at,
    State.RELEASED: _table.c.released_at,
    State.EXPORTED: _table.c.exported_on,
}
"""Since when a certificate waits in a state."""
MOST = 200
"""As many of each as an officer can look through; the rest come when these are done."""


def waiting(session: Session, state: State, *, limit: int = MOST) -> tuple[Certificate, ...]:
    """Certificates validated, released or exported, the oldest first."""
    since = _SINCE[state]
    query = select(Certificate).where(_table.c.state == state).order_by(since, _table.c.id).limit(limit)
    return tuple(session.scalars(query))
