"""What the page of leaving shows, and what it asks of a desk. No widget."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from kpdesk.domain.advice import Letter
from kpdesk.domain.issuance import State
from kpdesk.domain.leaving import Delivery, Leaving
from kpdesk.domain.slips import CertificateSlip
from ui.tones import Answer, Tone


@dataclass(frozen=True, slots=True, kw_only=True)
class Going:
    """A certificate between its stamp and its exit."""

    slip: CertificateSlip
    exporter: str
    """The exporter's register number."""
    leaving: Leaving | None
    """The release that is open, or the last one."""
    days: int
    """Since it was validated, or released."""
    overdue: bool
    carrier: str
    """The courier's name; empty where it goes by hand."""

    @property
    def released(self) -> bool:
        return self.slip.state is State.RELEASED


@dataclass(frozen=True, slots=True, kw_only=True)
class LeavingActs:
    """What the page asks of a desk; all run in the workroom."""

    going: Callable[[], Sequence[Going]]
    lapsed: Callable[[], int]
    carriers: Callable[[], Sequence[tuple[str, str]]]
    """(register number, name)."""
    representatives: Callable[[str], Sequence[str]]
    """Who may act for the exporter of this certificate today."""
    reasons: Callable[[], Sequence[tuple[str, str]]]
    """(code, words): why goods come back."""
    today: Callable[[], date]
    check: Callable[[str, Delivery], Sequence[Answer]]
    release: Callable[[str, Delivery], object]
    release_watched: Callable[[str, Delivery, str, str], object]
    """The same with (officer, password) of the supervisor who decides beside."""
    paper: Callable[[str], str]
    """Prints the paper that both sides sign; its number and where it came out."""
    labels: Callable[[str], str]
    """Prints a label for each container; where they came out."""
    report: Callable[[str, date, str], object]
    """(number, day of export, the customs' paper)."""
    take_back: Callable[[str, str], object]
    ask: Callable[[str], Letter]
    """A letter to the exporter."""
    expire: Callable[[], int]
    """Marks what lapsed; how many."""
    draft: Callable[[], Mapping[str, str]]
    keep_draft: Callable[[Mapping[str, str]], object]


def tone(going: Going) -> Tone:
    """Red once it waits too long."""
    if going.overdue:
        return Tone.STOP
    return Tone.NOTE if going.released else Tone.OK
