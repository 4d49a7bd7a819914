"""Verify: a file or a number in, a verdict out, with every answer apart (desk.md §6 E)."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from kpdesk.domain.outcomes import Outcome
from ui import look, messages
from ui.formats import Formats
from ui.inspector.headline import answers, facts, headline
from ui.slips import Checked
from ui.surface import Surface
from ui.tones import Tone
from ui.widgets.abreast import Abreast
from ui.widgets.card import BETWEEN, INSIDE, Notice, Sign, announce, button, card, column, row, table_card, text
from ui.widgets.columns import Columns
from ui.widgets.drop_area import DropArea
from ui.widgets.field import Field, line
from ui.widgets.findings import Findings
from ui.widgets.page import Page
from ui.widgets.picture import PictureView
from ui.widgets.rows import Column, Rows

_LAST = 10
_ACROSS = 3


@dataclass(frozen=True, slots=True)
class VerifyActs:
    """What the page asks of a desk; all run in the workroom."""

    check_file: Callable[[Path], Checked]
    check_number: Callable[[str], Checked]


class VerdictCard(QFrame):
    """Sign, word and colour over everything else."""

    def __init__(self, formats: Formats) -> None:
        super().__init__()
        self.setObjectName("verdict")
        self.setProperty("card", True)
        self._formats = formats
        self._sign = Sign("verify", "muted", 56)
        self.word = text(self.tr("Nothing checked yet"), "verdict", wrap=True)
        self.word.setObjectName("verdict_word")
        self._todo = text(
            self.tr("Drop a scan, a photograph or a PDF of a certificate, or type its number."), wrap=True
        )
        self._todo.setObjectName("verdict_todo")
        self._number = text("", "number")
        self._number.setObjectName("verdict_number")
        self._took = text("", "muted")
        inside = row(self._sign, gap=20)
        inside.addLayout(column(self.word, self._todo, row_of(self._number, self._took), gap=4), 1)
        inside.setContentsMargins(INSIDE, 20, INSIDE, 20)
        inside.setAlignment(self._sign, Qt.AlignmentFlag.AlignTop)
        self.setLayout(inside)

    def show_checked(self, checked: Checked) -> None:
        tone, word, todo = headline(checked.verdict)
        self._sign.show_sign(tone.value)
        self.word.setText(word)
        self._todo.setText(todo)
        self._number.setText(checked.number)
        self._took.setText(
            self.tr("checked {time} in {seconds} s, offline").format(
                time=self._formats.time(checked.at), seconds=self._formats.number(checked.took)
            )
        )
        look.restyle(self.word, finding=tone.value)
        look.restyle(self, tone=tone.value)
        announce(self, f"{word} {checked.number} {todo}")


class FactsTable(Abreast):
    """What the certificate says: captions over values."""

    def __init__(self) -> None:
        super().__init__(_ACROSS, gap=24, between=8)
        self.setObjectName("verify_facts")
        self.setAccessibleName(self.tr("What the certificate says"))

    def show_facts(self, stated: tuple[tuple[str, str], ...]) -> None:
        self.show_widgets([_fact(caption, words) for caption, words in stated])


class VerifyPage(Page):
    """The next check starts by itself when the next file comes."""

    checked = Signal(object)

    def __init__(self, acts: VerifyActs, surface: Surface) -> None:
        super().__init__("verify", surface)
        self._acts = acts
        self._checks: list[Checked] = []
        self._build()
        self._wire()

    def _build(self) -> None:
        self._picture = PictureView("verify_picture", self.tr("The page"), self.tr("No picture of it."))
        self._drop = DropArea(
            "verify_drop",
            self.tr("Drop a certificate here"),
            self.tr("a scan, a photograph or a PDF; or paste it, or press {key}").format(
                key=self._keyboard.name("open")
            ),
            self.tr("Certificates (*.pdf *.png *.jpg *.jpeg)"),
            self._picture,
        )
        self._choose = button("verify_choose", "")
        self._choose.setIcon(look.icon("folder"))
        self._choose.setIconSize(QSize(look.current().px(16), look.current().px(16)))
        choose = self.tr("Choose a file")
        self._choose.setAccessibleName(choose)
        self._choose.setToolTip(f"{choose}  {self._keyboard.name('open')}")
        self._number = line("verify_number", mono=True, longest=40)
        self._number.setPlaceholderText("AO-000123")
        self._number_field = Field(self.tr("or its &number"), self._number)
        self._check = button("verify_check", self.tr("Check"), self.tr("Enter"))
        self._notice = Notice("verify_trouble")
        self._verdict = VerdictCard(self._formats)
        self._findings = Findings("verify_answers", self.tr("Answers"))
        self._facts = FactsTable()
        self._last = Rows(
            "verify_last",
            self.tr("Last checks"),
            (
                Column(self.tr("Number"), lambda checked: checked.number or "–"),
                Column(self.tr("Verdict"), _word, wide=True, tone=_tone),
                Column(self.tr("Checked"), lambda checked: self._formats.time(checked.at), number=True),
            ),
            self.tr("The last ten checks are listed here."),
        )
        Columns(self, (self._start(), 4), (self._end(), 6))

    def _start(self) -> QVBoxLayout:
        given, inside = card("verify_given")
        inside.setContentsMargins(8, 8, 8, INSIDE)
        inside.setSpacing(16)
        inside.addWidget(self._drop, 1)
        asked = QHBoxLayout()
        asked.setContentsMargins(16, 0, 16, 0)
        asked.setSpacing(8)
        asked.addWidget(self._number_field, 1)
        for each in (self._check, self._choose):
            asked.addWidget(each, 0, Qt.AlignmentFlag.AlignBottom)
        inside.addLayout(asked)
        inside.addWidget(self._notice)
        last = table_card("verify_last_card", self.tr("Last checks"), self._last)
        last.setFixedHeight(look.current().px(184))
        self._drop.setMinimumHeight(look.current().px(180))
        stacked = column(given, last, gap=BETWEEN)
        stacked.setStretch(0, 1)
        return stacked

    def _end(self) -> QVBoxLayout:
        self._answers_card, inside = card("verify_answers_card", self.tr("Answers"))
        inside.addWidget(self._findings)
        self._facts_card, told = card("verify_facts_card", self.tr("What the certificate says"))
        told.addWidget(self._facts)
        self._answers_card.hide()
        self._facts_card.hide()
        return column(self._verdict, self._facts_card, self._answers_card, 1, gap=BETWEEN)

    def _wire(self) -> None:
        self._drop.given.connect(self._on_given)
        self._choose.clicked.connect(self._drop.choose)
        self.bind("open", self._drop.choose)
        self._number.returnPressed.connect(self._on_number)
        self._check.clicked.connect(self._on_number)
        self._last.picked.connect(self._on_picked)

    def enter(self) -> None:
        self._drop.setFocus()

    def _on_given(self, paths: tuple[Path, ...]) -> None:
        for path in paths:
            self._start_check(partial(self._acts.check_file, path))

    def _on_number(self) -> None:
        if number := self._number.text().strip():
            self._start_check(partial(self._acts.check_number, number))

    def _start_check(self, check: Callable[[], Checked]) -> None:
        self.show_subtitle(self.tr("checking …"))
        self._workroom.run(self, check, self._on_checked, self._on_failed, lane="camera")

    def _on_checked(self, checked: Checked) -> None:
        self._checks = [checked, *self._checks][:_LAST]
        self._number_field.show_words("")
        self._number.clear()
        self.show_checked(checked)
        self._last.show_slips(self._checks)
        self._last.table.selectRow(0)
        self.checked.emit(checked)

    def _on_failed(self, problem: Outcome) -> None:
        self.show_subtitle("")
        self._notice.show_words(messages.in_full(problem), Tone.STOP)

    def _on_picked(self, checked: Checked | None) -> None:
        if checked is not None:
            self.show_checked(checked)

    def show_checked(self, checked: Checked) -> None:
        """Everything that is known of one check."""
        self._notice.show_words("")
        self._verdict.show_checked(checked)
        self._findings.show_answers(answers(checked.verdict))
        stated = checked.verdict.facts
        self._facts.show_facts(facts(stated, self._formats) if stated else ())
        self._picture.show_picture(checked.picture)
        self._drop.show_content(True)
        self._answers_card.show()
        self._facts_card.setVisible(stated is not None)
        self.show_subtitle(checked.source)


def _fact(caption: str, words: str) -> QWidget:
    block = QWidget()
    said = text(words, wrap=True)
    said.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    said.setAccessibleName(caption)
    block.setLayout(column(text(caption, "caption"), said, 1, gap=2))
    return block


def row_of(*widgets: QWidget) -> QWidget:
    """Widgets side by side as one."""
    held = QWidget()
    held.setLayout(row(*widgets, 1))
    return held


def _word(checked: Checked) -> str:
    return headline(checked.verdict).word


def _tone(checked: Checked) -> Tone:
    return headline(checked.verdict).tone
