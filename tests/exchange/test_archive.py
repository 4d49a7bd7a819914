"""The container: exact, whole or absent, closed to every trick we know, and read by the usual tools."""

import contextlib
import os
import shutil
import struct
import subprocess
import threading
import zipfile
import zlib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpdesk.domain.outcomes import Trouble
from kpdesk.exchange import archive, whole, zipform
from kpdesk.exchange.archive import NotABatch, open_container, write_container
from kpdesk.exchange.zipform import BatchBomb, BatchDamaged, BatchPathTrick, BatchTooLarge, Entry, Limits
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


@pytest.fixture
def batch(tmp_path: Path) -> Path:
    path = tmp_path / "kpdesk-ZZ-MAIN-e01-000001.asice"
    write(path)
    return path


def test_there_and_back(tmp_path: Path) -> None:
    path = tmp_path / "batch.asice"
    digest = write(path)
    assert contents(path) == (digest, FILES)
    with open_container(path, verify=practice().verify) as container:
        assert container.signed.signer.office == "ZZ-MAIN"
        assert container.files["batch.json"].size == len(FILES["batch.json"])
    assert list(tmp_path.iterdir()) == [path]


def test_content_may_be_bytes_a_file_or_pieces(tmp_path: Path) -> None:
    source = tmp_path / "source"
    content = os.urandom(600_000)
    source.write_bytes(content)

    def pieces() -> Iterator[bytes]:
        yield from (content[place : place + 7] for place in range(0, len(content), 7))

    path = tmp_path / "batch.asice"
    with archive.new_container(path) as new:
        one = new.add("one.ndjson", source.read_bytes())
        two = new.add("two.ndjson", source)
        three = new.add("three.ndjson", pieces())
        new.sign(practice().sign)
    assert one.sha256 == two.sha256 == three.sha256
    assert set(contents(path)[1].values()) == {content}


def test_same_files_same_bytes_but_for_the_signature(tmp_path: Path) -> None:
    paths = [tmp_path / name for name in ("one.asice", "two.asice")]
    digests = {write_container(path, FILES, sign=lambda manifest: b"signature") for path in paths}
    assert len(digests) == 1
    assert len({path.read_bytes() for path in paths}) == 1


def test_manifest_is_what_the_standard_says(tmp_path: Path) -> None:
    signed: list[bytes] = []
    write_container(tmp_path / "batch.asice", FILES, sign=lambda manifest: signed.append(manifest) or b"")
    root = ElementTree.fromstring(signed[0])
    assert root.tag == "{http://uri.etsi.org/02918/v1.2.1#}ASiCManifest"
    names = [child.get("URI") for child in root]
    assert names == [archive.SIGNATURE, *sorted([archive.SUMS, *FILES])]


def test_nothing_is_left_of_a_batch_that_failed(tmp_path: Path) -> None:
    path = tmp_path / "batch.asice"
    path.write_bytes(b"the one before")

    def fails(manifest: bytes) -> bytes:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        write_container(path, FILES, sign=fails)
    with pytest.raises(ValueError, match="nobody signed"), archive.new_container(path) as new:
        new.add("batch.json", b"{}")
    assert [each.read_bytes() for each in tmp_path.iterdir()] == [b"the one before"]


def test_folder_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(whole.FileNotWritten) as caught:
        write(tmp_path / "nowhere" / "batch.asice")
    assert caught.value.facts == {"file": "batch.asice", "problem": "ENOENT"}


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="/dev/full plays the full disk")
def test_full_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(**_: object) -> tuple[int, str]:
        (tmp_path / "part").touch()
        return os.open("/dev/full", os.O_RDWR), str(tmp_path / "part")

    monkeypatch.setattr("tempfile.mkstemp", full)
    with pytest.raises(whole.FileNotWritten) as caught, whole.whole_file(tmp_path / "batch.asice") as file:
        file.write(b"records")
    assert caught.value.facts["problem"] == "ENOSPC"
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    "name",
    ["../up", "/root", "a//b", "a/../b", "a\\b", "C:a", "a.b.c", ".hidden", "", "a" * 201, "data/", "dé", "a b", "a\n"],
)
def test_names_that_are_not_plain(tmp_path: Path, name: str) -> None:
    with pytest.raises(BatchPathTrick):
        write(tmp_path / "batch.asice", {name: b""})


@pytest.mark.parametrize(
    "names",
    [("a", "A"), ("data", "data/a"), ("data/a", "DATA"), ("META-INF/other.p7s",), ("mimetype",), ("sha256sums",)],
)
def test_names_that_hide_each_other(tmp_path: Path, names: tuple[str, ...]) -> None:
    with pytest.raises(BatchPathTrick):
        write(tmp_path / "batch.asice", dict.fromkeys(names, b""))


# What follows builds odd containers byte by byte, with a manifest and a signature that are right.


def forge(path: Path, *, payload: list[tuple[Entry, bytes]], between: bytes = b"", files: dict[str, bytes]) -> None:
    """A container with these packed entries, whatever their headers say, signed over these files."""
    listed = [archive.Listed(name, len(content), _sha(content)) for name, content in files.items()]
    sums = archive.sums(listed)
    signed = archive.manifest([*listed, archive.Listed(archive.SUMS, len(sums), _sha(sums))])
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
    path.write_bytes(out + zipform.directory(entries)[: -zipform._END.size] + _end(entries, len(out)))


def _end(entries: list[Entry], start: int) -> bytes:
    length = sum(len(entry.central()) for entry in entries)
    return zipform._END.pack(b"PK\5\6", 0, 0, len(entries), len(entries), length, start, 0)


def _sha(content: bytes) -> str:
    import hashlib

    return hashlib.sha256(content).hexdigest()


def stored(name: str, content: bytes) -> tuple[Entry, bytes]:
    return Entry(name, zipform.STORED, zlib.crc32(content), len(content), len(content), 0), content


def deflated(name: str, content: bytes, *, size: int | None = None) -> tuple[Entry, bytes]:
    packed = zlib.compress(content, 9, -15)
    size = len(content) if size is None else size
    return Entry(name, zipform.DEFLATED, zlib.crc32(content), len(packed), size, 0), packed


def test_forge_itself_is_good(tmp_path: Path) -> None:
    path = tmp_path / "batch.asice"
    forge(path, payload=[stored("a", b"1"), deflated("b", b"22")], files={"a": b"1", "b": b"22"})
    assert contents(path)[1] == {"a": b"1", "b": b"22"}


@pytest.mark.parametrize("name", ["../up", "/root", "a\\b", "data/", "A/../../b", "META-INF/x", "Batch.json", "b\0"])
def test_path_tricks_on_reading(tmp_path: Path, name: str) -> None:
    path = tmp_path / "batch.asice"
    payload = [stored("batch.json", b"{}"), stored(name, b"1")]
    forge(path, payload=payload, files={"batch.json": b"{}", name: b"1"})
    with pytest.raises(BatchPathTrick):
        contents(path)


@pytest.mark.parametrize("kind", [0o120777, 0o040755])
def test_symlink_and_folder(batch: Path, kind: int) -> None:
    whole_file = batch.read_bytes()
    batch.write_bytes(whole_file.replace(struct.pack("<L", 0o100644 << 16), struct.pack("<L", kind << 16)))
    with pytest.raises(BatchPathTrick):
        contents(batch)


def test_bomb_by_ratio(tmp_path: Path) -> None:
    path = tmp_path / "batch.asice"
    content = bytes(4_000_000)
    forge(path, payload=[deflated("a", content)], files={"a": content})
    with pytest.raises(BatchBomb):
        contents(path)
    with pytest.raises(BatchBomb):
        write(path, {"a": content})


def test_bomb_that_lies_about_its_size(tmp_path: Path) -> None:
    path = tmp_path / "batch.asice"
    content = bytes(4_000_000)
    forge(path, payload=[deflated("a", content, size=1000)], files={"a": content})
    with pytest.raises(BatchDamaged):
        contents(path)


def test_limits(batch: Path, tmp_path: Path) -> None:
    for limits in (Limits(container=1000), Limits(entries=5), Limits(entry=500), Limits(total=900)):
        with pytest.raises(BatchTooLarge):
            contents(batch, limits=limits)
        with pytest.raises(BatchTooLarge):
            write_limited(tmp_path / "other", limits)


def write_limited(path: Path, limits: Limits) -> None:
    with archive.new_container(path, limits=limits) as new:
        for name, content in FILES.items():
            new.add(name, content)
        new.sign(lambda manifest: b"")


def test_gap_overlap_and_bytes_outside(batch: Path, tmp_path: Path) -> None:
    good = batch.read_bytes()
    forge(batch, payload=[stored("a", b"1")], between=b"\0", files={"a": b"1"})
    with pytest.raises(BatchDamaged):
        contents(batch)
    for odd in (b"MZ" + good, good[:60] + b"\0" + good[60:], good[:-22] + b"\0" + good[-22:], good + b"\0"):
        batch.write_bytes(odd)
        with pytest.raises(Trouble):
            contents(batch)


def test_two_local_entries_under_one_directory_entry(tmp_path: Path) -> None:
    """What `unzip` takes from the directory and a streaming reader from the local headers must be the same."""
    path = tmp_path / "batch.asice"
    first, packed = stored("a", b"1")
    forge(path, payload=[(first, packed)], files={"a": b"1"})
    odd = path.read_bytes().replace(first.local(), first.local()[:-1] + b"b", 1)
    path.write_bytes(odd)
    with pytest.raises(BatchDamaged):
        contents(path)


@pytest.mark.parametrize(
    "make",
    [
        lambda path, name: zipfile.ZipFile(path, "w").writestr(name, b"x"),
        lambda path, name: path.write_bytes(b""),
        lambda path, name: path.write_bytes(b"PK\3\4"),
        lambda path, name: path.write_bytes(b"%PDF-1.7\n" * 100),
    ],
)
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning", "ignore::ResourceWarning")
def test_files_of_others(tmp_path: Path, make: object) -> None:
    make(tmp_path / "other.zip", "mimetype")  # type: ignore[operator]
    with pytest.raises(NotABatch):
        contents(tmp_path / "other.zip")


@pytest.mark.parametrize("mode", ["comment", "extra", "zip64", "encrypted"])
def test_what_zip_can_but_we_do_not(batch: Path, mode: str) -> None:
    good = batch.read_bytes()
    central = good.index(b"PK\1\2")
    odd = {
        "comment": good[:-2] + b"\1\0!",
        "extra": good[: central + 30] + b"\4\0" + good[central + 32 : central + 54] + b"xxxx" + good[central + 54 :],
        "zip64": good[:-22] + b"PK\6\7" + bytes(16) + good[-22:],
        "encrypted": good[: central + 8] + b"\1\0" + good[central + 10 :],
    }[mode]
    batch.write_bytes(odd)
    with pytest.raises(BatchDamaged):
        contents(batch)


def test_altered_record_with_sums_that_match_it(tmp_path: Path) -> None:
    """`sha256sum -c` alone would be content; the signed manifest is not."""
    path, other = tmp_path / "batch.asice", tmp_path / "other.asice"
    signatures: list[bytes] = []
    write_container(path, FILES, sign=lambda manifest: signatures.append(practice().sign(manifest)) or signatures[0])
    write_container(other, {**FILES, "batch.json": b"{}"}, sign=lambda manifest: signatures[0])
    assert contents(path)[1] == FILES
    with pytest.raises(Trouble):
        contents(other)


def test_signed_manifest_that_names_other_files(tmp_path: Path) -> None:
    path = tmp_path / "batch.asice"
    for files in ({"a": b"1", "b": b"2"}, {}, {"a": b"2"}):
        forge(path, payload=[stored("a", b"1")], files=files)
        with pytest.raises(BatchDamaged):
            contents(path)


def test_content_is_not_looked_at_before_the_signature_stands(batch: Path) -> None:
    class Refused(Exception):
        pass

    def refuse(signature: bytes, manifest: bytes) -> None:
        raise Refused

    damaged = bytearray(batch.read_bytes())
    damaged[200] ^= 1
    batch.write_bytes(damaged)
    with pytest.raises(Refused), open_container(batch, verify=refuse):
        pytest.fail("opened")


def test_file_changed_after_it_was_opened(batch: Path) -> None:
    write(batch, {"data/parcels.ndjson": os.urandom(500_000)})
    with open_container(batch, verify=practice().verify) as container:
        at = container._entries["data/parcels.ndjson"].start + 200_000
        with batch.open("r+b") as file:
            file.seek(at)
            file.write(b"\0\0\0")
        with pytest.raises(BatchDamaged):
            container.read("data/parcels.ndjson")


def test_every_byte_counts(batch: Path) -> None:
    good, digest = batch.read_bytes(), contents(batch)[0]
    identical = 0
    for place in range(len(good)):
        batch.write_bytes(good[:place] + bytes([good[place] ^ (1 + place % 255)]) + good[place + 1 :])
        try:
            assert contents(batch) == (digest, FILES)
            identical += 1
        except Trouble:
            pass
    assert identical < 10  # unused bits at the end of a deflated entry


@given(data=st.data())
def test_mutated_containers_raise_troubles_only(data: st.DataObject, tmp_path_factory: pytest.TempPathFactory) -> None:
    good = _good(tmp_path_factory)
    path = tmp_path_factory.getbasetemp() / f"odd-{threading.get_ident()}.asice"
    place = data.draw(st.integers(len(archive._MAGIC), len(good) - 1))
    odd = good[:place] + data.draw(st.binary(max_size=8)) + good[place + data.draw(st.integers(0, 8)) :]
    path.write_bytes(odd)
    with contextlib.suppress(Trouble):
        assert contents(path)[1] == FILES


@given(odd=st.binary(max_size=400))
def test_any_bytes_behind_our_magic_raise_troubles_only(tmp_path_factory: pytest.TempPathFactory, odd: bytes) -> None:
    path = tmp_path_factory.getbasetemp() / "any.asice"
    path.write_bytes(archive._MAGIC + odd)
    with pytest.raises(Trouble):
        contents(path)


def _good(factory: pytest.TempPathFactory) -> bytes:
    path = factory.getbasetemp() / "good.asice"
    if not path.exists():
        write(path)
    return path.read_bytes()


needs_tools = pytest.mark.skipif(
    not all(map(shutil.which, ("unzip", "sha256sum"))), reason="unzip or sha256sum is not installed"
)


@needs_tools
def test_the_usual_tools_agree(batch: Path) -> None:
    folder = batch.parent / "unpacked"
    for command in (["unzip", "-q", str(batch), "-d", str(folder)], ["unzip", "-tq", str(batch)]):
        ran = subprocess.run(command, capture_output=True)
        assert ran.returncode == 0, ran.stdout + ran.stderr
    ran = subprocess.run(["sha256sum", "-c", "--strict", "SHA256SUMS"], cwd=folder, capture_output=True)
    assert ran.returncode == 0, ran.stderr
    assert {name: (folder / name).read_bytes() for name in FILES} == FILES
    assert zipfile.ZipFile(batch).testzip() is None
