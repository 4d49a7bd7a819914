"""Whether a certificate counts on a day: our own rule for the one link CA → leaf, and a library's second opinion.

Both must say yes. The library alone was not enough: its `hard-fail` mode took a revoked signer, and an unrelated list
of revocations in its pool hid that the right one was missing, stale or forged. So exactly the pinned CA's list counts,
and none that came with a message.
"""

import asyncio
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID

from kpdesk.domain.outcomes import Trouble
from kpdesk.signing.x509 import (
    CertificateUnfit,
    CertificateUnreadable,
    Role,
    fit_key,
    load,
    load_revocations,
    policies,
    readable,
    serial,
    units,
    usage,
)

_HASHES = (hashes.SHA256, hashes.SHA384, hashes.SHA512)
_LIST_EXTENSIONS = (x509.CRLNumber, x509.AuthorityKeyIdentifier)
_MOST_LIST = 4 * 1024**2
SKEW = timedelta(minutes=5)
"""By how much two honest clocks may differ."""


@dataclass(eq=False)
class CertificateNotTrusted(Trouble):
    """The certificate is not from the Authority that this office pinned."""

    serial: str


@dataclass(eq=False)
class CertificateNotYetValid(Trouble):
    """The certificate counts from a later day; or this computer's clock is behind."""

    serial: str
    begins: str


@dataclass(eq=False)
class CertificateExpired(Trouble):
    """The certificate counted until an earlier day."""

    serial: str
    ended: str


@dataclass(eq=False)
class CertificateRevoked(Trouble):
    """The Authority has revoked the certificate."""

    serial: str
    since: str


@dataclass(eq=False)
class CertificateOfAnother(Trouble):
    """The certificate belongs to another office."""

    serial: str
    office: str
    wanted: str


@dataclass(eq=False)
class RevocationsMissing(Trouble):
    """There is no list of revocations signed by the pinned Authority."""


@dataclass(eq=False)
class RevocationsStale(Trouble):
    """The list of revocations should have been renewed, or is from a day that has not come."""

    renewal: str


@dataclass(frozen=True, slots=True)
class Leaf:
    """A certificate that counts."""

    serial: str
    """Hexadecimal."""
    office: str
    """Its OU."""
    role: Role
    ends: datetime
    revocations: datetime
    """When the list of revocations that was asked was made: how old the answer is."""


def check_leaf(
    certificate: bytes,
    *,
    authority: bytes,
    revocations: bytes | None,
    at: datetime,
    roles: Collection[Role],
    office: str | None = None,
    grace: timedelta = timedelta(0),
) -> Leaf:
    """What this certificate is, if it counts at `at` under the pinned CA for one of `roles` (and this office).

    `grace` is by how much the list of revocations may be overdue: an office offline allows some weeks and shows the
    age, the Authority none. Raises CertificateNotTrusted, …NotYetValid, …Expired, …Revoked, …Unfit, …OfAnother,
    …Unreadable, RevocationsMissing, RevocationsStale.
    """
    leaf, ca = load(certificate), load(authority)
    with readable():
        _check_authority(ca, at)
        _check_issuer(leaf, ca)
        _check_dates(leaf, at)
        role = _role(leaf, roles)
        made, overdue = _check_revocations(leaf, ca, revocations, at, grace)
        named = units(leaf.subject)
    if len(named) != 1 or (office is not None and named != [office]):
        raise CertificateOfAnother(serial(leaf), ascii(", ".join(named)[:40])[1:-1], office or "")
    assert revocations is not None
    if not second_opinion(certificate, authority=authority, revocations=revocations, at=at - overdue, role=role):
        raise CertificateNotTrusted(serial(leaf))
    return Leaf(serial(leaf), named[0], role, leaf.not_valid_after_utc, made)


def _check_authority(ca: x509.Certificate, at: datetime) -> None:
    constraints = ca.extensions.get_extension_for_class(x509.BasicConstraints).value
    allowed = ca.extensions.get_extension_for_class(x509.KeyUsage).value
    if not (constraints.ca and allowed.key_cert_sign and allowed.crl_sign):
        raise CertificateUnfit(serial(ca))
    _check_dates(ca, at)


def _check_issuer(leaf: x509.Certificate, ca: x509.Certificate) -> None:
    try:
        if not isinstance(leaf.signature_hash_algorithm, _HASHES):
            raise CertificateUnfit(serial(leaf))
        leaf.verify_directly_issued_by(ca)
        identifier = leaf.extensions.get_extension_for_class(x509.AuthorityKeyIdentifier).value.key_identifier
        if identifier != ca.extensions.get_extension_for_class(x509.SubjectKeyIdentifier).value.digest:
            raise CertificateNotTrusted(serial(leaf))
    except (InvalidSignature, ValueError, TypeError, x509.ExtensionNotFound) as problem:
        raise CertificateNotTrusted(serial(leaf)) from problem


def _check_dates(certificate: x509.Certificate, at: datetime) -> None:
    if at + SKEW < certificate.not_valid_before_utc:
        raise CertificateNotYetValid(serial(certificate), _day(certificate.not_valid_before_utc))
    if at > certificate.not_valid_after_utc:
        raise CertificateExpired(serial(certificate), _day(certificate.not_valid_after_utc))


def _role(leaf: x509.Certificate, roles: Collection[Role]) -> Role:
    """Exactly the extensions of one of these roles, nothing more and nothing less."""
    found = leaf.extensions
    for role in roles:
        wanted: dict[x509.ObjectIdentifier, x509.ExtensionType] = {
            each.oid: each
            for each in (
                x509.BasicConstraints(ca=False, path_length=None),
                usage(role),
                policies(role),
            )
        }
        if role is not Role.ENCRYPTION:
            wanted[x509.ExtendedKeyUsage.oid] = x509.ExtendedKeyUsage([ExtendedKeyUsageOID.EMAIL_PROTECTION])
        others = {x509.SubjectKeyIdentifier.oid, x509.AuthorityKeyIdentifier.oid}
        same = {each.oid: each.value for each in found if each.oid not in others} == wanted
        if same and fit_key(leaf.public_key(), role):
            return role
    raise CertificateUnfit(serial(leaf))


def _check_revocations(
    leaf: x509.Certificate, ca: x509.Certificate, revocations: bytes | None, at: datetime, grace: timedelta
) -> tuple[datetime, timedelta]:
    """When the list was made, and by how much it is overdue."""
    if not revocations or len(revocations) > _MOST_LIST:
        raise RevocationsMissing
    try:
        listed = load_revocations(revocations)
    except CertificateUnreadable as problem:
        raise RevocationsMissing from problem
    key = ca.public_key()
    if (
        not isinstance(key, ec.EllipticCurvePublicKey)
        or listed.issuer != ca.subject
        or not isinstance(listed.signature_hash_algorithm, _HASHES)
        or not all(isinstance(each.value, _LIST_EXTENSIONS) for each in listed.extensions)
        or not listed.is_signature_valid(key)
    ):
        raise RevocationsMissing
    revoked = listed.get_revoked_certificate_by_serial_number(leaf.serial_number)
    if revoked is not None:
        raise CertificateRevoked(serial(leaf), _day(revoked.revocation_date_utc))
    renewal = listed.next_update_utc
    if renewal is None or listed.last_update_utc > at + SKEW or renewal + grace < at:
        raise RevocationsStale(_day(renewal or listed.last_update_utc))
    return listed.last_update_utc, max(at - renewal, timedelta(0))


def second_opinion(certificate: bytes, *, authority: bytes, revocations: bytes, at: datetime, role: Role) -> bool:
    """What pyhanko-certvalidator says, in `require` mode and with nothing but the pinned CA and its own list."""
    from asn1crypto import crl
    from asn1crypto import x509 as asn1
    from pyhanko_certvalidator import CertificateValidator, ValidationContext, errors

    context = ValidationContext(
        trust_roots=[asn1.Certificate.load(authority)],
        crls=[crl.CertificateList.load(revocations)],
        moment=at,
        revocation_mode="require",
        allow_fetching=False,
        weak_hash_algos={"md2", "md5", "sha1"},
        time_tolerance=SKEW,
    )
    validator = CertificateValidator(asn1.Certificate.load(certificate), validation_context=context)
    needed = {"key_encipherment"} if role is Role.ENCRYPTION else {"digital_signature", "non_repudiation"}
    try:
        asyncio.run(validator.async_validate_usage(needed))  # type: ignore[no-untyped-call]
    except (errors.ValidationError, errors.PathError, ValueError, TypeError):
        return False
    return True


def _day(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%d")
