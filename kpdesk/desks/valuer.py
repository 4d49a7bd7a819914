"""The valuer: figures of one parcel, blind to each other until all are in (kpcs.md §4, §13)."""

import secrets
from collections.abc import Sequence

from kpdesk.desks.desk import Desk
from kpdesk.domain.issuance import SamePerson
from kpdesk.domain.measures import Money
from kpdesk.domain.outcomes import Finding
from kpdesk.domain.parcel import Parcel, ParcelState, WrongState
from kpdesk.domain.parties import Role
from kpdesk.domain.slips import ParcelSlip
from kpdesk.domain.valuation import (
    Figure,
    FigureKind,
    FigureTwice,
    SameValuer,
    SizeLine,
    all_in,
    certificate_value,
    check_declared,
)
from kpdesk.store.unit import Unit


def give_figure(desk: Desk, parcel: str, *, kind: FigureKind, lines: Sequence[SizeLine]) -> ParcelSlip:
    """The office's or the independent valuer's figure, by size class; the lines are the agreed carats.

    The history gets a salted digest only. When the last figure the office's rule wants is in, the value counts.
    Raises LinesDoNotAddUp, FigureTwice, SameValuer, and SamePerson: the weigher does not value, unless the office is
    small.
    """
    desk.must(Role.VALUER if kind is not FigureKind.DECLARED else Role.EXPORTER_DESK)
    with desk.unit() as unit:
        thing = unit.get(Parcel, parcel)
        if thing.weighed_by == desk.officer.id and not desk.settings(unit.session).small_office:
            raise SamePerson(desk.officer.name, "weigh")
        if thing.carats is None:
            raise WrongState(thing.number, thing.state.value, ParcelState.WEIGHED.value)
        figure = Figure.of_lines(
            kind, lines, agreed=thing.carats, by=desk.officer.id, at=desk.clock(), salt=secrets.token_bytes(16)
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
    if any(figure.by == other.by for other in figures):
        raise SameValuer(figure.by)
    unit.keep_figure(parcel.number, figure)
    figures = (*figures, figure)
    settings = desk.settings(unit.session)
    rule, wants = settings.valuation_rule, settings.wants
    if all_in(figures, rule, wants=wants):
        office = next(each for each in figures if each.kind is FigureKind.OFFICE)
        parcel.give_value(certificate_value(figures, rule, wants=wants), office.by)
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
