"""Exceptions: each sort is found where it happened, and signed off once by a supervisor whom it does not concern."""

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest

from kpdesk.desks import balances, clerk, exceptions, issuing, sheets, supervisor
from kpdesk.desks.sheets import Sheet
from kpdesk.domain.exceptions import AlreadySignedOff, Exceptional, NoSuchException, What
from kpdesk.domain.issuance import SamePerson
from kpdesk.domain.rules import RESTRICTED
from kpdesk.domain.weighing import Reading
from kpdesk.practice import BALANCE, CLERK, CLERK_2, PREPARER, SUPERVISOR, SUPERVISOR_2, read_balance
from tests.desks.practice_books import BLANK, NEXT_BLANK, PARCEL, SHIPMENT, TODAY, Books, receive
from tests.desks.test_desk_balances import fine

At = Callable[[str], Books]


def of(books: Books, what: What, **choice: int) -> list[Exceptional]:
    return [each for each in exceptions.exceptions(books[SUPERVISOR], **choice).found if each.what is what]


def typed(books: Books, parcel: str, officer: str = CLERK, why: str = "no_balance") -> None:
    reading = Reading(Decimal("12.345"), "ct", True, "", True, 0, b"", books.clock())
    clerk.record_weighing(books[officer], parcel, reading=reading, by_hand=why)


def test_an_ordinary_day_has_none(at: At) -> None:
    found = exceptions.exceptions(at("exported")[SUPERVISOR])
    assert found.found == ()
    assert len(found.weeks) == exceptions.WEEKS
    assert (found.weeks[-1].typed, found.weeks[-1].weighed) == (0, 3)


def test_a_typed_weight_and_too_many_of_them(at: At) -> None:
    books = at("ready")
    parcel = receive(books)
    typed(books, parcel)
    (one,) = of(books, What.TYPED)
    assert (one.subject, one.why) == (f"parcel/{parcel}", "no_balance")
    assert one.officers == (books[CLERK].officer.id,)
    (often,) = of(books, What.TYPED_OFTEN)
    assert (often.count, often.of) == (1, 1)
    for _ in range(9):
        clerk.record_weighing(books[CLERK], receive(books), reading=read_balance(Decimal("12.345"), books[CLERK]))
    assert of(books, What.TYPED_OFTEN) == [], "one of ten is a tenth, and not more"


def test_a_week_counts_for_itself(at: At) -> None:
    books = at("ready")
    typed(books, receive(books))
    books.clock.pass_days(7)
    clerk.record_weighing(books[CLERK_2], receive(books), reading=read_balance(Decimal("12.345"), books[CLERK_2]))
    weeks = exceptions.exceptions(books[SUPERVISOR], weeks=2).weeks
    assert [(each.typed, each.weighed) for each in weeks] == [(1, 1), (0, 1)]
    assert of(books, What.TYPED, weeks=1) == []


def test_a_reading_that_was_refused_is_kept(at: At) -> None:
    books = at("ready")
    parcel = receive(books)
    balances.keep_refused(books[CLERK], balance=BALANCE, raw=b"S D 1.0 ct", why="NotStable", parcel=parcel)
    (one,) = of(books, What.REFUSED)
    assert (one.subject, one.why) == (f"parcel/{parcel}", "NotStable")


def test_a_balance_whose_calibration_is_over(at: At) -> None:
    books = at("ready")
    balances.register_balance(books[SUPERVISOR], books[SUPERVISOR_2], fine(calibrated_until=TODAY + timedelta(days=4)))
    assert of(books, What.CALIBRATION) == []
    books.clock.pass_days(7)
    (one,) = of(books, What.CALIBRATION)
    assert (one.subject, one.count, one.officers) == ("balance/B-1", 3, ())


def test_goods_taken_in_against_a_warning(at: At) -> None:
    books = at("ready")
    parcel = receive(books, why="weighed anew after a contest")
    (one,) = of(books, What.OVERRIDDEN)
    assert (one.subject, one.why) == (f"parcel/{parcel}", "weighed anew after a contest")


def test_a_stop_lifted_by_two_concerns_both(at: At) -> None:
    books = at("applied")
    finding = RESTRICTED.found(participant="XZ")
    issuing.lift(books[PREPARER], books[SUPERVISOR], SHIPMENT, finding=finding, document="ruling 7")
    (one,) = of(books, What.LIFTED)
    assert one.officers == (books[PREPARER].officer.id, books[SUPERVISOR].officer.id)
    assert "ruling 7" in one.why
    with pytest.raises(SamePerson):
        exceptions.sign_off(books[SUPERVISOR], one.key)
    assert exceptions.sign_off(books[SUPERVISOR_2], one.key).signed


def test_blanks_and_sheets(at: At) -> None:
    books = at("approved")
    sheets.load_blank(books[PREPARER], NEXT_BLANK, why="the next one is creased")
    (one,) = of(books, What.OUT_OF_ORDER)
    assert one.why == "the next one is creased"
    sheets.bind_number(books[PREPARER], "C-2026-000001", blank=NEXT_BLANK)
    sheets.spool(books[PREPARER], NEXT_BLANK)
    sheets.answer(books[PREPARER], NEXT_BLANK, Sheet.SPOILED, why="smeared")
    (spoiled,) = of(books, What.SPOILED)
    assert (spoiled.subject, spoiled.why) == (f"stock/blank-{NEXT_BLANK}", "smeared")
    sheets.load_blank(books[PREPARER], BLANK)
    sheets.bind_number(books[PREPARER], "C-2026-000001", blank=BLANK)
    sheets.spool(books[PREPARER], BLANK)
    sheets.answer(books[PREPARER], BLANK, Sheet.MISSING)
    assert [each.subject for each in of(books, What.MISSING)] == [f"stock/blank-{BLANK}"]


def test_acts_outside_the_hours_are_one_a_day_and_officer(at: At) -> None:
    books = at("ready")
    books.clock.at = books.clock.at.replace(hour=21)
    receive(books)
    receive(books)
    (one,) = of(books, What.HOURS)
    assert one.count == 2
    supervisor.change_setting(books[SUPERVISOR], books[SUPERVISOR_2], name="closes_at", value=22, effective_from=TODAY)
    assert of(books, What.HOURS) == []


def test_signed_off_once_and_never_by_whom_it_concerns(at: At) -> None:
    books = at("ready")
    desk = books[CLERK]
    both = replace(desk, officer=replace(desk.officer, roles=books[SUPERVISOR].officer.roles))
    typed(books, receive(books))
    (one,) = of(books, What.TYPED)
    with pytest.raises(SamePerson):
        exceptions.sign_off(both, one.key)
    signed = exceptions.sign_off(books[SUPERVISOR], one.key, remark="the balance was away").signed
    assert signed
    assert signed.remark == "the balance was away"
    with pytest.raises(AlreadySignedOff):
        exceptions.sign_off(books[SUPERVISOR_2], one.key)
    with pytest.raises(NoSuchException):
        exceptions.sign_off(books[SUPERVISOR], "typed:nothing")
    (kept,) = of(books, What.TYPED)
    assert kept.signed == signed


def test_a_price_with_a_reason_is_told_of_once_all_figures_are_in(at: At) -> None:
    books = at("bagged")
    books.sql("DROP TRIGGER figures_no_UPDATE")
    books.sql("UPDATE figures SET reasoned = 1 WHERE kind = 'office'")
    (one,) = of(books, What.OUTLIER)
    assert one.subject == f"parcel/{PARCEL}"
    books.sql("UPDATE parcels SET value = NULL")
    assert of(books, What.OUTLIER) == []


def test_keys_are_unique(at: At) -> None:
    books = at("ready")
    books.clock.at = books.clock.at.replace(hour=22)
    for _ in range(3):
        typed(books, receive(books, why="again"))
    keys = Counter(each.key for each in exceptions.exceptions(books[SUPERVISOR]).found)
    assert set(keys.values()) == {1}
    assert len(keys) == 8  # three typed, three against warnings, a week, an evening
