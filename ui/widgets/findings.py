"""What checks found: sign, word, sentence, what to do, and the clause that asks for it; what is in order, briefly."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QVBoxLayout, QWidget

from ui import messages
from ui.tones import Answer, Tone
from ui.widgets.card import APART, Sign, column, row, rule, text

_ORDER = (Tone.STOP, Tone.LIFTABLE, Tone.UNKNOWN, Tone.NOTE, Tone.OK)
_FEW = 4


class Findings(QWidget):
    """Answers under each other, the gravest first."""

    def __init__(self, name: str, title: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setAccessibleName(title)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._shown: tuple[Answer, ...] = ()

    @property
    def shown(self) -> tuple[Answer, ...]:
        return self._shown

    def show_answers(self, answers: Sequence[Answer]) -> None:
        self._shown = tuple(sorted(answers, key=lambda answer: _ORDER.index(answer.tone)))
        while item := self._column.takeAt(0):
            if widget := item.widget():
                widget.hide()
                widget.deleteLater()
        told = [answer for answer in self._shown if answer.tone is not Tone.OK]
        for position, answer in enumerate(told):
            if position:
                self._column.addWidget(rule())
            self._column.addWidget(_block(answer, f"{self.objectName()}_{answer.code}"))
        if good := [answer for answer in self._shown if answer.tone is Tone.OK]:
            self._column.addWidget(_good(good, self.objectName()))
        self._column.addStretch(1)


def _block(answer: Answer, name: str) -> QFrame:
    """What needs a look: in full."""
    what, then = messages.answer(answer)
    block = QFrame()
    block.setObjectName(name)
    block.setAccessibleName(f"{messages.word(answer.tone)}: {what} {then}")
    sign = Sign(answer.tone.value)
    word = text(messages.word(answer.tone), "caption")
    word.setProperty("finding", answer.tone.value)
    words = column(text(what, wrap=True), gap=2)
    if then:
        words.addWidget(text(then, "muted", wrap=True))
    words.addStretch(1)
    inside = row(sign, gap=12)
    inside.addLayout(words, 1)
    end = column(word, gap=2)
    if answer.clause:
        end.addWidget(text(answer.clause, "caption"))
    end.addStretch(1)
    inside.addLayout(end)
    inside.setContentsMargins(0, APART, 0, APART)
    inside.setAlignment(sign, Qt.AlignmentFlag.AlignTop)
    block.setLayout(inside)
    return block


def _good(answers: Sequence[Answer], name: str) -> QWidget:
    """What is in order: a line each, two beside each other."""
    held = QWidget()
    grid = QGridLayout(held)
    grid.setContentsMargins(0, APART, 0, 0)
    grid.setHorizontalSpacing(24)
    grid.setVerticalSpacing(2)
    half = (len(answers) + 1) // 2 if len(answers) > _FEW else len(answers)
    for place, answer in enumerate(answers):
        what = messages.answer(answer).what
        line = QWidget()
        line.setObjectName(f"{name}_{answer.code}")
        line.setAccessibleName(f"{messages.word(answer.tone)}: {what}")
        sign = Sign(answer.tone.value, size=16)
        inside = row(sign, text(what, "muted", wrap=True), gap=8)
        inside.setAlignment(sign, Qt.AlignmentFlag.AlignTop)
        inside.setStretch(1, 1)
        line.setLayout(inside)
        grid.addWidget(line, place % half, place // half, Qt.AlignmentFlag.AlignTop)
    for each in range(grid.columnCount()):
        grid.setColumnStretch(each, 1)
    return held
