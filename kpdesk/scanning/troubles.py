"""The troubles of strange files; each names the file as its sender did."""

from dataclasses import dataclass

from kpdesk.domain.outcomes import Trouble


@dataclass(eq=False)
class FileUnreachable(Trouble):
    """No such file, not a plain file, or not ours to read."""

    file: str


@dataclass(eq=False)
class FileEmpty(Trouble):
    file: str


@dataclass(eq=False)
class FileTooLarge(Trouble):
    """More than 64 MiB."""

    file: str
    size: int
    """Bytes."""


@dataclass(eq=False)
class NotAPicture(Trouble):
    """Neither PNG nor JPEG nor PDF by its first bytes."""

    file: str


@dataclass(eq=False)
class PictureTooLarge(Trouble):
    """More than 40 million pixels, or more than the child's memory holds."""

    file: str


@dataclass(eq=False)
class PictureDamaged(Trouble):
    """Cut short or broken."""

    file: str


@dataclass(eq=False)
class PictureLocked(Trouble):
    """A PDF behind a password."""

    file: str


@dataclass(eq=False)
class ReaderTimedOut(Trouble):
    """The file kept the child busy for longer than it may."""

    file: str


@dataclass(eq=False)
class ReaderDied(Trouble):
    """The file ended the child, or the child could not be started."""

    file: str
