"""Today: four tiles and what waits for this officer (desk.md §6 A)."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QGridLayout, QVBoxLayout, QWidget

from kpdesk.desks.appointments import AppointmentSlip
from kpdesk.domain.slips import TodaySlip, Waiting
from ui import look
from ui.appointments import occasion_word
from ui.marks import QT_TRANSLATE_NOOP
from ui.surface import Surface
from ui.tones import Tone
from ui.widgets.card import BETWEEN, table_card, text
from ui.widgets.charts import Bars, Gauge, Pips
from ui.widgets.page import Page
from ui.widgets.rows import Column, Rows

_FOUR_ABREAST = 800
_TONE = "note"
"""Of the pictures: no role's own, for the inspector's is red."""
_SHOWS = frozenset({"parcels", "certificates", "stock", "confirmations", "appointments"})
_STEPS = {
    "weigh_again": QT_TRANSLATE_NOOP("steps", "second weighing"),
    "weigh": QT_TRANSLATE_NOOP("steps", "weighing"),
    "value": QT_TRANSLATE_NOOP("steps", "valuation"),
    "bag": QT_TRANSLATE_NOOP("steps", "closing into a bag"),
    "seal": QT_TRANSLATE_NOOP("steps", "verification and seal"),
    "prepare": QT_TRANSLATE_NOOP("steps", "drawing up the certificate"),
    "approve": QT_TRANSLATE_NOOP("steps", "second approval"),
    "print": QT_TRANSLATE_NOOP("steps", "printing"),
    "validate": QT_TRANSLATE_NOOP("steps", "validation"),
    "release": QT_TRANSLATE_NOOP("steps", "release to the carrier"),
    "exit": QT_TRANSLATE_NOOP("steps", "report of the export"),
    "production_missing": QT_TRANSLATE_NOOP("steps", "monthly return is late"),
    "purchases_missing": QT_TRANSLATE_NOOP("steps", "return of purchases is late"),
    "stock_declaration_missing": QT_TRANSLATE_NOOP("steps", "declaration of stock is late"),
}
"""The next step's code and its words."""
_OPENS = {
    "weigh": "weigh",
    "weigh_again": "weigh",
    "value": "value",
    "bag": "bag",
    "seal": "seal",
    "prepare": "issue",
    "approve": "approve",
    "print": "issue",
    "validate": "validate",
    "release": "leaving",
    "exit": "leaving",
    "production_missing": "returns",
    "purchases_missing": "returns",
    "stock_declaration_missing": "returns",
}
"""The section where a step is taken."""


@dataclass(frozen=True, slots=True)
class TodayActs:
    """What the page asks of a desk."""

    today: Callable[[], TodaySlip]
    expected: Callable[[], Sequence[AppointmentSlip]]
    """Who comes today."""
    clock: Callable[[], datetime]


class Tile(QFrame):
    """A caption, one large figure, what it means, and a small picture."""

    def __init__(self, name: str, caption: str, picture: QWidget) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setProperty("card", True)
        self.figure = text("–", "figure")
        self.figure.setObjectName(f"{name}_figure")
        self.figure.setAccessibleName(caption)
        self.words = text(" ", "muted", wrap=True)
        self.words.setObjectName(f"{name}_words")
        inside = QVBoxLayout(self)
        inside.setContentsMargins(20, 16, 20, 16)
        inside.setSpacing(2)
        for widget in (text(caption, "caption"), self.figure, self.words):
            inside.addWidget(widget)
        inside.addStretch(1)
        inside.addWidget(picture)

    def show_figure(self, figure: str, words: str, finding: str = "") -> None:
        self.figure.setText(figure)
        self.words.setText(words)
        look.restyle(self.words, finding=finding)


class TodayPage(Page):
    """Asks again whenever something it shows has changed."""

    def __init__(self, acts: TodayActs, surface: Surface, sections: Collection[str]) -> None:
        """`sections`: the keys of those this officer may turn to."""
        super().__init__("today", surface)
        self._acts = acts
        self._sections = frozenset(sections)
        self._build()
        self._wire()

    def _build(self) -> None:
        self._hours = Bars("today_hours", self.tr("Parcels by hour"))
        self._days = Gauge("today_days", self.tr("Days the blanks will last"), full=40, amber=15, red=5)
        self._age = Gauge("today_age", self.tr("Age of the oldest in days"), full=60, amber=30, red=45, rising=True)
        self._parcels = Tile("today_parcels", self.tr("Parcels today"), self._hours)
        self._issues = Pips("today_issues", self.tr("To issue, and expiring"))
        self._certificates = Tile("today_certificates", self.tr("Certificates to issue"), self._issues)
        self._blanks = Tile("today_blanks", self.tr("Blanks, days left"), self._days)
        self._unconfirmed = Tile("today_unconfirmed", self.tr("Confirmations of receipt due"), self._age)
        now = self._acts.clock
        columns = (
            Column(self.tr("Number"), _number),
            Column(self.tr("Next step"), _step),
            Column(self.tr("Firm"), lambda waiting: waiting.about, wide=True),
            Column(self.tr("Carats"), self._carats, number=True),
            Column(self.tr("Since"), lambda waiting: self._formats.since(waiting.since, now()), number=True),
        )
        self._waiting = Rows(
            "today_waiting",
            self.tr("Waiting for you"),
            columns,
            self.tr("Nothing waits for you. Parcels to weigh again and certificates to issue appear here."),
            self.tr("Register a parcel") if "register" in self._sections else "",
        )
        waiting = table_card("today_waiting_card", self.tr("Waiting for you"), self._waiting)
        self._expected = Rows(
            "today_expected",
            self.tr("Expected today"),
            (
                Column(self.tr("Time"), lambda slip: self._formats.since(slip.appointment.at, now()), number=True),
                Column(self.tr("Who"), lambda slip: slip.who, wide=True),
                Column(self.tr("For"), lambda slip: occasion_word(slip.appointment.occasion)),
            ),
            self.tr("Nobody is expected today."),
            self.tr("Book a visit") if "appointments" in self._sections else "",
        )
        expected = table_card("today_expected_card", self.tr("Expected today"), self._expected)
        self._tiles = (self._parcels, self._certificates, self._blanks, self._unconfirmed)
        self._grid = QGridLayout()
        self._grid.setSpacing(BETWEEN)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(32, 8, 32, 32)
        whole.setSpacing(BETWEEN)
        whole.addLayout(self._grid)
        self._lists = QBoxLayout(QBoxLayout.Direction.TopToBottom)
        self._lists.setSpacing(BETWEEN)
        self._lists.addWidget(waiting, 7)
        self._lists.addWidget(expected, 4)
        whole.addLayout(self._lists, 1)
        self._place(2)

    def _place(self, abreast: int) -> None:
        """Four tiles beside each other, or two and two."""
        for place, tile in enumerate(self._tiles):
            self._grid.addWidget(tile, place // abreast, place % abreast)
            self._grid.setColumnStretch(place, int(place < abreast))
        beside = abreast == len(self._tiles)
        self._lists.setDirection(QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place(4 if event.size().width() >= look.current().px(_FOUR_ABREAST) else 2)

    def _wire(self) -> None:
        self._waiting.opened.connect(self._on_opened)
        self._waiting.filling_asked.connect(lambda: self.going.emit("register", ""))
        self._expected.filling_asked.connect(lambda: self.going.emit("appointments", ""))
        self._expected.opened.connect(lambda _: self.going.emit("appointments", ""))
        self._workroom.changed.connect(self._on_changed)

    def enter(self) -> None:
        self._waiting.take_cursor()
        self._ask()

    def _ask(self) -> None:
        self._workroom.run(self, self._acts.today, self.show_today)
        self._workroom.run(self, self._acts.expected, self._expected.show_slips)

    def show_today(self, today: TodaySlip) -> None:
        self._parcels.show_figure(str(today.parcels), self._formats.carats(today.carats))
        self._hours.show_bars(_working_day(today.by_hour), _TONE)
        expiring = self.tr("expiring within 7 days: {count}").format(count=today.expiring)
        self._certificates.show_figure(str(today.to_issue), expiring, "liftable" if today.expiring else "")
        self._issues.show_pips(((today.to_issue, _TONE), (today.expiring, "liftable")))
        self._show_blanks(today)
        self._show_unconfirmed(today)
        self._waiting.show_slips(today.waiting)
        self.show_subtitle(self.tr("waiting for you: {count}").format(count=len(today.waiting)))
        self._tell_state(today)

    def _show_blanks(self, today: TodaySlip) -> None:
        left = self.tr("in stock: {count}").format(count=self._formats.number(today.blanks))
        self._days.show_level(today.blanks_days)
        tone = self._days.tone
        days = "–" if today.blanks_days is None else str(today.blanks_days)
        self._blanks.show_figure(days, left, "" if tone == "ok" else tone)

    def _show_unconfirmed(self, today: TodaySlip) -> None:
        oldest = today.oldest_unconfirmed
        self._age.show_level(oldest)
        if oldest is None:
            self._unconfirmed.show_figure(str(today.unconfirmed), self.tr("none is waited for"))
        else:
            tone = self._age.tone
            words = self.tr("oldest, in days: {age}").format(age=oldest)
            self._unconfirmed.show_figure(str(today.unconfirmed), words, "" if tone == "ok" else tone)

    def _tell_state(self, today: TodaySlip) -> None:
        """What the status line knows of the office."""
        waiting = self.tr("waiting: {count}").format(count=len(today.waiting))
        unsent = self.tr("unsent: {count}").format(count=self._formats.number(today.unsent))
        lists = self.tr("no lists") if today.lists_age is None else self.tr("lists, days old: {age}")
        self.state_changed.emit("waiting", Tone.UNKNOWN.value, waiting)
        self.state_changed.emit("unsent", Tone.UNKNOWN.value, unsent)
        tone = Tone.STOP if today.lists_age is None else Tone.UNKNOWN
        self.state_changed.emit("lists", tone.value, lists.format(age=today.lists_age))

    def _carats(self, waiting: Waiting) -> str:
        return self._formats.carats(waiting.carats) if waiting.carats else ""

    def _on_opened(self, waiting: Waiting) -> None:
        section = _OPENS.get(waiting.what)
        if section in self._sections:
            self.going.emit(section, waiting.subject)
        else:
            words = self.tr("{number}: {step} is not done in this window.")
            self.noted.emit(words.format(number=_number(waiting), step=_step(waiting)))

    def _on_changed(self, changes: frozenset[str]) -> None:
        if self.isVisible() and changes & _SHOWS:
            self._ask()


def _number(waiting: Waiting) -> str:
    return waiting.subject.partition("/")[2]


def _step(waiting: Waiting) -> str:
    return QCoreApplication.translate("steps", _STEPS[waiting.what]) if waiting.what in _STEPS else waiting.what


def _working_day(by_hour: tuple[int, ...]) -> list[tuple[str, int]]:
    """From 7 to 18 o'clock, and more where something came in outside."""
    busy = [hour for hour, count in enumerate(by_hour) if count]
    first, last = min([7, *busy]), max([17, *busy])
    return [(f"{hour:02}", by_hour[hour]) for hour in range(first, last + 1)]
