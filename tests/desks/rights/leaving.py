"""Who may release, take back, end, amend, remind and copy."""

from kpdesk.desks import advice, copies, ending, exporting
from kpdesk.domain.advice import Amendable
from kpdesk.domain.issuance import State
from kpdesk.domain.leaving import Delivery
from kpdesk.domain.parties import Role
from tests.desks.rights import Acts, ActsOfTwo

ISSUING, SUPERVISOR = Role.ISSUING, Role.SUPERVISOR
NOBODY = "ZZ0"
OURS = "ZZ2026001377"
EMPTY = Delivery(bearer="", paper_number="", journey="", customs="", exit="", representative="", seals=())

ACTS: Acts = {
    exporting.release: ({ISSUING}, lambda desk: exporting.release(desk, NOBODY, EMPTY)),
    exporting.take_back: ({ISSUING}, lambda desk: exporting.take_back(desk, NOBODY, why="")),
    advice.remind: ({ISSUING, SUPERVISOR}, lambda desk: advice.remind(desk, NOBODY)),
    advice.ask_for_exit: ({ISSUING}, lambda desk: advice.ask_for_exit(desk, NOBODY)),
    copies.certified_copy: ({ISSUING}, lambda desk: copies.certified_copy(desk, NOBODY, why="")),
    copies.prepare_technical: ({ISSUING}, lambda desk: copies.prepare_technical(desk, NOBODY, why="")),
}
TWO: ActsOfTwo = {
    ending.end: (
        {ISSUING, SUPERVISOR},
        {SUPERVISOR},
        lambda one, two: ending.end(one, two, OURS, state=State.VOID, why=""),
    ),
    ending.replace: ({ISSUING}, {SUPERVISOR}, lambda one, two: ending.replace(one, two, OURS, why="")),
    exporting.release_watched: (
        {ISSUING},
        {SUPERVISOR},
        lambda one, two: exporting.release_watched(one, two, NOBODY, EMPTY, why=""),
    ),
    advice.amend: (
        {ISSUING, SUPERVISOR},
        {SUPERVISOR},
        lambda one, two: advice.amend(one, two, OURS, corrected={Amendable.PARCELS: "2"}, why=""),
    ),
}
