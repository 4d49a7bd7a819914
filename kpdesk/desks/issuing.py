"""The issuing officer: check, seal, prepare, approve (KPCS Section III, IV; EU 12; `decisions.md`, Order of acts).

Printing lies in `sheets`, what follows the sheet in `exporting`.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from secrets import token_bytes
from types import MappingProxyType

from kpdesk.desks import balances, bars
from kpdesk.desks.counter import Shot
from kpdesk.desks.desk import Desk, NoDocument, apart, check_approvals, stop_at
from kpdesk.desks.fees import check_paid
from kpdesk.desks.tenders import check_provisional
from kpdesk.domain.certificate import Facts, Kind, Named, Number, expiry
from kpdesk.domain.checks import check_certificate
from kpdesk.domain.custody import Service
from kpdesk.domain.evidence import check_shipment
from kpdesk.domain.issuance import Certificate, SamePerson, State
from kpdesk.domain.measures import Carats
from kpdesk.domain.outcomes import Finding, Refusal, Severity
from kpdesk.domain.parcel import Draw, Parcel
from kpdesk.domain.parties import Party, PartyKind, Role
from kpdesk.domain.production import Holding
from kpdesk.domain.rules import CONTAINERS_MISSING, SEAL_MISSING
from kpdesk.domain.shipment import Container, Shipment, ShipmentState, lines_of, origins_of
from kpdesk.domain.slips import CertificateSlip, ShipmentSlip
from kpdesk.domain.stock import StockKind
from kpdesk.domain.verification import Verification
from kpdesk.domain.weighing import Reading, Weighing, allowed_difference, step_of
from kpdesk.store import keeping
from kpdesk.store import lists as rows
from kpdesk.store.unit import Unit

MOST_AT_ONCE = 25
"""One step-up may approve a shown list of this many."""


@dataclass(eq=False)
class WeightChanged(Refusal):
    """Weighed again before sealing, the parcel is not what was agreed (EU 12(2))."""

    parcel: str
    agreed: Carats
    found: Carats


@dataclass(eq=False)
class NotWeighedAgain(Refusal):
    """Every parcel of the shipment is weighed again before its container is sealed."""

    parcel: str


@dataclass(eq=False)
class NotLiftable(Refusal):
    """This finding is none that two officers may lift."""

    finding: str


@dataclass(eq=False)
class NotSealed(Refusal):
    """No certificate is prepared before the contents were verified and the container sealed (EU 12(2))."""

    shipment: str


@dataclass(eq=False)
class HasCertificate(Refusal):
    """One live certificate a shipment (KPCS II(a))."""

    shipment: str
    certificate: str


@dataclass(eq=False)
class TooManyAtOnce(Refusal):
    """A list to approve is short enough to be looked at."""

    most: int


def check(desk: Desk, shipment: str) -> tuple[Finding, ...]:
    """Every finding on a shipment and the certificate it would get today."""
    with desk.view() as unit:
        return check_application(desk, unit, unit.get(Shipment, shipment))


def lift(desk: Desk, second: Desk, shipment: str, *, finding: Finding, document: str) -> ShipmentSlip:
    """Two officers lift one finding, as it stands, with a document; a stop that nobody lifts stays (NotLiftable)."""
    desk.must(Role.ISSUING, Role.SUPERVISOR)
    second.must(Role.SUPERVISOR)
    apart(desk, second, "lift")
    if finding.severity is not Severity.LIFTABLE:
        raise NotLiftable(finding.rule.code)
    if not document.strip():
        raise NoDocument(finding.rule.code)
    with desk.unit() as unit:
        thing = unit.get(Shipment, shipment)
        thing.lifted = (*thing.lifted, f"{finding.key}: {document}")
        unit.note("lift", thing, why=f"{finding.key}: {document}; {second.officer.id}")
        return rows.shipment_slip(unit.session, thing)


def seal(
    desk: Desk,
    shipment: str,
    *,
    containers: Sequence[Container],
    readings: Mapping[str, Reading],
    balance: str = "",
    by_hand: str = "",
    witnesses: Mapping[Service, str] = MappingProxyType({}),
    photo: Shot | None = None,
) -> ShipmentSlip:
    """Verify the contents, weigh every parcel again, seal the containers with numbered seals from stock.

    The readings are kept as any weighing is; `by_hand` is why some were typed. `witnesses` of other services and a
    photo are kept with it. Raises NotWeighedAgain, NotStable, NeedsReason, WeightChanged, ContainersDoNotMatch,
    NotInStock, StockNotReady, BalanceBarred, Stopped.
    """
    desk.must(Role.ISSUING)
    with balances.refused_kept(desk, *((each, balance) for each in readings.values())), desk.unit() as unit:
        thing = unit.get(Shipment, shipment)
        stop_at(check_application(desk, unit, thing), lifted=thing.lifted)
        readability, coarser = desk.settings(unit.session).readability, balances.coarser(unit)
        for number in thing.parcels:
            parcel = unit.get(Parcel, number)
            reading = readings.get(number)
            if reading is None:
                raise NotWeighedAgain(number)
            # What the balance sent is not typed, whatever became of the others.
            weighing = Weighing(
                desk.officer.id, reading, "" if reading.raw else by_hand, balance if reading.raw else ""
            )
            balances.admit(desk, unit, weighing)
            unit.keep_weighing(number, len(unit.weighings(number)) + 1, weighing)
            assert parcel.carats is not None
            difference = abs(reading.exact - parcel.carats.value)
            # The agreed carats are rounded to 0.01, which the allowance covers.
            step = step_of(weighing, readability=readability, coarser=coarser)
            if difference > allowed_difference(parcel.carats, step).value:
                raise WeightChanged(number, parcel.carats, reading.carats)
            parcel.seal()
            unit.note("seal", parcel)
        thing.seal(tuple(containers))
        for container in containers:
            unit.use_stock(StockKind.SEAL, container.seal, shipment)
        unit.note("seal", thing)
        if photo or any(witnesses.values()):
            _keep_verification(unit, shipment, witnesses, photo)
        unit.session.flush()
        return rows.shipment_slip(unit.session, thing)


def prepare(desk: Desk, shipment: str, *, replaces: Number | None = None) -> CertificateSlip:
    """Draw the certificate up and sign it first. Raises Stopped, NotSealed, HasCertificate, SamePerson."""
    desk.must(Role.ISSUING)
    with desk.unit() as unit:
        return prepare_in(desk, unit, unit.get(Shipment, shipment), replaces)


def prepare_in(
    desk: Desk, unit: Unit, shipment: Shipment, replaces: Number | None, *, kind: Kind | None = None, why: str = ""
) -> CertificateSlip:
    """As `prepare`, inside a visit that does more; `kind` is another than the office's usual one."""
    if shipment.state is not ShipmentState.SEALED:
        raise NotSealed(shipment.number)
    other = unit.live_certificate(shipment.number)
    if other is not None:
        raise HasCertificate(shipment.number, other.number.text if other.number else other.id)
    stop_at(check_application(desk, unit, shipment), lifted=shipment.lifted)
    _fourth_person(desk, unit, shipment)
    certificate = Certificate(
        id=f"C-{desk.today.year}-{unit.next(f'certificate-{desk.today.year}'):06}",
        shipment=shipment.number,
        facts=facts_of(desk, unit, shipment, replaces, kind=kind),
        prepared_by=desk.officer.id,
    )
    certificate.sign(desk.sign("certificate.prepare", certificate.id, certificate.signed_digest))
    unit.add(certificate)
    facts = certificate.facts
    unit.note("prepare", certificate, why=why, words=f"{certificate.id} {facts.exporter.name} {facts.importer.name}")
    return rows.certificate_slip(certificate)


def approve(desk: Desk, certificates: Sequence[str]) -> tuple[CertificateSlip, ...]:
    """The second signature, by another person, over a shown list; each certificate is checked and signed apart."""
    desk.must(Role.ISSUING, Role.SUPERVISOR)
    if len(certificates) > MOST_AT_ONCE:
        raise TooManyAtOnce(MOST_AT_ONCE)
    with desk.unit() as unit:
        return tuple(approve_in(desk, unit, each) for each in certificates)


def approve_in(desk: Desk, unit: Unit, certificate_id: str) -> CertificateSlip:
    """As `approve`, one of them, inside a visit that does more."""
    certificate = unit.get(Certificate, certificate_id)
    shipment = unit.get(Shipment, certificate.shipment)
    _fourth_person(desk, unit, shipment)
    stop_at(check_facts(desk, unit, shipment, certificate.facts), lifted=shipment.lifted)
    certificate.approve(desk.sign("certificate.approve", certificate.id, certificate.signed_digest))
    check_approvals(unit, certificate)
    unit.note("approve", certificate)
    return rows.certificate_slip(certificate)


def certificates(desk: Desk, *, before: str | None = None, state: State | None = None) -> tuple[CertificateSlip, ...]:
    """A page, the newest first."""
    with desk.look() as session:
        return rows.certificates(session, before=before, state=state)


def find_certificates(desk: Desk, typed: str) -> tuple[CertificateSlip, ...]:
    with desk.look() as session:
        return rows.search_certificates(session, typed)


def facts_of(
    desk: Desk, unit: Unit, shipment: Shipment, replaces: Number | None = None, *, kind: Kind | None = None
) -> Facts:
    """What the shipment's certificate would state, issued today."""
    settings = desk.settings(unit.session)
    parcels = [unit.get(Parcel, number) for number in shipment.parcels]
    exporter, importer = unit.get(Party, shipment.exporter), unit.get(Party, shipment.importer)
    return Facts(
        kind=kind or (Kind.PRACTICE if desk.office.practice else Kind.ORIGINAL),
        edition=desk.office.edition,
        number=None,
        participant=desk.office.participant,
        issuing_authority=desk.office.authority,
        origins=origins_of(parcels),
        provenance=desk.office.participant,
        destination=shipment.destination,
        exporter=_named(exporter, PartyKind.EXPORTER, desk),
        importer=_named(importer, PartyKind.IMPORTER, desk),
        lines=lines_of(parcels),
        parcels=len(parcels),
        containers=len(shipment.containers),
        seals=tuple(container.seal for container in shipment.containers),
        issued=desk.today,
        expires=expiry(desk.today, days=settings.validity_days, months=settings.validity_months),
        replaces=replaces,
    )


def check_application(desk: Desk, unit: Unit, shipment: Shipment) -> tuple[Finding, ...]:
    """The shipment and the certificate it would get today."""
    return check_facts(desk, unit, shipment, facts_of(desk, unit, shipment))


def check_facts(desk: Desk, unit: Unit, shipment: Shipment, facts: Facts) -> tuple[Finding, ...]:
    """Every finding on these facts and the goods behind them, as the books stand now."""
    settings = desk.settings(unit.session)
    parcels = [unit.get(Parcel, number) for number in shipment.parcels]
    # Carats that these parcels drew lie outside the pools already: they are given back to be checked as drawn now.
    drawn = [draw for parcel in parcels for draw in parcel.draws]
    found = (
        *check_certificate(
            facts,
            register=desk.register,
            own=desk.office.participant,
            today=desk.today,
            exporter=unit.find(Party, shipment.exporter),
            importer=unit.find(Party, shipment.importer),
            parcels=parcels,
            latest_expiry=expiry(facts.issued, days=settings.validity_days, months=settings.validity_months),
        ),
        *check_shipment(
            parcels,
            conflict_free=shipment.conflict_free,
            warranty=shipment.warranty,
            on=desk.today,
            holdings=with_draws(unit.holdings(drawn), drawn),
            figures={parcel.number: unit.figures(parcel.number) for parcel in parcels},
            rule=settings.valuation_rule,
            wants=settings.wants,
        ),
        *check_paid(desk, unit.session, shipment),
        *check_provisional(unit.session, shipment.parcels),
        *bars.check_goods(unit.session, shipment.parcels),
    )
    not_yet = (CONTAINERS_MISSING, SEAL_MISSING) if shipment.state is ShipmentState.APPLIED else ()
    return tuple(finding for finding in found if finding.rule not in not_yet)


def with_draws(holdings: Iterable[Holding], draws: Iterable[Draw]) -> tuple[Holding, ...]:
    """What the sources had before these draws."""
    had = {(each.source, each.origin): each for each in holdings}
    for draw in draws:
        if (draw.source, draw.origin) in had:
            before = had[draw.source, draw.origin]
            had[draw.source, draw.origin] = replace(before, carats=before.carats + draw.carats)
    return tuple(had.values())


def _keep_verification(unit: Unit, shipment: str, witnesses: Mapping[Service, str], photo: Shot | None) -> None:
    kept = unit.keep_paper(photo.content, subject=f"shipment/{shipment}", name="photo.jpg") if photo else ""
    made = Verification(
        shipment=shipment,
        customs=witnesses.get(Service.CUSTOMS, "").strip(),
        mines=witnesses.get(Service.MINES, "").strip(),
        salt=token_bytes(16),
        photo=kept,
        original=photo.original if photo else "",
        by=unit.by,
        at=unit.at,
    )
    keeping.keep(unit, "keep_verification", made)


def _fourth_person(desk: Desk, unit: Unit, shipment: Shipment) -> None:
    """Who signs neither weighed nor valued any of the parcels, unless the office is small; raises SamePerson."""
    if desk.settings(unit.session).small_office:
        return
    for number in shipment.parcels:
        parcel = unit.get(Parcel, number)
        for did, officer in (("weigh", parcel.weighed_by), ("value", parcel.valued_by)):
            if officer == desk.officer.id:
                raise SamePerson(desk.officer.name, did)


def _named(party: Party, kind: PartyKind, desk: Desk) -> Named:
    licence = party.licence(kind, desk.today)
    return Named(party.name, party.address, licence.number if licence else "")
