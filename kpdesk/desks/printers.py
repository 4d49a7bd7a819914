"""Printers as a desk knows them: the practice tray here; a system's printers are the window's."""

from typing import TYPE_CHECKING

from kpdesk.desks.desk import Desk
from kpdesk.printing.pages import Picture, page_count, render
from kpdesk.printing.queue import JobStillWaiting, take_back

if TYPE_CHECKING:
    from kpdesk.printing.tray import TrayPrinter

PRACTICE_TRAY = "Practice tray"

__all__ = [
    "PRACTICE_TRAY",
    "JobStillWaiting",
    "job_title",
    "page",
    "page_count",
    "practice_sheet",
    "practice_tray",
    "take_back",
]


def practice_tray(desk: Desk) -> "TrayPrinter | None":
    """The stand-in of a practice office, which prints to pictures in its folder; None for a real office."""
    if not desk.office.practice:
        return None
    import numpy as np

    from kpdesk.printing.tray import TrayPrinter

    seed = int(desk.clock().timestamp())
    return TrayPrinter(desk.folder.path / "sheets", random=np.random.default_rng(seed), name=PRACTICE_TRAY)


def page(pdf: bytes, *, dpi: float, number: int = 0) -> Picture:
    """A page as a picture, the first unless another is named: for the preview, or at the printer's resolution."""
    return render(pdf, dpi=dpi, page=number)


def practice_sheet(desk: Desk, number: str) -> bytes | None:
    """The sheet in the practice tray as a camera sees it, PNG; None where none came."""
    tray = practice_tray(desk)
    return tray.sheet(number) if tray else None


def job_title(number: str) -> str:
    """What the job of one sheet is called in the system's queue."""
    return f"kpdesk {number}"
