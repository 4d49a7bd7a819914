"""The look chosen at a desk holds at once and at the next start."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QComboBox
from pytestqt.qtbot import QtBot

from kpdesk.practice import CLERK
from tests.desks.practice_books import Books
from tests.ui.hands import CONTROL, focused
from ui import look, preferences
from ui.look import Look, Theme
from ui.window import DeskWindow


@pytest.fixture
def kept(qapp: QApplication, tmp_path: Path) -> Iterator[Path]:
    file = tmp_path / "desk.ini"
    preferences.restore(qapp, file)
    yield file
    qapp.setProperty("preferences", None)


def test_a_look_is_kept(
    kept: Path, at: Callable[[str], Books], sit: Callable[..., DeskWindow], qtbot: QtBot, qapp: QApplication
) -> None:
    window = sit(at("ready"), CLERK)
    qtbot.keyClick(focused(), Qt.Key.Key_Comma, CONTROL)
    assert focused().objectName() == "settings_look"
    qtbot.keyClick(focused(), Qt.Key.Key_Down)
    assert look.current().theme is Theme.DARK
    sizes = window.findChild(QComboBox, "settings_text")
    sizes.setFocus()
    qtbot.keyClick(sizes, Qt.Key.Key_Down)
    assert look.current() == Look(Theme.DARK, 120)
    assert preferences.restore(qapp, kept) == Look(Theme.DARK, 120)


@pytest.mark.parametrize("content", ["", "look=loud\ntext=much", "\0\0", "[General]\nlook=dark\ntext=9999"])
def test_a_broken_file_is_the_plain_look(kept: Path, qapp: QApplication, content: str) -> None:
    kept.write_text(content)
    assert preferences.restore(qapp, kept) in (Look(), Look(Theme.DARK, 200))
