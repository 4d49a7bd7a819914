"""Watch lists (KPCS Annex II 5, 6): entered by one, ended by two; who is named like somebody on them."""

from dataclasses import replace
from datetime import date

from kpdesk.desks.desk import Desk, apart
from kpdesk.domain.outcomes import Finding
from kpdesk.domain.particulars import AlreadyRegistered
from kpdesk.domain.parties import Role
from kpdesk.domain.register_slips import WatchCard
from kpdesk.domain.watch import Watched, check_name, index_words
from kpdesk.store import keeping
from kpdesk.store import registers as rows
from kpdesk.store.unit import Look, Unit


def near_names(desk: Desk, name: str) -> tuple[Finding, ...]:
    """Who on today's watch lists has this name, or one that could be it."""
    with desk.look() as session:
        return near_names_in(session, name, on=desk.today)


def near_names_in(session: Look, name: str, *, on: date) -> tuple[Finding, ...]:
    """As `near_names`, in a visit under way."""
    return tuple(check_name(name, rows.watched_like(session, name), on=on))


def watched(desk: Desk, *, typed: str = "", after: str = "") -> tuple[Watched, ...]:
    """A page by number, or those whose names begin with the words typed."""
    with desk.look() as session:
        return rows.watched_page(session, typed=typed, after=after)


def watched_one(desk: Desk, number: str) -> WatchCard:
    """Everything about one entry; raises NotFound."""
    with desk.look() as session:
        entry = keeping.get(session, Watched, number)
        return WatchCard(watched=entry, events=rows.events(session, f"{Watched.kind}/{number}"))


def add_watched(desk: Desk, entry: Watched) -> str:
    """Enter somebody by hand; the number, given here where there is none. Raises AlreadyRegistered."""
    desk.must(Role.SUPERVISOR, Role.CLERK, Role.INSPECTOR)
    with desk.unit() as unit:
        number = entry.number or f"W-{unit.next('watch'):04}"
        if keeping.find(unit.session, Watched, number) is not None:
            raise AlreadyRegistered(number)
        keep_watched(unit, "add_watched", replace(entry, number=number))
        return number


def end_watched(desk: Desk, second: Desk, number: str, *, last: date, why: str) -> None:
    """Two take somebody off; raises NotFound, EndsBeforeItBegins, SamePerson."""
    desk.must(Role.SUPERVISOR, Role.CLERK, Role.INSPECTOR)
    second.must(Role.SUPERVISOR)
    apart(desk, second, "end_watched")
    with desk.unit() as unit:
        entry = keeping.get(unit.session, Watched, number)
        keep_watched(unit, "end_watched", replace(entry, until=last), why=f"{why}; with {second.officer.id}")


def keep_watched(unit: Unit, act: str, entry: Watched, *, why: str = "") -> None:
    """Write an entry so that its names, and those near them, are found."""
    keeping.keep(unit, act, entry, why=why, words=f"{entry.number} {index_words(entry.names)}")
