"""Canonical CBOR and COSE_Sign1, with `cbor2` and `cryptography` as judges."""

import cbor2
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpdesk.domain.trust import Algorithm, key_id
from kpdesk.signing.cbor import Malformed, decode, encode, loosely
from kpdesk.signing.signature import open1, sign1
from tests.vectors.practice import EDWARDS, OFFICE, PARTNER

ITEMS = st.recursive(
    st.integers(-(2**64), 2**64 - 1) | st.text(max_size=30) | st.binary(max_size=300) | st.booleans() | st.none(),
    lambda inner: st.lists(inner, max_size=5) | st.dictionaries(st.integers(-70_000, 70_000), inner, max_size=5),
    max_leaves=20,
)


@given(ITEMS)
def test_comes_back(item: object) -> None:
    assert decode(encode(item)) == item  # type: ignore[arg-type]


@given(st.binary(max_size=80))
def test_no_bytes_raise_but_malformed(data: bytes) -> None:
    try:
        item = decode(data)
    except Malformed:
        return
    assert encode(item) == data


@pytest.mark.parametrize(
    "data",
    [
        "1801",
        "190001",
        "0102",
        "5f4101ff",
        "9f01ff",
        "a2020101ff",
        "a20102" + "0101",
        "a201010202" + "00",
        "a202010102",
        "a201010101",
        "c482" + "0001",
        "c101",
        "d81c80",
        "61ff",
        "f9",
        "9b0fffffffffffffff00",
        "5b0fffffffffffffff00",
        "",
    ],
)
def test_not_canonical(data: str) -> None:
    with pytest.raises(Malformed):
        decode(bytes.fromhex(data))


def test_deep_nesting_stops() -> None:
    with pytest.raises(Malformed):
        loosely(b"\x81" * 100 + b"\x00")


@pytest.mark.parametrize("signer", [OFFICE, EDWARDS], ids=["es256", "eddsa"])
def test_signed_and_opened(signer: object) -> None:
    data = sign1(b"payload", signer=signer, kid=b"12345678", content_type="text/x")  # type: ignore[arg-type]
    signed = open1(data)
    assert (signed.payload, signed.kid, signed.content_type) == (b"payload", b"12345678", "text/x")
    algorithm, public = signer.algorithm, signer.public  # type: ignore[attr-defined]
    assert signed.algorithm is algorithm
    assert signed.verified(public, algorithm)
    assert not signed.verified(PARTNER.public, algorithm)
    other = Algorithm.EDDSA if algorithm is Algorithm.ES256 else Algorithm.ES256
    assert not signed.verified(public, other)


def test_any_cbor_program_reads_it() -> None:
    data = sign1(b"payload", signer=OFFICE, kid=key_id(OFFICE.public))
    tagged = cbor2.loads(data)
    assert tagged.tag == 18
    assert cbor2.loads(tagged.value[0]) == {1: -7, 4: key_id(OFFICE.public)}
