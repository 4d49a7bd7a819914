"""The clerk: parcels come in, are weighed twice and put into numbered bags (KPCS Section III, IV; kpcs.md §13)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType

from kpdesk.desks import balances, contests, counter, vouchers
from kpdesk.desks.counter import Shot
from kpdesk.desks.desk import Desk, stop_at
from kpdesk.domain.custody import WANT_A_REASON, WHY_PLACES, Dispute, Service, Voucher, WhyMissing
from kpdesk.domain.goods import Heading
from kpdesk.domain.outcomes import Refusal
from kpdesk.domain.parcel import Draw, Parcel, ParcelState, Source, WrongState
from kpdesk.domain.parties import Party, PartyKind, Role, check_licence
from kpdesk.domain.rules import VOUCHERS_MISSING
from kpdesk.domain.slips import ParcelSlip, PartySlip, WeighingSlip
from kpdesk.domain.stock import StockKind
from kpdesk.domain.titles import Title
from kpdesk.domain.weighing import (
    NeedsSecondWeighing,
    NeedsThirdWeighing,
    Reading,
    Weighing,
    agree,
    allowed_between,
    counted,
)
from kpdesk.store import lists as rows
from kpdesk.store.unit import Unit

WEIGHERS = (Role.CLERK, Role.VALUER, Role.ISSUING)
_NOBODY: Mapping[Service, str] = MappingProxyType({})


@dataclass(eq=False)
class VouchersWanted(Refusal):
    """The office takes purchased goods in with their vouchers alone."""

    exporter: str


@dataclass(eq=False)
class KeptBack(Refusal):
    """Goods on hold or seized are not taken home."""

    parcel: str
    place: str


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
    bought_by: Sequence[Voucher] = (),
    bag: str = "",
    photo: Shot | None = None,
    witnesses: Mapping[Service, str] = _NOBODY,
    why: str = "",
) -> ParcelSlip:
    """Take a parcel over the counter, give it its number and keep what was weighed at once.

    The weighings are this officer's own, whatever they say. `bought_by` are the vouchers of purchased goods, `bag` a
    numbered bag from stock they lie in until they are valued, `why` the reason for going on in spite of a warning.
    Raises Stopped where the exporter may not bring it or a voucher does not count, WhyMissing where a warning wants a
    reason, NotEnoughCarats where it draws more than is left, NotInStock, StockNotReady.
    """
    desk.must(Role.CLERK)
    read = ((weighing.reading, weighing.balance) for weighing in weighings)
    with balances.refused_kept(desk, *read), desk.unit() as unit:
        firm = unit.get(Party, exporter)
        behind = vouchers.check_goods(
            desk,
            unit.session,
            firm,
            purchased=source is Source.PURCHASED,
            vouchers=bought_by,
            heading=heading,
            carats=weighings[-1].carats if weighings else None,
        )
        stop_at((*check_licence(firm, PartyKind.EXPORTER, desk.today), *behind))
        missing = VOUCHERS_MISSING in [each.rule for each in behind]
        if missing and desk.settings(unit.session).vouchers_required:
            raise VouchersWanted(firm.name)
        if not why.strip() and any(each.rule.code in WANT_A_REASON for each in behind):
            raise WhyMissing
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
            bag=bag,
        )
        unit.draw(draws)
        unit.add(parcel)
        if bag:
            unit.use_stock(StockKind.BAG, bag, number)
        unit.note("receive_parcel", parcel, why=why.strip(), words=words_of(unit, parcel))
        unit.session.flush()
        vouchers.keep_vouchers(unit, parcel, bought_by)
        counter.keep_witnesses(unit, parcel, witnesses)
        if photo:
            counter.keep_photo(unit, parcel, photo)
        for weighing in weighings:
            weigh_in(desk, unit, parcel, replace(weighing, officer=desk.officer.id))
        return unit.parcel_slip(parcel)


def record_weighing(desk: Desk, parcel: str, *, reading: Reading, balance: str = "", by_hand: str = "") -> WeighingSlip:
    """Keep one stable reading; once two officers' nearest readings agree, the parcel is weighed.

    The first weighing and one that agrees with none come back without agreed carats; each reading is kept for good.
    Raises OwnIsContested, BalanceBarred; what is refused is kept too.
    """
    desk.must(*WEIGHERS)
    with balances.refused_kept(desk, (reading, balance), parcel=parcel), desk.unit() as unit:
        return weigh_in(desk, unit, unit.get(Parcel, parcel), Weighing(desk.officer.id, reading, by_hand, balance))


def weigh_in(desk: Desk, unit: Unit, parcel: Parcel, weighing: Weighing) -> WeighingSlip:
    """As `record_weighing`, inside a visit that does more."""
    if parcel.state is not ParcelState.RECEIVED:
        raise WrongState(parcel.number, parcel.state.value, ParcelState.RECEIVED.value)
    contests.bar(desk, unit, parcel.number, Dispute.WEIGHT)
    balances.admit(desk, unit, weighing)
    settings, coarser = desk.settings(unit.session), balances.coarser(unit)
    all_readings = (*unit.weighings(parcel.number), weighing)
    unit.keep_weighing(parcel.number, len(all_readings), weighing)
    disputed = contests.open_contest(unit, parcel.number)
    weighings = all_readings[disputed.readings if disputed else 0 :]
    same = settings.same_officer_weighs_again
    difference = allowed = carats = None
    try:
        one, two = counted(weighings, readability=settings.readability, coarser=coarser, same_officer=same)
        carats = agree(
            weighings,
            readability=settings.readability,
            coarser=coarser,
            rounding=settings.rounding,
            same_officer=same,
        )
        difference = max(one.carats, two.carats) - min(one.carats, two.carats)
        allowed = allowed_between(one, two, readability=settings.readability, coarser=coarser)
        parcel.weigh(carats, weighing.officer)
        contests.settle(unit, parcel)
    except NeedsSecondWeighing:
        pass
    except NeedsThirdWeighing as apart:
        difference, allowed = apart.difference, apart.allowed
    unit.note("record_weighing", parcel, words=words_of(unit, parcel) if carats else "")
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
        unit.note("bag_parcel", thing, words=words_of(unit, thing))
        return unit.parcel_slip(thing)


def withdraw_parcel(desk: Desk, parcel: str, *, why: str) -> ParcelSlip:
    """The exporter takes the goods home again; their vouchers may come again. Raises KeptBack."""
    desk.must(Role.CLERK)
    with desk.unit() as unit:
        thing = unit.get(Parcel, parcel)
        place = counter.place_of(unit.session, parcel)
        if place in WHY_PLACES:
            raise KeptBack(parcel, place.value)
        thing.withdraw()
        unit.undraw(thing.draws)
        vouchers.free_vouchers(unit, thing)
        contests.settle(unit, thing)
        unit.note("withdraw_parcel", thing, why=why)
        return unit.parcel_slip(thing)


def words_of(unit: Unit, parcel: Parcel) -> str:
    """What a parcel is searched by: its number, bag, firm, carats and note."""
    firm = unit.find(Party, parcel.exporter)
    named = f"{parcel.number} {parcel.bag} {firm.name if firm else ''} {parcel.exporter}"
    return f"{named} {parcel.carats or ''} {parcel.note}"


def save_draft(desk: Desk, screen: str, text: str) -> None:
    """Keep what is typed on a screen: a draft is this officer's alone and outside the history."""
    with desk.unit() as unit:
        unit.save_draft(screen, text)


def draft(desk: Desk, screen: str) -> str:
    """What was typed last on a screen, empty where there is none."""
    with desk.look() as session:
        return rows.draft(session, desk.officer.id, screen)


def titles(desk: Desk) -> tuple[str, ...]:
    """The numbers of the mining titles on the register."""
    with desk.look() as session:
        return rows.titles(session)


def participants(desk: Desk) -> tuple[tuple[str, str], ...]:
    """(code, name) of every code on the register, by name."""
    return tuple(sorted({(row.code, row.name) for row in desk.register.rows}, key=lambda pair: pair[1]))
