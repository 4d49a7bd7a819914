"""The system's printers: a page painted once on a full sheet without margins, aligned to it (desk.md §3.1).

That Qt says yes proves no print: the printer is asked before, a person looks at the sheet after.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QMarginsF, QRectF, Qt
from PySide6.QtGui import QImage, QPageLayout, QPageSize, QPainter, QTransform
from PySide6.QtPrintSupport import QPrinter, QPrinterInfo

from kpdesk.domain.calibration import Affine, Alignment, Tray
from kpdesk.domain.outcomes import Trouble
from ui.slips import Picture

DPI = 600
_MILLIMETRE = DPI / 25.4


@dataclass(eq=False)
class PrinterNotReady(Trouble):
    """The system does not know the printer, or says that it is out of order; it was given nothing."""

    printer: str


def printers() -> Sequence[Tray]:
    """What the system can print on, each with the driver that a calibration holds for."""
    return tuple(Tray(info.printerName(), driver=info.makeAndModel()) for info in QPrinterInfo.availablePrinters())


def ready(name: str) -> QPrinterInfo:
    """The printer as the system knows it now; raises PrinterNotReady."""
    info = QPrinterInfo.printerInfo(name)
    if info.isNull() or info.state() is QPrinter.PrinterState.Error:
        raise PrinterNotReady(name)
    return info


def print_page(page: Picture, name: str, *, title: str, alignment: Alignment | None = None) -> None:
    """One sheet, one side, greys as they are; `title` names the job in the queue. Raises PrinterNotReady."""
    printer = QPrinter(ready(name), QPrinter.PrinterMode.HighResolution)
    printer.setDocName(title)
    if not paint(page, printer, alignment):
        raise PrinterNotReady(name)


def paint(page: Picture, printer: QPrinter, alignment: Alignment | None) -> bool:
    """The page on the sheet as it is, or where the printer's alignment says that it must be drawn to come out so."""
    printer.setResolution(DPI)
    # Without full page first, everything lies 3.5 mm off.
    printer.setFullPage(True)
    printer.setPageLayout(
        QPageLayout(QPageSize(QPageSize.PageSizeId.A4), QPageLayout.Orientation.Portrait, QMarginsF(0, 0, 0, 0))
    )
    printer.setCopyCount(1)
    printer.setDuplex(QPrinter.DuplexMode.DuplexNone)
    image = _image(page) if alignment is None else _moved(_image(page), _transform(alignment.undone))
    painter = QPainter()
    if not painter.begin(printer):
        return False
    # In whole dots, not stretched over the paper, which is a dot larger or smaller.
    painter.drawImage(QRectF(0, 0, image.width(), image.height()), image)
    return painter.end()


def _image(page: Picture) -> QImage:
    form = QImage.Format.Format_Grayscale8 if page.mode == "L" else QImage.Format.Format_RGB888
    return QImage(page.content, page.width, page.height, page.stride, form)


def _moved(image: QImage, transform: QTransform) -> QImage:
    """Drawn anew in dots: left to the print engine, a small turn comes out with too few digits, 0.3 mm off."""
    moved = QImage(image.size(), image.format())
    moved.fill(Qt.GlobalColor.white)
    painter = QPainter(moved)
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    painter.setTransform(transform)
    painter.drawImage(0, 0, image)
    painter.end()
    return moved


def _transform(moves: Affine) -> QTransform:
    """In dots, by columns as Qt has it."""
    return QTransform(moves.a, moves.c, moves.b, moves.d, moves.e * _MILLIMETRE, moves.f * _MILLIMETRE)
