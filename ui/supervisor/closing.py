"""Close the day: count blind, compare with a second officer's count, name what is missing, sign the day sheet."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame

from kpdesk.desks.closing import Compared, Counting
from kpdesk.domain.closing import Counted, NotASeries, Sum, runs, series
from kpdesk.domain.ledgers import DayOfLedger
from kpdesk.domain.measures import Carats
from kpdesk.domain.outcomes import Outcome
from kpdesk.domain.parties import Role
from ui import messages
from ui.marks import QT_TRANSLATE_NOOP
from ui.second import SecondSignature
from ui.slips import Signed
from ui.surface import Surface
from ui.tones import Tone
from ui.widgets.card import BETWEEN, Notice, button, card, column, row, table_card, text
from ui.widgets.columns import Columns
from ui.widgets.field import Field, choice, line
from ui.widgets.page import Page
from ui.widgets.rows import Column, Rows

_WHAT = {
    Counted.GOODS: QT_TRANSLATE_NOOP("counted", "Parcels in the house"),
    Counted.BLANK: QT_TRANSLATE_NOOP("counted", "Blanks"),
    Counted.BAG: QT_TRANSLATE_NOOP("counted", "Bags"),
    Counted.SEAL: QT_TRANSLATE_NOOP("counted", "Seals"),
}
_LEDGERS = {"levy": QT_TRANSLATE_NOOP("counted", "Levies"), "fee": QT_TRANSLATE_NOOP("counted", "Fees")}
_CHANGES = ("closing", "stock", "parcels")


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the comparison, as text."""

    what: str
    opening: str
    received: str
    left: str
    expected: str
    counted: str
    tone: Tone


@dataclass(frozen=True, slots=True, kw_only=True)
class ClosingActs:
    """What the page asks of a desk; all run in the workroom."""

    counting: Callable[[], Sequence[Counting]]
    tally: Callable[[Counted, Sequence[str]], int]
    compare: Callable[[str, str], Compared]
    """(officer, password) of the one who counted too."""
    close: Callable[[str], str]
    """(remark): closes with the officer of the last comparison; the day sheet's number."""


class ClosingPage(Page):
    """Nobody sees an expected figure before both counts are in."""

    def __init__(self, acts: ClosingActs, surface: Surface, *, may_close: bool) -> None:
        """`may_close`: a supervisor; others only count."""
        super().__init__("closing", surface)
        self._acts, self._may_close = acts, may_close
        self._found: dict[Counted, dict[str, None]] = {what: {} for what in Counted}
        self._compared: Compared | None = None
        self._build()
        self._wire()

    def _build(self) -> None:
        end = column(gap=BETWEEN)
        if self._may_close:
            end.addWidget(self._result(), 1)
        else:
            done, inside = card("closing_told", self.tr("Close of day"))
            told = self.tr("A supervisor closes the day with you, once both have counted.")
            inside.addWidget(text(told, "muted", wrap=True))
            inside.addStretch(1)
            end.addWidget(done, 1)
        Columns(self, (column(self._count()), 5), (end, 6))

    def _count(self) -> QFrame:
        counted, inside = card("closing_count", self.tr("My count"))
        inside.setSpacing(12)
        self._what = choice("closing_what")
        self._first = line("closing_first", mono=True, longest=60)
        self._last = line("closing_last", mono=True, longest=60)
        self._first_field = Field(self.tr("&Scan one, or the first of a series"), self._first)
        self._last_field = Field(self.tr("&Last of the series"), self._last)
        self._list = Rows(
            "closing_found",
            self.tr("Counted"),
            (
                Column(self.tr("From"), lambda run: run[0], wide=True),
                Column(self.tr("To"), lambda run: "" if run[0] == run[1] else run[1]),
                Column(self.tr("Pieces"), lambda run: str(len(series(*run)) if run[0] != run[1] else 1), number=True),
            ),
            self.tr("Nothing counted yet. Scan what lies before you; no figure is expected of you."),
        )
        self._sum = text("0", "figure")
        self._sum.setObjectName("closing_sum")
        self._sum.setAccessibleName(self.tr("Pieces counted"))
        self._out = button("closing_out", self.tr("Take out"), "Del")
        self._keep = button("closing_keep", self.tr("Keep this count"), self._keyboard.name("main"), primary=True)
        self._notice = Notice("closing_trouble")
        inside.addWidget(Field(self.tr("&What is counted"), self._what))
        fields = row(gap=16)
        fields.addWidget(self._first_field, 1, Qt.AlignmentFlag.AlignTop)
        fields.addWidget(self._last_field, 1, Qt.AlignmentFlag.AlignTop)
        inside.addLayout(fields)
        inside.addWidget(self._list, 1)
        inside.addLayout(row(self._sum, 1, self._out))
        inside.addWidget(self._notice)
        inside.addLayout(row(self._keep, 1))
        return counted

    def _result(self) -> QFrame:
        self._lines = Rows(
            "closing_lines",
            self.tr("Two counts against the books"),
            (
                Column(self.tr("What"), lambda one: one.what, wide=True, tone=lambda one: one.tone),
                Column(self.tr("Opening"), lambda one: one.opening, number=True),
                Column(self.tr("In"), lambda one: one.received, number=True),
                Column(self.tr("Out"), lambda one: one.left, number=True),
                Column(self.tr("Expected"), lambda one: one.expected, number=True),
                Column(self.tr("Counted"), lambda one: one.counted, number=True),
            ),
            self.tr("Both count alone, each under their own name. Then compare: the books are shown here."),
        )
        self._differences = text("", wrap=True)
        self._differences.setObjectName("closing_differences")
        self._remark = line("closing_remark", longest=300)
        self._compare = button("closing_compare", self.tr("Compare with a second count"))
        self._close = button("closing_close", self.tr("Close the day"))
        self._close.setEnabled(False)
        shown = table_card("closing_result", self.tr("Two counts against the books"), self._lines)
        inside = shown.layout()
        assert inside is not None
        for widget in (self._differences, Field(self.tr("&Remark on the day sheet"), self._remark)):
            inside.addWidget(widget)
        buttons = QFrame()
        buttons.setLayout(row(self._compare, self._close, 1, gap=12))
        inside.addWidget(buttons)
        return shown

    def _wire(self) -> None:
        self._what.currentIndexChanged.connect(self._show_found)
        self._first.returnPressed.connect(self._on_first)
        self._last.returnPressed.connect(self._on_last)
        self._out.clicked.connect(self.take_out)
        delete = QShortcut(QKeySequence(QKeySequence.StandardKey.Delete), self._list)
        delete.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        delete.activated.connect(self.take_out)
        self._keep.clicked.connect(self.keep)
        self.bind("main", self.keep)
        if self._may_close:
            self._compare.clicked.connect(self.compare)
            self._close.clicked.connect(self.close_day)

    def enter(self) -> None:
        self._workroom.run(self, self._acts.counting, self.show_counting)
        self._first.setFocus()

    @property
    def what(self) -> Counted:
        return Counted(self._what.currentData() or Counted.GOODS)

    def show_counting(self, counting: Sequence[Counting]) -> None:
        """Who has counted what; what was scanned and not kept yet stays."""
        at = self._what.currentData()
        self._what.clear()
        for each in counting:
            by = ", ".join(each.by)
            words = _what(each.what)
            self._what.addItem(f"{words}  ·  ✓ {by}" if by else words, each.what)
        self._what.setCurrentIndex(max(self._what.findData(at), 0))
        done = sum(bool(each.by) for each in counting)
        self.show_subtitle(self.tr("counted: {done} of {all}").format(done=done, all=len(counting)))

    def _show_found(self) -> None:
        found = self._found[self.what]
        self._list.show_slips([*runs(found)])
        self._sum.setText(self._formats.number(len(found)))
        self._out.setEnabled(bool(found))

    def _on_first(self) -> None:
        """A parcel or a bag counts at once; of stock the last one of a series may follow."""
        typed = _plain(self._first.text())
        if typed and self.what is Counted.GOODS:
            self._add((typed,))
        elif typed:
            self._last.setFocus()

    def _on_last(self) -> None:
        first, last = _plain(self._first.text()), _plain(self._last.text())
        try:
            self._add(series(first, last) if last else (first,))
        except NotASeries as refusal:
            self._last_field.show_words(messages.in_full(refusal))
            self._last.selectAll()

    def _add(self, numbers: Sequence[str]) -> None:
        self._last_field.show_words("")
        self._found[self.what].update(dict.fromkeys(filter(None, numbers)))
        self._first.clear()
        self._last.clear()
        self._show_found()
        self._first.setFocus()

    def take_out(self) -> None:
        """The chosen line was scanned by mistake."""
        run = self._list.current()
        if isinstance(run, tuple):
            for number in series(*run) if run[0] != run[1] else run[:1]:
                self._found[self.what].pop(number, None)
            self._show_found()

    def keep(self) -> None:
        """This officer's count of the chosen kind is done."""
        what, found = self.what, [*self._found[self.what]]
        self._workroom.run(
            self, lambda: self._acts.tally(what, found), lambda count: self._on_kept(what, count), self._on_refused
        )

    def _on_kept(self, what: Counted, count: int) -> None:
        self._notice.show_words("")
        words = self.tr("{what}: {count} counted").format(what=_what(what), count=self._formats.number(count))
        self.told.emit(words)
        self._workroom.run(self, self._acts.counting, self.show_counting)
        self._first.setFocus()

    def compare(self) -> None:
        """The other one who counted signs in beside; then the books are opened."""
        asked = SecondSignature(
            verb=self.tr("Compare"),
            lines=[Signed(self.tr("Two counts of today against the books"))],
            sign=self._acts.compare,
            workroom=self._workroom,
            formats=self._formats,
            role=Role.SUPERVISOR,
            parent=self,
        )
        asked.signed.connect(self.show_compared)
        asked.open()

    def show_compared(self, compared: Compared) -> None:
        self._compared = compared
        self._lines.show_slips([*map(self._line, compared.sums), *map(self._ledger, compared.ledgers)])
        self._differences.setText("\n".join(self._said(compared)))
        self._close.setEnabled(True)
        self._close.setFocus()

    def _line(self, one: Sum) -> Line:
        return Line(
            what=_what(one.what),
            opening=self._formats.number(one.opening),
            received=self._formats.number(one.received),
            left=self._formats.number(one.left),
            expected=self._amount(one.expected, one.carats_expected),
            counted=self._amount(one.counted, one.carats),
            tone=Tone.OK if one.agrees else Tone.STOP,
        )

    def _amount(self, count: int, carats: Carats | None) -> str:
        shown = self._formats.carats(carats) if carats is not None else ""
        return f"{self._formats.number(count)}  {shown}".strip()

    def _ledger(self, one: DayOfLedger) -> Line:
        name = QCoreApplication.translate("counted", _LEDGERS[one.ledger.value])
        claimed, received, still = (self._formats.money(each) for each in (one.claimed, one.received, one.open))
        tone = Tone.NOTE if one.open else Tone.OK
        return Line(name, "", claimed, received, still, "", tone)

    def _said(self, compared: Compared) -> list[str]:
        """Each difference in words; they bar these numbers and nothing else."""
        words = []
        for each in compared.sums:
            for numbers, said in (
                (each.missing, self.tr("{what} not found: {numbers}. They are barred when the day is closed.")),
                (each.doubtful, self.tr("{what} found by one of you only: {numbers}. Look again, both.")),
                (each.surplus, self.tr("{what} that the books do not have: {numbers}.")),
            ):
                if numbers:
                    shown = ", ".join(first if first == last else f"{first} – {last}" for first, last in runs(numbers))
                    words.append(said.format(what=_what(each.what), numbers=shown))
        return words or [self.tr("Both counts agree with the books.")]

    def close_day(self) -> None:
        """With the differences as they are shown."""
        remark = self._remark.text().strip()
        self._close.setEnabled(False)
        self._workroom.run(self, lambda: self._acts.close(remark), self._on_closed, self._on_refused, changes=_CHANGES)

    def _on_closed(self, paper: str) -> None:
        for found in self._found.values():
            found.clear()
        self._show_found()
        words = self.tr("The day is closed. Print day sheet {number}, sign it, file it.").format(number=paper)
        self.told.emit(words)
        self._differences.setText(words)

    def _on_refused(self, problem: Outcome) -> None:
        self._notice.show_words(messages.in_full(problem))
        if self._may_close and self._compared:
            self._close.setEnabled(True)


def _what(what: Counted) -> str:
    return QCoreApplication.translate("counted", _WHAT[what])


def _plain(number: str) -> str:
    return "".join(number.split()).upper()
