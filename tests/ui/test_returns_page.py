"""Returns, purchases and stocks at the real window: chosen in the grid, typed, checked, kept, lifted by two."""

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from kpdesk.desks import returns
from kpdesk.domain.measures import Carats
from kpdesk.practice import CLERK
from kpdesk.practice import goods as practice_goods
from tests.desks.practice_books import PASSWORD, Books
from tests.ui.hands import CONTROL, focused, keys, label, line
from ui.clerk.returns import ReturnsPage
from ui.second import SecondSignature
from ui.window import DeskWindow

At = Callable[[str], Books]
Sit = Callable[..., DeskWindow]


def returns_of(window: DeskWindow) -> ReturnsPage:
    page = window.page("returns")
    assert isinstance(page, ReturnsPage)
    return page


def test_a_month_is_returned_by_keyboard(at: At, sit: Sit, qtbot: QtBot) -> None:
    books = at("bagged")
    practice_goods._firms(books.office)
    practice_goods._returns(books.office)
    window = sit(books, CLERK, "returns", "production/T-201-2026-10")
    page = returns_of(window)
    assert page._grid.place == ("T-201", 9)
    assert "due and not declared" in label(window, "returns_about")
    qtbot.keyClick(focused(), Qt.Key.Key_Return)
    line(window, "returns_carats").setFocus()
    own = keys(qtbot, "700", "61000")
    assert window.findChild(QWidget, "returns_findings_over_capacity") is not None
    page._entries.show_lines(())
    line(window, "returns_carats").setFocus()
    own = keys(qtbot, "402.50", "36225")
    qtbot.keyClick(focused(), Qt.Key.Key_Return, CONTROL)
    year = returns.production_year(books[CLERK], 2026)
    assert year.cells["T-201", date(2026, 10, 1)][0].carats == Carats.of("402.50")
    assert ("T-201", date(2026, 10, 1)) not in year.missing
    assert page._grid.place == ("T-201", 10)
    assert own <= 16


def test_stock_is_held_against_the_books_and_lifted_with_a_document(at: At, sit: Sit, qtbot: QtBot) -> None:
    books = at("bagged")
    practice_goods._firms(books.office)
    practice_goods._returns(books.office)
    stock = {"firm": "DEA-0003", "year": 2025}
    assert returns.check_stock_of(books[CLERK], lines=(), **stock)[0].rule.code == "declared_twice"
    window = sit(books, CLERK, "returns", "stock_declaration/DEA-0004-2025")
    page = returns_of(window)
    assert page._grid.place == ("DEA-0004", 0)
    assert "opening ? + mined 0.00" in label(window, "returns_about")
    line(window, "returns_what").setFocus()
    keys(qtbot, "zz", "", "12.50", "900")
    assert window.findChild(QWidget, "returns_findings_stock_off") is not None
    qtbot.keyClick(focused(), Qt.Key.Key_Return, CONTROL)
    assert returns.stock_year(books[CLERK], 2025).declared["DEA-0004"].carats == Carats.of("12.50")


def test_purchases_over_the_diggers_capacity_want_two_and_a_document(at: At, sit: Sit, qtbot: QtBot) -> None:
    books = at("bagged")
    practice_goods._firms(books.office)
    practice_goods._returns(books.office)
    window = sit(books, CLERK, "returns", "purchases/DEA-0004-2026-10")
    line(window, "returns_what").setFocus()
    keys(qtbot, "Old Terrace", "", "200", "18000")
    assert window.findChild(QWidget, "returns_findings_digger_over_capacity") is not None
    qtbot.keyClick(focused(), Qt.Key.Key_Return, CONTROL)
    assert "Old Terrace sold 200.00 ct" in label(window, "returns_notice_words")
    line(window, "returns_document").setText("letter 7")
    qtbot.keyClick(focused(), Qt.Key.Key_Return, CONTROL)
    dialog = window.findChild(SecondSignature)
    assert dialog is not None
    line(dialog, "second_officer").setText("Supervisor One")
    line(dialog, "second_password").setText(PASSWORD)
    qtbot.mouseClick(dialog.findChild(QWidget, "second_sign"), Qt.MouseButton.LeftButton)
    made = returns.purchases_year(books[CLERK], 2026).cells["DEA-0004", date(2026, 10, 1)]
    assert made.lifted[0].endswith(": letter 7")


def test_years_turn_by_keys_and_the_future_is_shut(at: At, sit: Sit, qtbot: QtBot) -> None:
    window = sit(at("bagged"), CLERK, "returns")
    qtbot.keyClick(focused(), Qt.Key.Key_Right, CONTROL)
    assert label(window, "subtitle").startswith("2026")
    qtbot.keyClick(focused(), Qt.Key.Key_Left, CONTROL)
    assert label(window, "subtitle").startswith("2025")
