"""Approval of a shown list: 25 certificates with one password each officer; what is worth a look is seen before."""

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot

from kpdesk.desks import approving, issuing
from kpdesk.domain.goods import Heading
from kpdesk.domain.issuance import SamePerson
from kpdesk.domain.shipment import Container
from kpdesk.practice import APPROVER, PREPARER, SUPERVISOR, Goods, bring_in, read_balance
from kpdesk.signing.approvals import verify_approval
from tests.desks.practice_books import PASSWORD, Books, apply
from tests.ui.accessible import backwards, faults
from tests.ui.hands import CONTROL, focused, label, line
from ui.window import DeskWindow

At = Callable[[str], Books]
Sit = Callable[..., DeskWindow]
SIGHT = 25


def sealed(books: Books, count: int, *, typed: bool = False) -> list[str]:
    """So many shipments, sealed; with `typed` their weights were typed by hand."""
    found = []
    for place in range(count):
        carats = Decimal("10.00") + place
        parcel = bring_in(books.office, Goods(Heading.UNSORTED, carats, Decimal("80.00"), ("ZZ",)))
        shipment = apply(books, parcels=(parcel,))
        reading = read_balance(carats, books[PREPARER])
        issuing.seal(
            books[PREPARER],
            shipment,
            containers=(Container(books.office.next_stock("TS"), (parcel,)),),
            readings={parcel: replace(reading, raw=b"", stable_by=None) if typed else reading},
            by_hand="no_balance" if typed else "",
        )
        found.append(shipment)
    return found


def shown(window: DeskWindow) -> list[object]:
    return list(window.findChild(QWidget, "approve_list").model.slips)


def press(qtbot: QtBot, key: Qt.Key, *held: Qt.KeyboardModifier) -> int:
    qtbot.keyClick(focused(), key, *held)
    return 1


def step_up(window: DeskWindow, qtbot: QtBot, password: str) -> QWidget:
    """The password, once, and the verb."""
    dialog = window.findChild(QWidget, "second")
    qtbot.keyClicks(line(dialog, "second_password"), password)
    qtbot.mouseClick(dialog.findChild(QPushButton, "second_sign"), Qt.MouseButton.LeftButton)
    return dialog


def test_a_sight_is_approved_with_one_step_up_each_officer(at: At, sit: Sit, qtbot: QtBot) -> None:
    books = at("ready")
    sealed(books, SIGHT)
    first = sit(books, PREPARER, "approve")
    assert label(first, "subtitle").startswith("to draw up: 25")
    pressed = press(qtbot, Qt.Key.Key_A, CONTROL) + press(qtbot, Qt.Key.Key_Return, CONTROL)
    assert first.findChild(QWidget, "second") is None
    assert "signed first: 25" in label(first, "status_said")
    assert len({each.draft.certificate.digest for each in shown(first)}) == SIGHT
    second = sit(books, APPROVER, "approve")
    pressed += press(qtbot, Qt.Key.Key_A, CONTROL) + press(qtbot, Qt.Key.Key_Return, CONTROL)
    dialog = second.findChild(QWidget, "second")
    lines = dialog.findChild(QWidget, "second_lines").model
    assert lines.rowCount() == SIGHT
    assert line(dialog, "second_officer").text() == APPROVER
    assert dialog.focusWidget() is line(dialog, "second_password")
    step_up(second, qtbot, PASSWORD)
    assert pressed == 4
    assert "approved: 25" in label(second, "status_said")
    approved = books.sql("SELECT id FROM certificates WHERE state = 'approved'")
    assert len(approved) == SIGHT
    with books[APPROVER].view() as unit:
        for (number,) in approved:
            certificate = unit.get(issuing.Certificate, number)
            one, two = certificate.approvals
            assert {one.officer, two.officer} == {books[PREPARER].officer.id, books[APPROVER].officer.id}
            assert two.digest == certificate.signed_digest
            assert verify_approval(two, public=books[APPROVER].approval_key.public)
    assert shown(second) == []


def test_one_signs_and_another_approves(at: At, sit: Sit, qtbot: QtBot) -> None:
    books = at("prepared")
    window = sit(books, PREPARER, "approve")
    qtbot.keyClick(focused(), Qt.Key.Key_Space)
    qtbot.keyClick(focused(), Qt.Key.Key_Return, CONTROL)
    dialog = window.findChild(QWidget, "second")
    assert line(dialog, "second_officer").text() == ""  # not who drew it up
    qtbot.keyClicks(line(dialog, "second_officer"), PREPARER)
    step_up(window, qtbot, PASSWORD)
    assert "acted before" in label(dialog, "second_password_notice_words")
    line(dialog, "second_officer").setText(APPROVER)
    line(dialog, "second_password").clear()
    step_up(window, qtbot, PASSWORD)
    assert books.sql("SELECT state FROM certificates") == [("approved",)]


def test_what_is_worth_a_look_comes_first(at: At, sit: Sit, qtbot: QtBot) -> None:
    books = at("prepared")
    approving.prepare_all(books[PREPARER], sealed(books, 1, typed=True))
    window = sit(books, APPROVER, "approve")
    first, _ = shown(window)
    assert first.key == "C-2026-000002"
    seen = window.findChild(QWidget, "approve_look")
    assert [answer.code for answer in seen.shown] == ["typed_weight"]
    window.findChild(QWidget, "approve_list_table").selectRow(1)
    assert seen.shown == ()


def test_what_is_held_up_is_not_ticked_and_holds_its_list_up(at: At, sit: Sit, qtbot: QtBot) -> None:
    books = at("prepared")
    (other,) = sealed(books, 1)
    approving.prepare_all(books[PREPARER], [other])
    window = sit(books, APPROVER, "approve")
    qtbot.keyClick(focused(), Qt.Key.Key_A, CONTROL)
    qtbot.keyClick(focused(), Qt.Key.Key_Return, CONTROL)
    # While the list is looked at, a licence is suspended.
    books.sql("UPDATE parties SET licences = '{\"of\":[]}' WHERE number = 'EXP-0041'")
    dialog = step_up(window, qtbot, PASSWORD)
    words = label(dialog, "second_password_notice_words")
    assert "Nothing of the list was signed: C-2026-000001" in words
    assert "licence" in words
    assert books.sql("SELECT DISTINCT state FROM certificates") == [("draft",)]
    dialog.reject()
    window.page("approve").enter()
    window.page("approve").tick_all()
    assert not window.findChild(QPushButton, "approve_sign").isEnabled()
    window.findChild(QWidget, "approve_list_table").setFocus()
    qtbot.keyClick(focused(), Qt.Key.Key_Space)
    assert "held up" in label(window, "approve_trouble_words")


def test_first_and_second_signatures_are_not_mixed(at: At, sit: Sit, qtbot: QtBot) -> None:
    books = at("prepared")
    sealed(books, 1)
    window = sit(books, PREPARER, "approve")
    for _ in range(2):
        qtbot.keyClick(focused(), Qt.Key.Key_Space)
    assert not window.findChild(QPushButton, "approve_sign").isEnabled()
    assert "Tick either" in label(window, "approve_count")


def test_a_supervisor_approves_and_draws_nothing_up(at: At, sit: Sit, qtbot: QtBot) -> None:
    books = at("prepared")
    sealed(books, 1)
    window = sit(books, SUPERVISOR, "approve")
    assert faults(window.page("approve")) == []
    assert backwards(window.page("approve")) == []
    window.findChild(QWidget, "approve_list_table").selectRow(1)
    qtbot.keyClick(focused(), Qt.Key.Key_Space)
    assert not window.findChild(QPushButton, "approve_sign").isEnabled()


def test_one_of_a_list_that_the_same_person_signed_is_named(at: At) -> None:
    books = at("prepared")
    with pytest.raises(approving.ListHeldUp) as held:
        approving.approve_all(books[PREPARER], ["C-2026-000001"])
    assert held.value.which == "C-2026-000001"
    assert isinstance(held.value.why, SamePerson)
    assert held.value.because[0][0] == "SamePerson"
