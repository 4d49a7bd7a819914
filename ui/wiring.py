"""Where the screens are tied to the desks: the one place of the window that knows both."""

from collections.abc import Collection, Iterable
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from zoneinfo import ZoneInfo

from PySide6.QtCore import QCoreApplication

from kpdesk.desks import appointments, finding, overview
from kpdesk.desks.appointments import AppointmentSlip
from kpdesk.desks.desk import Desk
from kpdesk.desks.offices import PASSPHRASE, beside, door, open_desk
from kpdesk.desks.reading import Reader
from kpdesk.domain.appointment import Occasion
from kpdesk.domain.parties import Role
from ui.appointments import AppointmentActs, AppointmentsPage
from ui.balance import BalanceLine
from ui.clerk import sections as clerk
from ui.desk_settings import DeskSettingsPage
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
    table: list[Instruments] = []

    def sign_in(officer: str, password: str) -> SignedIn:
        """The first opens the books; whoever comes after, the same officer or another, finds them open."""
        if store:
            desk = beside(store[0], officer=officer, password=password)
        else:
            desk = open_desk(folder, officer=officer, password=password, clock=clock)
            store.append(desk)
        with desk.look() as session:
            idle = desk.settings(session).idle_minutes
        return SignedIn(desk.officer.id, lambda: sit_down(desk), idle)

    def sit_down(desk: Desk) -> DeskWindow:
        """In the window's thread, to which the balance line's timers belong."""
        if not table:
            table.append(Instruments(Reader(), BalanceLine(workroom)))
        return window(desk, table[0], workroom, clock)

    def close() -> None:
        for instruments in table:
            instruments.close()
        for desk in store:
            desk.store.close()

    kept = folder / PASSPHRASE
    passphrase = str(kept) if found.office.practice and kept.is_file() else ""
    return Wiring(found.office.name, found.officers, found.office.practice, sign_in, close, passphrase)


def window(desk: Desk, instruments: Instruments, workroom: Workroom, clock: Clock) -> DeskWindow:
    """The window of the officer at this desk."""
    zone = UTC if desk.office.zone == "UTC" else ZoneInfo(desk.office.zone)
    surface = Surface(workroom, Formats(zone=zone), Keyboard())
    made = DeskWindow(
        office=desk.office.name,
        officer=desk.officer.name,
        sections=sections(desk, instruments, surface),
        surface=surface,
        clock=clock,
        find=partial(finding.find_anything, desk),
        firm=partial(finding.firm_of, desk),
        practice=desk.office.practice,
    )
    instruments.balance.state_changed.connect(made.show_balance)
    instruments.balance.heard.connect(made.present)
    return made


def sections(desk: Desk, instruments: Instruments, surface: Surface) -> list[Section]:
    """What this officer's roles may turn to; everyone but a seat begins with Today."""
    own = next((role for role in Role if role in desk.officer.roles), Role.CLERK)
    said = partial(QCoreApplication.translate, "sections")
    with desk.look() as session:
        idle = desk.settings(session).idle_minutes

    def today_page() -> TodayPage:
        acts = TodayActs(partial(overview.today, desk), partial(appointments.todays, desk), desk.clock)
        return TodayPage(acts, surface, [section.key for section in found])

    today = Section("today", said("Today"), "today", own, today_page)
    visits = Section(
        key="appointments",
        title=said("Appointments"),
        icon="clock",
        role=own,
        factory=lambda: AppointmentsPage(_appointment_acts(desk), surface),
        keys=("main",),
    )
    looks = Section(
        key="settings",
        title=said("Settings"),
        icon="settings",
        role=own,
        factory=lambda: DeskSettingsPage(surface, idle_minutes=idle),
        act="settings",
    )
    found = [] if Role.SEAT in desk.officer.roles else [today]
    found += [section for folder in _ORDER for section in folder.sections(desk, instruments, surface)]
    found += [visits, looks] if desk.officer.roles & set(appointments.WHO) else [looks]
    found = _grouped(found, own, desk.officer.roles)
    return found


def _grouped(sections: Iterable[Section], own: Role, held: Collection[Role]) -> list[Section]:
    """Each under a role that the officer holds, those of a role together, in the order in which they came."""
    groups: dict[Role, list[Section]] = {own: []}
    for section in sections:
        role = section.role if section.role in held else own
        groups.setdefault(role, []).append(replace(section, role=role))
    return [section for group in groups.values() for section in group]


def _appointment_acts(desk: Desk) -> AppointmentActs:
    def book(at: datetime, occasion: Occasion, firm: str, who: str) -> AppointmentSlip:
        return appointments.book_appointment(desk, at=at, occasion=occasion, firm=firm, who=who)

    return AppointmentActs(
        expected=partial(appointments.appointments, desk),
        firms=partial(appointments.firms, desk),
        book=book,
        settle=lambda number, attendance: appointments.settle_appointment(desk, number, attendance=attendance),
        today=lambda: desk.today,
    )
