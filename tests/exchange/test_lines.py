"""Lines of records: the fast reader says what the canonical rule says, and limits hold."""

import hashlib
import json
import unicodedata

import jsonschema_rs
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from kpdesk.domain import records
from kpdesk.exchange import lines
from kpdesk.exchange.lines import LineTooLong, RecordNotCanonical, TooFewRecords, TooManyRecords, parse_line, read_lines
from resources import path

texts = st.text(max_size=12)
values = st.recursive(
    st.one_of(st.booleans(), st.integers(-(2**60), 2**60), texts, st.none(), st.floats(allow_nan=False)),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text('az_09 é"', max_size=4), inner, max_size=3),
    max_leaves=12,
)


def slow(line: bytes) -> object:
    try:
        return records.parse(line.decode())
    except (records.NotCanonical, UnicodeDecodeError):
        return None


def fast(line: bytes) -> object:
    try:
        return parse_line(line)
    except records.NotCanonical:
        return None


@given(st.dictionaries(st.text("az_09", min_size=1, max_size=4), values, max_size=4))
@example({"a": "\u0301b", "b": "é"})
@example({"a": 2**53})
@example({"a": -(2**53) + 1})
@example({"a": "tab\t", "b": "\x7f"})
@example({"a": "\x85"})
@example({"a": 'quote"', "b": "back\\slash"})
@example({"a": '":', "b": ":1.5"})
@example({"a": {"a": {"a": {"a": {"a": {"a": {"a": {"a": {}}}}}}}}})
@example({"a": {"a": {"a": {"a": {"a": {"a": {"a": {"a": {"a": 1}}}}}}}}})
@example({"a": [[[[[[[[[]]]]]]]]]})
def test_fast_and_slow_agree(record: dict[str, object]) -> None:
    for ascii_only in (False, True):
        text = json.dumps(record, ensure_ascii=ascii_only, sort_keys=True, separators=(",", ":"))
        try:
            line = text.encode()
        except UnicodeEncodeError:
            continue
        assert fast(line) == slow(line)


@given(st.data())
def test_fast_and_slow_agree_on_damaged_lines(data: st.DataObject) -> None:
    good = b'{"carats":"10.00","id":"P-1","lines":[{"heading":"7102.10"}],"ok":true,"rev":1}'
    place = data.draw(st.integers(0, len(good) - 1))
    odd = good[:place] + data.draw(st.binary(max_size=3)) + good[place + data.draw(st.integers(0, 3)) :]
    assert fast(odd) == slow(odd)


@given(st.binary(max_size=60))
def test_fast_and_slow_agree_on_any_bytes(odd: bytes) -> None:
    assert fast(odd) == slow(odd)


@pytest.mark.parametrize(
    "line",
    [
        '{"a":1,"a":1}',
        '{"a":1.5}',
        '{"a":1e3}',
        '{"a":-0}',
        '{"a":null}',
        '{"a": 1}',
        '{"a":1} ',
        '\ufeff{"a":1}',
        '{"b":1,"a":1}',
        '{"A":1}',
        '{"a":"\\u0041"}',
        '{"a":"\\/"}',
        '{"a":"e\u0301"}',
        '{"a":9007199254740992}',
        '{"a":99999999999999999999999}',
        '{"a":NaN}',
        "[1]",
        "1",
        "",
        '{"a":"\\ud800"}',
        "[" * 5000,
        '{"a":' * 5000,
    ],
)
def test_lines_that_are_not_canonical(line: str) -> None:
    with pytest.raises(records.NotCanonical):
        parse_line(line.encode())


def test_nfc_is_wanted() -> None:
    assert parse_line('{"a":"é"}'.encode()) == {"a": "é"}
    with pytest.raises(records.NotCanonical):
        parse_line(unicodedata.normalize("NFD", '{"a":"é"}').encode())


@given(st.integers(1, 40))
def test_blocks_may_end_anywhere(size: int) -> None:
    texts = [records.canonical({"id": f"P-{number}"}) for number in range(9)]
    whole = b"".join(lines.write_lines(texts))
    blocks = [whole[place : place + size] for place in range(0, len(whole), size)]
    assert [record["id"] for record in read_lines(blocks, file="f", announced=9)] == [f"P-{n}" for n in range(9)]


def test_line_and_digest_of_its_record() -> None:
    text = records.canonical({"id": "P-1"})
    ((line, record),) = lines.read_texts(lines.write_lines([text]), file="f", announced=1)
    assert hashlib.sha256(line).hexdigest() == records.digest(records.canonical(record))


def test_no_lines_at_all() -> None:
    assert list(read_lines([b""], file="f", announced=0)) == []


@pytest.mark.parametrize(
    ("blocks", "announced", "trouble"),
    [
        ([b'{"a":1}\n{"a":1}\n'], 1, TooManyRecords),
        ([b'{"a":1}\n'], 2, TooFewRecords),
        ([b'{"a":1}'], 1, LineTooLong),
        ([b'{"a":1}\n\n'], 2, RecordNotCanonical),
        ([b"x" * 70_000, b"x" * 70_000], 1, LineTooLong),
        ([b'{"a":"' + b"x" * 70_000 + b'"}\n'], 1, LineTooLong),
        ([b'{"a":1}\n' * 250_001], 250_001, TooManyRecords),
    ],
)
def test_limits_of_lines(blocks: list[bytes], announced: int, trouble: type[Exception]) -> None:
    with pytest.raises(trouble):
        list(read_lines(blocks, file="f", announced=announced))


def test_every_schema_is_one() -> None:
    files = sorted(path("schemas").glob("*.json"))
    assert files
    for file in files:
        schema = json.loads(file.read_text())
        assert schema["$id"] == f"kpdesk:{file.stem.replace('-', '/')}"
        jsonschema_rs.meta.validate(schema)
        lines.validator(schema["$id"].removeprefix("kpdesk:"))


def test_unknown_schema() -> None:
    with pytest.raises(lines.UnknownSchema):
        lines.validator("../secret/1")


def test_misfits_name_the_place_and_no_value() -> None:
    good = {"type": "parcel", "id": "P-1", "rev": 1}
    odd = {"type": "parcel", "id": "P-2", "rev": "secret"}
    misfit, *_more = lines.validate([good, odd, {**good, "rev": 2, "prev_rev": "0" * 64}], "record/1")
    assert (misfit.line, misfit.identity, misfit.place) == (2, "P-2", "/rev")
    assert "secret" not in misfit.why


def test_misfits_stop_at_a_thousand() -> None:
    assert len(lines.validate(({"type": 1} for _ in range(5000)), "record/1")) == lines.MOST_MISFITS
