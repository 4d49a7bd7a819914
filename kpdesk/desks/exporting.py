"""What follows the sheet: validated, released, exported, confirmed; or ended, void or replaced, by two.

KPCS Section IV; EU 12(2,5); CA-A 11, 12; `decisions.md`, Order of acts. An exported certificate is never edited.
"""

from dataclasses import dataclass
from datetime import date
from hashlib import sha256

from kpdesk.desks.desk import Desk, apart, stop_at
from kpdesk.desks.issuing import prepare_in
from kpdesk.desks.sheets import QuestionOpen
from kpdesk.domain.certificate import Number
from kpdesk.domain.issuance import Certificate, State
from kpdesk.domain.outcomes import Refusal
from kpdesk.domain.parcel import Parcel, WrongState
from kpdesk.domain.parties import Party, PartyKind, Role, check_licence
from kpdesk.domain.shipment import Shipment, ShipmentState
from kpdesk.domain.slips import CertificateSlip
from kpdesk.domain.stock import StockKind, StockState
from kpdesk.domain.trust import Reason
from kpdesk.signing import confirmation
from kpdesk.signing import lists as lists_files
from kpdesk.store import lists as rows
from kpdesk.store.unit import Unit


@dataclass(eq=False)
class NoLists(Refusal):
    """No lists file was accepted yet, so nobody's signature can be judged."""


@dataclass(eq=False)
class Lapsed(Refusal):
    """The certificate's validity is over: nothing leaves under it (KPCS Annex I A)."""

    number: str
    expires: str


@dataclass(eq=False)
class NotADayOfExport(Refusal):
    """Goods leave after their release, within the certificate's validity and not in days to come (EU 12(5))."""

    number: str
    on: str
    first: str
    last: str


_VOID_REASONS = {
    State.VOID: Reason.VOID,
    State.REPLACED: Reason.REPLACED,
    State.INVALIDATED: Reason.INVALIDATED,
    State.RETURNED_UNUSED: Reason.RETURNED,
    State.LOST: Reason.LOST,
}


def validate(desk: Desk, number: str) -> CertificateSlip:
    """Stamp and sign the proved sheet for the exporting authority; not by the preparer (EU 12(2))."""
    desk.must(Role.ISSUING, Role.SUPERVISOR)
    with desk.unit() as unit:
        thing = unit.certificate(Number.parse(number))
        _not_lapsed(desk, thing)
        thing.validate(desk.officer.id, desk.clock())
        unit.note("validate", thing)
        return rows.certificate_slip(thing)


def release(desk: Desk, number: str, *, carrier: str) -> CertificateSlip:
    """Hand the sealed shipment and its certificate to a named, licensed carrier."""
    desk.must(Role.ISSUING)
    with desk.unit() as unit:
        thing = unit.certificate(Number.parse(number))
        _not_lapsed(desk, thing)
        firm = unit.get(Party, carrier)
        stop_at(check_licence(firm, PartyKind.CARRIER, desk.today))
        thing.release(firm.number, desk.clock())
        shipment = unit.get(Shipment, thing.shipment)
        shipment.release()
        unit.note("release", shipment)
        for each in shipment.parcels:
            parcel = unit.get(Parcel, each)
            parcel.release()
            unit.note("release", parcel)
        unit.note("release", thing, why=firm.number)
        return rows.certificate_slip(thing)


def report_export(desk: Desk, number: str, *, on: date) -> CertificateSlip:
    """The day on which it left the territory (CA-R 7); from now on it counts in the export statistics."""
    desk.must(Role.ISSUING)
    with desk.unit() as unit:
        thing = unit.certificate(Number.parse(number))
        thing.export(on)
        assert thing.released_at is not None
        first, last = desk.office.today(thing.released_at), min(thing.facts.expires, desk.today)
        if not first <= on <= last:
            raise NotADayOfExport(number, on.isoformat(), first.isoformat(), last.isoformat())
        unit.count_export(thing)
        unit.note("report_export", thing)
        return rows.certificate_slip(thing)


def book_confirmation(desk: Desk, number: str, *, on: date, differs: bool = False, why: str = "") -> CertificateSlip:
    """The importing authority confirmed receipt (KPCS III(b))."""
    desk.must(Role.ISSUING, Role.SUPERVISOR)
    with desk.unit() as unit:
        thing = unit.certificate(Number.parse(number))
        thing.confirm(on, differs=differs)
        unit.note("book_confirmation", thing, why=why)
        return rows.certificate_slip(thing)


def book_confirmation_file(desk: Desk, content: bytes) -> CertificateSlip:
    """Book a signed confirmation; one that differs from what we certified is booked so. The same file twice is once.

    Raises NoLists, NotAConfirmation, ConfirmationUnproved, NotFound (no certificate of ours).
    """
    desk.must(Role.ISSUING, Role.SUPERVISOR)
    with desk.unit() as unit:
        lists = rows.lists_file(unit.session)
        if lists is None:
            raise NoLists
        received = confirmation.read(content, lists=lists_files.read(lists, list_key=desk.authority.list_key))
        thing = unit.certificate(received.number)
        if rows.paper(unit.session, sha256(content).hexdigest()) is not None:
            return rows.certificate_slip(thing)
        thing.confirm(received.received, differs=received.differs_from(thing.facts))
        name = f"confirmation-{received.number}.kpc"
        digest = unit.keep_paper(content, subject=f"certificate/{thing.id}", name=name)
        unit.note("book_confirmation", thing, why=f"{received.authority}; sha256 {digest}")
        return rows.certificate_slip(thing)


def end(desk: Desk, second: Desk, number: str, *, state: State, why: str) -> CertificateSlip:
    """Two officers end a certificate: void, invalidated, lost or returned unused. Its number goes on the void list.

    A shipment still here may get another certificate, or be withdrawn. Raises QuestionOpen while its sheet lies in the
    printer and nobody said what is on it.
    """
    with desk.unit() as unit:
        thing = unit.certificate(Number.parse(number))
        if state is State.REPLACED:
            raise WrongState(number, thing.state.value, state.value)
        _end(desk, second, unit, thing, state, why)
        unit.note(state.value, thing, why=why)
        return rows.certificate_slip(thing)


def replace(desk: Desk, second: Desk, number: str, *, why: str) -> CertificateSlip:
    """A new certificate in place of one with a mistake, the old sheet in hand and before export (CA-A 11).

    The new one is prepared by `desk` and comes back; it is approved and numbered as any other.
    """
    desk.must(Role.ISSUING)
    with desk.unit() as unit:
        old = unit.certificate(Number.parse(number))
        _end(desk, second, unit, old, State.REPLACED, why)
        unit.session.flush()
        new = prepare_in(desk, unit, unit.get(Shipment, old.shipment), old.number)
        old.replaced_by = new.id
        unit.note("replace", old, why=why)
        return new


def expire(desk: Desk) -> tuple[CertificateSlip, ...]:
    """Mark every certificate that lapsed before it left; its goods stay where they are."""
    desk.must(Role.ISSUING, Role.SUPERVISOR)
    with desk.unit() as unit:
        lapsed = []
        for state in (State.ISSUED, State.VALIDATED, State.RELEASED):
            for slip in rows.certificates(unit.session, state=state, limit=10_000):
                if slip.facts.expires < desk.today:
                    thing = unit.get(Certificate, slip.id)
                    thing.end(State.EXPIRED, "validity passed without export")
                    unit.note("expire", thing)
                    lapsed.append(rows.certificate_slip(thing))
        return tuple(lapsed)


def _not_lapsed(desk: Desk, thing: Certificate) -> None:
    if desk.today > thing.facts.expires:
        raise Lapsed(thing.number.text if thing.number else thing.id, thing.facts.expires.isoformat())


def _end(desk: Desk, second: Desk, unit: Unit, thing: Certificate, state: State, why: str) -> None:
    desk.must(Role.ISSUING, Role.SUPERVISOR)
    second.must(Role.SUPERVISOR)
    apart(desk, second, state.value)
    assert thing.number is not None
    was = thing.state
    if state not in _VOID_REASONS:
        raise WrongState(thing.number.text, was.value, state.value)
    for signer in (desk, second):
        thing.sign(signer.sign(f"certificate.{state}", thing.id, thing.signed_digest))
    thing.end(state, why)
    unit.put_on_void_list(thing.number, _VOID_REASONS[state], desk.today)
    if state is not State.LOST:
        unit.uncount_export(thing)
    if was is State.APPROVED:
        _spoil_sheet(unit, thing, why)
    if state is State.RETURNED_UNUSED or (was is State.RELEASED and state is not State.LOST):
        _bring_back(unit, thing, why)


def _spoil_sheet(unit: Unit, thing: Certificate, why: str) -> None:
    """The sheet that bears a void number is good for nothing else; one in the printer is looked at first."""
    assert thing.number is not None
    sheet = unit.stock(StockKind.BLANK, thing.number.text)
    if sheet.state is StockState.SPOOLED:
        raise QuestionOpen(sheet.number)
    sheet.move(StockState.SPOILED)
    unit.note("spoil", sheet, why=why)


def _bring_back(unit: Unit, thing: Certificate, why: str) -> None:
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
