"""Who may do what about applications, and at an exporter's seat."""

from kpdesk.desks import applications, printing_out, seat, seat_printing, seat_setup, seats
from kpdesk.desks.reading import Reader
from kpdesk.domain.application import STATEMENTS, Draft
from kpdesk.domain.parties import Role
from tests.desks.rights import Acts, ActsOfTwo

COUNTER = {Role.EXPORTER_DESK, Role.CLERK}
NOBODY = "no such thing"
DRAFT = Draft(exporter=NOBODY)

ACTS: Acts = {
    applications.apply: (COUNTER, lambda desk: applications.apply(desk, DRAFT)),
    applications.propose_importer: (
        COUNTER,
        lambda desk: applications.propose_importer(desk, name="Practice Imports XZ Lda", address="", country="XZ"),
    ),
    seats.take_application: (COUNTER, lambda desk: seats.take_application(desk, Reader(), b"none")),
    seats.draft_of: (COUNTER, lambda desk: seats.draft_of(desk, NOBODY)),
    seats.refuse: (COUNTER, lambda desk: seats.refuse(desk, NOBODY, why="")),
    seats.answer: ({*COUNTER, Role.SUPERVISOR}, lambda desk: seats.answer(desk, NOBODY)),
    seat.take_answer: ({Role.SEAT}, lambda desk: seat.take_answer(desk, b"none")),
    seat.propose_importer: (
        {Role.SEAT},
        lambda desk: seat.propose_importer(desk, name="Practice", address="", country="XZ"),
    ),
    seat.write_application: ({Role.SEAT}, lambda desk: seat.write_application(desk, DRAFT, (), reader=Reader())),
    seat.write_again: ({Role.SEAT}, lambda desk: seat.write_again(desk, NOBODY)),
    seat_printing.print_data: ({Role.SEAT}, lambda desk: seat_printing.print_data(desk, NOBODY, blank="ZZ0")),
    printing_out.print_own: ({Role.EXPORTER_DESK}, lambda desk: printing_out.print_own(desk, NOBODY)),
    printing_out.return_allotted: (
        {Role.SUPERVISOR},
        lambda desk: printing_out.return_allotted(desk, numbers=(), exporter=NOBODY),
    ),
    printing_out.count_allotted: (
        {Role.SUPERVISOR},
        lambda desk: printing_out.count_allotted(desk, NOBODY, shown=()),
    ),
    printing_out.take_printed: (
        {Role.ISSUING, Role.EXPORTER_DESK},
        lambda desk: printing_out.take_printed(desk, b"none"),
    ),
    printing_out.bring_sheet: ({Role.ISSUING}, lambda desk: printing_out.bring_sheet(desk, "ZZ0")),
    printing_out.spool_codes: ({Role.ISSUING}, lambda desk: printing_out.spool_codes(desk, "ZZ0")),
    seat_setup.enrolment_of: ({Role.SEAT}, seat_setup.enrolment_of),
}
TWO: ActsOfTwo = {
    applications.enter_statement: (
        {Role.SUPERVISOR},
        {Role.SUPERVISOR},
        lambda one, two: applications.enter_statement(one, two, STATEMENTS[0]),
    ),
    printing_out.allot: (
        {Role.SUPERVISOR},
        {Role.SUPERVISOR},
        lambda one, two: printing_out.allot(one, two, numbers=(), exporter=NOBODY),
    ),
    seats.enrol: (
        {Role.SUPERVISOR},
        {Role.SUPERVISOR},
        lambda one, two: seats.enrol(one, two, b"none", exporter=NOBODY),
    ),
    seats.revoke: (
        {Role.SUPERVISOR},
        {Role.SUPERVISOR},
        lambda one, two: seats.revoke(one, two, NOBODY, why=""),
    ),
}
