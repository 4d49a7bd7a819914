"""Numbered stock: counted in by two with its gaps, lost, sent and back, told in runs, and how long it lasts."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from kpdesk.desks import stock
from kpdesk.desks.stock import Level, numbers_of
from kpdesk.domain.batch import NotAnOffice
from kpdesk.domain.custody import WhyMissing
from kpdesk.domain.parties import NotYourDesk
from kpdesk.domain.stock import AlreadyInStock, Paper, StockKind, StockNotReady, StockState
from kpdesk.domain.transfers import GapNotInSeries, NothingDelivered, OwnOffice, Run, TransferEnded
from kpdesk.practice import PREPARER, SUPERVISOR, SUPERVISOR_2
from kpdesk.store import lists as rows
from tests.desks.practice_books import Books

At = Callable[[str], Books]
BAG, BLANK, SEAL = StockKind.BAG, StockKind.BLANK, StockKind.SEAL


def two(books: Books):  # type: ignore[no-untyped-def]
    return books[SUPERVISOR], books[SUPERVISOR_2]


def stretches(books: Books, what: StockKind) -> list[tuple[str, str, StockState, str]]:
    return [
        (each.run.first, each.run.last, each.state, each.holder)
        for each in stock.shelf(books[SUPERVISOR], what).stretches
    ]


def test_a_box_is_counted_in_with_its_gaps(at: At) -> None:
    books = at("ready")
    one, other = two(books)
    numbers = numbers_of("zz2026 002001", "ZZ2026002010")
    with pytest.raises(GapNotInSeries):
        stock.receive_stock(one, other, what=BLANK, numbers=numbers, note="PL-77", gaps=["ZZ2026003000"])
    gap = "ZZ2026002004"
    taken = stock.receive_stock(
        one, other, what=BLANK, numbers=numbers, paper=Paper.SECURITY, edition="2026-1", note="PL-77", gaps=[gap]
    )
    assert taken == 9
    (delivery,) = stock.deliveries(one)
    assert (delivery.note, delivery.gaps, delivery.count) == ("PL-77", (gap,), 9)
    assert delivery.runs == (Run("ZZ2026002001", "ZZ2026002003"), Run("ZZ2026002005", "ZZ2026002010"))
    with pytest.raises(AlreadyInStock):
        stock.receive_stock(one, other, what=BLANK, numbers=numbers[:1])
    safe = [each for each in stretches(books, BLANK) if each[2] is StockState.IN_SAFE]
    assert [each[:2] for each in safe] == [("ZZ2026002001", "ZZ2026002003"), ("ZZ2026002005", "ZZ2026002010")]


def test_a_range_is_lost_and_its_numbers_are_void_at_once(at: At) -> None:
    books = at("ready")
    one, other = two(books)
    numbers = numbers_of("ZZ2026001380", "ZZ2026001382")
    with pytest.raises(WhyMissing):
        stock.write_off(one, other, what=BLANK, numbers=numbers, gone=True, report=" ")
    stock.write_off(one, other, what=BLANK, numbers=numbers, gone=True, report="police report 12")
    with one.look() as session:
        assert {each.number.text for each in rows.void_numbers(session)} == set(numbers)
    missing = stock.listed(one, BLANK, [StockState.MISSING])
    assert [(slip.number, "police report 12" in why) for slip, why in missing] == [(each, True) for each in numbers]
    with pytest.raises(StockNotReady):
        stock.write_off(
            one, other, what=BLANK, numbers=[*numbers_of("ZZ2026001383"), numbers[0]], gone=True, report="2"
        )
    assert "ZZ2026001383" in [first for first, *_ in stretches(books, BLANK)], "nothing half done"


def test_stock_goes_to_another_office_and_comes_back(at: At) -> None:
    books = at("ready")
    one, other = two(books)
    numbers = numbers_of("TS000010", "TS000019")
    for office, refusal in (("nowhere", NotAnOffice), ("ZZ-MAIN", OwnOffice)):
        with pytest.raises(refusal):
            stock.send_stock(one, other, what=SEAL, numbers=numbers, to=office)
    with pytest.raises(NothingDelivered):
        stock.send_stock(one, other, what=SEAL, numbers=[], to="ZZ-NORTH")
    sent = stock.send_stock(one, other, what=SEAL, numbers=numbers, to="zz-north")
    assert sent.runs == (Run("TS000010", "TS000019"),)
    assert len(sent.signatures) == 2
    assert ("TS000010", "TS000019", StockState.IN_TRANSIT, "ZZ-NORTH") in stretches(books, SEAL)
    with pytest.raises(StockNotReady):
        stock.hand_out(one, what=SEAL, numbers=numbers, officer=one.officer.id)
    stock.write_off(one, other, what=SEAL, numbers=["TS000013"], gone=True, report="lost on the road")
    ended = stock.end_transfer(one, other, sent.id, receipt="receipt N-7")
    assert not ended.live
    assert stock.transfers(one, live=True) == ()
    with pytest.raises(TransferEnded):
        stock.end_transfer(one, other, sent.id, receipt="again")
    states = {each[2] for each in stretches(books, SEAL)}
    assert states == {StockState.IN_SAFE, StockState.SENT, StockState.MISSING}
    assert stock.receive_stock(one, other, what=SEAL, numbers=["TS000010"], note="N-9") == 1, "it came back"
    with pytest.raises(AlreadyInStock):
        stock.receive_stock(one, other, what=SEAL, numbers=["TS000013"])


def test_a_transfer_comes_back_undelivered(at: At) -> None:
    books = at("ready")
    one, other = two(books)
    sent = stock.send_stock(one, other, what=SEAL, numbers=["TS000001"], to="ZZ-NORTH")
    stock.end_transfer(one, other, sent.id, receipt="the road is closed", back=True)
    assert stretches(books, SEAL) == [("TS000001", "TS000060", StockState.IN_SAFE, "")]


def test_what_lasts_how_long(at: At) -> None:
    books = at("ready")
    one, other = two(books)
    shelf = stock.shelf(one, BAG)
    assert (shelf.at_hand, shelf.days, shelf.level) == (60, None, Level.UNKNOWN)
    stock.write_off(one, other, what=BAG, numbers=numbers_of("TB000001", "TB000040"), gone=False, report="wet")
    shelf = stock.shelf(one, BAG)
    assert (shelf.at_hand, shelf.days, shelf.level) == (20, 10, Level.LOW)
    stock.write_off(one, other, what=BAG, numbers=numbers_of("TB000041", "TB000055"), gone=False, report="wet")
    assert stock.shelf(one, BAG).level is Level.SHORT
    books.clock.at += timedelta(days=40)
    assert stock.shelf(one, BAG).level is Level.UNKNOWN


def test_moves_are_told_by_act_and_in_runs(at: At) -> None:
    books = at("ready")
    one, _ = two(books)
    stock.hand_out(one, what=BAG, numbers=numbers_of("TB000001", "TB000005"), officer=books[PREPARER].officer.id)
    first, second = stock.moves(one, BAG)
    assert (first.act, first.count, first.runs, first.holder) == (
        "hand_out",
        5,
        (Run("TB000001", "TB000005"),),
        PREPARER,
    )
    assert (second.act, second.count) == ("receive_stock", 60)
    assert [slip.holder for slip in stock.register(one, BAG, "tb 00000")] == [PREPARER] * 5 + [""] * 4
    page = stock.register(one, BAG)
    assert len(page) == 50
    assert len(stock.register(one, BAG, after=page[-1].number)) == 10


def test_who_has_left_gets_no_stock(at: At) -> None:
    books = at("ready")
    one, _ = two(books)
    books.sql("UPDATE officers SET left = '2026-11-22' WHERE id = :id", id=books[PREPARER].officer.id)
    with pytest.raises(NotYourDesk):
        stock.hand_out(one, what=BAG, numbers=["TB000001"], officer=books[PREPARER].officer.id)
