"""What the program needs of an office: its door, a way to sign in, and then a window. Light: read before any desk."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ui.window import DeskWindow


@dataclass(frozen=True, slots=True)
class SignedIn:
    """An officer who has signed in, and how to make their window (in the window's thread)."""

    officer: str
    """The officer's id."""
    window: "Callable[[], DeskWindow]"
    idle_minutes: int = 5
    """After how many without a sign of anybody the desk locks itself."""


@dataclass(frozen=True, slots=True)
class Wiring:
    """An office behind its door."""

    office: str
    officers: tuple[str, ...]
    practice: bool
    open_desk: Callable[[str, str], SignedIn]
    """(officer, password); raises the refusals of signing in."""
    close: Callable[[], None] = lambda: None
    """Shuts the books; nothing may be running any more."""
    passphrase_file: str = ""
    """In a practice office alone: where everybody's password is written down."""
