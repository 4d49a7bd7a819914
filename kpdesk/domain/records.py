"""The canonical record: one JSON text per thing, the same in the history, in a batch and under an approval.

Restricted RFC 8785: sorted keys `[a-z0-9_]+`, NFC text, integers, no floats, no nulls, no white space.
"""

import hashlib
import json
import re
import unicodedata
from collections.abc import Mapping, Sequence
from typing import TypeAlias

Value: TypeAlias = "str | int | bool | Sequence[Value] | Mapping[str, Value]"
Record: TypeAlias = Mapping[str, Value]

_KEY = re.compile("[a-z0-9_]+")
_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff]")
_MOST_INTEGER = 2**53 - 1


class NotCanonical(ValueError):
    """A value that has no place in a canonical record: our own mistake, or a foreign file that lies."""


def canonical(record: Record) -> str:
    """The one text of this record. Entries that are None are left out by the caller, not here."""
    _check(record, 0)
    return json.dumps(record, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def digest(text: str) -> str:
    """Lower-case hex SHA-256 of a canonical text."""
    return hashlib.sha256(text.encode()).hexdigest()


def parse(text: str) -> dict[str, Value]:
    """The record in a text that must be canonical to the byte; raises NotCanonical."""
    try:
        record = json.loads(text)
    except (ValueError, RecursionError) as problem:
        raise NotCanonical("not JSON") from problem
    if not isinstance(record, dict) or canonical(record) != text:
        raise NotCanonical("not canonical")
    return record


def _check(value: object, depth: int) -> None:
    if depth > 8:
        raise NotCanonical("deeper than 8")
    match value:
        case str():
            if _CONTROL.search(value) or not unicodedata.is_normalized("NFC", value):
                raise NotCanonical("text with control characters or not NFC")
        case bool():
            pass
        case int():
            if abs(value) > _MOST_INTEGER:
                raise NotCanonical("integer too large")
        case Mapping():
            for key, each in value.items():
                if not isinstance(key, str) or not _KEY.fullmatch(key):
                    raise NotCanonical("odd key")
                _check(each, depth + 1)
        case list() | tuple():
            for each in value:
                _check(each, depth + 1)
        case _:
            raise NotCanonical(f"{type(value).__name__} has no place in a record")
