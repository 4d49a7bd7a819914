"""What firms declare: a buyer's purchases from licensed diggers each month, and a firm's stock at the year's end.

KPCS Annex II 11, 14, 15 (only licensed persons mine; traders keep books of who, how much, for what); kpcs.md §7.1, §10.
What has not come in when it is due is a list, not a refusal.
"""

from calendar import monthrange
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from enum import StrEnum
from typing import ClassVar

from kpdesk.domain.goods import Heading
from kpdesk.domain.measures import Carats, Money, total_carats, total_money
from kpdesk.domain.outcomes import Finding
from kpdesk.domain.parties import Party, PartyKind, check_licence
from kpdesk.domain.production import Return
from kpdesk.domain.rules import (
    DECLARED_TOO_EARLY,
    DECLARED_TWICE,
    DIGGER_OVER_CAPACITY,
    SELLER_NO_DIGGER,
    STOCK_FAR_OFF,
    STOCK_OFF,
    STOCK_OPENING_UNKNOWN,
)
from kpdesk.domain.titles import Title

_NONE = Carats(Decimal(0))


def month_end(month: date) -> date:
    """The last day of the month that a day lies in."""
    return month.replace(day=monthrange(month.year, month.month)[1])


def months(year: int) -> tuple[date, ...]:
    """The twelve months of a year, each by its first day."""
    return tuple(date(year, month, 1) for month in range(1, 13))


@dataclass(frozen=True, slots=True)
class Purchase:
    """What a buyer bought from one digger in a month, under one HS heading."""

    seller: str
    """The digger's register number."""
    heading: Heading
    carats: Carats
    value: Money


@dataclass(frozen=True, slots=True, kw_only=True)
class Purchases:
    """A buyer's purchases from licensed diggers in one month; none at all is declared too."""

    kind: ClassVar[str] = "purchases"
    personal: ClassVar[frozenset[str]] = frozenset()

    buyer: str
    month: date
    """Its first day."""
    lines: tuple[Purchase, ...]
    declared_at: datetime
    declared_by: str
    lifted: tuple[str, ...] = ()
    """Findings two officers lifted, each `code: document`."""

    def __post_init__(self) -> None:
        if self.month.day != 1:
            raise ValueError("a month is named by its first day")

    @property
    def identity(self) -> str:
        return f"{self.buyer}-{self.month:%Y-%m}"

    @property
    def about(self) -> str:
        return f"party/{self.buyer}"

    @property
    def live(self) -> bool:
        return False

    @property
    def carats(self) -> Carats:
        return total_carats(line.carats for line in self.lines)

    @property
    def value(self) -> Money:
        return total_money(line.value for line in self.lines)


@dataclass(frozen=True, slots=True)
class Stocked:
    """Stock of one heading and origin at the year's end."""

    heading: Heading
    origin: str
    carats: Carats
    value: Money


@dataclass(frozen=True, slots=True, kw_only=True)
class StockDeclaration:
    """What a licensed firm held on 31 December; nil is declared too (kpcs.md §7.1: UAE)."""

    kind: ClassVar[str] = "stock_declaration"
    personal: ClassVar[frozenset[str]] = frozenset()

    firm: str
    year: int
    lines: tuple[Stocked, ...]
    declared_at: datetime
    declared_by: str
    lifted: tuple[str, ...] = ()

    @property
    def identity(self) -> str:
        return f"{self.firm}-{self.year}"

    @property
    def about(self) -> str:
        return f"party/{self.firm}"

    @property
    def live(self) -> bool:
        return False

    @property
    def carats(self) -> Carats:
        return total_carats(line.carats for line in self.lines)

    @property
    def value(self) -> Money:
        return total_money(line.value for line in self.lines)


def check_purchases(
    made: Purchases,
    *,
    buyer: Party,
    sellers: Mapping[str, Party],
    titles: Collection[Title],
    others: Iterable[Purchases],
    today: date,
) -> tuple[Finding, ...]:
    """What speaks against a buyer's month; `others` are the month's declarations of all buyers that are on the books.

    Buyer and diggers licensed, the month over and declared once, and no digger selling more than titles let him mine.
    """
    return tuple(dict.fromkeys(_check_purchases(made, buyer, sellers, titles, tuple(others), today)))


def _check_purchases(
    made: Purchases,
    buyer: Party,
    sellers: Mapping[str, Party],
    titles: Collection[Title],
    others: tuple[Purchases, ...],
    today: date,
) -> Iterator[Finding]:
    last = month_end(made.month)
    if last >= today:
        yield DECLARED_TOO_EARLY.found(firm=buyer.name, period=f"{made.month:%Y-%m}")
    if any(each.identity == made.identity for each in others):
        yield DECLARED_TWICE.found(firm=buyer.name, period=f"{made.month:%Y-%m}")
    yield from check_licence(buyer, buyer.party_kind, last, notice=0)
    sold: dict[str, Carats] = defaultdict(lambda: _NONE)
    for each in (made, *(other for other in others if other.month == made.month)):
        for line in each.lines:
            sold[line.seller] += line.carats
    for number in dict.fromkeys(line.seller for line in made.lines):
        seller = sellers.get(number)
        if seller is None or seller.party_kind is not PartyKind.MINER:
            yield SELLER_NO_DIGGER.found(seller=seller.name if seller else number)
            continue
        yield from check_licence(seller, PartyKind.MINER, last, notice=0)
        own = [title for title in titles if title.holder_on(last) == number and title.valid_on(last)]
        capacity = total_carats(title.monthly_capacity for title in own)
        if sold[number] > capacity:
            yield DIGGER_OVER_CAPACITY.found(
                seller=seller.name, month=f"{made.month:%Y-%m}", carats=sold[number], capacity=capacity
            )


@dataclass(frozen=True, slots=True, kw_only=True)
class Books:
    """What the office itself knows of a firm's goods in one year, in carats of all headings together.

    Sorting moves carats between headings, so only the sum can be held against a stock.
    """

    opening: Carats | None
    """The stock it declared the year before; None where it declared none."""
    mined: Carats = _NONE
    bought: Carats = _NONE
    """From diggers by its monthly declarations, and from others here by local sale."""
    imported: Carats = _NONE
    exported: Carats = _NONE
    sold: Carats = _NONE
    """To other firms here."""
    lost: Carats = _NONE
    """In sorting, less what was gained; never below zero."""

    @property
    def came(self) -> Carats:
        return total_carats((self.opening or _NONE, self.mined, self.bought, self.imported))

    @property
    def went(self) -> Carats:
        return total_carats((self.exported, self.sold, self.lost))

    @property
    def expected(self) -> Carats:
        """Opening + in − out; zero where more went than came."""
        return self.came - self.went if self.came > self.went else _NONE


def check_stock(
    made: StockDeclaration, *, firm: Party, books: Books, declared: Collection[str], today: date, share: Decimal
) -> tuple[Finding, ...]:
    """What speaks against a yearly stock; `declared`: identities on the books, `share`: the tolerance of what came."""
    found = []
    if date(made.year, 12, 31) >= today:
        found.append(DECLARED_TOO_EARLY.found(firm=firm.name, period=str(made.year)))
    if made.identity in declared:
        found.append(DECLARED_TWICE.found(firm=firm.name, period=str(made.year)))
    if books.opening is None:
        found.append(STOCK_OPENING_UNKNOWN.found(firm=firm.name, year=made.year - 1))
    apart = max(made.carats, books.expected) - min(made.carats, books.expected)
    if apart:
        far = books.opening is not None and apart.value > max(books.came.value * share, Decimal("0.5"))
        rule = STOCK_FAR_OFF if far else STOCK_OFF
        found.append(rule.found(declared=made.carats, expected=books.expected, difference=apart))
    return tuple(found)


class DueKind(StrEnum):
    """What somebody owes the office."""

    PRODUCTION = "production"
    PURCHASES = "purchases"
    STOCK = "stock_declaration"


@dataclass(frozen=True, slots=True, kw_only=True)
class Missing:
    """A return or declaration that is due and has not come."""

    what: DueKind
    who: str
    """The title's number or the firm's."""
    name: str
    period: date
    """The first day of its month or year."""
    due: date

    @property
    def subject(self) -> str:
        """How the window turns to it: `production/T-100-2026-10`."""
        period = f"{self.period:%Y}" if self.what is DueKind.STOCK else f"{self.period:%Y-%m}"
        return f"{self.what}/{self.who}-{period}"


def missing_production(
    titles: Iterable[Title], returned: Collection[tuple[str, date]], *, today: date, days: int, back: int = 12
) -> Iterator[Missing]:
    """Months of the last year in which a title was valid all through, due and not returned; the newest first."""
    for month in _past(today, days, back):
        for title in titles:
            valid = title.valid_on(month) and title.valid_on(month_end(month))
            if valid and (title.number, month) not in returned:
                due = month_end(month) + timedelta(days=days)
                yield Missing(what=DueKind.PRODUCTION, who=title.number, name=title.mine, period=month, due=due)


def missing_purchases(
    buyers: Iterable[Party], declared: Collection[tuple[str, date]], *, today: date, days: int, back: int = 12
) -> Iterator[Missing]:
    """As `missing_production`, for those licensed to deal on the first and the last day of the month."""
    for month in _past(today, days, back):
        for buyer in buyers:
            licensed = all(buyer.licence(buyer.party_kind, day) for day in (month, month_end(month)))
            if licensed and (buyer.number, month) not in declared:
                due = month_end(month) + timedelta(days=days)
                yield Missing(what=DueKind.PURCHASES, who=buyer.number, name=buyer.name, period=month, due=due)


def missing_stock(
    firms: Iterable[Party], declared: Collection[tuple[str, int]], *, today: date, days: int
) -> Iterator[Missing]:
    """The year before this one, once it is due, of every firm licensed on its last day."""
    last = date(today.year - 1, 12, 31)
    due = last + timedelta(days=days)
    for firm in firms:
        if today > due and firm.licence(firm.party_kind, last) and (firm.number, last.year) not in declared:
            first = date(last.year, 1, 1)
            yield Missing(what=DueKind.STOCK, who=firm.number, name=firm.name, period=first, due=due)


def _past(today: date, days: int, back: int) -> Iterator[date]:
    """The months whose returns are due by today, the newest first, at most so many."""
    month = today.replace(day=1)
    for _ in range(back):
        month = (month - timedelta(days=1)).replace(day=1)
        if month_end(month) + timedelta(days=days) < today:
            yield month


def by_month(returns: Sequence[Return]) -> dict[tuple[str, date], tuple[Return, ...]]:
    """Returns by title and month, for a grid."""
    cells: dict[tuple[str, date], list[Return]] = defaultdict(list)
    for each in returns:
        cells[each.title, each.month].append(each)
    return {key: tuple(group) for key, group in cells.items()}
