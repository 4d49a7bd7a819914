"""Founding an office step by step: what the first run asks, and what it makes of the answers."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path

from kpdesk.desks import offices, opening
from kpdesk.desks.offices import NewOfficer, beside, open_desk
from kpdesk.domain.batch import check_office
from kpdesk.domain.outcomes import Refusal
from kpdesk.domain.participants import Register
from kpdesk.domain.parties import Role
from kpdesk.domain.trust import fingerprint
from kpdesk.signing.authority import read_authority
from resources import path

FORMS = {"fr": "zz", "pt": "xz", "ru": "zz-ru"}
"""The office's own language beside English, and the form whose words and places it takes until it has its own."""


@dataclass(eq=False)
class OtherAuthority(Refusal):
    """The authority file is another participant's."""

    participant: str
    wanted: str


@dataclass(frozen=True, slots=True)
class AuthoritySlip:
    """Whose authority file it is."""

    name: str
    participant: str
    fingerprint: str
    """Of its list key, to be compared by voice."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What the first run has gathered."""

    code: str
    name: str
    issuing_authority: str
    place: str
    zone: str
    language: str
    """A key of FORMS."""
    authority: bytes = field(repr=False)
    supervisors: tuple[tuple[str, str], ...] = field(repr=False)
    """(name, password) of two people."""


def countries(on: date) -> tuple[tuple[str, str], ...]:
    """(code, name) of every participant of that day, by name."""
    register = Register.read(path("participants.csv").read_text("utf-8"))
    found = {(row.code, row.name) for row in register.rows if on in row.present}
    return tuple(sorted(found, key=lambda pair: pair[1]))


def read_authority_file(content: bytes, *, participant: str) -> AuthoritySlip:
    """Whose file it is; raises NotAuthorityFile, OtherAuthority."""
    file = read_authority(content)
    if file.participant != participant:
        raise OtherAuthority(file.participant, participant)
    return AuthoritySlip(file.name, file.participant, fingerprint(file.list_key))


def found_office(folder: Path, wanted: Wanted, *, clock: Callable[[], datetime]) -> str:
    """The office with its two supervisors; its recovery code, shown once. Raises what `offices.open_office` does."""
    people = [NewOfficer(name, password, frozenset({Role.SUPERVISOR})) for name, password in wanted.supervisors]
    read_authority_file(wanted.authority, participant=check_office(wanted.code)[:2])
    folder.mkdir(parents=True, exist_ok=True)
    return offices.open_office(
        folder,
        code=wanted.code,
        name=wanted.name,
        issuing_authority=wanted.issuing_authority,
        place=wanted.place,
        zone=wanted.zone,
        form=FORMS[wanted.language],
        officers=people,
        authority=wanted.authority,
        clock=clock,
    )


def take_over(folder: Path, wanted: Wanted, *, text: str, clock: Callable[[], datetime]) -> int:
    """What the office already has, from one CSV, by both supervisors; how many lines. Raises what `opening` does."""
    (one, first), (other, second) = wanted.supervisors
    desk = open_desk(folder, officer=one, password=first, clock=clock)
    try:
        return opening.open_books(desk, beside(desk, officer=other, password=second), text=text)
    finally:
        desk.store.close()
