"""What was there when a shipment's contents were verified and its containers sealed (EU 12(2), kpcs.md §3)."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar


@dataclass(frozen=True, slots=True, kw_only=True)
class Verification:
    """Who stood by when a shipment was sealed, and its photo."""

    kind: ClassVar[str] = "verification"
    personal: ClassVar[frozenset[str]] = frozenset({"customs", "mines"})

    shipment: str
    customs: str = ""
    mines: str = ""
    """Officers of other services, by name: they are no users here."""
    salt: bytes
    photo: str = ""
    """SHA-256 of the kept JPEG, hex; empty where none was taken."""
    original: str = ""
    """SHA-256 of the file that was given, hex."""
    by: str
    at: datetime

    @property
    def identity(self) -> str:
        return self.shipment

    @property
    def about(self) -> str:
        return f"shipment/{self.shipment}"

    @property
    def live(self) -> bool:
        return False
