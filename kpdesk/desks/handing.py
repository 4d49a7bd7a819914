"""From hand to hand: all that an officer has – drafts, goods, numbered stock – given to a successor and listed.

Who leaves hands over first; who is away can be relieved. What was signed and is not printed is named, for others sign
it anew.
"""

from dataclasses import dataclass, replace

from kpdesk.desks.desk import Desk, apart
from kpdesk.domain.acting import DraftInTheWay, HandingOver, HasLeft, StockInHand
from kpdesk.domain.custody import Custody, WhyMissing
from kpdesk.domain.issuance import State
from kpdesk.domain.kept import record_of
from kpdesk.domain.parties import Officer, Role
from kpdesk.domain.records import canonical, digest
from kpdesk.domain.stock import Stock, StockKind, StockState
from kpdesk.domain.transfers import NothingDelivered, runs_of
from kpdesk.store import counter, keeping
from kpdesk.store import lists as rows
from kpdesk.store import people as persons
from kpdesk.store import stock as numbered
from kpdesk.store.unit import Unit

_HOLDERS = (Role.CLERK, Role.VALUER, Role.ISSUING, Role.SUPERVISOR)
"""Who may have goods or stock in hand."""
_IN_HAND = (StockState.WITH_OFFICER, StockState.LOADED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Hands:
    """What an officer has to hand over."""

    drafts: tuple[str, ...]
    parcels: tuple[str, ...]
    stock: tuple[StockInHand, ...]
    open_acts: tuple[str, ...]

    @property
    def empty(self) -> bool:
        """What is signed and not printed bars nobody from leaving: others sign it anew."""
        return not (self.drafts or self.parcels or self.stock)

    @property
    def said(self) -> str:
        """How much of what."""
        counts = (("drafts", len(self.drafts)), ("parcels", len(self.parcels)))
        stock = ((each.what.value, each.count) for each in self.stock)
        return ", ".join(f"{words}: {count}" for words, count in (*counts, *stock) if count)


def handings(desk: Desk) -> tuple[HandingOver, ...]:
    """The last protocols of handing over, the newest first."""
    with desk.look() as session:
        return keeping.all_of(session, HandingOver, limit=keeping.PAGE)


def hands(desk: Desk, officer: str) -> Hands:
    """What an officer has: drafts, goods, numbered stock, and what was signed and is not printed."""
    desk.must(Role.SUPERVISOR)
    with desk.view() as unit:
        return hands_of(unit, unit.get(Officer, officer))


def hands_of(unit: Unit, officer: Officer) -> Hands:
    """As `hands`, in a visit under way."""
    parcels = tuple(each.parcel for each in counter.held(unit.session) if each.holder == officer.id)
    held = []
    for what in StockKind:
        mine = [
            slip.number for slip in numbered.numbers(unit.session, what, states=_IN_HAND) if slip.holder == officer.id
        ]
        if mine:
            held.append(StockInHand(what, runs_of(mine), len(mine)))
    waiting = [
        slip.id
        for state in (State.DRAFT, State.APPROVED)
        for slip in rows.certificates(unit.session, state=state, limit=1000)
        if officer.id in (slip.prepared_by, slip.approved_by)
    ]
    return Hands(
        drafts=persons.drafts(unit.session, officer.id), parcels=parcels, stock=tuple(held), open_acts=tuple(waiting)
    )


def hand_over_all(desk: Desk, taker: Desk, *, officer: str, why: str) -> HandingOver:
    """Everything in an officer's hands goes to the one who signs here beside the supervisor, and is listed.

    Also for one who leaves, or does not come. Raises NothingDelivered, DraftInTheWay, WhyMissing.
    """
    desk.must(Role.SUPERVISOR)
    taker.must(*_HOLDERS)
    apart(desk, taker, "hand_over_all")
    with desk.unit() as unit:
        giver = unit.get(Officer, officer)
        held = hands_of(unit, giver)
        if held.empty or giver.id == taker.officer.id:
            raise NothingDelivered
        made = _protocol(desk, taker, unit, giver, taker.officer.id, held, why)
        for row in counter.held(unit.session, held.parcels):
            moved = Custody(
                parcel=row.parcel, place=row.place, holder=taker.officer.id, since=unit.at, handover=made.id
            )
            keeping.keep(unit, "hand_over_all", moved, why=made.id)
        for each in held.stock:
            for number in (number for run in each.runs for number in run.numbers):
                thing = unit.get(Stock, each.what, number)
                thing.holder = taker.officer.id
                unit.note("hand_over_all", thing, why=made.id)
        return made


def reassign_drafts(desk: Desk, second: Desk, *, officer: str, to: str, why: str) -> HandingOver:
    """What an absent officer began goes to another, as it was typed. Raises NothingDelivered, DraftInTheWay."""
    two_supervisors(desk, second, "reassign_drafts")
    with desk.unit() as unit:
        giver, taker = unit.get(Officer, officer), still_here(unit, to)
        drafts = persons.drafts(unit.session, giver.id)
        if not drafts or giver.id == taker.id:
            raise NothingDelivered
        held = Hands(drafts=drafts, parcels=(), stock=(), open_acts=())
        return _protocol(desk, second, unit, giver, taker.id, held, why)


def _protocol(desk: Desk, second: Desk, unit: Unit, giver: Officer, taker: str, held: Hands, why: str) -> HandingOver:
    if not why.strip():
        raise WhyMissing
    in_the_way = set(held.drafts) & set(persons.drafts(unit.session, taker))
    if in_the_way:
        raise DraftInTheWay(counter.names(unit.session)[taker], min(in_the_way))
    persons.give_drafts(unit.session, giver.id, taker)
    bare = HandingOver(
        id=f"HO-{desk.today.year}-{unit.next(f'handing-over-{desk.today.year}'):06}",
        giver=giver.id,
        taker=taker,
        drafts=held.drafts,
        parcels=held.parcels,
        stock=held.stock,
        open_acts=held.open_acts,
        why=why.strip(),
        by=desk.officer.id,
        second=second.officer.id,
        at=unit.at,
    )
    subject, signed = f"handing_over/{bare.id}", digest(canonical(record_of(bare)))
    made = replace(bare, signatures=tuple(each.sign("hand_over_all", subject, signed) for each in (desk, second)))
    keeping.keep(unit, "hand_over_all", made, why=made.why)
    return made


def two_supervisors(desk: Desk, second: Desk, did: str) -> None:
    """Raises NotYourDesk, SamePerson."""
    desk.must(Role.SUPERVISOR)
    second.must(Role.SUPERVISOR)
    apart(desk, second, did)


def still_here(unit: Unit, officer: str) -> Officer:
    """Raises NotFound, HasLeft."""
    found = unit.get(Officer, officer)
    if found.left is not None:
        raise HasLeft(found.name)
    return found
