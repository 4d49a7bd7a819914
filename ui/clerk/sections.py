"""The clerk's sections of the window."""

from collections.abc import Iterator

from PySide6.QtCore import QCoreApplication

from kpdesk.desks.desk import Desk
from kpdesk.domain.parties import Role
from ui.clerk.acts import register_acts
from ui.clerk.register import RegisterPage
from ui.instruments import Instruments
from ui.surface import Surface
from ui.widgets.side import Section


def sections(desk: Desk, instruments: Instruments, surface: Surface) -> Iterator[Section]:
    """What this officer may turn to here."""
    if Role.CLERK in desk.officer.roles:
        yield Section(
            key="register",
            title=QCoreApplication.translate("sections", "Register parcel"),
            icon="register",
            role=Role.CLERK,
            factory=lambda: RegisterPage(register_acts(desk), surface),
            act="new",
            keys=("main", "copy_last"),
        )
