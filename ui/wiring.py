"""Where the screens are tied to the desks: the one place of the window that knows both."""

from datetime import UTC
from functools import partial
from pathlib import Path
from zoneinfo import ZoneInfo

from PySide6.QtCore import QCoreApplication

from kpdesk.desks import overview, sheets
from kpdesk.desks.desk import Desk
from kpdesk.desks.offices import PASSPHRASE, beside, door, open_desk
from kpdesk.desks.reading import Reader
from kpdesk.domain.parties import Role
from ui.clerk.acts import register_acts
from ui.clerk.register import RegisterPage
from ui.formats import Clock, Formats
from ui.inspector.acts import verify_acts
from ui.inspector.verify import VerifyPage
from ui.issuing.acts import issue_acts
from ui.issuing.issue import IssuePage
from ui.keys import Keyboard
from ui.opening import SignedIn, Wiring
from ui.today import TodayActs, TodayPage
from ui.widgets.side import Section
from ui.window import DeskWindow
from ui.work import Workroom


def wire(folder: Path, workroom: Workroom, clock: Clock) -> Wiring:
    """The office in a folder; raises OfficeMissing."""
    found = door(folder)
    store: list[Desk] = []
    reader = Reader()

    def sign_in(officer: str, password: str) -> SignedIn:
        """The first opens the books; whoever comes after, the same officer or another, finds them open."""
        if store:
            desk = beside(store[0], officer=officer, password=password)
        else:
            desk = open_desk(folder, officer=officer, password=password, clock=clock)
            store.append(desk)
        return SignedIn(desk.officer.id, lambda: window(desk, reader, workroom, clock))

    def close() -> None:
        reader.close()
        for desk in store:
            desk.store.close()

    kept = folder / PASSPHRASE
    passphrase = str(kept) if found.office.practice and kept.is_file() else ""
    return Wiring(found.office.name, found.officers, found.office.practice, sign_in, close, passphrase)


def window(desk: Desk, reader: Reader, workroom: Workroom, clock: Clock) -> DeskWindow:
    """The window of the officer at this desk; `reader` opens strange files, in the camera's lane."""
    keyboard = Keyboard()
    zone = UTC if desk.office.zone == "UTC" else ZoneInfo(desk.office.zone)
    formats = Formats(zone=zone)
    return DeskWindow(
        office=desk.office.name,
        officer=desk.officer.name,
        sections=sections(desk, reader, workroom, formats, keyboard),
        workroom=workroom,
        formats=formats,
        clock=clock,
        keyboard=keyboard,
        practice=desk.office.practice,
    )


def sections(desk: Desk, reader: Reader, workroom: Workroom, formats: Formats, keyboard: Keyboard) -> list[Section]:
    """What this officer's roles may turn to; everyone begins with Today."""
    roles = desk.officer.roles
    own = next((role for role in Role if role in roles), Role.CLERK)

    def today_page() -> TodayPage:
        acts = TodayActs(lambda: overview.today(desk), desk.clock)
        return TodayPage(acts, workroom, formats, [section.key for section in found])

    def register_page() -> RegisterPage:
        return RegisterPage(register_acts(desk), workroom, formats, keyboard)

    def issue_page() -> IssuePage:
        return IssuePage(issue_acts(desk), workroom, formats, keyboard)

    def verify_page() -> VerifyPage:
        # The child that opens strange files takes a second to start: before the first file comes.
        workroom.run(workroom, reader.start, lambda _: None, lane="camera")
        return VerifyPage(verify_acts(desk, reader), workroom, formats, keyboard)

    said = partial(QCoreApplication.translate, "sections")
    found = [Section("today", said("Today"), "today", own, today_page)]
    if Role.CLERK in roles:
        keys = ("main", "copy_last")
        found.append(Section("register", said("Register parcel"), "register", Role.CLERK, register_page, "new", keys))
    if Role.ISSUING in roles:
        issuing = ("main", "sheet_good", "sheet_spoiled", "sheet_nothing", "sheet_missing")
        found.append(
            Section(
                "issue", said("Issue"), "issue", Role.ISSUING, issue_page, "issue", issuing, partial(_unlooked, desk)
            )
        )
    if roles & {Role.INSPECTOR, Role.SUPERVISOR}:
        found.append(Section("verify", said("Verify"), "verify", Role.INSPECTOR, verify_page, "verify", ("open",)))
    return found


def _unlooked(desk: Desk) -> bool:
    """A sheet went to the printer and nobody has said what is on it."""
    return sheets.open_question(desk) is not None
