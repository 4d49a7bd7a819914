"""What this computer's user likes: the look and the text's size, kept beside the program's log."""

from pathlib import Path

from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QApplication

from ui import look
from ui.look import Look, Theme

_WHERE = "preferences"


def restore(app: QApplication, file: Path) -> Look:
    """The look worn last; from now on `wear` keeps what is chosen in this file."""
    app.setProperty(_WHERE, str(file))
    kept = QSettings(str(file), QSettings.Format.IniFormat)
    theme, text = str(kept.value("look", "")), str(kept.value("text", ""))
    plain = Look(Theme(theme) if theme in [*Theme] else Theme.LIGHT)
    return plain.sized(int(text)) if text.isdecimal() else plain


def wear(chosen: Look) -> None:
    """Give the program this look, and keep it for the next start."""
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    if chosen == look.current():
        return
    chosen.wear(app)
    if file := app.property(_WHERE):
        kept = QSettings(file, QSettings.Format.IniFormat)
        kept.setValue("look", chosen.theme.value)
        kept.setValue("text", chosen.text)
        kept.sync()
