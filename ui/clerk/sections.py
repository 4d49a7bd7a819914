"""The clerk's sections of the window; the list of parcels is everybody's."""

from collections.abc import Iterator

from PySide6.QtCore import QCoreApplication

from kpdesk.desks.desk import Desk
from kpdesk.domain.parties import Role
from ui.clerk.acts import register_acts
from ui.clerk.bag import BagPage
from ui.clerk.contest import ContestPage
from ui.clerk.counter_acts import bag_acts, contest_acts, handover_acts, weigh_acts
from ui.clerk.dossier_acts import parcels_acts
from ui.clerk.goods import GoodsPage
from ui.clerk.goods_acts import goods_acts
from ui.clerk.handover import HandoverPage
from ui.clerk.parcels import ParcelsPage
from ui.clerk.register import RegisterPage
from ui.clerk.returns import ReturnsPage
from ui.clerk.returns_acts import returns_acts
from ui.clerk.weigh import WeighPage
from ui.instruments import Instruments
from ui.surface import Surface
from ui.widgets.side import Section
from ui.widgets.weighing_card import KEYS

_READERS = (
    Role.CLERK,
    Role.VALUER,
    Role.ISSUING,
    Role.EXPORTER_DESK,
    Role.INSPECTOR,
    Role.SUPERVISOR,
    Role.AUDITOR,
)
_HOLDERS = (Role.CLERK, Role.VALUER, Role.ISSUING, Role.SUPERVISOR)
"""Whose hands goods go through."""


def sections(desk: Desk, instruments: Instruments, surface: Surface) -> Iterator[Section]:
    """What this officer may turn to here."""
    tr, roles = QCoreApplication.translate, desk.officer.roles

    def first(among: tuple[Role, ...]) -> Role | None:
        """The role of these that the officer holds, under which a shared page is listed."""
        return next((role for role in among if role in roles), None)

    def register_page() -> RegisterPage:
        with desk.look() as session:
            second_here = desk.settings(session).same_officer_weighs_again
        page = RegisterPage(register_acts(desk, instruments), surface, second_here=second_here)
        instruments.balance.attach(page.weighing, desk, surface.formats)
        return page

    def weigh_page() -> WeighPage:
        page = WeighPage(weigh_acts(desk), surface)
        instruments.balance.attach(page.weighing, desk, surface.formats)
        return page

    if Role.CLERK in roles:
        yield Section(
            "register", tr("sections", "Register parcel"), "register", Role.CLERK,
            register_page, "new", ("main", "copy_last", "park", "open", "print", *KEYS),
        )  # fmt: skip
    if role := first((Role.CLERK, Role.VALUER, Role.ISSUING)):
        yield Section(
            "weigh", tr("sections", "Weigh again"), "weigh", role,
            weigh_page, "weigh", ("main", *KEYS),
        )  # fmt: skip
    if Role.CLERK in roles:
        yield Section(
            "bag", tr("sections", "Close bags"), "seal", Role.CLERK,
            lambda: BagPage(bag_acts(desk), surface), keys=("main",),
        )  # fmt: skip
    if role := first(_HOLDERS):
        yield Section(
            "handover", tr("sections", "Hand over"), "handover", role,
            lambda: HandoverPage(handover_acts(desk), surface), keys=("main",),
        )  # fmt: skip
    if Role.CLERK in roles:
        yield Section(
            "contest", tr("sections", "Contest, withdraw"), "compare", Role.CLERK,
            lambda: ContestPage(contest_acts(desk), surface), keys=("main",),
        )  # fmt: skip
    if Role.CLERK in roles:
        yield Section(
            key="goods",
            title=QCoreApplication.translate("sections", "Goods"),
            icon="goods",
            role=Role.CLERK,
            factory=lambda: GoodsPage(goods_acts(desk), surface),
            keys=("main", "rest", "print"),
            opens=("rework",),
        )
    if role := first(_READERS):
        yield Section(
            "parcels", tr("sections", "Parcels"), "search", role,
            lambda: ParcelsPage(parcels_acts(desk, instruments), surface),
            keys=("find", "next_tab", "back", "print"), opens=("parcel",), at_counter=True,
        )  # fmt: skip
        yield Section(
            key="returns",
            title=QCoreApplication.translate("sections", "Returns"),
            icon="chart",
            role=Role.CLERK,
            factory=lambda: ReturnsPage(returns_acts(desk), surface),
            keys=("main", "earlier", "later"),
            opens=("production", "purchases", "stock_declaration"),
        )
