"""Type on paper: IBM Plex, embedded, measured and fitted into its place. No character is ever shown as an empty box."""

import unicodedata
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import TYPE_CHECKING, TypeAlias

from kpdesk.domain.outcomes import Trouble
from kpdesk.printing.a4 import POINTS

if TYPE_CHECKING:
    from reportlab.pdfbase.ttfonts import TTFont


@dataclass(eq=False)
class NoFontFor(Trouble):
    """No embedded font has this character."""

    character: str
    name: str
    text: str


@dataclass(eq=False)
class TooLongForPaper(Trouble):
    """Even in the smallest type the text does not fit into its place on the form."""

    field: str
    text: str


class Face(StrEnum):
    """Serif for words, mono for figures and numbers."""

    WORDS = "Plex-Serif"
    STRONG = "Plex-Serif-SemiBold"
    ITALIC = "Plex-Serif-Italic"
    FIGURES = "Plex-Mono"
    STRONG_FIGURES = "Plex-Mono-SemiBold"


_FILES = {
    Face.WORDS: ("IBM Plex Serif", 400, "normal"),
    Face.STRONG: ("IBM Plex Serif", 600, "normal"),
    Face.ITALIC: ("IBM Plex Serif", 400, "italic"),
    Face.FIGURES: ("IBM Plex Mono", 400, "normal"),
    Face.STRONG_FIGURES: ("IBM Plex Mono", 600, "normal"),
}


@cache
def font(face: Face) -> "TTFont":
    """The face's font, loaded and made known to reportlab under the face's name."""
    import fontpkg
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont

    family, weight, style = _FILES[face]
    loaded = TTFont(face.value, str(fontpkg.path(family, weight=weight, style=style)), asciiReadable=False)
    pdfmetrics.registerFont(loaded)
    return loaded


def runs(text: str, face: Face) -> list[tuple[Face, str]]:
    """The text in pieces of one font each, composed (NFC), every kind of space plain; raises NoFontFor.

    Today one font has all we can draw, so there is one piece. A second script's font joins here.
    """
    plain = text
    if not text.isascii():
        composed = unicodedata.normalize("NFC", text)
        plain = "".join(" " if unicodedata.category(each) == "Zs" else each for each in composed)
    known = font(face).face.charToGlyph
    for character in plain:
        if ord(character) not in known or ord(character) < 32:
            raise NoFontFor(character, unicodedata.name(character, f"U+{ord(character):04X}"), text[:60])
    return [(face, plain)]


def width(text: str, face: Face, size: float, *, spacing: float = 0.0, spaces: float = 0.0) -> float:
    """Millimetres the text takes at `size` points, with `spacing` after each letter, `spaces` more at each space."""
    points = 0.0
    for piece, part in runs(text, face):
        widths = font(piece).face.charWidths
        points += sum(widths[ord(character)] for character in part) * size / 1000
        points += len(part) * spacing + part.count(" ") * spaces
    return points / POINTS


Rungs: TypeAlias = tuple[tuple[float, int], ...]
"""Sizes to try, largest first, each with the number of lines it may take."""


def fit(text: str, face: Face, room: float, rungs: Rungs, *, field: str, gap: int = 1) -> tuple[float, list[str]]:
    """The first size at which the text fits into `room` millimetres, and its lines; raises TooLongForPaper.

    `gap` spaces stand between words. Only at the last rung is a word that is wider than the room broken.
    """
    words = [(word, width(word, face, 1000)) for word in text.split() or [""]]
    space = width(" ", face, 1000) * gap
    for size, most in rungs:
        lines = _wrapped(words, space, room * 1000 / size)
        if lines is not None and len(lines) <= most:
            break
    else:
        room = room * 1000 / size
        lines = _wrapped([part for word, _ in words for part in _broken(word, face, room)], space, room)
        if lines is None or len(lines) > most:
            raise TooLongForPaper(field, text[:120])
    return size, [(" " * gap).join(line) for line in lines]


def _wrapped(words: list[tuple[str, float]], space: float, room: float) -> list[list[str]] | None:
    """The words in lines of at most `room`; None if one is wider."""
    lines: list[list[str]] = []
    left = -1.0
    for word, wide in words:
        if wide > room:
            return None
        if lines and wide + space <= left:
            lines[-1].append(word)
            left -= wide + space
        else:
            lines.append([word])
            left = room - wide
    return lines


def _broken(word: str, face: Face, room: float) -> list[tuple[str, float]]:
    parts: list[tuple[str, float]] = []
    part, taken = "", 0.0
    for character in word:
        wide = width(character, face, 1000)
        if part and taken + wide > room:
            parts.append((part, taken))
            part, taken = "", 0.0
        part, taken = part + character, taken + wide
    return [*parts, (part, taken)]
