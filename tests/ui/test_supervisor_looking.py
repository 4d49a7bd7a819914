"""Office today, exceptions and the history at the real window: a supervisor acts, an auditor looks."""

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QComboBox, QPushButton, QTableView, QWidget
from pytestqt.qtbot import QtBot

from kpdesk.desks import clerk, exceptions
from kpdesk.domain.weighing import Reading
from kpdesk.practice import AUDITOR, CLERK, SUPERVISOR
from tests.desks.practice_books import BLANK, Books, receive
from tests.ui.accessible import backwards, faults
from tests.ui.hands import CONTROL, focused, label, line
from ui.look import Look
from ui.supervisor.listing import ListBar, WithPaper
from ui.widgets.chart import Chart
from ui.widgets.rows import Rows
from ui.window import DeskWindow

At, Sit = Callable[[str], Books], Callable[..., DeskWindow]


def typed(books: Books, times: int = 1) -> None:
    for _ in range(times):
        reading = Reading(Decimal("12.345"), "ct", True, "", True, 0, b"", books.clock())
        clerk.record_weighing(books[CLERK], receive(books), reading=reading, by_hand="no_balance")


def cells(window: QWidget, name: str, column: int) -> list[str]:
    model = window.findChild(Rows, name).findChild(QTableView).model()
    return [str(model.index(row, column).data()) for row in range(model.rowCount())]


def notice(window: QWidget, name: str) -> str:
    return label(window, f"{name}_words")


@pytest.fixture(params=["office_today", "exceptions", "log"])
def section(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.mark.parametrize("officer", [SUPERVISOR, AUDITOR])
def test_names_labels_and_order(at: At, sit: Sit, section: str, officer: str) -> None:
    books = at("spooled")
    typed(books)
    window = sit(books, officer, section)
    page = window.page(section)
    assert page is not None
    assert faults(page) == []
    assert backwards(page) == []


def test_nothing_is_cut_at_twice_the_size(at: At, sit: Sit, section: str, qapp: QApplication) -> None:
    Look().sized(200).wear(qapp)
    books = at("spooled")
    typed(books)
    page = sit(books, SUPERVISOR, section).page(section)
    assert page is not None
    short = [
        each.objectName()
        for each in page.findChildren(QPushButton)
        if each.isVisible() and each.width() < each.sizeHint().width()
    ]
    assert short == []


# Office today


def test_an_alarm_opens_what_it_is_about(at: At, sit: Sit, qtbot: QtBot) -> None:
    books = at("spooled")
    typed(books)
    window = sit(books, SUPERVISOR, "office_today")
    assert cells(window, "office_alerts", 0)[0] == "Sheets printed and not looked at"
    assert cells(window, "office_alerts", 1)[0] == BLANK
    rows = window.findChild(Rows, "office_alerts")
    rows.table.selectRow(cells(window, "office_alerts", 0).index("Exceptions not signed off"))
    rows.take_cursor()
    qtbot.keyClick(focused(), Qt.Key.Key_Return)
    assert label(window, "title") == "Exceptions"


def test_what_an_officer_did_leads_to_the_history(at: At, sit: Sit, qtbot: QtBot) -> None:
    books = at("exported")
    window = sit(books, AUDITOR, "office_today")
    names = cells(window, "office_officers", 0)
    rows = window.findChild(Rows, "office_officers")
    rows.table.selectRow(names.index(CLERK))
    rows.take_cursor()
    qtbot.keyClick(focused(), Qt.Key.Key_Return)
    assert label(window, "title") == "History"
    assert set(cells(window, "log_rows", 4)) == {CLERK}


def test_ctrl_t_turns_pictures_into_figures(at: At, sit: Sit, qtbot: QtBot) -> None:
    window = sit(at("exported"), SUPERVISOR, "office_today")
    ages, carats = (window.findChild(Chart, name) for name in ("office_ages", "office_carats"))
    assert ages.told == "No parcel is in the house."
    assert "1 235 ct" in carats.told.replace("\u00a0", " ")
    qtbot.keyClick(focused(), Qt.Key.Key_T, CONTROL)
    assert ages.shows_figures
    assert carats.shows_figures


def test_a_chart_is_printed_with_its_figures(at: At, sit: Sit, qtbot: QtBot) -> None:
    books = at("exported")
    window = sit(books, SUPERVISOR, "office_today")
    window.findChild(QComboBox, "office_list").setCurrentIndex(2)
    qtbot.keyClick(focused(), Qt.Key.Key_P, CONTROL)
    shown = window.page("office_today").findChild(WithPaper).paper.paper  # type: ignore[union-attr]
    assert shown.title == "Carats exported by month"
    assert b"/Subtype /Image" in shown.pdf


# Exceptions


def test_signed_off_by_two_keys_and_on_to_the_next(at: At, sit: Sit, qtbot: QtBot) -> None:
    books = at("ready")
    typed(books, 2)
    window = sit(books, SUPERVISOR, "exceptions")
    assert sorted(cells(window, "exceptions_rows", 1)) == [
        "Over 10 % by hand in a week", "Weight typed by hand", "Weight typed by hand",
    ]  # fmt: skip
    line(window, "exceptions_remark").setText("the balance was away")
    for left in (2, 1, 0):
        qtbot.keyClick(focused(), Qt.Key.Key_Return, CONTROL)
        assert len(cells(window, "exceptions_rows", 1)) == left
    signed = [each.signed for each in exceptions.exceptions(books[SUPERVISOR]).found]
    assert sorted(each.remark for each in signed if each) == ["", "", "the balance was away"]
    assert "0 are to be signed off" in window.findChild(Chart, "exceptions_weeks").told


def test_by_sort_and_officer(at: At, sit: Sit) -> None:
    books = at("ready")
    typed(books)
    receive(books, why="brought again after sorting")
    window = sit(books, AUDITOR, "exceptions")
    what = window.findChild(QComboBox, "exceptions_what")
    what.setCurrentIndex(what.findData("overridden"))
    assert cells(window, "exceptions_rows", 4) == ["brought again after sorting"]
    by = window.findChild(QComboBox, "exceptions_by")
    by.setCurrentIndex(by.findData(books[CLERK].officer.id))
    assert len(cells(window, "exceptions_rows", 0)) == 1


def test_an_auditor_has_nothing_to_sign_with(at: At, sit: Sit) -> None:
    books = at("ready")
    typed(books)
    window = sit(books, AUDITOR, "exceptions")
    assert not window.findChild(QPushButton, "exceptions_sign").isVisible()
    assert not line(window, "exceptions_remark").isVisible()


def test_ones_own_is_left_to_another(at: At, sit: Sit, qtbot: QtBot) -> None:
    books = at("ready")
    books.clock.at = books.clock.at.replace(hour=21)
    with books[SUPERVISOR].unit() as unit:
        unit.note_record("set", "setting", "practice", {"value": 1})
    window = sit(books, SUPERVISOR, "exceptions")
    assert cells(window, "exceptions_rows", 1) == ["Outside office hours"]
    assert "another supervisor" in label(window, "exceptions_facts")
    qtbot.keyClick(focused(), Qt.Key.Key_Return, CONTROL)
    assert len(cells(window, "exceptions_rows", 1)) == 1


def test_the_list_as_a_file(at: At, sit: Sit, tmp_path: Path) -> None:
    books = at("ready")
    typed(books)
    window = sit(books, AUDITOR, "exceptions")
    window.page("exceptions").findChild(ListBar).save_as(tmp_path / "list.csv")  # type: ignore[union-attr]
    text = (tmp_path / "list.csv").read_text("utf-8-sig")
    assert "Weight typed by hand" in text
    assert "No balance at this desk" in text
