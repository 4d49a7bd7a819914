"""Who may count and close the day."""

from kpdesk.desks import bars, closing
from kpdesk.domain.closing import Counted
from kpdesk.domain.parties import Role
from tests.desks.rights import Acts, ActsOfTwo

ACTS: Acts = {
    closing.tally: (set(closing.COUNTERS), lambda desk: closing.tally(desk, what=Counted.GOODS, found=("P-1",))),
}
TWO: ActsOfTwo = {
    closing.close_day: ({Role.SUPERVISOR}, set(closing.COUNTERS), closing.close_day),
    bars.found_again: (
        {Role.SUPERVISOR},
        set(closing.COUNTERS),
        lambda one, two: bars.found_again(one, two, "P-1", where="here"),
    ),
}
