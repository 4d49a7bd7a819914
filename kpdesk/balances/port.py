"""A balance at a serial port: asks, hears, gives up in time. Everything here may wait; none of it knows a window.

A port is found by the serial number of its adapter, for names of ports change with the socket (desk.md §2.4).
"""

import errno
import time
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

import serial
from serial.tools import list_ports

from kpdesk.balances.dialects import DIALECTS, Dialect, parse
from kpdesk.balances.lines import Lines
from kpdesk.balances.rest import Rest
from kpdesk.balances.troubles import BalanceMissing, BalanceMoves, BalanceRefuses, BalanceSilent, BalanceTaken
from kpdesk.domain.balance import Fault, FaultKind, LineSettings
from kpdesk.domain.weighing import Reading, Unit

SLICE_S = 0.05
"""The longest that one read waits, so that whoever closes never waits long."""
PAUSE_S = 0.05
"""Least time between two requests, of whatever balance."""
AGAIN_S = 1.0
"""A request without an answer is sent again after this."""
IDENTIFY_S, LISTEN_S = 0.6, 2.0
_MOST_SHOWN = 400
_GONE: tuple[type[BaseException], ...] = (serial.SerialException, OSError, TypeError)
"""What pyserial raises on a port that is no longer there."""
try:
    import termios

    _GONE += (termios.error,)
except ImportError:
    pass  # Windows

Clock = Callable[[], datetime]
Tick = Callable[[], float]


@dataclass(frozen=True, slots=True)
class Port:
    """A serial port of this computer."""

    name: str
    adapter: str
    """The adapter's serial number; the port's name where it has none."""
    words: str
    """What the system calls it."""


def ports() -> tuple[Port, ...]:
    """Every serial port there is now."""
    found = sorted(list_ports.comports(), key=lambda each: str(each.device))
    return tuple(
        Port(each.device, each.serial_number or each.device, each.description or each.device) for each in found
    )


def name_of(adapter: str) -> str:
    """The port where this adapter is now, or what was given itself: a port's name or a `socket://` address."""
    return next((port.name for port in ports() if port.adapter == adapter), adapter)


def open_line(name: str, settings: LineSettings) -> Any:
    """The line, open for us alone; raises BalanceMissing, BalanceTaken."""
    try:
        line = serial.serial_for_url(
            name,
            baudrate=settings.baud,
            bytesize=settings.bits,
            parity=settings.parity.value,
            stopbits=settings.stops,
            rtscts=settings.rtscts,
            timeout=SLICE_S,
            write_timeout=LISTEN_S,
            **({} if "://" in name else {"exclusive": True}),
        )
    except (serial.SerialException, OSError, ValueError) as problem:
        taken = getattr(problem, "errno", None) in (errno.EBUSY, errno.EACCES, errno.EAGAIN) or "lock" in str(problem)
        raise (BalanceTaken if taken else BalanceMissing)(name) from problem
    return line


class Balance:
    """One balance on an open line. Not for two threads at once; `close` may be called by any, and twice."""

    def __init__(
        self,
        line: Any,
        dialect: Dialect,
        *,
        clock: Clock,
        unit: Unit | None = None,
        step: Decimal | None = None,
        tick: Tick = time.monotonic,
    ) -> None:
        """`unit` and `step` (in that unit) as the office's books say; `tick` measures, `clock` dates readings."""
        self._line, self._dialect, self._clock, self._unit, self._tick = line, dialect, clock, unit, tick
        self._lines, self._rest = Lines(), Rest(step)
        self._heard: deque[Reading | Fault] = deque()
        self._pause = max(dialect.pause_ms / 1000, PAUSE_S)
        self._asked = self._due = tick()

    def hear(self, timeout: float) -> Reading | Fault | None:
        """The newest thing said within `timeout` seconds, asked for where it has to be; None: silence.

        A reading is stable only by the rule of rest. Raises BalanceMissing.
        """
        ends = self._tick() + timeout
        while not self._heard:
            now = self._tick()
            if now >= ends:
                return None
            if self._dialect.asks.now and now >= self._due:
                self._send(self._dialect.asks.now)
                self._asked, self._due = now, now + AGAIN_S
            for line in self._read():
                self._note(line)
        newest = self._heard.pop()
        self._heard.clear()
        return newest

    def _note(self, line: bytes) -> None:
        said = parse(self._dialect, line, at=self._clock(), unit=self._unit)
        if said is None:
            return
        self._due = self._asked + self._pause
        if isinstance(said, Reading):
            said = self._rest.see(said, self._tick())
        else:
            self._rest.forget()
        self._heard.append(said)

    def read_now(self, timeout: float = 1.0) -> Reading:
        """What lies on the pan now, at rest or not; raises BalanceSilent, BalanceRefuses, BalanceMissing."""
        self._forget()
        return self._reading(timeout)

    def read_stable(self, timeout: float) -> Reading:
        """A reading at rest; raises BalanceMoves when none came in time, and as `read_now`."""
        self._forget()
        ends = self._tick() + timeout
        while (left := ends - self._tick()) > 0:
            reading = self._reading(left)
            if reading.stable:
                return reading
        raise BalanceMoves

    def _reading(self, timeout: float) -> Reading:
        ends = self._tick() + timeout
        while (said := self.hear(max(ends - self._tick(), 0))) is not None:
            if isinstance(said, Reading):
                return said
            if said.kind is not FaultKind.BUSY:
                raise BalanceRefuses(said.kind.value, said.code)
        raise BalanceSilent

    def zero(self) -> None:
        """Ask for zero; what comes of it is heard. Raises BalanceRefuses where it cannot be asked."""
        self._do(self._dialect.asks.zero)

    def tare(self) -> None:
        self._do(self._dialect.asks.tare)

    def _do(self, request: bytes) -> None:
        if not request:
            raise BalanceRefuses(FaultKind.LOGICAL.value, "")
        self._rest.forget()
        self._send(request)

    def identify(self, timeout: float = IDENTIFY_S) -> tuple[bytes, ...]:
        """Every line that came back to “who are you”, or, where that cannot be asked, to the request for a weight."""
        self._forget()
        for request in self._dialect.asks.who or (self._dialect.asks.now,):
            if request:
                self._send(request)
        return self.listen(timeout)

    def listen(self, timeout: float) -> tuple[bytes, ...]:
        """Every line that comes within the time, as it came."""
        ends, found = self._tick() + timeout, list[bytes]()
        while self._tick() < ends:
            found.extend(self._read())
        return tuple(found)

    def close(self) -> None:
        """The line is free again at once."""
        # pyserial forgets to close a socket whose far end went first.
        end = getattr(self._line, "_socket", None)
        with _gone(self._name):
            self._line.close()
        if end is not None:
            end.close()

    @property
    def _name(self) -> str:
        return str(self._line.name or self._line.port)

    def _forget(self) -> None:
        with _gone(self._name):
            self._line.reset_input_buffer()
        self._lines.forget()
        self._rest.forget()
        self._heard.clear()
        self._due = self._tick()

    def _send(self, request: bytes) -> None:
        with _gone(self._name):
            self._line.write(request)

    def _read(self) -> list[bytes]:
        """The lines that became whole within a slice of time."""
        with _gone(self._name):
            content = bytes(self._line.read(1))
            if content:
                content += bytes(self._line.read(min(self._line.in_waiting, 4096)))
            return self._lines.feed(content)


@contextmanager
def _gone(name: str) -> Iterator[None]:
    """Raises BalanceMissing."""
    try:
        yield
    except _GONE as problem:
        raise BalanceMissing(name) from problem


@dataclass(frozen=True, slots=True)
class Answered:
    """What came back on one try to find out how a balance speaks."""

    dialect: Dialect
    settings: LineSettings
    text: str
    """As text, what cannot be printed written as `\\x06`."""
    fits: bool
    """Every line is one of this dialect."""


def tries() -> Iterator[tuple[Dialect, LineSettings]]:
    """Every dialect on each of its line settings, in the order to try them (desk.md §2.4)."""
    for dialect in DIALECTS.values():
        for settings in dialect.lines:
            yield dialect, settings


def try_line(name: str, dialect: Dialect, settings: LineSettings, *, clock: Clock) -> Answered | None:
    """Open, ask who it is, else listen; None when nothing came. Raises BalanceMissing, BalanceTaken."""
    with closing(Balance(open_line(name, settings), dialect, clock=clock)) as balance:
        lines = balance.identify() or balance.listen(LISTEN_S)
    if not lines:
        return None
    said = [parse(dialect, line, at=clock()) for line in lines]
    fits = not any(isinstance(each, Fault) and each.kind is FaultKind.TRANSMISSION for each in said)
    return Answered(dialect, settings, _text(lines), fits)


def _text(lines: tuple[bytes, ...]) -> str:
    shown = "\n".join(line.decode("ascii", "backslashreplace") for line in lines)[:_MOST_SHOWN]
    return "".join(each if each.isprintable() or each == "\n" else f"\\x{ord(each):02x}" for each in shown)
