"""Printing by firms tied to the desks: the officer's page, the counter's button, the seat's. Touches no widget."""

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication

from kpdesk.desks import calibration, issuing, printing_out, seat_printing, sheets
from kpdesk.desks.desk import Desk
from kpdesk.desks.outgoing import read_letter
from kpdesk.desks.printers import PRACTICE_TRAY, job_title, page, practice_tray
from kpdesk.domain.calibration import Tray
from kpdesk.domain.issuance import State
from ui import paper
from ui.exporter.firm_printing import FirmPrintingActs, Printable
from ui.exporter.paper import print_pdf
from ui.slips import Picture

_WHY = "printed by the firm"


def firms_print(desk: Desk) -> bool:
    """Whether any of the two settings lets firms print today."""
    with desk.look() as session:
        settings = desk.settings(session)
    return settings.exporter_prints or settings.firm_prints_data


def firm_printing_acts(desk: Desk) -> FirmPrintingActs:
    """Of the issuing officer."""

    def load(certificate: str, blank: str) -> object:
        sheets.load_blank(desk, blank, why=_WHY)
        return sheets.bind_number(desk, certificate, blank=blank)

    def codes(certificate: str, blank: str) -> object:
        tray = _tray(desk)
        printing_out.bind_sheet(desk, blank)
        pdf = printing_out.spool_codes(desk, blank, tray=tray)
        _send(desk, pdf, blank, tray)
        return blank

    return FirmPrintingActs(
        listed=lambda: _listed(desk),
        next_blank=lambda: next((blank.number for blank in sheets.blanks_at_hand(desk, limit=1)), ""),
        load=load,
        codes=codes,
        take=lambda file: printing_out.take_printed(desk, read_letter(file)).printed.blank,
    )


def _listed(desk: Desk) -> Sequence[Printable]:
    found = []
    for slip in issuing.certificates(desk, state=State.APPROVED):
        sheet = printing_out.sheet_for(desk, slip)
        blank = slip.number.text if slip.number else sheet.printed.blank if sheet else ""
        found.append(Printable(slip.id, slip.shipment, slip.facts.exporter.name, blank, sheet is not None))
    return tuple(found)


def print_own(desk: Desk, shipment: str) -> str:
    """The firm prints its certificate on the loaded blank; its number."""
    tray = _tray(desk)
    number, pdf = printing_out.print_own(desk, shipment, tray=tray)
    _send(desk, pdf, number, tray)
    return number


def print_data(desk: Desk, application: str, blank: str) -> str:
    """At the seat: the data on one of its blanks; where the report for the office is."""
    pdf, report = seat_printing.print_data(desk, application, blank=blank)
    print_pdf(desk, pdf, f"{blank}-data")
    return str(report)


def _tray(desk: Desk) -> Tray:
    """What is printed from, asked before anything is bound or sent; raises PrinterNotReady."""
    if desk.office.practice:
        return Tray(PRACTICE_TRAY)
    tray = next(iter(paper.printers()), Tray(""))
    paper.ready(tray.printer)
    return tray


def _send(desk: Desk, pdf: bytes, number: str, tray: Tray) -> None:
    practice = practice_tray(desk)
    if practice is not None:
        practice.submit(pdf, number=number)
        return
    seen = page(pdf, dpi=paper.DPI)
    sheet = Picture(seen.width, seen.height, seen.stride, seen.mode, seen.content)
    (held,) = calibration.calibrated(desk, [tray])
    alignment = held.alignment if held else None
    paper.print_page(sheet, tray.printer, title=job_title(number), alignment=alignment)


def printed_words(number: str) -> str:
    words = QCoreApplication.translate("application", "{number} is printing; an officer looks at the sheet")
    return words.format(number=number)
