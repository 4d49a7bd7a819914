"""Practice work between the proved sheet and the confirmation: something at every step, and the partner's authority."""

from datetime import timedelta
from decimal import Decimal

from kpdesk.desks import advice, copies, ending, exporting, issuing, registers, sheets
from kpdesk.desks.sheets import Sheet
from kpdesk.domain.advice import Amendable
from kpdesk.domain.goods import Heading
from kpdesk.domain.issuance import State
from kpdesk.domain.particulars import Representative
from kpdesk.domain.parties import Licence, Party, PartyKind
from kpdesk.domain.slips import CertificateSlip
from kpdesk.practice import APPROVER, PREPARER, SUPERVISOR, SUPERVISOR_2, Goods, Staffed, apply_and_seal, delivery_of

PARTNER, COURIER = "AUT-0001", "CAR-0002"
REPRESENTATIVE = "Practice Representative"
_CARATS = ("412.10", "96.45", "1204.88", "57.30", "233.07", "18.92", "640.00", "75.15")


def fill(office: Staffed) -> None:
    """One sheet to stamp, one to release, two on their way, two waited for, one of them amended, and one replaced."""
    register(office)
    preparer = office[PREPARER]
    stamped = [_issued(office, carats) for carats in _CARATS]
    for slip in stamped[1:]:
        exporting.validate(office[APPROVER], _number(slip))
    for slip in stamped[2:-1]:
        exporting.release(preparer, _number(slip), delivery_of(slip, carrier="CAR-0001"))
    exporting.take_back(preparer, _number(stamped[3]), why="flight")
    exporting.release(preparer, _number(stamped[3]), delivery_of(stamped[3], carrier=""))
    for slip in stamped[4:-1]:
        exporting.report_export(preparer, _number(slip), on=preparer.today, paper="ZZ-EXIT-0077")
    amended = _number(stamped[4])
    advice.amend(
        preparer,
        office[SUPERVISOR],
        amended,
        corrected={Amendable.IMPORTER_ADDRESS: "Rua do Porto 15"},
        why="party: a digit was left out",
    )
    advice.remind(preparer, _number(stamped[5]))
    copies.certified_copy(preparer, amended, why="customs")
    last = _number(stamped[-1])
    ending.replace(preparer, office[SUPERVISOR], last, why="party: the address was wrong", in_hand=last)


def register(office: Staffed) -> None:
    """The partner's authority, a second courier, and who may act for the exporter."""
    one, two = office[SUPERVISOR], office[SUPERVISOR_2]
    partner = "XZ" if one.office.participant == "ZZ" else "ZZ"
    since = one.today - timedelta(days=200)
    registers.register_party(
        one,
        Party(
            number=PARTNER,
            party_kind=PartyKind.FOREIGN_AUTHORITY,
            name=f"National Diamond Office of Practice {partner}",
            address="Largo da Prática 1, Practice Port",
            country=partner,
            email=f"diamonds@practice-{partner.lower()}.example",
        ),
    )
    licence = Licence(f"{COURIER}/{since.year}", PartyKind.CARRIER, since, one.today + timedelta(days=20))
    courier = Party(
        number=COURIER,
        party_kind=PartyKind.CARRIER,
        name="Practice Courier Two",
        address="Airport, Gate 5",
        country=one.office.participant,
        licences=(licence,),
    )
    registers.register_party(one, courier, two)
    revision = registers.party(one, "EXP-0041").revision
    power = Representative(REPRESENTATIVE, "export manager", since, None)
    registers.add_representative(one, two, "EXP-0041", power, revision=revision)


def _issued(office: Staffed, carats: str) -> CertificateSlip:
    """From goods to a proved sheet."""
    desk = office[PREPARER]
    goods = Goods(Heading.UNSORTED, Decimal(carats), Decimal("95.00"), (desk.office.participant,))
    partner = "XZ" if desk.office.participant == "ZZ" else "ZZ"
    shipment = apply_and_seal(office, [goods], importer="IMP-0001", destination=partner)
    draft = issuing.prepare(desk, shipment)
    issuing.approve(office[APPROVER], [draft.id])
    blank = next(iter(sheets.blanks_at_hand(desk))).number
    sheets.load_blank(desk, blank)
    sheets.bind_number(desk, draft.id, blank=blank)
    sheets.spool(desk, blank)
    slip = sheets.answer(desk, blank, Sheet.GOOD, read=[blank])
    assert slip.state is State.ISSUED
    return slip


def _number(slip: CertificateSlip) -> str:
    assert slip.number is not None
    return slip.number.text
