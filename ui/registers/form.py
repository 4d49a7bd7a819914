"""The form of one task: its fields with what is wrong beside each, its checks, and the button that does it."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QComboBox, QLineEdit, QVBoxLayout, QWidget

from kpdesk.desks.counter import Shot
from kpdesk.domain.measures import Carats
from ui.formats import Formats
from ui.keys import Keyboard
from ui.registers.asked import Known
from ui.registers.specimen import SpecimenField
from ui.registers.tasks import LICENCES, WATCHED, WORDS, Aim, Ask, Shape, Task, Values
from ui.tones import Answer, Tone
from ui.widgets.abreast import Abreast
from ui.widgets.amount_field import AmountField
from ui.widgets.card import Notice, button, card, column, rename, text
from ui.widgets.day_field import DayField
from ui.widgets.field import EnterMoves, Field, choice, line
from ui.widgets.findings import Findings
from ui.widgets.flow import Flow
from ui.widgets.pick_field import PickField

_SHORTEST = 12


class TaskForm(QWidget):
    """Keeps what is typed as text, so that a draft loses nothing that is not yet understood."""

    typed = Signal()
    named = Signal(str)
    """A name was typed that may be on a watch list."""
    picture_given = Signal(object, str)
    """A path or bytes, and a name for troubles."""
    wanted = Signal()
    """It is to be done."""
    left = Signal()
    """It is not."""

    def __init__(self, formats: Formats, keyboard: Keyboard, *, today: Callable[[], date]) -> None:
        super().__init__()
        self._formats, self._keyboard, self._today = formats, keyboard, today
        self.task: Task | None = None
        self.aim = Aim()
        self.fields: dict[str, Field] = {}
        self._picture: SpecimenField | None = None
        self._watched = False
        self._quiet = False
        self._build()

    def _build(self) -> None:
        frame, inside = card("entry_form")
        inside.setSpacing(12)
        self._title = text("", "heading", wrap=True)
        self._title.setObjectName("entry_form_title")
        self._two = text(self.tr("Another officer signs beside you."), "muted", wrap=True)
        self._top = Notice("entry_top")
        self._held = QVBoxLayout()
        self._body: QWidget | None = None
        self._findings = Findings("entry_findings", self.tr("Checks"))
        self._save = button("entry_save", self.tr("Save"), self._keyboard.name("main"), primary=True)
        self._back = button("entry_back", self.tr("Go back"), self._keyboard.name("back"))
        self._save.clicked.connect(self.wanted)
        self._back.clicked.connect(self.left)
        buttons = QWidget()
        flow = Flow(buttons, gap=12)
        flow.setContentsMargins(0, 0, 0, 0)
        for each in (self._save, self._back):
            flow.addWidget(each)
        for widget in (self._title, self._two, self._top):
            inside.addWidget(widget)
        inside.addLayout(self._held)
        inside.addWidget(self._findings)
        inside.addWidget(buttons)
        inside.addStretch(1)
        self.setLayout(column(frame))

    @property
    def wants_two(self) -> bool:
        return self._watched or (self.task is not None and self.task.two)

    def show_task(self, task: Task, aim: Aim, known: Known) -> None:
        """Empty fields, or those that the entry has now."""
        self.task, self.aim, self._watched = task, aim, False
        words = QCoreApplication.translate(WORDS, task.title)
        self._title.setText(f"{words}  ·  {aim.part or aim.number}" if aim.part or aim.number else words)
        self._top.show_words("")
        self.show_found(())
        self._quiet = True
        self._lay(task, known)
        self.show_texts(known.texts)
        self._quiet = False
        self.take_cursor()

    def _lay(self, task: Task, known: Known) -> None:
        self.fields = {ask.name: self._field(ask, known) for ask in task.asks if ask.shape is not Shape.PICTURE}
        pictured = next((ask for ask in task.asks if ask.shape is Shape.PICTURE), None)
        self._picture = self._pictured(pictured) if pictured else None
        lines = Abreast(2, gap=16, between=12)
        own = [self.fields[ask.name] for ask in task.asks if ask.shape in (Shape.NAME, Shape.LONG)]
        lines.show_widgets([*self.fields.values()], own=own)
        body = QWidget()
        body.setLayout(column(lines, *([self._picture] if self._picture else []), gap=12))
        if self._body is not None:
            self._held.removeWidget(self._body)
            self._body.hide()
            self._body.setParent(None)
            self._body.deleteLater()
        self._body = body
        self._held.addWidget(body)
        body.show()  # now, for Enter goes on to fields that are in sight
        self._moves = EnterMoves([each.editor for each in self.fields.values()]) if self.fields else None

    def _pictured(self, ask: Ask) -> SpecimenField:
        made = SpecimenField(QCoreApplication.translate(WORDS, ask.caption), self._keyboard)
        made.given.connect(self.picture_given)
        made.changed.connect(self._on_typed)
        return made

    def _field(self, ask: Ask, known: Known) -> Field:
        translate = QCoreApplication.translate
        name, caption = f"entry_{ask.name}", translate(WORDS, ask.caption)
        nothing = self.tr("Nothing known matches “{text}”. Type part of a name or number.")
        made: Field
        match ask.shape:
            case Shape.DAY:
                made = DayField(name, caption, today=self._today)
            case Shape.CARATS:
                made = AmountField(name, caption, places=2, unit="ct", formats=self._formats)
            case Shape.COUNTRY | Shape.PARTY:
                made = PickField(name, caption, nothing=nothing)
                made.show_options(known.countries if ask.shape is Shape.COUNTRY else known.parties)
            case Shape.LICENCE | Shape.WATCH:
                options = LICENCES if ask.shape is Shape.LICENCE else WATCHED
                chosen = choice(name, *((translate(WORDS, words), code.value) for code, words in options))
                chosen.setMinimumContentsLength(_SHORTEST)
                made = Field(caption, chosen)
            case _:
                made = Field(caption, line(name, longest=500 if ask.shape is Shape.LONG else 200))
        editor = made.editor
        if isinstance(editor, QLineEdit):
            editor.textChanged.connect(self._on_typed)
            if ask.shape is Shape.NAME:
                editor.editingFinished.connect(lambda: self.named.emit(editor.text().strip()))
        else:
            editor.currentIndexChanged.connect(self._on_typed)
        return made

    def take_cursor(self) -> None:
        first = next((each.editor for each in self.fields.values()), None)
        (first or self._picture or self._save).setFocus()

    def texts(self) -> dict[str, str]:
        """The fields as they are typed; a picture is no part of a draft."""
        return {
            name: each.editor.text() if isinstance(each.editor, QLineEdit) else str(each.editor.currentData())
            for name, each in self.fields.items()
        }

    def show_texts(self, texts: Mapping[str, str]) -> None:
        for name, each in self.fields.items():
            editor, words = each.editor, texts.get(name, "")
            if isinstance(editor, QComboBox):
                editor.setCurrentIndex(max(editor.findData(words), 0))
            elif isinstance(each, PickField):
                each.show_value(words)
                if words and each.value is None:
                    editor.setText(words)
            else:
                editor.setText(words)

    def values(self) -> Values:
        """What is understood of the fields."""
        assert self.task is not None
        found: Values = {name: self._value(each) for name, each in self.fields.items()}
        return found | ({"picture": self._picture.shot} if self._picture else {})

    def _value(self, each: Field) -> object:
        match each:
            case DayField():
                return each.day
            case AmountField():
                return None if each.amount is None else Carats(each.amount)
            case PickField():
                return each.value or ""
        editor = each.editor
        return " ".join(editor.text().split()) if isinstance(editor, QLineEdit) else str(editor.currentData())

    def wrong(self) -> bool:
        """Whether something cannot be saved, each told beside itself; the first gets the cursor."""
        assert self.task is not None
        names = []
        for ask in self.task.asks:
            if ask.shape is Shape.PICTURE:
                if ask.needed and self._picture and self._picture.shot is None:
                    self._picture.say(self.tr("Choose a picture."))
                    names.append(ask.name)
                continue
            each = self.fields[ask.name]
            if isinstance(each, AmountField | DayField | PickField) and not each.check():
                names.append(ask.name)
            elif ask.needed and isinstance(each.editor, QLineEdit) and not each.editor.text().strip():
                each.show_words(self.tr("Fill this in."))
                names.append(ask.name)
        if names:
            (self.fields[names[0]].editor if names[0] in self.fields else self._picture or self).setFocus()
        return bool(names)

    def said(self) -> list[tuple[str, str]]:
        """(caption, what is typed) of every field that says something, as it is signed."""
        return [
            (each.editor.accessibleName(), words)
            for each in self.fields.values()
            if (words := each.editor.text() if isinstance(each.editor, QLineEdit) else each.editor.currentText())
        ]

    def choose_picture(self) -> None:
        if self._picture:
            self._picture.choose()

    def show_found(self, answers: Sequence[Answer]) -> None:
        """Who of a watch list is named like this; whoever has that very name is entered by two."""
        gravest = sorted(answers, key=lambda answer: answer.tone is Tone.NOTE)
        if "name" in self.fields:
            self.fields["name"].show_answer(next(iter(gravest), None))
        self._findings.show_answers(gravest[1:])
        self._findings.setVisible(len(gravest) > 1)
        self._watched = any(answer.tone is not Tone.NOTE for answer in answers)
        self._two.setVisible(self.wants_two)
        words = self.tr("Go on to the second signature") if self.wants_two else self.tr("Save")
        rename(self._save, words, self._keyboard.name("main"))

    def show_shot(self, shot: Shot | None) -> None:
        if self._picture:
            self._picture.show_shot(shot)

    def say_of_picture(self, words: str) -> None:
        if self._picture:
            self._picture.say(words)

    def say(self, words: str) -> None:
        """What became of it, when it was not done."""
        self._top.show_words(words)

    def _on_typed(self) -> None:
        if self._quiet:
            return
        sender = self.sender()
        for each in self.fields.values():
            if each.editor is sender and each.error and not isinstance(each, AmountField | DayField | PickField):
                each.show_words("")
        self.typed.emit()
