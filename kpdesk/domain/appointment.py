"""Who comes when: a firm brings goods, buyers see a sight (kpcs.md §5: some participants ask for notice)."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import ClassVar

from kpdesk.domain.outcomes import Refusal


class Occasion(StrEnum):
    GOODS_IN = "goods_in"
    """A firm brings parcels."""
    GOODS_OUT = "goods_out"
    """A firm or its carrier fetches goods or a certificate."""
    SIGHT = "sight"
    """Buyers look at a producer's goods."""
    ARRIVAL = "arrival"
    """A container is opened that came in under a foreign certificate."""
    OTHER = "other"


class Attendance(StrEnum):
    EXPECTED = "expected"
    CAME = "came"
    MISSED = "missed"
    CALLED_OFF = "called_off"


@dataclass(eq=False)
class AlreadySettled(Refusal):
    """Whether they came has been noted before."""

    appointment: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Appointment:
    """A visit agreed on, and whether it took place."""

    kind: ClassVar[str] = "appointment"
    personal: ClassVar[frozenset[str]] = frozenset({"who", "note"})

    number: str
    """`A-2026-000012`."""
    at: datetime
    occasion: Occasion
    firm: str
    """Its register number, empty for somebody else."""
    salt: bytes
    who: str = ""
    """Who comes, where it is not the firm as such."""
    note: str = ""
    attendance: Attendance = Attendance.EXPECTED

    @property
    def identity(self) -> str:
        return self.number

    @property
    def about(self) -> str:
        return f"party/{self.firm}" if self.firm else ""

    @property
    def live(self) -> bool:
        return self.attendance is Attendance.EXPECTED
