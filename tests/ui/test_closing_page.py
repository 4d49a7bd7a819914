"""The day is closed at the window: two officers count alone, then the books are opened."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QPushButton, QTableView, QWidget
from pytestqt.qtbot import QtBot

from kpdesk.desks import closing
from kpdesk.domain.closing import Counted
from kpdesk.practice import CLERK, SUPERVISOR, SUPERVISOR_2
from tests.desks.practice_books import PARCEL, PASSWORD, Books
from tests.desks.test_closing import there
from tests.ui.hands import CONTROL, focused, keys, label, line
from ui.second import SecondSignature
from ui.widgets.rows import Rows
from ui.window import DeskWindow


def count_all(window: DeskWindow, books: Books, qtbot: QtBot) -> None:
    """What lies there, by keyboard; stock by the first and last of its series."""
    chosen = window.findChild(QComboBox, "closing_what")
    for place in range(chosen.count()):
        chosen.setCurrentIndex(place)
        what = Counted(chosen.currentData())
        line(window, "closing_first").setFocus()
        found = sorted(there(books, what))
        if what is Counted.GOODS:
            keys(qtbot, *found)
        else:
            keys(qtbot, found[0].lower(), found[-1])
        assert label(window, "closing_sum") == str(len(found))
        qtbot.keyClick(focused(), Qt.Key.Key_Return, CONTROL)
        assert "counted" in label(window, "status_said")


def test_two_count_and_close(at: Callable[[str], Books], sit: Callable[..., DeskWindow], qtbot: QtBot) -> None:
    books = at("bagged")
    count_all(sit(books, SUPERVISOR_2, "closing"), books, qtbot)
    window = sit(books, SUPERVISOR, "closing")
    assert PARCEL not in label(window, "closing_differences")
    count_all(window, books, qtbot)
    sign_beside(window, SUPERVISOR_2)
    model = window.findChild(Rows, "closing_lines").findChild(QTableView).model()
    said = [str(model.index(row, 0).data()) for row in range(model.rowCount())]
    assert said == ["Parcels in the house", "Blanks", "Bags", "Seals", "Levies", "Fees"]
    assert "agree" in label(window, "closing_differences")
    window.findChild(QPushButton, "closing_close").click()
    assert "Print day sheet" in label(window, "closing_differences")
    (closed,) = closing.closings(books[SUPERVISOR])
    assert all(each.agrees for each in closed.sums)


def test_a_difference_is_named(at: Callable[[str], Books], sit: Callable[..., DeskWindow], qtbot: QtBot) -> None:
    books = at("bagged")
    for officer in (SUPERVISOR, SUPERVISOR_2):
        for each in closing.counting(books[officer]):
            found = [] if each.what is Counted.GOODS else there(books, each.what)
            closing.tally(books[officer], what=each.what, found=found)
    window = sit(books, SUPERVISOR, "closing")
    sign_beside(window, SUPERVISOR_2)
    assert f"not found: {PARCEL}" in label(window, "closing_differences")


def test_a_clerk_counts_and_does_not_close(at: Callable[[str], Books], sit: Callable[..., DeskWindow]) -> None:
    window = sit(at("bagged"), CLERK, "closing")
    assert window.findChild(QWidget, "closing_keep") is not None
    assert window.findChild(QWidget, "closing_close") is None


def test_what_was_scanned_by_mistake_is_taken_out(
    at: Callable[[str], Books], sit: Callable[..., DeskWindow], qtbot: QtBot
) -> None:
    window = sit(at("bagged"), CLERK, "closing")
    keys(qtbot, "P-1", "P-2")
    window.findChild(QPushButton, "closing_out").click()
    assert label(window, "closing_sum") == "0", "both were one run"
    keys(qtbot, "TB9", "")
    assert label(window, "closing_sum") == "1"


def sign_beside(window: DeskWindow, officer: str) -> None:
    window.findChild(QPushButton, "closing_compare").click()
    dialog = window.findChild(SecondSignature)
    line(dialog, "second_officer").setText(officer)
    line(dialog, "second_password").setText(PASSWORD)
    dialog.findChild(QPushButton, "second_sign").click()
