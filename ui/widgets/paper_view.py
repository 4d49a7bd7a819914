"""A paper of the office on the screen: its pages, the printer, Print. Any page may hold one and be turned to it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QVBoxLayout

from kpdesk.domain.outcomes import Outcome
from ui import look, messages
from ui.slips import Picture
from ui.surface import Surface
from ui.widgets.card import BETWEEN, INSIDE, Notice, button, row, text
from ui.widgets.field import Field, choice
from ui.widgets.picture import PictureView


@dataclass(frozen=True, slots=True)
class Shown:
    """An archived paper, or a label."""

    number: str
    title: str
    pdf: bytes
    dpi: float = 0.0
    """A label printer's dots an inch, where the paper is drawn in whole dots of one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperActs:
    """What the view asks; all run in the paper lane."""

    pages: Callable[[bytes], int]
    picture: Callable[[bytes, int], Picture]
    printers: Callable[[], Sequence[str]]
    submit: Callable[[Shown, str], None]
    """Print it here, and count it."""


class PaperView(QFrame):
    """Page up and down turn the pages, Ctrl+P prints, Esc goes back."""

    printed = Signal(str)
    """The paper's number."""
    closed = Signal()

    def __init__(self, name: str, acts: PaperActs, surface: Surface) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setProperty("card", True)
        self._acts, self._workroom = acts, surface.workroom
        self._paper: Shown | None = None
        self._page, self._pages = 0, 1
        self._build(name, surface)
        self._wire(surface)

    def _build(self, name: str, surface: Surface) -> None:
        self._title = text("", "heading")
        self._title.setObjectName(f"{name}_title")
        self._counted = text("", "muted")
        self._counted.setObjectName(f"{name}_page")
        self._back = button(f"{name}_back", self.tr("Back"), surface.keyboard.name("back"))
        self._before = button(f"{name}_before", self.tr("Page before"), "PgUp")
        self._after = button(f"{name}_after", self.tr("Next page"), "PgDown")
        self._picture = PictureView(f"{name}_picture", self.tr("The paper"))
        self._picture.setMinimumHeight(look.current().px(280))
        self._printer = choice(f"{name}_printer")
        self._printer.setMinimumContentsLength(16)
        self._print = button(f"{name}_print", self.tr("Print"), surface.keyboard.name("print"), primary=True)
        self._notice = Notice(f"{name}_notice")
        inside = QVBoxLayout(self)
        inside.setContentsMargins(INSIDE, INSIDE - 4, INSIDE, INSIDE)
        inside.setSpacing(12)
        inside.addLayout(row(self._title, self._counted, 1, self._before, self._after))
        inside.addWidget(self._picture, 1)
        inside.addWidget(self._notice)
        printer = Field(self.tr("P&rinter"), self._printer)
        foot = row(printer, self._print, self._back, 1, gap=BETWEEN)
        foot.setAlignment(self._print, Qt.AlignmentFlag.AlignBottom)
        foot.setAlignment(self._back, Qt.AlignmentFlag.AlignBottom)
        inside.addLayout(foot)

    def _wire(self, surface: Surface) -> None:
        self._before.clicked.connect(lambda: self._turn(-1))
        self._after.clicked.connect(lambda: self._turn(1))
        self._back.clicked.connect(self.closed)
        self._print.clicked.connect(self.print_paper)
        keys = (("PgUp", lambda: self._turn(-1)), ("PgDown", lambda: self._turn(1)))
        acts = (("print", self.print_paper), ("back", self.closed.emit))
        bound = [*keys, *((key, does) for act, does in acts for key in surface.keyboard[act].keys)]
        for key, does in bound:
            shortcut = QShortcut(QKeySequence(key), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(does)

    @property
    def paper(self) -> Shown | None:
        return self._paper

    def show_paper(self, paper: Shown) -> None:
        """Its first page, and the keys."""
        self._paper, self._page, self._pages = paper, 0, 1
        self._title.setText(f"{paper.title}  {paper.number}")
        self._notice.show_words("")
        self._print.setEnabled(False)
        self._workroom.run(self, self._acts.printers, self._show_printers, lane="paper")
        self._workroom.run(self, lambda: self._acts.pages(paper.pdf), self._show_count, lane="paper")
        self._picture.setFocus()

    def _show_printers(self, printers: Sequence[str]) -> None:
        kept = self._printer.currentText()
        self._printer.clear()
        for name in printers:
            self._printer.addItem(name, name)
        self._printer.setCurrentIndex(max(self._printer.findText(kept), 0))
        self._print.setEnabled(bool(printers))
        if not printers:
            self._notice.show_words(self.tr("No printer is there. The paper is archived; print it when there is one."))

    def _show_count(self, pages: int) -> None:
        self._pages = pages
        self._turn(0)

    def _turn(self, by: int) -> None:
        paper = self._paper
        if paper is None:
            return
        page = self._page = min(max(self._page + by, 0), self._pages - 1)
        counted = self.tr("page {page} of {pages}").format(page=page + 1, pages=self._pages)
        self._counted.setText(counted)
        self._picture.setAccessibleDescription(counted)
        self._before.setEnabled(page > 0)
        self._after.setEnabled(page < self._pages - 1)
        self._workroom.run(self, lambda: self._acts.picture(paper.pdf, page), self._picture.show_picture, lane="paper")

    def print_paper(self) -> None:
        """On the chosen printer; as often as wanted."""
        paper, printer = self._paper, self._printer.currentData()
        if paper is None or not isinstance(printer, str) or not self._print.isEnabled():
            return
        self._print.setEnabled(False)
        self._workroom.run(
            self,
            lambda: self._acts.submit(paper, printer),
            lambda _: self._on_printed(paper),
            self._on_refused,
            lane="paper",
        )

    def _on_printed(self, paper: Shown) -> None:
        self._print.setEnabled(True)
        self._notice.show_words("")
        self.printed.emit(paper.number)

    def _on_refused(self, problem: Outcome) -> None:
        self._print.setEnabled(True)
        self._notice.show_words(messages.in_full(problem))
