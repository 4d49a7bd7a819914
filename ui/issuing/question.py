"""What is on the sheet? Nobody knows until a person has looked; nothing else may be done before (desk.md §3.4)."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QStackedLayout, QVBoxLayout, QWidget

from kpdesk.desks.sheets import Sheet
from kpdesk.domain.parties import Role
from ui import look
from ui.formats import isolated
from ui.keys import Keyboard
from ui.slips import Spooled
from ui.tones import Tone
from ui.widgets.card import BETWEEN, Notice, Sign, button, card, column, row, text
from ui.widgets.cover import Cover
from ui.widgets.drop_area import DropArea
from ui.widgets.field import Field, choice, line, numbered
from ui.widgets.flow import Flow

_LONGEST_CODE = 4000
"""Characters that a hand scanner may type: the full signed code has some 500."""


class AnswerButton(QPushButton):
    """A large answer: its key, its sign, its words and what follows from it."""

    def __init__(self, sheet: Sheet, key: str, icon: str, words: str, follows: str) -> None:
        super().__init__()
        self.setObjectName(f"sheet_{sheet}")
        self.setAccessibleName(f"{key} {words}")
        self.setAccessibleDescription(follows)
        self.setProperty("answer", True)
        self.setAutoDefault(False)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        inside = QHBoxLayout(self)
        inside.setContentsMargins(20, 16, 20, 16)
        inside.setSpacing(16)
        number = text(key, "figure")
        inside.addWidget(number)
        inside.addLayout(column(1, text(words, "heading"), text(follows, "muted", wrap=True), 1, gap=2), 1)
        inside.addWidget(Sign(icon, size=32))

    def sizeHint(self) -> QSize:
        """Large where there is room; the style sheet says how low it may be."""
        return QSize(super().sizeHint().width(), look.current().px(96))


class SheetQuestion(Cover):
    """Covers the window from the print until the answer; the first thing shown if the power failed between.

    A hand scanner types: whatever begins with a letter is what it read from the sheet, and no answer by a digit.
    """

    answered = Signal(object, str)
    """A `Sheet` and its detail: what was read from the sheet, or the reason's code."""
    scanned = Signal(object)
    """The path of a scan of the sheet."""
    look_asked = Signal()
    """The sheet is held before the camera."""

    def __init__(
        self,
        spooled: Spooled,
        reasons: Sequence[tuple[str, str]],
        keyboard: Keyboard,
        window: QWidget,
        *,
        camera: bool = False,
    ) -> None:
        """`reasons`: (code, words) why a sheet is spoiled, chosen by 1–9; `camera`: there is one to look with."""
        super().__init__("sheet_question", window)
        self.setProperty("role", Role.ISSUING.value)
        self._spooled, self._reasons, self._keyboard, self._camera = spooled, reasons, keyboard, camera
        self._build()
        self._wire()
        self.show()
        self.raise_()
        self._turn(self._answers)

    def _build(self) -> None:
        self._title = text("", "question", wrap=True)
        self._title.setObjectName("sheet_title")
        self._notice = Notice("sheet_trouble")
        self._buttons = {
            Sheet.GOOD: self._button(
                Sheet.GOOD, "ok", self.tr("All right"), self.tr("scan its code, or the number on it")
            ),
            Sheet.SPOILED: self._button(
                Sheet.SPOILED, "stop", self.tr("Badly printed"), self.tr("the blank is spoiled, with a reason")
            ),
            Sheet.NOTHING: self._button(
                Sheet.NOTHING, "note", self.tr("Nothing on it"), self.tr("the blank goes back to the tray")
            ),
            Sheet.MISSING: self._button(
                Sheet.MISSING, "unknown", self.tr("Not found"), self.tr("the number goes to the watch list")
            ),
        }
        self._answers = QWidget()
        self._answers.setLayout(column(*self._buttons.values(), gap=12))
        self._good = self._step(self._reading(), "good", self.tr("This is the sheet"))
        self._reason = choice("sheet_reason", *numbered(self._reasons))
        self._spoiled = self._step(Field(self.tr("What is wrong with it"), self._reason), "spoiled", self.tr("Spoiled"))
        lost = text(
            self.tr("A missing sheet is reported: its number is void from now on, here and at every border."), wrap=True
        )
        self._missing = self._step(lost, "missing", self.tr("Report it missing"))
        self._stack = QStackedLayout()
        for page in (self._answers, self._good, self._spoiled, self._missing):
            self._stack.addWidget(page)
        middle = column(self._title, self._notice, gap=BETWEEN)
        middle.addLayout(self._stack)
        held = QFrame()
        held.setMaximumWidth(look.current().px(640))
        held.setLayout(middle)
        outer = QVBoxLayout(self)
        outer.addStretch(1)
        across = row(1, held, 1)
        across.setStretch(1, 8)
        outer.addLayout(across)
        outer.addStretch(2)

    def _reading(self) -> QWidget:
        """What was read from the sheet: by the hand scanner or a person, from a scan, by the camera."""
        self._read = line("sheet_number", mono=True, longest=_LONGEST_CODE)
        self._read.setProperty("large", True)
        self._read_field = Field(self.tr("Scan a code on the sheet, or type its number or the last 4"), self._read)
        self._drop = DropArea(
            "sheet_drop",
            self.tr("or drop a scan of the sheet"),
            self.tr("a picture or a PDF; paste it, or press {key}").format(key=self._keyboard.name("open")),
            self.tr("Scans (*.pdf *.png *.jpg *.jpeg)"),
            QWidget(),
        )
        self._drop.setMinimumHeight(look.current().px(132))
        self._look = button("sheet_look", self.tr("Hold it before the camera"), self._keyboard.name("verify"))
        self._look.setVisible(self._camera)
        held = QWidget()
        held.setLayout(column(self._read_field, self._drop, gap=16))
        return held

    def _button(self, sheet: Sheet, icon: str, words: str, follows: str) -> AnswerButton:
        made = AnswerButton(sheet, self._keyboard.name(f"sheet_{sheet}"), icon, words, follows)
        made.clicked.connect(lambda: self._on_answer(sheet))
        return made

    def _step(self, asked: QWidget, name: str, verb: str) -> QWidget:
        """What one answer still asks, its verb, and the way back."""
        step, inside = card(f"sheet_step_{name}")
        inside.setSpacing(16)
        inside.addWidget(asked)
        does = button(f"sheet_do_{name}", verb, primary=True)
        back = button(f"sheet_back_{name}", self.tr("Go back"), self._keyboard.name("back"))
        does.clicked.connect(lambda: self._on_done(Sheet(name)))
        back.clicked.connect(lambda: self._turn(self._answers))
        beside = (self._look,) if name == Sheet.GOOD else ()
        buttons = QWidget()
        flow = Flow(buttons, gap=12)
        flow.setContentsMargins(0, 0, 0, 0)
        for each in (does, *beside, back):
            flow.addWidget(each)
        inside.addWidget(buttons)
        held = QWidget()
        held.setLayout(column(step, 1))
        return held

    def _wire(self) -> None:
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._read.returnPressed.connect(lambda: self._on_done(Sheet.GOOD))
        self._read.textEdited.connect(lambda: self._read_field.show_words(""))
        self._drop.given.connect(lambda paths: self._on_scan(paths[0]))
        self._look.clicked.connect(self._on_look)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """1–4 answer, Esc goes back to the four answers; a scanner's first letter begins what it read."""
        pressed = QKeySequence(event.key())
        page = self._stack.currentWidget()
        if page is not self._answers and pressed in self._keyboard["back"].sequences:
            self._turn(self._answers)
        elif page is self._answers:
            for sheet in Sheet:
                if pressed in self._keyboard[f"sheet_{sheet}"].sequences:
                    self._on_answer(sheet)
            if event.text().isalpha():
                self._on_answer(Sheet.GOOD)
                self._read.setText(event.text())
        if pressed in self._keyboard["verify"].sequences and self._camera:
            self._on_look()
        elif pressed in self._keyboard["open"].sequences and page is self._good:
            self._drop.choose()

    def _turn(self, page: QWidget) -> None:
        self._notice.show_words("")
        self._stack.setCurrentWidget(page)
        if page is self._answers:
            self._title.setText(self.tr("What is on sheet {number}?").format(number=isolated(self._spooled.number)))
            self._buttons[Sheet.GOOD].setFocus()
        else:
            self._title.setText(self.tr("Sheet {number}").format(number=isolated(self._spooled.number)))

    def _on_answer(self, sheet: Sheet) -> None:
        match sheet:
            case Sheet.NOTHING:
                self.answered.emit(sheet, "")
            case Sheet.GOOD:
                self._turn(self._good)
                self._read.setFocus()
            case Sheet.SPOILED:
                self._turn(self._spoiled)
                self._reason.setFocus()
            case Sheet.MISSING:
                self._turn(self._missing)
                self.setFocus()

    def _on_scan(self, path: Path) -> None:
        self._notice.show_words(self.tr("reading the scan …"), Tone.NOTE)
        self.scanned.emit(path)

    def _on_look(self) -> None:
        self._turn(self._good)
        self._notice.show_words(self.tr("Hold the sheet flat and still: its code is being read."), Tone.NOTE)
        self.look_asked.emit()

    def _on_done(self, sheet: Sheet) -> None:
        match sheet:
            case Sheet.GOOD if not self._read.text().strip():
                self._read_field.show_words(self.tr("Read the number from the sheet."))
            case Sheet.GOOD:
                self.answered.emit(sheet, self._read.text().strip())
            case Sheet.SPOILED:
                self.answered.emit(sheet, str(self._reason.currentData() or ""))
            case _:
                self.answered.emit(sheet, "")

    def show_trouble(self, words: str) -> None:
        """The answer was not taken; the question stays."""
        if self._stack.currentWidget() is self._good:
            self._notice.show_words("")
            self._read_field.show_words(words)
            self._read.setFocus()
            self._read.selectAll()
        else:
            self._notice.show_words(words, Tone.STOP)
