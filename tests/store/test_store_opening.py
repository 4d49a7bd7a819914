import secrets
import sqlite3
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest
from sqlalchemy import Connection, text
from sqlcipher3 import dbapi2

from kpdesk.domain.outcomes import Trouble
from kpdesk.sentences import ALL, sentence
from kpdesk.store import database, migrations, troubles
from kpdesk.store.troubles import (
    FolderMissing,
    NewerVersion,
    OfficeLocked,
    OlderVersion,
    StoreExists,
    StoreMissing,
    WrongKey,
    WrongLibrary,
)
from tests.store.rows import keep, kept

PRAGMAS = {
    "journal_mode": "wal",
    "synchronous": 2,
    "foreign_keys": 1,
    "recursive_triggers": 1,
    "trusted_schema": 0,
    "cell_size_check": 1,
    "secure_delete": 1,
    "busy_timeout": 5000,
    "page_size": "4096",
    "cipher_log_level": "NONE",
}


def test_what_was_kept_is_there_after_opening_again(tmp_path: Path, key: bytes) -> None:
    with database.create(tmp_path, key) as store:
        keep(store, "kimberlite")
    with database.open(tmp_path, key) as store:
        assert kept(store) == ["kimberlite"]


def test_the_file_itself_may_be_named(tmp_path: Path, key: bytes) -> None:
    database.create(tmp_path / "büro 1 #ä%.db", key).close()
    with database.open(tmp_path / "büro 1 #ä%.db", key, read_only=True) as store:
        assert store.place.endswith("büro 1 #ä%.db")


def test_every_connection_has_its_pragmas(store: database.Database) -> None:
    with store.engine.connect() as first, store.engine.connect() as second:
        for connection in (first, second):
            driver = connection.connection.driver_connection
            assert {name: driver.execute(f"PRAGMA {name}").fetchone()[0] for name in PRAGMAS} == PRAGMAS


def test_a_writing_unit_holds_the_store_from_its_beginning_a_reading_one_does_not(store: database.Database) -> None:
    with store.engine.begin(), store.reading.begin() as reader:
        assert reader.scalar(text("SELECT count(*) FROM search")) == 0
        with pytest.raises(dbapi2.OperationalError, match="locked"):
            _raw(store, "PRAGMA busy_timeout=0", "BEGIN IMMEDIATE")


def _raw(store: database.Database, *statements: str) -> None:
    connection = store.engine.raw_connection()
    try:
        for statement in statements:
            connection.driver_connection.execute(statement)
    finally:
        connection.invalidate()


@pytest.mark.parametrize("length", [0, 16, 31, 33, 64])
def test_only_a_key_of_32_bytes_is_taken(tmp_path: Path, length: int) -> None:
    with pytest.raises(ValueError, match="32 bytes"):
        database.create(tmp_path, bytes(length))
    assert list(tmp_path.iterdir()) == []


def test_nothing_readable_in_any_file_of_the_store(tmp_path: Path, key: bytes) -> None:
    marker = "PRACTICE-MARKER-7f3a9c"
    with database.create(tmp_path, key) as store:
        keep(store, marker * 500)
        files = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    assert {f"{database.FILE}", f"{database.FILE}-wal", f"{database.FILE}-shm"} <= set(files)
    assert len(files[f"{database.FILE}-wal"]) > 10_000
    for content in files.values():
        assert marker.encode() not in content
        assert b"SQLite format 3" not in content


def test_missing(tmp_path: Path, key: bytes) -> None:
    with pytest.raises(StoreMissing):
        database.open(tmp_path, key)
    for act in (database.open, database.create):
        with pytest.raises(FolderMissing):
            act(tmp_path / "gone" / database.FILE, key)


def test_a_store_is_never_made_over_a_file(closed: Path, key: bytes) -> None:
    before = closed.read_bytes()
    with pytest.raises(StoreExists):
        database.create(closed, key)
    assert closed.read_bytes() == before


def test_newer_version(closed: Path, key: bytes) -> None:
    with database.open(closed, key) as store, store.engine.begin() as connection:
        _set_version(connection, "9000")
    for read_only in (False, True):
        with pytest.raises(NewerVersion) as caught:
            database.open(closed, key, read_only=read_only)
        assert caught.value.facts == {"found": "9000", "ours": migrations.HEAD}


def test_an_older_version_is_brought_up_to_date_by_a_writer_only(closed: Path, key: bytes, monkeypatch) -> None:
    def upgrade(connection: Connection) -> None:
        with connection.begin():
            _set_version(connection, migrations.HEAD)

    with database.open(closed, key) as store, store.engine.begin() as connection:
        _set_version(connection, "0000")
    monkeypatch.setattr(migrations, "upgrade", upgrade)
    with pytest.raises(OlderVersion):
        database.open(closed, key, read_only=True)
    database.open(closed, key).close()
    database.open(closed, key, read_only=True).close()


def _set_version(connection: Connection, version: str) -> None:
    connection.execute(text("UPDATE alembic_version SET version_num = :version"), {"version": version})


def test_opening_the_newest_version_leaves_alembic_alone(closed: Path, key: bytes) -> None:
    program = (
        "import sys; from kpdesk.store import database\n"
        "key = bytes.fromhex(sys.stdin.read())\n"
        "with database.open(sys.argv[1], key): print('alembic' in sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, str(closed)], input=key.hex(), capture_output=True, text=True, check=True
    )
    assert done.stdout.split() == ["False"]
    assert done.stderr == ""


HOLDER = """
import sys
from kpdesk.store import database
with database.open(sys.argv[1], bytes.fromhex(sys.stdin.readline())):
    print("open", flush=True)
    sys.stdin.readline()
"""


def test_one_desk_writes_readers_look_on_and_a_killed_desk_frees_the_store(closed: Path, key: bytes) -> None:
    other = subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(closed)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    with other:
        other.stdin.write(key.hex() + "\n")
        other.stdin.flush()
        assert other.stdout.readline() == "open\n"
        with pytest.raises(OfficeLocked) as caught:
            database.open(closed, key)
        assert str(other.pid) in caught.value.by
        with database.open(closed, key, read_only=True) as reader:
            assert kept(reader) == []
        other.kill()
    with database.open(closed, key) as store:
        keep(store, "mine")


def test_the_same_process_is_no_exception(store: database.Database, key: bytes) -> None:
    with pytest.raises(OfficeLocked):
        database.open(store.place, key)


def test_a_refused_opening_leaves_no_lock(closed: Path, key: bytes) -> None:
    with pytest.raises(WrongKey):
        database.open(closed, secrets.token_bytes(32))
    database.open(closed, key).close()


def test_closing_twice_is_once(store: database.Database) -> None:
    store.close()
    store.close()


@pytest.mark.parametrize(
    ("sqlite", "cipher"),
    [((3, 51, 1), ["4.12.0 community"]), ((3, 53, 4), ["4.12.0 community"]), ((3, 53, 4), None)],
    ids=["old SQLite", "old SQLCipher", "no SQLCipher"],
)
def test_wrong_library(sqlite: tuple[int, ...], cipher: list[str] | None) -> None:
    connection = SimpleNamespace(execute=lambda _: SimpleNamespace(fetchone=lambda: cipher), close=lambda: None)
    module = SimpleNamespace(
        connect=lambda _: connection,
        sqlite_version_info=sqlite,
        sqlite_version=".".join(map(str, sqlite)),
    )
    with pytest.raises(WrongLibrary):
        database.check_library(module)


def test_python_s_own_sqlite_is_a_wrong_library() -> None:
    with pytest.raises(WrongLibrary, match="no SQLCipher"):
        database.check_library(sqlite3)


def test_a_library_that_forgets_the_key_makes_no_store(tmp_path: Path, key: bytes, monkeypatch) -> None:
    def connect_plainly(file: Path, _: bytes, *, read_only: bool) -> dbapi2.Connection:
        return dbapi2.connect(file, isolation_level=None, check_same_thread=False)

    monkeypatch.setattr(database, "_connect", connect_plainly)
    with pytest.raises(WrongLibrary):
        database.create(tmp_path, key)
    assert not (tmp_path / database.FILE).exists()


def test_the_key_shows_nowhere(closed: Path, key: bytes) -> None:
    wrong = secrets.token_bytes(32)
    shown = []
    with database.open(closed, key) as store:
        shown += [repr(store), str(store.engine), repr(store.engine.pool), str(vars(store))]
        with pytest.raises(Exception, match="no such table") as caught, store.engine.begin() as connection:
            connection.execute(text("SELECT :secret FROM nowhere"), {"secret": key.hex()})
        shown += [str(caught.value), repr(caught.value)]
    with pytest.raises(WrongKey) as refused:
        database.open(closed, wrong)
    shown += [str(refused.value), repr(refused.value), str(refused.value.facts), str(sentence(refused.value))]
    for each in shown:
        assert key.hex() not in each
        assert wrong.hex() not in each
        assert repr(key) not in each


def test_every_trouble_of_the_store_has_its_sentence() -> None:
    ours = [each for each in vars(troubles).values() if isinstance(each, type) and issubclass(each, Trouble)]
    assert len(ours) > 15
    for each in ours:
        if each is not Trouble:
            facts = dict.fromkeys(each.__dataclass_fields__, "…")
            what, todo = sentence(each(**facts))
            assert what
            assert todo
            assert each.__name__ in ALL
