"""The books an office values and charges by: classes, prices, charges. Every version stays, dated and signed by two.

No public list of classes or prices was found, so all three are an office's own data (kpcs.md §13).
"""

import csv
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from io import StringIO
from typing import ClassVar, Protocol, Self, TypeVar

from kpdesk.domain.measures import Money, parse_amount
from kpdesk.domain.outcomes import Refusal, Trouble

MOST_ENTRIES = 5_000
"""The trade's price books have thousands of boxes; more is no book of ours."""
LONGEST_CODE = 24


@dataclass(eq=False)
class EntryWrong(Trouble):
    """A cell of a book that is not what its column holds."""

    file: str
    line: int
    column: str
    text: str


@dataclass(eq=False)
class EntryTwice(Trouble):
    """Two lines of a book for one thing: nobody knows which counts."""

    file: str
    line: int
    key: str


@dataclass(eq=False)
class ClassUnknown(Refusal):
    """A class that is not in the office's classes in force."""

    size_class: str


@dataclass(eq=False)
class NoBook(Refusal):
    """No version of this book is in force."""

    book: str


@dataclass(eq=False)
class BookUnchanged(Refusal):
    """The file says what is in force already: a new version would be none."""

    book: str


@dataclass(eq=False)
class BookBackdated(Refusal):
    """A book counts from today at the earliest: what was signed under the one before stays as it was."""

    valid_from: date


class NotThatCell(ValueError):
    """A cell is not what its column holds; the argument is the column."""


class BookKind(StrEnum):
    CLASSES = "classes"
    """By size, and where an office sorts further by model and quality."""
    PRICES = "prices"
    """US$ per carat of each class."""
    TARIFF = "tariff"
    """Levies and fees."""


class Entry(Protocol):
    """One line of a book."""

    columns: ClassVar[Mapping[str, bool]]
    """The columns of its file, and whether each must be there."""

    @property
    def key(self) -> str: ...

    def cells(self) -> Sequence[str]:
        """As its file writes them, in the order of the columns."""

    @classmethod
    def of(cls, cells: Mapping[str, str]) -> Self:
        """From the cells of a row; raises NotThatCell."""


@dataclass(frozen=True, slots=True)
class SizeClass:
    """A class that valuers sort into."""

    columns: ClassVar[Mapping[str, bool]] = {
        "class": True,
        "size": True,
        "sieve": False,
        "model": False,
        "quality": False,
    }

    code: str
    """Short and unique: what is typed, and what figures name."""
    size: str
    sieve: str = ""
    model: str = ""
    quality: str = ""

    def __post_init__(self) -> None:
        if not self.code or len(self.code) > LONGEST_CODE:
            raise NotThatCell("class")
        if not self.size:
            raise NotThatCell("size")

    @property
    def key(self) -> str:
        return self.code

    @property
    def words(self) -> str:
        """Its place in the tree: size, sieve, model, quality."""
        return " · ".join(part for part in (self.size, self.sieve, self.model, self.quality) if part)

    def cells(self) -> Sequence[str]:
        return (self.code, self.size, self.sieve, self.model, self.quality)

    @classmethod
    def of(cls, cells: Mapping[str, str]) -> Self:
        return cls(cells["class"], cells["size"], cells["sieve"], cells["model"], cells["quality"])


@dataclass(frozen=True, slots=True)
class Price:
    """What a class is worth."""

    columns: ClassVar[Mapping[str, bool]] = {"class": True, "us_per_carat": True}

    code: str
    per_carat: Decimal
    """US$ per carat, to the cent."""

    def __post_init__(self) -> None:
        if not self.code or len(self.code) > LONGEST_CODE:
            raise NotThatCell("class")
        Money(self.per_carat)  # the same limits

    @property
    def key(self) -> str:
        return self.code

    def cells(self) -> Sequence[str]:
        return (self.code, f"{self.per_carat:.2f}")

    @classmethod
    def of(cls, cells: Mapping[str, str]) -> Self:
        return cls(cells["class"], amount(cells, "us_per_carat", 2))


_Entry = TypeVar("_Entry", bound=Entry)


def amount(cells: Mapping[str, str], column: str, places: int) -> Decimal:
    """The amount in a cell; raises NotThatCell."""
    try:
        return parse_amount(cells[column], places)
    except Refusal as problem:
        raise NotThatCell(column) from problem


def word(cells: Mapping[str, str], column: str, among: type[StrEnum]) -> str:
    """The word in a cell, one of an enum's; raises NotThatCell."""
    if cells[column] not in {each.value for each in among}:
        raise NotThatCell(column)
    return cells[column]


def read(entries: type[_Entry], rows: Iterable[tuple[int, Mapping[str, str]]], *, file: str) -> tuple[_Entry, ...]:
    """The entries of a table's rows (line, cells); raises EntryWrong, EntryTwice, each naming its line."""
    found: dict[str, _Entry] = {}
    for line, cells in rows:
        try:
            entry = entries.of(cells)
        except NotThatCell as wrong:
            column = str(wrong)
            raise EntryWrong(file, line, column, cells[column][:40]) from wrong
        except Refusal as wrong:
            raise EntryWrong(file, line, list(entries.columns)[-1], "") from wrong
        if entry.key in found:
            raise EntryTwice(file, line, entry.key)
        found[entry.key] = entry
    return tuple(found.values())


def written(entries: Sequence[Entry]) -> bytes:
    """A book as the office archives it: CSV, UTF-8, one form for the same entries. What two signed is this file."""
    text = StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(entries[0].columns)
    writer.writerows(entry.cells() for entry in entries)
    return text.getvalue().encode()


def archived(entries: type[_Entry], content: bytes) -> tuple[_Entry, ...]:
    """The entries that `written` wrote."""
    rows = csv.DictReader(StringIO(content.decode(), newline=""))
    return read(entries, enumerate(rows, 2), file="")


@dataclass(frozen=True, slots=True)
class Change:
    """What a new version does to one entry; None where it is not there."""

    key: str
    before: str | None
    after: str | None


def changes(before: Sequence[Entry], after: Sequence[Entry]) -> tuple[Change, ...]:
    """What is new, gone or other, in the order of the new version, what is gone last."""
    old = {entry.key: _text(entry) for entry in before}
    new = {entry.key: _text(entry) for entry in after}
    kept = [Change(key, old.get(key), text) for key, text in new.items() if old.get(key) != text]
    return (*kept, *(Change(key, text, None) for key, text in old.items() if key not in new))


def _text(entry: Entry) -> str:
    return " · ".join(cell for cell in entry.cells()[1:] if cell)


@dataclass(frozen=True, slots=True, kw_only=True)
class Book:
    """One version of a book, in force from its day until a later one is."""

    kind: ClassVar[str] = "book"
    personal: ClassVar[frozenset[str]] = frozenset()

    what: BookKind
    version: int
    valid_from: date
    entries: int
    digest: str
    """SHA-256 of the archived file that holds its entries."""
    by: str
    second: str
    at: datetime

    @property
    def identity(self) -> str:
        """`prices-0005`: figures and claims name it."""
        return f"{self.what}-{self.version:04}"

    @property
    def about(self) -> str:
        return f"books/{self.what}"

    @property
    def live(self) -> bool:
        return True


def in_force(books: Iterable[Book], what: BookKind, on: date) -> Book | None:
    """The version that counts on a day: the one that began last, and of those of one day the newest."""
    begun = [book for book in books if book.what is what and book.valid_from <= on]
    return max(begun, key=lambda book: (book.valid_from, book.version), default=None)
