"""One form of signature: made, proved by us and by openssl, and refused when a single bit differs."""

import shutil
import subprocess
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path

import pytest
from asn1crypto import cms, tsp
from hypothesis import given
from hypothesis import strategies as st

from kpdesk.domain.outcomes import Trouble
from kpdesk.signing import cades, revcheck, x509
from kpdesk.signing.keys import KeyPair
from kpdesk.signing.x509 import Role
from tests.practice_authority import NOW, OFFICE, Practice, practice

DATA = b"<manifest/>\n"


@cache
def signature_of_the_day() -> bytes:
    """ECDSA is random, and hypothesis wants the same start each time."""
    return practice().sign(DATA)


@pytest.fixture(scope="module")
def authority() -> Practice:
    return practice()


def test_signer_and_time_come_back(authority: Practice) -> None:
    answer = authority.verify(authority.sign(DATA), DATA)
    assert (answer.signer.office, answer.signer.role, answer.signed) == (OFFICE, Role.OFFICE_SOFTWARE, NOW)


def test_profile(authority: Practice) -> None:
    assert tsp.SigningCertificateV2  # imported for its name to be known
    signed = cms.ContentInfo.load(authority.sign(DATA), strict=True)["content"]
    info = signed["signer_infos"][0]
    names = {each["type"].native for each in info["signed_attrs"]}
    assert names == {"content_type", "signing_time", "message_digest", "signing_certificate_v2"}
    assert signed["encap_content_info"]["content"].native is None
    assert [each.chosen.dump() for each in signed["certificates"]] == [authority.certificate]
    assert len(info["unsigned_attrs"]) == 0


def test_years_beyond_two_digits() -> None:
    pair = KeyPair.generate()
    at = datetime(2051, 1, 2, tzinfo=UTC)
    ca = x509.make_authority(pair, country="ZZ", name="Practice Authority", at=at)
    office = KeyPair.generate()
    certificate = x509.certify(
        x509.make_request(office.private, office=OFFICE),
        authority=ca,
        pair=pair,
        office=OFFICE,
        role=Role.OFFICE_TOKEN,
        at=at,
    )
    listed = x509.make_revocations([], authority=ca, pair=pair, number=1, at=at)
    signature = cades.sign_cades(DATA, certificate=certificate, signer=office, at=at)
    answer = cades.verify_cades(signature, DATA, authority=ca, revocations=listed, at=at, roles=x509.OFFICE)
    assert answer.signed == at


def test_other_bytes(authority: Practice) -> None:
    with pytest.raises(cades.SignatureBroken):
        authority.verify(authority.sign(DATA), DATA + b" ")


def test_other_key_than_the_certificate_names(authority: Practice) -> None:
    with pytest.raises(ValueError, match="another key"):
        cades.sign_cades(DATA, certificate=authority.certificate, signer=KeyPair.generate(), at=NOW)


def test_certificate_swapped_for_another_of_the_same_key(authority: Practice) -> None:
    """signingCertificateV2: a second certificate of the key, of a higher level, cannot take its place."""
    whole = authority.sign(DATA)
    twin = authority.leaf(authority.office, role=Role.OFFICE_TOKEN)
    with pytest.raises(cades.SignatureBroken):
        authority.verify(whole.replace(authority.certificate, twin), DATA)


def test_certificate_whose_key_signs_nothing(authority: Practice) -> None:
    """A right form around an RSA certificate: no value can be right."""
    leaf = x509.load(authority.encryption_certificate)
    attributes = cades._attributes(leaf, DATA, cades._time(NOW))
    with pytest.raises(cades.SignatureBroken):
        authority.verify(cades._form(leaf, attributes, bytes(70)), DATA)


def test_revoked_signer_and_wrong_office(authority: Practice) -> None:
    common = {"authority": authority.authority, "at": NOW, "roles": x509.OFFICE}
    signature = authority.sign(DATA)
    listed = authority.revocations(x509.load(authority.certificate).serial_number)
    with pytest.raises(revcheck.CertificateRevoked):
        cades.verify_cades(signature, DATA, revocations=listed, **common)
    with pytest.raises(revcheck.CertificateOfAnother):
        cades.verify_cades(signature, DATA, revocations=authority.revocations(), office="ZZ-NORTH", **common)


def second_signer(signature: bytes) -> bytes:
    content = cms.ContentInfo.load(signature)
    infos = content["content"]["signer_infos"]
    infos.append(infos[0].copy())
    return bytes(content.dump(force=True))


def no_signer(signature: bytes) -> bytes:
    content = cms.ContentInfo.load(signature)
    content["content"]["signer_infos"] = []
    return bytes(content.dump(force=True))


def unsigned_attribute(signature: bytes) -> bytes:
    content = cms.ContentInfo.load(signature)
    attribute = cms.CMSAttribute({"type": "1.2.3.4", "values": []})
    content["content"]["signer_infos"][0]["unsigned_attrs"] = [attribute]
    return bytes(content.dump(force=True))


def attached(signature: bytes) -> bytes:
    content = cms.ContentInfo.load(signature)
    content["content"]["encap_content_info"] = {"content_type": "data", "content": DATA}
    return bytes(content.dump(force=True))


def indefinite_length(signature: bytes) -> bytes:
    """BER where DER is due."""
    return b"\x30\x80" + signature[4:] + b"\0\0"


def trailing(signature: bytes) -> bytes:
    return signature + b"\0"


def large(signature: bytes) -> bytes:
    return signature + bytes(cades.MOST_BYTES)


@pytest.mark.parametrize(
    "change", [second_signer, no_signer, unsigned_attribute, attached, indefinite_length, trailing, large]
)
def test_other_forms(authority: Practice, change: object) -> None:
    odd = change(authority.sign(DATA))  # type: ignore[operator]
    with pytest.raises(cades.SignatureBroken):
        authority.verify(odd, DATA)


def test_every_byte_counts(authority: Practice) -> None:
    whole = authority.sign(DATA)
    for place in range(len(whole)):
        with pytest.raises(Trouble):
            authority.verify(whole[:place] + bytes([whole[place] ^ 0x21]) + whole[place + 1 :], DATA)


@given(st.data())
def test_mutated_signatures_raise_troubles_only(data: st.DataObject) -> None:
    authority, whole = practice(), signature_of_the_day()
    place = data.draw(st.integers(0, len(whole) - 1))
    odd = whole[:place] + data.draw(st.binary(max_size=6)) + whole[place + data.draw(st.integers(0, 6)) :]
    if odd != whole:
        with pytest.raises(Trouble):
            authority.verify(odd, DATA)


@given(st.binary(max_size=200))
def test_any_bytes_raise_troubles_only(odd: bytes) -> None:
    with pytest.raises(Trouble):
        practice().verify(odd, DATA)


@pytest.mark.skipif(not shutil.which("openssl"), reason="openssl is not installed")
@pytest.mark.parametrize(("listed", "days", "good"), [((), 0, True), (("ours",), 0, False), ((), 40, False)])
def test_openssl_agrees(authority: Practice, tmp_path: Path, listed: tuple[str, ...], days: int, good: bool) -> None:
    serials = [x509.load(authority.certificate).serial_number for _ in listed]
    (tmp_path / "trust.pem").write_bytes(x509.trust_pem(authority.authority, authority.revocations(*serials)))
    (tmp_path / "manifest").write_bytes(DATA)
    (tmp_path / "signature").write_bytes(authority.sign(DATA))
    when = str(int((NOW + timedelta(days=days)).timestamp()))
    command = "openssl cms -verify -cades -crl_check_all -binary -inform DER -in signature -content manifest"
    ran = subprocess.run(
        [*command.split(), "-CAfile", "trust.pem", "-attime", when, "-out", "out"], cwd=tmp_path, capture_output=True
    )
    assert (ran.returncode == 0) is good, ran.stderr
    if good:
        assert b"CAdES Verification successful" in ran.stderr
