"""Who may do what, room by room: each module has its `ACTS` and `TWO` for test_desk_rights."""

from collections.abc import Callable
from types import ModuleType
from typing import TypeAlias

from kpdesk.desks.desk import Desk
from kpdesk.domain.parties import Role

Acts: TypeAlias = dict[Callable[..., object], tuple[set[Role], Callable[[Desk], object]]]
"""An act, the roles that may, and a call of it on things that do not exist."""
ActsOfTwo: TypeAlias = dict[Callable[..., object], tuple[set[Role], set[Role], Callable[[Desk, Desk], object]]]
"""An act of two people, the roles of the first and of the second, and a call of it."""

from tests.desks.rights import (  # noqa: E402 - they need the names above
    applying,
    balances,
    closing,
    counter,
    exceptions,
    goods,
    leaving,
    registers,
    sheets,
    shell,
    supervising,
    valuing,
)

ROOMS: tuple[ModuleType, ...] = (
    applying,
    balances,
    closing,
    counter,
    exceptions,
    goods,
    leaving,
    registers,
    sheets,
    shell,
    supervising,
    valuing,
)
