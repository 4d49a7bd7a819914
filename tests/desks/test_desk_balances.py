"""Balances on the books: two people, checks, a miss that bars, calibrations, portions, readings that were refused."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from kpdesk.desks import balances, bench, clerk, issuing, supervisor
from kpdesk.desks.balances import BalanceRegistered, CalibrationNotLater, NoCheckWeight, NothingMissed
from kpdesk.domain.balance import Balance, BalanceBarred, DialectName, Weight
from kpdesk.domain.issuance import SamePerson
from kpdesk.domain.measures import Carats
from kpdesk.domain.shipment import Container
from kpdesk.domain.weighing import NeedsReason, NothingWeighed, NotStable, Reading, Weighing, summed
from kpdesk.practice import BALANCE, CLERK, CLERK_2, PREPARER, SUPERVISOR, SUPERVISOR_2, bring_in, read_balance
from kpdesk.practice import balances as practice_balances
from kpdesk.store.unit import NotFound
from tests.desks.practice_books import GOODS, PARCEL, SHIPMENT, TODAY, Books, receive

At = Callable[[str], Books]


def fine(**changes: object) -> Balance:
    given: dict[str, object] = {
        "id": "B-1",
        "maker": "Practice",
        "model": "One",
        "serial": "1",
        "dialect": DialectName.SICS,
        "adapter": "A-1",
        "unit": "ct",
        "readability": Decimal("0.001"),
        "maximum": Decimal(1000),
        "weight": Weight("W-1", Decimal(500), Decimal("0.005")),
        "calibrated_until": TODAY + timedelta(days=100),
    }
    return Balance(**{**given, **changes})  # type: ignore[arg-type]


def on_books(books: Books, **changes: object) -> Balance:
    return balances.register_balance(books[SUPERVISOR], books[SUPERVISOR_2], fine(**changes))


def shows(books: Books, carats: str, who: str = CLERK) -> Reading:
    return read_balance(Decimal(carats), books[who])


def codes(books: Books, balance: str = "B-1", carats: Decimal | None = None) -> set[str]:
    return {finding.rule.code for finding in balances.may_weigh(books[CLERK], balance, carats)}


def change(books: Books, name: str, value: str | int | bool) -> None:
    supervisor.change_setting(
        books[SUPERVISOR], books[SUPERVISOR_2], name=name, value=value, effective_from=books[SUPERVISOR].today
    )


# On the books


def test_two_people_put_it_on_the_books_once(at: At) -> None:
    books = at("ready")
    made = on_books(books, zeroed_at=books.clock(), missed="K-1")
    assert (made.zeroed_at, made.missed) == (None, "")
    assert balances.balances(books[CLERK]) == (made,)
    assert books.acts()[-1] == ("register_balance", "balance/B-1")
    with pytest.raises(BalanceRegistered):
        on_books(books)
    with pytest.raises(SamePerson):
        balances.register_balance(books[SUPERVISOR], books[SUPERVISOR], fine(id="B-2"))


def test_a_change_keeps_what_was_recorded(at: At) -> None:
    books = at("ready")
    on_books(books)
    balances.record_zero(books[CLERK], "B-1", shows(books, "0.002"))
    changed = balances.change_balance(books[SUPERVISOR], books[SUPERVISOR_2], fine(adapter="A-2"))
    assert (changed.adapter, changed.zeroed_at is None) == ("A-2", False)
    gone = balances.change_balance(books[SUPERVISOR], books[SUPERVISOR_2], fine(in_use=False))
    assert not gone.live
    assert balances.balances(books[CLERK]) == ()
    assert "balance_not_in_use" in codes(books)
    with pytest.raises(NotFound):
        balances.change_balance(books[SUPERVISOR], books[SUPERVISOR_2], fine(id="B-9"))


# Checks


def test_zero_and_check_weight_are_due_each_day(at: At) -> None:
    books = at("ready")
    on_books(books)
    assert codes(books) == {"zero_due", "check_weight_due"}
    assert balances.record_zero(books[CLERK], "B-1", shows(books, "0.002")).holds
    assert codes(books) == {"check_weight_due"}
    check = balances.record_check_weight(books[CLERK], "B-1", shows(books, "500.005"))
    assert (check.holds, check.weight, check.live) == (True, "W-1", False)
    assert codes(books) == set()
    books.clock.pass_days(1)
    assert codes(books) == {"zero_due", "check_weight_due"}
    change(books, "check_weight_days", 2)
    assert codes(books) == {"zero_due"}
    assert [each.id for each in balances.checks(books[CLERK], "B-1")] == ["K-2026-000002", "K-2026-000001"]


def test_a_pan_that_is_not_empty_is_no_zero(at: At) -> None:
    books = at("ready")
    on_books(books)
    assert not balances.record_zero(books[CLERK], "B-1", shows(books, "0.003")).holds
    assert "zero_due" in codes(books)


def test_a_miss_bars_until_another_persons_signature(at: At) -> None:
    books = at("ready")
    on_books(books)
    missed = balances.record_check_weight(books[SUPERVISOR], "B-1", shows(books, "500.006"))
    assert missed.live
    good = balances.record_check_weight(books[CLERK], "B-1", shows(books, "500.000"))
    assert good.holds
    assert "check_weight_missed" in codes(books), "a good one does not undo a miss"
    parcel = receive(books)
    with pytest.raises(BalanceBarred):
        clerk.record_weighing(books[CLERK], parcel, reading=shows(books, "10.000"), balance="B-1")
    with pytest.raises(NeedsReason):
        balances.sign_miss(books[SUPERVISOR_2], "B-1", why=" ")
    with pytest.raises(SamePerson):
        balances.sign_miss(books[SUPERVISOR], "B-1", why="dust")
    signed = balances.sign_miss(books[SUPERVISOR_2], "B-1", why="dust on the pan")
    assert (signed.id, signed.why, signed.live) == (missed.id, "dust on the pan", False)
    assert "check_weight_missed" not in codes(books)
    clerk.record_weighing(books[CLERK], parcel, reading=shows(books, "10.000"), balance="B-1")
    with pytest.raises(NothingMissed):
        balances.sign_miss(books[SUPERVISOR_2], "B-1", why="again")


def test_what_is_no_check(at: At) -> None:
    books = at("ready")
    on_books(books, weight=None)
    assert "check_weight_due" not in codes(books)
    size = books.size()
    with pytest.raises(NoCheckWeight):
        balances.record_check_weight(books[CLERK], "B-1", shows(books, "500.000"))
    with pytest.raises(NotStable):
        balances.record_zero(books[CLERK], "B-1", replace(shows(books, "0.000"), stable=False))
    with pytest.raises(NeedsReason):
        balances.record_zero(books[CLERK], "B-1", replace(shows(books, "0.000"), raw=b""))
    assert books.size() == size


# Calibration


@pytest.mark.parametrize(
    ("days", "code"),
    [
        (30, None),
        (29, "calibration_ends_soon"),
        (0, "calibration_ends_soon"),
        (-1, "calibration_overdue"),
        (-30, "calibration_overdue"),
        (-31, "calibration_lapsed"),
    ],
)
def test_a_calibration_ends_in_steps(at: At, days: int, code: str | None) -> None:
    books = at("ready")
    on_books(books, calibrated_until=TODAY + timedelta(days=days))
    assert {each for each in codes(books) if each.startswith("calibration")} == ({code} if code else set())


def test_a_new_calibration_holds_longer(at: At) -> None:
    books = at("ready")
    on_books(books, calibrated_until=TODAY - timedelta(days=40))
    parcel = receive(books)
    with pytest.raises(BalanceBarred) as barred:
        clerk.record_weighing(books[CLERK], parcel, reading=shows(books, "10.000"), balance="B-1")
    assert "calibration_lapsed" in {code for code, _ in barred.value.because}
    with pytest.raises(CalibrationNotLater):
        balances.renew_calibration(books[SUPERVISOR], "B-1", until=TODAY - timedelta(days=40), certificate="C-2")
    renewed = balances.renew_calibration(books[SUPERVISOR], "B-1", until=date(2027, 11, 1), certificate="C-2")
    assert (renewed.certificate, codes(books)) == ("C-2", {"zero_due", "check_weight_due"})
    clerk.record_weighing(books[CLERK], parcel, reading=shows(books, "10.000"), balance="B-1")


# Weighing


def test_coarse_balances_weigh_large_lots_where_the_office_says_so(at: At) -> None:
    books = at("ready")
    on_books(books, unit="g", readability=Decimal("0.01"), maximum=Decimal(4000), weight=None)
    parcel = receive(books)

    def weigh(who: str, grams: str) -> Carats | None:
        reading = replace(shows(books, "1", who), value=Decimal(grams), unit="g")
        return clerk.record_weighing(books[who], parcel, reading=reading, balance="B-1").carats

    with pytest.raises(BalanceBarred):
        weigh(CLERK, "200.00")
    change(books, "coarse_balances", True)
    change(books, "coarse_from", "600")
    with pytest.raises(BalanceBarred):
        weigh(CLERK, "119.99")
    assert codes(books, carats=Decimal(600)) == {"zero_due"}
    assert weigh(CLERK, "200.00") is None
    assert weigh(CLERK_2, "200.02") == Carats.of("1000.05"), "two steps of the coarse balance are allowed"


def test_portions_are_kept_each_and_sum_to_one_weighing(at: At) -> None:
    books = at("ready")
    on_books(books)
    parcel = receive(books)

    def weigh(who: str, *carats: str) -> Carats | None:
        reading = summed([shows(books, each, who) for each in carats])
        return clerk.record_weighing(books[who], parcel, reading=reading, balance="B-1").carats

    with pytest.raises(BalanceBarred) as barred:
        weigh(CLERK, "1000.001")
    assert [code for code, _ in barred.value.because] == ["over_maximum"]
    assert weigh(CLERK, *["999.999"] * 6) is None
    # Each of six portions may be off by two steps.
    assert weigh(CLERK_2, *["1000.000"] * 5, "999.982") == Carats.of("5999.99")
    with books[CLERK].view() as unit:
        first, second = unit.weighings(parcel)
    assert [each.value for each in second.reading.portions] == [Decimal("1000.000")] * 5 + [Decimal("999.982")]
    assert [each.raw for each in first.reading.portions] == [b"S S    999.999 ct\r\n"] * 6
    assert first.reading.raw.count(b"999.999") == 6
    assert (first.parts, first.carats) == (6, Carats.of("5999.994"))


def test_an_unknown_balance_is_refused_once_the_office_keeps_books_of_its_balances(at: At) -> None:
    books = at("ready")
    parcel = receive(books)
    clerk.record_weighing(books[CLERK], parcel, reading=shows(books, "10.000"), balance="B-7")
    on_books(books)
    with pytest.raises(BalanceBarred):
        clerk.record_weighing(books[CLERK_2], parcel, reading=shows(books, "10.000"), balance="B-7")
    typed = replace(shows(books, "10.000"), raw=b"", stable_by=None)
    clerk.record_weighing(books[CLERK_2], parcel, reading=typed, balance="B-7", by_hand="balance_fails")


@pytest.mark.parametrize(
    ("changes", "why"), [({"stable": False}, NotStable), ({"value": Decimal("0.000")}, NothingWeighed)]
)
def test_a_refused_reading_is_kept(at: At, changes: dict[str, object], why: type) -> None:
    books = at("ready")
    on_books(books)
    parcel = receive(books)
    reading = replace(shows(books, "10.000"), **changes)  # type: ignore[arg-type]
    with pytest.raises(why):
        clerk.record_weighing(books[CLERK], parcel, reading=reading, balance="B-1")
    (kept,) = balances.refused(books[CLERK], "B-1")
    assert (kept.raw, kept.why, kept.parcel) == (reading.raw, why.__name__, parcel)
    assert kept.by == books[CLERK].officer.id
    assert books.sql("SELECT count(*) FROM weighings") == [(0,)]


def test_a_barred_balance_seals_nothing(at: At) -> None:
    books = at("applied")
    on_books(books, calibrated_until=TODAY - timedelta(days=40), maximum=Decimal(2000))
    containers = (Container(books.office.next_stock("TS"), (PARCEL,)),)
    reading = read_balance(GOODS.carats, books[PREPARER])
    with pytest.raises(BalanceBarred):
        issuing.seal(books[PREPARER], SHIPMENT, containers=containers, readings={PARCEL: reading}, balance="B-1")
    assert len(balances.refused(books[PREPARER], "B-1")) == 1
    balances.renew_calibration(books[SUPERVISOR], "B-1", until=date(2027, 11, 1), certificate="C-2")
    issuing.seal(books[PREPARER], SHIPMENT, containers=containers, readings={PARCEL: reading}, balance="B-1")


def test_a_refusal_at_the_counter_takes_nothing_in(at: At) -> None:
    books = at("ready")
    on_books(books, in_use=True, maximum=Decimal(600))
    reading = shows(books, "700.000")
    size = len(clerk.parcels(books[CLERK]))
    with pytest.raises(BalanceBarred):
        receive(books, weighings=[Weighing("", reading, "", "B-1")])
    assert len(clerk.parcels(books[CLERK])) == size
    assert [each.why for each in balances.refused(books[CLERK], "B-1")] == ["BalanceBarred"]


def test_how_much_was_typed_this_week(at: At) -> None:
    books = at("ready")
    on_books(books)
    for by_hand in ("", "", "balance_fails"):
        parcel = receive(books)
        reading = shows(books, "10.000")
        if by_hand:
            reading = replace(reading, raw=b"", stable_by=None)
        clerk.record_weighing(books[CLERK], parcel, reading=reading, balance="B-1", by_hand=by_hand)
    assert balances.typed_this_week(books[CLERK]) == {"B-1": (1, 3)}
    books.clock.pass_days(7)
    assert balances.typed_this_week(books[CLERK]) == {}


def test_the_practice_offices_balances(at: At) -> None:
    books = at("ready")
    practice_balances.fill(books.office)
    assert {each.id for each in balances.balances(books[CLERK])} == {BALANCE, practice_balances.COARSE}
    assert codes(books, BALANCE) == set()
    assert {"check_weight_missed", "calibration_overdue", "too_coarse"} <= codes(books, practice_balances.COARSE)
    bring_in(books.office, replace(GOODS, carats=Decimal("12004.10")))
    with books[CLERK].view() as unit:
        weighing, _ = unit.weighings(PARCEL)
    assert weighing.parts == 5
    beside = bench.Bench(balances.balances(books[CLERK]), books.clock, practice=True)
    beside.open().close()
    assert beside.current is not None
    assert beside.current.id == BALANCE
    beside.close()
