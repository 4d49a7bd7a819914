"""What the books know of firms' goods: returns of a year, and each firm's carats in and out."""

from collections.abc import Iterable
from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from kpdesk.domain.inspection import RECEIVING, Incoming
from kpdesk.domain.issuance import State
from kpdesk.domain.measures import Carats, total_carats
from kpdesk.domain.parties import Party, PartyKind
from kpdesk.domain.production import Return
from kpdesk.domain.titles import Title
from kpdesk.store import tables

_production, _parcels, _certificates = tables.production.c, tables.parcels.c, tables.certificates.c


def returns(session: Session, first: date, last: date) -> tuple[Return, ...]:
    """Every monthly return of the months that begin between two days."""
    query = (
        select(tables.production)
        .where(_production.month.between(first, last))
        .order_by(_production.title, _production.month, _production.heading)
    )
    return tuple(
        Return(title=row.title, mine=row.mine, month=row.month, heading=row.heading, carats=row.carats, value=row.value)
        for row in session.execute(query)
    )


def titles(session: Session) -> tuple[Title, ...]:
    """All titles on the register, by number; they do not leave the visit."""
    return tuple(session.scalars(select(Title).order_by(tables.titles.c.number)))


def firms(session: Session, kinds: Iterable[PartyKind]) -> tuple[Party, ...]:
    """Firms of these kinds, by number; they do not leave the visit."""
    table = tables.parties.c
    return tuple(session.scalars(select(Party).where(table.party_kind.in_(tuple(kinds))).order_by(table.number)))


def mined(session: Session, holder: str, first: date, last: date) -> Carats:
    """What the titles that a firm holds returned."""
    query = (
        select(func.sum(_production.carats))
        .join(tables.titles, tables.titles.c.number == _production.title)
        .where(tables.titles.c.holder == holder, _production.month.between(first, last))
    )
    return session.scalar(query) or Carats.from_thousandths(0)


def exported(session: Session, exporter: str, first: date, last: date) -> Carats:
    """A firm's carats in shipments that left between two days and did not come back unused."""
    left = (
        select(_certificates.shipment)
        .where(_certificates.exported_on.between(first, last), _certificates.state != State.RETURNED_UNUSED)
        .distinct()
    )
    query = select(func.sum(_parcels.carats)).where(_parcels.exporter == exporter, _parcels.shipment.in_(left))
    return session.scalar(query) or Carats.from_thousandths(0)


def imported(session: Session, name: str, first: datetime, last: datetime) -> Carats:
    """Carats received here for a firm of this name: a foreign certificate knows no register number."""
    table = tables.incoming.c
    query = select(Incoming).where(table.at.between(first, last), table.outcome.in_(tuple(RECEIVING)))
    own = name.casefold()
    return total_carats(
        each.facts.carats
        for each in session.scalars(query)
        if each.facts is not None and each.facts.importer.name.casefold() == own
    )
