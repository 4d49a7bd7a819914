"""Certified copies: on plain paper, for no shipment, each with its number and why it was asked for (desk.md §3.4)."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from kpdesk.domain.certificate import Number


@dataclass(frozen=True, slots=True, kw_only=True)
class Copy:
    """A certified copy of a certificate, for no shipment."""

    kind: ClassVar[str] = "copy"
    personal: ClassVar[frozenset[str]] = frozenset()

    certificate: str
    number: Number
    time: int
    """1 for the first copy of a certificate."""
    why: str
    pdf: str
    """SHA-256 of the archived PDF, hex."""
    made_at: datetime
    made_by: str

    @property
    def identity(self) -> str:
        return f"{self.number}-{self.time}"

    @property
    def about(self) -> str:
        return f"certificate/{self.certificate}"

    @property
    def live(self) -> bool:
        return False
