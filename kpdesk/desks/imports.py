"""Tables from outside taken into the registers: what would change is shown first, and two accept just that, whole."""

import secrets
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, fields, replace
from datetime import timedelta
from enum import StrEnum
from hashlib import sha256
from typing import Any

from kpdesk.desks.desk import Desk, apart
from kpdesk.desks.watching import keep_watched
from kpdesk.domain import cadastre, watch
from kpdesk.domain.differences import (
    Change,
    ChangeKind,
    Difference,
    Fault,
    RowFault,
    between,
    needed,
    once,
)
from kpdesk.domain.outcomes import Refusal
from kpdesk.domain.parties import Role
from kpdesk.domain.spans import span
from kpdesk.domain.titles import Title, TitleTerms
from kpdesk.domain.watch import Watched
from kpdesk.exchange.tabular import Table, table_of
from kpdesk.store import keeping
from kpdesk.store import registers as rows
from kpdesk.store.unit import Unit


class Listing(StrEnum):
    """What a file lists."""

    TITLES = "titles"
    """The mining cadastre."""
    WATCH = "watch"


@dataclass(eq=False)
class NotWhatWasShown(Refusal):
    """The register or the file has changed since these differences were looked at."""

    file: str


@dataclass(eq=False)
class NothingToTakeOver(Refusal):
    """The file changes nothing."""

    file: str


_COLUMNS: Mapping[Listing, Mapping[str, bool]] = {Listing.TITLES: cadastre.COLUMNS, Listing.WATCH: watch.COLUMNS}
_HIDDEN = {"salt"}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Register:
    """One register, as a file is compared with it; its entries are values."""

    key: str
    """The column of the entry's number."""
    known: Mapping[str, Any]
    read: Callable[[Mapping[str, str]], Any]
    """The entry in a row; raises RowFault."""
    about: Callable[[Any], str]
    lasts: Callable[[Any, Collection[Any]], bool]
    """Whether it counts today, and a file of these entries would name it if it listed all."""
    ended: Callable[[Any], Any]
    put: Callable[[Unit, str, Any, str], None]
    """Write an entry under its number, and why."""


def columns(listing: Listing) -> Mapping[str, bool]:
    """The columns that such a file has, and whether each must be there."""
    return _COLUMNS[listing]


def compare(desk: Desk, listing: Listing, content: bytes, *, name: str, whole: bool) -> Difference:
    """What a CSV or XLSX file would change; `whole`: it lists all, so what it does not name ends.

    Raises the troubles of `exchange.tabular.table_of`.
    """
    table = table_of(content, name=name, columns=_COLUMNS[listing])
    with desk.view() as unit:
        return _compared(_register(desk, unit, listing), table, name, whole)[0]


def accept(
    desk: Desk, second: Desk, listing: Listing, content: bytes, *, name: str, whole: bool, digest: str
) -> Difference:
    """Two take over exactly the differences they looked at, all or none; lines with a fault are left out.

    Raises NotWhatWasShown, NothingToTakeOver, SamePerson, and the troubles of a file that is no table.
    """
    desk.must(Role.SUPERVISOR, Role.CLERK)
    second.must(Role.SUPERVISOR)
    apart(desk, second, "accept_import")
    table = table_of(content, name=name, columns=_COLUMNS[listing])
    with desk.unit() as unit:
        register = _register(desk, unit, listing)
        difference, entries = _compared(register, table, name, whole)
        if difference.digest != digest:
            raise NotWhatWasShown(name)
        if not entries:
            raise NothingToTakeOver(name)
        unit.keep_paper(content, subject=f"import/{listing}", name=name)
        why = f"file {sha256(content).hexdigest()[:12]}; with {second.officer.id}"
        for number, entry in entries.items():
            register.put(unit, number, entry, why)
        return difference


def _compared(register: _Register, table: Table, name: str, whole: bool) -> tuple[Difference, dict[str, Any]]:
    """The differences, and the entries that make them."""
    changes: list[Change] = []
    faults: list[Fault] = []
    entries: dict[str, Any] = {}
    read: list[Any] = []
    seen: dict[str, int] = {}
    for row in table.rows:
        number = row.cells[register.key]
        try:
            needed(row.cells, register.key)
            once(seen, number, row.line)
            entry = register.read(row.cells)
        except RowFault as fault:
            faults.append(Fault(row.line, number, fault.finding))
            continue
        read.append(entry)
        was = register.known.get(number)
        if told := between(_fields(was), _fields(entry)):
            kind = ChangeKind.CHANGED if was else ChangeKind.NEW
            changes.append(Change(kind=kind, number=number, about=register.about(entry), fields=told))
            entries[number] = entry
    unchanged = len(read) - len(changes)
    if whole:
        for number, was in sorted(register.known.items()):
            if number not in seen and register.lasts(was, read):
                changes.append(Change(kind=ChangeKind.ENDED, number=number, about=register.about(was)))
                entries[number] = register.ended(was)
    difference = Difference(
        file=name,
        writing=table.writing,
        ignored=table.ignored,
        changes=tuple(changes),
        unchanged=unchanged,
        faults=tuple(faults),
    )
    return difference, entries


def _fields(entry: Any | None) -> dict[str, object]:
    return {each.name: getattr(entry, each.name) for each in fields(entry) if each.name not in _HIDDEN} if entry else {}


def _register(desk: Desk, unit: Unit, listing: Listing) -> _Register:
    return _titles(desk, unit) if listing is Listing.TITLES else _watched(desk, unit)


def _titles(desk: Desk, unit: Unit) -> _Register:
    own, today = desk.office.participant, desk.today
    known = {title.number: title.terms for title in rows.all_titles(unit.session)}
    holders = rows.holders(unit.session)

    def put(unit: Unit, number: str, terms: TitleTerms, why: str) -> None:
        title = unit.find(Title, number)
        if title is None:
            title = Title(number=number, **_fields(terms))  # type: ignore[arg-type]
            unit.add(title)
        else:
            title.change(terms, on=today)
        unit.note("import_title", title, why=why, words=f"{number} {terms.mine} {terms.holder}")

    return _Register(
        key="title",
        known=known,
        read=lambda cells: cadastre.terms_in(cells, holders=holders, known=known.get(cells["title"]), country=own),
        about=lambda terms: terms.mine,
        lasts=lambda terms, _: terms.country == own and today in span(terms.valid_from, terms.valid_until),
        ended=lambda terms: replace(terms, valid_until=max(today - timedelta(days=1), terms.valid_from)),
        put=put,
    )


def _watched(desk: Desk, unit: Unit) -> _Register:
    known = {each.number: each for each in keeping.all_of(unit.session, Watched)}
    today = desk.today

    def salt(number: str) -> bytes:
        return known[number].salt if number in known else secrets.token_bytes(16)

    return _Register(
        key="reference",
        known=known,
        read=lambda cells: watch.watched_in(cells, salt=salt(cells["reference"])),
        about=lambda entry: entry.name,
        lasts=lambda entry, read: entry.live and any(entry.source == each.source for each in read),
        ended=lambda entry: replace(entry, until=max(today, entry.since)),
        put=lambda unit, _, entry, why: keep_watched(unit, "import_watched", entry, why=why),
    )
