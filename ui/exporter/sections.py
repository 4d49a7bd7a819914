"""The screens of the exporters' desk of the window."""

from collections.abc import Iterator

from PySide6.QtCore import QCoreApplication

from kpdesk.desks.desk import Desk
from kpdesk.domain.parties import Role
from kpdesk.domain.prices import BookKind
from ui.books import book_acts
from ui.exporter.acts import application_acts, status_acts
from ui.exporter.application import ApplicationPage
from ui.exporter.by_file import ByFilePage
from ui.exporter.firm_printing import FirmPrintingPage
from ui.exporter.printing_acts import firm_printing_acts, firms_print
from ui.exporter.receipts import ReceiptsPage
from ui.exporter.receipts_acts import receipt_acts
from ui.exporter.seat_acts import by_file_acts, own_application_acts, own_status_acts, seats_acts
from ui.exporter.seats import SeatsPage
from ui.exporter.status import StatusPage
from ui.exporter.tariff import TariffPage
from ui.instruments import Instruments
from ui.surface import Surface
from ui.widgets.side import Section


def sections(desk: Desk, instruments: Instruments, surface: Surface) -> Iterator[Section]:
    """What this officer may turn to here."""
    roles = desk.officer.roles
    if Role.SEAT in roles:
        yield from _at_the_seat(desk, instruments, surface)
    if Role.EXPORTER_DESK in roles:
        yield Section(
            key="application",
            title=QCoreApplication.translate("sections", "Application"),
            icon="draft",
            role=Role.EXPORTER_DESK,
            factory=lambda: ApplicationPage(application_acts(desk, instruments), surface),
            # Who registers parcels too has F2 there.
            act="" if Role.CLERK in roles else "new",
            keys=("main", "copy_last", "open"),
            opens=("announced",),
            at_counter=True,
        )
        yield Section(
            key="status",
            title=QCoreApplication.translate("sections", "Status"),
            icon="clock",
            role=Role.EXPORTER_DESK,
            factory=lambda: StatusPage(status_acts(desk), surface),
            keys=("print",),
            opens=("shipment",),
            at_counter=True,
        )
        yield Section(
            key="by_file",
            title=QCoreApplication.translate("sections", "Applications by file"),
            icon="folder",
            role=Role.EXPORTER_DESK,
            factory=lambda: ByFilePage(by_file_acts(desk, instruments), surface),
            keys=("main", "open"),
        )
    if Role.ISSUING in roles and firms_print(desk):
        yield Section(
            key="firm_printing",
            title=QCoreApplication.translate("sections", "Printed by firms"),
            icon="printer",
            role=Role.ISSUING,
            factory=lambda: FirmPrintingPage(firm_printing_acts(desk), surface),
            keys=("main", "open"),
        )
    if roles & {Role.EXPORTER_DESK, Role.SUPERVISOR}:
        yield Section(
            key="receipts",
            title=QCoreApplication.translate("sections", "Receipts"),
            icon="confirm",
            role=Role.EXPORTER_DESK if Role.EXPORTER_DESK in roles else Role.SUPERVISOR,
            factory=lambda: ReceiptsPage(receipt_acts(desk), surface),
            keys=("main", "print"),
        )
    if Role.SUPERVISOR in roles:
        yield Section(
            key="tariff",
            title=QCoreApplication.translate("sections", "Levies and fees"),
            icon="log",
            role=Role.SUPERVISOR,
            factory=lambda: TariffPage(book_acts(desk, BookKind.TARIFF), surface),
            keys=("main", "open", "back"),
        )
        yield Section(
            key="seats",
            title=QCoreApplication.translate("sections", "Exporters' seats"),
            icon="officers",
            role=Role.SUPERVISOR,
            factory=lambda: SeatsPage(seats_acts(desk), surface),
            keys=("main", "open"),
        )


def _at_the_seat(desk: Desk, instruments: Instruments, surface: Surface) -> Iterator[Section]:
    """An exporter's own installation has these and nothing else."""
    yield Section(
        key="application",
        title=QCoreApplication.translate("sections", "Application"),
        icon="draft",
        role=Role.SEAT,
        factory=lambda: ApplicationPage(own_application_acts(desk, instruments), surface, seat=True),
        act="new",
        keys=("main", "copy_last", "open"),
    )
    yield Section(
        key="status",
        title=QCoreApplication.translate("sections", "Status"),
        icon="clock",
        role=Role.SEAT,
        factory=lambda: StatusPage(own_status_acts(desk), surface),
        keys=("print", "open"),
    )
