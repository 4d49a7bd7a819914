"""Bytes of a serial line cut into lines, however they arrive: in pieces, two at once, with noise, without an end."""

import re
from dataclasses import dataclass, field

from kpdesk.balances.dialects import LONGEST

_ENDS = re.compile(rb"[\r\n]+")


@dataclass(slots=True)
class Lines:
    """Keeps the piece that has no end yet. A line without an end is cut at a limit, and its rest is dropped."""

    _rest: bytearray = field(default_factory=bytearray)
    _dropping: bool = False

    def feed(self, content: bytes) -> list[bytes]:
        """The lines that are whole now, without their ends; one that is too long comes once, as long as may be."""
        *whole, rest = _ENDS.split(bytes(self._rest) + content)
        found = []
        for line in whole:
            if not self._dropping and line:
                found.append(line[: LONGEST + 1])
            self._dropping = False
        if len(rest) > LONGEST:
            if not self._dropping:
                found.append(rest[: LONGEST + 1])
            rest, self._dropping = b"", True
        elif self._dropping:
            rest = b""
        self._rest = bytearray(rest)
        return found

    def forget(self) -> None:
        self._rest.clear()
        self._dropping = False
