"""Provisional values: flagged when a parcel goes to a tender or on consignment, their results recorded later."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from kpdesk.desks.desk import Desk
from kpdesk.domain.measures import Money
from kpdesk.domain.outcomes import Finding
from kpdesk.domain.parcel import Parcel, ParcelState, WrongState
from kpdesk.domain.parties import Party, Role
from kpdesk.domain.rules import VALUE_PROVISIONAL
from kpdesk.domain.tenders import Basis, Provisional, ResultKnown, apart
from kpdesk.store import keeping
from kpdesk.store.unit import Look, Unit

_STILL_HERE = (
    ParcelState.WEIGHED,
    ParcelState.VALUED,
    ParcelState.BAGGED,
    ParcelState.APPLIED,
    ParcelState.SEALED,
)
_LISTED = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class TenderSlip:
    """A provisional value with what is known of it today."""

    parcel: str
    exporter_name: str
    certificate: str
    """Its number, empty while there is none."""
    basis: Basis
    stated: Money | None
    """As the certificate states it."""
    due: date
    overdue: int
    """Days past its due day without a result, else 0."""
    result: Money | None
    sold_on: date | None
    apart: Decimal | None
    """The result's difference from the stated value, in percent."""


def flag_provisional(desk: Desk, parcel: str, *, basis: Basis) -> Provisional:
    """The value of a parcel still here is provisional; its result is due after the days the office allows.

    Raises WrongState once it has left, ResultKnown.
    """
    desk.must(Role.VALUER, Role.EXPORTER_DESK)
    with desk.unit() as unit:
        thing = unit.get(Parcel, parcel)
        if thing.state not in _STILL_HERE:
            raise WrongState(thing.number, thing.state.value, ", ".join(_STILL_HERE))
        before = keeping.find(unit.session, Provisional, parcel)
        if before is not None and before.result is not None:
            raise ResultKnown(parcel, before.result)
        due = desk.today + timedelta(days=desk.settings(unit.session).provisional_days)
        flagged = Provisional(parcel=parcel, basis=basis, due=due, by=desk.officer.id, at=desk.clock())
        keeping.keep(unit, "flag_provisional", flagged)
        return flagged


def record_result(desk: Desk, parcel: str, *, value: Money, on: date, document: str) -> TenderSlip:
    """What the goods were sold for, beside the certificate, which stays as signed. Raises ResultKnown, NotFound."""
    desk.must(Role.VALUER, Role.EXPORTER_DESK, Role.SUPERVISOR)
    with desk.unit() as unit:
        known = keeping.get(unit.session, Provisional, parcel)
        sold = known.sell(value, on=on, document=document, by=desk.officer.id, at=desk.clock(), today=desk.today)
        keeping.keep(unit, "record_result", sold)
        return _slip(desk, unit, sold)


def provisional(desk: Desk, *, open_only: bool = False) -> tuple[TenderSlip, ...]:
    """What is provisional: without a result first, the longest overdue on top."""
    with desk.view() as unit:
        found = keeping.all_of(unit.session, Provisional, live=True if open_only else None, limit=_LISTED)
        slips = [_slip(desk, unit, each) for each in found]
        return tuple(sorted(slips, key=lambda slip: (slip.result is not None, slip.due, slip.parcel)))


def check_provisional(session: Look, parcels: Iterable[str]) -> Iterator[Finding]:
    """A note for every parcel of a certificate whose value is provisional."""
    for parcel in parcels:
        known = keeping.find(session, Provisional, parcel)
        if known is not None and known.live:
            yield VALUE_PROVISIONAL.found(parcel=parcel, basis=known.basis, due=known.due)


def _slip(desk: Desk, unit: Unit, each: Provisional) -> TenderSlip:
    parcel = unit.get(Parcel, each.parcel)
    firm = unit.find(Party, parcel.exporter)
    certificate = unit.live_certificate(parcel.shipment) if parcel.shipment else None
    stated = parcel.value
    return TenderSlip(
        parcel=each.parcel,
        exporter_name=firm.name if firm else parcel.exporter,
        certificate=certificate.number.text if certificate and certificate.number else "",
        basis=each.basis,
        stated=stated,
        due=each.due,
        overdue=max((desk.today - each.due).days, 0) if each.live else 0,
        result=each.result,
        sold_on=each.sold_on,
        apart=apart(stated, each.result) if stated and each.result is not None else None,
    )
