"""Papers of the issuing officer's screens: their pictures, and ordinary printing. Runs in the workroom; no widget."""

from kpdesk.desks.advice import lay_out
from kpdesk.desks.desk import Desk
from kpdesk.desks.printers import page
from ui import paper
from ui.slips import Picture

_SEEN_DPI = 100


def picture(pdf: bytes, *, dpi: int = _SEEN_DPI) -> Picture:
    """The first page."""
    seen = page(pdf, dpi=dpi)
    return Picture(seen.width, seen.height, seen.stride, seen.mode, seen.content)


def print_pdf(desk: Desk, pdf: bytes, name: str) -> str:
    """To the first printer of the system, and always as a file; the name of the one that a person looks for."""
    file = lay_out(desk, f"{name}.pdf", pdf)
    ready = () if desk.office.practice else paper.printers()
    if not ready:
        return file.name
    paper.print_page(picture(pdf, dpi=paper.DPI), ready[0].printer, title=name)
    return ready[0].printer
