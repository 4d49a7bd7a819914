"""Numbered stock: every number's state in runs, the register, the moves; and all that two or one do with a range."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QWidget

from kpdesk.desks.stock import Level, Move, Shelf, Stretch
from kpdesk.domain.slips import StockSlip
from kpdesk.domain.stock import StockKind
from kpdesk.domain.transfers import Run, Transfer
from ui import look
from ui.supervisor.doing import Doing, refused, sign_beside
from ui.supervisor.listing import ListActs, ListBar, WithPaper
from ui.supervisor.stock_form import ONE_SIGNS, Order, StockForm
from ui.supervisor.stock_words import (
    KINDS,
    kind_word,
    move_word,
    run_short,
    run_words,
    runs_short,
    state_word,
    tone_of,
)
from ui.surface import Surface
from ui.tones import Tone
from ui.widgets.card import BETWEEN, Notice, card, column, row
from ui.widgets.columns import Columns
from ui.widgets.field import Field, choice, line
from ui.widgets.page import Page
from ui.widgets.paper_view import Shown
from ui.widgets.rows import Column, Rows
from ui.widgets.tabs import Tabs

_PAUSE_MS = 150
_A_YEAR = 250
"""Working days."""
_CHANGES = ("stock",)
_TONES = {Level.ENOUGH: Tone.OK, Level.LOW: Tone.LIFTABLE, Level.SHORT: Tone.STOP, Level.UNKNOWN: Tone.NOTE}


@dataclass(frozen=True, slots=True)
class Seen:
    """One kind, as the page shows it."""

    shelf: Shelf
    moves: tuple[Move, ...]
    transfers: tuple[Transfer, ...]
    officers: tuple[tuple[str, str], ...]
    """(id, name) of those who may be handed stock."""
    firms: tuple[tuple[str, str], ...]
    edition: str
    """The one that certificates are drawn on now."""


@dataclass(frozen=True, slots=True)
class StockActs:
    """What the page asks of a desk; all run in the workroom."""

    see: Callable[[StockKind], Seen]
    register: Callable[[StockKind, str, str], Sequence[StockSlip]]
    """(kind, typed, from behind this number on): a page."""
    count: Callable[[Order], tuple[Run, int]]
    """The numbers that an order is about; raises NotASeries."""
    do: Callable[[Order, tuple[str, str] | None], Shown | None]
    """(order, the second officer's name and password): a paper where the act has one."""
    lists: Callable[[Callable[[], StockKind]], ListActs]
    now: Callable[[], datetime]


class StockPage(Page):
    """The kind above, what there is at the start, what is done with it at the end."""

    def __init__(self, acts: StockActs, surface: Surface) -> None:
        super().__init__("stock", surface)
        self._acts, self._surface = acts, surface
        self._seen: Seen | None = None
        self._build()
        self._wire()

    def _build(self) -> None:
        self._kind = choice("stock_kind", *((kind_word(what), what) for what in KINDS))
        self._kind.setMinimumContentsLength(12)
        self._lasts = Notice("stock_lasts")
        self._tabs = Tabs("stock_tabs", self.tr("Views of the stock"))
        self._tabs.setMinimumHeight(look.current().px(260))
        for words, table in self._tables():
            self._tabs.add(words, table)
        self._bar = ListBar("stock", self._lists(), self._acts.lists(lambda: self.what), self._surface)
        shown, inside = card("stock_shown")
        head = row(Field(self.tr("&Kind"), self._kind), self._lasts)
        head.setStretch(1, 1)
        head.setAlignment(self._lasts, Qt.AlignmentFlag.AlignBottom)
        inside.addLayout(head)
        inside.addWidget(self._tabs, 1)
        inside.addWidget(self._bar)
        self.form = StockForm(self._acts.count, self._formats, self._keyboard)
        view = QWidget()
        end = column(self.form, gap=BETWEEN)
        Columns(view, (column(shown), 7), (end, 5))
        self._view = WithPaper("stock", view, self._bar.paper_acts, self._surface)
        self.setLayout(column(self._view))

    def _tables(self) -> list[tuple[str, QWidget]]:
        number = self._formats.number
        self._ranges = Rows(
            "stock_ranges",
            self.tr("States by range"),
            (
                Column(self.tr("Numbers"), lambda each: run_short(each.run), wide=True),
                Column(self.tr("Pieces"), lambda each: number(each.count), number=True),
                Column(self.tr("State"), lambda each: state_word(each.state), tone=lambda each: tone_of(each.state)),
                Column(self.tr("Who has them"), lambda each: each.holder),
            ),
            self.tr("None of this kind is on the books. Count in what the printer's works delivered, two of you."),
        )
        self._typed = line("stock_search", mono=True, longest=60)
        self._register = Rows(
            "stock_register",
            self.tr("Register by number"),
            (
                Column(self.tr("Number"), lambda slip: slip.number, wide=True),
                Column(self.tr("State"), lambda slip: state_word(slip.state), tone=lambda slip: tone_of(slip.state)),
                Column(self.tr("Who has it"), lambda slip: slip.holder),
                Column(self.tr("Used for"), lambda slip: slip.used_for),
            ),
            self.tr("No number begins so."),
        )
        self._moves = Rows(
            "stock_moves",
            self.tr("Movements"),
            (
                Column(self.tr("When"), lambda move: self._formats.since(move.at, self._acts.now())),
                Column(self.tr("What"), lambda move: move_word(move.act), tone=lambda move: tone_of(move.state)),
                Column(self.tr("Numbers"), lambda move: runs_short(move.runs), wide=True),
                Column(self.tr("Pieces"), lambda move: number(move.count), number=True),
                Column(self.tr("By"), lambda move: move.by),
                Column(self.tr("To"), lambda move: move.holder),
            ),
            self.tr("Nothing has moved yet."),
        )
        self._on_the_way = Rows(
            "stock_transfers",
            self.tr("Between offices"),
            (
                Column(
                    self.tr("Transfer"),
                    lambda each: each.id,
                    tone=lambda each: Tone.LIFTABLE if each.live else Tone.OK,
                ),
                Column(self.tr("Numbers"), lambda each: runs_short(each.runs), wide=True),
                Column(self.tr("To"), lambda each: each.to),
                Column(self.tr("Sent"), lambda each: self._formats.date(each.on)),
                Column(self.tr("Signed for"), lambda each: each.receipt),
            ),
            self.tr("Nothing of this kind went to another office."),
        )
        numbers = QWidget()
        numbers.setLayout(column(Field(self.tr("Number &begins with"), self._typed), self._register))
        numbers.layout().setStretch(1, 1)  # type: ignore[union-attr]
        return [
            (self.tr("By range"), self._ranges),
            (self.tr("By number"), numbers),
            (self.tr("Movements"), self._moves),
            (self.tr("Between offices"), self._on_the_way),
        ]

    def _lists(self) -> list[tuple[str, object]]:
        return [
            (self.tr("Unused at hand"), "at_hand"),
            (self.tr("By officer"), "by_officer"),
            (self.tr("Every number"), "register"),
            (self.tr("Spoiled, with reasons"), "spoiled"),
            (self.tr("Missing"), "missing"),
            (self.tr("With firms"), "allotted"),
            (self.tr("Movements"), "moves"),
        ]

    def _wire(self) -> None:
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(self.search_now)
        self._kind.currentIndexChanged.connect(self._ask)
        self._typed.textChanged.connect(lambda: self._pause.start())
        self._typed.returnPressed.connect(self.search_now)
        self._register.table.verticalScrollBar().valueChanged.connect(self._on_scrolled)
        self._ranges.opened.connect(self._on_opened)
        self._register.opened.connect(lambda slip: self.form.take_range(Run(slip.number, slip.number)))
        self.form.card.asked.connect(self._on_asked)
        self._bar.drawn.connect(self._view.show_paper)
        self._view.closed.connect(self._ranges.take_cursor)
        self._view.paper.printed.connect(
            lambda number: self.told.emit(self.tr("{number} printed").format(number=number))
        )
        self.bind("main", self.form.card.ask)
        self.bind("print", self._on_print)
        self.bind("next_tab", self._tabs.next)
        self.bind("find", self._on_find)
        self._workroom.changed.connect(self._on_changed)

    @property
    def what(self) -> StockKind:
        return StockKind(self._kind.currentData())

    def enter(self) -> None:
        self._ask()
        self.form.card.take_cursor()

    def turn_to(self, subject: str) -> None:
        """`stock/blank-ZZ2026001377`."""
        what, _, number = subject.partition("/")[2].partition("-")
        if what in set(StockKind):
            self._kind.setCurrentIndex(self._kind.findData(StockKind(what)))
            self._typed.setText(number)
            self._tabs.turn(1)

    def _on_changed(self, changes: frozenset[str]) -> None:
        if self.isVisible() and changes & {*_CHANGES, "closing"}:
            self._ask()

    def _on_print(self) -> None:
        if self._view.currentIndex() == 0:
            self._bar.show_paper()

    def _on_find(self) -> None:
        self._tabs.turn(1)
        self._typed.setFocus()

    # What there is

    def _ask(self) -> None:
        what = self.what
        self._workroom.run(self, lambda: self._acts.see(what), self.show_seen)
        self.search_now()

    def show_seen(self, seen: Seen) -> None:
        self._seen = seen
        shelf = seen.shelf
        self._ranges.show_slips(shelf.stretches)
        self._moves.show_slips(seen.moves)
        self._on_the_way.show_slips(seen.transfers)
        self.form.show_kind(
            shelf.what,
            edition=seen.edition,
            officers=seen.officers,
            firms=seen.firms,
            live=tuple(each for each in seen.transfers if each.live),
        )
        self._lasts.show_words(self._lasting(shelf), _TONES[shelf.level])
        words = self.tr("{kind} at hand: {count}")
        self.show_subtitle(words.format(kind=kind_word(shelf.what), count=self._formats.number(shelf.at_hand)))

    def _lasting(self, shelf: Shelf) -> str:
        if shelf.days is not None and shelf.days > _A_YEAR:
            return self.tr("Lasts more than a year at the use of the last 20 working days.")
        if shelf.days is None:
            return self.tr("Nothing of this kind was used in the last 20 working days.")
        words = {
            Level.ENOUGH: self.tr("Lasts {days} working days at the use of the last 20."),
            Level.LOW: self.tr("Low: lasts {days} working days. Order now."),
            Level.SHORT: self.tr("Very low: lasts {days} working days only. Order, and ask another office for some."),
        }
        return words[shelf.level].format(days=shelf.days)

    def search_now(self) -> None:
        self._pause.stop()
        what, typed = self.what, self._typed.text()
        self._workroom.run(self, lambda: self._acts.register(what, typed, ""), self._register.show_slips)

    def _on_scrolled(self, at: int) -> None:
        """At the end of the page comes the next one."""
        shown = self._register.model.slips
        if shown and at and at == self._register.table.verticalScrollBar().maximum():
            what, typed, last = self.what, self._typed.text(), getattr(shown[-1], "number", "")
            self._workroom.run(self, lambda: self._acts.register(what, typed, last), self._show_more)

    def _show_more(self, more: Sequence[StockSlip]) -> None:
        if more:
            self._register.show_slips([*self._register.model.slips, *more])

    # What is done

    def _on_opened(self, stretch: Stretch) -> None:
        self.form.take_range(stretch.run)

    def _on_asked(self, doing: Doing) -> None:
        told = [doing.words]
        if "first" in doing.fields:
            counted = self.form.count()
            if counted is None:
                return
            run, many = counted
            words = self.tr("{kind}: {numbers}, pieces: {count}")
            kind, count = kind_word(self.what), self._formats.number(many)
            told.append(words.format(kind=kind, numbers=run_words(run), count=count))
        order = self.form.order()
        moved = order.transfer if "transfer" in doing.fields else ""
        told += [each for each in (moved, order.report) if each]
        about = "  ".join(told[1:])
        if doing.key in ONE_SIGNS:
            act = partial(self._acts.do, order, None)
            self._workroom.run(
                self, act, partial(self._on_done, doing, about), refused(self.form.card), changes=_CHANGES
            )
            return
        sign_beside(
            self,
            self._surface,
            verb=doing.words,
            said=told,
            sign=lambda officer, password: self._acts.do(order, (officer, password)),
            done=partial(self._on_signed, doing, about),
        )

    def _on_signed(self, doing: Doing, about: str, paper: object) -> None:
        self._on_done(doing, about, paper)
        self._workroom.changed.emit(frozenset(_CHANGES))

    def _on_done(self, doing: Doing, about: str, paper: object) -> None:
        done = f"{doing.words}: {about}"
        self.form.clear()
        self.form.card.say(done, Tone.OK)
        self.told.emit(done)
        if isinstance(paper, Shown):
            self._view.show_paper(paper)
        else:
            self.form.card.take_cursor()
