"""The office's encrypted file: made, opened, brought up to date, closed.

    database = create(folder, key)            # a new store with the newest schema
    database = open(folder, key)              # the one desk that writes; upgrades an older schema
    database = open(folder, key, read_only=True)   # verify, doctor: beside an open desk
    with Session(database.engine) as session: ...   # a writing unit: BEGIN IMMEDIATE
    with Session(database.reading) as session: ...  # a reading unit: BEGIN
    database.close()

`trouble_of(error)` (kpdesk.store.troubles) turns what an engine raises inside a unit into a Trouble. A PostgreSQL URL
in place of the folder is all that several desks change; rights and disk encryption are then the server's.
"""

import os
import shutil
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from types import ModuleType
from typing import Any, Self

from sqlalchemy import Connection, Engine, QueuePool, create_engine, event
from sqlcipher3 import dbapi2

from kpdesk.store import migrations
from kpdesk.store.diagnosis import PAGE, diagnose, is_plain
from kpdesk.store.folder import check_folder, lock
from kpdesk.store.troubles import (
    EmptyFile,
    FolderMissing,
    FolderReadOnly,
    NewerVersion,
    NotOurFile,
    OfficeLocked,
    OlderVersion,
    StoreExists,
    StoreMissing,
    WrongKey,
    WrongLibrary,
    as_trouble,
    code_of,
    trouble_of,
)

__all__ = ["FILE", "Database", "about", "check_library", "create", "open", "trouble_of"]

FILE = "kpdesk.db"
"""The store's name in its folder; beside it SQLite keeps `-wal` and `-shm`, and we the lock."""

_OLDEST_SQLITE = (3, 51, 3)
"""Before it, a WAL reset could corrupt the file."""
_OLDEST_CIPHER = (4, 14)

PRAGMAS = (
    "foreign_keys=ON",
    "recursive_triggers=ON",  # else INSERT OR REPLACE deletes an append-only row past its trigger
    "trusted_schema=OFF",
    "cell_size_check=ON",
    "secure_delete=ON",
    "temp_store=MEMORY",
    "cache_size=-65536",
    "busy_timeout=5000",
)
PRAGMAS_TO_WRITE = (
    "journal_mode=WAL",
    "synchronous=FULL",
    "journal_size_limit=16777216",
    "fullfsync=ON",  # macOS: else a flush ends in the drive's own memory
    "checkpoint_fullfsync=ON",
    *PRAGMAS,
)


class Database:
    """An open store. Sessions are opened on `engine` to write and on `reading` to read."""

    def __init__(self, engine: Engine, reading: Engine, *, place: str, read_only: bool, closing: ExitStack) -> None:
        self.engine = engine
        self.reading = reading
        self.place = place
        """The file's path, or the server's URL without its password."""
        self.read_only = read_only
        self._closing = closing

    def close(self) -> None:
        """Closes every connection that no unit holds and frees the lock. Closing twice is once."""
        self._closing.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def __repr__(self) -> str:
        return f"Database({self.place!r}, read_only={self.read_only})"


def create(path: Path | str, key: bytes) -> Database:
    """A new store, open for writing; `path` is its folder or its file, `key` 32 random bytes.

    Raises StoreExists, OfficeLocked, DiskFull, FolderReadOnly and the other troubles of a folder, WrongLibrary. When
    it raises, no file is left behind.
    """
    if _is_url(path):
        return _open_server(str(path), read_only=False, new=True)
    file = _file(path)
    _check_key(key)
    check_library(dbapi2)
    check_folder(file.parent)
    with ExitStack() as undo:
        with as_trouble():
            try:
                file.touch(mode=0o600, exist_ok=False)
            except FileExistsError:
                raise StoreExists(str(file)) from None
        undo.callback(_remove, file)
        database = _open_file(file, key, read_only=False, new=True)
        undo.push(database)
        if is_plain(file):
            raise WrongLibrary("a SQLCipher that wrote without its key")
        undo.pop_all()
    return database


def open(path: Path | str, key: bytes, *, read_only: bool = False) -> Database:  # noqa: A001 - database.open(…)
    """The store at `path`, its folder or its file; an older schema is brought up to date, unless `read_only`.

    A writer takes the store's lock, a reader reads beside it. Raises WrongKey, EmptyFile, PlainFile, NotOurFile,
    StoreDamaged; StoreMissing and the troubles of a folder; OfficeLocked; NewerVersion, OlderVersion (readers only);
    DiskFull, DiskFails, StoreBusy; WrongLibrary.
    """
    if _is_url(path):
        return _open_server(str(path), read_only=read_only)
    file = _file(path)
    _check_key(key)
    check_library(dbapi2)
    if not file.parent.is_dir():
        raise FolderMissing(str(file.parent))
    if not file.is_file():
        raise StoreMissing(str(file))
    if (size := file.stat().st_size) < PAGE:  # SQLite would take the rest of a store for a new one
        raise NotOurFile(str(file)) if size else EmptyFile(str(file))
    if not read_only:
        check_folder(file.parent)
    return _open_file(file, key, read_only=read_only)


def check_library(module: ModuleType) -> None:
    """Raises WrongLibrary unless the database module is a SQLCipher without known faults."""
    connection = module.connect(":memory:")
    try:
        row = connection.execute("PRAGMA cipher_version").fetchone()
    finally:
        connection.close()
    cipher = row[0] if row else "0"
    numbers = tuple(int(part) for part in cipher.split(" ")[0].split(".")[:2])
    if module.sqlite_version_info < _OLDEST_SQLITE or numbers < _OLDEST_CIPHER:
        raise WrongLibrary(f"SQLite {module.sqlite_version}, " + (f"SQLCipher {cipher}" if row else "no SQLCipher"))


def about(file: Path) -> dict[str, str | int]:
    """The library, the schema and the room on the disk, for a look at an office's health."""
    connection = dbapi2.connect(":memory:")
    try:
        cipher = connection.execute("PRAGMA cipher_version").fetchone()[0]
    finally:
        connection.close()
    return {
        "sqlite": dbapi2.sqlite_version,
        "sqlcipher": cipher.split(" ")[0],
        "schema": migrations.HEAD,
        "bytes": file.stat().st_size,
        "bytes_free": shutil.disk_usage(file.parent).free,
    }


def _open_file(file: Path, key: bytes, *, read_only: bool, new: bool = False) -> Database:
    def connect() -> Any:
        return _connect(file, key, read_only=read_only)

    with ExitStack() as closing:
        if not read_only:
            closing.callback(lock(file).release)
            if not os.access(file, os.W_OK):  # SQLite would open it all the same, and refuse the first act
                raise FolderReadOnly
        with as_trouble():
            try:
                connect().close()
            except dbapi2.Error as error:
                raise _diagnosis(error, file, key, read_only=read_only) from None
        engine = _engine(connect, read_only=read_only)
        closing.callback(engine.dispose)
        with as_trouble():
            _bring_up_to_date(engine, str(file), read_only=read_only, new=new)
        reading = engine.execution_options(reading=True)
        return Database(engine, reading, place=str(file), read_only=read_only, closing=closing.pop_all())


def _connect(file: Path, key: bytes, *, read_only: bool) -> Any:
    """One keyed connection; `mode` never creates, and the key comes before everything that touches the file."""
    mode = "ro" if read_only else "rw"
    connection = dbapi2.connect(
        f"{file.absolute().as_uri()}?mode={mode}", uri=True, isolation_level=None, check_same_thread=False
    )
    try:
        connection.execute("PRAGMA cipher_log_level=NONE")  # else every wrong key writes to stderr
        connection.execute(f"PRAGMA key=\"x'{key.hex()}'\"")
        connection.execute("SELECT count(*) FROM sqlite_master")  # proves the key
        for pragma in PRAGMAS if read_only else PRAGMAS_TO_WRITE:
            connection.execute(f"PRAGMA {pragma}")
    except BaseException:
        connection.close()
        raise
    return connection


def _diagnosis(error: Exception, file: Path, key: bytes, *, read_only: bool) -> Exception:
    """What keeps a file from opening; the driver's own error where there is no more to say."""
    match code_of(error):
        case dbapi2.SQLITE_CANTOPEN if not os.access(file.parent, os.W_OK):
            return FolderReadOnly()  # even a reader needs SQLite's shared memory beside the file
        case dbapi2.SQLITE_NOTADB if read_only:
            try:
                with lock(file):
                    return diagnose(file, key)
            except OfficeLocked:  # a desk is at work on it, so the file is well and the key is not
                return WrongKey(str(file))
        case dbapi2.SQLITE_NOTADB:
            return diagnose(file, key)
    return error


def _engine(connect: Callable[[], Any], *, read_only: bool) -> Engine:
    engine = create_engine(
        "sqlite://",
        module=dbapi2,
        creator=connect,
        poolclass=QueuePool,
        pool_size=4,
        max_overflow=8,
        hide_parameters=True,
    )

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        reading = read_only or connection.get_execution_options().get("reading")
        connection.exec_driver_sql("BEGIN" if reading else "BEGIN IMMEDIATE")

    return engine


def _open_server(url: str, *, read_only: bool, new: bool = False) -> Database:
    engine = create_engine(url, hide_parameters=True, pool_pre_ping=True)
    reading = engine.execution_options(postgresql_readonly=True)
    place = engine.url.render_as_string(hide_password=True)
    with ExitStack() as closing:
        closing.callback(engine.dispose)
        with as_trouble():
            _bring_up_to_date(engine, place, read_only=read_only, new=new)
        writing = reading if read_only else engine
        return Database(writing, reading, place=place, read_only=read_only, closing=closing.pop_all())


def _bring_up_to_date(engine: Engine, place: str, *, read_only: bool, new: bool) -> None:
    """Raises NewerVersion, OlderVersion to a reader, and EmptyFile: only a new store begins without any tables."""
    with engine.connect() as connection:
        found = migrations.version(connection)
        if found == migrations.HEAD:
            return
        if found > migrations.HEAD:
            raise NewerVersion(found, migrations.HEAD)
        if not found and not new:
            raise EmptyFile(place)
        if read_only:
            raise OlderVersion(found, migrations.HEAD)
        connection.rollback()
        migrations.upgrade(connection)


def _is_url(path: Path | str) -> bool:
    return isinstance(path, str) and path.startswith("postgresql")


def _file(path: Path | str) -> Path:
    path = Path(path)
    return path / FILE if path.is_dir() else path


def _check_key(key: bytes) -> None:
    """A key of any other length would silently be taken for a passphrase."""
    if not isinstance(key, bytes) or len(key) != 32:
        raise ValueError("the store's raw key is 32 bytes")


def _remove(file: Path) -> None:
    for suffix in ("", "-wal", "-shm"):
        file.with_name(file.name + suffix).unlink(missing_ok=True)
