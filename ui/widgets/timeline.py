"""Who did what when, as a line of dots with words beside them; the newest above."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from ui import look
from ui.tones import Tone
from ui.widgets.card import column, row, text


@dataclass(frozen=True, slots=True, kw_only=True)
class Happened:
    """One entry."""

    when: str
    what: str
    who: str
    details: str = ""
    tone: Tone | None = None
    """Marks what is not the ordinary way."""


class Timeline(QScrollArea):
    """Scrolls by arrow keys."""

    def __init__(self, name: str, title: str, empty: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setAccessibleName(title)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._empty = empty
        self.show_happened(())

    def sizeHint(self) -> QSize:
        """As little as shows some of it: the rest scrolls here, and not the page."""
        return QSize(look.current().px(320), look.current().px(220))

    def show_happened(self, happened: Sequence[Happened]) -> None:
        held = QWidget()
        held.setObjectName(f"{self.objectName()}_entries")
        held.setProperty("card_ground", True)
        inside = QVBoxLayout(held)
        inside.setContentsMargins(4, 4, 12, 4)
        inside.setSpacing(0)
        for place, each in enumerate(happened):
            inside.addWidget(_Entry(each, first=place == 0, last=place == len(happened) - 1))
        if not happened:
            inside.addWidget(text(self._empty, "muted", wrap=True))
        inside.addStretch(1)
        self.setWidget(held)


class _Entry(QWidget):
    """A dot on the line, and its words."""

    def __init__(self, happened: Happened, *, first: bool, last: bool) -> None:
        super().__init__()
        said = [happened.when, happened.what, happened.who, happened.details]
        self.setAccessibleName(", ".join(filter(None, said)))
        head = row(text(happened.what), 1, text(happened.when, "muted"), gap=12)
        words = column(gap=1)
        words.addLayout(head)
        words.addWidget(text("  ·  ".join(filter(None, (happened.who, happened.details))), "muted", wrap=True))
        words.setContentsMargins(0, 6, 0, 10)
        inside = row(_Dot(happened.tone, first=first, last=last), gap=10)
        inside.addLayout(words, 1)
        self.setLayout(inside)


class _Dot(QWidget):
    """As high as its entry, so that the line goes through."""

    def __init__(self, tone: Tone | None, *, first: bool, last: bool) -> None:
        super().__init__()
        self._tone, self._first, self._last = tone, first, last
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)

    def sizeHint(self) -> QSize:
        return QSize(look.current().px(18), look.current().px(18))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, now = QPainter(self), look.current()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        middle, high = self.width() / 2, now.px(16)
        painter.setPen(QPen(now.tone("line"), now.px(2)))
        painter.drawLine(
            QPointF(middle, high if self._first else 0), QPointF(middle, high if self._last else self.height())
        )
        tone = now.tone(self._tone.value if self._tone else "muted")
        painter.setPen(QPen(tone, now.px(2)))
        painter.setBrush(tone if self._tone else now.tone("card"))
        painter.drawEllipse(QPointF(middle, high), now.px(5), now.px(5))
