"""Closing the day: two count goods and numbered stock blind, differences are named, and a day sheet is signed."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from kpdesk.desks import fees, papers
from kpdesk.desks.archive import Drawn
from kpdesk.desks.desk import Desk, apart
from kpdesk.domain.certificate import Number
from kpdesk.domain.closing import Bar, Closing, Counted, DayClosed, NotCounted, Sum, Tally, compare
from kpdesk.domain.issuance import NumberAlreadyBound
from kpdesk.domain.ledgers import DayOfLedger
from kpdesk.domain.measures import Carats, total_carats
from kpdesk.domain.papers import Count, DaySheet
from kpdesk.domain.parties import Role
from kpdesk.domain.stock import Stock, StockKind, StockState
from kpdesk.domain.trust import Reason
from kpdesk.store import counter as goods
from kpdesk.store import keeping
from kpdesk.store import lists as rows
from kpdesk.store.unit import Look, Unit

COUNTERS = (Role.SUPERVISOR, Role.ISSUING, Role.CLERK)
AT_HAND = (StockState.IN_SAFE, StockState.WITH_OFFICER, StockState.LOADED)
"""Where numbered stock can be counted."""
_MOST = 200_000


@dataclass(frozen=True, slots=True)
class Counting:
    """Who has counted what today; never how much is expected."""

    what: Counted
    by: tuple[str, ...]
    """Names of the officers."""


@dataclass(frozen=True, slots=True)
class Compared:
    """What two counts come to, and the day's fees against its receipts."""

    sums: tuple[Sum, ...]
    ledgers: tuple[DayOfLedger, ...]

    @property
    def agrees(self) -> bool:
        return all(each.agrees for each in self.sums)


def counting(desk: Desk) -> tuple[Counting, ...]:
    """What there is to count, and who has."""
    with desk.look() as session:
        names = goods.names(session)
        return tuple(
            Counting(what, tuple(names[each.by] for each in _tallies(session, desk.today, what)))
            for what in _to_count(desk, session)
        )


def tally(desk: Desk, *, what: Counted, found: Sequence[str]) -> int:
    """Keep what this officer found; how many different ones. Bags stand for their parcels. Raises DayClosed."""
    desk.must(*COUNTERS)
    with desk.unit() as unit:
        _open(unit.session, desk.today)
        numbers = {_named(unit.session, what, each) for each in found}
        made = Tally(day=desk.today, what=what, by=desk.officer.id, at=desk.clock(), found=tuple(sorted(numbers)))
        keeping.keep(unit, "tally", made)
        return len(numbers)


def outcome(desk: Desk, second: Desk) -> Compared:
    """Both officers' counts against the books, once both are in; raises NotCounted."""
    desk.must(Role.SUPERVISOR)
    apart(desk, second, "close_day")
    with desk.look() as session:
        sums = tuple(each for each, _ in _sums(desk, session, second.officer.id))
    return Compared(sums, fees.day(desk, desk.today))


def close_day(desk: Desk, second: Desk, *, remark: str = "") -> tuple[Closing, Drawn]:
    """Bar what was not found, keep the sums, and draw the day sheet for both to sign.

    Missing stock is written off as missing, a blank's number is void; a missing parcel is barred until two find it.
    Raises NotCounted, DayClosed.
    """
    desk.must(Role.SUPERVISOR)
    second.must(*COUNTERS)
    apart(desk, second, "close_day")
    with desk.unit() as unit:
        _open(unit.session, desk.today)
        found = _sums(desk, unit.session, second.officer.id)
        closing = Closing(
            day=desk.today,
            at=desk.clock(),
            first=desk.officer.id,
            second=second.officer.id,
            sums=tuple(each for each, _ in found),
            standing=tuple(standing for _, standing in found),
            remark=remark,
        )
        for each in closing.sums:
            _bar(desk, unit, each)
        keeping.keep(unit, "close_day", closing, why=f"counted with {second.officer.id}")
        anchor = unit.head.anchor(unit.epoch)
    sheet = DaySheet(
        day=closing.day,
        counts=(*map(_count, closing.sums), *_money(desk)),
        differences=tuple(_differences(closing.sums)),
        anchor=anchor,
        first=desk.officer.name,
        second=second.officer.name,
        remark=remark,
    )
    return closing, papers.day_sheet(desk, sheet)


def closings(desk: Desk, *, before: str | None = None) -> tuple[Closing, ...]:
    """The last days, the newest first."""
    with desk.look() as session:
        return keeping.all_of(session, Closing, before=before, limit=keeping.PAGE)


def _open(session: Look, day: date) -> None:
    if keeping.find(session, Closing, day.isoformat()) is not None:
        raise DayClosed(day.isoformat())


def _to_count(desk: Desk, session: Look) -> Iterator[Counted]:
    """Goods always; stock of a kind that the office has or had yesterday."""
    yield Counted.GOODS
    opening = _opening(session)
    yield from (what for what in Counted if what is not Counted.GOODS and (_books(session, what) or opening.get(what)))


def _tallies(session: Look, day: date, what: Counted) -> tuple[Tally, ...]:
    found = keeping.all_of(session, Tally, about=f"day/{day.isoformat()}")
    return tuple(each for each in found if each.what is what)


def _books(session: Look, what: Counted) -> tuple[str, ...]:
    """What the books say is there."""
    if what is Counted.GOODS:
        return tuple(each.parcel for each in goods.held(session))
    kind = StockKind(what.value)
    return tuple(each.number for state in AT_HAND for each in rows.stock(session, kind, state, limit=_MOST))


def _opening(session: Look) -> dict[Counted, tuple[str, ...]]:
    """What the last close left standing."""
    last = next(iter(keeping.all_of(session, Closing, limit=1)), None)
    return {each.what: standing for each, standing in zip(last.sums, last.standing, strict=True)} if last else {}


def _sums(desk: Desk, session: Look, second: str) -> list[tuple[Sum, tuple[str, ...]]]:
    opening = _opening(session)
    made = []
    for what in _to_count(desk, session):
        by = {each.by: each for each in _tallies(session, desk.today, what)}
        if not {desk.officer.id, second} <= set(by):
            raise NotCounted(what.value)
        books = _books(session, what)
        compared = compare(
            what, opening=opening.get(what, ()), expected=books, first=by[desk.officer.id], second=by[second]
        )
        if what is Counted.GOODS:
            absent = {*compared.missing, *compared.doubtful}
            held = goods.held(session)
            compared = replace(
                compared,
                carats=_carats(each for each in held if each.parcel not in absent),
                carats_expected=_carats(held),
            )
        made.append((compared, tuple(sorted(books))))
    return made


def _carats(held: Iterator[goods.Held] | Sequence[goods.Held]) -> Carats:
    return total_carats(each.carats for each in held if each.carats is not None)


def _named(session: Look, what: Counted, scanned: str) -> str:
    """A bag's number counts as its parcel's; what nobody knows stays as it was scanned."""
    text = "".join(scanned.split()).upper()[:60]
    return (goods.parcel_of(session, text) or text) if what is Counted.GOODS else text


def _bar(desk: Desk, unit: Unit, found: Sum) -> None:
    """Only the numbers that nobody found."""
    for number in found.missing:
        if found.what is Counted.GOODS:
            keeping.keep(unit, "bar_parcel", Bar(parcel=number, since=desk.today))
            continue
        thing = unit.get(Stock, StockKind(found.what.value), number)
        if thing.used_for and found.what is Counted.BLANK:
            raise NumberAlreadyBound(thing.used_for, number)
        thing.move(StockState.MISSING)
        if found.what is Counted.BLANK:
            unit.put_on_void_list(Number(number), Reason.MISSING, desk.today)
        unit.note("close_day", thing, why="not found at the close of day")


def _count(each: Sum) -> Count:
    carats = f" · {each.carats} ct" if each.carats is not None else ""
    wanted = f" · {each.carats_expected} ct" if each.carats_expected is not None else ""
    return Count(
        what=each.what.value,
        opening=str(each.opening),
        received=str(each.received),
        left=str(each.left),
        expected=f"{each.expected}{wanted}",
        counted=f"{each.counted}{carats}",
        agrees=each.agrees,
    )


def _money(desk: Desk) -> Iterator[Count]:
    for each in fees.day(desk, desk.today):
        yield Count(
            what=f"US$ {each.ledger}",
            opening="",
            received=str(each.claimed),
            left=str(each.received),
            expected=str(each.open),
            counted="",
            agrees=not each.open,
        )


def _differences(sums: Sequence[Sum]) -> Iterator[str]:
    for each in sums:
        for words, numbers in (("missing", each.missing), ("one count", each.doubtful), ("surplus", each.surplus)):
            yield from (f"{each.what.value} {number}: {words}" for number in numbers)
