"""Practice work from the application to the sheet: something to verify, to draw up, to approve and to print."""

from dataclasses import replace
from decimal import Decimal

from kpdesk.desks import approving, calibration, exporter, issuing
from kpdesk.desks.printers import PRACTICE_TRAY
from kpdesk.domain.calibration import Alignment, Tray
from kpdesk.domain.custody import Service
from kpdesk.domain.goods import Heading
from kpdesk.domain.shipment import Container
from kpdesk.practice import APPROVER, BALANCE, COUNTER, PREPARER, SUPERVISOR, Goods, Staffed, bring_in, read_balance

_WAITING = (("88.10", "412.33"), ("1507.02",))
_SEALED = ("640.18", "27.45", "233.90", "1204.77", "96.61")
_MISALIGNED = Alignment(Decimal("0.84"), Decimal("-1.17"), Decimal("1.00188"), Decimal("0.99952"), Decimal("0.266"))


def fill(office: Staffed) -> None:
    """Two applications to verify and seal, one shipment to draw up, three to approve, one to print; an aligned tray."""
    calibration.calibrate(office[PREPARER], office[SUPERVISOR], tray=Tray(PRACTICE_TRAY), alignment=_MISALIGNED)
    for carats in _WAITING:
        _apply(office, *carats)
    sealed = [_seal(office, carats) for carats in _SEALED]
    drafts = approving.prepare_all(office[PREPARER], sealed[1:])
    approving.approve_all(office[APPROVER], [drafts[-1].id])


def _apply(office: Staffed, *carats: str) -> tuple[str, tuple[str, ...]]:
    """The application and its parcels."""
    own = (office[COUNTER].office.participant,)
    goods = [Goods(Heading.UNSORTED, Decimal(each), Decimal("96.40"), own) for each in carats]
    parcels = tuple(bring_in(office, each) for each in goods)
    shipment = exporter.apply(
        office[COUNTER],
        exporter="EXP-0041",
        importer="IMP-0002",
        destination="EU",
        parcels=parcels,
        conflict_free=True,
        warranty="2018 SoW-000123",
    ).number
    return shipment, parcels


def _seal(office: Staffed, carats: str) -> str:
    """The second of them was weighed on a balance that did not answer."""
    shipment, parcels = _apply(office, carats)
    desk = office[PREPARER]
    reading = read_balance(Decimal(carats), desk)
    if carats == _SEALED[1]:
        reading = replace(reading, raw=b"", stable_by=None)
    issuing.seal(
        desk,
        shipment,
        containers=(Container(office.next_stock("TS"), parcels),),
        readings=dict.fromkeys(parcels, reading),
        balance=BALANCE,
        by_hand="balance_fails",
        witnesses={Service.CUSTOMS: "Practice Customs Officer", Service.MINES: "Practice Mines Officer"},
    )
    return shipment
