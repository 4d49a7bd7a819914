"""The window off-screen, its workroom at once, practice acts behind every screen."""

import os

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from kpdesk.desks.reading import Reader
from tests.desks.practice_books import Books
from tests.ui.practice_ui import Office
from ui import wiring
from ui.balance import BalanceLine
from ui.instruments import Instruments
from ui.keys import Keyboard
from ui.look import Look
from ui.window import DeskWindow
from ui.work import Workroom, at_once


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Qt's off-screen screen complains of what it cannot do; every other warning fails a test."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.qt_log_ignore("This plugin does not support", extend=True))


@pytest.fixture(autouse=True)
def dressed(qapp: QApplication) -> Look:
    """The plain look, whatever a test before has worn."""
    look = Look()
    if qapp.property("look") != look:
        look.wear(qapp)
    return look


@pytest.fixture
def workroom(qapp: QApplication) -> Workroom:
    return Workroom(at_once)


@pytest.fixture
def keyboard() -> Keyboard:
    return Keyboard()


@pytest.fixture
def office() -> Office:
    return Office()


@pytest.fixture
def desk(qtbot: QtBot, workroom: Workroom, keyboard: Keyboard, office: Office) -> Callable[..., DeskWindow]:
    """Opens the desk's window on a section, active, so that keys arrive."""

    def opened(section: str = "today", *, practice: bool = False) -> DeskWindow:
        window = office.window(workroom, keyboard, practice=practice)
        qtbot.addWidget(window)
        window.show()
        qtbot.waitExposed(window)
        window.activateWindow()
        qtbot.waitUntil(window.isActiveWindow)
        window.go(section)
        return window

    return opened


@pytest.fixture
def sit(qtbot: QtBot, workroom: Workroom, at: Callable[[str], Books]) -> Iterator[Callable[..., DeskWindow]]:
    """Sits an officer down at the real window over a practice office: `sit(books, CLERK, "register")`.

    `sit(books, …)` again is another officer at the same books. What failed in the workroom fails the test.
    """
    instruments = Instruments(Reader(), BalanceLine(workroom))
    mistakes: list[object] = []
    workroom.bug_found.connect(mistakes.append)

    def opened(books: Books, officer: str, section: str = "today", subject: str = "") -> DeskWindow:
        window = wiring.window(books[officer], instruments, workroom, books.clock)
        qtbot.addWidget(window)
        window.show()
        qtbot.waitExposed(window)
        window.activateWindow()
        qtbot.waitUntil(window.isActiveWindow)
        window.go(section, subject)
        return window

    yield opened
    instruments.close()
    assert mistakes == []
