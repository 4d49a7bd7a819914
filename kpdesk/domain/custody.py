"""Goods at the counter and between desks: the vouchers behind them, who saw them, who holds them, who contests them.

KPCS Annex II 11–15 (licensed sellers, books of sale), kpcs.md §10, §13. Each is kept whole (`domain.kept`).
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import ROUND_DOWN, Decimal
from enum import StrEnum
from typing import ClassVar

from kpdesk.domain.measures import Carats, Money, total_carats
from kpdesk.domain.outcomes import Finding, Refusal
from kpdesk.domain.parcel import ParcelState
from kpdesk.domain.parties import Party, PartyKind, check_licence
from kpdesk.domain.rules import (
    PARCEL_TWICE,
    SELLER_MAY_NOT,
    VOUCHER_IN_FUTURE,
    VOUCHER_TWICE,
    VOUCHERS_DIFFER,
    VOUCHERS_MISSING,
)
from kpdesk.domain.trust import Approval

NOBODY: frozenset[str] = frozenset()
IN_THE_HOUSE = (
    ParcelState.RECEIVED,
    ParcelState.WEIGHED,
    ParcelState.VALUED,
    ParcelState.BAGGED,
    ParcelState.APPLIED,
    ParcelState.SEALED,
)
"""The states of goods that somebody here answers for."""
WANT_A_REASON = frozenset({VOUCHERS_DIFFER.code, PARCEL_TWICE.code})
"""Warnings at the counter that hold nothing up once somebody has said why."""
_LEAST = Decimal("0.01")


@dataclass(eq=False)
class WhyMissing(Refusal):
    """This act is one that wants a reason."""


@dataclass(eq=False)
class NotTheHolder(Refusal):
    """Goods are handed over by who holds them, or by a supervisor."""

    parcel: str
    holder: str


@dataclass(eq=False)
class NotInTheHouse(Refusal):
    """The parcel has left, or was taken home."""

    parcel: str
    state: str


@dataclass(eq=False)
class Contested(Refusal):
    """The parcel is contested already, and that is not settled."""

    parcel: str
    contest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Voucher:
    """A licensed miner's or dealer's numbered sale, on which a purchased parcel rests."""

    kind: ClassVar[str] = "voucher"
    personal: ClassVar[frozenset[str]] = NOBODY

    number: str
    seller: str
    """The miner's or dealer's register number."""
    on: date
    """The day of sale, inside the licences of both."""
    carats: Carats
    value: Money
    parcel: str = ""
    """The parcel that it covers; empty once those goods went home again, and the voucher with them."""

    @property
    def identity(self) -> str:
        """A seller's number counts once, however it is spaced and whatever its case."""
        return f"{self.seller}/{''.join(self.number.split()).upper()}"

    @property
    def about(self) -> str:
        return f"parcel/{self.parcel}" if self.parcel else ""

    @property
    def live(self) -> bool:
        return bool(self.parcel)


def allowed_apart(carats: Carats, share: Decimal) -> Carats:
    """How far vouchers may be from a parcel of these carats: a share of it, and never less than 0.01 ct."""
    return Carats(max(carats.value * share, _LEAST).quantize(Decimal("0.001"), ROUND_DOWN))


def check_vouchers(
    vouchers: Sequence[Voucher],
    *,
    carats: Carats | None,
    buyer: Party,
    sellers: Collection[Party],
    used: Sequence[Voucher],
    share: Decimal,
    miners_sell: bool,
    today: date,
) -> tuple[Finding, ...]:
    """What speaks against a purchased parcel's vouchers; `used` are those of the same identity that books hold."""
    if not vouchers:
        return (VOUCHERS_MISSING.found(exporter=buyer.name),)
    found = [*_each(vouchers, buyer, {party.number: party for party in sellers}, miners_sell, today)]
    seen = {voucher.identity: voucher.parcel for voucher in used if voucher.live}
    for voucher in vouchers:
        if voucher.identity in seen:
            found.append(
                VOUCHER_TWICE.found(number=voucher.number, seller=voucher.seller, where=seen[voucher.identity])
            )
        seen[voucher.identity] = "–"
    total = total_carats(voucher.carats for voucher in vouchers)
    if carats is not None:
        allowed, apart = allowed_apart(carats, share), max(total, carats) - min(total, carats)
        if apart > allowed:
            found.append(VOUCHERS_DIFFER.found(vouchers=total, carats=carats, difference=apart, allowed=allowed))
    return tuple(dict.fromkeys(found))


def _each(
    vouchers: Sequence[Voucher], buyer: Party, sellers: dict[str, Party], miners_sell: bool, today: date
) -> Iterator[Finding]:
    """A seller of the right kind, both licences valid on the day of sale, no day to come."""
    may_sell = (PartyKind.MINER, PartyKind.DEALER) if miners_sell else (PartyKind.DEALER,)
    for voucher in vouchers:
        seller = sellers.get(voucher.seller)
        if voucher.on > today:
            yield VOUCHER_IN_FUTURE.found(number=voucher.number, day=voucher.on)
        if seller is None or seller.party_kind not in may_sell:
            yield SELLER_MAY_NOT.found(number=voucher.number, seller=seller.name if seller else voucher.seller)
            continue
        yield from check_licence(seller, seller.party_kind, voucher.on, notice=0)
        yield from check_licence(buyer, PartyKind.EXPORTER, voucher.on, notice=0)


class Service(StrEnum):
    """Whose officer stands by at the counter without being a user here."""

    CUSTOMS = "customs"
    MINES = "mines"


@dataclass(frozen=True, slots=True, kw_only=True)
class Witness:
    """An officer of another service, or the exporter's agent, who was there when goods came in (kpcs.md §4)."""

    kind: ClassVar[str] = "witness"
    personal: ClassVar[frozenset[str]] = frozenset({"name"})

    parcel: str
    service: Service
    name: str
    salt: bytes
    at: datetime

    @property
    def identity(self) -> str:
        return f"{self.parcel}-{self.service}"

    @property
    def about(self) -> str:
        return f"parcel/{self.parcel}"

    @property
    def live(self) -> bool:
        return False


@dataclass(frozen=True, slots=True, kw_only=True)
class Photo:
    """A picture of a whole parcel: ours, drawn small, and the digest of what was given."""

    kind: ClassVar[str] = "photo"
    personal: ClassVar[frozenset[str]] = NOBODY

    parcel: str
    place: int
    """The first, the second … of this parcel."""
    picture: str
    """SHA-256 of the kept JPEG, hex."""
    original: str
    """SHA-256 of the file that was given, hex."""
    width: int
    height: int
    by: str
    at: datetime

    @property
    def identity(self) -> str:
        return f"{self.parcel}-{self.place}"

    @property
    def about(self) -> str:
        return f"parcel/{self.parcel}"

    @property
    def live(self) -> bool:
        return False


class Place(StrEnum):
    """Where goods lie."""

    COUNTER = "counter"
    OFFICER = "officer"
    VAULT = "vault"
    HOLD = "hold"
    """Kept back until a doubt is settled."""
    SEIZED = "seized"


WHY_PLACES = (Place.HOLD, Place.SEIZED)
"""Where goods are brought for a reason that is kept."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Custody:
    """Who answers for a parcel; before any hand-over it lies at the counter, with the officer who received it."""

    kind: ClassVar[str] = "custody"
    personal: ClassVar[frozenset[str]] = NOBODY

    parcel: str
    place: Place
    holder: str
    """The officer's id."""
    since: datetime
    handover: str
    """The hand-over that brought it there."""

    @property
    def identity(self) -> str:
        return self.parcel

    @property
    def about(self) -> str:
        return f"parcel/{self.parcel}"

    @property
    def live(self) -> bool:
        return True


@dataclass(frozen=True, slots=True, kw_only=True)
class Handover:
    """Parcels that went from one officer's hands to another's; both signed it."""

    kind: ClassVar[str] = "handover"
    personal: ClassVar[frozenset[str]] = NOBODY

    number: str
    """`H-2026-000017`."""
    giver: str
    taker: str
    place: Place
    parcels: tuple[str, ...]
    carats: Carats
    """Agreed carats of those that have them."""
    unweighed: int
    """How many have none yet."""
    why: str
    at: datetime
    signatures: tuple[Approval, ...] = ()
    """Over the record without them."""

    @property
    def identity(self) -> str:
        return self.number

    @property
    def about(self) -> str:
        return ""

    @property
    def live(self) -> bool:
        return False


class Dispute(StrEnum):
    """What an exporter may contest."""

    WEIGHT = "weight"
    VALUE = "value"


@dataclass(frozen=True, slots=True, kw_only=True)
class Contest:
    """An exporter disputes a weight or a value: other officers weigh or value again, nothing signed is changed."""

    kind: ClassVar[str] = "contest"
    personal: ClassVar[frozenset[str]] = frozenset({"contester"})

    number: str
    """`K-2026-000003`."""
    parcel: str
    what: Dispute
    contester: str
    """Who speaks for the exporter."""
    salt: bytes
    reason: str
    carats: Carats
    """What was agreed before."""
    value: Money | None = None
    barred: tuple[str, ...]
    """The officers whose weight or value is disputed: they do not take the new one."""
    readings: int
    """How many readings there were: none of them counts for the new weight."""
    at: datetime
    by: str
    settled_at: datetime | None = None
    agreed_carats: Carats | None = None
    agreed_value: Money | None = None
    """What came of it; neither where the goods were taken home."""

    @property
    def identity(self) -> str:
        return self.number

    @property
    def about(self) -> str:
        return f"parcel/{self.parcel}"

    @property
    def live(self) -> bool:
        return self.settled_at is None
