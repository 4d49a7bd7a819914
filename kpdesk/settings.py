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
    check_weight_days: int = 1
    """Days from one check weight of a balance to the next."""
    calibration_grace_days: int = 30
    """How long a balance whose calibration ended may still weigh, with a warning, before it is barred."""
    coarse_balances: bool = False
    """Balances too coarse for stones (d over 0.001 ct) may weigh large lots."""
    coarse_from: Decimal = Decimal("500")
    """Carats from which on a lot is large in that sense."""
    idle_minutes: int = 5
    """Minutes without a key, a weight or a scan before a desk locks itself."""
    exit_days: int = 7
    """Days after the release without a report of the export before a certificate is overdue (CA-R 7)."""
    exporter_prints: bool = False
    """At the counter a firm prints its own approved certificate, on the blank that an officer has loaded."""
    firm_prints_data: bool = False
    """A firm prints data, without any code, on blanks that were allotted to it; the office adds the codes."""
    low_stock_days: int = 15
    """Working days that numbered stock lasts below which it is low, and more is ordered."""
    short_stock_days: int = 5
    """Working days below which it is so short that it may end before more comes."""
    confirmation_days: int = 30
    """Days after export without a confirmation of receipt before a certificate is overdue."""
    voucher_tolerance: Decimal = Decimal("0.01")
    """How far the vouchers of a purchased parcel may be from its carats, as a share of them, without a reason."""
    vouchers_required: bool = False
    """Purchased goods without any voucher are not taken in."""
    miners_sell_to_exporters: bool = True
    """Else miners sell to dealers alone, and exporters buy from these."""
    duplicate_days: int = 30
    """For so many days the same exporter, heading and carats read as a parcel brought twice."""

    price_history_months: int = 24
    """How far back a new price is held against earlier ones."""
    sample_percent: Decimal = Decimal(10)
    """The share of a producer's lines that the office weighs and values itself."""
    sample_least: int = 3
    """The fewest lines of such a sample."""
    sample_tolerance: Decimal = Decimal(5)
    """How far, in percent, a sampled line may be off before the file is taken over with a reason alone."""
    provisional_days: int = 90
    """Days until the result of a tender or consignment is expected."""
    levies_before_issue: bool = False
    """Levies and fees are settled before a certificate is issued; else what is open is only noted."""
    local_currency: str = "USD"
    """What receipts may also be in, as three letters."""

    opens_at: int = 6
    """The office's hour from which acts are within its hours."""
    closes_at: int = 20
    """The hour from which they are outside again."""

    rework_tolerance: Decimal = Decimal("0.002")
    """Sorting may lose or gain this share of the carats of an origin before a supervisor signs beside."""
    rework_least: Decimal = Decimal("0.05")
    """Carats that sorting may always lose or gain, however small the parcel."""
    return_days: int = 15
    """Days after a month's end in which mines and buyers declare it."""
    stock_days: int = 31
    """Days after the year's end in which firms declare their stock."""
    stock_tolerance: Decimal = Decimal("0.01")
    """Share of what came in that a declared stock may be off before two look at it."""

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
