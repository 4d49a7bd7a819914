"""Where the screens are tied to the desks: the one place of the window that knows both."""

from datetime import UTC
from pathlib import Path
from zoneinfo import ZoneInfo

from kpdesk.desks.desk import Desk
from kpdesk.desks.offices import door, open_desk
from ui.formats import Clock, Formats
from ui.keys import Keyboard
from ui.opening import SignedIn, Wiring
from ui.widgets.side import Section
from ui.window import DeskWindow
from ui.work import Workroom


def wire(folder: Path, workroom: Workroom, clock: Clock) -> Wiring:
    """The office in a folder; raises OfficeMissing."""
    found = door(folder)

    def sign_in(officer: str, password: str) -> SignedIn:
        desk = open_desk(folder, officer=officer, password=password, clock=clock)
        return SignedIn(desk.officer.id, lambda: window(desk, workroom, clock))

    return Wiring(found.office.name, found.officers, found.office.practice, sign_in)


def window(desk: Desk, workroom: Workroom, clock: Clock) -> DeskWindow:
    """The window of the officer at this desk."""
    keyboard = Keyboard()
    zone = UTC if desk.office.zone == "UTC" else ZoneInfo(desk.office.zone)
    formats = Formats(zone=zone)
    return DeskWindow(
        office=desk.office.name,
        officer=desk.officer.name,
        sections=sections(desk, workroom, formats, keyboard),
        workroom=workroom,
        formats=formats,
        clock=clock,
        keyboard=keyboard,
        practice=desk.office.practice,
    )


def sections(desk: Desk, workroom: Workroom, formats: Formats, keyboard: Keyboard) -> list[Section]:
    """What this officer's roles may turn to."""
    return []
