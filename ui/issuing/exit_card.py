"""What became of a release: the day it left and the paper of exit, or why it came back (CA-R 7)."""

from collections.abc import Callable, Sequence
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QLineEdit, QPushButton, QWidget

from ui.widgets.card import button, column, rule, text
from ui.widgets.day_field import DayField
from ui.widgets.field import EnterMoves, Field, choice, line, numbered
from ui.widgets.flow import Flow


class ExitCard(QWidget):
    """Three ways on: reported, taken back, returned unused; and a letter that asks."""

    reported = Signal()
    taken_back = Signal()
    asked = Signal()
    return_asked = Signal()

    def __init__(self, keys: Callable[[str], str], today: Callable[[], date]) -> None:
        super().__init__()
        self.setObjectName("exit_card")
        self.day = DayField("exit_day", self.tr("&Day of export"), today=today)
        self.paper: QLineEdit = line("exit_paper", mono=True)
        self.report = button("exit_report", self.tr("Report export"), keys("main"), primary=True)
        self.reason: QComboBox = choice("exit_reason")
        back = button("exit_back", self.tr("Take back"))
        ask = button("exit_ask", self.tr("Ask the exporter"), keys("print"))
        unused = button("exit_unused", self.tr("Return unused…"))
        for made, signal in ((self.report, self.reported), (back, self.taken_back), (ask, self.asked)):
            made.clicked.connect(signal)
        unused.clicked.connect(self.return_asked)
        paper = Field(self.tr("Customs' &paper of exit"), self.paper)
        reason = Field(self.tr("&Why it comes back"), self.reason)
        inside = column(self.day, paper, _line_of(self.report, ask), gap=8)
        inside.addSpacing(8)
        inside.addWidget(rule())
        inside.addSpacing(8)
        hint = text(
            self.tr("It did not leave: the goods lie here again, sealed, and may be released once more."),
            "muted",
            wrap=True,
        )
        for each in (hint, reason, _line_of(back, unused)):
            inside.addWidget(each)
        self.setLayout(inside)
        self._moves = EnterMoves([self.day.line, self.paper])
        self.paper.returnPressed.connect(self.report.setFocus)

    def show_reasons(self, reasons: Sequence[tuple[str, str]]) -> None:
        self.reason.clear()
        for words, code in numbered(reasons):
            self.reason.addItem(words, code)

    def take_cursor(self) -> None:
        self.day.line.setFocus()
        self.day.line.selectAll()

    def clear(self, today: date) -> None:
        """The next one left today, if nobody says otherwise."""
        self.day.show_day(today)
        self.paper.clear()


def _line_of(*buttons: QPushButton) -> QWidget:
    held = QWidget()
    flow = Flow(held, gap=12)
    flow.setContentsMargins(0, 0, 0, 0)
    for each in buttons:
        flow.addWidget(each)
    return held
