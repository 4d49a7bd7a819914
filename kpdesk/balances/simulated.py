"""A balance that is none: speaks every dialect at the far end of a pseudo-terminal, for tests, practice and the demo.

It stands on a thread of its own and answers requests as the real ones do. What is on its pan, and everything that goes
wrong between it and the computer, is told it from outside. Where there are no pseudo-terminals it is a local socket.
"""

import os
import select
import socket
import threading
from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum, auto
from queue import Queue
from types import TracebackType

from kpdesk.balances.dialects import dialect
from kpdesk.balances.far_end import Pty, Socket
from kpdesk.domain.balance import DialectName, FaultKind, Profile

PROFILE = Profile(
    line="(?P<sign>[ -])(?P<value>[ 0-9.]{9}) (?P<unit>[a-z]{1,2})(?P<stable>[ ?])",
    stable=" ",
    overload="OVER",
    now="P",
    zero="O",
    tare="T",
)
"""How it speaks where it speaks no maker's dialect."""
_BETWEEN_S = 0.005


@dataclass(frozen=True, slots=True)
class Shown:
    """What its display shows at a moment."""

    value: Decimal
    unit: str
    at_rest: bool

    @property
    def sign(self) -> str:
        return "-" if self.value < 0 else " "

    @property
    def digits(self) -> str:
        return str(abs(self.value))


def _sics(shown: Shown) -> str:
    return f"S {'S' if shown.at_rest else 'D'} {shown.value:>10} {shown.unit}\r\n"


def _sbi(shown: Shown) -> str:
    sign = "-" if shown.value < 0 else "+"
    return f"{sign}{shown.digits:>9} {shown.unit if shown.at_rest else '':<3}\r\n"


def _and(shown: Shown) -> str:
    sign = "-" if shown.value < 0 else "+"
    return f"{'ST' if shown.at_rest else 'US'},{sign}{shown.digits:0>8}{shown.unit:>3}\r\n"


def _ohaus(shown: Shown) -> str:
    return f"{shown.value:>11} {shown.unit:<5}{' ' if shown.at_rest else '?'} \r\n"


def _shimadzu(shown: Shown) -> str:
    return f"{'S' if shown.at_rest else 'U'}{shown.sign}{shown.digits:>8}{shown.unit:<3}\r"


def _vibra(shown: Shown) -> str:
    sign = "-" if shown.value < 0 else "+"
    return f"{sign}{shown.digits:0>8}{shown.unit.upper():>2} {'S' if shown.at_rest else 'U'}\r\n"


def _radwag(shown: Shown) -> str:
    return f"S {' ' if shown.at_rest else '?'}{shown.sign}{shown.digits:>9} {shown.unit:<3}\r\n"


def _own(shown: Shown) -> str:
    return f"{shown.sign}{shown.digits:>9} {shown.unit}{' ' if shown.at_rest else '?'}\r\n"


_WRITES: Mapping[DialectName, Callable[[Shown], str]] = {
    DialectName.SICS: _sics,
    DialectName.SBI16: _sbi,
    DialectName.SBI22: lambda shown: f"{'N':<6}{_sbi(shown)}",
    DialectName.AND: _and,
    DialectName.OHAUS: _ohaus,
    DialectName.SHIMADZU: _shimadzu,
    DialectName.VIBRA: _vibra,
    DialectName.RADWAG: _radwag,
    DialectName.REGEX: _own,
}
_SAYS: Mapping[DialectName, Mapping[FaultKind, str]] = {
    DialectName.SICS: {FaultKind.OVERLOAD: "S +", FaultKind.UNDERLOAD: "S -", FaultKind.BUSY: "S I"},
    DialectName.SBI16: {
        FaultKind.OVERLOAD: "     High     ",
        FaultKind.UNDERLOAD: "     Low      ",
        FaultKind.BUSY: "      --      ",
    },
    DialectName.SBI22: {
        FaultKind.OVERLOAD: "Stat       High     ",
        FaultKind.UNDERLOAD: "Stat       Low      ",
        FaultKind.BUSY: "Stat        --      ",
    },
    DialectName.AND: {FaultKind.OVERLOAD: "OL,+9999999E+19", FaultKind.UNDERLOAD: "OL,-9999999E+19"},
    DialectName.OHAUS: {FaultKind.OVERLOAD: "Err 8.4"},
    DialectName.SHIMADZU: {FaultKind.OVERLOAD: "  oL  ", FaultKind.UNDERLOAD: " -oL  "},
    DialectName.VIBRA: {FaultKind.ERROR: "+99999.99CT E"},
    DialectName.RADWAG: {FaultKind.OVERLOAD: "S ^", FaultKind.UNDERLOAD: "S v", FaultKind.BUSY: "S I"},
    DialectName.REGEX: {FaultKind.OVERLOAD: "OVER"},
}
_WHO: Mapping[DialectName, str] = {
    DialectName.SICS: 'I4 A "B021002593"\r\n',
    DialectName.SBI16: "  PRACTICE-16\r\n",
    DialectName.SBI22: "  PRACTICE-22\r\n",
    DialectName.AND: "ID,PRACTICE\r\n",
    DialectName.OHAUS: "Software Version 1.00\r\n",
    DialectName.RADWAG: 'NB A "123456"\r\n',
}


class Wrong(Enum):
    """What may happen to a line on its way."""

    SPLIT = auto()
    """It arrives in pieces."""
    DOUBLED = auto()
    """It arrives twice at once."""
    RUN_TOGETHER = auto()
    """Twice, and the end between them is lost."""
    NOISE = auto()
    """Bytes that are no text in the middle of it."""
    HALF = auto()
    """Only its first half, with its end."""
    PARITY = auto()
    """The two ends disagree on parity: the highest bit of each byte is odd."""


def spoil(line: bytes, wrong: Wrong) -> tuple[bytes, ...]:
    """The pieces in which a line arrives."""
    ends = len(line) - len(line.rstrip(b"\r\n"))
    text, end, middle = line[: len(line) - ends], line[len(line) - ends :], len(line) // 2
    match wrong:
        case Wrong.SPLIT:
            return line[:middle], line[middle : middle + 1], line[middle + 1 :]
        case Wrong.DOUBLED:
            return (line + line,)
        case Wrong.RUN_TOGETHER:
            return (text + line,)
        case Wrong.NOISE:
            return (line[:middle] + b"\xff\x00\xfe" + line[middle:],)
        case Wrong.HALF:
            return (text[: len(text) // 2] + end,)
        case Wrong.PARITY:
            return (bytes(byte | 0x80 if byte.bit_count() % 2 == 0 else byte for byte in line),)


class Simulated:
    """Begins to answer at once; `close` ends it. Every method may be called from any thread."""

    def __init__(
        self,
        name: DialectName = DialectName.SICS,
        *,
        unit: str = "ct",
        places: int = 3,
        maximum: Decimal = Decimal(1100),
        told: Callable[[bytes], object] = lambda line: None,
        pty: bool = hasattr(os, "openpty"),
    ) -> None:
        """`told` hears every line it sends, before it is sent; `places` are its display's decimals."""
        self._name, self._unit, self._places, self._maximum, self.told = name, unit, places, maximum, told
        self._asks = dialect(name, PROFILE if name is DialectName.REGEX else None).asks
        self._pty = pty
        self._lock = threading.Lock()
        self._pan = self._offset = Decimal(0)
        self._at_rest, self._mute = True, False
        self._script: deque[bytes | Shown] = deque()
        self._wrong: deque[Wrong] = deque()
        self._wake_read, self._wake = socket.socketpair()
        self._end: Pty | Socket | None = None
        self._pulled: Queue[Pty | Socket] = Queue()
        """Closed by the thread that reads it: the number of a closed file is soon another's."""
        self._left = False
        self.replug()
        self._thread = threading.Thread(target=self._serve, name="simulated balance", daemon=True)
        self._thread.start()

    def __enter__(self) -> "Simulated":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, problem: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @property
    def url(self) -> str:
        """Where it is now: a port's name, or a `socket://` address; another after it was plugged in again."""
        with self._lock:
            return self._end.url if self._end else "/dev/nothing-is-plugged-in"

    # The pan

    def put(self, value: Decimal | str, *, at_rest: bool = True) -> None:
        """This lies on the pan from now on, in its unit."""
        with self._lock:
            self._pan, self._at_rest = Decimal(value), at_rest
            self._script.clear()

    def lift(self) -> None:
        self.put(Decimal(0))

    def settle(self, value: Decimal | str, *moving: Decimal | str) -> None:
        """The next answers move through `moving`; then `value` lies there at rest."""
        with self._lock:
            self._pan, self._at_rest = Decimal(value), True
            self._script = deque(self._shown(Decimal(each), at_rest=False) for each in moving)

    def drift(self, *values: Decimal | str) -> None:
        """The next answers creep through `values`, each of them said to be at rest; the last stays."""
        with self._lock:
            self._pan, self._at_rest = Decimal(values[-1]), True
            self._script = deque(self._shown(Decimal(each), at_rest=True) for each in values)

    # What goes wrong

    def answer(self, *lines: bytes) -> None:
        """The next answers are these, whole."""
        with self._lock:
            self._script.extend(lines)

    def fault(self, kind: FaultKind) -> None:
        """The next answer is this fault; raises KeyError where its maker has no word for it."""
        self.answer(_SAYS[self._name][kind].encode() + self._ending)

    def spoil(self, *wrong: Wrong) -> None:
        """The next answers arrive so."""
        with self._lock:
            self._wrong.extend(wrong)

    def mute(self, *, on: bool = True) -> None:
        """Switched off, but the cable is in."""
        with self._lock:
            self._mute = on

    def say(self, line: bytes | None = None) -> None:
        """Send without having been asked, as its print key does: a line, or what it shows."""
        with self._lock:
            self._send(self._next() if line is None else line)

    def unplug(self) -> None:
        """The cable is pulled; whoever reads hears of it."""
        with self._lock:
            end, self._end = self._end, None
        if end:
            self._pulled.put(end)
            self._nudge()
            self._pulled.join()

    def replug(self) -> None:
        with self._lock:
            self._end = Pty() if self._pty else Socket()
        self._nudge()

    def close(self) -> None:
        if not self._left:
            self.unplug()
            self._left = True
            self._nudge()
            self._thread.join()
            self._wake.close()
            self._wake_read.close()

    # Inside

    @property
    def _ending(self) -> bytes:
        return b"\r" if self._name is DialectName.SHIMADZU else b"\r\n"

    def _nudge(self) -> None:
        self._wake.send(b".")

    def _shown(self, value: Decimal, *, at_rest: bool) -> Shown:
        step = Decimal(1).scaleb(-self._places)
        return Shown((value - self._offset).quantize(step), self._unit, at_rest)

    def _next(self) -> bytes:
        """The answer to the next request."""
        if self._script:
            following = self._script.popleft()
            if isinstance(following, bytes):
                return following
            return _WRITES[self._name](following).encode()
        says = _SAYS[self._name]
        if self._pan > self._maximum:
            over = FaultKind.OVERLOAD if FaultKind.OVERLOAD in says else FaultKind.ERROR
            return says[over].encode() + self._ending
        return _WRITES[self._name](self._shown(self._pan, at_rest=self._at_rest)).encode()

    def _serve(self) -> None:
        rest = b""
        while not self._left:
            with self._lock:
                end = self._end
            waiting = [self._wake_read, *([end] if end else [])]
            ready = select.select(waiting, [], [])[0]
            if self._wake_read in ready:
                self._wake_read.recv(64)
                rest = b""
                while not self._pulled.empty():
                    self._pulled.get().close()
                    self._pulled.task_done()
            elif end is not None:
                *requests, rest = (rest + end.read()).replace(b"\r\n", b"\r").replace(b"\n", b"\r").split(b"\r")
                with self._lock:
                    for request in requests:
                        self._answer(request)

    def _answer(self, request: bytes) -> None:
        if self._mute or not request:
            return
        asks, asked = self._asks, request.strip(b"\r\n")
        if asked in _stripped(asks.now, asks.stable):
            self._send(self._next())
        elif asked in _stripped(asks.zero, asks.tare):
            self._offset = self._pan
            if self._name is DialectName.SICS:
                self._send(b"Z A\r\n" if asked == b"Z" else b"T S" + f"{self._pan:>11} ct\r\n".encode())
        elif asked in _stripped(*asks.who):
            self._send(_WHO[self._name].encode())
        elif self._name is DialectName.SICS:
            self._send(b"ES\r\n")

    def _send(self, line: bytes) -> None:
        self.told(line)
        pieces = spoil(line, self._wrong.popleft()) if self._wrong else (line,)
        for place, piece in enumerate(pieces):
            if place:
                threading.Event().wait(_BETWEEN_S)
            if self._end is not None:
                self._end.write(piece)


def _stripped(*requests: bytes) -> tuple[bytes, ...]:
    return tuple(each.strip(b"\r\n") for each in requests if each)
