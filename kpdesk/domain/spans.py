"""Spans of days, both ends included, as participations, licences, titles and zones have them."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Span:
    """From the first day to the last; the ends of the calendar stand for an open one."""

    first: date = date.min
    last: date = date.max

    def __post_init__(self) -> None:
        if self.last < self.first:
            raise ValueError("a span ends before it begins")

    def __contains__(self, day: date) -> bool:
        return self.first <= day <= self.last


def span(first: date | None, last: date | None) -> Span:
    """A span whose ends may be open, written as None."""
    return Span(first or date.min, last or date.max)
