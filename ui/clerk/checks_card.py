"""What the rules notice about the parcel that is typed, and the reason for going on where one is wanted."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from kpdesk.domain.custody import WANT_A_REASON
from ui.tones import Answer
from ui.widgets.card import card, text
from ui.widgets.field import Field, choice, numbered
from ui.widgets.findings import Findings


class ChecksCard(QWidget):
    """A warning that wants a reason stops nothing once there is one (desk.md §7.4)."""

    chosen = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._wanted = False
        self._findings = Findings("register_findings", self.tr("Checks"))
        self._hint = text(self.tr("What the rules notice about this parcel is listed here."), "muted", wrap=True)
        self._why = choice("register_why")
        self._field = Field(self.tr("Reason for going &on"), self._why)
        self._field.hide()
        checks, inside = card("register_checks", self.tr("Checks"))
        for widget in (self._hint, self._findings, self._field):
            inside.addWidget(widget)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(checks)
        self._why.activated.connect(self._on_chosen)

    @property
    def why(self) -> str:
        return str(self._why.currentData() or "") if self._wanted else ""

    @property
    def wants_why(self) -> bool:
        return self._wanted and not self.why

    def show_whys(self, whys: Sequence[tuple[str, str]]) -> None:
        self._why.clear()
        for words, code in [(self.tr("choose"), ""), *numbered(whys)]:
            self._why.addItem(words, code)

    def show_why(self, code: str) -> None:
        self._why.setCurrentIndex(max(self._why.findData(code), 0))

    def show_answers(self, answers: Sequence[Answer]) -> None:
        self._findings.show_answers(answers)
        self._hint.setVisible(not answers)
        self._wanted = any(answer.code in WANT_A_REASON for answer in answers)
        self._field.setVisible(self._wanted)
        if not self.wants_why:
            self._field.show_words("")

    def ask_why(self) -> None:
        self._field.show_words(self.tr("Choose a reason."))
        self._why.setFocus()

    def _on_chosen(self) -> None:
        self._field.show_words("")
        self.chosen.emit()
