"""The leaflet for the Authority's IT: its commands are run as they are printed."""

import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from cryptography.hazmat.primitives import serialization

from kpdesk.exchange.archive import write_container
from kpdesk.exchange.whole import whole_file
from kpdesk.signing import cades, envelope, x509
from kpdesk.signing.keys import KeyPair
from kpdesk.signing.x509 import Role
from tests.benchmarks.batch import make, write_records
from tests.practice_authority import NOW, OFFICE, Practice, practice

PAGE = Path(__file__).parents[2] / "docs" / "verify-a-batch.md"
NAME = "kpdesk-ZZ-MAIN-e01-000123.asice"

pytestmark = pytest.mark.skipif(
    not all(map(shutil.which, ("sh", "openssl", "unzip", "sha256sum", "base64"))),
    reason="openssl, unzip or sha256sum is not installed",
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    authority = practice()
    write_records(tmp_path / "records", 20)
    make(tmp_path / "records", tmp_path, 20)
    (tmp_path / "batch.asice").replace(tmp_path / "source.asice")
    (tmp_path / "batch.asice.p7m").replace(tmp_path / f"{NAME}.p7m")
    (tmp_path / "trust.pem").write_bytes(x509.trust_pem(authority.authority, authority.revocations()))
    (tmp_path / "encryption.pem").write_bytes(x509.to_pem(authority.encryption_certificate))
    (tmp_path / "encryption.key").write_bytes(
        authority.encryption.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
    )
    return tmp_path


def follow(folder: Path) -> subprocess.CompletedProcess[str]:
    """Run the page's commands; they only get the day of our certificates."""
    found = re.search("```sh\n(.*?)```", PAGE.read_text(), re.DOTALL)
    assert found
    script = found[1].replace("-crl_check_all", f"-crl_check_all -attime {int(NOW.timestamp())}")
    return subprocess.run(["sh", "-c", script], cwd=folder, capture_output=True, text=True)


def encrypted(folder: Path, container: Path) -> None:
    with container.open("rb") as source, whole_file(folder / f"{NAME}.p7m") as target:
        envelope.encrypt(source, target, recipients=[practice().encryption_certificate])


def repacked(folder: Path, change: Callable[[Path], object]) -> None:
    """The batch with its files changed by somebody who cannot sign."""
    inside = folder / "inside"
    subprocess.run(["unzip", "-q", "source.asice", "-d", "inside"], cwd=folder, check=True)
    change(inside)
    (folder / "source.asice").unlink()
    subprocess.run(["zip", "-q", "-r", "../source.asice", "."], cwd=inside, check=True)
    encrypted(folder, folder / "source.asice")


def test_good_batch(folder: Path) -> None:
    ran = follow(folder)
    assert ran.returncode == 0, ran.stderr
    assert "CAdES Verification successful" in ran.stderr
    assert f"OU = {OFFICE}" in ran.stdout
    assert "data/parcel.ndjson: OK" in ran.stdout
    assert '"office":"ZZ-MAIN"' in ran.stdout


def test_altered_on_its_way(folder: Path) -> None:
    path = folder / f"{NAME}.p7m"
    whole = bytearray(path.read_bytes())
    whole[-400] ^= 1
    path.write_bytes(whole)
    assert follow(folder).returncode != 0
    assert not (folder / NAME).exists()


needs_zip = pytest.mark.skipif(not shutil.which("zip"), reason="zip is not installed")


def alter_record(inside: Path) -> None:
    (inside / "batch.json").write_text("{}")


def alter_record_and_sums(inside: Path) -> None:
    alter_record(inside)
    subprocess.run("sha256sum batch.json data/parcel.ndjson > SHA256SUMS", cwd=inside, check=True, shell=True)


def add_file(inside: Path) -> None:
    (inside / "data" / "more.ndjson").write_text("{}\n")


def drop_manifest_line(inside: Path) -> None:
    manifest = inside / "META-INF" / "ASiCManifest001.xml"
    manifest.write_text(manifest.read_text().replace("SHA256SUMS", "SHA512SUMS"))


@needs_zip
@pytest.mark.parametrize("change", [alter_record, alter_record_and_sums, add_file, drop_manifest_line])
def test_altered_inside(folder: Path, change: Callable[[Path], object]) -> None:
    repacked(folder, change)
    assert follow(folder).returncode != 0


@pytest.mark.parametrize("kind", ["revoked", "receipts"])
def test_signer_who_may_not(folder: Path, kind: str) -> None:
    authority: Practice = practice()
    pair = KeyPair.generate()
    role = Role.RECEIPT if kind == "receipts" else Role.OFFICE_SOFTWARE
    certificate = authority.leaf(pair, role=role)
    if kind == "revoked":
        revocations = authority.revocations(x509.load(certificate).serial_number)
        (folder / "trust.pem").write_bytes(x509.trust_pem(authority.authority, revocations))
    write_container(
        folder / "other.asice",
        {"batch.json": b"{}"},
        sign=lambda manifest: cades.sign_cades(manifest, certificate=certificate, signer=pair, at=NOW),
    )
    encrypted(folder, folder / "other.asice")
    ran = follow(folder)
    assert ran.returncode != 0
    assert ("revoked" if kind == "revoked" else "no explicit policy") in ran.stderr
