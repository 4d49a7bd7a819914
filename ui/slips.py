"""What screens are handed and hand back: frozen, no Qt. A desk makes and takes these; a screen only shows them.

Amounts are exact, moments are aware UTC, sentences are codes with facts (`ui.messages` says them).
"""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Literal

from kpdesk.domain.goods import Heading
from kpdesk.domain.measures import Carats, Money
from kpdesk.domain.parcel import Source
from kpdesk.domain.verdict import Verdict
from ui.tones import Answer, Tone


@dataclass(frozen=True, slots=True)
class Picture:
    """A page or photograph, already opened safely: rows of pixels from the top, grey or RGB."""

    width: int
    height: int
    stride: int
    """Bytes a row."""
    mode: Literal["L", "RGB"]
    content: bytes

    def __post_init__(self) -> None:
        if self.stride < self.width * len(self.mode) or len(self.content) < self.stride * self.height:
            raise ValueError("a picture has as many bytes as its size asks for")


@dataclass(frozen=True, slots=True, kw_only=True)
class Intake:
    """A parcel as the clerk typed it; what is not yet known is None or empty."""

    exporter: str | None
    source: Source
    title: str
    """The mining title or mine, where mined."""
    origin: str
    provenance: str
    heading: Heading
    pieces: int | None
    first: Carats | None
    second: Carats | None
    """Only where the office lets the same officer weigh again."""
    by_hand: str
    """Why the carats were typed and not taken from the balance: the code of the reason."""
    note: str


@dataclass(frozen=True, slots=True)
class Agreement:
    """How far two weighings are apart, and how far they may be."""

    difference: Carats
    allowed: Carats

    @property
    def agrees(self) -> bool:
        return self.difference <= self.allowed


@dataclass(frozen=True, slots=True)
class Registered:
    """A parcel the office has taken in."""

    number: str
    carats: Carats


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """One look at a certificate."""

    verdict: Verdict
    source: str
    """The file or camera it was read from, or the number that was typed."""
    at: datetime
    took: Decimal
    """Seconds."""
    picture: Picture | None

    @property
    def number(self) -> str:
        """As the code states it, proved or only claimed."""
        totals = self.verdict.totals or self.verdict.unproven
        return totals.number.text if totals else ""


class Stage(StrEnum):
    """What a shipment's certificate waits for."""

    PREPARE = "prepare"
    """Sealed: to be drawn up and signed first."""
    APPROVE = "approve"
    """Signed once: the second officer."""
    PRINT = "print"
    """Signed twice: a blank."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ready:
    """A shipment that waits for its certificate, with every condition."""

    reference: str
    exporter: str
    destination: str
    carats: Carats
    value: Money
    approved: datetime | None
    conditions: tuple[Answer, ...]
    stage: Stage = Stage.PRINT
    certificate: str = ""
    """Its number or id, once it is drawn up."""
    digest: str = ""
    """What is signed, once it is drawn up."""
    number: str = ""
    """The blank it is bound to: after a sheet came out clean it goes on that one and no other."""

    @property
    def may_go(self) -> bool:
        return all(condition.tone in (Tone.OK, Tone.NOTE) for condition in self.conditions)


@dataclass(frozen=True, slots=True)
class Printer:
    """A printer and the day it was aligned for the form, None where it never was."""

    name: str
    aligned: date | None = None
    whole: bool = False
    """Artwork and data are drawn in one, so there is nothing on the sheet to align to."""

    @property
    def fits(self) -> bool:
        return self.whole or self.aligned is not None


@dataclass(frozen=True, slots=True)
class Spooled:
    """A job that was sent: nobody knows what is on the sheet until someone looks."""

    reference: str
    number: str


@dataclass(frozen=True, slots=True)
class Signed:
    """One line of what a second officer is asked to sign."""

    about: str
    """Such as the shipment and whose it is."""
    digest: str = ""
    carats: Carats | None = None
    value: Money | None = None
