"""The exporters' desk: what a firm applies for and declares (KPCS Annex II 13, 18; WDC System of Warranties)."""

from dataclasses import dataclass, replace

from kpdesk.desks.desk import Desk
from kpdesk.desks.issuing import HasCertificate, check_application
from kpdesk.domain.issuance import State
from kpdesk.domain.outcomes import Finding, Refusal
from kpdesk.domain.parcel import Parcel
from kpdesk.domain.parties import Party, PartyKind, Role
from kpdesk.domain.shipment import Shipment, ShipmentState
from kpdesk.domain.slips import PartySlip, ShipmentSlip
from kpdesk.store import lists as rows
from kpdesk.store.unit import Unit


@dataclass(eq=False)
class NotTheirParcel(Refusal):
    """The parcel is another firm's."""

    parcel: str
    exporter: str


def apply(
    desk: Desk,
    *,
    exporter: str,
    importer: str,
    destination: str,
    parcels: tuple[str, ...],
    conflict_free: bool,
    warranty: str,
) -> ShipmentSlip:
    """A firm's application for one certificate over bagged parcels.

    It is taken whatever the checks find, for a stop is mended or withdrawn later; the findings come back with it.
    """
    desk.must(Role.EXPORTER_DESK, Role.CLERK)
    with desk.unit() as unit:
        shipment = apply_in(
            desk,
            unit,
            exporter=exporter,
            importer=importer,
            destination=destination,
            parcels=parcels,
            conflict_free=conflict_free,
            warranty=warranty,
        )
        return replace(rows.shipment_slip(unit.session, shipment), findings=check_application(desk, unit, shipment))


def apply_in(
    desk: Desk,
    unit: Unit,
    *,
    exporter: str,
    importer: str,
    destination: str,
    parcels: tuple[str, ...],
    conflict_free: bool,
    warranty: str,
) -> Shipment:
    """As `apply`, inside a visit that does more."""
    firm, to = unit.get(Party, exporter), unit.get(Party, importer)
    number = f"S-{desk.today.year}-{unit.next(f'shipment-{desk.today.year}'):06}"
    goods = [unit.get(Parcel, each) for each in parcels]
    for parcel in goods:
        if parcel.exporter != firm.number:
            raise NotTheirParcel(parcel.number, firm.name)
        parcel.apply(number)
        unit.note("apply", parcel)
    shipment = Shipment(
        number=number,
        exporter=firm.number,
        importer=to.number,
        destination=destination,
        parcels=tuple(sorted(parcels)),
        conflict_free=conflict_free,
        warranty=warranty,
        applied_at=desk.clock(),
        applied_by=desk.officer.id,
    )
    unit.add(shipment)
    unit.note("apply", shipment, words=f"{number} {firm.name} {to.name} {destination}")
    unit.session.flush()
    return shipment


def withdraw(desk: Desk, shipment: str, *, why: str) -> ShipmentSlip:
    """The firm takes its application back; its parcels lie in their bags again, and no number is used.

    A certificate prepared for it ends; one that bears a number is void first, by two. Raises HasCertificate.
    """
    desk.must(Role.EXPORTER_DESK, Role.CLERK)
    with desk.unit() as unit:
        thing = unit.get(Shipment, shipment)
        certificate = unit.live_certificate(shipment)
        if certificate is not None:
            if certificate.number is not None:
                raise HasCertificate(shipment, certificate.number.text)
            certificate.end(State.VOID, why)
            unit.note("withdraw", certificate, why=why)
        thing.withdraw()
        for number in thing.parcels:
            parcel = unit.get(Parcel, number)
            parcel.come_back()
            unit.note("withdraw", parcel, why=why)
        unit.note("withdraw", thing, why=why)
        unit.session.flush()
        return rows.shipment_slip(unit.session, thing)


def shipments(desk: Desk) -> tuple[ShipmentSlip, ...]:
    """Those that have not left."""
    with desk.look() as session:
        return rows.shipments(session, states=[ShipmentState.APPLIED, ShipmentState.SEALED])


def importers(desk: Desk) -> tuple[PartySlip, ...]:
    with desk.look() as session:
        return rows.parties(session, PartyKind.IMPORTER)


def findings(desk: Desk, shipment: str) -> tuple[Finding, ...]:
    """What holds the application up today."""
    with desk.view() as unit:
        return check_application(desk, unit, unit.get(Shipment, shipment))
