"""The issuing officer's sections of the window."""

from collections.abc import Iterator

from PySide6.QtCore import QCoreApplication

from kpdesk.desks import sheets
from kpdesk.desks.desk import Desk
from kpdesk.domain.parties import Role
from ui.instruments import Instruments
from ui.issuing.acts import issue_acts
from ui.issuing.approve import ApprovePage
from ui.issuing.calibrate import CalibratePage
from ui.issuing.confirmations import ConfirmationsPage
from ui.issuing.copies import CopiesPage
from ui.issuing.issue import IssuePage
from ui.issuing.leaving import LeavingPage
from ui.issuing.leaving_acts import leaving_acts, validate_acts
from ui.issuing.list_acts import approve_acts, calibrate_acts, seal_acts
from ui.issuing.paper_acts import confirmations_acts, copies_acts, void_acts
from ui.issuing.seal import SealPage
from ui.issuing.validate import ValidatePage
from ui.issuing.void import VoidPage
from ui.surface import Surface
from ui.widgets.side import Section
from ui.widgets.weighing_card import KEYS


def sections(desk: Desk, instruments: Instruments, surface: Surface) -> Iterator[Section]:
    """What this officer may turn to here."""
    yield from _to_the_sheet(desk, instruments, surface)
    yield from _after_the_sheet(desk, surface)


def _to_the_sheet(desk: Desk, instruments: Instruments, surface: Surface) -> Iterator[Section]:
    """From the seal to the proved sheet; a supervisor may sign second, and align a printer."""
    issuing, named = Role.ISSUING in desk.officer.roles, QCoreApplication.translate
    role = Role.ISSUING if issuing else Role.SUPERVISOR
    either = issuing or Role.SUPERVISOR in desk.officer.roles

    def seal_page() -> SealPage:
        page = SealPage(seal_acts(desk, instruments.reader), surface)
        instruments.balance.attach(page.weighing, desk, surface.formats)
        return page

    if issuing:
        yield Section(
            key="seal",
            title=named("sections", "Verify and seal"),
            icon="seal",
            role=role,
            factory=seal_page,
            keys=("main", "open", *KEYS),
        )
    if either:
        yield Section(
            key="approve",
            title=named("sections", "Approve"),
            icon="approve",
            role=role,
            factory=lambda: ApprovePage(approve_acts(desk), surface),
            keys=("main",),
        )
    if issuing:
        yield Section(
            key="issue",
            title=named("sections", "Issue"),
            icon="issue",
            role=role,
            factory=lambda: IssuePage(issue_acts(desk, instruments.reader, instruments.frames), surface),
            act="issue",
            keys=("main", "verify", "sheet_good", "sheet_spoiled", "sheet_nothing", "sheet_missing"),
            # A sheet went to the printer and nobody has said what is on it.
            urgent=lambda: sheets.open_question(desk) is not None,
        )
    if either:
        yield Section(
            key="calibrate",
            title=named("sections", "Align printers"),
            icon="printer",
            role=role,
            factory=lambda: CalibratePage(calibrate_acts(desk), surface),
            keys=("main",),
        )


def _after_the_sheet(desk: Desk, surface: Surface) -> Iterator[Section]:
    """From the proved sheet to the confirmation; a supervisor shares what wants no goods in hand."""
    issuing, named = Role.ISSUING in desk.officer.roles, QCoreApplication.translate
    role = Role.ISSUING if issuing else Role.SUPERVISOR
    opens = ("certificate",)
    if issuing or Role.SUPERVISOR in desk.officer.roles:
        yield Section(
            key="validate",
            title=named("sections", "Validate"),
            icon="ok",
            role=role,
            factory=lambda: ValidatePage(validate_acts(desk), surface),
            keys=("main",),
        )
    if issuing:
        yield Section(
            key="leaving",
            title=named("sections", "Leaving"),
            icon="handover",
            role=role,
            factory=lambda: LeavingPage(leaving_acts(desk), surface),
            keys=("main", "print", "copy_last"),
        )
    if issuing or Role.SUPERVISOR in desk.officer.roles:
        yield Section(
            key="void",
            title=named("sections", "Void or replace"),
            icon="stop",
            role=role,
            factory=lambda: VoidPage(void_acts(desk), surface),
            keys=("main",),
            opens=opens,
        )
    if issuing:
        yield Section(
            key="copies",
            title=named("sections", "Copies"),
            icon="draft",
            role=role,
            factory=lambda: CopiesPage(copies_acts(desk), surface),
            keys=("main", "print"),
        )
    if issuing or Role.SUPERVISOR in desk.officer.roles:
        yield Section(
            key="confirmations",
            title=named("sections", "Confirmations"),
            icon="confirm",
            role=role,
            factory=lambda: ConfirmationsPage(confirmations_acts(desk), surface),
            keys=("main", "print", "open"),
        )
