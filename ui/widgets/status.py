"""The status line: what is known of the office now; a part leads to its section, where the officer has that."""

from collections.abc import Mapping

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtWidgets import QFrame, QPushButton

from ui import look
from ui.tones import Tone
from ui.widgets.card import announce, text
from ui.widgets.flow import Flow

_PARTS = {
    "draft": "draft", "balance": "weigh", "printer": "printer", "waiting": "clock", "unsent": "batch", "lists": "log",
    "history": "search",
}  # fmt: skip
"""Each part and its icon, in order."""
_SHOWN_MS = 5_000


class StatusLine(QFrame):
    """Draft, printer, waiting, unsent, the age of the lists, each once it is known; for five seconds what went well."""

    asked = Signal(str)
    """The section that a part was pressed for."""

    def __init__(self, leads: Mapping[str, str]) -> None:
        """`leads`: the section behind a part; what leads nowhere only tells."""
        super().__init__()
        self.setObjectName("status")
        self.setProperty("status", True)
        self._flow = Flow(self, gap=8)
        self._flow.setContentsMargins(16, 3, 16, 3)
        self._parts: dict[str, QPushButton] = {}
        for name in _PARTS:
            part = QPushButton()
            part.setObjectName(f"status_{name}")
            part.setIconSize(QSize(look.current().px(14), look.current().px(14)))
            if section := leads.get(name):
                part.setCursor(Qt.CursorShape.PointingHandCursor)
                part.clicked.connect(lambda _=False, section=section: self.asked.emit(section))
            part.setEnabled(name in leads)
            part.hide()
            self._flow.addWidget(part)
            self._parts[name] = part
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
        part.setIcon(look.icon(_PARTS[name], colour, still=colour))
        part.setText(words)
        part.setAccessibleName(words)
        part.show()

    def say(self, words: str) -> None:
        self._said.setText(f"✓  {words}")
        self._said.show()
        announce(self._said, words)
        self._fade.start()
