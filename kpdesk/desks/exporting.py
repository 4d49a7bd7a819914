"""What follows the sheet: validated, released, exported, confirmed. How a certificate ends otherwise lies in `ending`.

KPCS Section IV; EU 12(2,5); `decisions.md`, Order of acts.
"""

import secrets
from dataclasses import dataclass
from datetime import date
from hashlib import sha256

from kpdesk.desks import advice
from kpdesk.desks.desk import Desk, apart, stop_at
from kpdesk.desks.ending import bring_back, end_leaving, releases
from kpdesk.desks.leaving import check_release_in, conditions_in, lapsed_in
from kpdesk.domain.certificate import Number
from kpdesk.domain.issuance import Certificate, State
from kpdesk.domain.leaving import Delivery, End, Leaving
from kpdesk.domain.outcomes import Refusal
from kpdesk.domain.parcel import Parcel
from kpdesk.domain.parties import Role
from kpdesk.domain.shipment import Shipment
from kpdesk.domain.slips import CertificateSlip
from kpdesk.signing import confirmation
from kpdesk.signing import lists as lists_files
from kpdesk.store import keeping
from kpdesk.store import lists as rows
from kpdesk.store.unit import Unit

MOST_BYTES = confirmation.MOST_BYTES
"""No confirmation is longer."""


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


@dataclass(eq=False)
class NotADayOfReceipt(Refusal):
    """Goods are received after they left, and not in days to come."""

    number: str
    on: str
    first: str
    last: str


def validate(desk: Desk, number: str) -> CertificateSlip:
    """Stamp and sign the proved sheet for the exporting authority; not by the preparer (EU 12(2)).

    The pre-advice to the importing authority is written in the same visit (KPCS Annex II 19).
    """
    desk.must(Role.ISSUING, Role.SUPERVISOR)
    with desk.unit() as unit:
        thing = unit.certificate(Number.parse(number))
        _not_lapsed(desk, thing)
        thing.validate(desk.officer.id, desk.clock())
        shipment = unit.get(Shipment, thing.shipment)
        stop_at(conditions_in(desk, unit, thing), lifted=shipment.lifted)
        unit.note("validate", thing)
        advice.pre_advise(desk, unit, thing)
        return rows.certificate_slip(thing)


def release(desk: Desk, number: str, given: Delivery) -> CertificateSlip:
    """Hand the sealed shipment and its certificate to a licensed courier, or to a person whose identity was seen."""
    desk.must(Role.ISSUING)
    with desk.unit() as unit:
        return _release(desk, unit, number, given)


def release_watched(desk: Desk, second: Desk, number: str, given: Delivery, *, why: str) -> CertificateSlip:
    """As `release`, where a watch list or a power speaks against it and two decide that it may leave all the same."""
    desk.must(Role.ISSUING)
    second.must(Role.SUPERVISOR)
    apart(desk, second, "release")
    with desk.unit() as unit:
        return _release(desk, unit, number, given, why=f"{why}; with {second.officer.id}")


def take_back(desk: Desk, number: str, *, why: str) -> CertificateSlip:
    """The goods come back from the carrier before they left, under their seals: released again later, or ended."""
    desk.must(Role.ISSUING)
    with desk.unit() as unit:
        thing = unit.certificate(Number.parse(number))
        thing.take_back()
        bring_back(unit, thing, why)
        end_leaving(desk, unit, thing, End.TAKEN_BACK, on=desk.today, note=why)
        unit.note("take_back", thing, why=why)
        return rows.certificate_slip(thing)


def report_export(desk: Desk, number: str, *, on: date, paper: str = "") -> CertificateSlip:
    """The day on which it left the territory (CA-R 7), by the customs' paper of exit; from now on it counts."""
    desk.must(Role.ISSUING)
    with desk.unit() as unit:
        thing = unit.certificate(Number.parse(number))
        thing.export(on)
        assert thing.released_at is not None
        first, last = desk.office.today(thing.released_at), min(thing.facts.expires, desk.today)
        if not first <= on <= last:
            raise NotADayOfExport(number, on.isoformat(), first.isoformat(), last.isoformat())
        unit.count_export(thing)
        end_leaving(desk, unit, thing, End.EXPORTED, on=on, note=paper)
        unit.note("report_export", thing, why=paper)
        return rows.certificate_slip(thing)


def book_confirmation(desk: Desk, number: str, *, on: date, differs: bool = False, why: str = "") -> CertificateSlip:
    """The importing authority confirmed receipt (KPCS III(b))."""
    desk.must(Role.ISSUING, Role.SUPERVISOR)
    with desk.unit() as unit:
        thing = unit.certificate(Number.parse(number))
        thing.confirm(on, differs=differs)
        assert thing.exported_on is not None
        if not thing.exported_on <= on <= desk.today:
            raise NotADayOfReceipt(number, on.isoformat(), thing.exported_on.isoformat(), desk.today.isoformat())
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


def expire(desk: Desk) -> tuple[CertificateSlip, ...]:
    """Mark every certificate that lapsed before it left; its goods stay where they are."""
    desk.must(Role.ISSUING, Role.SUPERVISOR)
    with desk.unit() as unit:
        marked = []
        for slip in lapsed_in(desk, unit.session):
            thing = unit.get(Certificate, slip.id)
            thing.end(State.EXPIRED, "validity passed without export")
            unit.note("expire", thing)
            marked.append(rows.certificate_slip(thing))
        return tuple(marked)


def _release(desk: Desk, unit: Unit, number: str, given: Delivery, *, why: str = "") -> CertificateSlip:
    """`why` and by whom beside the officer what two may lift was lifted."""
    thing = unit.certificate(Number.parse(number))
    _not_lapsed(desk, thing)
    thing.release(given.carrier, desk.clock())
    found = tuple(check_release_in(desk, unit, thing, given))
    stop_at(found, lifted=[each.key for each in found] if why else ())
    shipment = unit.get(Shipment, thing.shipment)
    shipment.release()
    unit.note("release", shipment)
    for each in shipment.parcels:
        parcel = unit.get(Parcel, each)
        parcel.release()
        unit.note("release", parcel)
    unit.note("release", thing, why=why or given.carrier or "by hand")
    assert thing.number is not None
    handed = Leaving.of(
        given,
        certificate=thing.id,
        number=thing.number,
        time=len(releases(unit, thing)) + 1,
        salt=secrets.token_bytes(16),
        at=unit.at,
        by=desk.officer.id,
    )
    keeping.keep(unit, "release", handed, why=why, words=f"{thing.number} {given.journey} {given.customs}")
    return rows.certificate_slip(thing)


def _not_lapsed(desk: Desk, thing: Certificate) -> None:
    if desk.today > thing.facts.expires:
        raise Lapsed(thing.number.text if thing.number else thing.id, thing.facts.expires.isoformat())
