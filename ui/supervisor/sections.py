"""The supervisor's and the auditor's screens of the window."""

from collections.abc import Iterator

from PySide6.QtCore import QCoreApplication

from kpdesk.desks import auditor, closing
from kpdesk.desks.desk import Desk
from kpdesk.domain.parties import Role
from ui.instruments import Instruments
from ui.supervisor.balances import BalancesPage
from ui.supervisor.balances_acts import balances_acts
from ui.supervisor.closing import ClosingPage
from ui.supervisor.closing_acts import closing_acts
from ui.supervisor.exceptions import ExceptionsPage
from ui.supervisor.exceptions_acts import exceptions_acts
from ui.supervisor.log import LogPage
from ui.supervisor.log_acts import log_acts
from ui.supervisor.office_settings import OfficeSettingsPage
from ui.supervisor.office_settings_acts import settings_acts
from ui.supervisor.office_today import OfficeTodayPage
from ui.supervisor.office_today_acts import office_today_acts
from ui.supervisor.officers import OfficersPage
from ui.supervisor.officers_acts import officers_acts
from ui.supervisor.stock import StockPage
from ui.supervisor.stock_acts import stock_acts
from ui.surface import Surface
from ui.widgets.side import Section


def sections(desk: Desk, instruments: Instruments, surface: Surface) -> Iterator[Section]:
    """What this officer may turn to here."""
    yield from _looking(desk, surface)
    if Role.SUPERVISOR in desk.officer.roles:
        yield Section(
            key="balances",
            title=QCoreApplication.translate("sections", "Balances"),
            icon="weigh",
            role=Role.SUPERVISOR,
            factory=lambda: _balances(desk, instruments, surface),
            keys=("main", "tare", "zero", "check_weight"),
        )

    if Role.SUPERVISOR in desk.officer.roles:
        yield Section(
            key="stock",
            title=QCoreApplication.translate("sections", "Stock"),
            icon="stock",
            role=Role.SUPERVISOR,
            factory=lambda: StockPage(stock_acts(desk, surface.formats), surface),
            keys=("main", "find", "next_tab", "print"),
            opens=("stock",),
        )
        yield Section(
            key="officers",
            title=QCoreApplication.translate("sections", "Officers"),
            icon="officers",
            role=Role.SUPERVISOR,
            factory=lambda: OfficersPage(officers_acts(desk, surface.formats), surface),
            keys=("main", "next_tab", "print"),
            opens=("officer",),
        )
        yield Section(
            key="office_settings",
            title=QCoreApplication.translate("sections", "Office settings"),
            icon="settings",
            role=Role.SUPERVISOR,
            factory=lambda: OfficeSettingsPage(settings_acts(desk), surface),
            keys=("main", "next_tab"),
        )

    if desk.officer.roles & set(closing.COUNTERS):
        may_close = Role.SUPERVISOR in desk.officer.roles
        yield Section(
            key="closing",
            title=QCoreApplication.translate("sections", "Close of day"),
            icon="lock",
            role=Role.SUPERVISOR,
            factory=lambda: ClosingPage(closing_acts(desk), surface, may_close=may_close),
            keys=("main",),
        )


def _looking(desk: Desk, surface: Surface) -> Iterator[Section]:
    """What a supervisor and an auditor look through."""
    if not desk.officer.roles & set(auditor.READERS):
        return
    may_sign = Role.SUPERVISOR in desk.officer.roles
    role = Role.SUPERVISOR if may_sign else Role.AUDITOR
    yield Section(
        key="office_today",
        title=QCoreApplication.translate("sections", "Office today"),
        icon="chart",
        role=role,
        factory=lambda: OfficeTodayPage(office_today_acts(desk), surface),
        keys=("figures", "next_tab", "print"),
    )
    yield Section(
        key="exceptions",
        title=QCoreApplication.translate("sections", "Exceptions"),
        icon="liftable",
        role=role,
        factory=lambda: ExceptionsPage(exceptions_acts(desk), surface, may_sign=may_sign),
        keys=("main", "figures", "next_tab", "print") if may_sign else ("figures", "next_tab", "print"),
    )
    yield Section(
        key="log",
        title=QCoreApplication.translate("sections", "History"),
        icon="log",
        role=role,
        factory=lambda: LogPage(log_acts(desk), surface),
        keys=("main", "find", "print"),
    )


def _balances(desk: Desk, instruments: Instruments, surface: Surface) -> BalancesPage:
    page = BalancesPage(balances_acts(desk), surface)
    instruments.balance.attach(page.weighing, desk, surface.formats)
    return page
