"""The two ledgers of the office day by day: levies of the state, fees of the office (kpcs.md §4)."""

from dataclasses import dataclass
from enum import StrEnum

from kpdesk.domain.fees import Ledger
from kpdesk.domain.measures import Money


class EntryKind(StrEnum):
    """A movement in a ledger."""

    CLAIMED = "claimed"
    CANCELLED = "cancelled"
    RECEIVED = "received"
    REVERSED = "reversed"


@dataclass(frozen=True, slots=True, kw_only=True)
class DayOfLedger:
    """One ledger on one day, for the close of day."""

    ledger: Ledger
    claimed: Money
    cancelled: Money
    received: Money
    reversed: Money
    open: Money
    """What is owed at the end of the day, of all days before it too."""
