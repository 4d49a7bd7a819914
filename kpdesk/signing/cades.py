"""The signature of a batch or a receipt: CAdES-B-B, detached (EN 319 122-1), one signer, one form.

The signed attributes are contentType, signingTime, messageDigest and signingCertificateV2. A verifier takes the few
values out of a signature, builds it again from them and compares bytes; so there is no BER, no second signer, no
unsigned attribute and nothing else to be understood in two ways.
"""

import hashlib
from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.serialization import Encoding

from kpdesk.domain.outcomes import Trouble
from kpdesk.signing.der import OCTETS, SEQUENCE, SET, Element, element, elements, integer, set_of
from kpdesk.signing.keys import Signer, encode_public
from kpdesk.signing.revcheck import Leaf, check_leaf
from kpdesk.signing.x509 import CertificateUnreadable, Role, load

MOST_BYTES = 64 * 1024
_DATA = bytes.fromhex("06092a864886f70d010701")
_SIGNED_DATA = bytes.fromhex("06092a864886f70d010702")
_CONTENT_TYPE = bytes.fromhex("06092a864886f70d010903")
_MESSAGE_DIGEST = bytes.fromhex("06092a864886f70d010904")
_SIGNING_TIME = bytes.fromhex("06092a864886f70d010905")
_SIGNING_CERTIFICATE_V2 = bytes.fromhex("060b2a864886f70d010910022f")
_SHA256 = bytes.fromhex("300b0609608648016503040201")
_ECDSA_SHA256 = bytes.fromhex("300a06082a8648ce3d040302")
_UTC_TIME, _GENERALIZED_TIME = 0x17, 0x18
_SHORT_YEARS = range(1950, 2050)
_CONTEXT_0, _CONTEXT_4 = 0xA0, 0xA4


@dataclass(eq=False)
class SignatureBroken(Trouble):
    """The signature is damaged, or it is not over these bytes."""


@dataclass(frozen=True, slots=True)
class Signature:
    """A signature that stands."""

    signer: Leaf
    signed: datetime
    """When, by the signer's own clock, to the second."""


def sign_cades(data: bytes, *, certificate: bytes, signer: Signer, at: datetime) -> bytes:
    """The signature over `data` by the key of this certificate (P-256); ValueError if it is another's key."""
    leaf = load(certificate)
    public = leaf.public_key()
    if not isinstance(public, ec.EllipticCurvePublicKey) or encode_public(public) != signer.public:
        raise ValueError("the certificate is of another key")
    attributes = _attributes(leaf, data, _time(at))
    raw = signer.sign(attributes)
    half = len(raw) // 2
    value = encode_dss_signature(int.from_bytes(raw[:half], "big"), int.from_bytes(raw[half:], "big"))
    return _form(leaf, attributes, value)


def verify_cades(
    signature: bytes,
    data: bytes,
    *,
    authority: bytes,
    revocations: bytes | None,
    at: datetime,
    roles: Collection[Role],
    office: str | None = None,
    grace: timedelta = timedelta(0),
) -> Signature:
    """Who signed `data`, if the signature is whole and its certificate counted at `at`, the time of receipt.

    Raises SignatureBroken and what `check_leaf` raises.
    """
    leaf, attributes, value, signed = _read(signature, data)
    key = leaf.public_key()
    if not isinstance(key, ec.EllipticCurvePublicKey):
        raise SignatureBroken
    try:
        key.verify(value, attributes, ec.ECDSA(hashes.SHA256()))
    except InvalidSignature as problem:
        raise SignatureBroken from problem
    answer = check_leaf(
        leaf.public_bytes(Encoding.DER),
        authority=authority,
        revocations=revocations,
        at=at,
        roles=roles,
        office=office,
        grace=grace,
    )
    return Signature(answer, signed)


def _read(signature: bytes, data: bytes) -> tuple[x509.Certificate, bytes, bytes, datetime]:
    """The signer's certificate, the attributes signed, the signature's value and time, when these make up all of it."""
    if len(signature) > MOST_BYTES:
        raise SignatureBroken
    try:
        _kind, content = elements(elements(signature)[0].content)
        _version, _digests, _data, certificates, signers = elements(elements(content.content)[0].content)
        _version, _holder, _digest, signed, _algorithm, value = elements(elements(signers.content)[0].content)
        [time] = [each.content[len(_SIGNING_TIME) :] for each in elements(signed.content) if _is_time(each)]
        time = elements(time)[0].content
        leaf = load(certificates.content)
        attributes = _attributes(leaf, data, time)
        whole = _form(leaf, attributes, value.content) == signature
        moment = _moment(elements(time)[0])
    except (ValueError, LookupError, CertificateUnreadable) as problem:
        raise SignatureBroken from problem
    if not whole:
        raise SignatureBroken
    return leaf, attributes, value.content, moment


def _is_time(attribute: Element) -> bool:
    return attribute.content.startswith(_SIGNING_TIME)


def _attributes(leaf: x509.Certificate, data: bytes, time: bytes) -> bytes:
    """The attributes as they are signed: a SET, sorted."""
    holder = element(SEQUENCE, element(SEQUENCE, element(_CONTEXT_4, leaf.issuer.public_bytes())), _serial(leaf))
    identifier = element(SEQUENCE, element(OCTETS, leaf.fingerprint(hashes.SHA256())), holder)
    return set_of(
        _attribute(_CONTENT_TYPE, _DATA),
        _attribute(_SIGNING_TIME, time),
        _attribute(_MESSAGE_DIGEST, element(OCTETS, hashlib.sha256(data).digest())),
        _attribute(_SIGNING_CERTIFICATE_V2, element(SEQUENCE, element(SEQUENCE, identifier))),
    )


def _attribute(kind: bytes, value: bytes) -> bytes:
    return element(SEQUENCE, kind, set_of(value))


def _form(leaf: x509.Certificate, attributes: bytes, value: bytes) -> bytes:
    """The one form of a signature with these attributes and this value (RFC 5652)."""
    signer = element(
        SEQUENCE,
        integer(1),
        element(SEQUENCE, leaf.issuer.public_bytes(), _serial(leaf)),
        _SHA256,
        bytes([_CONTEXT_0]) + attributes[1:],
        _ECDSA_SHA256,
        element(OCTETS, value),
    )
    signed = element(
        SEQUENCE,
        integer(1),
        element(SET, _SHA256),
        element(SEQUENCE, _DATA),
        element(_CONTEXT_0, leaf.public_bytes(Encoding.DER)),
        element(SET, signer),
    )
    return element(SEQUENCE, _SIGNED_DATA, element(_CONTEXT_0, signed))


def _serial(leaf: x509.Certificate) -> bytes:
    return integer(leaf.serial_number)


def _time(at: datetime) -> bytes:
    """UTCTime up to 2049, as CMS demands, then GeneralizedTime."""
    text = at.astimezone(UTC).strftime("%Y%m%d%H%M%SZ")
    if at.year in _SHORT_YEARS:
        return element(_UTC_TIME, text[2:].encode())
    return element(_GENERALIZED_TIME, text.encode())


def _moment(time: Element) -> datetime:
    text = time.content.decode("ascii")
    if time.tag == _UTC_TIME:
        text = ("19" if text[:2] >= "50" else "20") + text
    moment = datetime.strptime(text, "%Y%m%d%H%M%SZ").replace(tzinfo=UTC)
    if _time(moment) != time.whole:
        raise ValueError("not the one form of this time")
    return moment
