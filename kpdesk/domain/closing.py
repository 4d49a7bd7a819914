"""The close of a day: goods and numbered stock counted blind by two, and set against the books (desk.md §3.3).

Opening + received - left = counted, by pieces and, for goods, by carats. What two counts do not find bars that number
and nothing else.
"""

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import ClassVar

from kpdesk.domain.measures import Carats
from kpdesk.domain.outcomes import Refusal

MOST_IN_SERIES = 100_000
_SERIES = re.compile(r"(?P<stem>[A-Z0-9/-]*?)(?P<serial>[0-9]{1,15})", re.ASCII)
_NOBODY: frozenset[str] = frozenset()


class Counted(StrEnum):
    """What is counted at the close."""

    GOODS = "goods"
    """Parcels, by the number of the parcel or of its bag."""
    BLANK = "blank"
    BAG = "bag"
    SEAL = "seal"


@dataclass(eq=False)
class NotASeries(Refusal):
    """The first and the last number do not belong to one series, or it is longer than anybody counts."""

    first: str
    last: str


@dataclass(eq=False)
class NotCounted(Refusal):
    """Two officers have not both counted this today."""

    what: str


@dataclass(eq=False)
class DayClosed(Refusal):
    """The day was closed; what came after belongs to the next."""

    day: str


def series(first: str, last: str) -> tuple[str, ...]:
    """Every number from the first to the last of one print run; raises NotASeries."""
    one, other = (_SERIES.fullmatch("".join(text.split()).upper()) for text in (first, last))
    if one is None or other is None or one["stem"] != other["stem"] or len(one["serial"]) != len(other["serial"]):
        raise NotASeries(first[:40], last[:40])
    low, high = int(one["serial"]), int(other["serial"])
    if not 0 <= high - low < MOST_IN_SERIES:
        raise NotASeries(first[:40], last[:40])
    return tuple(f"{one['stem']}{serial:0{len(one['serial'])}}" for serial in range(low, high + 1))


def runs(numbers: Iterable[str]) -> Iterator[tuple[str, str]]:
    """(first, last) of each unbroken run, in the order of the numbers: how a list of numbers is shown shortest."""
    start = end = ""
    for number in sorted(numbers):
        if end and _next(end) == number:
            end = number
            continue
        if start:
            yield start, end
        start = end = number
    if start:
        yield start, end


def _next(number: str) -> str:
    found = _SERIES.fullmatch(number)
    return f"{found['stem']}{int(found['serial']) + 1:0{len(found['serial'])}}" if found else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """What one officer found, without any expected figure in sight; a later one of the same officer replaces it."""

    kind: ClassVar[str] = "tally"
    personal: ClassVar[frozenset[str]] = _NOBODY

    day: date
    what: Counted
    by: str
    """The officer's id."""
    at: datetime
    found: tuple[str, ...]
    """Parcels' or stock numbers, sorted."""

    @property
    def identity(self) -> str:
        return f"{self.day.isoformat()}-{self.what}-{self.by}"

    @property
    def about(self) -> str:
        return f"day/{self.day.isoformat()}"

    @property
    def live(self) -> bool:
        return False


@dataclass(frozen=True, slots=True, kw_only=True)
class Sum:
    """One line of the close."""

    what: Counted
    opening: int
    received: int
    left: int
    counted: int
    carats: Carats | None = None
    """For goods: agreed carats of what was counted."""
    carats_expected: Carats | None = None
    missing: tuple[str, ...] = ()
    """Expected, and found by neither."""
    doubtful: tuple[str, ...] = ()
    """Found by one of the two only."""
    surplus: tuple[str, ...] = ()
    """Found, and not in the books."""

    @property
    def expected(self) -> int:
        return self.opening + self.received - self.left

    @property
    def agrees(self) -> bool:
        return not (self.missing or self.doubtful or self.surplus)


def compare(what: Counted, *, opening: Collection[str], expected: Collection[str], first: Tally, second: Tally) -> Sum:
    """Two blind counts against the books."""
    before, now = frozenset(opening), frozenset(expected)
    one, other = frozenset(first.found), frozenset(second.found)
    return Sum(
        what=what,
        opening=len(before),
        received=len(now - before),
        left=len(before - now),
        counted=len(one & other),
        missing=tuple(sorted(now - one - other)),
        doubtful=tuple(sorted((one ^ other) & now)),
        surplus=tuple(sorted((one | other) - now)),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Closing:
    """A day as it was closed: its sums, and what stands in the books for the next day to open with."""

    kind: ClassVar[str] = "closing"
    personal: ClassVar[frozenset[str]] = _NOBODY

    day: date
    at: datetime
    first: str
    second: str
    """The two officers' ids."""
    sums: tuple[Sum, ...]
    standing: tuple[tuple[str, ...], ...]
    """The numbers in the books, one tuple for each of `sums`: the next day's opening."""
    remark: str = ""

    @property
    def identity(self) -> str:
        return self.day.isoformat()

    @property
    def about(self) -> str:
        return f"day/{self.day.isoformat()}"

    @property
    def live(self) -> bool:
        return any(not each.agrees for each in self.sums)


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """A parcel that two counts did not find: nothing is done with it until two officers have it in hand again."""

    kind: ClassVar[str] = "bar"
    personal: ClassVar[frozenset[str]] = _NOBODY

    parcel: str
    since: date
    found: str = ""
    """How and where it was found, once it was."""

    @property
    def identity(self) -> str:
        return self.parcel

    @property
    def about(self) -> str:
        return f"parcel/{self.parcel}"

    @property
    def live(self) -> bool:
        return not self.found
