"""A balance kept open for as long as it is wanted: reopened when it comes back, called silent when it says nothing."""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from kpdesk.balances.port import Balance, Tick
from kpdesk.domain.balance import Fault
from kpdesk.domain.outcomes import Trouble
from kpdesk.domain.weighing import Reading

SILENT_S = 2.0
REOPEN_S = 2.0
STEP_S = 0.25


class LineState(StrEnum):
    READY = "ready"
    SILENT = "silent"
    """Open, and nothing is heard for 2 s."""
    LOST = "lost"
    """Not there; it is looked for every 2 s."""


@dataclass(frozen=True, slots=True)
class Heard:
    """What one step brought."""

    state: LineState
    said: Reading | Fault | None = None


class Watch:
    """Steps belong to one thread, one after the other; none takes longer than it is told."""

    def __init__(
        self,
        open_balance: Callable[[], Balance],
        *,
        tick: Tick = time.monotonic,
        wait: Callable[[float], object] | None = None,
    ) -> None:
        """`open_balance` finds the port anew each time; `wait` lets time pass while there is none."""
        self._open, self._tick = open_balance, tick
        self._wait = wait or threading.Event().wait
        self._balance: Balance | None = None
        self._due = self._last = tick()

    def step(self, timeout: float = STEP_S) -> Heard:
        """Hear what the balance says next, or look for it where it is gone."""
        try:
            if self._balance is None and not self._look(timeout):
                return Heard(LineState.LOST)
            assert self._balance is not None
            said = self._balance.hear(timeout)
        except Trouble:
            self._drop()
            return Heard(LineState.LOST)
        if said is not None:
            self._last = self._tick()
        silent = self._tick() - self._last >= SILENT_S
        return Heard(LineState.SILENT if silent else LineState.READY, said)

    def _look(self, timeout: float) -> bool:
        """Whether it is there now; else wait a little."""
        left = self._due - self._tick()
        if left > 0:
            self._wait(min(left, timeout))
            return False
        self._due = self._tick() + REOPEN_S
        self._balance = self._open()
        self._last = self._tick()
        return True

    def zero(self) -> None:
        """Raises BalanceRefuses, BalanceMissing."""
        if self._balance is not None:
            self._balance.zero()

    def tare(self) -> None:
        if self._balance is not None:
            self._balance.tare()

    def close(self) -> None:
        """The port is free; the next step opens it again at once."""
        self._drop()
        self._due = self._tick()

    def _drop(self) -> None:
        balance, self._balance = self._balance, None
        if balance is not None:
            try:
                balance.close()
            except Trouble:
                return
