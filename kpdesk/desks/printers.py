"""Printers as a desk knows them: the practice tray here; a system's printers are the window's."""

from kpdesk.desks.desk import Desk
from kpdesk.printing.pages import Picture, render
from kpdesk.printing.port import Printer

PRACTICE_TRAY = "Practice tray"


def practice_tray(desk: Desk) -> Printer | None:
    """The stand-in of a practice office, which prints to pictures in its folder; None for a real office."""
    if not desk.office.practice:
        return None
    import numpy as np

    from kpdesk.printing.tray import TrayPrinter

    seed = int(desk.clock().timestamp())
    return TrayPrinter(desk.folder.path / "sheets", random=np.random.default_rng(seed), name=PRACTICE_TRAY)


def page(pdf: bytes, *, dpi: int) -> Picture:
    """The sheet as a picture: for the preview, or at the printer's resolution."""
    return render(pdf, dpi=dpi)
