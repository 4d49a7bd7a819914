"""The clerk: parcels come in, are weighed twice and put into numbered bags (KPCS Section III, IV; kpcs.md §13)."""

from collections.abc import Sequence
from dataclasses import replace

from kpdesk.desks.desk import Desk, stop_at
from kpdesk.domain.goods import Heading
from kpdesk.domain.outcomes import Finding
from kpdesk.domain.parcel import Draw, Parcel, ParcelState, Source, WrongState
from kpdesk.domain.parties import Party, PartyKind, Role, Title, check_licence
from kpdesk.domain.rules import TITLE_MISSING, TITLE_NOT_VALID
from kpdesk.domain.slips import ParcelSlip, PartySlip, WeighingSlip
from kpdesk.domain.stock import StockKind
from kpdesk.domain.weighing import (
    NeedsSecondWeighing,
    NeedsThirdWeighing,
    Reading,
    Weighing,
    agree,
)
from kpdesk.store import lists as rows
from kpdesk.store.unit import Unit


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
    weighings: Sequence[Weighing] = (),
) -> ParcelSlip:
    """Take a parcel over the counter, give it its number and keep what was weighed at once.

    The weighings are this officer's own, whatever they say. Raises Stopped where the exporter may not bring it,
    NotEnoughCarats where it draws more than is left.
    """
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
        unit.session.flush()
        for weighing in weighings:
            _weigh(desk, unit, parcel, replace(weighing, officer=desk.officer.id))
        return unit.parcel_slip(parcel)


def record_weighing(desk: Desk, parcel: str, *, reading: Reading, balance: str = "", by_hand: str = "") -> WeighingSlip:
    """Keep one stable reading; once two officers' nearest readings agree, the parcel is weighed.

    The first weighing and one that agrees with none come back without agreed carats; each reading is kept for good.
    """
    desk.must(Role.CLERK, Role.VALUER, Role.ISSUING)
    with desk.unit() as unit:
        return _weigh(desk, unit, unit.get(Parcel, parcel), Weighing(desk.officer.id, reading, by_hand, balance))


def _weigh(desk: Desk, unit: Unit, parcel: Parcel, weighing: Weighing) -> WeighingSlip:
    if parcel.state is not ParcelState.RECEIVED:
        raise WrongState(parcel.number, parcel.state.value, ParcelState.RECEIVED.value)
    settings = desk.settings(unit.session)
    weighings = (*unit.weighings(parcel.number), weighing)
    unit.keep_weighing(parcel.number, len(weighings), weighing)
    same = settings.same_officer_weighs_again
    difference = allowed = carats = None
    try:
        carats = agree(weighings, readability=settings.readability, rounding=settings.rounding, same_officer=same)
        parcel.weigh(carats, weighing.officer)
    except NeedsSecondWeighing:
        pass
    except NeedsThirdWeighing as apart:
        difference, allowed = apart.difference, apart.allowed
    unit.note("record_weighing", parcel)
    return WeighingSlip(
        parcel=parcel.number, taken=weighing.carats, carats=carats, difference=difference, allowed=allowed
    )


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


def check_parcel(desk: Desk, *, exporter: str, source: Source, title: str) -> tuple[tuple[str, Finding], ...]:
    """What the rules notice while a parcel is typed: (the field it concerns, the finding)."""
    with desk.look() as session:
        firm = session.get(Party, exporter)
        found = [("exporter", each) for each in check_licence(firm, PartyKind.EXPORTER, desk.today)] if firm else []
        if source is Source.MINED:
            known = session.get(Title, title)
            if not title:
                found.append(("title", TITLE_MISSING.found(parcel="")))
            elif known is None or not known.valid_on(desk.today):
                found.append(("title", TITLE_NOT_VALID.found(title=title, month=f"{desk.today:%Y-%m}")))
        return tuple(found)


def titles(desk: Desk) -> tuple[str, ...]:
    """The numbers of the mining titles on the register."""
    with desk.look() as session:
        return rows.titles(session)


def participants(desk: Desk) -> tuple[tuple[str, str], ...]:
    """(code, name) of every code on the register, by name."""
    return tuple(sorted({(row.code, row.name) for row in desk.register.rows}, key=lambda pair: pair[1]))
