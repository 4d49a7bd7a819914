from collections.abc import Callable
from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpdesk.domain.measures import AmountOutOfRange, Carats, Money, TooManyDecimals, total_money
from kpdesk.domain.valuation import (
    Figure,
    FigureKind,
    FigureMissing,
    FigureTwice,
    LinesDoNotAddUp,
    SameValuer,
    SizeLine,
    TotalDiffers,
    ValuationRule,
    all_in,
    certificate_value,
    check_declared,
    outlier,
)

AT = datetime(2026, 3, 9, 11, 0, tzinfo=UTC)
SALT = bytes(range(16))
STONE = Carats.of("144.12")


def figure(kind: FigureKind, total: str, **changes: Any) -> Figure:
    given: dict[str, Any] = {"kind": kind, "total": Money.of(total), "by": kind.value, "at": AT, "salt": SALT}
    return Figure(**{**given, **changes})


def of_lines(kind: FigureKind, *lines: SizeLine, agreed: Carats = STONE) -> Figure:
    return Figure.of_lines(kind, lines, agreed=agreed, by=kind.value, at=AT, salt=SALT)


def stone() -> list[Figure]:
    """The published stone (kpcs.md §13)."""
    return [
        figure(FigureKind.DECLARED, "601701.00"),
        of_lines(FigureKind.OFFICE, SizeLine("special", STONE, Decimal("4500.00"))),
        of_lines(FigureKind.INDEPENDENT, SizeLine("special", STONE, Decimal("4579.00"))),
    ]


def test_the_published_stone() -> None:
    figures = stone()
    assert figures[1].total == Money.of("648540.00")
    base = certificate_value(figures, ValuationRule.HIGHEST)
    assert base == Money.of("659925.48")


@pytest.mark.parametrize(
    ("rule", "value"),
    [
        (ValuationRule.DECLARED_WITH_CHECK, "601701.00"),
        (ValuationRule.GOVERNMENT, "648540.00"),
        (ValuationRule.HIGHEST, "659925.48"),
    ],
)
def test_which_figure_counts(rule: ValuationRule, value: str) -> None:
    assert all_in(stone(), rule)
    assert certificate_value(stone(), rule) == Money.of(value)


def test_the_highest_of_two() -> None:
    two = stone()[:2]
    assert not all_in(two, ValuationRule.HIGHEST)
    with pytest.raises(FigureMissing) as refused:
        certificate_value(two, ValuationRule.HIGHEST)
    assert refused.value.figure == "independent"
    wants = frozenset({FigureKind.DECLARED, FigureKind.OFFICE})
    assert all_in(two, ValuationRule.HIGHEST, wants=wants)
    assert certificate_value(two, ValuationRule.HIGHEST, wants=wants) == Money.of("648540.00")


def test_one_figure_of_a_sort_and_of_a_hand() -> None:
    office = figure(FigureKind.OFFICE, "1.00")
    with pytest.raises(FigureTwice):
        certificate_value([office, office], ValuationRule.GOVERNMENT)
    with pytest.raises(SameValuer) as refused:
        certificate_value([office, figure(FigureKind.INDEPENDENT, "1.00", by="office")], ValuationRule.GOVERNMENT)
    assert refused.value.officer == "office"


def test_figures_stay_blind() -> None:
    one = figure(FigureKind.OFFICE, "648540.00")
    assert "648540" not in repr(one)
    assert len(one.sealed) == 64
    assert one.sealed != figure(FigureKind.OFFICE, "648540.00", salt=SALT[::-1]).sealed
    assert one.sealed != figure(FigureKind.OFFICE, "648540.01").sealed
    elsewhere = AT.astimezone(timezone(timedelta(hours=1)))
    assert one.sealed == figure(FigureKind.OFFICE, "648540.00", at=elsewhere).sealed


def test_a_figure_is_checked_when_made() -> None:
    line = SizeLine("+10.8 ct", Carats.of("2.00"), Decimal("100.00"))
    for bad in ({"salt": b"short"}, {"at": datetime(2026, 3, 9)}):  # noqa: DTZ001
        with pytest.raises(ValueError, match="salt"):
            figure(FigureKind.OFFICE, "1.00", **bad)
    with pytest.raises(TotalDiffers) as refused:
        figure(FigureKind.OFFICE, "1.00", lines=(line,))
    assert refused.value.facts == {"total": "1.00", "lines": "200.00"}
    with pytest.raises(LinesDoNotAddUp) as short:
        of_lines(FigureKind.OFFICE, line, agreed=Carats.of("2.01"))
    assert short.value.facts == {"lines": "2.00", "agreed": "2.01"}


@pytest.mark.parametrize(("price", "refusal"), [("-1", AmountOutOfRange), ("1.001", TooManyDecimals)])
def test_a_price_is_money(price: str, refusal: type[Exception]) -> None:
    with pytest.raises(refusal):
        SizeLine("x", STONE, Decimal(price))


LINES = st.lists(
    st.builds(
        SizeLine,
        st.sampled_from(["<2 ct", "2-4 ct", "4-10.8 ct", "+10.8 ct"]),
        st.integers(1, 10**9).map(Carats.from_thousandths),
        st.integers(0, 10**7).map(lambda cents: Decimal(cents).scaleb(-2)),
    ),
    min_size=1,
    unique_by=lambda line: line.size_class,
)


@given(LINES)
def test_a_total_is_its_lines(lines: list[SizeLine]) -> None:
    agreed = Carats(sum((line.carats.value for line in lines), Decimal(0)))
    made = of_lines(FigureKind.OFFICE, *lines, agreed=agreed)
    assert made.total == total_money(line.value for line in lines)
    exact = sum((line.carats.value * line.per_carat for line in lines), Decimal(0))
    assert abs(made.total.value - exact) <= Decimal("0.005") * len(lines)


@pytest.mark.parametrize(
    ("declared", "codes"),
    [
        ("100.00", []),
        ("90.00", []),
        ("89.99", ["declared_differs"]),
        ("125.00", ["declared_differs"]),
        ("125.01", ["declared_far_off"]),
        ("10.00", ["declared_far_off"]),
    ],
)
def test_declared_against_office(declared: str, codes: list[str]) -> None:
    found = check_declared(Money.of(declared), Money.of("100.00"))
    assert [finding.rule.code for finding in found] == codes


PRICES = [Decimal(price) for price in range(90, 111)]


@pytest.mark.parametrize(
    ("price", "code"),
    [
        ("100", None),
        ("115", None),
        ("122", "price_unusual"),
        ("80", "price_unusual"),
        ("412", "price_far_out"),
        ("0", "price_far_out"),
    ],
)
def test_unusual_prices_ask_for_a_reason(price: str, code: str | None) -> None:
    found = outlier(Decimal(price), [("Luele 2-4 ct", PRICES)])
    assert (found and found.rule.code) == code


def test_the_nearest_group_with_enough_prices_counts(make_few: Callable[[int], list[Decimal]]) -> None:
    groups = [("source", make_few(19)), ("origin and size", PRICES), ("origin", make_few(200))]
    found = outlier(Decimal("412"), groups)
    assert found is not None
    assert dict(found.facts)["group"] == "origin and size"
    assert dict(found.facts)["count"] == "21"
    assert outlier(Decimal("412"), [("source", make_few(19))]) is None
    assert outlier(Decimal("412"), []) is None


@pytest.fixture
def make_few() -> Callable[[int], list[Decimal]]:
    return lambda count: [Decimal("400")] * count


def test_prices_all_alike_still_have_a_spread(make_few: Callable[[int], list[Decimal]]) -> None:
    groups = [("origin", [*make_few(20), Decimal(0)])]
    assert outlier(Decimal("500"), groups) is None
    found = outlier(Decimal("4000"), groups)
    assert found is not None
    assert dict(found.facts)["low"] < dict(found.facts)["high"]


PRICE = st.integers(1, 10**7).map(lambda cents: Decimal(cents).scaleb(-2))


@given(st.lists(PRICE, min_size=20, max_size=30), PRICE)
def test_a_price_is_noted_only_outside_the_usual(prices: list[Decimal], price: Decimal) -> None:
    found = outlier(price, [("all", prices)])
    if found is not None:
        told = dict(found.facts)
        assert price <= Decimal(told["low"]) or price >= Decimal(told["high"])
