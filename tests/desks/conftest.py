"""An office at any stage of its work, in a real encrypted store of its own."""

import itertools
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.desks.practice_books import Books, Shelf


@pytest.fixture(scope="session")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Shelf:
    return Shelf(tmp_path_factory.mktemp("shelf"))


@pytest.fixture
def at(shelf: Shelf, tmp_path: Path) -> Iterator[Callable[[str], Books]]:
    """Takes the office at a stage: `ready`, `bagged`, `applied`, `sealed` … (`practice_books.STAGES`)."""
    with ExitStack() as closing:
        count = itertools.count(1)

        def take(stage: str) -> Books:
            books = shelf.take(stage, tmp_path / f"{stage}-{next(count)}")
            closing.callback(books.close)
            return books

        yield take
