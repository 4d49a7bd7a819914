"""Under a table: which list, printed or saved as CSV; and the paper in the page's place while it is looked at."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QFrame, QWidget

from kpdesk.desks import csv_files, papers
from kpdesk.desks.desk import Desk
from kpdesk.domain.papers import ListSheet
from ui import messages
from ui.surface import Surface
from ui.tones import Tone
from ui.widgets.card import Notice, button, column
from ui.widgets.field import Field, choice
from ui.widgets.flow import Flow
from ui.widgets.paper_view import PaperActs, PaperView, Shown
from ui.widgets.stack import Stack


@dataclass(frozen=True, slots=True)
class ListActs:
    """What a list bar asks of a desk; all run in the workroom."""

    draw: Callable[[str], Shown]
    """(list): archived, as a paper."""
    save: Callable[[str, Path], Path]
    paper: PaperActs


class ListBar(QFrame):
    """Ctrl+P shows the chosen list as a paper."""

    drawn = Signal(object)

    def __init__(self, name: str, lists: Sequence[tuple[str, object]], acts: ListActs, surface: Surface) -> None:
        super().__init__()
        self._acts, self._workroom = acts, surface.workroom
        self.which = choice(f"{name}_list", *lists)
        self.which.setMinimumContentsLength(18)
        self._print = button(f"{name}_print", self.tr("Print"), surface.keyboard.name("print"))
        self._save = button(f"{name}_save", self.tr("Save as CSV"))
        self._notice = Notice(f"{name}_saved")
        buttons = QWidget()
        flow = Flow(buttons, gap=12)
        flow.setContentsMargins(0, 0, 0, 0)
        for each in (self._print, self._save):
            flow.addWidget(each)
        inside = column(Field(self.tr("&List"), self.which), buttons, self._notice)
        inside.setContentsMargins(11, 0, 11, 8)
        self.setLayout(inside)
        self._print.clicked.connect(self.show_paper)
        self._save.clicked.connect(self._on_save)

    @property
    def paper_acts(self) -> PaperActs:
        return self._acts.paper

    def show_paper(self) -> None:
        """The chosen list as a paper."""
        which = str(self.which.currentData())
        self._workroom.run(self, lambda: self._acts.draw(which), self.drawn.emit, self._on_refused)

    def _on_save(self) -> None:
        which = str(self.which.currentData())
        name, _ = QFileDialog.getSaveFileName(self, self._save.accessibleName(), f"{which}.csv", "CSV (*.csv)")
        if name:
            self.save_as(Path(name))

    def save_as(self, file: Path) -> None:
        """The chosen list into this file."""
        which = str(self.which.currentData())
        self._workroom.run(self, lambda: self._acts.save(which, file), self._on_saved, self._on_refused)

    def _on_saved(self, file: Path) -> None:
        self._notice.show_words(self.tr("Written: {file}").format(file=file), Tone.OK)

    def _on_refused(self, problem: object) -> None:
        self._notice.show_words(messages.in_full(problem))  # type: ignore[arg-type]


class WithPaper(Stack):
    """A page's own view, and the paper that stands in its place."""

    closed = Signal()

    def __init__(self, name: str, view: QWidget, acts: PaperActs, surface: Surface) -> None:
        super().__init__()
        self.paper = PaperView(f"{name}_paper", acts, surface)
        around = QWidget()
        inside = column(self.paper)
        inside.setContentsMargins(32, 8, 32, 32)
        around.setLayout(inside)
        self.addWidget(view)
        self.addWidget(around)
        self.paper.closed.connect(self._on_closed)

    def show_paper(self, paper: Shown) -> None:
        self.setCurrentIndex(1)
        self.paper.show_paper(paper)

    def _on_closed(self) -> None:
        self.setCurrentIndex(0)
        self.closed.emit()


def drawn(desk: Desk, sheet: ListSheet, subject: str) -> Shown:
    """A list as an archived paper."""
    made = papers.list_sheet(desk, sheet, subject=subject)
    return Shown(made.number, sheet.title, made.pdf)


def saved(sheet: ListSheet, file: Path) -> Path:
    return csv_files.save_csv(file, [each.heading for each in sheet.columns], sheet.rows)
