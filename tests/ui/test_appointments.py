"""A visit is booked and settled by keyboard, and Today shows it."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QTableView
from pytestqt.qtbot import QtBot

from kpdesk.practice import CLERK
from tests.desks.practice_books import Books
from tests.ui.hands import CONTROL, focused, keys, label, line
from ui.widgets.rows import Rows
from ui.window import DeskWindow


def texts(window: DeskWindow, name: str) -> list[str]:
    table = window.findChild(Rows, name).findChild(QTableView)
    model = table.model()
    return [" ".join(str(model.index(row, each).data()) for each in range(3)) for row in range(model.rowCount())]


def test_a_visit_by_keyboard(at: Callable[[str], Books], sit: Callable[..., DeskWindow], qtbot: QtBot) -> None:
    books = at("ready")
    window = sit(books, CLERK, "appointments")
    assert focused() is line(window, "appointments_day")
    keys(qtbot, "22.11.2026", "14:30", "", "practice exp")
    qtbot.keyClick(focused(), Qt.Key.Key_Return, CONTROL)
    assert "booked for 22 Nov 2026  14:30" in label(window, "status_said")
    window.go("today")
    (said,) = texts(window, "today_expected")
    assert said.startswith("14:30 Practice Exports")
    window.go("appointments")
    window.findChild(QPushButton, "appointments_came").click()
    assert texts(window, "appointments_expected") == []
    window.go("today")
    assert texts(window, "today_expected") == []


def test_what_is_missing_is_said_where_it_is_missing(
    at: Callable[[str], Books], sit: Callable[..., DeskWindow], qtbot: QtBot
) -> None:
    window = sit(at("ready"), CLERK, "appointments")
    keys(qtbot, "31.2.", "25:00")
    qtbot.keyClick(focused(), Qt.Key.Key_Return, CONTROL)
    assert "is no day" in label(window, "appointments_day_notice_words")
    assert "no time of day" in label(window, "appointments_time_notice_words")
    assert focused() is line(window, "appointments_day")
    line(window, "appointments_day").setText("22.11.")
    line(window, "appointments_time").setText("9")
    qtbot.keyClick(focused(), Qt.Key.Key_Return, CONTROL)
    assert "say who comes" in label(window, "appointments_firm_notice_words")
    assert texts(window, "appointments_expected") == []
