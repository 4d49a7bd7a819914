"""What a register keeps of a firm beside its licences: particulars, former names, and who may sign for it.

KPCS Annex II 12, 14: name, address, nationality or residence status.
"""

from dataclasses import dataclass
from datetime import date

from kpdesk.domain.outcomes import Refusal
from kpdesk.domain.spans import span


@dataclass(eq=False)
class AlreadyRegistered(Refusal):
    """A firm or a title of this number is in the register."""

    number: str


@dataclass(eq=False)
class ChangedMeanwhile(Refusal):
    """Somebody else changed it since this officer looked at it."""

    number: str


@dataclass(eq=False)
class EndsBeforeItBegins(Refusal):
    """The last day of a licence, a power or a title lies before its first."""

    first: str
    last: str


@dataclass(eq=False)
class RepresentativeTwice(Refusal):
    """Somebody of this name holds a power of the firm that has not ended."""

    party: str
    name: str


@dataclass(eq=False)
class NoSuchRepresentative(Refusal):
    """Nobody of this name holds a power of the firm that has not ended."""

    party: str
    name: str


def in_order(first: date, last: date | None) -> None:
    """Raises EndsBeforeItBegins."""
    if last is not None and last < first:
        raise EndsBeforeItBegins(first.isoformat(), last.isoformat())


@dataclass(frozen=True, slots=True)
class Representative:
    """Who may sign for a firm or an authority, from when to when, and how the signature looks."""

    name: str
    function: str
    """`managing director`, `head of the valuation office`."""
    power_from: date
    power_until: date | None = None
    specimen: str = ""
    """The digest of the specimen signature's picture among the papers; empty where none was given."""

    def __post_init__(self) -> None:
        in_order(self.power_from, self.power_until)

    def may_sign(self, day: date) -> bool:
        return day in span(self.power_from, self.power_until)


@dataclass(frozen=True, slots=True)
class FormerName:
    """What a firm was called, and the last day it was."""

    name: str
    until: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Particulars:
    """What a firm says of itself, and one officer may change."""

    name: str
    address: str
    country: str
    """ISO 3166-1 alpha-2."""
    residence: str = ""
    """Nationality or residence status (KPCS Annex II 12, 14)."""
    registration: str = ""
    """Its number in the company register, or for taxes."""
    email: str = ""
    telephone: str = ""
    remark: str = ""
