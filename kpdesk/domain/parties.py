"""Firms and people: exporters, importers, miners, dealers, carriers, foreign authorities, officers and their rights.

KPCS Annex II 11–14: only licensed persons mine and trade; name, address, nationality or residence are on record.
"""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import ClassVar

from kpdesk.domain.measures import Carats
from kpdesk.domain.outcomes import Finding, Refusal
from kpdesk.domain.records import Record, Value
from kpdesk.domain.rules import LICENCE_ENDS_SOON, LICENCE_MISSING, LICENCE_NOT_VALID, LICENCE_SUSPENDED
from kpdesk.domain.spans import Span, span


class PartyKind(StrEnum):
    EXPORTER = "exporter"
    IMPORTER = "importer"
    MINER = "miner"
    DEALER = "dealer"
    CARRIER = "carrier"
    FOREIGN_AUTHORITY = "foreign_authority"


class LicenceState(StrEnum):
    """How a licence stands on a day."""

    VALID = "valid"
    SUSPENDED = "suspended"
    NOT_YET = "not_yet"
    ENDED = "ended"


@dataclass(frozen=True, slots=True)
class Licence:
    """A dated permission to export, import, mine, deal or carry."""

    number: str
    kind: PartyKind
    """What it allows; a firm may hold several."""
    valid_from: date
    valid_until: date | None = None
    """The last day, None where it runs until withdrawn."""
    suspended: tuple[Span, ...] = ()

    def __post_init__(self) -> None:
        span(self.valid_from, self.valid_until)  # refuses an end before the beginning

    def on(self, day: date) -> LicenceState:
        if day < self.valid_from:
            return LicenceState.NOT_YET
        if self.valid_until and day > self.valid_until:
            return LicenceState.ENDED
        return LicenceState.SUSPENDED if any(day in each for each in self.suspended) else LicenceState.VALID

    def record(self) -> dict[str, Value]:
        return {
            "number": self.number,
            "kind": self.kind.value,
            "valid_from": self.valid_from.isoformat(),
            "valid_until": self.valid_until.isoformat() if self.valid_until else "",
            "suspended": [[each.first.isoformat(), each.last.isoformat()] for each in self.suspended],
        }


@dataclass(eq=False, kw_only=True)
class Party:
    """A firm or an authority in the office's register."""

    kind: ClassVar[str] = "party"

    number: str
    """`EXP-0041`, given by the office."""
    party_kind: PartyKind
    name: str
    address: str
    country: str
    """ISO 3166-1 alpha-2."""
    residence: str = ""
    """Nationality or residence status (KPCS Annex II 12, 14)."""
    email: str = ""
    licences: tuple[Licence, ...] = ()
    revision: int = 0

    @property
    def identity(self) -> str:
        return self.number

    def licence(self, kind: PartyKind, on: date) -> Licence | None:
        """The licence that allows this on the day, the one that runs longest; None where none is valid."""
        valid = [each for each in self.licences if each.kind is kind and each.on(on) is LicenceState.VALID]
        return max(valid, key=_ends, default=None)

    def record(self) -> Record:
        """Address, residence and email are personal: they go in digested with a salt, not here."""
        return {
            "party_kind": self.party_kind.value,
            "name": self.name,
            "country": self.country,
            "licences": [licence.record() for licence in self.licences],
        }


def check_licence(party: Party, kind: PartyKind, on: date, *, notice: int = 30) -> Iterator[Finding]:
    """Whether the firm may do this on the day, and whether it may still do so `notice` days on (KPCS Annex II 13)."""
    held = [each for each in party.licences if each.kind is kind]
    valid = party.licence(kind, on)
    if valid is None:
        suspended = next((each for each in held if each.on(on) is LicenceState.SUSPENDED), None)
        if suspended:
            yield LICENCE_SUSPENDED.found(party=party.name, licence=suspended.number, day=on)
        elif held:
            yield LICENCE_NOT_VALID.found(party=party.name, licence=max(held, key=_ends).number, day=on)
        else:
            yield LICENCE_MISSING.found(party=party.name, kind=kind)
    elif party.licence(kind, on + timedelta(days=notice)) is None:
        yield LICENCE_ENDS_SOON.found(party=party.name, licence=valid.number, days=(_ends(valid) - on).days)


def _ends(licence: Licence) -> date:
    return licence.valid_until or date.max


class Role(StrEnum):
    """A desk, and the rights it gives."""

    CLERK = "clerk"
    VALUER = "valuer"
    ISSUING = "issuing"
    EXPORTER_DESK = "exporter_desk"
    INSPECTOR = "inspector"
    SUPERVISOR = "supervisor"
    AUDITOR = "auditor"
    AUTHORITY = "authority"


@dataclass(eq=False)
class NotYourDesk(Refusal):
    """The officer does not hold the role this act asks for, or has left."""

    officer: str
    role: str


@dataclass(eq=False, kw_only=True)
class Officer:
    """A person of the office, with an own approval key from the first day."""

    kind: ClassVar[str] = "officer"

    id: str
    name: str
    salt: bytes
    """Random; the record holds the salted digest of the name, so that a person can be forgotten and the chain stays."""
    roles: frozenset[Role]
    public_key: bytes
    joined: date
    left: date | None = None
    """Set when the officer leaves, and from then on no act is theirs."""
    acknowledged: bool = False
    """The Authority's receipt names the key; until then it counts only beside an acknowledged one, flagged."""
    revision: int = 0

    @property
    def identity(self) -> str:
        return self.id

    def may(self, role: Role) -> bool:
        return self.left is None and role in self.roles

    def must(self, role: Role) -> None:
        """Raises NotYourDesk."""
        if not self.may(role):
            raise NotYourDesk(self.id, role.value)

    def record(self) -> Record:
        return {
            "name_digest": hashlib.sha256(self.salt + self.name.encode()).hexdigest(),
            "roles": sorted(self.roles),
            "public_key": self.public_key.hex(),
            "joined": self.joined.isoformat(),
            "left": self.left.isoformat() if self.left else "",
            "acknowledged": self.acknowledged,
        }


@dataclass(eq=False, kw_only=True)
class Title:
    """A mining title: who may mine where, and how much a month is plausible (kpcs.md §10)."""

    kind: ClassVar[str] = "title"

    number: str
    mine: str
    holder: str
    """The miner's register number."""
    country: str
    area: str
    """Where it lies, by its papers or coordinates."""
    zone: str = ""
    """The zone it lies in, where the Scheme restricts the country to zones."""
    monthly_capacity: Carats
    valid_from: date
    valid_until: date | None = None
    revision: int = 0

    @property
    def identity(self) -> str:
        return self.number

    def valid_on(self, day: date) -> bool:
        return day in span(self.valid_from, self.valid_until)

    def record(self) -> Record:
        return {
            "mine": self.mine,
            "holder": self.holder,
            "country": self.country,
            "area": self.area,
            "zone": self.zone,
            "monthly_capacity": str(self.monthly_capacity),
            "valid_from": self.valid_from.isoformat(),
            "valid_until": self.valid_until.isoformat() if self.valid_until else "",
        }
