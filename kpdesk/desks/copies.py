"""Papers beside the certificate of trade: certified copies, and technical certificates for goods outside it.

A technical certificate (kpcs.md §1, §5) covers goods that are returned, were seized, or travel for science. It goes
the same way as any other – two signatures, a numbered sheet, its proof – and stays out of the trade statistics.
"""

from dataclasses import dataclass, replace

from kpdesk.desks.desk import Desk
from kpdesk.desks.issuing import facts_of, prepare_in
from kpdesk.domain.certificate import Kind, Number
from kpdesk.domain.copies import Copy
from kpdesk.domain.issuance import State
from kpdesk.domain.outcomes import Refusal
from kpdesk.domain.parcel import WrongState
from kpdesk.domain.parties import Role
from kpdesk.domain.shipment import Shipment, ShipmentState
from kpdesk.domain.slips import CertificateSlip, ShipmentSlip
from kpdesk.printing.codes import Codes
from kpdesk.printing.pdf import Stock as Ground
from kpdesk.printing.pdf import certificate
from kpdesk.signing import code
from kpdesk.store import keeping
from kpdesk.store import lists as rows


@dataclass(eq=False)
class NoReason(Refusal):
    """This paper is made for a reason, and none is named."""

    subject: str


def certified_copy(desk: Desk, number: str, *, why: str) -> Copy:
    """A copy on plain paper, for no shipment: COPY across it, and its own code says copy. Its PDF is archived too.

    Raises NoReason, and WrongState while its own sheet is not proved.
    """
    desk.must(Role.ISSUING)
    with desk.unit() as unit:
        thing = unit.certificate(Number.parse(number))
        if thing.state is State.APPROVED:
            raise WrongState(number, thing.state.value, State.ISSUED.value)
        if not why.strip():
            raise NoReason(number)
        facts = replace(thing.bound_facts, kind=Kind.COPY)
        assert facts.number is not None
        texts = code.sign(facts, signer=desk.code_key(unit.session))
        codes = Codes(full=texts.full, compact=texts.compact, barcode=facts.number.with_check)
        pdf = certificate(facts, desk.form, codes, Ground.COPY, country_name=desk.register.name)
        time = unit.next(f"copy-{facts.number}")
        name = f"{facts.number}-{time}"
        copy = Copy(
            certificate=thing.id,
            number=facts.number,
            time=time,
            why=why.strip(),
            pdf=unit.keep_paper(pdf, subject=f"copy/{name}", name=f"{name}.pdf"),
            made_at=unit.at,
            made_by=desk.officer.id,
        )
        keeping.keep(unit, "certified_copy", copy, words=f"{copy.identity} {copy.why}")
        return copy


def copies_of(desk: Desk, certificate: str) -> tuple[Copy, ...]:
    """The certified copies of a certificate's id, the newest first."""
    with desk.look() as session:
        return keeping.all_of(session, Copy, about=f"certificate/{certificate}")


def copy_page(desk: Desk, copy: Copy) -> bytes:
    """The archived PDF."""
    with desk.look() as session:
        pdf = rows.paper(session, copy.pdf)
    assert pdf is not None
    return pdf


def technical_page(desk: Desk, shipment: str) -> bytes:
    """The page of the technical certificate that this shipment would get today."""
    with desk.view() as unit:
        thing = unit.get(Shipment, shipment)
        facts = facts_of(desk, unit, thing, kind=Kind.TECHNICAL)
        return certificate(facts, desk.form, None, Ground.PREVIEW, country_name=desk.register.name)


def prepare_technical(desk: Desk, shipment: str, *, why: str) -> CertificateSlip:
    """As `issuing.prepare`, for goods outside trade; the reason is kept. It is approved and printed as any other."""
    desk.must(Role.ISSUING)
    with desk.unit() as unit:
        thing = unit.get(Shipment, shipment)
        if not why.strip():
            raise NoReason(shipment)
        return prepare_in(desk, unit, thing, None, kind=Kind.TECHNICAL, why=why.strip())


def not_drawn_up(desk: Desk) -> tuple[ShipmentSlip, ...]:
    """Sealed shipments without any certificate, the oldest first."""
    with desk.view() as unit:
        sealed = rows.shipments(unit.session, states=[ShipmentState.SEALED])
        return tuple(each for each in sealed if unit.live_certificate(each.number) is None)


def technical_certificates(desk: Desk) -> tuple[CertificateSlip, ...]:
    """Those that were drawn up, the newest first."""
    with desk.look() as session:
        return tuple(slip for slip in rows.certificates(session, limit=200) if slip.facts.kind is Kind.TECHNICAL)
