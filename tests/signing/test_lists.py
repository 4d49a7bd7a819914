"""The lists file: whose it is, whether it was altered, what it says; and nothing but a trouble for anything else."""

from dataclasses import replace
from datetime import UTC, date, datetime
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpdesk.domain.certificate import Number
from kpdesk.domain.outcomes import Trouble
from kpdesk.domain.trust import Lists, ReceivedNumber, fingerprint
from kpdesk.signing import lists
from kpdesk.signing.cbor import Item, decode, encode
from kpdesk.signing.signature import open1, sign1
from tests.vectors.make import signed
from tests.vectors.practice import LISTER, LISTS, OFFICE, STRANGER

DATA = lists.make(LISTS, signer=LISTER)


def resigned(payload: bytes, content_type: str = "application/vnd.kpdesk.lists-1+cbor") -> bytes:
    return sign1(payload, signer=LISTER, kid=open1(DATA).kid, content_type=content_type)


def test_lists_come_back() -> None:
    assert lists.read(DATA, list_key=LISTER.public) == LISTS


def test_empty_lists_come_back() -> None:
    empty = Lists(
        sequence=1,
        authority="A",
        participant="ZZ",
        issued=datetime(2026, 1, 1, tzinfo=UTC),
        next_update=datetime(2026, 1, 2, tzinfo=UTC),
    )
    assert lists.read(lists.make(empty, signer=LISTER), list_key=LISTER.public) == empty


def test_glance_trusts_nothing_and_shows_the_signer() -> None:
    glance = lists.peek(lists.make(LISTS, signer=STRANGER))
    assert glance.signer == fingerprint(STRANGER.public)
    assert (glance.authority, glance.sequence, glance.issued) == (LISTS.authority, 7, LISTS.issued)


def test_foreign_lists_name_both_keys() -> None:
    with pytest.raises(lists.ForeignLists) as raised:
        lists.read(lists.make(LISTS, signer=STRANGER), list_key=LISTER.public)
    assert raised.value.signer == fingerprint(STRANGER.public)
    assert raised.value.pinned == fingerprint(LISTER.public)


def test_altered_lists() -> None:
    with pytest.raises(lists.AlteredLists):
        lists.read(DATA.replace(b"ZZ00000101", b"ZZ00000100"), list_key=LISTER.public)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\xd2",
        DATA[:-1],
        DATA + b"\0",
        signed(),
        resigned(open1(DATA).payload, "text/plain"),
        resigned(open1(DATA).payload + b"\0"),
        resigned(encode({})),
        resigned(encode([1])),
    ],
    ids=["empty", "tag", "cut", "byte_behind", "code", "content_type", "payload_behind", "no_entries", "no_map"],
)
def test_not_lists(data: bytes) -> None:
    with pytest.raises(lists.NotLists):
        lists.read(data, list_key=LISTER.public)
    with pytest.raises(lists.NotLists):
        lists.peek(data)


@pytest.mark.parametrize(
    ("place", "item"),
    [
        (1, 0),
        (1, True),
        (2, 5),
        (3, "zz"),
        (5, 0),
        (6, 1),
        (7, [["ZZ", "A", OFFICE.public, "2026-01-01", None, None, []]]),
        (7, [["ZZ", "A", "text", "2026-01-01", None, None, ["code"]]]),
        (7, [["ZZ", "A", OFFICE.public[:-1], "2026-01-01", None, None, ["code"]]]),
        (7, [["ZZ", "A", OFFICE.public, "2026-01-01", "2025-01-01", None, ["code"]]]),
        (7, [["ZZ", "A", OFFICE.public, "20260101", None, None, ["code"]]]),
        (7, [["ZZ", "A", OFFICE.public, "2026-01-01", None, None, ["code"]]] * 2),
        (8, [["ZZ00000101", "whim", "2026-01-01"]]),
        (8, [["zz-101", "void", "2026-01-01"]]),
        (8, [["ZZ101", "void", "2026-02-30"]]),
        (10, [["ZZ200", "ZZ100", "x", "2026-01-01"]]),
        (10, [["ZZ100", "XZ200", "x", "2026-01-01"]]),
        (13, []),
    ],
)
def test_signed_nonsense_is_no_lists(place: int, item: Item) -> None:
    payload = decode(open1(DATA).payload)
    assert isinstance(payload, dict)
    with pytest.raises(lists.NotLists):
        lists.read(resigned(encode({**payload, place: item})), list_key=LISTER.public)


def test_too_large() -> None:
    with pytest.raises(lists.ListsTooLarge):
        lists.read(bytes(lists.MOST_BYTES + 1), list_key=LISTER.public)


@cache
def many() -> Lists:
    received = (ReceivedNumber(Number(f"ZZ{each:08}"), "XZ", date(2026, 1, 1)) for each in range(50_000))
    return replace(LISTS, received=tuple(received))


def test_many_numbers() -> None:
    data = lists.make(many(), signer=LISTER)
    assert len(data) < lists.MOST_BYTES
    read = lists.read(data, list_key=LISTER.public)
    assert read.received_elsewhere(Number("ZZ00049999"))
    assert read.received_elsewhere(Number("ZZ00050000")) is None


def test_lists_that_no_desk_would_read_are_not_made(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(lists.NotLists):
        lists.make(replace(LISTS, authority="Practice\x1bAuthority"), signer=LISTER)
    monkeypatch.setattr(lists, "MOST_BYTES", len(DATA) - 1)
    with pytest.raises(lists.ListsTooLarge):
        lists.make(LISTS, signer=LISTER)


@given(st.binary(max_size=200))
def test_no_bytes_raise_but_a_trouble(data: bytes) -> None:
    for each in (data, b"\xd2" + data, resigned(data)):
        with pytest.raises(Trouble):
            lists.read(each, list_key=LISTER.public)


@given(st.integers(0, len(DATA) - 1), st.integers(1, 255))
def test_no_changed_byte_is_believed(place: int, change: int) -> None:
    data = bytearray(DATA)
    data[place] ^= change
    try:
        read = lists.read(bytes(data), list_key=LISTER.public)
    except Trouble:
        return
    assert read == LISTS
