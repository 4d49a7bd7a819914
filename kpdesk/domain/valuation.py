"""What a parcel is worth: size lines, three figures kept blind, the one that counts, unusual prices and their reasons.

kpcs.md §4, §13. Declared, office's and independent figures stay apart; until all are in, only salted digests show.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from decimal import Decimal
from enum import StrEnum
from statistics import median
from typing import Self

from kpdesk.domain.measures import Carats, Money, priced, total_carats, total_money
from kpdesk.domain.outcomes import Finding, Refusal
from kpdesk.domain.records import Record, Value, canonical, digest
from kpdesk.domain.rules import DECLARED_DIFFERS, DECLARED_FAR_OFF, PRICE_FAR_OUT, PRICE_UNUSUAL


@dataclass(eq=False)
class LinesDoNotAddUp(Refusal):
    """The size lines are not the agreed carats."""

    lines: Carats
    agreed: Carats


@dataclass(eq=False)
class TotalDiffers(Refusal):
    """A figure's total is not that of its lines."""

    total: Money
    lines: Money


@dataclass(eq=False)
class FigureMissing(Refusal):
    """The rule of value wants a figure that is not in yet."""

    figure: str


@dataclass(eq=False)
class FigureTwice(Refusal):
    """One figure of a sort; a correction is a new valuation."""

    figure: str


@dataclass(eq=False)
class SameValuer(Refusal):
    """Two figures are of one hand."""

    officer: str


@dataclass(eq=False)
class ClassTwice(Refusal):
    """One line a class: two would hide a slip of the pen."""

    size_class: str


@dataclass(eq=False)
class PriceWantsReason(Refusal):
    """A price is far from what is usual: it is signed with a reason, or with a second valuer beside."""

    size_class: str
    price: str
    low: str
    high: str
    group: str
    count: str


class FigureKind(StrEnum):
    DECLARED = "declared"
    """By the exporter."""
    OFFICE = "office"
    """By the office's valuer."""
    INDEPENDENT = "independent"


class PriceReason(StrEnum):
    """Why a price is not the usual one, in the order of the keys 1–9."""

    LARGE_STONE = "large_stone"
    FINE = "fine"
    POOR = "poor"
    COLOUR = "colour"
    SHAPE = "shape"
    FEW_STONES = "few_stones"
    MARKET = "market"
    BOOK_OLD = "book_old"
    OTHER = "other"
    SECOND_VALUER = "second_valuer"
    """No key: another valuer has looked at the same goods and signed beside."""


@dataclass(frozen=True, slots=True)
class SizeLine:
    """Carats of one size class at one price."""

    size_class: str
    """Its code in the office's classes."""
    carats: Carats
    per_carat: Decimal
    """US$ per carat, to the cent."""
    reason: PriceReason | None = None
    """Where the price is not the usual one; sealed with the figure, for it tells of the price."""

    def __post_init__(self) -> None:
        Money(self.per_carat)  # the same limits

    @property
    def value(self) -> Money:
        return priced(self.carats, self.per_carat)


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One person's value of a parcel. Its amounts are kept out of reprs, as out of lists, until all are in."""

    kind: FigureKind
    total: Money = field(repr=False)
    lines: tuple[SizeLine, ...] = field(default=(), repr=False)
    """By size class; a declared figure may have none."""
    by: str
    """The officer's id, or the firm's register number."""
    at: datetime
    salt: bytes = field(repr=False)
    """At least 16 random bytes."""
    versions: tuple[str, ...] = ()
    """The office's classes and prices in force when it was made: `classes-0002`, `prices-0005`."""
    second: str = ""
    """The valuer who looked at an unusual price and signed beside: blind no longer."""

    def __post_init__(self) -> None:
        if len(self.salt) < 16 or self.at.utcoffset() is None:
            raise ValueError("a figure has 16 bytes of salt or more, and an aware time")
        if self.lines and self.total != (lines := total_money(line.value for line in self.lines)):
            raise TotalDiffers(self.total, lines)

    @classmethod
    def of_lines(
        cls,
        kind: FigureKind,
        lines: Sequence[SizeLine],
        *,
        agreed: Carats,
        by: str,
        at: datetime,
        salt: bytes,
        versions: tuple[str, ...] = (),
        second: str = "",
    ) -> Self:
        """From lines that are the agreed carats, else LinesDoNotAddUp; ClassTwice."""
        classes = [line.size_class for line in lines]
        for each in classes:
            if classes.count(each) > 1:
                raise ClassTwice(each)
        carats = total_carats(line.carats for line in lines)
        if carats != agreed:
            raise LinesDoNotAddUp(carats, agreed)
        return cls(
            kind=kind,
            total=total_money(line.value for line in lines),
            lines=tuple(lines),
            by=by,
            at=at,
            salt=salt,
            versions=versions,
            second=second,
        )

    @property
    def hands(self) -> frozenset[str]:
        """Whoever knows it."""
        return frozenset({self.by, self.second} - {""})

    @property
    def reasoned(self) -> bool:
        """Whether a price of it was not the usual one."""
        return any(line.reason for line in self.lines)

    @property
    def sealed(self) -> str:
        """The salted digest: all that the history holds until every figure is in."""
        record: dict[str, Value] = {
            "figure": self.kind.value,
            "total": str(self.total),
            "lines": [_line_record(line) for line in self.lines],
            "by": self.by,
            "at": self.at.astimezone(UTC).isoformat(),
            "salt": self.salt.hex(),
        }
        if self.versions:
            record["versions"] = self.versions
        if self.second:
            record["second"] = self.second
        return digest(canonical(record))


def _line_record(line: SizeLine) -> Record:
    record = {"size_class": line.size_class, "carats": str(line.carats), "per_carat": f"{line.per_carat:.2f}"}
    return record | ({"reason": line.reason.value} if line.reason else {})


class ValuationRule(StrEnum):
    """Which figure is the certificate's value: an office's setting."""

    DECLARED_WITH_CHECK = "declared_with_check"
    GOVERNMENT = "government"
    HIGHEST = "highest"

    @property
    def wants(self) -> frozenset[FigureKind]:
        """The figures that must be in before any is shown."""
        return _WANTS[self]


_WANTS = {
    ValuationRule.DECLARED_WITH_CHECK: frozenset({FigureKind.DECLARED, FigureKind.OFFICE}),
    ValuationRule.GOVERNMENT: frozenset({FigureKind.OFFICE}),
    ValuationRule.HIGHEST: frozenset(FigureKind),
}


def all_in(figures: Iterable[Figure], rule: ValuationRule, *, wants: frozenset[FigureKind] | None = None) -> bool:
    """Whether the figures may be shown; `wants` where an office takes the highest of two."""
    return (wants or rule.wants) <= {figure.kind for figure in figures}


def certificate_value(
    figures: Iterable[Figure], rule: ValuationRule, *, wants: frozenset[FigureKind] | None = None
) -> Money:
    """The value that the certificate states and levies start from.

    Raises FigureMissing, FigureTwice, SameValuer.
    """
    by_kind: dict[FigureKind, Figure] = {}
    for figure in figures:
        if figure.kind in by_kind:
            raise FigureTwice(figure.kind.value)
        by_kind[figure.kind] = figure
    for kind in sorted((wants or rule.wants) - by_kind.keys()):
        raise FigureMissing(kind.value)
    hands = [hand for figure in by_kind.values() for hand in figure.hands]
    for hand in hands:
        if hands.count(hand) > 1:
            raise SameValuer(hand)
    if rule is ValuationRule.HIGHEST:
        return max(figure.total for figure in by_kind.values())
    counts = FigureKind.DECLARED if rule is ValuationRule.DECLARED_WITH_CHECK else FigureKind.OFFICE
    return by_kind[counts].total


DIFFERS, FAR_OFF = Decimal("0.10"), Decimal("0.25")
"""Shares of a value at which another value of the same goods is noted, and held."""


def check_declared(declared: Money, office: Money) -> tuple[Finding, ...]:
    """How far the declared value lies from the office's: a note over 10 %, a stop over 25 % (kpcs.md §6.3)."""
    apart = abs(declared.value - office.value)
    if apart > office.value * FAR_OFF:
        return (DECLARED_FAR_OFF.found(declared=declared, office=office),)
    if apart > office.value * DIFFERS:
        return (DECLARED_DIFFERS.found(declared=declared, office=office),)
    return ()


ENOUGH = 20
"""Fewer prices than these say nothing."""
_AMBER, _RED = Decimal("2.5"), Decimal("3.5")
_FLAT = Decimal("0.05")
"""Stands for the spread where all prices were alike."""
_LEAST = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Strip:
    """Earlier prices in US$ per carat of one group, such as a mine's stones of one size class; what is usual there.

    Robust z of log10 US$/ct by median and MAD (desk.md §8).
    """

    group: str
    prices: tuple[Decimal, ...]
    """The newest first, each above zero."""
    middle: Decimal = Decimal(0)
    """The median of their logarithms."""
    spread: Decimal = Decimal(0)
    """What stands for one standard deviation of these."""

    @classmethod
    def of(cls, group: str, prices: Sequence[Decimal]) -> Self:
        paid = tuple(price for price in prices if price > 0)
        if len(paid) < ENOUGH:
            return cls(group, paid)
        logs = [price.log10() for price in paid]
        middle = median(logs)
        return cls(group, paid, middle, (median(abs(each - middle) for each in logs) or _FLAT) / Decimal("0.6745"))

    @property
    def enough(self) -> bool:
        """Whether it says what is usual."""
        return len(self.prices) >= ENOUGH

    @property
    def quartiles(self) -> tuple[Decimal, Decimal, Decimal]:
        """The lower quartile, the median and the upper one, each a price that was paid or midway between two."""
        ordered = sorted(self.prices)
        half = max(len(ordered) // 2, 1)
        return median(ordered[:half]), median(ordered), median(ordered[-half:])

    def unusual(self, per_carat: Decimal) -> Finding | None:
        """Whether a price asks for a reason or a second valuer; it never refuses."""
        z = abs(max(per_carat, _LEAST).log10() - self.middle) / self.spread if self.enough else Decimal(0)
        if z <= _AMBER:
            return None
        low, high = (Decimal(10) ** (self.middle + sign * _AMBER * self.spread) for sign in (-1, 1))
        return (PRICE_FAR_OUT if z > _RED else PRICE_UNUSUAL).found(
            price=per_carat, low=f"{low:.2f}", high=f"{high:.2f}", group=self.group, count=len(self.prices)
        )


def strip_of(history: Sequence[tuple[str, Sequence[Decimal]]]) -> Strip:
    """The strip that a price is held against.

    `history` gives groups of earlier prices, the nearest first – (source, size class), (origin, size class), origin.
    The first with ENOUGH counts; where none has, the nearest that has any is shown and says nothing.
    """
    strips = [Strip.of(group, prices) for group, prices in history]
    return next((strip for strip in strips if strip.enough), next((one for one in strips if one.prices), Strip("", ())))


def outlier(per_carat: Decimal, history: Sequence[tuple[str, Sequence[Decimal]]]) -> Finding | None:
    """As `Strip.unusual`, by the first group that says what is usual."""
    return strip_of(history).unusual(per_carat)
