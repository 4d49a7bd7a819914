"""What can go wrong between a balance and this computer."""

from dataclasses import dataclass

from kpdesk.domain.outcomes import Trouble


@dataclass(eq=False)
class BalanceMissing(Trouble):
    """No such port, or the balance on it is gone."""

    port: str


@dataclass(eq=False)
class BalanceTaken(Trouble):
    """The port is another program's, or this user may not open it."""

    port: str


@dataclass(eq=False)
class BalanceSilent(Trouble):
    """Nothing came back in time."""


@dataclass(eq=False)
class BalanceMoves(Trouble):
    """No reading at rest came in time."""


@dataclass(eq=False)
class BalanceRefuses(Trouble):
    """The balance answers a request with a fault."""

    kind: str
    what: str
