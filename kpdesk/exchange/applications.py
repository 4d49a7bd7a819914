"""The records in letters between seat and office: each kind with its version, read strictly and within limits."""

import re
from dataclasses import dataclass
from typing import Any, Final, TypeVar, cast

from kpdesk.domain.allotted import Printed
from kpdesk.domain.kept import record_of, value_of
from kpdesk.domain.outcomes import Outcome, Trouble
from kpdesk.domain.records import NotCanonical, Record, Value
from kpdesk.domain.seat import Answer, ApplicationFile, Enrolment, OfficeCard

_Shaped = TypeVar("_Shaped", OfficeCard, Enrolment, ApplicationFile, Answer, Printed)
_FORMAT = re.compile(r"kpdesk-([a-z]+)/([1-9][0-9]{0,3})")
_VERSION = 1


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of letter."""

    word: str
    suffix: str
    most: int
    """Bytes."""


CARD: Final = Kind("card", "kpo", 128 * 1024)
ENROLMENT: Final = Kind("enrolment", "kpe", 16 * 1024)
APPLICATION: Final = Kind("application", "kpa", 6 * 1024 * 1024)
ANSWER: Final = Kind("answer", "kps", 8 * 1024 * 1024)
PRINTED: Final = Kind("printed", "kpp", 16 * 1024)
MOST_INVOICE: Final = 2 * 1024 * 1024
"""Bytes of an invoice that goes with an application file."""
KINDS: Final[dict[type[Any], Kind]] = {
    OfficeCard: CARD,
    Enrolment: ENROLMENT,
    ApplicationFile: APPLICATION,
    Answer: ANSWER,
    Printed: PRINTED,
}


@dataclass(eq=False)
class FormUnreadable(Trouble):
    """The letter is signed as it should be, and yet says nothing that this kind of letter can say."""

    kind: str


@dataclass(eq=False)
class FormNewer(Trouble):
    """The letter was written by a newer program."""

    kind: str
    version: int


def to_record(value: _Shaped) -> dict[str, Value]:
    """What is signed."""
    word = KINDS[type(value)].word
    return {"format": f"kpdesk-{word}/{_VERSION}", **cast("dict[str, Value]", record_of(value))}


def from_record(record: Record, shape: type[_Shaped]) -> _Shaped:
    """The value in a letter's record; raises FormNewer, FormUnreadable."""
    kind = KINDS[shape]
    found = _FORMAT.fullmatch(str(record.get("format", "")))
    if found is None or found[1] != kind.word:
        raise FormUnreadable(kind.word)
    if int(found[2]) > _VERSION:
        raise FormNewer(kind.word, int(found[2]))
    try:
        value = value_of(shape, {name: each for name, each in record.items() if name != "format"})
        same = to_record(value) == record
    except (NotCanonical, Outcome, ArithmeticError, AttributeError, LookupError, TypeError, ValueError) as problem:
        raise FormUnreadable(kind.word) from problem
    if not same:  # written again it must be the same: 1.0 is no carats, and no entry is passed over
        raise FormUnreadable(kind.word)
    return value
