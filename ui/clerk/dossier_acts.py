"""The list of parcels and their dossiers tied to the desk. Runs in the workroom; touches no widget."""

from kpdesk.desks import clerk, dossier, papers
from kpdesk.desks.desk import Desk
from ui.clerk.dossier import DossierActs
from ui.clerk.parcels import ParcelsActs
from ui.instruments import Instruments
from ui.papers import paper_acts
from ui.slips import Picture
from ui.widgets.paper_view import Shown

_LONGEST = 1600


def parcels_acts(desk: Desk, instruments: Instruments) -> ParcelsActs:
    def picture(digest: str) -> Picture:
        """Through the same child as any strange picture."""
        content = dossier.paper(desk, digest)
        seen = instruments.reader.picture_bytes(digest[:12], content, longest=_LONGEST)
        return Picture(seen.width, seen.height, seen.width * 3, "RGB", seen.rgb)

    def sheet(number: str) -> Shown:
        agreed = dossier.dossier(desk, number).slip.carats is not None
        drawn = papers.weight_sheet(desk, [number]) if agreed else papers.deposit(desk, [number])
        return Shown(drawn.number, number, drawn.pdf)

    return ParcelsActs(
        page=lambda before: clerk.parcels(desk, before=before),
        search=lambda typed: clerk.find_parcels(desk, typed),
        sheet=sheet,
        paper=paper_acts(desk),
        dossier=DossierActs(dossier=lambda number: dossier.dossier(desk, number), picture=picture, clock=desk.clock),
    )
