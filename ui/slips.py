"""What screens are handed and hand back: frozen, no Qt. A desk makes and takes these; a screen only shows them.

Amounts are exact, moments are aware UTC, sentences are codes with facts (`ui.messages` says them).
"""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Literal

from kpdesk.domain.calibration import Tray
from kpdesk.domain.measures import Carats, Money
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
    """A printer's tray, and the day it was aligned to the form in use; None where it never was, or not as it is now."""

    tray: Tray
    aligned: date | None = None

    @property
    def name(self) -> str:
        return ", ".join(filter(None, (self.tray.printer, self.tray.name)))

    def fits(self, blank: "Blank | None") -> bool:
        """What is entered meets the lines of a preprinted blank only from an aligned tray."""
        return self.aligned is not None or blank is None or not blank.overlay


@dataclass(frozen=True, slots=True)
class Blank:
    """A numbered sheet that is next in order."""

    number: str
    overlay: bool = False
    """Artwork and number are on it already: only what is entered is printed."""


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
