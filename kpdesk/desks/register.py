"""A parcel while it is typed: what the rules notice about each field, drafts, and parcels parked for another caller."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from kpdesk.desks import clerk, vouchers
from kpdesk.desks.desk import Desk
from kpdesk.domain.custody import Voucher
from kpdesk.domain.goods import Heading
from kpdesk.domain.measures import Carats
from kpdesk.domain.outcomes import Finding, Refusal
from kpdesk.domain.parcel import Draw, Source
from kpdesk.domain.parties import Party, PartyKind, check_licence
from kpdesk.domain.production import Holding, draw_mixed
from kpdesk.domain.rules import PARCEL_TWICE, TITLE_MISSING, TITLE_NOT_VALID
from kpdesk.domain.stock import NotInStock, Stock, StockKind, StockNotReady, StockState
from kpdesk.domain.titles import Title
from kpdesk.store import counter as rows
from kpdesk.store.unit import Look

_PARKED = "parked/"
_OPEN = (StockState.IN_SAFE, StockState.WITH_OFFICER)


@dataclass(frozen=True, slots=True)
class Parked:
    """A parcel put aside while another caller is served: this officer's own, by name."""

    name: str
    text: str
    saved_at: datetime


def check_parcel(
    desk: Desk,
    *,
    exporter: str,
    source: Source,
    title: str,
    heading: Heading | None = None,
    carats: Carats | None = None,
    bought_by: Sequence[Voucher] = (),
    bag: str = "",
) -> tuple[tuple[str, Finding | Refusal], ...]:
    """What the rules notice while a parcel is typed: (the field it concerns, what)."""
    found: list[tuple[str, Finding | Refusal]] = []
    with desk.look() as session:
        firm = session.get(Party, exporter)
        if firm:
            found += [("exporter", each) for each in check_licence(firm, PartyKind.EXPORTER, desk.today)]
        if source is Source.MINED:
            known = session.get(Title, title)
            if not title:
                found.append(("title", TITLE_MISSING.found(parcel="")))
            elif known is None or not known.valid_on(desk.today):
                found.append(("title", TITLE_NOT_VALID.found(title=title, month=f"{desk.today:%Y-%m}")))
        if firm and heading:
            behind = vouchers.check_goods(
                desk,
                session,
                firm,
                purchased=source is Source.PURCHASED,
                vouchers=bought_by,
                heading=heading,
                carats=carats,
            )
            found += [("first" if each.rule is PARCEL_TWICE else "vouchers", each) for each in behind]
        if bag and (refused := _bag(session, bag)):
            found.append(("bag", refused))
    return tuple(found)


def _bag(session: Look, number: str) -> Refusal | None:
    """Why this bag cannot be used, or None."""
    bag = session.get(Stock, (StockKind.BAG, number))
    if bag is None:
        return NotInStock(StockKind.BAG.value, number)
    if bag.state not in _OPEN:
        return StockNotReady(StockKind.BAG.value, number, bag.state.value, StockState.USED.value)
    return None


def draws(desk: Desk, wanted: Sequence[tuple[str, Carats | None]], carats: Carats) -> tuple[Draw, ...]:
    """What a re-export draws on: each source's share over its origins; one without carats takes what is left.

    `carats` are the parcel's as read; they are drawn as they will be agreed, at 0.01 ct. Raises NotEnoughCarats.
    """
    with desk.look() as session:
        holdings = rows.holdings_left(session)
        left = desk.settings(session).rounding.agree(carats)
    found: list[Draw] = []
    for source, share in sorted(wanted, key=lambda each: each[1] is None):
        share = min(left, share or left)
        found += draws_of(holdings, source, share)
        left -= share
    return tuple(found)


def draws_of(holdings: Sequence[Holding], source: str, carats: Carats) -> tuple[Draw, ...]:
    """These carats drawn on one certificate or pool, shared over its origins; raises NotEnoughCarats."""
    return draw_mixed([each for each in holdings if each.source == source], carats)


def zones(desk: Desk) -> tuple[tuple[str, str], ...]:
    """(participant, zone) of every zone open today, from which a restricted participant's goods may come."""
    codes = sorted({zone.participant for zone in desk.register.zones})
    return tuple((code, zone) for code in codes for zone in desk.register.zones_of(code, desk.today))


def park(desk: Desk, name: str, text: str) -> None:
    """Put what is typed aside under a name; an older one of that name gives way."""
    clerk.save_draft(desk, _PARKED + name, text)


def parked(desk: Desk) -> tuple[Parked, ...]:
    """This officer's parked parcels, the longest waiting first."""
    with desk.look() as session:
        found = rows.drafts(session, desk.officer.id, _PARKED)
        return tuple(Parked(screen.removeprefix(_PARKED), text, at) for screen, text, at in found)


def take_up(desk: Desk, name: str) -> str:
    """What was parked under this name, which is free again; empty where there is none."""
    text = clerk.draft(desk, _PARKED + name)
    clerk.save_draft(desk, _PARKED + name, "")
    return text
