"""When the pan is at rest (desk.md §2.5.1): the balance says so and repeats itself, or repeats itself long enough."""

from dataclasses import dataclass, replace
from decimal import Decimal

from kpdesk.domain.weighing import Reading

APART_S = 0.3
"""Least time between the two equal readings of a balance that flags stability."""
LONG_S = 2.0
"""How long a balance that flags none must show one weight, within one step."""


@dataclass(slots=True)
class Rest:
    """Looks at one reading after the other and calls stable only what the rule calls so."""

    step: Decimal | None = None
    """The balance's smallest step, in its own unit; where it is not known, readings must be equal."""
    _first: Reading | None = None
    _since: float = 0.0

    def see(self, reading: Reading, tick: float) -> Reading:
        """The reading, stable by the rule or not; `tick` are seconds of a clock that only goes on."""
        flagless = not reading.stable and reading.stable_by == "software"
        if not reading.stable and not flagless:
            self._first = None
            return reading
        if self._first is None or not self._equal(self._first, reading, flagless):
            self._first, self._since = reading, tick
        rests = tick - self._since >= (LONG_S if flagless else APART_S)
        return replace(reading, stable=rests)

    def forget(self) -> None:
        """Something else came between: begin anew."""
        self._first = None

    def _equal(self, one: Reading, other: Reading, within_step: bool) -> bool:
        apart = self.step if within_step and self.step is not None else Decimal(0)
        return (one.unit, one.stable_by) == (other.unit, other.stable_by) and abs(one.value - other.value) <= apart
