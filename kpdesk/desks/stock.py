"""Numbered stock – blanks, bags, seals: counted in by two, handed out, taken back, written off, sent (desk.md §3.3).

One number, one state; a range comes in as a range, and each number is its own from then on. No number is used twice
or lost: what two cannot find is missing, and a blank's number is void from that moment.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from itertools import groupby

from kpdesk.desks.desk import Desk, apart
from kpdesk.domain.batch import check_office
from kpdesk.domain.certificate import Number
from kpdesk.domain.closing import series
from kpdesk.domain.custody import WhyMissing
from kpdesk.domain.issuance import NumberAlreadyBound
from kpdesk.domain.kept import record_of
from kpdesk.domain.parties import NotYourDesk, Officer, PartyKind, Role
from kpdesk.domain.records import canonical, digest
from kpdesk.domain.slips import StockSlip
from kpdesk.domain.stock import AlreadyInStock, Paper, Stock, StockKind, StockState
from kpdesk.domain.transfers import (
    Delivery,
    GapNotInSeries,
    NothingDelivered,
    OwnOffice,
    Run,
    Transfer,
    TransferEnded,
    runs_of,
)
from kpdesk.domain.trust import Reason
from kpdesk.store import counter, keeping
from kpdesk.store import lists as rows
from kpdesk.store import stock as numbered
from kpdesk.store.unit import Look, Unit

AT_HAND = (StockState.IN_SAFE, StockState.WITH_OFFICER, StockState.LOADED)
"""Unused, in the house."""
_WORKING_DAYS, _OVER = 20, timedelta(days=28)
_USED = (StockState.USED, StockState.SPOILED)
_MOST_MOVES = 100


class Level(StrEnum):
    """How long what is at hand lasts."""

    ENOUGH = "enough"
    LOW = "low"
    SHORT = "short"
    UNKNOWN = "unknown"
    """Nothing was used in the last weeks."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """Numbers in a row that are in the same state and the same hands."""

    run: Run
    count: int
    state: StockState
    holder: str
    """A name, not an id; empty in the safe."""


@dataclass(frozen=True, slots=True)
class Shelf:
    """All of one kind."""

    what: StockKind
    at_hand: int
    days: int | None
    """Working days that it lasts, by the use of the last twenty; None while nothing was used."""
    level: Level
    stretches: tuple[Stretch, ...]


@dataclass(frozen=True, slots=True)
class Move:
    """One act on numbers of a kind."""

    act: str
    at: datetime
    by: str
    """A name."""
    runs: tuple[Run, ...]
    count: int
    state: StockState
    holder: str
    why: str


# Acts


def numbers_of(first: str, last: str = "") -> tuple[str, ...]:
    """One number, or all from the first to the last of a print run, as a scanner gives them. Raises NotASeries."""
    if last.strip():
        return series(first, last)
    one = "".join(first.split()).upper()
    return (one,) if one else ()


def receive_stock(
    desk: Desk,
    second: Desk,
    *,
    what: StockKind,
    numbers: Sequence[str],
    paper: Paper | None = None,
    edition: str = "",
    note: str = "",
    gaps: Collection[str] = (),
) -> int:
    """Two people count numbered stock in and put it into the safe; how many.

    `note` is the printer's delivery note or another office's protocol, `gaps` the numbers that were not in the box.
    What was sent to another office may come back. Raises AlreadyInStock, GapNotInSeries, SamePerson.
    """
    desk.must(Role.SUPERVISOR, Role.ISSUING)
    second.must(Role.SUPERVISOR)
    apart(desk, second, "receive_stock")
    named = [Number.parse(text).text if what is StockKind.BLANK else text for text in numbers]
    for gap in gaps:
        if gap not in named:
            raise GapNotInSeries(gap)
    there = [number for number in named if number not in set(gaps)]
    with desk.unit() as unit:
        for number in there:
            thing = _received(unit, what, number, paper, edition)
            thing.move(StockState.IN_SAFE)
            unit.note("receive_stock", thing, why=f"counted with {second.officer.id}")
        if note:
            delivery = Delivery(
                id=f"SD-{desk.today.year}-{unit.next(f'delivery-{desk.today.year}'):06}",
                what=what,
                runs=runs_of(there),
                gaps=tuple(sorted(gaps)),
                note=note,
                count=len(there),
                by=desk.officer.id,
                second=second.officer.id,
                on=desk.today,
            )
            keeping.keep(unit, "receive_stock", delivery)
        return len(there)


def _received(unit: Unit, what: StockKind, number: str, paper: Paper | None, edition: str) -> Stock:
    """A new number, or one that another office sends back."""
    thing = unit.find(Stock, what, number)
    if thing is not None and thing.state is not StockState.SENT:
        raise AlreadyInStock(what.value, number)
    if thing is None:
        # A blank whose paper nobody names is no security paper.
        made_of = (paper or Paper.PLAIN) if what is StockKind.BLANK else None
        thing = Stock(what=what, number=number, paper=made_of, edition=edition)
        unit.add(thing)
    return thing


def hand_out(desk: Desk, *, what: StockKind, numbers: Iterable[str], officer: str) -> tuple[StockSlip, ...]:
    """From the safe into an officer's hands. Raises NotYourDesk for one who has left."""
    desk.must(Role.SUPERVISOR)
    with desk.unit() as unit:
        holder = unit.get(Officer, officer)
        if holder.left is not None:
            raise NotYourDesk(holder.name, Role.ISSUING.value)
        for number in numbers:
            thing = unit.stock(what, number)
            thing.move(StockState.WITH_OFFICER, holder=holder.id)
            unit.note("hand_out", thing)
        unit.session.flush()
        return rows.stock(unit.session, what, StockState.WITH_OFFICER)


def take_back(desk: Desk, *, what: StockKind, numbers: Iterable[str]) -> None:
    """Unused numbers go from an officer's hands back into the safe."""
    desk.must(Role.SUPERVISOR)
    with desk.unit() as unit:
        for number in numbers:
            thing = unit.stock(what, number)
            thing.move(StockState.IN_SAFE)
            unit.note("take_back", thing)


def write_off(desk: Desk, second: Desk, *, what: StockKind, numbers: Iterable[str], gone: bool, report: str) -> None:
    """Two people find numbers torn, or gone, outside the printer; blanks' numbers are void from then on.

    Raises WhyMissing, and NumberAlreadyBound for a blank that bears a certificate: that one is looked at, or made void.
    """
    desk.must(Role.SUPERVISOR, Role.ISSUING)
    second.must(Role.SUPERVISOR)
    apart(desk, second, "write_off")
    if not report.strip():
        raise WhyMissing
    with desk.unit() as unit:
        for number in numbers:
            thing = unit.stock(what, number)
            if what is StockKind.BLANK and thing.used_for:
                raise NumberAlreadyBound(thing.used_for, number)
            thing.move(StockState.MISSING if gone else StockState.SPOILED)
            if what is StockKind.BLANK:
                unit.put_on_void_list(Number(thing.number), Reason.MISSING if gone else Reason.SPOILED, desk.today)
            unit.note("write_off", thing, why=f"{report}; with {second.officer.id}")


def destroy_stock(desk: Desk, second: Desk, *, what: StockKind, numbers: Iterable[str], report: str) -> None:
    """Two witnesses destroy spoiled numbers; the report is named. Raises WhyMissing."""
    desk.must(Role.SUPERVISOR, Role.ISSUING)
    second.must(Role.SUPERVISOR)
    apart(desk, second, "destroy_stock")
    if not report.strip():
        raise WhyMissing
    with desk.unit() as unit:
        for number in numbers:
            thing = unit.stock(what, number)
            thing.move(StockState.DESTROYED)
            unit.note("destroy_stock", thing, why=f"{report}; witness {second.officer.id}")


def send_stock(desk: Desk, second: Desk, *, what: StockKind, numbers: Sequence[str], to: str) -> Transfer:
    """Out of the safe to another office; both sign the protocol here. Raises OwnOffice, NothingDelivered."""
    desk.must(Role.SUPERVISOR)
    second.must(Role.SUPERVISOR, Role.ISSUING)
    apart(desk, second, "send_stock")
    office = to.strip().upper()
    check_office(office)
    if office == desk.office.code:
        raise OwnOffice(office)
    if not numbers:
        raise NothingDelivered
    with desk.unit() as unit:
        sent = []
        for number in numbers:
            thing = unit.stock(what, number)
            thing.move(StockState.IN_TRANSIT, holder=office)
            unit.note("send_stock", thing, why=f"with {second.officer.id}")
            sent.append(thing.number)
        bare = Transfer(
            id=f"ST-{desk.today.year}-{unit.next(f'transfer-{desk.today.year}'):06}",
            what=what,
            runs=runs_of(sent),
            count=len(sent),
            to=office,
            by=desk.officer.id,
            second=second.officer.id,
            on=desk.today,
        )
        subject, signed = f"transfer/{bare.id}", digest(canonical(record_of(bare)))
        signatures = (desk.sign("stock.send", subject, signed), second.sign("stock.send", subject, signed))
        made = replace(bare, signatures=signatures)
        keeping.keep(unit, "send_stock", made)
        return made


def end_transfer(desk: Desk, second: Desk, transfer: str, *, receipt: str, back: bool = False) -> Transfer:
    """The other office signed for it, or it came back into the safe; what was written off on the way stays so.

    Raises TransferEnded, WhyMissing, NotFound.
    """
    desk.must(Role.SUPERVISOR)
    second.must(Role.SUPERVISOR, Role.ISSUING)
    apart(desk, second, "end_transfer")
    if not receipt.strip():
        raise WhyMissing
    with desk.unit() as unit:
        sent = keeping.get(unit.session, Transfer, transfer)
        if not sent.live:
            raise TransferEnded(sent.id)
        for number in sent.numbers:
            thing = unit.stock(sent.what, number)
            if thing.state is StockState.IN_TRANSIT and thing.holder == sent.to:
                thing.move(StockState.IN_SAFE if back else StockState.SENT)
                unit.note("end_transfer", thing, why=sent.id)
        ended = replace(sent, ended=desk.today, receipt=receipt.strip(), back=back)
        keeping.keep(unit, "end_transfer", ended, why=f"with {second.officer.id}")
        return ended


# Lists


def stock(desk: Desk, what: StockKind, state: StockState, *, limit: int = rows.PAGE) -> tuple[StockSlip, ...]:
    with desk.look() as session:
        return rows.stock(session, what, state, limit=limit)


def shelf(desk: Desk, what: StockKind, *, holder: str = "") -> Shelf:
    """Every number of a kind in runs, how much is at hand and how long that lasts; `holder` shows only theirs."""
    with desk.look() as session:
        counts = numbered.counts(session, what)
        at_hand = sum(counts.get(state, 0) for state in AT_HAND)
        settings, days = desk.settings(session), _days(desk, session, what, at_hand)
        names = _names(session)
        found = (slip for slip in numbered.numbers(session, what) if holder in ("", slip.holder))
        level = (
            Level.UNKNOWN
            if days is None
            else Level.SHORT
            if days < settings.short_stock_days
            else Level.LOW
            if days < settings.low_stock_days
            else Level.ENOUGH
        )
        return Shelf(what, at_hand, days, level, tuple(_stretches(found, names)))


def _days(desk: Desk, session: Look, what: StockKind, at_hand: int) -> int | None:
    """Blanks by the sheets drawn, as Today shows them; bags and seals by what was used or spoiled."""
    since = desk.clock() - _OVER
    if what is StockKind.BLANK:
        used = rows.sheets_since(session, since)
    else:
        used = sum(each.state in _USED for each in numbered.moves(session, what, since=since, limit=100_000))
    return at_hand * _WORKING_DAYS // used if used else None


def _stretches(found: Iterable[StockSlip], names: dict[str, str]) -> Iterator[Stretch]:
    """Runs are unbroken numbers; another state or another holder begins a new one."""
    for (state, holder), alike in groupby(found, key=lambda slip: (slip.state, slip.holder)):
        for run in runs_of(slip.number for slip in alike):
            yield Stretch(run, len(run.numbers), state, names.get(holder, holder))


def register(desk: Desk, what: StockKind, typed: str = "", *, after: str = "") -> tuple[StockSlip, ...]:
    """A page by number, of those that begin so; `holder` is a name."""
    with desk.look() as session:
        names = _names(session)
        found = numbered.page(session, what, "".join(typed.split()).upper(), after=after)
        return tuple(replace(slip, holder=names.get(slip.holder, slip.holder)) for slip in found)


def listed(desk: Desk, what: StockKind, states: Collection[StockState] = ()) -> tuple[tuple[StockSlip, str], ...]:
    """Every number in these states, or in any, by holder and number, with the last word the history has on it."""
    with desk.look() as session:
        names = _names(session)
        why: dict[str, str] = {}
        for each in numbered.moves(session, what, limit=50_000):
            why.setdefault(each.number, each.why)
        found = [
            (replace(slip, holder=names.get(slip.holder, slip.holder)), why.get(slip.number, ""))
            for slip in numbered.numbers(session, what, states=states)
        ]
        return tuple(sorted(found, key=lambda each: (each[0].holder, each[0].number)))


def moves(desk: Desk, what: StockKind) -> tuple[Move, ...]:
    """The last acts on this kind, the newest first, each with its numbers in runs."""
    with desk.look() as session:
        names = _names(session)
        acts = groupby(
            numbered.moves(session, what), key=lambda each: (each.act, each.at, each.by, each.holder, each.why)
        )
        made = []
        for (act, at, by, holder, why), group in acts:
            moved = list(group)
            runs = runs_of(each.number for each in moved)
            state, to = moved[0].state, names.get(holder, holder)
            made.append(Move(act, at, names.get(by, by), runs, len(moved), state, to, why))
            if len(made) == _MOST_MOVES:
                break
        return tuple(made)


def transfers(desk: Desk, *, live: bool | None = None) -> tuple[Transfer, ...]:
    """Those on their way, or all; the newest first."""
    with desk.look() as session:
        return keeping.all_of(session, Transfer, live=live, limit=keeping.PAGE)


def deliveries(desk: Desk) -> tuple[Delivery, ...]:
    """What was counted in, the newest first."""
    with desk.look() as session:
        return keeping.all_of(session, Delivery, limit=keeping.PAGE)


def _names(session: Look) -> dict[str, str]:
    """Officers and firms that may hold stock, by id and register number."""
    return counter.names(session) | {firm.number: firm.name for firm in rows.parties(session, PartyKind.EXPORTER)}
