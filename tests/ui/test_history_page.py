"""The history at the real window: found as one types, what an entry changed, the check, an anchor, a file."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from kpdesk.desks import auditor
from kpdesk.domain.papers import anchor_code
from kpdesk.practice import AUDITOR
from tests.desks.practice_books import CERTIFICATE, PARCEL
from tests.ui.hands import CONTROL, focused, label, line
from tests.ui.test_supervisor_looking import At, Sit, cells, notice
from ui.supervisor.listing import ListBar
from ui.widgets.changed import parts
from ui.widgets.rows import Rows


def test_type_a_number_and_see_what_changed(at: At, sit: Sit, qtbot: QtBot) -> None:
    books = at("exported")
    window = sit(books, AUDITOR, "log")
    qtbot.keyClicks(focused(), CERTIFICATE)
    qtbot.keyClick(focused(), Qt.Key.Key_Return)
    assert set(cells(window, "log_rows", 3)) == {CERTIFICATE}
    assert cells(window, "log_rows", 2)[0] == "report export"
    assert cells(window, "log_changed", 0) == ["exported on", "state"]
    assert cells(window, "log_changed", 1) == ["–", "released"]
    qtbot.keyClick(focused(), Qt.Key.Key_Down)
    assert "release" in label(window, "log_title")


def test_the_next_page_comes_at_the_end_of_this_one(at: At, sit: Sit) -> None:
    books = at("exported")
    window = sit(books, AUDITOR, "log")
    bar = window.findChild(Rows, "log_rows").table.verticalScrollBar()
    for _ in range(10):
        bar.setValue(bar.maximum())
    assert len(cells(window, "log_rows", 0)) == books.size()


def test_the_chain_is_checked_and_an_anchor_proved(at: At, sit: Sit, qtbot: QtBot) -> None:
    books = at("exported")
    with books[AUDITOR].view() as unit:
        anchor = unit.head.anchor(unit.epoch)
    window = sit(books, AUDITOR, "log")
    qtbot.keyClick(focused(), Qt.Key.Key_Return, CONTROL)
    assert notice(window, "log_found").startswith("Whole: ")
    assert not window.findChild(QPushButton, "log_cancel").isVisible()
    field = line(window, "log_anchor")
    field.setText(anchor_code(anchor))
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert notice(window, "log_proved").startswith(f"In this history at entry {anchor.size}")
    field.setText("KPA1:1:9:AAAAAAAAAAAAAAAA")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert notice(window, "log_proved").startswith("Not of this history")
    field.setText("what is this")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert notice(window, "log_proved")


def test_a_tampered_history_is_told_in_words(at: At, sit: Sit) -> None:
    books = at("exported")
    books.sql("DROP TRIGGER history_no_UPDATE")
    books.sql("UPDATE history SET record = replace(record, 'EXP-0041', 'EXP-0042') WHERE act = 'receive_parcel'")
    window = sit(books, AUDITOR, "log")
    window.findChild(QPushButton, "log_check").click()
    assert notice(window, "log_found").startswith("Broken at entry")


def test_a_check_is_stopped(at: At, sit: Sit, monkeypatch: pytest.MonkeyPatch) -> None:
    """The officer presses Cancel while it goes on."""
    books = at("exported")

    def slow(desk: object, *, tell: Callable[[int, int], None]) -> None:
        window.findChild(QPushButton, "log_cancel").click()
        tell(1000, 5000)

    monkeypatch.setattr(auditor, "verify_history", slow)
    window = sit(books, AUDITOR, "log")
    window.findChild(QPushButton, "log_check").click()
    assert notice(window, "log_found").startswith("The check was stopped at entry 1000 of 5000")
    assert window.findChild(QPushButton, "log_check").isEnabled()


def test_all_that_was_asked_for_as_a_file(at: At, sit: Sit, tmp_path: Path) -> None:
    books = at("exported")
    window = sit(books, AUDITOR, "log")
    line(window, "log_typed").setText(PARCEL)
    window.page("log").search_now()  # type: ignore[union-attr]
    window.page("log").findChild(ListBar).save_as(tmp_path / "history.csv")  # type: ignore[union-attr]
    rows = (tmp_path / "history.csv").read_text("utf-8-sig").splitlines()
    assert rows[0].startswith("entry,at,act")
    assert len(rows) == 1 + len(cells(window, "log_rows", 0))


def test_the_characters_that_differ_are_marked() -> None:
    assert parts("1 234.56", "1 234.06") == [("1 234.", True), ("5", False), ("6", True)]
    assert parts("same", "same") == [("same", True)]
