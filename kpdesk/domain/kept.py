"""Values that an office keeps as they are: small registers, protocols, facts of papers that need no table.

A kept value is a frozen dataclass; its canonical record follows from its fields. What names or describes a person is
personal: the history holds a salted digest of it, so that a person can be forgotten and the chain stays.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from functools import cache
from types import NoneType, UnionType
from typing import Any, ClassVar, Protocol, TypeVar, Union, cast, get_args, get_origin, get_type_hints

from kpdesk.domain.certificate import Number
from kpdesk.domain.measures import Carats, Money
from kpdesk.domain.records import NotCanonical, Record, Value, canonical


class Kept(Protocol):
    """A frozen dataclass that the store keeps by its kind and identity; `type`, `rev` and `prev_rev` are no fields."""

    kind: ClassVar[str]
    """The word before the stroke in `balance/B-1`."""
    personal: ClassVar[frozenset[str]]
    """The fields that name or describe a person; where there are any, a field `salt: bytes` beside them."""

    @property
    def identity(self) -> str: ...

    @property
    def about(self) -> str:
        """The subject it belongs to, such as `parcel/P-2026-000113`; empty where it stands alone."""

    @property
    def live(self) -> bool:
        """Whether somebody still has to do something about it, or may still use it."""


_Shaped = TypeVar("_Shaped")
_TEXTS: dict[type, Any] = {
    Decimal: Decimal,
    Carats: Carats.of,
    Money: Money.of,
    Number: Number,
    date: date.fromisoformat,
    datetime: datetime.fromisoformat,
    bytes: bytes.fromhex,
}
"""What is written as text, and how it is read again."""


def record_of(value: object) -> Record:
    """The fields of a frozen dataclass as a record; those that are None are left out."""
    return cast(Record, _dumped(value))


def public_record(value: Kept) -> Record:
    """As it goes into the history and a batch: without what is personal, but with its salted digest."""
    record = dict(record_of(value))
    if value.personal:
        own = {name: record.pop(name) for name in sorted(value.personal) if name in record}
        salt = str(record.pop("salt"))
        record["personal_digest"] = hashlib.sha256(bytes.fromhex(salt) + canonical(own).encode()).hexdigest()
    return record


def value_of(shape: type[_Shaped], record: Mapping[str, Any]) -> _Shaped:
    """The value that `record_of` wrote; raises NotCanonical where it is no such record."""
    try:
        return cast(_Shaped, _loaded(shape, record))
    except (ArithmeticError, AttributeError, KeyError, TypeError, ValueError) as problem:
        raise NotCanonical(f"no {shape.__name__}") from problem


def _dumped(value: object) -> Value:
    match value:
        case bool() | int():
            return value
        case StrEnum():
            return value.value
        case str():
            return value
        case Carats() | Money() | Decimal() | Number():
            return str(value)
        case date():
            return value.isoformat()
        case bytes():
            return value.hex()
        case tuple():
            return [_dumped(each) for each in value]
        case frozenset():
            return sorted(str(_dumped(each)) for each in value)
        case _ if is_dataclass(value):
            named = ((field.name, getattr(value, field.name)) for field in fields(value))
            return {name: _dumped(each) for name, each in named if each is not None}
    raise NotCanonical(f"{type(value).__name__} has no place in a record")


def _loaded(shape: Any, value: Any) -> object:
    outer = get_origin(shape)
    if outer in (Union, UnionType):
        (inner,) = (each for each in get_args(shape) if each is not NoneType)
        return _loaded(inner, value)
    if outer in (tuple, frozenset):
        if not isinstance(value, list):
            raise NotCanonical("no list")
        made = [_loaded(get_args(shape)[0], each) for each in value]
        return tuple(made) if outer is tuple else frozenset(made)
    if shape in _TEXTS:
        return _TEXTS[shape](value)
    if is_dataclass(shape):
        hints = _hints(cast(type, shape))
        return cast(Any, shape)(**{name: _loaded(hints[name], each) for name, each in value.items()})
    if not isinstance(value, str if issubclass(shape, str) else shape):
        raise NotCanonical(f"no {shape.__name__}")
    return shape(value)


def schema_of(shape: type[Kept]) -> dict[str, Any]:
    """The published JSON Schema of its public record, as `resources/schemas` keeps it, titled by the docstring."""
    whole = _schema(shape)
    personal = {*shape.personal, "salt"} if shape.personal else set()
    properties = {name: each for name, each in whole["properties"].items() if name not in personal}
    required = [name for name in whole["required"] if name not in personal]
    if personal:
        properties["personal_digest"] = {"$ref": "kpdesk:record/1#/$defs/sha256"}
        required.append("personal_digest")
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"kpdesk:{shape.kind}/1",
        "title": str(shape.__doc__).splitlines()[0].rstrip("."),
        "$ref": "kpdesk:record/1",
        "required": required,
        "properties": {"type": {"const": shape.kind}, **properties},
        "unevaluatedProperties": False,
    }


def _schema(shape: Any) -> dict[str, Any]:
    outer = get_origin(shape)
    if outer in (Union, UnionType):
        (inner,) = (each for each in get_args(shape) if each is not NoneType)
        return _schema(inner)
    if outer in (tuple, frozenset):
        return {"type": "array", "items": _schema(get_args(shape)[0])}
    if shape in (Carats, Money, date, datetime):
        word = {Carats: "carats", Money: "money", date: "day", datetime: "moment"}[shape]
        return {"$ref": f"kpdesk:record/1#/$defs/{word}"}
    if shape in _TEXTS or shape is str:
        return {"type": "string"}
    if shape in (bool, int):
        return {"type": "boolean" if shape is bool else "integer"}
    if is_dataclass(shape):
        hints = _hints(cast(type, shape))
        own = [field.name for field in fields(shape)]
        required = [name for name in own if NoneType not in get_args(hints[name])]
        properties = {name: _schema(hints[name]) for name in own}
        return {"type": "object", "required": required, "properties": properties, "additionalProperties": False}
    return {"enum": [each.value for each in shape]}


@cache
def _hints(shape: type) -> dict[str, Any]:
    return get_type_hints(shape)
