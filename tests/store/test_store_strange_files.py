"""Files that are not ours, not whole, or not what was written."""

import os
import secrets
import sqlite3
import tempfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.exc import DatabaseError

from kpdesk.domain.outcomes import Trouble
from kpdesk.store import database, migrations
from kpdesk.store.troubles import (
    EmptyFile,
    NotOurFile,
    PlainFile,
    StoreDamaged,
    WrongKey,
    trouble_of,
)
from tests.store.rows import keep, kept


def test_wrong_key(closed: Path) -> None:
    for read_only in (False, True):
        with pytest.raises(WrongKey):
            database.open(closed, secrets.token_bytes(32), read_only=read_only)


def test_wrong_key_beside_an_open_desk(store: database.Database) -> None:
    with pytest.raises(WrongKey):
        database.open(store.place, secrets.token_bytes(32), read_only=True)
    keep(store, "still open")


def test_plain_sqlite(tmp_path: Path, key: bytes) -> None:
    plain = sqlite3.connect(tmp_path / database.FILE)
    plain.executescript("CREATE TABLE t (x); PRAGMA journal_mode=WAL;")
    plain.close()
    with pytest.raises(PlainFile):
        database.open(tmp_path, key)


@pytest.mark.parametrize(
    ("content", "trouble"),
    [
        (b"", EmptyFile),
        (b"PK\x03\x04" + bytes(8188), NotOurFile),
        (os.urandom(1000), NotOurFile),
        (os.urandom(3 * 4096 + 1), NotOurFile),
        (os.urandom(3 * 4096), WrongKey),
        (b"SQLite format 3\x00" + os.urandom(4080), NotOurFile),
    ],
    ids=["empty", "archive", "short noise", "uneven noise", "noise", "false header"],
)
def test_files_that_are_no_store(tmp_path: Path, key: bytes, content: bytes, trouble: type[Trouble]) -> None:
    path = tmp_path / database.FILE
    path.write_bytes(content)
    for read_only in (False, True):
        with pytest.raises((trouble, WrongKey) if content.startswith(b"SQLite") else trouble):
            database.open(path, key, read_only=read_only)
    assert path.read_bytes() == content


@pytest.mark.parametrize("cut", [1, 511, 4095, 4096, 2 * 4096, 10 * 4096, 10 * 4096 + 100])
def test_truncated(closed: Path, key: bytes, cut: int) -> None:
    os.truncate(closed, cut)
    for read_only in (False, True):
        with pytest.raises(NotOurFile if cut < 4096 else StoreDamaged):
            database.open(closed, key, read_only=read_only)
    assert closed.stat().st_size == cut


@pytest.mark.parametrize("place", [20, 2000, 4095])
def test_a_damaged_first_page_is_told_from_a_wrong_key(closed: Path, key: bytes, place: int) -> None:
    _flip(closed, place)
    for read_only in (False, True):
        with pytest.raises(StoreDamaged):
            database.open(closed, key, read_only=read_only)


def test_a_damaged_later_page_is_trouble_when_it_is_read(closed: Path, key: bytes) -> None:
    for page in range(5, closed.stat().st_size // 4096):
        _flip(closed, page * 4096 + 99)
    with pytest.raises(StoreDamaged), database.open(closed, key) as store:
        kept(store)


def _flip(path: Path, place: int) -> None:
    with path.open("r+b") as file:
        file.seek(place)
        byte = file.read(1)[0]
        file.seek(place)
        file.write(bytes([byte ^ 1]))


@given(st.binary(max_size=9000))
def test_no_bytes_are_taken_for_a_store(content: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, database.FILE).write_bytes(content)
        with pytest.raises((EmptyFile, NotOurFile, WrongKey)):
            database.open(folder, bytes(32))


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """All bytes of a store with one row, its key 32 zeros."""
    folder = tmp_path_factory.mktemp("whole")
    with database.create(folder, bytes(32)) as store:
        keep(store, "kimberlite")
    return (folder / database.FILE).read_bytes()


@given(place=st.integers(0, 2**20))
def test_a_changed_byte_is_noticed_or_harms_nothing(whole: bytes, place: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, database.FILE)
        path.write_bytes(whole)
        noticed = None
        _flip(path, place % len(whole))
        try:
            with database.open(folder, bytes(32), read_only=True) as store:
                assert kept(store) == ["kimberlite"]
        except (StoreDamaged, WrongKey, DatabaseError) as error:
            noticed = error if isinstance(error, Trouble) else trouble_of(error)
        assert isinstance(noticed, StoreDamaged | WrongKey | None)


def test_a_store_without_its_tables_is_not_begun_anew(closed: Path, key: bytes) -> None:
    with database.open(closed, key) as store, store.engine.connect() as connection:
        migrations.downgrade(connection, "base")
    for read_only in (False, True):
        with pytest.raises(EmptyFile):
            database.open(closed, key, read_only=read_only)
