"""Weigh again: another officer's reading, taken before the first one is shown (desk.md §2.5, §4)."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QFrame, QGridLayout, QWidget

from kpdesk.desks.weighing import Weighed
from kpdesk.domain.outcomes import Outcome
from ui import look, messages
from ui.marks import QT_TRANSLATE_NOOP
from ui.surface import Surface
from ui.tones import Tone
from ui.widgets.card import BETWEEN, Notice, announce, button, card, column, row, rule, table_card, text
from ui.widgets.columns import Columns
from ui.widgets.field import Field, line
from ui.widgets.page import Page
from ui.widgets.rows import Column, Rows
from ui.widgets.taken import Taken
from ui.widgets.weighing_card import WeighingCard

_NTH = (
    QT_TRANSLATE_NOOP("weigh", "first weighing"),
    QT_TRANSLATE_NOOP("weigh", "second weighing"),
    QT_TRANSLATE_NOOP("weigh", "third weighing"),
    QT_TRANSLATE_NOOP("weigh", "one more weighing"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """A parcel that waits for the balance. Of what was read it says only by whom."""

    number: str
    exporter: str
    bag: str
    since: datetime
    weighers: tuple[str, ...]
    """Names."""
    mine: bool
    """Another officer's turn: this one alone has weighed it, or their own weight is contested."""

    @property
    def nth(self) -> str:
        return QCoreApplication.translate("weigh", _NTH[min(len(self.weighers), len(_NTH) - 1)])


@dataclass(frozen=True, slots=True, kw_only=True)
class WeighActs:
    """What the page asks of a desk; all run in the workroom."""

    queue: Callable[[], Sequence[Turn]]
    """The oldest first."""
    turn: Callable[[str], Turn]
    """The parcel of a scanned number or bag; refuses whose turn it is not."""
    weigh: Callable[[str, Taken], Weighed]
    clock: Callable[[], datetime]


class WeighPage(Page):
    """Scan, F8, Ctrl+Enter."""

    def __init__(self, acts: WeighActs, surface: Surface) -> None:
        super().__init__("weigh", surface)
        self._acts = acts
        self._turn: Turn | None = None
        self._wanted = ""
        self._done = False
        self._build()
        self._wire()

    def _build(self) -> None:
        self._scan = line("weigh_scan", mono=True, longest=40)
        self._scan_field = Field(self.tr("Scan the &bag or parcel, or Enter for the oldest"), self._scan)
        now = self._acts.clock
        columns = (
            Column(self.tr("Parcel"), lambda turn: turn.number),
            Column(self.tr("Bag"), lambda turn: turn.bag, wide=True),
            Column(self.tr("Weighing"), lambda turn: turn.nth, tone=_whose),
            Column(self.tr("Since"), lambda turn: self._formats.since(turn.since, now()), number=True),
        )
        empty = self.tr("No parcel waits for the balance. What is registered appears here for the second weighing.")
        self._queue = Rows("weigh_queue", self.tr("Waiting for the balance"), columns, empty)
        scan, inside = card("weigh_scan_card")
        inside.addWidget(self._scan_field)
        queue = table_card("weigh_queue_card", self.tr("Waiting for the balance"), self._queue)
        begin = column(scan, queue, gap=BETWEEN)
        begin.setStretch(1, 1)
        self.weighing = WeighingCard(self._formats, self._keyboard)
        beside = column(self._parcel_card(), self.weighing, self._result_card(), 1, gap=BETWEEN)
        Columns(self, (begin, 6), (beside, 5))

    def _parcel_card(self) -> QFrame:
        shown, inside = card("weigh_parcel")
        self._number = text(self.tr("No parcel yet"), "title")
        self._number.setObjectName("weigh_number")
        self._about = text(self.tr("Scan one, or press Enter for the oldest."), "muted", wrap=True)
        self._about.setObjectName("weigh_about")
        self._top = Notice("weigh_top")
        for widget in (self._number, self._about, self._top):
            inside.addWidget(widget)
        return shown

    def _result_card(self) -> QFrame:
        self._result, inside = card("weigh_result", self.tr("What was read"))
        self._readings = QGridLayout()
        self._readings.setHorizontalSpacing(24)
        self._readings.setVerticalSpacing(6)
        self._apart = text(" ", "muted", wrap=True)
        self._apart.setObjectName("weigh_apart")
        self._agreed = text(" ", "figure")
        self._agreed.setObjectName("weigh_agreed")
        self._told = Notice("weigh_told")
        self._next = button("weigh_next", self.tr("Next parcel"), self._keyboard.name("main"), primary=True)
        inside.setSpacing(12)
        inside.addLayout(self._readings)
        for widget in (rule(), self._apart, self._agreed, self._told):
            inside.addWidget(widget)
        inside.addLayout(row(self._next, 1))
        self._result.hide()
        return self._result

    def _wire(self) -> None:
        self._scan.returnPressed.connect(self._on_scanned)
        self._queue.opened.connect(lambda turn: self._ask(turn.number))
        self._next.clicked.connect(self.go_on)
        self.weighing.taken.connect(self._on_taken)
        self.bind("main", self.go_on)
        self.weighing.bind(self)
        self._workroom.changed.connect(self._on_changed)

    def enter(self) -> None:
        self._refresh()
        if self._wanted:
            self._ask(self._wanted)
            self._wanted = ""
        else:
            self._scan.setFocus()

    def turn_to(self, subject: str) -> None:
        self._wanted = subject.partition("/")[2]

    def _on_changed(self, changes: frozenset[str]) -> None:
        if self.isVisible() and "parcels" in changes:
            self._refresh()

    def _refresh(self) -> None:
        self._workroom.run(self, self._acts.queue, self.show_queue)

    def show_queue(self, queue: Sequence[Turn]) -> None:
        """What waits; the cursor goes to the oldest that is this officer's turn."""
        self._queue.show_slips(queue)
        first = next((place for place, turn in enumerate(queue) if not turn.mine), 0)
        if queue and not self._queue.table.hasFocus():
            self._queue.table.selectRow(first)
        self.show_subtitle(self.tr("waiting: {count}").format(count=len(queue)))

    # One parcel

    def _on_scanned(self) -> None:
        """A scanner's line, or Enter for the row the cursor is on."""
        current = self._queue.current()
        scanned = self._scan.text().strip() or (current.number if isinstance(current, Turn) else "")
        if scanned:
            self._ask(scanned)

    def _ask(self, scanned: str) -> None:
        self._workroom.run(self, lambda: self._acts.turn(scanned), self.show_turn, self._on_not_theirs)

    def _on_not_theirs(self, problem: Outcome) -> None:
        self._clear()
        self._scan_field.show_words(messages.in_full(problem), Tone.LIFTABLE)
        self._scan.selectAll()
        self._scan.setFocus()

    def show_turn(self, turn: Turn) -> None:
        """This parcel lies on the pan now; nothing of what was read before is here to be shown."""
        self._clear()
        self._turn = turn
        self._number.setText(turn.number)
        words = [turn.exporter, turn.bag, turn.nth]
        if turn.weighers:
            words.append(self.tr("weighed by {officers}").format(officers=", ".join(turn.weighers)))
        self._about.setText("  ·  ".join(filter(None, words)))
        self.weighing.take_cursor()

    def _clear(self) -> None:
        self._turn, self._done = None, False
        self._number.setText(self.tr("No parcel yet"))
        self._about.setText(self.tr("Scan one, or press Enter for the oldest."))
        self._scan_field.show_words("")
        self._top.show_words("")
        self._scan.clear()
        self._result.hide()
        self.weighing.show()

    def go_on(self) -> None:
        """On to the next parcel, once this one's reading is kept."""
        if self._done:
            self._clear()
            self._refresh()
            self._scan.setFocus()
        elif self._turn is None:
            self._on_scanned()
        else:
            self.weighing.take()

    def _on_taken(self, taken: Taken) -> None:
        """A reading, or carats typed twice with a reason: kept at once, whatever it is."""
        if self._turn is None or self._done:
            self._top.show_words(self.tr("Scan the parcel first."), Tone.NOTE)
            return
        parcel = self._turn.number
        self._workroom.run(
            self,
            lambda: self._acts.weigh(parcel, taken),
            self.show_weighed,
            self._on_refused,
            changes=("parcels",),
        )

    def _on_refused(self, problem: Outcome) -> None:
        self._top.show_words(messages.in_full(problem))

    def show_weighed(self, weighed: Weighed) -> None:
        """Now that it is kept: all readings, how far they are apart, and what is agreed."""
        self._done = True
        self._show_readings(weighed)
        said = self._outcome(weighed)
        self._told.show_words(said, Tone.OK if weighed.carats else Tone.LIFTABLE if weighed.difference else Tone.NOTE)
        self.weighing.hide()
        self._result.show()
        self._next.setFocus()
        announce(self, said)
        if weighed.carats:
            self.told.emit(
                self.tr("{number}: {carats} agreed").format(
                    number=weighed.parcel, carats=self._formats.carats(weighed.carats)
                )
            )
        else:
            self.told.emit(self.tr("{number}: the reading is kept").format(number=weighed.parcel))

    def _outcome(self, weighed: Weighed) -> str:
        if weighed.carats:
            return self.tr("Agreed. The parcel goes to the valuers.")
        if weighed.difference:
            return self.tr("Too far apart. Lift the stones, let the pan come to zero, and weigh a third time.")
        return self.tr("Kept. Another officer weighs again.")

    def _show_readings(self, weighed: Weighed) -> None:
        while item := self._readings.takeAt(0):
            if widget := item.widget():
                widget.hide()
                widget.deleteLater()
        for place, read in enumerate(weighed.readings):
            hand = "✎ " if read.by_hand else ""
            cells: list[QWidget] = [
                text(self._formats.carats(read.carats), "number"),
                text(f"{hand}{read.officer}"),
                text(self._formats.time(read.at), "muted"),
            ]
            for where, cell in enumerate(cells):
                self._readings.addWidget(cell, place, where)
        self._readings.setColumnStretch(1, 1)
        apart = self.tr("difference {difference}, allowed {allowed}")
        both = weighed.difference is not None and weighed.allowed is not None
        self._apart.setVisible(both)
        if weighed.difference is not None and weighed.allowed is not None:
            shown = {"difference": weighed.difference, "allowed": weighed.allowed}
            self._apart.setText(apart.format(**{name: self._formats.carats(each) for name, each in shown.items()}))
        self._agreed.setVisible(weighed.carats is not None)
        self._agreed.setText(self._formats.carats(weighed.carats) if weighed.carats else " ")
        look.restyle(self._agreed, finding="ok")


def _whose(turn: Turn) -> Tone:
    return Tone.UNKNOWN if turn.mine else Tone.NOTE
