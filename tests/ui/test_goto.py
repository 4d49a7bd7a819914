"""Go to anything: pages by name, things by what is known of them, with the keyboard alone."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QTableView
from pytestqt.qtbot import QtBot

from kpdesk.desks.finding import Hit
from kpdesk.domain.measures import Carats
from kpdesk.domain.parties import Role
from tests.ui.accessible import faults
from tests.ui.hands import CONTROL, focused, label
from tests.ui.practice_ui import FORMATS, Office
from ui.goto import GoTo
from ui.keys import Keyboard
from ui.surface import Surface
from ui.widgets.side import Section
from ui.window import DeskWindow
from ui.work import Workroom

Opened = Callable[..., DeskWindow]
HITS = (
    Hit(subject="parcel/P-2026-000113", about="Practice Gems Lda", firm="EXP-0041", carats=Carats.of("12.50")),
    Hit(subject="seizure/Z-1", about="", firm=""),
)


def said(asked: GoTo) -> list[str]:
    model = asked.findChild(QTableView).model()
    return [" ".join(str(model.index(row, each).data()) for each in range(4)) for row in range(model.rowCount())]


def test_a_page_in_three_keys(desk: Opened, qtbot: QtBot) -> None:
    window = desk("today")
    qtbot.keyClick(focused(), Qt.Key.Key_K, CONTROL)
    qtbot.keyClicks(focused(), "ve")
    qtbot.keyClick(focused(), Qt.Key.Key_Return)
    assert label(window, "title") == "Verify"
    assert window.findChild(GoTo) is None or window.findChild(GoTo).isHidden()


def test_escape_goes_back_to_where_one_was(desk: Opened, qtbot: QtBot) -> None:
    desk("register")
    before = focused()
    qtbot.keyClick(before, Qt.Key.Key_K, CONTROL)
    assert focused().objectName() == "goto_line"
    qtbot.keyClick(focused(), Qt.Key.Key_Escape)
    assert focused() is before


def test_what_is_found_leads_to_the_page_that_shows_it(
    desk: Opened, office: Office, qtbot: QtBot, workroom: Workroom
) -> None:
    window = desk("today")
    typed: list[str] = []

    def find(words: str) -> tuple[Hit, ...]:
        typed.append(words)
        return HITS

    page = Section("parcels", "Parcels", "register", Role.CLERK, lambda: window, opens=("parcel",))
    asked = GoTo(window, [page], find, Surface(workroom, FORMATS, Keyboard()))
    assert faults(asked) == []
    with qtbot.waitSignal(asked.chosen) as chosen:
        qtbot.keyClicks(focused(), "113")
        assert said(asked) == []
        qtbot.keyClick(focused(), Qt.Key.Key_Return)  # faster than the pause
    assert chosen.args == ["parcels", "parcel/P-2026-000113"]
    assert typed == ["113"]


def test_the_list_says_what_and_whose(desk: Opened, qtbot: QtBot, workroom: Workroom) -> None:
    window = desk("today")
    page = Section("parcels", "Parcels", "register", Role.CLERK, lambda: window, opens=("parcel",))
    asked = GoTo(window, [page], lambda typed: HITS, Surface(workroom, FORMATS, Keyboard()))
    assert said(asked) == ["Page Parcels  "]
    qtbot.keyClicks(focused(), "P")
    qtbot.waitUntil(lambda: len(said(asked)) == 2)
    assert said(asked)[1] == "Parcel P-2026-000113 Practice Gems Lda 12.50\u00a0ct"
    qtbot.keyClick(focused(), Qt.Key.Key_Down)
    with qtbot.waitSignal(asked.chosen) as chosen:
        qtbot.keyClick(focused(), Qt.Key.Key_Return)
    assert chosen.args == ["parcels", "parcel/P-2026-000113"]
