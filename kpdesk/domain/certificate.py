"""The certificate: its number, the facts it states, its validity and its life (KPCS Annex I A, Section II)."""

import calendar
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from typing import Any, Self

from kpdesk.domain.goods import MIXED, Heading, shipment_origin
from kpdesk.domain.measures import Carats, Money, total_carats, total_money
from kpdesk.domain.outcomes import Refusal
from kpdesk.domain.records import Value

MOST_LINES = 14
_NUMBER = re.compile("[A-Z]{2}[A-Z0-9]{1,18}")
_ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"


@dataclass(eq=False)
class NotANumber(Refusal):
    """The text is no certificate number: two letters of the participant, then letters or digits."""

    text: str


@dataclass(frozen=True, slots=True, order=True)
class Number:
    """A certificate's number, upper case, without spaces and hyphens, leading zeros kept (KPCS Annex I A)."""

    text: str

    def __post_init__(self) -> None:
        if not _NUMBER.fullmatch(self.text):
            raise NotANumber(self.text[:40])

    @classmethod
    def parse(cls, text: str) -> Self:
        """From paper, scanner or keyboard, with any spaces and hyphens; raises NotANumber."""
        return cls(re.sub(r"[\s\-–·]", "", text).upper())

    @property
    def prefix(self) -> str:
        """The participant the number claims, ISO 3166-1 alpha-2, or EU (old stock: EC)."""
        return self.text[:2]

    @property
    def with_check(self) -> str:
        """The number with its ISO 7064 MOD 37,36 check character, as printed in the Code 128."""
        return self.text + check_character(self.text)

    def __str__(self) -> str:
        return self.text


def check_character(text: str) -> str:
    """ISO 7064 MOD 37,36: refuses the misreadings that a bar code's own check lets through."""
    product = 36
    for character in text:
        product = (product + _ALPHABET.index(character)) % 36 or 36
        product = product * 2 % 37
    return _ALPHABET[(37 - product) % 36]


class Kind(StrEnum):
    """What sort of paper this is."""

    ORIGINAL = "original"
    COPY = "copy"
    TECHNICAL = "technical"
    """Goods outside normal trade: returned, seized, scientific; outside the statistics."""
    PRACTICE = "practice"


@dataclass(frozen=True, slots=True)
class Named:
    """A firm as a certificate names it."""

    name: str
    address: str
    licence: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """Carats and value under one HS heading; carats are agreed ones, at 0.01 ct."""

    heading: Heading
    carats: Carats
    value: Money


@dataclass(frozen=True, slots=True)
class Anchor:
    """A place in the office's history: epoch, number of entries, and the first 10 bytes of the head at that size."""

    epoch: int
    size: int
    head: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """All that a certificate states (KPCS Annex I A). The one value that rules, paper and signed code share."""

    kind: Kind
    edition: str
    """The form's edition, such as `2026-1`."""
    number: Number | None
    """None until bound; approvals sign the facts without it."""
    participant: str
    """The issuing participant, ISO 3166-1 alpha-2 or EU."""
    issuing_authority: str
    origins: tuple[str, ...]
    """Every country of origin in the shipment, sorted; more than one is shown as asterisks, but kept."""
    provenance: str
    destination: str
    exporter: Named
    importer: Named
    lines: tuple[Line, ...]
    """One a heading and parcel group, 1 to 14."""
    parcels: int
    containers: int
    seals: tuple[str, ...]
    """One physical seal a container."""
    issued: date
    expires: date
    replaces: Number | None = None
    anchor: Anchor | None = None
    """The history before the entry that records the number; None until bound."""

    @property
    def carats(self) -> Carats:
        return total_carats(line.carats for line in self.lines)

    @property
    def value(self) -> Money:
        return total_money(line.value for line in self.lines)

    @property
    def origin(self) -> str:
        """The shipment's origin as printed: a country's code or MIXED."""
        return shipment_origin(self.origins)

    @property
    def mixed(self) -> bool:
        return self.origin == MIXED

    def bound(self, number: Number, anchor: Anchor) -> "Facts":
        """These facts on a numbered sheet."""
        return replace(self, number=number, anchor=anchor)

    def record(self) -> dict[str, Value]:
        """The canonical facts, without number and anchor: what approvals sign."""
        record: dict[str, Value] = {
            "kind": self.kind.value,
            "edition": self.edition,
            "participant": self.participant,
            "issuing_authority": self.issuing_authority,
            "origins": self.origins,
            "provenance": self.provenance,
            "destination": self.destination,
            "exporter": _named(self.exporter),
            "importer": _named(self.importer),
            "lines": [
                {"heading": line.heading.value, "carats": f"{line.carats.value:.2f}", "value": str(line.value)}
                for line in self.lines
            ],
            "parcels": self.parcels,
            "containers": self.containers,
            "seals": self.seals,
            "issued": self.issued.isoformat(),
            "expires": self.expires.isoformat(),
        }
        if self.replaces:
            record["replaces"] = self.replaces.text
        return record

    @classmethod
    def from_record(cls, record: Mapping[str, Any]) -> Self:
        """Facts back from `record()`; number and anchor are not in it."""
        return cls(
            kind=Kind(record["kind"]),
            edition=record["edition"],
            number=None,
            participant=record["participant"],
            issuing_authority=record["issuing_authority"],
            origins=tuple(record["origins"]),
            provenance=record["provenance"],
            destination=record["destination"],
            exporter=Named(**record["exporter"]),
            importer=Named(**record["importer"]),
            lines=tuple(
                Line(Heading(line["heading"]), Carats.of(line["carats"]), Money.of(line["value"]))
                for line in record["lines"]
            ),
            parcels=record["parcels"],
            containers=record["containers"],
            seals=tuple(record["seals"]),
            issued=date.fromisoformat(record["issued"]),
            expires=date.fromisoformat(record["expires"]),
            replaces=Number(record["replaces"]) if "replaces" in record else None,
        )


def _named(firm: Named) -> dict[str, Value]:
    return {"name": firm.name, "address": firm.address, "licence": firm.licence}


def expiry(issued: date, *, days: int | None = 60, months: int | None = 2) -> date:
    """The last day of validity: the earlier of `days` and of `months` calendar months (month-end clamped) after issue.

    Periods are national (CA-R 6: 60 days; EU 12(5): two months), so an office sets its own; our default takes both.
    """
    ends = []
    if days is not None:
        ends.append(issued + timedelta(days=days))
    if months is not None:
        month = issued.month - 1 + months
        year, month = issued.year + month // 12, month % 12 + 1
        ends.append(date(year, month, min(issued.day, calendar.monthrange(year, month)[1])))
    return min(ends)
