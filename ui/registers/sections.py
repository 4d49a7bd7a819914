"""The registers of firms, mines and foreign authorities of the window."""

from collections.abc import Iterator

from kpdesk.desks.desk import Desk
from ui.instruments import Instruments
from ui.surface import Surface
from ui.widgets.side import Section


def sections(desk: Desk, instruments: Instruments, surface: Surface) -> Iterator[Section]:
    """What this officer may turn to here."""
    yield from ()
