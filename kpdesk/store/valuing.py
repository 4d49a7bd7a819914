"""What valuers and cashiers look up: parcels that want a figure, earlier prices, own unusual ones, sums of ledgers."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import Select, delete, exists, func, or_, select, type_coerce
from sqlalchemy.orm import Session

from kpdesk.domain.custody import Contest
from kpdesk.domain.fees import Ledger
from kpdesk.domain.goods import shipment_origin
from kpdesk.domain.ledgers import DayOfLedger, EntryKind
from kpdesk.domain.measures import Money
from kpdesk.domain.parcel import Parcel, ParcelState
from kpdesk.domain.valuation import ENOUGH, Figure, FigureKind
from kpdesk.domain.valuing import Reasoned, ToValue
from kpdesk.store import tables
from kpdesk.store.columns import INTEGER
from kpdesk.store.unit import Unit

PAGE = 50
MOST_PRICES = 500
"""The newest so many of a group say what is usual, and are drawn."""


def source_of(parcel: Parcel) -> str:
    return parcel.title or parcel.exporter


def origin_of(parcel: Parcel) -> str:
    return shipment_origin(parcel.origins)


def to_value(
    session: Session,
    kind: FigureKind,
    officer: str,
    *,
    weigher_too: bool,
    number: str = "",
    after: str = "",
    limit: int = PAGE,
) -> tuple[ToValue, ...]:
    """Weighed parcels without a figure of this sort, nor one of this officer's hand; the oldest first.

    `weigher_too`: also those whose agreed weight is this officer's. `number`: this one alone.
    """
    query = _to_value(kind, officer, after).limit(limit)
    if not weigher_too:
        query = query.where(tables.parcels.c.weighed_by != officer)
    if number:
        query = query.where(tables.parcels.c.number == number)
    return tuple(
        ToValue(
            number=row.number,
            exporter=row.exporter,
            exporter_name=row.name or row.exporter,
            source=row.title or row.exporter,
            origins=row.origins,
            carats=row.carats,
            pieces=row.pieces,
            received_at=row.received_at,
        )
        for row in session.execute(query)
    )


def _to_value(kind: FigureKind, officer: str, after: str) -> Select[Any]:
    parcels, figures, kept, parties = tables.parcels, tables.figures, tables.kept, tables.parties
    contests = (
        select(func.count())
        .where(kept.c.about == "parcel/" + parcels.c.number, kept.c.kind == Contest.kind)
        .correlate(parcels)
        .scalar_subquery()
    )
    given = exists().where(
        figures.c.parcel == parcels.c.number,
        figures.c.round == contests,
        or_(figures.c.kind == kind, figures.c.by == officer, figures.c.second == officer),
    )
    return (
        select(
            parcels.c.number,
            parcels.c.exporter,
            parties.c.name,
            parcels.c.title,
            parcels.c.origins,
            parcels.c.carats,
            parcels.c.pieces,
            parcels.c.received_at,
        )
        .outerjoin(parties, parties.c.number == parcels.c.exporter)
        .where(parcels.c.state == ParcelState.WEIGHED, parcels.c.number > after, ~given)
        .order_by(parcels.c.number)
    )


# Earlier prices


def keep_prices(unit: Unit, parcel: Parcel, figure: Figure, on: date) -> None:
    """The lines of the figure that counted, in place of those of a contested one."""
    forget_prices(unit, parcel.number)
    for line in figure.lines:
        if line.per_carat:
            unit.keep(
                tables.price_lines,
                parcel=parcel.number,
                size_class=line.size_class,
                origin=origin_of(parcel),
                source=source_of(parcel),
                per_carat=Money(line.per_carat),
                valued_on=on,
            )


def forget_prices(unit: Unit, parcel: str) -> None:
    """A contested value says nothing of what is usual."""
    unit.session.execute(delete(tables.price_lines).where(tables.price_lines.c.parcel == parcel))


def prices_before(
    session: Session, *, source: str, origin: str, classes: Iterable[str], since: date
) -> dict[str, Sequence[tuple[str, tuple[Decimal, ...]]]]:
    """For each class the prices of its groups, the nearest first: (source, class), (origin, class), origin.

    The first group with ENOUGH ends them. The newest MOST_PRICES each: a page of an index, however many
    figures lie there.
    """
    line = tables.price_lines.c
    whole: list[tuple[Decimal, ...]] = []
    found: dict[str, Sequence[tuple[str, tuple[Decimal, ...]]]] = {}
    for each in classes:
        groups: list[tuple[str, tuple[Decimal, ...]]] = []
        found[each] = groups
        for group, place in ((source, line.source), (origin, line.origin)):
            groups.append((f"{group} · {each}", _prices(session, (place == group, line.size_class == each), since)))
            if len(groups[-1][1]) >= ENOUGH:
                break
        else:
            whole = whole or [_prices(session, (line.origin == origin,), since)]
            groups.append((origin, whole[0]))
    return found


def _prices(session: Session, group: tuple[Any, ...], since: date) -> tuple[Decimal, ...]:
    """As whole cents until they are here: a thousand amounts a class are checked when they are written."""
    line = tables.price_lines.c
    query = (
        select(type_coerce(line.per_carat, INTEGER))
        .where(*group, line.valued_on >= since)
        .order_by(line.valued_on.desc())
        .limit(MOST_PRICES)
    )
    return tuple(Decimal(cents).scaleb(-2) for cents in session.scalars(query))


def reasoned(
    session: Session, officer: str, *, before: datetime | None = None, limit: int = PAGE
) -> tuple[Reasoned, ...]:
    """The figures of an officer's own hand whose prices had a reason, the newest first."""
    figures, parcels, kept = tables.figures, tables.parcels, tables.kept
    contests = (
        select(func.count())
        .where(kept.c.about == "parcel/" + figures.c.parcel, kept.c.kind == Contest.kind)
        .correlate(figures)
        .scalar_subquery()
    )
    query = (
        select(
            figures.c.parcel,
            figures.c.kind,
            figures.c.total,
            figures.c.lines,
            figures.c.at,
            parcels.c.value.label("counted"),
            parcels.c.title,
            parcels.c.exporter,
            parcels.c.origins,
            (contests > figures.c.round).label("contested"),
        )
        .join(parcels, parcels.c.number == figures.c.parcel)
        .where(figures.c.by == officer, figures.c.reasoned == True)  # noqa: E712  a column
        .order_by(figures.c.at.desc())
        .limit(limit)
    )
    if before is not None:
        query = query.where(figures.c.at < before)
    return tuple(
        Reasoned(
            parcel=row.parcel,
            source=row.title or row.exporter,
            origin=shipment_origin(row.origins),
            kind=row.kind,
            total=row.total,
            lines=row.lines,
            at=row.at,
            counted=row.counted,
            contested=bool(row.contested),
        )
        for row in session.execute(query)
    )


# Ledgers


def book_entry(unit: Unit, kind: EntryKind, identity: str, ledger: Ledger, amount: Money, on: date) -> None:
    """A movement, once and for good."""
    unit.keep(tables.ledger, kind=kind, identity=identity, ledger=ledger, booked_on=on, amount=amount)


def day_of(session: Session, ledger: Ledger, on: date) -> DayOfLedger:
    """What moved on a day, and what is open at its end."""
    moved = _sums(session, ledger, on, on)
    ever = _sums(session, ledger, date.min, on)
    owed = ever[EntryKind.CLAIMED] - ever[EntryKind.CANCELLED]
    settled = ever[EntryKind.RECEIVED] - ever[EntryKind.REVERSED]
    return DayOfLedger(ledger=ledger, open=owed - settled, **{kind.value: moved[kind] for kind in EntryKind})


def _sums(session: Session, ledger: Ledger, first: date, last: date) -> dict[EntryKind, Money]:
    row = tables.ledger.c
    query = (
        select(row.kind, func.sum(row.amount))
        .where(row.ledger == ledger, row.booked_on.between(first, last))
        .group_by(row.kind)
    )
    sums = dict.fromkeys(EntryKind, Money(Decimal(0)))
    sums.update((kind, amount) for kind, amount in session.execute(query))
    return sums


def booked(session: Session, kind: EntryKind, on: date) -> tuple[str, ...]:
    """What of this kind moved on a day, by name."""
    row = tables.ledger.c
    query = select(row.identity).where(row.ledger.in_(Ledger), row.booked_on == on, row.kind == kind)
    return tuple(session.scalars(query.order_by(row.identity)))
