"""Ordinary papers of the exporters' screens: to the system's printer, and always as a file that people can find."""

from kpdesk.desks.desk import Desk
from kpdesk.desks.outgoing import pages, put_out
from kpdesk.desks.printers import page
from ui import paper
from ui.slips import Picture

_PREVIEW_DPI = 90


def preview(pdf: bytes) -> Picture:
    """The first page, for the screen."""
    seen = page(pdf, dpi=_PREVIEW_DPI)
    return Picture(seen.width, seen.height, seen.stride, seen.mode, seen.content)


def print_pdf(desk: Desk, pdf: bytes, name: str) -> str:
    """Every page to the first printer of the system; its name, or where the file is if there is none."""
    file = put_out(desk, f"{name}.pdf", pdf)
    trays = () if desk.office.practice else paper.printers()
    if not trays:
        return str(file)
    for seen in pages(pdf, dpi=paper.DPI):
        sheet = Picture(seen.width, seen.height, seen.stride, seen.mode, seen.content)
        paper.print_page(sheet, trays[0].printer, title=name)
    return trays[0].printer
