"""Over the counter: vouchers, bags, photos, witnesses; whose hands goods go through; what is weighed again, unseen."""

from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kpdesk.desks import clerk, contests, counter, register, supervisor, vouchers, weighing
from kpdesk.desks.auditor import verify_history
from kpdesk.desks.clerk import KeptBack, VouchersWanted
from kpdesk.desks.counter import Reader
from kpdesk.desks.vouchers import VoucherUnreadable
from kpdesk.desks.weighing import OwnWeighing
from kpdesk.domain.custody import (
    NotInTheHouse,
    NotTheHolder,
    Place,
    Service,
    Voucher,
    WhyMissing,
)
from kpdesk.domain.goods import Heading
from kpdesk.domain.issuance import SamePerson
from kpdesk.domain.measures import Carats, Money
from kpdesk.domain.outcomes import Outcome, Stopped
from kpdesk.domain.parcel import Source, WrongState
from kpdesk.domain.production import Holding, NotEnoughCarats
from kpdesk.domain.stock import NotInStock, StockNotReady
from kpdesk.domain.weighing import typed
from kpdesk.practice import CLERK, CLERK_2, SUPERVISOR, SUPERVISOR_2, VALUER, read_balance
from kpdesk.scanning.troubles import FileUnreachable, NotAPicture, PictureTooLarge
from kpdesk.store.unit import NotFound
from tests.desks.practice_books import PARCEL, TODAY, Books, Shelf, receive

At = Callable[[str], Books]


def voucher(number: str = "V-1", carats: str = "10.00", **changes: Any) -> Voucher:
    sale = {"number": number, "seller": "MIN-0007", "on": TODAY, "carats": Carats.of(carats), "value": Money.of("900")}
    return Voucher(**{**sale, **changes})


def bought(books: Books, *sold: Voucher, carats: str = "10.000", **changes: object) -> str:
    """A purchased parcel with its first weighing; its number."""
    weighed = [typed(Carats.of(carats), officer="", reason="none", at=books.clock())]
    given = {"source": Source.PURCHASED, "title": "", "bought_by": sold, "weighings": weighed}
    return receive(books, **{**given, **changes})


def set_to(books: Books, name: str, value: str | int | bool) -> None:
    supervisor.change_setting(books[SUPERVISOR], books[SUPERVISOR_2], name=name, value=value, effective_from=TODAY)


def weigh(books: Books, who: str, parcel: str, carats: str) -> weighing.Weighed:
    return weighing.weigh(books[who], parcel, reading=read_balance(Decimal(carats), books[who]))


# Vouchers


def test_each_voucher_counts_once(at: At) -> None:
    books = at("ready")
    parcel = bought(books, voucher("V-1"), voucher("V-2", "0.05"))
    assert [each.number for each in vouchers.vouchers(books[CLERK], parcel)] == ["V-2", "V-1"]
    with pytest.raises(Stopped) as stop:
        bought(books, voucher(" v-1 "), carats="10.010")
    assert "voucher_twice" in [finding.rule.code for finding in stop.value.findings]
    with pytest.raises(Stopped):
        bought(books, voucher("V-9"), voucher("v -9"), carats="20.000")
    clerk.withdraw_parcel(books[CLERK], parcel, why="kept")
    again = bought(books, voucher("V-1"))
    assert [each.number for each in vouchers.vouchers(books[CLERK], again)] == ["V-1"]
    assert verify_history(books[SUPERVISOR]).intact


@pytest.mark.parametrize(
    ("changes", "rule"),
    [
        ({"seller": "EXP-0042"}, "seller_may_not"),
        ({"seller": "MIN-9999"}, "seller_may_not"),
        ({"on": TODAY + timedelta(days=1)}, "voucher_in_future"),
        ({"on": TODAY - timedelta(days=500)}, "licence_not_valid"),
    ],
)
def test_who_may_not_sell_and_when(at: At, changes: dict[str, Any], rule: str) -> None:
    with pytest.raises(Stopped) as stop:
        bought(at("ready"), voucher(**changes))
    assert rule in [finding.rule.code for finding in stop.value.findings]


def test_miners_may_have_to_sell_to_dealers(at: At) -> None:
    books = at("ready")
    set_to(books, "miners_sell_to_exporters", value=False)
    with pytest.raises(Stopped):
        bought(books, voucher())


def test_a_sum_that_differs_wants_a_reason(at: At) -> None:
    books = at("ready")
    assert bought(books, voucher(carats="10.10"))
    with pytest.raises(WhyMissing):
        bought(books, voucher("V-2", "10.30"), carats="10.110")
    assert bought(books, voucher("V-2", "10.30"), carats="10.110", why="sorted out: two boarts")
    set_to(books, "voucher_tolerance", "0.10")
    assert bought(books, voucher("V-3", "10.90"), carats="10.220")


def test_purchased_goods_without_vouchers_are_the_office_s_choice(at: At) -> None:
    books = at("ready")
    assert bought(books)
    set_to(books, "vouchers_required", value=True)
    with pytest.raises(VouchersWanted):
        bought(books, carats="11.000")


LIST = """number;date;seller;carats;value
V-1;2026-11-20;MIN-0007;4,50;405
V-2;21.11.2026;practice mining zz ltd;5.5;500.00
"""


@pytest.mark.parametrize("head", [True, False])
def test_a_dealers_list_is_read(at: At, head: bool) -> None:
    text = LIST if head else LIST.partition("\n")[2]
    read = vouchers.read_vouchers(at("ready")[CLERK], text.encode(), name="list.csv")
    assert [(each.number, each.seller, str(each.carats), each.on.day) for each in read] == [
        ("V-1", "MIN-0007", "4.50", 20),
        ("V-2", "MIN-0007", "5.50", 21),
    ]


@pytest.mark.parametrize(
    ("line", "column"),
    [
        (";2026-11-20;MIN-0007;4;4", "number"),
        ("V;03/09/26;MIN-0007;4;4", "date"),
        ("V;2026-11-20;EXP-0041 nobody;4;4", "seller"),
        ("V;2026-11-20;MIN-0007;-4;4", "carats"),
        ("V;2026-11-20;MIN-0007;4;four", "value"),
    ],
)
def test_a_wrong_line_is_named_and_none_is_taken(at: At, line: str, column: str) -> None:
    with pytest.raises(VoucherUnreadable) as trouble:
        vouchers.read_vouchers(at("ready")[CLERK], f"{LIST}{line}\n".encode(), name="list.csv")
    assert (trouble.value.line, trouble.value.column) == (3, column)


@pytest.fixture(scope="module")
def ready(shelf: Shelf) -> Iterator[Books]:
    books = shelf.take("ready")
    yield books
    books.close()


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.binary(max_size=200)
    | st.text(max_size=200).map(str.encode)
    | st.lists(st.sampled_from(list(LIST)), max_size=120).map(lambda signs: "".join(signs).encode())
)
def test_any_bytes_are_a_list_or_a_clear_word(ready: Books, content: bytes) -> None:
    """Nothing but an outcome ever comes out of it."""
    with suppress(Outcome):
        vouchers.read_vouchers(ready[CLERK], content, name="list.csv")


# What was brought before


def test_the_same_goods_twice_want_a_reason(at: At) -> None:
    books = at("ready")
    weighed = [typed(Carats.of("7.500"), officer="", reason="none", at=books.clock())]
    first = receive(books, weighings=weighed)
    with pytest.raises(WhyMissing):
        receive(books, weighings=weighed)
    found = register.check_parcel(
        books[CLERK],
        exporter="EXP-0041",
        source=Source.MINED,
        title="T-100",
        heading=Heading.UNSORTED,
        carats=Carats.of("7.500"),
    )
    assert [(field, each.code if isinstance(each, Outcome) else each.rule.code) for field, each in found] == [
        ("first", "parcel_twice")
    ]
    assert receive(books, weighings=weighed, heading=Heading.INDUSTRIAL)
    assert receive(books, weighings=weighed, why="two equal halves")
    clerk.withdraw_parcel(books[CLERK], first, why="kept")
    books.clock.pass_days(31)
    assert receive(books, weighings=weighed)


def test_a_bag_is_scanned_at_once_and_another_when_it_is_valued(at: At) -> None:
    books = at("ready")
    parcel = receive(books, bag="TB000040")
    assert clerk.find_parcels(books[CLERK], "tb000040")[0].number == parcel
    assert weighing.turn(books[CLERK], "TB000040").number == parcel
    for bag, refusal in (("TB000040", StockNotReady), ("TB999999", NotInStock)):
        with pytest.raises(refusal):
            receive(books, bag=bag)
        ((field, said),) = register.check_parcel(
            books[CLERK], exporter="EXP-0041", source=Source.STOCK_2002, title="", bag=bag
        )
        assert (field, type(said)) == ("bag", refusal)


def test_carats_are_drawn_over_a_pools_origins() -> None:
    holdings = [
        Holding("POOL", "XZ", Carats.of("30")),
        Holding("POOL", "AO", Carats.of("10")),
        Holding("P", "XZ", Carats.of("9")),
    ]
    drawn = register.draws_of(holdings, "POOL", Carats.of("8.00"))
    assert {draw.origin: str(draw.carats) for draw in drawn} == {"XZ": "6.00", "AO": "2.00"}
    with pytest.raises(NotEnoughCarats):
        register.draws_of(holdings, "P", Carats.of("9.01"))


def test_parked_parcels_wait_by_name_for_their_officer(at: At) -> None:
    books = at("ready")
    for name, text in (("Practice A", "1"), ("Practice B", "2"), ("Practice A", "3")):
        register.park(books[CLERK], name, text)
    assert [(each.name, each.text) for each in register.parked(books[CLERK])] == [
        ("Practice B", "2"),
        ("Practice A", "3"),
    ]
    assert register.parked(books[CLERK_2]) == ()
    assert register.take_up(books[CLERK], "Practice A") == "3"
    assert [each.name for each in register.parked(books[CLERK])] == ["Practice B"]


# Photos and witnesses


def picture(wide: int, high: int, suffix: str = ".png") -> bytes:
    pixels = np.zeros((high, wide, 3), np.uint8)
    return cv2.imencode(suffix, pixels)[1].tobytes()


@pytest.fixture(scope="module")
def reader() -> Iterator[Reader]:
    with Reader() as opened:
        yield opened


def test_a_photo_is_kept_small_and_of_our_own_making(at: At, reader: Reader, tmp_path: Path) -> None:
    books, file = at("ready"), tmp_path / "parcel.png"
    file.write_bytes(picture(3200, 2000))
    shot = counter.read_photo(reader, file)
    assert (shot.picture.width, shot.picture.height) == (1600, 1000)
    parcel = receive(
        books, photo=shot, witnesses={Service.CUSTOMS: "Practice Customs", Service.MINES: "Practice Mines"}
    )
    more = counter.add_photo(books[VALUER], parcel, counter.read_photo(reader, picture(40, 30, ".jpg"), name="pasted"))
    assert (more.place, more.width) == (2, 40)
    ((content,),) = books.sql("SELECT content FROM papers WHERE digest = :digest", digest=shot.digest)
    assert bytes(content).startswith(b"\xff\xd8\xff")  # type: ignore[call-overload]
    assert {each.service: each.name for each in counter.witnesses(books[CLERK], parcel)} == {
        Service.CUSTOMS: "Practice Customs",
        Service.MINES: "Practice Mines",
    }
    assert "Practice Customs" not in str(books.sql("SELECT record FROM history"))
    assert verify_history(books[SUPERVISOR]).intact


def test_what_is_no_photo_is_refused(reader: Reader, tmp_path: Path) -> None:
    large = bytearray(picture(10, 10))
    large[16:24] = (10_000).to_bytes(4) * 2
    for content, trouble in ((bytes(large), PictureTooLarge), (b"%PDF-1.7", NotAPicture), (b"stones", NotAPicture)):
        with pytest.raises(trouble):
            counter.read_photo(reader, content, name="pasted")
    with pytest.raises(FileUnreachable):
        counter.read_photo(reader, tmp_path / "gone.jpg")


# From hand to hand


def test_goods_go_from_hand_to_hand_and_the_chain_is_kept(at: At) -> None:
    books = at("bagged")
    other = receive(books)
    (before, _) = counter.custody(books[SUPERVISOR])
    assert (before.parcel, before.place, before.holder) == (PARCEL, Place.COUNTER, books[CLERK].officer.id)
    done = counter.hand_over(books[CLERK], books[VALUER], parcels=[PARCEL, other], place=Place.OFFICER)
    assert (done.number, str(done.carats), done.unweighed) == ("H-2026-000001", "1234.56", 1)
    assert [each.officer for each in done.signatures] == [books[CLERK].officer.id, books[VALUER].officer.id]
    with pytest.raises(NotTheHolder) as refused:
        counter.hand_over(books[CLERK], books[CLERK_2], parcels=[PARCEL], place=Place.VAULT)
    assert refused.value.holder == VALUER
    counter.hand_over(books[VALUER], books[SUPERVISOR], parcels=[PARCEL], place=Place.VAULT)
    held = {row.parcel: (row.place, row.holder) for row in counter.custody(books[CLERK])}
    assert held == {
        PARCEL: (Place.VAULT, books[SUPERVISOR].officer.id),
        other: (Place.OFFICER, books[VALUER].officer.id),
    }
    assert verify_history(books[SUPERVISOR]).intact


def test_goods_on_hold_stay(at: At) -> None:
    books = at("bagged")
    with pytest.raises(WhyMissing):
        counter.hand_over(books[CLERK], books[CLERK_2], parcels=[PARCEL], place=Place.HOLD)
    counter.hand_over(books[CLERK], books[CLERK_2], parcels=[PARCEL], place=Place.SEIZED, why="order 7")
    with pytest.raises(KeptBack):
        clerk.withdraw_parcel(books[CLERK], PARCEL, why="home")
    with pytest.raises(NotTheHolder):
        counter.hand_over(books[CLERK_2], books[CLERK], parcels=[PARCEL], place=Place.COUNTER)
    with pytest.raises(SamePerson):
        counter.hand_over(books[SUPERVISOR], books[SUPERVISOR], parcels=[PARCEL], place=Place.COUNTER)
    counter.hand_over(books[SUPERVISOR], books[CLERK], parcels=[PARCEL], place=Place.COUNTER)
    clerk.withdraw_parcel(books[CLERK], PARCEL, why="home")
    assert counter.custody(books[CLERK]) == ()
    assert counter.scanned(books[CLERK], PARCEL) is None
    with pytest.raises(NotInTheHouse):
        counter.hand_over(books[SUPERVISOR], books[CLERK], parcels=[PARCEL], place=Place.VAULT)
    with pytest.raises(counter.NothingToHandOver):
        counter.hand_over(books[CLERK], books[CLERK_2], parcels=[], place=Place.VAULT)


# Weighed again


def test_the_second_officer_weighs_unseen(at: At) -> None:
    books = at("ready")
    weighed = [typed(Carats.of("10.004"), officer="", reason="none", at=books.clock())]
    parcel = receive(books, weighings=weighed)
    assert "10.0" not in repr(weighing.waiting(books[CLERK_2]))
    assert weighing.waiting(books[CLERK_2])[0].weighers == (books[CLERK].officer.id,)
    with pytest.raises(OwnWeighing):
        weighing.turn(books[CLERK], parcel)
    with pytest.raises(OwnWeighing):
        weigh(books, CLERK, parcel, "10.004")
    with pytest.raises(NotFound):
        weighing.turn(books[CLERK], "P-2026-999999")
    again = weigh(books, CLERK_2, parcel, "10.006")
    assert [(str(each.carats), each.officer, each.by_hand) for each in again.readings] == [
        ("10.004", CLERK, "none"),
        ("10.006", CLERK_2, ""),
    ]
    assert [str(each) for each in (again.carats, again.difference, again.allowed)] == ["10.01", "0.002", "0.01"]
    with pytest.raises(WrongState):
        weighing.turn(books[CLERK_2], parcel)
    assert clerk.find_parcels(books[CLERK], "10.01")[0].number == parcel


def test_a_third_is_wanted_and_the_office_may_let_one_weigh_twice(at: At) -> None:
    books = at("ready")
    parcel = receive(books)
    first = weigh(books, CLERK, parcel, "100.000")
    assert (first.carats, first.difference, len(first.readings)) == (None, None, 1)
    apart = weigh(books, CLERK_2, parcel, "100.050")
    assert [str(each) for each in (apart.carats, apart.difference, apart.allowed)] == ["None", "0.05", "0.01"]
    assert str(weigh(books, CLERK, parcel, "100.049").carats) == "100.05"
    alone = receive(books)
    weigh(books, CLERK, alone, "5.000")
    set_to(books, "same_officer_weighs_again", value=True)
    assert str(weigh(books, CLERK, alone, "5.000").carats) == "5.00"


def test_a_voucher_is_the_same_however_it_is_spaced() -> None:
    assert voucher(" v- 1").identity == replace(voucher(), number="V-1").identity
    assert contests.Dispute.WEIGHT.value == "weight"
