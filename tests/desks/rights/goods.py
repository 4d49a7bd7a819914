"""Papers of the counter, goods that change, returns and declarations."""

from datetime import date

from kpdesk.desks import archive, goods, papers, returns
from kpdesk.domain.certificate import Anchor, Named
from kpdesk.domain.goods import Heading
from kpdesk.domain.measures import Carats
from kpdesk.domain.papers import DaySheet, FeeReceipt, ListColumn, ListSheet
from kpdesk.domain.parties import Role
from kpdesk.domain.sorting import Change, Wanted
from tests.desks.rights import Acts, ActsOfTwo

NOBODY = "no such thing"
DAY = date(2026, 11, 22)
CLERK, VALUER, ISSUING, COUNTER, SUPERVISOR = (
    Role.CLERK,
    Role.VALUER,
    Role.ISSUING,
    Role.EXPORTER_DESK,
    Role.SUPERVISOR,
)
AT_THE_COUNTER = {CLERK, VALUER, ISSUING, SUPERVISOR}
WANTED = (Wanted(Heading.UNSORTED, Carats.of("1.00")),)
RECEIPT = FeeReceipt(
    payer=Named("Practice Nine", "", ""), about=NOBODY, payments=(), paid_on=DAY, paid_by="bank", officer="Clerk One"
)
SHEET = DaySheet(day=DAY, counts=(), differences=(), anchor=Anchor(1, 1, bytes(10)), first="One", second="Two")
LIST = ListSheet(title="Parcels", columns=(ListColumn(heading="Parcel"),), rows=())

ACTS: Acts = {
    papers.deposit: (AT_THE_COUNTER, lambda desk: papers.deposit(desk, [NOBODY])),
    papers.release: (AT_THE_COUNTER, lambda desk: papers.release(desk, [NOBODY])),
    papers.hand_over: (AT_THE_COUNTER, lambda desk: papers.hand_over(desk, [NOBODY], giver=NOBODY, taker=NOBODY)),
    papers.weight_sheet: (AT_THE_COUNTER, lambda desk: papers.weight_sheet(desk, [NOBODY])),
    papers.rework_sheet: ({CLERK, SUPERVISOR}, lambda desk: papers.rework_sheet(desk, NOBODY)),
    papers.receipt: (
        {CLERK, COUNTER, SUPERVISOR},
        lambda desk: papers.receipt(desk, RECEIPT, subject="shipment/none"),
    ),
    papers.day_sheet: ({SUPERVISOR}, lambda desk: papers.day_sheet(desk, SHEET)),
    papers.list_sheet: (set(Role), lambda desk: papers.list_sheet(desk, LIST)),
    papers.parcel_label: (AT_THE_COUNTER, lambda desk: papers.parcel_label(desk, NOBODY)),
    papers.container_labels: ({ISSUING}, lambda desk: papers.container_labels(desk, "ZZ2026009999")),
    archive.print_again: (set(Role), lambda desk: archive.print_again(desk, NOBODY)),
    goods.rework: (
        {CLERK},
        lambda desk: goods.rework(desk, change=Change.SORT, parcels=[NOBODY], wanted=WANTED),
    ),
    goods.settle: ({CLERK}, lambda desk: goods.settle(desk, NOBODY)),
    returns.declare_purchases: (
        {CLERK, SUPERVISOR},
        lambda desk: returns.declare_purchases(desk, buyer=NOBODY, month=date(2026, 10, 1), lines=()),
    ),
    returns.declare_stock: (
        {CLERK, SUPERVISOR},
        lambda desk: returns.declare_stock(desk, firm=NOBODY, year=2025, lines=()),
    ),
}
TWO: ActsOfTwo = {}
