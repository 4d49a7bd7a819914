"""Canonical CBOR (RFC 8949, 4.2.3, as cbor2 writes it): the one form of what codes and lists files sign.

Read strictly: shortest integers, definite lengths, sorted integer keys, each once; no floats, no tags, at most 12
deep, and nothing behind: most of which a decoder passes over in silence.
"""

import re
import unicodedata
from typing import NoReturn, TypeAlias

import cbor2

Item: TypeAlias = "int | str | bytes | bool | list[Item] | dict[int, Item] | None"

_MOST_DEPTH = 12
_MOST_TEXT = 480
"""Characters: what codes cut their texts to, four times over, for another's program may be more generous."""
_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f]")


class Malformed(ValueError):
    """Bytes that are no canonical item, or hold something else than was asked for."""


class _NoTags(dict[int, object]):
    """Refuses every tag: big floats and regular expressions are work that a stranger could order."""

    def __missing__(self, tag: int) -> object:
        return self.refuse

    @staticmethod
    def refuse(*_: object) -> NoReturn:
        raise Malformed("a tag inside")


_NO_TAGS = _NoTags()


def encode(item: Item) -> bytes:
    return cbor2.dumps(item, canonical=True)


def decode(data: bytes) -> Item:
    """The item in canonical CBOR; raises Malformed.

    Once lengths are definite and keys are sorted, what takes no more bytes than it must is canonical: the answer of
    encoding it again and comparing, in a third of the time.
    """
    item = loosely(data)
    if _size(item) != len(data):
        raise Malformed("longer than it must be, or followed by other bytes")
    return item


def loosely(data: bytes) -> Item:
    """The first item in CBOR that need not be canonical; raises Malformed."""
    try:
        item: Item = cbor2.loads(
            data,
            semantic_decoders=_NO_TAGS,  # type: ignore[arg-type]
            max_depth=_MOST_DEPTH,
            allow_indefinite=False,
            allow_duplicate_keys=False,
        )
    except (cbor2.CBORError, ValueError, TypeError, RecursionError) as problem:
        raise Malformed("not CBOR") from problem
    return item


def _size(item: Item) -> int:
    """How long the item is in canonical CBOR; raises Malformed for unsorted keys and for types that are not ours."""
    size, items = 0, [item]
    for each in items:
        argument = 0
        if isinstance(each, str):
            argument = len(each) if each.isascii() else len(each.encode())
            size += argument
        elif type(each) is int:
            argument = each if each >= 0 else ~each
        elif isinstance(each, list):
            argument = len(each)
            items += each
        elif isinstance(each, bytes):
            argument = len(each)
            size += argument
        elif isinstance(each, dict):
            argument = len(each)
            items += _sorted_keys(each)
            items += each.values()
        elif each is not None and not isinstance(each, bool):
            raise Malformed("a type that is not ours")
        size += _head(argument)
    return size


def _head(argument: int) -> int:
    return 1 if argument < 24 else 2 if argument < 2**8 else 3 if argument < 2**16 else 5 if argument < 2**32 else 9


def _sorted_keys(entries: dict[int, Item]) -> list[int]:
    """The keys, if they are integers in order: shorter ones first, then 0, 1, 2 … before -1, -2 …"""
    keys = [*entries]
    if {*map(type, keys)} - {int} or keys != sorted(keys, key=_place if min(keys, default=0) < 0 else None):
        raise Malformed("unsorted keys, or other keys than integers")
    return keys


def _place(key: int) -> tuple[int, int]:
    return (_head(key), key) if key >= 0 else (_head(~key), 2**64 - key)


def as_text(item: Item) -> str:
    """A short NFC text without control characters, else Malformed."""
    if not isinstance(item, str) or len(item) > _MOST_TEXT:
        raise Malformed("a short text is wanted")
    if item.isascii() and item.isprintable():
        return item
    if _CONTROL.search(item) or not unicodedata.is_normalized("NFC", item):
        raise Malformed("control characters, or not NFC")
    return item


def as_count(item: Item) -> int:
    """An integer of zero or more, else Malformed."""
    if type(item) is not int or item < 0:
        raise Malformed("a count is wanted")
    return item


def as_bytes(item: Item, length: int) -> bytes:
    """Exactly so many bytes, else Malformed."""
    if not isinstance(item, bytes) or len(item) != length:
        raise Malformed("other bytes are wanted")
    return item


def as_list(item: Item) -> list[Item]:
    if not isinstance(item, list):
        raise Malformed("a list is wanted")
    return item


def as_map(item: Item) -> dict[int, Item]:
    if not isinstance(item, dict):
        raise Malformed("entries are wanted")
    return item
