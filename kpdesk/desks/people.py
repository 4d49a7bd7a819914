"""Officers and their rights: who holds which, who acts for whom, who leaves, and what goes into whose hands.

Two people for every right given or taken (decisions.md, People). Nobody's password is known to another: a forgotten one
is replaced by a new one, with a new approval key that the Authority acknowledges anew.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime

from kpdesk.desks import offices
from kpdesk.desks.desk import APPROVAL_KEY, BATCH_KEY, Desk, keep_key, own_key
from kpdesk.desks.handing import hands_of, still_here, two_supervisors
from kpdesk.domain.acting import (
    GIVEN,
    Acting,
    HoldsThatRole,
    NotThatSpan,
    NotToBeGiven,
    SignsToo,
    StillHolds,
    TwoSupervisorsStay,
)
from kpdesk.domain.custody import WhyMissing
from kpdesk.domain.parties import Officer, Role
from kpdesk.exchange.whole import whole_file
from kpdesk.signing import slotfile, slots
from kpdesk.signing.keys import KeyPair
from kpdesk.signing.machine import machine_secret
from kpdesk.store import counter, keeping
from kpdesk.store import lists as rows
from kpdesk.store import people as persons
from kpdesk.store.unit import Unit


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """An officer as the list shows them."""

    id: str
    name: str
    roles: tuple[tuple[Role, date], ...]
    """Each role held, and since when without a break."""
    joined: date
    left: date | None
    acknowledged: bool
    batch_key: bool
    """Signs batches; for supervisors."""
    acting: tuple[Acting, ...]
    """Appointments that count today or will."""
    last_act: datetime | None
    """The newest entry of the history in this officer's name, if it is not long ago."""


@dataclass(frozen=True, slots=True)
class Relaxed:
    """A relaxation of the four eyes that is in force (decisions.md, People)."""

    setting: str
    since: date


# Looking


def people(desk: Desk, *, gone: bool = False) -> tuple[Person, ...]:
    """Those who work here, by name; with `gone` also those who left."""
    with desk.view() as unit:
        last = persons.last_acts(unit.session)
        found = persons.officers(unit.session)
        acting = [each for each in keeping.all_of(unit.session, Acting, live=True) if each.last >= desk.today]
        return tuple(
            Person(
                id=each.id,
                name=each.name,
                roles=tuple(_since(unit, each)),
                joined=each.joined,
                left=each.left,
                acknowledged=each.acknowledged,
                batch_key=rows.holds_key(unit.session, BATCH_KEY, each.id),
                acting=tuple(one for one in acting if one.officer == each.id),
                last_act=last.get(each.id),
            )
            for each in found
            if gone or each.left is None
        )


def _since(unit: Unit, officer: Officer) -> Iterator[tuple[Role, date]]:
    """From the officer's records: a role that was given, taken and given again counts from the last time."""
    since: dict[str, date] = {}
    for entry in counter.story(unit.session, f"officer/{officer.id}"):
        if entry.subject == f"officer/{officer.id}":
            held = set(entry.record["roles"])
            since = {role: since.get(role, entry.at.date()) for role in held}
    yield from ((role, since.get(role.value, officer.joined)) for role in Role if role in officer.roles)


def appointments(desk: Desk) -> tuple[Acting, ...]:
    """The last acting appointments, also those that have ended; the newest first."""
    with desk.look() as session:
        return keeping.all_of(session, Acting, limit=keeping.PAGE)


def relaxed(desk: Desk) -> tuple[Relaxed, ...]:
    """Which of the four people may be one here today, and since when."""
    with desk.look() as session:
        made = rows.settings_rows(session)
        settings = desk.settings(session)
    found = []
    for name in ("small_office", "same_officer_weighs_again"):
        if getattr(settings, name):
            found.append(Relaxed(name, max(on for each, on, _ in made if each == name and on <= desk.today)))
    return tuple(found)


# Rights


def change_roles(
    desk: Desk, second: Desk, *, officer: str, roles: Collection[Role], own: Desk | None = None
) -> frozenset[Role]:
    """Two supervisors say what an officer may do, from the next sign-in on.

    Who becomes a supervisor signs too (`own`), for the batch key is sealed under their password. Raises SignsToo,
    TwoSupervisorsStay, NotToBeGiven, HasLeft.
    """
    two_supervisors(desk, second, "change_roles")
    with desk.unit() as unit:
        found = still_here(unit, officer)
        given = frozenset(roles)
        if not given or given - set(GIVEN) - found.roles:
            raise NotToBeGiven(", ".join(sorted(given - set(GIVEN))))
        if Role.SUPERVISOR in found.roles - given:
            _two_stay(unit, found)
            unit.drop_key(BATCH_KEY, found.id)
        if Role.SUPERVISOR in given - found.roles:
            if own is None or own.officer.id != found.id:
                raise SignsToo(found.name)
            batch = own_key(unit.session, BATCH_KEY, sealing_key=desk.personal_key, officer=desk.officer.id)
            keep_key(unit, BATCH_KEY, batch, sealing_key=own.personal_key, officer=found.id)
        found.roles = given
        unit.note("change_roles", found, why=f"with {second.officer.id}")
        return given


def appoint(desk: Desk, second: Desk, *, officer: str, role: Role, first: date, last: date, why: str) -> Acting:
    """An officer acts in another role from a day to a day; it ends by itself. Raises NotThatSpan, HoldsThatRole."""
    two_supervisors(desk, second, "appoint")
    if role not in GIVEN:
        raise NotToBeGiven(role.value)
    if last < first or last < desk.today:
        raise NotThatSpan(first.isoformat(), last.isoformat())
    if not why.strip():
        raise WhyMissing
    with desk.unit() as unit:
        found = still_here(unit, officer)
        if role in found.roles:
            raise HoldsThatRole(found.name, role.value)
        made = Acting(
            id=f"AA-{desk.today.year}-{unit.next(f'acting-{desk.today.year}'):06}",
            officer=found.id,
            role=role,
            first=first,
            last=last,
            why=why.strip(),
            by=desk.officer.id,
            second=second.officer.id,
        )
        keeping.keep(unit, "appoint", made, why=f"with {second.officer.id}")
        return made


def call_off(desk: Desk, second: Desk, appointment: str) -> Acting:
    """An acting appointment ends today, before its last day. Raises NotFound."""
    two_supervisors(desk, second, "call_off")
    with desk.unit() as unit:
        ended = replace(keeping.get(unit.session, Acting, appointment), ended=desk.today)
        keeping.keep(unit, "call_off", ended, why=f"with {second.officer.id}")
        return ended


# Keys


def renew_password(desk: Desk, second: Desk, *, officer: str, password: str, cost: slots.Cost = slots.STANDARD) -> None:
    """Two supervisors let an officer who forgot the password in again, with a new one and a new approval key.

    The old key is lost with the old password: what the officer signed and is not printed is signed anew, and the new
    key is flagged until the Authority acknowledges it. Raises PasswordTooShort, HasLeft.
    """
    two_supervisors(desk, second, "renew_password")
    kept = read_slots(desk)
    with desk.unit() as unit:
        found = still_here(unit, officer)
        kept, sealing_key = slots.add_password(
            kept, dek=desk.data_key, officer=found.name, password=password, machine_secret=machine_secret(), cost=cost
        )
        pair = KeyPair.generate()
        keep_key(unit, APPROVAL_KEY, pair, sealing_key=sealing_key, officer=found.id)
        if Role.SUPERVISOR in found.roles:
            batch = own_key(unit.session, BATCH_KEY, sealing_key=desk.personal_key, officer=desk.officer.id)
            keep_key(unit, BATCH_KEY, batch, sealing_key=sealing_key, officer=found.id)
        found.public_key, found.acknowledged = pair.public, False
        unit.note("renew_password", found, why=f"with {second.officer.id}")
        # Whatever breaks between the file and the commit: a new password is given once more.
        write_slots(desk, kept)


def retire(desk: Desk, second: Desk, *, officer: str) -> date:
    """An officer leaves: no act is theirs from now on, and the slot is gone. Raises StillHolds, TwoSupervisorsStay."""
    two_supervisors(desk, second, "retire")
    with desk.unit() as unit:
        found = still_here(unit, officer)
        held = hands_of(unit, found)
        if not held.empty:
            raise StillHolds(found.name, held.said)
        if Role.SUPERVISOR in found.roles:
            _two_stay(unit, found)
        for each in keeping.all_of(unit.session, Acting, about=f"officer/{found.id}", live=True):
            if each.last >= desk.today:
                keeping.keep(unit, "retire", replace(each, ended=desk.today))
        for key in (APPROVAL_KEY, BATCH_KEY):
            unit.drop_key(key, found.id)
        found.left = desk.today
        unit.note("retire", found, why=f"with {second.officer.id}")
        unit.session.flush()
        staying = rows.officers(unit.session)
        name = found.name
    # A slot whose officer has left opens nothing, so the books come first.
    kept = read_slots(desk)
    if (slot := kept.of(name)) is not None:
        write_slots(desk, slots.remove(kept, dek=desk.data_key, slot_id=slot.id))
    supervisors = {each.name for each in staying if Role.SUPERVISOR in each.roles}
    names = [each for each in offices.door(desk.folder.path).officers if each != name]
    offices.write_door(desk.folder, desk.office, sorted(names, key=lambda each: each not in supervisors))
    return desk.today


def _two_stay(unit: Unit, going: Officer) -> None:
    others = (each for each in rows.officers(unit.session) if each.id != going.id)
    if sum(Role.SUPERVISOR in each.roles for each in others) < 2:
        raise TwoSupervisorsStay


def read_slots(desk: Desk) -> slots.Slots:
    """The key slots of the database in use."""
    return slotfile.load(desk.folder.slots.read_bytes())


def write_slots(desk: Desk, kept: slots.Slots) -> None:
    with whole_file(desk.folder.slots) as stream:
        stream.write(slotfile.dump(kept))
