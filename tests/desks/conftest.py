"""An office at any stage of its work, in a real encrypted store of its own."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest

from tests.desks.practice_books import Books, Shelf


@pytest.fixture(scope="session")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shelf]:
    made = Shelf(tmp_path_factory.mktemp("shelf"))
    yield made
    made.close()


@pytest.fixture
def at(shelf: Shelf) -> Iterator[Callable[[str], Books]]:
    """Takes the office at a stage: `ready`, `bagged`, `applied`, `sealed` … (`practice_books.STAGES`)."""
    with ExitStack() as closing:

        def take(stage: str) -> Books:
            books = shelf.take(stage)
            closing.callback(books.close)
            return books

        yield take
