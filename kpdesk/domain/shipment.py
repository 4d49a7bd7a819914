"""A shipment: the parcels that cross the border together under one certificate, its containers and seals.

KPCS Section I, II(a), IV(c); CA-R 5(1)(f), 9: containers are counted, each with a seal of its own.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import ClassVar

from kpdesk.domain.certificate import Line
from kpdesk.domain.goods import Heading
from kpdesk.domain.measures import total_carats, total_money
from kpdesk.domain.outcomes import Refusal
from kpdesk.domain.parcel import Parcel, WrongState
from kpdesk.domain.records import Record, Value


class ShipmentState(StrEnum):
    APPLIED = "applied"
    SEALED = "sealed"
    RELEASED = "released"
    WITHDRAWN = "withdrawn"


@dataclass(eq=False)
class ContainersDoNotMatch(Refusal):
    """The containers do not hold the shipment's parcels, each once."""

    shipment: str


@dataclass(frozen=True, slots=True)
class Container:
    """A sealed packing; not the parcel."""

    seal: str
    parcels: tuple[str, ...]


@dataclass(eq=False, kw_only=True)
class Shipment:
    """What an exporter applies to send under one certificate."""

    kind: ClassVar[str] = "shipment"

    number: str
    """`S-2026-000041`."""
    exporter: str
    importer: str
    """Register numbers of the parties."""
    destination: str
    """The participant the goods go to."""
    parcels: tuple[str, ...]
    conflict_free: bool
    """The exporter's declaration (KPCS Annex II 18)."""
    warranty: str
    """The warranty statement's version and the firm's SoW number (WDC System of Warranties); empty where none."""
    applied_at: datetime
    applied_by: str
    containers: tuple[Container, ...] = ()
    state: ShipmentState = ShipmentState.APPLIED
    lifted: tuple[str, ...] = ()
    """Findings two officers lifted, each `code: document`."""
    revision: int = 0

    @property
    def identity(self) -> str:
        return self.number

    def seal(self, containers: tuple[Container, ...]) -> None:
        """After the contents were verified and weighed again (EU 12(2))."""
        self._expect(ShipmentState.APPLIED)
        packed = sorted(number for container in containers for number in container.parcels)
        if packed != sorted(self.parcels):
            raise ContainersDoNotMatch(self.number)
        self.containers, self.state = containers, ShipmentState.SEALED

    def release(self) -> None:
        self._expect(ShipmentState.SEALED)
        self.state = ShipmentState.RELEASED

    def bring_back(self) -> None:
        """Back in the office, sealed as it left it."""
        self._expect(ShipmentState.RELEASED)
        self.state = ShipmentState.SEALED

    def withdraw(self) -> None:
        self._expect(ShipmentState.APPLIED, ShipmentState.SEALED, ShipmentState.RELEASED)
        self.state = ShipmentState.WITHDRAWN

    def record(self) -> Record:
        record: dict[str, Value] = {
            "exporter": self.exporter,
            "importer": self.importer,
            "destination": self.destination,
            "parcels": self.parcels,
            "conflict_free": self.conflict_free,
            "warranty": self.warranty,
            "applied_at": self.applied_at.isoformat(),
            "applied_by": self.applied_by,
            "containers": [{"seal": box.seal, "parcels": box.parcels} for box in self.containers],
            "state": self.state.value,
            "lifted": self.lifted,
        }
        return record

    def _expect(self, *states: ShipmentState) -> None:
        if self.state not in states:
            raise WrongState(self.number, self.state.value, ", ".join(state.value for state in states))


def lines_of(parcels: Iterable[Parcel]) -> tuple[Line, ...]:
    """The certificate's lines: agreed carats and values that count, added per HS heading."""
    by_heading: dict[Heading, list[Parcel]] = {}
    for parcel in parcels:
        by_heading.setdefault(parcel.heading, []).append(parcel)
    return tuple(
        Line(
            heading,
            total_carats(parcel.carats for parcel in group if parcel.carats is not None),
            total_money(parcel.value for parcel in group if parcel.value is not None),
        )
        for heading, group in sorted(by_heading.items())
    )


def origins_of(parcels: Iterable[Parcel]) -> tuple[str, ...]:
    """Every country of origin in the shipment, sorted; kept even where the paper shows asterisks."""
    return tuple(sorted({origin for parcel in parcels for origin in parcel.origins}))
