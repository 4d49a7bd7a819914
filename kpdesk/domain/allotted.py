"""Numbered blanks that lie with a firm: what it printed on them, and how they are counted (EU Annex IV)."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar

from kpdesk.domain.stock import Paper

MOST_TEXT = 500
"""Characters of one text that goes between seat and office."""


def short(*texts: str) -> None:
    """Raises ValueError for a text that is longer than any text between seat and office may be."""
    if any(len(text) > MOST_TEXT for text in texts):
        raise ValueError("a short text is wanted")


@dataclass(frozen=True, slots=True)
class AllottedBlank:
    """A numbered blank that lies with the firm."""

    number: str
    paper: Paper


@dataclass(frozen=True, slots=True, kw_only=True)
class Printed:
    """What a seat says that it printed: the data of this certificate, without any code, on this very blank."""

    office: str
    seat: str
    certificate: str
    """Its id; a number it gets with the codes."""
    blank: str
    facts_digest: str
    """SHA-256 of the canonical facts that were drawn, hex."""
    at: datetime

    def __post_init__(self) -> None:
        short(self.office, self.seat, self.certificate, self.blank, self.facts_digest)
        if self.at.utcoffset() is None:
            raise ValueError("an aware time")


@dataclass(frozen=True, slots=True, kw_only=True)
class FirmSheet:
    """An allotted blank with the data that a firm printed on it, at the seat and at the office."""

    kind: ClassVar[str] = "firm_sheet"
    personal: ClassVar[frozenset[str]] = frozenset()

    printed: Printed
    file: str
    """SHA-256 of the seat's report, hex."""
    brought: bool = False
    """The sheet itself lies at the office."""

    @property
    def identity(self) -> str:
        return self.printed.blank

    @property
    def about(self) -> str:
        return f"certificate/{self.printed.certificate}"

    @property
    def live(self) -> bool:
        return not self.brought


@dataclass(frozen=True, slots=True, kw_only=True)
class AllottedCount:
    """A count of the blanks that lie with a firm, by number."""

    kind: ClassVar[str] = "allotted_count"
    personal: ClassVar[frozenset[str]] = frozenset()

    id: str
    exporter: str
    on: date
    counted: int
    missing: tuple[str, ...]
    """Allotted, and not shown."""
    unknown: tuple[str, ...]
    """Shown, and not allotted to this firm."""

    @property
    def identity(self) -> str:
        return self.id

    @property
    def about(self) -> str:
        return f"party/{self.exporter}"

    @property
    def live(self) -> bool:
        return bool(self.missing or self.unknown)
