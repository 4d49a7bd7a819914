"""The office as its supervisor sees it on one day: who did what, what lies at whose desk, what is overdue."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from kpdesk.domain.measures import Carats, Money
from kpdesk.domain.parcel import ParcelState
from kpdesk.domain.parties import Role

AGES = (1, 3, 8)
"""Days since the last act on a parcel: today, until the third, until the eighth, and longer."""


class Alarm(StrEnum):
    SHEET = "sheet"
    """A sheet was printed and nobody said what is on it."""
    BARRED = "barred"
    """A parcel that two counts did not find."""
    BALANCE = "balance"
    """A balance that may not weigh now."""
    CONTEST = "contest"
    """A contested weight or value that is not settled."""
    EXIT = "exit"
    """Released, and no export reported in time."""
    CONFIRMATION = "confirmation"
    """Exported, and no receipt confirmed in time."""
    STOCK = "stock"
    """Blanks, bags or seals run out."""
    LISTS = "lists"
    """The Authority's lists are old, or there are none."""
    UNSENT = "unsent"
    """What happened here and is in no batch yet."""
    EXCEPTIONS = "exceptions"
    """Exceptions that nobody signed off."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Alert:
    """One sort of alarm."""

    alarm: Alarm
    count: int
    """How many; of stock the days it lasts, of lists their age in days."""
    subject: str = ""
    """The one that has waited longest: `stock/blank-ZZ2026001377`, `parcel/P-…`, or what it is of."""
    about: str = ""
    """Its number or name."""
    days: int | None = None
    """Since when that one waits."""
    urgent: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficerDay:
    """What an officer did today, and what lies at the officer's desk."""

    id: str
    name: str
    roles: frozenset[Role]
    parcels: int
    weighings: int
    figures: int
    signatures: int
    acts: int
    """Every act of the day."""
    last: datetime | None
    holds: int
    """Parcels in the officer's keeping that are not in the vault."""
    oldest: datetime | None
    """Since when the one held longest lies there."""


@dataclass(frozen=True, slots=True)
class Ageing:
    """Parcels in one state by the days since the last act on them, as AGES parts them."""

    state: ParcelState
    counts: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Month:
    """What was exported in a month."""

    first: date
    carats: Carats
    value: Money

    @property
    def per_carat(self) -> Decimal | None:
        return self.value.per_carat(self.carats)


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficeToday:
    officers: tuple[OfficerDay, ...]
    ageing: tuple[Ageing, ...]
    alerts: tuple[Alert, ...]
    """What is urgent first."""
    months: tuple[Month, ...]
    """Of last year and this, 24, the oldest first."""
