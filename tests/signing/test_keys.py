"""Keys and what officers sign with them; `cryptography` itself is the judge of our raw signatures."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, ed448, rsa
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature, encode_dss_signature
from hypothesis import given
from hypothesis import strategies as st

from kpdesk.domain.records import digest
from kpdesk.domain.trust import Algorithm, Approval, fingerprint, key_id
from kpdesk.signing import keys
from kpdesk.signing.approvals import sign_approval, verify_approval
from kpdesk.signing.keys import KeyPair, SealedKeyDamaged
from tests.vectors.practice import EDWARDS, OFFICE, PARTNER

SEALING = bytes(range(32))
APPROVAL = Approval(
    id="0192f0c4-0000-7000-8000-000000000001",
    action="certificate.issue",
    subject="0192f0c4-0000-7000-8000-000000000002",
    digest=digest("{}"),
    at=datetime(2026, 11, 22, 9, 14, 3, tzinfo=UTC),
    officer="o-0007",
)


def spki(key: object) -> bytes:
    return key.public_bytes(  # type: ignore[attr-defined, no-any-return]
        serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo
    )


P256, PRIME239 = (bytes.fromhex("2a8648ce3d0301") + bytes([last]) for last in (7, 4))
COMPRESSED = bytes.fromhex(
    "3039301306072a8648ce3d020106082a8648ce3d030107032200"
) + OFFICE.private.public_key().public_bytes(serialization.Encoding.X962, serialization.PublicFormat.CompressedPoint)
"""The same key in fewer bytes: another identity for one key."""


def test_generated_pairs_differ_and_hide_their_secret() -> None:
    one, other = KeyPair.generate(), KeyPair.generate()
    assert one.public != other.public
    assert "private" not in repr(one)
    assert one.kid == key_id(one.public)


def test_only_p256_makes_a_pair() -> None:
    with pytest.raises(ValueError, match="P-256"):
        KeyPair(ec.generate_private_key(ec.SECP384R1()))


@given(st.binary(max_size=80))
def test_raw_signature_is_good_elsewhere(message: bytes) -> None:
    signature = OFFICE.sign(message)
    assert len(signature) == 64
    der = encode_dss_signature(int.from_bytes(signature[:32], "big"), int.from_bytes(signature[32:], "big"))
    OFFICE.private.public_key().verify(der, message, ec.ECDSA(hashes.SHA256()))


def test_signature_made_elsewhere_is_good_here() -> None:
    r, s = decode_dss_signature(OFFICE.private.sign(b"text", ec.ECDSA(hashes.SHA256())))
    raw = r.to_bytes(32, "big") + s.to_bytes(32, "big")
    assert keys.verified(OFFICE.public, Algorithm.ES256, raw, b"text")


@pytest.mark.parametrize("signature", [b"", bytes(64), bytes([255]) * 64, bytes(63), bytes(65)])
def test_no_signature_at_all(signature: bytes) -> None:
    for public, algorithm in ((OFFICE.public, Algorithm.ES256), (EDWARDS.public, Algorithm.EDDSA)):
        assert not keys.verified(public, algorithm, signature, b"text")


@pytest.mark.parametrize(
    "public",
    [
        b"",
        OFFICE.public + b"\0",
        OFFICE.public[:-1],
        OFFICE.public.replace(P256, PRIME239),
        COMPRESSED,
        spki(ec.generate_private_key(ec.SECP384R1()).public_key()),
        spki(ed448.Ed448PrivateKey.generate().public_key()),
        spki(rsa.generate_private_key(65537, 2048).public_key()),
    ],
    ids=("empty", "longer", "shorter", "another curve", "compressed", "P-384", "Ed448", "RSA"),
)
def test_keys_that_are_not_ours(public: bytes) -> None:
    with pytest.raises(ValueError, match=r"."):
        keys.algorithm_of(public)
    assert not keys.verified(public, Algorithm.ES256, bytes(64), b"text")


def test_algorithm_of_a_key() -> None:
    assert keys.algorithm_of(OFFICE.public) is Algorithm.ES256
    assert keys.algorithm_of(EDWARDS.public) is Algorithm.EDDSA


def test_fingerprint_can_be_read_aloud() -> None:
    groups = fingerprint(OFFICE.public).split(" ")
    assert [len(group) for group in groups] == [8] * 8
    assert "".join(groups).startswith(OFFICE.kid.hex())


def test_sealed_key_comes_back() -> None:
    sealed = keys.seal(OFFICE, sealing_key=SEALING, owner="o-0007", purpose="approval")
    opened = keys.unseal(sealed, sealing_key=SEALING, owner="o-0007", purpose="approval", public=OFFICE.public)
    assert opened.public == OFFICE.public
    assert sealed != keys.seal(OFFICE, sealing_key=SEALING, owner="o-0007", purpose="approval")


@pytest.mark.parametrize(
    "changes",
    [
        {"sealing_key": bytes(32)},
        {"owner": "o-0008"},
        {"purpose": "code"},
        {"public": PARTNER.public},
        {"sealed": b""},
        {"sealed": bytes(100)},
    ],
)
def test_sealed_key_opens_for_nobody_else(changes: dict[str, object]) -> None:
    sealed = keys.seal(OFFICE, sealing_key=SEALING, owner="o-0007", purpose="approval")
    how = {"sealing_key": SEALING, "owner": "o-0007", "purpose": "approval", "public": OFFICE.public, "sealed": sealed}
    how |= changes
    with pytest.raises(SealedKeyDamaged):
        keys.unseal(how.pop("sealed"), **how)  # type: ignore[arg-type]


def test_approval_is_its_officers_alone() -> None:
    approval = sign_approval(APPROVAL, signer=OFFICE)
    assert verify_approval(approval, public=OFFICE.public)
    assert not verify_approval(approval, public=PARTNER.public)
    assert not verify_approval(replace(approval, kid=PARTNER.kid), public=PARTNER.public)
    assert not verify_approval(APPROVAL, public=OFFICE.public)


@pytest.mark.parametrize(
    "changes",
    [
        {"id": "0192f0c4-0000-7000-8000-000000000009"},
        {"action": "certificate.void"},
        {"subject": "another"},
        {"digest": digest("[]")},
        {"at": APPROVAL.at + timedelta(seconds=1)},
        {"officer": "o-0008"},
    ],
)
def test_any_change_kills_an_approval(changes: dict[str, object]) -> None:
    approval = sign_approval(APPROVAL, signer=OFFICE)
    assert not verify_approval(replace(approval, **changes), public=OFFICE.public)  # type: ignore[arg-type]


def test_approval_comes_back_from_its_record() -> None:
    approval = sign_approval(APPROVAL, signer=OFFICE)
    assert Approval.from_record(approval.record()) == approval


@pytest.mark.parametrize(
    "changes",
    [
        {"at": "2026-11-22T09:14:03+00:00"},
        {"at": "2026-11-22T09:14:03"},
        {"at": "yesterday"},
        {"key": "GG"},
        {"signature": "AB" * 64},
        {"more": "entries"},
        {"officer": 7},
    ],
)
def test_records_that_are_no_approvals(changes: dict[str, object]) -> None:
    record = sign_approval(APPROVAL, signer=OFFICE).record() | changes
    with pytest.raises(ValueError, match=r"."):
        Approval.from_record(record)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "at",
    [
        datetime(2026, 11, 22, 9, 14, 3, 1, tzinfo=UTC),
        datetime(2026, 11, 22, 9, 14, 3, tzinfo=timezone(timedelta(hours=2))),
    ],
)
def test_moments_of_approvals_are_utc_seconds(at: datetime) -> None:
    with pytest.raises(ValueError, match="UTC"):
        replace(APPROVAL, at=at)
