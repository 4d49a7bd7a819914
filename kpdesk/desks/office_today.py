"""The office today: who did what, what lies where and how long, what is overdue. Reads only.

desk.md §4 (supervisor), §8 (bars per month, line for US$ per carat).
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from itertools import groupby

from kpdesk.desks import balances, contests, exceptions, leaving, stock
from kpdesk.desks.auditor import READERS, span
from kpdesk.desks.bars import barred
from kpdesk.desks.desk import Desk
from kpdesk.desks.inspector import lists_in_force
from kpdesk.desks.stock import Level
from kpdesk.domain.custody import Place
from kpdesk.domain.issuance import State
from kpdesk.domain.measures import total_carats, total_money
from kpdesk.domain.office_today import AGES, Ageing, Alarm, Alert, Month, OfficerDay, OfficeToday
from kpdesk.domain.outcomes import Severity
from kpdesk.domain.parcel import ParcelState
from kpdesk.domain.stock import StockKind, StockState
from kpdesk.store import counter, history, supervising
from kpdesk.store import lists as rows
from kpdesk.store.unit import Look

STATES = (
    ParcelState.RECEIVED, ParcelState.WEIGHED, ParcelState.VALUED, ParcelState.BAGGED, ParcelState.APPLIED,
    ParcelState.SEALED,
)  # fmt: skip
"""Of parcels in the house."""
_PARCELS, _WEIGHINGS, _FIGURES = ("receive_parcel",), ("record_weighing",), ("give_figure",)
_SIGNATURES = ("prepare", "approve", "validate", "sign_off", "sign_book", "sign_miss")
_AT_DESKS = (Place.COUNTER, Place.OFFICER)
_OLD_LISTS, _OLD_UNSENT = 30, 5_000
"""Days after which lists are urgently old; entries beyond which a batch urgently waits."""


def office_today(desk: Desk) -> OfficeToday:
    """Everything the page shows."""
    desk.must(*READERS)
    alerts = sorted(_alerts(desk), key=lambda each: not each.urgent)
    with desk.look() as session:
        return OfficeToday(
            officers=tuple(_officers(desk, session)),
            ageing=tuple(_ageing(desk, session)),
            alerts=tuple(alerts),
            months=tuple(_months(desk, session)),
        )


def _officers(desk: Desk, session: Look) -> Iterator[OfficerDay]:
    first, end = span(desk, desk.today, desk.today)
    assert first is not None
    assert end is not None
    acts: dict[str, Counter[str]] = {}
    last: dict[str, datetime] = {}
    for by, act, count, _, until in history.tally(session, first, end):
        acts.setdefault(by, Counter())[act] += count
        last[by] = max(until, last.get(by, until))
    held = [each for each in counter.held(session) if each.place in _AT_DESKS]
    for officer in rows.officers(session):
        did, mine = acts.get(officer.id, Counter()), [each.since for each in held if each.holder == officer.id]
        yield OfficerDay(
            id=officer.id,
            name=officer.name,
            roles=officer.roles,
            parcels=_sum(did, _PARCELS),
            weighings=_sum(did, _WEIGHINGS),
            figures=_sum(did, _FIGURES),
            signatures=_sum(did, _SIGNATURES),
            acts=did.total(),
            last=last.get(officer.id),
            holds=len(mine),
            oldest=min(mine, default=None),
        )


def _sum(did: Mapping[str, int], acts: Sequence[str]) -> int:
    return sum(did.get(act, 0) for act in acts)


def _ageing(desk: Desk, session: Look) -> Iterator[Ageing]:
    found: Counter[tuple[ParcelState, int]] = Counter()
    for state, at in supervising.last_acts(session, STATES):
        days = (desk.today - desk.office.today(at)).days
        found[state, sum(days >= age for age in AGES)] += 1
    for state in STATES:
        yield Ageing(state, tuple(found[state, place] for place in range(len(AGES) + 1)))


def _months(desk: Desk, session: Look) -> Iterator[Month]:
    """Last year's and this year's, also those in which nothing left."""
    first = date(desk.today.year - 1, 1, 1)
    found = {
        month: list(group)
        for month, group in groupby(
            supervising.exports_by_day(session, first, desk.today), key=lambda row: row[0].replace(day=1)
        )
    }
    for place in range(24):
        month = date(first.year + place // 12, place % 12 + 1, 1)
        lines = found.get(month, [])
        yield Month(month, total_carats(line[1] for line in lines), total_money(line[2] for line in lines))


def _alerts(desk: Desk) -> Iterator[Alert]:
    with desk.look() as session:
        yield from _sheets(session)
        yield from _overdue(desk, session)
        yield from _sending(desk, session)
    yield from _goods(desk)
    yield from _balances(desk)
    yield from _stock(desk)
    waits = [each for each in exceptions.exceptions(desk).found if each.signed is None]
    if waits:
        oldest = waits[-1]
        yield Alert(alarm=Alarm.EXCEPTIONS, count=len(waits), days=_days(desk, oldest.at))


def _sheets(session: Look) -> Iterator[Alert]:
    sheets = rows.stock(session, StockKind.BLANK, StockState.SPOOLED)
    if sheets:
        number = sheets[0].number
        yield Alert(alarm=Alarm.SHEET, count=len(sheets), subject=f"stock/blank-{number}", about=number, urgent=True)


def _goods(desk: Desk) -> Iterator[Alert]:
    if lost := barred(desk):
        oldest = min(lost, key=lambda each: each.since)
        yield Alert(
            alarm=Alarm.BARRED,
            count=len(lost),
            subject=f"parcel/{oldest.parcel}",
            about=oldest.parcel,
            days=(desk.today - oldest.since).days,
            urgent=True,
        )
    if disputed := contests.open_ones(desk):
        first = disputed[-1]
        yield Alert(
            alarm=Alarm.CONTEST,
            count=len(disputed),
            subject=f"parcel/{first.parcel}",
            about=first.parcel,
            days=_days(desk, first.at),
        )


def _balances(desk: Desk) -> Iterator[Alert]:
    stopped = [
        balance.id
        for balance in balances.balances(desk)
        if any(finding.severity is not Severity.NOTE for finding in balances.may_weigh(desk, balance.id))
    ]
    if stopped:
        yield Alert(alarm=Alarm.BALANCE, count=len(stopped), subject=f"balance/{stopped[0]}", about=", ".join(stopped))


def _overdue(desk: Desk, session: Look) -> Iterator[Alert]:
    settings = desk.settings(session)
    out = [each for each in leaving.waiting(desk, State.RELEASED) if each.days > settings.exit_days]
    if out:
        first = max(out, key=lambda each: each.days)
        number = f"{first.slip.number or first.slip.id}"
        yield Alert(
            alarm=Alarm.EXIT,
            count=len(out),
            subject=f"certificate/{number}",
            about=number,
            days=first.days,
            urgent=True,
        )
    count, oldest = rows.unconfirmed(session, desk.today - timedelta(days=settings.confirmation_days))
    if count and oldest:
        yield Alert(alarm=Alarm.CONFIRMATION, count=count, days=(desk.today - oldest).days)


def _stock(desk: Desk) -> Iterator[Alert]:
    for what in StockKind:
        shelf = stock.shelf(desk, what)
        if shelf.level in (Level.LOW, Level.SHORT) and shelf.days is not None:
            yield Alert(
                alarm=Alarm.STOCK, count=shelf.days, subject=what.value, about=what.value,
                urgent=shelf.level is Level.SHORT,
            )  # fmt: skip


def _sending(desk: Desk, session: Look) -> Iterator[Alert]:
    if unsent := rows.unsent(session, desk.office.code):
        yield Alert(alarm=Alarm.UNSENT, count=unsent, urgent=unsent > _OLD_UNSENT)
    lists = lists_in_force(desk, rows.lists_file(session))
    age = (desk.clock() - lists.issued).days if lists else None
    if age is None or age > _OLD_LISTS // 2:
        yield Alert(alarm=Alarm.LISTS, count=age or 0, days=age, urgent=age is None or age > _OLD_LISTS)


def _days(desk: Desk, at: datetime) -> int:
    return (desk.today - desk.office.today(at)).days
