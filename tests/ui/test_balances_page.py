"""The supervisor's balances over real books: the list, the log, a miss signed, a calibration, a new one found."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from kpdesk.desks import balances
from kpdesk.domain.balance import Balance, DialectName
from kpdesk.practice import SUPERVISOR, SUPERVISOR_2
from kpdesk.practice import balances as practice_balances
from tests.desks.practice_books import PASSWORD, Books
from tests.ui.accessible import backwards, faults
from tests.ui.hands import CONTROL, focused, keys, label, line
from ui.second import SecondSignature
from ui.supervisor.balances import BalancesPage
from ui.window import DeskWindow

Sit = Callable[..., DeskWindow]


def click(window: DeskWindow, name: str) -> None:
    found = window.findChild(QPushButton, name)
    assert isinstance(found, QPushButton)
    found.click()


@pytest.fixture
def books(at: Callable[[str], Books]) -> Books:
    made = at("ready")
    practice_balances.fill(made.office)
    return made


def opened(sit: Sit, books: Books) -> tuple[DeskWindow, BalancesPage]:
    window = sit(books, SUPERVISOR, "balances")
    page = window.page("balances")
    assert isinstance(page, BalancesPage)
    page.weighing.hide()  # the live line has tests of its own
    return window, page


def test_the_list_and_the_log_of_the_picked_one(sit: Sit, books: Books, qtbot: QtBot) -> None:
    window, page = opened(sit, books)
    assert faults(window) == []
    assert backwards(page) == []
    assert "in use: 2" in label(window, "subtitle")
    assert [row.balance.id for row in page._list.model.slips] == ["JET-1", practice_balances.COARSE]
    assert [row.what for row in page._log.model.slips] == ["Refused reading", "Check weight", "Zero"]
    assert "“S D    321.117 ct”" in page._log.model.slips[0].note
    assert "in order" in label(window, "balances_stands_words")
    qtbot.keyClick(page._list.table, Qt.Key.Key_Down)
    assert [str(row.off) for row in page._log.model.slips] == ["0.25"]
    assert window.findChild(QWidget, "balances_found_check_weight_missed") is not None


def test_a_miss_is_signed_with_what_was_found(sit: Sit, books: Books, qtbot: QtBot) -> None:
    window, page = opened(sit, books)
    qtbot.keyClick(page._list.table, Qt.Key.Key_Down)
    click(window, "balances_sign")
    assert label(window, "balances_why_notice_words") == "Fill this in."
    qtbot.keyClicks(focused(), "dust under the pan")
    click(window, "balances_sign")
    assert "LOT-2 may weigh again" in label(window, "status_said")
    assert page._log.model.slips[0].note == "PW-1000/4  dust under the pan"
    assert not window.findChild(QPushButton, "balances_sign").isVisible()


def test_a_new_calibration_is_entered(sit: Sit, books: Books, qtbot: QtBot) -> None:
    window, page = opened(sit, books)
    qtbot.keyClick(page._list.table, Qt.Key.Key_Down)
    click(window, "balances_renew")
    line(window, "balances_until").setText("1.10.2025")
    click(window, "balances_renew")
    assert "already runs until" in label(window, "balances_stands_words")
    line(window, "balances_until").setText("1.10.2027")
    line(window, "balances_certificate").setText("PCAL-2026-90")
    click(window, "balances_renew")
    assert "calibrated until 01 Oct 2027" in label(window, "status_said")


def test_a_balance_is_found_entered_and_signed_by_two(sit: Sit, books: Books, qtbot: QtBot) -> None:
    window, page = opened(sit, books)
    click(window, "balances_new")
    assert faults(window) == []
    assert focused() is window.findChild(QComboBox, "balance_place")
    click(window, "balance_find")
    assert "B021002593" in label(window, "balance_answer")
    qtbot.keyClick(focused(), Qt.Key.Key_Return, CONTROL)
    assert label(window, "balance_id_notice_words") == "Fill this in."
    keys(qtbot, "JET-2", "Practice", "Two", "P-3")
    for name, text in (("readability", "0,001"), ("maximum", "2 500"), ("until", "1.6.2027"), ("weight", "PW-1")):
        line(window, f"balance_{name}").setText(text)
    line(window, "balance_nominal").setText("500")
    line(window, "balance_tolerance").setText("0.0050001")
    qtbot.keyClick(focused(), Qt.Key.Key_Return, CONTROL)
    assert "decimals" in label(window, "balance_tolerance_notice_words")
    line(window, "balance_tolerance").setText("0.005")
    qtbot.keyClick(focused(), Qt.Key.Key_Return, CONTROL)
    dialog = window.findChild(SecondSignature)
    assert dialog is not None
    line(dialog, "second_officer").setText(SUPERVISOR_2)
    line(dialog, "second_password").setText(PASSWORD)
    dialog.findChild(QPushButton, "second_sign").click()
    made = next(each for each in balances.balances(books[SUPERVISOR]) if each.id == "JET-2")
    assert (made.dialect, str(made.line), str(made.readability)) == (DialectName.SICS, "9600 8N1", "0.001")
    assert (str(made.maximum), made.weight and str(made.weight.nominal)) == ("2500", "500")
    assert "JET-2 is on the books" in label(window, "status_said")
    assert [row.balance.id for row in page._list.model.slips] == ["JET-1", "JET-2", "LOT-2"]


def test_one_is_changed_and_keeps_its_checks(sit: Sit, books: Books) -> None:
    window, page = opened(sit, books)
    click(window, "balances_change")
    assert line(window, "balance_id").isReadOnly()
    assert line(window, "balance_maximum").text() == "2500.000"
    entered: list[Balance] = []
    page.form.entered.connect(lambda balance, new: entered.append(balance))
    line(window, "balance_model").setText("JET 2500D")
    page.form.enter_balance()
    assert entered[0].model == "JET 2500D"
    assert entered[0].adapter == "practice"
    page.form.left.emit()
    assert page._pages.currentIndex() == 0


def test_a_profile_is_read_or_said_to_be_none(sit: Sit, books: Books, tmp_path: Path) -> None:
    window, page = opened(sit, books)
    click(window, "balances_new")
    broken, good = tmp_path / "broken.toml", tmp_path / "good.toml"
    broken.write_text("line = 3")
    good.write_text("line = '(?P<value>[0-9.]+) (?P<unit>ct)'")
    for file in (broken, tmp_path / "missing.toml"):
        page.form.take_profile(file)
        assert "no profile of a balance" in label(window, "balance_top_words")
    page.form.take_profile(good)
    assert "(?P<value>" in label(window, "balance_answer")


def test_much_typing_is_said(sit: Sit, books: Books) -> None:
    from ui.supervisor.balances import Overview

    window, page = opened(sit, books)
    page.show_overview(Overview((), (2, 19)))
    assert "2 of 19" in label(window, "balances_typed_words")
    page.show_overview(Overview((), (2, 20)))
    assert not window.findChild(QWidget, "balances_typed").isVisible()
