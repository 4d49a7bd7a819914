"""Appointments and sights: who is expected, and whether they came."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import cast

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QVBoxLayout, QWidget

from kpdesk.desks.appointments import AppointmentSlip
from kpdesk.domain.appointment import Attendance, Occasion
from kpdesk.domain.days import NotAMoment, parse_time
from kpdesk.domain.outcomes import Outcome
from ui import messages
from ui.marks import QT_TRANSLATE_NOOP
from ui.surface import Surface
from ui.widgets.abreast import Abreast
from ui.widgets.card import BETWEEN, Notice, button, card, column, row, table_card
from ui.widgets.columns import Columns
from ui.widgets.day_field import DayField
from ui.widgets.field import EnterMoves, Field, choice, line
from ui.widgets.page import Page
from ui.widgets.pick_field import PickField
from ui.widgets.rows import Column, Rows

_CHANGES = ("appointments",)
_OCCASIONS = {
    Occasion.GOODS_IN: QT_TRANSLATE_NOOP("occasions", "brings goods"),
    Occasion.GOODS_OUT: QT_TRANSLATE_NOOP("occasions", "fetches goods"),
    Occasion.SIGHT: QT_TRANSLATE_NOOP("occasions", "sight"),
    Occasion.ARRIVAL: QT_TRANSLATE_NOOP("occasions", "opening of a container"),
    Occasion.OTHER: QT_TRANSLATE_NOOP("occasions", "visit"),
}


def occasion_word(occasion: Occasion) -> str:
    return QCoreApplication.translate("occasions", _OCCASIONS[occasion])


@dataclass(frozen=True, slots=True, kw_only=True)
class AppointmentActs:
    """What the page asks of a desk; all run in the workroom."""

    expected: Callable[[], Sequence[AppointmentSlip]]
    firms: Callable[[], Sequence[tuple[str, str]]]
    """(register number, name)."""
    book: Callable[[datetime, Occasion, str, str], AppointmentSlip]
    """(moment, occasion, firm, who comes)."""
    settle: Callable[[str, Attendance], AppointmentSlip]
    today: Callable[[], date]


class AppointmentsPage(Page):
    """The next first; whoever came or did not is noted with one key."""

    def __init__(self, acts: AppointmentActs, surface: Surface) -> None:
        super().__init__("appointments", surface)
        self._acts = acts
        self._build()
        self._wire()

    def _build(self) -> None:
        self._expected = Rows(
            "appointments_expected",
            self.tr("Expected"),
            (
                Column(self.tr("Day"), lambda slip: self._formats.moment(slip.appointment.at)),
                Column(self.tr("Who"), lambda slip: slip.who, wide=True),
                Column(self.tr("For"), lambda slip: occasion_word(slip.appointment.occasion)),
            ),
            self.tr("Nobody is expected. Book who announces a visit; it is shown on its day on Today."),
        )
        self._settle = {
            Attendance.CAME: button("appointments_came", self.tr("Came")),
            Attendance.MISSED: button("appointments_missed", self.tr("Did not come")),
            Attendance.CALLED_OFF: button("appointments_called_off", self.tr("Called off")),
        }
        listed = table_card("appointments_card", self.tr("Expected"), self._expected)
        settle = row(*self._settle.values(), 1, gap=12)
        settle.setContentsMargins(11, 8, 11, 8)
        below = QWidget()
        below.setLayout(settle)
        cast(QVBoxLayout, listed.layout()).addWidget(below)
        Columns(self, (column(listed, gap=BETWEEN), 7), (column(self._form(), 1), 5))

    def _form(self) -> QWidget:
        form, inside = card("appointments_form", self.tr("New appointment"))
        inside.setSpacing(12)
        self._notice = Notice("appointments_trouble")
        self._day = DayField("appointments_day", self.tr("&Day"), today=self._acts.today)
        self._time = line("appointments_time", longest=8)
        self._time_field = Field(self.tr("&Time"), self._time, below=True)
        self._occasion = choice(
            "appointments_occasion", *((occasion_word(occasion), occasion) for occasion in Occasion)
        )
        nothing = self.tr("Nothing known matches “{text}”. Type part of a name or number.")
        self._firm = PickField("appointments_firm", self.tr("&Firm"), nothing=nothing)
        self._who = line("appointments_who")
        self._book = button("appointments_book", self.tr("Book"), self._keyboard.name("main"), primary=True)
        fields = Abreast(2, gap=16, between=12)
        occasion, who = Field(self.tr("F&or"), self._occasion), Field(self.tr("&Who comes"), self._who)
        fields.show_widgets([self._day, self._time_field, occasion, self._firm, who], own=(self._firm, who, occasion))
        for widget in (self._notice, fields):
            inside.addWidget(widget)
        inside.addLayout(row(self._book, 1))
        self._moves = EnterMoves([self._day.line, self._time, self._occasion, self._firm.line, self._who])
        return form

    def _wire(self) -> None:
        for attendance, each in self._settle.items():
            each.clicked.connect(lambda _=False, attendance=attendance: self.settle(attendance))
        self._expected.picked.connect(self._enable)
        self._book.clicked.connect(self.book)
        self.bind("main", self.book)
        self._workroom.changed.connect(self._on_changed)

    def enter(self) -> None:
        self._workroom.run(self, self._acts.firms, self._show_firms)
        self._ask()
        self._day.line.setFocus()

    def _ask(self) -> None:
        self._workroom.run(self, self._acts.expected, self.show_expected)

    def show_expected(self, slips: Sequence[AppointmentSlip]) -> None:
        self._expected.show_slips(slips)
        self._enable()
        self.show_subtitle(self.tr("expected: {count}").format(count=len(slips)))

    def _show_firms(self, firms: Sequence[tuple[str, str]]) -> None:
        self._firm.show_options([(number, f"{number}  {name}") for number, name in firms])

    def _enable(self) -> None:
        for each in self._settle.values():
            each.setEnabled(self._expected.current() is not None)

    def book(self) -> None:
        """Book what is typed, or say what is missing."""
        at = self._moment()
        if at is None or not self._firm.check():
            return
        firm, who, occasion = self._firm.value or "", self._who.text().strip(), Occasion(self._occasion.currentData())
        if not firm and not who:
            self._firm.show_words(self.tr("Choose a firm, or say who comes."))
            self._firm.line.setFocus()
            return
        self._workroom.run(
            self, lambda: self._acts.book(at, occasion, firm, who), self._on_booked, self._on_refused, changes=_CHANGES
        )

    def _moment(self) -> datetime | None:
        """The day and time typed, in office time; what is missing is said beside its field."""
        day, clock = self._day.day, self._clock()
        if day is None and self._day.check():
            self._day.show_words(self.tr("Fill this in."))
        wrong = self._day.line if day is None else self._time if clock is None else None
        if wrong is not None:
            wrong.setFocus()
        return datetime.combine(day, clock, self._formats.zone) if day and clock else None

    def _clock(self) -> time | None:
        try:
            found = parse_time(self._time.text())
        except NotAMoment as refusal:
            self._time_field.show_words(messages.in_full(refusal))
            return None
        self._time_field.show_words("")
        return found

    def _on_booked(self, slip: AppointmentSlip) -> None:
        self._notice.show_words("")
        for each in (self._day.line, self._time, self._firm.line, self._who):
            each.clear()
        at = self._formats.moment(slip.appointment.at)
        self.told.emit(self.tr("{who} booked for {moment}").format(who=slip.who, moment=at))
        self._day.line.setFocus()

    def settle(self, attendance: Attendance) -> None:
        """Note of the chosen one whether they came."""
        slip = self._expected.current()
        if isinstance(slip, AppointmentSlip):
            number = slip.appointment.number
            self._workroom.run(
                self,
                lambda: self._acts.settle(number, attendance),
                lambda settled: self.told.emit(self.tr("{who}: noted").format(who=settled.who)),
                self._on_refused,
                changes=_CHANGES,
            )

    def _on_refused(self, problem: Outcome) -> None:
        self._notice.show_words(messages.in_full(problem))

    def _on_changed(self, changes: frozenset[str]) -> None:
        if changes & {"appointments"}:
            self._ask()
