"""What waits to be validated, released, reported: looks, and the checks that the acts of `exporting` run again."""

from collections.abc import Iterator
from dataclasses import dataclass

from kpdesk.desks import advice
from kpdesk.desks.desk import Desk
from kpdesk.desks.issuing import check_facts
from kpdesk.desks.watching import near_names_in
from kpdesk.domain.certificate import Named, Number
from kpdesk.domain.issuance import Certificate, State
from kpdesk.domain.leaving import Delivery, Leaving, check_delivery, check_representative
from kpdesk.domain.outcomes import Finding
from kpdesk.domain.parcel import WrongState
from kpdesk.domain.parties import Party, PartyKind, check_licence
from kpdesk.domain.rules import PARTNER_UNKNOWN
from kpdesk.domain.shipment import Shipment
from kpdesk.domain.slips import CertificateSlip, PartySlip
from kpdesk.signing import code
from kpdesk.store import keeping
from kpdesk.store import leaving as store
from kpdesk.store import lists as rows
from kpdesk.store.unit import Look, NotFound, Unit


@dataclass(frozen=True, slots=True, kw_only=True)
class OnTheWay:
    """A certificate between its stamp and its confirmation."""

    slip: CertificateSlip
    exporter: str
    """The exporter's register number; empty for those of books before these."""
    last: Leaving | None
    """The release that is open, or the last one."""
    days: int
    """Since it was validated, released or exported, as its state is."""


def read_sheet(desk: Desk, text: str) -> CertificateSlip:
    """The certificate of ours from whose sheet this was read: its number, with check character or not, or a code.

    Raises NotANumber, NotFound.
    """
    with desk.view() as unit:
        return rows.certificate_slip(_on_sheet(desk, unit, text))


def conditions(desk: Desk, number: str) -> tuple[Finding, ...]:
    """What keeps a proved certificate from being validated today, and what its officer should know."""
    with desk.view() as unit:
        return tuple(conditions_in(desk, unit, unit.certificate(Number.parse(number))))


def partner(desk: Desk, number: str) -> str:
    """The authority that the pre-advice goes to, as the register names it; empty where it knows none."""
    with desk.view() as unit:
        known = advice.authority_of(unit, unit.certificate(Number.parse(number)))
        return known.name if known else ""


def waiting_for_stamp(desk: Desk) -> tuple[CertificateSlip, ...]:
    """Proved sheets, the oldest first."""
    with desk.look() as session:
        return rows.certificates(session, state=State.ISSUED, limit=store.MOST)[::-1]


def check_release(desk: Desk, number: str, given: Delivery) -> tuple[Finding, ...]:
    """Everything found on a handover as it is typed."""
    with desk.view() as unit:
        return tuple(check_release_in(desk, unit, unit.certificate(Number.parse(number)), given))


def waiting(desk: Desk, *states: State) -> tuple[OnTheWay, ...]:
    """Certificates validated, released or exported, the oldest first in each state."""
    with desk.view() as unit:
        return tuple(_on_the_way(desk, unit, thing) for state in states for thing in store.waiting(unit.session, state))


def carriers(desk: Desk) -> tuple[PartySlip, ...]:
    """Those whose licence to carry is valid today."""
    with desk.view() as unit:
        known = rows.parties(unit.session, PartyKind.CARRIER)
        return tuple(each for each in known if unit.get(Party, each.number).licence(PartyKind.CARRIER, desk.today))


def representatives(desk: Desk, number: str) -> tuple[str, ...]:
    """Who may act today for the exporter of a certificate, as the register names them."""
    with desk.view() as unit:
        shipment = unit.get(Shipment, unit.certificate(Number.parse(number)).shipment)
        exporter = unit.get(Party, shipment.exporter)
        return tuple(each.name for each in exporter.representatives if each.may_sign(desk.today))


def handed(desk: Desk, number: str) -> tuple[Leaving, tuple[str, ...], Named]:
    """The last release under a certificate, the parcels that left, and who has them now."""
    with desk.view() as unit:
        thing = unit.certificate(Number.parse(number))
        last = next(iter(_leavings(unit.session, thing.id)), None)
        if last is None:
            raise WrongState(number, thing.state.value, State.RELEASED.value)
        firm = unit.find(Party, last.carrier)
        to = Named(firm.name, firm.address) if firm else Named(last.bearer, "")
        return last, unit.get(Shipment, thing.shipment).parcels, to


def leavings_of(desk: Desk, certificate: str) -> tuple[Leaving, ...]:
    """Every release under a certificate's id, the newest first."""
    with desk.look() as session:
        return _leavings(session, certificate)


def lapsed(desk: Desk) -> int:
    """How many certificates lapsed before they left and are not marked yet."""
    with desk.look() as session:
        return sum(1 for _ in lapsed_in(desk, session))


def _leavings(session: Look, certificate: str) -> tuple[Leaving, ...]:
    return keeping.all_of(session, Leaving, about=f"certificate/{certificate}")


def _on_sheet(desk: Desk, unit: Unit, text: str) -> Certificate:
    if text.startswith(code.PREFIX):
        verdict = code.check(text, lists=None, now=desk.clock())
        totals = verdict.totals or verdict.unproven
        claimed = [totals.number] if totals else []
    else:
        read = Number.parse(text)
        claimed = [read, *([Number(read.text[:-1])] if len(read.text) > 3 else [])]
    found = (unit.find_certificate(number) for number in claimed)
    thing = next((each for each in found if each is not None and each.read_from(text)), None)
    if thing is None:
        raise NotFound(Certificate.kind, claimed[0].text if claimed else text[:20])
    return thing


def conditions_in(desk: Desk, unit: Unit, thing: Certificate) -> Iterator[Finding]:
    """The checks run again, for days may have passed since the issue; the partner must be known to be advised."""
    yield from check_facts(desk, unit, unit.get(Shipment, thing.shipment), thing.facts)
    if advice.authority_of(unit, thing) is None:
        yield PARTNER_UNKNOWN.found(participant=thing.facts.destination)


def check_release_in(desk: Desk, unit: Unit, thing: Certificate, given: Delivery) -> Iterator[Finding]:
    """Courier, papers, seals, the exporter's representative, and whether anybody is on a watch list."""
    if given.carrier:
        yield from check_licence(unit.get(Party, given.carrier), PartyKind.CARRIER, desk.today)
    yield from check_delivery(given, seals=thing.facts.seals)
    exporter = unit.get(Party, unit.get(Shipment, thing.shipment).exporter)
    if given.representative.strip():
        yield from check_representative(given.representative, exporter, on=desk.today)
    for name in filter(None, (given.bearer.strip(), given.representative.strip())):
        yield from near_names_in(unit.session, name, on=desk.today)


def _on_the_way(desk: Desk, unit: Unit, thing: Certificate) -> OnTheWay:
    shipment = unit.find(Shipment, thing.shipment)
    return OnTheWay(
        slip=rows.certificate_slip(thing),
        exporter=shipment.exporter if shipment else "",
        last=next(iter(_leavings(unit.session, thing.id)), None),
        days=_days(desk, thing),
    )


def _days(desk: Desk, thing: Certificate) -> int:
    """Since it was validated, released or exported, as its state is."""
    moment = thing.released_at or thing.validated_at
    since = thing.exported_on or (desk.office.today(moment) if moment else thing.facts.issued)
    return (desk.today - since).days


def lapsed_in(desk: Desk, session: Look) -> Iterator[CertificateSlip]:
    """Still here, or with a carrier, after the last day of validity."""
    for state in (State.ISSUED, State.VALIDATED, State.RELEASED):
        for slip in rows.certificates(session, state=state, limit=10_000):
            if slip.facts.expires < desk.today:
                yield slip
