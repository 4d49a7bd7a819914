"""How things turned out, as the window shows it: a tone, and an answer that has one."""

from dataclasses import dataclass
from enum import StrEnum


class Tone(StrEnum):
    """How something turned out; each has a sign, a word and a colour."""

    OK = "ok"
    NOTE = "note"
    LIFTABLE = "liftable"
    STOP = "stop"
    UNKNOWN = "unknown"
    """It could not be judged."""


@dataclass(frozen=True, slots=True)
class Answer:
    """One thing checked and what came of it."""

    tone: Tone
    code: str
    """The name under which `kpdesk.sentences` knows it."""
    facts: tuple[tuple[str, str], ...] = ()
    clause: str = ""
