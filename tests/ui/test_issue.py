"""Issue: two signatures, the blank, the print, and what is on the sheet."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot

from kpdesk.desks.sheets import Sheet
from tests.ui.accessible import faults
from tests.ui.hands import CONTROL, focused, label, line
from tests.ui.practice_ui import PASSWORD, Office
from ui.keys import Keyboard
from ui.slips import Spooled, Stage
from ui.window import DeskWindow
from ui.work import Workroom

Opened = Callable[..., DeskWindow]


def print_one(window: DeskWindow, qtbot: QtBot) -> QWidget:
    """Type the blank, Ctrl+Enter; the question."""
    blank = line(window, "issue_blank")
    blank.setFocus()
    qtbot.keyClicks(blank, "zz000124")
    qtbot.keyClick(blank, Qt.Key.Key_Return, CONTROL)
    question = window.findChild(QWidget, "sheet_question")
    assert question.isVisible()
    return question


def test_only_what_is_ready_can_be_printed(desk: Opened, qtbot: QtBot) -> None:
    window = desk("issue")
    button = window.findChild(QPushButton, "issue_print")
    assert not button.isEnabled()
    qtbot.keyClicks(line(window, "issue_blank"), "zz000124")
    assert line(window, "issue_blank").text() == "ZZ000124"
    assert label(window, "issue_blank_below") == "✓ next in order"
    assert button.isEnabled()
    window.findChild(QWidget, "issue_ready_table").selectRow(1)
    assert not button.isEnabled()
    assert window.findChild(QWidget, "issue_conditions_seal_missing") is not None


def test_two_officers_sign_before_the_print(desk: Opened, office: Office, qtbot: QtBot) -> None:
    office.shipments = (replace(office.shipments[0], stage=Stage.PREPARE, approved=None),)
    window = desk("issue")
    go_on = window.findChild(QPushButton, "issue_print")
    assert go_on.accessibleName() == "Prepare and sign"
    assert not line(window, "issue_blank").isEnabled()
    qtbot.keyClick(focused(), Qt.Key.Key_Return, CONTROL)
    assert office.signed == [("S-2026-000087", "first")]
    assert go_on.accessibleName() == "Second signature"
    qtbot.keyClick(focused(), Qt.Key.Key_Return, CONTROL)
    dialog = window.findChild(QWidget, "second")
    for name, words in (("second_officer", "Officer Two"), ("second_password", PASSWORD)):
        qtbot.keyClicks(line(dialog, name), words)
    qtbot.mouseClick(dialog.findChild(QPushButton, "second_sign"), Qt.MouseButton.LeftButton)
    assert office.signed[1:] == [("S-2026-000087", "Officer Two")]
    assert go_on.accessibleName() == "Print"
    assert line(window, "issue_blank").isEnabled()
    assert "signed twice" in label(window, "status_said")


def test_another_blank_is_noticed(desk: Opened, qtbot: QtBot) -> None:
    window = desk("issue")
    qtbot.keyClicks(line(window, "issue_blank"), "ZZ000999")
    assert "Next in order is ZZ-000124" in label(window, "issue_blank_notice_words")


def test_a_printer_that_is_not_aligned_does_not_print(desk: Opened, qtbot: QtBot) -> None:
    window = desk("issue")
    qtbot.keyClicks(line(window, "issue_blank"), "zz000124")
    window.findChild(QWidget, "issue_printer").setCurrentIndex(1)
    assert not window.findChild(QPushButton, "issue_print").isEnabled()
    assert "test sheet" in label(window, "issue_printer_notice_words")


def test_the_question_covers_the_window_until_it_is_answered(desk: Opened, qtbot: QtBot) -> None:
    window = desk("issue")
    question = print_one(window, qtbot)
    assert label(window, "sheet_title") == "What is on sheet \u2066ZZ000124\u2069?"
    assert question.geometry() == window.rect()
    window.resize(1400, 900)
    assert question.geometry() == window.rect()
    for key in (Qt.Key.Key_F2, Qt.Key.Key_Escape, Qt.Key.Key_F12):
        qtbot.keyClick(focused(), key)
    assert label(window, "title") == "Issue"
    assert question.isVisible()
    for _ in range(9):
        qtbot.keyClick(focused(), Qt.Key.Key_Tab)
        assert question.isAncestorOf(focused())
    assert faults(question) == []
    with qtbot.waitSignal(window.locked):
        qtbot.keyClick(focused(), Qt.Key.Key_L, CONTROL)


def test_a_good_sheet_is_proved_by_its_number(desk: Opened, office: Office, qtbot: QtBot) -> None:
    window = desk("issue")
    question = print_one(window, qtbot)
    qtbot.keyClick(focused(), Qt.Key.Key_1)
    assert focused() is line(window, "sheet_number")
    qtbot.keyClicks(focused(), "9999")
    qtbot.keyClick(focused(), Qt.Key.Key_Return)
    assert "9999" in label(window, "sheet_number_notice_words")
    assert question.isVisible()
    qtbot.keyClicks(focused(), "0124")
    qtbot.keyClick(focused(), Qt.Key.Key_Return)
    assert office.answers == [("ZZ000124", Sheet.GOOD, "0124")]
    assert not question.isVisible()
    assert "ZZ000124 issued" in label(window, "status_said")
    qtbot.keyClick(focused(), Qt.Key.Key_F2)
    assert label(window, "title") == "Register parcel"


@pytest.mark.parametrize(
    ("pressed", "answer"),
    [
        ([Qt.Key.Key_2, Qt.Key.Key_3], (Sheet.SPOILED, "torn")),
        ([Qt.Key.Key_3], (Sheet.NOTHING, "")),
        ([Qt.Key.Key_4, Qt.Key.Key_Escape, Qt.Key.Key_4], (Sheet.MISSING, "")),
    ],
)
def test_other_answers(
    desk: Opened, office: Office, qtbot: QtBot, pressed: list[Qt.Key], answer: tuple[Sheet, str]
) -> None:
    window = desk("issue")
    question = print_one(window, qtbot)
    for key in pressed:
        qtbot.keyClick(focused(), key)
    if answer[0] is not Sheet.NOTHING:
        assert office.answers == []
        verb = question.findChild(QPushButton, f"sheet_do_{answer[0]}")
        qtbot.mouseClick(verb, Qt.MouseButton.LeftButton)
    assert office.answers == [("ZZ000124", *answer)]
    assert not question.isVisible()


def test_a_sheet_nobody_looked_at_is_asked_for_first(
    office: Office, workroom: Workroom, keyboard: Keyboard, qtbot: QtBot
) -> None:
    office.spooled = Spooled("S-2026-000086", "ZZ000123")
    window = office.window(workroom, keyboard)
    qtbot.addWidget(window)
    window.show()
    assert label(window, "title") == "Issue"
    assert window.findChild(QWidget, "sheet_question").isVisible()
    assert "ZZ000123" in label(window, "sheet_title")
    assert window.findChild(QWidget, "sheet_reason").count() == 3


def test_a_clean_sheet_is_the_only_one_for_its_certificate(desk: Opened, office: Office, qtbot: QtBot) -> None:
    office.shipments = (replace(office.shipments[0], number="ZZ000120"),)
    window = desk("issue")
    assert "bound to ZZ000120" in label(window, "issue_blank_notice_words")
    qtbot.keyClicks(line(window, "issue_blank"), "zz000124")
    assert not window.findChild(QPushButton, "issue_print").isEnabled()
    line(window, "issue_blank").clear()
    qtbot.keyClicks(line(window, "issue_blank"), "zz-000120")
    assert label(window, "issue_blank_below") == "✓ the blank it is bound to"
    assert window.findChild(QPushButton, "issue_print").isEnabled()


def test_the_third_sheet_asks_for_a_supervisor(desk: Opened, office: Office, qtbot: QtBot) -> None:
    office.sheets = 2
    window = desk("issue")
    line(window, "issue_blank").setFocus()
    qtbot.keyClicks(focused(), "zz000124")
    qtbot.keyClick(focused(), Qt.Key.Key_Return, CONTROL)
    assert window.findChild(QWidget, "sheet_question") is None
    assert "Two sheets" in label(window, "issue_trouble_words")
    dialog = window.findChild(QWidget, "second")
    for name, words in (("second_officer", "Supervisor One"), ("second_password", PASSWORD)):
        qtbot.keyClicks(line(dialog, name), words)
    qtbot.mouseClick(dialog.findChild(QPushButton, "second_sign"), Qt.MouseButton.LeftButton)
    assert office.signed == [("S-2026-000087", "Supervisor One")]
    assert window.findChild(QWidget, "sheet_question").isVisible()


def test_the_cursor_stays_on_its_shipment(desk: Opened, office: Office, workroom: Workroom) -> None:
    first, second = office.shipments
    window = desk("issue")
    office.shipments = (second, first)
    workroom.changed.emit(frozenset({"certificates"}))
    assert window.findChild(QWidget, "issue_ready").current().reference == first.reference


def test_what_waited_on_today_is_turned_to(desk: Opened, office: Office) -> None:
    first, second = office.shipments
    office.shipments = (first, replace(second, certificate="C-2026-000031"))
    window = desk("today")
    window.go("issue", "certificate/C-2026-000031")
    assert window.findChild(QWidget, "issue_ready").current().reference == second.reference
