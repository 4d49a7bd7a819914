"""What the weighings of a time add up to: how many were typed (desk.md §2.5.7)."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import case, func, select
from sqlalchemy.orm import Session

from kpdesk.store import tables


def typed_since(session: Session, since: datetime) -> Mapping[str, tuple[int, int]]:
    """By balance, empty where none is named: how many weighings were typed, and how many there were."""
    table = tables.weighings
    typed = func.sum(case((table.c.by_hand != "", 1), else_=0))
    query = select(table.c.balance, typed, func.count()).where(table.c.at >= since).group_by(table.c.balance)
    return {str(balance): (int(by_hand), int(every)) for balance, by_hand, every in session.execute(query)}
