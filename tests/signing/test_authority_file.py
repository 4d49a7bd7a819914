"""The authority file: read back as written, to the byte, or not at all."""

import json
from datetime import timedelta
from functools import cache

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.x509.oid import NameOID
from hypothesis import given
from hypothesis import strategies as st

from kpdesk.domain.trust import AuthorityFile
from kpdesk.signing.authority import MOST_BYTES, NotAuthorityFile, read_authority, write_authority
from tests.vectors.practice import LISTER, NOW, pair


def certificate(name: str) -> bytes:
    private = pair(name).private
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    return (
        x509.CertificateBuilder(subject, subject, private.public_key(), 1, NOW, NOW + timedelta(days=1))
        .sign(private, hashes.SHA256())
        .public_bytes(serialization.Encoding.DER)
    )


@cache
def authority() -> AuthorityFile:
    return AuthorityFile("Practice Authority", "ZZ", certificate("ca"), LISTER.public, certificate("encryption"))


@cache
def data() -> bytes:
    return write_authority(authority())


def public_pem(key: object) -> list[str]:
    pem = key.public_bytes(  # type: ignore[attr-defined]
        serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
    )
    return [*pem.decode().splitlines()]


def test_comes_back() -> None:
    assert read_authority(data()) == authority()


def test_pem_for_other_programs() -> None:
    lines = json.loads(data())["ca_certificate"]
    loaded = x509.load_pem_x509_certificate("\n".join(lines).encode())
    assert loaded.public_bytes(serialization.Encoding.DER) == authority().ca_certificate


def changed(**entries: object) -> bytes:
    record = {**json.loads(data()), **entries}
    record = {name: value for name, value in record.items() if value is not None}
    return json.dumps(record, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode() + b"\n"


def test_unchanged_is_read() -> None:
    assert read_authority(changed()) == authority()


@pytest.mark.parametrize(
    "foreign",
    [
        b"",
        b"{}\n",
        b"[]\n",
        b"\xff\n",
        data() + b"\n",
        data()[:-1],
        data().replace(b",", b", ", 1),
        bytes(MOST_BYTES + 1),
        changed(format="kpdesk-authority/2"),
        changed(name=""),
        changed(name=7),
        changed(name="x" * 201),
        changed(participant="zz"),
        changed(list_key=None),
        changed(list_key=public_pem(ec.generate_private_key(ec.SECP384R1()).public_key())),
        changed(list_key=public_pem(rsa.generate_private_key(65537, 2048).public_key())),
        changed(list_key=["-----BEGIN PUBLIC KEY-----", "AAAA", "-----END PUBLIC KEY-----"]),
        changed(list_key="text"),
        changed(ca_certificate=[]),
        changed(ca_certificate=[*json.loads(data())["ca_certificate"], "and more"]),
        changed(encryption_certificate=[7]),
        changed(more="entries"),
    ],
)
def test_anything_else_is_refused(foreign: bytes) -> None:
    with pytest.raises(NotAuthorityFile):
        read_authority(foreign)


@given(st.integers(0, 3_000), st.integers(1, 255))
def test_no_changed_byte_raises_but_a_trouble(place: int, change: int) -> None:
    altered = bytearray(data())
    altered[place % len(altered)] ^= change
    try:
        read = read_authority(bytes(altered))
    except NotAuthorityFile:
        return
    assert write_authority(read) == bytes(altered)
