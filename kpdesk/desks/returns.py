"""Returns and declarations: what mines produced, what buyers bought from diggers, what firms held at the year's end.

KPCS Annex II 11, 15; Annex III; kpcs.md §7.1, §10. What is due and has not come is listed for whoever reminds.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time
from typing import TypeVar

from kpdesk.desks.desk import Desk, NoDocument, apart, stop_at
from kpdesk.domain.declarations import (
    Books,
    Missing,
    Purchase,
    Purchases,
    StockDeclaration,
    Stocked,
    by_month,
    check_purchases,
    check_stock,
    missing_production,
    missing_purchases,
    missing_stock,
    months,
)
from kpdesk.domain.measures import Carats, total_carats
from kpdesk.domain.outcomes import Finding, Severity
from kpdesk.domain.parties import Party, PartyKind, Role
from kpdesk.domain.production import Return, check_returns
from kpdesk.domain.slips import PartySlip, Waiting
from kpdesk.domain.sorting import Portion, Rework
from kpdesk.domain.titles import Title
from kpdesk.store import declaring, keeping
from kpdesk.store.unit import Look, Unit

_STOCKED = (PartyKind.EXPORTER, PartyKind.DEALER)
_NONE = Carats.of("0")
_Declared = TypeVar("_Declared", Purchases, StockDeclaration)


@dataclass(frozen=True, slots=True)
class TitleRow:
    """A mining title as the grid's row."""

    number: str
    mine: str
    holder: str
    capacity: Carats


@dataclass(frozen=True, slots=True)
class ProductionYear:
    titles: tuple[TitleRow, ...]
    cells: dict[tuple[str, date], tuple[Return, ...]]
    """By title and month."""
    missing: frozenset[tuple[str, date]]
    """Due, and not returned."""
    valid: frozenset[tuple[str, date]]
    """Months in which the title is valid at the end: for others nothing is wanted."""


@dataclass(frozen=True, slots=True)
class PurchasesYear:
    buyers: tuple[PartySlip, ...]
    cells: dict[tuple[str, date], Purchases]
    missing: frozenset[tuple[str, date]]
    valid: frozenset[tuple[str, date]]


@dataclass(frozen=True, slots=True)
class StockYear:
    firms: tuple[PartySlip, ...]
    declared: dict[str, StockDeclaration]
    books: dict[str, Books]
    missing: frozenset[str]


def diggers(desk: Desk) -> tuple[PartySlip, ...]:
    """Licensed miners on the register, from whom buyers buy."""
    with desk.look() as session:
        return tuple(map(_slip, declaring.firms(session, (PartyKind.MINER,))))


# Production


def production_year(desk: Desk, year: int) -> ProductionYear:
    """Titles by months, with what is due and did not come."""
    with desk.look() as session:
        titles = declaring.titles(session)
        cells = by_month(declaring.returns(session, date(year, 1, 1), date(year, 12, 31)))
        days = desk.settings(session).return_days
        late = missing_production(titles, cells.keys(), today=desk.today, days=days, back=_back(desk, year))
        return ProductionYear(
            titles=tuple(TitleRow(each.number, each.mine, each.holder, each.monthly_capacity) for each in titles),
            cells=cells,
            missing=frozenset((each.who, each.period) for each in late if each.period.year == year),
            valid=frozenset((each.number, month) for each in titles for month in months(year) if each.valid_on(month)),
        )


def check_return(desk: Desk, made: Return) -> tuple[Finding, ...]:
    """What speaks against a monthly return while it is typed. Raises NotFound."""
    with desk.view() as unit:
        title = unit.get(Title, made.title)
        return check_returns([*unit.production(made.title), made], title=title, today=desk.today)


# Purchases from diggers


def purchases_year(desk: Desk, year: int) -> PurchasesYear:
    """Licensed buyers by months."""
    with desk.look() as session:
        buyers = declaring.firms(session, (PartyKind.DEALER,))
        kept = {(each.buyer, each.month): each for each in keeping.all_of(session, Purchases)}
        others = {buyer for buyer, _ in kept} - {each.number for each in buyers}
        buyers += tuple(session.get_one(Party, number) for number in sorted(others))
        days = desk.settings(session).return_days
        late = missing_purchases(buyers, kept.keys(), today=desk.today, days=days, back=_back(desk, year))
        return PurchasesYear(
            buyers=tuple(map(_slip, buyers)),
            cells={key: each for key, each in kept.items() if each.month.year == year},
            missing=frozenset((each.who, each.period) for each in late if each.period.year == year),
            valid=frozenset(
                (each.number, month)
                for each in buyers
                for month in months(year)
                if each.licence(each.party_kind, month)
            ),
        )


def check_purchases_of(desk: Desk, *, buyer: str, month: date, lines: Sequence[Purchase]) -> tuple[Finding, ...]:
    """What speaks against a buyer's month while it is typed. Raises NotFound."""
    with desk.view() as unit:
        return _check_purchases(desk, unit, _purchases(desk, buyer, month, lines))


def declare_purchases(
    desk: Desk,
    *,
    buyer: str,
    month: date,
    lines: Sequence[Purchase],
    second: Desk | None = None,
    document: str = "",
) -> Purchases:
    """Keep a buyer's month; a supervisor beside may lift findings with a document. Raises Stopped, NoDocument."""
    desk.must(Role.CLERK, Role.SUPERVISOR)
    with desk.unit() as unit:
        made = _purchases(desk, buyer, month, lines)
        made = _lifted(desk, made, _check_purchases(desk, unit, made), second, document)
        keeping.keep(unit, "declare_purchases", made, why=document.strip())
        return made


def _purchases(desk: Desk, buyer: str, month: date, lines: Sequence[Purchase]) -> Purchases:
    return Purchases(
        buyer=buyer, month=month, lines=tuple(lines), declared_at=desk.clock(), declared_by=desk.officer.id
    )


def _check_purchases(desk: Desk, unit: Unit, made: Purchases) -> tuple[Finding, ...]:
    buyer = unit.get(Party, made.buyer)
    found = (unit.find(Party, number) for number in {line.seller for line in made.lines})
    sellers = {seller.number: seller for seller in found if seller is not None}
    everybody = keeping.all_of(unit.session, Purchases)
    titles = declaring.titles(unit.session)
    return check_purchases(made, buyer=buyer, sellers=sellers, titles=titles, others=everybody, today=desk.today)


# Stocks


def stock_year(desk: Desk, year: int) -> StockYear:
    """Licensed firms, what each declared for 31 December, and what the office's books would have it."""
    with desk.look() as session:
        firms = declaring.firms(session, _STOCKED)
        kept = [each for each in keeping.all_of(session, StockDeclaration) if each.year == year]
        declared = {each.firm: each for each in kept}
        reworks = keeping.all_of(session, Rework)
        days = desk.settings(session).stock_days
        due = missing_stock(firms, {(each.firm, each.year) for each in kept}, today=desk.today, days=days)
        return StockYear(
            firms=tuple(map(_slip, firms)),
            declared=declared,
            books={each.number: _books(session, each, year, reworks) for each in firms},
            missing=frozenset(each.who for each in due if each.period.year == year),
        )


def check_stock_of(desk: Desk, *, firm: str, year: int, lines: Sequence[Stocked]) -> tuple[Finding, ...]:
    """What speaks against a stock while it is typed. Raises NotFound."""
    with desk.view() as unit:
        return _check_stock(desk, unit, _stock(desk, firm, year, lines))


def declare_stock(
    desk: Desk, *, firm: str, year: int, lines: Sequence[Stocked], second: Desk | None = None, document: str = ""
) -> StockDeclaration:
    """Keep a firm's stock at the year's end, nil too; as `declare_purchases`."""
    desk.must(Role.CLERK, Role.SUPERVISOR)
    with desk.unit() as unit:
        made = _stock(desk, firm, year, lines)
        made = _lifted(desk, made, _check_stock(desk, unit, made), second, document)
        keeping.keep(unit, "declare_stock", made, why=document.strip())
        return made


def _stock(desk: Desk, firm: str, year: int, lines: Sequence[Stocked]) -> StockDeclaration:
    return StockDeclaration(
        firm=firm, year=year, lines=tuple(lines), declared_at=desk.clock(), declared_by=desk.officer.id
    )


def _check_stock(desk: Desk, unit: Unit, made: StockDeclaration) -> tuple[Finding, ...]:
    firm = unit.get(Party, made.firm)
    declared = {each.identity for each in keeping.all_of(unit.session, StockDeclaration, about=made.about)}
    share = desk.settings(unit.session).stock_tolerance
    books = _books(unit.session, firm, made.year, keeping.all_of(unit.session, Rework))
    return check_stock(made, firm=firm, books=books, declared=declared, today=desk.today, share=share)


def _books(session: Look, firm: Party, year: int, reworks: Sequence[Rework]) -> Books:
    first, last = date(year, 1, 1), date(year, 12, 31)
    start, end = (datetime.combine(day, at, UTC) for day, at in ((first, time.min), (last, time.max)))
    before = keeping.find(session, StockDeclaration, f"{firm.number}-{year - 1}")
    about = f"party/{firm.number}"
    bought = [each.carats for each in keeping.all_of(session, Purchases, about=about) if each.month.year == year]
    own = [each for each in reworks if each.owner == firm.number and each.at.year == year]
    here = [each for each in reworks if each.buyer == firm.number and each.at.year == year]
    lost = total_carats(part.loss for each in own for part in each.differences)
    gained = total_carats(part.gain for each in own for part in each.differences)
    return Books(
        opening=before.carats if before else None,
        mined=declaring.mined(session, firm.number, first, last),
        bought=total_carats([*bought, *(_sold(each) for each in here)]),
        imported=declaring.imported(session, firm.name, start, end),
        exported=declaring.exported(session, firm.number, first, last),
        sold=total_carats(map(_sold, own)),
        lost=lost - gained if lost > gained else _NONE,
    )


def _sold(made: Rework) -> Carats:
    return total_carats(map(_carats, made.sold))


def _carats(portion: Portion) -> Carats:
    return portion.carats


# What did not come


def missing(desk: Desk) -> tuple[Missing, ...]:
    """Everything that is due and did not come, the longest overdue first."""
    with desk.look() as session:
        return _missing(desk, session)


def waiting(desk: Desk, session: Look) -> Iterator[Waiting]:
    """The same as steps for Today: `production/T-100-2026-10` waits for its `return`."""
    for each in _missing(desk, session):
        since = datetime.combine(each.due, time(), UTC)
        yield Waiting(subject=each.subject, what=f"{each.what}_missing", about=each.name, carats=None, since=since)


def _missing(desk: Desk, session: Look) -> tuple[Missing, ...]:
    settings, today = desk.settings(session), desk.today
    returned = {(each.title, each.month) for each in declaring.returns(session, date(today.year - 2, 1, 1), today)}
    bought = {(each.buyer, each.month) for each in keeping.all_of(session, Purchases)}
    stocks = {(each.firm, each.year) for each in keeping.all_of(session, StockDeclaration)}
    found = [
        *missing_production(declaring.titles(session), returned, today=today, days=settings.return_days),
        *missing_purchases(
            declaring.firms(session, (PartyKind.DEALER,)), bought, today=today, days=settings.return_days
        ),
        *missing_stock(declaring.firms(session, _STOCKED), stocks, today=today, days=settings.stock_days),
    ]
    return tuple(sorted(found, key=lambda each: each.due))


def _back(desk: Desk, year: int) -> int:
    """How many months before this one the year reaches."""
    return max((desk.today.year - year) * 12 + desk.today.month, 0)


def _lifted(desk: Desk, made: _Declared, found: Collection[Finding], second: Desk | None, document: str) -> _Declared:
    """With what a supervisor beside lifts by a document; raises Stopped for what stands."""
    liftable = [finding for finding in found if finding.severity is Severity.LIFTABLE]
    if second is None or not liftable:
        stop_at(found)
        return made
    second.must(Role.SUPERVISOR)
    apart(desk, second, "declare")
    if not document.strip():
        raise NoDocument(liftable[0].rule.code)
    lifted = tuple(f"{finding.key}: {document.strip()}" for finding in liftable)
    stop_at(found, lifted=lifted)
    return replace(made, lifted=lifted)


def _slip(party: Party) -> PartySlip:
    return PartySlip(
        number=party.number,
        party_kind=party.party_kind,
        name=party.name,
        address=party.address,
        country=party.country,
    )
