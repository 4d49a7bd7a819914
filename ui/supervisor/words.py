"""The words of these screens: acts of the history, exceptions, alarms, states; and where a thing is shown."""

from collections.abc import Mapping

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from kpdesk.domain.exceptions import What
from kpdesk.domain.office_today import Alarm
from kpdesk.domain.parcel import ParcelState
from ui.marks import QT_TRANSLATE_NOOP

WHAT = {
    What.TYPED: QT_TRANSLATE_NOOP("exceptions", "Weight typed by hand"),
    What.TYPED_OFTEN: QT_TRANSLATE_NOOP("exceptions", "Over 10 % by hand in a week"),
    What.PORTIONS: QT_TRANSLATE_NOOP("exceptions", "Weighed in portions"),
    What.REFUSED: QT_TRANSLATE_NOOP("exceptions", "Reading refused"),
    What.CALIBRATION: QT_TRANSLATE_NOOP("exceptions", "Calibration overdue"),
    What.OVERRIDDEN: QT_TRANSLATE_NOOP("exceptions", "Taken in against warnings"),
    What.OUTLIER: QT_TRANSLATE_NOOP("exceptions", "Unusual price"),
    What.REWORKED: QT_TRANSLATE_NOOP("exceptions", "Sorting beyond tolerance"),
    What.LIFTED: QT_TRANSLATE_NOOP("exceptions", "Stop lifted by two"),
    What.OUT_OF_ORDER: QT_TRANSLATE_NOOP("exceptions", "Blank out of order"),
    What.SPOILED: QT_TRANSLATE_NOOP("exceptions", "Sheet spoiled"),
    What.MISSING: QT_TRANSLATE_NOOP("exceptions", "Sheet or number missing"),
    What.REVERSED: QT_TRANSLATE_NOOP("exceptions", "Receipt reversed"),
    What.HOURS: QT_TRANSLATE_NOOP("exceptions", "Outside office hours"),
}
ALARMS = {
    Alarm.SHEET: QT_TRANSLATE_NOOP("alarms", "Sheets printed and not looked at"),
    Alarm.BARRED: QT_TRANSLATE_NOOP("alarms", "Parcels that two counts did not find"),
    Alarm.BALANCE: QT_TRANSLATE_NOOP("alarms", "Balances that may not weigh"),
    Alarm.CONTEST: QT_TRANSLATE_NOOP("alarms", "Contests not settled"),
    Alarm.EXIT: QT_TRANSLATE_NOOP("alarms", "Released, export not reported"),
    Alarm.CONFIRMATION: QT_TRANSLATE_NOOP("alarms", "Confirmations of receipt overdue"),
    Alarm.STOCK: QT_TRANSLATE_NOOP("alarms", "Stock runs out"),
    Alarm.LISTS: QT_TRANSLATE_NOOP("alarms", "The Authority's lists are old"),
    Alarm.UNSENT: QT_TRANSLATE_NOOP("alarms", "Not yet in a batch"),
    Alarm.EXCEPTIONS: QT_TRANSLATE_NOOP("alarms", "Exceptions not signed off"),
}
STOCK = {
    "blank": QT_TRANSLATE_NOOP("alarms", "Blanks"),
    "bag": QT_TRANSLATE_NOOP("alarms", "Bags"),
    "seal": QT_TRANSLATE_NOOP("alarms", "Seals"),
}
STATES = {
    ParcelState.RECEIVED: QT_TRANSLATE_NOOP("states", "received"),
    ParcelState.WEIGHED: QT_TRANSLATE_NOOP("states", "weighed"),
    ParcelState.VALUED: QT_TRANSLATE_NOOP("states", "valued"),
    ParcelState.BAGGED: QT_TRANSLATE_NOOP("states", "in its bag"),
    ParcelState.APPLIED: QT_TRANSLATE_NOOP("states", "applied for"),
    ParcelState.SEALED: QT_TRANSLATE_NOOP("states", "sealed"),
}
_REASONS = {
    "no_balance": QT_TRANSLATE_NOOP("reasons", "No balance at this desk"),
    "balance_fails": QT_TRANSLATE_NOOP("reasons", "The balance does not answer"),
    "balance_barred": QT_TRANSLATE_NOOP("reasons", "The balance is barred"),
    "too_heavy": QT_TRANSLATE_NOOP("reasons", "Heavier than the balance takes"),
    "large_stone": QT_TRANSLATE_NOOP("reasons", "One large stone"),
    "quality": QT_TRANSLATE_NOOP("reasons", "Quality"),
}
_SECTIONS: Mapping[str, tuple[str, ...]] = {
    "parcel": ("parcels",),
    "certificate": ("leaving", "status"),
    "shipment": ("approve", "status"),
    "party": ("registers",),
    "title": ("registers",),
    "watch": ("registers",),
    "balance": ("balances",),
    "stock": ("issue", "stock"),
    "officer": ("log",),
}
"""Where a kind of thing is shown; the first that the officer has."""


def what_word(what: What) -> str:
    return QCoreApplication.translate("exceptions", WHAT[what])


def alarm_word(alarm: Alarm) -> str:
    return QCoreApplication.translate("alarms", ALARMS[alarm])


def state_word(state: ParcelState) -> str:
    return QCoreApplication.translate("states", STATES[state])


def stock_word(what: str) -> str:
    return QCoreApplication.translate("alarms", STOCK[what])


def reason_words(why: str, names: Mapping[str, str]) -> str:
    """A reason as it was typed, or the words of its code; officers by name."""
    known = ", ".join(
        QCoreApplication.translate("reasons", _REASONS[each]) if each in _REASONS else each for each in why.split(", ")
    )
    for officer, name in names.items():
        known = known.replace(officer, name)
    return known


def act_word(act: str) -> str:
    """An act as its name says it: these are verbs, and the same in every file."""
    return act.replace("_", " ")


def number_of(subject: str) -> str:
    """A thing's number without its kind: `P-2026-000113`, and of stock without what it is."""
    kind, _, identity = subject.partition("/")
    return identity.partition("-")[2] if kind == "stock" else identity


def section_of(page: QWidget, kind: str) -> str:
    """The section of this officer's window that shows such a thing, or nothing."""
    there = getattr(page.window(), "sections", ())
    return next((key for key in _SECTIONS.get(kind, ()) if key in there), "")
