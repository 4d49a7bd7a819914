"""How a certificate ends before its time: void, replaced, invalid, lost, returned unused – always by two.

KPCS Section IV; CA-A 11, 12; EU 12(5). The number goes on the void list in the same visit; an exported certificate is
never edited, and never void: what is wrong on it is amended beside it (`advice.amend`).
"""

from dataclasses import dataclass
from datetime import date

from kpdesk.desks import advice
from kpdesk.desks.desk import Desk, apart
from kpdesk.desks.issuing import facts_of, prepare_in
from kpdesk.desks.sheets import QuestionOpen
from kpdesk.domain.certificate import Number
from kpdesk.domain.issuance import IN_HAND, Certificate, State
from kpdesk.domain.leaving import End, Leaving
from kpdesk.domain.outcomes import Refusal
from kpdesk.domain.parcel import Parcel, WrongState
from kpdesk.domain.parties import Role
from kpdesk.domain.shipment import Shipment, ShipmentState
from kpdesk.domain.slips import CertificateSlip
from kpdesk.domain.stock import StockKind, StockState
from kpdesk.domain.trust import Reason
from kpdesk.printing.pdf import Stock as Ground
from kpdesk.printing.pdf import certificate
from kpdesk.store import keeping
from kpdesk.store import lists as rows
from kpdesk.store.unit import Unit


@dataclass(eq=False)
class SheetNotInHand(Refusal):
    """For this end the old sheet is in hand, and nothing was read from it (CA-A 11, EU 12(5))."""

    number: str


_VOID_REASONS = {
    State.VOID: Reason.VOID,
    State.REPLACED: Reason.REPLACED,
    State.INVALIDATED: Reason.INVALIDATED,
    State.RETURNED_UNUSED: Reason.RETURNED,
    State.LOST: Reason.LOST,
}


def end(desk: Desk, second: Desk, number: str, *, state: State, why: str, in_hand: str = "") -> CertificateSlip:
    """Two officers end a certificate: void, invalidated, lost or returned unused. Its number goes on the void list.

    `in_hand` is what was read from its old sheet; only a lost or an inaccurate one may be elsewhere. A shipment still
    here may get another certificate, or be withdrawn. Raises SheetNotInHand, and QuestionOpen while its sheet lies in
    the printer and nobody said what is on it.
    """
    with desk.unit() as unit:
        thing = unit.certificate(Number.parse(number))
        if state is State.REPLACED:
            raise WrongState(number, thing.state.value, state.value)
        _end(desk, second, unit, thing, state, why, in_hand)
        unit.note(state.value, thing, why=why)
        return rows.certificate_slip(thing)


def replace(desk: Desk, second: Desk, number: str, *, why: str, in_hand: str = "") -> CertificateSlip:
    """A new certificate in place of one with a mistake, the old sheet in hand and before export (CA-A 11).

    `in_hand` is what was read from that sheet. The new one is prepared by `desk` and comes back; it is approved and
    numbered as any other.
    """
    desk.must(Role.ISSUING)
    with desk.unit() as unit:
        old = unit.certificate(Number.parse(number))
        _end(desk, second, unit, old, State.REPLACED, why, in_hand)
        unit.session.flush()
        new = prepare_in(desk, unit, unit.get(Shipment, old.shipment), old.number)
        old.replaced_by = new.id
        unit.note("replace", old, why=why)
        return new


def replacement(desk: Desk, number: str) -> bytes:
    """The page of the certificate that would take this one's place today."""
    with desk.view() as unit:
        old = unit.certificate(Number.parse(number))
        facts = facts_of(desk, unit, unit.get(Shipment, old.shipment), old.number)
        return certificate(facts, desk.form, None, Ground.PREVIEW, country_name=desk.register.name)


def releases(unit: Unit, thing: Certificate) -> tuple[Leaving, ...]:
    """Every release under a certificate, the newest first."""
    return keeping.all_of(unit.session, Leaving, about=f"certificate/{thing.id}")


def end_leaving(desk: Desk, unit: Unit, thing: Certificate, end: End, *, on: date, note: str) -> None:
    """What came of the release that is open, if one is; a part of what ends it."""
    for leaving in releases(unit, thing):
        if leaving.live:
            keeping.keep(unit, end.value, leaving.end(end, on=on, by=desk.officer.id, note=note))


def _end(desk: Desk, second: Desk, unit: Unit, thing: Certificate, state: State, why: str, in_hand: str) -> None:
    desk.must(Role.ISSUING, Role.SUPERVISOR)
    second.must(Role.SUPERVISOR)
    apart(desk, second, state.value)
    assert thing.number is not None
    was = thing.state
    if state not in _VOID_REASONS:
        raise WrongState(thing.number.text, was.value, state.value)
    if state in IN_HAND and was is not State.APPROVED and not thing.read_from(in_hand):
        raise SheetNotInHand(thing.number.text)
    for signer in (desk, second):
        thing.sign(signer.sign(f"certificate.{state}", thing.id, thing.signed_digest))
    thing.end(state, why)
    unit.put_on_void_list(thing.number, _VOID_REASONS[state], desk.today)
    if state is not State.LOST:
        unit.uncount_export(thing)
    if was is State.APPROVED:
        _spoil_sheet(unit, thing, why)
    if state is State.RETURNED_UNUSED or (was is State.RELEASED and state is not State.LOST):
        bring_back(unit, thing, why)
    end_leaving(desk, unit, thing, End.CALLED_OFF, on=desk.today, note=why)
    if thing.validated_at is not None:
        advice.give_notice(desk, unit, thing, state)


def _spoil_sheet(unit: Unit, thing: Certificate, why: str) -> None:
    """The sheet that bears a void number is good for nothing else; one in the printer is looked at first."""
    assert thing.number is not None
    sheet = unit.stock(StockKind.BLANK, thing.number.text)
    if sheet.state is StockState.SPOOLED:
        raise QuestionOpen(sheet.number)
    sheet.move(StockState.SPOILED)
    unit.note("spoil", sheet, why=why)


def bring_back(unit: Unit, thing: Certificate, why: str) -> None:
    """The released shipment lies in the office again, sealed as before."""
    shipment = unit.find(Shipment, thing.shipment)
    if shipment is None or shipment.state is not ShipmentState.RELEASED:
        return
    shipment.bring_back()
    unit.note("bring_back", shipment, why=why)
    for number in shipment.parcels:
        parcel = unit.get(Parcel, number)
        parcel.return_sealed()
        unit.note("bring_back", parcel, why=why)
