"""The office's appointments: booked, kept, missed or called off; every desk sees today's."""

import secrets
from dataclasses import dataclass, replace
from datetime import datetime

from kpdesk.desks.desk import Desk
from kpdesk.domain.appointment import AlreadySettled, Appointment, Attendance, Occasion
from kpdesk.domain.parties import Party, PartyKind, Role
from kpdesk.store import keeping
from kpdesk.store import lists as rows
from kpdesk.store.unit import Look

WHO = (Role.CLERK, Role.EXPORTER_DESK, Role.ISSUING, Role.INSPECTOR, Role.SUPERVISOR)


@dataclass(frozen=True, slots=True)
class AppointmentSlip:
    """An appointment and the firm's name."""

    appointment: Appointment
    firm: str

    @property
    def who(self) -> str:
        """Who is expected, in words."""
        return " · ".join(part for part in (self.firm, self.appointment.who) if part)


def book_appointment(
    desk: Desk, *, at: datetime, occasion: Occasion, firm: str = "", who: str = "", note: str = ""
) -> AppointmentSlip:
    """Agree on a visit; raises NotFound where the firm is not in the register."""
    desk.must(*WHO)
    with desk.unit() as unit:
        if firm:
            unit.get(Party, firm)
        number = f"A-{desk.today.year}-{unit.next(f'appointment-{desk.today.year}'):06}"
        made = Appointment(
            number=number, at=at, occasion=occasion, firm=firm, salt=secrets.token_bytes(16), who=who, note=note
        )
        keeping.keep(unit, "book_appointment", made)
        return _slip(unit.session, made)


def settle_appointment(desk: Desk, number: str, *, attendance: Attendance) -> AppointmentSlip:
    """They came, did not come, or called it off; raises AlreadySettled."""
    desk.must(*WHO)
    with desk.unit() as unit:
        found = keeping.get(unit.session, Appointment, number)
        if not found.live:
            raise AlreadySettled(number)
        settled = replace(found, attendance=attendance)
        keeping.keep(unit, "settle_appointment", settled)
        return _slip(unit.session, settled)


def appointments(desk: Desk) -> tuple[AppointmentSlip, ...]:
    """Those still expected, the next first; yesterday's stay until somebody says whether they came."""
    with desk.look() as session:
        found = keeping.all_of(session, Appointment, live=True)
        return tuple(_slip(session, each) for each in sorted(found, key=lambda each: (each.at, each.number)))


def todays(desk: Desk) -> tuple[AppointmentSlip, ...]:
    """Those of the office's day and what was left over from before."""
    return tuple(slip for slip in appointments(desk) if desk.office.today(slip.appointment.at) <= desk.today)


def firms(desk: Desk) -> tuple[tuple[str, str], ...]:
    """(register number, name) of every firm."""
    with desk.look() as session:
        return tuple((slip.number, slip.name) for kind in PartyKind for slip in rows.parties(session, kind))


def _slip(session: Look, appointment: Appointment) -> AppointmentSlip:
    firm = session.get(Party, appointment.firm) if appointment.firm else None
    return AppointmentSlip(appointment, firm.name if firm else "")
