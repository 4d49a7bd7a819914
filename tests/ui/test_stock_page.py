"""The stock at the window: ranges scanned, one or two sign, lists on paper and as CSV; all by keyboard."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QComboBox, QPushButton, QTableView
from pytestqt.qtbot import QtBot

from kpdesk.desks import stock
from kpdesk.domain.stock import StockKind, StockState
from kpdesk.practice import CLERK, PREPARER, SUPERVISOR, SUPERVISOR_2
from kpdesk.practice import supervising as practice
from tests.desks.practice_books import PASSWORD, Books
from tests.ui.accessible import backwards, faults
from tests.ui.hands import CONTROL, focused, keys, label, line
from ui.second import SecondSignature
from ui.supervisor.listing import ListBar
from ui.supervisor.stock import StockPage
from ui.widgets.rows import Rows
from ui.window import DeskWindow

At, Sit = Callable[[str], Books], Callable[..., DeskWindow]


def choose(window: DeskWindow, name: str, data: object) -> None:
    chosen = window.findChild(QComboBox, name)
    chosen.setCurrentIndex(chosen.findData(data))
    assert chosen.currentData() == data


def cells(window: DeskWindow, name: str) -> list[list[str]]:
    model = window.findChild(Rows, name).findChild(QTableView).model()
    return [
        [str(model.index(row, column).data()) for column in range(model.columnCount())]
        for row in range(model.rowCount())
    ]


def sign_beside(window: DeskWindow, officer: str = SUPERVISOR_2) -> list[str]:
    """Name and password; what was shown to be signed."""
    dialog = window.findChildren(SecondSignature)[-1]
    shown = [str(slip.about) for slip in dialog.findChild(Rows, "second_lines").model.slips]  # type: ignore[attr-defined]
    line(dialog, "second_officer").setText(officer)
    line(dialog, "second_password").setText(PASSWORD)
    dialog.findChild(QPushButton, "second_sign").click()
    return shown


def test_a_delivery_is_counted_in_by_two(at: At, sit: Sit, qtbot: QtBot) -> None:
    books = at("ready")
    window = sit(books, SUPERVISOR, "stock")
    choose(window, "stock_kind", StockKind.SEAL)
    choose(window, "stock_doing_what", "receive")
    line(window, "stock_first").setFocus()
    keys(qtbot, "ts 005001", "TS005010", "TS005003, TS005007-TS005008", "PL-0815")
    assert "7" in label(window, "stock_last_below")
    qtbot.keyClick(focused(), Qt.Key.Key_Return, CONTROL)
    assert sign_beside(window) == ["Count in a delivery", "Seals: TS005001 – TS005010, pieces: 7", "PL-0815"]
    (delivery,) = stock.deliveries(books[SUPERVISOR])
    assert delivery.gaps == ("TS005003", "TS005007", "TS005008")
    assert [row[:2] for row in cells(window, "stock_ranges")][-3:] == [
        ["TS005001 – 005002", "2"],
        ["TS005004 – 005006", "3"],
        ["TS005009 – 005010", "2"],
    ]
    assert label(window, "stock_first_below") == " " or not line(window, "stock_first").text()


def test_a_range_is_handed_out_and_taken_back_alone(at: At, sit: Sit, qtbot: QtBot) -> None:
    books = at("ready")
    window = sit(books, SUPERVISOR, "stock")
    choose(window, "stock_kind", StockKind.BAG)
    choose(window, "stock_doing_what", "hand_out")
    line(window, "stock_first").setFocus()
    keys(qtbot, "TB000001", "TB000010", "issuing one")
    qtbot.keyClick(focused(), Qt.Key.Key_Return, CONTROL)
    assert ["TB000001 – 000010", "10", "with an officer", PREPARER] in cells(window, "stock_ranges")
    choose(window, "stock_doing_what", "take_back")
    table = window.findChild(QTableView, "stock_ranges_table")
    table.selectRow(0)
    table.setFocus()
    qtbot.keyClick(table, Qt.Key.Key_Return)
    assert line(window, "stock_last").text() == "TB000010"
    qtbot.keyClick(focused(), Qt.Key.Key_Return, CONTROL)
    assert cells(window, "stock_ranges") == [["TB000001 – 000060", "60", "in the safe", ""]]
    assert [row[1] for row in cells(window, "stock_moves")] == ["Taken back", "Handed out", "Counted in"]


def test_what_is_wrong_is_said_and_what_was_typed_stays(at: At, sit: Sit, qtbot: QtBot) -> None:
    books = at("ready")
    window = sit(books, SUPERVISOR, "stock")
    choose(window, "stock_kind", StockKind.BAG)
    choose(window, "stock_doing_what", "take_back")
    line(window, "stock_first").setFocus()
    qtbot.keyClick(focused(), Qt.Key.Key_Return, CONTROL)
    assert focused() is line(window, "stock_first")
    keys(qtbot, "TB000001", "TS000010")
    assert "no series" in label(window, "stock_last_notice_words")
    line(window, "stock_last").setText("TB000002")
    qtbot.keyClick(focused(), Qt.Key.Key_Return, CONTROL)
    assert "TB000001" in label(window, "stock_doing_notice_words"), "it lies in the safe"
    assert line(window, "stock_first").text() == "TB000001"


def test_a_stolen_range_is_void_when_both_have_signed(at: At, sit: Sit, qtbot: QtBot) -> None:
    books = at("ready")
    window = sit(books, SUPERVISOR, "stock")
    choose(window, "stock_doing_what", "missing")
    line(window, "stock_first").setFocus()
    keys(qtbot, "ZZ2026001380", "ZZ2026001384", "police 12")
    qtbot.keyClick(focused(), Qt.Key.Key_Return, CONTROL)
    sign_beside(window)
    missing = stock.stock(books[SUPERVISOR], StockKind.BLANK, StockState.MISSING)
    assert len(missing) == 5
    choose(window, "stock_list", "missing")
    window.findChild(QPushButton, "stock_print").click()
    page = window.findChild(StockPage)
    assert page._view.paper.paper is not None
    assert page._view.paper.paper.title == "Blanks: Missing"
    qtbot.keyClick(focused(), Qt.Key.Key_Escape)
    assert focused() is window.findChild(QTableView, "stock_ranges_table")


def test_seals_go_to_another_office_with_a_protocol(at: At, sit: Sit, qtbot: QtBot) -> None:
    books = at("ready")
    window = sit(books, SUPERVISOR, "stock")
    choose(window, "stock_kind", StockKind.SEAL)
    assert window.findChild(QComboBox, "stock_doing_what").findData("arrived") < 0, "nothing is on its way"
    choose(window, "stock_doing_what", "send")
    line(window, "stock_first").setFocus()
    keys(qtbot, "TS000001", "TS000005", "ZZ-NORTH")
    qtbot.keyClick(focused(), Qt.Key.Key_Return, CONTROL)
    sign_beside(window)
    page = window.findChild(StockPage)
    assert page._view.paper.paper is not None, "the protocol to be signed"
    (sent,) = stock.transfers(books[SUPERVISOR], live=True)
    assert sent.id in page._view.paper.paper.title
    qtbot.keyClick(focused(), Qt.Key.Key_Escape)
    choose(window, "stock_doing_what", "arrived")
    line(window, "stock_report").setText("N-7")
    page.form.card.ask()
    sign_beside(window)
    assert stock.transfers(books[SUPERVISOR], live=True) == ()
    assert cells(window, "stock_transfers")[0][-1] == "N-7"


def test_every_list_is_saved_and_drawn(at: At, sit: Sit, tmp_path: Path) -> None:
    books = at("ready")
    practice.fill(books.office)
    window = sit(books, SUPERVISOR, "stock")
    choose(window, "stock_kind", StockKind.BAG)
    bar, page = window.findChild(ListBar), window.findChild(StockPage)
    bags = len([*stock.listed(books[SUPERVISOR], StockKind.BAG)])
    counts = {"missing": 5, "spoiled": 4, "by_officer": 40, "allotted": 0, "at_hand": bags - 9, "register": bags}
    for which in (*counts, "moves"):
        choose(window, "stock_list", which)
        bar.save_as(tmp_path / "list.csv")
        rows = (tmp_path / "list.csv").read_text("utf-8-sig").splitlines()[1:]
        assert len(rows) == counts.get(which, 6)
        bar.show_paper()
        assert page._view.paper.paper is not None
        assert page._view.paper.paper.pdf.startswith(b"%PDF")
    bar.save_as(tmp_path / "list.csv" / "list.csv")
    assert "list.csv" in label(window, "stock_saved_words")


def test_a_number_is_looked_up(at: At, sit: Sit, qtbot: QtBot) -> None:
    window = sit(at("ready"), SUPERVISOR, "stock", "stock/bag-TB000042")
    assert cells(window, "stock_register") == [["TB000042", "in the safe", "", ""]]
    qtbot.keyClick(focused(), Qt.Key.Key_F, CONTROL)
    assert focused() is line(window, "stock_search")
    line(window, "stock_search").setText("tb0000")
    window.findChild(StockPage).search_now()
    assert len(cells(window, "stock_register")) == 50


def test_only_a_supervisor_has_the_page_and_everything_is_named(at: At, sit: Sit) -> None:
    books = at("ready")
    assert "stock" not in sit(books, CLERK).sections
    page = sit(books, SUPERVISOR, "stock").findChild(StockPage)
    for place in range(page.form.card._what.count()):
        page.form.card._what.setCurrentIndex(place)
        assert faults(page) == []
        QApplication.processEvents()
        assert backwards(page.form) == []
