"""Approve a shown list: the first officer draws all ticked certificates up, the second signs them in one step-up.

Every figure that is signed is shown, and what about it is worth a look comes first (`decisions.md`, People).
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QWidget

from kpdesk.desks.approving import Draft
from kpdesk.desks.issuing import MOST_AT_ONCE
from kpdesk.domain.certificate import Facts
from kpdesk.domain.outcomes import Outcome
from kpdesk.domain.parties import Role
from ui import look, messages
from ui.issuing.after_print import SHOWS
from ui.second import SecondSignature
from ui.slips import Signed
from ui.surface import Surface
from ui.tones import Answer, Tone
from ui.widgets.abreast import Abreast
from ui.widgets.card import Notice, announce, button, card, column, rename, table_card, text
from ui.widgets.columns import Columns
from ui.widgets.findings import Findings
from ui.widgets.flow import Flow
from ui.widgets.page import Page
from ui.widgets.rows import Column, Rows

_TICKED, _OPEN = "☑", "☐"


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """A certificate of the list: drawn up, or as it would be today."""

    draft: Draft
    facts: Facts
    mine: bool
    """Drawn up by the officer who sits here: another one signs."""
    prepared_by: str
    """The first officer's name; empty where nobody signed yet."""
    to_look_at: tuple[Answer, ...]
    """What asks for more than a glance."""

    @property
    def key(self) -> str:
        return self.draft.certificate.id if self.draft.certificate else self.draft.shipment.number

    @property
    def drawn_up(self) -> bool:
        return self.draft.certificate is not None

    @property
    def tone(self) -> Tone:
        if not self.draft.may_go:
            return Tone.STOP
        tones = [answer.tone for answer in self.to_look_at]
        return Tone.LIFTABLE if Tone.LIFTABLE in tones else Tone.NOTE if tones else Tone.OK


@dataclass(frozen=True, slots=True, kw_only=True)
class ApproveActs:
    """What the page asks of a desk; all run in the workroom."""

    listed: Callable[[], Sequence[Listed]]
    officer: str
    """The name of the officer who sits here."""
    may_prepare: bool
    prepare: Callable[[Sequence[str]], object]
    """The first signature under these shipments."""
    approve: Callable[[Sequence[str], str, str], object]
    """(certificates, officer, password): the second signature under each."""


class ApprovePage(Page):
    """Space ticks; Ctrl+Enter gives the signature that the ticked ones wait for."""

    def __init__(self, acts: ApproveActs, surface: Surface) -> None:
        super().__init__("approve", surface)
        self._acts = acts
        self._ticked: set[str] = set()
        self._wanted = ""
        self._build()
        self._wire()

    def _build(self) -> None:
        shown = self._formats
        self._rows = Rows(
            "approve_list",
            self.tr("Certificates to sign"),
            (
                Column("", self._tick_of, tone=lambda each: each.tone),
                Column(self.tr("Certificate"), lambda each: each.key),
                Column(self.tr("Exporter"), self._firm, wide=True),
                Column(self.tr("To"), lambda each: each.facts.destination),
                Column(self.tr("Carats"), lambda each: shown.carats(each.facts.carats), number=True),
                Column(self.tr("US$"), self._value, number=True),
                Column(self.tr("US$/ct"), self._per_carat, number=True),
                Column(self.tr("Waits for"), self._waits_for),
            ),
            self.tr("No certificate waits for a signature. Sealed shipments appear here."),
        )
        self._rows.setMinimumHeight(look.current().px(180))
        self._notice = Notice("approve_trouble")
        self._count = text("", "muted", wrap=True)
        self._count.setObjectName("approve_count")
        self._sign = button("approve_sign", self.tr("Approve"), self._keyboard.name("main"), primary=True)
        self._tick = button("approve_tick", self.tr("Tick"), self.tr("Space"))
        self._all = button("approve_all", self.tr("Tick all that may go"), "Ctrl+A")
        self._look_at = Findings("approve_look", self.tr("Worth a look"))
        self._plain = text("", "muted", wrap=True)
        self._facts = Abreast(4, gap=24, between=8)
        self._facts.setObjectName("approve_facts")
        self._facts.setAccessibleName(self.tr("What is signed"))
        listed = column(self._list_card())
        listed.setContentsMargins(32, 8, 32, 12)
        beneath = QWidget()
        Columns(beneath, (column(self._look_card(), 1), 3), (column(self._facts_card(), 1), 7))
        whole = column(gap=0)
        whole.addLayout(listed, 1)
        whole.addWidget(beneath)
        self.setLayout(whole)

    def _list_card(self) -> QFrame:
        buttons = QWidget()
        flow = Flow(buttons, gap=12)
        flow.setContentsMargins(0, 0, 0, 0)
        for each in (self._sign, self._tick, self._all):
            flow.addWidget(each)
        beneath = column(self._notice, self._count, buttons, gap=10)
        beneath.setContentsMargins(11, 8, 11, 8)
        held = QWidget()
        inside = column(self._rows, gap=0)
        inside.setStretch(0, 1)
        inside.addLayout(beneath)
        held.setLayout(inside)
        return table_card("approve_card", self.tr("Certificates to sign"), held)

    def _look_card(self) -> QFrame:
        frame, inside = card("approve_look_card", self.tr("Worth a look"))
        for widget in (self._plain, self._look_at):
            inside.addWidget(widget)
        return frame

    def _facts_card(self) -> QFrame:
        frame, inside = card("approve_facts_card", self.tr("What is signed"))
        inside.addWidget(self._facts)
        return frame

    def _wire(self) -> None:
        self._rows.picked.connect(self._on_picked)
        self._tick.clicked.connect(self.tick)
        self._all.clicked.connect(self.tick_all)
        self._sign.clicked.connect(self.sign)
        for keys, slot in ((QKeySequence(Qt.Key.Key_Space), self.tick), (QKeySequence("Ctrl+A"), self.tick_all)):
            shortcut = QShortcut(keys, self._rows)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(slot)
        self.bind("main", self.sign)
        self._workroom.changed.connect(self._on_changed)

    def enter(self) -> None:
        self._rows.take_cursor()
        self._ask()

    def turn_to(self, subject: str) -> None:
        self._wanted = subject.partition("/")[2]

    def _ask(self) -> None:
        self._workroom.run(self, self._acts.listed, self.show_listed)

    def show_listed(self, listed: Sequence[Listed]) -> None:
        """Ticks stay with what still waits."""
        self._ticked &= {each.key for each in listed}
        self._rows.show_slips(listed)
        for place, each in enumerate(listed):
            if self._wanted in (each.key, each.draft.shipment.number):
                self._rows.table.selectRow(place)
        self._wanted = ""
        if not listed:
            self._on_picked(None)
        waits = sum(each.drawn_up for each in listed)
        self.show_subtitle(
            self.tr("to draw up: {first}  ·  to approve: {second}").format(first=len(listed) - waits, second=waits)
        )
        self._enable()

    def _slips(self) -> Iterator[Listed]:
        return (each for each in self._rows.model.slips if isinstance(each, Listed))

    @property
    def ticked(self) -> tuple[Listed, ...]:
        """In the list's order."""
        return tuple(each for each in self._slips() if each.key in self._ticked)

    def _on_picked(self, listed: Listed | None) -> None:
        answers = listed.to_look_at if listed else ()
        self._look_at.show_answers(answers)
        self._plain.setText("" if answers else self.tr("Nothing unusual.") if listed else "")
        self._plain.setVisible(not answers)
        self._facts.show_widgets([_fact(*each) for each in self._stated(listed)] if listed else [])

    def _stated(self, listed: Listed) -> Sequence[tuple[str, str]]:
        """Every figure that the signature is under."""
        facts, shown = listed.facts, self._formats
        hidden = not self._counter.shows(listed.draft.shipment.exporter)
        firm = "–" if hidden else facts.exporter.name
        lines = [
            (line.heading.value, f"{shown.carats(line.carats)}   {'–' if hidden else shown.money(line.value)}")
            for line in facts.lines
        ]
        digest = listed.draft.certificate.digest if listed.draft.certificate else ""
        return [
            (self.tr("Exporter"), firm),
            (self.tr("Importer"), "–" if hidden else facts.importer.name),
            (self.tr("Country of origin"), ", ".join(facts.origins)),
            (self.tr("Destination"), facts.destination),
            (self.tr("Issued"), shown.date(facts.issued)),
            (self.tr("Valid until"), shown.date(facts.expires)),
            (self.tr("Parcels"), str(facts.parcels)),
            (self.tr("Containers and seals"), f"{facts.containers}   {', '.join(facts.seals)}"),
            *lines,
            (self.tr("First signature"), listed.prepared_by or self.tr("none yet")),
            (self.tr("Record"), digest[:16] or "–"),
        ]

    def tick(self) -> None:
        """The certificate that the cursor is on, on or off; the cursor goes on."""
        listed = self._rows.current()
        if not isinstance(listed, Listed):
            return
        if listed.key in self._ticked:
            self._ticked.remove(listed.key)
        elif not listed.draft.may_go:
            self._notice.show_words(self.tr("{which} is held up: see beside.").format(which=listed.key), Tone.LIFTABLE)
            return
        else:
            self._ticked.add(listed.key)
        announce(self._rows.table, f"{self._tick_of(listed)} {listed.key}")
        self._rows.step(1)
        self._enable()

    def tick_all(self) -> None:
        """All of what the cursor's certificate waits for, as many as one step-up may sign; again: none."""
        current = self._rows.current()
        stage = isinstance(current, Listed) and current.drawn_up
        may = [each.key for each in self._slips() if each.draft.may_go and each.drawn_up == stage][:MOST_AT_ONCE]
        self._ticked = set() if self._ticked == set(may) else set(may)
        self._enable()

    def _enable(self) -> None:
        """The signature that the ticked ones wait for; both kinds at once are none."""
        self._notice.show_words("")
        ticked = self.ticked
        drawn_up = {each.drawn_up for each in ticked}
        words = self.tr("Draw up and sign first") if drawn_up == {False} else self.tr("Approve")
        rename(self._sign, words, self._keyboard.name("main"))
        few = 0 < len(ticked) <= MOST_AT_ONCE
        self._sign.setEnabled(few and len(drawn_up) == 1 and (self._acts.may_prepare or drawn_up == {True}))
        total = self.tr("ticked: {count} of at most {most}").format(count=len(ticked), most=MOST_AT_ONCE)
        mixed = self.tr("Tick either such as wait for the first signature, or such as wait for the second.")
        self._count.setText(mixed if len(drawn_up) > 1 else total)
        self._rows.table.viewport().update()

    def sign(self) -> None:
        """The first signature here, the second in a step-up that shows every record once more."""
        ticked = self.ticked
        if not self._sign.isEnabled():
            return
        if not ticked[0].drawn_up:
            self._prepare([each.key for each in ticked])
            return
        keys = [each.key for each in ticked]
        dialog = SecondSignature(
            verb=self.tr("Approve {count}").format(count=len(keys)),
            lines=[self._line(each) for each in ticked],
            sign=lambda officer, password: self._acts.approve(keys, officer, password),
            workroom=self._workroom,
            formats=self._formats,
            role=Role.ISSUING,
            parent=self,
        )
        if not any(each.mine for each in ticked):
            dialog.show_officer(self._acts.officer)
        dialog.signed.connect(lambda _: self._on_signed(len(keys), self.tr("approved: {count}")))
        dialog.open()

    def _line(self, each: Listed) -> Signed:
        facts, shipment = each.facts, each.draft.shipment
        about = f"{each.key}  {facts.exporter.name} → {facts.destination}"
        digest = each.draft.certificate.digest if each.draft.certificate else ""
        return Signed(about, digest, shipment.carats, shipment.value)

    def _prepare(self, shipments: Sequence[str]) -> None:
        self._sign.setEnabled(False)
        self._workroom.run(
            self,
            lambda: self._acts.prepare(shipments),
            lambda _: self._on_signed(len(shipments), self.tr("signed first: {count}")),
            self._on_refused,
        )

    def _on_signed(self, count: int, words: str) -> None:
        self._ticked.clear()
        self.told.emit(words.format(count=count))
        self._workroom.changed.emit(SHOWS)

    def _on_refused(self, problem: Outcome) -> None:
        self._enable()
        self._notice.show_words(messages.in_full(problem))

    def _on_changed(self, changes: frozenset[str]) -> None:
        if changes & SHOWS:
            self._ask()

    def _tick_of(self, listed: Listed) -> str:
        return _TICKED if listed.key in self._ticked else _OPEN

    def _firm(self, listed: Listed) -> str:
        return listed.facts.exporter.name if self._counter.shows(listed.draft.shipment.exporter) else "–"

    def _value(self, listed: Listed) -> str:
        return (
            self._formats.number(listed.facts.value.value)
            if self._counter.shows(listed.draft.shipment.exporter)
            else "–"
        )

    def _per_carat(self, listed: Listed) -> str:
        facts = listed.facts
        if not facts.carats or not self._counter.shows(listed.draft.shipment.exporter):
            return "–"
        return self._formats.number((facts.value.value / facts.carats.value).quantize(facts.value.value))

    def _waits_for(self, listed: Listed) -> str:
        if not listed.drawn_up:
            return self.tr("first signature")
        return self.tr("another officer") if listed.mine else self.tr("second signature")


def _fact(caption: str, words: str) -> QWidget:
    block, said = QWidget(), text(words, wrap=True)
    said.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    said.setAccessibleName(caption)
    block.setLayout(column(text(caption, "caption"), said, 1, gap=2))
    return block
