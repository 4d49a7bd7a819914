"""Settings of this desk (Ctrl+,): how the window looks here. What the office decides is the supervisors'."""

from dataclasses import replace

from PySide6.QtCore import QCoreApplication

from ui import look, preferences
from ui.look import LARGEST, SMALLEST, Theme
from ui.marks import QT_TRANSLATE_NOOP
from ui.surface import Surface
from ui.widgets.card import BETWEEN, card, column, text
from ui.widgets.columns import Columns
from ui.widgets.field import EnterMoves, Field, choice
from ui.widgets.page import Page

_THEMES = {
    Theme.LIGHT: QT_TRANSLATE_NOOP("looks", "Light"),
    Theme.DARK: QT_TRANSLATE_NOOP("looks", "Dark"),
    Theme.CONTRAST: QT_TRANSLATE_NOOP("looks", "High contrast"),
}
_STEP = 20


class DeskSettingsPage(Page):
    """Takes effect at once; kept for this user of this computer."""

    def __init__(self, surface: Surface, *, idle_minutes: int) -> None:
        super().__init__("settings", surface)
        self._build(idle_minutes)
        self._wire()

    def _build(self, idle_minutes: int) -> None:
        said = QCoreApplication.translate
        self._look = choice("settings_look", *((said("looks", words), theme) for theme, words in _THEMES.items()))
        sizes = range(SMALLEST, LARGEST + 1, _STEP)
        self._text = choice("settings_text", *((f"{size}\u00a0%", size) for size in sizes))
        form, inside = card("settings_card", self.tr("How this window looks"))
        inside.setSpacing(16)
        inside.addWidget(Field(self.tr("&Look"), self._look))
        inside.addWidget(Field(self.tr("&Text size"), self._text))
        inside.addStretch(1)
        self._moves = EnterMoves([self._look, self._text])
        told, words = card("settings_office", self.tr("Decided by the office"))
        locks = self.tr("The desk locks itself after {minutes} minutes without a key, a weight or a scan.")
        words.addWidget(text(locks.format(minutes=idle_minutes), wrap=True))
        words.addWidget(text(self.tr("Two supervisors change what holds for the whole office."), "muted", wrap=True))
        words.addStretch(1)
        start, end = column(form, gap=BETWEEN), column(told, gap=BETWEEN)
        Columns(self, (start, 1), (end, 1))

    def _wire(self) -> None:
        self._look.activated.connect(self._on_look)
        self._text.activated.connect(lambda: preferences.wear(look.current().sized(self._text.currentData())))

    def _on_look(self) -> None:
        """Qt gives the value back as a plain text."""
        preferences.wear(replace(look.current(), theme=Theme(self._look.currentData())))

    def enter(self) -> None:
        now = look.current()
        self._look.setCurrentIndex(self._look.findData(now.theme))
        self._text.setCurrentIndex(self._text.findData(now.text))
        self.show_subtitle(self.tr("for this user of this computer"))
        self._look.setFocus()
