"""Print and prove over a real practice office: the blank scanned before, the sheet read back after; keys counted."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from kpdesk.desks import issuing, sheets
from kpdesk.desks.printers import practice_sheet
from kpdesk.desks.proving import PictureFolder
from kpdesk.desks.reading import Reader
from kpdesk.domain.certificate import Number
from kpdesk.practice import APPROVER, PREPARER
from kpdesk.printing.queue import JobStillWaiting
from tests.desks.practice_books import BLANK, NEXT_BLANK, PASSWORD, SHIPMENT, Books
from tests.ui.accessible import faults
from tests.ui.hands import CONTROL, focused, label, line
from ui.issuing import acts as issue_acts
from ui.slips import Spooled
from ui.window import DeskWindow

At = Callable[[str], Books]
Sit = Callable[..., DeskWindow]


def scan(qtbot: QtBot, text: str) -> None:
    """A hand scanner types into whatever has the keys, and presses Enter; these are no keys of the officer's."""
    for each in text:
        qtbot.keyClick(focused(), each)
    qtbot.keyClick(focused(), Qt.Key.Key_Return)


def press(qtbot: QtBot, key: Qt.Key, *held: Qt.KeyboardModifier) -> int:
    qtbot.keyClick(focused(), key, *held)
    return 1


def printed(window: DeskWindow, qtbot: QtBot, blank: str = BLANK) -> QWidget:
    line(window, "issue_blank").setFocus()
    scan(qtbot, blank)
    press(qtbot, Qt.Key.Key_Return, CONTROL)
    question = window.findChild(QWidget, "sheet_question")
    assert question.isVisible()
    return question


def state(books: Books) -> str:
    return str(books.sql("SELECT state FROM certificates")[0][0])


def last_why(books: Books, subject: str) -> str:
    query = "SELECT json_extract(body, '$.why') FROM history WHERE subject = :subject ORDER BY sequence DESC LIMIT 1"
    return str(books.sql(query, subject=subject)[0][0])


def test_from_the_seal_to_the_sheet_in_ten_keys(at: At, sit: Sit, qtbot: QtBot) -> None:
    """First signature, second signature, print, proof; names, scans and passwords are not counted."""
    books = at("sealed")
    window = sit(books, PREPARER, "issue")
    pressed = press(qtbot, Qt.Key.Key_Return, CONTROL)
    pressed += press(qtbot, Qt.Key.Key_Return, CONTROL)
    dialog = window.findChild(QWidget, "second")
    for name, words in (("second_officer", APPROVER), ("second_password", PASSWORD)):
        qtbot.keyClicks(line(dialog, name), words)
    dialog.findChild(QPushButton, "second_sign").setFocus()
    qtbot.keyClick(dialog.findChild(QPushButton, "second_sign"), Qt.Key.Key_Space)
    pressed += 1
    window.findChild(QWidget, "issue_ready_table").setFocus()
    pressed += press(qtbot, Qt.Key.Key_Tab)
    while focused() is not line(window, "issue_blank"):
        pressed += press(qtbot, Qt.Key.Key_Tab)
    scan(qtbot, BLANK)
    pressed += press(qtbot, Qt.Key.Key_Return, CONTROL)
    (code,) = books.sql("SELECT code FROM certificates")[0]
    scan(qtbot, str(code))
    assert state(books) == "issued"
    assert last_why(books, f"stock/blank-{BLANK}") == "good by its code"
    assert pressed <= 10, pressed


def test_the_question_leaves_the_band_in_sight(at: At, sit: Sit, qtbot: QtBot) -> None:
    window = sit(at("approved"), PREPARER, "issue")
    question = printed(window, qtbot)
    band = window.findChild(QWidget, "practice")
    assert question.geometry().top() == band.height()
    assert question.geometry().bottom() == window.rect().bottom()
    window.resize(1500, 950)
    assert question.geometry().size().width() == 1500
    press(qtbot, Qt.Key.Key_1)
    assert faults(question) == []


def test_the_camera_reads_the_sheet_back(at: At, sit: Sit, qtbot: QtBot) -> None:
    books = at("approved")
    window = sit(books, PREPARER, "issue")
    question = printed(window, qtbot)
    press(qtbot, Qt.Key.Key_F9)
    assert not question.isVisible()
    assert state(books) == "issued"
    assert f"{BLANK} issued" in label(window, "status_said")


def test_a_folder_stands_for_the_camera(at: At) -> None:
    books = at("spooled")
    folder = books[PREPARER].folder.path / "sheets"
    with Reader() as reader:
        acts = issue_acts.issue_acts(books[PREPARER], reader, lambda: PictureFolder(folder))
        tray = issue_acts.practice_tray(books[PREPARER])
        tray.submit(sheets.pdf_of(books[PREPARER], BLANK), number=BLANK)
        spooled = Spooled(SHIPMENT, BLANK)
        texts = acts.after.look(spooled)
        acts.after.prove(spooled, texts)
        acts.after.stop()
    assert state(books) == "issued"


def test_a_scan_of_the_sheet_proves_it(at: At, sit: Sit, qtbot: QtBot, tmp_path: Path) -> None:
    books = at("approved")
    window = sit(books, PREPARER, "issue")
    question = printed(window, qtbot)
    press(qtbot, Qt.Key.Key_1)
    drop = question.findChild(QWidget, "sheet_drop")
    blank_paper = tmp_path / "empty.png"
    blank_paper.write_bytes(b"not a picture")
    drop.given.emit((blank_paper,))
    assert "empty.png" in label(window, "sheet_number_notice_words")
    file = tmp_path / "scan.png"
    file.write_bytes(practice_sheet(books[PREPARER], BLANK) or b"")
    drop.given.emit((file,))
    assert state(books) == "issued"


def test_another_sheet_is_named_and_nothing_is_issued(at: At, sit: Sit, qtbot: QtBot) -> None:
    books = at("approved")
    window = sit(books, PREPARER, "issue")
    question = printed(window, qtbot)
    scan(qtbot, Number(NEXT_BLANK).with_check)
    assert f"This is sheet {NEXT_BLANK}" in label(window, "sheet_number_notice_words")
    assert question.isVisible()
    assert state(books) == "approved"
    scan(qtbot, Number(BLANK).with_check)
    assert state(books) == "issued"


def test_another_blank_than_the_next_wants_a_reason_that_is_kept(at: At, sit: Sit, qtbot: QtBot) -> None:
    books = at("approved")
    window = sit(books, PREPARER, "issue")
    line(window, "issue_blank").setFocus()
    scan(qtbot, NEXT_BLANK)
    why = window.findChild(QComboBox, "issue_why")
    assert focused() is why
    assert not window.findChild(QPushButton, "issue_print").isEnabled()
    press(qtbot, Qt.Key.Key_3)
    press(qtbot, Qt.Key.Key_Return, CONTROL)
    assert window.findChild(QWidget, "sheet_question").isVisible()
    acts = books.sql("SELECT json_extract(body, '$.why') FROM history WHERE json_extract(body, '$.act') = 'load_blank'")
    assert acts == [("bundle",)]
    scan(qtbot, NEXT_BLANK)
    assert label(window, "issue_blank_below") == f"next in order is {BLANK}"


def test_a_blank_left_in_the_tray_is_offered_first(at: At, sit: Sit) -> None:
    books = at("approved")
    sheets.load_blank(books[PREPARER], NEXT_BLANK, why="order")
    window = sit(books, PREPARER, "issue")
    assert label(window, "issue_blank_below") == f"next in order is {NEXT_BLANK}"


def test_conditions_are_told_one_by_one(at: At, sit: Sit) -> None:
    books = at("approved")
    window = sit(books, PREPARER, "issue")
    shown = [answer.code for answer in window.findChild(QWidget, "issue_conditions").shown]
    assert {"parties_known", "licences_valid", "weights_agreed", "values_agreed", "signed_second"} <= set(shown)
    books.sql("UPDATE parties SET licences = '{\"of\":[]}' WHERE number = 'EXP-0041'")
    window.page("issue").enter()
    shown = [answer.code for answer in window.findChild(QWidget, "issue_conditions").shown]
    assert shown[0] == "licence_missing"
    assert "licences_valid" not in shown
    assert not window.findChild(QPushButton, "issue_print").isEnabled()


def test_what_two_lifted_may_go(at: At, sit: Sit) -> None:
    books = at("approved")
    books.sql("UPDATE parties SET licences = '{\"of\":[]}' WHERE number = 'EXP-0041'")
    (finding,) = [each for each in issuing.check(books[PREPARER], SHIPMENT) if each.rule.code == "licence_missing"]
    books.sql("UPDATE shipments SET lifted = :lifted", lifted=f'["{finding.key}: letter of the ministry"]')
    window = sit(books, PREPARER, "issue")
    assert "lifted" in [answer.code for answer in window.findChild(QWidget, "issue_conditions").shown]
    assert window.findChild(QWidget, "issue_ready").current().may_go


def test_a_job_that_still_waits_is_said(at: At, sit: Sit, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    """The queue is the system's; here it is one that does not let go."""
    books = at("spooled")

    def stuck(title: str) -> int:
        raise JobStillWaiting(title)

    monkeypatch.setattr(issue_acts, "take_back", stuck)
    waits = issue_acts._answer(_real(books), Spooled(SHIPMENT, BLANK), sheets.Sheet.NOTHING, "")
    assert isinstance(waits, JobStillWaiting)
    assert waits.title == f"kpdesk {BLANK}"
    assert books.sql("SELECT state FROM stock WHERE number = :it", it=BLANK) == [("loaded",)]


def _real(books: Books) -> issue_acts.Desk:

    desk = books[PREPARER]
    return replace(desk, office=replace(desk.office, practice=False))
