"""The supervisor: stock, people, firms, settings and lists; two people for what matters (KPCS Annex II)."""

from dataclasses import dataclass, fields
from datetime import date, datetime
from enum import StrEnum

from kpdesk.desks.desk import Desk, apart, stop_at
from kpdesk.domain.outcomes import Finding, Refusal
from kpdesk.domain.participants import OwnDate, Zone
from kpdesk.domain.parties import Role
from kpdesk.domain.production import Return, check_returns
from kpdesk.domain.records import Record
from kpdesk.domain.slips import OfficerSlip
from kpdesk.domain.titles import Title
from kpdesk.domain.trust import Lists
from kpdesk.settings import Settings, check_setting, own_date_setting, own_dates, zone_setting, zones
from kpdesk.signing import lists as lists_files
from kpdesk.store import counter, sending
from kpdesk.store import lists as rows


@dataclass(eq=False)
class ListsOlder(Refusal):
    """The lists file is older than the one in force: going back is how a revoked key would come to life again."""

    sequence: int
    in_force: int


# Settings, mines


@dataclass(frozen=True, slots=True, kw_only=True)
class SettingSlip:
    """A rule of the office: what it is today, since when, and what is decided for later."""

    name: str
    value: str | int | bool
    since: date | None
    """None while it is as the program came."""
    coming: tuple[tuple[date, str | int | bool], ...]
    options: tuple[str, ...]
    """The words it may be; empty where it is a number, yes or no, or a text."""


@dataclass(frozen=True, slots=True)
class Decided:
    """A value as two once set it."""

    value: str | int | bool
    effective_from: date
    at: datetime
    by: str
    second: str


def settings_of(desk: Desk) -> tuple[SettingSlip, ...]:
    """Every dated setting as it stands today, in the order of `settings.Settings`."""
    with desk.look() as session:
        made, now = rows.settings_rows(session), desk.settings(session)
    slips = []
    for field in fields(Settings):
        value = getattr(now, field.name)
        # A later decision for the same day takes the earlier one's place.
        days = {on: kept["value"] for name, on, kept in made if name == field.name}
        past = [on for on in days if on <= desk.today]
        slips.append(
            SettingSlip(
                name=field.name,
                value=value if isinstance(value, bool | int) else str(value),
                since=max(past, default=None),
                coming=tuple(sorted((on, each) for on, each in days.items() if on > desk.today)),
                options=tuple(each.value for each in type(value)) if isinstance(value, StrEnum) else (),
            )
        )
    return tuple(slips)


def decided(desk: Desk, name: str) -> tuple[Decided, ...]:
    """What two ever set of a setting, the newest first; also of an own date or a zone by its name."""
    with desk.look() as session:
        names = counter.names(session)
        found = counter.story(session, f"setting/{name}")
    return tuple(
        Decided(
            each.record["value"]["value"],
            date.fromisoformat(each.record["effective_from"]),
            each.at,
            names.get(each.by, each.by),
            names.get(each.why.removeprefix("with "), each.why),
        )
        for each in reversed(found)
    )


def own_law(desk: Desk) -> tuple[tuple[OwnDate, ...], tuple[Zone, ...]]:
    """The own dates and the zones that were ever entered."""
    with desk.look() as session:
        made = rows.settings_rows(session)
    return own_dates(made), zones(made)


def change_setting(desk: Desk, second: Desk, *, name: str, value: str | int | bool, effective_from: date) -> None:
    """Two supervisors change a rule of the office from a day on. Raises NotASetting."""
    check_setting(name, value)
    _set(desk, second, name, value, effective_from)


def check_value(name: str, value: str | int | bool) -> None:
    """Whether a setting takes this value; raises NotASetting."""
    check_setting(name, value)


def set_own_date(desk: Desk, second: Desk, own: OwnDate) -> None:
    """Two supervisors enter what our own law says of a participant; it counts from the next sign-in."""
    _set(desk, second, *own_date_setting(own))


def open_zone(desk: Desk, second: Desk, zone: Zone) -> None:
    """Two supervisors enter a zone of a restricted participant; it counts from the next sign-in."""
    _set(desk, second, *zone_setting(zone))


def _set(desk: Desk, second: Desk, name: str, value: str | int | bool, effective_from: date) -> None:
    desk.must(Role.SUPERVISOR)
    second.must(Role.SUPERVISOR)
    apart(desk, second, "change_setting")
    with desk.unit() as unit:
        unit.setting(name, {"value": value}, effective_from, why=f"with {second.officer.id}")


def book_production(desk: Desk, made: Return) -> tuple[Finding, ...]:
    """Keep a mine's monthly return; what speaks against it comes back, and a second one for the month is refused."""
    desk.must(Role.SUPERVISOR, Role.CLERK)
    with desk.unit() as unit:
        title = unit.get(Title, made.title)
        before = unit.production(made.title)
        found = stop_at(check_returns([*before, made], title=title, today=desk.today))
        unit.keep_production(made)
        return found


def officers(desk: Desk) -> tuple[OfficerSlip, ...]:
    with desk.look() as session:
        return rows.officers(session)


# Lists


def accept_lists(desk: Desk, second: Desk, content: bytes) -> Lists:
    """Take a newer lists file over, looked at by two. Raises ListsOlder and the troubles of a file that is not ours."""
    desk.must(Role.SUPERVISOR, Role.INSPECTOR)
    second.must(Role.SUPERVISOR)
    apart(desk, second, "accept_lists")
    lists = lists_files.read(content, list_key=desk.authority.list_key)
    with desk.unit() as unit:
        kept = rows.lists_file(unit.session)
        in_force = lists_files.read(kept, list_key=desk.authority.list_key).sequence if kept else 0
        if lists.sequence < in_force:
            raise ListsOlder(lists.sequence, in_force)
        if lists.sequence > in_force:
            sending.keep_lists(unit, lists, content)
            record: Record = {"sequence": lists.sequence, "second": second.officer.id}
            unit.note_record("accept_lists", "lists", desk.office.code, record)
    return lists
