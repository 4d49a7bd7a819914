"""The valuers' table: who may give which figure, what nobody sees, unusual prices, earlier prices, contested values."""

import json
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

import pytest

from kpdesk.desks import clerk, contests, valuer
from kpdesk.desks.contests import OwnIsContested
from kpdesk.domain.custody import Dispute
from kpdesk.domain.measures import Carats, Money
from kpdesk.domain.parcel import ParcelState
from kpdesk.domain.prices import ClassUnknown
from kpdesk.domain.slips import ParcelSlip
from kpdesk.domain.valuation import ClassTwice, FigureKind, PriceReason, PriceWantsReason, SameValuer, SizeLine
from kpdesk.practice import CLERK, CLERK_2, COUNTER, SUPERVISOR, VALUER, VALUER_2, read_balance, valuing
from kpdesk.store.valuing import forget_prices
from tests.desks.earlier_prices import AROUND_100, pay_before
from tests.desks.practice_books import Books, receive

At = Callable[[str], Books]
OFFICE, INDEPENDENT = FigureKind.OFFICE, FigureKind.INDEPENDENT


def weighed(books: Books, carats: str = "10.00", **changes: object) -> str:
    parcel = receive(books, **changes)
    for who in (CLERK, CLERK_2):
        clerk.record_weighing(books[who], parcel, reading=read_balance(Decimal(carats), books[who]))
    return parcel


def line(price: str, carats: str = "10.00", size: str = "2-4 ct", reason: PriceReason | None = None) -> SizeLine:
    return SizeLine(size, Carats.of(carats), Decimal(price), reason)


def value(books: Books, parcel: str, price: str = "100.00", reason: PriceReason | None = None) -> ParcelSlip:
    """All three figures."""
    carats = str(clerk.parcels(books[CLERK])[0].carats)
    for who, kind in ((VALUER, OFFICE), (VALUER_2, INDEPENDENT)):
        valuer.give_figure(books[who], parcel, kind=kind, lines=[line(price, carats, reason=reason)])
    return valuer.declare_value(books[COUNTER], parcel, total=Money.of("1.00"))


# The queue


def test_the_queue_has_the_oldest_first_and_loses_what_one_has_valued(at: At) -> None:
    books = at("ready")
    first, second = weighed(books), weighed(books, "20.00")
    receive(books)  # not weighed yet
    desk = books[VALUER]
    assert [each.number for each in valuer.queue(desk, OFFICE)] == [first, second]
    assert [each.number for each in valuer.queue(desk, OFFICE, after=first)] == [second]
    valuer.give_figure(desk, first, kind=OFFICE, lines=[line("1.00")])
    assert [each.number for each in valuer.queue(desk, OFFICE)] == [second]
    assert [each.number for each in valuer.queue(desk, INDEPENDENT)] == [second], "two figures are of two hands"
    assert [each.number for each in valuer.queue(books[VALUER_2], OFFICE)] == [second], "the office's figure is in"
    assert [each.number for each in valuer.queue(books[VALUER_2], INDEPENDENT)] == [first, second]


def test_whoever_weighed_a_parcel_does_not_find_it_in_the_queue(at: At) -> None:
    books = at("ready")
    parcel = receive(books)
    clerk.record_weighing(books[CLERK], parcel, reading=read_balance(Decimal("10.00"), books[CLERK]))
    clerk.record_weighing(books[VALUER], parcel, reading=read_balance(Decimal("10.00"), books[VALUER]))
    assert valuer.queue(books[VALUER], OFFICE) == ()
    with pytest.raises(valuer.NotToValue):
        valuer.sheet(books[VALUER], parcel, OFFICE)
    assert len(valuer.queue(books[VALUER_2], OFFICE)) == 1


def test_nothing_of_the_first_figure_reaches_the_second_valuer(at: At) -> None:
    """Every slip and finder that a valuer's window asks, looked through for the amounts of the other's figure."""
    books = at("ready")
    valuing.books(books.office)
    pay_before(books)
    before = weighed(books)
    valuer.give_figure(books[VALUER], before, kind=OFFICE, lines=[line("8712.34", reason=PriceReason.LARGE_STONE)])
    valuer.declare_value(books[COUNTER], before, total=Money.of("77123.45"))
    desk = books[VALUER_2]
    (waiting,) = valuer.queue(desk, INDEPENDENT)
    asked = (
        waiting,
        valuer.sheet(desk, before, INDEPENDENT),
        valuer.usual(desk, waiting.source, waiting.origin, ["2-4 ct"]),
        valuer.reasoned(desk),
        valuer.figures(desk, before),
        clerk.parcels(desk),
        clerk.find_parcels(desk, before),
    )
    told = repr(asked) + "".join(str(row) for row in books.sql("SELECT body, record FROM history"))
    for secret in ("8712", "87123.4", "77123", "large_stone"):
        assert secret not in told


# Lines


def test_a_class_has_one_line_and_is_the_offices(at: At) -> None:
    books = at("ready")
    parcel = weighed(books)
    with pytest.raises(ClassTwice):
        valuer.give_figure(books[VALUER], parcel, kind=OFFICE, lines=[line("1.00", "4.00"), line("2.00", "6.00")])
    valuing.books(books.office)
    with pytest.raises(ClassUnknown):
        valuer.give_figure(books[VALUER], parcel, kind=OFFICE, lines=[line("1.00", size="odd")])
    valuer.give_figure(books[VALUER], parcel, kind=OFFICE, lines=[line("1.00")])
    (row,) = books.sql("SELECT versions FROM figures")
    assert json.loads(str(row[0])) == ["classes-0001", "prices-0001"]


def test_an_unusual_price_asks_for_a_reason_and_never_refuses_with_one(at: At) -> None:
    books = at("ready")
    pay_before(books)
    parcel, desk = weighed(books), books[VALUER]
    with pytest.raises(PriceWantsReason) as asked:
        valuer.give_figure(desk, parcel, kind=OFFICE, lines=[line("900.00")])
    assert (asked.value.size_class, asked.value.count) == ("2-4 ct", "24")
    assert asked.value.group == "T-100 · 2-4 ct"
    assert valuer.reasoned(desk) == ()
    valuer.give_figure(desk, parcel, kind=OFFICE, lines=[line("900.00", reason=PriceReason.FINE)])
    (mine,) = valuer.reasoned(desk)
    assert (mine.parcel, mine.counted, mine.contested) == (parcel, None, False)
    assert [each.reason for each in mine.lines] == [PriceReason.FINE]
    assert valuer.reasoned(books[VALUER_2]) == ()


def test_a_reason_stays_only_where_a_price_asks_for_one(at: At) -> None:
    books = at("ready")
    pay_before(books)
    parcel = weighed(books)
    valuer.give_figure(books[VALUER], parcel, kind=OFFICE, lines=[line("103.00", reason=PriceReason.FINE)])
    assert valuer.reasoned(books[VALUER]) == ()


def test_a_second_valuer_may_stand_in_for_the_reason_and_is_blind_no_longer(at: At) -> None:
    books = at("ready")
    pay_before(books)
    parcel, lines = weighed(books), [line("900.00")]
    desk, beside = books[VALUER], books[VALUER_2]
    valuer.give_figure(desk, parcel, kind=OFFICE, lines=lines, second=beside)
    assert [each.reason for each in valuer.reasoned(desk)[0].lines] == [PriceReason.SECOND_VALUER]
    assert valuer.queue(beside, INDEPENDENT) == ()
    with pytest.raises(SameValuer):
        valuer.give_figure(beside, parcel, kind=INDEPENDENT, lines=[line("880.00", reason=PriceReason.FINE)])


# Earlier prices


def test_only_finished_parcels_are_history_and_the_nearest_group_with_enough_counts(at: At) -> None:
    books = at("ready")
    desk = books[VALUER]
    valuer.give_figure(desk, weighed(books), kind=OFFICE, lines=[line("50.00")])
    assert valuer.usual(desk, "T-100", "ZZ", ["2-4 ct"])["2-4 ct"].prices == ()
    pay_before(books, AROUND_100[:12])
    few = valuer.usual(desk, "T-100", "ZZ", ["2-4 ct"])["2-4 ct"]
    assert (few.enough, len(few.prices)) == (False, 12)
    assert few.unusual(Decimal("9999.00")) is None
    pay_before(books, AROUND_100[:12])
    near = valuer.usual(desk, "T-100", "ZZ", ["2-4 ct", "11-5"])
    assert (near["2-4 ct"].group, len(near["2-4 ct"].prices)) == ("T-100 · 2-4 ct", 24)
    assert near["11-5"].group == "ZZ", "no price of this class, so all of the origin"
    far = valuer.usual(desk, "T-9", "ZZ", ["2-4 ct"])["2-4 ct"]
    assert (far.group, len(far.prices)) == ("ZZ · 2-4 ct", 24)
    assert valuer.usual(desk, "T-9", "XZ", ["2-4 ct"])["2-4 ct"].prices == ()


def test_prices_of_long_ago_are_forgotten(at: At) -> None:
    books = at("ready")
    pay_before(books, AROUND_100[:20])
    books.clock.pass_days(700)
    assert len(valuer.usual(books[VALUER], "T-100", "ZZ", ["2-4 ct"])["2-4 ct"].prices) == 20
    books.clock.pass_days(62)
    assert valuer.usual(books[VALUER], "T-100", "ZZ", ["2-4 ct"])["2-4 ct"].prices == ()


# Contested


def test_a_contested_value_is_found_by_others_and_was_never_usual(at: At) -> None:
    books = at("ready")
    parcel = weighed(books)
    assert value(books, parcel, "500.00").state is ParcelState.VALUED
    contests.contest(books[CLERK], parcel, what=Dispute.VALUE, contester="Practice Speaker", reason="too high")
    desk = books[VALUER]
    assert valuer.usual(desk, "T-100", "ZZ", ["2-4 ct"])["2-4 ct"].prices == ()
    assert valuer.queue(desk, OFFICE) == ()
    for blocked in (
        lambda: valuer.sheet(desk, parcel, OFFICE),
        lambda: valuer.give_figure(desk, parcel, kind=OFFICE, lines=[line("400.00")]),
    ):
        with pytest.raises(OwnIsContested):
            blocked()
    others = [
        replace(books[name], officer=replace(books[name].officer, roles=desk.officer.roles))
        for name in (SUPERVISOR, COUNTER)
    ]
    assert [each.number for each in valuer.queue(others[0], OFFICE)] == [parcel]
    for other, kind in zip(others, (OFFICE, INDEPENDENT), strict=True):
        valuer.give_figure(other, parcel, kind=kind, lines=[line("400.00")])
    assert valuer.declare_value(books[COUNTER], parcel, total=Money.of("1.00")).value == Money.of("4000.00")
    assert valuer.usual(desk, "T-100", "ZZ", ["2-4 ct"])["2-4 ct"].prices == (Decimal("400.00"),)


def test_prices_can_be_forgotten_twice(at: At) -> None:
    books = at("ready")
    with books[VALUER].unit() as unit:
        forget_prices(unit, "P-2026-000009")
