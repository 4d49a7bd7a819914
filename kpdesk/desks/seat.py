"""An exporter's seat: its own encrypted books, its own firm only, no key of the office.

It writes signed application files, prints the application and a draft that is marked NOT VALID, and takes in the
answers that the office signs.
"""

import hashlib
import secrets
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from kpdesk.desks.applications import Invoice, InvoiceTooLarge, check_invoice
from kpdesk.desks.desk import Desk
from kpdesk.desks.outgoing import put_out
from kpdesk.desks.reading import Reader
from kpdesk.desks.seats import ForAnotherOffice, SeatRevoked
from kpdesk.domain.application import STEPS, Draft, Standing, check_declaration, check_draft, statement_of
from kpdesk.domain.application import Step as Taken
from kpdesk.domain.certificate import Facts, Kind, Line, Named, expiry
from kpdesk.domain.checks import check_certificate
from kpdesk.domain.measures import total_carats, total_money
from kpdesk.domain.outcomes import Finding, Refusal, Trouble
from kpdesk.domain.parties import Licence, Party, PartyKind, Role
from kpdesk.domain.rules import (
    CARATS_MISSING,
    DECLARATION_MISSING,
    HEADING_MISSING,
    ORIGIN_MISSING,
    PARCELS_MISSING,
    SEAL_MISSING,
    SEALS_NOT_CONTAINERS,
)
from kpdesk.domain.seat import (
    AnnouncedGoods,
    Answer,
    Answered,
    ApplicationFile,
    Asked,
    Firm,
    Home,
    OwnApplication,
)
from kpdesk.domain.trust import fingerprint
from kpdesk.exchange.applications import ANSWER, APPLICATION, MOST_INVOICE, from_record, to_record
from kpdesk.printing.application import ApplicationPaper, GoodsLine, application_sheet, draft_certificate
from kpdesk.signing.letters import open_letter, write_letter
from kpdesk.store import keeping
from kpdesk.store import lists as rows

NEW = "NEW-"
_OF_THE_OFFICE = frozenset({SEAL_MISSING, SEALS_NOT_CONTAINERS})
_OF_GOODS = frozenset({HEADING_MISSING, PARCELS_MISSING, ORIGIN_MISSING, CARATS_MISSING})
"""What is not said to a firm that has typed no parcel yet."""


@dataclass(eq=False)
class NotEnrolled(Refusal):
    """The office has not answered this seat yet: it does not know its firm."""


@dataclass(eq=False)
class AnswerForAnother(Trouble):
    """The answer is for another seat."""

    seat: str


@dataclass(eq=False)
class AnswerOlder(Refusal):
    """A newer answer was taken in before."""

    sequence: int
    taken: int


@dataclass(eq=False)
class NothingAnnounced(Refusal):
    """An application has parcels."""


def home(desk: Desk) -> Home:
    """What the seat knows; raises NotFound at an office."""
    with desk.look() as session:
        return keeping.get(session, Home, desk.office.code)


def own_fingerprint(desk: Desk) -> str:
    """Of the seat's own key, to be read out to the office."""
    return fingerprint(desk.approval_key.public)


def take_answer(desk: Desk, content: bytes) -> Answer:
    """Take in what the office answers; the same answer twice is once.

    Raises LetterTooLarge, NotALetter, LetterAltered, FormNewer, FormUnreadable, ForAnotherOffice, AnswerForAnother,
    AnswerOlder.
    """
    desk.must(Role.SEAT)
    letter = open_letter(content, kind=ANSWER.word, most=ANSWER.most)
    with desk.unit() as unit:
        known = keeping.get(unit.session, Home, desk.office.code)
        answer = from_record(letter.read(known.card.key), Answer)
        if answer.office != desk.office.code:
            raise ForAnotherOffice(answer.office)
        if answer.key != desk.approval_key.kid.hex():
            raise AnswerForAnother(answer.seat)
        if known.answer is not None:
            if answer == known.answer:
                return answer
            if answer.sequence <= known.answer.sequence:
                raise AnswerOlder(answer.sequence, known.answer.sequence)
        told = {each.number: each for each in answer.applications}
        for own in keeping.all_of(unit.session, OwnApplication):
            said = told.get(own.asked.number)
            if said is not None and said != own.answered:
                keeping.keep(unit, "take_answer", replace(own, answered=said))
        registered = {(each.name.casefold(), each.country) for each in answer.importers}
        proposed = tuple(each for each in known.proposed if (each.name.casefold(), each.country) not in registered)
        keeping.keep(unit, "take_answer", replace(known, answer=answer, proposed=proposed))
        return answer


def propose_importer(desk: Desk, *, name: str, address: str, country: str) -> Firm:
    """A foreign firm that the office does not know yet; it goes with the application."""
    desk.must(Role.SEAT)
    with desk.unit() as unit:
        known = keeping.get(unit.session, Home, desk.office.code)
        for each in known.importers:
            if (each.name.casefold(), each.country) == (name.casefold(), country):
                return each
        firm = Firm(number=f"{NEW}{unit.next('proposed')}", name=name, address=address, country=country)
        keeping.keep(unit, "propose_importer", replace(known, proposed=(*known.proposed, firm)))
        return firm


def write_application(
    desk: Desk, draft: Draft, goods: Sequence[AnnouncedGoods], *, invoice: Invoice | None = None, reader: Reader
) -> Path:
    """Sign an application and write its file; from then on it is not edited, another one is written.

    Raises NotEnrolled, SeatRevoked, NothingAnnounced, DeclarationUnsigned, StatementUnknown, InvoiceTooLarge.
    """
    desk.must(Role.SEAT)
    check_declaration(replace(draft, conflict_free=True), desk.today)
    if not goods:
        raise NothingAnnounced
    if invoice is not None:
        if len(invoice.content) > MOST_INVOICE:
            raise InvoiceTooLarge(invoice.name, MOST_INVOICE)
        check_invoice(reader, invoice)
    with desk.unit() as unit:
        known = keeping.get(unit.session, Home, desk.office.code)
        answer = _enrolled(known, desk)
        statement = statement_of(answer.statements, draft.statement, desk.today)
        importer = next(each for each in known.importers if each.number == draft.importer)
        asked = Asked(
            office=desk.office.code,
            number=f"A-{desk.today.year}-{unit.next(f'application-{desk.today.year}'):06}",
            made_at=desk.clock().replace(microsecond=0),
            exporter=answer.exporter.number,
            importer=replace(importer, number="") if importer.number.startswith(NEW) else importer,
            destination=draft.destination,
            goods=tuple(goods),
            statement=statement.version,
            statement_digest=statement.digest,
            sow=draft.sow,
            conflict_free=draft.conflict_free,
            declared_on=draft.declared_on or desk.today,
            signer=draft.signer,
            invoice_name=invoice.name if invoice else "",
            invoice_digest=hashlib.sha256(invoice.content).hexdigest() if invoice else "",
        )
        file = ApplicationFile(asked=asked, invoice=invoice.content if invoice else b"")
        content = write_letter(to_record(file), kind=APPLICATION.word, signer=desk.approval_key)
        name = f"{answer.seat}-{asked.number}.{APPLICATION.suffix}"
        digest = unit.keep_paper(content, subject=f"own_application/{asked.number}", name=name)
        own = OwnApplication(asked=asked, salt=secrets.token_bytes(16), file=digest)
        keeping.keep(unit, "write_application", own, words=f"{asked.number} {importer.name}")
    return put_out(desk, name, content)


def write_again(desk: Desk, number: str) -> Path:
    """The file of an application once more, the same to the byte; raises NotFound."""
    desk.must(Role.SEAT)
    known, own = _own(desk, number)
    with desk.look() as session:
        content = rows.paper(session, own.file)
    assert content is not None
    seat = known.answer.seat if known.answer else ""
    return put_out(desk, f"{seat}-{number}.{APPLICATION.suffix}", content)


def _enrolled(known: Home, desk: Desk) -> Answer:
    if known.answer is None:
        raise NotEnrolled
    if known.answer.revoked:
        raise SeatRevoked(known.answer.seat, desk.office.today(known.answer.made_at).isoformat(), "")
    return known.answer


def check(desk: Desk, draft: Draft, goods: Sequence[AnnouncedGoods]) -> tuple[Finding, ...]:
    """What the office would find, as far as a seat can know; nothing of what is simply not filled in yet."""
    known = home(desk)
    importer = next((each for each in known.importers if each.number == draft.importer), None)
    if known.answer is None or importer is None or not draft.destination:
        return ()
    firm = known.answer.exporter
    licence = Licence(firm.licence, PartyKind.EXPORTER, desk.today, firm.licence_until) if firm.licence else None
    party = Party(
        number=firm.number,
        party_kind=PartyKind.EXPORTER,
        name=firm.name,
        address=firm.address,
        country=firm.country,
        licences=(licence,) if licence else (),
    )
    to = Party(
        number=importer.number,
        party_kind=PartyKind.IMPORTER,
        name=importer.name,
        address=importer.address,
        country=importer.country,
    )
    facts = _facts(desk, known, destination=draft.destination, importer=importer, goods=goods)
    found = check_certificate(
        facts, register=desk.register, own=desk.office.participant, today=desk.today, exporter=party, importer=to
    )
    not_yet = {
        SEAL_MISSING,
        SEALS_NOT_CONTAINERS,
        *(() if goods else (HEADING_MISSING, PARCELS_MISSING, ORIGIN_MISSING, CARATS_MISSING)),
    }
    free = () if draft.conflict_free else (DECLARATION_MISSING.found(),)
    papers = check_draft(replace(draft, invoice=draft.invoice or not goods), (), desk.today)
    return (*(each for each in found if each.rule not in not_yet), *free, *papers)


def last_of(desk: Desk) -> Draft | None:
    """What the next application usually shares with the last: all but goods, date and invoice."""
    with desk.look() as session:
        known = keeping.get(session, Home, desk.office.code)
        for own in keeping.all_of(session, OwnApplication, limit=1):
            asked = own.asked
            same = (each.number for each in known.importers if each.name == asked.importer.name)
            return Draft(
                importer=asked.importer.number or next(same, ""),
                destination=asked.destination,
                statement=asked.statement,
                sow=asked.sow,
                signer=asked.signer,
            )
    return None


def standings(desk: Desk, *, typed: str = "") -> tuple[Standing, ...]:
    """The seat's applications, the newest first, as far as the office has told."""
    with desk.look() as session:
        known = keeping.get(session, Home, desk.office.code)
        own = keeping.all_of(session, OwnApplication)
    words = typed.casefold().split()
    found = [_standing(desk, known, each) for each in own]
    return tuple(
        each
        for each in found
        if all(word in f"{each.shipment} {each.importer_name} {each.certificate}".casefold() for word in words)
    )


def _standing(desk: Desk, known: Home, own: OwnApplication) -> Standing:
    asked, said = own.asked, own.answered or Answered(number=own.asked.number)
    taken = {step.code: step for step in said.steps}
    sent = Taken("sent", desk.office.today(asked.made_at), asked.made_at)
    return Standing(
        shipment=asked.number,
        exporter=asked.exporter,
        exporter_name=known.answer.exporter.name if known.answer else desk.office.name,
        importer_name=asked.importer.name,
        destination=asked.destination,
        parcels=tuple(each.label for each in asked.goods),
        carats=total_carats(each.carats for each in asked.goods),
        value=total_money(each.value for each in asked.goods),
        applied_at=asked.made_at,
        steps=(sent, *(taken.get(code, Taken(code)) for code in STEPS)),
        ended=said.ended,
        certificate=said.certificate,
        reason=said.reason,
        announced=said.shipment,
    )


def paper_of(desk: Desk, number: str) -> bytes:
    """The application as the firm signs and brings it, PDF; raises NotFound."""
    known, own = _own(desk, number)
    asked = own.asked
    statements = known.answer.statements if known.answer else ()
    words = next((each.text for each in statements if each.digest == asked.statement_digest), "")
    return application_sheet(
        ApplicationPaper(
            number=asked.number,
            office=known.card.name,
            authority=known.card.authority,
            made=desk.office.today(asked.made_at),
            practice=desk.office.practice,
            exporter=_exporter(known),
            importer=Named(asked.importer.name, asked.importer.address),
            destination=desk.register.name(asked.destination),
            goods=[
                GoodsLine(
                    each.label,
                    each.heading,
                    ", ".join(map(desk.register.name, each.origins)),
                    each.carats,
                    each.value,
                )
                for each in asked.goods
            ],
            announced=True,
            warranty=f"{asked.statement} {asked.sow}".strip(),
            statement=words,
            conflict_free=asked.conflict_free,
            declared_on=asked.declared_on,
            signer=asked.signer,
            invoice=asked.invoice_digest,
        )
    )


def draft_of(desk: Desk, number: str) -> bytes:
    """The certificate as it might be drawn up, marked NOT VALID, PDF; raises NotFound."""
    known, own = _own(desk, number)
    asked = own.asked
    facts = _facts(desk, known, destination=asked.destination, importer=asked.importer, goods=asked.goods)
    return draft_certificate(facts, desk.form, country_name=desk.register.name)


def _facts(desk: Desk, known: Home, *, destination: str, importer: Firm, goods: Sequence[AnnouncedGoods]) -> Facts:
    """What the certificate would state if the goods are what the firm says."""
    headings = sorted({each.heading for each in goods})
    return Facts(
        kind=Kind.PRACTICE if desk.office.practice else Kind.ORIGINAL,
        edition=desk.form.edition,
        number=None,
        participant=desk.office.participant,
        issuing_authority=desk.office.authority,
        origins=tuple(sorted({origin for each in goods for origin in each.origins})),
        provenance=desk.office.participant,
        destination=destination,
        exporter=_exporter(known),
        importer=Named(importer.name, importer.address),
        lines=tuple(
            Line(
                heading,
                total_carats(each.carats for each in goods if each.heading is heading),
                total_money(each.value for each in goods if each.heading is heading),
            )
            for heading in headings
        ),
        parcels=len(goods),
        containers=1,
        seals=(),
        issued=desk.today,
        expires=expiry(desk.today),
    )


def _own(desk: Desk, number: str) -> tuple[Home, OwnApplication]:
    with desk.look() as session:
        return keeping.get(session, Home, desk.office.code), keeping.get(session, OwnApplication, number)


def _exporter(known: Home) -> Named:
    firm = known.answer.exporter if known.answer else None
    return Named(firm.name, firm.address, firm.licence) if firm else Named("", "")
