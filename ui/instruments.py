"""What stands on the table beside the window: shared by all pages that use it."""

from collections.abc import Callable
from dataclasses import dataclass

from kpdesk.desks.proving import Frames
from kpdesk.desks.reading import Reader
from ui.balance import BalanceLine


@dataclass(frozen=True, slots=True)
class Instruments:
    """One of each for the program, whoever is signed in."""

    reader: Reader
    """Opens strange files in a child process; used in the camera's lane."""
    balance: BalanceLine
    """The balance at this desk; a page attaches its weighing card to it."""
    frames: Callable[[], Frames] | None = None
    """Opens the camera; None where there is none."""

    def close(self) -> None:
        """No lane may be running any more."""
        self.reader.close()
        self.balance.close()
