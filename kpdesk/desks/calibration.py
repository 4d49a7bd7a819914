"""Printers aligned to the form: the test sheet, the alignment, and whether a print from a tray would sit right.

An overlay on a preprinted blank wants a calibration of its tray, driver and edition (desk.md §3.2); sheets that bear
artwork and data in one take it where there is one.
"""

from collections.abc import Sequence

from kpdesk.desks.desk import Desk, apart
from kpdesk.domain.calibration import Alignment, Calibration, Tray, identity_of
from kpdesk.domain.parties import Role
from kpdesk.printing.calibration import test_sheet
from kpdesk.store import keeping
from kpdesk.store.unit import Look


def test_page(desk: Desk, tray: Tray) -> bytes:
    """The test sheet's PDF, for plain paper; it is kept nowhere."""
    desk.must(Role.ISSUING, Role.SUPERVISOR)
    title = ", ".join(filter(None, (tray.printer, tray.name)))
    return test_sheet(desk.form, title=title)


def calibrate(desk: Desk, second: Desk, *, tray: Tray, alignment: Alignment) -> Calibration:
    """Keep what one officer measured and another saw come out right on the second test sheet. Raises SamePerson."""
    desk.must(Role.ISSUING, Role.SUPERVISOR)
    second.must(Role.ISSUING, Role.SUPERVISOR)
    apart(desk, second, "calibrate")
    made = Calibration(
        tray=tray,
        layout=desk.office.edition,
        alignment=alignment,
        measured_by=desk.officer.id,
        confirmed_by=second.officer.id,
        on=desk.today,
    )
    with desk.unit() as unit:
        keeping.keep(unit, "calibrate", made)
    return made


def calibrations(desk: Desk) -> tuple[Calibration, ...]:
    """All of this office, also those that a new driver or edition has overtaken."""
    with desk.look() as session:
        return keeping.all_of(session, Calibration)


def calibrated(desk: Desk, trays: Sequence[Tray]) -> tuple[Calibration | None, ...]:
    """For each tray the calibration that holds for it now."""
    with desk.look() as session:
        return tuple(in_force(desk, session, tray) for tray in trays)


def in_force(desk: Desk, session: Look, tray: Tray) -> Calibration | None:
    """The calibration of this tray, with this driver, for the office's edition; None where none holds."""
    found = keeping.find(session, Calibration, identity_of(tray, desk.office.edition))
    return found if found and found.fits(tray, desk.office.edition) else None
