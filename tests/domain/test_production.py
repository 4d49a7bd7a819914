from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpdesk.domain.goods import MIXED, Heading
from kpdesk.domain.measures import Carats, Money, total_carats, total_money
from kpdesk.domain.parcel import Draw
from kpdesk.domain.production import (
    Holding,
    NotEnoughCarats,
    Produced,
    Return,
    check_draws,
    check_outflow,
    check_returns,
    draw_down,
    draw_mixed,
    produced,
)
from kpdesk.domain.titles import Title

TITLE = Title(
    number="T-1",
    mine="Practice Mine",
    holder="MIN-0001",
    country="ZZ",
    area="12.5 N 10.0 W",
    monthly_capacity=Carats.of("500.00"),
    valid_from=date(2026, 1, 15),
    valid_until=date(2026, 6, 10),
)


def returned(month: str = "2026-02", carats: str = "100.00", **changes: Any) -> Return:
    given: dict[str, Any] = {
        "title": "T-1",
        "mine": "Practice Mine",
        "month": date.fromisoformat(month + "-01"),
        "heading": Heading.UNSORTED,
        "carats": Carats.of(carats),
        "value": Money.of("1000.00"),
    }
    return Return(**{**given, **changes})


@pytest.mark.parametrize(
    ("returns", "codes"),
    [
        ([returned()], []),
        ([returned("2026-01"), returned("2026-06")], []),  # valid for a part of the month
        ([returned("2025-12")], ["title_not_valid"]),
        ([returned("2026-07")], ["title_not_valid"]),
        ([returned("2026-08")], ["title_not_valid", "month_not_over"]),
        ([returned(mine="Phantom Mine")], ["mine_of_another_title"]),
        ([returned(), returned()], ["return_twice"]),
        ([returned(), returned(heading=Heading.INDUSTRIAL)], []),
        ([returned(carats="500.00")], []),
        ([returned(carats="400.00"), returned(carats="100.01", heading=Heading.INDUSTRIAL)], ["over_capacity"]),
        ([returned(carats="400.00"), returned("2026-03", "400.00")], []),
    ],
)
def test_returns(returns: list[Return], codes: list[str]) -> None:
    found = check_returns(returns, title=TITLE, today=date(2026, 8, 15))
    assert [finding.rule.code for finding in found] == codes


def test_a_month_is_over_the_day_after_its_last() -> None:
    assert check_returns([returned()], title=TITLE, today=date(2026, 2, 28)) != ()
    assert check_returns([returned()], title=TITLE, today=date(2026, 3, 1)) == ()
    with pytest.raises(ValueError, match="first day"):
        replace(returned(), month=date(2026, 2, 2))


def test_no_more_leaves_than_was_mined() -> None:
    assert check_outflow(TITLE, mined=Carats.of("100"), left=Carats.of("100")) == ()
    (finding,) = check_outflow(TITLE, mined=Carats.of("100"), left=Carats.of("100.01"))
    assert finding.rule.code == "more_than_mined"


def test_production_by_mine_and_heading() -> None:
    returns = [
        returned("2026-01"),
        returned("2026-02"),
        returned("2026-02", heading=Heading.INDUSTRIAL),
        returned("2026-07"),
    ]
    half = produced(returns, date(2026, 1, 1), date(2026, 6, 30))
    assert produced(returns, date(2026, 1, 1), date(2026, 2, 1)) == half
    assert half == (
        Produced("Practice Mine", Heading.UNSORTED, Carats.of("200.00"), Money.of("2000.00")),
        Produced("Practice Mine", Heading.INDUSTRIAL, Carats.of("100.00"), Money.of("1000.00")),
    )


RETURNS = st.lists(
    st.builds(
        returned,
        st.sampled_from(["2026-01", "2026-02", "2026-07"]),
        st.integers(0, 10**6).map(lambda hundredths: str(Carats.from_hundredths(hundredths))),
        mine=st.sampled_from(["A", "B"]),
        heading=st.sampled_from(Heading),
    )
)


@given(RETURNS)
def test_the_table_adds_up(returns: list[Return]) -> None:
    table = produced(returns, date(2026, 1, 1), date(2026, 12, 31))
    assert total_carats(row.carats for row in table) == total_carats(each.carats for each in returns)
    assert total_money(row.value for row in table) == total_money(each.value for each in returns)


def draw(carats: str, source: str = "XZ000017", origin: str = "SL") -> Draw:
    return Draw(source, origin, Carats.of(carats))


def test_draws_never_go_below_zero() -> None:
    holding = Holding("XZ000017", "SL", Carats.of("10.00"))
    assert holding.draw(Carats.of("4.00")).carats == Carats.of("6.00")
    assert not holding.draw(Carats.of("10.00")).carats
    with pytest.raises(NotEnoughCarats) as refused:
        holding.draw(Carats.of("10.01"))
    assert refused.value.facts == {"source": "XZ000017", "origin": "SL", "left": "10.00"}


def test_a_pool_is_drawn_by_origin() -> None:
    pool = [Holding("pool", "SL", Carats.of("10.00")), Holding("pool", MIXED, Carats.of("5.00"))]
    left = draw_down(pool, [draw("4.00", "pool"), draw("5.00", "pool", MIXED), draw("6.00", "pool")])
    assert [str(each.carats) for each in left] == ["0.00", "0.00"]
    with pytest.raises(NotEnoughCarats):
        draw_down(pool, [draw("6.00", "pool"), draw("4.01", "pool")])
    with pytest.raises(NotEnoughCarats) as unknown:
        draw_down(pool, [draw("0.01", "pool", "LR")])
    assert unknown.value.facts["left"] == "0.00"


def test_every_draw_that_is_too_large_is_found() -> None:
    holdings = [Holding("XZ000017", "SL", Carats.of("10.00"))]
    draws = [draw("6.00"), draw("4.01"), draw("1.00", "XZ000099")]
    found = check_draws(holdings, draws)
    assert [dict(each.facts)["drawn"] for each in found] == ["10.01", "1.00"]
    assert check_draws(holdings, [draw("6.00"), draw("4.00")]) == ()


def test_a_parcel_mixed_from_a_pool() -> None:
    pool = [Holding("pool", code, Carats.of("33.33")) for code in ("AO", "LR", "SL")]
    shares = draw_mixed(pool, Carats.of("10.00"))
    assert [str(share.carats) for share in shares] == ["3.34", "3.33", "3.33"]
    assert draw_mixed(pool, Carats.of("0")) == ()
    with pytest.raises(NotEnoughCarats) as refused:
        draw_mixed(pool, Carats.of("100.00"))
    assert refused.value.facts == {"source": "pool", "origin": "*", "left": "99.99"}


@given(st.lists(st.integers(0, 10**7), max_size=8), st.data())
def test_shares_of_a_pool_add_up_and_fit(hundredths: list[int], data: st.DataObject) -> None:
    pool = [Holding("pool", f"origin {place}", Carats.from_hundredths(each)) for place, each in enumerate(hundredths)]
    wanted = Carats.from_hundredths(data.draw(st.integers(0, sum(hundredths))))
    draws = draw_mixed(pool, wanted)
    assert total_carats(each.carats for each in draws) == wanted
    left = draw_down(pool, draws)
    assert total_carats(each.carats for each in left) + wanted == total_carats(each.carats for each in pool)
