"""Firms that print: the counter's button, the officer's page, the seat's; seen only where the office turned it on."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot

from kpdesk.desks import seat_printing, sheets
from kpdesk.desks.desk import Desk
from kpdesk.desks.sheets import Sheet
from kpdesk.domain.issuance import State
from kpdesk.practice import COUNTER, PREPARER
from tests.desks import test_firm_printing as firms
from tests.desks.practice_books import BLANK, SHIPMENT, Books
from tests.desks.practice_seat import PERSON
from tests.ui.accessible import backwards, faults
from tests.ui.hands import CONTROL, focused, keys, label, line
from tests.ui.test_seat_pages import AtSeat
from ui.window import DeskWindow

At = Callable[[str], Books]
Sit = Callable[..., DeskWindow]
reader, firm = firms.reader, firms.firm


def test_nobody_sees_it_where_firms_do_not_print(at: At, sit: Sit) -> None:
    books = at("approved")
    assert "firm_printing" not in sit(books, PREPARER).sections
    window = sit(books, COUNTER, "status")
    assert not window.findChild(QPushButton, "status_own").isVisible()


def test_an_officer_binds_the_firm_prints_and_the_officer_answers(at: At, sit: Sit, qtbot: QtBot) -> None:
    books = at("approved")
    firms.turn_on(books, "exporter_prints")
    window = sit(books, PREPARER, "firm_printing")
    assert faults(window) == []
    assert backwards(window) == []
    assert BLANK in label(window, "firm_printing_blank_below")
    line(window, "firm_printing_blank").setFocus()
    keys(qtbot, BLANK)
    qtbot.keyClick(focused(), Qt.Key.Key_Return, CONTROL)
    assert f"{BLANK} is bound" in label(window, "status_said")
    counter = sit(books, COUNTER, "status")
    own = counter.findChild(QPushButton, "status_own")
    assert own.isVisible()
    own.click()
    assert f"{BLANK} is printing" in label(counter, "status_said")
    assert not own.isVisible()
    question = sheets.open_question(books[PREPARER])
    assert question is not None
    assert question.number == BLANK
    own.click()
    assert sheets.answer(books[PREPARER], BLANK, Sheet.GOOD, read=[BLANK]).state is State.ISSUED


def test_data_at_the_seat_codes_at_the_office(firm: tuple[Books, Desk], sit: Sit, qtbot: QtBot) -> None:
    books, own = firm
    seat_window = sit(AtSeat(own, books.clock), PERSON, "status")
    assert seat_window.findChild(QWidget, "status_blank").isVisible()
    seat_window.findChild(QPushButton, "status_own").click()
    (report,) = own.folder.out.glob("*.kpp")
    assert str(report) in label(seat_window, "status_said")
    assert (own.folder.out / f"{firms.OWN}-data.pdf").is_file()
    assert [each.number for each in seat_printing.blanks(own)] == [firms.OTHER]
    window = sit(books, PREPARER, "firm_printing")
    page = window.page("firm_printing")
    page.take(report)
    assert f"data on {firms.OWN} are reported" in label(window, "status_said")
    line(window, "firm_printing_blank").setFocus()
    keys(qtbot, BLANK)
    qtbot.keyClick(focused(), Qt.Key.Key_Return, CONTROL)
    assert "No seat has reported" in label(window, "firm_printing_trouble_words")
    line(window, "firm_printing_blank").setText(firms.OWN)
    page.go_on()
    question = sheets.open_question(books[PREPARER])
    assert question is not None
    assert question.number == firms.OWN
    assert label(window, "title") == "Issue"
    done = sheets.answer(books[PREPARER], firms.OWN, Sheet.GOOD, read=[firms.OWN])
    assert (done.state, done.shipment) == (State.ISSUED, SHIPMENT)


def test_a_bad_report_is_named(firm: tuple[Books, Desk], sit: Sit, tmp_path: Path) -> None:
    books, _ = firm
    window = sit(books, PREPARER, "firm_printing")
    bad = tmp_path / "bad.kpp"
    bad.write_bytes(b"no report")
    window.page("firm_printing").take(bad)
    assert "no signed printed file" in label(window, "firm_printing_trouble_words")


def test_at_the_counter_only_this_firm_is_on_the_screen(at: At, sit: Sit) -> None:
    books = at("applied")
    window = sit(books, COUNTER, "status")
    page = window.page("status")
    page._counter.face("EXP-0042", "Comptoir")
    assert page._list.model.slips == ()
    assert label(window, "status_title") == ""
    window.go("application")
    assert line(window, "application_exporter").text().startswith("EXP-0042")
    page._counter.face("", "")
    assert len(page._list.model.slips) == 1
