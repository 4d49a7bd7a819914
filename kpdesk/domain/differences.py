"""What a table from outside would change in a register, line by line: two people look at it before they accept it."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from kpdesk.domain.days import NotADay, parse_day
from kpdesk.domain.kept import record_of
from kpdesk.domain.outcomes import Finding
from kpdesk.domain.records import canonical
from kpdesk.domain.rules import ROW_DAY, ROW_DAYS_TURNED, ROW_EMPTY, ROW_TWICE

_EARLIEST = 1800
"""No title and no list is older."""


class RowFault(Exception):
    """A row that cannot be taken, and why; it never leaves the reading of a table."""

    def __init__(self, finding: Finding) -> None:
        super().__init__(finding.rule.code)
        self.finding = finding


class ChangeKind(StrEnum):
    NEW = "new"
    CHANGED = "changed"
    ENDED = "ended"
    """It is not in the file, which says that it lists all."""


@dataclass(frozen=True, slots=True)
class Was:
    """One field before and after."""

    field: str
    before: str
    after: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What the file would do to one entry."""

    kind: ChangeKind
    number: str
    about: str
    """The mine, or the name."""
    fields: tuple[Was, ...] = ()


@dataclass(frozen=True, slots=True)
class Fault:
    """A line that is left out, and why."""

    line: int
    number: str
    finding: Finding


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """Everything a file would change."""

    file: str
    writing: str
    """`XLSX` or the encoding that was recognised."""
    ignored: tuple[str, ...]
    """Columns that nobody asked for."""
    changes: tuple[Change, ...]
    unchanged: int
    faults: tuple[Fault, ...]

    @property
    def digest(self) -> str:
        """Names these changes and no others: what two officers looked at is what is taken over."""
        told = canonical({"of": [record_of(change) for change in self.changes]})
        return hashlib.sha256(told.encode()).hexdigest()

    def count(self, kind: ChangeKind) -> int:
        return sum(change.kind is kind for change in self.changes)


def between(before: Mapping[str, object], after: Mapping[str, object]) -> tuple[Was, ...]:
    """The fields that are not the same, in the order of `after`."""
    pairs = ((name, _text(before.get(name)), _text(value)) for name, value in after.items())
    return tuple(Was(name, old, new) for name, old, new in pairs if old != new)


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, tuple):
        return ", ".join(map(str, value))
    return value.isoformat() if isinstance(value, date) else str(value)


def needed(cells: Mapping[str, str], *columns: str) -> None:
    """Raises RowFault where one of these cells is empty."""
    for column in columns:
        if not cells[column]:
            raise RowFault(ROW_EMPTY.found(column=column))


def day_in(cells: Mapping[str, str], column: str) -> date | None:
    """The day in a cell, None where it is empty; raises RowFault."""
    if not cells[column]:
        return None
    try:
        found = parse_day(cells[column], year=date.min.year)
    except NotADay:
        found = date.min
    if found.year < _EARLIEST:  # or without a year
        raise RowFault(ROW_DAY.found(column=column, text=cells[column][:40]))
    return found


def in_order(first: date, last: date | None) -> None:
    """Raises RowFault."""
    if last is not None and last < first:
        raise RowFault(ROW_DAYS_TURNED.found(first=first, last=last))


def once(seen: dict[str, int], number: str, line: int) -> None:
    """Raises RowFault where an earlier line has this number."""
    if number in seen:
        raise RowFault(ROW_TWICE.found(number=number, line=seen[number]))
    seen[number] = line
