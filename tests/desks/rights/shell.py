"""Who may book a visit."""

from kpdesk.desks import appointments
from kpdesk.domain.appointment import Attendance, Occasion
from tests.desks.practice_books import MORNING
from tests.desks.rights import Acts, ActsOfTwo

ACTS: Acts = {
    appointments.book_appointment: (
        set(appointments.WHO),
        lambda desk: appointments.book_appointment(desk, at=MORNING, occasion=Occasion.SIGHT, firm="no such thing"),
    ),
    appointments.settle_appointment: (
        set(appointments.WHO),
        lambda desk: appointments.settle_appointment(desk, "no such thing", attendance=Attendance.CAME),
    ),
}
TWO: ActsOfTwo = {}
