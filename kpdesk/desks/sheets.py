"""From approval to a proved sheet: number bound, code signed, PDF drawn, printed, looked at.

Intent is on disk before the printer gets a byte, and only a person's look at the sheet moves it on. So whatever
breaks between, a number is never used twice and never lost.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum

from kpdesk.desks.desk import Desk, check_approvals, stop_at
from kpdesk.desks.issuing import check_facts, facts_of
from kpdesk.domain.certificate import Facts, Kind, Number
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
from kpdesk.store.unit import Unit

SHEETS_WITHOUT_SUPERVISOR = 2


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
class SheetDoesNotProve(Refusal):
    """What was read from the sheet is not this certificate's code, nor its number."""

    number: str


@dataclass(eq=False)
class OtherEdition(Refusal):
    """The blank belongs to another form or another participant."""

    number: str


@dataclass(eq=False)
class NotInYourHands(Refusal):
    """The blank is with another officer."""

    number: str
    holder: str


def load_blank(desk: Desk, number: str) -> StockSlip:
    """The officer puts a blank of theirs into the tray and scans its number."""
    desk.must(Role.ISSUING)
    with desk.unit() as unit:
        blank = unit.stock(StockKind.BLANK, Number.parse(number).text)
        if blank.holder != desk.officer.id:
            raise NotInYourHands(blank.number, blank.holder)
        if blank.state is not StockState.WITH_OFFICER:
            # From the printer it comes back by a look at the sheet alone.
            raise StockNotReady(blank.what.value, blank.number, blank.state.value, StockState.LOADED.value)
        blank.move(StockState.LOADED)
        unit.note("load_blank", blank)
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
            _ground(desk, sheet),
            country_name=desk.register.name,
        )
        digest = unit.keep_paper(pdf, subject=f"certificate/{thing.id}", name=f"{number}.pdf")
        thing.bind(number, anchor, code=texts.full, compact_code=texts.compact, pdf_digest=digest)
        sheet.used_for = thing.id
        unit.note("bind_number", thing, why=f"with {second.officer.id}" if second else "", words=_words(thing))
        unit.note("bind_number", sheet)
        return rows.certificate_slip(thing)


def spool(desk: Desk, number: str) -> bytes:
    """Say that this sheet is about to be printed; the PDF comes back once that is on disk."""
    desk.must(Role.ISSUING)
    with desk.unit() as unit:
        _no_question_open(unit)
        thing = unit.certificate(Number.parse(number))
        assert thing.number is not None
        sheet = unit.stock(StockKind.BLANK, thing.number.text)
        sheet.move(StockState.SPOOLED)
        unit.note("spool", sheet)
        pdf = rows.paper(unit.session, thing.pdf_digest)
        assert pdf is not None
        return pdf


def blanks_at_hand(desk: Desk, *, limit: int = rows.PAGE) -> tuple[StockSlip, ...]:
    """The officer's own blanks in the order they are to be used."""
    with desk.look() as session:
        mine = rows.stock(session, StockKind.BLANK, StockState.WITH_OFFICER, limit=10_000)
    return tuple(blank for blank in mine if blank.holder == desk.officer.id)[:limit]


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
        match sheet:
            case Sheet.GOOD:
                _prove(thing, read)
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
        unit.note("answer", blank, why=" ".join(filter(None, (sheet.value, why))))
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


def certified_copy(desk: Desk, number: str, *, why: str) -> bytes:
    """A copy on plain paper, for no shipment: COPY across it, and its own code says copy. Its PDF is archived too."""
    desk.must(Role.ISSUING)
    with desk.unit() as unit:
        thing = unit.certificate(Number.parse(number))
        if thing.state is State.APPROVED:  # its own sheet is not proved yet
            raise WrongState(number, thing.state.value, State.ISSUED.value)
        facts = replace(thing.bound_facts, kind=Kind.COPY)
        assert facts.number is not None
        texts = code.sign(facts, signer=desk.code_key(unit.session))
        codes = Codes(full=texts.full, compact=texts.compact, barcode=facts.number.with_check)
        pdf = certificate(facts, desk.form, codes, Ground.COPY, country_name=desk.register.name)
        identity = f"{facts.number}-{unit.next(f'copy-{facts.number}')}"
        digest = unit.keep_paper(pdf, subject=f"copy/{identity}", name=f"{identity}.pdf")
        unit.note_record("certified_copy", "copy", identity, {"certificate": thing.id, "pdf": digest}, why=why)
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


def _prove(thing: Certificate, read: Iterable[str]) -> None:
    assert thing.number is not None
    number = thing.number
    proofs = {thing.code, thing.compact_code, number.text, number.with_check, number.text[-4:]}
    if not proofs & {text if text.startswith(code.PREFIX) else text.replace(" ", "").upper() for text in read}:
        raise SheetDoesNotProve(thing.number.text)


def _no_question_open(unit: Unit) -> None:
    for sheet in rows.stock(unit.session, StockKind.BLANK, StockState.SPOOLED, limit=1):
        raise QuestionOpen(sheet.number)


def _ground(desk: Desk, blank: Stock) -> Ground:
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
