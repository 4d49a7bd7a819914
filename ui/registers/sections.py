"""The registers of firms, mines and foreign authorities of the window."""

from collections.abc import Iterator

from PySide6.QtCore import QCoreApplication

from kpdesk.desks.desk import Desk
from kpdesk.domain.parties import Role
from ui.instruments import Instruments
from ui.registers.acts import registers_acts
from ui.registers.page import RegistersPage
from ui.surface import Surface
from ui.widgets.side import Section

_KEEPERS = (Role.CLERK, Role.SUPERVISOR)
_READERS = (Role.ISSUING, Role.INSPECTOR, Role.EXPORTER_DESK, Role.AUDITOR)


def sections(desk: Desk, instruments: Instruments, surface: Surface) -> Iterator[Section]:
    """What this officer may turn to here: clerks and supervisors keep the registers, most others read them."""
    role = next((each for each in (*_KEEPERS, *_READERS) if each in desk.officer.roles), None)
    if role is None:
        return
    may = {"enter", "watch"} if desk.officer.roles & {*_KEEPERS} else set[str]()
    if Role.INSPECTOR in desk.officer.roles:
        may.add("watch")
    yield Section(
        key="registers",
        title=QCoreApplication.translate("sections", "Registers"),
        icon="folder",
        role=role,
        factory=lambda: RegistersPage(registers_acts(desk, instruments.reader), surface, role=role, may=frozenset(may)),
        keys=("find", "main", "back", "open", "next_tab", "entry_new", "entry_change", "entry_import"),
        opens=("party", "title", "watch"),
    )
