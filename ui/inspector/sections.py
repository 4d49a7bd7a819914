"""The inspector's sections of the window."""

from collections.abc import Iterator

from PySide6.QtCore import QCoreApplication

from kpdesk.desks.desk import Desk
from kpdesk.domain.parties import Role
from ui.inspector.acts import verify_acts
from ui.inspector.verify import VerifyPage
from ui.instruments import Instruments
from ui.surface import Surface
from ui.widgets.side import Section


def sections(desk: Desk, instruments: Instruments, surface: Surface) -> Iterator[Section]:
    """What this officer may turn to here."""

    def verify_page() -> VerifyPage:
        # The child that opens strange files takes a second to start: before the first file comes.
        surface.workroom.run(surface.workroom, instruments.reader.start, lambda _: None, lane="camera")
        return VerifyPage(verify_acts(desk, instruments.reader), surface)

    if desk.officer.roles & {Role.INSPECTOR, Role.SUPERVISOR}:
        yield Section(
            key="verify",
            title=QCoreApplication.translate("sections", "Verify"),
            icon="verify",
            role=Role.INSPECTOR,
            factory=verify_page,
            act="verify",
            keys=("open",),
        )
