"""How numbered stock comes to an office and goes to another: the delivery as counted, the transfer both sign for."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import chain
from typing import ClassVar

from kpdesk.domain.closing import runs, series
from kpdesk.domain.outcomes import Refusal
from kpdesk.domain.stock import StockKind
from kpdesk.domain.trust import Approval

_NOBODY: frozenset[str] = frozenset()


@dataclass(eq=False)
class GapNotInSeries(Refusal):
    """A number is named as missing from the box that lies outside its first and last."""

    number: str


@dataclass(eq=False)
class NothingDelivered(Refusal):
    """An act on numbers, and none is named."""


@dataclass(eq=False)
class OwnOffice(Refusal):
    """Stock is sent to another office, not to this one."""

    office: str


@dataclass(eq=False)
class TransferEnded(Refusal):
    """The transfer arrived, or came back, before."""

    transfer: str


@dataclass(frozen=True, slots=True)
class Run:
    """Numbers of one series, the first and the last included."""

    first: str
    last: str

    @property
    def numbers(self) -> tuple[str, ...]:
        return series(self.first, self.last) if self.first != self.last else (self.first,)


def runs_of(numbers: Iterable[str]) -> tuple[Run, ...]:
    return tuple(Run(*each) for each in runs(numbers))


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """Numbered stock as two people counted it in, against what came with it."""

    kind: ClassVar[str] = "delivery"
    personal: ClassVar[frozenset[str]] = _NOBODY

    id: str
    what: StockKind
    runs: tuple[Run, ...]
    """What was in the box."""
    gaps: tuple[str, ...]
    """Numbers between the first and the last that were not in it."""
    note: str
    """The printer's delivery note, or the protocol of the office that sent it."""
    count: int
    by: str
    second: str
    on: date

    @property
    def identity(self) -> str:
        return self.id

    @property
    def about(self) -> str:
        return ""

    @property
    def live(self) -> bool:
        return False


@dataclass(frozen=True, slots=True, kw_only=True)
class Transfer:
    """Numbered stock on its way to another office: two sign here, and what the other office signed is noted."""

    kind: ClassVar[str] = "transfer"
    personal: ClassVar[frozenset[str]] = _NOBODY

    id: str
    what: StockKind
    runs: tuple[Run, ...]
    count: int
    to: str
    """The other office's code."""
    by: str
    second: str
    on: date
    ended: date | None = None
    receipt: str = ""
    """The other office's signed receipt; or why it came back."""
    back: bool = False
    signatures: tuple[Approval, ...] = ()

    @property
    def numbers(self) -> Iterable[str]:
        return chain.from_iterable(run.numbers for run in self.runs)

    @property
    def identity(self) -> str:
        return self.id

    @property
    def about(self) -> str:
        return ""

    @property
    def live(self) -> bool:
        return self.ended is None
