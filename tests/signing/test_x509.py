"""The certificate zoo: each odd certificate or list is refused for its own reason, and the two rules agree."""

import shutil
import subprocess
from datetime import timedelta
from functools import cache
from pathlib import Path

import pytest
from cryptography import x509 as cx
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from hypothesis import given
from hypothesis import strategies as st

from kpdesk.domain.outcomes import Trouble
from kpdesk.signing import revcheck, x509
from kpdesk.signing.keys import KeyPair
from kpdesk.signing.x509 import Role
from tests.practice_authority import NOW, OFFICE, Practice, practice


@pytest.fixture(scope="module")
def authority() -> Practice:
    return practice()


def check(
    authority: Practice,
    certificate: bytes,
    *,
    revocations: bytes | None = None,
    days: float = 0,
    office: str | None = OFFICE,
    roles: frozenset[Role] = x509.OFFICE,
    grace: timedelta = timedelta(0),
) -> revcheck.Leaf:
    return revcheck.check_leaf(
        certificate,
        authority=authority.authority,
        revocations=authority.revocations() if revocations is None else revocations,
        at=NOW + timedelta(days=days),
        roles=roles,
        office=office,
        grace=grace,
    )


def second(authority: Practice, certificate: bytes, *, revocations: bytes | None = None, days: float = 0) -> bool:
    return revcheck.second_opinion(
        certificate,
        authority=authority.authority,
        revocations=authority.revocations() if revocations is None else revocations,
        at=NOW + timedelta(days=days),
        role=Role.OFFICE_SOFTWARE,
    )


def serial(certificate: bytes) -> int:
    return x509.load(certificate).serial_number


def test_good_leaf_tells_office_role_and_age_of_the_answer(authority: Practice) -> None:
    leaf = check(authority, authority.certificate)
    assert (leaf.office, leaf.role, leaf.revocations) == (OFFICE, Role.OFFICE_SOFTWARE, NOW)
    assert leaf.serial == f"{serial(authority.certificate):x}"
    assert second(authority, authority.certificate)


def test_both_must_say_yes(authority: Practice, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(revcheck, "second_opinion", lambda *_, **__: False)
    with pytest.raises(revcheck.CertificateNotTrusted):
        check(authority, authority.certificate)


def test_encryption_leaf_is_for_encryption_alone(authority: Practice) -> None:
    encryption = authority.encryption_certificate
    assert check(authority, encryption, office="ZZ-AUTH", roles=frozenset({Role.ENCRYPTION})).role is Role.ENCRYPTION
    with pytest.raises(x509.CertificateUnfit):
        check(authority, encryption, office="ZZ-AUTH")


def test_expired(authority: Practice) -> None:
    late = authority.revocations(days=800)
    with pytest.raises(revcheck.CertificateExpired):
        check(authority, authority.certificate, revocations=late, days=800)
    assert not second(authority, authority.certificate, revocations=late, days=800)


def test_not_yet_valid(authority: Practice) -> None:
    early = authority.leaf(authority.office, days=3)
    with pytest.raises(revcheck.CertificateNotYetValid):
        check(authority, early)
    assert not second(authority, early)


def test_revoked(authority: Practice) -> None:
    listed = authority.revocations(serial(authority.certificate))
    with pytest.raises(revcheck.CertificateRevoked):
        check(authority, authority.certificate, revocations=listed)
    assert not second(authority, authority.certificate, revocations=listed)
    assert check(authority, authority.leaf(authority.office), revocations=listed).office == OFFICE


def test_reason_and_public_key_are_kept(authority: Practice) -> None:
    listed = x509.make_revocations(
        [x509.Revoked(7, NOW, cx.ReasonFlags.key_compromise)],
        authority=authority.authority,
        pair=authority.ca,
        number=2,
        at=NOW,
    )
    (entry,) = x509.load_revocations(listed)
    assert entry.extensions.get_extension_for_class(cx.CRLReason).value.reason is cx.ReasonFlags.key_compromise
    assert x509.public_key(authority.certificate) == authority.office.public
    assert x509.from_pem(x509.to_pem(authority.certificate)) == authority.certificate


def test_wrong_office(authority: Practice) -> None:
    other = authority.leaf(KeyPair.generate(), office="ZZ-NORTH")
    with pytest.raises(revcheck.CertificateOfAnother) as caught:
        check(authority, other)
    assert caught.value.facts["office"] == "ZZ-NORTH"
    assert check(authority, other, office=None).office == "ZZ-NORTH"


def test_wrong_policy(authority: Practice) -> None:
    receipts = authority.leaf(KeyPair.generate(), role=Role.RECEIPT)
    with pytest.raises(x509.CertificateUnfit):
        check(authority, receipts)
    assert check(authority, receipts, roles=frozenset({Role.RECEIPT})).role is Role.RECEIPT


def test_rogue_authority_of_the_same_name(authority: Practice) -> None:
    pair = KeyPair.generate()
    rogue = Practice(
        pair,
        x509.make_authority(pair, country="ZZ", name="Practice Authority", at=NOW - timedelta(days=30)),
        authority.office,
        b"",
        authority.encryption,
        b"",
    )
    forged = rogue.leaf(authority.office)
    for listed in (authority.revocations(), rogue.revocations()):
        with pytest.raises(revcheck.CertificateNotTrusted):
            check(authority, forged, revocations=listed)
        assert not second(authority, forged, revocations=listed)
    # and the rogue's list says nothing of our leaves
    with pytest.raises(revcheck.RevocationsMissing):
        check(authority, authority.certificate, revocations=rogue.revocations())
    assert not second(authority, authority.certificate, revocations=rogue.revocations())


def test_authority_of_another_name(authority: Practice) -> None:
    pair = KeyPair.generate()
    other = x509.make_authority(pair, country="XZ", name="Another Authority", at=NOW)
    request = x509.make_request(authority.office.private, office=OFFICE)
    leaf = x509.certify(request, authority=other, pair=pair, office=OFFICE, role=Role.OFFICE_SOFTWARE, at=NOW)
    with pytest.raises(revcheck.CertificateNotTrusted):
        check(authority, leaf)
    assert not second(authority, leaf)


@pytest.mark.parametrize("listed", [b"", b"\x30\x00", b"no list", b"\x30" * 5_000_000])
def test_no_list_of_revocations(authority: Practice, listed: bytes) -> None:
    with pytest.raises(revcheck.RevocationsMissing):
        check(authority, authority.certificate, revocations=listed)


def test_stale_list_and_its_grace(authority: Practice) -> None:
    with pytest.raises(revcheck.RevocationsStale):
        check(authority, authority.certificate, days=40)
    assert not second(authority, authority.certificate, days=40)
    assert check(authority, authority.certificate, days=40, grace=timedelta(days=55)).revocations == NOW
    with pytest.raises(revcheck.RevocationsStale):
        check(authority, authority.certificate, days=91, grace=timedelta(days=55))


def test_list_of_a_day_to_come(authority: Practice) -> None:
    listed = authority.revocations(days=2)
    with pytest.raises(revcheck.RevocationsStale):
        check(authority, authority.certificate, revocations=listed)


def test_list_for_a_part_of_the_certificates_only(authority: Practice) -> None:
    """A list with a scope (RFC 5280, 5.2.5) may leave the revoked one out: not ours."""
    ca = x509.load(authority.authority)
    scoped = (
        cx.CertificateRevocationListBuilder()
        .issuer_name(ca.subject)
        .last_update(NOW)
        .next_update(NOW + timedelta(days=35))
        .add_extension(cx.CRLNumber(9), critical=False)
        .add_extension(cx.IssuingDistributionPoint(None, None, False, True, None, False, False), critical=True)
        .sign(authority.ca.private, hashes.SHA256())
        .public_bytes(serialization.Encoding.DER)
    )
    with pytest.raises(revcheck.RevocationsMissing):
        check(authority, authority.certificate, revocations=scoped)


def odd_leaf(authority: Practice, public: object, **change: cx.ExtensionType | None) -> bytes:
    """A leaf from the CA's own key, with extensions that `certify` would never give."""
    ca = x509.load(authority.authority)
    good = {
        "constraints": cx.BasicConstraints(ca=False, path_length=None),
        "usage": x509.usage(Role.OFFICE_SOFTWARE),
        "policies": x509.policies(Role.OFFICE_SOFTWARE),
        "eku": cx.ExtendedKeyUsage([cx.oid.ExtendedKeyUsageOID.EMAIL_PROTECTION]),
        "identifier": cx.AuthorityKeyIdentifier.from_issuer_public_key(authority.ca.private.public_key()),
    }
    builder = (
        cx.CertificateBuilder()
        .subject_name(x509.load(authority.certificate).subject)
        .issuer_name(ca.subject)
        .public_key(public)  # type: ignore[arg-type]
        .serial_number(cx.random_serial_number())
        .not_valid_before(NOW)
        .not_valid_after(NOW + timedelta(days=9))
    )
    for extension in {**good, **change}.values():
        if extension is not None:
            builder = builder.add_extension(
                extension, critical=isinstance(extension, cx.BasicConstraints | cx.KeyUsage)
            )
    return builder.sign(authority.ca.private, hashes.SHA256()).public_bytes(serialization.Encoding.DER)


def test_odd_leaf_is_good_while_nothing_is_changed(authority: Practice) -> None:
    assert check(authority, odd_leaf(authority, authority.office.private.public_key())).office == OFFICE


@pytest.mark.parametrize(
    "change",
    [
        {"constraints": cx.BasicConstraints(ca=True, path_length=0)},
        {"usage": x509.usage(Role.ENCRYPTION)},
        {"usage": None},
        {"policies": None},
        {"eku": None},
        {"more": cx.IssuerAlternativeName([cx.DNSName("practice.invalid")])},
        {"eku": cx.ExtendedKeyUsage([cx.oid.ExtendedKeyUsageOID.CODE_SIGNING])},
    ],
)
def test_leaf_made_for_something_else(authority: Practice, change: dict[str, cx.ExtensionType | None]) -> None:
    with pytest.raises(x509.CertificateUnfit):
        check(authority, odd_leaf(authority, authority.office.private.public_key(), **change))


def test_leaf_that_names_another_key_of_the_ca(authority: Practice) -> None:
    other = cx.AuthorityKeyIdentifier(b"another", None, None)
    with pytest.raises(revcheck.CertificateNotTrusted):
        check(authority, odd_leaf(authority, authority.office.private.public_key(), identifier=other))


@pytest.mark.parametrize(
    "key",
    [
        rsa.generate_private_key(public_exponent=65537, key_size=1024),
        ec.generate_private_key(ec.SECP256K1()),
    ],
)
def test_weak_or_odd_key(authority: Practice, key: rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey) -> None:
    with pytest.raises(x509.CertificateUnfit):
        check(authority, odd_leaf(authority, key.public_key()))
    with pytest.raises(x509.RequestUnfit):
        x509.certify(
            x509.make_request(key, office=OFFICE),
            authority=authority.authority,
            pair=authority.ca,
            office=OFFICE,
            role=Role.OFFICE_SOFTWARE,
            at=NOW,
        )


@pytest.mark.skipif(
    not shutil.which("openssl"), reason="openssl makes the SHA-1 certificate that our library refuses to"
)
def test_sha1(authority: Practice, tmp_path: Path) -> None:
    (tmp_path / "ca.pem").write_bytes(x509.to_pem(authority.authority))
    (tmp_path / "ca.key").write_bytes(
        authority.ca.private.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
    )
    request = cx.load_der_x509_csr(x509.make_request(authority.office.private, office=OFFICE))
    (tmp_path / "leaf.csr").write_bytes(request.public_bytes(serialization.Encoding.PEM))
    command = "openssl x509 -req -in leaf.csr -CA ca.pem -CAkey ca.key -sha1 -days 9000 -set_serial 7 -outform DER"
    made = subprocess.run([*command.split(), "-out", "leaf.der"], cwd=tmp_path, capture_output=True)
    assert made.returncode == 0, made.stderr
    with pytest.raises(x509.CertificateUnfit):
        check(authority, (tmp_path / "leaf.der").read_bytes(), days=3000)


def test_pinned_certificate_must_be_a_ca(authority: Practice) -> None:
    with pytest.raises(Trouble):
        revcheck.check_leaf(
            authority.certificate,
            authority=authority.certificate,
            revocations=authority.revocations(),
            at=NOW,
            roles=x509.OFFICE,
        )


def test_request_of_another_office_or_altered(authority: Practice) -> None:
    request = x509.make_request(authority.office.private, office=OFFICE)
    assert len(x509.request_key(request)) == 32
    altered = request[:-1] + bytes([request[-1] ^ 1])
    for odd, office in ((request, "ZZ-NORTH"), (altered, OFFICE), (b"", OFFICE)):
        with pytest.raises(x509.RequestUnfit):
            x509.certify(
                odd, authority=authority.authority, pair=authority.ca, office=office, role=Role.OFFICE_TOKEN, at=NOW
            )


@cache
def list_of_the_day() -> bytes:
    """ECDSA is random, and hypothesis wants the same start each time."""
    return practice().revocations()


@given(st.data())
def test_mutated_certificates_and_lists_raise_troubles_only(data: st.DataObject) -> None:
    authority = practice()
    which = data.draw(st.sampled_from(["certificate", "revocations"]))
    whole = authority.certificate if which == "certificate" else list_of_the_day()
    place = data.draw(st.integers(0, len(whole) - 1))
    odd = whole[:place] + data.draw(st.binary(max_size=3)) + whole[place + data.draw(st.integers(0, 4)) :]
    if odd == whole:
        return
    certificate, listed = (odd, None) if which == "certificate" else (authority.certificate, odd)
    with pytest.raises(Trouble):
        check(authority, certificate, revocations=listed)
