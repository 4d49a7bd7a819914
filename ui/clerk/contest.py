"""Contest and withdrawal: the exporter disputes a weight or a value, or takes the goods home; no number is used."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QFrame

from kpdesk.desks.counter import Held
from kpdesk.domain.custody import Contest, Dispute
from kpdesk.domain.outcomes import Outcome
from ui import messages
from ui.clerk.words import PLACES, STATES
from ui.marks import QT_TRANSLATE_NOOP
from ui.surface import Surface
from ui.widgets.card import BETWEEN, Notice, button, card, column, rename, row, table_card, text
from ui.widgets.columns import Columns
from ui.widgets.field import EnterMoves, Field, choice, line, numbered
from ui.widgets.page import Page
from ui.widgets.rows import Column, Rows

_HOME = "home"
_WHAT = (
    (Dispute.WEIGHT.value, QT_TRANSLATE_NOOP("contest", "Contest the weight")),
    (Dispute.VALUE.value, QT_TRANSLATE_NOOP("contest", "Contest the value")),
    (_HOME, QT_TRANSLATE_NOOP("contest", "Take the goods home")),
)

_DISPUTES = {
    Dispute.WEIGHT: QT_TRANSLATE_NOOP("contest", "the weight"),
    Dispute.VALUE: QT_TRANSLATE_NOOP("contest", "the value"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ContestActs:
    """What the page asks of a desk; all run in the workroom."""

    find: Callable[[str], Held | None]
    open: Callable[[], Sequence[Contest]]
    contest: Callable[[str, Dispute, str, str], Contest]
    """(parcel, what, who speaks for the exporter, why)."""
    withdraw: Callable[[str, str], object]
    """(parcel, why)."""
    reasons: Callable[[], Sequence[tuple[str, str]]]
    clock: Callable[[], datetime]


class ContestPage(Page):
    """Scan, what, who, why, Ctrl+Enter."""

    def __init__(self, acts: ContestActs, surface: Surface) -> None:
        super().__init__("contest", surface)
        self._acts = acts
        self._held: Held | None = None
        self._wanted = ""
        self._build()
        self._wire()

    def _build(self) -> None:
        now = self._acts.clock
        columns = (
            Column(self.tr("Parcel"), lambda contest: contest.parcel),
            Column(self.tr("Contested"), _what, wide=True),
            Column(self.tr("Before"), self._before, number=True),
            Column(self.tr("Since"), lambda contest: self._formats.since(contest.at, now()), number=True),
        )
        empty = self.tr("Nothing is contested. What an exporter disputes waits here until it is agreed anew.")
        self._open = Rows("contest_open", self.tr("Not settled"), columns, empty)
        waiting = table_card("contest_open_card", self.tr("Not settled"), self._open)
        Columns(self, (column(self._form_card(), 1), 6), (column(waiting, gap=BETWEEN), 6))

    def _form_card(self) -> QFrame:
        shown, inside = card("contest_card")
        inside.setSpacing(12)
        translate = QCoreApplication.translate
        self._scan = line("contest_parcel", mono=True, longest=40)
        self._scan_field = Field(self.tr("Scan the &bag or parcel"), self._scan)
        self._about = text(" ", "muted", wrap=True)
        self._about.setObjectName("contest_about")
        self._what = choice("contest_what", *numbered([(code, translate("contest", words)) for code, words in _WHAT]))
        self._who = line("contest_who", longest=120)
        self._who_field = Field(self.tr("&Who speaks for the exporter"), self._who)
        self._why = choice("contest_why")
        self._why_field = Field(self.tr("&Reason"), self._why)
        self._top = Notice("contest_top")
        hint = self.tr("Nothing that was signed is changed: other officers weigh or value again. No number is used.")
        self._keep = button("contest_keep", self.tr("Keep the contest"), self._keyboard.name("main"), primary=True)
        fields = (
            self._scan_field, self._about, Field(self.tr("W&hat"), self._what), self._who_field, self._why_field,
        )  # fmt: skip
        for widget in (*fields, self._top, text(hint, "muted", wrap=True)):
            inside.addWidget(widget)
        inside.addLayout(row(self._keep, 1))
        return shown

    def _wire(self) -> None:
        self._moves = EnterMoves([self._what, self._who, self._why])
        self._scan.returnPressed.connect(self._on_scanned)
        self._what.currentIndexChanged.connect(self._on_what)
        self._keep.clicked.connect(self.keep)
        self.bind("main", self.keep)
        self._open.opened.connect(lambda contest: self.going.emit("parcels", f"parcel/{contest.parcel}"))
        self._workroom.changed.connect(self._on_changed)

    def enter(self) -> None:
        self._workroom.run(self, self._acts.reasons, self._show_reasons)
        self._ask()
        self._scan.setFocus()
        if self._wanted:
            self._find(self._wanted)
            self._wanted = ""

    def turn_to(self, subject: str) -> None:
        self._wanted = subject.partition("/")[2]

    def _show_reasons(self, reasons: Sequence[tuple[str, str]]) -> None:
        kept = self._why.currentData()
        self._why.clear()
        for words, code in [(self.tr("choose"), ""), *numbered(reasons)]:
            self._why.addItem(words, code)
        self._why.setCurrentIndex(max(self._why.findData(kept), 0))

    def _on_changed(self, changes: frozenset[str]) -> None:
        if self.isVisible() and "parcels" in changes:
            self._ask()

    def _ask(self) -> None:
        self._workroom.run(self, self._acts.open, self.show_open)

    def show_open(self, contests: Sequence[Contest]) -> None:
        self._open.show_slips(contests)
        self.show_subtitle(self.tr("not settled: {count}").format(count=len(contests)))

    def _before(self, contest: Contest) -> str:
        if contest.what is Dispute.VALUE and contest.value:
            return self._formats.money(contest.value)
        return self._formats.carats(contest.carats)

    def _on_scanned(self) -> None:
        if scanned := self._scan.text().strip():
            self._find(scanned)

    def _find(self, scanned: str) -> None:
        self._workroom.run(
            self, lambda: self._acts.find(scanned), lambda held: self._on_found(scanned, held), self._on_refused
        )

    def _on_found(self, scanned: str, held: Held | None) -> None:
        self._held = held
        if held is None:
            self._scan_field.show_words(self.tr("Nothing in the house has the number {number}.").format(number=scanned))
            return
        self._scan_field.show_words("")
        self._scan.setText(held.parcel)
        self._about.setText("  ·  ".join(filter(None, (held.exporter, held.bag, self._stands(held)))))
        self._what.setFocus()

    def _stands(self, held: Held) -> str:
        translate = QCoreApplication.translate
        carats = self._formats.carats(held.carats) if held.carats else ""
        words = (translate("states", STATES[held.state]), carats, translate("places", PLACES[held.place]))
        return ", ".join(filter(None, words))

    def _on_what(self) -> None:
        home = self._what.currentData() == _HOME
        self._who_field.setVisible(not home)
        words = self.tr("Let them go home") if home else self.tr("Keep the contest")
        rename(self._keep, words, self._keyboard.name("main"))

    def keep(self) -> None:
        """Write it down; the first field that wants something gets the cursor."""
        held, why, who = self._held, str(self._why.currentText()).partition("  ")[2], self._who.text().strip()
        home = self._what.currentData() == _HOME
        if held is None or held.parcel != self._scan.text().strip():
            self._scan_field.show_words(self.tr("Scan the parcel first."))
            self._scan.setFocus()
        elif not home and not who:
            self._who_field.show_words(self.tr("Fill this in."))
            self._who.setFocus()
        elif not self._why.currentData():
            self._why_field.show_words(self.tr("Choose a reason."))
            self._why.setFocus()
        elif home:
            self._run(lambda: self._acts.withdraw(held.parcel, why), held)
        else:
            what = Dispute(self._what.currentData())
            self._run(lambda: self._acts.contest(held.parcel, what, who, why), held)

    def _run(self, act: Callable[[], object], held: Held) -> None:
        self._workroom.run(self, act, lambda done: self._on_kept(done, held), self._on_refused, changes=("parcels",))

    def _on_kept(self, done: object, held: Held) -> None:
        if isinstance(done, Contest):
            words = self.tr("{contest}: {parcel} is weighed or valued again by others")
            self.told.emit(words.format(contest=done.number, parcel=done.parcel))
        else:
            self.told.emit(self.tr("{parcel} goes home").format(parcel=held.parcel))
        self._held = None
        for each in (self._scan, self._who):
            each.clear()
        self._why.setCurrentIndex(0)
        self._about.setText(" ")
        for field in (self._who_field, self._why_field):
            field.show_words("")
        self._top.show_words("")
        self._scan.setFocus()

    def _on_refused(self, problem: Outcome) -> None:
        self._top.show_words(messages.in_full(problem))


def _what(contest: Contest) -> str:
    return QCoreApplication.translate("contest", _DISPUTES[contest.what])
