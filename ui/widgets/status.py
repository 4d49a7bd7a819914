"""The status line: every part is a button that opens what it tells of."""

from PySide6.QtCore import QCoreApplication, QSize, Qt, QTimer, Signal
from PySide6.QtWidgets import QFrame, QPushButton

from ui import look
from ui.marks import QT_TRANSLATE_NOOP
from ui.tones import Tone
from ui.widgets.card import announce, text
from ui.widgets.flow import Flow

_PARTS = (
    ("draft", "draft", QT_TRANSLATE_NOOP("status", "no draft")),
    ("balance", "weigh", QT_TRANSLATE_NOOP("status", "no balance")),
    ("printer", "printer", QT_TRANSLATE_NOOP("status", "no printer")),
    ("waiting", "clock", QT_TRANSLATE_NOOP("status", "nothing waits")),
    ("unsent", "batch", QT_TRANSLATE_NOOP("status", "all sent")),
    ("lists", "log", QT_TRANSLATE_NOOP("status", "no lists")),
)
_SHOWN_MS = 5_000


class StatusLine(QFrame):
    """Draft, balance, printer, waiting, unsent, the age of the lists; and for five seconds what went well."""

    asked = Signal(str)
    """The name of a part that was pressed."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("status")
        self.setProperty("status", True)
        self._flow = Flow(self, gap=8)
        self._flow.setContentsMargins(16, 3, 16, 3)
        self._parts: dict[str, QPushButton] = {}
        for name, icon, words in _PARTS:
            part = QPushButton()
            part.setObjectName(f"status_{name}")
            part.setIconSize(QSize(look.current().px(14), look.current().px(14)))
            part.setCursor(Qt.CursorShape.PointingHandCursor)
            part.setProperty("icon_name", icon)
            part.clicked.connect(lambda _=False, name=name: self.asked.emit(name))
            self._flow.addWidget(part)
            self._parts[name] = part
            self.show_part(name, Tone.UNKNOWN, QCoreApplication.translate("status", words))
        self._said = text("")
        self._said.setObjectName("status_said")
        self._said.setProperty("finding", "ok")
        self._flow.addWidget(self._said)
        self._said.hide()
        self._fade = QTimer(self)
        self._fade.setSingleShot(True)
        self._fade.setInterval(_SHOWN_MS)
        self._fade.timeout.connect(self._said.hide)

    def show_part(self, name: str, tone: Tone, words: str) -> None:
        part = self._parts[name]
        colour = "muted" if tone is Tone.UNKNOWN else tone.value
        part.setIcon(look.icon(str(part.property("icon_name")), colour))
        part.setText(words)
        part.setAccessibleName(words)

    def say(self, words: str) -> None:
        self._said.setText(f"✓  {words}")
        self._said.show()
        announce(self._said, words)
        self._fade.start()
