"""The page of the office's rules tied to the supervisor's desk. Runs in the workroom; touches no widget."""

from functools import partial

from kpdesk.desks import offices, supervisor
from kpdesk.desks.desk import Desk
from kpdesk.domain.participants import OwnDate, Zone
from ui.supervisor.office_settings import Change, Law, SettingsActs


def settings_acts(desk: Desk) -> SettingsActs:
    """The page's questions, asked of this officer's desk."""
    return SettingsActs(
        see=lambda: Law(supervisor.settings_of(desk), *supervisor.own_law(desk)),
        decided=partial(supervisor.decided, desk),
        check=supervisor.check_value,
        do=lambda change, officer, password: _do(desk, change, officer, password),
        today=lambda: desk.today,
    )


def _do(desk: Desk, change: Change, officer: str, password: str) -> None:
    second = offices.beside(desk, officer=officer, password=password)
    match change.key:
        case "own_date":
            supervisor.set_own_date(desk, second, OwnDate(change.name, change.first, bool(change.value)))
        case "zone":
            supervisor.open_zone(desk, second, Zone(change.name, str(change.value), change.first, change.until))
        case _:
            supervisor.change_setting(desk, second, name=change.name, value=change.value, effective_from=change.first)
