"""Verify and seal: every bag scanned, every parcel weighed again, containers closed with numbered seals (EU 12(2)).

One field takes every scan: a bag says which parcel lies on the table, a seal closes a container around the weighed.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QWidget

from kpdesk.desks.counter import Shot
from kpdesk.desks.sealing import ToSeal, ToVerify
from kpdesk.domain.custody import Service
from kpdesk.domain.outcomes import Outcome
from kpdesk.domain.slips import ShipmentSlip
from ui import look, messages
from ui.issuing.conditions import conditions
from ui.issuing.packing import Item, Packing
from ui.issuing.standing_by import StandingBy
from ui.surface import Surface
from ui.tones import Tone
from ui.widgets.card import BETWEEN, Notice, announce, button, card, column, row, table_card
from ui.widgets.columns import Columns
from ui.widgets.field import Field, line
from ui.widgets.findings import Findings
from ui.widgets.page import Page
from ui.widgets.rows import Column, Rows
from ui.widgets.taken import Taken
from ui.widgets.weighing_card import WeighingCard

_HUNDREDTH, _THOUSANDTH = Decimal("0.01"), Decimal("0.001")
_SHOWS = frozenset({"shipments", "parcels", "certificates", "stock"})


@dataclass(frozen=True, slots=True, kw_only=True)
class SealActs:
    """What the page asks of a desk; all run in the workroom."""

    waiting: Callable[[], Sequence[ToSeal]]
    free_seal: Callable[[str], str]
    """The number of a seal from stock that may be used."""
    read_photo: Callable[[Path | bytes, str], Shot]
    seal: Callable[[Packing, Mapping[Service, str], Shot | None], ShipmentSlip]


class SealPage(Page):
    """Nothing is sealed that was not scanned, weighed and packed here."""

    def __init__(self, acts: SealActs, surface: Surface) -> None:
        super().__init__("seal", surface)
        self._acts = acts
        self._packing: Packing | None = None
        self._parcel: ToVerify | None = None
        self._wanted = ""
        self._build()
        self._wire()

    def _build(self) -> None:
        shown = self._formats
        self._waiting = Rows(
            "seal_waiting",
            self.tr("Applied for"),
            (
                Column(self.tr("Shipment"), lambda each: each.shipment.number, tone=_may),
                Column(self.tr("Exporter"), self._firm, wide=True),
                Column(self.tr("To"), lambda each: each.shipment.destination),
                Column(self.tr("Parcels"), lambda each: str(len(each.parcels)), number=True),
                Column(self.tr("Carats"), lambda each: shown.carats(each.shipment.carats), number=True),
            ),
            self.tr("No application waits for its seal. Shipments appear here once an exporter has applied."),
        )
        self._items = Rows(
            "seal_parcels",
            self.tr("Parcels"),
            (
                Column(self.tr("Parcel"), lambda item: item.goods.parcel, tone=lambda item: item.tone),
                Column(self.tr("Bag"), lambda item: item.goods.bag),
                Column(
                    self.tr("Agreed"),
                    lambda item: shown.number(item.goods.carats.value.quantize(_HUNDREDTH)),
                    number=True,
                ),
                Column(self.tr("Weighed"), self._weighed, number=True),
                Column(self.tr("Apart"), self._apart, number=True),
                Column(self.tr("Seal"), self._container, wide=True),
            ),
            self.tr("Choose a shipment, or scan one of its bags."),
        )
        self._findings = Findings("seal_findings", self.tr("Conditions"))
        self.weighing = WeighingCard(self._formats, self._keyboard)
        self._beside = StandingBy(self._keyboard)
        waiting = table_card("seal_waiting_card", self.tr("Applied for"), self._waiting)
        waiting.setMinimumHeight(look.current().px(150))
        waiting.setMaximumHeight(look.current().px(220))
        found, inside = card("seal_findings_card", self.tr("Conditions"))
        inside.addWidget(self._findings)
        start = column(waiting, self._items_card(), self._beside, 1, gap=BETWEEN)
        Columns(self, (start, 8), (column(self._scan_card(), self.weighing, found, 1, gap=BETWEEN), 5))

    def _items_card(self) -> QFrame:
        self._open = button("seal_open", self.tr("Open the container again"), "Del", link=True)
        beneath = row(self._open, 1)
        beneath.setContentsMargins(11, 4, 11, 4)
        held = QWidget()
        inside = column(self._items, gap=0)
        inside.setStretch(0, 1)
        inside.addLayout(beneath)
        held.setLayout(inside)
        frame = table_card("seal_parcels_card", self.tr("Parcels and containers"), held)
        frame.setMinimumHeight(look.current().px(220))
        frame.setMaximumHeight(look.current().px(340))
        return frame

    def _scan_card(self) -> QFrame:
        frame, inside = card("seal_card")
        inside.setSpacing(12)
        self._scan = line("seal_scan", mono=True, longest=60)
        self._scan.setProperty("large", True)
        self._scan_field = Field(self.tr("Sc&an a bag, then a seal"), self._scan, below=True)
        self._notice = Notice("seal_trouble")
        self._seal = button("seal_do", self.tr("Seal the shipment"), self._keyboard.name("main"), primary=True)
        self._seal.setEnabled(False)
        for widget in (self._scan_field, self._notice):
            inside.addWidget(widget)
        inside.addLayout(row(self._seal, 1))
        return frame

    def _wire(self) -> None:
        self._waiting.picked.connect(self._on_picked)
        self._items.picked.connect(lambda _: self._enable())
        self._scan.returnPressed.connect(self.scan)
        self._scan.textEdited.connect(lambda: self._scan_field.show_words(""))
        self.weighing.taken.connect(self._on_taken)
        self.weighing.bind(self)
        self._seal.clicked.connect(self.seal)
        self._open.clicked.connect(self._on_open)
        delete = QShortcut(QKeySequence(QKeySequence.StandardKey.Delete), self._items)
        delete.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        delete.activated.connect(self._on_open)
        self._beside.given.connect(self._read_photo)
        self.bind("main", self.seal)
        self.bind("open", self._beside.choose)
        self._workroom.changed.connect(self._on_changed)

    def enter(self) -> None:
        self._scan.setFocus()
        self._ask()

    def turn_to(self, subject: str) -> None:
        self._wanted = subject.partition("/")[2]

    def _ask(self) -> None:
        self._workroom.run(self, self._acts.waiting, self.show_waiting)

    def show_waiting(self, waiting: Sequence[ToSeal]) -> None:
        """What was weighed and packed stays as long as its shipment waits."""
        now = self._packing.to_seal.shipment.number if self._packing else ""
        self._waiting.show_slips(waiting)
        self._choose(self._wanted or now)
        self._wanted = ""
        self.show_subtitle(self.tr("to be sealed: {count}").format(count=len(waiting)))
        if not waiting:
            self._on_picked(None)

    def _choose(self, shipment: str) -> None:
        for place, each in enumerate(self._waiting.model.slips):
            if isinstance(each, ToSeal) and each.shipment.number == shipment:
                self._waiting.table.selectRow(place)

    def _on_picked(self, chosen: ToSeal | None) -> None:
        now = self._packing.to_seal.shipment.number if self._packing else ""
        if chosen is None or chosen.shipment.number != now:
            self._parcel = None
            self._packing = Packing(chosen) if chosen else None
            self._notice.show_words("")
            self._scan_field.show_below("")
        self._findings.show_answers(tuple(conditions(chosen.findings, chosen.lifted)) if chosen else ())
        self._show_packing()

    def _show_packing(self) -> None:
        self._items.show_slips(self._packing.items if self._packing else ())
        self._enable()

    # Scanning

    def scan(self) -> None:
        """A bag chooses its parcel, anything else is a seal that closes a container."""
        scanned = self._scan.text().strip()
        if not scanned:
            return
        found = self._in_bag(scanned)
        if found is not None:
            self._on_bag(*found)
        elif self._packing is None or not self._packing.on_the_table:
            self._refuse(self.tr("That is no bag of a shipment that waits here. Scan a bag, and weigh it, first."))
        else:
            self._workroom.run(self, partial(self._acts.free_seal, scanned), self._on_sealed, self._on_no_seal)

    def _in_bag(self, scanned: str) -> tuple[ToSeal, ToVerify] | None:
        """In the chosen shipment or in another that waits."""
        for each in (self._waiting.current(), *self._waiting.model.slips):
            if isinstance(each, ToSeal) and (goods := Packing(each).in_bag(scanned)) is not None:
                return each, goods
        return None

    def _on_bag(self, found: ToSeal, goods: ToVerify) -> None:
        begun = self._packing is not None and bool(self._packing.taken)
        if self._packing is None or found.shipment.number != self._packing.to_seal.shipment.number:
            if begun and self._packing is not None:
                words = self.tr("That bag belongs to {other}. Finish {now} first, or choose the other in the list.")
                now = self._packing.to_seal.shipment.number
                self._refuse(words.format(other=found.shipment.number, now=now))
                return
            self._choose(found.shipment.number)
        self._parcel = goods
        self._scan.clear()
        words = self.tr("✓ {parcel}, agreed {carats}: lay it on the pan").format(
            parcel=goods.parcel, carats=self._formats.carats(goods.carats)
        )
        self._scan_field.show_words("")
        self._scan_field.show_below(words)
        announce(self._scan, words)
        for place, item in enumerate(self._items.model.slips):
            if isinstance(item, Item) and item.goods == goods:
                self._items.table.selectRow(place)

    def _on_sealed(self, seal: str) -> None:
        assert self._packing is not None
        if any(each.seal == seal for each in self._packing.containers):
            self._refuse(self.tr("Seal {seal} closes a container already.").format(seal=seal))
            return
        packed = len(self._packing.on_the_table)
        self._packing = self._packing.close(seal)
        self._scan.clear()
        self._scan_field.show_words("")
        words = self.tr("✓ container {seal} closed, parcels in it: {count}").format(seal=seal, count=packed)
        self._scan_field.show_below(words)
        announce(self._scan, words)
        self._show_packing()

    def _on_no_seal(self, problem: Outcome) -> None:
        self._refuse(messages.in_full(problem))

    def _refuse(self, words: str) -> None:
        self._scan_field.show_words(words)
        self._scan.selectAll()
        self._scan.setFocus()

    # Weighing

    def _on_taken(self, taken: Taken) -> None:
        if self._packing is None or self._parcel is None:
            self._refuse(self.tr("Scan the bag whose goods lie on the pan first."))
            return
        goods = self._parcel
        self._packing = self._packing.weigh(goods.parcel, taken)
        self._show_packing()
        item = next(each for each in self._packing.items if each.goods == goods)
        allowed = self._formats.carats(goods.allowed)
        if item.agrees:
            self._notice.show_words("")
            words = self.tr("✓ {parcel}: difference {apart} ct, allowed {allowed}; next bag, or a seal")
            self._scan_field.show_below(words.format(parcel=goods.parcel, apart=self._apart(item), allowed=allowed))
        else:
            words = self.tr(
                "{parcel} differs by {apart} ct, allowed are {allowed}. Do not seal: look at the bag, weigh again."
            )
            self._notice.show_words(words.format(parcel=goods.parcel, apart=self._apart(item), allowed=allowed))
            announce(self._notice, self._notice.words)
        self._scan.setFocus()

    def _firm(self, each: ToSeal) -> str:
        return each.shipment.exporter_name if self._counter.shows(each.shipment.exporter) else "–"

    def _weighed(self, item: Item) -> str:
        if item.taken is None:
            return "–"
        typed = "✎ " if item.taken.reading is None else ""
        return f"{typed}{self._formats.number(item.taken.carats.value.quantize(_THOUSANDTH))}"

    def _apart(self, item: Item) -> str:
        if item.apart is None:
            return ""
        sign = "+" if item.apart > 0 else "−" if item.apart < 0 else ""
        return f"{sign}{self._formats.number(abs(item.apart))}"

    def _container(self, item: Item) -> str:
        if item.seal:
            return item.seal
        return self.tr("on the table") if item.agrees else ""

    # Sealing

    def _on_open(self) -> None:
        item = self._items.current()
        if self._packing is not None and isinstance(item, Item) and item.seal:
            self._packing = self._packing.open_again(item.seal)
            self._scan_field.show_below(self.tr("container {seal} is open again").format(seal=item.seal))
            self._show_packing()

    def _enable(self) -> None:
        item = self._items.current()
        self._open.setEnabled(isinstance(item, Item) and bool(item.seal))
        chosen = self._packing.to_seal if self._packing else None
        may_go = chosen is not None and _may(chosen) is Tone.OK
        self._seal.setEnabled(may_go and self._packing is not None and self._packing.whole)

    def _read_photo(self, given: Path | bytes, name: str) -> None:
        read = partial(self._acts.read_photo, given, name)
        self._workroom.run(self, read, self._beside.show_shot, self._on_refused, lane="camera")

    def seal(self) -> None:
        """Close the shipment; while something is left to do, say what."""
        packing = self._packing
        if packing is None:
            return
        if not self._seal.isEnabled():
            self._say_what_is_left(packing)
            return
        witnesses, shot = self._beside.witnesses, self._beside.shot
        self._seal.setEnabled(False)
        self._workroom.run(
            self,
            lambda: self._acts.seal(packing, witnesses, shot),
            self._on_done,
            self._on_refused,
            changes=_SHOWS,
        )

    def _say_what_is_left(self, packing: Packing) -> None:
        if packing.unweighed:
            words = self.tr("Not weighed again: {parcels}.")
            self._notice.show_words(words.format(parcels=", ".join(each.parcel for each in packing.unweighed)))
        elif packing.on_the_table:
            self._notice.show_words(self.tr("Scan the seal of the container for what lies on the table."))
        else:
            self._notice.show_words(self.tr("A condition stops this shipment: see the list."))
        self._scan.setFocus()

    def _on_done(self, slip: ShipmentSlip) -> None:
        self._packing = self._parcel = None
        self._beside.clear()
        self._scan.clear()
        self._notice.show_words("")
        self._scan_field.show_below("")
        words = self.tr("{shipment} sealed with {seals}").format(shipment=slip.number, seals=", ".join(slip.seals))
        self.told.emit(words)
        announce(self, words)
        self._scan.setFocus()

    def _on_refused(self, problem: Outcome) -> None:
        self._notice.show_words(messages.in_full(problem))
        self._enable()

    def _on_changed(self, changes: frozenset[str]) -> None:
        if changes & _SHOWS:
            self._ask()


def _may(each: ToSeal) -> Tone:
    """Whether nothing in the books holds the seal up."""
    held = (
        answer.tone in (Tone.STOP, Tone.LIFTABLE, Tone.UNKNOWN) for answer in conditions(each.findings, each.lifted)
    )
    return Tone.STOP if any(held) else Tone.OK
