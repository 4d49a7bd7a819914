"""Firms and people: exporters, importers, miners, dealers, carriers, foreign authorities, officers and their rights.

KPCS Annex II 11–14: only licensed persons mine and trade; name, address, nationality or residence are on record.
"""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from typing import ClassVar

from kpdesk.domain.outcomes import Finding, Refusal
from kpdesk.domain.particulars import (
    FormerName,
    NoSuchRepresentative,
    Particulars,
    Representative,
    RepresentativeTwice,
    in_order,
)
from kpdesk.domain.records import Record, Value, canonical
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
    WITHDRAWN = "withdrawn"
    NONE = "none"
    """There is none of the kind."""


@dataclass(eq=False)
class LicenceTwice(Refusal):
    """The firm has a licence of this number."""

    party: str
    licence: str


@dataclass(eq=False)
class NoSuchLicence(Refusal):
    """The firm has no licence of this number, or it was withdrawn for good."""

    party: str
    licence: str


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
    withdrawn: date | None = None
    """From this day on it counts no more."""

    def __post_init__(self) -> None:
        in_order(self.valid_from, self.valid_until)

    def on(self, day: date) -> LicenceState:
        if self.withdrawn and day >= self.withdrawn:
            return LicenceState.WITHDRAWN
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
            "withdrawn": self.withdrawn.isoformat() if self.withdrawn else "",
        }


@dataclass(frozen=True, slots=True)
class Standing:
    """How a firm stands on a day, for what its register number says it does."""

    state: LicenceState
    licence: str = ""
    """The number of the licence that says so."""
    ends: date | None = None
    """The last day, where one is set."""


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
    email: str = ""
    registration: str = ""
    telephone: str = ""
    remark: str = ""
    former_names: tuple[FormerName, ...] = ()
    licences: tuple[Licence, ...] = ()
    representatives: tuple[Representative, ...] = ()
    stamp: str = ""
    """The digest of the picture of a foreign authority's stamp; empty where none was given."""
    salt: bytes = b""
    """Random, given by the register: what is personal goes into the record as a digest salted with it."""
    revision: int = 0

    @property
    def identity(self) -> str:
        return self.number

    @property
    def particulars(self) -> Particulars:
        return Particulars(
            name=self.name,
            address=self.address,
            country=self.country,
            residence=self.residence,
            registration=self.registration,
            email=self.email,
            telephone=self.telephone,
            remark=self.remark,
        )

    def change(self, told: Particulars, *, on: date) -> None:
        """Take over what the firm says of itself now; another name keeps the one before."""
        if told.name != self.name:
            self.former_names = (*self.former_names, FormerName(self.name, on - timedelta(days=1)))
        self.name, self.address, self.country, self.residence = told.name, told.address, told.country, told.residence
        self.registration, self.email = told.registration, told.email
        self.telephone, self.remark = told.telephone, told.remark

    def licence_of(self, number: str) -> Licence:
        """The licence of this number that was not withdrawn; raises NoSuchLicence."""
        for each in self.licences:
            if each.number == number and each.withdrawn is None:
                return each
        raise NoSuchLicence(self.number, number)

    def add_licence(self, licence: Licence) -> None:
        """Raises LicenceTwice."""
        if any(each.number == licence.number for each in self.licences):
            raise LicenceTwice(self.number, licence.number)
        self.licences = (*self.licences, licence)

    def renew_licence(self, number: str, until: date | None) -> None:
        """Raises NoSuchLicence, EndsBeforeItBegins."""
        self._put(replace(self.licence_of(number), valid_until=until))

    def suspend_licence(self, number: str, first: date, last: date | None) -> None:
        """From the first day to the last, or until it is restored; raises NoSuchLicence, EndsBeforeItBegins."""
        in_order(first, last)
        licence = self.licence_of(number)
        self._put(replace(licence, suspended=(*licence.suspended, span(first, last))))

    def restore_licence(self, number: str, on: date) -> None:
        """No suspension counts from this day on; those that were over stay on record. Raises NoSuchLicence."""
        licence = self.licence_of(number)
        before = on - timedelta(days=1)
        kept = (Span(each.first, min(each.last, before)) for each in licence.suspended if each.first < on)
        self._put(replace(licence, suspended=tuple(kept)))

    def withdraw_licence(self, number: str, on: date) -> None:
        """For good, from this day on; raises NoSuchLicence."""
        self._put(replace(self.licence_of(number), withdrawn=on))

    def _put(self, licence: Licence) -> None:
        self.licences = tuple(licence if each.number == licence.number else each for each in self.licences)

    def add_representative(self, representative: Representative) -> None:
        """Raises RepresentativeTwice where the two powers overlap."""
        for each in self.representatives:
            over = each.power_until is not None and each.power_until < representative.power_from
            if each.name == representative.name and not over:
                raise RepresentativeTwice(self.number, each.name)
        self.representatives = (*self.representatives, representative)

    def end_power(self, name: str, last: date) -> None:
        """The power of this person ends with this day; raises NoSuchRepresentative, EndsBeforeItBegins."""
        for each in self.representatives:
            if each.name == name and (each.power_until is None or each.power_until > last):
                ended = replace(each, power_until=last)
                self.representatives = tuple(ended if one is each else one for one in self.representatives)
                return
        raise NoSuchRepresentative(self.number, name)

    def standing(self, on: date) -> Standing:
        """By its own kind: the licence that is valid and runs longest, else the one that speaks last."""
        held = [each for each in self.licences if each.kind is self.party_kind]
        if not held:
            return Standing(LicenceState.NONE)
        best = self.licence(self.party_kind, on) or max(held, key=lambda each: (each.withdrawn is None, _ends(each)))
        return Standing(best.on(on), best.number, best.withdrawn or best.valid_until)

    def licence(self, kind: PartyKind, on: date) -> Licence | None:
        """The licence that allows this on the day, the one that runs longest; None where none is valid."""
        valid = [each for each in self.licences if each.kind is kind and each.on(on) is LicenceState.VALID]
        return max(valid, key=_ends, default=None)

    def record(self) -> Record:
        """What is personal goes in as a salted digest, so that a person can be forgotten and the chain stays."""
        personal: Record = {
            "address": self.address,
            "residence": self.residence,
            "registration": self.registration,
            "email": self.email,
            "telephone": self.telephone,
            "remark": self.remark,
            "representatives": [each.name for each in self.representatives],
        }
        return {
            "party_kind": self.party_kind.value,
            "name": self.name,
            "country": self.country,
            "former_names": [[each.name, each.until.isoformat()] for each in self.former_names],
            "licences": [licence.record() for licence in self.licences],
            "powers": [
                {
                    "function": each.function,
                    "power_from": each.power_from.isoformat(),
                    "power_until": each.power_until.isoformat() if each.power_until else "",
                    "specimen": each.specimen,
                }
                for each in self.representatives
            ],
            "stamp": self.stamp,
            "personal_digest": hashlib.sha256(self.salt + canonical(personal).encode()).hexdigest(),
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
    SEAT = "seat"
    """At an exporter's own installation: no officer, and nobody at an office."""


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
