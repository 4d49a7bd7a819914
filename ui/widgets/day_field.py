"""A field for a day: read as one types, shown as understood below, never as 03/09/26."""

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit

from kpdesk.domain.days import NotADay, parse_day
from ui import messages
from ui.formats import day
from ui.widgets.field import Field, line


class DayField(Field):
    """`9.3.` is this year's; an empty field is None and not wrong."""

    day_changed = Signal(object)
    """The day, or None while there is none."""

    def __init__(self, name: str, caption: str, *, today: Callable[[], date]) -> None:
        self.line: QLineEdit = line(name, longest=20)
        super().__init__(caption, self.line, below=True)
        self._today = today
        self._day: date | None = None
        self.line.textChanged.connect(self._on_text_changed)
        self.line.editingFinished.connect(self.check)

    @property
    def day(self) -> date | None:
        return self._day

    def show_day(self, on: date | None) -> None:
        self.line.setText(day(on) if on else "")

    def check(self) -> bool:
        """Say what is wrong with what was typed, if anything is."""
        if self._day is None and self.line.text().strip():
            self.show_words(" ".join(messages.outcome(NotADay(self.line.text()[:40]))))
            return False
        self.show_words("")
        return True

    def _on_text_changed(self) -> None:
        typed = self.line.text().strip()
        try:
            found = parse_day(typed, year=self._today().year) if typed else None
        except NotADay:
            found = None
        if found is not None or not typed:
            self.show_words("")
        self.show_below(f"= {day(found)}" if found and typed != day(found) else "")
        if found != self._day:
            self._day = found
            self.day_changed.emit(found)
