"""Whom a desk trusts: the Authority's file, the lists it signs, issuers' keys, and officers' approvals.

Values only; `kpdesk.signing` signs and checks them. Nothing is pinned in the program: an office pins one
authority file at set-up, and the lists signed by its list key say the rest.
"""

import hashlib
import re
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Self

from kpdesk.domain.certificate import Number
from kpdesk.domain.records import Record, Value

PRACTICE_PARTICIPANTS = frozenset({"ZZ", "XZ"})
"""Us and a partner in practice lists; ISO 3166 leaves both codes to its users."""

_PARTICIPANT = re.compile("[A-Z]{2}")


def key_id(public: bytes) -> bytes:
    """The 8 bytes by which codes and lists name a public key (SubjectPublicKeyInfo, DER)."""
    return hashlib.sha256(public).digest()[:8]


def fingerprint(public: bytes) -> str:
    """A public key's SHA-256 to be read aloud: 8 groups of 8 hex digits."""
    return grouped(hashlib.sha256(public).hexdigest())


def grouped(text: str, size: int = 8) -> str:
    """Text in groups of `size` for reading aloud and typing."""
    return " ".join(text[start : start + size] for start in range(0, len(text), size))


class Algorithm(StrEnum):
    """How a key signs; a code never chooses, the lists say it for each key."""

    ES256 = "ES256"
    """ECDSA on P-256 with SHA-256: what we issue."""
    EDDSA = "EdDSA"
    """Ed25519, of issuers who chose it."""


class Purpose(StrEnum):
    """What an issuer's key may sign."""

    CODE = "code"
    CONFIRMATION = "confirmation"


class Reason(StrEnum):
    """Why a number covers no goods any more."""

    VOID = "void"
    SPOILED = "spoiled"
    MISSING = "missing"
    """The numbered sheet cannot be found."""
    LOST = "lost"
    """The issued certificate was lost or stolen."""
    REPLACED = "replaced"
    INVALIDATED = "invalidated"
    RETURNED = "returned"
    """Returned unused."""

    @property
    def at_large(self) -> bool:
        """Whether somebody may hold the paper."""
        return self in (Reason.MISSING, Reason.LOST)


@dataclass(frozen=True, slots=True)
class IssuerKey:
    """A public key of an issuing authority. A day on which it may issue lies in [valid_from, valid_until]."""

    participant: str
    authority: str
    """The issuing authority's name."""
    algorithm: Algorithm
    public: bytes
    """SubjectPublicKeyInfo, DER."""
    valid_from: date
    valid_until: date | None = None
    """The last day; None while it is open."""
    revoked_from: date | None = None
    """Certificates issued from this day on are not good; earlier ones stay. `valid_from` or before revokes them all,
    which a stolen key asks for: whoever holds it can write any date."""
    purposes: tuple[Purpose, ...] = (Purpose.CODE,)
    kid: bytes = field(init=False)
    """8 bytes: SHA-256 of `public`, cut."""

    def __post_init__(self) -> None:
        _check_participant(self.participant)
        if self.valid_until is not None and self.valid_until < self.valid_from:
            raise ValueError("a key cannot end before it begins")
        if not self.purposes or len(set(self.purposes)) != len(self.purposes):
            raise ValueError("a key serves at least one purpose, each named once")
        object.__setattr__(self, "kid", key_id(self.public))

    def revoked(self, issued: date) -> bool:
        return self.revoked_from is not None and issued >= self.revoked_from

    def valid(self, issued: date) -> bool:
        return self.valid_from <= issued and (self.valid_until is None or issued <= self.valid_until)


@dataclass(frozen=True, slots=True)
class VoidNumber:
    """A number that covers no goods any more."""

    number: Number
    reason: Reason
    since: date


@dataclass(frozen=True, slots=True)
class ReceivedNumber:
    """A number whose goods have arrived: it is not good a second time."""

    number: Number
    where: str
    """The importing participant or, at home, the desk."""
    on: date


@dataclass(frozen=True, slots=True)
class Alert:
    """A warning about one number or a run of them, such as stolen blanks (KPCS Annex II (d))."""

    first: Number
    last: Number
    text: str
    since: date

    def __post_init__(self) -> None:
        _check_run(self.first, self.last)


@dataclass(frozen=True, slots=True)
class NumberRange:
    """Numbers that the Authority allots to an office for a form printed on plain paper."""

    participant: str
    first: Number
    last: Number
    office: str
    edition: str

    def __post_init__(self) -> None:
        _check_participant(self.participant)
        _check_run(self.first, self.last)

    def __contains__(self, number: Number) -> bool:
        return len(number.text) == len(self.first.text) and self.first <= number <= self.last


class Standing(StrEnum):
    """How a participant stands to the Scheme from a day on."""

    PARTICIPANT = "participant"
    PARTIAL = "partial"
    """Trades under restrictions, such as green zones."""
    SUSPENDED = "suspended"
    LEFT = "left"


@dataclass(frozen=True, slots=True)
class ParticipantChange:
    """A change of the register of participants."""

    participant: str
    name: str
    standing: Standing
    effective: date
    note: str = ""

    def __post_init__(self) -> None:
        _check_participant(self.participant)


@dataclass(frozen=True, slots=True, kw_only=True)
class Lists:
    """Everything one lists file says; found by number or key in one step, however long the lists."""

    sequence: int
    """Rises by at least one with every file; a desk refuses a lower one than it holds."""
    authority: str
    participant: str
    """The Authority's own participant."""
    issued: datetime
    next_update: datetime
    """After this the lists are stale: said, but no reason to refuse."""
    practice: bool = False
    keys: tuple[IssuerKey, ...] = ()
    voids: tuple[VoidNumber, ...] = ()
    received: tuple[ReceivedNumber, ...] = ()
    alerts: tuple[Alert, ...] = ()
    ranges: tuple[NumberRange, ...] = ()
    participants: tuple[ParticipantChange, ...] = ()
    _keys: dict[bytes, IssuerKey] = field(init=False, repr=False, compare=False)
    _voids: dict[Number, VoidNumber] = field(init=False, repr=False, compare=False)
    _received: dict[Number, ReceivedNumber] = field(init=False, repr=False, compare=False)
    _alerts: dict[tuple[str, int], list[Alert]] = field(init=False, repr=False, compare=False)
    _alert_runs: dict[str, list[Alert]] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        _check_participant(self.participant)
        if self.sequence < 1 or self.issued.tzinfo is None or self.next_update <= self.issued:
            raise ValueError("lists have a sequence number, and a moment of issue before that of the next update")
        if not self.practice and any(key.participant in PRACTICE_PARTICIPANTS for key in self.keys):
            raise ValueError("practice keys stand in practice lists only")
        object.__setattr__(self, "_keys", {key.kid: key for key in self.keys})
        if len(self._keys) != len(self.keys):
            raise ValueError("two keys with one identity")
        # The first entry of a number counts: lists are written in the order in which things became known.
        object.__setattr__(self, "_voids", {entry.number: entry for entry in reversed(self.voids)})
        object.__setattr__(self, "_received", {entry.number: entry for entry in reversed(self.received)})
        alerts: dict[tuple[str, int], list[Alert]] = {}
        runs: dict[str, list[Alert]] = {}
        for alert in self.alerts:
            if alert.first == alert.last:
                alerts.setdefault(_loose(alert.first), []).append(alert)
            else:
                runs.setdefault(alert.first.prefix, []).append(alert)
        object.__setattr__(self, "_alerts", alerts)
        object.__setattr__(self, "_alert_runs", runs)

    def key(self, kid: bytes) -> IssuerKey | None:
        return self._keys.get(kid)

    def voided(self, number: Number) -> VoidNumber | None:
        return self._voids.get(number)

    def received_elsewhere(self, number: Number) -> ReceivedNumber | None:
        return self._received.get(number)

    def alerts_on(self, number: Number) -> tuple[Alert, ...]:
        """Alerts that name this number, leading zeros apart: alerts come from paper and telephone."""
        stem, place = _loose(number)
        runs = (
            alert
            for alert in self._alert_runs.get(stem, ())
            if _loose(alert.first)[1] <= place <= _loose(alert.last)[1]
        )
        return (*self._alerts.get((stem, place), ()), *runs)

    def range_of(self, number: Number) -> NumberRange | None:
        return next((allotted for allotted in self.ranges if number in allotted), None)


@dataclass(frozen=True, slots=True)
class AuthorityFile:
    """What an office pins at set-up: the Authority's CA certificate, list key and encryption certificate."""

    name: str
    participant: str
    ca_certificate: bytes
    """X.509, DER."""
    list_key: bytes
    """SubjectPublicKeyInfo, DER."""
    encryption_certificate: bytes
    """X.509, DER."""

    def __post_init__(self) -> None:
        _check_participant(self.participant)


@dataclass(frozen=True, slots=True, kw_only=True)
class Approval:
    """One officer's signature under one act on one state of one thing; any change of the thing kills it."""

    id: str
    action: str
    """The act, such as `certificate.issue`."""
    subject: str
    """The thing's lasting identity."""
    digest: str
    """SHA-256 of its canonical record, hex."""
    at: datetime
    """UTC, whole seconds."""
    officer: str
    kid: bytes = b""
    """Of the officer's approval key."""
    signature: bytes = b""
    """64 bytes, r then s, over `signed_part`."""

    def __post_init__(self) -> None:
        if self.at.utcoffset() != timedelta(0) or self.at.microsecond:
            raise ValueError("an approval's moment is UTC, in whole seconds")

    @property
    def signed_part(self) -> dict[str, Value]:
        return {
            "id": self.id,
            "action": self.action,
            "subject": self.subject,
            "digest": self.digest,
            "at": self.at.strftime("%Y-%m-%dT%H:%M:%SZ"),
            "officer": self.officer,
            "key": self.kid.hex(),
        }

    def record(self) -> dict[str, Value]:
        """As it stands in the history and in batches."""
        return {**self.signed_part, "signature": self.signature.hex()}

    @classmethod
    def from_record(cls, record: Record) -> Self:
        """The approval in a record; raises ValueError for any record that `record` does not write."""
        texts = {name: value for name, value in record.items() if isinstance(value, str)}
        try:
            approval = cls(
                id=texts["id"],
                action=texts["action"],
                subject=texts["subject"],
                digest=texts["digest"],
                at=datetime.fromisoformat(texts["at"]),
                officer=texts["officer"],
                kid=bytes.fromhex(texts["key"]),
                signature=bytes.fromhex(texts["signature"]),
            )
        except KeyError as missing:
            raise ValueError("an approval lacks an entry") from missing
        if approval.record() != record:
            raise ValueError("an approval not written as ours are")
        return approval


def _check_participant(code: str) -> None:
    if not _PARTICIPANT.fullmatch(code):
        raise ValueError("a participant has a code of two letters")


def _check_run(first: Number, last: Number) -> None:
    """One number, or digits that rise after the same letters and keep their length."""
    if first == last:
        return
    digits = first.text[2:].isdecimal() and last.text[2:].isdecimal()
    if not (digits and first.prefix == last.prefix and len(first.text) == len(last.text) and first < last):
        raise ValueError("no run of numbers")


def _loose(number: Number) -> tuple[str, int]:
    """A number as an alert means it: prefix and integer; other numbers stand for themselves."""
    rest = number.text[2:]
    return (number.prefix, int(rest)) if rest.isdecimal() else (number.prefix + rest.lstrip("0"), 0)
