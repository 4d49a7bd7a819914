"""What was not the ordinary way: found in the books as it stands there, looked into and signed off by a supervisor."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import ClassVar

from kpdesk.domain.outcomes import Refusal


class What(StrEnum):
    TYPED = "typed"
    """A weight typed by hand."""
    TYPED_OFTEN = "typed_often"
    """An officer typed more than a tenth of a week's weights."""
    PORTIONS = "portions"
    """A parcel too heavy for the balance, weighed in parts."""
    REFUSED = "refused"
    """A reading that was wanted and refused."""
    CALIBRATION = "calibration"
    """A balance in use whose calibration is over."""
    OVERRIDDEN = "overridden"
    """Goods taken in against warnings: vouchers, brought twice."""
    OUTLIER = "outlier"
    """A price far from the usual, signed with a reason."""
    REWORKED = "reworked"
    """Sorting gained or lost more than a clerk may sign for."""
    LIFTED = "lifted"
    """A stop lifted by two with a document."""
    OUT_OF_ORDER = "out_of_order"
    """Another blank than the next was taken."""
    SPOILED = "spoiled"
    MISSING = "missing"
    """A sheet that was badly printed, or is not there."""
    REVERSED = "reversed"
    """A receipt taken back."""
    HOURS = "hours"
    """Acts outside the office's hours."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SignOff:
    """A supervisor has looked into an exception, with what was found."""

    kind: ClassVar[str] = "sign_off"
    personal: ClassVar[frozenset[str]] = frozenset()

    key: str
    what: What
    subject: str
    officers: tuple[str, ...]
    """The officers it concerns; none of them signs it off."""
    remark: str = ""
    by: str
    at: datetime

    @property
    def identity(self) -> str:
        return self.key

    @property
    def about(self) -> str:
        return self.subject

    @property
    def live(self) -> bool:
        return False


@dataclass(frozen=True, slots=True, kw_only=True)
class Exceptional:
    """One exception."""

    what: What
    place: str
    """Where in the books it stands, the same for ever: an entry's number, a reading's, an officer's day."""
    subject: str
    """`parcel/P-2026-000113`; empty where it is of no thing."""
    officers: tuple[str, ...]
    """Ids; the first is who did it. Nobody for what merely came about."""
    at: datetime
    why: str = ""
    """The reason given, as it was typed or as its code."""
    count: int = 1
    of: int = 0
    """So many, of so many."""
    signed: SignOff | None = None

    @property
    def key(self) -> str:
        return f"{self.what}:{self.place}"


@dataclass(frozen=True, slots=True)
class Week:
    """What the weighings of a week were."""

    monday: date
    typed: int
    weighed: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Exceptions:
    """Those of a span of whole weeks, the newest first."""

    first: date
    last: date
    found: tuple[Exceptional, ...]
    weeks: tuple[Week, ...]
    cut: bool
    """There are more than could be listed."""


@dataclass(eq=False)
class AlreadySignedOff(Refusal):
    """A supervisor has signed this exception off."""

    officer: str


@dataclass(eq=False)
class NoSuchException(Refusal):
    """There is none of this key in these days."""

    key: str


def monday_of(day: date) -> date:
    return day - timedelta(days=day.weekday())


def mondays(first: date, last: date) -> Sequence[date]:
    """The weeks from the first day's to the last day's."""
    start = monday_of(first)
    return [start + timedelta(weeks=place) for place in range((monday_of(last) - start).days // 7 + 1)]
