"""Rows for lists, searches and totals: read only, paged by key and never by OFFSET, sorted and searched in SQL."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from kpdesk.domain.certificate import Number
from kpdesk.domain.goods import Heading
from kpdesk.domain.history import Head
from kpdesk.domain.issuance import ENDED, Certificate, State
from kpdesk.domain.measures import Carats, Money
from kpdesk.domain.parcel import ParcelState
from kpdesk.domain.parties import PartyKind
from kpdesk.domain.shipment import Shipment
from kpdesk.domain.slips import CertificateSlip, OfficerSlip, ParcelSlip, PartySlip, ShipmentSlip, StockSlip
from kpdesk.domain.stock import StockKind, StockState
from kpdesk.domain.trust import ReceivedNumber, VoidNumber
from kpdesk.store import tables
from kpdesk.store.search import find

PAGE = 50


@dataclass(frozen=True, slots=True)
class Total:
    """One cell of a quarter's exports (kpcs.md §7.1)."""

    heading: Heading
    destination: str
    origin: str
    carats: Carats
    value: Money
    certificates: int


def head(session: Session) -> tuple[int, Head]:
    """Epoch and end of the history."""
    row = session.execute(select(tables.head)).one()
    return row.epoch, Head(row.size, row.digest)


# Parcels

_parcels = tables.parcels
_PARCELS = select(
    _parcels.c.number,
    _parcels.c.exporter,
    tables.parties.c.name.label("exporter_name"),
    _parcels.c.heading,
    _parcels.c.origins,
    _parcels.c.provenance,
    _parcels.c.state,
    _parcels.c.carats,
    _parcels.c.value,
    _parcels.c.bag,
    _parcels.c.shipment,
    _parcels.c.pieces,
    _parcels.c.received_at,
).outerjoin(tables.parties, tables.parties.c.number == _parcels.c.exporter)


def parcel(session: Session, number: str) -> ParcelSlip | None:
    return _one(session, _PARCELS.where(_parcels.c.number == number), ParcelSlip)


def parcels(
    session: Session, *, before: str | None = None, state: ParcelState | None = None, limit: int = PAGE
) -> tuple[ParcelSlip, ...]:
    """A page, the newest first; `before` is the last number of the page above."""
    return _page(session, parcels_page(before=before, state=state, limit=limit), ParcelSlip)


def parcels_page(*, before: str | None, state: ParcelState | None, limit: int) -> Select[Any]:
    query = _PARCELS.order_by(_parcels.c.number.desc()).limit(limit)
    if state is not None:
        query = query.where(_parcels.c.state == state)
    return query if before is None else query.where(_parcels.c.number < before)


def search_parcels(session: Session, typed: str, *, limit: int = PAGE) -> tuple[ParcelSlip, ...]:
    """Parcels whose number, bag, exporter or note begin with the words typed."""
    numbers = find(session.connection(), "parcel", typed, limit)
    return _page(session, _PARCELS.where(_parcels.c.number.in_(numbers)).order_by(_parcels.c.number.desc()), ParcelSlip)


# Shipments and certificates


def shipments(session: Session, *, states: Sequence[str], limit: int = PAGE) -> tuple[ShipmentSlip, ...]:
    """The oldest first, for they wait longest."""
    table = tables.shipments
    found = session.scalars(select(Shipment).where(table.c.state.in_(states)).order_by(table.c.number).limit(limit))
    return tuple(shipment_slip(session, each) for each in found)


def shipment_slip(session: Session, shipment: Shipment) -> ShipmentSlip:
    sums = session.execute(
        select(func.sum(_parcels.c.carats), func.sum(_parcels.c.value)).where(_parcels.c.number.in_(shipment.parcels))
    ).one()
    return ShipmentSlip(
        number=shipment.number,
        exporter=shipment.exporter,
        exporter_name=_party_name(session, shipment.exporter),
        importer=shipment.importer,
        importer_name=_party_name(session, shipment.importer),
        destination=shipment.destination,
        parcels=shipment.parcels,
        seals=tuple(box.seal for box in shipment.containers),
        carats=sums[0] or Carats.from_thousandths(0),
        value=sums[1] or Money.from_cents(0),
        state=shipment.state,
        applied_at=shipment.applied_at,
    )


def certificate_slip(certificate: Certificate) -> CertificateSlip:
    return CertificateSlip(
        id=certificate.id,
        number=certificate.number,
        state=certificate.state,
        shipment=certificate.shipment,
        facts=certificate.facts,
        digest=certificate.signed_digest,
        prepared_by=certificate.prepared_by,
        approved_by=certificate.approved_by,
        sheets=certificate.sheets,
        pdf_digest=certificate.pdf_digest,
        exported_on=certificate.exported_on,
        replaced_by=certificate.replaced_by,
        reason=certificate.reason,
        signed_at=certificate.approvals[-1].at if certificate.approvals else None,
    )


def certificate(session: Session, number: Number) -> CertificateSlip | None:
    found = session.scalar(select(Certificate).where(tables.certificates.c.number == number))
    return certificate_slip(found) if found else None


def certificates(
    session: Session, *, before: str | None = None, state: State | None = None, limit: int = PAGE
) -> tuple[CertificateSlip, ...]:
    """A page, the newest first; `before` is the last id of the page above."""
    found = session.scalars(certificates_page(before=before, state=state, limit=limit))
    return tuple(certificate_slip(each) for each in found)


def certificates_page(*, before: str | None, state: State | None, limit: int) -> Select[Certificate]:
    table = tables.certificates
    query = select(Certificate).order_by(table.c.id.desc()).limit(limit)
    if state is not None:
        query = query.where(table.c.state == state)
    return query if before is None else query.where(table.c.id < before)


def search_certificates(session: Session, typed: str, *, limit: int = PAGE) -> tuple[CertificateSlip, ...]:
    """Certificates whose number, exporter, importer or seals begin with the words typed."""
    ids = find(session.connection(), "certificate", typed, limit)
    table = tables.certificates
    found = session.scalars(select(Certificate).where(table.c.id.in_(ids)).order_by(table.c.id.desc()))
    return tuple(certificate_slip(each) for each in found)


def exports(session: Session, first: date, last: date) -> tuple[Total, ...]:
    """Carats, US$ and certificates exported from `first` to `last`, by heading, destination and origin."""
    return tuple(Total(*row) for row in session.execute(exports_totals(first, last)))


def exports_totals(first: date, last: date) -> Select[Any]:
    line = tables.certificate_lines.c
    return (
        select(
            line.heading,
            line.destination,
            line.origin,
            func.sum(line.carats),
            func.sum(line.value),
            func.count(),
        )
        .where(line.exported_on.between(first, last))
        .group_by(line.heading, line.destination, line.origin)
        .order_by(line.heading, line.destination, line.origin)
    )


# Stock, people, firms


def stock(session: Session, what: StockKind, state: StockState, *, limit: int = PAGE) -> tuple[StockSlip, ...]:
    """In the order of their numbers."""
    table = tables.stock
    query = (
        select(table.c.what, table.c.number, table.c.paper, table.c.state, table.c.holder, table.c.used_for)
        .where(table.c.what == what, table.c.state == state)
        .order_by(table.c.number)
        .limit(limit)
    )
    return _page(session, query, StockSlip)


def officers(session: Session) -> tuple[OfficerSlip, ...]:
    table = tables.officers
    query = select(table.c.id, table.c.name, table.c.roles).where(table.c.left.is_(None)).order_by(table.c.name)
    return tuple(OfficerSlip(id=row.id, name=row.name, roles=row.roles) for row in session.execute(query))


def parties(session: Session, party_kind: PartyKind) -> tuple[PartySlip, ...]:
    table = tables.parties
    query = (
        select(table.c.number, table.c.party_kind, table.c.name, table.c.address, table.c.country)
        .where(table.c.party_kind == party_kind)
        .order_by(table.c.number)
    )
    return _page(session, query, PartySlip)


# Numbers


def received_here(session: Session, number: Number) -> ReceivedNumber | None:
    table = tables.received_numbers
    row = session.execute(select(table).where(table.c.number == number)).one_or_none()
    return ReceivedNumber(row.number, row.where, row.on) if row else None


def void_numbers(session: Session) -> tuple[VoidNumber, ...]:
    """All of ours that cover no goods any more."""
    return tuple(VoidNumber(*row) for row in session.execute(select(tables.void_numbers)))


def void_number(session: Session, number: Number) -> VoidNumber | None:
    """One of ours that covers no goods any more."""
    row = session.execute(select(tables.void_numbers).where(tables.void_numbers.c.number == number)).one_or_none()
    return VoidNumber(row.number, row.reason, row.since) if row else None


def settings_rows(session: Session) -> list[tuple[str, date, dict[str, Any]]]:
    """All settings ever made, in the order they were made."""
    table = tables.settings
    query = select(table.c.name, table.c.effective_from, table.c.value).order_by(table.c.set_at)
    return [(row.name, row.effective_from, dict(row.value)) for row in session.execute(query)]


def paper(session: Session, digest: str) -> bytes | None:
    """A kept paper by its digest."""
    return session.scalar(select(tables.papers.c.content).where(tables.papers.c.digest == digest))


def received_between(session: Session, first: datetime, last: datetime) -> list[tuple[datetime, Carats | None]]:
    """When each parcel of a span was received, and its agreed carats."""
    query = select(_parcels.c.received_at, _parcels.c.carats).where(_parcels.c.received_at.between(first, last))
    return [(row.received_at, row.carats) for row in session.execute(query)]


def _party_name(session: Session, number: str) -> str:
    return session.scalar(select(tables.parties.c.name).where(tables.parties.c.number == number)) or number


def _page(session: Session, query: Select[Any], kind: type[Any]) -> tuple[Any, ...]:
    """Slips of a page; all rows at once, by position, for a list is asked for often."""
    result = session.execute(query)
    names = tuple(result.keys())
    return tuple(kind(**dict(zip(names, row, strict=True))) for row in result.all())


def _one(session: Session, query: Select[Any], kind: type[Any]) -> Any | None:
    return next(iter(_page(session, query, kind)), None)


def draft(session: Session, officer: str, screen: str) -> str:
    table = tables.drafts
    query = select(table.c.text).where(table.c.officer == officer, table.c.screen == screen)
    return session.scalar(query) or ""


def sealed_key(session: Session, name: str, officer: str) -> tuple[bytes, bytes]:
    """A key's public part and its sealed private part."""
    table = tables.sealed_keys
    row = session.execute(select(table).where(table.c.name == name, table.c.officer == officer)).one()
    return row.public, row.sealed


def holds_key(session: Session, name: str, officer: str) -> bool:
    table = tables.sealed_keys
    query = select(table.c.name).where(table.c.name == name, table.c.officer == officer)
    return session.scalar(query) is not None


def lists_file(session: Session) -> bytes | None:
    """The newest lists file that was accepted."""
    table = tables.lists_files
    return session.scalar(select(table.c.content).order_by(table.c.sequence.desc()).limit(1))


def unsent(session: Session, office: str) -> int:
    """How many history entries are in none of its batches, but for those that tell of a batch itself."""
    table = tables.history
    sent = select(func.coalesce(func.max(tables.batches.c.history_size), 0)).where(tables.batches.c.office == office)
    query = select(func.count()).where(table.c.sequence > sent.scalar_subquery(), table.c.kind != "batch")
    return session.scalar(query) or 0


def count_stock(session: Session, what: StockKind, state: StockState) -> int:
    table = tables.stock
    query = select(func.count()).where(table.c.what == what, table.c.state == state)
    return session.scalar(query) or 0


def count_certificates(session: Session, state: State) -> int:
    return session.scalar(select(func.count()).where(tables.certificates.c.state == state)) or 0


def sheets_since(session: Session, since: datetime) -> int:
    """How many sheets were drawn from this moment on."""
    table = tables.papers
    query = select(func.count()).where(
        table.c.kept_at >= since, table.c.subject.between("certificate/", "certificate0")
    )
    return session.scalar(query) or 0


def unconfirmed(session: Session, exported_by: date) -> tuple[int, date | None]:
    """Certificates exported by this day whose receipt nobody confirmed: how many, and the oldest's day of export."""
    table = tables.certificates
    query = select(func.count(), func.min(table.c.exported_on)).where(
        table.c.state == State.EXPORTED, table.c.exported_on <= exported_by
    )
    many, oldest = session.execute(query).one()
    return many, oldest


def was_weighed(session: Session, parcel: str) -> bool:
    return (
        session.scalar(select(tables.weighings.c.sequence).where(tables.weighings.c.parcel == parcel).limit(1))
        is not None
    )


def has_live_certificate(session: Session, shipment: str) -> bool:
    table = tables.certificates
    live = select(table.c.id).where(table.c.shipment == shipment, table.c.state.not_in(ENDED))
    return session.scalar(live.limit(1)) is not None


def titles(session: Session) -> tuple[str, ...]:
    return tuple(session.scalars(select(tables.titles.c.number).order_by(tables.titles.c.number)))
