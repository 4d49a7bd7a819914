"""A card that gathers lines: Enter after the last field adds one, the lines stand below and can be taken out again."""

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QLineEdit, QVBoxLayout, QWidget

from ui.tones import Tone
from ui.widgets.abreast import Abreast
from ui.widgets.amount_field import AmountField
from ui.widgets.card import APART, INSIDE, Notice, button, text
from ui.widgets.day_field import DayField
from ui.widgets.field import EnterMoves, Field
from ui.widgets.flow import Flow
from ui.widgets.pick_field import PickField
from ui.widgets.rows import Column, Rows


class Entries(QFrame):
    """The lines are frozen values."""

    changed = Signal()
    """A line came or went."""

    def __init__(
        self,
        name: str,
        caption: str,
        *,
        fields: Sequence[Field],
        made: Callable[[], Any],
        columns: Sequence[Column],
        empty: str,
        beside: Sequence[QWidget] = (),
    ) -> None:
        """`made` builds a line from the fields, or gives None while they say too little; `beside`: further buttons."""
        super().__init__()
        self.setObjectName(name)
        self.setProperty("card", True)
        self._fields, self._made = tuple(fields), made
        self._lines: tuple[Any, ...] = ()
        self._notice = Notice(f"{name}_notice")
        self._rows = Rows(f"{name}_lines", caption, columns, empty)
        self._rows.setMinimumHeight(130)
        self._told = text(" ", "muted", wrap=True)
        self._told.setObjectName(f"{name}_told")
        self._add = button(f"{name}_add", self.tr("Add"), "Enter")
        self._out = button(f"{name}_out", self.tr("Take out"), "Del")
        self._build(caption, beside)
        self._wire()

    def _build(self, caption: str, beside: Sequence[QWidget]) -> None:
        across = Abreast(len(self._fields), gap=12, between=8)
        across.show_widgets(self._fields)
        buttons = QWidget()
        flow = Flow(buttons, gap=8)
        flow.setContentsMargins(0, 0, 0, 0)
        for each in (self._add, *beside, self._out):
            flow.addWidget(each)
        inside = QVBoxLayout(self)
        inside.setContentsMargins(INSIDE, INSIDE - 4, INSIDE, INSIDE)
        inside.setSpacing(APART)
        for widget in (text(caption, "caption"), across, self._notice, buttons, self._rows, self._told):
            inside.addWidget(widget)

    def _wire(self) -> None:
        self._moves = EnterMoves([field.editor for field in self._fields])
        last = self._fields[-1].editor
        if isinstance(last, QLineEdit):
            last.returnPressed.connect(self.add)
        self._add.clicked.connect(self.add)
        self._out.clicked.connect(self.take_out)
        delete = QShortcut(QKeySequence(QKeySequence.StandardKey.Delete), self._rows)
        delete.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        delete.activated.connect(self.take_out)

    @property
    def lines(self) -> tuple[Any, ...]:
        return self._lines

    @property
    def begun(self) -> bool:
        """Something is typed that is no line yet."""
        return any(isinstance(field.editor, QLineEdit) and field.editor.text().strip() for field in self._fields)

    def show_lines(self, lines: Sequence[Any]) -> None:
        """These instead of any before."""
        self._lines = tuple(lines)
        self._rows.show_slips(self._lines)
        self._out.setEnabled(bool(self._lines))
        self.say("")

    def add_lines(self, lines: Sequence[Any]) -> None:
        self.show_lines((*self._lines, *lines))
        self.changed.emit()

    def say(self, words: str, tone: Tone = Tone.STOP) -> None:
        """What is wrong with the lines, or with a list that was given."""
        self._notice.show_words(words, tone)

    def show_told(self, words: str) -> None:
        """What the lines come to."""
        self._told.setText(words or " ")

    def add(self) -> None:
        """The fields become a line; the first that is wrong keeps the cursor."""
        for field in self._fields:
            if isinstance(field, (AmountField, DayField, PickField)) and not field.check():
                field.editor.setFocus()
                return
        made = self._made()
        if made is None:
            self.first_empty().setFocus()
            return
        for field in self._fields:
            if isinstance(field.editor, QLineEdit):
                field.editor.clear()
        self.add_lines([made])
        self._fields[0].editor.setFocus()

    def first_empty(self) -> QWidget:
        """Where the next word belongs."""
        lines = (each.editor for each in self._fields if isinstance(each.editor, QLineEdit))
        return next((each for each in lines if not each.text().strip()), self._fields[0].editor)

    def take_out(self) -> None:
        """The line the cursor is on goes."""
        at = self._rows.table.currentIndex().row()
        if 0 <= at < len(self._lines):
            self.show_lines((*self._lines[:at], *self._lines[at + 1 :]))
            self.changed.emit()
