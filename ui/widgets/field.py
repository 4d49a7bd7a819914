"""A field: its caption in small capitals above, what was understood or found below."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QEvent, QObject, QRectF, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import QComboBox, QCompleter, QLineEdit, QVBoxLayout, QWidget

from ui import look, messages
from ui.tones import Answer, Tone
from ui.widgets.card import Notice, text

_DIGITS = 9


class Field(QWidget):
    """Caption, editor, line below. The caption is the editor's label and its accessible name."""

    def __init__(self, caption: str, editor: QLineEdit | QComboBox, *, below: bool = False) -> None:
        """`below`: the line under the field keeps its place even while empty."""
        super().__init__()
        self.editor = editor
        name = editor.objectName()
        self.setObjectName(f"{name}_field")
        self._caption = text(caption, "caption")
        self._caption.setBuddy(editor)
        editor.setAccessibleName(caption.replace("&", ""))
        self._below = text(" " if below else "", "muted", wrap=True)
        self._below.setObjectName(f"{name}_below")
        self._keeps = below
        self.notice = Notice(f"{name}_notice")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        for widget in (self._caption, editor, self._below, self.notice):
            layout.addWidget(widget)
        layout.addStretch(1)
        # Not before it has its place: alone it would be a window of its own for a moment, and take the keys.
        self._below.setVisible(below)

    @property
    def error(self) -> str:
        """What is said beside the field."""
        return self.notice.words

    @property
    def below(self) -> str:
        return self._below.text().strip()

    def show_below(self, words: str) -> None:
        """What was understood; hidden while something is found."""
        self._below.setText(words or " ")
        self._below.setVisible((bool(words) or self._keeps) and not self.error)

    def show_words(self, words: str, tone: Tone = Tone.STOP) -> None:
        """Say something beside the field; no words clear it."""
        self.notice.show_words(words, tone)
        self.show_below(self.below)
        self.editor.setAccessibleDescription(words)
        look.restyle(self.editor, finding=tone.value if words else "")

    def show_answer(self, found: Answer | None) -> None:
        if found is None:
            self.show_words("")
        else:
            self.show_words(" ".join(messages.answer(found)), found.tone)


def line(name: str, *, mono: bool = False, longest: int = 200) -> QLineEdit:
    """A line to type in; numbers and codes stay left to right."""
    made = QLineEdit()
    made.setObjectName(name)
    made.setMaxLength(longest)
    if mono:
        made.setProperty("mono", True)
        made.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
    return made


def completer(words: Sequence[str], parent: QObject) -> QCompleter:
    """Offers what contains the letters typed so far."""
    made = QCompleter(list(words), parent)
    made.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
    made.setFilterMode(Qt.MatchFlag.MatchContains)
    if popup := made.popup():
        popup.setProperty("popup", True)
    return made


def choice(name: str, *options: tuple[str, object]) -> QComboBox:
    """A short list to choose from; the wheel leaves it alone unless it has the focus."""
    made = _Choice()
    made.setObjectName(name)
    for words, value in options:
        made.addItem(words, value)
    return made


def numbered(reasons: Sequence[tuple[str, str]]) -> list[tuple[str, object]]:
    """(code, words) as options of a choice, the first nine found by their digit."""
    return [
        (f"{place}  {words}" if place <= _DIGITS else words, code) for place, (code, words) in enumerate(reasons, 1)
    ]


class _Choice(QComboBox):
    """Draws its own arrow, in the look's tone."""

    def __init__(self) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)

    def wheelEvent(self, event: QWheelEvent) -> None:
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        side = look.current().px(16)
        start = self.width() - side - 10 if self.layoutDirection() == Qt.LayoutDirection.LeftToRight else 10
        square = QRectF(start, (self.height() - side) / 2, side, side)
        look.paint_icon(QPainter(self), square, "arrow", look.current().tone("muted"))


class EnterMoves(QObject):
    """Enter, and + on the number pad, go to the next field, Up to the one before (desk.md §5)."""

    def __init__(self, editors: Sequence[QLineEdit | QComboBox]) -> None:
        super().__init__(editors[0])
        self._editors = tuple(editors)
        for editor in editors:
            editor.installEventFilter(self)
            if isinstance(editor, QLineEdit):
                # While a completer's list is open its line gets Enter past every filter, but still tells it.
                editor.returnPressed.connect(partial(self._move, editor, 1))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        step = _step(event, isinstance(watched, QComboBox))
        if step and isinstance(watched, QLineEdit | QComboBox):
            self._move(watched, step)
        return bool(step)

    def _move(self, editor: QLineEdit | QComboBox, step: int) -> None:
        if isinstance(editor, QLineEdit) and (offered := editor.completer()) and (popup := offered.popup()):
            popup.hide()
            # A scanner's Enter comes before X11 has shown the list, and its late news would bring the cursor back here.
            popup.setFocusProxy(None)  # type: ignore[arg-type]
        shown = [each for each in self._editors if each.isVisible() and each.isEnabled()]
        there = shown.index(editor) + step if editor in shown else -1
        if 0 <= there < len(shown):
            shown[there].setFocus(Qt.FocusReason.TabFocusReason)


def _step(event: QKeyEvent, chooses: bool) -> int:
    """One field on, one back, or 0; a choice takes Enter here and keeps Up to itself."""
    pad = bool(event.modifiers() & Qt.KeyboardModifier.KeypadModifier)
    if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
        return 0
    match event.key():
        case Qt.Key.Key_Return | Qt.Key.Key_Enter if chooses:
            return 1
        case Qt.Key.Key_Plus if pad:
            return 1
        case Qt.Key.Key_Up if not chooses:
            return -1
    return 0
