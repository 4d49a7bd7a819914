"""Office today: what is overdue, what officers did and have, how long parcels lie, what was exported (desk.md §4)."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from pathlib import Path

from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from kpdesk.domain.office_today import AGES, Alarm, Alert, OfficerDay, OfficeToday
from kpdesk.domain.papers import ListSheet
from ui import look
from ui.formats import isolated, month
from ui.supervisor.as_sheet import chart_sheet, table_sheet
from ui.supervisor.listing import ListActs, ListBar, WithPaper
from ui.supervisor.words import alarm_word, section_of, state_word, stock_word
from ui.surface import Surface
from ui.tones import Tone
from ui.widgets.card import BETWEEN, card, column, table_card, text
from ui.widgets.chart import Chart, Mark, Series, Shape
from ui.widgets.columns import Columns
from ui.widgets.page import Page
from ui.widgets.paper_view import PaperActs, Shown
from ui.widgets.rows import Column, Rows
from ui.widgets.tabs import Tabs

_SHOWS = frozenset(
    {"parcels", "certificates", "stock", "confirmations", "balances", "closing", "exceptions", "batches", "lists"}
)
_OPENS = {
    Alarm.SHEET: ("issue",),
    Alarm.BARRED: ("parcels",),
    Alarm.BALANCE: ("balances",),
    Alarm.CONTEST: ("parcels",),
    Alarm.EXIT: ("leaving",),
    Alarm.CONFIRMATION: ("confirmations",),
    Alarm.STOCK: ("stock",),
    Alarm.LISTS: ("sending", "batches"),
    Alarm.UNSENT: ("sending", "batches"),
    Alarm.EXCEPTIONS: ("exceptions",),
}
"""The sections where an alarm is looked into; the first that the officer has."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficeTodayActs:
    """What the page asks of a desk; all run in the workroom."""

    office: Callable[[], OfficeToday]
    clock: Callable[[], datetime]
    draw: Callable[[ListSheet], Shown]
    save: Callable[[ListSheet, Path], Path]
    paper: PaperActs


class OfficeTodayPage(Page):
    """↑↓ walks, Enter opens what the line is about; an officer's line opens what that officer did."""

    def __init__(self, acts: OfficeTodayActs, surface: Surface) -> None:
        super().__init__("office_today", surface)
        self._acts, self._surface = acts, surface
        self._office: OfficeToday | None = None
        self._build()
        self._wire()

    def _build(self) -> None:
        self._alerts = Rows(
            "office_alerts",
            self.tr("What wants looking at"),
            (
                Column(self.tr("What"), self._what, wide=True, tone=_tone),
                Column(self.tr("First"), lambda alert: alert.about),
                Column(self.tr("How many"), self._count, number=True),
                Column(self.tr("Days"), lambda alert: "" if alert.days is None else str(alert.days), number=True),
            ),
            self.tr("Nothing is overdue. Sheets without an answer, late exports and short stock appear here."),
        )
        self._people = (
            Column(self.tr("Officer"), lambda day: day.name, wide=True),
            Column(self.tr("Parcels"), lambda day: self._some(day.parcels), number=True),
            Column(self.tr("Weighed"), lambda day: self._some(day.weighings), number=True),
            Column(self.tr("Figures"), lambda day: self._some(day.figures), number=True),
            Column(self.tr("Signed"), lambda day: self._some(day.signatures), number=True),
            Column(self.tr("Holds, days"), self._holds, number=True),
        )
        empty = self.tr("Nobody is an officer here.")
        self._officers = Rows("office_officers", self.tr("Officers today"), self._people, empty)
        for each in (self._alerts, self._officers):
            each.setMinimumHeight(look.current().px(150))
        names = (
            (self.tr("Officers today"), "officers"),
            (self.tr("Parcels by age"), "ages"),
            (self.tr("Carats by month"), "carats"),
            (self.tr("US$ per carat by month"), "prices"),
        )
        lists = ListActs(
            draw=lambda which: self._acts.draw(self._sheet(which)),
            save=lambda which, file: self._acts.save(self._sheet(which), file),
            paper=self._acts.paper,
        )
        self._bar = ListBar("office", names, lists, self._surface)
        officers = table_card("office_officers_card", self.tr("Officers today"), self._officers)
        officers.layout().addWidget(self._bar)  # type: ignore[union-attr]
        left = column(
            table_card("office_alerts_card", self.tr("What wants looking at"), self._alerts), officers, gap=BETWEEN
        )
        left.setStretch(0, 2)
        left.setStretch(1, 3)
        view = QWidget()
        right = column(self._charts_card(), gap=BETWEEN)
        Columns(view, (left, 8), (right, 5))
        self._papers = WithPaper("office_today", view, self._acts.paper, self._surface)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._papers)

    def _charts_card(self) -> QFrame:
        number = self._formats.number
        self._ages = Chart(
            "office_ages",
            self.tr("Parcels in the house by days since the last act"),
            shape=Shape.LYING,
            along=self.tr("State"),
            series=[Series(words, tone) for words, tone in self._buckets()],
            write=number,
            empty=self.tr("No parcel is in the house."),
        )
        years = (Series(self.tr("last year"), "edge"), Series(self.tr("this year"), "note"))
        self._carats = Chart(
            "office_carats",
            self.tr("Carats exported by month"),
            shape=Shape.BESIDE,
            along=self.tr("Month"),
            series=years,
            write=number,
            empty=self.tr("Nothing was exported in these two years."),
        )
        self._prices = Chart(
            "office_prices",
            self.tr("US$ per carat exported, by month"),
            shape=Shape.LINE,
            along=self.tr("Month"),
            series=years,
            write=number,
            empty=self.tr("Nothing was exported in these two years."),
        )
        self._months = Tabs("office_months", self.tr("By month"))
        self._months.add(self.tr("Carats"), self._carats)
        self._months.add(self.tr("US$ per carat"), self._prices)
        frame, inside = card("office_charts")
        self._aged, self._exported = (text("", "muted", wrap=True) for _ in range(2))
        self._aged.setObjectName("office_aged")
        self._exported.setObjectName("office_exported")
        inside.addWidget(text(self.tr("Parcels by days since the last act"), "caption", wrap=True))
        inside.addWidget(self._ages, 5)
        inside.addWidget(self._aged)
        inside.addSpacing(12)
        inside.addWidget(text(self.tr("Exported by month"), "caption"))
        inside.addWidget(self._months, 4)
        inside.addWidget(self._exported)
        return frame

    def _buckets(self) -> list[tuple[str, str]]:
        first, second, third = AGES
        return [
            (self.tr("today"), "ok"),
            (self.tr("{first}–{last} days").format(first=first, last=second - 1), "note"),
            (self.tr("{first}–{last} days").format(first=second, last=third - 1), "liftable"),
            (self.tr("{days} and over").format(days=third), "stop"),
        ]

    def _wire(self) -> None:
        self._alerts.opened.connect(self._on_alert)
        self._officers.opened.connect(lambda day: self.going.emit("log", f"officer/{day.id}"))
        self._months.bar.currentChanged.connect(lambda _: self._say())
        self._bar.drawn.connect(self._papers.show_paper)
        self._papers.closed.connect(self._alerts.take_cursor)
        self._workroom.changed.connect(self._on_changed)
        self.bind("figures", self._turn)
        self.bind("next_tab", self._months.next)
        self.bind("print", self._bar.show_paper)

    def enter(self) -> None:
        self._alerts.take_cursor()
        self._ask()

    def _ask(self) -> None:
        self._workroom.run(self, self._acts.office, self.show_office)

    def _on_changed(self, changes: frozenset[str]) -> None:
        if self.isVisible() and changes & _SHOWS:
            self._ask()

    def show_office(self, office: OfficeToday) -> None:
        self._office = office
        self._alerts.show_slips(office.alerts)
        busy = sorted(office.officers, key=lambda day: (-day.acts, day.name))
        self._officers.show_slips(busy)
        urgent = sum(alert.urgent for alert in office.alerts)
        words = self.tr("urgent: {urgent}, to be looked at: {count}")
        self.show_subtitle(words.format(urgent=urgent, count=len(office.alerts)))
        self._show_ages(office)
        self._show_months(office)
        self._say()

    def _show_ages(self, office: OfficeToday) -> None:
        marks = [Mark(state_word(each.state), each.counts) for each in office.ageing]
        old = [(each, each.counts[-1]) for each in office.ageing if each.counts[-1]]
        total = sum(sum(each.counts) for each in office.ageing)
        if not total:
            words = self.tr("No parcel is in the house.")
        elif old:
            most = max(old, key=lambda each: each[1])[0]
            said = self.tr("{count} of {total} lie {days} days and longer, most of them {state}.")
            words = said.format(
                count=sum(count for _, count in old), total=total, days=AGES[-1], state=state_word(most.state)
            )
        else:
            words = self.tr("{total} parcels, none longer than {days} days.").format(total=total, days=AGES[-1] - 1)
        self._ages.show_marks(marks, words)
        self._aged.setText(words)

    def _show_months(self, office: OfficeToday) -> None:
        last, this = office.months[:12], office.months[12:]
        current = self._acts.clock().month
        carats, prices = [], []
        for before, now in zip(last, this, strict=True):
            name = month(now.first)[:3]
            ahead = now.first.month > current
            carats.append(Mark(name, (before.carats.value, None if ahead else now.carats.value)))
            prices.append(Mark(name, (before.per_carat, None if ahead else now.per_carat)))
        until = range(current)
        sums = [sum((year[at].carats.value for at in until), Decimal(0)) for year in (last, this)]
        said = self.tr("So far this year {now} ct, last year by then {before} ct.")
        whole = [self._formats.number(each.quantize(Decimal(1))) for each in sums]
        self._carats.show_marks(carats, said.format(now=whole[1], before=whole[0]))
        values = [sum((year[at].value.value for at in until), Decimal(0)) for year in (last, this)]
        mean = [
            self._formats.number((value / carats).quantize(Decimal("0.01"))) if carats else "–"
            for value, carats in zip(values, sums, strict=True)
        ]
        said = self.tr("So far this year US$ {now} a carat, last year by then US$ {before}.")
        self._prices.show_marks(prices, said.format(now=mean[1], before=mean[0]))

    def _say(self) -> None:
        said = self.tr("{finding} {key}: table or picture.")
        finding = (self._carats, self._prices)[self._months.current].told
        self._exported.setText(said.format(finding=finding, key=self._keyboard.name("figures")))

    def _turn(self) -> None:
        """All pictures of the page, or all tables; the keys go to the first."""
        (self._carats, self._prices)[self._months.current].turn()
        self._ages.turn()

    # What the lines say

    def _some(self, count: int) -> str:
        return self._formats.number(count) if count else "·"

    def _holds(self, day: OfficerDay) -> str:
        """How many parcels, and how many days the one held longest lies there."""
        if day.oldest is None:
            return "·"
        return f"{self._formats.number(day.holds)} · {(self._acts.clock() - day.oldest).days}"

    def _what(self, alert: Alert) -> str:
        if alert.alarm is Alarm.STOCK:
            return self.tr("{what}: working days left").format(what=stock_word(alert.about))
        if alert.alarm is Alarm.LISTS and alert.days is None:
            return self.tr("There are no lists of the Authority")
        return alarm_word(alert.alarm)

    def _count(self, alert: Alert) -> str:
        return "" if alert.alarm is Alarm.LISTS else self._formats.number(alert.count)

    def _on_alert(self, alert: Alert) -> None:
        there = getattr(self.window(), "sections", ())
        own = section_of(self, alert.subject.partition("/")[0]) if alert.subject else ""
        key = next((each for each in _OPENS[alert.alarm] if each in there), own)
        if key:
            self.going.emit(key, alert.subject if "/" in alert.subject else "")
        else:
            words = self.tr("{what}: that is looked into at another officer's window. {number}")
            self.noted.emit(words.format(what=self._what(alert), number=isolated(alert.about)).strip())

    def _sheet(self, which: str) -> ListSheet:
        if which == "officers":
            return table_sheet(self.tr("Officers today"), self._people, self._officers.model.slips)
        chart = {"ages": self._ages, "carats": self._carats}.get(which, self._prices)
        along = self.tr("State") if which == "ages" else self.tr("Month")
        return chart_sheet(chart.plot, along)


def _tone(alert: Alert) -> Tone:
    return Tone.STOP if alert.urgent else Tone.LIFTABLE
