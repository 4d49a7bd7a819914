"""The one text of a record: the same bytes in the history, in a batch and under an approval."""

import json
import unicodedata
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpdesk.domain.records import NotCanonical, canonical, digest, parse

TEXT = st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=20).map(
    lambda text: unicodedata.normalize("NFC", text)
)
KEY = st.text("abcdefghijklmnopqrstuvwxyz0123456789_", min_size=1, max_size=8)
LEAF = TEXT | st.integers(-(2**53) + 1, 2**53 - 1) | st.booleans()
VALUE = st.recursive(
    LEAF, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEY, inner, max_size=3), max_leaves=8
)
RECORD = st.dictionaries(KEY, VALUE, max_size=4)


def test_keys_are_sorted_and_nothing_is_wasted() -> None:
    assert canonical({"b": 1, "a": ["é", True], "c": {"y": "", "x": 0}}) == '{"a":["é",true],"b":1,"c":{"x":0,"y":""}}'
    assert canonical({"a": ("x", "y")}) == canonical({"a": ["x", "y"]})
    assert digest("{}") == "44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a"


@given(RECORD)
def test_a_record_has_one_text_and_the_text_one_record(record: dict[str, Any]) -> None:
    text = canonical(record)
    assert parse(text) == record
    assert canonical(parse(text)) == text
    assert canonical(dict(reversed(record.items()))) == text


@pytest.mark.parametrize(
    "value",
    [
        1.5,
        None,
        b"x",
        float("nan"),
        2**53,
        -(2**53),
        "a\nb",
        "\x7f",
        "\x85",
        "\ud800",
        "e\u0301",
        {"A": 1},
        {"": 1},
        {1: 1},
        {"ä": 1},
        object(),
    ],
)
def test_what_has_no_place_in_a_record(value: object) -> None:
    for record in ({"a": value}, {"a": [value]}, {"a": {"b": value}}):
        with pytest.raises(NotCanonical):
            canonical(record)  # type: ignore[arg-type]


def test_depth_has_an_end() -> None:
    record: Any = "x"
    for _ in range(8):
        record = {"a": record}
    assert canonical(record)
    with pytest.raises(NotCanonical):
        canonical({"a": record})


@pytest.mark.parametrize(
    "text",
    [
        "", "[]", "1", "null", '{"a":1', '{"a": 1}', '{"b":1,"a":2}', '{"a":1,"a":1}', '{"a":1.0}', '{"a":1e2}',
        '{"a":null}', '{"a":"\\u0041"}', ' {"a":1}', '{"a":1}\n', "\ufeff{}", '{"a":01}', '{"a":-0}', '{"a":NaN}',
        "[" * 100_000, '{"A":1}',
    ],
)  # fmt: skip
def test_a_text_that_is_not_canonical_to_the_byte(text: str) -> None:
    with pytest.raises(NotCanonical):
        parse(text)


@given(st.text(max_size=60))
def test_any_text_is_a_record_or_not(text: str) -> None:
    try:
        record = parse(text)
    except NotCanonical:
        return
    assert json.loads(text) == record
