"""Where the screens are tied to the desks: the one place of the window that knows both."""

from datetime import UTC
from pathlib import Path
from zoneinfo import ZoneInfo

from PySide6.QtCore import QCoreApplication

from kpdesk.desks import overview
from kpdesk.desks.desk import Desk
from kpdesk.desks.offices import PASSPHRASE, beside, door, open_desk
from kpdesk.desks.reading import Reader
from kpdesk.domain.parties import Role
from ui.clerk import sections as clerk
from ui.exporter import sections as exporter
from ui.formats import Clock, Formats
from ui.inspector import sections as inspector
from ui.instruments import Instruments
from ui.issuing import sections as issuing
from ui.keys import Keyboard
from ui.opening import SignedIn, Wiring
from ui.registers import sections as registers
from ui.supervisor import sections as supervisor
from ui.surface import Surface
from ui.today import TodayActs, TodayPage
from ui.valuer import sections as valuer
from ui.widgets.side import Section
from ui.window import DeskWindow
from ui.work import Workroom

_ORDER = (clerk, valuer, exporter, issuing, inspector, registers, supervisor)
"""The screen folders as the side lists them."""


def wire(folder: Path, workroom: Workroom, clock: Clock) -> Wiring:
    """The office in a folder; raises OfficeMissing."""
    found = door(folder)
    store: list[Desk] = []
    instruments = Instruments(Reader())

    def sign_in(officer: str, password: str) -> SignedIn:
        """The first opens the books; whoever comes after, the same officer or another, finds them open."""
        if store:
            desk = beside(store[0], officer=officer, password=password)
        else:
            desk = open_desk(folder, officer=officer, password=password, clock=clock)
            store.append(desk)
        return SignedIn(desk.officer.id, lambda: window(desk, instruments, workroom, clock))

    def close() -> None:
        instruments.reader.close()
        for desk in store:
            desk.store.close()

    kept = folder / PASSPHRASE
    passphrase = str(kept) if found.office.practice and kept.is_file() else ""
    return Wiring(found.office.name, found.officers, found.office.practice, sign_in, close, passphrase)


def window(desk: Desk, instruments: Instruments, workroom: Workroom, clock: Clock) -> DeskWindow:
    """The window of the officer at this desk."""
    zone = UTC if desk.office.zone == "UTC" else ZoneInfo(desk.office.zone)
    surface = Surface(workroom, Formats(zone=zone), Keyboard())
    return DeskWindow(
        office=desk.office.name,
        officer=desk.officer.name,
        sections=sections(desk, instruments, surface),
        surface=surface,
        clock=clock,
        practice=desk.office.practice,
    )


def sections(desk: Desk, instruments: Instruments, surface: Surface) -> list[Section]:
    """What this officer's roles may turn to; everyone begins with Today."""
    own = next((role for role in Role if role in desk.officer.roles), Role.CLERK)
    found = [section for folder in _ORDER for section in folder.sections(desk, instruments, surface)]

    def today_page() -> TodayPage:
        acts = TodayActs(lambda: overview.today(desk), desk.clock)
        return TodayPage(acts, surface, [section.key for section in found])

    return [Section("today", QCoreApplication.translate("sections", "Today"), "today", own, today_page), *found]
