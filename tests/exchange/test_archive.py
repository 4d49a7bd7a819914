"""The container: exact, whole or absent, closed to every trick we know, and read by the usual tools."""

import contextlib
import os
import shutil
import subprocess
import threading
import zipfile
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpdesk.domain.outcomes import Trouble
from kpdesk.exchange import archive, whole
from kpdesk.exchange.archive import open_container, write_container
from kpdesk.exchange.zipform import BatchDamaged, BatchPathTrick, BatchTooLarge
from tests.exchange.containers import FILES, contents, verify, write
from tests.practice_authority import practice


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


def test_small_files_are_read_whole_large_ones_are_not(batch: Path) -> None:
    with open_container(batch, verify=verify) as container:
        assert container.read("batch.json", most=27) == FILES["batch.json"]
        with pytest.raises(BatchTooLarge):
            container.read("batch.json", most=26)
        with pytest.raises(KeyError):
            container.read("nothing")


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
    files = {"data/parcels.ndjson": FILES["data/parcels.ndjson"]}
    digest = write(batch, files)
    good = batch.read_bytes()
    identical = 0
    for place in range(len(good)):
        batch.write_bytes(good[:place] + bytes([good[place] ^ (1 + place % 255)]) + good[place + 1 :])
        try:
            assert contents(batch) == (digest, files)
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
