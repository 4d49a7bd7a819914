"""The valuer: figures of one parcel, blind to each other until all are in (kpcs.md §4, §13)."""

import secrets
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal

from kpdesk.desks import contests, pricing
from kpdesk.desks.desk import Desk, apart
from kpdesk.domain.custody import Contest, Dispute
from kpdesk.domain.issuance import SamePerson
from kpdesk.domain.measures import Money
from kpdesk.domain.outcomes import Finding, Refusal
from kpdesk.domain.parcel import Parcel, ParcelState, WrongState
from kpdesk.domain.parties import Role
from kpdesk.domain.prices import ClassUnknown
from kpdesk.domain.slips import ParcelSlip
from kpdesk.domain.valuation import (
    Figure,
    FigureKind,
    FigureTwice,
    PriceReason,
    PriceWantsReason,
    SameValuer,
    SizeLine,
    Strip,
    all_in,
    certificate_value,
    check_declared,
    outlier,
    strip_of,
)
from kpdesk.domain.valuing import Reasoned, Sheet, ToValue
from kpdesk.store import keeping
from kpdesk.store import valuing as rows
from kpdesk.store.unit import Look, Unit


@dataclass(eq=False)
class NotToValue(Refusal):
    """The parcel wants no figure of this officer: it is not weighed, was valued by him, or its figure is in."""

    parcel: str


def queue(desk: Desk, kind: FigureKind, *, after: str = "") -> tuple[ToValue, ...]:
    """A page of what wants this figure of this officer, the oldest first. Of other figures it tells nothing."""
    desk.must(Role.VALUER)
    with desk.look() as session:
        small = desk.settings(session).small_office
        barred = () if small else _disputed(session, desk.officer.id)
        found = rows.to_value(session, kind, desk.officer.id, weigher_too=small, after=after)
        return tuple(each for each in found if each.number not in barred)


def sheet(desk: Desk, parcel: str, kind: FigureKind) -> Sheet:
    """The page to value a parcel on; raises NotToValue, OwnIsContested."""
    desk.must(Role.VALUER)
    with desk.view() as unit:
        session = unit.session
        contests.bar(desk, unit, parcel, Dispute.VALUE)
        small = desk.settings(session).small_office
        found = rows.to_value(session, kind, desk.officer.id, weigher_too=small, number=parcel)
        if not found:
            raise NotToValue(parcel)
        classes, prices = pricing.classes_in_force(desk, session), pricing.prices_in_force(desk, session)
        settings = desk.settings(session)
        return Sheet(
            parcel=found[0],
            kind=kind,
            classes=classes,
            prices=prices,
            versions=pricing.versions(desk, session),
            rounding=settings.rounding,
            tolerance=settings.sample_tolerance,
        )


def usual(desk: Desk, source: str, origin: str, classes: Iterable[str]) -> dict[str, Strip]:
    """What was paid before for each class: of this source, else of this origin. Finished parcels alone count."""
    with desk.look() as session:
        found = _before(desk, session, source, origin, classes)
        return {each: strip_of(groups) for each, groups in found.items()}


def give_figure(
    desk: Desk, parcel: str, *, kind: FigureKind, lines: Sequence[SizeLine], second: Desk | None = None
) -> ParcelSlip:
    """The office's or the independent valuer's figure, by size class; the lines are the agreed carats.

    The history gets a salted digest only. When the last figure the office's rule wants is in, the value counts. A price
    far from the usual wants a reason, or another valuer who looks and signs beside. Raises LinesDoNotAddUp, ClassTwice,
    ClassUnknown, PriceWantsReason, FigureTwice, SameValuer, OwnIsContested, and SamePerson: the weigher does not
    value, unless the office is small.
    """
    desk.must(Role.VALUER if kind is not FigureKind.DECLARED else Role.EXPORTER_DESK)
    if second is not None:
        second.must(Role.VALUER)
        apart(desk, second, "value")
    with desk.unit() as unit:
        thing = unit.get(Parcel, parcel)
        small = desk.settings(unit.session).small_office
        for each in (desk, second):
            if each is None:
                continue
            if thing.weighed_by == each.officer.id and not small:
                raise SamePerson(each.officer.name, "weigh")
            contests.bar(each, unit, parcel, Dispute.VALUE)
        if thing.carats is None:
            raise WrongState(thing.number, thing.state.value, ParcelState.WEIGHED.value)
        figure = Figure.of_lines(
            kind,
            _looked_at(desk, unit, thing, lines, seen_by_two=second is not None),
            agreed=thing.carats,
            by=desk.officer.id,
            at=desk.clock(),
            salt=secrets.token_bytes(16),
            versions=pricing.versions(desk, unit.session),
            second=second.officer.id if second else "",
        )
        return keep_figure(desk, unit, thing, figure)


def declare_value(desk: Desk, parcel: str, *, total: Money) -> ParcelSlip:
    """The exporter's own figure, taken down at the exporters' desk."""
    desk.must(Role.EXPORTER_DESK)
    with desk.unit() as unit:
        thing = unit.get(Parcel, parcel)
        figure = Figure(
            kind=FigureKind.DECLARED, total=total, by=thing.exporter, at=desk.clock(), salt=secrets.token_bytes(16)
        )
        return keep_figure(desk, unit, thing, figure)


def keep_figure(desk: Desk, unit: Unit, parcel: Parcel, figure: Figure) -> ParcelSlip:
    """Keep one figure for good, and give the parcel its value once all that are wanted are in."""
    if parcel.state is not ParcelState.WEIGHED:
        raise WrongState(parcel.number, parcel.state.value, ParcelState.WEIGHED.value)
    figures = unit.figures(parcel.number)
    if any(figure.kind is other.kind for other in figures):
        raise FigureTwice(figure.kind.value)
    # Here and not when all are in: what was given stays, so a second figure of one hand would never be mended.
    for other in figures:
        if both := figure.hands & other.hands:
            raise SameValuer(min(both))
    unit.keep_figure(parcel.number, figure)
    figures = (*figures, figure)
    settings = desk.settings(unit.session)
    rule, wants = settings.valuation_rule, settings.wants
    if all_in(figures, rule, wants=wants):
        office = next(each for each in figures if each.kind is FigureKind.OFFICE)
        value = certificate_value(figures, rule, wants=wants)
        parcel.give_value(value, office.by)
        counted = next((each for each in figures if each.total == value and each.lines), office)
        rows.keep_prices(unit, parcel, counted, desk.today)
        contests.settle(unit, parcel)
    unit.note("give_figure", parcel, why=f"{figure.kind} {figure.sealed}")
    return unit.parcel_slip(parcel)


def figures(desk: Desk, parcel: str) -> tuple[tuple[Figure, ...], tuple[Finding, ...]]:
    """All figures of a parcel and how far the declared one lies off; empty while one is still wanted."""
    with desk.view() as unit:
        found = unit.figures(parcel)
        settings = desk.settings(unit.session)
        if not all_in(found, settings.valuation_rule, wants=settings.wants):
            return (), ()
        totals = {figure.kind: figure.total for figure in found}
        both = FigureKind.DECLARED in totals and FigureKind.OFFICE in totals
        return found, check_declared(totals[FigureKind.DECLARED], totals[FigureKind.OFFICE]) if both else ()


def reasoned(desk: Desk, *, before: datetime | None = None) -> tuple[Reasoned, ...]:
    """This officer's own figures with an unusual price: the reasons, and what came of them; the newest first."""
    desk.must(Role.VALUER)
    with desk.look() as session:
        return rows.reasoned(session, desk.officer.id, before=before)


def _disputed(session: Look, officer: str) -> frozenset[str]:
    """The parcels whose contested value was this officer's."""
    found = keeping.all_of(session, Contest, live=True)
    return frozenset(each.parcel for each in found if each.what is Dispute.VALUE and officer in each.barred)


def _before(
    desk: Desk, session: Look, source: str, origin: str, classes: Iterable[str]
) -> Mapping[str, Sequence[tuple[str, Sequence[Decimal]]]]:
    since = _months_before(desk.today, desk.settings(session).price_history_months)
    return rows.prices_before(session, source=source, origin=origin, classes=classes, since=since)


def _months_before(day: date, months: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    return date(year, month + 1, min(day.day, 28))


def _unusual(
    desk: Desk, session: Look, source: str, origin: str, lines: Sequence[SizeLine]
) -> tuple[tuple[str, Finding], ...]:
    before = _before(desk, session, source, origin, [line.size_class for line in lines])
    found = ((line.size_class, outlier(line.per_carat, before[line.size_class])) for line in lines)
    return tuple((size_class, finding) for size_class, finding in found if finding)


def _looked_at(
    desk: Desk, unit: Unit, parcel: Parcel, lines: Sequence[SizeLine], *, seen_by_two: bool
) -> tuple[SizeLine, ...]:
    """The lines, each with a reason where its price asks for one and nowhere else."""
    known = {each.code for each in pricing.classes_in_force(desk, unit.session)}
    for line in lines:
        if known and line.size_class not in known:
            raise ClassUnknown(line.size_class)
    asked = dict(_unusual(desk, unit.session, rows.source_of(parcel), rows.origin_of(parcel), lines))
    looked = []
    for line in lines:
        finding = asked.get(line.size_class)
        reason = line.reason or (PriceReason.SECOND_VALUER if seen_by_two else None)
        if finding and reason is None:
            raise PriceWantsReason(line.size_class, **dict(finding.facts))
        looked.append(replace(line, reason=reason if finding else None))
    return tuple(looked)
