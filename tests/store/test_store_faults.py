"""Disks that are full, read-only or failing, and desks that are killed: nothing acknowledged is ever lost."""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import insert, select, text, update
from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlcipher3 import dbapi2

from kpdesk.domain.outcomes import Trouble
from kpdesk.store import database
from kpdesk.store.search import search
from kpdesk.store.troubles import (
    DiskFails,
    DiskFull,
    FolderReadOnly,
    ServerGone,
    StoreBusy,
    StoreDamaged,
    as_trouble,
    trouble_of,
)

root_only = pytest.mark.skipif(
    os.name != "posix" or os.geteuid() != 0 or subprocess.run(["which", "mount"], capture_output=True).returncode != 0,
    reason="only root may mount a small disk",
)


def keep(store: database.Database, number: int, words: str = "") -> None:
    with store.engine.begin() as connection:
        connection.execute(insert(search).values(kind="practice", key=str(number), words=words))


def keep_or_trouble(store: database.Database, number: int, words: str = "") -> None:
    """As the unit does it."""
    try:
        keep(store, number, words)
    except DBAPIError as error:
        trouble = trouble_of(error)
        if trouble is None:
            raise
        raise trouble from None


def keep_until(store: database.Database, trouble: type[Trouble]) -> int:
    """Keeps rows until this trouble comes; how many were acknowledged."""
    for number in range(10_000):
        try:
            keep_or_trouble(store, number, os.urandom(10_000).hex())
        except trouble:
            return number
    raise AssertionError("the trouble never came")


def kept(store: database.Database) -> int:
    with store.reading.connect() as connection:
        return len(list(connection.scalars(select(search.c.id))))


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 3 MB of its own."""
    point = tmp_path / "disk"
    point.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=3m", "tmpfs", str(point)], capture_output=True)
    if mounted.returncode:
        pytest.skip("this machine lets nobody mount")
    yield point
    subprocess.run(["umount", "--lazy", str(point)], check=True)


@root_only
def test_a_full_disk_costs_the_unit_at_hand_and_nothing_else(disk: Path, key: bytes) -> None:
    with database.create(disk, key) as store:
        done = keep_until(store, DiskFull)
        assert kept(store) == done > 10
    with database.open(disk, key, read_only=True) as store:
        assert kept(store) == done


@root_only
def test_work_goes_on_once_there_is_room(disk: Path, key: bytes) -> None:
    ballast = disk / "ballast"
    ballast.write_bytes(bytes(1_000_000))
    with database.create(disk, key) as store:
        done = keep_until(store, DiskFull)
        ballast.unlink()
        keep(store, done, "again")
        assert kept(store) == done + 1


@root_only
@pytest.mark.parametrize("room", [0, 100_000, 300_000])
def test_no_store_is_begun_without_room(disk: Path, key: bytes, room: int) -> None:
    (disk / "ballast").write_bytes(bytes(shutil.disk_usage(disk).free - room))
    with pytest.raises(DiskFull):
        database.create(disk, key)
    assert {path.suffix for path in disk.iterdir()} <= {"", ".lock", ".holder"}


@root_only
def test_a_disk_mounted_read_only(disk: Path, key: bytes) -> None:
    with database.create(disk, key) as store:
        keep(store, 1)
    subprocess.run(["mount", "-o", "remount,ro", str(disk)], check=True)
    for read_only in (False, True):
        with pytest.raises(FolderReadOnly):
            database.open(disk, key, read_only=read_only)
    with pytest.raises(FolderReadOnly):
        database.create(disk / "new.db", key)
    subprocess.run(["mount", "-o", "remount,rw", str(disk)], check=True)
    with database.open(disk, key) as store:
        assert kept(store) == 1


AS_ANOTHER = """
import os, sys, tempfile
from kpdesk.store import database
key = bytes.fromhex(sys.stdin.read())
with tempfile.TemporaryDirectory() as practice:  # so that all is imported while we may read it
    database.create(practice, key).close()
if os.geteuid() == 0:
    os.setuid(65534)
for act, path in zip(sys.argv[1::2], sys.argv[2::2]):
    try:
        getattr(database, act)(path, key).close()
        print("done")
    except Exception as trouble:
        print(type(trouble).__name__)
"""


def test_without_the_right_to_write(key: bytes) -> None:
    program = Path(database.__file__).resolve()
    if os.geteuid() == 0 and not all(folder.stat().st_mode & 0o001 for folder in program.parents):
        pytest.skip("the program lies in a folder that other users may not enter")
    with tempfile.TemporaryDirectory() as name:
        public = Path(name)
        public.chmod(0o755)
        for office in ("allowed", "folder", "file", "empty"):
            (public / office).mkdir()
            if office != "empty":
                database.create(public / office, key).close()
            for file in (public / office).iterdir():
                file.chmod(0o444 if office == "file" and file.name == database.FILE else 0o666)
            (public / office).chmod(0o555 if office in ("folder", "empty") else 0o777)
        acts = ["open", "allowed", "open", "folder", "open", "file", "create", "empty", "create", "allowed/new.db"]
        done = subprocess.run(
            [sys.executable, "-c", AS_ANOTHER, *(str(public / act) if n % 2 else act for n, act in enumerate(acts))],
            input=key.hex(),
            capture_output=True,
            text=True,
        )
        for office in public.iterdir():
            office.chmod(0o777)
    assert done.stdout.split() == ["done", *["FolderReadOnly"] * 3, "done"], done.stderr


SMALL_FILES = """
import resource, sys
from kpdesk.store import database
from kpdesk.store.search import search
from kpdesk.store.troubles import trouble_of
from sqlalchemy import insert
from sqlalchemy.exc import DBAPIError
with database.open(sys.argv[1], bytes.fromhex(sys.stdin.read())) as store:
    resource.setrlimit(resource.RLIMIT_FSIZE, (1_000_000, 1_000_000))
    try:
        for number in range(10_000):
            with store.engine.begin() as connection:
                connection.execute(insert(search).values(kind="practice", key=str(number), words="x" * 9_000))
    except DBAPIError as error:
        print(number, type(trouble_of(error)).__name__)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1_000_000, 1_000_000))
"""


def test_a_disk_that_refuses_a_write(closed: Path, key: bytes) -> None:
    done = subprocess.run(
        [sys.executable, "-c", SMALL_FILES, str(closed)], input=key.hex(), capture_output=True, text=True
    )
    number, trouble = done.stdout.split()
    assert trouble in ("DiskFails", "DiskFull"), done.stderr
    with database.open(closed, key) as store:
        assert kept(store) == int(number) > 10


WRITER = """
import sys
from kpdesk.store import database
from kpdesk.store.search import search
from sqlalchemy import insert
with database.open(sys.argv[1], bytes.fromhex(sys.stdin.readline())) as store:
    for number in range(1_000_000):
        with store.engine.begin() as connection:
            connection.execute(insert(search).values(kind="a", key=str(number), words="w" * 500))
            connection.execute(insert(search).values(kind="b", key=str(number), words="w" * 500))
        print(number, flush=True)
"""


@pytest.mark.parametrize("units", [1, 40, 170])
def test_a_killed_desk_loses_nothing_it_acknowledged(closed: Path, key: bytes, units: int) -> None:
    writer = subprocess.Popen(
        [sys.executable, "-c", WRITER, str(closed)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    with writer:
        writer.stdin.write(key.hex() + "\n")
        writer.stdin.flush()
        acknowledged = [int(writer.stdout.readline()) for _ in range(units)]
        writer.send_signal(signal.SIGKILL)
        acknowledged += [int(line) for line in writer.stdout if line.endswith("\n")]
    with database.open(closed, key, read_only=True) as reader:
        pairs = kept(reader)
    with database.open(closed, key) as store:
        assert kept(store) == pairs
    assert pairs % 2 == 0
    assert pairs // 2 in (len(acknowledged), len(acknowledged) + 1)


def test_four_threads_lose_no_update(store: database.Database) -> None:
    with store.engine.begin() as connection:
        connection.execute(insert(search).values(kind="count", key="0", words=""))
    troubles = []

    def count() -> None:
        try:
            for _ in range(50):
                with store.engine.begin() as connection:
                    number = int(connection.scalar(select(search.c.key)))
                    connection.execute(update(search).values(key=str(number + 1)))
        except Exception as error:
            troubles.append(error)

    _together(4, count)
    assert troubles == []
    with store.reading.connect() as connection:
        assert connection.scalar(select(search.c.key)) == "200"


def _together(threads: int, job: Callable[[], None]) -> None:
    started = [threading.Thread(target=job) for _ in range(threads)]
    for thread in started:
        thread.start()
    for thread in started:
        thread.join()


def test_a_store_that_is_held_too_long_is_busy(store: database.Database) -> None:
    with store.engine.begin(), store.engine.connect() as second:
        second.connection.driver_connection.execute("PRAGMA busy_timeout=1")
        with pytest.raises(DBAPIError) as caught:
            second.execute(text("SELECT 1"))
        second.invalidate()
    assert isinstance(trouble_of(caught.value), StoreBusy)


def test_a_reader_that_writes_is_stopped(closed: Path, key: bytes) -> None:
    with database.open(closed, key, read_only=True) as reader, pytest.raises(FolderReadOnly):
        keep_or_trouble(reader, 1)


def test_refused_rows_are_no_trouble_of_the_world(store: database.Database) -> None:
    keep(store, 1)
    with pytest.raises(IntegrityError) as caught:
        keep(store, 1)
    assert trouble_of(caught.value) is None
    assert trouble_of(ValueError("ours")) is None


class _Server(Exception):
    def __init__(self, sqlstate: str | None) -> None:
        self.sqlstate = sqlstate


@pytest.mark.parametrize(
    ("error", "trouble"),
    [
        (OSError(28, "No space left on device"), DiskFull),
        (OSError(30, "Read-only file system"), FolderReadOnly),
        (OSError(5, "Input/output error"), DiskFails),
        (DBAPIError("", {}, _Server("53100")), DiskFull),
        (DBAPIError("", {}, _Server("57P01")), ServerGone),
        (DBAPIError("", {}, _Server("40P01")), StoreBusy),
        (DBAPIError("", {}, _Server("XX001")), StoreDamaged),
        (DBAPIError("", {}, _Server("23505")), None),
    ],
)
def test_errors_of_files_and_servers(error: Exception, trouble: type | None) -> None:
    found = trouble_of(error)
    assert found is None if trouble is None else type(found) is trouble


def test_other_errors_pass_as_they_are() -> None:
    with pytest.raises(dbapi2.OperationalError, match="syntax error"), as_trouble():
        dbapi2.connect(":memory:").execute("SELEC")
