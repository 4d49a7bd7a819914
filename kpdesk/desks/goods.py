"""Goods that change in the office: merge, split, sort, sell within the country (kpcs.md §3, §10).

The parcels that went in end, those that come out begin as received and are weighed anew; what the new weighing changes
is explained too. Beyond the office's dated tolerance a supervisor signs beside.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType

from kpdesk.desks import contests, counter
from kpdesk.desks.clerk import KeptBack, words_of
from kpdesk.desks.desk import Desk, apart, stop_at
from kpdesk.domain.custody import WHY_PLACES, Contested
from kpdesk.domain.measures import Carats, total_carats
from kpdesk.domain.outcomes import Refusal
from kpdesk.domain.parcel import Draw, Parcel, ParcelState
from kpdesk.domain.parties import Party, PartyKind, Role, check_licence
from kpdesk.domain.slips import ParcelSlip, PartySlip
from kpdesk.domain.sorting import (
    Change,
    OriginLine,
    Portion,
    Rework,
    Share,
    Wanted,
    balance,
    beyond,
    carry_draws,
    check_alike,
    check_change,
    divide,
    explain,
    shares_of,
    spread,
)
from kpdesk.settings import Settings
from kpdesk.store import keeping, search
from kpdesk.store import lists as rows
from kpdesk.store.unit import Look, Unit

_OPEN = (ParcelState.WEIGHED, ParcelState.VALUED, ParcelState.BAGGED)
_BUYERS = (PartyKind.DEALER, PartyKind.EXPORTER)
_NOTHING: Mapping[str, str] = MappingProxyType({})


@dataclass(eq=False)
class WantsSupervisor(Refusal):
    """A difference beyond the office's tolerance; a supervisor signs beside."""

    origin: str
    difference: Carats


@dataclass(eq=False)
class MayNotBuy(Refusal):
    """Only another firm that is licensed to deal or to export buys goods here."""

    buyer: str


@dataclass(eq=False)
class NotWeighedYet(Refusal):
    """What came out is not weighed yet, so nobody knows what the change cost."""

    parcel: str


@dataclass(frozen=True, slots=True)
class Reworked:
    """What came of a change."""

    number: str
    parcels: tuple[ParcelSlip, ...]
    """The new ones."""


@dataclass(frozen=True, slots=True)
class Weighed:
    """A change whose new parcels are weighed or not, as the office's list shows it."""

    rework: Rework
    firm: str
    waiting: tuple[str, ...]
    """New parcels without agreed carats."""
    lines: tuple[OriginLine, ...]
    """The balance with the carats agreed so far."""


def open_parcels(desk: Desk, *, exporter: str = "") -> tuple[ParcelSlip, ...]:
    """Parcels with agreed carats that no application names, the newest first: of one firm, or of all."""
    with desk.look() as session:
        found = [slip for state in _OPEN for slip in rows.parcels(session, state=state, limit=rows.PAGE * 4)]
        mine = [slip for slip in found if exporter in ("", slip.exporter)]
        return tuple(sorted(mine, key=lambda slip: slip.number, reverse=True))


def buyers(desk: Desk) -> tuple[PartySlip, ...]:
    """Who may buy goods here, by their register."""
    with desk.look() as session:
        return tuple(slip for kind in _BUYERS for slip in rows.parties(session, kind))


def portions(desk: Desk, parcels: Sequence[str]) -> tuple[Portion, ...]:
    """Parcels with their carats by origin, as they would go into a change. Raises NotFound, NotAlike."""
    with desk.view() as unit:
        found = [unit.get(Parcel, number) for number in parcels]
        if found:
            check_alike(found)
        return tuple(_portion(unit, parcel) for parcel in found)


def rework(
    desk: Desk,
    *,
    change: Change,
    parcels: Sequence[str],
    wanted: Sequence[Wanted],
    reasons: Mapping[str, str] = _NOTHING,
    buyer: str = "",
    second: Desk | None = None,
) -> Reworked:
    """Take parcels apart, together or through the sieve: what comes out, what is sold, what is lost or gained and why.

    `reasons` by origin, ALL where what comes out is mixed. Raises NotAlike, NotOneChange, HeadingMoved,
    DifferenceUnexplained, NothingOfOrigin, WantsSupervisor, MayNotBuy, WrongState, KeptBack, Contested.
    """
    desk.must(Role.CLERK)
    if second is not None:
        second.must(Role.SUPERVISOR)
        apart(desk, second, "rework")
    with desk.unit() as unit:
        before = [unit.get(Parcel, number) for number in parcels]
        _check_free(unit, before)
        if before:
            check_alike(before)
        old = tuple(_portion(unit, parcel) for parcel in before)
        check_change(change, old, wanted)
        _check_buyer(desk, unit, before[0].exporter, buyer, sells=change is Change.SELL)
        lines = balance(old, wanted)
        differences = explain(lines, reasons)
        _check_tolerance(desk.settings(unit.session), lines, second)
        after, sold = divide(old, wanted, differences)
        draws, _ = carry_draws([draw for parcel in before for draw in parcel.draws], after, sold)
        number = f"W-{desk.today.year}-{unit.next(f'rework-{desk.today.year}'):06}"
        made = [
            _begin(desk, unit, before[0], portion, carried, parcels)
            for portion, carried in zip(after, draws, strict=True)
        ]
        for parcel in before:
            parcel.end(ParcelState.REWORKED if after else ParcelState.SOLD)
            unit.note("rework", parcel, why=number)
        value = Rework(
            number=number,
            change=change,
            owner=before[0].exporter,
            before=old,
            after=tuple(replace(portion, parcel=new.number) for portion, new in zip(after, made, strict=True)),
            sold=sold,
            buyer=buyer,
            differences=differences,
            by=desk.officer.id,
            supervisor=second.officer.id if second else "",
            at=desk.clock(),
            settled=not after,
        )
        keeping.keep(unit, "rework", value, words=" ".join(_word(new.number) for new in made))
        return Reworked(number, tuple(unit.parcel_slip(new) for new in made))


def settle(desk: Desk, number: str, *, why: str = "", second: Desk | None = None) -> Rework:
    """The new parcels are weighed: their agreed carats take the place of those stated; `why` explains a difference.

    Raises NotWeighedYet, DifferenceUnexplained, WantsSupervisor.
    """
    desk.must(Role.CLERK)
    if second is not None:
        second.must(Role.SUPERVISOR)
        apart(desk, second, "settle")
    with desk.unit() as unit:
        made = keeping.get(unit.session, Rework, number)
        after = tuple(_agreed(unit, portion) for portion in made.after)
        lines = _by_origin(made, after)
        settings = desk.settings(unit.session)
        if after == made.after:
            differences = made.differences
        else:
            said = "; ".join(dict.fromkeys(each.reason for each in made.differences))
            reason = f"{said}; {why.strip()}" if said and why.strip() else why.strip()
            differences = explain(lines, {line.origin: reason for line in lines})
            # Whoever signed for what was stated did not sign for this.
            _check_tolerance(settings, lines, second)
        supervisor = second.officer.id if second else made.supervisor
        done = replace(made, after=after, differences=differences, supervisor=supervisor, settled=True)
        keeping.keep(unit, "settle_rework", done, why=why.strip())
        return done


def unsettled(desk: Desk) -> tuple[Weighed, ...]:
    """Changes whose new parcels are not all weighed, or whose weighing nobody looked at; the newest first."""
    with desk.view() as unit:
        found = []
        for made in keeping.all_of(unit.session, Rework, live=True):
            owner = unit.find(Party, made.owner)
            weighed = {each.parcel: unit.get(Parcel, each.parcel).carats for each in made.after}
            now = tuple(_scaled(each, weighed[each.parcel] or each.carats) for each in made.after)
            waiting = tuple(number for number, carats in weighed.items() if carats is None)
            found.append(Weighed(made, owner.name if owner else made.owner, waiting, _by_origin(made, now)))
        return tuple(found)


def reworks(desk: Desk, *, before: str | None = None) -> tuple[Rework, ...]:
    """A page of all changes, the newest first."""
    with desk.look() as session:
        return keeping.all_of(session, Rework, before=before, limit=rows.PAGE)


def made_by(session: Look, parcel: str) -> Rework | None:
    """The change that a parcel came out of, if it did."""
    for number in search.find(session.connection(), Rework.kind, _word(parcel), rows.PAGE):
        made = keeping.get(session, Rework, number)
        if parcel in (each.parcel for each in made.after):
            return made
    return None


def _word(parcel: str) -> str:
    """A parcel's number as one word of the search, which nobody types."""
    return "madeof" + "".join(letter for letter in parcel.lower() if letter.isalnum())


def _portion(unit: Unit, parcel: Parcel) -> Portion:
    shares = shares_of(parcel, made_by(unit.session, parcel.number) if len(parcel.origins) > 1 else None)
    return Portion(heading=parcel.heading, shares=shares, parcel=parcel.number)


def _check_free(unit: Unit, parcels: Sequence[Parcel]) -> None:
    for parcel in parcels:
        place = counter.place_of(unit.session, parcel.number)
        if place in WHY_PLACES:
            raise KeptBack(parcel.number, place.value)
        if disputed := contests.open_contest(unit, parcel.number):
            raise Contested(parcel.number, disputed.identity)


def _check_buyer(desk: Desk, unit: Unit, owner: str, buyer: str, *, sells: bool) -> None:
    if not sells:
        return
    firm = unit.find(Party, buyer)
    if firm is None or firm.party_kind not in _BUYERS or buyer == owner:
        raise MayNotBuy(firm.name if firm else buyer)
    stop_at(check_licence(firm, firm.party_kind, desk.today))


def _check_tolerance(settings: Settings, lines: Sequence[OriginLine], second: Desk | None) -> None:
    """Raises WantsSupervisor for the first difference beyond what the office lets a clerk sign for."""
    for line in lines:
        difference = line.loss or line.gain
        share, least = settings.rework_tolerance, Carats(settings.rework_least)
        if second is None and beyond(line.before, difference, share=share, least=least):
            raise WantsSupervisor(line.origin or "*", difference)


def _begin(
    desk: Desk, unit: Unit, like: Parcel, portion: Portion, draws: tuple[Draw, ...], parcels: Sequence[str]
) -> Parcel:
    made = Parcel(
        number=f"P-{desk.today.year}-{unit.next(f'parcel-{desk.today.year}'):06}",
        exporter=like.exporter,
        heading=portion.heading,
        origins=portion.origins,
        provenance=like.provenance,
        source=like.source,
        title=like.title,
        zone=like.zone,
        draws=draws,
        note=", ".join(parcels),
        received_at=desk.clock(),
        received_by=desk.officer.id,
    )
    unit.add(made)
    unit.note("begin_parcel", made, words=words_of(unit, made))
    unit.session.flush()
    return made


def _agreed(unit: Unit, portion: Portion) -> Portion:
    """With the carats agreed since; goods that were taken home unweighed keep those stated. Raises NotWeighedYet."""
    parcel = unit.get(Parcel, portion.parcel)
    if parcel.carats is None and parcel.state is not ParcelState.WITHDRAWN:
        raise NotWeighedYet(parcel.number)
    return _scaled(portion, parcel.carats or portion.carats)


def _scaled(portion: Portion, carats: Carats) -> Portion:
    """The same shares of other carats."""
    if carats == portion.carats:
        return portion
    parts = spread(carats.hundredths, [share.carats.hundredths for share in portion.shares])
    shares = zip(portion.shares, parts, strict=True)
    return replace(
        portion, shares=tuple(Share(share.origin, Carats.from_hundredths(part)) for share, part in shares if part)
    )


def _by_origin(made: Rework, after: Sequence[Portion]) -> tuple[OriginLine, ...]:
    sides = made.before, after, made.sold
    origins = dict.fromkeys(share.origin for side in sides for portion in side for share in portion.shares)
    return tuple(
        OriginLine(origin=origin, before=before, after=now, sold=sold)
        for origin in origins
        for before, now, sold in [[_of(side, origin) for side in sides]]
    )


def _of(side: Sequence[Portion], origin: str) -> Carats:
    return total_carats(share.carats for portion in side for share in portion.shares if share.origin == origin)
