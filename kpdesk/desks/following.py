"""Where applications stand, step by step, and their papers: the one to be signed, and the draft certificate."""

from datetime import datetime

from kpdesk.desks.applications import known_statements
from kpdesk.desks.desk import Desk
from kpdesk.desks.issuing import facts_of
from kpdesk.domain.application import STEPS, Application, Standing, Step
from kpdesk.domain.issuance import ENDED, State
from kpdesk.domain.parcel import Parcel
from kpdesk.domain.shipment import Shipment, ShipmentState
from kpdesk.printing.application import ApplicationPaper, GoodsLine, application_sheet, draft_certificate
from kpdesk.store import applying, keeping
from kpdesk.store import lists as rows
from kpdesk.store.unit import Unit

_GOES_ON = frozenset({State.CONFIRMED, State.CONFIRMED_WITH_DIFFERENCE})
"""Ends of a certificate that are the good end of its application."""


def standings(desk: Desk, *, typed: str = "", before: str | None = None) -> tuple[Standing, ...]:
    """A page of applications, the newest first, each with the steps it has taken."""
    with desk.view() as unit:
        found = applying.shipments(unit.session, typed=typed, before=before)
        return tuple(standing_in(desk, unit, each) for each in found)


def standing(desk: Desk, shipment: str) -> Standing:
    """Where one application stands; raises NotFound."""
    with desk.view() as unit:
        return standing_in(desk, unit, unit.get(Shipment, shipment))


def standing_in(desk: Desk, unit: Unit, shipment: Shipment) -> Standing:
    """Read from the shipment, its newest certificate and their histories."""
    slip = rows.shipment_slip(unit.session, shipment)
    certificate = applying.certificate_of(unit.session, shipment.number)
    taken: dict[str, Step] = {}

    def took(code: str, at: datetime | None) -> None:
        if at:
            taken[code] = Step(code, desk.office.today(at), at)

    took("applied", shipment.applied_at)
    ended, reason = "", ""
    if certificate is not None and certificate.state in ENDED - _GOES_ON:
        reason = certificate.reason
        if shipment.state is ShipmentState.SEALED:
            certificate = None  # it ended and the goods lie here: the next one is drawn up from the start
        else:
            ended = certificate.state.value
    for act, at, why in applying.acts_about(unit.session, f"shipment/{shipment.number}"):
        if act == "seal":
            took("sealed", at)
        elif act == "withdraw":
            reason = why
    if certificate is not None:
        for approval in certificate.approvals:
            took("prepared" if approval.action == "certificate.prepare" else "approved", approval.at)
        for act, at, why in applying.acts_about(unit.session, f"certificate/{certificate.id}"):
            if act == "answer" and why.startswith("good"):
                took("issued", at)
        took("validated", certificate.validated_at)
        took("released", certificate.released_at)
        for code, day in (("exported", certificate.exported_on), ("confirmed", certificate.confirmed_on)):
            if day:
                taken[code] = Step(code, day)
    if shipment.state is ShipmentState.WITHDRAWN:
        ended = ended or ShipmentState.WITHDRAWN.value
    kept = keeping.find(unit.session, Application, shipment.number)
    return Standing(
        shipment=shipment.number,
        exporter=shipment.exporter,
        exporter_name=slip.exporter_name,
        importer_name=slip.importer_name,
        destination=shipment.destination,
        parcels=shipment.parcels,
        carats=slip.carats,
        value=slip.value,
        applied_at=shipment.applied_at,
        steps=tuple(taken.get(code, Step(code)) for code in STEPS),
        ended=ended,
        certificate=f"{certificate.number or ''}" if certificate else "",
        reason=reason,
        announced=kept.announced if kept else "",
    )


def paper_of(desk: Desk, shipment: str) -> bytes:
    """The application as it is signed and filed, PDF."""
    with desk.view() as unit:
        thing = unit.get(Shipment, shipment)
        kept = keeping.find(unit.session, Application, shipment)
        facts = facts_of(desk, unit, thing)
        words = next((e.text for e in known_statements(unit.session) if kept and e.version == kept.statement), "")
        goods = [unit.get(Parcel, number) for number in thing.parcels]
        return application_sheet(
            ApplicationPaper(
                number=thing.number,
                office=desk.office.name,
                authority=desk.office.authority,
                made=desk.office.today(thing.applied_at),
                practice=desk.office.practice,
                exporter=facts.exporter,
                importer=facts.importer,
                destination=desk.register.name(thing.destination) if thing.destination else "",
                goods=[
                    GoodsLine(
                        parcel.number,
                        parcel.heading,
                        ", ".join(map(desk.register.name, parcel.origins)),
                        parcel.carats,
                        parcel.value,
                    )
                    for parcel in goods
                    if parcel.carats is not None
                ],
                warranty=thing.warranty,
                statement=words,
                conflict_free=thing.conflict_free,
                declared_on=kept.declared_on if kept else None,
                signer=kept.signer if kept else "",
                invoice=kept.invoice if kept else "",
            )
        )


def draft_of(desk: Desk, shipment: str) -> bytes:
    """The certificate as it would be drawn up today, marked NOT VALID, PDF."""
    with desk.view() as unit:
        facts = facts_of(desk, unit, unit.get(Shipment, shipment))
    return draft_certificate(facts, desk.form, country_name=desk.register.name)
