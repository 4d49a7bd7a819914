"""A balance of the office, what its books say of it, and whether it may weigh today (desk.md §2.5).

Only what a balance itself said is a weight; what is known of it – calibration, check weights, zero – decides whether
that counts.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from enum import StrEnum
from typing import ClassVar, cast

from kpdesk.domain.outcomes import Finding, Refusal, Stopped
from kpdesk.domain.rules import (
    BALANCE_NOT_IN_USE,
    BALANCE_UNKNOWN,
    CALIBRATION_ENDS_SOON,
    CALIBRATION_LAPSED,
    CALIBRATION_OVERDUE,
    CHECK_WEIGHT_DUE,
    CHECK_WEIGHT_MISSED,
    OVER_MAXIMUM,
    TOO_COARSE,
    ZERO_DUE,
)
from kpdesk.domain.weighing import Reading, Unit, in_carats

SOON = timedelta(days=30)
FOR_STONES = Decimal("0.001")
"""The coarsest step, in carats, that weighs stones."""


@dataclass(eq=False)
class BalanceDoesNotFit(Refusal):
    """What is entered of a balance cannot be."""

    what: str


class DialectName(StrEnum):
    """How a balance writes its lines."""

    SICS = "sics"
    """Mettler Toledo MT-SICS, KERN KCP."""
    SBI16 = "sbi16"
    """Sartorius, 16 characters."""
    SBI22 = "sbi22"
    """Sartorius, 22 characters: with an ID in front."""
    AND = "and"
    """A&D standard."""
    OHAUS = "ohaus"
    SHIMADZU = "shimadzu"
    VIBRA = "vibra"
    """Shinko."""
    RADWAG = "radwag"
    REGEX = "regex"
    """Any other, by a profile of its own."""


class Parity(StrEnum):
    NONE = "N"
    EVEN = "E"
    ODD = "O"


@dataclass(frozen=True, slots=True)
class LineSettings:
    """How the serial line is set."""

    baud: int = 9600
    bits: int = 8
    parity: Parity = Parity.NONE
    stops: int = 1
    rtscts: bool = False

    def __post_init__(self) -> None:
        if not 300 <= self.baud <= 230_400 or self.bits not in (7, 8) or self.stops not in (1, 2):
            raise BalanceDoesNotFit("the line settings")

    def __str__(self) -> str:
        return f"{self.baud} {self.bits}{self.parity}{self.stops}{' RTS/CTS' if self.rtscts else ''}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """How a balance writes that speaks none of the dialects: one pattern, what it says at rest, what to ask."""

    line: str
    """A regular expression with the groups `value` and `unit`, and `sign` and `stable` where there are such."""
    stable: str = ""
    """What the group `stable` says at rest; empty where the balance tells no stability."""
    overload: str = ""
    """A pattern of lines that say so."""
    now: str = ""
    """Asks for a weight; `\\r\\n` is put behind. Empty: the balance sends by itself."""
    zero: str = ""
    tare: str = ""


class FaultKind(StrEnum):
    """What a balance says instead of a weight."""

    OVERLOAD = "overload"
    UNDERLOAD = "underload"
    BUSY = "busy"
    """Not at rest in time, or doing something else."""
    SYNTAX = "syntax"
    """The balance does not know what it was asked."""
    TRANSMISSION = "transmission"
    """The line is garbled, cut or doubled: it is no line of this dialect."""
    LOGICAL = "logical"
    """It cannot do that now."""
    CALIBRATING = "calibrating"
    UNIT = "unit"
    """It weighs in a unit that nobody may guess; `code` is its word."""
    ERROR = "error"


@dataclass(frozen=True, slots=True)
class Fault:
    """A line that is no weight but says something is wrong."""

    kind: FaultKind
    raw: bytes
    code: str = ""


class LegalClass(StrEnum):
    """Accuracy class by OIML R 76."""

    SPECIAL = "I"
    HIGH = "II"
    MEDIUM = "III"
    NONE = ""
    """Not verified for trade."""


@dataclass(frozen=True, slots=True)
class Weight:
    """The check weight that belongs to a balance."""

    certificate: str
    nominal: Decimal
    """In the balance's unit, as its certificate states it."""
    tolerance: Decimal

    def __post_init__(self) -> None:
        if not (self.nominal > 0 and self.tolerance > 0):
            raise BalanceDoesNotFit("the check weight and its tolerance")


@dataclass(frozen=True, slots=True, kw_only=True)
class Balance:
    """A balance on the office's books, kept whole."""

    kind: ClassVar[str] = "balance"
    personal: ClassVar[frozenset[str]] = frozenset()

    id: str
    """`JET-1`: what stands on its label."""
    maker: str
    model: str
    serial: str
    dialect: DialectName
    profile: Profile | None = None
    """Only with the dialect `regex`."""
    line: LineSettings = LineSettings()
    adapter: str
    """The serial number of the adapter it hangs on; the port's name only where the adapter has none."""
    unit: str
    """The unit it is set to, in which the next four are: `ct`, `g` or `mg`."""
    readability: Decimal
    """Its smallest step d."""
    maximum: Decimal
    weight: Weight | None = None
    legal_class: LegalClass = LegalClass.NONE
    certificate: str = ""
    """Of its calibration."""
    calibrated_until: date
    in_use: bool = True
    zeroed_at: datetime | None = None
    checked_at: datetime | None = None
    """The last check weight, good or not."""
    missed: str = ""
    """The check that it missed and no supervisor has signed yet."""

    def __post_init__(self) -> None:
        if not self.id.strip():
            raise BalanceDoesNotFit("its name")
        if self.unit not in ("ct", "g", "mg"):
            raise BalanceDoesNotFit("the unit")
        if not 0 < self.readability < self.maximum:
            raise BalanceDoesNotFit("its step and its maximum")
        if (self.profile is None) == (self.dialect is DialectName.REGEX):
            raise BalanceDoesNotFit("the dialect and the profile")
        if self.weight is not None and self.weight.nominal > self.maximum:
            raise BalanceDoesNotFit("the check weight and its maximum")

    @property
    def identity(self) -> str:
        return self.id

    @property
    def about(self) -> str:
        return ""

    @property
    def live(self) -> bool:
        return self.in_use

    @property
    def subject(self) -> str:
        return f"{self.kind}/{self.id}"

    @property
    def mass_unit(self) -> Unit:
        return cast(Unit, self.unit)

    @property
    def step(self) -> Decimal:
        """Its readability in carats."""
        return in_carats(self.readability, self.mass_unit)

    @property
    def most(self) -> Decimal:
        """Its maximum in carats."""
        return in_carats(self.maximum, self.mass_unit)

    def is_zero(self, reading: Reading) -> bool:
        """Whether the pan is empty: 0 ± 2d."""
        return abs(reading.exact) <= 2 * self.step


@dataclass(frozen=True, slots=True, kw_only=True)
class BalanceCheck:
    """What a balance showed with something known on its pan: nothing (a zero check) or its check weight."""

    kind: ClassVar[str] = "balance_check"
    personal: ClassVar[frozenset[str]] = frozenset()

    id: str
    balance: str
    weight: str = ""
    """The certificate of the check weight; empty for a zero check."""
    nominal: Decimal
    """Carats, as the next two."""
    shown: Decimal
    tolerance: Decimal
    raw: bytes
    at: datetime
    by: str
    signed_by: str = ""
    """The supervisor who looked at a miss and let the balance weigh again."""
    why: str = ""
    """What the supervisor found."""

    @property
    def identity(self) -> str:
        return self.id

    @property
    def about(self) -> str:
        return f"{Balance.kind}/{self.balance}"

    @property
    def holds(self) -> bool:
        return abs(self.shown - self.nominal) <= self.tolerance

    @property
    def live(self) -> bool:
        """A missed check weight waits for a supervisor."""
        return bool(self.weight) and not self.holds and not self.signed_by


@dataclass(frozen=True, slots=True, kw_only=True)
class RefusedReading:
    """A reading that an officer wanted to take and that was refused: kept for good as any other."""

    kind: ClassVar[str] = "refused_reading"
    personal: ClassVar[frozenset[str]] = frozenset()

    id: str
    balance: str
    raw: bytes
    why: str
    """The code of the refusal."""
    parcel: str = ""
    at: datetime
    by: str

    @property
    def identity(self) -> str:
        return self.id

    @property
    def about(self) -> str:
        return f"{Balance.kind}/{self.balance}"

    @property
    def live(self) -> bool:
        return False


@dataclass(eq=False)
class BalanceBarred(Stopped):
    """The balance may not weigh this; every reason is a finding."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WeighingRules:
    """What the office has decided about its balances, as in force today."""

    today: date
    day_of: Callable[[datetime], date]
    """The office's day of a moment."""
    check_days: int
    """Days from one check weight to the next."""
    grace_days: int
    """How long a balance still weighs after its calibration ended."""
    coarse_from: Decimal | None
    """Carats from which on a coarser balance may be used; None: never."""

    def coarse_enough_for(self, carats: Decimal | None) -> bool:
        return self.coarse_from is not None and (carats is None or carats >= self.coarse_from)


def may_weigh(balance: Balance, rules: WeighingRules, carats: Decimal | None = None) -> Iterator[Finding]:
    """What speaks against weighing on this balance now, a lot of `carats` where that is known already."""
    if not balance.in_use:
        yield BALANCE_NOT_IN_USE.found(balance=balance.id)
    if balance.missed:
        yield CHECK_WEIGHT_MISSED.found(balance=balance.id, check=balance.missed)
    yield from _calibration(balance, rules)
    if balance.step > FOR_STONES and not rules.coarse_enough_for(carats):
        yield TOO_COARSE.found(balance=balance.id, step=_plain(balance.step))
    if balance.zeroed_at is None or rules.day_of(balance.zeroed_at) < rules.today:
        yield ZERO_DUE.found(balance=balance.id)
    due = None if balance.checked_at is None else rules.day_of(balance.checked_at) + timedelta(days=rules.check_days)
    if balance.weight is not None and (due is None or due <= rules.today):
        yield CHECK_WEIGHT_DUE.found(balance=balance.id, weight=balance.weight.certificate)


def _calibration(balance: Balance, rules: WeighingRules) -> Iterator[Finding]:
    ends = balance.calibrated_until
    facts = {"balance": balance.id, "until": ends.isoformat()}
    if rules.today > ends + timedelta(days=rules.grace_days):
        yield CALIBRATION_LAPSED.found(**facts)
    elif rules.today > ends:
        barred = ends + timedelta(days=rules.grace_days + 1)
        yield CALIBRATION_OVERDUE.found(**facts, barred=barred.isoformat())
    elif rules.today > ends - SOON:
        yield CALIBRATION_ENDS_SOON.found(**facts)


def over_range(balance: Balance, reading: Reading) -> Iterator[Finding]:
    """Where more lay on the pan than the balance takes, whatever it said."""
    for each in reading.portions or (reading,):
        if each.exact > balance.most:
            yield OVER_MAXIMUM.found(balance=balance.id, shown=_plain(each.exact), most=_plain(balance.most))


def _plain(carats: Decimal) -> str:
    return f"{carats.normalize():f}"


def unknown(balance: str) -> Finding:
    """The office keeps books of its balances, and this one is not in them."""
    return BALANCE_UNKNOWN.found(balance=balance)
