"""Charges, claims and receipts: exact to the cent, whatever is paid in which order."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpdesk.domain.fees import (
    NOTHING,
    Cents,
    Charge,
    ChargeKind,
    Claim,
    ClaimPaid,
    Goods,
    Ledger,
    MoreThanOwed,
    NotARate,
    NothingToPay,
    Part,
    Payer,
    Payment,
    ReasonWanted,
    in_dollars,
    share_out,
)
from kpdesk.domain.measures import Carats, Money, total_money
from kpdesk.domain.prices import EntryTwice, EntryWrong, NotThatCell, archived, read, written
from kpdesk.domain.valuation import FigureKind, FigureMissing, ValuationRule

AT = datetime(2026, 3, 9, 11, 0, tzinfo=UTC)
STONE = Goods(
    carats=Carats.of("144.12"),
    value=Money.of("659925.48"),
    figures={
        FigureKind.DECLARED: Money.of("601701.00"),
        FigureKind.OFFICE: Money.of("648540.00"),
        FigureKind.INDEPENDENT: Money.of("659925.48"),
    },
)
"""The published stone (kpcs.md §13)."""


def charge(what: str, rate: str, **changes: Any) -> Charge:
    given: dict[str, Any] = {"name": "Duty", "payer": Payer.EXPORTER, "ledger": Ledger.LEVY}
    return Charge(what=ChargeKind(what), rate=Decimal(rate), **{**given, **changes})


def claim(amount: str, number: str = "L-1", **changes: Any) -> Claim:
    given: dict[str, Any] = {
        "number": number,
        "application": "S-1",
        "charge": "Duty",
        "what": ChargeKind.PERCENT,
        "rate": Decimal(3),
        "start": Decimal(1),
        "book": "tariff-0001",
        "ledger": Ledger.LEVY,
        "payer": "EXP-1",
        "amount": Money.of(amount),
        "by": "O-1",
        "at": AT,
    }
    return Claim(**{**given, **changes})


@pytest.mark.parametrize(
    ("made", "start", "due"),
    [
        (charge("percent", "15"), "659925.48", "98988.82"),
        (charge("percent", "15", base=ValuationRule.HIGHEST), "659925.48", "98988.82"),
        (charge("percent", "15", base=ValuationRule.GOVERNMENT), "648540.00", "97281.00"),
        (charge("percent", "15", base=ValuationRule.DECLARED_WITH_CHECK), "601701.00", "90255.15"),
        (charge("percent", "0.05"), "659925.48", "329.96"),
        (charge("percent", "0.05", rounding=Cents.CENT_DOWN), "659925.48", "329.96"),
        (charge("percent", "0.05", rounding=Cents.DOLLAR), "659925.48", "330.00"),
        (charge("percent", "0.0501", rounding=Cents.DOLLAR_UP), "659925.48", "331.00"),
        (charge("per_carat", "0.25"), "144.12", "36.03"),
        (charge("per_certificate", "120"), "1", "120.00"),
        (charge("per_parcel", "7.5"), "1", "7.50"),
    ],
)
def test_what_a_charge_asks_of_the_published_stone(made: Charge, start: str, due: str) -> None:
    assert made.due([STONE]) == (Decimal(start), Money.of(due))


def test_a_threshold_counts_by_parcel() -> None:
    small = replace(STONE, value=Money.of("400000.00"))
    special = charge("percent", "15", over=Money.of("500000.00"))
    assert special.due([STONE, small]) == (Decimal("659925.48"), Money.of("98988.82"))
    assert special.due([small]) is None
    assert charge("per_parcel", "7.50").due([STONE, small]) == (Decimal(2), Money.of("15.00"))


def test_a_base_that_nobody_gave_is_missing() -> None:
    bare = Goods(carats=Carats.of("1"), value=Money.of("10.00"), figures={})
    with pytest.raises(FigureMissing):
        charge("percent", "3", base=ValuationRule.GOVERNMENT).due([bare])
    assert charge("percent", "3", base=ValuationRule.HIGHEST).due([bare]) == (Decimal("10.00"), Money.of("0.30"))


@given(
    st.lists(st.integers(1, 10**9), min_size=1, max_size=6),
    st.integers(1, 100_0000).map(lambda rate: Decimal(rate).scaleb(-4)),
    st.sampled_from(Cents),
)
def test_a_claim_is_never_further_than_its_rounding_from_the_exact_sum(
    cents: Sequence[int], rate: Decimal, rounding: Cents
) -> None:
    goods = [Goods(carats=Carats.of("1"), value=Money.from_cents(each), figures={}) for each in cents]
    exact = Decimal(sum(cents)).scaleb(-2) * rate / 100
    due = charge("percent", str(rate), rounding=rounding).due(goods)
    amount = due[1].value if due else Decimal(0)
    apart = amount - exact
    match rounding:
        case Cents.CENT:
            assert abs(apart) <= Decimal("0.005")
        case Cents.CENT_DOWN:
            assert Decimal("-0.01") < apart <= 0
        case Cents.DOLLAR:
            assert abs(apart) <= Decimal("0.5")
        case Cents.DOLLAR_UP:
            assert 0 <= apart < 1


# Claims and receipts


@given(st.lists(st.integers(1, 10**8), min_size=1, max_size=8), st.data())
def test_receipts_pay_claims_to_the_cent(cents: list[int], data: st.DataObject) -> None:
    """However a sum is split into receipts, what is paid and what is open add up to what was claimed."""
    claims = [claim(str(Money.from_cents(each)), f"L-{place}") for place, each in enumerate(cents)]
    claimed = total_money(each.amount for each in claims)
    received = NOTHING
    while owed := total_money(each.open for each in claims):
        amount = Money.from_cents(data.draw(st.integers(1, owed.cents)))
        parts = share_out(amount, claims)
        assert total_money(part.amount for part in parts) == amount
        paid = {part.claim: part.amount for part in parts}
        claims = [each.pay(paid[each.number]) if each.number in paid else each for each in claims]
        received += amount
        assert received + total_money(each.open for each in claims) == claimed
        if len(paid) == len(claims):
            break
    assert all(each.live == bool(each.open) for each in claims)


def test_more_than_is_owed_is_not_taken() -> None:
    with pytest.raises(MoreThanOwed) as refused:
        share_out(Money.of("3.01"), [claim("1.00"), claim("2.00", "L-2")])
    assert refused.value.owed == Money.of("3.00")
    with pytest.raises(MoreThanOwed):
        claim("1.00").pay(Money.of("1.01"))
    with pytest.raises(MoreThanOwed):
        share_out(Money.of("1.00"), [])


def test_a_claim_is_cancelled_once_and_before_it_is_paid() -> None:
    paid = claim("10.00").pay(Money.of("4.00"))
    with pytest.raises(ClaimPaid):
        paid.cancel("wrong tariff")
    again = paid.take_back(Money.of("4.00"))
    assert again == claim("10.00")
    with pytest.raises(ReasonWanted):
        again.cancel(" ")
    gone = again.cancel("wrong tariff")
    assert (gone.live, gone.open) == (False, NOTHING)
    for refused in (lambda: gone.cancel("again"), lambda: gone.pay(Money.of("1.00"))):
        with pytest.raises(NothingToPay):
            refused()


@pytest.mark.parametrize(
    ("paid", "currency", "rate", "worth"),
    [("100", "USD", "1", "100.00"), ("91537.00", "AOA", "915.37", "100.00"), ("1", "AOA", "3", "0.33")],
)
def test_local_money_counts_at_the_rate_of_its_receipt(paid: str, currency: str, rate: str, worth: str) -> None:
    assert in_dollars(Decimal(paid), currency, Decimal(rate)) == Money.of(worth)


@pytest.mark.parametrize(("currency", "rate"), [("USD", "1.01"), ("AOA", "0"), ("aoa", "2"), ("AO", "2"), ("", "1")])
def test_what_is_no_rate(currency: str, rate: str) -> None:
    with pytest.raises(NotARate):
        in_dollars(Decimal(1), currency, Decimal(rate))


def test_a_receipt_is_matched_whole() -> None:
    given: dict[str, Any] = {
        "number": "R-1", "ledger": Ledger.FEE, "payer": "EXP-1", "paid": Decimal(5), "amount": Money.of("5.00"),
        "on": date(2026, 3, 9), "by": "O-1", "at": AT,
    }  # fmt: skip
    made = Payment(parts=(Part("L-1", Money.of("5.00")),), **given)
    assert made.identity == "fee-R-1"
    assert replace(made, entered=2).identity == "fee-R-1#2"
    for parts in ((), (Part("L-1", Money.of("4.99")),)):
        with pytest.raises(ValueError, match="matched"):
            Payment(parts=parts, **given)


# The tariff's file


def row(**changes: str) -> dict[str, str]:
    cells = {"charge": "Duty", "kind": "percent", "rate": "3", "payer": "exporter", "ledger": "levy"}
    return {**dict.fromkeys(Charge.columns, ""), **cells, **changes}


def test_a_tariff_is_written_and_read_again() -> None:
    charges = read(
        Charge,
        [
            (2, row(rate="3.0500", base="highest", over="500000")),
            (3, row(charge="Fee, office", kind="per_parcel", rate="12.5", ledger="fee", rounding="dollar")),
        ],
        file="t.csv",
    )
    assert charges[0].rate == Decimal("3.05")
    assert archived(Charge, written(charges)) == charges


@pytest.mark.parametrize(
    ("cells", "column"),
    [
        ({"charge": ""}, "charge"),
        ({"kind": "sometimes"}, "kind"),
        ({"rate": "three"}, "rate"),
        ({"rate": "0"}, "rate"),
        ({"rate": "100.01"}, "rate"),
        ({"payer": "nobody"}, "payer"),
        ({"ledger": "other"}, "ledger"),
        ({"rounding": "up"}, "rounding"),
        ({"base": "lowest"}, "base"),
        ({"over": "-1"}, "over"),
    ],
)
def test_a_wrong_cell_is_named_by_line_and_column(cells: dict[str, str], column: str) -> None:
    with pytest.raises(EntryWrong) as wrong:
        read(Charge, [(2, row(charge="First")), (7, row(**cells))], file="t.csv")
    assert (wrong.value.line, wrong.value.column, wrong.value.file) == (7, column, "t.csv")


def test_one_line_a_charge() -> None:
    with pytest.raises(EntryTwice) as twice:
        read(Charge, [(2, row()), (5, row(rate="4"))], file="t.csv")
    assert (twice.value.line, twice.value.key) == (5, "Duty")


def test_a_charge_is_checked_when_it_is_made() -> None:
    with pytest.raises(NotThatCell):
        charge("per_carat", "-1")
