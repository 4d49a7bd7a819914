"""Goods that change: no carat of any origin or source appears or is lost, however they are taken apart."""

from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpdesk.domain.goods import Heading
from kpdesk.domain.measures import Carats, total_carats
from kpdesk.domain.parcel import Draw, Parcel, ParcelState, Source
from kpdesk.domain.sorting import (
    ALL,
    Change,
    Difference,
    DifferenceUnexplained,
    HeadingMoved,
    NotAlike,
    NothingOfOrigin,
    NotOneChange,
    Portion,
    Rework,
    Share,
    Wanted,
    balance,
    beyond,
    carry_draws,
    check_alike,
    check_change,
    divide,
    explain,
    shares_of,
    spread,
)

UN, IN, GEM = Heading.UNSORTED, Heading.INDUSTRIAL, Heading.NON_INDUSTRIAL
AT = datetime(2026, 11, 22, tzinfo=UTC)


def ct(text: str) -> Carats:
    return Carats.of(text)


def portion(parcel: str = "P-1", heading: Heading = UN, **origins: str) -> Portion:
    shares = tuple(Share(origin, ct(carats)) for origin, carats in origins.items())
    return Portion(heading=heading, shares=shares, parcel=parcel)


def parcel(number: str = "P-1", *, carats: str = "10.00", origins: tuple[str, ...] = ("AO",), **more: Any) -> Parcel:
    given: dict[str, Any] = {
        "exporter": "EXP-1",
        "heading": UN,
        "provenance": "ZZ",
        "source": Source.PURCHASED,
        "received_at": AT,
        "received_by": "o",
        "state": ParcelState.WEIGHED,
    }
    return Parcel(number=number, carats=ct(carats), origins=origins, **{**given, **more})


@given(st.integers(0, 10**9), st.lists(st.integers(0, 10**6), min_size=1, max_size=8))
def test_parts_add_up_and_are_in_proportion(whole: int, weights: list[int]) -> None:
    parts = spread(whole, weights)
    assert sum(parts) == whole
    assert min(parts) >= 0
    if total := sum(weights):
        assert all(abs(part * total - whole * weight) < total for part, weight in zip(parts, weights, strict=True))


carats = st.integers(1, 500_000)


@st.composite
def changes(draw: st.DrawFn) -> tuple[tuple[Portion, ...], tuple[Wanted, ...], dict[str, str]]:
    """Goods that went in, and lines that take them all but for a loss, or with a gain."""
    before = tuple(
        Portion(
            heading=UN,
            parcel=f"P-{number}",
            shares=tuple(
                Share(origin, Carats.from_hundredths(draw(carats)))
                for origin in sorted(draw(st.sets(st.sampled_from(["AO", "CD", "SL", "LR+SL"]), min_size=1)))
            ),
        )
        for number in range(draw(st.integers(1, 4)))
    )
    by_origin: dict[str, int] = {}
    for share in (share for each in before for share in each.shares):
        by_origin[share.origin] = by_origin.get(share.origin, 0) + share.carats.hundredths
    wanted: list[Wanted] = []

    def lines(origin: str, hundredths: int) -> None:
        left = max(hundredths + draw(st.integers(-hundredths // 10, hundredths // 10)), 1)
        for _ in range(draw(st.integers(0, 3))):
            part = draw(st.integers(0, left))
            left -= part
            if part:
                wanted.append(Wanted(draw(st.sampled_from(list(Heading))), Carats.from_hundredths(part), origin))
        if left:
            wanted.append(Wanted(GEM, Carats.from_hundredths(left), origin, sold=draw(st.booleans())))

    if draw(st.booleans()):
        lines(ALL, sum(by_origin.values()))
    else:
        for origin, hundredths in by_origin.items():
            lines(origin, hundredths)
    return before, tuple(wanted), dict.fromkeys([*by_origin, ALL], "sieve")


@given(changes())
def test_no_carat_appears_or_vanishes(given: tuple[tuple[Portion, ...], tuple[Wanted, ...], dict[str, str]]) -> None:
    before, wanted, reasons = given
    lines = balance(before, wanted)
    differences = explain(lines, reasons)
    after, sold = divide(before, wanted, differences)
    assert [each.carats for each in (*after, *sold)] == [
        *(line.carats for line in wanted if not line.sold),
        *(line.carats for line in wanted if line.sold),
    ]
    had, has = _sums(before), _sums((*after, *sold))
    loss, gain = (total_carats(getattr(each, what) for each in differences) for what in ("loss", "gain"))
    assert total_carats(had.values()) + gain == total_carats(has.values()) + loss
    for difference in differences:
        if difference.origin:
            origin = difference.origin
            assert had.get(origin, ct("0")) + difference.gain == has.get(origin, ct("0")) + difference.loss
    if not differences:
        assert had == has


def _sums(portions: tuple[Portion, ...]) -> dict[str, Carats]:
    sums: dict[str, Carats] = {}
    for share in (share for each in portions for share in each.shares):
        sums[share.origin] = sums.get(share.origin, ct("0")) + share.carats
    return sums


@given(changes(), st.lists(st.tuples(st.sampled_from(["C-1", "C-2"]), st.sampled_from(["AO", "CD", "BW"]), carats)))
def test_draws_are_carried_whole(
    given: tuple[tuple[Portion, ...], tuple[Wanted, ...], dict[str, str]], drawn: list[tuple[str, str, int]]
) -> None:
    before, wanted, reasons = given
    after, sold = divide(before, wanted, explain(balance(before, wanted), reasons))
    draws = [Draw(source, origin, Carats.from_hundredths(part)) for source, origin, part in drawn]
    carried, gone = carry_draws(draws, after, sold)
    assert len(carried) == len(after)
    out = [draw for each in carried for draw in each] + list(gone)
    for key in {(draw.source, draw.origin) for draw in (*draws, *out)}:
        had, has = (
            total_carats(draw.carats for draw in side if (draw.source, draw.origin) == key) for side in (draws, out)
        )
        assert had == has


def test_the_balance_shows_each_origin_while_it_is_typed() -> None:
    before = (portion(AO="10.00"), portion("P-2", CD="5.00"))
    ao, cd = balance(before, [Wanted(UN, ct("9.40"), "AO"), Wanted(UN, ct("0.50"), "AO", sold=True)])
    assert (ao.before, ao.after, ao.sold, ao.loss, ao.gain) == (ct("10"), ct("9.40"), ct("0.50"), ct("0.10"), ct("0"))
    assert (cd.loss, cd.differs) == (ct("5"), True)
    (one,) = balance(before, [Wanted(UN, ct("15.20"))])
    assert (one.origin, one.before, one.gain) == (ALL, ct("15"), ct("0.20"))
    (only,) = balance(before[:1], [Wanted(UN, ct("10"))])
    assert (only.origin, only.differs) == ("AO", False)


def test_mixed_goods_carry_their_shares() -> None:
    before = (portion(AO="10.00"), portion("P-2", CD="5.00"))
    (merged,), _ = divide(before, [Wanted(UN, ct("15.00"))], ())
    assert merged.shares == (Share("AO", ct("10.00")), Share("CD", ct("5.00")))
    assert merged.origins == ("AO", "CD")
    named = [Wanted(GEM, ct("4.00"), "AO"), Wanted(IN, ct("5.50")), Wanted(IN, ct("5.50"))]
    after, _ = divide(before, named, ())
    assert after[0].shares == (Share("AO", ct("4.00")),)
    assert total_carats(each.carats for each in after) == ct("15.00")
    assert {each.origins for each in after[1:]} == {("AO", "CD")}


@pytest.mark.parametrize(
    ("wanted", "refusal"),
    [
        ([Wanted(UN, ct("11"), "AO"), Wanted(UN, ct("4"))], NothingOfOrigin),
        ([Wanted(UN, ct("14.99"))], DifferenceUnexplained),
        ([Wanted(UN, ct("10"), "AO"), Wanted(UN, ct("5"), "BW")], NothingOfOrigin),
    ],
)
def test_what_does_not_balance_is_refused(wanted: list[Wanted], refusal: type[Exception]) -> None:
    with pytest.raises(refusal):
        divide((portion(AO="10.00"), portion("P-2", CD="5.00")), wanted, ())


def test_a_difference_wants_a_reason() -> None:
    lines = balance((portion(AO="10.00"),), [Wanted(UN, ct("9.97"))])
    with pytest.raises(DifferenceUnexplained) as refused:
        explain(lines, {"AO": "  "})
    assert refused.value.facts == {"origin": "AO", "difference": "0.03"}
    assert explain(lines, {"AO": "dust"}) == (Difference("AO", ct("0.03"), ct("0"), "dust"),)


def test_where_shares_are_known_from() -> None:
    assert shares_of(parcel()) == (Share("AO", ct("10.00")),)
    assert shares_of(parcel(origins=("AO", "CD"))) == (Share("AO+CD", ct("10.00")),)
    drawn = (Draw("C-1", "AO", ct("6.67")), Draw("C-2", "CD", ct("3.34")))
    shares = shares_of(parcel(origins=("AO", "CD"), draws=drawn))
    assert shares == (Share("AO", ct("6.66")), Share("CD", ct("3.34")))
    made = Rework(
        number="W-1",
        change=Change.MERGE,
        owner="EXP-1",
        before=(),
        after=(portion("P-1", AO="9.00", CD="0.99"),),
        by="o",
        at=AT,
    )
    assert shares_of(parcel(origins=("AO", "CD")), made) == (Share("AO", ct("9.01")), Share("CD", ct("0.99")))


@pytest.mark.parametrize(
    ("change", "before", "wanted", "refusal"),
    [
        (Change.MERGE, (portion(AO="1"),), [Wanted(UN, ct("1"))], NotOneChange),
        (Change.SPLIT, (portion(AO="1"),), [Wanted(UN, ct("1"))], NotOneChange),
        (Change.SPLIT, (portion(AO="1"),), [Wanted(UN, ct("0")), Wanted(UN, ct("1"))], NotOneChange),
        (Change.SELL, (portion(AO="1"),), [Wanted(UN, ct("1"))], NotOneChange),
        (Change.SORT, (), [Wanted(UN, ct("1"))], NotOneChange),
        (Change.MERGE, (portion(AO="1"), portion(AO="1")), [Wanted(UN, ct("2"))], NotOneChange),
        (Change.SPLIT, (portion(AO="2"),), [Wanted(GEM, ct("1")), Wanted(UN, ct("1"))], HeadingMoved),
        (Change.SORT, (portion(AO="2", heading=GEM),), [Wanted(UN, ct("2"))], HeadingMoved),
        (Change.SORT, (portion(AO="2", heading=GEM),), [Wanted(IN, ct("2"))], HeadingMoved),
        (Change.SORT, (portion(AO="2"),), [Wanted(IN, ct("0.50")), Wanted(GEM, ct("1.49"))], None),
        (Change.SORT, (portion(AO="2"), portion("P-2", AO="1", heading=GEM)), [Wanted(GEM, ct("3"))], None),
        (Change.SELL, (portion(AO="2"),), [Wanted(UN, ct("0.5"), sold=True), Wanted(UN, ct("1.5"))], None),
        (Change.MERGE, (portion(AO="1"), portion("P-2", AO="1")), [Wanted(UN, ct("2.01"))], None),
    ],
)
def test_a_change_is_what_it_is_called(
    change: Change, before: tuple[Portion, ...], wanted: list[Wanted], refusal: type[Exception] | None
) -> None:
    if refusal is None:
        check_change(change, before, wanted)
    else:
        with pytest.raises(refusal):
            check_change(change, before, wanted)


@pytest.mark.parametrize("what", ["exporter", "source", "provenance", "title", "zone"])
def test_only_like_goods_are_mixed(what: str) -> None:
    value = Source.MINED if what == "source" else "other"
    with pytest.raises(NotAlike) as refused:
        check_alike([parcel(), parcel("P-2"), parcel("P-3", **{what: value})])
    assert refused.value.facts == {"one": "P-1", "other": "P-3", "what": what}


def test_a_supervisor_is_wanted_beyond_both_limits() -> None:
    share, least = Decimal("0.002"), ct("0.05")
    assert not beyond(ct("10"), ct("0.05"), share=share, least=least)
    assert beyond(ct("10"), ct("0.06"), share=share, least=least)
    assert not beyond(ct("1000"), ct("2.00"), share=share, least=least)
    assert beyond(ct("1000"), ct("2.01"), share=share, least=least)
