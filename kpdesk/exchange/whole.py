"""Files that are there with all their bytes, or not at all."""

import contextlib
import errno
import os
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from kpdesk.domain.outcomes import Trouble


@dataclass(eq=False)
class FileNotWritten(Trouble):
    """The disk is full, missing or closed to writing; nothing of the file was left behind."""

    file: str
    problem: str


@contextlib.contextmanager
def whole_file(path: Path) -> Iterator[BinaryIO]:
    """A new file under `path`: there with all its bytes and on the disk when the block ends well, else not at all.

    It is written beside its place and renamed; an older file of the name stays until then. Raises FileNotWritten.
    """
    try:
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=".", suffix=".part")
    except OSError as problem:
        raise FileNotWritten(path.name, _problem(problem)) from problem
    try:
        with os.fdopen(handle, "w+b") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        Path(name).replace(path)
        _sync_folder(path.parent)
    except OSError as problem:
        raise FileNotWritten(path.name, _problem(problem)) from problem
    finally:
        with contextlib.suppress(OSError):
            Path(name).unlink(missing_ok=True)


def _sync_folder(folder: Path) -> None:
    if os.name == "nt":
        return  # Windows has no handle of a folder to sync; the rename is in its journal
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    except OSError as problem:
        if problem.errno not in (errno.EINVAL, errno.ENOTSUP):  # some sticks and shares cannot sync a folder
            raise
    finally:
        os.close(handle)


def _problem(problem: OSError) -> str:
    return errno.errorcode.get(problem.errno or 0, type(problem).__name__)
