"""The balances page tied to the supervisor's desk. Runs in the workroom; touches no widget."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from PySide6.QtCore import QCoreApplication

from kpdesk.desks import balances, bench, offices, supervisor
from kpdesk.desks.bench import PRACTICE, Port, Simulated
from kpdesk.desks.desk import Desk
from kpdesk.domain.balance import Balance, BalanceCheck, RefusedReading
from kpdesk.sentences import ALL
from ui import messages
from ui.marks import QT_TRANSLATE_NOOP
from ui.supervisor.balance_form import Found, Place
from ui.supervisor.balances import BalanceRow, BalancesActs, LogRow, Overview
from ui.tones import Tone

_WHAT = {
    "zero": QT_TRANSLATE_NOOP("balances", "Zero"),
    "check": QT_TRANSLATE_NOOP("balances", "Check weight"),
    "refused": QT_TRANSLATE_NOOP("balances", "Refused reading"),
}
_WHY = {
    "NotLifted": QT_TRANSLATE_NOOP("balances", "The pan was not emptied before."),
    "BalanceSilent": QT_TRANSLATE_NOOP("balances", "No weight was there."),
    "NotStable": QT_TRANSLATE_NOOP("balances", "The pan still moved."),
}


def balances_acts(desk: Desk) -> BalancesActs:
    """The page's questions, asked of this officer's desk."""
    return BalancesActs(
        overview=lambda: _overview(desk),
        log=lambda name: _log(desk, name),
        places=lambda: _places(desk),
        find=lambda place, go_on: _find(desk, place, go_on),
        register=lambda balance, new, officer, password: _register(desk, balance, new, officer, password),
        renew=lambda name, until, certificate: balances.renew_calibration(
            desk, name, until=until, certificate=certificate
        ),
        sign=lambda name, why: balances.sign_miss(desk, name, why=why),
        today=lambda: desk.today,
        now=desk.clock,
    )


def _overview(desk: Desk) -> Overview:
    typed = balances.typed_this_week(desk)
    rows = tuple(
        BalanceRow(
            each,
            tuple(messages.found(finding) for finding in balances.may_weigh(desk, each.id)),
            typed.get(each.id, (0, 0)),
        )
        for each in balances.balances(desk)
    )
    return Overview(rows, (sum(hand for hand, _ in typed.values()), sum(every for _, every in typed.values())))


def _log(desk: Desk, name: str) -> Sequence[LogRow]:
    names = {officer.id: officer.name for officer in supervisor.officers(desk)}
    rows = [
        *(_checked(each, names.get(each.by, each.by)) for each in balances.checks(desk, name)),
        *(_refused(each, names.get(each.by, each.by)) for each in balances.refused(desk, name)),
    ]
    return sorted(rows, key=lambda row: row.at, reverse=True)


def _checked(check: BalanceCheck, officer: str) -> LogRow:
    tone = Tone.OK if check.holds else Tone.NOTE if check.signed_by else Tone.STOP
    what = _said(_WHAT["check" if check.weight else "zero"])
    note = "  ".join(part for part in (check.weight, check.why) if part)
    return LogRow(check.at, tone, what, check.shown, check.shown - check.nominal, officer, note)


def _refused(reading: RefusedReading, officer: str) -> LogRow:
    """With its line as it came."""
    why = _said(_WHY[reading.why]) if reading.why in _WHY else _sentence(reading.why)
    line = reading.raw.decode("ascii", "backslashreplace").strip()
    return LogRow(reading.at, Tone.LIFTABLE, _said(_WHAT["refused"]), None, None, officer, f"{why}  “{line}”")


def _sentence(code: str) -> str:
    """What a refusal says, where that needs no facts."""
    what = ALL[code].what if code in ALL else code
    return code if "{" in what else QCoreApplication.translate("outcome", what)


def _said(words: str) -> str:
    return QCoreApplication.translate("balances", words)


def _places(desk: Desk) -> Sequence[Place]:
    found = [Place(port.name, port.adapter, port.words) for port in bench.ports()]
    if desk.office.practice:
        words = QCoreApplication.translate("balances", "Practice balance")
        found.insert(0, Place(PRACTICE, PRACTICE, words))
    return found


def _find(desk: Desk, place: Place, go_on: Callable[[], bool]) -> Found | None:
    port = Port(place.name, place.adapter, place.words)
    if place.adapter != PRACTICE:
        answered = bench.find(port, desk.clock, go_on)
    else:
        with Simulated() as simulated:
            answered = bench.find(replace(port, name=simulated.url), desk.clock, go_on)
    if answered is None:
        return None
    return Found(answered.dialect.name, answered.settings, answered.text, answered.fits)


def _register(desk: Desk, balance: Balance, new: bool, officer: str, password: str) -> object:
    second = offices.beside(desk, officer=officer, password=password)
    act = balances.register_balance if new else balances.change_balance
    return act(desk, second, balance)
