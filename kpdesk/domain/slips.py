"""Slips: frozen views that acts and lists hand out. What is mapped to the store never leaves its unit; these do."""

from dataclasses import dataclass
from datetime import date, datetime

from kpdesk.domain.certificate import Facts, Number
from kpdesk.domain.goods import Heading
from kpdesk.domain.issuance import State
from kpdesk.domain.measures import Carats, Money
from kpdesk.domain.outcomes import Finding
from kpdesk.domain.parcel import ParcelState
from kpdesk.domain.parties import PartyKind, Role
from kpdesk.domain.shipment import ShipmentState
from kpdesk.domain.stock import Paper, StockKind, StockState


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficerSlip:
    id: str
    name: str
    roles: frozenset[Role]


@dataclass(frozen=True, slots=True, kw_only=True)
class PartySlip:
    number: str
    party_kind: PartyKind
    name: str
    address: str
    country: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ParcelSlip:
    number: str
    exporter: str
    exporter_name: str
    heading: Heading
    origins: tuple[str, ...]
    provenance: str
    state: ParcelState
    carats: Carats | None
    value: Money | None
    bag: str
    shipment: str
    pieces: int
    received_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class WeighingSlip:
    """What came of a weighing: agreed carats, or that a third is wanted (then `carats` is None).

    Difference and allowance are of the nearest two that may be compared; None while there is but one.
    """

    parcel: str
    taken: Carats
    carats: Carats | None
    difference: Carats | None
    allowed: Carats | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ShipmentSlip:
    number: str
    exporter: str
    exporter_name: str
    importer: str
    importer_name: str
    destination: str
    parcels: tuple[str, ...]
    seals: tuple[str, ...]
    carats: Carats
    value: Money
    state: ShipmentState
    applied_at: datetime
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class CertificateSlip:
    id: str
    number: Number | None
    state: State
    shipment: str
    facts: Facts
    digest: str
    """What approvals sign, hex."""
    prepared_by: str
    approved_by: str
    sheets: int
    pdf_digest: str
    exported_on: date | None
    replaced_by: str
    reason: str
    signed_at: datetime | None
    """The newest signature."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StockSlip:
    what: StockKind
    number: str
    paper: Paper | None
    state: StockState
    holder: str
    used_for: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """One thing that waits for somebody."""

    subject: str
    """`parcel/P-2026-000113`, `certificate/C-2026-000012` …"""
    what: str
    """The code of the next step: `weigh_again`, `value`, `bag`, `prepare`, `approve`, `print`, `validate` …"""
    about: str
    """The firm."""
    carats: Carats | None
    since: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class TodaySlip:
    parcels: int
    carats: Carats
    by_hour: tuple[int, ...]
    """Parcels received in each hour of the office's day, 24 numbers."""
    to_issue: int
    expiring: int
    """Issued, not yet exported, and lapsing within 7 days."""
    blanks: int
    blanks_days: int | None
    """How many working days the blanks last at the mean use of the last 20; None before any use."""
    unconfirmed: int
    oldest_unconfirmed: int | None
    """Days since export of the oldest certificate without a confirmation of receipt."""
    unsent: int
    """History entries not yet in a batch."""
    lists_age: int | None
    """Days since the lists in force were signed; None where there are none."""
    waiting: tuple[Waiting, ...]
