"""Weighing again, bags, hand-overs and contests tied to the desk. Runs in the workroom; touches no widget."""

from collections.abc import Mapping, Sequence

from kpdesk.desks import clerk, contests, counter, offices, weighing
from kpdesk.desks.counter import Held
from kpdesk.desks.desk import Desk
from kpdesk.desks.weighing import ToWeigh, Weighed
from kpdesk.domain.custody import Contest, Dispute, Handover, Place
from kpdesk.domain.parcel import ParcelState
from kpdesk.domain.slips import ParcelSlip
from ui import messages
from ui.clerk.bag import BagActs
from ui.clerk.contest import ContestActs
from ui.clerk.handover import HandoverActs
from ui.clerk.weigh import Turn, WeighActs
from ui.marks import QT_TRANSLATE_NOOP
from ui.widgets.taken import Taken

_REASONS = (
    ("weight_low", QT_TRANSLATE_NOOP("reasons", "The exporter's own weight is higher")),
    ("weight_high", QT_TRANSLATE_NOOP("reasons", "The exporter's own weight is lower")),
    ("value_high", QT_TRANSLATE_NOOP("reasons", "The exporter holds the value for too high")),
    ("value_low", QT_TRANSLATE_NOOP("reasons", "The exporter holds the value for too low")),
    ("sale_off", QT_TRANSLATE_NOOP("reasons", "The sale did not come about")),
    ("papers", QT_TRANSLATE_NOOP("reasons", "The papers are not complete")),
)


def weigh_acts(desk: Desk) -> WeighActs:
    return WeighActs(
        queue=lambda: _queue(desk),
        turn=lambda scanned: _turn(desk, weighing.turn(desk, scanned), counter.names(desk)),
        weigh=lambda parcel, taken: _weigh(desk, parcel, taken),
        clock=desk.clock,
    )


def _queue(desk: Desk) -> Sequence[Turn]:
    names = counter.names(desk)
    return [_turn(desk, waits, names) for waits in weighing.waiting(desk)]


def _turn(desk: Desk, waits: ToWeigh, names: Mapping[str, str]) -> Turn:
    return Turn(
        number=waits.number,
        exporter=waits.exporter,
        bag=waits.bag,
        since=waits.received_at,
        weighers=tuple(names.get(each, each) for each in waits.weighers),
        mine=weighing.theirs(desk, waits),
    )


def _weigh(desk: Desk, parcel: str, taken: Taken) -> Weighed:
    reading = taken.read(desk.clock())
    return weighing.weigh(desk, parcel, reading=reading, balance=taken.balance, by_hand=taken.by_hand)


def bag_acts(desk: Desk) -> BagActs:
    def valued() -> Sequence[ParcelSlip]:
        return clerk.parcels(desk, state=ParcelState.VALUED)

    return BagActs(
        valued=valued,
        find=lambda scanned: counter.scanned(desk, scanned),
        bag=lambda parcel, bag: clerk.bag_parcel(desk, parcel, bag=bag),
    )


def handover_acts(desk: Desk) -> HandoverActs:
    def mine() -> Sequence[Held]:
        return [held for held in counter.custody(desk) if held.holder == desk.officer.id]

    def hand_over(parcels: Sequence[str], place: Place, why: str, officer: str, password: str) -> Handover:
        taker = offices.beside(desk, officer=officer, password=password)
        return counter.hand_over(desk, taker, parcels=parcels, place=place, why=why)

    return HandoverActs(
        find=lambda scanned: counter.scanned(desk, scanned),
        names=lambda: counter.names(desk),
        mine=mine,
        hand_over=hand_over,
        clock=desk.clock,
    )


def contest_acts(desk: Desk) -> ContestActs:
    def contest(parcel: str, what: Dispute, contester: str, reason: str) -> Contest:
        return contests.contest(desk, parcel, what=what, contester=contester, reason=reason)

    return ContestActs(
        find=lambda scanned: counter.scanned(desk, scanned),
        open=lambda: contests.open_ones(desk),
        contest=contest,
        withdraw=lambda parcel, why: clerk.withdraw_parcel(desk, parcel, why=why),
        reasons=lambda: messages.reasons(_REASONS),
        clock=desk.clock,
    )
