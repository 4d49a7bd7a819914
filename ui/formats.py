"""Values to text and back, by the office's settings; never by the computer's.

Numbers are grouped with a space and keep 0–9; moments are shown in office time; dates as 09 Mar 2026.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, tzinfo
from decimal import Decimal
from typing import TypeAlias

from PySide6.QtCore import QCoreApplication

from kpdesk.domain.measures import Carats, Money, parse_amount
from ui.marks import QT_TRANSLATE_NOOP

SPACE = "\u00a0"
"""Between thousands and before a unit, without line breaks; the narrow one of Plex (1.5 pixels) cannot be seen."""

_MONTHS = (
    QT_TRANSLATE_NOOP("months", "Jan"),
    QT_TRANSLATE_NOOP("months", "Feb"),
    QT_TRANSLATE_NOOP("months", "Mar"),
    QT_TRANSLATE_NOOP("months", "Apr"),
    QT_TRANSLATE_NOOP("months", "May"),
    QT_TRANSLATE_NOOP("months", "Jun"),
    QT_TRANSLATE_NOOP("months", "Jul"),
    QT_TRANSLATE_NOOP("months", "Aug"),
    QT_TRANSLATE_NOOP("months", "Sep"),
    QT_TRANSLATE_NOOP("months", "Oct"),
    QT_TRANSLATE_NOOP("months", "Nov"),
    QT_TRANSLATE_NOOP("months", "Dec"),
)


Clock: TypeAlias = Callable[[], datetime]
"""Tells the moment, aware."""


@dataclass(frozen=True, slots=True)
class Formats:
    """How this office writes."""

    zone: tzinfo = UTC
    """Office time."""
    mark: str = "."
    """The decimal mark, `.` or `,`."""

    def number(self, value: Decimal | int) -> str:
        """`1 234.560`, with the decimals the value has."""
        whole, _, decimals = f"{value:,f}".partition(".") if isinstance(value, Decimal) else (f"{value:,}", "", "")
        whole = whole.replace(",", SPACE)
        return f"{whole}{self.mark}{decimals}" if decimals else whole

    def carats(self, carats: Carats) -> str:
        """`1 234.56 ct`, or with three decimals where it has them."""
        return f"{self.number(Decimal(str(carats)))}{SPACE}ct"

    def money(self, money: Money) -> str:
        """`US$ 371 583.98`."""
        return f"US${SPACE}{self.number(Decimal(str(money)))}"

    def date(self, on: date) -> str:
        return day(on)

    def time(self, moment: datetime, *, seconds: bool = False) -> str:
        return f"{self._here(moment):%H:%M:%S}" if seconds else f"{self._here(moment):%H:%M}"

    def moment(self, moment: datetime) -> str:
        return f"{self.date(self._here(moment).date())}  {self.time(moment)}"

    def since(self, moment: datetime, now: datetime) -> str:
        """The time for today, else the date."""
        then = self._here(moment).date()
        if then == self._here(now).date():
            return self.time(moment)
        if then == self._here(now).date() - timedelta(days=1):
            return QCoreApplication.translate("formats", "yesterday")
        return self.date(then)

    def read_carats(self, text: str) -> Carats:
        """What a person typed, to a thousandth; raises the refusals of `parse_amount`."""
        return Carats(parse_amount(text, 3))

    def read_money(self, text: str) -> Money:
        """What a person typed, to the cent; raises the refusals of `parse_amount`."""
        return Money(parse_amount(text, 2))

    def _here(self, moment: datetime) -> datetime:
        if moment.tzinfo is None:
            raise ValueError("a moment is aware")
        return moment.astimezone(self.zone)


def day(on: date) -> str:
    """`09 Mar 2026`."""
    return f"{on.day:02} {month(on)}"


def month(of: date) -> str:
    """`Mar 2026`."""
    name = QCoreApplication.translate("months", _MONTHS[of.month - 1])
    return f"{name} {of.year:04}"


def isolated(text: str) -> str:
    """A code, number or unit kept left to right inside a right-to-left sentence (U+2066 … U+2069)."""
    return f"\u2066{text}\u2069"
