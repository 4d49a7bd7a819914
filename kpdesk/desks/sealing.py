"""Before the seal: what is to be weighed again, by how much it may differ, and whether a seal is ours to use.

The act itself is `issuing.seal` (KPCS Annex II 15, EU 12(2)).
"""

from dataclasses import dataclass

from kpdesk.desks.desk import Desk
from kpdesk.desks.issuing import check_application
from kpdesk.domain.goods import Heading
from kpdesk.domain.measures import Carats
from kpdesk.domain.outcomes import Finding
from kpdesk.domain.parcel import Parcel
from kpdesk.domain.parties import Role
from kpdesk.domain.shipment import Shipment, ShipmentState
from kpdesk.domain.slips import ShipmentSlip
from kpdesk.domain.stock import StockKind, StockNotReady, StockState
from kpdesk.domain.weighing import allowed_difference
from kpdesk.store import lists as rows

_FREE = (StockState.IN_SAFE, StockState.WITH_OFFICER)
_MOST = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class ToVerify:
    """A parcel to be taken out, weighed again and packed."""

    parcel: str
    bag: str
    heading: Heading
    carats: Carats
    """As agreed."""
    allowed: Carats
    """How far the new weight may be from that."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ToSeal:
    """A shipment that was applied for."""

    shipment: ShipmentSlip
    parcels: tuple[ToVerify, ...]
    findings: tuple[Finding, ...]
    lifted: tuple[str, ...]
    """Keys of the findings that two officers lifted."""


def to_seal(desk: Desk) -> tuple[ToSeal, ...]:
    """The shipments applied for, the oldest first, each with its parcels and all that speaks against it."""
    desk.must(Role.ISSUING)
    with desk.view() as unit:
        readability = desk.settings(unit.session).readability
        found = []
        for slip in rows.shipments(unit.session, states=[ShipmentState.APPLIED], limit=_MOST):
            thing = unit.get(Shipment, slip.number)
            parcels = [unit.get(Parcel, number) for number in thing.parcels]
            goods = tuple(
                ToVerify(
                    parcel=each.number,
                    bag=each.bag,
                    heading=each.heading,
                    carats=each.carats,
                    allowed=allowed_difference(each.carats, readability),
                )
                for each in parcels
                if each.carats is not None
            )
            lifted = tuple(each.split(":", 1)[0] for each in thing.lifted)
            findings = check_application(desk, unit, thing)
            found.append(ToSeal(shipment=slip, parcels=goods, findings=findings, lifted=lifted))
        return tuple(found)


def free_seal(desk: Desk, number: str) -> str:
    """The number of a seal that may be used now; raises NotInStock, StockNotReady."""
    desk.must(Role.ISSUING)
    with desk.view() as unit:
        seal = unit.stock(StockKind.SEAL, "".join(number.split()).upper())
        if seal.state not in _FREE:
            raise StockNotReady(seal.what.value, seal.number, seal.state.value, StockState.USED.value)
        return seal.number
