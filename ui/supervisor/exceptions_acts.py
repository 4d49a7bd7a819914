"""The exceptions' page tied to the desk. Runs in the workroom; touches no widget."""

from collections.abc import Mapping

from kpdesk.desks import auditor, exceptions
from kpdesk.desks.desk import Desk
from kpdesk.domain.exceptions import Exceptions
from ui.papers import paper_acts
from ui.supervisor.exceptions import ExceptionsActs
from ui.supervisor.listing import drawn, saved


def exceptions_acts(desk: Desk) -> ExceptionsActs:
    """The page's questions, asked of this officer's desk."""

    def found(weeks: int) -> tuple[Exceptions, Mapping[str, str]]:
        return exceptions.exceptions(desk, weeks=weeks), auditor.people(desk)

    return ExceptionsActs(
        found=found,
        sign=lambda key, remark, weeks: exceptions.sign_off(desk, key, remark=remark, weeks=weeks),
        day_of=lambda one: desk.office.today(one.at),
        draw=lambda sheet: drawn(desk, sheet, "list/exceptions"),
        save=saved,
        paper=paper_acts(desk),
        officer=desk.officer.id,
    )
