"""An application with all that belongs to it, at the exporters' desk: checked while it is typed, taken, followed.

KPCS Annex II 13, 18; WDC System of Warranties. What a firm may do without these papers is in `exporter`.
"""

import secrets
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

from kpdesk.desks.desk import Desk, apart, stop_at
from kpdesk.desks.exporter import NotTheirParcel, apply_in
from kpdesk.desks.issuing import check_application
from kpdesk.desks.reading import Reader
from kpdesk.desks.watching import near_names_in
from kpdesk.domain.application import (
    STATEMENTS,
    Application,
    Draft,
    FirmParcel,
    Statement,
    check_announced,
    check_declaration,
    check_draft,
    statement_of,
)
from kpdesk.domain.issuance import State
from kpdesk.domain.outcomes import Finding, Trouble
from kpdesk.domain.parcel import Parcel, ParcelState
from kpdesk.domain.parties import Party, PartyKind, Role, check_licence
from kpdesk.domain.rules import CARATS_MISSING, DESTINATION_MISSING, HEADING_MISSING, ORIGIN_MISSING, PARCELS_MISSING
from kpdesk.domain.seat import Announced, AnnouncedState, NotWaiting
from kpdesk.domain.shipment import Shipment
from kpdesk.domain.slips import PartySlip, ShipmentSlip
from kpdesk.domain.valuation import FigureKind, all_in
from kpdesk.store import applying, keeping
from kpdesk.store import lists as rows
from kpdesk.store.unit import Look, Unit

MOST_INVOICE = 8 * 1024 * 1024
_HERE = (ParcelState.WEIGHED, ParcelState.VALUED, ParcelState.BAGGED)
_OF_GOODS = {HEADING_MISSING, PARCELS_MISSING, ORIGIN_MISSING, CARATS_MISSING}
"""What is not said while no parcel is picked yet."""
_GOES_ON = frozenset({State.CONFIRMED, State.CONFIRMED_WITH_DIFFERENCE})
"""Ends of a certificate that are the good end of its application."""


@dataclass(eq=False)
class InvoiceTooLarge(Trouble):
    """An invoice of more bytes than are kept of one."""

    file: str
    most: int = MOST_INVOICE


@dataclass(frozen=True, slots=True)
class Invoice:
    """A picture or PDF that the reading child could open."""

    name: str
    content: bytes = field(repr=False)


def read_invoice(reader: Reader, file: Path) -> Invoice:
    """An invoice from outside; raises InvoiceTooLarge and the reading child's troubles."""
    try:
        size = file.stat().st_size
        if size > MOST_INVOICE:
            raise InvoiceTooLarge(file.name)
        with file.open("rb") as stream:
            content = stream.read(MOST_INVOICE + 1)
    except OSError:
        reader.picture(file)  # says what is the matter with it
        raise
    return check_invoice(reader, Invoice(file.name[-120:], content))


def check_invoice(reader: Reader, invoice: Invoice) -> Invoice:
    """The same, once the child has seen a page of it."""
    if len(invoice.content) > MOST_INVOICE:
        raise InvoiceTooLarge(invoice.name)
    reader.picture_bytes(invoice.name, invoice.content, longest=64)
    return invoice


def statements(desk: Desk) -> tuple[Statement, ...]:
    """The warranty statements accepted today, the newest text first."""
    with desk.look() as session:
        found = [each for each in known_statements(session) if each.in_force(desk.today)]
    return tuple(sorted(found, key=lambda each: each.version, reverse=True))


def known_statements(session: Look) -> tuple[Statement, ...]:
    """Every statement ever entered; what the office entered counts before what it began with."""
    own = keeping.all_of(session, Statement)
    return (*own, *(each for each in STATEMENTS if each.version not in {one.version for one in own}))


def enter_statement(desk: Desk, second: Desk, statement: Statement) -> None:
    """Two supervisors enter a warranty statement, or end one: its text never changes once it is in."""
    desk.must(Role.SUPERVISOR)
    second.must(Role.SUPERVISOR)
    apart(desk, second, "enter_statement")
    with desk.unit() as unit:
        for each in known_statements(unit.session):
            if each.version == statement.version:
                statement = replace(statement, text=each.text)
        keeping.keep(unit, "enter_statement", statement, why=f"with {second.officer.id}")


def parcels(desk: Desk, exporter: str) -> tuple[FirmParcel, ...]:
    """The firm's parcels that may be applied for, and those still on their way there, by number."""
    with desk.view() as unit:
        return tuple(_firm_parcel(desk, unit, each) for each in applying.parcels_of(unit.session, exporter, _HERE))


def _firm_parcel(desk: Desk, unit: Unit, parcel: Parcel) -> FirmParcel:
    figures, settings = unit.figures(parcel.number), desk.settings(unit.session)
    declared = next((each.total for each in figures if each.kind is FigureKind.DECLARED), None)
    shown = all_in(figures, settings.valuation_rule, wants=settings.wants)
    assert parcel.carats is not None
    return FirmParcel(
        number=parcel.number,
        heading=parcel.heading,
        origins=parcel.origins,
        carats=parcel.carats,
        bag=parcel.bag,
        value=parcel.value,
        declared=declared if shown else None,
        undeclared=declared is None,
    )


def last_of(desk: Desk, exporter: str) -> Draft | None:
    """What the firm's next application usually shares with its last: all but goods, date and invoice."""
    with desk.view() as unit:
        for each in keeping.all_of(unit.session, Application, about=f"party/{exporter}", limit=1):
            shipment = unit.get(Shipment, each.shipment)
            return Draft(
                exporter=exporter,
                importer=shipment.importer,
                destination=shipment.destination,
                statement=each.statement,
                sow=each.sow,
                signer=each.signer,
            )
    return None


def propose_importer(desk: Desk, *, name: str, address: str, country: str) -> PartySlip:
    """Enter a foreign firm that the exporter names and nobody knew yet; the register's officers find it by its act."""
    desk.must(Role.EXPORTER_DESK, Role.CLERK)
    with desk.unit() as unit:
        party = importer_in(desk, unit, name=name, address=address, country=country)
        return PartySlip(number=party.number, party_kind=party.party_kind, name=name, address=address, country=country)


def importer_in(desk: Desk, unit: Unit, *, name: str, address: str, country: str) -> Party:
    """As `propose_importer`, inside a visit that does more; the same firm twice is once. Raises Stopped."""
    for each in rows.parties(unit.session, PartyKind.IMPORTER):
        if (each.name.casefold(), each.country) == (name.casefold(), country):
            return unit.get(Party, each.number)
    number = f"IMP-{unit.next('importer'):04}"
    while unit.find(Party, number) is not None:
        number = f"IMP-{unit.next('importer'):04}"
    stop_at(near_names_in(unit.session, name, on=desk.today))
    party = Party(
        number=number,
        party_kind=PartyKind.IMPORTER,
        name=name,
        address=address,
        country=country,
        salt=secrets.token_bytes(16),
    )
    unit.add(party)
    unit.note("propose_importer", party, words=f"{number} {name}")
    unit.session.flush()
    return party


def check(desk: Desk, draft: Draft) -> tuple[Finding, ...]:
    """What the rules notice while an application is typed; nothing of what is simply not filled in yet."""
    with desk.view() as unit:
        return tuple(_findings(desk, unit, draft))


def _findings(desk: Desk, unit: Unit, draft: Draft) -> Iterator[Finding]:
    firm = unit.find(Party, draft.exporter)
    if firm is None:
        return
    goods = [unit.get(Parcel, each) for each in draft.parcels]
    if unit.find(Party, draft.importer) is None:
        yield from check_licence(firm, PartyKind.EXPORTER, desk.today)
    else:
        shipment = Shipment(
            number="",
            exporter=draft.exporter,
            importer=draft.importer,
            destination=draft.destination,
            parcels=draft.parcels,
            conflict_free=draft.conflict_free,
            warranty=draft.warranty,
            applied_at=desk.clock(),
            applied_by=desk.officer.id,
        )
        not_yet = set() if draft.destination else {DESTINATION_MISSING}
        not_yet |= set() if goods else _OF_GOODS
        yield from (each for each in check_application(desk, unit, shipment) if each.rule not in not_yet)
    here = [_firm_parcel(desk, unit, each) for each in goods]
    yield from check_draft(draft, here, desk.today)
    foretold = keeping.find(unit.session, Announced, draft.announced) if draft.announced else None
    if foretold is not None and here:
        yield from check_announced(foretold.asked.by_heading, here)


def apply(desk: Desk, draft: Draft, *, invoice: Invoice | None = None) -> ShipmentSlip:
    """Take the application with its declarations and papers; the findings come back with it.

    Raises NotTheirParcel, WrongState, NotFound, StatementUnknown, DeclarationUnsigned.
    """
    desk.must(Role.EXPORTER_DESK, Role.CLERK)
    check_declaration(draft, desk.today)
    with desk.unit() as unit:
        statement = (
            statement_of(known_statements(unit.session), draft.statement, desk.today) if draft.statement else None
        )
        shipment = apply_in(
            desk,
            unit,
            exporter=draft.exporter,
            importer=draft.importer,
            destination=draft.destination,
            parcels=draft.parcels,
            conflict_free=draft.conflict_free,
            warranty=draft.warranty,
        )
        subject = f"shipment/{shipment.number}"
        kept = unit.keep_paper(invoice.content, subject=subject, name=invoice.name) if invoice else ""
        if not kept and draft.announced:
            kept = keeping.get(unit.session, Announced, draft.announced).asked.invoice_digest
        application = Application(
            shipment=shipment.number,
            exporter=shipment.exporter,
            statement=draft.statement,
            statement_digest=statement.digest if statement else "",
            sow=draft.sow,
            declared_on=draft.declared_on,
            signer=draft.signer,
            salt=secrets.token_bytes(16),
            invoice=kept,
            declared=draft.declared,
            announced=draft.announced,
        )
        keeping.keep(unit, "apply", application)
        if draft.announced:
            _meet(unit, draft, shipment.number)
        return replace(rows.shipment_slip(unit.session, shipment), findings=check_application(desk, unit, shipment))


def _meet(unit: Unit, draft: Draft, shipment: str) -> None:
    """The goods of an application by file are here; raises NotFound, NotWaiting, NotTheirParcel."""
    foretold = keeping.get(unit.session, Announced, draft.announced)
    if foretold.state is not AnnouncedState.WAITING:
        raise NotWaiting(foretold.id, foretold.state.value)
    if foretold.exporter != draft.exporter:
        raise NotTheirParcel(foretold.id, draft.exporter)
    met = replace(foretold, state=AnnouncedState.APPLIED, shipment=shipment)
    keeping.keep(unit, "apply", met)
