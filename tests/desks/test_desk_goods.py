"""Merging, splitting, sorting and local sale on real books: states, draws, history, tolerance, settlement."""

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal

import pytest

from kpdesk.desks import clerk, goods, supervisor
from kpdesk.desks.auditor import verify_history
from kpdesk.desks.goods import MayNotBuy, NotWeighedYet, WantsSupervisor
from kpdesk.domain.goods import Heading
from kpdesk.domain.issuance import SamePerson
from kpdesk.domain.measures import Carats
from kpdesk.domain.outcomes import Stopped
from kpdesk.domain.parcel import Draw, Parcel, ParcelState, Source, WrongState
from kpdesk.domain.parties import Licence, NotYourDesk, Party, PartyKind
from kpdesk.domain.sorting import ALL, Change, DifferenceUnexplained, Share, Wanted
from kpdesk.practice import CLERK, CLERK_2, SUPERVISOR, VALUER, read_balance
from tests.desks.practice_books import PARCEL, Books, receive

At = Callable[[str], Books]
GEM, UNSORTED, BOART = Heading.NON_INDUSTRIAL, Heading.UNSORTED, Heading.INDUSTRIAL


def ct(text: str) -> Carats:
    return Carats.of(text)


def weigh(books: Books, parcel: str, carats: str) -> None:
    for name in (CLERK, CLERK_2):
        clerk.record_weighing(books[name], parcel, reading=read_balance(Decimal(carats), books[name]))


def weighed(books: Books, carats: str, **changes: object) -> str:
    number = receive(books, **changes)
    weigh(books, number, carats)
    return number


def bought(books: Books, carats: str, *origins: str) -> str:
    return weighed(books, carats, source=Source.PURCHASED, title="", origins=origins, why="bought on the market")


def dealer(books: Books, *, number: str = "DEA-0001", kind: PartyKind = PartyKind.DEALER) -> str:
    desk = books[SUPERVISOR]
    licence = Licence(f"{number}/26", kind, desk.today - timedelta(days=9), desk.today + timedelta(days=300))
    firm = Party(
        number=number, party_kind=kind, name=f"Practice {number}", address="", country="ZZ", licences=(licence,)
    )
    with desk.unit() as unit:
        unit.add(firm)
        unit.note("register_party", firm)
    return number


def parcel_of(books: Books, number: str) -> tuple[ParcelState, tuple[str, ...], tuple[Draw, ...]]:
    with books[CLERK].view() as unit:
        found = unit.get(Parcel, number)
        return found.state, found.origins, found.draws


def test_a_split_ends_one_and_begins_two(at: At) -> None:
    books = at("bagged")
    wanted = [Wanted(UNSORTED, ct("1000.00")), Wanted(UNSORTED, ct("234.56"))]
    made = goods.rework(books[CLERK], change=Change.SPLIT, parcels=[PARCEL], wanted=wanted)
    assert [slip.state for slip in made.parcels] == [ParcelState.RECEIVED] * 2
    assert parcel_of(books, PARCEL)[0] is ParcelState.REWORKED
    one, two = (slip.number for slip in made.parcels)
    assert [act for act, _ in books.acts()][-4:] == ["begin_parcel", "begin_parcel", "rework", "rework"]
    (open_,) = goods.unsettled(books[CLERK])
    assert open_.waiting == (one, two)
    weigh(books, one, "1000.00")
    with pytest.raises(NotWeighedYet):
        goods.settle(books[CLERK], made.number)
    weigh(books, two, "234.56")
    assert goods.settle(books[CLERK], made.number).settled
    assert goods.unsettled(books[CLERK]) == ()
    assert verify_history(books[CLERK]).intact


def test_a_merge_keeps_the_shares_of_its_origins(at: At) -> None:
    books = at("ready")
    one, two = bought(books, "10.00", "AO"), bought(books, "5.00", "CD")
    merged = goods.rework(
        books[CLERK], change=Change.MERGE, parcels=[one, two], wanted=[Wanted(UNSORTED, ct("15.00"))]
    ).parcels[0]
    assert merged.origins == ("AO", "CD")
    weigh(books, merged.number, "15.01")
    (portion,) = goods.portions(books[CLERK], [merged.number])
    assert portion.shares == (Share("AO", ct("10.01")), Share("CD", ct("5.00")))
    halves = [Wanted(UNSORTED, ct("7.50")), Wanted(UNSORTED, ct("7.51"))]
    made = goods.rework(books[CLERK], change=Change.SPLIT, parcels=[merged.number], wanted=halves)
    assert {slip.origins for slip in made.parcels} == {("AO", "CD")}


def test_sorting_explains_what_it_loses_and_a_supervisor_signs_beyond_the_tolerance(at: At) -> None:
    books = at("bagged")
    small = [Wanted(GEM, ct("400.00")), Wanted(BOART, ct("834.54"))]
    large = [Wanted(GEM, ct("400.00")), Wanted(BOART, ct("830.00"))]
    sort = {"change": Change.SORT, "parcels": [PARCEL]}
    with pytest.raises(DifferenceUnexplained):
        goods.rework(books[CLERK], wanted=small, **sort)
    with pytest.raises(WantsSupervisor) as refused:
        goods.rework(books[CLERK], wanted=large, reasons={"ZZ": "dust"}, **sort)
    assert refused.value.difference == ct("4.56")
    with pytest.raises(NotYourDesk):
        goods.rework(books[CLERK], wanted=large, reasons={"ZZ": "dust"}, second=books[VALUER], **sort)
    with pytest.raises(SamePerson):
        goods.rework(
            books.of(*books[CLERK].officer.roles, *books[SUPERVISOR].officer.roles, beside=SUPERVISOR),
            wanted=large,
            reasons={"ZZ": "dust"},
            second=books[SUPERVISOR],
            **sort,
        )
    assert parcel_of(books, PARCEL)[0] is ParcelState.BAGGED
    goods.rework(books[CLERK], wanted=large, reasons={"ZZ": "dust"}, second=books[SUPERVISOR], **sort)
    (kept,) = goods.reworks(books[CLERK])
    assert (kept.differences[0].loss, kept.supervisor) == (ct("4.56"), books[SUPERVISOR].officer.id)
    assert [each.carats for each in kept.after] == [ct("400.00"), ct("830.00")]


def test_what_the_new_weighing_changes_is_explained(at: At) -> None:
    books = at("bagged")
    wanted = [Wanted(UNSORTED, ct("1000.00")), Wanted(UNSORTED, ct("234.56"))]
    made = goods.rework(books[CLERK], change=Change.SPLIT, parcels=[PARCEL], wanted=wanted)
    one, two = (slip.number for slip in made.parcels)
    weigh(books, one, "999.99")
    weigh(books, two, "230.00")
    assert goods.unsettled(books[CLERK])[0].lines[0].loss == ct("4.57")
    with pytest.raises(DifferenceUnexplained):
        goods.settle(books[CLERK], made.number)
    with pytest.raises(WantsSupervisor):
        goods.settle(books[CLERK], made.number, why="the sieve was dirty")
    done = goods.settle(books[CLERK], made.number, why="the sieve was dirty", second=books[SUPERVISOR])
    assert [each.carats for each in done.after] == [ct("999.99"), ct("230.00")]
    assert (done.differences[0].origin, done.differences[0].loss) == ("ZZ", ct("4.57"))


def test_draws_go_with_the_goods_and_come_back_with_them(at: At) -> None:
    books = at("ready")
    with books[SUPERVISOR].unit() as unit:
        for origin, carats in (("AO", "6.00"), ("CD", "4.00")):
            unit.bring_in("XZ2025000007", origin, ct(carats))
    draws = (Draw("XZ2025000007", "AO", ct("6.00")), Draw("XZ2025000007", "CD", ct("4.00")))
    number = weighed(books, "10.00", source=Source.IMPORTED, title="", origins=("AO", "CD"), draws=draws)
    wanted = [
        Wanted(UNSORTED, ct("6.00"), "AO"),
        Wanted(UNSORTED, ct("1.50"), "CD"),
        Wanted(UNSORTED, ct("2.50"), "CD"),
    ]
    made = goods.rework(books[CLERK], change=Change.SPLIT, parcels=[number], wanted=wanted)
    assert [parcel_of(books, slip.number)[1:] for slip in made.parcels] == [
        (("AO",), (Draw("XZ2025000007", "AO", ct("6.00")),)),
        (("CD",), (Draw("XZ2025000007", "CD", ct("1.50")),)),
        (("CD",), (Draw("XZ2025000007", "CD", ct("2.50")),)),
    ]
    for slip in made.parcels:
        clerk.withdraw_parcel(books[CLERK], slip.number, why="the exporter takes it home")
    assert books.sql("SELECT origin, drawn FROM pools ORDER BY origin") == [("AO", 0), ("CD", 0)]
    assert goods.settle(books[CLERK], made.number).settled


def test_a_sale_takes_the_goods_out_of_the_books(at: At) -> None:
    books = at("bagged")
    sell = {"change": Change.SELL, "parcels": [PARCEL], "wanted": [Wanted(UNSORTED, ct("1234.56"), sold=True)]}
    for nobody in ("", "EXP-0041", "IMP-0001", "DEA-9"):
        with pytest.raises(MayNotBuy):
            goods.rework(books[CLERK], buyer=nobody, **sell)
    lapsed = dealer(books, number="DEA-0002", kind=PartyKind.EXPORTER)
    books.sql("UPDATE parties SET party_kind = 'dealer' WHERE number = :number", number=lapsed)
    with pytest.raises(Stopped):
        goods.rework(books[CLERK], buyer=lapsed, **sell)
    made = goods.rework(books[CLERK], buyer=dealer(books), **sell)
    assert made.parcels == ()
    assert parcel_of(books, PARCEL)[0] is ParcelState.SOLD
    assert goods.unsettled(books[CLERK]) == ()
    (kept,) = goods.reworks(books[CLERK])
    assert (kept.buyer, kept.sold[0].carats, kept.settled) == ("DEA-0001", ct("1234.56"), True)


def test_what_is_in_other_hands_is_left_alone(at: At) -> None:
    books = at("applied")
    wanted = [Wanted(UNSORTED, ct("1000.00")), Wanted(UNSORTED, ct("234.56"))]
    with pytest.raises(WrongState):
        goods.rework(books[CLERK], change=Change.SPLIT, parcels=[PARCEL], wanted=wanted)
    assert goods.open_parcels(books[CLERK]) == ()
    number = bought(books, "3.00", "AO")
    assert [slip.number for slip in goods.open_parcels(books[CLERK], exporter="EXP-0041")] == [number]
    assert goods.open_parcels(books[CLERK], exporter="EXP-0042") == ()


def test_the_office_sets_its_tolerance(at: At) -> None:
    books = at("bagged")
    one, two = books[SUPERVISOR], books["Supervisor Two"]
    supervisor.change_setting(one, two, name="rework_tolerance", value="0.01", effective_from=one.today)
    wanted = [Wanted(GEM, ct("400.00")), Wanted(BOART, ct("830.00"))]
    goods.rework(books[CLERK], change=Change.SORT, parcels=[PARCEL], wanted=wanted, reasons={"ZZ": "dust", ALL: ""})
