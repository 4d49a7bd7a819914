"""Parcels that two counts did not find: barred, and nothing else with them, until two have them in hand again."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from kpdesk.desks.counter import place_of
from kpdesk.desks.desk import Desk, apart
from kpdesk.domain.closing import Bar
from kpdesk.domain.custody import WHY_PLACES
from kpdesk.domain.outcomes import Finding
from kpdesk.domain.parties import Role
from kpdesk.domain.rules import PARCEL_HELD, PARCEL_NOT_FOUND
from kpdesk.store import keeping
from kpdesk.store.unit import Look


def found_again(desk: Desk, second: Desk, parcel: str, *, where: str) -> Bar:
    """Two have a barred parcel in hand: it may go on. Raises NotFound."""
    desk.must(Role.SUPERVISOR)
    second.must(Role.SUPERVISOR, Role.ISSUING, Role.CLERK)
    apart(desk, second, "found_again")
    with desk.unit() as unit:
        bar = replace(keeping.get(unit.session, Bar, parcel), found=where or "–")
        keeping.keep(unit, "found_again", bar, why=f"{where}; with {second.officer.id}")
        return bar


def barred(desk: Desk) -> tuple[Bar, ...]:
    """Parcels that nobody found."""
    with desk.look() as session:
        return keeping.all_of(session, Bar, live=True)


def check_goods(session: Look, parcels: Iterable[str]) -> Iterator[Finding]:
    """What stops a parcel whatever it is named in: nobody finds it, it is kept back, or it was seized."""
    for parcel in parcels:
        yield from check_found(session, [parcel])
        place = place_of(session, parcel)
        if place in WHY_PLACES:
            yield PARCEL_HELD.found(parcel=parcel, place=place.value)


def check_found(session: Look, parcels: Iterable[str]) -> Iterator[Finding]:
    """A parcel that two counts did not find stops whatever it is named in."""
    for parcel in parcels:
        bar = keeping.find(session, Bar, parcel)
        if bar is not None and bar.live:
            yield PARCEL_NOT_FOUND.found(parcel=parcel, day=bar.since)
