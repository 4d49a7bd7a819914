"""Exporters' seats as the office knows them: enrolled by two, their application files taken in, answered by file.

A seat's file is believed as far as its signature goes: it announces goods, and nobody has weighed them yet.
"""

import hashlib
import secrets
from dataclasses import dataclass, replace
from pathlib import Path

from kpdesk.desks.applications import Invoice, check_invoice, importer_in, known_statements
from kpdesk.desks.desk import CODE_KEY, Desk, apart
from kpdesk.desks.following import standing_in
from kpdesk.desks.outgoing import put_out
from kpdesk.desks.reading import Reader
from kpdesk.domain.allotted import AllottedBlank
from kpdesk.domain.application import Draft
from kpdesk.domain.issuance import State
from kpdesk.domain.outcomes import Refusal, Trouble
from kpdesk.domain.parties import Party, PartyKind, Role
from kpdesk.domain.records import canonical
from kpdesk.domain.seat import (
    MOST_LISTED,
    Announced,
    AnnouncedState,
    Answer,
    Answered,
    ApplicationFile,
    Enrolment,
    Firm,
    NotWaiting,
    OfficeCard,
    Seat,
)
from kpdesk.domain.shipment import Shipment
from kpdesk.domain.stock import StockKind, StockState
from kpdesk.domain.trust import fingerprint, key_id
from kpdesk.exchange.applications import ANSWER, APPLICATION, CARD, ENROLMENT, from_record, to_record
from kpdesk.signing.authority import write_authority
from kpdesk.signing.letters import LetterAltered, open_letter, write_letter
from kpdesk.store import applying, keeping
from kpdesk.store import lists as rows
from kpdesk.store.unit import Look, Unit

_MAY = (Role.EXPORTER_DESK, Role.CLERK)


@dataclass(eq=False)
class SeatUnknown(Trouble):
    """No seat with this key is enrolled here."""

    fingerprint: str


@dataclass(eq=False)
class SeatRevoked(Refusal):
    """The seat was revoked: nothing it signs is taken in any more."""

    seat: str
    day: str
    why: str


@dataclass(eq=False)
class SeatEnrolled(Refusal):
    """This key was enrolled before."""

    seat: str


@dataclass(eq=False)
class ForAnotherOffice(Trouble):
    """The file is meant for another office."""

    office: str


@dataclass(eq=False)
class OfOtherFirm(Refusal):
    """A seat applies for its own firm alone."""

    seat: str
    exporter: str


@dataclass(eq=False)
class NumberTwice(Trouble):
    """The seat used one number for two different applications."""

    application: str


@dataclass(eq=False)
class InvoiceDiffers(Trouble):
    """The invoice in the file is not the one that the application speaks of."""

    application: str


def card(desk: Desk) -> Path:
    """Write what a new seat is given of this office; it is compared by voice, by the fingerprint of its code key."""
    with desk.look() as session:
        signer = desk.code_key(session)
    own = desk.office
    made = OfficeCard(
        code=own.code,
        participant=own.participant,
        name=own.name,
        authority=own.authority,
        place=own.place,
        form=own.form,
        edition=own.edition,
        zone=own.zone,
        practice=own.practice,
        key=signer.public,
        authority_file=write_authority(desk.authority).decode().rstrip("\n"),
    )
    content = write_letter(to_record(made), kind=CARD.word, signer=signer)
    return put_out(desk, f"{own.code}.{CARD.suffix}", content)


def code_key_fingerprint(desk: Desk) -> str:
    """Of the office's code key, to be read out to whoever sets a seat up."""
    with desk.look() as session:
        public, _ = rows.sealed_key(session, CODE_KEY, "")
    return fingerprint(public)


@dataclass(frozen=True, slots=True)
class Glance:
    """What an enrolment says of itself, before two officers believe it."""

    name: str
    fingerprint: str
    """Of its key, in groups: to be read out by the firm."""


def glance_at_enrolment(desk: Desk, content: bytes) -> Glance:
    """Raises NotALetter, LetterAltered, LetterTooLarge, FormUnreadable, FormNewer, ForAnotherOffice."""
    enrolment = _enrolment(desk, content)
    return Glance(enrolment.name, fingerprint(enrolment.key))


def _enrolment(desk: Desk, content: bytes) -> Enrolment:
    letter = open_letter(content, kind=ENROLMENT.word, most=ENROLMENT.most)
    enrolment = from_record(letter.unproved(), Enrolment)
    try:
        letter.read(enrolment.key)  # whoever sends it holds the key
    except ValueError as problem:
        raise LetterAltered(letter.kid.hex()) from problem
    if enrolment.office != desk.office.code:
        raise ForAnotherOffice(enrolment.office)
    return enrolment


def enrol(desk: Desk, second: Desk, content: bytes, *, exporter: str) -> Seat:
    """Two supervisors let a firm's seat in, after its fingerprint was read out. Raises SeatEnrolled, NotFound too."""
    desk.must(Role.SUPERVISOR)
    second.must(Role.SUPERVISOR)
    apart(desk, second, "enrol")
    enrolment = _enrolment(desk, content)
    with desk.unit() as unit:
        firm = unit.get(Party, exporter)
        for each in keeping.all_of(unit.session, Seat):
            if each.key == enrolment.key:
                raise SeatEnrolled(each.id)
        seat = Seat(
            id=f"SEAT-{unit.next('seat'):04}",
            exporter=firm.number,
            name=enrolment.name,
            key=enrolment.key,
            enrolled_on=desk.today,
        )
        keeping.keep(unit, "enrol", seat, why=f"with {second.officer.id}", words=f"{seat.id} {firm.name} {seat.name}")
        return seat


def revoke(desk: Desk, second: Desk, seat: str, *, why: str) -> Seat:
    """Two supervisors end a seat: its machine was lost, or the firm's trust in who sits there."""
    desk.must(Role.SUPERVISOR)
    second.must(Role.SUPERVISOR)
    apart(desk, second, "revoke")
    with desk.unit() as unit:
        found = _live(keeping.get(unit.session, Seat, seat))
        ended = replace(found, revoked_on=desk.today, why=why)
        keeping.keep(unit, "revoke", ended, why=f"{why}; with {second.officer.id}")
        return ended


def seats(desk: Desk) -> tuple[tuple[Seat, str], ...]:
    """Every seat with its firm's name, the newest first."""
    with desk.view() as unit:
        return tuple((each, unit.get(Party, each.exporter).name) for each in keeping.all_of(unit.session, Seat))


def _live(seat: Seat) -> Seat:
    if seat.revoked_on is not None:
        raise SeatRevoked(seat.id, seat.revoked_on.isoformat(), seat.why)
    return seat


def take_application(desk: Desk, reader: Reader, content: bytes) -> Announced:
    """Take an application file in; the same file twice is once.

    Raises LetterTooLarge, NotALetter, SeatUnknown, LetterAltered, SeatRevoked, FormNewer, FormUnreadable,
    ForAnotherOffice, OfOtherFirm, NumberTwice, InvoiceDiffers and what the reading child says of the invoice.
    """
    desk.must(*_MAY)
    letter = open_letter(content, kind=APPLICATION.word, most=APPLICATION.most)
    with desk.look() as session:
        seat = next((each for each in keeping.all_of(session, Seat) if key_id(each.key) == letter.kid), None)
    if seat is None:
        raise SeatUnknown(letter.kid.hex())
    record = letter.read(seat.key)
    digest = hashlib.sha256(content).hexdigest()
    file = from_record(record, ApplicationFile)
    asked = file.asked
    if asked.office != desk.office.code:
        raise ForAnotherOffice(asked.office)
    if asked.exporter != seat.exporter:
        raise OfOtherFirm(seat.id, asked.exporter)
    identity = f"{seat.id}-{asked.number}"
    with desk.look() as session:
        before = keeping.find(session, Announced, identity)
    if before is not None and before.asked == asked:
        return before
    _live(seat)
    if before is not None:
        raise NumberTwice(identity)
    invoice = Invoice(asked.invoice_name, file.invoice) if file.invoice else None
    if (hashlib.sha256(file.invoice).hexdigest() if file.invoice else "") != asked.invoice_digest:
        raise InvoiceDiffers(identity)
    if invoice is not None:
        check_invoice(reader, invoice)
    with desk.unit() as unit:
        unit.keep_paper(content, subject=f"announced/{identity}", name=f"{identity}.{APPLICATION.suffix}")
        if invoice is not None:
            unit.keep_paper(invoice.content, subject=f"announced/{identity}", name=invoice.name)
        announced = Announced(
            id=identity,
            seat=seat.id,
            exporter=seat.exporter,
            asked=asked,
            salt=secrets.token_bytes(16),
            file=digest,
            taken_at=desk.clock(),
        )
        keeping.keep(unit, "take_application", announced, words=f"{identity} {asked.importer.name}")
        return announced


@dataclass(frozen=True, slots=True)
class AnnouncedSlip:
    """An application by file as it is listed."""

    announced: Announced
    firm: str


def by_file(desk: Desk, *, waiting: bool = False) -> tuple[AnnouncedSlip, ...]:
    """The newest first; of those that wait for their goods, or all."""
    with desk.view() as unit:
        found = keeping.all_of(unit.session, Announced, live=True if waiting else None, limit=applying.PAGE)
        return tuple(AnnouncedSlip(each, unit.get(Party, each.exporter).name) for each in found)


def draft_of(desk: Desk, announced: str) -> tuple[Announced, Draft]:
    """What the application by file fills in; its importer is entered in the register if nobody knew it.

    Raises NotFound, NotWaiting.
    """
    desk.must(*_MAY)
    with desk.unit() as unit:
        found = _waiting(keeping.get(unit.session, Announced, announced))
        asked = found.asked
        importer = asked.importer
        known = unit.find(Party, importer.number) if importer.number else None
        if known is None or known.party_kind is not PartyKind.IMPORTER:
            known = importer_in(desk, unit, name=importer.name, address=importer.address, country=importer.country)
        return found, Draft(
            exporter=found.exporter,
            importer=known.number,
            destination=asked.destination,
            statement=asked.statement,
            sow=asked.sow,
            conflict_free=asked.conflict_free,
            declared_on=asked.declared_on,
            signer=asked.signer,
            announced=found.id,
            invoice=bool(asked.invoice_digest),
        )


def refuse(desk: Desk, announced: str, *, why: str) -> Announced:
    """The office does not take the application up; the seat is told why. Raises NotFound, NotWaiting."""
    desk.must(*_MAY)
    with desk.unit() as unit:
        found = _waiting(keeping.get(unit.session, Announced, announced))
        refused = replace(found, state=AnnouncedState.REFUSED, reason=why)
        keeping.keep(unit, "refuse", refused, why=why)
        return refused


def _waiting(announced: Announced) -> Announced:
    if announced.state is not AnnouncedState.WAITING:
        raise NotWaiting(announced.id, announced.state.value)
    return announced


def answer(desk: Desk, seat: str) -> Path:
    """Write the seat's next answer into what goes out: its firm, what it may choose from, where its things stand."""
    desk.must(*_MAY, Role.SUPERVISOR)
    with desk.unit() as unit:
        found = keeping.get(unit.session, Seat, seat)
        made = _answer(desk, unit, found, number := found.answers + 1)
        content = write_letter(to_record(made), kind=ANSWER.word, signer=desk.code_key(unit.session))
        name = f"{desk.office.code}-{seat}-{number:06}.{ANSWER.suffix}"
        keeping.keep(unit, "answer", replace(found, answers=number), why=hashlib.sha256(content).hexdigest())
        return put_out(desk, name, content)


def _answer(desk: Desk, unit: Unit, seat: Seat, number: int) -> Answer:
    revoked = seat.revoked_on is not None
    prints = desk.settings(unit.session).firm_prints_data and not revoked
    statements = tuple(each for each in known_statements(unit.session) if each.in_force(desk.today))
    importers = rows.parties(unit.session, PartyKind.IMPORTER)
    announced = keeping.all_of(unit.session, Announced, about=f"seat/{seat.id}", limit=applying.PAGE)
    return Answer(
        office=desk.office.code,
        seat=seat.id,
        key=key_id(seat.key).hex(),
        sequence=number,
        made_at=desk.clock().replace(microsecond=0),
        exporter=_firm(desk, unit.get(Party, seat.exporter)),
        importers=() if revoked else tuple(_firm(desk, unit.get(Party, each.number)) for each in importers),
        statements=() if revoked else statements,
        prints=prints,
        blanks=_blanks(unit.session, seat) if prints else (),
        applications=tuple(_answered(desk, unit, each, prints=prints) for each in announced),
        revoked=revoked,
    )


def _firm(desk: Desk, party: Party) -> Firm:
    licence = party.licence(PartyKind.EXPORTER, desk.today)
    return Firm(
        number=party.number,
        name=party.name,
        address=party.address,
        country=party.country,
        licence=licence.number if licence else "",
        licence_until=licence.valid_until if licence else None,
    )


def _blanks(session: Look, seat: Seat) -> tuple[AllottedBlank, ...]:
    mine = (blank for blank in rows.stock(session, StockKind.BLANK, StockState.ALLOTTED, limit=MOST_LISTED))
    return tuple(AllottedBlank(each.number, each.paper) for each in mine if each.holder == seat.exporter and each.paper)


def _answered(desk: Desk, unit: Unit, announced: Announced, *, prints: bool) -> Answered:
    if not announced.shipment:
        ended = announced.state.value if announced.state is AnnouncedState.REFUSED else ""
        return Answered(number=announced.asked.number, ended=ended, reason=announced.reason)
    standing = standing_in(desk, unit, unit.get(Shipment, announced.shipment))
    facts = ""
    certificate = applying.certificate_of(unit.session, announced.shipment)
    if prints and certificate is not None and certificate.state is State.APPROVED and certificate.number is None:
        facts = canonical({"certificate": certificate.id, **certificate.facts.record()})
    return Answered(
        number=announced.asked.number,
        shipment=announced.shipment,
        steps=standing.steps,
        ended=standing.ended,
        certificate=standing.certificate,
        reason=standing.reason,
        facts=facts,
    )
