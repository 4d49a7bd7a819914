from datetime import UTC, datetime
from decimal import ROUND_DOWN, Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpdesk.domain.measures import AmountOutOfRange, Carats, Rounding, total_carats
from kpdesk.domain.weighing import (
    Allowance,
    NeedsReason,
    NeedsSecondWeighing,
    NeedsThirdWeighing,
    NothingWeighed,
    NotStable,
    PortionsDiffer,
    Reading,
    Weighing,
    agree,
    allowed_between,
    allowed_difference,
    counted,
    in_carats,
    summed,
    typed,
)

AT = datetime(2026, 3, 9, 9, 58, tzinfo=UTC)
D = Decimal("0.001")


def reading(value: str, unit: Any = "ct", **changes: Any) -> Reading:
    given: dict[str, Any] = {
        "stable": True,
        "stable_by": "instrument",
        "net": None,
        "unverified_digits": 0,
        "raw": b"S S",
        "at": AT,
    }
    return Reading(Decimal(value), unit, **{**given, **changes})


def weighed(*values: str, officers: str = "abc") -> list[Weighing]:
    return [Weighing(officer, reading(value)) for officer, value in zip(officers, values, strict=False)]


@pytest.mark.parametrize(
    ("value", "unit", "exact", "carats"),
    [
        ("10.004", "ct", "10.004", "10.004"),
        ("2.0009", "g", "10.0045", "10.004"),
        ("2000.99", "mg", "10.00495", "10.004"),
        ("0.2", "g", "1.0", "1.00"),
    ],
)
def test_a_reading_in_carats(value: str, unit: str, exact: str, carats: str) -> None:
    one = reading(value, unit)
    assert one.exact == Decimal(exact)
    assert str(one.carats) == carats


def test_a_reading_is_checked_when_made() -> None:
    with pytest.raises(TypeError):
        Reading(1.5, "ct", True, None, None, 0, b"", AT)  # type: ignore[arg-type]
    for bad in ({"unit": "oz"}, {"at": datetime(2026, 3, 9)}, {"value": "NaN"}):  # noqa: DTZ001
        with pytest.raises(ValueError, match="finite value"):
            reading(**{"value": "1.00", **bad})


def test_only_a_stable_weight_above_zero_is_taken() -> None:
    with pytest.raises(NotStable) as refused:
        Weighing("a", reading("12.34", stable=False, stable_by=None))
    assert refused.value.facts == {"value": "12.34", "unit": "ct"}
    with pytest.raises(NothingWeighed):
        Weighing("a", reading("0.0004"))
    with pytest.raises(AmountOutOfRange):
        Weighing("a", reading("-0.010"))


def test_a_typed_weight_wants_a_reason() -> None:
    with pytest.raises(NeedsReason):
        typed(Carats.of("1.00"), officer="a", reason=" ", at=AT)
    with pytest.raises(NeedsReason):
        Weighing("a", reading("1.00", raw=b""))
    one = typed(Carats.of("1.00"), officer="a", reason="balance unplugged", at=AT)
    assert (one.carats, one.by_hand, one.at, one.reading.stable_by) == (Carats.of("1"), "balance unplugged", AT, None)


@pytest.mark.parametrize(
    ("first", "readability", "allowed"),
    [
        ("10.000", "0.001", "0.01"),  # the least
        ("10.000", "0.05", "0.10"),  # two divisions
        ("1234.565", "0.001", "0.061"),  # 0.005 % of the first
    ],
)
def test_allowed_difference(first: str, readability: str, allowed: str) -> None:
    assert allowed_difference(Carats.of(first), Decimal(readability)) == Carats.of(allowed)


def test_an_office_sets_its_own_allowance() -> None:
    own = Allowance(divisions=1, least=Carats.of("0.002"), share=Decimal(0))
    assert allowed_difference(Carats.of("1234.565"), D, allowance=own) == Carats.of("0.002")
    assert in_carats(Decimal("0.1"), "mg") == Decimal("0.0005")


def test_two_within_the_allowance_agree() -> None:
    pair = weighed("1234.565", "1234.560")
    assert agree(pair, readability=D, rounding=Rounding.HALF_UP) == Carats.of("1234.56")
    assert counted(pair, readability=D) == tuple(pair)


def test_exactly_the_allowance_still_agrees() -> None:
    assert agree(weighed("10.000", "10.010"), readability=D, rounding=Rounding.HALF_UP) == Carats.of("10.01")
    with pytest.raises(NeedsThirdWeighing):
        agree(weighed("10.000", "10.011"), readability=D, rounding=Rounding.HALF_UP)


def test_one_officer_alone_does_not_agree() -> None:
    with pytest.raises(NeedsSecondWeighing):
        agree(weighed("10.000"), readability=D, rounding=Rounding.HALF_UP)
    twice = weighed("10.000", "10.000", officers="aa")
    with pytest.raises(NeedsSecondWeighing):
        agree(twice, readability=D, rounding=Rounding.HALF_UP)
    assert agree(twice, readability=D, rounding=Rounding.HALF_UP, same_officer=True) == Carats.of("10.00")


def test_beyond_the_allowance_a_third_is_asked_for_and_the_nearest_two_count() -> None:
    with pytest.raises(NeedsThirdWeighing) as refused:
        agree(weighed("10.000", "10.030"), readability=D, rounding=Rounding.HALF_UP)
    assert refused.value.facts == {"difference": "0.03", "allowed": "0.01"}
    three = weighed("10.000", "10.030", "10.032")
    assert counted(three, readability=D) == (three[1], three[2])
    assert agree(three, readability=D, rounding=Rounding.HALF_UP) == Carats.of("10.03")
    with pytest.raises(NeedsThirdWeighing):
        agree(weighed("10.000", "10.030", "10.060"), readability=D, rounding=Rounding.HALF_UP)


def test_a_difference_just_over_the_allowance_is_never_shown_as_equal_to_it() -> None:
    pair = [Weighing("a", reading("2.00000", "g")), Weighing("b", reading("2.00202", "g"))]
    with pytest.raises(NeedsThirdWeighing) as refused:
        counted(pair, readability=D)
    assert refused.value.facts == {"difference": "0.011", "allowed": "0.01"}


def test_three_parcels_of_10_004_add_up_to_30() -> None:
    """kpcs.md §17.2; the readings stay as they were."""
    for rounding in Rounding:
        agreed = [agree(weighed("10.004", "10.004"), readability=D, rounding=rounding) for _ in range(3)]
        assert total_carats(agreed) == Carats.of("30.00")


MILLIGRAMS = st.integers(1_000, 100_000_000).map(lambda hundredths: Decimal(hundredths).scaleb(-2))


@given(MILLIGRAMS, st.sampled_from(Rounding))
def test_cutting_to_a_thousandth_never_changes_the_agreed_carats(milligrams: Decimal, rounding: Rounding) -> None:
    exact = in_carats(milligrams, "mg")
    agreed = agree(
        [Weighing(officer, reading(str(milligrams), "mg")) for officer in "ab"], readability=D, rounding=rounding
    )
    up = {Rounding.HALF_UP: "0.005", Rounding.DOWN: "0", Rounding.TRADE: "0.001"}[rounding]
    assert agreed.value == (exact + Decimal(up)).quantize(Decimal("0.01"), ROUND_DOWN)
    assert abs(agreed.value - exact) < Decimal("0.01")


@given(st.permutations(["10.000", "10.030", "10.032"]))
def test_the_order_of_weighing_does_not_matter(values: list[str]) -> None:
    assert agree(weighed(*values), readability=D, rounding=Rounding.HALF_UP) == Carats.of("10.03")


# Portions


def portions(*values: str, **changes: Any) -> Reading:
    return summed([reading(value, raw=value.encode(), **changes) for value in values])


def test_portions_sum_to_one_reading_with_every_line_kept() -> None:
    whole = portions("999.999", "1000.000", "0.001")
    assert (whole.value, whole.raw, whole.stable_by) == (Decimal("2000.000"), b"999.999\n1000.000\n0.001", "instrument")
    assert [each.raw for each in whole.portions] == [b"999.999", b"1000.000", b"0.001"]
    assert Weighing("a", whole).parts == 3
    one = reading("1.000")
    assert summed([one]) is one


def test_one_portion_at_rest_by_equal_readings_makes_the_sum_so() -> None:
    soft = reading("1.000", stable_by="software", net=True, unverified_digits=1)
    whole = summed([reading("1.000", net=False), soft])
    assert (whole.stable_by, whole.net, whole.unverified_digits) == ("software", None, 1)


def test_what_cannot_be_summed() -> None:
    with pytest.raises(PortionsDiffer):
        summed([reading("1.000"), reading("1.000", "g")])
    with pytest.raises(PortionsDiffer):
        summed([reading("1.000"), portions("1.000", "2.000")])
    with pytest.raises(NotStable):
        summed([reading("1.000"), reading("2.000", stable=False, stable_by=None)])


def test_the_allowed_difference_follows_portions_and_coarse_balances() -> None:
    ten = Weighing("a", portions(*["10.000"] * 10))
    other = Weighing("b", portions(*["10.001"] * 9, "10.011"), balance="LOT-2")
    assert allowed_between(ten, other, readability=D) == Carats.of("0.02")
    assert agree([ten, other], readability=D, rounding=Rounding.HALF_UP) == Carats.of("100.01")
    once = Weighing("a", reading("100.000"))
    with pytest.raises(NeedsThirdWeighing):
        counted([once, Weighing("b", reading("100.080"), balance="LOT-2")], readability=D)
    coarse = {"LOT-2": Decimal("0.05")}
    pair = [once, Weighing("b", reading("100.080"), balance="LOT-2")]
    assert counted(pair, readability=D, coarser=coarse) == tuple(pair)
    assert allowed_between(*pair, readability=D, coarser=coarse) == Carats.of("0.10")


@given(st.lists(MILLIGRAMS, min_size=1, max_size=12))
def test_a_sum_is_the_sum(values: list[Decimal]) -> None:
    whole = summed([reading(str(value), "mg") for value in values])
    assert whole.exact == sum((in_carats(value, "mg") for value in values), Decimal(0))
