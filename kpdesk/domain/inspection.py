"""Goods that come in: what the paper states, what arrived, what was decided, and the confirmation of receipt.

KPCS Section III(b), Annex I B, Annex II 21–25; EU 3–5; CA-A 14.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any, ClassVar, Self

from kpdesk.domain.certificate import Facts, Number
from kpdesk.domain.measures import Carats, Money
from kpdesk.domain.outcomes import Refusal
from kpdesk.domain.records import Record, Value


class Outcome(StrEnum):
    """What was decided (kpcs.md §6.2)."""

    ACCEPTED = "accepted"
    ACCEPTED_WITH_DIFFERENCE = "accepted_with_difference"
    HELD = "held"
    RETURNED = "returned"
    REFUSED = "refused"
    SEIZED = "seized"


RECEIVING = frozenset({Outcome.ACCEPTED, Outcome.ACCEPTED_WITH_DIFFERENCE})
"""Looking does not consume a number, receiving does."""


@dataclass(eq=False)
class AlreadyReceived(Refusal):
    """This number was received before: twice is a stop that nobody lifts."""

    number: str
    on: str
    where: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrival:
    """What the office found: weighed, counted, looked at."""

    carats: Carats
    parcels: int
    seals: tuple[str, ...]
    seals_intact: bool
    original: bool
    """The original certificate lies here, not a copy."""
    value: Money | None = None
    """The office's own estimate; it does not replace the certificate's value."""
    exported_on: date | None = None
    remarks: str = ""

    def record(self) -> dict[str, Value]:
        record: dict[str, Value] = {
            "carats": str(self.carats),
            "parcels": self.parcels,
            "seals": self.seals,
            "seals_intact": self.seals_intact,
            "original": self.original,
            "remarks": self.remarks,
        }
        if self.value is not None:
            record["value"] = str(self.value)
        if self.exported_on is not None:
            record["exported_on"] = self.exported_on.isoformat()
        return record

    @classmethod
    def from_record(cls, record: Mapping[str, Any]) -> Self:
        """Back from `record()`."""
        return cls(
            carats=Carats.of(record["carats"]),
            parcels=record["parcels"],
            seals=tuple(record["seals"]),
            seals_intact=record["seals_intact"],
            original=record["original"],
            value=Money.of(record["value"]) if "value" in record else None,
            exported_on=date.fromisoformat(record["exported_on"]) if "exported_on" in record else None,
            remarks=record["remarks"],
        )


@dataclass(eq=False, kw_only=True)
class Incoming:
    """One incoming certificate as this office dealt with it."""

    kind: ClassVar[str] = "incoming"

    id: str
    """`R-2026-000007`."""
    number: Number
    scan: str
    """The id of the scan that brought it: the same scan twice is one receipt."""
    facts: Facts | None
    """As read from the signed code, or keyed from the paper; None for numbers received before these books."""
    arrival: Arrival | None
    outcome: Outcome
    at: datetime
    by: str
    findings: tuple[str, ...] = ()
    """Codes of the findings that stood when it was decided."""
    confirmation: str = ""
    """SHA-256 of the signed confirmation file, hex."""
    reason: str = ""
    revision: int = 0

    @property
    def identity(self) -> str:
        return self.id

    @property
    def received(self) -> bool:
        return self.outcome in RECEIVING

    def record(self) -> Record:
        record: dict[str, Value] = {
            "number": self.number.text,
            "scan": self.scan,
            "outcome": self.outcome.value,
            "at": self.at.isoformat(),
            "by": self.by,
            "findings": self.findings,
            "confirmation": self.confirmation,
            "reason": self.reason,
        }
        if self.facts:
            record["facts"] = self.facts.record()
        if self.arrival:
            record["arrival"] = self.arrival.record()
        return record


@dataclass(eq=False, kw_only=True)
class Seizure:
    """Goods taken, with or without a paper; the holder is told the reason (CA-A 15)."""

    kind: ClassVar[str] = "seizure"

    id: str
    """`X-2026-000003`."""
    number: str
    """The number on the paper, empty for goods without papers."""
    holder: str
    carats: Carats
    reason: str
    seal: str
    """The seal put on the inventory."""
    at: datetime
    by: str
    witness: str
    """The second officer, who signed beside."""
    revision: int = 0

    @property
    def identity(self) -> str:
        return self.id

    def record(self) -> Record:
        return {
            "number": self.number,
            "holder": self.holder,
            "carats": str(self.carats),
            "reason": self.reason,
            "seal": self.seal,
            "at": self.at.isoformat(),
            "by": self.by,
            "witness": self.witness,
        }
