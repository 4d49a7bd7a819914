"""The close of a day: two count blind, the sums add up, what nobody finds is barred and nothing else."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpdesk.desks import bars, closing, counter, stock
from kpdesk.desks.auditor import verify_history
from kpdesk.domain.closing import Counted, DayClosed, NotASeries, NotCounted, runs, series
from kpdesk.domain.issuance import SamePerson
from kpdesk.domain.stock import StockKind, StockState
from kpdesk.practice import AUDITOR, CLERK, SUPERVISOR, SUPERVISOR_2
from kpdesk.store import lists as rows
from tests.desks.practice_books import PARCEL, Books, receive

At = Callable[[str], Books]


def there(books: Books, what: Counted) -> list[str]:
    if what is Counted.GOODS:
        return [each.parcel for each in counter.custody(books[SUPERVISOR])]
    with books[SUPERVISOR].look() as session:
        kind = StockKind(what.value)
        kept = (rows.stock(session, kind, state, limit=1000) for state in closing.AT_HAND)
        return [each.number for some in kept for each in some]


def count(books: Books, *officers: str, without: tuple[str, ...] = (), more: tuple[str, ...] = ()) -> None:
    for officer in officers or (SUPERVISOR, SUPERVISOR_2):
        for each in closing.counting(books[officer]):
            found = [number for number in there(books, each.what) if number not in without]
            extra = [number for number in more if each.what is Counted.GOODS]
            closing.tally(books[officer], what=each.what, found=[*found, *extra])


def test_a_day_that_agrees(at: At) -> None:
    books = at("bagged")
    one, two = books[SUPERVISOR], books[SUPERVISOR_2]
    with pytest.raises(NotCounted):
        closing.outcome(one, two)
    count(books)
    assert closing.outcome(one, two).agrees
    closed, drawn = closing.close_day(one, two)
    assert drawn.pdf.startswith(b"%PDF")
    goods = closed.sums[0]
    assert (goods.what, goods.opening, goods.received, goods.left, goods.counted) == (Counted.GOODS, 0, 1, 0, 1)
    assert goods.carats == goods.carats_expected
    assert {each.what for each in closed.sums} == {*Counted}
    assert not closed.live
    assert verify_history(books[AUDITOR]).intact
    with pytest.raises(DayClosed):
        count(books, SUPERVISOR)
    with pytest.raises(SamePerson):
        closing.close_day(one, one)


def test_the_next_day_opens_with_what_stands(at: At) -> None:
    books = at("bagged")
    one, two = books[SUPERVISOR], books[SUPERVISOR_2]
    count(books)
    closing.close_day(one, two)
    books.clock.pass_days(1)
    receive(books)
    stock.write_off(one, two, what=StockKind.BAG, numbers=[there(books, Counted.BAG)[0]], gone=False, report="torn")
    count(books)
    closed, _ = closing.close_day(one, two)
    found = {each.what: each for each in closed.sums}
    assert (found[Counted.GOODS].opening, found[Counted.GOODS].received, found[Counted.GOODS].counted) == (1, 1, 2)
    assert (found[Counted.BAG].received, found[Counted.BAG].left) == (0, 1)
    assert all(each.expected == each.counted for each in closed.sums)
    assert [each.day for each in closing.closings(one)] == sorted(
        (each.day for each in closing.closings(one)), reverse=True
    )


def test_a_bag_stands_for_its_parcel(at: At) -> None:
    books = at("bagged")
    (held,) = counter.custody(books[CLERK])
    assert closing.tally(books[CLERK], what=Counted.GOODS, found=[held.bag.lower(), held.parcel]) == 1


def test_what_nobody_found_is_barred_and_nothing_else(at: At) -> None:
    books = at("applied")
    one, two = books[SUPERVISOR], books[SUPERVISOR_2]
    blank, bag = there(books, Counted.BLANK)[-1], there(books, Counted.BAG)[0]
    count(books, without=(PARCEL, blank, bag), more=("P-1999-000001",))
    compared = {each.what: each for each in closing.outcome(one, two).sums}
    assert compared[Counted.GOODS].missing == (PARCEL,)
    assert compared[Counted.GOODS].surplus == ("P-1999-000001",)
    assert compared[Counted.SEAL].agrees
    closed, _ = closing.close_day(one, two, remark="the vault was searched")
    assert closed.live
    assert [bar.parcel for bar in bars.barred(one)] == [PARCEL]
    with one.look() as session:
        (missing,) = rows.stock(session, StockKind.BLANK, StockState.MISSING)
        assert missing.number == blank
        assert blank in {void.number.text for void in rows.void_numbers(session)}
        assert [each.number for each in rows.stock(session, StockKind.BAG, StockState.MISSING)] == [bag]
        (finding,) = bars.check_found(session, [PARCEL, "P-2026-999999"])
    assert finding.rule.code == "parcel_not_found"
    bars.found_again(one, two, PARCEL, where="behind the scales")
    assert bars.barred(one) == ()
    with one.look() as session:
        assert [*bars.check_found(session, [PARCEL])] == []
    assert verify_history(books[AUDITOR]).intact


def test_one_count_alone_is_a_doubt(at: At) -> None:
    books = at("bagged")
    count(books, SUPERVISOR)
    count(books, SUPERVISOR_2, without=(PARCEL,))
    (goods, *_) = closing.outcome(books[SUPERVISOR], books[SUPERVISOR_2]).sums
    assert (goods.doubtful, goods.missing, goods.counted) == ((PARCEL,), (), 0)
    count(books, SUPERVISOR_2)
    assert closing.outcome(books[SUPERVISOR], books[SUPERVISOR_2]).agrees, "counted again"


def test_nobody_is_told_what_is_expected(at: At) -> None:
    books = at("bagged")
    count(books, SUPERVISOR, without=(PARCEL,))
    assert PARCEL not in repr(closing.counting(books[SUPERVISOR_2]))


@pytest.mark.parametrize(
    ("first", "last"),
    [("ZZ1", "ZZ03"), ("ZZ3", "ZZ1"), ("AB1", "AC2"), ("", "1"), ("ZZ", "ZZ"), ("ZZ0", "ZZ100000"), ("ZZ٣", "ZZ٤")],
)
def test_no_series(first: str, last: str) -> None:
    with pytest.raises(NotASeries):
        series(first, last)


@given(st.integers(0, 9_999), st.integers(0, 300))
def test_a_series_and_back(start: int, more: int) -> None:
    first, last = f"TB{start:06}", f"TB{start + more:06}"
    numbers = series(f" tb{start:06} ", last)
    assert len(numbers) == more + 1
    assert [*runs(numbers)] == [(first, last)]


def test_runs_break_where_a_number_is_missing() -> None:
    assert [*runs(["TB003", "TB001", "TB002", "TB005", "X"])] == [("TB001", "TB003"), ("TB005", "TB005"), ("X", "X")]
