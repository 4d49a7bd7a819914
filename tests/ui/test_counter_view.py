"""Turned to a firm at the counter, the screen shows nothing of the others."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QTableView
from pytestqt.qtbot import QtBot

from kpdesk.practice import CLERK
from tests.desks.practice_books import Books, receive
from tests.ui.hands import CONTROL, focused, keys, label
from ui.counter import AskFirm
from ui.widgets.rows import Rows
from ui.window import DeskWindow

OTHER = "EXP-0042"


def firms(window: DeskWindow) -> set[str]:
    model = window.findChild(Rows, "parcels_rows").findChild(QTableView).model()
    return {str(model.index(row, 2).data()) for row in range(model.rowCount())}


def test_one_firm_sees_its_own(at: Callable[[str], Books], sit: Callable[..., DeskWindow], qtbot: QtBot) -> None:
    books = at("bagged")
    receive(books, exporter=OTHER)
    window = sit(books, CLERK, "parcels")
    assert len(firms(window)) == 2
    window.go("register")
    qtbot.keyClick(focused(), Qt.Key.Key_H, CONTROL)
    keys(qtbot, "nobody")
    asked = window.findChild(AskFirm)
    assert "nobody" in label(asked, "counter_firm_notice_words").lower()
    focused().clear()
    keys(qtbot, OTHER.lower())
    assert label(window, "title") == "Parcels", "Register is closed meanwhile"
    assert OTHER in label(window, "facing_words")
    assert len(firms(window)) == 1
    assert not window.findChild(QPushButton, "side_register").isEnabled()
    window.go("register")
    assert label(window, "title") == "Parcels"
    qtbot.keyClick(focused(), Qt.Key.Key_K, CONTROL)
    qtbot.keyClicks(focused(), "regis")
    found = window.findChild(Rows, "goto_found")
    assert found.model.rowCount() == 0
    qtbot.keyClick(focused(), Qt.Key.Key_Escape)
    qtbot.keyClick(focused(), Qt.Key.Key_H, CONTROL)
    assert len(firms(window)) == 2
    assert window.findChild(QPushButton, "side_register").isEnabled()
