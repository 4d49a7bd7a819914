"""Canonical CBOR (RFC 8949, 4.2.1): the one form of what codes and lists files sign.

Read strictly: definite lengths, each key once, no tags, at most 12 deep; what is read is encoded again and
compared, because a decoder takes long integers, unsorted keys and bytes behind the item in silence.
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
    """The item in canonical CBOR; raises Malformed."""
    item = loosely(data)
    if encode(item) != data:
        raise Malformed("not canonical, or followed by other bytes")
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
    """Entries under integers, else Malformed."""
    if not isinstance(item, dict) or {*map(type, item)} != {int}:  # True would pass for 1
        raise Malformed("entries are wanted")
    return item
