"""Rows for applications: a firm's parcels that may be applied for, shipments by page, who did what about them."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from kpdesk.domain.issuance import Certificate
from kpdesk.domain.parcel import Parcel, ParcelState
from kpdesk.domain.records import parse
from kpdesk.domain.shipment import Shipment
from kpdesk.store import tables
from kpdesk.store.search import find

PAGE = 50
_MOST_PARCELS = 500


def parcels_of(session: Session, exporter: str, states: Collection[ParcelState]) -> tuple[Parcel, ...]:
    """The firm's parcels in these states, by number."""
    table = tables.parcels
    query = (
        select(Parcel)
        .where(table.c.state.in_(states), table.c.exporter == exporter)
        .order_by(table.c.number)
        .limit(_MOST_PARCELS)
    )
    return tuple(session.scalars(query))


def shipments(session: Session, *, typed: str = "", before: str | None = None) -> tuple[Shipment, ...]:
    """A page, the newest first; those whose number, firm or importer begin with the words typed."""
    table = tables.shipments
    query = select(Shipment).order_by(table.c.number.desc()).limit(PAGE)
    if typed.strip():
        query = query.where(table.c.number.in_(find(session.connection(), "shipment", typed, PAGE)))
    if before is not None:
        query = query.where(table.c.number < before)
    return tuple(session.scalars(query))


def certificate_of(session: Session, shipment: str) -> Certificate | None:
    """The newest certificate that was drawn up for a shipment."""
    table = tables.certificates
    return session.scalar(select(Certificate).where(table.c.shipment == shipment).order_by(table.c.id.desc()).limit(1))


def acts_about(session: Session, subject: str) -> tuple[tuple[str, datetime, str], ...]:
    """(act, when, why) of every history entry about a thing, in order."""
    table = tables.history
    bodies = session.scalars(select(table.c.body).where(table.c.subject == subject).order_by(table.c.sequence))
    entries = [parse(body) for body in bodies]
    return tuple(
        (str(each["act"]), datetime.fromisoformat(str(each["at"])), str(each.get("why", ""))) for each in entries
    )
