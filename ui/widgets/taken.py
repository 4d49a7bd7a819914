"""What a weighing card hands to its page."""

from dataclasses import dataclass
from datetime import datetime

from kpdesk.domain.measures import Carats
from kpdesk.domain.weighing import Reading, Weighing, typed


@dataclass(frozen=True, slots=True)
class Taken:
    """A weight that the officer took: from the balance, whole or in portions, or typed with a reason."""

    carats: Carats
    reading: Reading | None
    """None where it was typed."""
    balance: str
    """The balance's id; empty where there is none."""
    by_hand: str = ""
    """The code of the reason for typing it."""

    def read(self, at: datetime) -> Reading:
        """The reading as acts want it; one that was typed is of this moment."""
        return self.reading or self.weighing(officer="", at=at).reading

    def weighing(self, *, officer: str, at: datetime) -> Weighing:
        if self.reading is None:
            return typed(self.carats, officer=officer, reason=self.by_hand, at=at, balance=self.balance)
        return Weighing(officer, self.reading, "", self.balance)
