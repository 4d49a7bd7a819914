"""Finding anything by what is known of it: a number, a bag, a seal, a firm (desk.md §4, go-to)."""

from dataclasses import dataclass

from kpdesk.desks.desk import Desk
from kpdesk.domain.issuance import Certificate
from kpdesk.domain.measures import Carats
from kpdesk.domain.parties import Party
from kpdesk.domain.shipment import Shipment
from kpdesk.store import lists as rows
from kpdesk.store import search
from kpdesk.store.unit import Look

_MOST = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """One thing found."""

    subject: str
    """`parcel/P-2026-000113`."""
    about: str
    """Whose it is."""
    firm: str
    """That firm's register number, empty where it is nobody's."""
    carats: Carats | None = None

    @property
    def kind(self) -> str:
        return self.subject.partition("/")[0]

    @property
    def identity(self) -> str:
        return self.subject.partition("/")[2]


def find_anything(desk: Desk, typed: str) -> tuple[Hit, ...]:
    """The newest things that have every typed word as the beginning of one of theirs, at most 12."""
    with desk.look() as session:
        found = search.find_any(session.connection(), typed, _MOST)
        return tuple(_hit(session, kind, key) for kind, key in found)


def firm_of(desk: Desk, number: str) -> tuple[str, str]:
    """Register number and name of the firm that has this number; raises NotFound."""
    with desk.view() as unit:
        firm = unit.get(Party, number.strip().upper())
        return firm.number, firm.name


def _hit(session: Look, kind: str, key: str) -> Hit:
    subject = f"{kind}/{key}"
    match kind:
        case "parcel" if parcel := rows.parcel(session, key):
            return Hit(subject=subject, about=parcel.exporter_name, firm=parcel.exporter, carats=parcel.carats)
        case "party" if party := session.get(Party, key):
            return Hit(subject=subject, about=party.name, firm=party.number)
        case "shipment" if shipment := session.get(Shipment, key):
            slip = rows.shipment_slip(session, shipment)
            return Hit(subject=subject, about=slip.exporter_name, firm=slip.exporter, carats=slip.carats)
        case "certificate" if certificate := session.get(Certificate, key):
            facts, goods = certificate.facts, session.get(Shipment, certificate.shipment)
            named = f"certificate/{certificate.number or certificate.id}"
            return Hit(
                subject=named, about=facts.exporter.name, firm=goods.exporter if goods else "", carats=facts.carats
            )
        case _:
            return Hit(subject=subject, about="", firm="")
