"""Confirmations due: what left and was not confirmed, the oldest first; reminders; booking by file or by slip."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path

from kpdesk.domain.advice import Letter
from kpdesk.domain.issuance import State
from kpdesk.domain.outcomes import Outcome
from kpdesk.domain.slips import CertificateSlip
from ui import look, messages
from ui.issuing.validate import number_of
from ui.surface import Surface
from ui.tones import Tone
from ui.widgets.abreast import Abreast
from ui.widgets.card import BETWEEN, Notice, announce, button, card, column, row, table_card, text
from ui.widgets.columns import Columns
from ui.widgets.day_field import DayField
from ui.widgets.drop_area import DropArea
from ui.widgets.field import EnterMoves, Field, choice, line
from ui.widgets.page import Page
from ui.widgets.rows import Column, Rows

SHOWS = frozenset({"certificates", "confirmations"})
_SOON = 70
"""From this percentage of the days on a row is marked as nearly due."""
_LOWEST = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """A certificate whose receipt nobody confirmed."""

    slip: CertificateSlip
    days: int
    """Since its export."""
    allowed: int
    """As many as the office waits."""
    letters: tuple[Letter, ...]
    """The reminders so far, the newest first."""

    @property
    def over(self) -> int:
        """Days past what is allowed; 0 while it is not overdue."""
        return max(self.days - self.allowed, 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class ConfirmationsActs:
    """What the page asks of a desk; all run in the workroom."""

    due: Callable[[], Sequence[Due]]
    today: Callable[[], date]
    remind: Callable[[str], Letter]
    print_letter: Callable[[Letter], str]
    """Where it was printed, or the file."""
    book: Callable[[str, date, bool, str], object]
    """(number, day of receipt, differs, what the slip says)."""
    book_file: Callable[[Path], CertificateSlip]


class ConfirmationsPage(Page):
    """One list; the chosen certificate is reminded of, or its confirmation booked."""

    def __init__(self, acts: ConfirmationsActs, surface: Surface) -> None:
        super().__init__("confirmations", surface)
        self._acts = acts
        self._wanted = ""
        self._build()
        self._wire()

    def _build(self) -> None:
        self._due = Rows(
            "confirmations_due",
            self.tr("Not confirmed"),
            (
                Column(self.tr("Number"), lambda due: number_of(due.slip), tone=_tone),
                Column(self.tr("Days"), self._days, number=True),
                Column(self.tr("Letters"), lambda due: str(len(due.letters) or "–"), number=True),
                Column(self.tr("Importer"), lambda due: due.slip.facts.importer.name, wide=True),
            ),
            self.tr("No confirmation of receipt is waited for. Exported certificates appear here."),
        )
        self._about = text("", "heading", wrap=True)
        self._about.setObjectName("confirmations_about")
        self._written = text("", "muted", wrap=True)
        self._written.setObjectName("confirmations_written")
        self._remind = button("confirmations_remind", self.tr("Write a reminder"), self._keyboard.name("print"))
        self._day = DayField("confirmations_day", self.tr("&Received on"), today=self._acts.today)
        self._differs = choice(
            "confirmations_differs",
            (self.tr("As certified"), False),
            (self.tr("Something differs"), True),
        )
        self._why = line("confirmations_why")
        self._why_field = Field(self.tr("What the slip &says"), self._why)
        self._notice = Notice("confirmations_trouble")
        self._book = button("confirmations_book", self.tr("Book the slip"), self._keyboard.name("main"), primary=True)
        took = text(self.tr("Drop a file that ends in .kpc to book it; its signature is checked."), "muted", wrap=True)
        self._drop = DropArea(
            "confirmations_drop",
            self.tr("Drop a confirmation here"),
            self.tr("a signed file (.kpc); or press {key}").format(key=self._keyboard.name("open")),
            self.tr("Confirmations (*.kpc)"),
            took,
        )
        self._choose = button("confirmations_choose", self.tr("Choose a file"), self._keyboard.name("open"))
        due = table_card("confirmations_card", self.tr("Not confirmed, the oldest first"), self._due)
        due.setMinimumHeight(look.current().px(_LOWEST))
        letter, inside = card("confirmations_letter")
        inside.addWidget(self._about)
        beside = row(self._written, self._remind)
        beside.setStretch(0, 1)
        inside.addLayout(beside)
        slip, below = card("confirmations_slip", self.tr("A slip on paper"))
        below.setSpacing(10)
        fields = Abreast(2, gap=16, between=10)
        fields.show_widgets((self._day, Field(self.tr("&Goods"), self._differs)))
        for each in (fields, self._why_field, self._notice):
            below.addWidget(each)
        below.addLayout(row(self._book, 1))
        file, last = card("confirmations_file", self.tr("A signed file"))
        self._drop.setMinimumHeight(look.current().px(96))
        last.addWidget(self._drop, 1)
        last.addLayout(row(self._choose, 1))
        cards = column(letter, slip, file, gap=BETWEEN)
        cards.setStretch(2, 1)
        Columns(self, (column(due), 1), (cards, 1))

    def _wire(self) -> None:
        self._due.picked.connect(lambda _: self._on_picked())
        self._due.opened.connect(lambda _: self._day.line.setFocus())
        self._moves = EnterMoves([self._day.line, self._differs, self._why])
        self._why.returnPressed.connect(self._book.setFocus)
        self._why.textEdited.connect(lambda: self._why_field.show_words(""))
        self._remind.clicked.connect(self.remind)
        self._book.clicked.connect(self.book)
        self._drop.given.connect(self.book_files)
        self._choose.clicked.connect(self._drop.choose)
        self.bind("main", self.book)
        self.bind("print", self.remind)
        self.bind("open", self._drop.choose)
        self._workroom.changed.connect(self._on_changed)

    def enter(self) -> None:
        self._ask()
        self._due.take_cursor()

    def turn_to(self, subject: str) -> None:
        self._wanted = subject.partition("/")[2]

    def _ask(self) -> None:
        self._workroom.run(self, self._acts.due, self.show_due)

    def show_due(self, due: Sequence[Due]) -> None:
        current = self._current()
        wanted = self._wanted or (number_of(current.slip) if current else "")
        self._wanted = ""
        self._due.show_slips(due)
        for place, each in enumerate(due):
            if number_of(each.slip) == wanted:
                self._due.table.selectRow(place)
        over = sum(each.over > 0 for each in due)
        self.show_subtitle(self.tr("waited for: {count}  ·  overdue: {over}").format(count=len(due), over=over))
        self._on_picked()

    def _current(self) -> Due | None:
        found = self._due.current()
        return found if isinstance(found, Due) else None

    def _days(self, due: Due) -> str:
        return self.tr("{days}, overdue {over}").format(days=due.days, over=due.over) if due.over else str(due.days)

    def _on_picked(self) -> None:
        due = self._current()
        for each in (self._remind, self._book):
            each.setEnabled(due is not None)
        self._notice.show_words("")
        if due is None:
            self._about.setText(self.tr("Nothing is waited for"))
            self._written.setText("")
            return
        self._about.setText(f"{number_of(due.slip)}  ·  {due.slip.facts.importer.name}")
        left = (
            self.tr("Exported {date}.").format(date=self._formats.date(due.slip.exported_on))
            if due.slip.exported_on
            else ""
        )
        told = self.tr("No reminder was written yet.")
        if due.letters:
            on = self._formats.moment(due.letters[0].written_at)
            told = self.tr("Reminders: {count}, the last {on}.").format(count=len(due.letters), on=on)
        self._written.setText(f"{left} {told}".strip())

    def remind(self) -> None:
        """A letter in English and the partner's language, ready as a mail and on paper; counted."""
        due = self._current()
        if due is not None:
            number = number_of(due.slip)
            self._workroom.run(
                self, lambda: self._acts.remind(number), self._on_reminded, self._on_refused, changes=("confirmations",)
            )

    def _on_reminded(self, letter: Letter) -> None:
        self._done(self.tr("Reminder {count} laid ready: {file}").format(count=letter.count, file=f"{letter.name}.eml"))
        said = self.tr("{letter} printed: {where}")
        self._workroom.run(
            self,
            lambda: self._acts.print_letter(letter),
            lambda where: self.told.emit(said.format(letter=letter.id, where=where)),
            self._on_refused,
            lane="paper",
        )

    def book(self) -> None:
        """What a slip on paper says of the chosen certificate."""
        due, on = self._current(), self._day.day
        if due is None:
            return
        if on is None:
            self._day.show_words(self.tr("On which day were the goods received?"))
            self._day.line.setFocus()
            return
        if not (why := self._why.text().strip()):
            self._why_field.show_words(self.tr("Who confirmed it, and how? For example: slip no. 12 by post."))
            self._why.setFocus()
            return
        number, differs = number_of(due.slip), bool(self._differs.currentData())
        self._workroom.run(
            self,
            lambda: self._acts.book(number, on, differs, why),
            lambda _: self._on_booked(number, differs),
            self._on_refused,
            changes=SHOWS,
        )

    def _on_booked(self, number: str, differs: bool) -> None:
        for each in (self._day.line, self._why):
            each.clear()
        self._differs.setCurrentIndex(0)
        booked = self.tr("{number} confirmed with a difference") if differs else self.tr("{number} confirmed")
        self._done(booked.format(number=number))

    def book_files(self, paths: Sequence[Path]) -> None:
        """Each by itself: one that is refused holds up no other."""
        for path in paths:
            book = partial(self._acts.book_file, path)
            self._workroom.run(self, book, self._on_file, self._on_refused, changes=SHOWS)

    def _on_file(self, slip: CertificateSlip) -> None:
        self._on_booked(number_of(slip), slip.state is State.CONFIRMED_WITH_DIFFERENCE)

    def _done(self, words: str) -> None:
        self._notice.show_words("")
        self.told.emit(words)
        announce(self, words)
        self._due.take_cursor()

    def _on_refused(self, problem: Outcome) -> None:
        self._notice.show_words(messages.in_full(problem))

    def _on_changed(self, changes: frozenset[str]) -> None:
        if changes & SHOWS:
            self._ask()


def _tone(due: Due) -> Tone:
    if due.over:
        return Tone.STOP
    return Tone.LIFTABLE if due.days * 100 >= due.allowed * _SOON else Tone.OK
