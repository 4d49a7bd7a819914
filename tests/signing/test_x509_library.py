"""What pyhanko-certvalidator gets wrong, so that we notice when it changes: why our own rule stands beside it.

If a test here fails after an update, the library was mended (or broke otherwise): look at `revcheck.second_opinion`.
"""

import asyncio
from datetime import timedelta

import pytest
from asn1crypto import crl
from asn1crypto import x509 as asn1
from cryptography import x509 as cx
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePrivateKey
from cryptography.hazmat.primitives.serialization import Encoding
from pyhanko_certvalidator import CertificateValidator, ValidationContext, errors

from kpdesk.signing import revcheck, x509
from kpdesk.signing.keys import KeyPair
from kpdesk.signing.x509 import Role
from tests.practice_authority import NOW, practice


def accepted(leaf: bytes, *, root: bytes, others: tuple[bytes, ...] = (), lists: list[bytes], mode: str) -> bool:
    context = ValidationContext(
        trust_roots=[asn1.Certificate.load(root)],
        other_certs=[asn1.Certificate.load(other) for other in others],
        crls=[crl.CertificateList.load(each) for each in lists],
        moment=NOW,
        revocation_mode=mode,
        allow_fetching=False,
    )
    validator = CertificateValidator(asn1.Certificate.load(leaf), validation_context=context)
    try:
        asyncio.run(validator.async_validate_usage({"digital_signature"}))
    except (errors.ValidationError, errors.PathError):
        return False
    return True


def test_hard_fail_takes_a_revoked_signer() -> None:
    authority = practice()
    listed = authority.revocations(x509.load(authority.certificate).serial_number)
    assert accepted(authority.certificate, root=authority.authority, lists=[listed], mode="hard-fail")
    assert not accepted(authority.certificate, root=authority.authority, lists=[listed], mode="require")


class Chain:
    """Root, two issuing CAs, a leaf under the first: the shape that our one CA avoids."""

    def __init__(self) -> None:
        self.keys = {name: KeyPair.generate().private for name in ("root", "one", "two", "leaf")}
        self.root = self.certificate("root", issuer="root", ca=True)
        self.issuing = self.certificate("one", issuer="root", ca=True), self.certificate("two", issuer="root", ca=True)
        self.leaf = self.certificate("leaf", issuer="one", ca=False)

    def certificate(self, name: str, *, issuer: str, ca: bool) -> bytes:
        public = self.keys[name].public_key()
        usage = cx.KeyUsage(not ca, not ca, False, False, False, ca, ca, False, False)
        return (
            cx.CertificateBuilder()
            .subject_name(_name(name))
            .issuer_name(_name(issuer))
            .public_key(public)
            .serial_number(cx.random_serial_number())
            .not_valid_before(NOW - timedelta(days=3))
            .not_valid_after(NOW + timedelta(days=300))
            .add_extension(cx.BasicConstraints(ca, None), critical=True)
            .add_extension(usage, critical=True)
            .add_extension(cx.SubjectKeyIdentifier.from_public_key(public), critical=False)
            .add_extension(_identifier(self.keys[issuer]), critical=False)
            .sign(self.keys[issuer], hashes.SHA256())
            .public_bytes(Encoding.DER)
        )

    def revocations(self, name: str, *, days: int = 0, key: str = "") -> bytes:
        return (
            cx.CertificateRevocationListBuilder()
            .issuer_name(_name(name))
            .last_update(NOW + timedelta(days=days))
            .next_update(NOW + timedelta(days=days + 35))
            .add_extension(cx.CRLNumber(1), critical=False)
            .add_extension(_identifier(self.keys[name]), critical=False)
            .sign(self.keys[key or name], hashes.SHA256())
            .public_bytes(Encoding.DER)
        )


def _name(name: str) -> cx.Name:
    return cx.Name([cx.NameAttribute(cx.NameOID.COMMON_NAME, name)])


def _identifier(key: EllipticCurvePrivateKey) -> cx.AuthorityKeyIdentifier:
    return cx.AuthorityKeyIdentifier.from_issuer_public_key(key.public_key())


@pytest.mark.parametrize("kind", ["missing", "stale", "forged"])
def test_unrelated_list_hides_what_is_wrong_with_the_root_s(kind: str) -> None:
    chain = Chain()
    root = {
        "missing": [],
        "stale": [chain.revocations("root", days=-60)],
        "forged": [chain.revocations("root", key="two")],
    }[kind]
    lists = [chain.revocations("one"), *root]
    assert not accepted(chain.leaf, root=chain.root, others=chain.issuing[:1], lists=lists, mode="require")
    hidden = [*lists, chain.revocations("two")]
    assert accepted(chain.leaf, root=chain.root, others=chain.issuing, lists=hidden, mode="require")


@pytest.mark.parametrize("kind", ["missing", "stale", "forged"])
def test_our_one_link_has_nothing_to_hide_behind(kind: str) -> None:
    authority, other = practice(), Chain()
    forged = x509.make_revocations([], authority=authority.authority, pair=KeyPair.generate(), number=1, at=NOW)
    ours = {"missing": b"", "stale": authority.revocations(days=-60), "forged": forged}[kind]
    lists = [*filter(None, [ours]), other.revocations("root")]
    assert not accepted(
        authority.certificate, root=authority.authority, others=(other.root,), lists=lists, mode="require"
    )
    for listed in (ours, other.revocations("root")):
        with pytest.raises((revcheck.RevocationsMissing, revcheck.RevocationsStale)):
            revcheck.check_leaf(
                authority.certificate,
                authority=authority.authority,
                revocations=listed,
                at=NOW,
                roles={Role.OFFICE_SOFTWARE},
            )
