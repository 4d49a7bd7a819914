"""The authority file that an office pins at set-up: canonical JSON, its keys as PEM, one text a line.

`jq -r '.ca_certificate[]'` gives any of them to openssl. The file is not signed: two people compare the fingerprint
of its list key by voice before they pin it.
"""

from dataclasses import dataclass

from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    PublicFormat,
    load_der_public_key,
    load_pem_public_key,
)

from kpdesk.domain.outcomes import Trouble
from kpdesk.domain.records import Value, canonical, parse
from kpdesk.domain.trust import AuthorityFile
from kpdesk.signing.keys import algorithm_of

MOST_BYTES = 64 * 1024
_FORMAT = "kpdesk-authority/1"
_MOST_NAME = 200


@dataclass(eq=False)
class NotAuthorityFile(Trouble):
    """The bytes are no authority file, or one whose certificates and key are not what they should be."""


def write_authority(authority: AuthorityFile) -> bytes:
    """The file to hand out."""
    record: dict[str, Value] = {
        "format": _FORMAT,
        "name": authority.name,
        "participant": authority.participant,
        "ca_certificate": _lines(_certificate_pem(authority.ca_certificate)),
        "list_key": _lines(_public_pem(authority.list_key)),
        "encryption_certificate": _lines(_certificate_pem(authority.encryption_certificate)),
    }
    return canonical(record).encode() + b"\n"


def read_authority(data: bytes) -> AuthorityFile:
    """The authority in a file that must be ours to the byte; raises NotAuthorityFile."""
    try:
        if len(data) > MOST_BYTES:
            raise ValueError("too large")
        record = parse(data.decode().removesuffix("\n"))
        authority = AuthorityFile(
            name=_text(record["name"]),
            participant=_text(record["participant"]),
            ca_certificate=_certificate(record["ca_certificate"]),
            list_key=_public(record["list_key"]),
            encryption_certificate=_certificate(record["encryption_certificate"]),
        )
        same = write_authority(authority) == data
    except (KeyError, TypeError, ValueError, UnsupportedAlgorithm) as problem:
        raise NotAuthorityFile from problem
    if not same:
        raise NotAuthorityFile
    return authority


def _certificate_pem(der: bytes) -> bytes:
    return x509.load_der_x509_certificate(der).public_bytes(Encoding.PEM)


def _public_pem(public: bytes) -> bytes:
    return load_der_public_key(public).public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)


def _public(lines: Value) -> bytes:
    public = load_pem_public_key(_pem(lines)).public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    algorithm_of(public)  # ValueError for a kind of key that cannot sign lists
    return public


def _lines(pem: bytes) -> list[str]:
    return pem.decode().splitlines()


def _pem(lines: Value) -> bytes:
    if not isinstance(lines, list):
        raise ValueError("lines of PEM are wanted")
    return "\n".join(_text(line) for line in lines).encode()


def _certificate(lines: Value) -> bytes:
    return x509.load_pem_x509_certificate(_pem(lines)).public_bytes(Encoding.DER)


def _text(value: Value) -> str:
    if not isinstance(value, str) or not 0 < len(value) <= _MOST_NAME:
        raise ValueError("a short text is wanted")
    return value
