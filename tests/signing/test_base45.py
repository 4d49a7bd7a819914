"""Base45 against RFC 9285's examples and against the public package, which is laxer."""

import base45 as public
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpdesk.signing import base45


@pytest.mark.parametrize(
    ("plain", "text"), [(b"AB", "BB8"), (b"Hello!!", "%69 VD92EX0"), (b"base-45", "UJCLQE7W581"), (b"", "")]
)
def test_examples_of_the_rfc(plain: bytes, text: str) -> None:
    assert base45.encode(plain) == text
    assert base45.decode(text) == plain


@given(st.binary(max_size=100))
def test_same_as_the_public_package(plain: bytes) -> None:
    text = base45.encode(plain)
    assert text == public.b45encode(plain).decode()
    assert base45.decode(text) == plain


@given(st.text("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:", max_size=60))
def test_takes_what_the_public_package_takes(text: str) -> None:
    try:
        plain = public.b45decode(text)
    except ValueError:
        with pytest.raises(ValueError, match=r"."):
            base45.decode(text)
    else:
        assert base45.decode(text) == plain
        assert base45.encode(plain) == text


@pytest.mark.parametrize("text", ["A", "GGW", "::", ":::", "bb8", "BB8\n", "BB8\xc4", "BB8\udcff", "\uff22\uff228"])
def test_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        base45.decode(text)
