"""What a parcel is worth: size lines, three figures kept blind, the one that counts, levies, unusual prices.

kpcs.md §4, §13. Declared, office's and independent figures stay apart; until all are in, only salted digests show.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from decimal import Decimal
from enum import StrEnum
from statistics import median
from typing import Self

from kpdesk.domain.measures import Carats, Money, priced, total_carats, total_money
from kpdesk.domain.outcomes import Finding, Refusal
from kpdesk.domain.records import canonical, digest
from kpdesk.domain.rules import DECLARED_DIFFERS, DECLARED_FAR_OFF, PRICE_FAR_OUT, PRICE_UNUSUAL
from kpdesk.domain.spans import span


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


class FigureKind(StrEnum):
    DECLARED = "declared"
    """By the exporter."""
    OFFICE = "office"
    """By the office's valuer."""
    INDEPENDENT = "independent"


@dataclass(frozen=True, slots=True)
class SizeLine:
    """Carats of one size class at one price."""

    size_class: str
    carats: Carats
    per_carat: Decimal
    """US$ per carat, to the cent."""

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

    def __post_init__(self) -> None:
        if len(self.salt) < 16 or self.at.utcoffset() is None:
            raise ValueError("a figure has 16 bytes of salt or more, and an aware time")
        if self.lines and self.total != (lines := total_money(line.value for line in self.lines)):
            raise TotalDiffers(self.total, lines)

    @classmethod
    def of_lines(
        cls, kind: FigureKind, lines: Sequence[SizeLine], *, agreed: Carats, by: str, at: datetime, salt: bytes
    ) -> Self:
        """From lines that are the agreed carats, else LinesDoNotAddUp."""
        carats = total_carats(line.carats for line in lines)
        if carats != agreed:
            raise LinesDoNotAddUp(carats, agreed)
        total = total_money(line.value for line in lines)
        return cls(kind=kind, total=total, lines=tuple(lines), by=by, at=at, salt=salt)

    @property
    def sealed(self) -> str:
        """The salted digest: all that the history holds until every figure is in."""
        return digest(
            canonical(
                {
                    "figure": self.kind.value,
                    "total": str(self.total),
                    "lines": [
                        {
                            "size_class": line.size_class,
                            "carats": str(line.carats),
                            "per_carat": f"{line.per_carat:.2f}",
                        }
                        for line in self.lines
                    ],
                    "by": self.by,
                    "at": self.at.astimezone(UTC).isoformat(),
                    "salt": self.salt.hex(),
                }
            )
        )


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
    hands = [figure.by for figure in by_kind.values()]
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Levy:
    """A duty on exports, in its own ledger apart from fees (kpcs.md §13); all of it is an office's setting."""

    name: str
    rate: Decimal
    """0.15 = 15 %."""
    base: ValuationRule
    over: Money = Money(Decimal(0))  # noqa: RUF009  frozen
    """Due only where the base is more than this."""
    valid_from: date
    valid_until: date | None = None

    def due(self, figures: Iterable[Figure], on: date) -> Money | None:
        """US$ on this day, None where it does not apply. Raises as `certificate_value`."""
        if on not in span(self.valid_from, self.valid_until):
            return None
        base = certificate_value(figures, self.base)
        return base.share(self.rate) if base > self.over else None


ENOUGH = 20
"""Fewer prices than these say nothing."""
_AMBER, _RED = Decimal("2.5"), Decimal("3.5")
_FLAT = Decimal("0.05")
"""Stands for the spread where all prices were alike."""


def outlier(per_carat: Decimal, history: Sequence[tuple[str, Sequence[Decimal]]]) -> Finding | None:
    """Whether a price asks for a reason or a second valuer; it never refuses.

    `history` gives groups of earlier prices, the nearest first – (source, size class), (origin, size class),
    origin – and the first with ENOUGH counts. Robust z of log10 US$/ct by median and MAD (desk.md §8).
    """
    for group, prices in history:
        logs = [price.log10() for price in prices if price > 0]
        if len(logs) >= ENOUGH:
            return _apart(per_carat, group, logs)
    return None


def _apart(per_carat: Decimal, group: str, logs: list[Decimal]) -> Finding | None:
    middle = median(logs)
    spread = (median(abs(each - middle) for each in logs) or _FLAT) / Decimal("0.6745")
    z = abs(max(per_carat, Decimal("0.01")).log10() - middle) / spread
    if z <= _AMBER:
        return None
    low, high = (Decimal(10) ** (middle + sign * _AMBER * spread) for sign in (-1, 1))
    return (PRICE_FAR_OUT if z > _RED else PRICE_UNUSUAL).found(
        price=per_carat, low=f"{low:.2f}", high=f"{high:.2f}", group=group, count=len(logs)
    )
