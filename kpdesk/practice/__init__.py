"""A practice office with one officer for every duty, and its work: for demo, training and tests.

It goes through the same acts as real work. What is no desk's – the printer, the balance, the forger – is played here.
Imports desks and, to play their other side, capabilities. A module beside it fills one room with work.
"""

import zlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from pathlib import Path

import numpy as np

from kpdesk.desks import clerk, exporter, exporting, issuing, offices, sheets, stock, valuer
from kpdesk.desks.desk import Desk
from kpdesk.desks.offices import NewOfficer
from kpdesk.desks.reading import texts_of
from kpdesk.desks.registers import register_party, register_title  # not the module: one here has its name
from kpdesk.desks.sheets import Sheet
from kpdesk.domain.goods import Heading
from kpdesk.domain.inspection import Arrival
from kpdesk.domain.issuance import State
from kpdesk.domain.leaving import Delivery
from kpdesk.domain.leaving import Paper as Shown
from kpdesk.domain.measures import Carats, Money
from kpdesk.domain.outcomes import Stopped
from kpdesk.domain.parcel import Draw, Source
from kpdesk.domain.parties import Licence, Party, PartyKind, Role
from kpdesk.domain.shipment import Container
from kpdesk.domain.slips import CertificateSlip
from kpdesk.domain.stock import Paper, StockKind
from kpdesk.domain.titles import Title
from kpdesk.domain.trust import AuthorityFile
from kpdesk.domain.valuation import FigureKind, PriceReason, SizeLine
from kpdesk.domain.weighing import Reading, summed
from kpdesk.printing.form import read_form
from kpdesk.printing.tray import TrayPrinter
from kpdesk.scanning.foreign import Reader
from kpdesk.settings import Office
from kpdesk.signing import base45
from kpdesk.signing.code import PREFIX
from kpdesk.signing.slots import SMALL
from resources import path

Clock = Callable[[], datetime]

CLERK, CLERK_2, VALUER, VALUER_2 = "Clerk One", "Clerk Two", "Valuer One", "Independent Valuer"
PREPARER, APPROVER, COUNTER = "Issuing One", "Issuing Two", "Exporters Desk"
BALANCE, PRACTICE_MOST = "JET-1", Decimal("2500.000")
"""The balance that everybody uses, and the most it takes, in carats."""
INSPECTOR, SUPERVISOR, SUPERVISOR_2, AUDITOR = "Inspector One", "Supervisor One", "Supervisor Two", "Auditor One"
_DUTIES = {
    SUPERVISOR: {Role.SUPERVISOR},
    SUPERVISOR_2: {Role.SUPERVISOR},
    CLERK: {Role.CLERK},
    CLERK_2: {Role.CLERK},
    VALUER: {Role.VALUER},
    VALUER_2: {Role.VALUER},
    PREPARER: {Role.ISSUING},
    APPROVER: {Role.ISSUING},
    COUNTER: {Role.EXPORTER_DESK},
    INSPECTOR: {Role.INSPECTOR},
    AUDITOR: {Role.AUDITOR},
}


@dataclass(slots=True)
class Staffed:
    """An office with everybody signed in."""

    desks: dict[str, Desk]
    printer: TrayPrinter
    serial: int = 0

    def __getitem__(self, name: str) -> Desk:
        return self.desks[name]

    def next_stock(self, prefix: str) -> str:
        """A bag or seal number from the stock counted in."""
        self.serial += 1
        return f"{prefix}{self.serial:06}"

    def close(self) -> None:
        self[SUPERVISOR].store.close()


@dataclass(frozen=True, slots=True)
class Goods:
    """A parcel to be brought in."""

    heading: Heading
    carats: Decimal
    per_carat: Decimal
    origins: tuple[str, ...]
    draws: tuple[Draw, ...] = ()


def staff(
    folder: Path, *, participant: str, place: str, form: str, authority_file: AuthorityFile, password: str, clock: Clock
) -> Staffed:
    """A practice office with all its officers, counted stock and registered firms; its recovery code is thrown away."""
    office = Office(
        code=f"{participant}-MAIN",
        participant=participant,
        name=f"Practice Diamond Office {participant}",
        authority=f"National Diamond Office of Practice {participant}",
        place=place,
        form=form,
        edition=read_form(path(f"forms/{form}.toml")).edition,
        practice=True,
    )
    officers = [NewOfficer(name, password, frozenset(roles)) for name, roles in _DUTIES.items()]
    offices.new_office(folder, office=office, officers=officers, authority=authority_file, clock=clock, cost=SMALL)
    return sign_in(folder, password=password, clock=clock)


def sign_in(folder: Path, *, password: str, clock: Clock) -> Staffed:
    """Everybody at their desk."""
    first = offices.open_desk(folder, officer=SUPERVISOR, password=password, clock=clock)
    desks = {SUPERVISOR: first}
    for name in _DUTIES.keys() - desks.keys():
        desks[name] = offices.beside(first, officer=name, password=password)
    random = np.random.default_rng(7)
    return Staffed(desks, TrayPrinter(folder / "sheets", random=random))


def stock_up(office: Staffed, *, blanks: int = 12, others: int = 60) -> None:
    """Blanks, bags and seals, counted in by two; the blanks with the preparer."""
    one, two = office[SUPERVISOR], office[SUPERVISOR_2]
    own, year = one.office, one.today.year
    numbers = [f"{own.participant}{year}{serial:06}" for serial in range(1377, 1377 + blanks)]
    stock.receive_stock(one, two, what=StockKind.BLANK, numbers=numbers, paper=Paper.SECURITY, edition=own.edition)
    stock.hand_out(one, what=StockKind.BLANK, numbers=numbers, officer=office[PREPARER].officer.id)
    for what, prefix in ((StockKind.BAG, "TB"), (StockKind.SEAL, "TS")):
        stock.receive_stock(one, two, what=what, numbers=[f"{prefix}{n:06}" for n in range(1, others + 1)])


def register_firms(office: Staffed, *, partner: str) -> None:
    """The firms that the practice day needs; names are marked as practice."""
    desk = office[SUPERVISOR]
    own, since = desk.office.participant, desk.today - timedelta(days=400)
    until = desk.today + timedelta(days=330)

    def firm(number: str, kind: PartyKind, name: str, country: str, address: str) -> None:
        licence = Licence(f"{number}/{since.year}", kind, since, until)
        register_party(
            desk,
            Party(number=number, party_kind=kind, name=name, address=address, country=country, licences=(licence,)),
            office[SUPERVISOR_2],
        )

    firm("EXP-0041", PartyKind.EXPORTER, f"Practice Exports {own} SARL", own, "14 avenue de la Mission")
    firm("EXP-0042", PartyKind.EXPORTER, f"Comptoir d’exercice {own}", own, "3 place du Marché")
    firm("MIN-0007", PartyKind.MINER, f"Practice Mining {own} Ltd", own, "Northern Field")
    firm("CAR-0001", PartyKind.CARRIER, "Practice Secure Carriers", own, "Airport, Gate 2")
    firm("IMP-0001", PartyKind.IMPORTER, f"Practice Imports {partner} Lda", partner, "Rua do Porto 5")
    firm("IMP-0002", PartyKind.IMPORTER, "Practice Imports NV", "BE", "Hoveniersstraat 2, Antwerpen")
    firm("IMP-0003", PartyKind.IMPORTER, "Practice Traders", "KE", "Moi Avenue 1, Nairobi")
    firm("IMP-0010", PartyKind.IMPORTER, f"Practice Imports {own} Lda", own, "Rua do Porto 5")
    register_title(
        desk,
        Title(
            number="T-100",
            mine="Northern Field",
            holder="MIN-0007",
            country=own,
            area="Block 4",
            monthly_capacity=Carats.of("20000.00"),
            valid_from=since,
        ),
    )


def bring_in(office: Staffed, goods: Goods, *, exporter_number: str = "EXP-0041") -> str:
    """A parcel over the counter: received, weighed by two, three figures, bagged; its number."""
    own = goods.origins == (office[CLERK].office.participant,)
    source = Source.IMPORTED if goods.draws else Source.MINED if own else Source.PURCHASED
    parcel = clerk.receive_parcel(
        office[CLERK],
        exporter=exporter_number,
        heading=goods.heading,
        origins=goods.origins,
        provenance=office[CLERK].office.participant,
        source=source,
        title="T-100" if source is Source.MINED else "",
        draws=goods.draws,
        pieces=0,
    ).number
    for desk in (office[CLERK], office[CLERK_2]):
        clerk.record_weighing(desk, parcel, reading=read_balance(goods.carats, desk), balance=BALANCE)
    for desk, kind in ((office[VALUER], FigureKind.OFFICE), (office[VALUER_2], FigureKind.INDEPENDENT)):
        valuer.give_figure(desk, parcel, kind=kind, lines=_size_lines(goods, kind))
    total = Money((goods.carats * goods.per_carat).quantize(Decimal("0.01")))
    valuer.declare_value(office[COUNTER], parcel, total=total)
    clerk.bag_parcel(office[CLERK], parcel, bag=office.next_stock("TB"))
    return parcel


def read_balance(carats: Decimal, desk: Desk) -> Reading:
    """A stable reading as an MT-SICS balance sends it; in portions where that takes no more at once."""
    value, portions = carats.quantize(Decimal("0.001")), list[Reading]()
    while value > PRACTICE_MOST:
        portions.append(_read(PRACTICE_MOST, desk))
        value -= PRACTICE_MOST
    return summed([*portions, _read(value, desk)])


def _read(value: Decimal, desk: Desk) -> Reading:
    return Reading(
        value=value,
        unit="ct",
        stable=True,
        stable_by="instrument",
        net=True,
        unverified_digits=0,
        raw=f"S S {value:>10} ct\r\n".encode(),
        at=desk.clock(),
    )


def _size_lines(goods: Goods, kind: FigureKind) -> Sequence[SizeLine]:
    """Two size classes; the independent valuer is a little higher."""
    carats = goods.carats.quantize(Decimal("0.01"))
    above = (carats / 3).quantize(Decimal("0.01"))
    price = goods.per_carat + (Decimal("0.50") if kind is FigureKind.INDEPENDENT else Decimal(0))
    return (
        SizeLine("10.8+ ct", Carats(above), price, PriceReason.OTHER),
        SizeLine("4-10.8 ct", Carats(carats - above), price, PriceReason.OTHER),
    )


def apply_and_seal(
    office: Staffed, goods: Sequence[Goods], *, importer: str, destination: str, exporter_number: str = "EXP-0041"
) -> str:
    """An application over these goods, checked, verified, weighed again and sealed; its number. Raises Stopped."""
    parcels = tuple(bring_in(office, each, exporter_number=exporter_number) for each in goods)
    shipment = exporter.apply(
        office[COUNTER],
        exporter=exporter_number,
        importer=importer,
        destination=destination,
        parcels=parcels,
        conflict_free=True,
        warranty="2018 SoW-000123",
    ).number
    try:
        issuing.seal(
            office[PREPARER],
            shipment,
            containers=(Container(office.next_stock("TS"), parcels),),
            readings={
                parcel: read_balance(each.carats, office[PREPARER]) for parcel, each in zip(parcels, goods, strict=True)
            },
        )
    except Stopped:
        exporter.withdraw(office[COUNTER], shipment, why="the checks stop it")
        raise
    return shipment


def issue(office: Staffed, reader: Reader, certificate: CertificateSlip) -> CertificateSlip:
    """Approve, number, print, look at the sheet, answer; again on the next blank until a sheet stands."""
    if not certificate.approved_by:
        (certificate,) = issuing.approve(office[APPROVER], [certificate.id])
    desk = office[PREPARER]
    while certificate.state is State.APPROVED:
        blank = next(iter(sheets.blanks_at_hand(desk)))
        sheets.load_blank(desk, blank.number)
        certificate = sheets.bind_number(desk, certificate.id, blank=blank.number)
        assert certificate.number is not None
        number = certificate.number.text
        office.printer.submit(sheets.spool(desk, number), number=number)
        seen = office.printer.sheet(number)
        read = texts_of(reader.read_bytes(number, seen)) if seen else ()
        what = Sheet.GOOD if read else Sheet.SPOILED if seen else Sheet.MISSING
        certificate = sheets.answer(desk, number, what, read=read)
    return certificate


def send(office: Staffed, certificate: CertificateSlip) -> CertificateSlip:
    """Validate, hand to the carrier, report the export."""
    assert certificate.number is not None
    number = certificate.number.text
    exporting.validate(office[APPROVER], number)
    exporting.release(office[PREPARER], number, delivery_of(certificate))
    return exporting.report_export(office[PREPARER], number, on=office[PREPARER].today)


def delivery_of(certificate: CertificateSlip, *, carrier: str = "CAR-0001") -> Delivery:
    """Handed to a courier's messenger at the counter; without one, to a hand-carrier."""
    return Delivery(
        carrier=carrier,
        bearer="Practice Messenger" if carrier else "Practice Hand-Carrier",
        paper=Shown.STAFF_CARD if carrier else Shown.PASSPORT,
        paper_number="PRACTICE-0042",
        journey="ZZ 101",
        customs="ZZ-EX-2026-0815",
        exit="Practice Town Airport",
        representative="Practice Representative",
        seals=certificate.facts.seals,
    )


def arrival_of(certificate: CertificateSlip) -> Arrival:
    """Goods that arrive exactly as certified."""
    facts = certificate.facts
    return Arrival(
        carats=facts.carats,
        parcels=facts.parcels,
        seals=facts.seals,
        seals_intact=True,
        original=True,
        exported_on=certificate.exported_on,
    )


def forge(code: str, *, old: bytes, new: bytes) -> str:
    """A code with its content changed after signing, as a forger would who has no key."""
    signed = zlib.decompress(base45.decode(code.removeprefix(PREFIX)))
    if old not in signed or len(old) != len(new):
        raise ValueError("nothing to change")
    return PREFIX + base45.encode(zlib.compress(signed.replace(old, new), 9))
