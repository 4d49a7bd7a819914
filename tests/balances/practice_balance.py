"""Balances at the end of a pseudo-terminal, and a clock that goes on whenever it is looked at."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from decimal import Decimal
from itertools import count

from kpdesk.balances.dialects import dialect
from kpdesk.balances.port import Balance, open_line
from kpdesk.balances.simulated import PROFILE, Simulated
from kpdesk.domain.balance import DialectName, LineSettings

AT = datetime(2026, 11, 22, 8, tzinfo=UTC)


class Ticks:
    """A twentieth of a second a look: what takes seconds is over at once."""

    def __init__(self, step: float = 0.05) -> None:
        self._count, self._step = count(), step
        self.extra = 0.0

    def __call__(self) -> float:
        return next(self._count) * self._step + self.extra


@contextmanager
def connected(
    simulated: Simulated, name: DialectName = DialectName.SICS, settings: LineSettings | None = None
) -> Iterator[Balance]:
    """Our end of its cable."""
    spoken = dialect(name, PROFILE if name is DialectName.REGEX else None)
    line = open_line(simulated.url, settings or next(iter(spoken.lines), LineSettings()))
    step = Decimal("0.001")
    with closing(Balance(line, spoken, clock=lambda: AT, unit="ct", step=step, tick=Ticks())) as balance:
        yield balance
