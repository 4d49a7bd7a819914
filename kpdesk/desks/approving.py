"""A list of certificates at once: the first officer draws all of them up, the second signs what is shown.

Each is checked, and its digest signed, apart; one that may not go holds the whole list up and is named
(`decisions.md`, People: one step-up may approve a shown list of at most 25).
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from kpdesk.desks.desk import Desk
from kpdesk.desks.issuing import MOST_AT_ONCE, TooManyAtOnce, approve_in, check_facts, facts_of, prepare_in
from kpdesk.domain.certificate import Facts
from kpdesk.domain.issuance import Certificate, State
from kpdesk.domain.outcomes import Finding, Refusal, Severity
from kpdesk.domain.parties import Role
from kpdesk.domain.shipment import Shipment, ShipmentState
from kpdesk.domain.slips import CertificateSlip, ShipmentSlip
from kpdesk.store import lists as rows
from kpdesk.store.unit import Unit

_MOST = 1000


@dataclass(eq=False)
class ListHeldUp(Refusal):
    """One of a list may not go, and nothing of the list was signed; it says which, and why."""

    which: str
    why: Refusal

    @property
    def facts(self) -> dict[str, str]:
        return {"which": self.which}

    @property
    def because(self) -> tuple[tuple[str, Mapping[str, str]], ...]:
        return ((self.why.code, self.why.facts), *self.why.because)


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A certificate that waits for a signature, and what about it is worth a look."""

    shipment: ShipmentSlip
    certificate: CertificateSlip | None
    """None as long as nobody drew it up."""
    facts: Facts
    """What is signed, or would be today."""
    findings: tuple[Finding, ...]
    """All that the checks say today."""
    lifted: tuple[str, ...]
    """`code: document` of what two officers lifted."""
    typed: tuple[str, ...]
    """Parcels with a weight that was typed by hand."""
    unusual: tuple[str, ...]
    """Parcels with a price that is not the usual one."""

    @property
    def may_go(self) -> bool:
        keys = {each.split(":", 1)[0] for each in self.lifted}
        held = (each for each in self.findings if each.severity is not Severity.NOTE)
        return all(each.severity is Severity.LIFTABLE and each.key in keys for each in held)

    @property
    def plain(self) -> bool:
        """Nothing about it asks for more than a glance."""
        return not (self.findings or self.lifted or self.typed or self.unusual)


def drafts(desk: Desk, *, states: Collection[State] = (State.DRAFT,)) -> tuple[Draft, ...]:
    """Sealed shipments without a certificate, or with one in these states, the oldest first."""
    desk.must(Role.ISSUING, Role.SUPERVISOR)
    with desk.view() as unit:
        found = []
        for slip in rows.shipments(unit.session, states=[ShipmentState.SEALED], limit=_MOST):
            live = unit.live_certificate(slip.number)
            if live is None or live.state in states:
                found.append(_draft(desk, unit, slip, live))
        return tuple(found)


def prepare_all(desk: Desk, shipments: Sequence[str]) -> tuple[CertificateSlip, ...]:
    """The first signature under each; raises TooManyAtOnce, ListHeldUp."""
    desk.must(Role.ISSUING)
    _few(shipments)
    with desk.unit() as unit:
        made = []
        for number in shipments:
            try:
                made.append(prepare_in(desk, unit, unit.get(Shipment, number), None))
            except Refusal as refusal:
                raise ListHeldUp(number, refusal) from refusal
        return tuple(made)


def approve_all(desk: Desk, certificates: Sequence[str]) -> tuple[CertificateSlip, ...]:
    """The second signature under each; raises TooManyAtOnce, ListHeldUp."""
    desk.must(Role.ISSUING, Role.SUPERVISOR)
    _few(certificates)
    with desk.unit() as unit:
        made = []
        for number in certificates:
            try:
                made.append(approve_in(desk, unit, number))
            except Refusal as refusal:
                raise ListHeldUp(number, refusal) from refusal
        return tuple(made)


def _few(listed: Sequence[str]) -> None:
    if len(listed) > MOST_AT_ONCE:
        raise TooManyAtOnce(MOST_AT_ONCE)


def _draft(desk: Desk, unit: Unit, slip: ShipmentSlip, live: Certificate | None) -> Draft:
    shipment = unit.get(Shipment, slip.number)
    facts = live.facts if live else facts_of(desk, unit, shipment)
    parcels = shipment.parcels
    return Draft(
        shipment=slip,
        certificate=rows.certificate_slip(live) if live else None,
        facts=facts,
        findings=check_facts(desk, unit, shipment, facts),
        lifted=shipment.lifted,
        typed=tuple(each for each in parcels if any(one.by_hand for one in unit.weighings(each))),
        unusual=tuple(each for each in parcels if any(one.reasoned for one in unit.figures(each))),
    )
