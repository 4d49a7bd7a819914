"""What may be done to an entry: which fields each task asks for, and whether it wants a second signature."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

from kpdesk.domain.parties import PartyKind
from kpdesk.domain.watch import WatchKind
from ui.marks import QT_TRANSLATE_NOOP

WORDS = "registers"
"""The context under which the words here are translated."""


class Shape(StrEnum):
    """How a field is typed."""

    TEXT = "text"
    LONG = "long"
    """A text with a line of its own."""
    NAME = "name"
    """A name that is looked for on the watch lists."""
    DAY = "day"
    CARATS = "carats"
    COUNTRY = "country"
    PARTY = "party"
    """A firm that may hold a mining title."""
    LICENCE = "licence"
    """What a licence allows."""
    WATCH = "watch"
    """A person, a firm or an area."""
    PICTURE = "picture"


@dataclass(frozen=True, slots=True)
class Ask:
    """One field."""

    name: str
    caption: str
    shape: Shape = Shape.TEXT
    needed: bool = False


@dataclass(frozen=True, slots=True)
class Task:
    """One thing to do; it is done to the entry that is open, or makes a new one."""

    key: str
    title: str
    asks: tuple[Ask, ...]
    two: bool = False
    """Another officer signs beside."""


@dataclass(frozen=True, slots=True)
class Aim:
    """What a task is done to: the entry, its revision that the officer saw, and a part of it."""

    shelf: str = ""
    number: str = ""
    revision: int = 0
    part: str = ""
    """A licence's number, or a representative's name."""


PARTICULARS: Final = (
    Ask("name", QT_TRANSLATE_NOOP("registers", "&Name"), Shape.NAME, True),
    Ask("address", QT_TRANSLATE_NOOP("registers", "&Address"), Shape.LONG, True),
    Ask("country", QT_TRANSLATE_NOOP("registers", "&Country"), Shape.COUNTRY, True),
    Ask("residence", QT_TRANSLATE_NOOP("registers", "Nationality or &residence")),
    Ask("registration", QT_TRANSLATE_NOOP("registers", "Register or ta&x number")),
    Ask("telephone", QT_TRANSLATE_NOOP("registers", "&Telephone")),
    Ask("email", QT_TRANSLATE_NOOP("registers", "&Email")),
    Ask("remark", QT_TRANSLATE_NOOP("registers", "Re&mark"), Shape.LONG),
)
_TERMS: Final = (
    Ask("mine", QT_TRANSLATE_NOOP("registers", "&Mine"), Shape.TEXT, True),
    Ask("holder", QT_TRANSLATE_NOOP("registers", "&Holder"), Shape.PARTY, True),
    Ask("country", QT_TRANSLATE_NOOP("registers", "&Country"), Shape.COUNTRY, True),
    Ask("area", QT_TRANSLATE_NOOP("registers", "&Area"), Shape.TEXT, True),
    Ask("zone", QT_TRANSLATE_NOOP("registers", "&Zone, where the country is restricted")),
    Ask("coordinates", QT_TRANSLATE_NOOP("registers", "C&oordinates"), Shape.LONG),
    Ask("monthly_capacity", QT_TRANSLATE_NOOP("registers", "Carats a month at most"), Shape.CARATS, True),
    Ask("valid_from", QT_TRANSLATE_NOOP("registers", "Valid &from"), Shape.DAY, True),
    Ask("valid_until", QT_TRANSLATE_NOOP("registers", "Valid &until"), Shape.DAY),
)
_NUMBER: Final = Ask("number", QT_TRANSLATE_NOOP("registers", "Num&ber"), Shape.TEXT, True)
_WHY: Final = Ask("why", QT_TRANSLATE_NOOP("registers", "&Why, in a few words"), Shape.LONG, True)
_FROM: Final = Ask("valid_from", QT_TRANSLATE_NOOP("registers", "Valid &from"), Shape.DAY, True)
_UNTIL: Final = Ask("valid_until", QT_TRANSLATE_NOOP("registers", "Valid &until"), Shape.DAY)
_LAST: Final = Ask("last", QT_TRANSLATE_NOOP("registers", "&Last day"), Shape.DAY, True)
TASKS: Final = {
    task.key: task
    for task in (
        Task("party_new", QT_TRANSLATE_NOOP("registers", "New firm"), (_NUMBER, *PARTICULARS)),
        Task("party_change", QT_TRANSLATE_NOOP("registers", "Change particulars"), PARTICULARS),
        Task(
            "licence_add",
            QT_TRANSLATE_NOOP("registers", "Add a licence"),
            (_NUMBER, Ask("kind", QT_TRANSLATE_NOOP("registers", "It &allows to"), Shape.LICENCE), _FROM, _UNTIL),
            two=True,
        ),
        Task("licence_renew", QT_TRANSLATE_NOOP("registers", "Renew the licence"), (_UNTIL,), two=True),
        Task(
            "licence_suspend",
            QT_TRANSLATE_NOOP("registers", "Suspend the licence"),
            (
                Ask("first", QT_TRANSLATE_NOOP("registers", "&First day"), Shape.DAY, True),
                Ask("last", QT_TRANSLATE_NOOP("registers", "&Last day, if known"), Shape.DAY),
                _WHY,
            ),
            two=True,
        ),
        Task("licence_restore", QT_TRANSLATE_NOOP("registers", "End the suspension"), (_WHY,), two=True),
        Task("licence_withdraw", QT_TRANSLATE_NOOP("registers", "Withdraw the licence"), (_WHY,), two=True),
        Task(
            "power_add",
            QT_TRANSLATE_NOOP("registers", "Add a signatory"),
            (
                Ask("name", QT_TRANSLATE_NOOP("registers", "&Name"), Shape.NAME, True),
                Ask("function", QT_TRANSLATE_NOOP("registers", "F&unction"), Shape.TEXT, True),
                Ask("power_from", QT_TRANSLATE_NOOP("registers", "May sign &from"), Shape.DAY, True),
                Ask("power_until", QT_TRANSLATE_NOOP("registers", "May sign un&til"), Shape.DAY),
                Ask("picture", QT_TRANSLATE_NOOP("registers", "Specimen signature"), Shape.PICTURE),
            ),
            two=True,
        ),
        Task("power_end", QT_TRANSLATE_NOOP("registers", "End the power to sign"), (_LAST, _WHY), two=True),
        Task(
            "stamp",
            QT_TRANSLATE_NOOP("registers", "Specimen of the stamp"),
            (Ask("picture", QT_TRANSLATE_NOOP("registers", "Stamp"), Shape.PICTURE, True),),
            two=True,
        ),
        Task("title_new", QT_TRANSLATE_NOOP("registers", "New mining title"), (_NUMBER, *_TERMS)),
        Task("title_change", QT_TRANSLATE_NOOP("registers", "Change the title"), _TERMS, two=True),
        Task(
            "watch_new",
            QT_TRANSLATE_NOOP("registers", "Add to the watch list"),
            (
                Ask("name", QT_TRANSLATE_NOOP("registers", "&Name"), Shape.TEXT, True),
                Ask("watch_kind", QT_TRANSLATE_NOOP("registers", "&Kind"), Shape.WATCH),
                Ask("aliases", QT_TRANSLATE_NOOP("registers", "Other names, parted by |"), Shape.LONG),
                Ask("country", QT_TRANSLATE_NOOP("registers", "&Country"), Shape.COUNTRY),
                Ask("birth_year", QT_TRANSLATE_NOOP("registers", "Birth &year")),
                _WHY,
                Ask("source", QT_TRANSLATE_NOOP("registers", "&List or court"), Shape.TEXT, True),
                Ask("since", QT_TRANSLATE_NOOP("registers", "&Since"), Shape.DAY, True),
            ),
        ),
        Task("watch_end", QT_TRANSLATE_NOOP("registers", "Take off the watch list"), (_LAST, _WHY), two=True),
    )
}
LICENCES: Final = (
    (PartyKind.EXPORTER, QT_TRANSLATE_NOOP("registers", "export")),
    (PartyKind.IMPORTER, QT_TRANSLATE_NOOP("registers", "import")),
    (PartyKind.MINER, QT_TRANSLATE_NOOP("registers", "mine")),
    (PartyKind.DEALER, QT_TRANSLATE_NOOP("registers", "deal")),
    (PartyKind.CARRIER, QT_TRANSLATE_NOOP("registers", "carry")),
)
WATCHED: Final = (
    (WatchKind.PERSON, QT_TRANSLATE_NOOP("registers", "Person")),
    (WatchKind.FIRM, QT_TRANSLATE_NOOP("registers", "Firm")),
    (WatchKind.AREA, QT_TRANSLATE_NOOP("registers", "Area")),
)
SHELVES: Final = (
    (PartyKind.EXPORTER.value, QT_TRANSLATE_NOOP("registers", "Exporters")),
    (PartyKind.IMPORTER.value, QT_TRANSLATE_NOOP("registers", "Importers")),
    (PartyKind.MINER.value, QT_TRANSLATE_NOOP("registers", "Miners")),
    (PartyKind.DEALER.value, QT_TRANSLATE_NOOP("registers", "Dealers")),
    ("title", QT_TRANSLATE_NOOP("registers", "Titles and mines")),
    (PartyKind.CARRIER.value, QT_TRANSLATE_NOOP("registers", "Carriers and couriers")),
    (PartyKind.FOREIGN_AUTHORITY.value, QT_TRANSLATE_NOOP("registers", "Foreign authorities")),
    ("watch", QT_TRANSLATE_NOOP("registers", "Watch list")),
)
"""The kinds of entries, each a shelf of the page: a `PartyKind`, `title` or `watch`."""
Values = dict[str, Any]
"""What was understood of the fields: texts, days or None, Carats or None, codes, a `Shot` or None."""
