"""Hand over: clerk to valuer to vault; one scan a parcel, both officers sign the list (desk.md §4)."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QFrame

from kpdesk.desks.counter import Held
from kpdesk.domain.custody import WHY_PLACES, Handover, Place
from kpdesk.domain.parties import Role
from ui.clerk.scan_list import ScanList
from ui.clerk.words import PLACES
from ui.second import SecondSignature
from ui.slips import Signed
from ui.surface import Surface
from ui.widgets.card import BETWEEN, button, card, column, row, table_card, text
from ui.widgets.columns import Columns
from ui.widgets.field import Field, choice, line, numbered
from ui.widgets.page import Page
from ui.widgets.rows import Column, Rows


@dataclass(frozen=True, slots=True, kw_only=True)
class HandoverActs:
    """What the page asks of a desk; all run in the workroom."""

    find: Callable[[str], Held | None]
    names: Callable[[], Mapping[str, str]]
    """Officers by id."""
    mine: Callable[[], Sequence[Held]]
    """What this officer holds."""
    hand_over: Callable[[Sequence[str], Place, str, str, str], Handover]
    """(parcels, place, why, the taker's name, the taker's password)."""
    clock: Callable[[], datetime]


class HandoverPage(Page):
    """Scan …, Ctrl+Enter, the other officer signs in."""

    def __init__(self, acts: HandoverActs, surface: Surface) -> None:
        super().__init__("handover", surface)
        self._acts = acts
        self._build()
        self._wire()

    def _build(self) -> None:
        self.scanned = ScanList(
            "handover_list",
            self.tr("Handed over"),
            find=self._acts.find,
            workroom=self._workroom,
            formats=self._formats,
        )
        now = self._acts.clock
        columns = (
            Column(self.tr("Parcel"), lambda held: held.parcel),
            Column(self.tr("Bag"), lambda held: held.bag, wide=True),
            Column(self.tr("Since"), lambda held: self._formats.since(held.since, now()), number=True),
        )
        empty = self.tr("Nothing lies in your hands. What you register or take over is listed here.")
        self._mine = Rows("handover_mine", self.tr("In your hands"), columns, empty)
        mine = table_card("handover_mine_card", self.tr("In your hands"), self._mine)
        begin = column(self.scanned)
        beside = column(self._to_card(), mine, gap=BETWEEN)
        beside.setStretch(1, 1)
        Columns(self, (begin, 7), (beside, 5))

    def _to_card(self) -> QFrame:
        to, inside = card("handover_to", self.tr("Where they go"))
        places = [(place.value, QCoreApplication.translate("places", words)) for place, words in PLACES.items()]
        self._place = choice("handover_place", *numbered(places))
        self._place.setCurrentIndex([*PLACES].index(Place.OFFICER))
        self._why = line("handover_why", longest=200)
        self._why_field = Field(self.tr("&Why"), self._why)
        self._hand = button("handover_sign", self.tr("Hand over"), self._keyboard.name("main"), primary=True)
        hint = text(self.tr("The officer who takes them signs in beside you."), "muted", wrap=True)
        inside.addWidget(Field(self.tr("&To"), self._place))
        inside.addWidget(self._why_field)
        inside.addWidget(hint)
        inside.addLayout(row(self._hand, 1))
        self._why_field.hide()
        return to

    def _wire(self) -> None:
        self.scanned.changed.connect(self._on_list)
        self._mine.opened.connect(lambda held: self.scanned.add(held.parcel))
        self._place.currentIndexChanged.connect(self._on_place)
        self._hand.clicked.connect(self.hand_over)
        self.bind("main", self.hand_over)
        self._workroom.changed.connect(self._on_changed)
        self._on_list()

    def enter(self) -> None:
        self._workroom.run(self, self._acts.names, lambda names: self.scanned.show_names(dict(names)))
        self._ask()
        self.scanned.scan.setFocus()

    def turn_to(self, subject: str) -> None:
        self.scanned.add(subject.partition("/")[2])

    def _ask(self) -> None:
        self._workroom.run(self, self._acts.mine, self._mine.show_slips)

    def _on_changed(self, changes: frozenset[str]) -> None:
        if self.isVisible() and "parcels" in changes:
            self._ask()

    @property
    def place(self) -> Place:
        return Place(self._place.currentData())

    def _on_place(self) -> None:
        self._why_field.setVisible(self.place in WHY_PLACES)

    def _on_list(self) -> None:
        self._hand.setEnabled(bool(self.scanned.held))
        count = len(self.scanned.held)
        self.show_subtitle(self.tr("%n parcel(s) on the list", "", count) if count else "")

    def hand_over(self) -> None:
        """Ask the taker to sign the list."""
        why = self._why.text().strip()
        if not self.scanned.held:
            return
        if self.place in WHY_PLACES and not why:
            self._why_field.show_words(self.tr("Write why they are kept."))
            self._why.setFocus()
            return
        parcels, place = [held.parcel for held in self.scanned.held], self.place
        dialog = SecondSignature(
            verb=self.tr("Take over"),
            lines=[Signed(f"{held.parcel}  {held.bag}", carats=held.carats) for held in self.scanned.held],
            sign=partial(self._acts.hand_over, parcels, place, why),
            workroom=self._workroom,
            formats=self._formats,
            role=Role.CLERK,
            parent=self,
        )
        dialog.signed.connect(self._on_signed)
        dialog.open()

    def _on_signed(self, done: Handover) -> None:
        count = len(done.parcels)
        words = self.tr("{number}: %n parcel(s), {carats}, handed over", "", count)
        self.told.emit(words.format(number=done.number, carats=self._formats.carats(done.carats)))
        self.scanned.show_held(())
        self._why.clear()
        self._why_field.show_words("")
        self._workroom.changed.emit(frozenset({"parcels"}))
        self.scanned.scan.setFocus()
