"""Practice work of the supervisor: deliveries, stock handed out, lost and sent, and officers with changed rights."""

from datetime import timedelta

from kpdesk.desks import clerk, people, stock, supervisor
from kpdesk.desks.stock import numbers_of
from kpdesk.domain.parties import Role
from kpdesk.domain.stock import Paper, StockKind
from kpdesk.practice import CLERK, CLERK_2, INSPECTOR, PREPARER, SUPERVISOR, SUPERVISOR_2, VALUER, Staffed


def fill(office: Staffed) -> None:
    """Boxes with a gap, a torn blank, stolen bags, seals on their way; an acting valuer, drafts, coming settings."""
    one, two = office[SUPERVISOR], office[SUPERVISOR_2]
    own, year, today = one.office, one.today.year, one.today
    box = numbers_of(f"{own.participant}{year}004001", f"{own.participant}{year}004100")
    stock.receive_stock(
        one,
        two,
        what=StockKind.BLANK,
        numbers=box,
        paper=Paper.SECURITY,
        edition=own.edition,
        note="Practice Printers PL-0815",
        gaps=[box[16]],
    )
    stock.hand_out(one, what=StockKind.BLANK, numbers=box[17:27], officer=office[PREPARER].officer.id)
    stock.write_off(one, two, what=StockKind.BLANK, numbers=box[:1], gone=False, report="wet: practice report 3")
    bags, seals = numbers_of("TB001001", "TB001200"), numbers_of("TS001001", "TS001060")
    for what, numbers in ((StockKind.BAG, bags), (StockKind.SEAL, seals)):
        stock.receive_stock(one, two, what=what, numbers=numbers, note="Practice Printers PL-0816")
    stock.hand_out(one, what=StockKind.BAG, numbers=bags[:40], officer=office[CLERK].officer.id)
    stock.write_off(one, two, what=StockKind.BAG, numbers=bags[195:], gone=True, report="practice police report 12")
    stock.write_off(one, two, what=StockKind.BAG, numbers=bags[40:44], gone=False, report="torn: practice report 4")
    stock.destroy_stock(one, two, what=StockKind.BAG, numbers=bags[40:42], report="practice report 5")
    sent = stock.send_stock(one, two, what=StockKind.SEAL, numbers=seals[:20], to=f"{own.participant}-NORTH")
    stock.send_stock(one, two, what=StockKind.SEAL, numbers=seals[20:30], to=f"{own.participant}-EAST")
    stock.end_transfer(one, two, sent.id, receipt="Receipt N-0007")
    people.change_roles(one, two, officer=office[INSPECTOR].officer.id, roles={Role.INSPECTOR, Role.CLERK})
    people.appoint(
        one,
        two,
        officer=office[CLERK_2].officer.id,
        role=Role.VALUER,
        first=today,
        last=today + timedelta(days=14),
        why="a valuer is on leave",
    )
    clerk.save_draft(office[VALUER], "value/P-2026-000001", '{"kind": "office"}')
    for name, value, days in (("confirmation_days", 21, 40), ("low_stock_days", 20, 10), ("small_office", True, 0)):
        supervisor.change_setting(one, two, name=name, value=value, effective_from=today + timedelta(days=days))
