"""What a balance said, who weighed, and when two weighings agree (desk.md §2.5; the exporter signs the sheet).

A reading keeps the unit and the digits of the instrument; carats are derived from it and agreed once, at 0.01 ct.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import ROUND_DOWN, ROUND_UP, Decimal
from itertools import combinations
from types import MappingProxyType
from typing import Literal, TypeAlias

from kpdesk.domain.measures import Carats, Rounding
from kpdesk.domain.outcomes import Refusal

Unit: TypeAlias = Literal["ct", "g", "mg"]
StableBy: TypeAlias = Literal["instrument", "software"]

_CARATS_IN = {"ct": Decimal(1), "g": Decimal(5), "mg": Decimal("0.005")}
_THOUSANDTH = Decimal("0.001")


@dataclass(eq=False)
class NotStable(Refusal):
    """The pan had not come to rest; only a stable reading is taken."""

    value: str
    unit: str


@dataclass(eq=False)
class NothingWeighed(Refusal):
    """The reading is no carats at all."""


@dataclass(eq=False)
class PortionsDiffer(Refusal):
    """Portions of one parcel are weighed in one unit, and none of them is a sum itself."""


@dataclass(eq=False)
class NeedsReason(Refusal):
    """A weight typed by hand, which wants a reason from the office's list."""


@dataclass(eq=False)
class NeedsSecondWeighing(Refusal):
    """One officer's weighing alone agrees nothing."""


@dataclass(eq=False)
class NeedsThirdWeighing(Refusal):
    """The nearest two weighings are further apart than is allowed; both in carats."""

    difference: Carats
    allowed: Carats


def in_carats(value: Decimal, unit: Unit) -> Decimal:
    """Exactly: 1 ct = 0.2 g (KPCS Annex I A). Also turns a balance's readability into carats."""
    return value * _CARATS_IN[unit]


@dataclass(frozen=True, slots=True)
class Reading:
    """One weight as a balance sent it."""

    value: Decimal
    """In `unit`, with the decimals that the balance sent; below zero where the pan drifts."""
    unit: Unit
    stable: bool
    stable_by: StableBy | None
    """Who says that it is stable: the instrument's flag, or equal readings over 2 s; None for unstable and typed.
    An unstable one by `software` comes from a balance that tells no stability."""
    net: bool | None
    """Tare taken off; None where the balance does not tell."""
    unverified_digits: int
    """Last digits that are not verified for trade."""
    raw: bytes
    """The line as it came, empty when typed."""
    at: datetime
    portions: tuple["Reading", ...] = ()
    """Where the parcel is heavier than the balance takes: the readings that this one is the sum of."""

    def __post_init__(self) -> None:
        if not isinstance(self.value, Decimal):
            raise TypeError(f"a reading is a Decimal, not {type(self.value).__name__}")
        if self.unit not in _CARATS_IN or not self.value.is_finite() or self.at.utcoffset() is None:
            raise ValueError("a reading has a finite value, a unit of mass and an aware time")

    @property
    def exact(self) -> Decimal:
        """Carats, as fine as the balance weighs."""
        return in_carats(self.value, self.unit)

    @property
    def carats(self) -> Carats:
        """Cut to a thousandth, which never changes the agreed carats. Raises AmountOutOfRange below zero."""
        return Carats(self.exact.quantize(_THOUSANDTH, ROUND_DOWN))


def summed(portions: Sequence[Reading]) -> Reading:
    """One reading of a parcel that was weighed in portions; its raw bytes are all of theirs, a line each.

    Raises NotStable, PortionsDiffer.
    """
    first = portions[0]
    for each in portions:
        if not each.stable:
            raise NotStable(str(each.value), each.unit)
        if each.unit != first.unit or each.portions:
            raise PortionsDiffer
    if len(portions) == 1:
        return first
    nets = {each.net for each in portions}
    return Reading(
        value=sum((each.value for each in portions), Decimal(0)),
        unit=first.unit,
        stable=True,
        stable_by="software" if any(each.stable_by == "software" for each in portions) else first.stable_by,
        net=nets.pop() if len(nets) == 1 else None,
        unverified_digits=max(each.unverified_digits for each in portions),
        raw=b"\n".join(each.raw for each in portions),
        at=portions[-1].at,
        portions=tuple(portions),
    )


@dataclass(frozen=True, slots=True)
class Weighing:
    """A stable reading and the officer who took it.

    Raises NotStable, NothingWeighed, AmountOutOfRange, and NeedsReason for one that has no line of a balance behind it.
    """

    officer: str
    """The officer's id."""
    reading: Reading
    by_hand: str = ""
    """Why it was typed, empty when the balance sent it."""
    balance: str = ""

    def __post_init__(self) -> None:
        if not self.reading.stable:
            raise NotStable(str(self.reading.value), self.reading.unit)
        if not self.carats:
            raise NothingWeighed
        if not self.reading.raw and not self.by_hand.strip():
            raise NeedsReason

    @property
    def carats(self) -> Carats:
        return self.reading.carats

    @property
    def at(self) -> datetime:
        return self.reading.at

    @property
    def parts(self) -> int:
        """In how many portions."""
        return len(self.reading.portions) or 1


def typed(carats: Carats, *, officer: str, reason: str, at: datetime, balance: str = "") -> Weighing:
    """A weighing read off the display and typed; raises NeedsReason."""
    reading = Reading(carats.value, "ct", stable=True, stable_by=None, net=None, unverified_digits=0, raw=b"", at=at)
    return Weighing(officer, reading, reason, balance)


@dataclass(frozen=True, slots=True)
class Allowance:
    """How far apart two weighings of one parcel may be: the largest of three. No KP figure is known."""

    divisions: int = 2
    """Of the balance's readability."""
    least: Carats = Carats(Decimal("0.01"))  # noqa: RUF009  frozen
    share: Decimal = Decimal("0.00005")
    """Of the first weighing."""


USUAL = Allowance()
_NONE: Mapping[str, Decimal] = MappingProxyType({})


def allowed_difference(first: Carats, readability: Decimal, *, allowance: Allowance = USUAL) -> Carats:
    """Carats, cut to a thousandth. `readability` is the balance's smallest step in carats (`in_carats`)."""
    largest = max(readability * allowance.divisions, allowance.least.value, first.value * allowance.share)
    return Carats(largest.quantize(_THOUSANDTH, ROUND_DOWN))


def step_of(weighing: Weighing, *, readability: Decimal, coarser: Mapping[str, Decimal] = _NONE) -> Decimal:
    """The smallest step, in carats, behind a weighing: each portion of a sum may be off by as much as one weighing.

    `coarser` are the steps of balances that weigh coarser than the office's usual `readability`.
    """
    return max(readability, coarser.get(weighing.balance, readability)) * weighing.parts


def allowed_between(
    first: Weighing,
    second: Weighing,
    *,
    readability: Decimal,
    coarser: Mapping[str, Decimal] = _NONE,
    allowance: Allowance = USUAL,
) -> Carats:
    """How far these two may be apart."""
    step = max(step_of(each, readability=readability, coarser=coarser) for each in (first, second))
    return allowed_difference(first.carats, step, allowance=allowance)


def counted(
    weighings: Sequence[Weighing],
    *,
    readability: Decimal,
    coarser: Mapping[str, Decimal] = _NONE,
    allowance: Allowance = USUAL,
    same_officer: bool = False,
) -> tuple[Weighing, Weighing]:
    """The two nearest weighings, in their order; of two officers unless the office's setting says otherwise.

    Raises NeedsSecondWeighing, or NeedsThirdWeighing as long as the nearest two differ by more than is allowed.
    """
    pairs = [(a, b) for a, b in combinations(weighings, 2) if same_officer or a.officer != b.officer]
    if not pairs:
        raise NeedsSecondWeighing
    first, second = min(pairs, key=_difference)
    allowed = allowed_between(first, second, readability=readability, coarser=coarser, allowance=allowance)
    difference = _difference((first, second))
    if difference > allowed.value:
        raise NeedsThirdWeighing(Carats(difference.quantize(_THOUSANDTH, ROUND_UP)), allowed)
    return first, second


def agree(
    weighings: Sequence[Weighing],
    *,
    readability: Decimal,
    rounding: Rounding,
    coarser: Mapping[str, Decimal] = _NONE,
    allowance: Allowance = USUAL,
    same_officer: bool = False,
) -> Carats:
    """The agreed carats at 0.01: the mean of the two weighings that count, rounded once. Raises as `counted`."""
    pair = counted(weighings, readability=readability, coarser=coarser, allowance=allowance, same_officer=same_officer)
    mean = sum((weighing.reading.exact for weighing in pair), Decimal(0)) / 2
    return rounding.agree(Carats(mean.quantize(_THOUSANDTH, ROUND_DOWN)))


def _difference(pair: tuple[Weighing, Weighing]) -> Decimal:
    first, second = pair
    return abs(first.reading.exact - second.reading.exact)
