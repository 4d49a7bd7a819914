"""What every test gets: no screen needed, few and repeatable examples, and the longer runs only when asked for."""

import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, settings

if TYPE_CHECKING:
    from tests.desks.practice_books import Books, Shelf

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

settings.register_profile("short", max_examples=40, derandomize=True, deadline=None)
settings.register_profile("long", max_examples=2_000, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--long", action="store_true", help="run what is marked long too, and many more examples")


def pytest_configure(config: pytest.Config) -> None:
    settings.load_profile("long" if config.getoption("--long") else "short")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if config.getoption("--long"):
        return
    for item in items:
        if item.get_closest_marker("long"):
            item.add_marker(pytest.mark.skip(reason="long: sh installers/test.sh --long"))


@pytest.fixture(scope="session")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Iterator["Shelf"]:
    from tests.desks.practice_books import Shelf

    made = Shelf(tmp_path_factory.mktemp("shelf"))
    yield made
    made.close()


@pytest.fixture
def at(shelf: "Shelf") -> Iterator[Callable[[str], "Books"]]:
    """Takes the office at a stage: `ready`, `bagged`, `applied`, `sealed` … (`practice_books.STAGES`)."""
    with ExitStack() as closing:

        def take(stage: str) -> "Books":
            books = shelf.take(stage)
            closing.callback(books.close)
            return books

        yield take
