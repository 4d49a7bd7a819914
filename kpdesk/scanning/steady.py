"""Seen often enough? Which codes of a stream of frames may be believed, each told once."""

import re

from kpdesk.domain.certificate import check_character
from kpdesk.scanning.codes import CODE_128, Code

_CHECKED = re.compile("[0-9A-Z]{4,21}")


def checks(text: str) -> bool:
    """Whether a Code 128 says a certificate's number with its right ISO 7064 MOD 37,36 check character."""
    return bool(_CHECKED.fullmatch(text)) and check_character(text[:-1]) == text[-1]


class Steady:
    """Believes a square code at its first read, because its error correction and its signature judge it, and a Code 128
    when it checks and two reads in a row say the same: alone it was misread 17 times in 580.
    """

    def __init__(self) -> None:
        self._told: set[tuple[str, str]] = set()
        self._before: frozenset[str] = frozenset()

    def believe(self, codes: tuple[Code, ...]) -> tuple[Code, ...]:
        """The codes of this frame that may be believed and were not told before.

        A frame in which no Code 128 was read does not break a row; one that says another text does.
        """
        bars = frozenset(code.text for code in codes if code.format == CODE_128 and checks(code.text))
        believed = []
        for code in codes:
            what = (code.format, code.text)
            if what not in self._told and (code.format != CODE_128 or code.text in bars & self._before):
                self._told.add(what)
                believed.append(code)
        if any(code.format == CODE_128 for code in codes):
            self._before = bars
        return tuple(believed)

    def forget(self) -> None:
        """The next sheet is before the camera."""
        self._told.clear()
        self._before = frozenset()
