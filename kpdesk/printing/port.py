"""What the desk asks of a printer. That it took a job proves no print: a person looks at the sheet (desk.md 3.1)."""

from dataclasses import dataclass
from typing import Protocol

from kpdesk.domain.outcomes import Trouble


@dataclass(eq=False)
class PrinterGone(Trouble):
    """The printer is switched off, unplugged, out of order or unknown; it was given nothing."""

    printer: str


class Printer(Protocol):
    """A printer, or the tray that stands in for one."""

    @property
    def name(self) -> str:
        """As the system calls it."""
        ...

    def submit(self, pdf: bytes, *, number: str) -> None:
        """Hands over one sheet, to be printed on the blank of this number; raises PrinterGone.

        Coming back says only that the printer took it.
        """
        ...
