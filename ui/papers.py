"""The office's own papers tied to a desk and to the system's printers: whole pages as they are, as often as asked."""

from collections.abc import Sequence

from PySide6.QtCore import QMarginsF, QRectF, QSizeF
from PySide6.QtGui import QImage, QPageLayout, QPageSize, QPainter
from PySide6.QtPrintSupport import QPrinter

from kpdesk.desks import archive
from kpdesk.desks.desk import Desk
from kpdesk.desks.printers import page, page_count, practice_tray
from ui import paper
from ui.slips import Picture
from ui.widgets.paper_view import PaperActs, Shown

_SCREEN_DPI = 110
_MILLIMETRES = 25.4


def paper_acts(desk: Desk) -> PaperActs:
    """The view's questions, asked of this officer's desk. A practice office prints into its tray alone."""
    tray = practice_tray(desk)

    def submit(shown: Shown, printer: str) -> None:
        # A label is counted when it is drawn; a paper each time it is printed.
        pdf = shown.pdf if shown.dpi else archive.print_again(desk, shown.number)
        if tray:
            tray.submit(pdf, number="".join(letter for letter in shown.number if letter.isalnum()))
        else:
            print_pages(
                [_picture(pdf, each, shown.dpi or paper.DPI) for each in range(page_count(pdf))], shown, printer
            )

    return PaperActs(
        pages=page_count,
        picture=lambda pdf, number: _picture(pdf, number, _SCREEN_DPI),
        printers=lambda: [tray.name] if tray else [each.name for each in paper.printers()],
        submit=submit,
    )


def print_pages(pages: Sequence[Picture], shown: Shown, printer: str) -> None:
    """Every page on a sheet of its own size, without margins; raises PrinterNotReady."""
    dpi = shown.dpi or paper.DPI
    device = QPrinter(paper.ready(printer), QPrinter.PrinterMode.HighResolution)
    device.setDocName(f"kpdesk {shown.number}")
    device.setFullPage(True)
    size = QSizeF(pages[0].width / dpi * _MILLIMETRES, pages[0].height / dpi * _MILLIMETRES)
    whole = QPageSize(size, QPageSize.Unit.Millimeter) if shown.dpi else QPageSize(QPageSize.PageSizeId.A4)
    device.setPageLayout(QPageLayout(whole, QPageLayout.Orientation.Portrait, QMarginsF(0, 0, 0, 0)))
    device.setCopyCount(1)
    painter = QPainter()
    if not painter.begin(device):
        raise paper.PrinterNotReady(printer)
    # A printer of the label's own resolution gets dot for dot.
    scale = device.resolution() / dpi
    scale = 1.0 if abs(scale - 1) < 0.01 else scale
    for place, each in enumerate(pages):
        if place:
            device.newPage()
        form = QImage.Format.Format_Grayscale8 if each.mode == "L" else QImage.Format.Format_RGB888
        image = QImage(each.content, each.width, each.height, each.stride, form)
        painter.drawImage(QRectF(0, 0, each.width * scale, each.height * scale), image)
    painter.end()


def _picture(pdf: bytes, number: int, dpi: float) -> Picture:
    seen = page(pdf, dpi=dpi, number=number)
    return Picture(seen.width, seen.height, seen.stride, seen.mode, seen.content)
