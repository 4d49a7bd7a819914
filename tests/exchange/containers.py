"""Containers for tests: good ones, and odd ones built byte by byte with a manifest and a signature that are right."""

import hashlib
import zlib
from functools import cache
from pathlib import Path

from kpdesk.exchange import archive, zipform
from kpdesk.exchange.archive import open_container, write_container
from kpdesk.exchange.zipform import Entry, Limits
from kpdesk.signing.cades import Signature
from tests.practice_authority import practice

FILES = {
    "batch.json": b'{"format":"kpdesk-batch/1"}',
    "data/parcels.ndjson": b'{"id":"P-1"}\n{"id":"P-2"}\n' * 40,
    "data/history.ndjson": b"",
    "doc/cert/ZZ0000001.pdf": bytes(range(256)) * 3,
}


def write(path: Path, files: dict[str, bytes] | None = None) -> str:
    return write_container(path, files or FILES, sign=practice().sign)


def contents(path: Path, *, limits: Limits = zipform.LIMITS) -> tuple[str, dict[str, bytes]]:
    with open_container(path, verify=verify, limits=limits) as container:
        return container.digest, {name: container.read(name) for name in container.files}


@cache
def verify(signature: bytes, manifest: bytes) -> Signature:
    """The same answer for the same bytes, so that thousands of containers can be opened."""
    return practice().verify(signature, manifest)


def forge(path: Path, *, payload: list[tuple[Entry, bytes]], between: bytes = b"", files: dict[str, bytes]) -> None:
    """A container with these packed entries, whatever their headers say, signed over these files."""
    listed = [archive.Listed(name, len(content), sha256(content)) for name, content in files.items()]
    sums = archive.sums(listed)
    signed = archive.manifest([*listed, archive.Listed(archive.SUMS, len(sums), sha256(sums))])
    outer = [(archive.SUMS, sums), (archive.MANIFEST, signed), (archive.SIGNATURE, practice().sign(signed))]
    out, entries = b"", []
    for entry, packed in (
        stored("mimetype", archive.MIMETYPE),
        *payload,
        *(stored(name, content) for name, content in outer),
    ):
        placed = Entry(entry.name, entry.method, entry.crc, entry.packed, entry.size, len(out))
        entries.append(placed)
        out += placed.local() + packed + between
    path.write_bytes(out + zipform.directory(entries)[: -zipform._END.size] + end_of(entries, len(out)))


def end_of(entries: list[Entry], start: int) -> bytes:
    length = sum(len(entry.central()) for entry in entries)
    return zipform._END.pack(b"PK\5\6", 0, 0, len(entries), len(entries), length, start, 0)


def sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def stored(name: str, content: bytes) -> tuple[Entry, bytes]:
    return Entry(name, zipform.STORED, zlib.crc32(content), len(content), len(content), 0), content


def deflated(name: str, content: bytes, *, size: int | None = None) -> tuple[Entry, bytes]:
    packed = zlib.compress(content, 9, -15)
    size = len(content) if size is None else size
    return Entry(name, zipform.DEFLATED, zlib.crc32(content), len(packed), size, 0), packed
