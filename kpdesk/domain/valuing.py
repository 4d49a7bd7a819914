"""What is handed to a valuer: the queue, the sheet to fill, own figures with a reason. Nothing of anybody else's."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from kpdesk.domain.goods import shipment_origin
from kpdesk.domain.measures import Carats, Money, Rounding
from kpdesk.domain.prices import SizeClass
from kpdesk.domain.valuation import FigureKind, SizeLine


@dataclass(frozen=True, slots=True, kw_only=True)
class ToValue:
    """A parcel that wants a figure of this officer. It tells nothing of any other's."""

    number: str
    exporter: str
    exporter_name: str
    source: str
    """Its mine's title, else the firm: whose earlier prices are the nearest."""
    origins: tuple[str, ...]
    carats: Carats
    pieces: int
    received_at: datetime

    @property
    def origin(self) -> str:
        return shipment_origin(self.origins)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reasoned:
    """A figure of an officer's own in which a price was not the usual one."""

    parcel: str
    source: str
    origin: str
    kind: FigureKind
    total: Money
    lines: tuple[SizeLine, ...]
    at: datetime
    counted: Money | None
    """The value that counts now, None while a figure is still wanted or the parcel is contested."""
    contested: bool
    """A contest came after it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """What a valuer begins with: the parcel, the office's classes and prices. Nobody's figure."""

    parcel: ToValue
    kind: FigureKind
    classes: tuple[SizeClass, ...]
    prices: Mapping[str, Decimal]
    """US$ per carat of each class in the book in force."""
    versions: tuple[str, ...]
    """The versions that a figure of today is made by."""
    rounding: Rounding
    """How a weight from the balance becomes carats of a line."""
    tolerance: Decimal
    """How far, in percent, a sampled line of a producer's file may be off."""
