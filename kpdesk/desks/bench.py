"""The balance that stands beside this window: found, opened, kept open. What the books say is in `desks.balances`."""

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from kpdesk.balances.dialects import dialect
from kpdesk.balances.port import Answered, Port, name_of, open_line, ports, tries, try_line
from kpdesk.balances.port import Balance as Line
from kpdesk.balances.profiles import MOST, ProfileDamaged, read_profile
from kpdesk.balances.simulated import Simulated
from kpdesk.balances.troubles import BalanceMissing
from kpdesk.balances.watch import Heard, LineState, Watch
from kpdesk.domain.balance import Balance, Profile

PRACTICE = "practice"
"""The adapter of a balance that is simulated: practice offices alone have one."""


@dataclass(slots=True)
class Bench:
    """Opens the first of the office's balances that is plugged in here; a practice one is always."""

    balances: Sequence[Balance]
    clock: Callable[[], datetime]
    practice: bool = False
    """A practice office: one whose adapter is `practice` is simulated."""
    current: Balance | None = None
    """The one that was opened last."""
    simulated: Simulated | None = None

    def open(self) -> Line:
        """Raises BalanceMissing, BalanceTaken."""
        for balance in self.balances:
            with suppress(BalanceMissing):
                line = open_line(self._name(balance), balance.line)
                self.current = balance
                return Line(
                    line,
                    dialect(balance.dialect, balance.profile),
                    clock=self.clock,
                    unit=balance.mass_unit,
                    step=balance.readability,
                )
        raise BalanceMissing(", ".join(balance.id for balance in self.balances))

    def _name(self, balance: Balance) -> str:
        if balance.adapter != PRACTICE:
            return name_of(balance.adapter)
        if not self.practice:
            raise BalanceMissing(balance.adapter)
        if self.simulated is None:
            places = -int(balance.readability.as_tuple().exponent)
            self.simulated = Simulated(balance.dialect, unit=balance.unit, places=places, maximum=balance.maximum)
        return self.simulated.url

    def close(self) -> None:
        if self.simulated is not None:
            self.simulated.close()


def profile_in(file: Path) -> Profile:
    """The profile in a file; raises ProfileDamaged."""
    try:
        with file.open("rb") as opened:
            return read_profile(opened.read(MOST + 1))
    except OSError as problem:
        raise ProfileDamaged("it cannot be read") from problem


def find(port: Port, clock: Callable[[], datetime], go_on: Callable[[], bool]) -> Answered | None:
    """Try each dialect and line setting at a port; the first whose every line fits, else the first that answered.

    `go_on` is asked before each try, which may take 2.6 s. Raises BalanceMissing, BalanceTaken.
    """
    answered: Answered | None = None
    for spoken, settings in tries():
        if not go_on():
            break
        found = try_line(port.name, spoken, settings, clock=clock)
        if found is not None and found.fits:
            return found
        answered = answered or found
    return answered


__all__ = [
    "PRACTICE", "Answered", "Bench", "Heard", "LineState", "Port", "Simulated", "Watch", "find", "ports",
    "profile_in",
]  # fmt: skip
