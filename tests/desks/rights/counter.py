"""The clerk's counter."""

from decimal import Decimal

from kpdesk.desks import contests, counter, weighing
from kpdesk.desks.counter import Picture, Shot
from kpdesk.domain.custody import Dispute, Place
from kpdesk.domain.parties import Role
from kpdesk.practice import read_balance
from tests.desks.rights import Acts, ActsOfTwo

NOBODY = "no such thing"
SHOT = Shot(Picture(1, 1, b"rgb"), b"jpeg", "")
HOLDERS = {Role.CLERK, Role.VALUER, Role.ISSUING, Role.SUPERVISOR}

ACTS: Acts = {
    counter.add_photo: ({Role.CLERK, Role.VALUER}, lambda desk: counter.add_photo(desk, NOBODY, SHOT)),
    weighing.weigh: (
        {Role.CLERK, Role.VALUER, Role.ISSUING},
        lambda desk: weighing.weigh(desk, NOBODY, reading=read_balance(Decimal(1), desk)),
    ),
    contests.contest: (
        {Role.CLERK, Role.EXPORTER_DESK, Role.SUPERVISOR},
        lambda desk: contests.contest(desk, NOBODY, what=Dispute.WEIGHT, contester="Agent", reason="too low"),
    ),
}
TWO: ActsOfTwo = {
    counter.hand_over: (
        HOLDERS,
        HOLDERS,
        lambda one, two: counter.hand_over(one, two, parcels=[NOBODY], place=Place.OFFICER),
    ),
}
