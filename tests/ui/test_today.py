"""Today: four figures, and what waits."""

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.hands import focused, label
from tests.ui.practice_ui import FORMATS, NOW, today
from ui.keys import Keyboard
from ui.surface import Surface
from ui.today import TodayActs, TodayPage
from ui.window import DeskWindow
from ui.work import Workroom

Opened = Callable[..., DeskWindow]


def test_today_shows_four_figures_and_what_waits(desk: Opened) -> None:
    window = desk("today")
    figures = [label(window, f"today_{name}_figure") for name in ("parcels", "certificates", "blanks", "unconfirmed")]
    assert figures == ["41", "6", "18", "4"]
    assert label(window, "today_parcels_words") == "3\u00a0112.40\u00a0ct"
    table = window.findChild(QWidget, "today_waiting_table").model()
    assert [table.index(0, place).data() for place in range(5)] == [
        "P-2026-004113",
        "second weighing",
        "Practice Gems Lda",
        "1\u00a0234.565\u00a0ct",
        "09:58",
    ]
    assert window.findChild(QPushButton, "status_lists").text() == "lists, days old: 4"


def test_one_key_opens_what_waits(desk: Opened, qtbot: QtBot) -> None:
    window = desk("today")
    page = window.page("today")
    told: list[tuple[str, str]] = []
    page.going.disconnect()
    page.going.connect(lambda section, subject: told.append((section, subject)))
    window.findChild(QWidget, "today_waiting_table").selectRow(3)
    qtbot.keyClick(focused(), Qt.Key.Key_Return)
    assert told == [("issue", "certificate/C-2026-000031")]


def test_a_step_without_a_page_here_is_said(desk: Opened, qtbot: QtBot) -> None:
    window = desk("today")
    qtbot.keyClick(focused(), Qt.Key.Key_Return)
    assert label(window, "title") == "Today"
    assert label(window, "trouble_words") == "P-2026-004113: second weighing is not done in this window."
    window.tell("something went well")
    assert not window.findChild(QWidget, "trouble").isVisible()


def test_nobody_is_sent_to_a_page_they_do_not_have(qtbot: QtBot, workroom: Workroom) -> None:
    acts = TodayActs(lambda: replace(today(), waiting=today().waiting[3:]), lambda: (), lambda: NOW)
    page = TodayPage(acts, Surface(workroom, FORMATS, Keyboard()), ["today"])
    qtbot.addWidget(page)
    page.enter()
    with qtbot.assertNotEmitted(page.going), qtbot.waitSignal(page.noted):
        page.findChild(QWidget, "today_waiting").opened.emit(today().waiting[3])
    page.show_today(replace(today(), waiting=()))
    assert page.findChild(QPushButton, "today_waiting_fill").isHidden()


def test_today_asks_again_when_parcels_change(desk: Opened, workroom: Workroom) -> None:
    window = desk("today")
    page = window.page("today")
    page._acts = replace(page._acts, today=lambda: replace(today(), parcels=42, waiting=()))
    workroom.changed.emit(frozenset({"officers"}))
    assert label(window, "today_parcels_figure") == "41"
    workroom.changed.emit(frozenset({"parcels"}))
    assert label(window, "today_parcels_figure") == "42"
    assert window.findChild(QPushButton, "today_waiting_fill").isVisible()
