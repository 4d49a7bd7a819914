"""Opening an office's books for the first time, and signing in to them (trust.md §4; `decisions.md`, People, Trust).

Each officer has an own password, own key slot and own approval key from the first day. The store's key is random and
lies only in the slots; the recovery code, on paper, opens them when nobody can sign in.
"""

import contextlib
import secrets
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from functools import partial
from pathlib import Path

from kpdesk.desks.authority import CA_KEY, ENCRYPTION_KEY, LISTS_KEY, RECEIPT_CERTIFICATE, RECEIPTS_KEY
from kpdesk.desks.batches import REVOCATIONS
from kpdesk.desks.desk import APPROVAL_KEY, BATCH_KEY, CODE_KEY, Desk, apart, as_other, keep_key, own_key
from kpdesk.domain.acting import Acting
from kpdesk.domain.batch import check_office
from kpdesk.domain.outcomes import Refusal, Trouble
from kpdesk.domain.participants import ParticipantKind, Participation, Register
from kpdesk.domain.parties import Officer, Role
from kpdesk.domain.records import NotCanonical, canonical, parse
from kpdesk.domain.slips import OfficerSlip
from kpdesk.domain.spans import Span
from kpdesk.domain.trust import PRACTICE_PARTICIPANTS, AuthorityFile
from kpdesk.exchange.whole import whole_file
from kpdesk.printing.form import read_form
from kpdesk.printing.slips import recovery_sheet
from kpdesk.settings import Folder, Office, own_dates, zones
from kpdesk.signing import envelope, slotfile, slots, x509
from kpdesk.signing.authority import read_authority, write_authority
from kpdesk.signing.keys import KeyPair, unseal
from kpdesk.signing.machine import machine_secret
from kpdesk.store import database, keeping, sending
from kpdesk.store import lists as rows
from kpdesk.store.store import Store
from kpdesk.store.unit import Unit
from resources import path

Clock = Callable[[], datetime]
PASSPHRASE = "passphrase.txt"  # noqa: S105 - the name of a file
"""In a practice folder alone: what every officer there signs in with."""


@dataclass(eq=False)
class TwoSupervisors(Refusal):
    """An office begins with two supervisors, each with an own name and password."""


@dataclass(eq=False)
class NameTaken(Refusal):
    """Somebody of this name has a key slot here: who signs in is known by name."""

    name: str


@dataclass(eq=False)
class UnknownOfficer(Refusal):
    """Nobody of this name works here."""

    name: str


@dataclass(eq=False)
class OfficeMissing(Trouble):
    """The folder holds no office."""

    folder: str


@dataclass(frozen=True, slots=True)
class NewOfficer:
    """A person who joins, with the password that only they know."""

    name: str
    password: str = field(repr=False)
    roles: frozenset[Role]


@dataclass(frozen=True, slots=True)
class Door:
    """What a locked office shows: who it is, and who may sign in."""

    office: Office
    officers: tuple[str, ...]
    """In the order in which they joined: the first is a supervisor."""

    @property
    def first(self) -> str:
        return self.officers[0]


def new_office(
    folder: Path,
    *,
    office: Office,
    officers: Sequence[NewOfficer],
    authority: AuthorityFile,
    clock: Clock,
    cost: slots.Cost = slots.STANDARD,
) -> str:
    """Open an office's books in an empty folder; the recovery code, to be printed once and locked away.

    The first two officers are supervisors. Raises TwoSupervisors, PasswordTooShort, StoreExists, troubles of the disk.
    """
    home = Folder(folder)
    _two(officers)
    with new_store(home, office, officers, clock=clock, cost=cost) as (unit, dek, personal, recovery):
        keep_key(unit, CODE_KEY, KeyPair.generate(), sealing_key=dek)
        batch = KeyPair.generate()
        for officer, sealing_key in personal.items():
            if Role.SUPERVISOR in officer.roles:
                keep_key(unit, BATCH_KEY, batch, sealing_key=sealing_key, officer=officer.id)
        _write(home.authority, write_authority(authority))
    return recovery


def open_office(
    folder: Path,
    *,
    code: str,
    name: str,
    issuing_authority: str,
    place: str,
    form: str,
    officers: Sequence[NewOfficer],
    authority: bytes,
    clock: Clock,
    zone: str = "UTC",
) -> str:
    """As `new_office`, from what a person gives: the code and the authority file. Raises their refusals too."""
    participant = check_office(code)[:2]
    pinned = read_authority(authority)
    office = Office(
        code=code,
        participant=participant,
        name=name,
        authority=issuing_authority,
        place=place,
        form=form,
        edition=read_form(path(f"forms/{form}.toml")).edition,
        zone=zone,
        practice=participant in PRACTICE_PARTICIPANTS,
    )
    return new_office(folder, office=office, officers=officers, authority=pinned, clock=clock)


def new_authority(
    folder: Path,
    *,
    participant: str,
    name: str,
    officers: Sequence[NewOfficer],
    clock: Clock,
    practice: bool = False,
    cost: slots.Cost = slots.STANDARD,
) -> tuple[AuthorityFile, str]:
    """A national Authority with its four keys; the file that its offices pin, and the recovery code."""
    office = Office(
        code=f"{participant}-AUTH",
        participant=participant,
        name=name,
        authority=name,
        place="",
        form="",
        practice=practice,
    )
    home = Folder(folder)
    _two(officers)
    with new_store(home, office, officers, clock=clock, cost=cost) as (unit, dek, _, recovery):
        ca, lists, receipts = (KeyPair.generate() for _ in range(3))
        encryption = envelope.new_key()
        for name, pair in ((CA_KEY, ca), (LISTS_KEY, lists), (RECEIPTS_KEY, receipts)):
            keep_key(unit, name, pair, sealing_key=dek)
        sending.keep_trust_file(unit, ENCRYPTION_KEY, envelope.write_key(encryption, passphrase=dek.hex().encode()))
        # An hour back, for the clocks of the offices that will read them are not ours.
        at = clock() - timedelta(hours=1)
        root = x509.make_authority(ca, country=office.participant, name=office.authority, at=at)
        certify = partial(x509.certify, authority=root, pair=ca, office=office.code, at=at)
        request = x509.make_request(receipts.private, office=office.code)
        sending.keep_trust_file(unit, RECEIPT_CERTIFICATE, certify(request, role=x509.Role.RECEIPT))
        revocations = x509.make_revocations((), authority=root, pair=ca, number=1, at=at)
        sending.keep_trust_file(unit, REVOCATIONS, revocations)
        request = x509.make_request(encryption, office=office.code)
        file = AuthorityFile(
            name=office.authority,
            participant=office.participant,
            ca_certificate=root,
            list_key=lists.public,
            encryption_certificate=certify(request, role=x509.Role.ENCRYPTION),
        )
        _write(home.authority, write_authority(file))
    return file, recovery


def recovery_paper(code: str, *, office: str, on: date) -> bytes:
    """The recovery code on a page for the safe, PDF. It holds the secret: it goes to a printer and nowhere else."""
    return recovery_sheet(code, office=office, made=on)


def door(folder: Path) -> Door:
    """What the unlock window shows; raises OfficeMissing."""
    file = Folder(folder).office
    try:
        record = parse(file.read_text("utf-8"))
        return Door(Office(**record["office"]), tuple(record["officers"]))  # type: ignore[arg-type]
    except (OSError, NotCanonical, KeyError, TypeError, ValueError) as problem:
        raise OfficeMissing(str(folder)) from problem


def open_desk(folder: Path, *, officer: str, password: str, clock: Clock, read_only: bool = False) -> Desk:
    """Sign an officer in. Raises OfficeMissing, UnknownOfficer, WrongPassphrase and the troubles of the store."""
    home = Folder(folder)
    office = door(folder).office
    kept = slotfile.load(_read(home.slots, folder))
    unlocked = slots.open_with_password(kept, officer=officer, password=password, machine_secret=machine_secret())
    store = Store(database.open(home.database, unlocked.dek, read_only=read_only))
    try:
        slip, pair = _sign_in(store, officer, unlocked, office.today(clock()))
        return Desk(
            folder=home,
            office=office,
            store=store,
            officer=slip,
            approval_key=pair,
            personal_key=unlocked.sealing_key,
            data_key=unlocked.dek,
            register=_register(office, store),
            authority=read_authority(_read(home.authority, folder)),
            clock=clock,
        )
    except BaseException:
        store.close()
        raise


def beside(desk: Desk, *, officer: str, password: str) -> Desk:
    """A second officer at the same machine, for one act; the first stays signed in."""
    kept = slotfile.load(_read(desk.folder.slots, desk.folder.path))
    unlocked = slots.open_with_password(kept, officer=officer, password=password, machine_secret=machine_secret())
    slip, pair = _sign_in(desk.store, officer, unlocked, desk.today)
    return as_other(desk, officer=slip, approval_key=pair, personal_key=unlocked.sealing_key)


def add_officer(desk: Desk, second: Desk, new: NewOfficer, *, cost: slots.Cost = slots.STANDARD) -> OfficerSlip:
    """Two supervisors let a person in. The Authority acknowledges the new key; until then it is flagged.

    Raises NameTaken, PasswordTooShort.
    """
    desk.must(Role.SUPERVISOR)
    second.must(Role.SUPERVISOR)
    apart(desk, second, "add_officer")
    kept = slotfile.load(_read(desk.folder.slots, desk.folder.path))
    if kept.of(new.name) is not None:
        raise NameTaken(new.name)
    kept, sealing_key = slots.add_password(
        kept, dek=desk.data_key, officer=new.name, password=new.password, machine_secret=machine_secret(), cost=cost
    )
    with desk.unit() as unit:
        officer = _join(unit, desk.office, new, sealing_key, why=f"with {second.officer.id}")
        if Role.SUPERVISOR in new.roles:
            batch = own_key(unit.session, BATCH_KEY, sealing_key=desk.personal_key, officer=desk.officer.id)
            keep_key(unit, BATCH_KEY, batch, sealing_key=sealing_key, officer=officer.id)
        # The slot first: a slot without an officer opens nothing, an officer without a slot could never sign in.
        _write(desk.folder.slots, slotfile.dump(kept))
        write_door(desk.folder, desk.office, [*door(desk.folder.path).officers, new.name])
        return OfficerSlip(id=officer.id, name=officer.name, roles=officer.roles)


def _two(officers: Sequence[NewOfficer]) -> None:
    first = officers[:2]
    if len({each.name for each in first}) != 2 or not all(
        each.roles & {Role.SUPERVISOR, Role.AUTHORITY} for each in first
    ):
        raise TwoSupervisors


@contextlib.contextmanager
def new_store(
    home: Folder, office: Office, officers: Sequence[NewOfficer], *, clock: Clock, cost: slots.Cost
) -> Iterator[tuple[Unit, bytes, dict[Officer, bytes], str]]:
    """A new store with its officers and key slots; what the body does is in the same unit."""
    kept, dek = slots.new_slots(database=office.code, generation=1)
    secret = machine_secret(create=True)
    sealing_keys = []
    for new in officers:
        if kept.of(new.name) is not None:
            raise NameTaken(new.name)
        kept, sealing_key = slots.add_password(
            kept, dek=dek, officer=new.name, password=new.password, machine_secret=secret, cost=cost
        )
        sealing_keys.append(sealing_key)
    kept, recovery = slots.add_recovery(kept, dek=dek, label="safe")
    home.generation.mkdir(parents=True, exist_ok=True)
    store = Store(database.create(home.database, dek))
    try:
        with store.begin(by="founder", at=clock()) as unit:
            unit.note_record("open_office", "office", office.code, office.record())
            personal = {_join(unit, office, new, key): key for new, key in zip(officers, sealing_keys, strict=True)}
            yield unit, dek, personal, recovery
            _write(home.slots, slotfile.dump(kept))
            write_door(home, office, [new.name for new in officers])
    except BaseException:
        store.close()
        home.database.unlink(missing_ok=True)
        raise
    store.close()


def _join(unit: Unit, office: Office, new: NewOfficer, sealing_key: bytes, *, why: str = "") -> Officer:
    pair = KeyPair.generate()
    officer = Officer(
        id=f"O-{unit.next('officer'):04}",
        name=new.name,
        salt=secrets.token_bytes(16),
        roles=new.roles,
        public_key=pair.public,
        joined=office.today(unit.at),
    )
    unit.add(officer)
    unit.session.flush()
    keep_key(unit, APPROVAL_KEY, pair, sealing_key=sealing_key, officer=officer.id)
    unit.note("join", officer, why=why)
    return officer


def _sign_in(store: Store, name: str, unlocked: slots.Unlocked, today: date) -> tuple[OfficerSlip, KeyPair]:
    """With the roles held, and those acted for today."""
    with store.look() as session:
        slip = next((each for each in rows.officers(session) if each.name == name), None)
        if slip is None:
            raise UnknownOfficer(name)
        acting = keeping.all_of(session, Acting, about=f"officer/{slip.id}", live=True)
        slip = replace(slip, roles=slip.roles | {each.role for each in acting if each.on(today)})
        public, sealed = rows.sealed_key(session, APPROVAL_KEY, slip.id)
    pair = unseal(sealed, sealing_key=unlocked.sealing_key, owner=slip.id, purpose=APPROVAL_KEY, public=public)
    return slip, pair


def _register(office: Office, store: Store) -> Register:
    """The real participants with the office's own dates and zones laid over them; in practice the two that are not."""
    practice = (
        Participation(code=code, name=f"Practice country {code}", kind=ParticipantKind.STATE, present=Span())
        for code in sorted(PRACTICE_PARTICIPANTS)
    )
    with store.look() as session:
        kept = rows.settings_rows(session)
    return Register.read(
        path("participants.csv").read_text("utf-8"),
        extra=practice if office.practice else (),
        own_dates=own_dates(kept),
        zones=zones(kept),
    )


def write_door(home: Folder, office: Office, names: Iterable[str]) -> None:
    """Who may sign in, for the unlock window."""
    _write(home.office, canonical({"office": office.record(), "officers": list(names)}).encode())


def _write(file: Path, content: bytes) -> None:
    with whole_file(file) as stream:
        stream.write(content)


def _read(file: Path, folder: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as problem:
        raise OfficeMissing(str(folder)) from problem
