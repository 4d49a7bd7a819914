"""Certificate numbers: patterns by issuer, ranges, and numbers that alerts or voids speak of (kpcs.md §2.3).

An unknown pattern is a note, not a stop. Alerts are matched with leading zeros stripped: forgers vary them.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from kpdesk.domain.certificate import Number
from kpdesk.domain.outcomes import Finding
from kpdesk.domain.rules import (
    NUMBER_ALERTED,
    NUMBER_NEAR_ALERT,
    NUMBER_OF_ANOTHER,
    NUMBER_OLD_STOCK,
    NUMBER_OUT_OF_RANGE,
    NUMBER_PATTERN_UNKNOWN,
    NUMBER_VOID,
)
from kpdesk.domain.spans import span


@dataclass(frozen=True, slots=True)
class Pattern:
    """How one participant numbers its certificates."""

    participant: str
    form: str
    """A regular expression for the whole number."""
    until: date | None = None
    """The last day of issue on which this stock is not old."""


PATTERNS = (
    Pattern("EU", "EU[0-9]{8}"),
    Pattern("EU", "EC[0-9]{8}", date(2019, 6, 30)),
    Pattern("US", "US[0-9]{5}"),
    Pattern("SL", "SL[0-9]{6}"),
    Pattern("BR", "BR[0-9]{1,6}"),
)
"""What is known; EU Annex IV says EC in 2007 and EU in 2019, and nothing read says when it changed between."""

_ALIAS = {"EC": "EU"}


def issuer(number: Number) -> str:
    """The participant that the number's prefix names; EC on old paper is the EU, not Ecuador."""
    return _ALIAS.get(number.prefix, number.prefix)


def stripped(number: Number) -> str:
    """Prefix and body without leading zeros: the same for SL004199 and SL4199."""
    return number.prefix + number.text[2:].lstrip("0")


@dataclass(frozen=True, slots=True)
class NumberRange:
    """Numbers from the first to the last, allotted or seen, for issues of some days. Raises ValueError."""

    first: Number
    last: Number
    issued_from: date | None = None
    issued_until: date | None = None

    def __post_init__(self) -> None:
        if (self.first.prefix, len(self.first.text)) != (self.last.prefix, len(self.last.text)):
            raise ValueError("the ends of a range have one prefix and one length")
        if self.last < self.first:
            raise ValueError("a range ends before it begins")

    def __contains__(self, number: Number) -> bool:
        return len(number.text) == len(self.first.text) and self.first <= number <= self.last

    def holds_on(self, issued: date) -> bool:
        return issued in span(self.issued_from, self.issued_until)


class NumberList:
    """Void or alerted numbers, single and by ranges, found by number in no time."""

    def __init__(self, numbers: Iterable[Number] = (), ranges: Iterable[NumberRange] = ()) -> None:
        self._by_stripped = {stripped(number): number for number in numbers}
        self._ranges = tuple(ranges)

    def same(self, number: Number) -> Number | None:
        """The listed number that is this one, leading zeros apart."""
        if any(number in each for each in self._ranges):
            return number
        return self._by_stripped.get(stripped(number))

    def near(self, number: Number) -> tuple[Number, ...]:
        """Listed numbers that become this one when two neighbouring characters change places."""
        swapped = (self._by_stripped.get(stripped(Number(text))) for text in _swaps(number.text))
        return tuple(sorted({each for each in swapped if each} - {self.same(number)}))


NO_NUMBERS = NumberList()


def check_number(
    number: Number,
    *,
    participant: str,
    issued: date,
    patterns: Sequence[Pattern] = PATTERNS,
    ranges: Sequence[NumberRange] = (),
) -> tuple[Finding, ...]:
    """Prefix, pattern and range of a number that this participant issued on this day."""
    return (*_prefix(number, participant), *_pattern(number, issued, patterns), *_range(number, issued, ranges))


def check_lists(
    number: Number, *, void: NumberList = NO_NUMBERS, alerts: NumberList = NO_NUMBERS
) -> tuple[Finding, ...]:
    """Whether lists speak of this number, or alerts of one so like it that a misreading would hide it."""
    found: list[Finding] = []
    if void.same(number):
        found.append(NUMBER_VOID.found(number=number))
    if alerted := alerts.same(number):
        found.append(NUMBER_ALERTED.found(number=number, alert=alerted))
    found += [NUMBER_NEAR_ALERT.found(number=number, alert=near) for near in alerts.near(number)]
    return tuple(found)


def _prefix(number: Number, participant: str) -> Iterator[Finding]:
    if issuer(number) != participant:
        yield NUMBER_OF_ANOTHER.found(number=number, prefix=number.prefix, participant=participant)


def _pattern(number: Number, issued: date, patterns: Sequence[Pattern]) -> Iterator[Finding]:
    known = [pattern for pattern in patterns if pattern.participant == issuer(number)]
    fits = [pattern for pattern in known if re.fullmatch(pattern.form, number.text)]
    if known and not fits:
        yield NUMBER_PATTERN_UNKNOWN.found(number=number, participant=issuer(number))
    elif fits and not any(issued in span(None, pattern.until) for pattern in fits):
        yield NUMBER_OLD_STOCK.found(number=number, issued=issued)


def _range(number: Number, issued: date, ranges: Sequence[NumberRange]) -> Iterator[Finding]:
    known = [each for each in ranges if each.first.prefix == number.prefix and each.holds_on(issued)]
    if known and not any(number in each for each in known):
        yield NUMBER_OUT_OF_RANGE.found(number=number, issued=issued)


def _swaps(text: str) -> Iterator[str]:
    for place in range(2, len(text) - 1):
        if text[place] != text[place + 1]:
            yield text[:place] + text[place + 1] + text[place] + text[place + 2 :]
