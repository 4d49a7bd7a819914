"""Close valued parcels into numbered bags: scan the parcel, scan the bag, and the next (desk.md §3.5)."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtWidgets import QFrame

from kpdesk.desks.counter import Held
from kpdesk.domain.outcomes import Outcome
from kpdesk.domain.parcel import ParcelState
from kpdesk.domain.slips import ParcelSlip
from ui import messages
from ui.surface import Surface
from ui.tones import Tone
from ui.widgets.card import BETWEEN, Notice, button, card, column, row, table_card, text
from ui.widgets.columns import Columns
from ui.widgets.field import Field, line
from ui.widgets.page import Page
from ui.widgets.rows import Column, Rows


@dataclass(frozen=True, slots=True, kw_only=True)
class BagActs:
    """What the page asks of a desk; all run in the workroom."""

    valued: Callable[[], Sequence[ParcelSlip]]
    find: Callable[[str], Held | None]
    bag: Callable[[str, str], ParcelSlip]
    """(parcel, bag)."""


class BagPage(Page):
    """Two scans a parcel and no key."""

    def __init__(self, acts: BagActs, surface: Surface) -> None:
        super().__init__("bag", surface)
        self._acts = acts
        self._parcel = ""
        self._wanted = ""
        self._build()
        self._wire()

    def _build(self) -> None:
        columns = (
            Column(self.tr("Parcel"), lambda slip: slip.number),
            Column(self.tr("Exporter"), lambda slip: slip.exporter_name, wide=True),
            Column(self.tr("Carats"), lambda slip: self._formats.carats(slip.carats), number=True),
        )
        empty = self.tr("No valued parcel waits for a bag. What the valuers finish appears here.")
        self._valued = Rows("bag_queue", self.tr("Valued, without a bag"), columns, empty)
        queue = table_card("bag_queue_card", self.tr("Valued, without a bag"), self._valued)
        begin, beside = column(queue), column(self._bag_card(), self._last_card(), 1, gap=BETWEEN)
        Columns(self, (begin, 6), (beside, 5))

    def _bag_card(self) -> QFrame:
        shown, inside = card("bag_card")
        inside.setSpacing(12)
        self._scan = line("bag_parcel", mono=True, longest=40)
        self._scan_field = Field(self.tr("Scan the &parcel, or Enter for the one marked"), self._scan)
        self._number = line("bag_number", mono=True, longest=40)
        self._number_field = Field(self.tr("Scan the new &bag"), self._number)
        self._chosen = text(" ", "muted", wrap=True)
        self._chosen.setObjectName("bag_chosen")
        self._close = button("bag_close", self.tr("Close the bag"), self._keyboard.name("main"), primary=True)
        self._top = Notice("bag_top")
        for widget in (self._scan_field, self._chosen, self._number_field, self._top):
            inside.addWidget(widget)
        inside.addLayout(row(self._close, 1))
        return shown

    def _last_card(self) -> QFrame:
        shown, inside = card("bag_last", self.tr("Closed last"))
        self._last = text(self.tr("Nothing yet."), "muted", wrap=True)
        self._last.setObjectName("bag_last_words")
        inside.addWidget(self._last)
        return shown

    def _wire(self) -> None:
        self._scan.returnPressed.connect(self._on_scanned)
        self._number.returnPressed.connect(self.close_bag)
        self._valued.opened.connect(lambda slip: self._choose(slip.number))
        self._close.clicked.connect(self.close_bag)
        self.bind("main", self.close_bag)
        self._workroom.changed.connect(self._on_changed)
        self._choose("")

    def enter(self) -> None:
        self._ask()
        self._scan.setFocus()
        if self._wanted:
            self._find(self._wanted)
            self._wanted = ""

    def turn_to(self, subject: str) -> None:
        self._wanted = subject.partition("/")[2]

    def _ask(self) -> None:
        self._workroom.run(self, self._acts.valued, self.show_valued)

    def show_valued(self, valued: Sequence[ParcelSlip]) -> None:
        self._valued.show_slips(valued)
        self.show_subtitle(self.tr("waiting: {count}").format(count=len(valued)))

    def _on_changed(self, changes: frozenset[str]) -> None:
        if self.isVisible() and "parcels" in changes:
            self._ask()

    def _on_scanned(self) -> None:
        current = self._valued.current()
        marked = current.number if isinstance(current, ParcelSlip) else ""
        if scanned := self._scan.text().strip() or marked:
            self._find(scanned)

    def _find(self, scanned: str) -> None:
        self._workroom.run(
            self, lambda: self._acts.find(scanned), lambda held: self._on_found(scanned, held), self._on_refused
        )

    def _on_found(self, scanned: str, held: Held | None) -> None:
        if held is None or held.state is not ParcelState.VALUED:
            said = self.tr("{number} waits for no bag: only a valued parcel does.").format(number=scanned)
            self._scan_field.show_words(said, Tone.LIFTABLE)
            self._scan.selectAll()
            return
        self._choose(held.parcel, f"{held.exporter}  ·  {self._formats.carats(held.carats)}" if held.carats else "")

    def _choose(self, parcel: str, about: str = "") -> None:
        self._parcel = parcel
        self._scan_field.show_words("")
        self._chosen.setText("  ·  ".join(filter(None, (parcel, about))) or " ")
        self._number.setEnabled(bool(parcel))
        self._close.setEnabled(bool(parcel))
        if parcel:
            self._number.setFocus()

    def close_bag(self) -> None:
        """The stones are in it and it is shut."""
        parcel, bag = self._parcel, self._number.text().strip()
        if not bag:
            self._number_field.show_words(self.tr("Scan the bag."))
            self._number.setFocus()
            return
        self._workroom.run(
            self, lambda: self._acts.bag(parcel, bag), self._on_closed, self._on_refused, changes=("parcels", "stock")
        )

    def _on_closed(self, slip: ParcelSlip) -> None:
        words = self.tr("{number} closed into bag {bag}").format(number=slip.number, bag=slip.bag)
        self._last.setText(words)
        self.told.emit(words)
        self._top.show_words("")
        self._number_field.show_words("")
        self._number.clear()
        self._scan.clear()
        self._choose("")
        self._scan.setFocus()

    def _on_refused(self, problem: Outcome) -> None:
        self._top.show_words(messages.in_full(problem))
        self._number.selectAll()
