"""How a validated shipment leaves: with a licensed courier or in a known person's hands, and over which exit.

KPCS IV; EU 12(2, 5); CA-R 7. Who takes it is personal: the history holds a salted digest of it, and of the number of
the paper that proved the person a digest alone is kept, against which the number can be compared but not read.
"""

import hashlib
import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from typing import ClassVar

from kpdesk.domain.certificate import Number
from kpdesk.domain.outcomes import Finding
from kpdesk.domain.parties import Party
from kpdesk.domain.rules import (
    BEARER_MISSING,
    CUSTOMS_MISSING,
    EXIT_MISSING,
    IDENTITY_NOT_SEEN,
    JOURNEY_MISSING,
    POWER_NOT_VALID,
    REPRESENTATIVE_MISSING,
    REPRESENTATIVE_NOT_NAMED,
    SEAL_NOT_ITS_OWN,
    SEALS_NOT_SEEN,
)


class Paper(StrEnum):
    """The paper by which the officer knew the person."""

    PASSPORT = "passport"
    IDENTITY_CARD = "identity_card"
    STAFF_CARD = "staff_card"
    """A courier's own card, which the firm vouches for."""


class End(StrEnum):
    """What came of a release."""

    EXPORTED = "exported"
    TAKEN_BACK = "taken_back"
    """The goods lie in the office again, sealed; the certificate stands."""
    CALLED_OFF = "called_off"
    """The certificate ended while they were on their way."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """What the officer sees and enters when the sealed goods are handed over."""

    carrier: str = ""
    """The courier's register number; empty where a person carries the goods by hand."""
    bearer: str
    """Who takes them: the courier's messenger, or the hand-carrier."""
    paper: Paper = Paper.PASSPORT
    paper_number: str
    """As read from the paper; only a digest of it is kept."""
    journey: str
    """Flight, or waybill."""
    customs: str
    """The customs declaration's number."""
    exit: str
    """The point of exit."""
    representative: str
    """Who hands over for the exporter."""
    seals: tuple[str, ...]
    """Those that were looked at and found whole."""


def check_delivery(given: Delivery, *, seals: Collection[str]) -> Iterator[Finding]:
    """Everything that keeps these goods here; `seals` are those on the certificate."""
    for rule, words in (
        (BEARER_MISSING, given.bearer),
        (JOURNEY_MISSING, given.journey),
        (CUSTOMS_MISSING, given.customs),
        (EXIT_MISSING, given.exit),
        (REPRESENTATIVE_MISSING, given.representative),
    ):
        if not words.strip():
            yield rule.found()
    if not _plain(given.paper_number) or (given.paper is Paper.STAFF_CARD and not given.carrier):
        yield IDENTITY_NOT_SEEN.found()
    looked_at = {_plain(seal) for seal in given.seals}
    own = {_plain(seal): seal for seal in seals}
    if missing := [seal for plain, seal in own.items() if plain not in looked_at]:
        yield SEALS_NOT_SEEN.found(seals=", ".join(missing))
    for strange in sorted(looked_at - own.keys()):
        yield SEAL_NOT_ITS_OWN.found(seal=strange)


def check_representative(name: str, exporter: Party, *, on: date) -> Iterator[Finding]:
    """Whether the register lets this person act for the exporter today."""
    if not exporter.representatives:
        yield REPRESENTATIVE_NOT_NAMED.found(party=exporter.name)
    elif not any(
        each.name.casefold() == name.strip().casefold() and each.may_sign(on) for each in exporter.representatives
    ):
        yield POWER_NOT_VALID.found(name=name.strip(), party=exporter.name)


@dataclass(frozen=True, slots=True, kw_only=True)
class Leaving:
    """A shipment that was handed over under its certificate, and what came of it."""

    kind: ClassVar[str] = "leaving"
    personal: ClassVar[frozenset[str]] = frozenset({"bearer", "paper_digest", "representative"})

    certificate: str
    number: Number
    time: int
    """1 for the first release under this certificate, 2 after it was taken back once."""
    carrier: str
    bearer: str
    paper: Paper
    paper_digest: str
    """SHA-256 of the salt and the paper's number, hex."""
    journey: str
    customs: str
    exit: str
    representative: str
    seals: tuple[str, ...]
    salt: bytes
    released_at: datetime
    released_by: str
    """The officer who saw the person, the paper and the seals."""
    ended: End | None = None
    ended_on: date | None = None
    ended_by: str = ""
    note: str = ""
    """The paper of exit, or why it came back."""

    @classmethod
    def of(
        cls, given: Delivery, *, certificate: str, number: Number, time: int, salt: bytes, at: datetime, by: str
    ) -> "Leaving":
        return cls(
            certificate=certificate,
            number=number,
            time=time,
            carrier=given.carrier,
            bearer=given.bearer.strip(),
            paper=given.paper,
            paper_digest=digest_of(given.paper_number, salt),
            journey=given.journey.strip(),
            customs=given.customs.strip(),
            exit=given.exit.strip(),
            representative=given.representative.strip(),
            seals=given.seals,
            salt=salt,
            released_at=at,
            released_by=by,
        )

    @property
    def identity(self) -> str:
        return f"{self.number}-{self.time}"

    @property
    def about(self) -> str:
        return f"certificate/{self.certificate}"

    @property
    def live(self) -> bool:
        return self.ended is None

    def shown(self, paper_number: str) -> bool:
        """Whether this is the number of the paper that was seen."""
        return digest_of(paper_number, self.salt) == self.paper_digest

    def end(self, end: End, *, on: date, by: str, note: str = "") -> "Leaving":
        return replace(self, ended=end, ended_on=on, ended_by=by, note=note)


def digest_of(paper_number: str, salt: bytes) -> str:
    """The salted digest of a paper's number, however it was spaced."""
    return hashlib.sha256(salt + _plain(paper_number).encode()).hexdigest()


def _plain(number: str) -> str:
    return re.sub(r"[\s\-–·./]", "", number).upper()
