"""The registers in words: a line of a list, how a licence or a title stands, what an act of the history is called."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import QCoreApplication

from kpdesk.domain.parties import Licence, LicenceState, PartyKind, Standing
from kpdesk.domain.register_slips import PartyRow, TitleRow
from kpdesk.domain.watch import Watched
from ui.formats import day, month
from ui.marks import QT_TRANSLATE_NOOP
from ui.registers.tasks import LICENCES, SHELVES, WATCHED, WORDS
from ui.tones import Tone

_SOON = 30
"""Days before the end of a licence from which it is said."""
_ACTS = {
    "register_party": QT_TRANSLATE_NOOP("registers", "Entered"),
    "register_title": QT_TRANSLATE_NOOP("registers", "Entered"),
    "change_party": QT_TRANSLATE_NOOP("registers", "Particulars changed"),
    "change_title": QT_TRANSLATE_NOOP("registers", "Title changed"),
    "add_licence": QT_TRANSLATE_NOOP("registers", "Licence added"),
    "renew_licence": QT_TRANSLATE_NOOP("registers", "Licence renewed"),
    "suspend_licence": QT_TRANSLATE_NOOP("registers", "Licence suspended"),
    "restore_licence": QT_TRANSLATE_NOOP("registers", "Suspension ended"),
    "withdraw_licence": QT_TRANSLATE_NOOP("registers", "Licence withdrawn"),
    "add_representative": QT_TRANSLATE_NOOP("registers", "Signatory added"),
    "withdraw_representative": QT_TRANSLATE_NOOP("registers", "Power to sign ended"),
    "keep_stamp": QT_TRANSLATE_NOOP("registers", "Specimen of the stamp"),
    "add_watched": QT_TRANSLATE_NOOP("registers", "Entered"),
    "end_watched": QT_TRANSLATE_NOOP("registers", "Taken off"),
    "import_watched": QT_TRANSLATE_NOOP("registers", "From a list"),
    "import_title": QT_TRANSLATE_NOOP("registers", "From the cadastre"),
}


@dataclass(frozen=True, slots=True)
class Line:
    """An entry in the list."""

    number: str
    name: str
    about: str
    """The country, or the holder."""
    tone: Tone
    standing: str


def translated(words: str) -> str:
    return QCoreApplication.translate(WORDS, words)


def line_of(slip: object, today: date) -> Line:
    match slip:
        case PartyRow():
            tone, standing = standing_words(slip.standing, slip.party_kind, today, said=month)
            return Line(slip.number, slip.name, slip.country, tone, standing)
        case TitleRow():
            tone, standing = validity(slip.valid_from, slip.valid_until, today, said=month)
            return Line(slip.number, slip.mine, slip.holder, tone, standing)
        case Watched():
            tone, standing = watch_words(slip, today)
            return Line(slip.number, slip.name, slip.country, tone, standing)
    raise TypeError(type(slip).__name__)


def standing_words(
    standing: Standing, kind: PartyKind, today: date, *, said: Callable[[date], str] = day
) -> tuple[Tone, str]:
    """The sign, and what it says; a list has room for months alone."""
    ends = said(standing.ends) if standing.ends else ""
    match standing.state:
        case LicenceState.VALID:
            return validity(date.min, standing.ends, today, said=said)
        case LicenceState.SUSPENDED:
            return Tone.STOP, translated(QT_TRANSLATE_NOOP("registers", "suspended"))
        case LicenceState.NOT_YET:
            return Tone.NOTE, translated(QT_TRANSLATE_NOOP("registers", "not valid yet"))
        case LicenceState.ENDED:
            return Tone.STOP, translated(QT_TRANSLATE_NOOP("registers", "ended {day}")).format(day=ends)
        case LicenceState.WITHDRAWN:
            return Tone.STOP, translated(QT_TRANSLATE_NOOP("registers", "withdrawn {day}")).format(day=ends)
    if kind is PartyKind.FOREIGN_AUTHORITY:
        return Tone.NOTE, translated(QT_TRANSLATE_NOOP("registers", "needs no licence"))
    return Tone.UNKNOWN, translated(QT_TRANSLATE_NOOP("registers", "no licence"))


def licence_words(licence: Licence, today: date) -> tuple[Tone, str]:
    standing = Standing(licence.on(today), licence.number, licence.withdrawn or licence.valid_until)
    return standing_words(standing, licence.kind, today)


def validity(first: date, last: date | None, today: date, *, said: Callable[[date], str] = day) -> tuple[Tone, str]:
    """Of what counts from a day to a day."""
    if today < first:
        return Tone.NOTE, translated(QT_TRANSLATE_NOOP("registers", "from {day}")).format(day=said(first))
    if last is None:
        return Tone.OK, translated(QT_TRANSLATE_NOOP("registers", "valid"))
    left = (last - today).days
    if left < 0:
        return Tone.STOP, translated(QT_TRANSLATE_NOOP("registers", "ended {day}")).format(day=said(last))
    if left <= _SOON:
        return Tone.LIFTABLE, translated(QT_TRANSLATE_NOOP("registers", "days left: {days}")).format(days=left)
    return Tone.OK, translated(QT_TRANSLATE_NOOP("registers", "to {day}")).format(day=said(last))


def watch_words(entry: Watched, today: date) -> tuple[Tone, str]:
    if entry.on(today):
        return Tone.STOP, translated(QT_TRANSLATE_NOOP("registers", "watched"))
    if entry.until and entry.until < today:
        ended = translated(QT_TRANSLATE_NOOP("registers", "ended {day}"))
        return Tone.UNKNOWN, ended.format(day=day(entry.until))
    return Tone.NOTE, translated(QT_TRANSLATE_NOOP("registers", "from {day}")).format(day=day(entry.since))


def act_words(act: str) -> str:
    return translated(_ACTS[act]) if act in _ACTS else act


def licence_kind(kind: PartyKind) -> str:
    return translated(dict(LICENCES).get(kind, kind.value))


def watch_kind(entry: Watched) -> str:
    return translated(dict(WATCHED)[entry.watch_kind])


def shelf_words(shelf: str) -> str:
    return translated(dict(SHELVES)[shelf])
