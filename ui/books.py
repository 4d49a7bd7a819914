"""The office's books tied to the desk, for the pages that show their versions. Runs in the workroom; no widget."""

from collections.abc import Sequence
from datetime import date
from functools import partial
from pathlib import Path

from kpdesk.desks import offices, pricing, supervisor
from kpdesk.desks.desk import Desk
from kpdesk.domain.prices import Book, BookKind, in_force
from ui.versions import Proposed, Version, VersionActs


def book_acts(desk: Desk, what: BookKind) -> VersionActs:
    """The questions about one of the office's books."""

    def versions() -> Sequence[Version]:
        names = {officer.id: officer.name for officer in supervisor.officers(desk)}
        books = pricing.books(desk, what)
        now = in_force(books, what, desk.today)
        return tuple(
            Version(
                book=book,
                in_force=book == now,
                by=names.get(book.by, book.by),
                second=names.get(book.second, book.second),
            )
            for book in books
        )

    def read(path: Path) -> Proposed:
        found = pricing.read_book(desk, what, pricing.file_content(path), name=path.name)
        return Proposed(
            file=found.file,
            writing=found.writing,
            ignored=found.ignored,
            entries=len(found.entries),
            changes=found.changes,
            content=found,
        )

    def sign(content: object, first: date, officer: str, password: str) -> Book:
        assert isinstance(content, pricing.Proposal)
        second = offices.beside(desk, officer=officer, password=password)
        return pricing.sign_book(desk, second, content, valid_from=first)

    return VersionActs(
        versions=versions,
        entries=partial(pricing.entries, desk),
        read=read,
        sign=sign,
        today=lambda: desk.today,
    )
