"""The one form a container's ZIP may have, so that it can be rebuilt and compared instead of believed.

Plain PKZIP: stored or deflated, no zip64, encryption, comments or extra fields, fixed times, entries laid one after the
other, the directory right behind them. Whatever `unzip` and we could understand differently is thereby refused.
"""

import re
import struct
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import BinaryIO

from kpdesk.domain.outcomes import Trouble

STORED, DEFLATED = 0, 8
BLOCK = 256 * 1024
_END = struct.Struct("<4s4H2LH")
_CENTRAL = struct.Struct("<4s6H3L5H2L")
_LOCAL = struct.Struct("<4s5H3L2H")
_NEW_YEAR_1980 = 0x21
_VERSION, _UNIX, _REGULAR = 20, 3 << 8, 0o100644 << 16
_KIND, _SYMLINK, _DIRECTORY = 0o170000 << 16, 0o120000 << 16, 0o040000 << 16
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]*(/[A-Za-z0-9_-]+)*(\.[a-z0-9]+)?")
_LONGEST_NAME = 200


@dataclass(eq=False)
class BatchDamaged(Trouble):
    """The container is not, to the byte, what was written and signed."""

    file: str
    part: str
    """The entry that differs, or `directory`, `manifest`."""


@dataclass(eq=False)
class BatchTooLarge(Trouble):
    """More bytes or entries than a batch may have."""

    file: str
    part: str
    most: int


@dataclass(eq=False)
class BatchBomb(Trouble):
    """An entry claims to unpack to far more than its packed bytes can honestly hold."""

    file: str
    part: str


@dataclass(eq=False)
class BatchPathTrick(Trouble):
    """An entry's name would leave the folder, hide another entry, or is no regular file."""

    file: str
    name: str


@dataclass(frozen=True, slots=True)
class Limits:
    """The most a container may be, in bytes and entries: checked before anything is allocated or unpacked."""

    container: int = 256 * 1024**2
    entry: int = 512 * 1024**2
    total: int = 1024**3
    entries: int = 20_000
    ratio: int = 200
    slack: int = 64 * 1024
    """Bytes that any entry may unpack to, whatever its ratio."""

    def check(self, file: str, entry: "Entry") -> None:
        """Raises BatchTooLarge or BatchBomb."""
        if entry.size > self.entry:
            raise BatchTooLarge(file, entry.name, self.entry)
        if entry.size > entry.packed * self.ratio + self.slack:
            raise BatchBomb(file, entry.name)


LIMITS = Limits()


@dataclass(frozen=True, slots=True)
class Entry:
    """One file in the container, as both of its headers tell it."""

    name: str
    method: int
    crc: int
    packed: int
    size: int
    offset: int

    def local(self) -> bytes:
        """The header before the entry's bytes."""
        return _LOCAL.pack(b"PK\3\4", _VERSION, 0, *self._shared(), 0) + self.name.encode()

    def central(self) -> bytes:
        """The header in the directory."""
        places = (0, 0, 0, 0, _REGULAR, self.offset)
        return _CENTRAL.pack(b"PK\1\2", _UNIX | _VERSION, _VERSION, 0, *self._shared(), *places) + self.name.encode()

    def _shared(self) -> tuple[int, ...]:
        return self.method, 0, _NEW_YEAR_1980, self.crc, self.packed, self.size, len(self.name)

    @property
    def start(self) -> int:
        """Where the packed bytes begin."""
        return self.offset + _LOCAL.size + len(self.name)

    @property
    def end(self) -> int:
        """Where the next entry, or the directory, begins."""
        return self.start + self.packed


def directory(entries: Iterable[Entry]) -> bytes:
    """All that stands behind the last entry."""
    listed = list(entries)
    central = b"".join(entry.central() for entry in listed)
    start = listed[-1].end if listed else 0
    return central + _END.pack(b"PK\5\6", 0, 0, len(listed), len(listed), len(central), start, 0)


class Names:
    """The names so far: plain relative ones, none twice on a disk that ignores case, none a folder of another."""

    def __init__(self, file: str) -> None:
        self._file = file
        self._files: set[str] = set()
        self._folders: set[str] = set()

    def add(self, name: str) -> None:
        """Raises BatchPathTrick."""
        folded = name.lower()
        parts = folded.split("/")
        above = {"/".join(parts[:depth]) for depth in range(1, len(parts))}
        taken = folded in self._files or folded in self._folders or not above.isdisjoint(self._files)
        if taken or not _NAME.fullmatch(name) or len(name) > _LONGEST_NAME:
            raise BatchPathTrick(self._file, printable(name))
        self._files.add(folded)
        self._folders |= above


def read_directory(stream: BinaryIO, *, file: str, limits: Limits = LIMITS) -> tuple[Entry, ...]:
    """The entries of a container whose every header is the one we would write.

    Raises BatchDamaged, BatchTooLarge, BatchBomb, BatchPathTrick. Nothing is unpacked.
    """
    size = stream.seek(0, 2)
    if size > limits.container:
        raise BatchTooLarge(file, file, limits.container)
    stream.seek(max(0, size - _END.size))
    end = stream.read(_END.size)
    if len(end) < _END.size or not end.startswith(b"PK\5\6"):
        raise BatchDamaged(file, "directory")
    count, length = struct.unpack_from("<HL", end, 10)
    if count > limits.entries:
        raise BatchTooLarge(file, "directory", limits.entries)
    if length > min(size, count * (_CENTRAL.size + _LONGEST_NAME)):
        raise BatchDamaged(file, "directory")
    stream.seek(max(0, size - _END.size - length))
    written = stream.read()
    entries = tuple(_entries(written, count, file))
    names = Names(file)
    for entry in entries:
        names.add(entry.name)
        limits.check(file, entry)
    if sum(entry.size for entry in entries) > limits.total:
        raise BatchTooLarge(file, file, limits.total)
    if directory(entries) != written:
        raise BatchDamaged(file, "directory")
    _check_places(stream, entries, file=file, end=size - len(written))
    return entries


def _entries(written: bytes, count: int, file: str) -> Iterator[Entry]:
    at = 0
    for _ in range(count):
        try:
            fields = _CENTRAL.unpack_from(written, at)
        except struct.error as problem:
            raise BatchDamaged(file, "directory") from problem
        method, crc, packed, size, length, kind, offset = (fields[place] for place in (4, 7, 8, 9, 10, 15, 16))
        at += _CENTRAL.size
        name = written[at : at + length].decode("latin-1")
        at += length
        if kind & _KIND in (_SYMLINK, _DIRECTORY):
            raise BatchPathTrick(file, printable(name))
        if method not in (STORED, DEFLATED) or (method == STORED and packed != size):
            raise BatchDamaged(file, printable(name))
        yield Entry(name, method, crc, packed, size, offset)


def _check_places(stream: BinaryIO, entries: Iterable[Entry], *, file: str, end: int) -> None:
    place = 0
    for entry in entries:
        stream.seek(place)
        if entry.offset != place or stream.read(entry.start - place) != entry.local():
            raise BatchDamaged(file, entry.name)
        place = entry.end
    if place != end:
        raise BatchDamaged(file, "directory")


def unpack(stream: BinaryIO, entry: Entry, *, file: str) -> Iterator[bytes]:
    """The entry's bytes in blocks, never more than it announced; raises BatchDamaged, at the latest after the last."""
    size = crc = 0
    for block in _inflate(stream, entry, file) if entry.method == DEFLATED else _copy(stream, entry):
        size += len(block)
        if size > entry.size:
            break
        crc = zlib.crc32(block, crc)
        yield block
    if (size, crc) != (entry.size, entry.crc):
        raise BatchDamaged(file, entry.name)


def _copy(stream: BinaryIO, entry: Entry) -> Iterator[bytes]:
    for place in range(entry.start, entry.end, BLOCK):
        stream.seek(place)
        yield stream.read(min(BLOCK, entry.end - place))


def _inflate(stream: BinaryIO, entry: Entry, file: str) -> Iterator[bytes]:
    inflater = zlib.decompressobj(-zlib.MAX_WBITS)
    place, packed = entry.start, b""
    while not inflater.eof:
        if not packed:
            stream.seek(place)
            packed = stream.read(min(BLOCK, entry.end - place))
            place += len(packed)
        try:
            block = inflater.decompress(packed, BLOCK)
        except zlib.error as problem:
            raise BatchDamaged(file, entry.name) from problem
        if not block and not packed:
            break
        packed = inflater.unconsumed_tail
        if block:
            yield block
    if not inflater.eof or inflater.unused_data or place != entry.end:
        raise BatchDamaged(file, entry.name)


def printable(name: str) -> str:
    """A foreign name as it may be shown: short, plain ASCII."""
    return ascii(name[:80])[1:-1]
