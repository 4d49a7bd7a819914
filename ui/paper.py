"""The system's printers: an archived PDF's page, painted once on a full page without margins (desk.md §3.1).

That Qt says yes proves no print: the printer is asked before, a person looks at the sheet after.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QMarginsF, QRectF
from PySide6.QtGui import QImage, QPageLayout, QPageSize, QPainter
from PySide6.QtPrintSupport import QPrinter, QPrinterInfo

from kpdesk.domain.outcomes import Trouble
from ui.slips import Picture, Printer

DPI = 600


@dataclass(eq=False)
class PrinterNotReady(Trouble):
    """The system does not know the printer, or says that it is out of order; it was given nothing."""

    printer: str


def printers() -> Sequence[Printer]:
    """What the system can print on: sheets with artwork and data in one. Overlays want a calibration first."""
    return tuple(Printer(name, whole=True) for name in QPrinterInfo.availablePrinterNames())


def print_page(page: Picture, name: str) -> None:
    """One sheet, one side, greys as they are; raises PrinterNotReady."""
    info = QPrinterInfo.printerInfo(name)
    if info.isNull() or info.state() is QPrinter.PrinterState.Error:
        raise PrinterNotReady(name)
    printer = QPrinter(info, QPrinter.PrinterMode.HighResolution)
    printer.setResolution(DPI)
    # Without full page first, everything lies 3.5 mm off.
    printer.setFullPage(True)
    printer.setPageLayout(
        QPageLayout(QPageSize(QPageSize.PageSizeId.A4), QPageLayout.Orientation.Portrait, QMarginsF(0, 0, 0, 0))
    )
    printer.setCopyCount(1)
    printer.setDuplex(QPrinter.DuplexMode.DuplexNone)
    form = QImage.Format.Format_Grayscale8 if page.mode == "L" else QImage.Format.Format_RGB888
    image = QImage(page.content, page.width, page.height, page.stride, form)
    painter = QPainter()
    if not painter.begin(printer):
        raise PrinterNotReady(name)
    painter.drawImage(QRectF(printer.paperRect(QPrinter.Unit.DevicePixel)), image)
    painter.end()
