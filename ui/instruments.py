"""What stands on the table beside the window: shared by all pages that use it."""

from dataclasses import dataclass

from kpdesk.desks.reading import Reader


@dataclass(frozen=True, slots=True)
class Instruments:
    """One for the program, whoever is signed in."""

    reader: Reader
    """Opens strange files in a child process; used in the camera's lane."""
