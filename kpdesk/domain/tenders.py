"""Values that are provisional: goods sent to a tender or on consignment, whose price is known when they are sold.

The certificate states the provisional value and stays as it was signed; the result is recorded beside it (kpcs.md §5).
"""

from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import ClassVar

from kpdesk.domain.measures import Money
from kpdesk.domain.outcomes import Refusal


@dataclass(eq=False)
class ResultKnown(Refusal):
    """A result is recorded once; what it was is not written over."""

    parcel: str
    value: Money


@dataclass(eq=False)
class ResultOfTomorrow(Refusal):
    """Goods were sold today or before."""

    on: date


class Basis(StrEnum):
    TENDER = "tender"
    CONSIGNMENT = "consignment"


@dataclass(frozen=True, slots=True, kw_only=True)
class Provisional:
    """A parcel whose value is provisional, and what came of it."""

    kind: ClassVar[str] = "provisional"
    personal: ClassVar[frozenset[str]] = frozenset()

    parcel: str
    basis: Basis
    due: date
    """The last day on which the result is expected."""
    by: str
    at: datetime
    result: Money | None = None
    sold_on: date | None = None
    document: str = ""
    """The tender's protocol or the invoice."""
    recorded_by: str = ""
    recorded_at: datetime | None = None

    @property
    def identity(self) -> str:
        return self.parcel

    @property
    def about(self) -> str:
        return f"parcel/{self.parcel}"

    @property
    def live(self) -> bool:
        return self.result is None

    def sell(self, value: Money, *, on: date, document: str, by: str, at: datetime, today: date) -> "Provisional":
        """Raises ResultKnown, ResultOfTomorrow."""
        if self.result is not None:
            raise ResultKnown(self.parcel, self.result)
        if on > today:
            raise ResultOfTomorrow(on)
        return replace(self, result=value, sold_on=on, document=document, recorded_by=by, recorded_at=at)


def apart(stated: Money, result: Money) -> Decimal:
    """How far a result lies from the value that was stated, in percent with one decimal; 0 where none was."""
    if not stated:
        return Decimal(0)
    return ((result.value - stated.value) / stated.value * 100).quantize(Decimal("0.1"))
