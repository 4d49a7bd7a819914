"""Applications in the practice office: at the counter with all their papers, and by file from an exporter's seat."""

from decimal import Decimal
from io import BytesIO

from PIL import Image

from kpdesk.desks import applications, exporter, seats
from kpdesk.desks.applications import Invoice
from kpdesk.domain.application import Draft
from kpdesk.domain.goods import Heading
from kpdesk.domain.measures import Carats, Money
from kpdesk.domain.seat import AnnouncedGoods, ApplicationFile, Asked, Enrolment, Firm
from kpdesk.exchange.applications import APPLICATION, ENROLMENT, to_record
from kpdesk.practice import COUNTER, SUPERVISOR, SUPERVISOR_2, Goods, Staffed, bring_in
from kpdesk.scanning.foreign import Reader
from kpdesk.signing.keys import KeyPair
from kpdesk.signing.letters import write_letter

_SIGNER, _SOW = "Practice Signer", "SoW-000123"


def fill(office: Staffed) -> None:
    """Three applications on their way, one withdrawn, and two by file that wait for their goods."""
    desk = office[COUNTER]
    own = desk.office.participant
    importers = {slip.number: slip for slip in exporter.importers(desk)}
    goods = [
        Goods(Heading.UNSORTED, Decimal("412.40"), Decimal("95.00"), (own,)),
        Goods(Heading.NON_INDUSTRIAL, Decimal("88.12"), Decimal("310.00"), (own,)),
        Goods(Heading.INDUSTRIAL, Decimal("1040.00"), Decimal("12.50"), (own,)),
        Goods(Heading.UNSORTED, Decimal("23.75"), Decimal("140.00"), (own,)),
    ]
    parcels = [bring_in(office, each) for each in goods]
    for place, picked in enumerate((parcels[:2], parcels[2:3], parcels[3:])):
        importer = importers["IMP-0001" if place != 1 else "IMP-0002"]
        draft = Draft(
            exporter="EXP-0041",
            importer=importer.number,
            destination=desk.register.territory(importer.country, desk.today),
            parcels=tuple(picked),
            statement="2018",
            sow=_SOW,
            conflict_free=True,
            declared_on=desk.today,
            signer=_SIGNER,
            invoice=place == 0,
        )
        number = applications.apply(desk, draft, invoice=_invoice() if place == 0 else None).number
    exporter.withdraw(desk, number, why="The buyer withdrew")
    _by_file(office)


def _invoice() -> Invoice:
    """A white page, as a scanner gives it."""
    page = BytesIO()
    Image.new("L", (620, 877), 255).save(page, "PNG")
    return Invoice("practice-invoice.png", page.getvalue())


def _by_file(office: Staffed) -> None:
    """A seat is played here: its key signs two applications, and two supervisors have let it in."""
    desk, key = office[COUNTER], KeyPair.generate()
    own, made = desk.office, desk.clock().replace(microsecond=0)
    enrolment = Enrolment(office=own.code, name="Practice Exports, head office", key=key.public, made_at=made)
    letter = write_letter(to_record(enrolment), kind=ENROLMENT.word, signer=key)
    seats.enrol(office[SUPERVISOR], office[SUPERVISOR_2], letter, exporter="EXP-0041")
    partner = next(slip for slip in exporter.importers(desk) if slip.number == "IMP-0001")
    for place, carats in enumerate(("310.40", "57.25"), 1):
        parcel = AnnouncedGoods(
            label=f"Lot {place}",
            heading=Heading.UNSORTED,
            origins=(own.participant,),
            carats=Carats.of(carats),
            value=Money.of("24800.00"),
        )
        statement = applications.statements(desk)[0]
        asked = Asked(
            office=own.code,
            number=f"A-{desk.today.year}-{place:06}",
            made_at=made,
            exporter="EXP-0041",
            importer=Firm(number=partner.number, name=partner.name, address=partner.address, country=partner.country),
            destination=desk.register.territory(partner.country, desk.today),
            goods=(parcel,),
            statement=statement.version,
            statement_digest=statement.digest,
            sow=_SOW,
            conflict_free=True,
            declared_on=desk.today,
            signer=_SIGNER,
        )
        file = write_letter(to_record(ApplicationFile(asked=asked)), kind=APPLICATION.word, signer=key)
        with Reader() as reader:
            seats.take_application(desk, reader, file)
