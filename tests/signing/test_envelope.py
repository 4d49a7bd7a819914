"""The envelope: whole or nothing, for its holder alone, understood by openssl both ways."""

import io
import os
import shutil
import subprocess
from pathlib import Path

import pytest
from cryptography.hazmat.primitives import serialization
from hypothesis import given
from hypothesis import strategies as st

from kpdesk.domain.outcomes import Trouble
from kpdesk.signing import envelope, x509
from kpdesk.signing.x509 import Role
from tests.practice_authority import Practice, practice

needs_openssl = pytest.mark.skipif(not shutil.which("openssl"), reason="openssl is not installed")


@pytest.fixture(scope="module")
def authority() -> Practice:
    return practice()


def encrypted(plain: bytes, *recipients: bytes) -> bytes:
    target = io.BytesIO()
    envelope.encrypt(io.BytesIO(plain), target, recipients=recipients or [practice().encryption_certificate])
    return target.getvalue()


def decrypted(sealed: bytes, target: io.BytesIO | None = None) -> bytes:
    target = target or io.BytesIO()
    envelope.decrypt(
        io.BytesIO(sealed), target, certificate=practice().encryption_certificate, key=practice().encryption
    )
    return target.getvalue()


@pytest.mark.parametrize("size", [0, 1, 127, 128, 255, 256, 65535, 65536, 3_000_000])
def test_there_and_back(size: int) -> None:
    plain = os.urandom(size)
    assert decrypted(encrypted(plain)) == plain


def test_two_recipients(authority: Practice) -> None:
    key = envelope.new_key()
    request = x509.make_request(key, office="ZZ-AUTH")
    second = x509.certify(
        request,
        authority=authority.authority,
        pair=authority.ca,
        office="ZZ-AUTH",
        role=Role.ENCRYPTION,
        at=x509.load(authority.encryption_certificate).not_valid_before_utc,
    )
    sealed = encrypted(b"records", authority.encryption_certificate, second)
    assert decrypted(sealed) == b"records"
    target = io.BytesIO()
    envelope.decrypt(io.BytesIO(sealed), target, certificate=second, key=key)
    assert target.getvalue() == b"records"
    with pytest.raises(envelope.NotForUs):
        decrypted(encrypted(b"records", second))
    with pytest.raises(envelope.EnvelopeDamaged):
        envelope.decrypt(io.BytesIO(sealed), target, certificate=second, key=authority.encryption)


def test_signing_certificate_takes_no_envelope(authority: Practice) -> None:
    with pytest.raises(x509.CertificateUnfit):
        encrypted(b"records", authority.certificate)


def test_every_byte_counts_and_nothing_is_written() -> None:
    sealed = encrypted(b"records of a practice office")
    for place in range(len(sealed)):
        target = io.BytesIO()
        with pytest.raises(Trouble):
            decrypted(sealed[:place] + bytes([sealed[place] ^ 0x10]) + sealed[place + 1 :], target)
        assert not target.getvalue()


def test_short_content_key(authority: Practice, monkeypatch: pytest.MonkeyPatch) -> None:
    """AES-128 under the name of AES-256."""
    with monkeypatch.context() as patch:
        patch.setattr(envelope, "_KEY", 16)
        sealed = encrypted(b"records")
    with pytest.raises(envelope.EnvelopeDamaged):
        decrypted(sealed)


def test_cut_and_prolonged() -> None:
    sealed = encrypted(bytes(5000))
    for odd in (sealed[:-1], sealed[:3000], sealed + b"\0", b"", sealed[1:]):
        with pytest.raises(Trouble):
            decrypted(odd)


def test_too_large_is_refused_before_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "large"
    with path.open("wb") as file:
        file.truncate(envelope.MOST_BYTES + 1)
    with path.open("rb") as file, pytest.raises(envelope.EnvelopeTooLarge):
        envelope.decrypt(file, io.BytesIO(), certificate=b"", key=practice().encryption)


@given(st.data())
def test_mutated_envelopes_raise_troubles_only(data: st.DataObject) -> None:
    sealed = encrypted(b"records")
    place = data.draw(st.integers(0, len(sealed) - 1))
    odd = sealed[:place] + data.draw(st.binary(max_size=6)) + sealed[place + data.draw(st.integers(0, 6)) :]
    if odd != sealed:
        with pytest.raises(Trouble):
            decrypted(odd)


@given(st.binary(max_size=300))
def test_any_bytes_raise_troubles_only(odd: bytes) -> None:
    with pytest.raises(Trouble):
        decrypted(odd)


def test_key_file(authority: Practice) -> None:
    pem = envelope.write_key(authority.encryption, passphrase=b"practice")
    read = envelope.read_key(pem, passphrase=b"practice")
    assert read.private_numbers() == authority.encryption.private_numbers()
    other = authority.office.private.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    for odd, passphrase in ((pem, b"another"), (pem, None), (b"", None), (other, None)):
        with pytest.raises(envelope.KeyNotRead):
            envelope.read_key(odd, passphrase=passphrase)


@pytest.fixture
def folder(authority: Practice, tmp_path: Path) -> Path:
    (tmp_path / "enc.pem").write_bytes(x509.to_pem(authority.encryption_certificate))
    (tmp_path / "enc.key").write_bytes(envelope.write_key(authority.encryption, passphrase=b"practice"))
    return tmp_path


@needs_openssl
def test_openssl_opens_ours(folder: Path) -> None:
    plain = os.urandom(100_000)
    (folder / "batch.p7m").write_bytes(encrypted(plain))
    command = (
        "openssl cms -decrypt -inform DER -in batch.p7m -recip enc.pem -inkey enc.key -passin pass:practice -out out"
    )
    ran = subprocess.run(command.split(), cwd=folder, capture_output=True)
    assert ran.returncode == 0, ran.stderr
    assert (folder / "out").read_bytes() == plain


@needs_openssl
def test_we_open_openssl_s(folder: Path) -> None:
    plain = os.urandom(100_000)
    (folder / "batch").write_bytes(plain)
    command = "openssl cms -encrypt -aes-256-gcm -binary -in batch -outform DER -out batch.p7m -recip enc.pem"
    oaep = "-keyopt rsa_padding_mode:oaep -keyopt rsa_oaep_md:sha256 -keyopt rsa_mgf1_md:sha256"
    ran = subprocess.run([*command.split(), *oaep.split()], cwd=folder, capture_output=True)
    assert ran.returncode == 0, ran.stderr
    assert decrypted((folder / "batch.p7m").read_bytes()) == plain


@needs_openssl
def test_weak_envelopes_are_refused(folder: Path) -> None:
    """CBC, and PKCS#1 v1.5 transport of the key: openssl's own defaults."""
    (folder / "batch").write_bytes(b"records")
    for cipher in ("-aes-256-cbc", "-aes-256-gcm"):
        command = f"openssl cms -encrypt {cipher} -binary -in batch -outform DER -out batch.p7m -recip enc.pem"
        ran = subprocess.run(command.split(), cwd=folder, capture_output=True)
        assert ran.returncode == 0, ran.stderr
        with pytest.raises(Trouble):
            decrypted((folder / "batch.p7m").read_bytes())
