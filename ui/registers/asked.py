"""What the registers' page asks of a desk, and what it is answered."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from kpdesk.desks.counter import Shot
from kpdesk.domain.differences import Difference
from kpdesk.domain.register_slips import PartyCard, TitleCard, WatchCard
from ui.registers.tasks import Aim, Values
from ui.slips import Picture
from ui.tones import Answer

Entry = PartyCard | TitleCard | WatchCard


@dataclass(frozen=True, slots=True)
class Known:
    """What fields offer: (code, words)."""

    countries: Sequence[tuple[str, str]] = ()
    parties: Sequence[tuple[str, str]] = ()
    texts: Mapping[str, str] = field(default_factory=dict)
    """What the fields begin with, as typed."""


@dataclass(frozen=True, slots=True)
class Compared:
    """A file that was compared with the register."""

    listing: str
    content: bytes
    name: str
    whole: bool
    difference: Difference


@dataclass(frozen=True, slots=True, kw_only=True)
class RegistersActs:
    """What the page asks of a desk; all run in the workroom."""

    shelf: Callable[[str, str, str], Sequence[object]]
    """A page of a shelf: shelf, words typed, the last number of the page above."""
    entry: Callable[[str, str], Entry]
    """Everything about one: `party`, `title` or `watch`, and its number."""
    known: Callable[[str, Aim], Known]
    """What the fields of a task offer and begin with."""
    look: Callable[[str], Sequence[Answer]]
    """Who on the watch lists is named like this."""
    do: Callable[[str, Aim, Values, tuple[str, str] | None], str]
    """A task with what was typed, and the second officer's name and password; the number of the entry."""
    picture: Callable[[str], bytes | None]
    draw: Callable[[bytes], Picture]
    """A kept specimen as pixels; in the camera's lane."""
    read_picture: Callable[[object, str], Shot]
    """A path or bytes; in the camera's lane."""
    columns: Callable[[str], Sequence[str]]
    """The columns of what a file lists."""
    compare: Callable[[str, Path, bool], Compared]
    accept: Callable[[Compared, str, str], object]
    today: Callable[[], date]
    draft: Callable[[], Mapping[str, str]]
    keep_draft: Callable[[Mapping[str, str]], object]
