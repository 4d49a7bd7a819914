"""Who acts for whom: a role held for some days, and what an officer's hands hold when others take it over.

`decisions.md`, People: two people give rights; an appointment ends by itself.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar

from kpdesk.domain.outcomes import Refusal
from kpdesk.domain.parties import Role
from kpdesk.domain.stock import StockKind
from kpdesk.domain.transfers import Run
from kpdesk.domain.trust import Approval

_NOBODY: frozenset[str] = frozenset()
GIVEN = tuple(role for role in Role if role not in (Role.AUTHORITY, Role.SEAT))
"""The roles that an office gives its officers."""


@dataclass(eq=False)
class NotThatSpan(Refusal):
    """An appointment ends before it begins, or before today."""

    first: str
    last: str


@dataclass(eq=False)
class HoldsThatRole(Refusal):
    """The officer holds this role anyway."""

    officer: str
    role: str


@dataclass(eq=False)
class NotToBeGiven(Refusal):
    """No role was named, or one that no office gives."""

    role: str


@dataclass(eq=False)
class TwoSupervisorsStay(Refusal):
    """What matters takes two supervisors, so an office keeps two for good; acting ones do not count."""


@dataclass(eq=False)
class StillHolds(Refusal):
    """Who leaves hands over first."""

    officer: str
    held: str


@dataclass(eq=False)
class HasLeft(Refusal):
    """The officer left the office."""

    officer: str


@dataclass(eq=False)
class DraftInTheWay(Refusal):
    """The successor has a draft on the same screen, and neither is thrown away."""

    officer: str
    screen: str


@dataclass(eq=False)
class SignsToo(Refusal):
    """Who becomes a supervisor signs too: the batch key is sealed under the own password."""

    officer: str


@dataclass(eq=False)
class KeyNotHeld(Refusal):
    """An acting supervisor has no batch key: batches wait for one who has."""

    officer: str
    key: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Acting:
    """An officer holds another role from a day to a day."""

    kind: ClassVar[str] = "acting"
    personal: ClassVar[frozenset[str]] = _NOBODY

    id: str
    officer: str
    role: Role
    first: date
    last: date
    """The last day, included; no act ends it."""
    why: str
    by: str
    second: str
    ended: date | None = None
    """Called off before its last day: from this day on it counts no more."""

    def __post_init__(self) -> None:
        if self.last < self.first:
            raise NotThatSpan(self.first.isoformat(), self.last.isoformat())

    def on(self, day: date) -> bool:
        return self.first <= day <= self.last and (self.ended is None or day < self.ended)

    @property
    def identity(self) -> str:
        return self.id

    @property
    def about(self) -> str:
        return f"officer/{self.officer}"

    @property
    def live(self) -> bool:
        """Not called off; whether it counts on a day is `on`."""
        return self.ended is None


@dataclass(frozen=True, slots=True)
class StockInHand:
    """Numbered stock of one kind."""

    what: StockKind
    runs: tuple[Run, ...]
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class HandingOver:
    """What went from one officer's hands into another's, whole: who leaves, or whose drafts wait for nobody."""

    kind: ClassVar[str] = "handing_over"
    personal: ClassVar[frozenset[str]] = _NOBODY

    id: str
    giver: str
    taker: str
    drafts: tuple[str, ...]
    """The screens of drafts."""
    parcels: tuple[str, ...]
    stock: tuple[StockInHand, ...]
    open_acts: tuple[str, ...]
    """Certificates that the giver signed and that are not printed: they are signed anew by others."""
    why: str
    by: str
    second: str
    at: datetime
    signatures: tuple[Approval, ...] = ()

    @property
    def identity(self) -> str:
        return self.id

    @property
    def about(self) -> str:
        return f"officer/{self.giver}"

    @property
    def live(self) -> bool:
        return False
