"""The panel at the end side: messages that can be read again and copied, or the table of keys."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShortcut
from PySide6.QtWidgets import QFrame, QStackedWidget, QTextEdit, QVBoxLayout, QWidget
from shiboken6 import isValid

from ui.formats import Formats
from ui.keys import Keyboard
from ui.messages import SIGNS
from ui.tones import Tone
from ui.widgets.card import button, column, row, text
from ui.widgets.rows import Column, Rows


@dataclass(frozen=True, slots=True)
class Message:
    """One thing that was said, and when."""

    at: datetime
    tone: Tone
    words: str


class Panel(QFrame):
    """Messages (F12) and keys (Ctrl+F1); hidden until asked for."""

    unread_changed = Signal(int)
    turned = Signal()
    """It was shown or hidden."""

    def __init__(self, formats: Formats, keyboard: Keyboard, acts: Collection[str]) -> None:
        """`acts`: those whose keys do something in this window."""
        super().__init__()
        self.setObjectName("panel")
        self.setProperty("panel", True)
        self._formats = formats
        self._messages: list[Message] = []
        self._unread = 0
        self._before: QWidget | None = None
        self._title = text("", "heading")
        close = button("panel_close", self.tr("Close"), keyboard.name("back"), link=True)
        close.clicked.connect(self.close_panel)
        back = QShortcut(keyboard["back"].sequences[0], self)
        back.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        back.activated.connect(self.close_panel)
        self._text = QTextEdit()
        self._text.setObjectName("panel_messages")
        self._text.setAccessibleName(self.tr("Messages"))
        self._text.setReadOnly(True)
        self._text.setTabChangesFocus(True)
        self._text.setPlaceholderText(self.tr("Nothing has been said yet. Successes and errors are kept here."))
        self._keys = Rows(
            "panel_keys",
            self.tr("Keys"),
            (Column(self.tr("Act"), lambda key: key.told, wide=True), Column(self.tr("Key"), _written, number=True)),
            empty="",
        )
        self._keys.show_slips(keyboard.of(acts))
        self._pages = QStackedWidget()
        self._pages.addWidget(self._text)
        self._pages.addWidget(self._keys)
        inside = QVBoxLayout(self)
        inside.setContentsMargins(20, 20, 20, 20)
        inside.addLayout(row(self._title, 1, close))
        inside.addLayout(column(self._pages))
        self.hide()

    def turn(self, page: str) -> None:
        """Show `messages` or `keys`; hide the one that is already shown."""
        wanted = 0 if page == "messages" else 1
        if self.isVisible() and self._pages.currentIndex() == wanted:
            self.close_panel()
            return
        if not self.isVisible():
            self._before = self.window().focusWidget()
        self._pages.setCurrentIndex(wanted)
        self._title.setText(self.tr("Messages") if wanted == 0 else self.tr("Keys"))
        if wanted == 0:
            self._unread = 0
            self.unread_changed.emit(0)
        self.show()
        self.turned.emit()
        (self._text if wanted == 0 else self._keys.table).setFocus()

    def close_panel(self) -> None:
        """Back to where the cursor was."""
        self.hide()
        self.turned.emit()
        if self._before is not None and isValid(self._before):
            self._before.setFocus()

    def add(self, message: Message) -> None:
        self._messages.append(message)
        self._text.append(f"{self._formats.time(message.at)}  {SIGNS[message.tone]}  {message.words}\n")
        if not self.isVisible():
            self._unread += 1
            self.unread_changed.emit(self._unread)


def _written(key: object) -> str:
    return str(getattr(key, "keys", ("",))[0]).replace("Return", "Enter")
