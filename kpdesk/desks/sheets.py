"""From approval to a proved sheet: number bound, code signed, PDF drawn, printed, looked at.

Intent is on disk before the printer gets a byte, and only a person's look at the sheet moves it on. So whatever
breaks between, a number is never used twice and never lost.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from kpdesk.desks.calibration import in_force
from kpdesk.desks.desk import Desk, check_approvals, stop_at
from kpdesk.desks.issuing import NotSealed, check_facts, facts_of
from kpdesk.desks.proving import proof
from kpdesk.domain.calibration import Calibration, Tray
from kpdesk.domain.certificate import Facts, Number
from kpdesk.domain.issuance import Certificate, NumberAlreadyBound, State
from kpdesk.domain.outcomes import Refusal
from kpdesk.domain.parcel import WrongState
from kpdesk.domain.parties import Role
from kpdesk.domain.shipment import Shipment, ShipmentState
from kpdesk.domain.slips import CertificateSlip, ShipmentSlip, StockSlip
from kpdesk.domain.stock import Paper, Stock, StockKind, StockNotReady, StockState
from kpdesk.domain.trust import Reason
from kpdesk.printing.codes import Codes
from kpdesk.printing.pdf import Stock as Ground
from kpdesk.printing.pdf import certificate
from kpdesk.signing import code
from kpdesk.store import lists as rows
from kpdesk.store.unit import Look, Unit

SHEETS_WITHOUT_SUPERVISOR = 2
_MOST_AT_HAND = 10_000
"""More than an officer ever holds."""


class Sheet(StrEnum):
    """What is on the sheet?"""

    GOOD = "good"
    SPOILED = "spoiled"
    NOTHING = "nothing"
    """The sheet is clean; it may be printed on."""
    MISSING = "missing"


@dataclass(eq=False)
class QuestionOpen(Refusal):
    """A sheet was sent to the printer and nobody said what is on it: first that answer, then the next sheet."""

    number: str


@dataclass(eq=False)
class ThirdSheet(Refusal):
    """Two sheets of this certificate went wrong; a third asks for a supervisor."""

    certificate: str


@dataclass(eq=False)
class OutOfOrder(Refusal):
    """Blanks are used in their order; another than the next wants a reason."""

    number: str
    next: str


@dataclass(eq=False)
class NotAligned(Refusal):
    """An overlay on a preprinted blank, and this printer's tray was not aligned to this edition of the form."""

    printer: str
    form: str


@dataclass(eq=False)
class OtherEdition(Refusal):
    """The blank belongs to another form or another participant."""

    number: str


@dataclass(eq=False)
class NotInYourHands(Refusal):
    """The blank is with another officer."""

    number: str
    holder: str


def load_blank(desk: Desk, number: str, *, why: str = "") -> StockSlip:
    """The officer puts a blank of theirs into the tray and scans its number.

    `why` says why it is not the next in order. Raises NotInYourHands, StockNotReady, OutOfOrder.
    """
    desk.must(Role.ISSUING)
    with desk.unit() as unit:
        blank = unit.stock(StockKind.BLANK, Number.parse(number).text)
        if blank.holder != desk.officer.id:
            raise NotInYourHands(blank.number, blank.holder)
        if blank.state is not StockState.WITH_OFFICER:
            # From the printer it comes back by a look at the sheet alone.
            raise StockNotReady(blank.what.value, blank.number, blank.state.value, StockState.LOADED.value)
        first = _at_hand(desk, unit.session)[0]
        if blank.number != first.number and not why.strip():
            raise OutOfOrder(blank.number, first.number)
        blank.move(StockState.LOADED)
        unit.note("load_blank", blank, why=why)
        return _slip(blank)


def unload_blank(desk: Desk, number: str) -> StockSlip:
    """The officer takes a blank out of the tray again that nothing was bound to."""
    desk.must(Role.ISSUING)
    with desk.unit() as unit:
        blank = unit.stock(StockKind.BLANK, Number.parse(number).text)
        if blank.holder != desk.officer.id:
            raise NotInYourHands(blank.number, blank.holder)
        if blank.used_for:
            raise NumberAlreadyBound(blank.used_for, blank.number)
        blank.move(StockState.WITH_OFFICER)
        unit.note("unload_blank", blank)
        return _slip(blank)


def bind_number(desk: Desk, certificate_id: str, *, blank: str, second: Desk | None = None) -> CertificateSlip:
    """Give an approved certificate the loaded blank's number: code signed, PDF drawn and kept, all in one unit.

    The checks run again and both signatures are verified. `second` is the supervisor that a third sheet asks for.
    Raises Stopped, ChangedSinceSigned, QuestionOpen, ThirdSheet, OtherEdition, NotInYourHands, NumberAlreadyBound.
    """
    desk.must(Role.ISSUING)
    with desk.unit() as unit:
        thing = unit.get(Certificate, certificate_id)
        shipment = unit.get(Shipment, thing.shipment)
        _no_question_open(unit)
        if thing.sheets >= SHEETS_WITHOUT_SUPERVISOR and Role.SUPERVISOR not in (second or desk).officer.roles:
            raise ThirdSheet(thing.id)
        check_approvals(unit, thing)
        stop_at(check_facts(desk, unit, shipment, thing.facts), lifted=shipment.lifted)
        number = Number.parse(blank)
        sheet = unit.stock(StockKind.BLANK, number.text)
        if sheet.state is not StockState.LOADED:
            raise WrongState(number.text, sheet.state.value, StockState.LOADED.value)
        if sheet.holder != desk.officer.id:
            raise NotInYourHands(sheet.number, sheet.holder)
        if sheet.used_for:
            raise NumberAlreadyBound(sheet.used_for, number.text)
        if sheet.edition != thing.facts.edition or number.prefix != thing.facts.participant:
            raise OtherEdition(number.text)
        anchor = unit.head.anchor(unit.epoch)
        facts = thing.facts.bound(number, anchor)
        texts = code.sign(facts, signer=desk.code_key(unit.session))
        pdf = certificate(
            facts,
            desk.form,
            Codes(full=texts.full, compact=texts.compact, barcode=number.with_check),
            ground_of(desk, sheet),
            country_name=desk.register.name,
        )
        digest = unit.keep_paper(pdf, subject=f"certificate/{thing.id}", name=f"{number}.pdf")
        thing.bind(number, anchor, code=texts.full, compact_code=texts.compact, pdf_digest=digest)
        sheet.used_for = thing.id
        unit.note("bind_number", thing, why=f"with {second.officer.id}" if second else "", words=_words(thing))
        unit.note("bind_number", sheet)
        return rows.certificate_slip(thing)


def spool(desk: Desk, number: str, *, tray: Tray | None = None) -> bytes:
    """Say that this sheet is about to be printed from this tray; the PDF comes back once that is on disk.

    Raises QuestionOpen, and NotAligned for an overlay on a tray that is not, or not any more, aligned.
    """
    desk.must(Role.ISSUING)
    with desk.unit() as unit:
        return spool_in(desk, unit, number, tray)


def spool_in(desk: Desk, unit: Unit, number: str, tray: Tray | None) -> bytes:
    """As `spool`, inside a visit of whoever may print here."""
    _no_question_open(unit)
    thing = unit.certificate(Number.parse(number))
    assert thing.number is not None
    sheet = unit.stock(StockKind.BLANK, thing.number.text)
    calibration = _aligned(desk, unit, sheet, tray)
    sheet.move(StockState.SPOOLED)
    unit.note("spool", sheet, why=_printed_on(tray, calibration))
    pdf = rows.paper(unit.session, thing.pdf_digest)
    assert pdf is not None
    return pdf


def may_print(desk: Desk, number: str, tray: Tray) -> Calibration | None:
    """Asked before a number is bound: the calibration that a print of this blank takes; raises NotAligned."""
    with desk.view() as unit:
        return _aligned(desk, unit, unit.stock(StockKind.BLANK, Number.parse(number).text), tray)


def blanks_at_hand(desk: Desk, *, limit: int = rows.PAGE) -> tuple[StockSlip, ...]:
    """The officer's own blanks in the order they are to be used; first what lies in the tray with nothing bound."""
    with desk.look() as session:
        left = [blank for blank in rows.stock(session, StockKind.BLANK, StockState.LOADED) if not blank.used_for]
        mine = tuple(blank for blank in left if blank.holder == desk.officer.id)
        return (*mine, *_at_hand(desk, session))[:limit]


def open_question(desk: Desk) -> StockSlip | None:
    """The sheet that was sent to the printer and not looked at: the first thing to answer at any start."""
    with desk.look() as session:
        return next(iter(rows.stock(session, StockKind.BLANK, StockState.SPOOLED, limit=1)), None)


def answer(desk: Desk, number: str, sheet: Sheet, *, read: Iterable[str] = (), why: str = "") -> CertificateSlip:
    """What is on the sheet. GOOD wants proof: its code read back, or its number (or last four) taken from it.

    SPOILED and MISSING put the number on the void list in the same unit; the approvals stand for the next blank.
    """
    desk.must(Role.ISSUING)
    with desk.unit() as unit:
        thing = unit.certificate(Number.parse(number))
        assert thing.number is not None
        blank = unit.stock(StockKind.BLANK, thing.number.text)
        if blank.state is not StockState.SPOOLED:
            raise WrongState(blank.number, blank.state.value, StockState.SPOOLED.value)
        how = ""
        match sheet:
            case Sheet.GOOD:
                how = proof(thing, read)
                blank.move(StockState.PRINTED)
                blank.move(StockState.USED)
                thing.issue()
            case Sheet.NOTHING:
                blank.move(StockState.LOADED)
            case Sheet.SPOILED | Sheet.MISSING:
                lost = sheet is Sheet.MISSING
                blank.move(StockState.MISSING if lost else StockState.SPOILED)
                unit.put_on_void_list(thing.number, Reason.MISSING if lost else Reason.SPOILED, desk.today)
                thing.lose_number()
        unit.note("answer", blank, why=" ".join(filter(None, (sheet.value, how, why))))
        if sheet is not Sheet.NOTHING:
            unit.note("answer", thing, why=f"{sheet.value} {blank.number}", words=_words(thing))
        return rows.certificate_slip(thing)


def waiting(desk: Desk) -> tuple[tuple[ShipmentSlip, CertificateSlip | None], ...]:
    """Sealed shipments without an issued certificate, the oldest first, each with its draft where there is one."""
    with desk.view() as unit:
        found = []
        for shipment in rows.shipments(unit.session, states=[ShipmentState.SEALED]):
            live = unit.live_certificate(shipment.number)
            if live is None or live.state in (State.DRAFT, State.APPROVED):
                found.append((shipment, rows.certificate_slip(live) if live else None))
        return tuple(found)


def draft_of(desk: Desk, shipment: str) -> CertificateSlip:
    """The certificate drawn up for a shipment; raises NotSealed where there is none."""
    with desk.view() as unit:
        live = unit.live_certificate(shipment)
        if live is None:
            raise NotSealed(shipment)
        return rows.certificate_slip(live)


def is_overlay(desk: Desk, blank: StockSlip) -> bool:
    """Whether only what is entered is printed on it."""
    return ground_of(desk, blank) is Ground.PREPRINTED


def preview_of(desk: Desk, shipment: str) -> bytes:
    """The page of a shipment's certificate, drawn up or not yet."""
    with desk.view() as unit:
        live = unit.live_certificate(shipment)
        if live is None:
            facts = facts_of(desk, unit, unit.get(Shipment, shipment))
            return certificate(facts, desk.form, None, Ground.PREVIEW, country_name=desk.register.name)
        drawn_up = live.id
    return preview(desk, drawn_up)


def pdf_of(desk: Desk, number: str) -> bytes:
    """The archived PDF, which is what is on the paper."""
    with desk.look() as session:
        slip = rows.certificate(session, Number.parse(number))
        pdf = rows.paper(session, slip.pdf_digest) if slip else None
    if pdf is None:
        raise WrongState(number, "unnumbered", "numbered")
    return pdf


def facts_of_sheet(desk: Desk, number: str) -> Facts:
    """What the numbered sheet states."""
    with desk.view() as unit:
        return unit.certificate(Number.parse(number)).bound_facts


def preview(desk: Desk, certificate_id: str) -> bytes:
    """The same drawing before a number is bound, with PREVIEW in the code boxes; after binding it is the file."""
    with desk.view() as unit:
        thing = unit.get(Certificate, certificate_id)
        kept = rows.paper(unit.session, thing.pdf_digest) if thing.pdf_digest else None
        if kept is not None:
            return kept
        return certificate(thing.facts, desk.form, None, Ground.PREVIEW, country_name=desk.register.name)


def _at_hand(desk: Desk, session: Look) -> tuple[StockSlip, ...]:
    mine = rows.stock(session, StockKind.BLANK, StockState.WITH_OFFICER, limit=_MOST_AT_HAND)
    return tuple(blank for blank in mine if blank.holder == desk.officer.id)


def _aligned(desk: Desk, unit: Unit, blank: Stock, tray: Tray | None) -> Calibration | None:
    """What the print is moved by; raises NotAligned for an overlay without it."""
    calibration = in_force(desk, unit.session, tray) if tray else None
    if calibration is None and ground_of(desk, blank) is Ground.PREPRINTED:
        raise NotAligned(tray.printer if tray else "", desk.office.edition)
    return calibration


def _printed_on(tray: Tray | None, calibration: Calibration | None) -> str:
    if tray is None:
        return ""
    aligned = f"aligned {calibration.on.isoformat()}" if calibration else "not aligned"
    return " ".join(filter(None, (tray.printer, tray.name, aligned)))


def _no_question_open(unit: Unit) -> None:
    for sheet in rows.stock(unit.session, StockKind.BLANK, StockState.SPOOLED, limit=1):
        raise QuestionOpen(sheet.number)


def ground_of(desk: Desk, blank: Stock | StockSlip) -> Ground:
    """The full artwork is for numbered security paper; practice and plain paper bear SPECIMEN."""
    if desk.office.practice or blank.paper is Paper.PLAIN:
        return Ground.PLAIN
    return Ground.PREPRINTED if blank.paper is Paper.PREPRINTED else Ground.SECURITY


def _words(thing: Certificate) -> str:
    facts = thing.facts
    number = thing.number.text if thing.number else ""
    return " ".join((thing.id, number, facts.exporter.name, facts.importer.name, *facts.seals))


def _slip(stock: Stock) -> StockSlip:
    return StockSlip(
        what=stock.what,
        number=stock.number,
        paper=stock.paper,
        state=stock.state,
        holder=stock.holder,
        used_for=stock.used_for,
    )
