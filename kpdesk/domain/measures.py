"""Exact carats and US dollars, and the one way to read an amount that a person typed.

1 carat = 0.2 g (KPCS Annex I A). Float never comes near either.
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal
from enum import StrEnum
from typing import Self

from kpdesk.domain.outcomes import Refusal

MOST_CARATS = Decimal(1_000_000_000)
MOST_MONEY = Decimal(1_000_000_000_000)


@dataclass(eq=False)
class NotAnAmount(Refusal):
    """The text is no amount: not digits with at most one decimal mark and spaces between thousands."""

    text: str


@dataclass(eq=False)
class TooManyDecimals(Refusal):
    """The amount is finer than its field has places."""

    text: str
    places: int


@dataclass(eq=False)
class AmountOutOfRange(Refusal):
    """The amount is negative, or larger than anything the trade weighs or pays."""

    text: str


_STEPS = {2: Decimal("0.01"), 3: Decimal("0.001")}


def _exact(value: Decimal, places: int, most: Decimal) -> None:
    if not isinstance(value, Decimal):
        raise TypeError(f"an amount is a Decimal, not {type(value).__name__}")
    if not value.is_finite():
        raise NotAnAmount(str(value))
    if not 0 <= value < most:
        raise AmountOutOfRange(str(value)[:40])
    if value != value.quantize(_STEPS[places]):
        raise TooManyDecimals(str(value), places)


@dataclass(frozen=True, slots=True, order=True)
class Carats:
    """A mass in carats, never negative, exact to a thousandth."""

    value: Decimal

    def __post_init__(self) -> None:
        _exact(self.value, 3, MOST_CARATS)

    @classmethod
    def of(cls, text: str) -> Self:
        """From plain text such as `1234.56`: for constants and files, not for what people type."""
        return cls(Decimal(text))

    @classmethod
    def from_thousandths(cls, thousandths: int) -> Self:
        return cls(Decimal(thousandths).scaleb(-3))

    @classmethod
    def from_hundredths(cls, hundredths: int) -> Self:
        return cls(Decimal(hundredths).scaleb(-2))

    @property
    def thousandths(self) -> int:
        return int(self.value.scaleb(3))

    @property
    def hundredths(self) -> int:
        """Hundredths of a carat; raises TooManyDecimals for carats not yet agreed (totals must add up)."""
        if self.thousandths % 10:
            raise TooManyDecimals(str(self.value), 2)
        return self.thousandths // 10

    def __add__(self, other: "Carats") -> "Carats":
        return Carats(self.value + other.value)

    def __sub__(self, other: "Carats") -> "Carats":
        return Carats(self.value - other.value)

    def __bool__(self) -> bool:
        return bool(self.value)

    def __str__(self) -> str:
        """At least two places: `10.00`, `10.004`."""
        return f"{self.value:.3f}" if self.thousandths % 10 else f"{self.value:.2f}"


@dataclass(frozen=True, slots=True, order=True)
class Money:
    """An amount of US dollars, never negative, exact to a cent."""

    value: Decimal

    def __post_init__(self) -> None:
        _exact(self.value, 2, MOST_MONEY)

    @classmethod
    def of(cls, text: str) -> Self:
        """From plain text such as `601701.00`: for constants and files, not for what people type."""
        return cls(Decimal(text))

    @classmethod
    def from_cents(cls, cents: int) -> Self:
        return cls(Decimal(cents).scaleb(-2))

    @property
    def cents(self) -> int:
        return int(self.value.scaleb(2))

    def __add__(self, other: "Money") -> "Money":
        return Money(self.value + other.value)

    def __sub__(self, other: "Money") -> "Money":
        return Money(self.value - other.value)

    def __bool__(self) -> bool:
        return bool(self.value)

    def __str__(self) -> str:
        return f"{self.value:.2f}"

    def per_carat(self, carats: Carats) -> Decimal | None:
        """US$ per carat to the cent, None where there are no carats: an average is derived, never entered."""
        return _to_cents(self.value / carats.value) if carats else None

    def share(self, rate: Decimal) -> "Money":
        """A levy of `rate` (0.15 = 15 %), rounded half up to the cent."""
        return Money(_to_cents(self.value * rate))


def _to_cents(value: Decimal) -> Decimal:
    return value.quantize(Decimal("0.01"), ROUND_HALF_UP)


def priced(carats: Carats, per_carat: Decimal) -> Money:
    """Carats at a price in US$ per carat, rounded half up to the cent."""
    return Money(_to_cents(carats.value * per_carat))


def total_carats(carats: Iterable[Carats]) -> Carats:
    return Carats(sum((each.value for each in carats), Decimal(0)))


def total_money(amounts: Iterable[Money]) -> Money:
    return Money(sum((each.value for each in amounts), Decimal(0)))


class Rounding(StrEnum):
    """How a reading becomes agreed carats at 0.01 ct: an office's setting, for no KP rule says."""

    HALF_UP = "half_up"
    DOWN = "down"
    TRADE = "trade"
    """Up only where the thousandth is 9 (GIA habit of polished stones)."""

    def agree(self, carats: Carats) -> Carats:
        """The agreed carats of one parcel; totals add these, so that the paper adds up."""
        match self:
            case Rounding.HALF_UP:
                rounded = carats.value.quantize(Decimal("0.01"), ROUND_HALF_UP)
            case Rounding.DOWN:
                rounded = carats.value.quantize(Decimal("0.01"), ROUND_DOWN)
            case Rounding.TRADE:
                rounded = (carats.value + Decimal("0.001")).quantize(Decimal("0.01"), ROUND_DOWN)
        return Carats(rounded)


_AMOUNT = re.compile("(?:([0-9]+)|([0-9]{1,3}(?: [0-9]{3})+))(?:[.,\u066b]([0-9]+))?")
"""NFKC has already made plain spaces of thin and no-break ones; U+066B is the Arabic decimal mark."""


def parse_amount(text: str, places: int) -> Decimal:
    """Read what a person typed: one `.` or `,` is the decimal mark, spaces group thousands, digits of any script.

    `0,012` is 0.012 wherever the computer was bought. Raises NotAnAmount (signs, exponents, two marks),
    TooManyDecimals (so `1,234` fails as money instead of becoming 1234) and AmountOutOfRange.
    """
    if len(text) > 64:
        raise NotAnAmount(text[:20] + "…")
    plain = unicodedata.normalize("NFKC", text).strip().translate(_DIGITS)
    if plain.startswith("-") and _AMOUNT.fullmatch(plain[1:]):
        raise AmountOutOfRange(text)
    found = _AMOUNT.fullmatch(plain)
    if not found:
        raise NotAnAmount(text)
    whole, grouped, decimals = found.groups()
    if decimals and len(decimals) > places:
        raise TooManyDecimals(text, places)
    digits = whole or grouped.replace(" ", "")
    amount = Decimal(f"{digits}.{decimals or 0}").quantize(Decimal(1).scaleb(-places)) if len(digits) <= 15 else None
    if amount is None or amount >= MOST_MONEY:
        raise AmountOutOfRange(text)
    return amount


class _Digits(dict[int, str]):
    """Translates the decimal digits of every script to 0–9, leaves the rest."""

    def __missing__(self, point: int) -> str:
        digit = unicodedata.decimal(chr(point), None)
        self[point] = chr(point) if digit is None else str(digit)
        return self[point]


_DIGITS = _Digits()
