"""Cards and text on the 8-pixel grid: 24 inside cards, 20 between them, captions in small capitals."""

from typing import Literal, TypeAlias, TypeVar

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QLabel, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from ui import look
from ui.tones import Tone

TextStyle: TypeAlias = Literal["title", "heading", "caption", "muted", "figure", "number", "verdict", "question", ""]

INSIDE, BETWEEN, APART = 24, 20, 8

Box = TypeVar("Box", bound=QBoxLayout)


def text(words: str, style: TextStyle = "", *, wrap: bool = False) -> QLabel:
    """A label in one of the sheet's styles; never rich text, for what it shows may come from strangers."""
    label = QLabel(words)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setProperty("text_style", style)
    label.setWordWrap(wrap)
    if style in ("title", "heading", "verdict", "question"):
        look.heavier(label)
    return label


def card(name: str, caption: str = "") -> tuple[QFrame, QVBoxLayout]:
    """A card and the column inside it."""
    frame = QFrame()
    frame.setObjectName(name)
    frame.setProperty("card", True)
    column = QVBoxLayout(frame)
    column.setContentsMargins(INSIDE, INSIDE - 4, INSIDE, INSIDE)
    column.setSpacing(APART)
    if caption:
        column.addWidget(text(caption, "caption"))
    return frame, column


def table_card(name: str, caption: str, table: QWidget) -> QFrame:
    """A card whose table's text stands in line with its caption."""
    frame, column = card(name)
    column.setContentsMargins(INSIDE - 11, INSIDE - 4, INSIDE - 11, INSIDE - 8)
    head = text(caption, "caption")
    head.setContentsMargins(11, 0, 11, 0)
    column.addWidget(head)
    column.addWidget(table, 1)
    return frame


def row(*widgets: QWidget | int, gap: int = 2 * APART) -> QHBoxLayout:
    """Widgets side by side; a number is a stretch."""
    return _filled(QHBoxLayout(), widgets, gap)


def column(*widgets: QWidget | int, gap: int = APART) -> QVBoxLayout:
    """Widgets one below the other; a number is a stretch."""
    return _filled(QVBoxLayout(), widgets, gap)


def _filled(layout: Box, widgets: tuple[QWidget | int, ...], gap: int) -> Box:
    layout.setSpacing(gap)
    layout.setContentsMargins(0, 0, 0, 0)
    for each in widgets:
        if isinstance(each, int):
            layout.addStretch(each)
        else:
            layout.addWidget(each)
    return layout


def rule() -> QFrame:
    """A hairline."""
    line = QFrame()
    line.setProperty("rule", True)
    line.setFixedHeight(1)
    return line


def button(name: str, words: str, key: str = "", *, primary: bool = False, link: bool = False) -> QPushButton:
    """A button that tells its key: one primary button a page."""
    made = QPushButton(f"{words}   {key}" if key else words)
    made.setObjectName(name)
    made.setAccessibleName(words)
    made.setAutoDefault(False)
    made.setCursor(Qt.CursorShape.PointingHandCursor)
    if primary:
        made.setProperty("primary", True)
        look.heavier(made)
    if link:
        made.setProperty("link", True)
    return made


def rename(made: QPushButton, words: str, key: str = "") -> None:
    """Other words on a button, with its key behind."""
    made.setText(f"{words}   {key}" if key else words)
    made.setAccessibleName(words)


class Sign(QWidget):
    """One of our icons at a fixed size, in a tone asked for when it is painted."""

    def __init__(self, name: str, tone: str = "", size: int = 18) -> None:
        super().__init__()
        self._name, self._tone, self._size = name, tone or name, size
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_sign(self, name: str, tone: str = "") -> None:
        self._name, self._tone = name, tone or name
        self.update()

    def sizeHint(self) -> QSize:
        side = look.current().px(self._size)
        return QSize(side, side)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        side = min(self.width(), self.height())
        square = QRectF((self.width() - side) / 2, (self.height() - side) / 2, side, side)
        look.paint_icon(painter, square, self._name, look.current().tone(self._tone))


class Notice(QFrame):
    """A finding in one line: sign, words, tinted ground."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setProperty("notice", True)
        self._sign = Sign("note", size=16)
        self._words = text("", wrap=True)
        self._words.setObjectName(f"{name}_words")
        inside = row(self._sign, self._words, gap=APART)
        inside.setContentsMargins(10, 5, 10, 5)
        inside.setAlignment(self._sign, Qt.AlignmentFlag.AlignTop)
        inside.setStretch(1, 1)
        self.setLayout(inside)
        self.hide()

    @property
    def words(self) -> str:
        return self._words.text()

    def show_words(self, words: str, tone: Tone = Tone.STOP) -> None:
        """Nothing to say hides it."""
        self._words.setText(words)
        self._sign.show_sign(tone.value)
        look.restyle(self._words, finding=tone.value)
        look.restyle(self, tone=tone.value)
        self.setVisible(bool(words))


def announce(widget: QWidget, words: str) -> None:
    """Let a screen reader speak a result."""
    QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(widget, words))
