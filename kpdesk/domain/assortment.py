"""A producer's assortment: his own lines by class, taken over after the office checked a sample of them (kpcs.md §13).

Its amounts are as blind as any figure's: the history holds a salted digest of them, and only who took the file sees it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from decimal import ROUND_UP, Decimal
from enum import StrEnum
from typing import ClassVar, Self

from kpdesk.domain.measures import Carats, Money
from kpdesk.domain.outcomes import Refusal
from kpdesk.domain.prices import NotThatCell, amount
from kpdesk.domain.valuation import SizeLine

MOST_LINES = 500


@dataclass(eq=False)
class SampleUnfinished(Refusal):
    """Every line of the sample is weighed and valued by the office before the file counts."""

    classes: str


@dataclass(eq=False)
class SampleWantsReason(Refusal):
    """The sample is further off than the office allows, or the file is refused: either has a reason."""


@dataclass(eq=False)
class AssortmentDecided(Refusal):
    """The file was taken over or refused before."""

    file: str


class SampleOutcome(StrEnum):
    OPEN = "open"
    ACCEPTED = "accepted"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class FileLine:
    """A line as the producer's file states it."""

    columns: ClassVar[Mapping[str, bool]] = {"class": True, "carats": True, "us_per_carat": True}

    size_class: str
    carats: Carats
    per_carat: Decimal

    def __post_init__(self) -> None:
        Money(self.per_carat)
        if not self.carats or not self.size_class:
            raise NotThatCell("carats" if self.size_class else "class")

    @property
    def key(self) -> str:
        return self.size_class

    def cells(self) -> Sequence[str]:
        return (self.size_class, str(self.carats), f"{self.per_carat:.2f}")

    @classmethod
    def of(cls, cells: Mapping[str, str]) -> Self:
        return cls(cells["class"], Carats(amount(cells, "carats", 2)), amount(cells, "us_per_carat", 2))

    @property
    def line(self) -> SizeLine:
        return SizeLine(self.size_class, self.carats, self.per_carat)


@dataclass(frozen=True, slots=True)
class Sampled:
    """What the office found for one line of the sample."""

    size_class: str
    carats: Carats
    per_carat: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Assortment:
    """A producer's file for one parcel, its sample, and what came of it."""

    kind: ClassVar[str] = "assortment"
    personal: ClassVar[frozenset[str]] = frozenset({"lines", "found"})
    """Not a person's, but as secret: until all figures are in nobody reads an amount out of the history."""

    parcel: str
    by: str
    at: datetime
    file: str
    digest: str
    """SHA-256 of the file."""
    lines: tuple[FileLine, ...] = field(repr=False)
    sample: tuple[str, ...]
    """The classes the office weighs and values itself, drawn by lot when the file was taken."""
    found: tuple[Sampled, ...] = field(default=(), repr=False)
    outcome: SampleOutcome = SampleOutcome.OPEN
    reason: str = ""
    salt: bytes = field(repr=False)

    @property
    def identity(self) -> str:
        return f"{self.parcel}-{self.digest[:12]}-{self.by}"

    @property
    def about(self) -> str:
        return f"parcel/{self.parcel}"

    @property
    def live(self) -> bool:
        return self.outcome is SampleOutcome.OPEN

    def furthest(self, found: Sequence[Sampled]) -> Decimal:
        """The largest difference of a sampled line's carats or price from the file's, in percent."""
        stated = {line.size_class: line for line in self.lines}
        return max(
            (
                off
                for each in found
                for off in (
                    percent_off(stated[each.size_class].carats.value, each.carats.value),
                    percent_off(stated[each.size_class].per_carat, each.per_carat),
                )
            ),
            key=abs,
            default=Decimal(0),
        )

    def decide(self, found: Sequence[Sampled], *, accept: bool, tolerance: Decimal, reason: str = "") -> "Assortment":
        """Take the file over or refuse it. Raises AssortmentDecided, SampleUnfinished, SampleWantsReason."""
        if not self.live:
            raise AssortmentDecided(self.file)
        missing = set(self.sample) - {each.size_class for each in found}
        if accept and missing:
            raise SampleUnfinished(", ".join(sorted(missing)))
        if not reason and (not accept or abs(self.furthest(found)) > tolerance):
            raise SampleWantsReason
        outcome = SampleOutcome.ACCEPTED if accept else SampleOutcome.REFUSED
        return replace(self, found=tuple(found), outcome=outcome, reason=reason)


def percent_off(stated: Decimal, found: Decimal) -> Decimal:
    """How far what was found lies from what is stated, in percent of the stated, with two decimals."""
    if not stated:
        return Decimal(0) if not found else Decimal(100)
    return ((found - stated) / stated * 100).quantize(Decimal("0.01"))


def sample_size(lines: int, *, percent: Decimal, least: int) -> int:
    """How many lines are checked: the office's share rounded up, its least, but never more than there are."""
    share = int((lines * percent / 100).to_integral_value(ROUND_UP))
    return min(max(share, least), lines)
