"""A file taken into a register: what it would change, line by line, before two officers take it over."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from kpdesk.domain.differences import Change, ChangeKind, Fault
from kpdesk.domain.parties import Role
from ui import look, messages
from ui.registers.asked import Compared, RegistersActs
from ui.second import SecondSignature
from ui.slips import Signed
from ui.surface import Surface
from ui.tones import Tone
from ui.widgets.card import Notice, announce, button, card, column, text
from ui.widgets.drop_area import DropArea
from ui.widgets.field import Field, choice
from ui.widgets.flow import Flow
from ui.widgets.rows import Column, Rows

_HIGH = 200
_TONES = {ChangeKind.NEW: Tone.OK, ChangeKind.CHANGED: Tone.NOTE, ChangeKind.ENDED: Tone.LIFTABLE}


class ImportPanel(QWidget):
    """Shows nothing of a file that could not be read but why."""

    taken = Signal(str)
    """The differences of this file were taken over."""
    left = Signal()

    def __init__(self, acts: RegistersActs, surface: Surface, role: Role) -> None:
        super().__init__()
        self._acts, self._surface, self._role = acts, surface, role
        self._compared: Compared | None = None
        self._path: Path | None = None
        self._listing = ""
        self._build()
        self._wire()

    def _build(self) -> None:
        keyboard = self._surface.keyboard
        frame, inside = card("import")
        inside.setSpacing(12)
        self._title = text("", "heading", wrap=True)
        self._columns = text("", "muted", wrap=True)
        self._whole = choice(
            "import_whole",
            (self.tr("Some entries: the others stay as they are"), False),
            (self.tr("All of them: what it does not name has ended"), True),
        )
        self._told = text(" ", wrap=True)
        self._told.setObjectName("import_told")
        self._notice = Notice("import_notice")
        self._rows = Rows(
            "import_rows",
            self.tr("Differences"),
            (
                Column(self.tr("Entry"), _number, tone=_tone),
                Column(self.tr("What"), self._what),
                Column(self.tr("Name"), self._name),
                Column(self.tr("Before and after"), self._fields, wide=True),
            ),
            self.tr("The file changes nothing."),
        )
        self._rows.setMinimumHeight(look.current().px(_HIGH))
        self._said = text(" ", "muted", wrap=True)
        self._said.setObjectName("import_said")
        self._area = DropArea(
            "import_drop",
            self.tr("Drop the file here"),
            self.tr("CSV or XLSX, at most 20 000 lines; formulas are not taken"),
            self.tr("Tables (*.csv *.txt *.xlsx)"),
            self._rows,
        )
        self._choose = button("import_choose", self.tr("Choose…"), keyboard.name("open"))
        self._take = button("import_take", self.tr("Take over with a second signature"), keyboard.name("main"))
        self._take.setProperty("primary", True)
        look.heavier(self._take)
        self._back = button("import_back", self.tr("Go back"), keyboard.name("back"))
        buttons = QWidget()
        flow = Flow(buttons, gap=12)
        flow.setContentsMargins(0, 0, 0, 0)
        for each in (self._take, self._choose, self._back):
            flow.addWidget(each)
        lists = Field(self.tr("The file &lists"), self._whole)
        widgets: tuple[QWidget, ...] = (self._title, self._columns, lists, self._told, self._notice)
        for widget in widgets:
            inside.addWidget(widget)
        inside.addWidget(self._area, 1)
        inside.addWidget(self._said)
        inside.addWidget(buttons)
        self.setLayout(column(frame))

    def _wire(self) -> None:
        self._area.given.connect(lambda paths: self.compare(paths[0]))
        self._rows.picked.connect(self._on_picked)
        self._choose.clicked.connect(self.choose)
        self._whole.currentIndexChanged.connect(self._on_whole)
        self._take.clicked.connect(self.accept)
        self._back.clicked.connect(self.left)

    def begin(self, listing: str, title: str) -> None:
        """Before a file is there: what its columns are called."""
        self._path, self._listing = None, listing
        self._title.setText(title)
        self._show(None, "")
        self._choose.setFocus()
        self._surface.workroom.run(self, lambda: self._acts.columns(listing), self._show_columns)

    def _show_columns(self, columns: Sequence[str]) -> None:
        self._columns.setText(self.tr("Columns: {columns}").format(columns=", ".join(columns)))

    def choose(self) -> None:
        self._area.choose()

    def _on_whole(self) -> None:
        """The same file means something else now."""
        if self._path:
            self.compare(self._path)

    def compare(self, path: Path) -> None:
        """Show what this file would change."""
        self._path = path
        listing, whole = self._listing, bool(self._whole.currentData())
        self._surface.workroom.run(
            self,
            lambda: self._acts.compare(listing, path, whole),
            self.show_compared,
            lambda problem: self.say(messages.in_full(problem)),
        )

    def accept(self) -> None:
        """Ask the second officer for a signature under just these differences."""
        compared = self._compared
        if compared is None or not self._take.isEnabled():
            return
        asked = SecondSignature(
            verb=self.tr("Take over"),
            lines=[Signed(words) for words in (compared.name, *self._counted(compared))],
            sign=lambda officer, password: self._acts.accept(compared, officer, password),
            workroom=self._surface.workroom,
            formats=self._surface.formats,
            role=self._role,
            parent=self.window(),
        )
        asked.signed.connect(lambda _: self.taken.emit(compared.name))
        asked.open()

    def _counted(self, compared: Compared) -> list[str]:
        """What would change, as it is signed."""
        found = compared.difference
        kinds = {
            ChangeKind.NEW: self.tr("new: {count}"),
            ChangeKind.CHANGED: self.tr("changed: {count}"),
            ChangeKind.ENDED: self.tr("ended: {count}"),
        }
        told = [words.format(count=found.count(kind)) for kind, words in kinds.items() if found.count(kind)]
        return [*told, self.tr("left out: {count}").format(count=len(found.faults))] if found.faults else told

    def show_compared(self, compared: Compared) -> None:
        found = compared.difference
        words = self.tr(
            "{file} ({writing})  ·  new {new}, changed {changed}, ended {ended}, unchanged {unchanged}, "
            "left out {faults}"
        ).format(
            file=found.file,
            writing=found.writing,
            new=found.count(ChangeKind.NEW),
            changed=found.count(ChangeKind.CHANGED),
            ended=found.count(ChangeKind.ENDED),
            unchanged=found.unchanged,
            faults=len(found.faults),
        )
        self._show(compared, words)
        if found.ignored:
            ignored = self.tr("Columns that nobody asked for: {columns}.").format(columns=", ".join(found.ignored))
            self._notice.show_words(ignored, Tone.NOTE)
        announce(self, words)
        self._rows.take_cursor()

    def _show(self, compared: Compared | None, words: str) -> None:
        self._compared = compared
        found = compared.difference if compared else None
        self._told.setText(words or " ")
        self._notice.show_words("")
        self._rows.show_slips((*found.faults, *found.changes) if found else ())
        self._on_picked(self._rows.current())  # type: ignore[arg-type]
        self._area.show_content(found is not None)
        self._take.setEnabled(bool(found and found.changes))

    def say(self, words: str) -> None:
        """What became of it, when it was not done; what was shown before counts no more."""
        self._show(None, "")
        self._notice.show_words(words)

    def _on_picked(self, each: Change | Fault | None) -> None:
        """The line the cursor is on, in full."""
        self._said.setText(f"{_number(each)}  ·  {self._name(each)}  ·  {self._fields(each)}" if each else " ")

    def _name(self, each: Change | Fault) -> str:
        return each.about if isinstance(each, Change) else self.tr("line {line}").format(line=each.line)

    def _what(self, each: Change | Fault) -> str:
        if isinstance(each, Fault):
            return self.tr("left out")
        return {
            ChangeKind.NEW: self.tr("new"),
            ChangeKind.CHANGED: self.tr("changed"),
            ChangeKind.ENDED: self.tr("ended"),
        }[each.kind]

    def _fields(self, each: Change | Fault) -> str:
        if isinstance(each, Fault):
            return " ".join(messages.answer(messages.found(each.finding)))
        changed = each.kind is ChangeKind.CHANGED
        shown = (f"{was.field}: {was.before} → {was.after}" if changed else was.after for was in each.fields)
        return "; ".join(filter(None, shown))


def _number(each: Change | Fault) -> str:
    return each.number or "–"


def _tone(each: Change | Fault) -> Tone:
    return Tone.STOP if isinstance(each, Fault) else _TONES[each.kind]
