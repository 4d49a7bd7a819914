"""One card for many acts: what is to be done is chosen, and only the fields that it wants are shown."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QComboBox, QFrame, QGridLayout, QLineEdit, QWidget

from kpdesk.domain.outcomes import Outcome
from kpdesk.domain.parties import Role
from ui import look, messages
from ui.keys import Keyboard
from ui.second import SecondSignature
from ui.slips import Signed
from ui.surface import Surface
from ui.tones import Tone
from ui.widgets.card import INSIDE, Notice, button, rename, row, text
from ui.widgets.day_field import DayField
from ui.widgets.field import EnterMoves, Field, choice
from ui.widgets.pick_field import PickField

_TWO_ABREAST = 360


@dataclass(frozen=True, slots=True)
class Doing:
    """An act as the card offers it."""

    key: str
    words: str
    """On its button; translated."""
    fields: tuple[str, ...]
    optional: tuple[str, ...] = ()
    """Those of them that may stay empty."""
    wide: tuple[str, ...] = ()
    """Those with a line of their own."""
    hint: str = ""


class DoingCard(QFrame):
    """`fields` are in the order of reading; each is a Field, or has `wrong` to say what is missing and where."""

    chosen = Signal(str)
    asked = Signal(object)
    """The Doing, when all that it wants is given."""

    def __init__(self, name: str, doings: Sequence[Doing], fields: Mapping[str, QWidget], keyboard: Keyboard) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setProperty("card", True)
        self._doings = {each.key: each for each in doings}
        self._fields = dict(fields)
        self._left_out: set[str] = set()
        self._main = keyboard.name("main")
        self._build(name)
        self._what.currentIndexChanged.connect(self._on_chosen)
        self.press.clicked.connect(self.ask)
        self._on_chosen()

    def _build(self, name: str) -> None:
        self._what = choice(f"{name}_what", *((each.words, each.key) for each in self._doings.values()))
        self._hint = text("", "muted", wrap=True)
        self._hint.setObjectName(f"{name}_hint")
        self.notice = Notice(f"{name}_notice")
        self.press = button(f"{name}_do", "", primary=True)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(INSIDE, INSIDE - 4, INSIDE, INSIDE)
        self._grid.setHorizontalSpacing(16)
        self._grid.setVerticalSpacing(12)
        self._grid.setColumnStretch(0, 1)
        self._grid.setColumnStretch(1, 1)
        self._choice = Field(self.tr("&What is done"), self._what)
        for each in (self._choice, self._hint, *self._fields.values(), self.notice):
            each.setParent(self)
        self._foot = QWidget(self)
        self._foot.setLayout(row(self.press, 1))
        editors = [each.editor for each in self._fields.values() if isinstance(each, Field)]
        self._enter = EnterMoves([self._what, *editors])

    @property
    def doing(self) -> Doing:
        return self._doings[str(self._what.currentData())]

    def offer(self, keys: Sequence[str]) -> None:
        """Only these acts; the chosen one stays if it is among them."""
        at = self._what.currentData()
        self._what.blockSignals(True)
        self._what.clear()
        for key in keys:
            self._what.addItem(self._doings[key].words, key)
        self._what.setCurrentIndex(max(self._what.findData(at), 0))
        self._what.blockSignals(False)
        self._on_chosen()

    def choose(self, key: str) -> None:
        self._what.setCurrentIndex(max(self._what.findData(key), 0))

    def leave_out(self, name: str, out: bool) -> None:
        """A field that has no meaning just now."""
        (self._left_out.add if out else self._left_out.discard)(name)
        self._on_chosen()

    def _wanted(self) -> list[str]:
        """The chosen act's fields, in the order of reading."""
        return [name for name in self._fields if name in self.doing.fields and name not in self._left_out]

    def take_cursor(self) -> None:
        """Into the first field of the act."""
        first = next((self._fields[name] for name in self._wanted()), self.press)
        (first.editor if isinstance(first, Field) else first).setFocus()

    def _on_chosen(self) -> None:
        doing = self.doing
        rename(self.press, doing.words, self._main)
        self._hint.setText(doing.hint)
        self.say("")
        for name, field in self._fields.items():
            if isinstance(field, Field):
                field.show_words("")
            field.setVisible(name in self._wanted())
        self._place()
        self.chosen.emit(doing.key)

    def _place(self) -> None:
        """Two fields abreast where there is room, in the order of reading."""
        while self._grid.count():
            self._grid.takeAt(0)
        abreast = 2 if self.width() >= look.current().px(_TWO_ABREAST) else 1
        line, column = 0, 0
        doing = self.doing
        shown: list[tuple[QWidget, bool]] = [(self._choice, True), (self._hint, True)]
        shown += [(self._fields[name], name in doing.wide) for name in self._wanted()]
        shown += [(self.notice, True), (self._foot, True)]
        self._hint.setVisible(bool(doing.hint))
        for widget, wide in shown:
            if column and (wide or column == abreast):
                line, column = line + 1, 0
            self._grid.addWidget(widget, line, column, 1, 2 if wide or abreast == 1 else 1, Qt.AlignmentFlag.AlignTop)
            column = abreast if wide else column + 1
        for each in range(self._grid.rowCount()):
            self._grid.setRowStretch(each, 0)
        self._grid.setRowStretch(line + 1, 1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()

    def ask(self) -> None:
        """All that the act wants is there, or the first missing one is named."""
        doing = self.doing
        self.say("")
        for name in self._wanted():
            field = self._fields[name]
            if not self._wrong(field, optional=name in doing.optional):
                continue
            (field.editor if isinstance(field, Field) else field).setFocus()
            return
        self.asked.emit(doing)

    def _wrong(self, field: QWidget, *, optional: bool) -> bool:
        if isinstance(field, DayField):
            wrong, empty = not field.check(), field.day is None
        elif isinstance(field, PickField):
            wrong, empty = not field.check(), field.value is None
        elif isinstance(field, Field):
            wrong, empty = False, not _text(field.editor)
        else:
            return False
        if not wrong and isinstance(field, Field):
            wrong = empty and not optional
            field.show_words(self.tr("Fill this in.") if wrong else "")
        return wrong

    def say(self, words: str, tone: Tone = Tone.STOP) -> None:
        self.notice.show_words(words, tone)


def _text(editor: QLineEdit | QComboBox) -> str:
    return editor.text().strip() if isinstance(editor, QLineEdit) else editor.currentText()


def sign_beside(
    page: QWidget,
    surface: Surface,
    *,
    verb: str,
    said: Sequence[str],
    sign: Callable[[str, str], object],
    done: Callable[[object], object],
) -> None:
    """A second officer signs what is said here."""
    asked = SecondSignature(
        verb=verb,
        lines=[Signed(words) for words in said],
        sign=sign,
        workroom=surface.workroom,
        formats=surface.formats,
        role=Role.SUPERVISOR,
        parent=page,
    )
    asked.signed.connect(done)
    asked.open()


def refused(card: DoingCard) -> Callable[[Outcome], None]:
    """What failed is said on the card; what was typed stays."""
    return lambda problem: card.say(messages.in_full(problem))
