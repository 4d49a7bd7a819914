"""Levies of the state and fees of the office: what is claimed, what was received, in two ledgers that never mix.

EU authorities may charge cost only; levies elsewhere are separate taxes (EU 19(4); kpcs.md §4, §13). All amounts are
exact US$ to the cent; what is paid in local money is counted at the rate its receipt names.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import ROUND_DOWN, ROUND_HALF_UP, ROUND_UP, Decimal
from enum import StrEnum
from typing import ClassVar, Self

from kpdesk.domain.measures import Carats, Money, total_carats, total_money
from kpdesk.domain.outcomes import Refusal
from kpdesk.domain.prices import NotThatCell, amount, word
from kpdesk.domain.valuation import FigureKind, FigureMissing, ValuationRule

NOTHING = Money(Decimal(0))
US = "USD"
_LONGEST_NAME = 60


@dataclass(eq=False)
class ReceiptTwice(Refusal):
    """A receipt counts once in its ledger."""

    number: str
    ledger: str


@dataclass(eq=False)
class MoreThanOwed(Refusal):
    """A receipt is of more than the claims it is matched to: what nobody claims is not taken."""

    amount: Money
    owed: Money


@dataclass(eq=False)
class OtherLedger(Refusal):
    """One receipt is of one payer and one ledger, and so are the claims it is matched to."""

    claim: str


@dataclass(eq=False)
class ClaimPaid(Refusal):
    """A claim that something was paid on is not cancelled before its receipts are reversed."""

    claim: str
    paid: Money


@dataclass(eq=False)
class NothingToPay(Refusal):
    """The claim is settled or cancelled."""

    claim: str


@dataclass(eq=False)
class AlreadyReversed(Refusal):
    """A receipt is reversed once."""

    number: str


@dataclass(eq=False)
class NotARate(Refusal):
    """US$ are taken at 1; any other currency has three letters, and a rate in its units per US$ above zero."""

    currency: str
    rate: str


@dataclass(eq=False)
class ReceiptIncomplete(Refusal):
    """A receipt has a number, an amount above zero, and at least one claim that it pays."""


@dataclass(eq=False)
class ReasonWanted(Refusal):
    """What is taken back has a reason that others can read."""


class Ledger(StrEnum):
    LEVY = "levy"
    """The state's: royalties, export duties, funds."""
    FEE = "fee"
    """The office's: certificate, inspection, valuation."""


class ChargeKind(StrEnum):
    PERCENT = "percent"
    PER_CARAT = "per_carat"
    PER_CERTIFICATE = "per_certificate"
    PER_PARCEL = "per_parcel"


class Payer(StrEnum):
    EXPORTER = "exporter"
    IMPORTER = "importer"


class Cents(StrEnum):
    """How a claim is rounded."""

    CENT = "cent"
    """Half up to the cent."""
    CENT_DOWN = "cent_down"
    DOLLAR = "dollar"
    """Half up to the dollar."""
    DOLLAR_UP = "dollar_up"

    def round(self, value: Decimal) -> Money:
        step, mode = _STEPS[self]
        return Money(value.quantize(step, mode).quantize(Decimal("0.01")))


_STEPS = {
    Cents.CENT: (Decimal("0.01"), ROUND_HALF_UP),
    Cents.CENT_DOWN: (Decimal("0.01"), ROUND_DOWN),
    Cents.DOLLAR: (Decimal(1), ROUND_HALF_UP),
    Cents.DOLLAR_UP: (Decimal(1), ROUND_UP),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Goods:
    """A parcel as charges look at it."""

    carats: Carats
    value: Money
    """The one that counts."""
    figures: Mapping[FigureKind, Money]

    def base(self, rule: ValuationRule | None) -> Money:
        """The value that a rule starts from, None for the one that counts; raises FigureMissing."""
        if rule is None:
            return self.value
        if rule is ValuationRule.HIGHEST:
            return max(self.figures.values(), default=self.value)
        wanted = FigureKind.OFFICE if rule is ValuationRule.GOVERNMENT else FigureKind.DECLARED
        if wanted not in self.figures:
            raise FigureMissing(wanted.value)
        return self.figures[wanted]


@dataclass(frozen=True, slots=True, kw_only=True)
class Charge:
    """One line of the tariff."""

    columns: ClassVar[Mapping[str, bool]] = {
        "charge": True,
        "kind": True,
        "rate": True,
        "payer": True,
        "ledger": True,
        "rounding": False,
        "base": False,
        "over": False,
    }

    name: str
    what: ChargeKind
    rate: Decimal
    """Percent (15 = 15 %), or US$ a carat, certificate or parcel."""
    payer: Payer
    ledger: Ledger
    rounding: Cents = Cents.CENT
    base: ValuationRule | None = None
    """The value a percentage starts from, where it is not the one that counts."""
    over: Money = NOTHING
    """A percentage is due only on parcels worth more than this."""

    def __post_init__(self) -> None:
        if not self.name or len(self.name) > _LONGEST_NAME:
            raise NotThatCell("charge")
        if not 0 < self.rate < 100_000_000 or (self.what is ChargeKind.PERCENT and self.rate > 100):
            raise NotThatCell("rate")

    @property
    def key(self) -> str:
        return self.name

    def cells(self) -> Sequence[str]:
        plain = (self.name, self.what.value, f"{self.rate:f}", self.payer.value, self.ledger.value, self.rounding.value)
        return (*plain, self.base.value if self.base else "", str(self.over) if self.over else "")

    @classmethod
    def of(cls, cells: Mapping[str, str]) -> Self:
        return cls(
            name=cells["charge"],
            what=ChargeKind(word(cells, "kind", ChargeKind)),
            rate=amount(cells, "rate", 4).normalize() + 0,
            payer=Payer(word(cells, "payer", Payer)),
            ledger=Ledger(word(cells, "ledger", Ledger)),
            rounding=Cents(word(cells, "rounding", Cents)) if cells["rounding"] else Cents.CENT,
            base=ValuationRule(word(cells, "base", ValuationRule)) if cells["base"] else None,
            over=Money(amount(cells, "over", 2)) if cells["over"] else NOTHING,
        )

    def due(self, goods: Sequence[Goods]) -> tuple[Decimal, Money] | None:
        """What it starts from (US$, carats or a count) and what is due; None where nothing is. Raises FigureMissing."""
        match self.what:
            case ChargeKind.PERCENT:
                values = [each.base(self.base) for each in goods]
                start = total_money(value for value in values if value > self.over).value
                due = start * self.rate / 100
            case ChargeKind.PER_CARAT:
                start = total_carats(each.carats for each in goods).value
                due = start * self.rate
            case ChargeKind.PER_CERTIFICATE:
                start, due = Decimal(1), self.rate
            case ChargeKind.PER_PARCEL:
                start = Decimal(len(goods))
                due = start * self.rate
        money = self.rounding.round(due)
        return (start, money) if money else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """What one charge asks of one application. Receipts are matched to it; it is cancelled, never changed."""

    kind: ClassVar[str] = "claim"
    personal: ClassVar[frozenset[str]] = frozenset()

    number: str
    """`L-2026-000001`, without gaps."""
    application: str
    charge: str
    what: ChargeKind
    rate: Decimal
    start: Decimal
    """What the rate was applied to: US$, carats or a count."""
    book: str
    """The version of the tariff."""
    ledger: Ledger
    payer: str
    """The firm's register number."""
    amount: Money
    paid: Money = NOTHING
    cancelled: str = ""
    """Why, where it is."""
    by: str
    at: datetime

    @property
    def identity(self) -> str:
        return self.number

    @property
    def about(self) -> str:
        return f"shipment/{self.application}"

    @property
    def live(self) -> bool:
        return bool(self.open)

    @property
    def open(self) -> Money:
        """What is still to be paid."""
        return NOTHING if self.cancelled else self.amount - self.paid

    def pay(self, part: Money) -> "Claim":
        """Raises NothingToPay, MoreThanOwed."""
        if not self.open:
            raise NothingToPay(self.number)
        if part > self.open:
            raise MoreThanOwed(part, self.open)
        return replace(self, paid=self.paid + part)

    def take_back(self, part: Money) -> "Claim":
        """A receipt that paid this part is reversed."""
        return replace(self, paid=self.paid - part)

    def cancel(self, why: str) -> "Claim":
        """Raises ClaimPaid, NothingToPay, ReasonWanted."""
        if not why.strip():
            raise ReasonWanted
        if self.cancelled:
            raise NothingToPay(self.number)
        if self.paid:
            raise ClaimPaid(self.number, self.paid)
        return replace(self, cancelled=why.strip())


@dataclass(frozen=True, slots=True)
class Part:
    """What of a receipt pays one claim."""

    claim: str
    amount: Money


@dataclass(frozen=True, slots=True, kw_only=True)
class Payment:
    """A receipt, as the bank or the office's own till gave it; never changed, only reversed by a record beside it."""

    kind: ClassVar[str] = "payment"
    personal: ClassVar[frozenset[str]] = frozenset()

    number: str
    """The receipt's own."""
    entered: int = 1
    """The first time, or again after a reversal."""
    ledger: Ledger
    payer: str
    paid: Decimal
    """In its currency."""
    currency: str = US
    rate: Decimal = Decimal(1)
    """Units of the currency for one US$."""
    amount: Money
    """In US$, rounded half up to the cent."""
    parts: tuple[Part, ...]
    on: date
    """The office's day on which it was taken into the books."""
    by: str
    at: datetime

    def __post_init__(self) -> None:
        if total_money(part.amount for part in self.parts) != self.amount or not self.number.strip():
            raise ValueError("a receipt has a number, and all of it is matched")

    @property
    def identity(self) -> str:
        return payment_identity(self.ledger, self.number, self.entered)

    @property
    def about(self) -> str:
        return f"party/{self.payer}"

    @property
    def live(self) -> bool:
        return False


@dataclass(frozen=True, slots=True, kw_only=True)
class Reversal:
    """A receipt taken back by two: its claims are open again, its number may be entered anew."""

    kind: ClassVar[str] = "payment_reversal"
    personal: ClassVar[frozenset[str]] = frozenset()

    payment: str
    why: str
    by: str
    second: str
    at: datetime

    @property
    def identity(self) -> str:
        return self.payment

    @property
    def about(self) -> str:
        return f"payment/{self.payment}"

    @property
    def live(self) -> bool:
        return False


def payment_identity(ledger: Ledger, number: str, entered: int) -> str:
    """`fee-0001234`, and `fee-0001234#2` where the first entry of that receipt was reversed."""
    return f"{ledger}-{number}" + (f"#{entered}" if entered > 1 else "")


def in_dollars(paid: Decimal, currency: str, rate: Decimal) -> Money:
    """What a receipt is worth; raises NotARate."""
    fits = (
        rate == 1 if currency == US else rate > 0 and len(currency) == 3 and currency.isascii() and currency.isupper()
    )
    if not fits:
        raise NotARate(currency, str(rate))
    return Money((paid / rate).quantize(Decimal("0.01"), ROUND_HALF_UP))


def share_out(amount: Money, claims: Sequence[Claim]) -> tuple[Part, ...]:
    """A receipt over claims, in their order, each up to what is open; raises MoreThanOwed where something is left."""
    parts, left = [], amount
    for claim in claims:
        part = min(left, claim.open)
        if part:
            parts.append(Part(claim.number, part))
            left -= part
    if left or not parts:
        raise MoreThanOwed(amount, total_money(claim.open for claim in claims))
    return tuple(parts)
