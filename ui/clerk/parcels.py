"""All parcels: one box to search, the newest first, and the dossier of the one that is opened (desk.md §4)."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, QTimer
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from kpdesk.desks.dossier import Dossier
from kpdesk.domain.outcomes import Outcome
from kpdesk.domain.slips import ParcelSlip
from ui import messages
from ui.clerk.dossier import DossierActs, DossierView
from ui.clerk.words import STATES
from ui.surface import Surface
from ui.widgets.card import BETWEEN, card, column, table_card
from ui.widgets.field import Field, line
from ui.widgets.page import Page
from ui.widgets.paper_view import PaperActs, PaperView, Shown
from ui.widgets.rows import Column, Rows

_PAUSE_MS = 90
"""From the last key to the question; with the answer the first hits are there within 150 ms."""
_NEAR_END = 5
_LIST, _DOSSIER, _PAPER = range(3)


@dataclass(frozen=True, slots=True, kw_only=True)
class ParcelsActs:
    """What the page asks of a desk; all run in the workroom."""

    page: Callable[[str | None], Sequence[ParcelSlip]]
    """The newest parcels, or those before a number."""
    search: Callable[[str], Sequence[ParcelSlip]]
    dossier: DossierActs
    sheet: Callable[[str], Shown]
    """The parcel's own paper: the weight sheet, or what was left at the counter while carats are not agreed."""
    paper: PaperActs


class ParcelsPage(Page):
    """Type, ↓, Enter; Esc comes back to the list."""

    def __init__(self, acts: ParcelsActs, surface: Surface) -> None:
        super().__init__("parcels", surface)
        self._acts, self._surface = acts, surface
        self._wanted = ""
        self._asked = ""
        self._whole = self._printing = False
        self._build()
        self._wire()

    def _build(self) -> None:
        self._search = line("parcels_search", longest=80)
        field = Field(self.tr("&Search by number, bag, exporter, carats or note"), self._search)
        now = self._acts.dossier.clock
        columns = (
            Column(self.tr("Parcel"), lambda slip: slip.number),
            Column(self.tr("Stands"), _stands),
            Column(self.tr("Exporter"), lambda slip: slip.exporter_name or slip.exporter, wide=True),
            Column(self.tr("Origin"), lambda slip: ", ".join(slip.origins)),
            Column(self.tr("Bag"), lambda slip: slip.bag),
            Column(
                self.tr("Carats"), lambda slip: self._formats.carats(slip.carats) if slip.carats else "", number=True
            ),
            Column(self.tr("Received"), lambda slip: self._formats.since(slip.received_at, now()), number=True),
        )
        empty = self.tr("No parcel is found. Whatever is registered at the counter is listed here.")
        self._rows = Rows("parcels_rows", self.tr("Parcels"), columns, empty)
        self._rows.keep_private(self._counter, lambda slip: slip.exporter)
        found = table_card("parcels_card", self.tr("Parcels"), self._rows)
        asked, inside = card("parcels_asked")
        inside.addWidget(field)
        listed = QWidget()
        held = QVBoxLayout(listed)
        held.setContentsMargins(32, 8, 32, 32)
        held.setSpacing(BETWEEN)
        held.addWidget(asked)
        held.addWidget(found, 1)
        self.dossier = DossierView(self._acts.dossier, self._surface)
        self._views = QStackedWidget()
        self._views.addWidget(listed)
        self._views.addWidget(self.dossier)
        self._paper = PaperView("parcels_paper", self._acts.paper, self._surface)
        around = QWidget()
        around.setLayout(column(self._paper))
        around.layout().setContentsMargins(32, 8, 32, 32)  # type: ignore[union-attr]
        self._views.addWidget(around)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._views)

    def _wire(self) -> None:
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(self.search_now)
        self._search.textChanged.connect(lambda: self._pause.start())
        self._search.returnPressed.connect(self._on_entered)
        self._rows.opened.connect(lambda slip: self.open_dossier(slip.number))
        self._rows.table.verticalScrollBar().valueChanged.connect(self._on_scrolled)
        self.dossier.closed.connect(self.show_list)
        self.dossier.print_asked.connect(self.print_sheet)
        self._paper.closed.connect(self._leave_paper)
        self._paper.printed.connect(lambda number: self.told.emit(self.tr("{number} printed").format(number=number)))
        self.bind("find", self._to_search)
        self._workroom.changed.connect(self._on_changed)
        self._counter.changed.connect(self.show_list)

    def enter(self) -> None:
        if self._wanted:
            wanted, self._wanted = self._wanted, ""
            self.open_dossier(wanted)
        elif self._views.currentIndex() == _LIST:
            self.search_now()
            self._search.setFocus()

    def turn_to(self, subject: str) -> None:
        """`parcel/P-…` opens its dossier, `paper/P-…` its paper too."""
        kind, _, self._wanted = subject.partition("/")
        self._printing = kind == "paper"

    def _on_changed(self, changes: frozenset[str]) -> None:
        if self.isVisible() and "parcels" in changes:
            if self._views.currentIndex() == _DOSSIER:
                self.open_dossier(self.dossier.number)
            elif self._views.currentIndex() == _LIST:
                self.search_now()

    # The list

    def _to_search(self) -> None:
        self.show_list()
        self._search.selectAll()

    def search_now(self) -> None:
        """Ask for what is typed; nothing typed is everything."""
        self._pause.stop()
        typed = self._asked = self._search.text().strip()
        act = self._acts.search if typed else lambda _: self._acts.page(None)
        self._workroom.run(self, lambda: act(typed), lambda found: self._show_found(typed, found))

    def _show_found(self, typed: str, found: Sequence[ParcelSlip]) -> None:
        if typed == self._asked:
            self._whole = bool(typed)
            self._rows.show_slips(found)
            self._tell()

    def _tell(self) -> None:
        self.show_subtitle(self.tr("shown: {count}").format(count=self._rows.model.rowCount()))

    def _on_scrolled(self, at: int) -> None:
        """The next page, when the end of this one comes near."""
        bar = self._rows.table.verticalScrollBar()
        slips = self._rows.model.slips
        height = max(self._rows.table.verticalHeader().defaultSectionSize(), 1)
        if self._whole or not slips or bar.maximum() - at > _NEAR_END * height:
            return
        self._whole = True
        last = slips[-1]
        assert isinstance(last, ParcelSlip)
        self._workroom.run(self, lambda: self._acts.page(last.number), self._show_more)

    def _show_more(self, more: Sequence[ParcelSlip]) -> None:
        if self._asked:
            return
        at = self._rows.table.verticalScrollBar().value()
        self._rows.show_slips((*self._rows.model.slips, *more))
        self._rows.table.verticalScrollBar().setValue(at)
        self._whole = not more
        self._tell()

    def _on_entered(self) -> None:
        if self._pause.isActive():
            self.search_now()
        self._rows.take_cursor()

    # One of them

    def open_dossier(self, number: str) -> None:
        self._workroom.run(self, lambda: self._acts.dossier.dossier(number), self.show_dossier, self._on_not_found)

    def show_dossier(self, told: Dossier) -> None:
        fresh = self._views.currentIndex() != _DOSSIER
        self.dossier.show_dossier(told)
        self._views.setCurrentIndex(_DOSSIER)
        self.show_subtitle(told.slip.number)
        if fresh:
            self.dossier.take_cursor()
        if self._printing:
            self._printing = False
            self.print_sheet()

    def _on_not_found(self, problem: Outcome) -> None:
        self.noted.emit(messages.in_full(problem))

    def print_sheet(self) -> None:
        """Draw its paper and show it before it is printed."""
        number = self.dossier.number
        self._workroom.run(self, lambda: self._acts.sheet(number), self._show_paper, self._on_not_found)

    def _show_paper(self, shown: Shown) -> None:
        self._paper.show_paper(shown)
        self._views.setCurrentIndex(_PAPER)

    def _leave_paper(self) -> None:
        self.open_dossier(self.dossier.number)

    def show_list(self) -> None:
        """Back to the list, where it was."""
        self._views.setCurrentIndex(_LIST)
        self.search_now()
        self._search.setFocus()


def _stands(slip: ParcelSlip) -> str:
    words = STATES.get(slip.state)
    return QCoreApplication.translate("states", words) if words else slip.state.value
