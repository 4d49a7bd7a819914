"""The Authority's certificates of keys: one CA, its leaves, its list of revocations (RFC 5280); made and read offline.

The CA signs leaves for offices' batches, for receipts and for encryption; which is which is told by a certificate
policy, and an office by its OU. Certificates, requests and lists are DER bytes in and out.
"""

import contextlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum

from cryptography import x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from kpdesk.domain.batch import check_office
from kpdesk.domain.outcomes import Trouble
from kpdesk.signing.keys import KeyPair

_ARC = "2.25.223672434000649947561565485075487774939"
"""An arc of the UUID tree, which nobody has to grant (X.667): kpdesk's own."""
_YEAR = timedelta(days=365)
_LEAST_RSA = 3072
_UNREADABLE = (
    UnsupportedAlgorithm,
    x509.DuplicateExtension,
    x509.ExtensionNotFound,
    x509.InvalidVersion,
    x509.UnsupportedGeneralNameType,
)


class Role(Enum):
    """What a leaf is for, and where its key lives; the value is the policy that says so."""

    OFFICE_TOKEN = f"{_ARC}.1.1"
    OFFICE_SOFTWARE = f"{_ARC}.1.2"
    RECEIPT = f"{_ARC}.1.3"
    ENCRYPTION = f"{_ARC}.1.4"


_PURPOSE = {
    Role.OFFICE_TOKEN: "batches (token)",
    Role.OFFICE_SOFTWARE: "batches (software)",
    Role.RECEIPT: "receipts",
    Role.ENCRYPTION: "encryption",
}
OFFICE = frozenset({Role.OFFICE_TOKEN, Role.OFFICE_SOFTWARE})
"""Who may sign a batch."""


@dataclass(eq=False)
class RequestUnfit(Trouble):
    """A request for a certificate that is damaged, not signed by its own key, of another office or a weak key."""

    office: str


@dataclass(eq=False)
class CertificateUnreadable(Trouble):
    """The bytes are no certificate, or no list of revocations, that kpdesk can read."""


@dataclass(eq=False)
class CertificateUnfit(Trouble):
    """The Authority made the certificate for something else: another role, usage or kind of key."""

    serial: str


@dataclass(frozen=True, slots=True)
class Revoked:
    """One certificate that no longer counts."""

    serial: int
    at: datetime
    reason: x509.ReasonFlags = x509.ReasonFlags.unspecified


def make_authority(pair: KeyPair, *, country: str, name: str, at: datetime, years: int = 20) -> bytes:
    """The Authority's own certificate: a CA for leaves only, and what every office pins."""
    subject = _subject(country, name)
    public = pair.private.public_key()
    identifier = x509.SubjectKeyIdentifier.from_public_key(public)
    return (
        _builder(subject, subject, public, at, at + years * _YEAR)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(_usage("key_cert_sign", "crl_sign"), critical=True)
        .add_extension(identifier, critical=False)
        .sign(pair.private, hashes.SHA256())
        .public_bytes(Encoding.DER)
    )


def make_request(key: ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey, *, office: str) -> bytes:
    """A request for a certificate, for the Authority to compare with the paper that names the key's digest."""
    builder = x509.CertificateSigningRequestBuilder().subject_name(_subject(check_office(office)[:2], office, office))
    return builder.sign(key, hashes.SHA256()).public_bytes(Encoding.DER)


def request_key(request: bytes) -> bytes:
    """The SHA-256 of the public key in a request, for the comparison with the paper; raises RequestUnfit."""
    with _request(""):
        public = x509.load_der_x509_csr(request).public_key()
        digest = hashes.Hash(hashes.SHA256())
        digest.update(_spki(public))
        return digest.finalize()


def certify(
    request: bytes, *, authority: bytes, pair: KeyPair, office: str, role: Role, at: datetime, years: int = 2
) -> bytes:
    """The leaf for a request, after its own signature, office and kind of key were checked; raises RequestUnfit."""
    ca = load(authority)
    with _request(office):
        wanted = x509.load_der_x509_csr(request)
        public = wanted.public_key()
        if not wanted.is_signature_valid or units(wanted.subject) != [office] or not fit_key(public, role):
            raise RequestUnfit(office)
    assert isinstance(public, ec.EllipticCurvePublicKey | rsa.RSAPublicKey)
    ends = min(at + years * _YEAR, ca.not_valid_after_utc)
    builder = (
        _builder(_subject(office[:2], f"{office} {_PURPOSE[role]}", office), ca.subject, public, at, ends)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(usage(role), critical=True)
        .add_extension(policies(role), critical=False)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(public), critical=False)
        .add_extension(_issuer_identifier(ca), critical=False)
    )
    if role is not Role.ENCRYPTION:
        builder = builder.add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.EMAIL_PROTECTION]), critical=False)
    return builder.sign(pair.private, hashes.SHA256()).public_bytes(Encoding.DER)


def make_revocations(
    revoked: Iterable[Revoked], *, authority: bytes, pair: KeyPair, number: int, at: datetime, days: int = 35
) -> bytes:
    """The signed list of the certificates that no longer count (CRL); it is to be renewed within `days`."""
    ca = load(authority)
    builder = (
        x509.CertificateRevocationListBuilder()
        .issuer_name(ca.subject)
        .last_update(at)
        .next_update(at + timedelta(days=days))
        .add_extension(x509.CRLNumber(number), critical=False)
        .add_extension(_issuer_identifier(ca), critical=False)
    )
    for each in revoked:
        entry = x509.RevokedCertificateBuilder().serial_number(each.serial).revocation_date(each.at)
        if each.reason is not x509.ReasonFlags.unspecified:
            entry = entry.add_extension(x509.CRLReason(each.reason), critical=False)
        builder = builder.add_revoked_certificate(entry.build())
    return builder.sign(pair.private, hashes.SHA256()).public_bytes(Encoding.DER)


def load(certificate: bytes) -> x509.Certificate:
    """From DER; raises CertificateUnreadable."""
    with readable():
        return x509.load_der_x509_certificate(certificate)


def load_revocations(revocations: bytes) -> x509.CertificateRevocationList:
    """From DER; raises CertificateUnreadable."""
    with readable():
        return x509.load_der_x509_crl(revocations)


@contextlib.contextmanager
def readable() -> Iterator[None]:
    """Around the reading of foreign certificates, whose extensions are parsed when they are first looked at."""
    try:
        yield
    except (ValueError, TypeError, *_UNREADABLE) as problem:
        raise CertificateUnreadable from problem


def from_pem(text: bytes) -> bytes:
    """DER of the first certificate in PEM; raises CertificateUnreadable."""
    with readable():
        return x509.load_pem_x509_certificate(text).public_bytes(Encoding.DER)


def trust_pem(authority: bytes, revocations: bytes) -> bytes:
    """What `openssl cms -verify -CAfile` wants: the CA's certificate, then its list of revocations."""
    return load(authority).public_bytes(Encoding.PEM) + load_revocations(revocations).public_bytes(Encoding.PEM)


def to_pem(certificate: bytes) -> bytes:
    return load(certificate).public_bytes(Encoding.PEM)


def public_key(certificate: bytes) -> bytes:
    """The public key in a certificate: SubjectPublicKeyInfo, DER."""
    return _spki(load(certificate).public_key())


def serial(certificate: x509.Certificate) -> str:
    """The serial number as messages name it, hexadecimal."""
    return f"{certificate.serial_number:x}"


def units(name: x509.Name) -> list[str]:
    """The OUs in a name: of a leaf exactly one, the office's code."""
    return [str(unit.value) for unit in name.get_attributes_for_oid(NameOID.ORGANIZATIONAL_UNIT_NAME)]


def fit_key(public: object, role: Role) -> bool:
    """P-256 or P-384 for signatures, RSA of 3072 bits or more for encryption; nothing else."""
    if role is Role.ENCRYPTION:
        return isinstance(public, rsa.RSAPublicKey) and public.key_size >= _LEAST_RSA
    return isinstance(public, ec.EllipticCurvePublicKey) and isinstance(public.curve, ec.SECP256R1 | ec.SECP384R1)


def usage(role: Role) -> x509.KeyUsage:
    """The key usage that a leaf of this role has, and no other."""
    if role is Role.ENCRYPTION:
        return _usage("key_encipherment")
    return _usage("digital_signature", "content_commitment")


def policies(role: Role) -> x509.CertificatePolicies:
    return x509.CertificatePolicies([x509.PolicyInformation(x509.ObjectIdentifier(role.value), None)])


def _usage(*allowed: str) -> x509.KeyUsage:
    every = (
        "digital_signature content_commitment key_encipherment data_encipherment key_agreement key_cert_sign crl_sign"
        " encipher_only decipher_only"
    )
    return x509.KeyUsage(**{each: each in allowed for each in every.split()})


def _subject(country: str, name: str, office: str = "") -> x509.Name:
    unit = [x509.NameAttribute(NameOID.ORGANIZATIONAL_UNIT_NAME, office)] if office else []
    return x509.Name(
        [
            x509.NameAttribute(NameOID.COUNTRY_NAME, country),
            *unit,
            x509.NameAttribute(NameOID.COMMON_NAME, name),
        ]
    )


def _builder(
    subject: x509.Name,
    issuer: x509.Name,
    public: ec.EllipticCurvePublicKey | rsa.RSAPublicKey,
    begins: datetime,
    ends: datetime,
) -> x509.CertificateBuilder:
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(public)
        .serial_number(x509.random_serial_number())
        .not_valid_before(begins)
        .not_valid_after(ends)
    )


def _issuer_identifier(ca: x509.Certificate) -> x509.AuthorityKeyIdentifier:
    identifier = ca.extensions.get_extension_for_class(x509.SubjectKeyIdentifier).value
    return x509.AuthorityKeyIdentifier.from_issuer_subject_key_identifier(identifier)


def _spki(public: object) -> bytes:
    assert isinstance(public, ec.EllipticCurvePublicKey | rsa.RSAPublicKey)
    return public.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)


@contextlib.contextmanager
def _request(office: str) -> Iterator[None]:
    try:
        yield
    except (ValueError, TypeError, UnsupportedAlgorithm, InvalidSignature, AssertionError) as problem:
        raise RequestUnfit(office) from problem
