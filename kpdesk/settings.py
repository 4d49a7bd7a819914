"""The office: who it is, its settings, each with its date of effect, and where its files lie.

The Scheme binds only through national law, so every limit is a dated setting and never a constant.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields, replace
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from kpdesk.domain.measures import Rounding
from kpdesk.domain.outcomes import Refusal
from kpdesk.domain.participants import OwnDate, Zone
from kpdesk.domain.valuation import FigureKind, ValuationRule

MOST = 10_000
"""No day, month or carat of a setting is more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Office:
    """Who the office is: fixed when its books are opened."""

    code: str
    """`ZZ-CAP`: the participant's code and the office's own."""
    participant: str
    name: str
    authority: str
    """The issuing authority's name, as certificates state it."""
    place: str
    form: str
    """The form its certificates are drawn on: a name in resources/forms."""
    edition: str = "2026-1"
    """That form's edition."""
    zone: str = "UTC"
    """The office's time zone: legal dates are its days."""
    practice: bool = False

    def today(self, now: datetime) -> date:
        """The office's day at this moment."""
        return now.astimezone(UTC if self.zone == "UTC" else ZoneInfo(self.zone)).date()

    def record(self) -> dict[str, str | bool]:
        return {field.name: getattr(self, field.name) for field in fields(self)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What an office may decide for itself, as in force on one day."""

    rounding: Rounding = Rounding.HALF_UP
    """How readings become agreed carats."""
    readability: Decimal = Decimal("0.001")
    """The balance's smallest step in carats, for the allowed difference of two weighings."""
    validity_days: int = 60
    validity_months: int = 2
    valuation_rule: ValuationRule = ValuationRule.HIGHEST
    independent_valuer: bool = True
    """A third figure is wanted before a value counts."""
    small_office: bool = False
    """Weigher and valuer may be one person; signed by two supervisors, named in every batch."""
    same_officer_weighs_again: bool = False
    confirmation_days: int = 30
    """Days after export without a confirmation of receipt before a certificate is overdue."""

    @property
    def wants(self) -> frozenset[FigureKind]:
        """The figures of a parcel that must be in before any is shown and a value counts."""
        wanted = self.valuation_rule.wants
        return wanted if self.independent_valuer else wanted - {FigureKind.INDEPENDENT}


@dataclass(eq=False)
class NotASetting(Refusal):
    """There is no such setting, or it does not take this value."""

    name: str
    value: str


def check_setting(name: str, value: str | int | bool) -> None:
    """A setting that does not fit would stop every act from its day on; raises NotASetting."""
    default = {field.name: getattr(Settings(), field.name) for field in fields(Settings)}.get(name)
    whole = isinstance(default, int)
    try:
        if default is None or (type(value) is not type(default) if whole else not isinstance(value, str)):
            raise NotASetting(name, str(value)[:40])
        made = type(default)(value)
        counts = isinstance(made, (int, Decimal)) and not isinstance(made, bool)
        if counts and not 0 < made < MOST:
            raise NotASetting(name, str(value)[:40])
    except (ArithmeticError, ValueError) as problem:
        raise NotASetting(name, str(value)[:40]) from problem


def in_force(rows: Iterable[tuple[str, date, Mapping[str, Any]]], on: date) -> Settings:
    """The settings of that day from rows (name, effective from, {"value": …}) in the order they were made."""
    settings = Settings()
    known = {field.name: type(getattr(settings, field.name)) for field in fields(settings)}
    values: dict[str, tuple[date, Any]] = {}
    for name, effective_from, value in rows:
        later = name not in values or values[name][0] <= effective_from
        if name in known and effective_from <= on and later:
            values[name] = (effective_from, value["value"])
    return replace(settings, **{name: known[name](value) for name, (_, value) in values.items()})


_OWN_DATE, _ZONE = "own_date.", "zone."


def own_date_setting(own: OwnDate) -> tuple[str, bool, date]:
    """Name, value and day of effect of what our own law says of a participant."""
    return f"{_OWN_DATE}{own.code}", own.imports_allowed, own.effective_from


def zone_setting(zone: Zone) -> tuple[str, str, date]:
    """Name, value (its last day) and first day of a zone from which a restricted participant may export."""
    return f"{_ZONE}{zone.participant}.{zone.name}", zone.until.isoformat() if zone.until else "", zone.open_from


def own_dates(rows: Iterable[tuple[str, date, Mapping[str, Any]]]) -> tuple[OwnDate, ...]:
    """Every own effective date that was ever set."""
    return tuple(
        OwnDate(name.removeprefix(_OWN_DATE), effective_from, value["value"])
        for name, effective_from, value in rows
        if name.startswith(_OWN_DATE)
    )


def zones(rows: Iterable[tuple[str, date, Mapping[str, Any]]]) -> tuple[Zone, ...]:
    """The zones as they were set last."""
    found: dict[tuple[str, date], Zone] = {}
    for name, open_from, value in rows:
        if name.startswith(_ZONE):
            participant, zone = name.removeprefix(_ZONE).split(".", 1)
            until = date.fromisoformat(value["value"]) if value["value"] else None
            found[name, open_from] = Zone(participant, zone, open_from, until)
    return tuple(found.values())


@dataclass(frozen=True, slots=True)
class Folder:
    """Where an office's files lie: `store/` is the program's, the rest is for people."""

    path: Path

    @property
    def generation(self) -> Path:
        """The folder of the database now in use: a new key makes a new generation beside the old one."""
        current = self.path / "store" / "CURRENT"
        return self.path / "store" / (current.read_text("utf-8").strip() if current.exists() else "gen-0001")

    @property
    def database(self) -> Path:
        return self.generation / "kpdesk.db"

    @property
    def slots(self) -> Path:
        return self.generation / "keyslots.json"

    @property
    def office(self) -> Path:
        """The office's name and officers' names, in clear: what the unlock window shows."""
        return self.path / "store" / "office.json"

    @property
    def authority(self) -> Path:
        """The pinned authority file."""
        return self.path / "store" / "authority.json"

    @property
    def out(self) -> Path:
        """Files to be sent."""
        return self.path / "out"
