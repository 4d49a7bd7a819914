"""Officers at the window: rights by two, own passwords, acting, handing over, leaving."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QPushButton, QTableView
from pytestqt.qtbot import QtBot

from kpdesk.desks import clerk, handing, offices, people, sheets
from kpdesk.domain.parties import Role
from kpdesk.practice import CLERK, CLERK_2, PREPARER, SUPERVISOR, VALUER
from kpdesk.practice import supervising as practice
from tests.desks.practice_books import PASSWORD, TODAY, Books
from tests.ui.accessible import faults
from tests.ui.hands import CONTROL, focused, keys, label, line
from tests.ui.test_stock_page import cells, choose, sign_beside
from ui.supervisor.officers import OfficersPage
from ui.supervisor.own_password import OwnPassword
from ui.window import DeskWindow

At, Sit = Callable[[str], Books], Callable[..., DeskWindow]
NEW = "another long password"


def pick(window: DeskWindow, name: str) -> None:
    """The list's cursor on an officer."""
    names = [row[0] for row in cells(window, "officers_people")]
    window.findChild(QTableView, "officers_people_table").selectRow(names.index(name))


def press(window: DeskWindow) -> None:
    window.findChild(QPushButton, "officers_doing_do").click()


def own_password(window: DeskWindow, first: str, again: str) -> OwnPassword:
    dialog = window.findChildren(OwnPassword)[-1]
    line(dialog, "own_password_first").setText(first)
    line(dialog, "own_password_again").setText(again)
    dialog.findChild(QPushButton, "own_password_take").click()
    return dialog


def test_a_clerk_acts_as_valuer_for_some_days(at: At, sit: Sit, qtbot: QtBot) -> None:
    books = at("ready")
    window = sit(books, SUPERVISOR, "officers")
    pick(window, CLERK)
    choose(window, "officers_doing_what", "acting")
    choose(window, "officers_role", Role.VALUER)
    line(window, "officers_first").setFocus()
    keys(qtbot, "22.11.", "24.11.", "the valuer is on leave")
    qtbot.keyClick(focused(), Qt.Key.Key_Return, CONTROL)
    assert sign_beside(window)[:3] == ["Appoint to act", CLERK, "Valuer"]
    assert Role.VALUER in offices.beside(books[SUPERVISOR], officer=CLERK, password=PASSWORD).officer.roles
    assert next(row[1] for row in cells(window, "officers_people") if row[0] == CLERK) == "Clerk · acts as Valuer"
    assert cells(window, "officers_acting")[0][:2] == [CLERK, "Valuer"]
    choose(window, "officers_doing_what", "call_off")
    window.findChild(QTableView, "officers_acting_table").selectRow(0)
    line(window, "officers_appointment").setText(people.appointments(books[SUPERVISOR])[0].id)
    press(window)
    sign_beside(window)
    assert people.appointments(books[SUPERVISOR])[0].ended == TODAY


def test_a_new_officer_types_the_own_password_twice(at: At, sit: Sit) -> None:
    books = at("ready")
    window = sit(books, SUPERVISOR, "officers")
    choose(window, "officers_doing_what", "add")
    press(window)
    assert focused() is line(window, "officers_name")
    line(window, "officers_name").setText("Clerk Three")
    for role in Role:
        if (box := window.findChild(QCheckBox, f"officers_roles_{role}")) is not None:
            box.setChecked(role is Role.CLERK)
    press(window)
    dialog = own_password(window, NEW, "something else here")
    assert "not the same" in label(dialog, "own_password_again_notice_words")
    own_password(window, NEW, NEW)
    sign_beside(window)
    new = offices.beside(books[SUPERVISOR], officer="Clerk Three", password=NEW)
    assert new.officer.roles == {Role.CLERK}
    assert "Clerk Three" in [row[0] for row in cells(window, "officers_people")]


def test_who_becomes_a_supervisor_signs_too(at: At, sit: Sit) -> None:
    books = at("ready")
    window = sit(books, SUPERVISOR, "officers")
    pick(window, CLERK)
    choose(window, "officers_doing_what", "roles")
    pick(window, CLERK_2)
    pick(window, CLERK)
    window.findChild(QCheckBox, "officers_roles_supervisor").setChecked(True)
    line(window, "officers_own").setText(PASSWORD)
    press(window)
    sign_beside(window)
    found = next(each for each in people.people(books[SUPERVISOR]) if each.name == CLERK)
    assert {role for role, _ in found.roles} == {Role.CLERK, Role.SUPERVISOR}
    assert found.batch_key
    assert line(window, "officers_own").text() == ""


def test_everything_is_handed_over_on_paper_before_an_officer_leaves(at: At, sit: Sit, qtbot: QtBot) -> None:
    books = at("ready")
    window = sit(books, SUPERVISOR, "officers")
    pick(window, PREPARER)
    held = len(sheets.blanks_at_hand(books[PREPARER]))
    assert f"{held} numbers of stock" in label(window, "officers_hands_words")
    choose(window, "officers_doing_what", "leaves")
    press(window)
    sign_beside(window)
    dialog_says = label(window, "second_password_notice_words")
    assert f"blank: {held}" in dialog_says
    qtbot.keyClick(focused(), Qt.Key.Key_Escape)
    choose(window, "officers_doing_what", "hand_over")
    line(window, "officers_why").setText("leaves the service")
    press(window)
    sign_beside(window, "Issuing Two")
    page = window.findChild(OfficersPage)
    assert page._view.paper.paper is not None
    assert "Handing-over protocol" in page._view.paper.paper.title
    qtbot.keyClick(focused(), Qt.Key.Key_Escape)
    pick(window, PREPARER)
    assert "nothing in hand" in label(window, "officers_hands_words")
    choose(window, "officers_doing_what", "leaves")
    press(window)
    sign_beside(window)
    assert "left on" in next(row[1] for row in cells(window, "officers_people") if row[0] == PREPARER)


def test_drafts_of_an_absent_officer_and_a_forgotten_password(at: At, sit: Sit) -> None:
    books = at("ready")
    clerk.save_draft(books[CLERK], "register", "typed")
    window = sit(books, SUPERVISOR, "officers")
    pick(window, CLERK)
    choose(window, "officers_doing_what", "drafts")
    line(window, "officers_to").setText(CLERK_2)
    line(window, "officers_why").setText("ill")
    press(window)
    sign_beside(window)
    assert len(handing.handings(books[SUPERVISOR])) == 1
    window.findChild(OfficersPage)._view.paper.closed.emit()
    pick(window, VALUER)
    choose(window, "officers_doing_what", "password")
    press(window)
    own_password(window, NEW, NEW)
    sign_beside(window)
    assert offices.beside(books[SUPERVISOR], officer=VALUER, password=NEW).officer.name == VALUER


def test_the_small_office_is_in_sight_and_everything_is_named(at: At, sit: Sit) -> None:
    books = at("ready")
    practice.fill(books.office)
    window = sit(books, SUPERVISOR, "officers")
    assert "one person" in label(window, "officers_relaxed_words")
    page = window.findChild(OfficersPage)
    for place in range(page.form.card._what.count()):
        page.form.card._what.setCurrentIndex(place)
        assert faults(page) == []
    assert {row[0] for row in cells(window, "officers_people")} >= {CLERK, SUPERVISOR}
