"""The practice office's applications."""

from collections.abc import Callable

from kpdesk.desks import following, seats
from kpdesk.practice import COUNTER, applying
from tests.desks.practice_books import Books


def test_the_practice_office_has_applications_on_their_way(at: Callable[[str], Books]) -> None:
    books = at("ready")
    applying.fill(books.office)
    found = following.standings(books[COUNTER])
    assert [each.ended for each in found] == ["withdrawn", "", ""]
    assert len(seats.by_file(books[COUNTER], waiting=True)) == 2
