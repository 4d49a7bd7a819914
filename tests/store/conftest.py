"""A real encrypted store in a temporary folder."""

import secrets
from collections.abc import Iterator
from pathlib import Path

import pytest

from kpdesk.store import database
from kpdesk.store.database import Database


@pytest.fixture
def key() -> bytes:
    return secrets.token_bytes(32)


@pytest.fixture
def store(tmp_path: Path, key: bytes) -> Iterator[Database]:
    with database.create(tmp_path, key) as made:
        yield made


@pytest.fixture
def closed(tmp_path: Path, key: bytes) -> Path:
    """The file of a store that was made and closed."""
    database.create(tmp_path, key).close()
    return tmp_path / database.FILE


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    """One store for the tests of a module that take back what they write."""
    with database.create(tmp_path_factory.mktemp("shared"), secrets.token_bytes(32)) as made:
        yield made
