"""Rows of the office's own people: all who ever joined, and when each did something last."""

import json
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from kpdesk.domain.parties import Officer
from kpdesk.store import tables

_LOOKED_AT = 5000


def officers(session: Session) -> tuple[Officer, ...]:
    """By name, those who left too."""
    return tuple(session.scalars(select(Officer).order_by(tables.officers.c.name)))


def last_acts(session: Session) -> dict[str, datetime]:
    """By officer's id, from the newest entries of the history; who is not in them did nothing for long."""
    history = tables.history
    found: dict[str, datetime] = {}
    for body in session.scalars(select(history.c.body).order_by(history.c.sequence.desc()).limit(_LOOKED_AT)):
        entry = json.loads(body)
        found.setdefault(entry["by"], datetime.fromisoformat(entry["at"]))
    return found


def drafts(session: Session, officer: str) -> tuple[str, ...]:
    """The screens on which an officer has a draft."""
    table = tables.drafts
    return tuple(session.scalars(select(table.c.screen).where(table.c.officer == officer).order_by(table.c.screen)))


def give_drafts(session: Session, officer: str, to: str) -> None:
    """Every draft of one officer becomes another's, who has none on the same screens."""
    table = tables.drafts
    session.execute(update(table).where(table.c.officer == officer).values(officer=to))
