"""The folder a store lies in: a local fixed disk that nobody copies meanwhile, and one desk at a time.

SQLite trusts the file system's locks and flushes; shares, sticks and sync programs break that trust.
"""

import getpass
import os
import platform
import re
import sys
from pathlib import Path
from typing import NamedTuple

from filelock import FileLock, Timeout

from kpdesk.domain.outcomes import Trouble
from kpdesk.store.troubles import (
    FolderMissing,
    NetworkFolder,
    OfficeLocked,
    RemovableFolder,
    SyncedFolder,
    as_trouble,
)

_NETWORK = {
    "9p", "afs", "afpfs", "ceph", "cifs", "davfs", "fuse.gvfsd-fuse", "fuse.rclone", "fuse.s3fs", "fuse.sshfs",
    "glusterfs", "lustre", "ncpfs", "nfs", "nfs4", "smb3", "smbfs", "webdav",
}  # fmt: skip
_SYNCED = {
    "box": "Box",
    "dropbox": "Dropbox",
    "google drive": "Google Drive",
    "icloud": "iCloud",
    "mobile documents": "iCloud",
    "nextcloud": "Nextcloud",
    "onedrive": "OneDrive",
    "owncloud": "ownCloud",
    "pcloud": "pCloud",
    "seafile": "Seafile",
    "syncthing": "Syncthing",
}
_MARKS = {
    ".dropbox": "Dropbox",
    ".owncloudsync.log": "ownCloud",
    ".nextcloudsync.log": "Nextcloud",
    ".stfolder": "Syncthing",
}


_ESCAPED = re.compile(r"\\([0-7]{3})")
"""How Linux writes a space in a mount point."""


class _Mount(NamedTuple):
    point: str
    system: str
    device: str
    """Major and minor number, `8:17`."""


def check_folder(folder: Path, *, mounts: str | None = None) -> None:
    """Raises FolderMissing, NetworkFolder, RemovableFolder or SyncedFolder for a folder that may not hold a store.

    `mounts` is the text of Linux' `/proc/self/mountinfo`, read from there when not given.
    """
    if not folder.is_dir():
        raise FolderMissing(str(folder))
    found = folder.resolve()
    if trouble := _synced(found) or _elsewhere(found, mounts):
        raise trouble


def _synced(folder: Path) -> Trouble | None:
    for each in (folder, *folder.parents):
        name = each.name.casefold()
        for start, program in _SYNCED.items():
            if name == start or name.startswith((f"{start} ", f"{start}-", f"{start}(")):
                return SyncedFolder(str(folder), program)
        for mark, program in _MARKS.items():
            if (each / mark).exists():
                return SyncedFolder(str(folder), program)
    return None


def _elsewhere(folder: Path, mounts: str | None) -> Trouble | None:
    if sys.platform == "win32":
        return _windows_drive(folder)
    if mounts is None and sys.platform != "linux":
        return RemovableFolder(str(folder)) if str(folder).startswith("/Volumes/") else None
    mount = _mount_of(folder, Path("/proc/self/mountinfo").read_text("utf-8") if mounts is None else mounts)
    if mount and mount.system in _NETWORK:
        return NetworkFolder(str(folder), mount.system)
    if mount and (mount.point.startswith(("/media/", "/run/media/")) or _removable(mount.device)):
        return RemovableFolder(str(folder))
    return None


def _mount_of(folder: Path, mounts: str) -> _Mount | None:
    """The mount that holds the folder: the longest fitting mount point, the last of equals."""
    found = None
    for line in mounts.splitlines():
        fields, _, rest = line.partition(" - ")
        device, point = fields.split(" ")[2], _ESCAPED.sub(lambda found: chr(int(found[1], 8)), fields.split(" ")[4])
        if folder.is_relative_to(point) and (found is None or len(point) >= len(found.point)):
            found = _Mount(point, rest.split(" ")[0], device)
    return found


def _removable(device: str) -> bool:
    """Whether Linux calls the disk under this partition removable."""
    block = Path("/sys/dev/block", device)
    marks = (block / "removable", block.resolve().parent / "removable")
    return any(mark.is_file() and mark.read_text("ascii").strip() == "1" for mark in marks)


def _windows_drive(folder: Path) -> Trouble | None:
    import ctypes

    if folder.drive.startswith("\\\\"):
        return NetworkFolder(str(folder), "SMB")
    kind = ctypes.windll.kernel32.GetDriveTypeW(folder.anchor)  # type: ignore[attr-defined,unused-ignore]
    if kind == 4:
        return NetworkFolder(str(folder), "SMB")
    return RemovableFolder(str(folder)) if kind in (2, 5) else None


def lock(path: Path) -> FileLock:
    """The lock of the one desk that may write the store at `path`, taken; the operating system frees it at our death.

    Raises OfficeLocked naming the holder, FolderReadOnly, DiskFull.
    """
    held = FileLock(path.with_suffix(".lock"), timeout=0, thread_local=False)
    note = path.with_suffix(".holder")
    with as_trouble():
        try:
            held.acquire()
        except Timeout:
            raise OfficeLocked(_holder(note)) from None
        try:
            note.write_text(f"{_user()} @ {platform.node()} (process {os.getpid()})", "utf-8")
        except BaseException:
            held.release()
            raise
    return held


def _user() -> str:
    try:
        return getpass.getuser()
    except (ImportError, KeyError, OSError):  # an account without a name, as in containers
        return "?"


def _holder(note: Path) -> str:
    try:
        with note.open(encoding="utf-8", errors="replace") as text:
            return text.read(200).strip() or "?"
    except OSError:
        return "?"
