"""Numbered stock – blanks, bags, seals: each number is in one state, and ends used, destroyed or missing.

KPCS Annex II 20 (forgery), EU Annex IV; `decisions.md`, Blank. No number is used twice or lost.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar

from kpdesk.domain.outcomes import Refusal
from kpdesk.domain.records import Record


class StockKind(StrEnum):
    BLANK = "blank"
    BAG = "bag"
    SEAL = "seal"


class Paper(StrEnum):
    """What a blank is made of."""

    SECURITY = "security"
    """Numbered security paper: bears the full artwork."""
    PREPRINTED = "preprinted"
    """Artwork and number are on it: only the data are printed."""
    PLAIN = "plain"
    """A number allotted by the Authority: bears SPECIMEN."""


class StockState(StrEnum):
    RECEIVED = "received"
    IN_SAFE = "in_safe"
    WITH_OFFICER = "with_officer"
    ALLOTTED = "allotted"
    """With a firm, which prints data on it and brings it back; the holder is the firm's register number."""
    LOADED = "loaded"
    SPOOLED = "spooled"
    """Bytes may have gone to the printer: only a person's look moves it on."""
    PRINTED = "printed"
    USED = "used"
    SPOILED = "spoiled"
    DESTROYED = "destroyed"
    MISSING = "missing"
    IN_TRANSIT = "in_transit"
    """On its way to another office, which is the holder; both sign for it."""
    SENT = "sent"
    """The other office has it. It may come back."""


_BLANK_LIFE: dict[StockState, frozenset[StockState]] = {
    StockState.RECEIVED: frozenset({StockState.IN_SAFE}),
    StockState.IN_SAFE: frozenset({StockState.WITH_OFFICER, StockState.ALLOTTED, StockState.IN_TRANSIT}),
    StockState.ALLOTTED: frozenset({StockState.IN_SAFE, StockState.WITH_OFFICER}),
    StockState.WITH_OFFICER: frozenset({StockState.LOADED, StockState.IN_SAFE}),
    StockState.LOADED: frozenset({StockState.SPOOLED, StockState.WITH_OFFICER}),
    StockState.SPOOLED: frozenset({StockState.PRINTED, StockState.LOADED}),
    StockState.PRINTED: frozenset({StockState.USED}),
    StockState.SPOILED: frozenset({StockState.DESTROYED}),
    StockState.IN_TRANSIT: frozenset({StockState.IN_SAFE, StockState.SENT}),
    StockState.SENT: frozenset({StockState.IN_SAFE}),
}
_OTHER_LIFE: dict[StockState, frozenset[StockState]] = {
    StockState.RECEIVED: frozenset({StockState.IN_SAFE}),
    StockState.IN_SAFE: frozenset({StockState.WITH_OFFICER, StockState.USED, StockState.IN_TRANSIT}),
    StockState.WITH_OFFICER: frozenset({StockState.IN_SAFE, StockState.USED}),
    StockState.SPOILED: frozenset({StockState.DESTROYED}),
    StockState.IN_TRANSIT: frozenset({StockState.IN_SAFE, StockState.SENT}),
    StockState.SENT: frozenset({StockState.IN_SAFE}),
}
_ENDS = (StockState.USED, StockState.SPOILED, StockState.DESTROYED, StockState.MISSING, StockState.SENT)


@dataclass(eq=False)
class StockNotReady(Refusal):
    """This number cannot go from where it is to where the act wants it."""

    stock: str
    number: str
    state: str
    wanted: str


@dataclass(eq=False)
class NotInStock(Refusal):
    """The number was never received as stock here."""

    stock: str
    number: str


@dataclass(eq=False)
class AlreadyInStock(Refusal):
    """The number was received before: it is unique for ever."""

    stock: str
    number: str


@dataclass(eq=False, kw_only=True)
class Stock:
    """One numbered thing."""

    kind: ClassVar[str] = "stock"

    what: StockKind
    number: str
    paper: Paper | None = None
    """For blanks alone."""
    edition: str = ""
    state: StockState = StockState.RECEIVED
    holder: str = ""
    """The officer, the firm or the other office that has it; in the safe who had it last."""
    used_for: str = ""
    """The certificate, parcel or shipment it went into."""
    revision: int = 0

    @property
    def identity(self) -> str:
        return f"{self.what}-{self.number}"

    def move(self, to: StockState, *, holder: str = "", used_for: str = "") -> None:
        """Forward only; spoiled and missing are open from every state that is not an end. Raises StockNotReady."""
        ends_early = to in (StockState.SPOILED, StockState.MISSING) and self.state not in _ENDS
        life = _BLANK_LIFE if self.what is StockKind.BLANK else _OTHER_LIFE
        if not ends_early and to not in life.get(self.state, ()):
            raise StockNotReady(self.what.value, self.number, self.state.value, to.value)
        self.state, self.holder, self.used_for = to, holder or self.holder, used_for or self.used_for

    def record(self) -> Record:
        return {
            "what": self.what.value,
            "number": self.number,
            "paper": self.paper.value if self.paper else "",
            "edition": self.edition,
            "state": self.state.value,
            "holder": self.holder,
            "used_for": self.used_for,
        }
