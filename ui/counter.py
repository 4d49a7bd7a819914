"""Turning the screen to a firm at the counter (Ctrl+H)."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from kpdesk.domain.outcomes import Outcome
from ui import look, messages
from ui.widgets.card import button, card, row, text
from ui.widgets.field import Field, line
from ui.widgets.veil import Veil
from ui.work import Workroom

_WIDE = 520


class AskFirm(Veil):
    """Who is at the counter? By the number on the licence: a list of names would show the others."""

    named = Signal(str, str)
    """The firm's register number and name."""

    def __init__(self, window: QWidget, find: Callable[[str], tuple[str, str]], workroom: Workroom) -> None:
        """`find` gives (number, name) of what was typed, or refuses; it runs in the workroom."""
        super().__init__("counter", window)
        self._find, self._workroom = find, workroom
        self._line = line("counter_firm", mono=True, longest=40)
        self._field = Field(self.tr("&Register number of the firm at the counter"), self._line, below=True)
        self._turn = button("counter_turn", self.tr("Turn the screen"), self.tr("Enter"), primary=True)
        back = button("counter_back", self.tr("Go back"), "Esc")
        shown, inside = card("counter_card", self.tr("Counter view"))
        inside.addWidget(text(self.tr("Other firms' names and values leave the screen until you end it."), wrap=True))
        inside.addWidget(self._field)
        inside.addLayout(row(self._turn, back, 1))
        shown.setMaximumWidth(look.current().px(_WIDE))
        whole = QVBoxLayout(self)
        whole.setContentsMargins(32, 72, 32, 32)
        whole.addWidget(shown, 0, Qt.AlignmentFlag.AlignHCenter)
        whole.addStretch(1)
        self._line.returnPressed.connect(self._ask)
        self._turn.clicked.connect(self._ask)
        back.clicked.connect(self.leave)
        self.show()
        self._line.setFocus()

    def _ask(self) -> None:
        typed = self._line.text().strip()
        if typed:
            self._workroom.run(self, lambda: self._find(typed), self._on_found, self._on_refused)

    def _on_found(self, firm: tuple[str, str]) -> None:
        self.leave()
        self.named.emit(*firm)

    def _on_refused(self, problem: Outcome) -> None:
        self._field.show_words(messages.in_full(problem))
        self._line.selectAll()
