"""All parcels and their dossiers over real books; every page of the counter named and fitting at 200 %."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPushButton, QTableView, QWidget
from pytestqt.qtbot import QtBot

from kpdesk.desks import counter
from kpdesk.domain.custody import Place
from kpdesk.domain.measures import Carats
from kpdesk.domain.weighing import typed
from kpdesk.practice import CLERK, SUPERVISOR, read_balance
from tests.desks.practice_books import PARCEL, Books, receive
from tests.ui.accessible import backwards, faults
from tests.ui.hands import CONTROL, focused, keys, label, line
from ui.look import Look
from ui.widgets.taken import Taken
from ui.window import DeskWindow

Sit = Callable[..., DeskWindow]
At = Callable[[str], Books]


def registered(books: Books, carats: str = "10.004", **changes: object) -> str:
    weighed = [typed(Carats.of(carats), officer="", reason="none", at=books.clock())]
    return receive(books, weighings=weighed, **changes)


def take(window: DeskWindow, section: str, books: Books, who: str, carats: str) -> None:
    """The balance says this, and F8 is pressed."""
    reading = read_balance(Carats.of(carats).value, books[who])
    window.page(section).weighing.taken.emit(Taken(reading.carats, reading, "PRACTICE-1"))


def test_a_parcel_is_found_and_its_dossier_opened(at: At, sit: Sit, qtbot: QtBot) -> None:
    books = at("bagged")
    for _ in range(60):
        receive(books)
    window = sit(books, CLERK, "parcels")
    page = window.page("parcels")
    table = window.findChild(QTableView, "parcels_rows_table")
    assert table.model().rowCount() == 50
    table.verticalScrollBar().setValue(table.verticalScrollBar().maximum())
    assert table.model().rowCount() == 61, "the next page came by scrolling"
    qtbot.keyClicks(line(window, "parcels_search"), "1234.56")
    assert page._pause.interval() <= 150
    page._pause.timeout.emit()
    assert table.model().rowCount() == 1
    keys(qtbot, "")
    qtbot.keyClick(focused(), Qt.Key.Key_Return)
    assert label(window, "dossier_number") == PARCEL
    assert label(window, "dossier_carats") == "1\u00a0234.56\u00a0ct"
    qtbot.keyClick(focused(), Qt.Key.Key_Tab, CONTROL)
    assert page.dossier._tabs.current == 1
    qtbot.keyClick(focused(), Qt.Key.Key_Escape)
    assert focused() is line(window, "parcels_search")


def test_its_paper_is_shown_before_it_is_printed(at: At, sit: Sit, qtbot: QtBot) -> None:
    books = at("bagged")
    window = sit(books, CLERK, "parcels", f"parcel/{PARCEL}")
    qtbot.keyClick(focused(), Qt.Key.Key_P, CONTROL)
    assert PARCEL in label(window, "parcels_paper_title")
    qtbot.keyClick(focused(), Qt.Key.Key_Escape)
    papers = window.findChild(QTableView, "dossier_papers_table")
    assert papers.model().rowCount() == 1
    window.go("register")
    page = window.page("register")
    keys(qtbot, "41", "", "T-1", "zz", "", "", "")
    take(window, "register", books, CLERK, "10.000")
    page.save()
    qtbot.keyClick(focused(), Qt.Key.Key_P, CONTROL)
    assert label(window, "dossier_number") == "P-2026-000002"
    assert "P-2026-000002" in label(window, "parcels_paper_title")


def test_a_dossier_follows_what_is_done_elsewhere(at: At, sit: Sit) -> None:
    books = at("bagged")
    window = sit(books, SUPERVISOR, "parcels", f"parcel/{PARCEL}")
    counter.hand_over(books[CLERK], books[SUPERVISOR], parcels=[PARCEL], place=Place.VAULT)
    window._workroom.changed.emit(frozenset({"parcels"}))
    table = window.findChild(QTableView, "dossier_custody_table")
    assert table.model().rowCount() == 2
    page = window.page("parcels")
    page.turn_to("parcel/P-2026-999999")
    page.enter()
    assert "P-2026-999999" in label(window, "trouble_words")


@pytest.mark.parametrize("section", ["register", "weigh", "bag", "handover", "contest", "parcels"])
def test_every_page_is_named_and_fits_at_200_percent(
    section: str, at: At, sit: Sit, qapp: QApplication, qtbot: QtBot
) -> None:
    books = at("bagged")
    registered(books)
    window = sit(books, CLERK, section, f"parcel/{PARCEL}" if section == "parcels" else "")
    window.resize(1280, 720)
    assert faults(window) == []
    assert backwards(window) == []
    Look().sized(200).wear(qapp)
    qapp.processEvents()
    held = window._pages[section][0]
    assert held.horizontalScrollBar().maximum() == 0
    for each in held.findChildren(QPushButton):
        if each.isVisible():
            assert each.width() >= each.sizeHint().width(), each.objectName()
    assert isinstance(held, QWidget)
