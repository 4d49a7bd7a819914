"""Align printers: the test sheet, two crosses and a ruler, the test sheet again, another officer."""

from collections.abc import Callable
from decimal import Decimal

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot

from kpdesk.desks import calibration
from kpdesk.desks.printers import PRACTICE_TRAY, practice_sheet
from kpdesk.domain.calibration import CROSSES, FIRST, LAST, RULER, Alignment, Tray
from kpdesk.practice import APPROVER, PREPARER
from tests.desks.practice_books import PASSWORD, Books
from tests.ui.accessible import backwards, faults
from tests.ui.hands import CONTROL, focused, keys, label, line
from ui.window import DeskWindow

At = Callable[[str], Books]
Sit = Callable[..., DeskWindow]
CROOKED = Alignment(Decimal("0.80"), Decimal("-1.20"), Decimal("1.00400"), Decimal("0.99800"), Decimal("0.300"))


def click(window: QWidget, qtbot: QtBot, name: str) -> None:
    qtbot.mouseClick(window.findChild(QPushButton, name), Qt.MouseButton.LeftButton)


def measure(window: DeskWindow, qtbot: QtBot, alignment: Alignment) -> None:
    """What a steel rule says, to 0.01 mm."""
    first, last = alignment.does.at(FIRST), alignment.does.at(LAST)
    line(window, "calibrate_first_x").setFocus()
    keys(qtbot, *(f"{each:.2f}" for each in (*first, *last, RULER * float(alignment.across))))


def test_two_crosses_and_a_ruler_align_a_tray(at: At, sit: Sit, qtbot: QtBot) -> None:
    books = at("ready")
    window = sit(books, PREPARER, "calibrate")
    confirm = window.findChild(QPushButton, "calibrate_confirm")
    click(window, qtbot, "calibrate_print")
    assert practice_sheet(books[PREPARER], "TESTSHEET") is not None
    assert focused() is line(window, "calibrate_first_x")
    measure(window, qtbot, CROOKED)
    assert label(window, "calibrate_right").startswith("+0.8")
    assert label(window, "calibrate_across") == "100.40 %"
    assert not confirm.isEnabled()  # before the second sheet
    click(window, qtbot, "calibrate_again")
    assert focused() is confirm
    qtbot.keyClick(focused(), Qt.Key.Key_Return, CONTROL)
    dialog = window.findChild(QWidget, "second")
    for name, words in (("second_officer", APPROVER), ("second_password", PASSWORD)):
        qtbot.keyClicks(line(dialog, name), words)
    click(dialog, qtbot, "second_sign")
    (kept,) = calibration.calibrations(books[PREPARER])
    assert kept.tray == Tray(PRACTICE_TRAY)
    assert (kept.measured_by, kept.confirmed_by) == (books[PREPARER].officer.id, books[APPROVER].officer.id)
    for spot in CROSSES:  # a rule to 0.01 mm leaves so much
        there, wanted = kept.alignment.undone.at(CROOKED.does.at(spot)), spot
        assert max(abs(there.x - wanted.x), abs(there.y - wanted.y)) < 0.05
    assert "aligned to form" in label(window, "status_said")
    window.go("issue")
    assert label(window, "issue_printer_below").startswith("✓ aligned")


def test_another_measure_asks_for_another_sheet(at: At, sit: Sit, qtbot: QtBot) -> None:
    window = sit(at("ready"), PREPARER, "calibrate")
    measure(window, qtbot, CROOKED)
    click(window, qtbot, "calibrate_again")
    assert window.findChild(QPushButton, "calibrate_confirm").isEnabled()
    line(window, "calibrate_last_x").clear()
    qtbot.keyClicks(line(window, "calibrate_last_x"), "194.00")
    assert not window.findChild(QPushButton, "calibrate_confirm").isEnabled()


def test_crosses_taken_for_each_other_are_refused(at: At, sit: Sit, qtbot: QtBot) -> None:
    window = sit(at("ready"), PREPARER, "calibrate")
    line(window, "calibrate_first_x").setFocus()
    keys(qtbot, "194.00", "281.00", "16.00", "16.00")
    assert "No printer in order prints so" in label(window, "calibrate_trouble_words")
    assert not window.findChild(QPushButton, "calibrate_again").isEnabled()


def test_the_page_is_for_everybody(at: At, sit: Sit) -> None:
    window = sit(at("ready"), PREPARER, "calibrate")
    assert faults(window.page("calibrate")) == []
    assert backwards(window.page("calibrate")) == []
