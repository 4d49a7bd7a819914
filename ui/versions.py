"""A book of the office in all its versions: what each says, and what a new file would change, signed by two."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedLayout, QWidget

from kpdesk.domain.outcomes import Outcome
from kpdesk.domain.parties import Role
from kpdesk.domain.prices import Book, Change, Entry
from ui import look, messages
from ui.formats import Formats
from ui.keys import Keyboard
from ui.second import SecondSignature
from ui.slips import Signed
from ui.tones import Tone
from ui.widgets.card import Notice, button, column, row, table_card, text
from ui.widgets.day_field import DayField
from ui.widgets.drop_area import DropArea
from ui.widgets.rows import Column, Rows
from ui.work import Workroom


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """One version with the names of those who signed it."""

    book: Book
    in_force: bool
    by: str
    second: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposed:
    """What a file would make of the book."""

    file: str
    writing: str
    ignored: tuple[str, ...]
    entries: int
    changes: tuple[Change, ...]
    content: object
    """What is handed back to be signed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class VersionActs:
    """What the widget asks of a desk; all run in the workroom."""

    versions: Callable[[], Sequence[Version]]
    entries: Callable[[Book], Sequence[Entry]]
    read: Callable[[Path], Proposed]
    sign: Callable[[object, date, str, str], object]
    """The content, the first day, the second officer's name and password."""
    today: Callable[[], date]


class Versions(QWidget):
    """Versions at the side, what the chosen one says beside them; a file in its place until it is signed or left."""

    signed = Signal(str)
    """Words for the status line."""

    def __init__(
        self, name: str, acts: VersionActs, *, columns: str, workroom: Workroom, formats: Formats, keyboard: Keyboard
    ) -> None:
        """`columns`: those of the file, as people are told."""
        super().__init__()
        self.setObjectName(name)
        self._name, self._acts, self._workroom, self._formats = name, acts, workroom, formats
        self._proposed: Proposed | None = None
        self._build(columns, keyboard)
        self._wire()

    def _build(self, columns: str, keyboard: Keyboard) -> None:
        name, formats = self._name, self._formats
        self._versions = Rows(
            f"{name}_versions",
            self.tr("Versions"),
            (
                Column(
                    self.tr("Version"),
                    lambda each: each.book.identity,
                    tone=lambda each: Tone.OK if each.in_force else Tone.UNKNOWN,
                ),
                Column(self.tr("From"), lambda each: formats.date(each.book.valid_from)),
                Column(self.tr("Signed by"), lambda each: f"{each.by}, {each.second}", wide=True),
            ),
            self.tr("There is no version yet. Read a file; two people sign it."),
        )
        self._entries = Rows(
            f"{name}_entries",
            self.tr("What it says"),
            (
                Column(self.tr("Name"), lambda entry: entry.key),
                Column(
                    self.tr("Entry"), lambda entry: " · ".join(part for part in entry.cells()[1:] if part), wide=True
                ),
            ),
            self.tr("Choose a version."),
        )
        self._changes = Rows(
            f"{name}_changes",
            self.tr("What the file changes"),
            (
                Column("", _sign),
                Column(self.tr("Name"), lambda change: change.key),
                Column(self.tr("Before"), lambda change: change.before or "–", wide=True),
                Column(self.tr("After"), lambda change: change.after or "–", wide=True),
            ),
            "",
        )
        self._head = text("", wrap=True)
        self._head.setObjectName(f"{name}_head")
        self._wrong = Notice(f"{name}_wrong")
        self._from = DayField(f"{name}_from", self.tr("In &force from"), today=self._acts.today)
        self._sign = button(f"{name}_sign", self.tr("Sign with a second officer"), keyboard.name("main"), primary=True)
        self._leave = button(f"{name}_leave", self.tr("Leave it"), keyboard.name("back"))
        self._read = button(f"{name}_read", self.tr("Read a file"), keyboard.name("open"))
        proposed = QWidget()
        inside = column(self._head, self._changes, self._from, gap=12)
        inside.setStretch(1, 1)
        inside.setContentsMargins(11, 0, 11, 8)
        inside.addLayout(row(self._sign, self._leave, 1, gap=12))
        proposed.setLayout(inside)
        self._beside = QStackedLayout()
        for each in (self._entries, proposed):
            self._beside.addWidget(each)
        content = QWidget()
        content.setLayout(self._beside)
        self._drop = DropArea(
            f"{name}_drop",
            self.tr("Drop a table here"),
            self.tr("CSV or XLSX with the columns {columns}").format(columns=columns),
            self.tr("Tables (*.csv *.xlsx *.txt)"),
            content,
        )
        hint = text(self.tr("Columns of the file: {columns}").format(columns=columns), "muted", wrap=True)
        versions = table_card(f"{name}_versions_card", self.tr("Versions, the newest first"), self._versions)
        left = column(versions, hint, self._wrong, gap=12)
        left.setStretch(0, 1)
        left.addLayout(row(self._read, 1))
        whole = row(gap=20)
        whole.addLayout(left, 7)
        whole.addWidget(table_card(f"{name}_card", self.tr("What it says"), self._drop), 7)
        self.setLayout(whole)

    def _wire(self) -> None:
        self._versions.picked.connect(self._on_picked)
        self._drop.given.connect(lambda paths: self.read(paths[0]))
        self._read.clicked.connect(self._drop.choose)
        self._sign.clicked.connect(self.sign)
        self._leave.clicked.connect(self.leave)

    def ask(self) -> None:
        """The versions anew, the cursor on them."""
        self._workroom.run(self, self._acts.versions, self._show_versions)

    def choose(self) -> None:
        self._drop.choose()

    def read(self, path: Path) -> None:
        """Hold a file against what is in force."""
        self._workroom.run(self, lambda: self._acts.read(path), self._show_proposed, self._on_refused)

    def sign(self) -> None:
        """Ask the second officer, who is shown how much changes and from when."""
        proposed, first = self._proposed, self._from.day
        if proposed is None:
            return
        if first is None:
            self._from.show_words(self.tr("Enter the first day on which it counts."))
            self._from.line.setFocus()
            return
        words = self.tr("{file}: {changes} changes, in force from {day}")
        about = words.format(file=proposed.file, changes=len(proposed.changes), day=self._formats.date(first))
        asked = SecondSignature(
            verb=self.tr("Put it in force"),
            lines=[Signed(about=about)],
            sign=lambda officer, password: self._acts.sign(proposed.content, first, officer, password),
            workroom=self._workroom,
            formats=self._formats,
            role=Role.SUPERVISOR,
            parent=self,
        )
        asked.signed.connect(lambda _: self._on_signed(about))
        asked.finished.connect(asked.deleteLater)
        asked.open()

    def leave(self) -> None:
        """The file is put aside; what is in force stays."""
        self._proposed = None
        self._beside.setCurrentIndex(0)
        self._wrong.show_words("")
        self._versions.take_cursor()

    def _show_versions(self, versions: Sequence[Version]) -> None:
        self._versions.show_slips(versions)
        self._show_content(bool(versions) or self._proposed is not None)
        self._on_picked(self._versions.current())
        self._versions.take_cursor()

    def _on_picked(self, version: object) -> None:
        if isinstance(version, Version):
            book = version.book
            self._workroom.run(self, lambda: self._acts.entries(book), self._entries.show_slips)

    def _show_proposed(self, proposed: Proposed) -> None:
        self._proposed = proposed
        words = self.tr("{file}, {writing}: {entries} lines, {changes} of them new, gone or other.")
        ignored = (
            self.tr("Not read: {columns}.").format(columns=", ".join(proposed.ignored)) if proposed.ignored else ""
        )
        said = words.format(
            file=proposed.file, writing=proposed.writing, entries=proposed.entries, changes=len(proposed.changes)
        )
        self._head.setText(f"{said} {ignored}".strip())
        self._changes.show_slips(proposed.changes)
        self._wrong.show_words("")
        self._from.show_day(self._acts.today())
        self._show_content(True)
        self._beside.setCurrentIndex(1)
        self._from.line.setFocus()

    def _show_content(self, there: bool) -> None:
        """What is there stands on the card's own ground."""
        self._drop.show_content(there)
        look.restyle(self._drop, drop="" if there else "true")

    def _on_refused(self, problem: Outcome) -> None:
        self._wrong.show_words(messages.in_full(problem))

    def _on_signed(self, about: str) -> None:
        self.leave()
        self.signed.emit(about)
        self.ask()


def _sign(change: Change) -> str:
    return "+" if change.before is None else "−" if change.after is None else "≠"
