"""From the proved sheet to the confirmation, by keyboard at the real window: courier, hand-carrier, and what ends."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QPushButton, QTableView, QWidget
from pytestqt.qtbot import QtBot

from kpdesk.desks import advice, copies, exporting, issuing, leaving
from kpdesk.domain.advice import LetterKind
from kpdesk.domain.issuance import State
from kpdesk.domain.leaving import End, Paper
from kpdesk.practice import APPROVER, PREPARER, SUPERVISOR
from kpdesk.practice import leaving as practice_work
from tests.desks.practice_books import BLANK, CERTIFICATE, PASSWORD, SHIPMENT, Books
from tests.ui.accessible import backwards, faults
from tests.ui.hands import CONTROL, focused, keys, label, line
from ui.window import DeskWindow

At = Callable[[str], Books]
Sit = Callable[..., DeskWindow]
MAIN, PRINT = Qt.Key.Key_Return, Qt.Key.Key_P


def press(qtbot: QtBot, key: Qt.Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    qtbot.keyClick(focused(), key, held)


def state(books: Books) -> State:
    return issuing.certificates(books[PREPARER])[-1].state


def second(qtbot: QtBot, window: DeskWindow, officer: str = SUPERVISOR) -> None:
    """Name and password beside, then the verb."""
    dialog = window.findChildren(QWidget, "second")[-1]
    for name, words in (("second_officer", officer), ("second_password", PASSWORD)):
        qtbot.keyClicks(line(dialog, name), words)
    qtbot.keyClick(dialog.findChild(QPushButton, "second_sign"), Qt.Key.Key_Space)


def stamped(at: At, sit: Sit, qtbot: QtBot) -> Books:
    """Scanned and stamped by the one who did not prepare it."""
    books = at("issued")
    practice_work.register(books.office)
    window = sit(books, APPROVER, "validate")
    assert focused().objectName() == "validate_sheet"
    own = keys(qtbot, BLANK)
    press(qtbot, MAIN, CONTROL)
    assert own + 1 - len(BLANK) <= 2, "a scanner types the number"
    assert f"{BLANK} validated" in label(window, "status_said")
    assert state(books) is State.VALIDATED
    return books


def to_release(at: At) -> Books:
    """Validated, with everybody in the register."""
    books = at("issued")
    practice_work.register(books.office)
    exporting.validate(books[APPROVER], BLANK)
    return books


def given(window: DeskWindow, qtbot: QtBot, *fields: str) -> None:
    """From the list into the form, Enter after each field."""
    window.findChild(QTableView, "leaving_going_table").setFocus()
    press(qtbot, Qt.Key.Key_Return)
    assert focused().objectName() == "release_carrier"
    keys(qtbot, *fields)


def test_a_courier_takes_it_and_the_partner_confirms(at: At, sit: Sit, qtbot: QtBot) -> None:
    books = stamped(at, sit, qtbot)
    (seal,) = issuing.certificates(books[PREPARER])[0].facts.seals
    window = sit(books, PREPARER, "leaving")
    press(qtbot, PRINT, CONTROL)
    assert (books[PREPARER].folder.out / f"{BLANK}-label-1.pdf").is_file()
    given(
        window, qtbot, "secure", "Practice Messenger", "", "S-42", "ZZ 101", "ZZ-EX-1", "Practice Airport", "practice r"
    )
    keys(qtbot, seal)
    assert focused().objectName() == "leaving_release"
    assert "all 1 looked at" in label(window, "release_seals_below")
    press(qtbot, MAIN, CONTROL)
    assert label(window, "leaving_trouble_words") == ""
    assert state(books) is State.RELEASED
    assert "both sides sign it" in label(window, "status_said")
    kept = leaving.leavings_of(books[PREPARER], CERTIFICATE)[0]
    assert (kept.carrier, kept.paper, kept.journey) == ("CAR-0001", Paper.STAFF_CARD, "ZZ 101")
    assert "Practice Secure Carriers" in label(window, "leaving_how")
    books.clock.pass_days(8)
    window.go("leaving")
    press(qtbot, Qt.Key.Key_P, CONTROL)
    assert advice.letters_of(books[PREPARER], CERTIFICATE)[0].what is LetterKind.EXIT
    press(qtbot, Qt.Key.Key_Return)
    assert focused().objectName() == "exit_day"
    keys(qtbot, "23.11.", "ZZ-EXIT-9")
    press(qtbot, MAIN, CONTROL)
    assert "left on 23 Nov 2026" in label(window, "status_said")
    assert state(books) is State.EXPORTED
    books.clock.pass_days(30)
    window.go("confirmations")
    assert "overdue: 1" in label(window, "subtitle")
    press(qtbot, PRINT, CONTROL)
    assert (books[PREPARER].folder.out / f"{BLANK}-reminder.pdf").read_bytes().startswith(b"%PDF")
    assert label(window, "confirmations_written").count("Reminders: 1") == 1
    press(qtbot, MAIN, CONTROL)
    assert label(window, "confirmations_day_notice_words") == "On which day were the goods received?"
    keys(qtbot, "25.11.", "", "slip 12")
    press(qtbot, MAIN, CONTROL)
    assert state(books) is State.CONFIRMED
    assert "confirmed" in label(window, "status_said")


def test_a_hand_carrier_takes_it_comes_back_and_leaves_again(at: At, sit: Sit, qtbot: QtBot) -> None:
    books = to_release(at)
    (seal,) = issuing.certificates(books[PREPARER])[0].facts.seals
    window = sit(books, PREPARER, "today")
    waiting = window.findChild(QTableView, "today_waiting_table")
    waiting.setFocus()
    press(qtbot, Qt.Key.Key_Return)
    assert label(window, "title") == "Leaving"
    given(window, qtbot, "by hand", "Practice Carrier", "", "", "ZZ 7", "EX-2", "Practice Airport", "practice r")
    press(qtbot, MAIN, CONTROL)
    assert "No paper was seen" in label(window, "leaving_trouble_words")
    assert seal in label(window, "leaving_trouble_words")
    assert state(books) is State.VALIDATED
    line(window, "release_paper_number").setFocus()
    qtbot.keyClicks(focused(), "P-77")
    line(window, "release_seals").setFocus()
    keys(qtbot, seal)
    press(qtbot, MAIN, CONTROL)
    assert state(books) is State.RELEASED
    kept = leaving.leavings_of(books[PREPARER], CERTIFICATE)[0]
    assert (kept.carrier, kept.paper, kept.shown("p77")) == ("", Paper.PASSPORT, True)
    reason = window.findChild(QComboBox, "exit_reason")
    reason.setFocus()
    press(qtbot, Qt.Key.Key_2)
    qtbot.keyClick(window.findChild(QPushButton, "exit_back"), Qt.Key.Key_Space)
    assert state(books) is State.VALIDATED
    back = leaving.leavings_of(books[PREPARER], CERTIFICATE)[0]
    assert (back.ended, back.note) == (End.TAKEN_BACK, "customs")
    press(qtbot, Qt.Key.Key_Return)
    press(qtbot, Qt.Key.Key_D, CONTROL)
    assert line(window, "release_bearer").text() == "Practice Carrier"
    assert line(window, "release_paper_number").text() == "", "the paper is seen anew"


def test_what_is_typed_outlives_the_lock_but_no_passport(at: At, sit: Sit, qtbot: QtBot) -> None:
    books = to_release(at)
    window = sit(books, PREPARER, "leaving")
    given(window, qtbot, "by hand", "Practice Carrier", "", "P-77")
    window.leave()
    again = sit(books, PREPARER, "leaving")
    assert line(again, "release_bearer").text() == "Practice Carrier"
    assert line(again, "release_paper_number").text() == ""


def test_the_preparer_stamps_nothing(at: At, sit: Sit, qtbot: QtBot) -> None:
    books = at("issued")
    window = sit(books, PREPARER, "validate")
    keys(qtbot, BLANK)
    assert not window.findChild(QPushButton, "validate_do").isEnabled()
    assert window.findChild(QWidget, "validate_conditions_you_prepared_it") is not None
    press(qtbot, MAIN, CONTROL)
    assert state(books) is State.ISSUED


def test_another_sheet_is_not_stamped(at: At, sit: Sit, qtbot: QtBot) -> None:
    books = at("issued")
    window = sit(books, APPROVER, "validate")
    for typed in ("ZZ2026001378", "?", f"{BLANK}0"):
        line(window, "validate_sheet").clear()
        keys(qtbot, typed)
        assert label(window, "validate_sheet_notice_words") != ""
        press(qtbot, MAIN, CONTROL)
    assert state(books) is State.ISSUED


def test_a_supervisor_beside_decides_about_a_power(at: At, sit: Sit, qtbot: QtBot) -> None:
    books = to_release(at)
    (seal,) = issuing.certificates(books[PREPARER])[0].facts.seals
    window = sit(books, PREPARER, "leaving")
    given(window, qtbot, "secure", "Practice Messenger", "", "S-42", "ZZ 101", "EX-1", "Airport", "Practice Stranger")
    keys(qtbot, seal)
    press(qtbot, MAIN, CONTROL)
    assert state(books) is State.VALIDATED
    second(qtbot, window)
    assert state(books) is State.RELEASED


def test_what_lapsed_is_marked_and_returned(at: At, sit: Sit, qtbot: QtBot) -> None:
    books = to_release(at)
    books.clock.pass_days(61)
    window = sit(books, PREPARER, "leaving")
    assert "1" in label(window, "leaving_lapsed_words")
    qtbot.keyClick(window.findChild(QPushButton, "leaving_expire"), Qt.Key.Key_Space)
    assert state(books) is State.EXPIRED
    assert window.findChild(QPushButton, "leaving_expire").isHidden()
    window.go("void", f"certificate/{BLANK}")
    end = window.findChild(QComboBox, "void_end")
    assert [end.itemData(place) for place in range(end.count())] == ["returned_unused"]


@pytest.mark.parametrize("stage", ["issued", "exported"])
@pytest.mark.parametrize("section", ["validate", "leaving", "void", "copies", "confirmations"])
def test_every_page_is_named_and_in_order(at: At, sit: Sit, section: str, stage: str) -> None:
    books = at(stage)
    if stage == "issued" and section == "leaving":
        exporting.validate(books[APPROVER], BLANK)
    page = sit(books, PREPARER, section, f"certificate/{BLANK}").page(section)
    assert page is not None
    assert faults(page) == []
    assert backwards(page) == []


# Void, replace, amend


def test_a_mistake_is_replaced_by_two_with_the_sheet_in_hand(at: At, sit: Sit, qtbot: QtBot) -> None:
    books = at("issued")
    window = sit(books, PREPARER, "void")
    keys(qtbot, BLANK)
    assert focused().objectName() == "void_end"
    sign = window.findChild(QPushButton, "void_sign")
    assert not sign.isEnabled(), "the old sheet is not in hand"
    press(qtbot, Qt.Key.Key_Return)
    press(qtbot, Qt.Key.Key_2)
    press(qtbot, Qt.Key.Key_Return)
    keys(qtbot, "the carats of line 1", BLANK[:-1])
    press(qtbot, MAIN, CONTROL)
    second(qtbot, window)
    assert "must be in your hand" in label(window, "second_password_notice_words")
    window.findChild(QWidget, "second").close()
    line(window, "void_in_hand").setText(BLANK)
    press(qtbot, MAIN, CONTROL)
    second(qtbot, window)
    new, old = issuing.certificates(books[PREPARER])
    assert (old.state, old.reason, new.state) == (State.REPLACED, "goods: the carats of line 1", State.DRAFT)
    assert "has ended" in label(window, "void_number_notice_words")


@pytest.mark.parametrize(
    ("stage", "ends"),
    [
        ("bound", ["void"]),
        ("issued", ["replaced", "void", "returned_unused", "invalidated", "lost"]),
        ("exported", ["amend", "invalidated", "lost", "returned_unused"]),
    ],
)
def test_what_may_become_of_it_depends_on_where_it_stands(
    at: At, sit: Sit, qtbot: QtBot, stage: str, ends: list[str]
) -> None:
    window = sit(at(stage), PREPARER, "void", f"certificate/{BLANK}")
    end = window.findChild(QComboBox, "void_end")
    assert [end.itemData(place) for place in range(end.count())] == ends


def test_after_export_an_instruction_says_what_is_right(at: At, sit: Sit, qtbot: QtBot) -> None:
    books = at("exported")
    window = sit(books, PREPARER, "void", f"certificate/{BLANK}")
    field = window.findChild(QComboBox, "void_field")
    field.setFocus()
    field.setCurrentIndex(field.findText("Number of parcels"))
    assert label(window, "void_field_below").endswith("1")
    press(qtbot, Qt.Key.Key_Return)
    line(window, "void_right").setFocus()
    keys(qtbot, "2")
    press(qtbot, MAIN, CONTROL)
    second(qtbot, window)
    (made,) = advice.amendments_of(books[PREPARER], CERTIFICATE)
    assert made.instruction.corrections[0].correct == "2"
    assert state(books) is State.EXPORTED


# Copies


def test_a_copy_and_its_print(at: At, sit: Sit, qtbot: QtBot) -> None:
    books = at("issued")
    window = sit(books, PREPARER, "copies")
    keys(qtbot, BLANK)
    assert focused().objectName() == "copies_reason"
    press(qtbot, Qt.Key.Key_2)
    press(qtbot, MAIN, CONTROL)
    (made,) = copies.copies_of(books[PREPARER], CERTIFICATE)
    assert made.why == "customs"
    press(qtbot, PRINT, CONTROL)
    assert (books[PREPARER].folder.out / f"{BLANK}-1.pdf").read_bytes().startswith(b"%PDF")
    keys_on = window.findChild(QTableView, "copies_made_table").model()
    assert keys_on.index(0, 1).data() == "Customs"


def test_goods_outside_trade_are_drawn_up_as_technical(at: At, sit: Sit, qtbot: QtBot) -> None:
    books = at("sealed")
    window = sit(books, PREPARER, "copies")
    window.findChild(QTableView, "copies_sealed_table").setFocus()
    line(window, "technical_words").setText("samples for a museum")
    qtbot.keyClick(window.findChild(QPushButton, "technical_do"), Qt.Key.Key_Space)
    (slip,) = copies.technical_certificates(books[PREPARER])
    assert (slip.shipment, slip.state) == (SHIPMENT, State.DRAFT)
    assert "go on in Issue" in label(window, "status_said")


def test_a_confirmation_file_is_booked_and_another_is_not(at: At, sit: Sit, tmp_path, qtbot: QtBot) -> None:  # type: ignore[no-untyped-def]
    from tests.desks.test_desk_leaving import confirmed

    books = at("exported")
    window = sit(books, SUPERVISOR, "confirmations")
    wrong, right = tmp_path / "wrong.kpc", tmp_path / "right.kpc"
    wrong.write_bytes(bytes(10**6))
    right.write_bytes(confirmed(differs=True))
    drop = window.findChild(QWidget, "confirmations_drop")
    drop.given.emit((wrong,))
    assert "no confirmation of receipt" in label(window, "confirmations_trouble_words")
    drop.given.emit((right,))
    assert state(books) is State.CONFIRMED_WITH_DIFFERENCE
