"""Office today: what officers did, how long parcels lie, what wants looking at, what was exported."""

from collections.abc import Callable
from datetime import timedelta

from kpdesk.desks import office_today, sheets
from kpdesk.desks.office_today import STATES
from kpdesk.desks.sheets import Sheet
from kpdesk.domain.office_today import AGES, Alarm, Alert
from kpdesk.domain.parcel import ParcelState
from kpdesk.practice import AUDITOR, CLERK, PREPARER, SUPERVISOR
from tests.desks.practice_books import BLANK, GOODS, TODAY, Books, receive

At = Callable[[str], Books]


def alerts(books: Books) -> dict[Alarm, Alert]:
    return {each.alarm: each for each in office_today.office_today(books[SUPERVISOR]).alerts}


def test_officers_and_what_they_did(at: At) -> None:
    books = at("exported")
    did = {each.name: each for each in office_today.office_today(books[AUDITOR]).officers}
    assert len(did) == len(books.office.desks)
    assert (did[CLERK].parcels, did[CLERK].weighings) == (1, 1)
    assert did[PREPARER].signatures == 1
    assert did[AUDITOR].acts == 0
    assert did[AUDITOR].last is None


def test_what_lies_at_a_desk_and_since_when(at: At) -> None:
    books = at("exported")
    first = receive(books)
    books.clock.pass_days(2)
    receive(books)
    (clerk,) = [each for each in office_today.office_today(books[SUPERVISOR]).officers if each.name == CLERK]
    assert clerk.holds == 2
    assert clerk.oldest
    assert clerk.oldest.date() == TODAY
    assert first


def test_parcels_age_by_their_last_act(at: At) -> None:
    books = at("exported")
    for days in (0, AGES[2] - AGES[1], AGES[1] - AGES[0], AGES[0]):
        books.clock.pass_days(days)
        receive(books)
    aged = {each.state: each.counts for each in office_today.office_today(books[SUPERVISOR]).ageing}
    assert tuple(aged) == STATES
    assert aged[ParcelState.RECEIVED] == (1, 1, 1, 1)


def test_a_sheet_nobody_looked_at_is_urgent_until_it_is_answered(at: At) -> None:
    books = at("spooled")
    asked = alerts(books)[Alarm.SHEET]
    assert (asked.about, asked.urgent) == (BLANK, True)
    sheets.answer(books[PREPARER], BLANK, Sheet.GOOD, read=[BLANK])
    assert Alarm.SHEET not in alerts(books)


def test_what_was_not_confirmed_in_time(at: At) -> None:
    books = at("exported")
    assert Alarm.CONFIRMATION not in alerts(books)
    books.clock.pass_days(40)
    late = alerts(books)
    assert (late[Alarm.CONFIRMATION].count, late[Alarm.CONFIRMATION].days) == (1, 40)
    assert late[Alarm.LISTS].urgent
    assert late[Alarm.UNSENT].count


def test_months_of_two_years(at: At) -> None:
    books = at("exported")
    months = office_today.office_today(books[SUPERVISOR]).months
    assert [each.first.month for each in months] == [*range(1, 13), *range(1, 13)]
    (full,) = [each for each in months if each.carats]
    assert (full.first, full.carats.value) == (TODAY.replace(day=1), GOODS.carats)
    assert full.per_carat == (full.value.value / full.carats.value).quantize(GOODS.per_carat)


def test_nothing_moves_by_looking(at: At) -> None:
    books = at("exported")
    size = books.size()
    books.clock.at += timedelta(hours=1)
    office_today.office_today(books[AUDITOR])
    assert books.size() == size
