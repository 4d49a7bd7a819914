"""Declarations: what speaks against them, what the books expect, and who has not declared."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from kpdesk.domain.declarations import (
    Books,
    DueKind,
    Purchase,
    Purchases,
    StockDeclaration,
    Stocked,
    check_purchases,
    check_stock,
    missing_production,
    missing_purchases,
    missing_stock,
)
from kpdesk.domain.goods import Heading
from kpdesk.domain.measures import Carats, Money
from kpdesk.domain.parties import Licence, Party, PartyKind
from kpdesk.domain.titles import Title

TODAY = date(2026, 11, 22)
OCTOBER = date(2026, 10, 1)
AT = datetime(2026, 11, 20, tzinfo=UTC)


def firm(number: str, kind: PartyKind, *, since: date = date(2025, 1, 1), until: date | None = None) -> Party:
    licence = Licence(f"{number}/1", kind, since, until)
    return Party(
        number=number, party_kind=kind, name=f"Practice {number}", address="", country="ZZ", licences=(licence,)
    )


DEALER = firm("DEA-1", PartyKind.DEALER)
DIGGER = firm("MIN-1", PartyKind.MINER)
TITLE = Title(
    number="T-1",
    mine="River",
    holder="MIN-1",
    country="ZZ",
    area="Bend",
    monthly_capacity=Carats.of("30.00"),
    valid_from=date(2026, 1, 1),
)


def bought(*carats: str, buyer: str = "DEA-1", seller: str = "MIN-1", month: date = OCTOBER) -> Purchases:
    lines = tuple(Purchase(seller, Heading.UNSORTED, Carats.of(each), Money.of("90")) for each in carats)
    return Purchases(buyer=buyer, month=month, lines=lines, declared_at=AT, declared_by="o")


def codes(
    made: Purchases, *others: Purchases, buyer: Party = DEALER, sellers: tuple[Party, ...] = (DIGGER,)
) -> list[str]:
    known = {seller.number: seller for seller in sellers}
    found = check_purchases(made, buyer=buyer, sellers=known, titles=[TITLE], others=others, today=TODAY)
    return [finding.rule.code for finding in found]


def test_a_good_month_and_a_nil_one() -> None:
    assert codes(bought("12.50", "17.50")) == []
    assert codes(bought()) == []
    assert bought("12.50", "17.50").carats == Carats.of("30.00")


def test_what_speaks_against_a_month() -> None:
    assert codes(bought("30.01")) == ["digger_over_capacity"]
    assert codes(bought("20"), bought("10.01", buyer="DEA-2")) == ["digger_over_capacity"]
    assert codes(bought("20"), bought("20", buyer="DEA-2", month=date(2026, 9, 1))) == []
    assert codes(bought("1"), bought("1")) == ["declared_twice"]
    assert codes(bought("1", month=date(2026, 11, 1))) == ["declared_too_early"]
    assert codes(bought("1", seller="MIN-9")) == ["seller_no_digger"]
    assert codes(bought("1"), sellers=(firm("MIN-1", PartyKind.DEALER),)) == ["seller_no_digger"]
    ended = firm("MIN-1", PartyKind.MINER, until=date(2026, 10, 30))
    assert codes(bought("1"), sellers=(ended,)) == ["licence_not_valid"]
    assert codes(bought("1"), buyer=firm("DEA-1", PartyKind.DEALER, until=date(2026, 5, 1))) == ["licence_not_valid"]


def test_a_month_is_named_by_its_first_day() -> None:
    with pytest.raises(ValueError, match="first day"):
        bought(month=date(2026, 10, 2))


def stock(*carats: str, year: int = 2025) -> StockDeclaration:
    lines = tuple(Stocked(Heading.UNSORTED, "ZZ", Carats.of(each), Money.of("1")) for each in carats)
    return StockDeclaration(firm="DEA-1", year=year, lines=lines, declared_at=AT, declared_by="o")


def test_the_books_expect_opening_and_in_less_out() -> None:
    books = Books(
        opening=Carats.of("100"),
        mined=Carats.of("1"),
        bought=Carats.of("50"),
        imported=Carats.of("2"),
        exported=Carats.of("40"),
        sold=Carats.of("3"),
        lost=Carats.of("0.40"),
    )
    assert (books.came, books.went, books.expected) == (Carats.of("153"), Carats.of("43.40"), Carats.of("109.60"))
    assert Books(opening=None, exported=Carats.of("5")).expected == Carats.of("0")


@pytest.mark.parametrize(
    ("made", "books", "declared", "found"),
    [
        (stock("150.00"), Books(opening=Carats.of("150")), (), []),
        (stock("149.00"), Books(opening=Carats.of("150")), (), ["stock_off"]),
        (stock("148.00"), Books(opening=Carats.of("150")), (), ["stock_far_off"]),
        (stock("0.60"), Books(opening=Carats.of("1")), (), ["stock_off"]),
        (stock(), Books(opening=None), (), ["stock_opening_unknown"]),
        (stock("9"), Books(opening=None), (), ["stock_opening_unknown", "stock_off"]),
        (stock(), Books(opening=Carats.of("0")), ("DEA-1-2025",), ["declared_twice"]),
        (stock(year=2026), Books(opening=Carats.of("0")), (), ["declared_too_early"]),
    ],
)
def test_a_stock_is_held_against_the_books(
    made: StockDeclaration, books: Books, declared: tuple[str, ...], found: list[str]
) -> None:
    share = Decimal("0.01")
    findings = check_stock(made, firm=DEALER, books=books, declared=declared, today=TODAY, share=share)
    assert [finding.rule.code for finding in findings] == found


def test_who_has_not_declared() -> None:
    returned = {("T-1", date(2026, month, 1)) for month in (1, 2, 3, 4, 5, 6, 8, 9)}
    late = list(missing_production([TITLE], returned, today=TODAY, days=15))
    assert [each.period for each in late] == [OCTOBER, date(2026, 7, 1)]
    assert late[0].due == date(2026, 11, 15)
    assert late[0].subject == "production/T-1-2026-10"
    assert [each.period for each in missing_production([TITLE], returned, today=TODAY, days=30)] == [date(2026, 7, 1)]
    new = firm("DEA-2", PartyKind.DEALER, since=date(2026, 10, 2))
    months = [
        (each.who, each.period.month)
        for each in missing_purchases([DEALER, new], {("DEA-1", date(2026, 9, 1))}, today=TODAY, days=15, back=2)
    ]
    assert months == [("DEA-1", 10)]
    (due,) = missing_stock([DEALER, new], set(), today=TODAY, days=31)
    assert (due.what, due.who, due.subject) == (DueKind.STOCK, "DEA-1", "stock_declaration/DEA-1-2025")
    assert not list(missing_stock([DEALER], {("DEA-1", 2025)}, today=TODAY, days=31))
    assert not list(missing_stock([DEALER], set(), today=date(2026, 1, 31), days=31))
