"""Today: what the office did, what it has, and what waits for this officer."""

from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta
from itertools import islice
from typing import TypeAlias, TypeVar
from zoneinfo import ZoneInfo

from kpdesk.desks import returns
from kpdesk.desks.desk import Desk
from kpdesk.desks.inspector import lists_in_force
from kpdesk.domain.issuance import State
from kpdesk.domain.measures import total_carats
from kpdesk.domain.parcel import ParcelState
from kpdesk.domain.parties import Role
from kpdesk.domain.shipment import ShipmentState
from kpdesk.domain.slips import TodaySlip, Waiting
from kpdesk.domain.stock import StockKind, StockState
from kpdesk.domain.valuation import FigureKind
from kpdesk.store import lists as rows
from kpdesk.store.unit import Look
from kpdesk.store.valuing import to_value

_AT_HAND = (StockState.IN_SAFE, StockState.WITH_OFFICER, StockState.LOADED)
_WORKING_DAYS, _OVER = 20, timedelta(days=28)
_SOON = timedelta(days=7)
_LISTED = 20
_REMINDED = 3
"""Of the returns that are late, those longest."""
_Where = TypeVar("_Where")
_Step: TypeAlias = tuple[_Where, str, tuple[Role, ...]]
_PARCELS: tuple[_Step[ParcelState], ...] = (
    (ParcelState.RECEIVED, "weigh", (Role.CLERK,)),
    (ParcelState.WEIGHED, "value", (Role.VALUER,)),
    (ParcelState.VALUED, "bag", (Role.CLERK,)),
)
_SHIPMENTS: tuple[_Step[ShipmentState], ...] = (
    (ShipmentState.APPLIED, "seal", (Role.ISSUING,)),
    (ShipmentState.SEALED, "prepare", (Role.ISSUING,)),
)
_CERTIFICATES: tuple[_Step[State], ...] = (
    (State.DRAFT, "approve", (Role.ISSUING, Role.SUPERVISOR)),
    (State.APPROVED, "print", (Role.ISSUING,)),
    (State.ISSUED, "validate", (Role.ISSUING, Role.SUPERVISOR)),
    (State.VALIDATED, "release", (Role.ISSUING,)),
    (State.RELEASED, "exit", (Role.ISSUING,)),
)


def today(desk: Desk) -> TodaySlip:
    """Everything the first page shows, in one look."""
    zone = UTC if desk.office.zone == "UTC" else ZoneInfo(desk.office.zone)
    start = datetime.combine(desk.today, time(), zone)
    with desk.look() as session:
        received = rows.received_between(session, start, start + timedelta(days=1))
        hours = [at.astimezone(zone).hour for at, _ in received]
        live = [
            slip
            for state in (State.ISSUED, State.VALIDATED, State.RELEASED)
            for slip in rows.certificates(session, state=state, limit=1000)
        ]
        blanks = sum(rows.count_stock(session, StockKind.BLANK, state) for state in _AT_HAND)
        used = rows.sheets_since(session, desk.clock() - _OVER)
        overdue_from = desk.today - timedelta(days=desk.settings(session).confirmation_days)
        unconfirmed, oldest = rows.unconfirmed(session, overdue_from)
        lists = lists_in_force(desk, rows.lists_file(session))
        return TodaySlip(
            parcels=len(received),
            carats=total_carats(carats for _, carats in received if carats),
            by_hour=tuple(hours.count(hour) for hour in range(24)),
            to_issue=sum(rows.count_certificates(session, state) for state in (State.DRAFT, State.APPROVED)),
            expiring=sum(slip.facts.expires <= desk.today + _SOON for slip in live),
            blanks=blanks,
            blanks_days=blanks * _WORKING_DAYS // used if used else None,
            unconfirmed=unconfirmed,
            oldest_unconfirmed=(desk.today - oldest).days if oldest else None,
            unsent=rows.unsent(session, desk.office.code),
            lists_age=(desk.clock() - lists.issued).days if lists else None,
            waiting=tuple(sorted(_waiting(desk, session), key=lambda each: each.since)),
        )


def _waiting(desk: Desk, session: Look) -> Iterator[Waiting]:
    """What this officer's roles may take a step on, the first few of each kind."""
    roles = desk.officer.roles
    if Role.CLERK in roles:
        yield from islice(returns.waiting(desk, session), _REMINDED)
    for parcel_state, step, who in _PARCELS:
        if roles & set(who):
            for parcel in rows.parcels(session, state=parcel_state, limit=_LISTED):
                if step == "value" and not _wants_figure(desk, session, parcel.number):
                    continue
                again = step == "weigh" and rows.was_weighed(session, parcel.number)
                yield Waiting(
                    subject=f"parcel/{parcel.number}",
                    what="weigh_again" if again else step,
                    about=parcel.exporter_name,
                    carats=parcel.carats,
                    since=parcel.received_at,
                )
    for shipment_state, step, who in _SHIPMENTS:
        if roles & set(who):
            for shipment in rows.shipments(session, states=[shipment_state], limit=_LISTED):
                if step == "prepare" and rows.has_live_certificate(session, shipment.number):
                    continue
                yield Waiting(
                    subject=f"shipment/{shipment.number}",
                    what=step,
                    about=shipment.exporter_name,
                    carats=shipment.carats,
                    since=shipment.applied_at,
                )
    for state, step, who in _CERTIFICATES:
        if roles & set(who):
            for certificate in rows.certificates(session, state=state, limit=_LISTED):
                yield Waiting(
                    subject=f"certificate/{certificate.number or certificate.id}",
                    what=step,
                    about=certificate.facts.exporter.name,
                    carats=certificate.facts.carats,
                    since=certificate.signed_at or datetime.combine(certificate.facts.issued, time(), UTC),
                )


def _wants_figure(desk: Desk, session: Look, parcel: str) -> bool:
    """Whether it wants a figure that this officer may give."""
    small = desk.settings(session).small_office
    kinds = (FigureKind.OFFICE, FigureKind.INDEPENDENT)
    return any(to_value(session, kind, desk.officer.id, weigher_too=small, number=parcel) for kind in kinds)
