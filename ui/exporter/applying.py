"""What the application page is handed and asks of a desk, or of a seat."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from kpdesk.domain.application import Draft, FirmParcel, Statement
from kpdesk.domain.measures import Money
from kpdesk.domain.seat import AnnouncedGoods
from kpdesk.domain.slips import PartySlip
from ui.tones import Answer


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What the fields offer."""

    exporters: Sequence[PartySlip]
    importers: Sequence[PartySlip]
    countries: Sequence[tuple[str, str]]
    """(ISO code, name) of participants."""
    statements: Sequence[Statement]
    own: str = ""
    """The code of the participant that this is."""
    notice: str = ""
    """Why nothing can be applied for here yet."""


@dataclass(frozen=True, slots=True)
class Applied:
    """An application that was taken, or written."""

    number: str
    stops: int = 0
    """How many findings hold it up."""
    file: str = ""
    """Where it was written, at a seat."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Foretold:
    """An application that came by file, and waits for its goods."""

    draft: Draft
    words: str
    """Whose it is, what was announced."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ApplicationActs:
    """What the page asks of a desk; all run in the workroom."""

    known: Callable[[], Known]
    goods: Callable[[str], Sequence[FirmParcel]]
    """Of the firm of this number."""
    check: Callable[[Draft, Sequence[AnnouncedGoods]], Sequence[tuple[str, Answer]]]
    """(field or nothing, what is found)."""
    last: Callable[[str], Draft | None]
    """The firm's last application."""
    territory: Callable[[str], str]
    """The participant that a country belongs to."""
    declare: Callable[[str, Money], object]
    propose: Callable[[str, str, str], PartySlip]
    foretold: Callable[[str], Foretold]
    """By the id of the application by file."""
    draft: Callable[[], Mapping[str, str]]
    keep_draft: Callable[[Mapping[str, str]], datetime]
    apply: Callable[[Draft, Sequence[AnnouncedGoods], Path | None], Applied]
    today: Callable[[], date]
