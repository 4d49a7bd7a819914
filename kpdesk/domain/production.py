"""Where goods come from in carats: what mines return each month, and what re-exports draw down.

KPCS Annex III (production), EU 12(1)(a) and CA-R 2(e)(v) (a re-export names the certificates that brought it in).
"""

from calendar import monthrange
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Self

from kpdesk.domain.goods import Heading
from kpdesk.domain.measures import Carats, Money, total_carats, total_money
from kpdesk.domain.outcomes import Finding, Refusal
from kpdesk.domain.parcel import Draw
from kpdesk.domain.rules import (
    DRAW_TOO_LARGE,
    MINE_OF_ANOTHER_TITLE,
    MONTH_NOT_OVER,
    MORE_THAN_MINED,
    OVER_CAPACITY,
    RETURN_TWICE,
    TITLE_NOT_VALID,
)
from kpdesk.domain.titles import Title


@dataclass(eq=False)
class NotEnoughCarats(Refusal):
    """An incoming certificate or a pool has fewer carats of this origin left than are drawn."""

    source: str
    origin: str
    left: Carats


@dataclass(frozen=True, slots=True, kw_only=True)
class Return:
    """What one mine of one title produced in one month, under one HS heading."""

    title: str
    mine: str
    month: date
    """Its first day."""
    heading: Heading
    carats: Carats
    value: Money

    def __post_init__(self) -> None:
        if self.month.day != 1:
            raise ValueError("a month is named by its first day")


def check_returns(returns: Sequence[Return], *, title: Title, today: date) -> tuple[Finding, ...]:
    """All returns of one title together: valid title, own mine, over month, once each, within its capacity."""
    return tuple(_check_returns(returns, title, today))


def _check_returns(returns: Sequence[Return], title: Title, today: date) -> Iterator[Finding]:
    months: dict[date, list[Return]] = defaultdict(list)
    for each in sorted(returns, key=lambda each: (each.month, each.heading)):
        months[each.month].append(each)
    for month, group in months.items():
        if not (title.valid_on(month) or title.valid_on(_last_day(month))):
            yield TITLE_NOT_VALID.found(title=title.number, month=f"{month:%Y-%m}")
        if _last_day(month) >= today:
            yield MONTH_NOT_OVER.found(title=title.number, month=f"{month:%Y-%m}")
        for mine in sorted({each.mine for each in group} - {title.mine}):
            yield MINE_OF_ANOTHER_TITLE.found(title=title.number, mine=mine)
        if len({(each.mine, each.heading) for each in group}) < len(group):
            yield RETURN_TWICE.found(title=title.number, month=f"{month:%Y-%m}")
        carats = total_carats(each.carats for each in group)
        if carats > title.monthly_capacity:
            yield OVER_CAPACITY.found(
                title=title.number, month=f"{month:%Y-%m}", carats=carats, capacity=title.monthly_capacity
            )


def check_outflow(title: Title, *, mined: Carats, left: Carats) -> tuple[Finding, ...]:
    """Carats that left in a title's name against those its returns state (kpcs.md §16: phantom mines)."""
    return (MORE_THAN_MINED.found(title=title.number, left=left, mined=mined),) if left > mined else ()


@dataclass(frozen=True, slots=True)
class Produced:
    """A sum for the half-yearly table, kept by mine and heading (KPCS Annex III)."""

    mine: str
    heading: Heading
    carats: Carats
    value: Money


def produced(returns: Iterable[Return], first: date, last: date) -> tuple[Produced, ...]:
    """Sums of the months that begin between two days, by mine and heading."""
    groups: dict[tuple[str, Heading], list[Return]] = defaultdict(list)
    for each in returns:
        if first <= each.month <= last:
            groups[each.mine, each.heading].append(each)
    return tuple(
        Produced(*key, total_carats(each.carats for each in group), total_money(each.value for each in group))
        for key, group in sorted(groups.items())
    )


def _last_day(month: date) -> date:
    return month.replace(day=monthrange(month.year, month.month)[1])


@dataclass(frozen=True, slots=True)
class Holding:
    """Carats of one origin that an incoming certificate, or a trader's pool, has left to re-export."""

    source: str
    """The incoming certificate's number, or the pool's name."""
    origin: str
    """A country's code, or MIXED where the incoming certificate named none."""
    carats: Carats

    def draw(self, carats: Carats) -> Self:
        """What is left after it; raises NotEnoughCarats, so that it never goes negative."""
        if carats > self.carats:
            raise NotEnoughCarats(self.source, self.origin, self.carats)
        return replace(self, carats=self.carats - carats)


def draw_down(holdings: Sequence[Holding], draws: Iterable[Draw]) -> tuple[Holding, ...]:
    """The holdings after all draws; raises NotEnoughCarats at the first that is too large, and nothing is drawn."""
    left = {(holding.source, holding.origin): holding for holding in holdings}
    for draw in draws:
        key = draw.source, draw.origin
        left[key] = left.get(key, Holding(*key, Carats.of("0"))).draw(draw.carats)
    return tuple(left.values())


def check_draws(holdings: Iterable[Holding], draws: Iterable[Draw]) -> tuple[Finding, ...]:
    """Every source and origin of which more is drawn than is left."""
    has: dict[tuple[str, str], Carats] = {(each.source, each.origin): each.carats for each in holdings}
    wanted: dict[tuple[str, str], Carats] = defaultdict(lambda: Carats.of("0"))
    for draw in draws:
        wanted[draw.source, draw.origin] += draw.carats
    none = Carats.of("0")
    return tuple(
        DRAW_TOO_LARGE.found(source=key[0], origin=key[1], drawn=carats, left=has.get(key, none))
        for key, carats in sorted(wanted.items())
        if carats > has.get(key, none)
    )


def draw_mixed(holdings: Sequence[Holding], carats: Carats) -> tuple[Draw, ...]:
    """Carats of a parcel mixed from a whole pool, shared over its origins in proportion, to the hundredth.

    The shares add up exactly, the largest remainders rounded up. Raises NotEnoughCarats for the pool as a whole.
    """
    has = [holding.carats.hundredths for holding in holdings]
    total, wanted = sum(has), carats.hundredths
    if wanted > total:
        raise NotEnoughCarats(
            ", ".join(sorted({holding.source for holding in holdings})), "*", Carats.from_hundredths(total)
        )
    if not wanted:
        return ()
    shares = [wanted * each // total for each in has]
    by_remainder = sorted(range(len(has)), key=lambda place: wanted * has[place] % total, reverse=True)
    for place in by_remainder[: wanted - sum(shares)]:
        shares[place] += 1
    return tuple(
        Draw(holding.source, holding.origin, Carats.from_hundredths(share))
        for holding, share in zip(holdings, shares, strict=True)
        if share
    )
