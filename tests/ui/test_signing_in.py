"""The unlock window, the second officer, and the program around them."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QComboBox, QLabel, QLineEdit, QPushButton, QTextEdit, QWidget
from pytestqt.qtbot import QtBot

from kpdesk.domain.measures import Carats, Money, NotAnAmount
from kpdesk.domain.parties import Role
from kpdesk.store.troubles import FolderMissing
from tests.ui.accessible import backwards, faults
from tests.ui.practice_ui import FORMATS, NOW, Office
from ui.keys import Keyboard
from ui.opening import SignedIn, Wiring
from ui.program import Program
from ui.second import SecondSignature
from ui.slips import Signed
from ui.tones import Tone
from ui.unlock import UnlockWindow
from ui.work import Workroom

LINES = (
    Signed("S-2026-000087  Practice Gems Lda", "ab" * 32, Carats.of("1234.56"), Money.of("371583.98")),
    Signed("S-2026-000088  Practice Rough SA", "cd" * 32, Carats.of("88.10"), Money.of("26400.00")),
)


def sign(officer: str, password: str) -> str:
    """Stands for the desk: one password opens."""
    if password != "practice password":
        raise NotAnAmount(officer)
    return f"signed by {officer}"


def active(widget: QWidget, qtbot: QtBot) -> None:
    qtbot.addWidget(widget)
    widget.show()
    widget.activateWindow()
    qtbot.waitUntil(widget.isActiveWindow)


def typed(widget: QWidget, name: str, words: str, qtbot: QtBot) -> QLineEdit:
    line = widget.findChild(QLineEdit, name)
    line.clear()
    qtbot.keyClicks(line, words)
    return line


@pytest.fixture
def unlock(qtbot: QtBot, workroom: Workroom) -> UnlockWindow:
    window = UnlockWindow(open_desk=sign, workroom=workroom)
    active(window, qtbot)
    window.show_door("Practice Capital", ("Officer Practice", "Officer Two"), practice=True)
    return window


def test_signing_in_with_the_keyboard(unlock: UnlockWindow, qtbot: QtBot) -> None:
    line = typed(unlock, "unlock_officer", "Officer Practice", qtbot)
    qtbot.keyClick(line, Qt.Key.Key_Return)
    password = typed(unlock, "unlock_password", "practice password", qtbot)
    assert password.echoMode() == QLineEdit.EchoMode.Password
    with qtbot.waitSignal(unlock.unlocked, check_params_cb=lambda desk: desk == "signed by Officer Practice"):
        qtbot.keyClick(password, Qt.Key.Key_Return)
    assert password.text() == ""


def test_a_wrong_password_is_said_under_its_field(unlock: UnlockWindow, qtbot: QtBot) -> None:
    typed(unlock, "unlock_officer", "Officer Two", qtbot)
    password = typed(unlock, "unlock_password", "wrong", qtbot)
    qtbot.keyClick(password, Qt.Key.Key_Return)
    said = unlock.findChild(QLabel, "unlock_password_notice_words")
    assert "Officer Two" in said.text()
    assert password.hasSelectedText()
    qtbot.keyClicks(password, "x")
    assert said.text() == ""


def test_caps_lock_is_noticed(unlock: UnlockWindow, qtbot: QtBot) -> None:
    below = unlock.findChild(QLabel, "unlock_password_below")
    typed(unlock, "unlock_password", "p", qtbot)
    assert below.text().strip() == ""
    qtbot.keyClick(unlock.findChild(QLineEdit, "unlock_password"), "P")
    assert below.text() == "Caps Lock is on."


def test_while_the_password_is_stretched_nothing_else_can_be_done(qtbot: QtBot, qapp: QApplication) -> None:
    jobs: list[Callable[[], None]] = []
    window = UnlockWindow(open_desk=sign, workroom=Workroom(lambda lane, job: jobs.append(job)))
    active(window, qtbot)
    typed(window, "unlock_officer", "Officer Practice", qtbot)
    qtbot.keyClick(typed(window, "unlock_password", "practice password", qtbot), Qt.Key.Key_Return)
    assert window.findChild(QWidget, "unlock_progress").isVisible()
    assert not window.findChild(QPushButton, "unlock_open").isEnabled()
    with qtbot.waitSignal(window.unlocked):
        jobs[0]()
    assert not window.findChild(QWidget, "unlock_progress").isVisible()


def test_the_door_says_whose_office_it_is(unlock: UnlockWindow, qtbot: QtBot) -> None:
    assert unlock.findChild(QLabel, "unlock_office").text() == "Practice Capital"
    assert unlock.findChild(QWidget, "practice").isVisible()
    assert "PRACTICE" in unlock.windowTitle()
    assert faults(unlock) == []
    assert backwards(unlock) == []
    assert not unlock.findChild(QLabel, "unlock_hint").isVisible()
    unlock.show_door("Practice Capital", ("S", "S2", "Clerk One"), practice=True, passphrase_file="/office/pass.txt")
    said = unlock.findChild(QLabel, "unlock_hint").text()
    assert "Clerk One" in said
    assert "/office/pass.txt" in said


def test_a_mistake_of_ours_does_not_shut_the_door(qtbot: QtBot, workroom: Workroom) -> None:
    def breaks(officer: str, password: str) -> object:
        raise KeyError(password)

    window = UnlockWindow(open_desk=breaks, workroom=workroom)
    active(window, qtbot)
    for _ in range(2):
        typed(window, "unlock_officer", "Officer Practice", qtbot)
        qtbot.keyClick(typed(window, "unlock_password", "practice password", qtbot), Qt.Key.Key_Return)
        said = window.findChild(QLabel, "unlock_password_notice_words").text()
        assert "made a mistake" in said
        assert "practice password" not in said
        assert window.findChild(QPushButton, "unlock_open").isEnabled()


@pytest.fixture
def second(qtbot: QtBot, workroom: Workroom) -> SecondSignature:
    dialog = SecondSignature(
        verb="Approve", lines=LINES, sign=sign, workroom=workroom, formats=FORMATS, role=Role.ISSUING
    )
    active(dialog, qtbot)
    return dialog


def test_the_second_officer_sees_what_is_signed(second: SecondSignature) -> None:
    shown = second.findChild(QWidget, "second_lines_table").model()
    assert [shown.index(0, place).data() for place in range(4)] == [
        "S-2026-000087  Practice Gems Lda",
        "ab" * 4,
        "1\u00a0234.56\u00a0ct",
        "US$\u00a0371\u00a0583.98",
    ]
    assert faults(second) == []


def test_enter_never_signs(second: SecondSignature, qtbot: QtBot) -> None:
    told: list[object] = []
    second.signed.connect(told.append)
    qtbot.keyClick(typed(second, "second_officer", "Officer Two", qtbot), Qt.Key.Key_Return)
    password = typed(second, "second_password", "practice password", qtbot)
    qtbot.keyClick(password, Qt.Key.Key_Return)
    approve = second.findChild(QPushButton, "second_sign")
    assert approve.hasFocus()
    qtbot.keyClick(approve, Qt.Key.Key_Return)
    assert told == []
    qtbot.keyClick(approve, Qt.Key.Key_Space)
    assert told == ["signed by Officer Two"]
    assert not second.isVisible()


def test_a_refusal_of_the_second_is_said_in_place(second: SecondSignature, qtbot: QtBot) -> None:
    typed(second, "second_officer", "Officer Two", qtbot)
    typed(second, "second_password", "wrong", qtbot)
    qtbot.mouseClick(second.findChild(QPushButton, "second_sign"), Qt.MouseButton.LeftButton)
    assert second.isVisible()
    assert "Officer Two" in second.findChild(QLabel, "second_password_notice_words").text()


@pytest.fixture
def program(qtbot: QtBot, workroom: Workroom, keyboard: Keyboard, office: Office, tmp_path: Path) -> Program:
    def open_desk(officer: str, password: str) -> SignedIn:
        sign(officer, password)
        return SignedIn(officer, lambda: office.window(workroom, keyboard))

    made = Program(
        tmp_path,
        workroom,
        lambda: NOW,
        wire=lambda *_: Wiring("Practice Capital", ("Officer Practice",), False, open_desk),
    )
    qtbot.addWidget(made.unlock)
    made.start()
    made.read_door()
    return made


def enter(program: Program, officer: str, qtbot: QtBot) -> None:
    typed(program.unlock, "unlock_officer", officer, qtbot)
    qtbot.keyClick(typed(program.unlock, "unlock_password", "practice password", qtbot), Qt.Key.Key_Return)
    qtbot.addWidget(program.window)


def test_locking_hides_everything_and_brings_the_same_officer_back_to_the_same_field(
    program: Program, qtbot: QtBot, workroom: Workroom
) -> None:
    enter(program, "Officer Practice", qtbot)
    assert program.window.isVisible()
    assert not program.unlock.isVisible()
    program.window.go("register")
    note = program.window.findChild(QLineEdit, "register_note")
    note.setFocus()
    qtbot.keyClicks(note, "half a sen")
    dialog = SecondSignature(
        verb="Approve", lines=LINES, sign=sign, workroom=workroom, formats=FORMATS, role=Role.ISSUING
    )
    qtbot.addWidget(dialog)
    dialog.show()
    program.window.findChild(QComboBox, "register_source").showPopup()
    note.setFocus()
    program.lock()
    assert [widget for widget in QApplication.topLevelWidgets() if widget.isVisible()] == [program.unlock]
    before = program.window
    enter(program, "Officer Practice", qtbot)
    assert program.window is before
    assert (note.text(), program.window.focusWidget()) == ("half a sen", note)


def test_another_officer_gets_an_own_window(program: Program, qtbot: QtBot) -> None:
    enter(program, "Officer Practice", qtbot)
    before = program.window
    before.warn("a word for Officer Practice", Tone.NOTE)
    program.lock()
    enter(program, "Officer Two", qtbot)
    assert program.window is not before
    assert not program.unlock.isVisible()
    assert not before.isVisible()
    assert program.window.findChild(QLabel, "trouble_words").text() == ""
    assert program.window.findChild(QTextEdit, "panel_messages").toPlainText() == ""


def test_idleness_locks(program: Program, qtbot: QtBot) -> None:
    enter(program, "Officer Practice", qtbot)
    program._idle.timeout.emit()
    assert program.unlock.isVisible()
    assert not program.window.isVisible()


def test_no_office_is_said_in_the_unlock_window(qtbot: QtBot, workroom: Workroom, tmp_path: Path) -> None:
    def missing(*_: object) -> Wiring:
        raise FolderMissing(str(tmp_path))

    program = Program(tmp_path, workroom, lambda: NOW, wire=missing)
    qtbot.addWidget(program.unlock)
    program.unlock.show()
    program.read_door()
    assert str(tmp_path) in program.unlock.findChild(QLabel, "unlock_trouble_words").text()
    assert not program.unlock.findChild(QPushButton, "unlock_open").isEnabled()


def test_the_last_resort_tells_a_number_and_no_secret(program: Program, qtbot: QtBot) -> None:
    enter(program, "Officer Practice", qtbot)
    program.on_mistake(KeyError, KeyError("practice password"), None)
    said = program.window.findChild(QLabel, "trouble_words").text()
    assert "number" in said
    assert "practice password" not in said
    refusal = NotAnAmount("twelve")
    program.on_mistake(NotAnAmount, refusal, None)
    assert "twelve" in program.window.findChild(QLabel, "trouble_words").text()
