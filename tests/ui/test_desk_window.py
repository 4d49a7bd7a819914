"""The window: sections, keys, status line, messages, practice, text size."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QScrollArea, QWidget
from pytestqt.qtbot import QtBot

from kpdesk.domain.measures import NotAnAmount
from tests.ui.accessible import backwards, faults, stops
from ui import look
from ui.keys import Keyboard
from ui.tones import Tone
from ui.widgets.rows import SLIP
from ui.window import DeskWindow
from ui.work import Workroom

Opened = Callable[..., DeskWindow]
SECTIONS = ["today", "register", "issue", "verify"]


def label(window: QWidget, name: str) -> str:
    return window.findChild(QLabel, name).text()


def test_a_page_is_made_when_it_is_first_turned_to(desk: Opened) -> None:
    window = desk("today")
    assert window.page("register") is None
    window.go("register")
    page = window.page("register")
    window.go("today")
    window.go("register")
    assert window.page("register") is page


@pytest.mark.parametrize(("key", "title"), [("F2", "Register parcel"), ("F5", "Issue"), ("F9", "Verify")])
def test_keys_turn_to_sections(desk: Opened, qtbot: QtBot, key: str, title: str) -> None:
    window = desk("today")
    qtbot.keyClick(window, getattr(Qt.Key, f"Key_{key}"))
    assert label(window, "title") == title
    assert window.findChild(QPushButton, f"side_{title.split()[0].lower()}").isChecked()


@pytest.mark.parametrize("size", [100, 150, 200])
def test_every_screen_can_be_used_without_eyes_or_mouse(desk: Opened, size: int) -> None:
    look.Look(text=size).wear(QApplication.instance())
    window = desk()
    window.resize(1280, 720)
    for section in SECTIONS:
        window.go(section)
        QApplication.processEvents()
        assert sideways(window.page(section)) == 0
        assert faults(window) == []
        assert backwards(window.page(section)) == []
        assert len(stops(window.page(section))) >= 1
        assert cut_short(window) == []


def sideways(page: QWidget) -> int:
    """Pixels by which a page is wider than its window lets it be."""
    held = page.parentWidget().parentWidget()
    assert isinstance(held, QScrollArea)
    return held.horizontalScrollBar().maximum()


@pytest.mark.parametrize(("size", "both"), [(100, True), (200, False)])
def test_the_panel_stands_beside_the_page_or_in_its_place(desk: Opened, qtbot: QtBot, size: int, both: bool) -> None:
    look.Look(text=size).wear(QApplication.instance())
    window = desk("register")
    window.resize(1280, 720)
    note = window.findChild(QWidget, "register_note")
    note.setFocus()
    qtbot.keyClick(window, Qt.Key.Key_F12)
    QApplication.processEvents()
    panel = window.findChild(QWidget, "panel")
    assert panel.mapTo(window, panel.rect().topRight()).x() < 1280
    assert window.page("register").isVisible() is both
    qtbot.keyClick(panel.findChild(QWidget, "panel_messages"), Qt.Key.Key_Escape)
    assert window.page("register").isVisible()
    assert note.hasFocus()


def test_only_the_window_is_a_window(desk: Opened, qapp: QApplication) -> None:
    """A part that is shown before it has its place is a window of its own for a moment, and takes the keys."""
    window, shown = desk(), []

    class Shown(QObject):
        def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
            if event.type() == QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow():
                shown.append(watched.objectName())
            return False

    listener = Shown()
    qapp.installEventFilter(listener)
    for section in SECTIONS:
        window.go(section)
    qapp.removeEventFilter(listener)
    assert shown == []
    assert window.isActiveWindow()


def cut_short(window: QWidget) -> list[str]:
    """Buttons too small for their words."""
    return [
        button.text()
        for button in window.findChildren(QPushButton)
        if button.isVisible() and button.text() and button.width() < button.minimumSizeHint().width()
    ]


def test_practice_is_said_on_every_page_and_in_the_title(desk: Opened) -> None:
    window = desk("today", practice=True)
    assert "PRACTICE" in window.windowTitle()
    for section in SECTIONS:
        window.go(section)
        assert window.findChild(QWidget, "practice").isVisible()
    assert desk("today").findChild(QWidget, "practice") is None


def test_success_is_said_in_the_status_line_and_kept(desk: Opened, qtbot: QtBot) -> None:
    window = desk()
    window.tell("P-2026-004114 registered")
    assert label(window, "status_said") == "✓  P-2026-004114 registered"
    assert window.findChild(QPushButton, "side_messages").text().endswith("1")
    qtbot.keyClick(window, Qt.Key.Key_F12)
    panel = window.findChild(QWidget, "panel")
    assert panel.isVisible()
    assert "registered" in panel.findChild(QWidget, "panel_messages").toPlainText()
    assert not window.findChild(QPushButton, "side_messages").text().endswith("1")
    qtbot.keyClick(panel.findChild(QWidget, "panel_messages"), Qt.Key.Key_Escape)
    assert not panel.isVisible()


def test_keys_that_work_are_shown(desk: Opened, qtbot: QtBot, keyboard: Keyboard) -> None:
    window = desk()
    qtbot.keyClick(window, Qt.Key.Key_F1, Qt.KeyboardModifier.ControlModifier)
    shown = window.findChild(QWidget, "panel_keys")
    assert shown.isVisible()
    acts = {shown.model.index(row, 0).data(SLIP).act for row in range(shown.model.rowCount())}
    assert {"lock", "go_to", "keys", "new", "issue", "verify", "main"} <= acts
    assert acts < {key.act for key in keyboard.table}, "only what does something here"


def test_what_nobody_takes_stays_until_read(desk: Opened, workroom: Workroom) -> None:
    window = desk()
    workroom.failed.emit(NotAnAmount("twelve"))
    assert "“twelve” is not an amount." in label(window, "trouble_words")
    workroom.bug_found.emit("AB12CD34")
    assert "AB12CD34" in label(window, "trouble_words")


def test_parts_of_the_status_line_are_buttons(desk: Opened, qtbot: QtBot) -> None:
    window = desk()
    part = window.findChild(QPushButton, "status_printer")
    assert not part.isVisible(), "nothing is known of a printer yet"
    window.show_state("printer", Tone.OK, "printer ready")
    assert part.text() == "printer ready"
    qtbot.mouseClick(part, Qt.MouseButton.LeftButton)
    assert label(window, "title") == "Issue"


def test_what_leads_nowhere_is_no_button(desk: Opened) -> None:
    window = desk()
    told = {part.objectName(): part.isEnabled() for part in window.status.findChildren(QPushButton) if part.isVisible()}
    assert told == {"status_waiting": True, "status_unsent": False, "status_lists": False}


def test_the_lock_is_a_key_and_a_button(desk: Opened, qtbot: QtBot) -> None:
    window = desk()
    with qtbot.waitSignal(window.locked):
        qtbot.keyClick(window, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    with qtbot.waitSignal(window.locked):
        qtbot.mouseClick(window.findChild(QPushButton, "side_lock"), Qt.MouseButton.LeftButton)


def test_text_grows_and_shrinks(desk: Opened, qtbot: QtBot) -> None:
    window, held = desk(), Qt.KeyboardModifier.ControlModifier
    for key, size in ((Qt.Key.Key_Plus, 120), (Qt.Key.Key_Minus, 100), (Qt.Key.Key_Minus, 80), (Qt.Key.Key_Minus, 80)):
        qtbot.keyClick(window, key, held)
        assert look.current().text == size
    qtbot.keyClick(window, Qt.Key.Key_0, held)
    assert look.current().text == 100
    assert window.findChild(QLabel, "title").font().pixelSize() == 24


def test_another_look_reaches_what_is_open(desk: Opened, qapp: QApplication) -> None:
    window = desk("register")
    light = window.grab().toImage().pixelColor(600, 30).lightness()
    look.Look(look.Theme.DARK).wear(qapp)
    assert window.grab().toImage().pixelColor(600, 30).lightness() < light / 3
