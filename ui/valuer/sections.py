"""The valuer's screens of the window."""

from collections.abc import Iterator

from PySide6.QtCore import QCoreApplication

from kpdesk.desks.desk import Desk
from kpdesk.domain.parties import Role
from kpdesk.domain.prices import BookKind
from ui.books import book_acts
from ui.instruments import Instruments
from ui.surface import Surface
from ui.valuer.acts import outlier_acts, result_acts, value_acts
from ui.valuer.outliers import OutliersPage
from ui.valuer.prices import PricesPage
from ui.valuer.results import ResultsPage
from ui.valuer.value import ValuePage
from ui.widgets.side import Section
from ui.widgets.weighing_card import KEYS


def sections(desk: Desk, instruments: Instruments, surface: Surface) -> Iterator[Section]:
    """What this officer may turn to here."""

    def value_page() -> ValuePage:
        page = ValuePage(value_acts(desk), surface)
        instruments.balance.attach(page.view.weighing, desk, surface.formats)
        return page

    translate, roles = QCoreApplication.translate, desk.officer.roles
    if Role.VALUER in roles:
        yield Section(
            key="value",
            title=translate("sections", "Value parcels"),
            icon="value",
            role=Role.VALUER,
            factory=value_page,
            act="value",
            keys=("main", "back", "rest", "open", "figures", "print", *KEYS),
            opens=("parcel",),
        )
        yield Section(
            key="outliers",
            title=translate("sections", "My outliers"),
            icon="chart",
            role=Role.VALUER,
            factory=lambda: OutliersPage(outlier_acts(desk), surface),
            keys=("figures",),
        )
        yield Section(
            key="results",
            title=translate("sections", "Provisional values"),
            icon="clock",
            role=Role.VALUER,
            factory=lambda: ResultsPage(result_acts(desk), surface),
            keys=("main",),
        )
    if roles & {Role.VALUER, Role.SUPERVISOR}:
        yield Section(
            key="prices",
            title=translate("sections", "Classes and prices"),
            icon="log",
            role=Role.VALUER if Role.VALUER in roles else Role.SUPERVISOR,
            factory=lambda: PricesPage(
                {what: book_acts(desk, what) for what in (BookKind.PRICES, BookKind.CLASSES)}, surface
            ),
            keys=("main", "open", "back"),
        )
