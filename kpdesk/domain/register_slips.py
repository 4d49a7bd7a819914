"""Frozen views of the registers: a line of a list, everything about one entry."""

from dataclasses import dataclass
from datetime import date, datetime

from kpdesk.domain.outcomes import Finding
from kpdesk.domain.particulars import FormerName, Particulars, Representative
from kpdesk.domain.parties import Licence, PartyKind, Standing
from kpdesk.domain.titles import FormerHolder, TitleTerms
from kpdesk.domain.watch import Watched


@dataclass(frozen=True, slots=True)
class Event:
    """One act on an entry, from the history."""

    at: datetime
    act: str
    by: str
    """The officer's name."""
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PartyRow:
    number: str
    party_kind: PartyKind
    name: str
    country: str
    standing: Standing


@dataclass(frozen=True, slots=True, kw_only=True)
class TitleRow:
    number: str
    mine: str
    holder: str
    """The holder's name, or the register number of one that is not there."""
    country: str
    valid_from: date
    valid_until: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PartyCard:
    number: str
    party_kind: PartyKind
    particulars: Particulars
    former_names: tuple[FormerName, ...]
    licences: tuple[Licence, ...]
    representatives: tuple[Representative, ...]
    stamp: str
    standing: Standing
    titles: tuple[TitleRow, ...]
    """The mining titles it holds."""
    events: tuple[Event, ...]
    """The newest first, at most 50."""
    findings: tuple[Finding, ...]
    """Who of a watch list it is named like."""
    revision: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TitleCard:
    number: str
    terms: TitleTerms
    holder_name: str
    former_holders: tuple[FormerHolder, ...]
    valid: bool
    events: tuple[Event, ...]
    revision: int


@dataclass(frozen=True, slots=True, kw_only=True)
class WatchCard:
    watched: Watched
    events: tuple[Event, ...]

    @property
    def number(self) -> str:
        return self.watched.number
