"""Goods that change: parcels go in, lines come out, and the balance by origin stands beside them as one types."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QShortcut
from PySide6.QtWidgets import QFrame, QSizePolicy, QStackedWidget, QVBoxLayout, QWidget

from kpdesk.desks.goods import Reworked, Weighed
from kpdesk.domain.outcomes import Outcome
from kpdesk.domain.parties import Role
from kpdesk.domain.sorting import Change, OriginLine, Portion, Wanted, change_of
from ui import look, messages
from ui.clerk.balance_card import BalanceCard
from ui.clerk.rework_form import ReworkForm
from ui.second import SecondSignature
from ui.slips import Signed
from ui.surface import Surface
from ui.tones import Tone
from ui.widgets.card import BETWEEN, button, column, table_card
from ui.widgets.columns import Columns
from ui.widgets.page import Page
from ui.widgets.paper_view import PaperActs, PaperView, Shown
from ui.widgets.rows import Column, Rows

_DRAFT_MS, _LOWEST = 500, 130
_CHANGES = ("parcels", "goods")
_SHOWS = frozenset(_CHANGES)


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What the fields offer."""

    parcels: Sequence[tuple[str, str]]
    """(number, words): parcels with agreed carats that no application names."""
    buyers: Sequence[tuple[str, str]]
    reasons: Sequence[tuple[str, str]]
    """(code, words): why carats were lost or gained."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """A change as it is typed."""

    change: Change
    parcels: tuple[str, ...]
    wanted: tuple[Wanted, ...]
    reason: str
    """The code of the reason."""
    buyer: str


@dataclass(frozen=True, slots=True, kw_only=True)
class GoodsActs:
    """What the page asks of a desk; all but the paper's run in the store's lane."""

    known: Callable[[], Known]
    portions: Callable[[Sequence[str]], Sequence[Portion]]
    balance: Callable[[Sequence[Portion], Sequence[Wanted]], Sequence[OriginLine]]
    """Only sums: asked at once."""
    book: Callable[[Order], Reworked]
    book_with: Callable[[Order, str, str], Reworked]
    """With (officer, password) of the supervisor beside."""
    unsettled: Callable[[], Sequence[Weighed]]
    settle: Callable[[str, str], object]
    """(number, the code of the reason)."""
    settle_with: Callable[[str, str, str, str], object]
    protocol: Callable[[str], Shown]
    draft: Callable[[], Mapping[str, object]]
    keep_draft: Callable[[Mapping[str, object]], object]
    paper: PaperActs


class GoodsPage(Page):
    """Everything typed is kept as a draft half a second after the last key."""

    def __init__(self, acts: GoodsActs, surface: Surface) -> None:
        super().__init__("goods", surface)
        self._acts = acts
        self._surface = surface
        self._portions: tuple[Portion, ...] = ()
        self._last = ""
        self._entered = False
        self._build()
        self._wire()

    def _build(self) -> None:
        self.form = ReworkForm(self._formats, self._keyboard)
        self._book = button("goods_book", self.tr("Book the change"), self._keyboard.name("main"), primary=True)
        self._protocol = button("goods_protocol", self.tr("Protocol"), self._keyboard.name("print"))
        self._protocol.setEnabled(False)
        self.balance = BalanceCard(self._formats, self._book, self._protocol)
        self._work = QWidget()
        Columns(self._work, (column(self.form), 8), (column(self.balance, self._open_card(), gap=BETWEEN), 5))
        self.paper = PaperView("goods_paper", self._acts.paper, self._surface)
        held = QWidget()
        around = QVBoxLayout(held)
        around.setContentsMargins(32, 8, 32, 32)
        around.addWidget(self.paper)
        self._stack = QStackedWidget()
        for page in (self._work, held):
            self._stack.addWidget(page)
        self._turn(0)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._stack)

    def _turn(self, page: int) -> None:
        """To the work or to the paper; only what is seen asks for room."""
        for place in range(self._stack.count()):
            seen = QSizePolicy.Policy.Preferred if place == page else QSizePolicy.Policy.Ignored
            if shown := self._stack.widget(place):
                shown.setSizePolicy(seen, seen)
        self._stack.setCurrentIndex(page)
        self._stack.updateGeometry()

    def _open_card(self) -> QFrame:
        self._open = Rows(
            "goods_open",
            self.tr("To be closed"),
            (
                Column(self.tr("Change"), lambda each: each.rework.number, tone=_ready),
                Column(self.tr("Waits for"), self._waits_for, wide=True),
            ),
            self.tr("Nothing is open. A change is closed when its new parcels are weighed."),
        )
        self._open.setMinimumHeight(look.current().px(_LOWEST))
        return table_card("goods_open_card", self.tr("To be closed: Enter"), self._open)

    def _wire(self) -> None:
        self._keep = QTimer(self)
        self._keep.setSingleShot(True)
        self._keep.setInterval(_DRAFT_MS)
        self._keep.timeout.connect(self.keep_now)
        self.form.parcels_changed.connect(self._ask_portions)
        self.form.changed.connect(self._on_changed)
        self.form.rest_asked.connect(self._fill_rest)
        self.balance.typed.connect(self._on_typed)
        self._book.clicked.connect(self.book)
        self._protocol.clicked.connect(self.show_protocol)
        self._open.opened.connect(self.settle)
        self.paper.closed.connect(self._leave_paper)
        self.paper.printed.connect(lambda number: self.told.emit(self.tr("{number} printed").format(number=number)))
        self.bind("main", self.book)
        self.bind("rest", self._fill_rest)
        # Not on the whole page: the paper has the same key.
        for sequence in self._keyboard["print"].sequences:
            shortcut = QShortcut(sequence, self._work)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(self.show_protocol)
        self._workroom.changed.connect(self._on_books_changed)

    def enter(self) -> None:
        if not self._entered:
            self._entered = True
            self._workroom.run(self, self._acts.draft, self.show_draft)
        self._workroom.run(self, self._acts.known, self._show_known)
        self._workroom.run(self, self._acts.unsettled, self._show_open)
        self.form.take_cursor()

    def turn_to(self, subject: str) -> None:
        """`parcel/P-…` goes in."""
        self.form.add_parcel(subject.partition("/")[2])

    def leave(self) -> None:
        if self._keep.isActive():
            self.keep_now()

    def _show_known(self, known: Known) -> None:
        self.form.show_known(known.parcels)
        self.balance.show_known(known.buyers, known.reasons)

    def _show_open(self, open_: Sequence[Weighed]) -> None:
        self._open.show_slips(open_)
        self.show_subtitle(self.tr("to be closed: {count}").format(count=len(open_)))

    def _on_books_changed(self, changes: frozenset[str]) -> None:
        if self.isVisible() and changes & _SHOWS:
            self._workroom.run(self, self._acts.known, self._show_known)
            self._workroom.run(self, self._acts.unsettled, self._show_open)

    # What is typed

    def show_draft(self, draft: Mapping[str, object]) -> None:
        self.form.show_texts(draft)
        self.balance.show_buyer(str(draft.get("buyer", "")))
        self._ask_portions()

    def keep_now(self) -> None:
        self._keep.stop()
        texts = self.form.texts() | {"buyer": self.balance.buyer}
        self._workroom.run(self, lambda: self._acts.keep_draft(texts), self._on_kept)

    def _on_kept(self, _: object) -> None:
        self.state_changed.emit("draft", Tone.OK.value, self.tr("draft saved"))

    def _on_typed(self) -> None:
        self._keep.start()

    def _on_changed(self) -> None:
        self._on_typed()
        self._show_balance()

    def _ask_portions(self) -> None:
        parcels = self.form.parcels
        self._workroom.run(self, lambda: self._acts.portions(parcels), self._show_portions, self._on_refused)
        self._on_typed()

    def _show_portions(self, portions: Sequence[Portion]) -> None:
        self.balance.notice.show_words("")
        self._portions = tuple(portions)
        self.form.show_portions(self._portions)
        self._show_balance()

    def _show_balance(self) -> None:
        lines = self._acts.balance(self._portions, self.form.wanted) if self._portions else ()
        self.balance.show_lines(lines, self._change if self.form.wanted else None)
        self._book.setEnabled(bool(self._portions and self.form.wanted))

    @property
    def _change(self) -> Change:
        return change_of(self._portions, self.form.wanted)

    def _fill_rest(self) -> None:
        """What is left of the chosen origin, or of all, into the carats of the line."""
        self.form.show_rest(self.balance.rest(self.form.origin))

    def order(self) -> Order:
        return Order(
            change=self._change,
            parcels=self.form.parcels,
            wanted=self.form.wanted,
            reason=self.balance.reason,
            buyer=self.balance.buyer,
        )

    # What is done

    def book(self) -> None:
        """The change as it stands; beyond the tolerance a supervisor is asked beside."""
        if not self._book.isEnabled() or self._stack.currentIndex():
            return
        order = self.order()
        self._book.setEnabled(False)
        self._workroom.run(
            self,
            lambda: self._acts.book(order),
            self._on_booked,
            lambda problem: self._on_not_booked(problem, order),
            changes=_CHANGES,
        )

    def _on_not_booked(self, problem: Outcome, order: Order) -> None:
        self._on_refused(problem)
        if problem.code == "WantsSupervisor":
            sign = lambda officer, password: self._acts.book_with(order, officer, password)  # noqa: E731
            dialog = self._second(self.tr("Sign the difference"), problem, sign)
            dialog.signed.connect(self._on_booked)
            dialog.signed.connect(lambda _: self._workroom.changed.emit(_SHOWS))
            dialog.open()

    def _second(self, verb: str, problem: Outcome, sign: Callable[[str, str], object]) -> SecondSignature:
        about = messages.outcome(problem).what
        return SecondSignature(
            verb=verb,
            lines=[Signed(about)],
            sign=sign,
            workroom=self._workroom,
            formats=self._formats,
            role=Role.CLERK,
            parent=self,
        )

    def _on_booked(self, made: Reworked) -> None:
        self._last = made.number
        self._protocol.setEnabled(True)
        self.form.clear()
        self.balance.clear()
        self._show_portions(())
        self._keep.stop()
        self._workroom.run(self, lambda: self._acts.keep_draft({}), lambda _: None)
        begun = ", ".join(slip.number for slip in made.parcels)
        words = self.tr("{number} booked; to be weighed: {parcels}") if begun else self.tr("{number} booked")
        self.told.emit(words.format(number=made.number, parcels=begun))
        self.form.take_cursor()

    def settle(self, each: Weighed) -> None:
        """The new parcels are weighed: close the change, with the chosen reason where their weighing differs."""
        number, reason = each.rework.number, self.balance.reason
        done = lambda _: self._on_settled(number)  # noqa: E731

        def refused(problem: Outcome) -> None:
            self._on_refused(problem)
            if problem.code == "DifferenceUnexplained":
                self.balance.ask_reason()
            if problem.code == "WantsSupervisor":
                dialog = self._second(
                    self.tr("Sign the difference"), problem, lambda *who: self._acts.settle_with(number, reason, *who)
                )
                dialog.signed.connect(done)
                dialog.signed.connect(lambda _: self._workroom.changed.emit(_SHOWS))
                dialog.open()

        self._workroom.run(self, lambda: self._acts.settle(number, reason), done, refused, changes=_CHANGES)

    def _on_settled(self, number: str) -> None:
        self._last = number
        self._protocol.setEnabled(True)
        self.balance.clear()
        self.told.emit(self.tr("{number} closed").format(number=number))

    def show_protocol(self) -> None:
        """The paper of the change booked or closed last, or of the one the cursor is on."""
        chosen = self._open.current()
        number = chosen.rework.number if self._open.table.hasFocus() and isinstance(chosen, Weighed) else self._last
        if number:
            self._workroom.run(self, lambda: self._acts.protocol(number), self._show_paper, self._on_refused)

    def _show_paper(self, paper: Shown) -> None:
        self._turn(1)
        self.paper.show_paper(paper)

    def _leave_paper(self) -> None:
        self._turn(0)
        self.form.take_cursor()

    def _on_refused(self, problem: Outcome) -> None:
        self.balance.notice.show_words(messages.in_full(problem))
        self._book.setEnabled(bool(self._portions and self.form.wanted))

    def _waits_for(self, each: Weighed) -> str:
        if each.waiting:
            return self.tr("weighing: {count}").format(count=len(each.waiting))
        return self.tr("a reason") if any(line.differs for line in each.lines) else self.tr("closing")


def _ready(each: Weighed) -> Tone:
    return Tone.UNKNOWN if each.waiting else Tone.NOTE
