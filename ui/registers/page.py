"""Registers: a list with search as one types, everything about the entry it stands on, and what may be done to it."""

from collections.abc import Mapping, Sequence
from datetime import date

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QScrollArea, QWidget

from kpdesk.domain.parties import Role
from kpdesk.domain.register_slips import PartyCard, TitleCard
from ui import look
from ui.registers.asked import Entry, RegistersActs
from ui.registers.detail import Detail
from ui.registers.import_panel import ImportPanel
from ui.registers.task_pane import TaskPane
from ui.registers.tasks import SHELVES, Aim
from ui.registers.words import Line, line_of, shelf_words
from ui.surface import Surface
from ui.widgets.card import button, card, column, row
from ui.widgets.columns import Columns
from ui.widgets.field import Field, choice, line
from ui.widgets.page import Page
from ui.widgets.rows import Column, Rows
from ui.widgets.stack import Stack

_PAUSE_MS = 150
_HIGH, _ABOVE = 160, 120
"""Pixels at 100 %: of the list at least; of what stands above a form's first field."""
_LISTINGS = {"title": "titles", "watch": "watch"}
"""The shelves that files are taken into, and what such a file lists."""


class RegistersPage(Page):
    """A form that was begun is kept as a draft, and opened again when the officer comes back."""

    def __init__(self, acts: RegistersActs, surface: Surface, *, role: Role, may: frozenset[str]) -> None:
        """`may`: `enter` firms and titles, `watch`: add to the watch list; who may nothing reads."""
        super().__init__("registers", surface)
        self._acts, self._role, self._may, self._surface = acts, role, may, surface
        self._lines: tuple[Line, ...] = ()
        self._entered = self._complete = self._turned = False
        self._build()
        self._wire()
        self._offer()

    def _build(self) -> None:
        self._shelf = choice("registers_shelf", *((shelf_words(key), key) for key, _ in SHELVES))
        self._shelf.setMinimumContentsLength(14)
        self._typed = line("registers_search")
        self._typed.setPlaceholderText(self.tr("A number or a name"))
        self._list = Rows(
            "registers_list",
            self.tr("Entries"),
            (
                Column(self.tr("Number"), lambda each: each.number, tone=lambda each: each.tone),
                Column(self.tr("Name"), lambda each: each.name, wide=True),
                Column(self.tr("Stands"), lambda each: each.standing),
            ),
            self.tr("Nothing here is called so."),
            self.tr("New entry") if self._may else "",
        )
        self._list.setMinimumHeight(look.current().px(_HIGH))
        self._new = button("registers_new", self.tr("New"), self._keyboard.name("entry_new"), primary=True)
        self._import = button("registers_import", self.tr("Take over a file"), self._keyboard.name("entry_import"))
        frame, inside = card("registers_card")
        inside.setSpacing(12)
        top = row(Field(self.tr("&Register"), self._shelf), Field(self.tr("&Search"), self._typed), gap=12)
        inside.addLayout(top)
        inside.addWidget(self._list, 1)
        inside.addLayout(row(self._new, self._import, 1, gap=12))
        self._detail = Detail(self._formats, self._keyboard, may=self._may)
        self._tasks = TaskPane(self._acts, self._surface, self._role)
        self._panel = ImportPanel(self._acts, self._surface, self._role)
        self._nothing = QWidget()
        self._right = Stack()
        for each in (self._nothing, self._detail, self._tasks, self._panel):
            self._right.addWidget(each)
        Columns(self, (column(frame), 1), (column(self._right), 1))

    def _wire(self) -> None:
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(self._ask)
        self._typed.textChanged.connect(lambda: self._pause.start())
        self._typed.returnPressed.connect(self._list.take_cursor)
        self._shelf.currentIndexChanged.connect(self._on_shelf)
        self._list.picked.connect(self._on_picked)
        self._list.opened.connect(lambda _: self._detail.take_cursor())
        self._list.filling_asked.connect(self.begin_new)
        self._new.clicked.connect(self.begin_new)
        self._import.clicked.connect(self.begin_import)
        self._detail.asked.connect(self._tasks.begin)
        self._detail.picture_asked.connect(self._ask_picture)
        self._detail.opened.connect(self._open)
        self._tasks.begun.connect(lambda: self._turn(self._tasks))
        self._tasks.done.connect(self._on_done)
        self._tasks.left.connect(self._show_entry)
        self._panel.taken.connect(self._on_taken)
        self._panel.left.connect(self._show_entry)
        self._workroom.changed.connect(self._on_changed)
        for act, slot in (
            ("find", lambda: self._typed.setFocus()),
            ("entry_new", self.begin_new),
            ("entry_change", self._on_change),
            ("entry_import", self.begin_import),
            ("next_tab", self._detail.turn_on),
            ("open", self._on_open),
            ("main", self._on_main),
            ("back", self._on_back),
        ):
            self.bind(act, slot)

    # The list

    def enter(self) -> None:
        if not self._entered and not self._turned:
            self._entered = True
            self._workroom.run(self, self._acts.draft, self._show_draft)
        if self._turned:
            self._turned = False
            self._list.take_cursor()
            return
        self._ask()
        if self._right.currentWidget() is self._tasks:
            self._tasks.form.take_cursor()
        else:
            self._typed.setFocus()

    def _show_draft(self, texts: Mapping[str, str]) -> None:
        """The shelf the task is for; one on a firm that is there can be on any shelf of firms."""
        if (shelf := self._shelf.findData(texts.get("shelf", ""))) >= 0:
            self._shelf.setCurrentIndex(shelf)
        self._tasks.show_draft(texts)

    def turn_to(self, subject: str) -> None:
        """`party/EXP-0041`, `title/T-100` or `watch/W-0001`: shown alone, on its own shelf."""
        self._turned = True
        self._open(subject)

    @property
    def shelf(self) -> str:
        return str(self._shelf.currentData())

    def _open(self, subject: str) -> None:
        kind, _, number = subject.partition("/")
        self._workroom.run(self, lambda: self._acts.entry(kind, number), self._on_wanted)

    def _on_wanted(self, entry: Entry) -> None:
        """Something that is perhaps on another shelf, and not on the page that is shown."""
        shelf = self._shelf.findData(shelf_of(entry))
        for each in (self._shelf, self._typed):
            each.blockSignals(True)
        self._shelf.setCurrentIndex(shelf)
        self._typed.setText(entry.number)
        for each in (self._shelf, self._typed):
            each.blockSignals(False)
        self._offer()
        self._ask()
        self._list.take_cursor()

    def _on_shelf(self) -> None:
        self._typed.clear()
        self._offer()
        self._ask()

    def _offer(self) -> None:
        """What may be done on this shelf."""
        entering = "watch" if self.shelf == "watch" else "enter"
        self._new.setVisible(entering in self._may)
        self._import.setVisible("enter" in self._may and self.shelf in _LISTINGS)

    def _ask(self, after: str = "") -> None:
        self._pause.stop()
        shelf, typed = self.shelf, self._typed.text()
        self._workroom.run(
            self,
            lambda: (self._acts.shelf(shelf, typed, after), self._acts.today()),
            lambda found: self._on_found(shelf, typed, after, *found),
        )

    def _on_found(self, shelf: str, typed: str, after: str, slips: Sequence[object], today: date) -> None:
        if (shelf, typed) != (self.shelf, self._typed.text()):
            return
        lines = tuple(line_of(slip, today) for slip in slips)
        self._complete = not lines
        self._lines = (*self._lines, *lines) if after else lines
        self._list.show_slips(self._lines)
        self.show_subtitle(shelf_words(shelf))
        if not self._lines and self._right.currentWidget() is self._detail:
            self._right.setCurrentWidget(self._nothing)

    def _on_picked(self, shown: object) -> None:
        if not isinstance(shown, Line):
            return
        if self._lines and shown == self._lines[-1] and not self._complete:
            self._ask(shown.number)  # the next page, while the cursor waits on the last line of this one
        if self._right.currentWidget() in (self._nothing, self._detail):
            self._show(shown.number)

    def _show(self, number: str) -> None:
        kind = self.shelf if self.shelf in ("title", "watch") else "party"
        self._workroom.run(
            self, lambda: (self._acts.entry(kind, number), self._acts.today()), lambda found: self._on_entry(*found)
        )

    def _on_entry(self, entry: Entry, today: date) -> None:
        self._detail.show_entry(entry, today)
        if self._right.currentWidget() is self._nothing:
            self._right.setCurrentWidget(self._detail)

    def _ask_picture(self, digest: str) -> None:
        if not digest:
            self._detail.show_picture(digest, None)
            return
        self._workroom.run(self, lambda: self._acts.picture(digest), lambda content: self._draw(digest, content))

    def _draw(self, digest: str, content: bytes | None) -> None:
        if content is not None:
            self._workroom.run(
                self,
                lambda: self._acts.draw(content),
                lambda seen: self._detail.show_picture(digest, seen),
                lane="camera",
            )

    def _show_entry(self) -> None:
        """Back from a form or a file to what the list stands on."""
        self._right.setCurrentWidget(self._nothing)
        self._on_picked(self._list.current())
        self._list.take_cursor()

    # What may be done

    def _turn(self, to: QWidget) -> None:
        """Where the columns stand under each other, as at 200 % text, the page moves to what was turned to."""
        self._right.setCurrentWidget(to)
        QTimer.singleShot(0, self._reveal)

    def _reveal(self) -> None:
        held = self.parentWidget()
        while held is not None and not isinstance(held, QScrollArea):
            held = held.parentWidget()
        cursor = self.focusWidget()
        if held is not None and cursor is not None:
            held.ensureWidgetVisible(cursor, 0, look.current().px(_ABOVE))

    def begin_new(self) -> None:
        key = {"title": "title_new", "watch": "watch_new"}.get(self.shelf, "party_new")
        if ("watch" if key == "watch_new" else "enter") in self._may:
            self._tasks.begin(key, Aim(shelf=self.shelf))

    def begin_import(self) -> None:
        if "enter" in self._may and self.shelf in _LISTINGS:
            title = self.tr("Mining cadastre") if self.shelf == "title" else self.tr("Watch list")
            self._turn(self._panel)
            self._panel.begin(_LISTINGS[self.shelf], title)

    def _on_done(self, number: str, what: str) -> None:
        self.told.emit(self.tr("{number}: {what}").format(number=number, what=what))
        kind = self.shelf if self.shelf in ("title", "watch") else "party"
        self._right.setCurrentWidget(self._nothing)
        self._open(f"{kind}/{number}")

    def _on_taken(self, name: str) -> None:
        self.told.emit(self.tr("{file} was taken over").format(file=name))
        self._typed.clear()
        self._ask()
        self._show_entry()

    def leave(self) -> None:
        if self._tasks.typing:
            self._tasks.keep_now()

    def _on_main(self) -> None:
        match self._right.currentWidget():
            case self._tasks:
                self._tasks.save()
            case self._panel:
                self._panel.accept()

    def _on_open(self) -> None:
        match self._right.currentWidget():
            case self._tasks:
                self._tasks.form.choose_picture()
            case self._panel:
                self._panel.choose()

    def _on_back(self) -> None:
        match self._right.currentWidget():
            case self._tasks:
                self._tasks.leave_task()
            case self._panel:
                self._show_entry()

    def _on_change(self) -> None:
        if self._right.currentWidget() is self._detail:
            self._detail.change()

    def _on_changed(self, changes: frozenset[str]) -> None:
        if self.isVisible() and "parties" in changes:
            self._ask()


def shelf_of(entry: Entry) -> str:
    match entry:
        case PartyCard():
            return entry.party_kind.value
        case TitleCard():
            return "title"
    return "watch"
