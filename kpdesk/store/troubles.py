"""What can go wrong between the desk and its file, and which of it an engine's error means."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from errno import EACCES, EDQUOT, ENOSPC, EPERM, EROFS

from sqlalchemy.exc import DBAPIError
from sqlcipher3 import dbapi2

from kpdesk.domain.outcomes import Trouble


@dataclass(eq=False)
class FolderMissing(Trouble):
    """There is no such folder."""

    folder: str


@dataclass(eq=False)
class FolderReadOnly(Trouble):
    """The store's folder, or its file, may not be written: rights, or a medium mounted read-only."""


@dataclass(eq=False)
class NetworkFolder(Trouble):
    """The folder lies on another machine, where locks and flushes cannot be relied on."""

    folder: str
    system: str


@dataclass(eq=False)
class RemovableFolder(Trouble):
    """The folder lies on a medium that can be pulled out."""

    folder: str


@dataclass(eq=False)
class SyncedFolder(Trouble):
    """A sync program copies this folder behind the desk's back."""

    folder: str
    program: str


@dataclass(eq=False)
class StoreMissing(Trouble):
    """The folder is there, the store's file is not."""

    path: str


@dataclass(eq=False)
class StoreExists(Trouble):
    """A new store would go where a file already lies."""

    path: str


@dataclass(eq=False)
class EmptyFile(Trouble):
    """The file has no bytes, or no tables: its making was cut off, or a disk lost what was in it."""

    path: str


@dataclass(eq=False)
class PlainFile(Trouble):
    """A SQLite file that nobody encrypted: not made by this program."""

    path: str


@dataclass(eq=False)
class NotOurFile(Trouble):
    """By its size or its first page the file is no encrypted store."""

    path: str


@dataclass(eq=False)
class WrongKey(Trouble):
    """The key does not open the file: another office's store, or noise (the two cannot be told apart)."""

    path: str


@dataclass(eq=False)
class StoreDamaged(Trouble):
    """The file is ours, but some of it is not what was written."""


@dataclass(eq=False)
class NewerVersion(Trouble):
    """A later version of the program has been at work on the store."""

    found: str
    ours: str


@dataclass(eq=False)
class OlderVersion(Trouble):
    """The store waits for its upgrade, and a reader does not write."""

    found: str
    ours: str


@dataclass(eq=False)
class OfficeLocked(Trouble):
    """Another running desk writes this store."""

    by: str
    """Who opened it, on which machine."""


@dataclass(eq=False)
class DiskFull(Trouble):
    """No room; the unit was rolled back."""


@dataclass(eq=False)
class DiskFails(Trouble):
    """The disk answers with errors, or is gone; the unit was rolled back."""


@dataclass(eq=False)
class StoreBusy(Trouble):
    """Another writer held the store longer than five seconds."""


@dataclass(eq=False)
class ServerGone(Trouble):
    """The database server does not answer."""


@dataclass(eq=False)
class WrongLibrary(Trouble):
    """The installed SQLCipher is too old, or none."""

    found: str


_SQLITE: dict[int, type[Trouble]] = {
    dbapi2.SQLITE_FULL: DiskFull,
    dbapi2.SQLITE_IOERR: DiskFails,
    dbapi2.SQLITE_CANTOPEN: DiskFails,
    dbapi2.SQLITE_READONLY: FolderReadOnly,
    dbapi2.SQLITE_PERM: FolderReadOnly,
    dbapi2.SQLITE_NOTADB: StoreDamaged,
    dbapi2.SQLITE_CORRUPT: StoreDamaged,
    dbapi2.SQLITE_BUSY: StoreBusy,
    dbapi2.SQLITE_LOCKED: StoreBusy,
    dbapi2.SQLITE_PROTOCOL: StoreBusy,
}

_POSTGRESQL: dict[str, type[Trouble]] = {
    "08": ServerGone,
    "57": ServerGone,
    "53": DiskFull,
    "58": DiskFails,
    "25": FolderReadOnly,
    "XX": StoreDamaged,
    "40": StoreBusy,
    "55": StoreBusy,
}
"""By the class of SQLSTATE, its first two characters."""

_FILES: dict[int, type[Trouble]] = {
    ENOSPC: DiskFull,
    EDQUOT: DiskFull,
    EROFS: FolderReadOnly,
    EACCES: FolderReadOnly,
    EPERM: FolderReadOnly,
}


def code_of(error: BaseException) -> int:
    """SQLite's primary result code in a driver's error or in SQLAlchemy's wrapping of one; 0 if it has none."""
    return getattr(getattr(error, "orig", error), "sqlite_errorcode", 0) & 0xFF


def trouble_of(error: BaseException) -> Trouble | None:
    """The trouble that an error raised inside a unit means; None for refused constraints and our own mistakes.

    Takes what SQLAlchemy raises as well as the driver's own error. The text of the error is left behind: it may
    quote what was being written.
    """
    driver = getattr(error, "orig", error)
    found: type[Trouble] | None
    if isinstance(driver, OSError):
        found = _FILES.get(driver.errno or 0, DiskFails)
    elif state := getattr(driver, "sqlstate", None):
        found = _POSTGRESQL.get(state[:2])
    else:
        found = _SQLITE.get(code_of(driver))
    return found() if found else None


@contextmanager
def as_trouble() -> Iterator[None]:
    """Turns the world's errors of its block into troubles; all else passes."""
    try:
        yield
    except (OSError, dbapi2.Error, DBAPIError) as error:
        if trouble := trouble_of(error):
            raise trouble from None
        raise
