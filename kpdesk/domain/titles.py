"""Mining titles: who may mine where, and how much a month is plausible (kpcs.md §10)."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import ClassVar

from kpdesk.domain.measures import Carats
from kpdesk.domain.particulars import in_order
from kpdesk.domain.records import Record
from kpdesk.domain.spans import span


@dataclass(frozen=True, slots=True)
class FormerHolder:
    """Who held a title, and the last day."""

    holder: str
    until: date


@dataclass(frozen=True, slots=True, kw_only=True)
class TitleTerms:
    """What a title says, as papers or the mining cadastre have it."""

    mine: str
    holder: str
    country: str
    area: str
    coordinates: str = ""
    zone: str = ""
    monthly_capacity: Carats
    valid_from: date
    valid_until: date | None = None

    def __post_init__(self) -> None:
        in_order(self.valid_from, self.valid_until)


@dataclass(eq=False, kw_only=True)
class Title:
    """A mining title: who may mine where, and how much a month is plausible (kpcs.md §10)."""

    kind: ClassVar[str] = "title"

    number: str
    mine: str
    holder: str
    """The miner's register number."""
    country: str
    area: str
    """Where it lies, by its papers or coordinates."""
    zone: str = ""
    """The zone it lies in, where the Scheme restricts the country to zones."""
    monthly_capacity: Carats
    valid_from: date
    valid_until: date | None = None
    coordinates: str = ""
    """The corners as the cadastre writes them."""
    former_holders: tuple[FormerHolder, ...] = ()
    """Earlier ones first."""
    revision: int = 0

    @property
    def identity(self) -> str:
        return self.number

    @property
    def terms(self) -> TitleTerms:
        return TitleTerms(
            mine=self.mine,
            holder=self.holder,
            country=self.country,
            area=self.area,
            coordinates=self.coordinates,
            zone=self.zone,
            monthly_capacity=self.monthly_capacity,
            valid_from=self.valid_from,
            valid_until=self.valid_until,
        )

    def change(self, terms: TitleTerms, *, on: date) -> None:
        """Take over what the title says now; another holder keeps the one before."""
        if terms.holder != self.holder:
            self.former_holders = (*self.former_holders, FormerHolder(self.holder, on - timedelta(days=1)))
        self.mine, self.holder, self.country = terms.mine, terms.holder, terms.country
        self.area, self.coordinates, self.zone = terms.area, terms.coordinates, terms.zone
        self.monthly_capacity = terms.monthly_capacity
        self.valid_from, self.valid_until = terms.valid_from, terms.valid_until

    def holder_on(self, day: date) -> str:
        """Who held it on that day."""
        return next((each.holder for each in self.former_holders if day <= each.until), self.holder)

    def valid_on(self, day: date) -> bool:
        return day in span(self.valid_from, self.valid_until)

    def record(self) -> Record:
        return {
            "mine": self.mine,
            "holder": self.holder,
            "country": self.country,
            "area": self.area,
            "zone": self.zone,
            "monthly_capacity": str(self.monthly_capacity),
            "valid_from": self.valid_from.isoformat(),
            "valid_until": self.valid_until.isoformat() if self.valid_until else "",
            "coordinates": self.coordinates,
            "former_holders": [[each.holder, each.until.isoformat()] for each in self.former_holders],
        }
