"""Setting an exporter's seat up: the office's card in, an own store and an own key, the enrolment out (trust.md §4)."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from kpdesk.desks.desk import Desk
from kpdesk.desks.offices import NewOfficer, new_store, open_desk
from kpdesk.desks.outgoing import put_out
from kpdesk.domain.parties import Role
from kpdesk.domain.seat import Enrolment, Home, OfficeCard
from kpdesk.domain.trust import fingerprint
from kpdesk.exchange.applications import CARD, ENROLMENT, from_record, to_record
from kpdesk.exchange.whole import whole_file
from kpdesk.settings import Folder, Office
from kpdesk.signing import slots
from kpdesk.signing.authority import read_authority
from kpdesk.signing.letters import LetterAltered, open_letter, write_letter
from kpdesk.store import keeping


@dataclass(frozen=True, slots=True)
class NewSeat:
    """A seat that was set up."""

    recovery: str = field(repr=False)
    """The recovery code, to be printed once and locked away."""
    office: str
    """The fingerprint of the office's code key, as the card says: to be compared by voice."""
    own: str
    """That of the seat's own key, to be read out to the office."""
    enrolment: Path
    """The file for the office."""


def glance_at_card(content: bytes) -> tuple[str, str]:
    """(office, fingerprint of its code key) of a card file, by its own word. Raises as `new_seat`."""
    card = _card(content)
    return card.name, fingerprint(card.key)


def _card(content: bytes) -> OfficeCard:
    letter = open_letter(content, kind=CARD.word, most=CARD.most)
    card = from_record(letter.unproved(), OfficeCard)
    try:
        letter.read(card.key)
    except ValueError as problem:
        raise LetterAltered(letter.kid.hex()) from problem
    return card


def new_seat(
    folder: Path,
    *,
    card: bytes,
    firm: str,
    person: str,
    passphrase: str,
    clock: Callable[[], datetime],
    cost: slots.Cost = slots.STANDARD,
) -> NewSeat:
    """Set a seat up in an empty folder, and write its enrolment for the office.

    Raises LetterTooLarge, NotALetter, LetterAltered, FormNewer, FormUnreadable, NotAuthorityFile, PasswordTooShort,
    StoreExists and the troubles of the disk.
    """
    office = _card(card)
    authority = f"{office.authority_file}\n".encode()
    read_authority(authority)
    own = Office(
        code=office.code,
        participant=office.participant,
        name=firm,
        authority=office.authority,
        place=office.place,
        form=office.form,
        edition=office.edition,
        zone=office.zone,
        practice=office.practice,
    )
    home = Folder(folder)
    person_here = NewOfficer(person, passphrase, frozenset({Role.SEAT}))
    with new_store(home, own, [person_here], clock=clock, cost=cost) as (unit, _, personal, recovery):
        keeping.keep(unit, "new_seat", Home(card=office))
        with whole_file(home.authority) as stream:
            stream.write(authority)
        (officer,) = personal
        key = officer.public_key
    desk = open_desk(folder, officer=person, password=passphrase, clock=clock)
    try:
        enrolment = enrolment_of(desk)
    finally:
        desk.store.close()
    return NewSeat(recovery, fingerprint(office.key), fingerprint(key), enrolment)


def enrolment_of(desk: Desk) -> Path:
    """Write the file that two officers enrol this seat by."""
    desk.must(Role.SEAT)
    made = Enrolment(
        office=desk.office.code,
        name=desk.office.name,
        key=desk.approval_key.public,
        made_at=desk.clock().replace(microsecond=0),
    )
    content = write_letter(to_record(made), kind=ENROLMENT.word, signer=desk.approval_key)
    return put_out(desk, f"{desk.office.code}-{desk.approval_key.kid.hex()[:8]}.{ENROLMENT.suffix}", content)
