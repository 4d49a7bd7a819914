"""Carats and US dollars: exact, strict, and read from what people type."""

from decimal import Decimal

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from kpdesk.domain.measures import (
    MOST_CARATS,
    MOST_MONEY,
    AmountOutOfRange,
    Carats,
    Money,
    NotAnAmount,
    Rounding,
    TooManyDecimals,
    parse_amount,
    priced,
    total_carats,
    total_money,
)

CARATS = st.integers(0, 10**12 - 1).map(Carats.from_thousandths)
CENTS = st.integers(0, 10**12).map(Money.from_cents)


# Values


@pytest.mark.parametrize("value", [1.5, 1, "1", True, None])
def test_only_a_decimal_is_an_amount(value: object) -> None:
    for kind in (Carats, Money):
        with pytest.raises(TypeError):
            kind(value)  # type: ignore[arg-type]


@pytest.mark.parametrize("value", ["NaN", "Infinity", "-Infinity", "sNaN"])
def test_what_is_no_number_is_no_amount(value: str) -> None:
    for kind in (Carats, Money):
        with pytest.raises(NotAnAmount):
            kind(Decimal(value))


def test_the_edges() -> None:
    for value in (Decimal("-0.001"), MOST_CARATS):
        with pytest.raises(AmountOutOfRange):
            Carats(value)
    for value in (Decimal("-0.01"), MOST_MONEY):
        with pytest.raises(AmountOutOfRange):
            Money(value)
    with pytest.raises(TooManyDecimals):
        Carats(Decimal("0.0001"))
    with pytest.raises(TooManyDecimals):
        Money(Decimal("0.001"))
    assert str(Carats(MOST_CARATS - Decimal("0.001"))) == "999999999.999"
    assert Money(Decimal("1E+3")) == Money.of("1000.00")


@pytest.mark.parametrize(
    ("carats", "written"), [("0", "0.00"), ("10", "10.00"), ("10.004", "10.004"), ("10.010", "10.01")]
)
def test_carats_are_written_with_two_places_or_three(carats: str, written: str) -> None:
    assert str(Carats.of(carats)) == written


@given(CARATS, CARATS)
def test_carats_add_up_and_never_go_below_nothing(one: Carats, other: Carats) -> None:
    more, less = max(one, other), min(one, other)
    if one.value + other.value < MOST_CARATS:
        assert (one + other) - other == one
        assert total_carats([one, other]) == one + other
    assert (more - less) + less == more
    if more != less:
        with pytest.raises(AmountOutOfRange):
            _ = less - more
    assert bool(one) == (one.thousandths > 0)
    assert Carats.from_thousandths(one.thousandths) == one == Carats.of(str(one))


@given(CENTS, CENTS)
def test_money_adds_up(one: Money, other: Money) -> None:
    assert (one + other) - other == one
    assert total_money([one, other]) == one + other
    assert Money.from_cents(one.cents) == one == Money.of(str(one))
    assert bool(one) == (one.cents > 0)


def test_hundredths_are_for_agreed_carats_alone() -> None:
    assert Carats.of("10.01").hundredths == 1001
    assert Carats.from_hundredths(1001) == Carats.of("10.01")
    with pytest.raises(TooManyDecimals):
        _ = Carats.of("10.011").hundredths


def test_a_price_is_derived_and_a_share_is_rounded_once() -> None:
    assert Money.of("100.00").per_carat(Carats.of("3.00")) == Decimal("33.33")
    assert Money.of("100.00").per_carat(Carats.of("0")) is None
    assert Money.of("0.05").share(Decimal("0.1")) == Money.of("0.01")
    assert priced(Carats.of("0.01"), Decimal("50.00")) == Money.of("0.50")
    assert priced(Carats.of("0.001"), Decimal("5.00")) == Money.of("0.01")


@pytest.mark.parametrize(
    ("reading", "half_up", "down", "trade"),
    [
        ("10.000", "10.00", "10.00", "10.00"),
        ("10.004", "10.00", "10.00", "10.00"),
        ("10.005", "10.01", "10.00", "10.00"),
        ("10.008", "10.01", "10.00", "10.00"),
        ("10.009", "10.01", "10.00", "10.01"),
        ("9.999", "10.00", "9.99", "10.00"),
    ],
)
def test_how_readings_become_agreed_carats(reading: str, half_up: str, down: str, trade: str) -> None:
    wanted = {Rounding.HALF_UP: half_up, Rounding.DOWN: down, Rounding.TRADE: trade}
    assert {rule: str(rule.agree(Carats.of(reading))) for rule in Rounding} == wanted


@given(CARATS.filter(lambda carats: carats.thousandths < 10**12 - 10), st.sampled_from(Rounding))
def test_agreeing_moves_less_than_a_hundredth_and_is_done_once(carats: Carats, rule: Rounding) -> None:
    agreed = rule.agree(carats)
    assert abs(agreed.value - carats.value) < Decimal("0.01")
    assert rule.agree(agreed) == agreed
    assert agreed.hundredths >= 0


# What people type


@pytest.mark.parametrize(
    ("typed", "places", "amount"),
    [
        ("1234.56", 2, "1234.56"),
        ("1234,56", 2, "1234.56"),
        ("0,012", 3, "0.012"),
        ("1,234", 3, "1.234"),
        (" 1 234.5 ", 2, "1234.50"),
        ("1\u202f234\u00a0567,8", 2, "1234567.80"),
        ("007", 2, "7.00"),
        ("\u0661\u0662\u0663\u066b\u0664", 2, "123.40"),
        ("\u0967\u0968.\u0969", 2, "12.30"),
        ("\uff11\uff12.\uff15", 2, "12.50"),
        ("0", 3, "0.000"),
        ("999999999999.99", 2, "999999999999.99"),
    ],
)
def test_amounts_as_they_are_typed(typed: str, places: int, amount: str) -> None:
    assert parse_amount(typed, places) == Decimal(amount)
    assert str(parse_amount(typed, places)) == amount


@pytest.mark.parametrize(
    ("typed", "refusal"),
    [
        ("", NotAnAmount),
        ("abc", NotAnAmount),
        (".5", NotAnAmount),
        ("5.", NotAnAmount),
        ("1.2.3", NotAnAmount),
        ("1,234.56", NotAnAmount),
        ("1 23 4", NotAnAmount),
        ("12 34", NotAnAmount),
        ("1234 567", NotAnAmount),
        ("1e3", NotAnAmount),
        ("+5", NotAnAmount),
        ("½", NotAnAmount),
        ("5 ct", NotAnAmount),
        ("1'234", NotAnAmount),
        ("--5", NotAnAmount),
        ("1" * 65, NotAnAmount),
        ("-5", AmountOutOfRange),
        ("1000000000000", AmountOutOfRange),
        ("1" * 40, AmountOutOfRange),
        ("1.234", TooManyDecimals),
        ("1,234", TooManyDecimals),
    ],
)
def test_what_is_not_understood_is_refused(typed: str, refusal: type[Exception]) -> None:
    with pytest.raises(refusal):
        parse_amount(typed, 2)


@given(st.text(max_size=80), st.integers(0, 4))
@example("1\n2", 2)
@example("\u2212" + "5", 2)
def test_any_text_is_an_amount_or_a_refusal(typed: str, places: int) -> None:
    try:
        amount = parse_amount(typed, places)
    except (NotAnAmount, TooManyDecimals, AmountOutOfRange):
        return
    assert 0 <= amount < MOST_MONEY
    assert amount == amount.quantize(Decimal(1).scaleb(-places))


@given(CENTS.filter(lambda money: money.value < MOST_MONEY), st.sampled_from([".", ","]), st.booleans())
def test_what_is_shown_is_read_back(money: Money, mark: str, grouped: bool) -> None:
    text = f"{money.value:,.2f}".replace(",", "\u2009") if grouped else str(money)
    assert parse_amount(text.replace(".", mark), 2) == money.value
