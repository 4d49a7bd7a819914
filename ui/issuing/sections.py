"""The issuing officer's sections of the window."""

from collections.abc import Iterator

from PySide6.QtCore import QCoreApplication

from kpdesk.desks import sheets
from kpdesk.desks.desk import Desk
from kpdesk.domain.parties import Role
from ui.instruments import Instruments
from ui.issuing.acts import issue_acts
from ui.issuing.issue import IssuePage
from ui.surface import Surface
from ui.widgets.side import Section


def sections(desk: Desk, instruments: Instruments, surface: Surface) -> Iterator[Section]:
    """What this officer may turn to here."""
    if Role.ISSUING in desk.officer.roles:
        yield Section(
            key="issue",
            title=QCoreApplication.translate("sections", "Issue"),
            icon="issue",
            role=Role.ISSUING,
            factory=lambda: IssuePage(issue_acts(desk), surface),
            act="issue",
            keys=("main", "sheet_good", "sheet_spoiled", "sheet_nothing", "sheet_missing"),
            # A sheet went to the printer and nobody has said what is on it.
            urgent=lambda: sheets.open_question(desk) is not None,
        )
