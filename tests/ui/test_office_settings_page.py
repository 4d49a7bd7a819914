"""The office's own rules at the window: today's value, what comes, a change by two from a day on."""

from collections.abc import Callable
from dataclasses import fields
from datetime import timedelta

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton, QTableView
from pytestqt.qtbot import QtBot

from kpdesk.desks import supervisor
from kpdesk.practice import SUPERVISOR
from kpdesk.practice import supervising as practice
from kpdesk.settings import Settings
from tests.desks.practice_books import TODAY, Books
from tests.ui.accessible import faults
from tests.ui.hands import CONTROL, focused, keys, label, line
from tests.ui.test_stock_page import cells, choose, sign_beside
from ui.formats import day
from ui.supervisor.office_settings import OfficeSettingsPage
from ui.supervisor.settings_words import SETTINGS
from ui.window import DeskWindow

At, Sit = Callable[[str], Books], Callable[..., DeskWindow]
NAMES = [field.name for field in fields(Settings)]


def pick(window: DeskWindow, name: str) -> None:
    window.findChild(QTableView, "office_settings_list_table").selectRow(NAMES.index(name))


def press(window: DeskWindow) -> None:
    window.findChild(QPushButton, "office_settings_doing_do").click()


def test_every_setting_has_words() -> None:
    assert [name for name in NAMES if name not in SETTINGS] == []


def test_a_number_is_changed_from_a_day_on(at: At, sit: Sit, qtbot: QtBot) -> None:
    books = at("ready")
    window = sit(books, SUPERVISOR, "office_settings")
    pick(window, "confirmation_days")
    assert "overdue" in label(window, "office_settings_told")
    line(window, "office_settings_value").setFocus()
    first = TODAY + timedelta(days=9)
    keys(qtbot, "21", day(first))
    qtbot.keyClick(focused(), Qt.Key.Key_Return, CONTROL)
    assert sign_beside(window)[1] == f"Confirmation within days: 30 becomes 21 from {day(first)}"
    row = cells(window, "office_settings_list")[NAMES.index("confirmation_days")]
    assert row[1:] == ["30", "", f"21 {day(first)}"]
    assert cells(window, "office_settings_decided")[0][:3] == ["21", day(first), "Supervisor One, Supervisor Two"]
    books.clock.pass_days(10)
    slip = next(each for each in supervisor.settings_of(books[SUPERVISOR]) if each.name == "confirmation_days")
    assert (slip.value, slip.since, slip.coming) == (21, first, ())


def test_what_does_not_fit_is_said_beside_the_field(at: At, sit: Sit) -> None:
    window = sit(at("ready"), SUPERVISOR, "office_settings")
    for name, typed in (("validity_days", "0"), ("validity_days", "soon"), ("readability", "NaN")):
        pick(window, name)
        line(window, "office_settings_value").setText(typed)
        line(window, "office_settings_from").setText(day(TODAY))
        press(window)
        assert label(window, "office_settings_value_notice_words")
        assert line(window, "office_settings_value").text() == typed
    line(window, "office_settings_value").setText("0.002")
    line(window, "office_settings_from").setText(day(TODAY - timedelta(days=1)))
    press(window)
    assert "reach back" in label(window, "office_settings_from_notice_words")


def test_yes_or_no_and_words_are_chosen(at: At, sit: Sit) -> None:
    books = at("ready")
    window = sit(books, SUPERVISOR, "office_settings")
    for name, chosen in (("small_office", "yes"), ("valuation_rule", "government")):
        pick(window, name)
        choose(window, "office_settings_pick", chosen)
        line(window, "office_settings_from").setText(day(TODAY))
        press(window)
        sign_beside(window)
    now = {each.name: each.value for each in supervisor.settings_of(books[SUPERVISOR])}
    assert (now["small_office"], now["valuation_rule"]) == (True, "government")


def test_own_dates_and_zones(at: At, sit: Sit) -> None:
    books = at("ready")
    window = sit(books, SUPERVISOR, "office_settings")
    choose(window, "office_settings_doing_what", "own_date")
    line(window, "office_settings_code").setText("xz")
    choose(window, "office_settings_law", False)
    line(window, "office_settings_from").setText(day(TODAY))
    press(window)
    sign_beside(window)
    assert cells(window, "office_settings_own") == [["XZ", day(TODAY), "imports barred"]]
    choose(window, "office_settings_doing_what", "zone")
    line(window, "office_settings_code").setText("CF")
    line(window, "office_settings_zone").setText("Practice Zone")
    line(window, "office_settings_from").setText(day(TODAY))
    press(window)
    sign_beside(window)
    assert cells(window, "office_settings_zones") == [["CF", "Practice Zone", day(TODAY), ""]]


def test_everything_is_named(at: At, sit: Sit) -> None:
    books = at("ready")
    practice.fill(books.office)
    window = sit(books, SUPERVISOR, "office_settings")
    page = window.findChild(OfficeSettingsPage)
    for place in range(3):
        page.card._what.setCurrentIndex(place)
        assert faults(page) == []
    assert "coming: 2" in " ".join(each.text() for each in window.findChildren(QLabel))
