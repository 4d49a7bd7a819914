"""The last step: the recovery code on paper for the safe, and the books the office already keeps."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QFileDialog

from kpdesk.desks.founding import Wanted
from ui.first.steps import Step
from ui.widgets.card import Notice, button, row, text

_MOST_BYTES = 32 * 1024 * 1024


class Ending(Step):
    """The code is shown once; nobody can ask for it again."""

    books_given = Signal(object, str)
    """The answers of the first run, and the CSV's text."""

    def __init__(self, title: str, hint: str) -> None:
        super().__init__("ending", title, hint)
        self._wanted: Wanted | None = None
        self._code = text("", "number", wrap=True)
        self._code.setObjectName("first_recovery")
        self._code.setAccessibleName(self.tr("Recovery code"))
        self._paper = button("first_paper", self.tr("Save the paper for the safe"))
        self._locked = QCheckBox(self.tr("It is &printed, and locked away where neither of us can take it alone"))
        self._locked.setObjectName("first_locked")
        self._books = button("first_books", self.tr("Take over stock and open certificates (CSV)"))
        self.notice = Notice("first_ending_said")
        told = self.tr(
            "With this code and any copy of the books the office can be opened on an empty machine. "
            "Balances, printers and more officers are added after signing in, by both supervisors."
        )
        for widget in (text(self.tr("Recovery code"), "caption"), self._code, text(told, "muted", wrap=True)):
            self.inside.addWidget(widget)
        self.inside.addLayout(row(self._paper, self._books, 1, gap=12))
        self.inside.addWidget(self._locked)
        self.inside.addWidget(self.notice)
        self.close_up()
        self._paper.clicked.connect(self._save)
        self._books.clicked.connect(self._choose)
        self._recovery_paper: Callable[[str, str], bytes] = lambda code, office: b""

    def show_office(self, wanted: Wanted, code: str, recovery_paper: Callable[[str, str], bytes]) -> None:
        self._wanted, self._recovery_paper = wanted, recovery_paper
        self._code.setText(code)

    def show_taken_over(self, lines: int) -> None:
        self._books.setEnabled(False)
        self.notice.show_words(self.tr("Taken over: {count} lines.").format(count=lines))

    def forget(self) -> None:
        """Code and passwords leave the memory of the window."""
        self._wanted = None
        self._code.clear()

    def check(self) -> bool:
        if not self._locked.isChecked():
            self.notice.show_words(
                self.tr("First lock the paper away: if the machine breaks, nothing else opens the books.")
            )
            self._locked.setFocus()
        return self._locked.isChecked()

    def take_cursor(self) -> None:
        self._paper.setFocus()

    def _save(self) -> None:
        name, _ = QFileDialog.getSaveFileName(self, self._paper.accessibleName(), "recovery.pdf", "PDF (*.pdf)")
        if name and self._wanted:
            self.save_paper(Path(name))

    def save_paper(self, file: Path) -> None:
        assert self._wanted is not None
        try:
            file.write_bytes(self._recovery_paper(self._code.text(), self._wanted.name))
        except OSError:
            self.notice.show_words(self.tr("{file} cannot be written. Choose another place.").format(file=file))
            return
        words = self.tr("Written: {file}. Print it, lock the sheet away, then delete the file.")
        self.notice.show_words(words.format(file=file))

    def _choose(self) -> None:
        name, _ = QFileDialog.getOpenFileName(self, self._books.accessibleName(), "", self.tr("Tables (*.csv)"))
        if name:
            self.give_books(Path(name))

    def give_books(self, file: Path) -> None:
        """Hand the table on, if it is one."""
        try:
            content = file.read_bytes() if file.stat().st_size <= _MOST_BYTES else b"\xff"
            self.books_given.emit(self._wanted, content.decode("utf-8-sig"))
        except (OSError, UnicodeDecodeError):
            self.notice.show_words(self.tr("{file} is no CSV in UTF-8, or cannot be read.").format(file=file))
