"""Printing by the exporter itself, where the office's dated settings let it; both are off from the start.

At the counter a firm prints its approved certificate on the blank that an officer loaded and bound. At its own seat it
prints data, without any code, on numbered blanks allotted to it; the office adds the codes to that very sheet.
Loading, binding and the look at the sheet stay the officer's.
"""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass

from kpdesk.desks.calibration import in_force
from kpdesk.desks.desk import Desk, apart
from kpdesk.desks.seats import ForAnotherOffice, SeatUnknown
from kpdesk.desks.sheets import NotAligned, bind_number, ground_of, load_blank, spool_in
from kpdesk.domain.allotted import AllottedCount, FirmSheet, Printed
from kpdesk.domain.calibration import Tray
from kpdesk.domain.certificate import Number
from kpdesk.domain.issuance import Certificate, State
from kpdesk.domain.outcomes import Refusal
from kpdesk.domain.parcel import WrongState
from kpdesk.domain.parties import Party, Role
from kpdesk.domain.records import canonical
from kpdesk.domain.records import digest as digest_of
from kpdesk.domain.seat import Seat
from kpdesk.domain.shipment import Shipment
from kpdesk.domain.slips import CertificateSlip, StockSlip
from kpdesk.domain.stock import StockKind, StockState
from kpdesk.domain.trust import key_id
from kpdesk.exchange.applications import PRINTED, from_record
from kpdesk.printing.codes import Codes
from kpdesk.printing.pdf import Part, certificate
from kpdesk.signing.letters import open_letter
from kpdesk.store import keeping
from kpdesk.store import lists as rows
from kpdesk.store.unit import NotFound, Unit

_MOST = 10_000


@dataclass(eq=False)
class NotByTheFirm(Refusal):
    """The office's settings do not let firms print so."""

    setting: str


@dataclass(eq=False)
class NotBoundYet(Refusal):
    """No officer has loaded a blank and bound its number to the firm's certificate."""

    shipment: str


@dataclass(eq=False)
class NotAllotted(Refusal):
    """The blank was not allotted to this firm."""

    number: str
    exporter: str


@dataclass(eq=False)
class DataDiffers(Refusal):
    """What the firm printed is not what its certificate states now."""

    number: str
    certificate: str


@dataclass(eq=False)
class NothingReported(Refusal):
    """The firm's seat has not said what it printed on this blank."""

    number: str


# At the counter


def print_own(desk: Desk, shipment: str, *, tray: Tray | None = None) -> tuple[str, bytes]:
    """The firm prints its certificate on the loaded blank: its number, and the PDF once that is on disk.

    Raises NotByTheFirm, NotBoundYet, QuestionOpen, NotAligned, StockNotReady.
    """
    desk.must(Role.EXPORTER_DESK)
    with desk.unit() as unit:
        _allowed(desk, unit, "exporter_prints")
        live = unit.live_certificate(shipment)
        if live is None or live.number is None or live.state is not State.APPROVED:
            raise NotBoundYet(shipment)
        return live.number.text, spool_in(desk, unit, live.number.text, tray)


def may_print_own(desk: Desk, shipment: str) -> bool:
    """Whether the firm's certificate waits on a loaded blank, and firms print here."""
    with desk.view() as unit:
        live = unit.live_certificate(shipment)
        if live is None or live.number is None or live.state is not State.APPROVED:
            return False
        loaded = unit.stock(StockKind.BLANK, live.number.text).state is StockState.LOADED
        return loaded and desk.settings(unit.session).exporter_prints


# Blanks with firms


def allot(desk: Desk, second: Desk, *, numbers: Iterable[str], exporter: str) -> int:
    """Two supervisors give a firm blanks out of the safe; how many. Raises NotByTheFirm, NotInStock, StockNotReady."""
    desk.must(Role.SUPERVISOR)
    second.must(Role.SUPERVISOR)
    apart(desk, second, "allot")
    with desk.unit() as unit:
        _allowed(desk, unit, "firm_prints_data")
        firm = unit.get(Party, exporter)
        given = 0
        for number in numbers:
            blank = unit.stock(StockKind.BLANK, Number.parse(number).text)
            blank.move(StockState.ALLOTTED, holder=firm.number)
            unit.note("allot", blank, why=f"with {second.officer.id}")
            given += 1
        return given


def return_allotted(desk: Desk, *, numbers: Iterable[str], exporter: str) -> int:
    """Unused blanks come back from a firm into the safe; how many. Raises NotAllotted."""
    desk.must(Role.SUPERVISOR)
    with desk.unit() as unit:
        returned = 0
        for number in numbers:
            blank = unit.stock(StockKind.BLANK, Number.parse(number).text)
            if blank.state is not StockState.ALLOTTED or blank.holder != exporter:
                raise NotAllotted(blank.number, exporter)
            blank.move(StockState.IN_SAFE)
            unit.note("return_allotted", blank)
            returned += 1
        return returned


def allotted(desk: Desk, exporter: str) -> tuple[StockSlip, ...]:
    """The blanks that lie with a firm."""
    with desk.look() as session:
        all_of_them = rows.stock(session, StockKind.BLANK, StockState.ALLOTTED, limit=_MOST)
    return tuple(blank for blank in all_of_them if blank.holder == exporter)


def count_allotted(desk: Desk, exporter: str, *, shown: Iterable[str]) -> AllottedCount:
    """Count a firm's blanks by their numbers; what is missing is written off as any blank is."""
    desk.must(Role.SUPERVISOR)
    numbers = {Number.parse(each).text for each in shown}
    with desk.unit() as unit:
        firm = unit.get(Party, exporter)
        held = rows.stock(unit.session, StockKind.BLANK, StockState.ALLOTTED, limit=_MOST)
        here = {blank.number for blank in held if blank.holder == firm.number}
        count = AllottedCount(
            id=f"AC-{unit.next('allotted_count'):06}",
            exporter=firm.number,
            on=desk.today,
            counted=len(numbers & here),
            missing=tuple(sorted(here - numbers)),
            unknown=tuple(sorted(numbers - here)),
        )
        keeping.keep(unit, "count_allotted", count)
        return count


# The firm's data, the office's codes


def take_printed(desk: Desk, content: bytes) -> FirmSheet:
    """Take in what a seat says that it printed; the same report twice is once.

    Raises LetterTooLarge, NotALetter, SeatUnknown, LetterAltered, FormNewer, FormUnreadable, ForAnotherOffice,
    NotAllotted, DataDiffers, NotFound.
    """
    desk.must(Role.ISSUING, Role.EXPORTER_DESK)
    letter = open_letter(content, kind=PRINTED.word, most=PRINTED.most)
    with desk.unit() as unit:
        found = keeping.all_of(unit.session, Seat, live=True)
        seat = next((each for each in found if key_id(each.key) == letter.kid), None)
        if seat is None:
            raise SeatUnknown(letter.kid.hex())
        printed = from_record(letter.read(seat.key), Printed)
        if printed.office != desk.office.code:
            raise ForAnotherOffice(printed.office)
        before = keeping.find(unit.session, FirmSheet, printed.blank)
        if before is not None and before.printed == printed:
            return before
        _allowed(desk, unit, "firm_prints_data")
        blank = unit.stock(StockKind.BLANK, printed.blank)
        if blank.state is not StockState.ALLOTTED or blank.holder != seat.exporter:
            raise NotAllotted(printed.blank, seat.exporter)
        thing = unit.get(Certificate, printed.certificate)
        if unit.get(Shipment, thing.shipment).exporter != seat.exporter:
            raise NotFound(Certificate.kind, printed.certificate)
        if printed.facts_digest != facts_digest(thing):
            raise DataDiffers(printed.blank, thing.id)
        sheet = FirmSheet(printed=printed, file=hashlib.sha256(content).hexdigest())
        keeping.keep(unit, "take_printed", sheet)
        return sheet


def facts_digest(thing: Certificate) -> str:
    """Of what is drawn without codes: the facts as both signed them."""
    return digest_of(canonical(thing.facts.record()))


def firm_sheets(desk: Desk) -> tuple[FirmSheet, ...]:
    """Sheets that firms have printed data on, and that were not brought yet."""
    with desk.look() as session:
        return keeping.all_of(session, FirmSheet, live=True)


def sheet_for(desk: Desk, slip: CertificateSlip) -> FirmSheet | None:
    """The firm's sheet that a certificate is bound to, or that was reported for it last."""
    with desk.look() as session:
        found = keeping.all_of(session, FirmSheet, about=f"certificate/{slip.id}")
    if slip.number is not None:
        return next((each for each in found if each.printed.blank == slip.number.text), None)
    return max(found, key=lambda each: each.printed.at, default=None)


def bind_sheet(desk: Desk, number: str) -> CertificateSlip:
    """The firm's sheet is brought, loaded and bound: whatever of it is not done yet. Raises what each step raises."""
    desk.must(Role.ISSUING)
    text = Number.parse(number).text
    with desk.view() as unit:
        sheet = keeping.find(unit.session, FirmSheet, text)
        if sheet is None:
            raise NothingReported(text)
        brought = sheet.brought
    if not brought:
        bring_sheet(desk, text)
    with desk.view() as unit:
        slip = rows.certificate_slip(unit.get(Certificate, sheet.printed.certificate))
        lies = unit.stock(StockKind.BLANK, text).state
    if lies is StockState.WITH_OFFICER:
        load_blank(desk, text, why="printed by the firm")
    return slip if slip.number is not None else bind_number(desk, slip.id, blank=text)


def bring_sheet(desk: Desk, number: str) -> CertificateSlip:
    """The firm's printed sheet is in the officer's hands; its data are compared with what is certified.

    Raises NothingReported, NotAllotted, DataDiffers, WrongState. Then it is loaded and bound as any blank is.
    """
    desk.must(Role.ISSUING)
    with desk.unit() as unit:
        text = Number.parse(number).text
        sheet = keeping.find(unit.session, FirmSheet, text)
        if sheet is None or sheet.brought:
            raise NothingReported(text)
        thing = unit.get(Certificate, sheet.printed.certificate)
        if thing.state is not State.APPROVED:
            raise WrongState(thing.id, thing.state.value, State.APPROVED.value)
        exporter = unit.get(Shipment, thing.shipment).exporter
        blank = unit.stock(StockKind.BLANK, text)
        if blank.state is not StockState.ALLOTTED or blank.holder != exporter:
            raise NotAllotted(text, exporter)
        if sheet.printed.facts_digest != facts_digest(thing):
            raise DataDiffers(text, thing.id)
        blank.move(StockState.WITH_OFFICER, holder=desk.officer.id)
        unit.note("bring_sheet", blank)
        keeping.keep(unit, "bring_sheet", FirmSheet(printed=sheet.printed, file=sheet.file, brought=True))
        return rows.certificate_slip(thing)


def spool_codes(desk: Desk, number: str, *, tray: Tray | None = None) -> bytes:
    """Say that the codes are about to be added to a firm's sheet; the PDF of the codes alone, once that is on disk.

    They must meet the boxes that are printed already, so the tray is aligned, or NotAligned. Raises NothingReported,
    QuestionOpen, StockNotReady.
    """
    desk.must(Role.ISSUING)
    with desk.unit() as unit:
        text = Number.parse(number).text
        if keeping.find(unit.session, FirmSheet, text) is None:
            raise NothingReported(text)
        if not desk.office.practice and (tray is None or in_force(desk, unit.session, tray) is None):
            raise NotAligned(tray.printer if tray else "", desk.office.edition)
        spool_in(desk, unit, text, tray)
        thing = unit.certificate(Number(text))
        assert thing.number is not None
        pdf = certificate(
            thing.bound_facts,
            desk.form,
            Codes(full=thing.code, compact=thing.compact_code, barcode=thing.number.with_check),
            ground_of(desk, unit.stock(StockKind.BLANK, text)),
            country_name=desk.register.name,
            part=Part.CODES,
        )
        unit.keep_paper(pdf, subject=f"certificate/{thing.id}", name=f"{text}-codes.pdf")
        return pdf


def _allowed(desk: Desk, unit: Unit, setting: str) -> None:
    if not getattr(desk.settings(unit.session), setting):
        raise NotByTheFirm(setting)
