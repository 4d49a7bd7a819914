"""A task under way: its form, the watch lists, the second signature, and the draft that is kept of it."""

from collections.abc import Mapping

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QWidget

from kpdesk.domain.outcomes import Outcome
from kpdesk.domain.parties import Role
from ui import messages
from ui.registers.asked import Known, RegistersActs
from ui.registers.form import TaskForm
from ui.registers.tasks import TASKS, Aim
from ui.registers.words import translated
from ui.second import SecondSignature
from ui.slips import Signed
from ui.surface import Surface
from ui.widgets.card import column

_DRAFT_MS = 500
_FIELD = "field_"


class TaskPane(QWidget):
    """What is typed is kept half a second after the last key, until the task is done or left."""

    begun = Signal()
    done = Signal(str, str)
    """The entry's number, and what was done."""
    left = Signal()

    def __init__(self, acts: RegistersActs, surface: Surface, role: Role) -> None:
        super().__init__()
        self._acts, self._surface, self._role = acts, surface, role
        self._workroom = surface.workroom
        self.form = TaskForm(surface.formats, surface.keyboard, today=acts.today)
        self.setLayout(column(self.form))
        self._keep = QTimer(self)
        self._keep.setSingleShot(True)
        self._keep.setInterval(_DRAFT_MS)
        self._keep.timeout.connect(self.keep_now)
        self.form.typed.connect(lambda: self._keep.start())
        self.form.named.connect(self._look)
        self.form.picture_given.connect(self._read_picture)
        self.form.wanted.connect(self.save)
        self.form.left.connect(self.leave_task)

    def begin(self, key: str, aim: Aim, typed: Mapping[str, str] | None = None) -> None:
        """A task on an entry as the officer sees it; `typed` is a draft of it."""
        self._workroom.run(
            self, lambda: self._acts.known(key, aim), lambda known: self._show_task(key, aim, known, typed)
        )

    def _show_task(self, key: str, aim: Aim, known: Known, typed: Mapping[str, str] | None) -> None:
        self.begun.emit()
        self.form.show_task(TASKS[key], aim, known)
        if typed is not None:
            self.form.show_texts(typed)
        self._keep.stop()

    def _look(self, name: str) -> None:
        if name:
            self._workroom.run(self, lambda: self._acts.look(name), self.form.show_found)
        else:
            self.form.show_found(())

    def _read_picture(self, given: object, name: str) -> None:
        self._workroom.run(
            self,
            lambda: self._acts.read_picture(given, name),
            self.form.show_shot,
            lambda problem: self.form.say_of_picture(messages.in_full(problem)),
            lane="camera",
        )

    def save(self) -> None:
        """Do it, or ask for the second signature first."""
        task, aim = self.form.task, self.form.aim
        if task is None or self.form.wrong():
            return
        values = self.form.values()
        if not self.form.wants_two:
            self._workroom.run(
                self,
                lambda: self._acts.do(task.key, aim, values, None),
                self._on_done,
                self._on_refused,
                changes=("parties",),
            )
            return
        verb = translated(task.title)
        about = aim.part or aim.number or values.get("number") or values.get("name", "")
        told = [f"{verb}: {about}", *(f"{caption}: {words}" for caption, words in self.form.said())]
        asked = SecondSignature(
            verb=verb,
            lines=[Signed(words) for words in told],
            sign=lambda officer, password: self._acts.do(task.key, aim, values, (officer, password)),
            workroom=self._workroom,
            formats=self._surface.formats,
            role=self._role,
            parent=self.window(),
        )
        asked.signed.connect(self._on_done)
        asked.open()

    def _on_done(self, number: object) -> None:
        assert self.form.task is not None
        self._forget_draft()
        self.done.emit(str(number), translated(self.form.task.title))
        self._workroom.changed.emit(frozenset(("parties",)))

    def _on_refused(self, problem: Outcome) -> None:
        self.form.say(messages.in_full(problem))

    def leave_task(self) -> None:
        """Nothing is done, and no draft kept."""
        self._forget_draft()
        self.left.emit()

    # The draft

    @property
    def typing(self) -> bool:
        return self._keep.isActive()

    def keep_now(self) -> None:
        """Keep the draft without waiting for the pause."""
        self._keep.stop()
        task, aim = self.form.task, self.form.aim
        if task is None:
            return
        texts = {f"{_FIELD}{name}": words for name, words in self.form.texts().items()}
        texts |= {"task": task.key, "shelf": aim.shelf, "number": aim.number, "part": aim.part}
        texts["revision"] = str(aim.revision)
        self._workroom.run(self, lambda: self._acts.keep_draft(texts), lambda _: None)

    def _forget_draft(self) -> None:
        self._keep.stop()
        self._workroom.run(self, lambda: self._acts.keep_draft({}), lambda _: None)

    def show_draft(self, texts: Mapping[str, str]) -> None:
        """Open the task again that was under way."""
        if texts.get("task") in TASKS:
            aim = Aim(texts["shelf"], texts["number"], int(texts["revision"]), texts["part"])
            typed = {name.removeprefix(_FIELD): words for name, words in texts.items() if name.startswith(_FIELD)}
            self.begin(texts["task"], aim, typed)
