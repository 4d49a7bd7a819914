"""A parcel of rough diamonds and its life in the office: received, weighed, valued, bagged, applied for, sealed.

KPCS Section I (parcel, origin, provenance), III; carats are agreed once, at 0.01 ct, on the signed weight sheet.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import ClassVar

from kpdesk.domain.goods import Heading
from kpdesk.domain.measures import Carats, Money
from kpdesk.domain.outcomes import Refusal
from kpdesk.domain.records import Record, Value


class ParcelState(StrEnum):
    RECEIVED = "received"
    WEIGHED = "weighed"
    VALUED = "valued"
    BAGGED = "bagged"
    APPLIED = "applied"
    """Named in an application for a certificate."""
    SEALED = "sealed"
    """Verified, weighed again and sealed into its container (EU 12(2))."""
    RELEASED = "released"
    WITHDRAWN = "withdrawn"
    REWORKED = "reworked"
    """Merged, split or sorted: other parcels go on with its carats."""
    SOLD = "sold"
    """Sold within the country, to a licensed buyer."""


class Source(StrEnum):
    """Where the goods lawfully come from (kpcs.md §3, §10)."""

    MINED = "mined"
    """Own production of a mining title."""
    PURCHASED = "purchased"
    """Bought from licensed miners and dealers, by vouchers."""
    IMPORTED = "imported"
    """Brought in under certificates (CA-R 2(e)(v)): the parcel draws down their carats."""
    STOCK_2002 = "stock_2002"
    """Held since before 2003, the one lawful source without a certificate; wants documentary proof (EU 6)."""


@dataclass(eq=False)
class WrongState(Refusal):
    """The thing is not where this act finds it."""

    thing: str
    state: str
    wanted: str


@dataclass(frozen=True, slots=True)
class Draw:
    """Carats of one origin that a re-export takes from an incoming certificate, or from a trader's pool."""

    source: str
    """The incoming certificate's number, or the pool's name."""
    origin: str
    carats: Carats


@dataclass(eq=False, kw_only=True)
class Parcel:
    """Stones handled as one unit, of one HS heading."""

    kind: ClassVar[str] = "parcel"

    number: str
    """`P-2026-000113`, given by the office, without gaps."""
    exporter: str
    """The exporter's register number."""
    heading: Heading
    origins: tuple[str, ...]
    """Countries of mining, sorted, one or more (a parcel of mixed origin)."""
    provenance: str
    source: Source
    title: str = ""
    """The mining title, where mined."""
    zone: str = ""
    draws: tuple[Draw, ...] = ()
    pieces: int = 0
    """Number of stones, an estimate for smalls; 0 where not counted."""
    note: str = ""
    received_at: datetime
    received_by: str
    state: ParcelState = ParcelState.RECEIVED
    carats: Carats | None = None
    """The agreed carats."""
    weighed_by: str = ""
    """The officer who took the agreed (second) weight."""
    value: Money | None = None
    """The value that counts by the office's rule."""
    valued_by: str = ""
    bag: str = ""
    shipment: str = ""
    revision: int = 0

    @property
    def identity(self) -> str:
        return self.number

    def weigh(self, agreed: Carats, by: str) -> None:
        self._expect(ParcelState.RECEIVED)
        self.carats, self.weighed_by, self.state = agreed, by, ParcelState.WEIGHED

    def give_value(self, value: Money, by: str) -> None:
        self._expect(ParcelState.WEIGHED)
        self.value, self.valued_by, self.state = value, by, ParcelState.VALUED

    def put_in_bag(self, bag: str) -> None:
        self._expect(ParcelState.VALUED)
        self.bag, self.state = bag, ParcelState.BAGGED

    def apply(self, shipment: str) -> None:
        self._expect(ParcelState.BAGGED)
        self.shipment, self.state = shipment, ParcelState.APPLIED

    def seal(self) -> None:
        self._expect(ParcelState.APPLIED)
        self.state = ParcelState.SEALED

    def release(self) -> None:
        self._expect(ParcelState.SEALED)
        self.state = ParcelState.RELEASED

    def return_sealed(self) -> None:
        """Back in the office as it left it: in its sealed container."""
        self._expect(ParcelState.RELEASED)
        self.state = ParcelState.SEALED

    def come_back(self) -> None:
        """Out of a shipment that did not leave: the parcel lies in its bag again."""
        self._expect(ParcelState.APPLIED, ParcelState.SEALED, ParcelState.RELEASED)
        self.shipment, self.state = "", ParcelState.BAGGED

    def weigh_anew(self) -> None:
        """Its weight is contested: what was agreed, and what rests on it, counts no more; the bag is open."""
        self._expect(ParcelState.WEIGHED, ParcelState.VALUED, ParcelState.BAGGED)
        self.carats, self.weighed_by, self.value, self.valued_by = None, "", None, ""
        self.bag, self.state = "", ParcelState.RECEIVED

    def value_anew(self) -> None:
        """Its value is contested; the agreed carats stand, the bag is open."""
        self._expect(ParcelState.VALUED, ParcelState.BAGGED)
        self.value, self.valued_by, self.bag, self.state = None, "", "", ParcelState.WEIGHED

    def withdraw(self) -> None:
        """The exporter takes the goods home; an ordinary outcome that uses no number."""
        self._expect(ParcelState.RECEIVED, ParcelState.WEIGHED, ParcelState.VALUED, ParcelState.BAGGED)
        self.state = ParcelState.WITHDRAWN

    def end(self, state: ParcelState) -> None:
        """It goes on in other parcels (REWORKED), or with a buyer here (SOLD)."""
        self._expect(ParcelState.WEIGHED, ParcelState.VALUED, ParcelState.BAGGED)
        self.state = state

    def record(self) -> Record:
        record: dict[str, Value] = {
            "exporter": self.exporter,
            "heading": self.heading.value,
            "origins": self.origins,
            "provenance": self.provenance,
            "source": self.source.value,
            "title": self.title,
            "zone": self.zone,
            "draws": [
                {"source": draw.source, "origin": draw.origin, "carats": str(draw.carats)} for draw in self.draws
            ],
            "pieces": self.pieces,
            "note": self.note,
            "received_at": self.received_at.isoformat(),
            "received_by": self.received_by,
            "state": self.state.value,
            "weighed_by": self.weighed_by,
            "valued_by": self.valued_by,
            "bag": self.bag,
            "shipment": self.shipment,
        }
        if self.carats is not None:
            record["carats"] = str(self.carats)
        if self.value is not None:
            record["value"] = str(self.value)
        return record

    def _expect(self, *states: ParcelState) -> None:
        if self.state not in states:
            raise WrongState(self.number, self.state.value, ", ".join(state.value for state in states))
