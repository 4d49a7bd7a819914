"""Strange files: pictures and PDFs from outside, opened by one child process that has no network, little memory and no
way to a file. The desk's own process looks at their length and first bytes, and at nothing else (trust.md 9).
"""

import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self, TypeVar

from kpdesk.domain.outcomes import Trouble
from kpdesk.scanning.codes import Code, Source
from kpdesk.scanning.pictures import Fault, kind_of
from kpdesk.scanning.pipe import MOST_BODY, Garbled, Head, receive, send
from kpdesk.scanning.troubles import (
    FileEmpty,
    FileTooLarge,
    FileUnreachable,
    NotAPicture,
    PictureDamaged,
    PictureLocked,
    PictureTooLarge,
    ReaderDied,
    ReaderTimedOut,
)
from kpdesk.scanning.walls import Wall

MOST_BYTES = MOST_BODY
_SECONDS = 10.0
_START_SECONDS = 30.0
_T = TypeVar("_T")


_FAULTS: dict[Fault, Callable[[str], Trouble]] = {
    Fault.TOO_LARGE: PictureTooLarge,
    Fault.DAMAGED: PictureDamaged,
    Fault.LOCKED: PictureLocked,
}


@dataclass(frozen=True, slots=True)
class Sheet:
    """What was read from one file."""

    file: str
    texts: tuple[Code, ...]
    pages: int
    """In the file."""
    looked: int
    """Pages looked at: the first 20, fewer when the time ran out."""
    ms: int
    """Milliseconds, with the child's start if it was needed."""
    second_opinion: bool
    """Whether zbar was at hand for what the first reader missed."""


@dataclass(frozen=True, slots=True)
class Picture:
    """The first page of a file as plain pixels: nothing in it needs decoding any more."""

    width: int
    height: int
    rgb: bytes
    """Rows of 3 bytes a pixel, without padding."""

    def __post_init__(self) -> None:
        if min(self.width, self.height) < 1 or len(self.rgb) != 3 * self.width * self.height:
            raise ValueError("pixels that do not fill the picture")


class Reader:
    """Owns the child: started at the first file, kept, replaced when it dies or is slow. For one thread.

    `seconds` is what one file may take; `program` starts the child.
    """

    def __init__(self, *, seconds: float = _SECONDS, program: Sequence[str] = ()) -> None:
        self._seconds = seconds
        self._program = tuple(program) or _program()
        self._child: subprocess.Popen[bytes] | None = None
        self._ready: Head = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @property
    def walls(self) -> tuple[Wall, ...]:
        """What the running child cannot do; none before the first file."""
        return tuple(Wall(name) for name in self._ready.get("walls", ()))

    @property
    def second_opinion(self) -> bool:
        """Whether pyzbar reads too: False without its library, or while no child runs."""
        return bool(self._ready["second_opinion"]) if self._ready else False

    @property
    def pid(self) -> int | None:
        """The child's, while it runs."""
        return self._child.pid if self._child else None

    def read(self, path: Path, *, every: bool = False) -> Sheet:
        """The QR codes and Code 128 of a file; with `every`, all other kinds too, which is slower.

        Raises the troubles of `kpdesk.scanning.troubles`.
        """
        start = time.perf_counter()
        return self._read(path.name, _bytes_of(path), every, start)

    def read_bytes(self, name: str, data: bytes, *, every: bool = False) -> Sheet:
        """As `read`, for bytes already here; `name` is what a trouble calls them."""
        return self._read(name, data, every, time.perf_counter())

    def picture(self, path: Path, *, longest: int = 1600) -> Picture:
        """The first page to look at, its longer side at most `longest` pixels. Raises the same troubles."""
        return self.picture_bytes(path.name, _bytes_of(path), longest=longest)

    def picture_bytes(self, name: str, data: bytes, *, longest: int = 1600) -> Picture:
        """As `picture`, for bytes already here."""

        def understood(answer: Head, body: bytes) -> Picture:
            return Picture(int(answer["width"]), int(answer["height"]), body)

        return self._ask(name, data, {"longest": longest, "every": False}, understood)

    def start(self) -> None:
        """Have the child ready before the first file comes; raises ReaderDied, ReaderTimedOut."""
        if self._child is None or self._child.poll() is not None:
            self._start("")

    def close(self) -> None:
        """End the child; it holds nothing that could be lost. The next file starts another."""
        child, self._child, self._ready = self._child, None, {}
        if child:
            child.kill()
            child.communicate()

    def _read(self, name: str, data: bytes, every: bool, start: float) -> Sheet:
        def understood(answer: Head, _: bytes) -> Sheet:
            ms = round((time.perf_counter() - start) * 1000)
            texts = tuple(_code(each) for each in answer["texts"])
            opinion = bool(self._ready["second_opinion"])
            return Sheet(name, texts, int(answer["pages"]), int(answer["looked"]), ms, opinion)

        return self._ask(name, data, {"longest": 0, "every": every}, understood)

    def _ask(self, name: str, data: bytes, request: Head, understood: Callable[[Head, bytes], _T]) -> _T:
        if not data:
            raise FileEmpty(name)
        if len(data) > MOST_BYTES:
            raise FileTooLarge(name, len(data))
        kind = kind_of(data)
        if kind is None:
            raise NotAPicture(name)
        if self._child is None or self._child.poll() is not None:
            self._start(name)
        request |= {"kind": kind, "seconds": self._seconds}

        def talk(child: subprocess.Popen[bytes]) -> _T | Fault:
            assert child.stdin
            assert child.stdout
            send(child.stdin, request, data)
            answer, body = receive(child.stdout)
            return Fault(answer["fault"]) if "fault" in answer else understood(answer, body)

        answer = self._within(self._seconds, name, talk)
        if isinstance(answer, Fault):
            raise _FAULTS[answer](name)
        return answer

    def _start(self, name: str) -> None:
        self.close()
        one_thread = {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}
        try:
            self._child = subprocess.Popen(  # noqa: S603 - our own program, no shell
                self._program,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env={**os.environ, **one_thread},
                creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
            )
        except OSError as problem:
            raise ReaderDied(name) from problem

        def greeting(child: subprocess.Popen[bytes]) -> Head:
            assert child.stdout
            ready, _ = receive(child.stdout)
            return {
                "walls": [Wall(wall) for wall in ready["walls"]],
                "second_opinion": bool(ready["second_opinion"]),
            }

        self._ready = self._within(_START_SECONDS, name, greeting)

    def _within(self, seconds: float, name: str, talk: Callable[[subprocess.Popen[bytes]], _T]) -> _T:
        """Talk to the child; a watch ends it when its time is over, which ends the talk on every system."""
        child = self._child
        assert child
        late = threading.Event()

        def end() -> None:
            late.set()
            child.kill()

        watch = threading.Timer(seconds, end)
        watch.daemon = True
        watch.start()
        try:
            return talk(child)
        # The child has read foreign bytes: its answers are believed in form only.
        except (OSError, EOFError, Garbled, ArithmeticError, LookupError, TypeError, ValueError) as problem:
            self.close()
            raise ReaderTimedOut(name) if late.is_set() else ReaderDied(name) from problem
        finally:
            watch.cancel()
            watch.join()
            if late.is_set():
                self.close()


def _program() -> tuple[str, ...]:
    """A frozen program has no interpreter to call: it starts itself under a name that `ui.app` hands to the child."""
    if getattr(sys, "frozen", False):
        return (sys.executable, "scanning-child")
    # -P: no module from the folder the desk was started in.
    return (sys.executable, "-P", "-m", "kpdesk.scanning.child")


def _bytes_of(path: Path) -> bytes:
    try:
        if not path.is_file():
            raise FileUnreachable(path.name)
        with path.open("rb") as file:
            size = os.fstat(file.fileno()).st_size
            if size > MOST_BYTES:
                raise FileTooLarge(path.name, size)
            return file.read(MOST_BYTES + 1)
    except OSError as problem:
        raise FileUnreachable(path.name) from problem


def _code(entry: dict[str, Any]) -> Code:
    return Code(
        format=str(entry["format"]),
        text=str(entry["text"]),
        corners=tuple((int(x), int(y)) for x, y in entry["corners"]),
        module=float(entry["module"]),
        source=Source(entry["source"]),
        page=int(entry["page"]),
    )
