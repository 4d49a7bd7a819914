"""The office's books: classes, prices and the tariff, read from files, compared, signed by two, every version kept."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import Any

from kpdesk.desks.desk import Desk, apart
from kpdesk.domain.fees import Charge
from kpdesk.domain.parties import Role
from kpdesk.domain.prices import (
    MOST_ENTRIES,
    Book,
    BookBackdated,
    BookKind,
    BookUnchanged,
    Change,
    ClassUnknown,
    Entry,
    Price,
    SizeClass,
    archived,
    changes,
    in_force,
    read,
    written,
)
from kpdesk.exchange.tabular import MOST_BYTES, table_of
from kpdesk.scanning.troubles import FileUnreachable
from kpdesk.store import keeping
from kpdesk.store import lists as rows
from kpdesk.store.unit import Look

_SHAPES: dict[BookKind, type[Any]] = {
    BookKind.CLASSES: SizeClass,
    BookKind.PRICES: Price,
    BookKind.TARIFF: Charge,
}
_FIRST = {
    BookKind.CLASSES: (Role.VALUER, Role.SUPERVISOR),
    BookKind.PRICES: (Role.VALUER, Role.SUPERVISOR),
    BookKind.TARIFF: (Role.SUPERVISOR,),
}
"""Who brings a new version; a supervisor signs beside."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """What a file would make of a book, for two people to look at before they sign."""

    what: BookKind
    file: str
    writing: str
    """The encoding that was recognised."""
    ignored: tuple[str, ...]
    """Columns of the file that mean nothing here."""
    entries: tuple[Entry, ...]
    changes: tuple[Change, ...]


def file_content(path: Path) -> bytes:
    """A file that somebody chose, no longer than what is read at all; raises FileUnreachable."""
    try:
        with path.open("rb") as file:
            return file.read(MOST_BYTES + 1)
    except OSError as problem:
        raise FileUnreachable(path.name) from problem


def read_book(desk: Desk, what: BookKind, content: bytes, *, name: str) -> Proposal:
    """Read a file and hold it against the version in force.

    Raises the troubles of `exchange.tabular`, EntryWrong, EntryTwice, ClassUnknown, BookUnchanged.
    """
    desk.must(*_FIRST[what])
    shape = _SHAPES[what]
    table = table_of(content, name=name, columns=shape.columns, most_rows=MOST_ENTRIES)
    entries: tuple[Entry, ...] = read(shape, ((row.line, row.cells) for row in table.rows), file=name)
    with desk.look() as session:
        _known(desk, session, what, entries, desk.today)
        found = changes(_entries(desk, session, what, desk.today), entries)
    if not found:
        raise BookUnchanged(what.value)
    return Proposal(what=what, file=name, writing=table.writing, ignored=table.ignored, entries=entries, changes=found)


def sign_book(desk: Desk, second: Desk, proposal: Proposal, *, valid_from: date) -> Book:
    """Two people put a new version in force from a day on; the ones before stay. Raises BookBackdated, ClassUnknown."""
    what = proposal.what
    desk.must(*_FIRST[what])
    second.must(Role.SUPERVISOR)
    apart(desk, second, "sign_book")
    if valid_from < desk.today:
        raise BookBackdated(valid_from)
    with desk.unit() as unit:
        _known(desk, unit.session, what, proposal.entries, valid_from)
        content = written(proposal.entries)
        version = unit.next(f"book-{what}")
        book = Book(
            what=what,
            version=version,
            valid_from=valid_from,
            entries=len(proposal.entries),
            digest=unit.keep_paper(content, subject=f"books/{what}", name=f"{what}-{version:04}.csv"),
            by=desk.officer.id,
            second=second.officer.id,
            at=desk.clock(),
        )
        keeping.keep(unit, "sign_book", book, why=f"with {second.officer.id}")
        return book


def books(desk: Desk, what: BookKind) -> tuple[Book, ...]:
    """Every version, the newest first."""
    with desk.look() as session:
        return _books(session, what)


def entries(desk: Desk, book: Book) -> tuple[Entry, ...]:
    """What a version says."""
    with desk.look() as session:
        return _said(session, book)


def book_in_force(session: Look, what: BookKind, on: date) -> Book | None:
    return in_force(_books(session, what), what, on)


def versions(desk: Desk, session: Look) -> tuple[str, ...]:
    """The names of the classes and prices that a figure of today is made by."""
    found = (book_in_force(session, what, desk.today) for what in (BookKind.CLASSES, BookKind.PRICES))
    return tuple(book.identity for book in found if book)


def classes_in_force(desk: Desk, session: Look) -> tuple[SizeClass, ...]:
    """The office's classes today, in their order; none before a first version."""
    return tuple(each for each in _entries(desk, session, BookKind.CLASSES, desk.today) if isinstance(each, SizeClass))


def prices_in_force(desk: Desk, session: Look) -> Mapping[str, Decimal]:
    """US$ per carat by class today."""
    found = _entries(desk, session, BookKind.PRICES, desk.today)
    return {each.code: each.per_carat for each in found if isinstance(each, Price)}


def charges_in_force(desk: Desk, session: Look) -> tuple[Charge, ...]:
    """The tariff today."""
    return tuple(each for each in _entries(desk, session, BookKind.TARIFF, desk.today) if isinstance(each, Charge))


def _books(session: Look, what: BookKind) -> tuple[Book, ...]:
    return keeping.all_of(session, Book, about=f"books/{what}")


def _entries(desk: Desk, session: Look, what: BookKind, on: date) -> tuple[Entry, ...]:
    book = book_in_force(session, what, on)
    return _said(session, book) if book else ()


def _said(session: Look, book: Book) -> tuple[Entry, ...]:
    content = rows.paper(session, book.digest)
    assert content is not None, "a book's file is archived with it"
    return _archived(book.what, content)


@lru_cache(maxsize=8)
def _archived(what: BookKind, content: bytes) -> tuple[Entry, ...]:
    """Some thousands of lines, asked for with every parcel."""
    return archived(_SHAPES[what], content)


def _known(desk: Desk, session: Look, what: BookKind, new: tuple[Entry, ...], on: date) -> None:
    """Prices are of classes that the office has on that day; raises ClassUnknown."""
    if what is not BookKind.PRICES:
        return
    known = {each.key for each in _entries(desk, session, BookKind.CLASSES, on)}
    for entry in new:
        if known and entry.key not in known:
            raise ClassUnknown(entry.key)
