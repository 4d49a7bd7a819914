"""Who may do what from the seal to the proved sheet."""

from decimal import Decimal

from kpdesk.desks import approving, calibration, sealing
from kpdesk.domain.calibration import Alignment, Tray
from kpdesk.domain.parties import Role
from tests.desks.rights import Acts, ActsOfTwo

SIGNING = {Role.ISSUING, Role.SUPERVISOR}
NOBODY = "no such thing"
TRAY = Tray("Practice printer")
TRUE = Alignment(*map(Decimal, ("0", "0", "1", "1", "0")))

ACTS: Acts = {
    sealing.to_seal: ({Role.ISSUING}, sealing.to_seal),
    sealing.free_seal: ({Role.ISSUING}, lambda desk: sealing.free_seal(desk, NOBODY)),
    approving.drafts: (SIGNING, approving.drafts),
    approving.prepare_all: ({Role.ISSUING}, lambda desk: approving.prepare_all(desk, [NOBODY])),
    approving.approve_all: (SIGNING, lambda desk: approving.approve_all(desk, [NOBODY])),
    calibration.test_page: (SIGNING, lambda desk: calibration.test_page(desk, TRAY)),
}
TWO: ActsOfTwo = {
    calibration.calibrate: (
        SIGNING,
        SIGNING,
        lambda one, two: calibration.calibrate(one, two, tray=TRAY, alignment=TRUE),
    ),
}
