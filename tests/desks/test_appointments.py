"""Visits agreed on: seen on their day by every desk, settled once, nobody named in what leaves the office."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from kpdesk.desks import appointments
from kpdesk.desks.auditor import verify_history
from kpdesk.domain.appointment import AlreadySettled, Attendance, Occasion
from kpdesk.practice import AUDITOR, CLERK, SUPERVISOR
from kpdesk.store.unit import NotFound
from tests.desks.practice_books import MORNING, Books

At = Callable[[str], Books]


def book(books: Books, hours: int, **said: str) -> str:
    at = MORNING + timedelta(hours=hours)
    return appointments.book_appointment(books[CLERK], at=at, occasion=Occasion.SIGHT, **said).appointment.number


def test_todays_and_what_was_left_over(at: At) -> None:
    books = at("ready")
    later, today, before = (book(books, hours, who=f"Practice Visitor {hours}") for hours in (30, 3, -24))
    assert [slip.appointment.number for slip in appointments.todays(books[AUDITOR])] == [before, today]
    assert [slip.appointment.number for slip in appointments.appointments(books[AUDITOR])] == [before, today, later]
    appointments.settle_appointment(books[SUPERVISOR], before, attendance=Attendance.MISSED)
    assert [slip.appointment.number for slip in appointments.todays(books[AUDITOR])] == [today]
    with pytest.raises(AlreadySettled):
        appointments.settle_appointment(books[CLERK], before, attendance=Attendance.CAME)


def test_a_firm_is_named_from_the_register_and_a_visitor_stays_at_home(at: At) -> None:
    books = at("ready")
    (number, name), *_ = appointments.firms(books[CLERK])
    made = book(books, 2, firm=number, who="Practice Visitor")
    (slip,) = appointments.todays(books[CLERK])
    assert slip.who == f"{name} · Practice Visitor"
    ((record,),) = books.sql("SELECT record FROM history WHERE subject = :it", it=f"appointment/{made}")
    assert "Practice Visitor" not in str(record)
    assert verify_history(books[AUDITOR]).intact
    with pytest.raises(NotFound):
        book(books, 2, firm="EXP-9999")
