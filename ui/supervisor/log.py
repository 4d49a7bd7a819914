"""The history: who did what when, what it changed, whether the chain is whole and an anchor is of it (desk.md §4)."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from threading import Event

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QComboBox, QFrame, QVBoxLayout, QWidget

from kpdesk.desks.auditor import Asked, Audit, CheckStopped, Proved, Told
from kpdesk.domain.history import Entry
from kpdesk.domain.outcomes import Outcome
from kpdesk.domain.papers import ListSheet
from ui import look, messages
from ui.formats import isolated
from ui.supervisor.as_sheet import table_sheet
from ui.supervisor.listing import ListActs, ListBar, WithPaper
from ui.supervisor.words import act_word, number_of, reason_words, section_of
from ui.surface import Surface
from ui.tones import Tone
from ui.widgets.abreast import Abreast
from ui.widgets.card import BETWEEN, Notice, announce, button, card, column, row, table_card, text
from ui.widgets.changed import ChangedRows
from ui.widgets.columns import Columns
from ui.widgets.day_field import DayField
from ui.widgets.field import Field, choice, line
from ui.widgets.page import Page
from ui.widgets.paper_view import PaperActs, Shown
from ui.widgets.rows import Column, Rows

_PAUSE_MS, _NEAR_END = 120, 5


@dataclass(frozen=True, slots=True, kw_only=True)
class LogActs:
    """What the page asks of a desk; all run in the workroom."""

    page: Callable[[Asked, int | None], Sequence[Entry]]
    told: Callable[[int], Told]
    acts: Callable[[], Sequence[str]]
    people: Callable[[], Mapping[str, str]]
    check: Callable[[Callable[[int, int], None]], Audit]
    prove: Callable[[str], Proved]
    draw: Callable[[ListSheet], Shown]
    save: Callable[[Asked, Path], Path]
    """All that is asked for, as a file."""
    paper: PaperActs
    today: Callable[[], date]
    clock: Callable[[], datetime]


class LogPage(Page):
    """Type or choose, ↓ walks, Enter opens the thing; the entry stands beside."""

    _went = Signal(int, int)

    def __init__(self, acts: LogActs, surface: Surface) -> None:
        super().__init__("log", surface)
        self._acts, self._surface = acts, surface
        self._names: Mapping[str, str] = {}
        self._asked = Asked()
        self._shown: tuple[Entry, ...] = ()
        self._whole = False
        self._wanted = ""
        self._stop: Event | None = None
        self._build()
        self._wire()

    def _build(self) -> None:
        self._typed = line("log_typed", longest=80)
        self._by, self._act = choice("log_by"), choice("log_act")
        for each in (self._by, self._act):
            each.setMinimumContentsLength(6)
        self._first = DayField("log_first", self.tr("F&rom"), today=self._acts.today)
        self._last = DayField("log_last", self.tr("&Until"), today=self._acts.today)
        frame, inside = card("log_asked")
        self._typed.setPlaceholderText(self.tr("A number, or words of the reason"))
        fields = Abreast(3, gap=12, between=4)
        fields.show_widgets(
            [
                Field(self.tr("&Search"), self._typed),
                Field(self.tr("&Officer"), self._by),
                Field(self.tr("&Act"), self._act),
                self._first,
                self._last,
            ]
        )
        inside.addWidget(fields)
        self._columns = (
            Column(self.tr("Entry"), lambda entry: self._formats.number(entry.sequence), number=True),
            Column(self.tr("When"), lambda entry: self._formats.since(entry.at, self._acts.clock())),
            Column(self.tr("Act"), lambda entry: act_word(entry.act)),
            Column(self.tr("Of"), lambda entry: number_of(entry.subject)),
            Column(self.tr("Officer"), lambda entry: self._names.get(entry.by, entry.by)),
            Column(self.tr("Reason"), lambda entry: reason_words(entry.why, self._names), wide=True),
        )
        empty = self.tr("No entry is like that. Every act of the office stands here, and nothing is ever taken out.")
        self._rows = Rows("log_rows", self.tr("History"), self._columns, empty)
        self._rows.setMinimumHeight(look.current().px(160))
        lists = ListActs(
            draw=lambda _: self._acts.draw(self._sheet()),
            save=lambda _, file: self._acts.save(self._asked, file),
            paper=self._acts.paper,
        )
        self._bar = ListBar("log", ((self.tr("History"), "history"),), lists, self._surface)
        if (only := self._bar.which.parentWidget()) is not None:
            only.hide()  # there is but one list
        held = table_card("log_card", self.tr("The newest first"), self._rows)
        held.layout().addWidget(self._bar)  # type: ignore[union-attr]
        view = QWidget()
        left, right = column(frame, held, gap=BETWEEN), column(self._entry_card(), self._check_card(), gap=BETWEEN)
        left.setStretch(1, 1)
        right.setStretch(0, 1)
        Columns(view, (left, 8), (right, 5))
        self._papers = WithPaper("log", view, self._acts.paper, self._surface)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._papers)

    def _entry_card(self) -> QFrame:
        frame, inside = card("log_entry")
        self._title = text("", "heading", wrap=True)
        self._title.setObjectName("log_title")
        self._facts = text("", "muted", wrap=True)
        self._facts.setObjectName("log_facts")
        self._changed = ChangedRows(
            "log_changed", self.tr("What it changed"), self.tr("This act changed no field of the record.")
        )
        inside.addWidget(self._title)
        inside.addWidget(self._facts)
        inside.addWidget(self._changed, 1)
        self._changed.setMinimumHeight(look.current().px(120))
        return frame

    def _check_card(self) -> QFrame:
        frame, inside = card("log_check_card", self.tr("Is it whole?"))
        self._check = button("log_check", self.tr("Check the history"))
        self._cancel = button("log_cancel", self.tr("Cancel"))
        self._cancel.hide()
        self._progress = text("", "muted")
        self._progress.setObjectName("log_progress")
        self._found = Notice("log_found")
        self._anchor = line("log_anchor", mono=True, longest=120)
        self._prove = button("log_prove", self.tr("Prove"))
        self._proved = Notice("log_proved")
        inside.addLayout(row(self._check, self._cancel, self._progress, 1, gap=12))
        inside.addWidget(self._found)
        inside.addWidget(Field(self.tr("Anchor of a &day sheet, or a certificate's number"), self._anchor))
        inside.addLayout(row(self._prove, 1))
        inside.addWidget(self._proved)
        inside.setSpacing(10)
        return frame

    def _wire(self) -> None:
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(self.search_now)
        self._typed.textChanged.connect(lambda: self._pause.start())
        self._typed.returnPressed.connect(self._on_entered)
        for each in (self._by, self._act):
            each.currentIndexChanged.connect(lambda: self._pause.start())
        for day in (self._first, self._last):
            day.day_changed.connect(lambda _: self._pause.start())
        self._rows.picked.connect(self._on_picked)
        self._rows.opened.connect(self._on_opened)
        self._rows.table.verticalScrollBar().valueChanged.connect(self._on_scrolled)
        self._check.clicked.connect(self.check)
        self._cancel.clicked.connect(self._on_cancel)
        self._prove.clicked.connect(self.prove)
        self._anchor.returnPressed.connect(self.prove)
        self._bar.drawn.connect(self._papers.show_paper)
        self._papers.closed.connect(self._rows.take_cursor)
        self._went.connect(self._on_went)
        self.bind("find", self._typed.setFocus)
        self.bind("print", self._bar.show_paper)
        self.bind("main", self.check)

    # The list

    def enter(self) -> None:
        self._workroom.run(self, lambda: (self._acts.people(), self._acts.acts()), lambda told: self._offer(*told))
        self._typed.setFocus()

    def turn_to(self, subject: str) -> None:
        """`officer/O-0003` shows that officer's acts, any other thing its own."""
        self._wanted = subject

    def leave(self) -> None:
        self._on_cancel()

    def _offer(self, names: Mapping[str, str], acts: Sequence[str]) -> None:
        self._names = names
        wanted, self._wanted = self._wanted, ""
        kind, _, identity = wanted.partition("/")
        people = sorted(names.items(), key=lambda each: each[1])
        officer = identity if kind == "officer" else str(self._by.currentData() or "")
        _fill(self._by, [(self.tr("everybody"), ""), *((name, each) for each, name in people)], officer)
        done = sorted(((act_word(act), act) for act in acts), key=lambda each: each[0])
        _fill(self._act, [(self.tr("every act"), ""), *done], str(self._act.currentData() or ""))
        if wanted:
            self._typed.setText("" if kind == "officer" else wanted)
            self._rows.take_cursor()
        self.search_now()

    def asked(self) -> Asked:
        """As it is typed and chosen."""
        return Asked(
            typed=self._typed.text().strip(),
            by=str(self._by.currentData() or ""),
            act=str(self._act.currentData() or ""),
            first=self._first.day,
            last=self._last.day,
        )

    def search_now(self) -> None:
        self._pause.stop()
        asked = self._asked = self.asked()
        self._workroom.run(self, lambda: self._acts.page(asked, None), lambda found: self._show(asked, found))

    def _show(self, asked: Asked, found: Sequence[Entry], *, more: bool = False) -> None:
        if asked != self._asked:
            return
        self._shown = (*self._shown, *found) if more else tuple(found)
        self._whole = not found
        at = self._rows.table.verticalScrollBar().value()
        self._rows.show_slips(self._shown)
        if more:
            self._rows.table.verticalScrollBar().setValue(at)
        self.show_subtitle(self.tr("entries shown: {count}").format(count=self._formats.number(len(self._shown))))
        if not self._shown:
            self._on_picked(None)

    def _on_scrolled(self, at: int) -> None:
        """The next page, when the end of this one comes near."""
        bar = self._rows.table.verticalScrollBar()
        height = max(self._rows.table.verticalHeader().defaultSectionSize(), 1)
        if self._whole or not self._shown or bar.maximum() - at > _NEAR_END * height:
            return
        self._whole = True
        asked, last = self._asked, self._shown[-1].sequence
        self._workroom.run(
            self, lambda: self._acts.page(asked, last), lambda found: self._show(asked, found, more=True)
        )

    def _on_entered(self) -> None:
        if self._pause.isActive():
            self.search_now()
        self._rows.take_cursor()

    def _on_picked(self, entry: object) -> None:
        if not isinstance(entry, Entry):
            self._title.setText("")
            self._facts.setText("")
            self._changed.show_slips(())
            return
        self._workroom.run(self, lambda: self._acts.told(entry.sequence), self.show_told)

    def show_told(self, told: Told) -> None:
        """An entry with what it changed."""
        current = self._rows.current()
        entry = told.entry
        if isinstance(current, Entry) and current.sequence != entry.sequence:
            return
        self._title.setText(f"{act_word(entry.act)}  ·  {isolated(number_of(entry.subject))}")
        said = self.tr("Entry {entry}, {when}, by {officer}. Revision {revision} of {subject}. Digest {digest}…")
        words = said.format(
            entry=self._formats.number(entry.sequence),
            when=self._formats.moment(entry.at),
            officer=self._names.get(entry.by, entry.by),
            revision=entry.revision,
            subject=isolated(entry.subject),
            digest=isolated(entry.digest[:16]),
        )
        reason = self.tr("Reason: {why}").format(why=reason_words(entry.why, self._names)) if entry.why else ""
        self._facts.setText("\n".join(filter(None, (words, reason))))
        self._changed.show_slips(told.changed)

    def _on_opened(self, entry: Entry) -> None:
        kind = entry.subject.partition("/")[0]
        section = section_of(self, kind)
        if section:
            self.going.emit(section, entry.subject)
        else:
            words = self.tr("{number} is shown on no page of yours; what it was stands beside.")
            self.noted.emit(words.format(number=isolated(number_of(entry.subject))))

    def _sheet(self) -> ListSheet:
        return table_sheet(self.tr("History"), self._columns, self._shown)

    # Is it whole?

    def check(self) -> None:
        """Every digest again, every record against the books; the window goes on meanwhile."""
        if self._stop is not None:
            return
        stop = self._stop = Event()

        def tell(done: int, entries: int) -> None:
            if stop.is_set():
                raise CheckStopped(done, entries)
            self._went.emit(done, entries)

        self._check.setEnabled(False)
        self._cancel.show()
        self._found.show_words("")
        self._on_went(0, 1)
        # Not in the store's lane: everybody else would wait for the end.
        self._workroom.run(self, lambda: self._acts.check(tell), self._on_checked, self._on_stopped, lane="paper")

    def _on_cancel(self) -> None:
        if self._stop is not None:
            self._stop.set()

    def _on_went(self, done: int, entries: int) -> None:
        words = self.tr("checked: {percent} %").format(percent=done * 100 // max(entries, 1))
        self._progress.setText(words)
        self.state_changed.emit("history", Tone.NOTE.value, words)

    def _on_checked(self, audit: Audit) -> None:
        if audit.intact:
            said = self.tr("Whole: {count} entries, each follows from the one before, and the books are what they say.")
            self._ended(said.format(count=self._formats.number(audit.head.size)), Tone.OK)
        elif audit.broken_at is not None:
            said = self.tr("Broken at entry {entry}: what stands there is not what was written. Call the Authority.")
            self._ended(said.format(entry=self._formats.number(audit.broken_at)), Tone.STOP)
        elif audit.head != audit.stated:
            said = self.tr("The end is cut off: {size} entries are left of {stated}. Call the Authority.")
            size, stated = (self._formats.number(each.size) for each in (audit.head, audit.stated))
            self._ended(said.format(size=size, stated=stated), Tone.STOP)
        else:
            said = self.tr("The chain is whole, but the books differ from it: {things}. Call the Authority.")
            shown = ", ".join(isolated(each) for each in audit.differing[:8])
            self._ended(said.format(things=shown), Tone.STOP)

    def _on_stopped(self, problem: Outcome) -> None:
        self._ended(messages.in_full(problem), Tone.NOTE if isinstance(problem, CheckStopped) else Tone.STOP)

    def _ended(self, words: str, tone: Tone) -> None:
        self._stop = None
        self._check.setEnabled(True)
        self._cancel.hide()
        self._progress.setText("")
        self._found.show_words(words, tone)
        announce(self._found, words)
        state = self.tr("history whole") if tone is Tone.OK else self.tr("history: see there")
        self.state_changed.emit("history", tone.value, state)

    def prove(self) -> None:
        """Does what was carried out of the machine still stand in it?"""
        typed = self._anchor.text().strip()
        if typed:
            self._workroom.run(self, lambda: self._acts.prove(typed), self._on_proved, self._on_refused)

    def _on_proved(self, proved: Proved) -> None:
        size = self._formats.number(proved.anchor.size)
        if proved.entry is None:
            said = self.tr("Not of this history: it has another entry {size}, or does not reach so far.")
            self._say(said.format(size=size), Tone.STOP)
            return
        said = self.tr("In this history at entry {size}, {day}.")
        words = said.format(size=size, day=self._formats.moment(proved.entry.at))
        if proved.anchor.epoch != proved.epoch:
            words += " " + self.tr("The books were restored since.")
        self._say(words, Tone.OK)

    def _on_refused(self, problem: Outcome) -> None:
        self._say(messages.in_full(problem), Tone.STOP)

    def _say(self, words: str, tone: Tone) -> None:
        self._proved.show_words(words, tone)
        announce(self._proved, words)
        self._anchor.selectAll()


def _fill(field: QComboBox, options: Sequence[tuple[str, str]], chosen: str) -> None:
    """Without telling anybody."""
    field.blockSignals(True)
    field.clear()
    for words, value in options:
        field.addItem(words, value)
    field.setCurrentIndex(max(field.findData(chosen), 0))
    field.blockSignals(False)
