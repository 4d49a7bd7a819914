"""Weighing again: by another officer, who does not see what was read before the own reading is kept (desk.md §2.5)."""

from dataclasses import dataclass
from datetime import datetime

from kpdesk.desks import balances, clerk, contests
from kpdesk.desks.desk import Desk
from kpdesk.domain.custody import Dispute
from kpdesk.domain.measures import Carats
from kpdesk.domain.outcomes import Refusal
from kpdesk.domain.parcel import Parcel, ParcelState, WrongState
from kpdesk.domain.weighing import Reading, Weighing
from kpdesk.store import counter as rows
from kpdesk.store.counter import ToWeigh
from kpdesk.store.unit import NotFound, Unit


@dataclass(eq=False)
class OwnWeighing(Refusal):
    """Nobody weighs again what they alone have weighed."""

    officer: str
    parcel: str


@dataclass(frozen=True, slots=True)
class Read:
    """One reading, shown once the officer's own is kept."""

    carats: Carats
    officer: str
    """The name."""
    at: datetime
    by_hand: str
    """The reason's code, empty where a balance sent it."""
    balance: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Weighed:
    """What came of a weighing; of the first one, nothing but that it is kept."""

    parcel: str
    readings: tuple[Read, ...]
    carats: Carats | None
    """Agreed; None while another weighing is wanted."""
    difference: Carats | None
    allowed: Carats | None


def waiting(desk: Desk) -> tuple[ToWeigh, ...]:
    """What waits for the balance, the oldest first; of what was read it says only who read it."""
    with desk.look() as session:
        return rows.to_weigh(session)


def turn(desk: Desk, scanned: str) -> ToWeigh:
    """The parcel of this number, or in this bag, that this officer may weigh now.

    Raises NotFound, WrongState, OwnWeighing, OwnIsContested.
    """
    desk.must(*clerk.WEIGHERS)
    with desk.view() as unit:
        number = rows.parcel_of(unit.session, scanned)
        if number is None:
            raise NotFound(Parcel.kind, scanned.strip()[:40])
        return _turn(desk, unit, number)


def theirs(desk: Desk, waits: ToWeigh) -> bool:
    """Another officer's turn: this one alone has weighed it, or their own weight is contested."""
    with desk.look() as session:
        settings = desk.settings(session)
    own = set(waits.weighers) == {desk.officer.id} and not settings.same_officer_weighs_again
    return own or (desk.officer.id in waits.barred and not settings.small_office)


def _turn(desk: Desk, unit: Unit, number: str) -> ToWeigh:
    found = next(iter(rows.to_weigh(unit.session, numbers=[number])), None)
    if found is None:
        raise WrongState(number, unit.get(Parcel, number).state.value, ParcelState.RECEIVED.value)
    contests.bar(desk, unit, number, Dispute.WEIGHT)
    if set(found.weighers) == {desk.officer.id} and not desk.settings(unit.session).same_officer_weighs_again:
        raise OwnWeighing(desk.officer.name, number)
    return found


def weigh(desk: Desk, parcel: str, *, reading: Reading, balance: str = "", by_hand: str = "") -> Weighed:
    """Keep this officer's reading for good, then say what was read before and whether they agree.

    Raises OwnWeighing, OwnIsContested and what a weighing refuses.
    """
    desk.must(*clerk.WEIGHERS)
    with balances.refused_kept(desk, (reading, balance), parcel=parcel), desk.unit() as unit:
        before = _turn(desk, unit, parcel)
        thing = unit.get(Parcel, parcel)
        slip = clerk.weigh_in(desk, unit, thing, Weighing(desk.officer.id, reading, by_hand, balance))
        names = rows.names(unit.session)
        count = unit.weighings(parcel)[-len(before.weighers) - 1 :]
        return Weighed(
            parcel=parcel,
            readings=tuple(
                Read(each.carats, names[each.officer], each.at, each.by_hand, each.balance) for each in count
            ),
            carats=slip.carats,
            difference=slip.difference,
            allowed=slip.allowed,
        )


__all__ = ["OwnWeighing", "Read", "ToWeigh", "Weighed", "theirs", "turn", "waiting", "weigh"]
