"""Goods that change in the office: parcels merged, split, sorted, or sold within the country, balanced to the carat.

What goes in = what comes out + what is sold here + loss − gain, for each origin, each difference with its reason. No
carat of a source that came in under a certificate appears or is lost on the way (EU 12(1)(a); kpcs.md §3, §10).
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from itertools import groupby
from typing import ClassVar

from kpdesk.domain.goods import Heading
from kpdesk.domain.measures import Carats, total_carats
from kpdesk.domain.outcomes import Refusal
from kpdesk.domain.parcel import Draw, Parcel

_NONE = Carats(Decimal(0))
ALL = ""
"""In place of an origin: drawn from all that went in, in proportion."""


class Change(StrEnum):
    MERGE = "merge"
    SPLIT = "split"
    SORT = "sort"
    """By size, quality, or out of 7102.10 into the other headings; what it loses or gains shows here."""
    SELL = "sell"
    """To a licensed buyer within the country: the goods leave the office's books."""


@dataclass(eq=False)
class NotAlike(Refusal):
    """Two parcels that may not be mixed: another owner, source, provenance, title or zone."""

    one: str
    other: str
    what: str


@dataclass(eq=False)
class NotOneChange(Refusal):
    """Merging makes one of several, splitting several of one, a sale sells something; and goods go in and out once."""

    change: str


@dataclass(eq=False)
class NothingOfOrigin(Refusal):
    """More of an origin comes out than went in, and no gain of it is explained."""

    origin: str
    before: Carats
    after: Carats


@dataclass(eq=False)
class DifferenceUnexplained(Refusal):
    """Carats differ between what went in and what came out, and no reason is given."""

    origin: str
    difference: Carats


@dataclass(eq=False)
class HeadingMoved(Refusal):
    """More carats of a heading come out than went in: only sorting moves carats, and only out of 7102.10."""

    heading: str


@dataclass(frozen=True, slots=True)
class Share:
    """Carats of one origin. `AO+CD`: mined in both, and nobody can tell the parts."""

    origin: str
    carats: Carats


@dataclass(frozen=True, slots=True, kw_only=True)
class Portion:
    """Goods on one side of a change: a parcel, or what is sold."""

    heading: Heading
    shares: tuple[Share, ...]
    parcel: str = ""
    """Its number; empty for what is sold."""

    @property
    def carats(self) -> Carats:
        return total_carats(share.carats for share in self.shares)

    @property
    def origins(self) -> tuple[str, ...]:
        """Every country of mining, sorted."""
        return tuple(sorted({code for share in self.shares for code in share.origin.split("+")}))


@dataclass(frozen=True, slots=True)
class Wanted:
    """One line of what shall come out: carats of a heading and an origin, or of ALL that is left."""

    heading: Heading
    carats: Carats
    origin: str = ALL
    sold: bool = False


@dataclass(frozen=True, slots=True)
class Difference:
    """What one origin lost or gained, and why: one of the two is zero."""

    origin: str
    """ALL where what came out was not kept apart by origin."""
    loss: Carats
    gain: Carats
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Rework:
    """One change of goods: the parcels that ended in it, those that began, and every carat between them."""

    kind: ClassVar[str] = "rework"
    personal: ClassVar[frozenset[str]] = frozenset()

    number: str
    """`W-2026-000004`."""
    change: Change
    owner: str
    """The exporter's register number."""
    before: tuple[Portion, ...]
    after: tuple[Portion, ...]
    sold: tuple[Portion, ...] = ()
    buyer: str = ""
    differences: tuple[Difference, ...] = ()
    by: str
    supervisor: str = ""
    """The officer who signed beside, where a difference was beyond the office's tolerance."""
    at: datetime
    settled: bool = True
    """Whether the new parcels were weighed, and what that changed was explained."""

    @property
    def identity(self) -> str:
        return self.number

    @property
    def about(self) -> str:
        return f"party/{self.owner}"

    @property
    def live(self) -> bool:
        return not self.settled


@dataclass(frozen=True, slots=True, kw_only=True)
class OriginLine:
    """The balance of one origin (or of ALL, where what comes out is mixed)."""

    origin: str
    before: Carats
    after: Carats
    sold: Carats

    @property
    def loss(self) -> Carats:
        out = self.after + self.sold
        return self.before - out if out < self.before else _NONE

    @property
    def gain(self) -> Carats:
        out = self.after + self.sold
        return out - self.before if out > self.before else _NONE

    @property
    def differs(self) -> bool:
        return bool(self.loss or self.gain)


def shares_of(parcel: Parcel, made_by: Rework | None = None) -> tuple[Share, ...]:
    """The agreed carats by origin: of one country; as a change made them; by its draws; else mixed by nature."""
    carats = parcel.carats or _NONE
    if len(parcel.origins) == 1:
        return (Share(parcel.origins[0], carats),)
    known: dict[str, int] = defaultdict(int)
    if made_by is not None:
        for portion in made_by.after:
            for share in portion.shares if portion.parcel == parcel.number else ():
                known[share.origin] += share.carats.hundredths
    elif {draw.origin for draw in parcel.draws} >= set(parcel.origins):
        for draw in parcel.draws:
            known[draw.origin] += draw.carats.thousandths
    if not known:
        return (Share("+".join(parcel.origins), carats),)
    parts = spread(carats.hundredths, list(known.values()))
    return _shares(zip(known, parts, strict=True))


def spread(whole: int, weights: Sequence[int]) -> list[int]:
    """A whole number in parts as these weights are to each other; the parts add up, the largest remainders go up."""
    total = sum(weights)
    if not total:
        return [0] * len(weights) if not whole else [whole, *[0] * (len(weights) - 1)]
    parts = [whole * weight // total for weight in weights]
    by_remainder = sorted(range(len(weights)), key=lambda place: whole * weights[place] % total, reverse=True)
    for place in by_remainder[: whole - sum(parts)]:
        parts[place] += 1
    return parts


def balance(before: Iterable[Portion], wanted: Iterable[Wanted]) -> tuple[OriginLine, ...]:
    """Each origin's carats on both sides as they stand: what a screen shows while lines are still being entered.

    There is a line for each origin as long as every line wanted names its own; once one is drawn from ALL, so are the
    differences, and there is one line for all.
    """
    before, wanted = tuple(before), tuple(wanted)
    has: dict[str, Carats] = {}
    for share in (share for portion in before for share in portion.shares):
        has[share.origin] = has.get(share.origin, _NONE) + share.carats
    if any(line.origin == ALL for line in wanted) and len(has) > 1:
        return (_line(ALL, total_carats(has.values()), wanted),)
    only = next(iter(has)) if len(has) == 1 else ALL
    named = [Wanted(line.heading, line.carats, line.origin or only, line.sold) for line in wanted]
    origins = dict.fromkeys([*has, *(line.origin for line in named)])
    return tuple(
        _line(origin, has.get(origin, _NONE), [line for line in named if line.origin == origin]) for origin in origins
    )


def _line(origin: str, before: Carats, wanted: Iterable[Wanted]) -> OriginLine:
    wanted = tuple(wanted)
    return OriginLine(
        origin=origin,
        before=before,
        after=total_carats(line.carats for line in wanted if not line.sold),
        sold=total_carats(line.carats for line in wanted if line.sold),
    )


def explain(lines: Iterable[OriginLine], reasons: Mapping[str, str]) -> tuple[Difference, ...]:
    """The differences with their reasons, by origin; raises DifferenceUnexplained."""
    found = []
    for line in lines:
        if line.differs:
            if not reasons.get(line.origin, "").strip():
                raise DifferenceUnexplained(line.origin or "*", line.loss or line.gain)
            found.append(Difference(line.origin, line.loss, line.gain, reasons[line.origin].strip()))
    return tuple(found)


def divide(
    before: Sequence[Portion], wanted: Sequence[Wanted], differences: Sequence[Difference]
) -> tuple[tuple[Portion, ...], tuple[Portion, ...]]:
    """What comes out, and what is sold, each with its carats by origin; every origin's carats are all accounted for.

    Lines that name an origin are drawn from it alone, the others from all that is left, in proportion, the last one
    taking the rest. Raises NothingOfOrigin.
    """
    left: dict[str, int] = defaultdict(int)
    for portion in before:
        for share in portion.shares:
            left[share.origin] += share.carats.hundredths
    had, only = dict(left), next(iter(left)) if len(left) == 1 else ALL
    taken: list[dict[str, int]] = [{} for _ in wanted]
    # What names its origin first; what is mixed shares the rest, and the rest's differences.
    for named in (True, False):
        for difference in differences:
            if bool(difference.origin or only) is named:
                _adjust(left, difference, only)
        for place, line in enumerate(wanted):
            if bool(line.origin or only) is named:
                taken[place] = _take(left, line, only)
        for origin, carats in left.items():
            if carats < 0:
                stood = had.get(origin, 0)
                out = Carats.from_hundredths(stood - carats)
                raise NothingOfOrigin(origin, Carats.from_hundredths(stood), out)
    for origin, carats in left.items():
        if carats:
            raise DifferenceUnexplained(origin, Carats.from_hundredths(carats))
    made = [
        (line.sold, Portion(heading=line.heading, shares=_shares(shares.items())))
        for line, shares in zip(wanted, taken, strict=True)
    ]
    return tuple(portion for sold, portion in made if not sold), tuple(portion for sold, portion in made if sold)


def _take(left: dict[str, int], line: Wanted, only: str) -> dict[str, int]:
    """The carats of a line by origin, taken from what is left, which may fall below nothing."""
    origin, carats = line.origin or only, line.carats.hundredths
    taken = {origin: carats} if origin else dict(zip(left, spread(carats, list(left.values())), strict=True))
    for each, part in taken.items():
        left[each] = left.get(each, 0) - part
    return taken


def _adjust(left: dict[str, int], difference: Difference, only: str) -> None:
    """Take a loss off what is left, and lay a gain on it: of its origin, or of all in proportion."""
    sign = 1 if difference.gain else -1
    carats, origin = (difference.gain or difference.loss).hundredths, difference.origin or only
    parts = {origin: carats} if origin else dict(zip(left, spread(carats, list(left.values())), strict=True))
    for each, part in parts.items():
        left[each] = left.get(each, 0) + sign * part


def _shares(parts: Iterable[tuple[str, int]]) -> tuple[Share, ...]:
    return tuple(Share(origin, Carats.from_hundredths(carats)) for origin, carats in sorted(parts) if carats)


def carry_draws(
    draws: Sequence[Draw], after: Sequence[Portion], sold: Sequence[Portion]
) -> tuple[tuple[tuple[Draw, ...], ...], tuple[Draw, ...]]:
    """The draws of what went in, laid on what came out by its carats of their origin; and those of what was sold.

    Together they are the draws there were, to the carat: a pool neither gets carats back by a change nor loses more.
    """
    portions = [*after, *sold]
    carried: list[list[Draw]] = [[] for _ in portions]
    key = lambda draw: (draw.source, draw.origin)  # noqa: E731
    for (source, origin), group in groupby(sorted(draws, key=key), key=key):
        weights = [_of_origin(portion, origin) for portion in portions]
        if not any(weights):
            weights = [portion.carats.thousandths for portion in portions]
        whole = sum(draw.carats.thousandths for draw in group)
        for place, part in enumerate(spread(whole, weights)):
            if part:
                carried[place].append(Draw(source, origin, Carats.from_thousandths(part)))
    gone = [draw for draws_ in carried[len(after) :] for draw in draws_]
    return tuple(tuple(each) for each in carried[: len(after)]), tuple(gone)


def _of_origin(portion: Portion, origin: str) -> int:
    return sum(share.carats.thousandths for share in portion.shares if origin in share.origin.split("+"))


_ALIKE = ("exporter", "source", "provenance", "title", "zone")


def check_alike(parcels: Sequence[Parcel]) -> None:
    """Only goods of one owner and one lawful source may be mixed, for limits go by title and zone. Raises NotAlike."""
    first, *others = parcels
    for other in others:
        for what in _ALIKE:
            if getattr(first, what) != getattr(other, what):
                raise NotAlike(first.number, other.number, what)


def change_of(before: Sequence[Portion], wanted: Sequence[Wanted]) -> Change:
    """What the lines are: a sale as soon as one is sold; else merged or split where no heading moves; else sorted."""
    if any(line.sold for line in wanted):
        return Change.SELL
    if {portion.heading for portion in before} >= {line.heading for line in wanted}:
        if len(before) > 1 and len(wanted) == 1:
            return Change.MERGE
        if len(before) == 1 and len(wanted) > 1:
            return Change.SPLIT
    return Change.SORT


def check_change(change: Change, before: Sequence[Portion], wanted: Sequence[Wanted]) -> None:
    """Whether the lines are what the change is called. Raises NotOneChange, HeadingMoved."""
    numbers = [portion.parcel for portion in before]
    kept, sold = [line for line in wanted if not line.sold], [line for line in wanted if line.sold]
    fits = {
        Change.MERGE: len(before) > 1 and len(kept) == 1 and not sold,
        Change.SPLIT: len(before) == 1 and len(kept) > 1 and not sold,
        Change.SORT: bool(kept) and not sold,
        Change.SELL: bool(sold),
    }[change]
    if not fits or not before or len(set(numbers)) < len(numbers) or not all(line.carats for line in wanted):
        raise NotOneChange(change.value)
    gain = sum(line.gain.hundredths for line in balance(before, wanted))
    more = {heading: _more(heading, before, wanted) for heading in Heading}
    freed = max(-more[Heading.UNSORTED], 0) if change is Change.SORT else 0
    if more[Heading.UNSORTED] > gain:
        raise HeadingMoved(Heading.UNSORTED.value)
    grown = [heading for heading, carats in more.items() if carats > 0]
    if sum(more[heading] for heading in grown) > freed + gain:
        raise HeadingMoved(", ".join(heading.value for heading in grown))


def _more(heading: Heading, before: Iterable[Portion], wanted: Iterable[Wanted]) -> int:
    """Hundredths of a carat of a heading that come out beyond those that went in."""
    out = sum(line.carats.hundredths for line in wanted if line.heading is heading)
    return out - sum(portion.carats.hundredths for portion in before if portion.heading is heading)


def beyond(before: Carats, difference: Carats, *, share: Decimal, least: Carats) -> bool:
    """Whether a difference wants a supervisor: more than both a share of what went in and a least weight."""
    return difference > least and difference.value > before.value * share
