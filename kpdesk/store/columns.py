"""Column types that both engines keep exactly: integers, text and bytes, and nothing else.

STRICT SQLite refuses every other type name, and its NUMERIC is a float. Text is ordered by byte on both engines, so
what sorts here sorts there: dates and moments are ISO text of one width, and sums of carats stay whole thousandths.

Plain columns take `TEXT`, `INTEGER` and `BYTES`; the values of the trade take the types below, e.g.
`Column("carats", CaratsColumn(), nullable=False)` and `Column("state", Word(State), nullable=False)`.
"""

import json
from collections.abc import Mapping
from datetime import UTC, date, datetime
from enum import StrEnum
from typing import Any, TypeVar

from sqlalchemy import BigInteger, Dialect, Integer, LargeBinary, Text
from sqlalchemy.types import TypeDecorator

from kpdesk.domain.certificate import Number
from kpdesk.domain.measures import Carats, Money
from kpdesk.domain.records import Value, canonical

TEXT = Text().with_variant(Text(collation="C"), "postgresql")
INTEGER = BigInteger().with_variant(Integer(), "sqlite")
BYTES = LargeBinary()

_Enum = TypeVar("_Enum", bound=StrEnum)


class CaratsColumn(TypeDecorator[Carats]):
    """Carats as whole thousandths. `func.sum` of such a column is Carats again."""

    impl = INTEGER
    cache_ok = True

    def process_bind_param(self, value: Carats | None, dialect: Dialect) -> int | None:
        return None if value is None else value.thousandths

    def process_result_value(self, value: Any | None, dialect: Dialect) -> Carats | None:
        return None if value is None else Carats.from_thousandths(int(value))  # PostgreSQL sums to Decimal


class MoneyColumn(TypeDecorator[Money]):
    """US dollars as whole cents. `func.sum` of such a column is Money again."""

    impl = INTEGER
    cache_ok = True

    def process_bind_param(self, value: Money | None, dialect: Dialect) -> int | None:
        return None if value is None else value.cents

    def process_result_value(self, value: Any | None, dialect: Dialect) -> Money | None:
        return None if value is None else Money.from_cents(int(value))


class Moment(TypeDecorator[datetime]):
    """An aware moment as UTC text, `2026-11-22T09:14:03.123456Z`; a naive one is our mistake and a ValueError."""

    impl = TEXT
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> str | None:
        if value is None:
            return None
        if value.utcoffset() is None:
            raise ValueError("a moment without its zone has no place in the store")
        return value.astimezone(UTC).isoformat(timespec="microseconds").removesuffix("+00:00") + "Z"

    def process_result_value(self, value: Any | None, dialect: Dialect) -> datetime | None:
        return None if value is None else datetime.fromisoformat(value)


class Day(TypeDecorator[date]):
    """A calendar day as text, `2026-11-22`; a datetime is refused, for its day depends on a zone."""

    impl = TEXT
    cache_ok = True

    def process_bind_param(self, value: date | None, dialect: Dialect) -> str | None:
        if isinstance(value, datetime):
            raise ValueError("a day is a date, not a moment")
        return None if value is None else value.isoformat()

    def process_result_value(self, value: Any | None, dialect: Dialect) -> date | None:
        return None if value is None else date.fromisoformat(value)


class Word(TypeDecorator[_Enum]):
    """One word of a StrEnum as its text; a word the enum does not know is a ValueError on either way."""

    impl = TEXT
    cache_ok = True

    def __init__(self, enum: type[_Enum]) -> None:
        super().__init__()
        self.enum = enum

    def process_bind_param(self, value: _Enum | None, dialect: Dialect) -> str | None:
        return None if value is None else self.enum(value).value

    def process_result_value(self, value: Any | None, dialect: Dialect) -> _Enum | None:
        return None if value is None else self.enum(value)


class NumberColumn(TypeDecorator[Number]):
    """A certificate's number as its text."""

    impl = TEXT
    cache_ok = True

    def process_bind_param(self, value: Number | None, dialect: Dialect) -> str | None:
        return None if value is None else value.text

    def process_result_value(self, value: Any | None, dialect: Dialect) -> Number | None:
        return None if value is None else Number(value)


class Codes(TypeDecorator[tuple[str, ...]]):
    """Several codes (origins, seals) in their order, as a JSON list without spaces, so that any text may be one."""

    impl = TEXT
    cache_ok = True

    def process_bind_param(self, value: tuple[str, ...] | None, dialect: Dialect) -> str | None:
        if value is None:
            return None
        if not isinstance(value, tuple):
            raise TypeError("codes come as a tuple")
        return json.dumps(value, ensure_ascii=False, separators=(",", ":"))

    def process_result_value(self, value: Any | None, dialect: Dialect) -> tuple[str, ...] | None:
        return None if value is None else tuple(json.loads(value))


class Flag(TypeDecorator[bool]):
    """Yes or no as 1 or 0. Ask by `table.c.flag == literal(True, Flag)`: PostgreSQL has no truth in an integer."""

    impl = INTEGER
    cache_ok = True

    def process_bind_param(self, value: bool | None, dialect: Dialect) -> int | None:
        return None if value is None else int(bool(value))

    def process_result_value(self, value: Any | None, dialect: Dialect) -> bool | None:
        return None if value is None else bool(value)


class JsonText(TypeDecorator[Mapping[str, Value]]):
    """A canonical record as its one text. What comes back is for reading: a change inside it is not noticed."""

    impl = TEXT
    cache_ok = True

    def process_bind_param(self, value: Mapping[str, Value] | None, dialect: Dialect) -> str | None:
        return None if value is None else canonical(value)

    def process_result_value(self, value: Any | None, dialect: Dialect) -> Mapping[str, Value] | None:
        return None if value is None else json.loads(value)
