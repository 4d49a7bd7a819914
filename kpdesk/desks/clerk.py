"""The clerk: parcels come in, are weighed twice and put into numbered bags (KPCS Section III, IV; kpcs.md §13)."""

from kpdesk.desks.desk import Desk, stop_at
from kpdesk.domain.goods import Heading
from kpdesk.domain.parcel import Draw, Parcel, ParcelState, Source, WrongState
from kpdesk.domain.parties import Party, PartyKind, Role, Title, check_licence
from kpdesk.domain.slips import ParcelSlip, PartySlip, WeighingSlip
from kpdesk.domain.stock import StockKind
from kpdesk.domain.weighing import (
    NeedsSecondWeighing,
    NeedsThirdWeighing,
    Reading,
    Weighing,
    agree,
    counted,
)
from kpdesk.store import lists as rows


def exporters(desk: Desk) -> tuple[PartySlip, ...]:
    with desk.look() as session:
        return rows.parties(session, PartyKind.EXPORTER)


def parcels(desk: Desk, *, before: str | None = None, state: ParcelState | None = None) -> tuple[ParcelSlip, ...]:
    """A page of the register, the newest first."""
    with desk.look() as session:
        return rows.parcels(session, before=before, state=state)


def find_parcels(desk: Desk, typed: str) -> tuple[ParcelSlip, ...]:
    with desk.look() as session:
        return rows.search_parcels(session, typed)


def receive_parcel(
    desk: Desk,
    *,
    exporter: str,
    heading: Heading,
    origins: tuple[str, ...],
    provenance: str,
    source: Source,
    title: str = "",
    zone: str = "",
    draws: tuple[Draw, ...] = (),
    pieces: int = 0,
    note: str = "",
) -> ParcelSlip:
    """Take a parcel over the counter and give it its number; raises Stopped where the exporter may not bring it."""
    desk.must(Role.CLERK)
    with desk.unit() as unit:
        firm = unit.get(Party, exporter)
        stop_at(check_licence(firm, PartyKind.EXPORTER, desk.today))
        if title:
            unit.get(Title, title)
        number = f"P-{desk.today.year}-{unit.next(f'parcel-{desk.today.year}'):06}"
        parcel = Parcel(
            number=number,
            exporter=firm.number,
            heading=heading,
            origins=tuple(sorted(set(origins))),
            provenance=provenance,
            source=source,
            title=title,
            zone=zone,
            draws=draws,
            pieces=pieces,
            note=note,
            received_at=desk.clock(),
            received_by=desk.officer.id,
        )
        unit.draw(draws)
        unit.add(parcel)
        unit.note("receive_parcel", parcel, words=f"{number} {firm.name} {firm.number} {note}")
        return unit.parcel_slip(parcel)


def record_weighing(desk: Desk, parcel: str, *, reading: Reading, balance: str = "", by_hand: str = "") -> WeighingSlip:
    """Keep one stable reading; once two officers' nearest readings agree, the parcel is weighed.

    The first weighing and one that agrees with none come back without agreed carats; each reading is kept for good.
    """
    desk.must(Role.CLERK, Role.VALUER, Role.ISSUING)
    with desk.unit() as unit:
        settings = desk.settings(unit.session)
        thing = unit.get(Parcel, parcel)
        if thing.state is not ParcelState.RECEIVED:
            raise WrongState(thing.number, thing.state.value, ParcelState.RECEIVED.value)
        weighing = Weighing(desk.officer.id, reading, by_hand, balance)
        weighings = (*unit.weighings(parcel), weighing)
        unit.keep_weighing(parcel, len(weighings), weighing)
        same = settings.same_officer_weighs_again
        difference = allowed = carats = None
        try:
            counted(weighings, readability=settings.readability, same_officer=same)
            carats = agree(weighings, readability=settings.readability, rounding=settings.rounding, same_officer=same)
            thing.weigh(carats, desk.officer.id)
        except NeedsSecondWeighing:
            pass
        except NeedsThirdWeighing as apart:
            difference, allowed = apart.difference, apart.allowed
        unit.note("record_weighing", thing)
        return WeighingSlip(parcel=parcel, taken=weighing.carats, carats=carats, difference=difference, allowed=allowed)


def bag_parcel(desk: Desk, parcel: str, *, bag: str) -> ParcelSlip:
    """Close a valued parcel into a numbered bag from stock; raises NotInStock, StockNotReady."""
    desk.must(Role.CLERK, Role.VALUER, Role.ISSUING)
    with desk.unit() as unit:
        thing = unit.get(Parcel, parcel)
        thing.put_in_bag(bag)
        unit.use_stock(StockKind.BAG, bag, parcel)
        unit.note("bag_parcel", thing, words=f"{thing.number} {bag} {thing.exporter} {thing.note}")
        return unit.parcel_slip(thing)


def withdraw_parcel(desk: Desk, parcel: str, *, why: str) -> ParcelSlip:
    """The exporter takes the goods home again."""
    desk.must(Role.CLERK)
    with desk.unit() as unit:
        thing = unit.get(Parcel, parcel)
        thing.withdraw()
        unit.undraw(thing.draws)
        unit.note("withdraw_parcel", thing, why=why)
        return unit.parcel_slip(thing)


def save_draft(desk: Desk, screen: str, text: str) -> None:
    """Keep what is typed on a screen: a draft is this officer's alone and outside the history."""
    with desk.unit() as unit:
        unit.save_draft(screen, text)


def draft(desk: Desk, screen: str) -> str:
    """What was typed last on a screen, empty where there is none."""
    with desk.look() as session:
        return rows.draft(session, desk.officer.id, screen)
