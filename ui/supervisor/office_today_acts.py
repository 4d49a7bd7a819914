"""Office today tied to the desk. Runs in the workroom; touches no widget."""

from functools import partial

from kpdesk.desks import office_today
from kpdesk.desks.desk import Desk
from ui.papers import paper_acts
from ui.supervisor.listing import drawn, saved
from ui.supervisor.office_today import OfficeTodayActs


def office_today_acts(desk: Desk) -> OfficeTodayActs:
    """The page's questions, asked of this officer's desk."""
    return OfficeTodayActs(
        office=partial(office_today.office_today, desk),
        clock=desk.clock,
        draw=lambda sheet: drawn(desk, sheet, "list/office"),
        save=saved,
        paper=paper_acts(desk),
    )
