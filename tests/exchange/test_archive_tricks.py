"""Odd containers, rightly signed: each trick is refused for what it is."""

import struct
import zipfile
from pathlib import Path

import pytest

from kpdesk.domain.outcomes import Trouble
from kpdesk.exchange import archive, zipform
from kpdesk.exchange.archive import NotABatch, write_container
from kpdesk.exchange.zipform import BatchBomb, BatchDamaged, BatchPathTrick, BatchTooLarge, Limits
from tests.exchange.containers import FILES, contents, deflated, forge, sha256, stored, write
from tests.practice_authority import practice


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


def test_signed_sums_that_are_wrong(tmp_path: Path) -> None:
    """Signed, but `sha256sum -c` would say otherwise than the manifest: nobody shall be told two things."""
    path = tmp_path / "batch.asice"
    with archive.new_container(path) as new:
        new.add("a", b"1")
        new._listed[0] = archive.Listed("a", 1, "0" * 64)
        new.add(archive.SUMS, archive.sums(new._listed))
        new._listed[0] = archive.Listed("a", 1, sha256(b"1"))
        signed = archive.manifest(new._listed)
        new._store(archive.MANIFEST, signed)
        new._store(archive.SIGNATURE, practice().sign(signed))
        new._stream.write(zipform.directory(new._entries))
        new.signed = True
    with pytest.raises(BatchDamaged) as caught:
        contents(path)
    assert caught.value.facts["part"] == archive.SUMS


def test_entries_after_the_signature_and_large_manifests(tmp_path: Path) -> None:
    path = tmp_path / "batch.asice"
    with archive.new_container(path) as new:
        new.sign(practice().sign)
        new._stream.seek(new._place)
        new._store("more", b"1")
        new._stream.write(zipform.directory(new._entries))
    with pytest.raises(BatchDamaged):
        contents(path)
    write_container(path, {"a": b"1"}, sign=lambda manifest: bytes(archive.MOST_SIGNATURE + 1))
    with pytest.raises(BatchTooLarge):
        contents(path)
