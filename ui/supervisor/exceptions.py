"""Exceptions: what was not the ordinary way, by sort, officer and weeks; a supervisor signs each off (desk.md §4)."""

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from PySide6.QtWidgets import QComboBox, QFrame, QVBoxLayout, QWidget

from kpdesk.domain.exceptions import Exceptional, Exceptions, What, monday_of
from kpdesk.domain.outcomes import Outcome
from kpdesk.domain.papers import ListSheet
from ui import look, messages
from ui.supervisor.as_sheet import chart_sheet, table_sheet
from ui.supervisor.listing import ListActs, ListBar, WithPaper
from ui.supervisor.words import number_of, reason_words, section_of, what_word
from ui.surface import Surface
from ui.tones import Tone
from ui.widgets.abreast import Abreast
from ui.widgets.card import BETWEEN, Notice, button, card, column, row, table_card, text
from ui.widgets.chart import Chart, Mark, Plot, Series, Shape
from ui.widgets.columns import Columns
from ui.widgets.field import Field, choice, line
from ui.widgets.page import Page
from ui.widgets.paper_view import PaperActs, Shown
from ui.widgets.rows import Column, Rows
from ui.widgets.tabs import Tabs

_SPANS = (1, 5, 13, 52)
_MANY_TYPED = 10
"""Percent of the weights."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ExceptionsActs:
    """What the page asks of a desk; all run in the workroom."""

    found: Callable[[int], tuple[Exceptions, Mapping[str, str]]]
    """Of so many weeks; officers' names by id."""
    sign: Callable[[str, str, int], Exceptional]
    """(key, remark, weeks)."""
    day_of: Callable[[Exceptional], date]
    """The office's day of one."""
    draw: Callable[[ListSheet], Shown]
    save: Callable[[ListSheet, Path], Path]
    paper: PaperActs
    officer: str
    """The id of the one who looks."""


class ExceptionsPage(Page):
    """↑↓ walks, Enter opens the thing, Ctrl+Enter signs off and goes on to the next."""

    def __init__(self, acts: ExceptionsActs, surface: Surface, *, may_sign: bool) -> None:
        """`may_sign`: a supervisor; an auditor looks."""
        super().__init__("exceptions", surface)
        self._acts, self._surface, self._may_sign = acts, surface, may_sign
        self._all: Exceptions | None = None
        self._names: Mapping[str, str] = {}
        self._shown: tuple[Exceptional, ...] = ()
        self._build()
        self._wire()

    def _build(self) -> None:
        self._what, self._by = choice("exceptions_what"), choice("exceptions_by")
        spans = {1: self.tr("this week"), 52: self.tr("52 weeks")}
        said = self.tr("{count} weeks")
        self._span = choice("exceptions_span", *((spans.get(each, said.format(count=each)), each) for each in _SPANS))
        self._span.setCurrentIndex(_SPANS.index(13))
        self._state = choice("exceptions_state", (self.tr("open ones"), "open"), (self.tr("all"), "all"))
        for each in (self._what, self._by, self._span, self._state):
            each.setMinimumContentsLength(6)
        asked, inside = card("exceptions_asked")
        fields = Abreast(4, gap=12, between=8)
        fields.show_widgets(
            [
                Field(self.tr("&Sort"), self._what),
                Field(self.tr("&Officer"), self._by),
                Field(self.tr("&Days"), self._span),
                Field(self.tr("S&how"), self._state),
            ]
        )
        inside.addWidget(fields)
        self._columns = (
            Column(self.tr("When"), lambda one: self._formats.date(self._acts.day_of(one))),
            Column(self.tr("What"), lambda one: what_word(one.what), tone=_tone),
            Column(self.tr("Of"), lambda one: number_of(one.subject) or "–"),
            Column(self.tr("Officer"), self._who),
            Column(self.tr("Reason"), self._why, wide=True),
            Column(self.tr("Signed off"), self._signed),
        )
        empty = self.tr("Nothing here waits for a signature. What is not done the ordinary way is listed here.")
        self._rows = Rows("exceptions_rows", self.tr("Exceptions"), self._columns, empty)
        self._rows.setMinimumHeight(look.current().px(180))
        lists = ListActs(
            draw=lambda which: self._acts.draw(self._sheet(which)),
            save=lambda which, file: self._acts.save(self._sheet(which), file),
            paper=self._acts.paper,
        )
        names = ((self.tr("Exceptions as shown"), "shown"), (self.tr("By week"), "weeks"), (self.tr("By hand"), "hand"))
        self._bar = ListBar("exceptions", names, lists, self._surface)
        held = table_card("exceptions_card", self.tr("The newest first"), self._rows)
        held.layout().addWidget(self._bar)  # type: ignore[union-attr]
        view = QWidget()
        left = column(asked, held, gap=BETWEEN)
        left.setStretch(1, 1)
        right = column(self._detail(), self._trend(), gap=BETWEEN)
        right.setStretch(1, 1)
        Columns(view, (left, 7), (right, 4))
        self._papers = WithPaper("exceptions", view, self._acts.paper, self._surface)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._papers)

    def _detail(self) -> QFrame:
        frame, inside = card("exceptions_detail")
        inside.setSpacing(10)
        self._title = text("", "heading", wrap=True)
        self._title.setObjectName("exceptions_title")
        self._facts = text("", "muted", wrap=True)
        self._facts.setObjectName("exceptions_facts")
        self._remark = line("exceptions_remark")
        self._remark_field = Field(self.tr("What you &found"), self._remark)
        self._sign = button("exceptions_sign", self.tr("Sign off"), self._keyboard.name("main"), primary=True)
        self._notice = Notice("exceptions_notice")
        for each in (self._title, self._facts, self._remark_field, self._notice):
            inside.addWidget(each)
        inside.addLayout(row(self._sign, 1))
        self._remark_field.setVisible(self._may_sign)
        self._sign.setVisible(self._may_sign)
        return frame

    def _trend(self) -> QFrame:
        frame, inside = card("exceptions_trend")
        self._weeks = Chart(
            "exceptions_weeks",
            self.tr("Exceptions by week"),
            shape=Shape.STACKED,
            along=self.tr("Week from"),
            series=(Series(self.tr("signed off"), "edge"), Series(self.tr("to be signed off"), "note")),
            write=self._formats.number,
            empty=self.tr("There were none."),
        )
        self._hand = Chart(
            "exceptions_hand",
            self.tr("Weights typed by hand, in percent of a week"),
            shape=Shape.LINE,
            along=self.tr("Week from"),
            series=(Series(self.tr("by hand, %"), "note"),),
            write=self._formats.number,
            empty=self.tr("Nothing was weighed."),
        )
        self._charts = Tabs("exceptions_charts", self.tr("Charts"))
        self._charts.add(self.tr("By week"), self._weeks)
        self._charts.add(self.tr("By hand"), self._hand)
        self._finding = text("", "muted", wrap=True)
        self._finding.setObjectName("exceptions_finding")
        inside.addWidget(self._charts, 1)
        inside.addWidget(self._finding)
        return frame

    def _wire(self) -> None:
        self._span.currentIndexChanged.connect(self._ask)
        for each in (self._what, self._by, self._state):
            each.currentIndexChanged.connect(self._filter)
        self._rows.picked.connect(self._on_picked)
        self._rows.opened.connect(self._on_opened)
        self._sign.clicked.connect(self.sign_off)
        self._remark.returnPressed.connect(self._sign.setFocus)
        self._charts.bar.currentChanged.connect(lambda _: self._say())
        self._bar.drawn.connect(self._papers.show_paper)
        self._papers.closed.connect(self._rows.take_cursor)
        self._workroom.changed.connect(self._on_changed)
        self.bind("figures", self._turn)
        self.bind("next_tab", self._charts.next)
        self.bind("print", self._bar.show_paper)
        if self._may_sign:
            self.bind("main", self.sign_off)

    def enter(self) -> None:
        self._ask()
        self._rows.take_cursor()

    @property
    def weeks(self) -> int:
        return int(self._span.currentData())

    def _ask(self) -> None:
        weeks = self.weeks
        self._workroom.run(self, lambda: self._acts.found(weeks), lambda found: self._show(weeks, *found))

    def _show(self, weeks: int, found: Exceptions, names: Mapping[str, str]) -> None:
        if weeks != self.weeks:
            return
        self._all, self._names = found, names
        sorts = Counter(each.what for each in found.found if self._is_open(each))
        sorted_ = [(f"{what_word(each)}  {sorts[each] or ''}".strip(), each) for each in What]
        _fill(self._what, [(self.tr("every sort"), ""), *sorted_])
        people = {officer for each in found.found for officer in each.officers[:1]}
        _fill(self._by, [(self.tr("everybody"), ""), *sorted((names.get(each, each), each) for each in people)])
        self._filter()
        if found.cut:
            self._notice.show_words(self.tr("There are more than can be listed; choose fewer weeks."), Tone.NOTE)

    def _is_open(self, one: Exceptional) -> bool:
        return one.signed is None

    def _filter(self) -> None:
        if self._all is None:
            return
        what, by = self._what.currentData() or "", self._by.currentData() or ""
        chosen = [
            each for each in self._all.found if (not what or each.what == what) and (not by or by in each.officers[:1])
        ]
        waiting = [each for each in chosen if self._is_open(each)]
        self._shown = tuple(waiting if self._state.currentData() == "open" else chosen)
        self._rows.show_slips(self._shown)
        self._on_picked(self._rows.current())
        self.show_subtitle(self.tr("to be signed off: {count}").format(count=self._formats.number(len(waiting))))
        self._draw(chosen)

    def _draw(self, chosen: Sequence[Exceptional]) -> None:
        """The trend of what is chosen; the share by hand is of all weighings."""
        assert self._all is not None
        done, waiting = Counter[date](), Counter[date]()
        for each in chosen:
            (waiting if each.signed is None else done)[monday_of(self._acts.day_of(each))] += 1
        marks, hand = [], []
        for week in self._all.weeks:
            name, short = self._formats.date(week.monday), self._formats.date(week.monday)[:6]
            marks.append(Mark(name, (done[week.monday], waiting[week.monday]), short))
            share = round(week.typed * 100 / week.weighed) if week.weighed else None
            hand.append(Mark(name, (share,), short))
        last = self._all.weeks[-1]
        said = self.tr("This week {now}, on average {mean} a week; {open} are to be signed off.")
        total = len(chosen)
        words = said.format(
            now=done[last.monday] + waiting[last.monday],
            mean=self._formats.number(round(total / len(marks))),
            open=sum(waiting.values()),
        )
        self._weeks.show_marks(marks, words)
        typed = self.tr("This week {typed} of {weighed} weights were typed; the dashed line is at {limit} %.")
        self._hand.show_marks(
            hand,
            typed.format(typed=last.typed, weighed=last.weighed, limit=_MANY_TYPED),
            limit=_MANY_TYPED,
        )
        self._say()

    def _say(self) -> None:
        said = self.tr("{finding} {key}: table or picture.")
        finding = (self._weeks, self._hand)[self._charts.current].told
        self._finding.setText(said.format(finding=finding, key=self._keyboard.name("figures")))

    def _turn(self) -> None:
        (self._weeks, self._hand)[self._charts.current].turn()

    # One of them

    def _on_picked(self, one: object) -> None:
        self._notice.show_words("")
        if not isinstance(one, Exceptional):
            self._title.setText(self.tr("Nothing chosen"))
            self._facts.setText("")
            self._sign.setEnabled(False)
            return
        self._title.setText(what_word(one.what))
        lines = [
            " · ".join(filter(None, (self._formats.moment(one.at), self._everybody(one), number_of(one.subject)))),
            self._why(one),
        ]
        if one.signed:
            said = self.tr("Signed off by {officer}, {when}. {remark}")
            by = self._names.get(one.signed.by, one.signed.by)
            lines.append(said.format(officer=by, when=self._formats.moment(one.signed.at), remark=one.signed.remark))
        own = self._acts.officer in one.officers
        if own and self._may_sign and not one.signed:
            lines.append(self.tr("It concerns you: another supervisor signs it off."))
        self._facts.setText("\n".join(filter(None, lines)))
        self._sign.setEnabled(one.signed is None and not own)

    def _who(self, one: Exceptional) -> str:
        return self._names.get(one.officers[0], one.officers[0]) if one.officers else "–"

    def _everybody(self, one: Exceptional) -> str:
        return ", ".join(self._names.get(each, each) for each in one.officers)

    def _why(self, one: Exceptional) -> str:
        number = self._formats.number
        match one.what:
            case What.TYPED_OFTEN:
                said = self.tr("{typed} of {weighed} weights typed, {percent} %")
                return said.format(typed=one.count, weighed=one.of, percent=one.count * 100 // max(one.of, 1))
            case What.PORTIONS:
                return self.tr("in {count} portions on {balance}").format(count=one.count, balance=one.why)
            case What.CALIBRATION:
                return self.tr("days overdue: {days}").format(days=number(one.count))
            case What.HOURS:
                return self.tr("acts: {count}").format(count=number(one.count))
            case What.REFUSED:
                return re.sub(r"(?<=[a-z])(?=[A-Z])", " ", one.why).capitalize()
        return reason_words(one.why, self._names)

    def _signed(self, one: Exceptional) -> str:
        return self._names.get(one.signed.by, one.signed.by) if one.signed else ""

    def _on_opened(self, one: Exceptional) -> None:
        kind = one.subject.partition("/")[0]
        section = section_of(self, kind)
        if section:
            self.going.emit(section, one.subject)
        else:
            subject = one.subject or (f"officer/{one.officers[0]}" if one.officers else "")
            self.going.emit("log", subject)

    def sign_off(self) -> None:
        """This one is looked into."""
        one = self._rows.current()
        if not isinstance(one, Exceptional) or not self._sign.isEnabled():
            return
        remark, weeks = self._remark.text().strip(), self.weeks
        self._sign.setEnabled(False)
        self._workroom.run(
            self,
            lambda: self._acts.sign(one.key, remark, weeks),
            self._on_signed,
            self._on_refused,
            changes=("exceptions",),
        )

    def _on_signed(self, one: Exceptional) -> None:
        self._remark.clear()
        self.told.emit(self.tr("Signed off: {what}").format(what=what_word(one.what)))

    def _on_refused(self, problem: Outcome) -> None:
        self._notice.show_words(messages.in_full(problem))

    def _on_changed(self, changes: frozenset[str]) -> None:
        if self.isVisible() and changes & {"exceptions", "parcels", "stock", "balances"}:
            self._ask()

    def _sheet(self, which: str) -> ListSheet:
        if which == "shown":
            return table_sheet(self.tr("Exceptions"), self._columns, self._shown, plot=self._weeks.plot)
        return chart_sheet(self._plot(which), self.tr("Week from"))

    def _plot(self, which: str) -> Plot:
        return (self._weeks if which == "weeks" else self._hand).plot


def _tone(one: Exceptional) -> Tone:
    if one.signed is not None:
        return Tone.OK
    return Tone.STOP if one.what in (What.MISSING, What.CALIBRATION, What.LIFTED) else Tone.LIFTABLE


def _fill(field: QComboBox, options: Sequence[tuple[str, object]]) -> None:
    """Keeps what is chosen, and tells nobody."""
    chosen = field.currentData() or ""
    field.blockSignals(True)
    field.clear()
    for words, value in options:
        field.addItem(words, value)
    field.setCurrentIndex(max(field.findData(chosen), 0))
    field.blockSignals(False)
