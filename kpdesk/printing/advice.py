"""Letters to other authorities and to exporters: English first, below it the addressee's language; mail text and page.

The words lie in `resources/letters/<language>.toml`. What was written is the mail's text; a page is drawn from it.
"""

import textwrap
import tomllib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from kpdesk.domain.advice import Correction, LetterKind
from kpdesk.domain.certificate import Facts
from kpdesk.printing.a4 import POINTS
from kpdesk.printing.faces import Face, TooLongForPaper, fit
from kpdesk.printing.form import Colour
from kpdesk.printing.pdf import amount, day
from kpdesk.printing.sheet import Sheet
from resources import path

ENGLISH = "en"
COLUMNS = 78
_LABELS = 42
_INK, _HAIRLINE = Colour(20, 35, 63), Colour(160, 166, 176)
_WORDED = ("origin", "carrier")
"""Rows whose value may be the key of words: `mixed`, `by_hand`."""
_SIZES = (9.0, 8.0, 7.0, 6.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sender:
    """Who writes, where and when, and to whom."""

    authority: str
    office: str
    dated: str
    """Place and day."""
    to: Sequence[str]
    """The addressee's name and address, a line each."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """What a letter says: its kind's words with these facts in place, then a table."""

    kind: LetterKind
    facts: Mapping[str, str]
    """What the words name: `number`, `count`, `days`, `instruction`."""
    rows: Sequence[tuple[str, str]]
    """(label's key, value)."""
    reason: str = ""
    """The key of what a notice says."""
    corrections: Sequence[Correction] = ()


def language_of(participant: str) -> str:
    """The language that this participant is written to in, below the English; `en` where we have no other."""
    spoken = (name for name in _languages() if participant in _words(name)["participants"])
    return next(spoken, ENGLISH)


def subject(content: Content) -> str:
    """In English: mail programs sort by it."""
    return _text(ENGLISH, content, "subject")


def letter(content: Content, sender: Sender, *, language: str) -> str:
    """The whole text, in lines of 78 signs."""
    languages = [ENGLISH] if language == ENGLISH else [ENGLISH, language]
    parts = [
        list(dict.fromkeys((sender.authority, sender.office))),
        list(sender.to),
        [sender.dated],
        [line for each in languages for line in _filled(_text(each, content, "subject"))],
        *(_filled(_text(each, content, "opening")) for each in languages),
        *([line for each in languages for line in _corrections(content, each)] for _ in content.corrections[:1]),
        list(_table(content, languages)),
        *(_filled(_text(each, content, "closing")) for each in languages),
        [sender.authority],
    ]
    return "\n".join("\n".join(part) + "\n" for part in parts if part)


def certificate_rows(facts: Facts, *, country: Callable[[str], str]) -> list[tuple[str, str]]:
    """What every letter says of a certificate; both firms, for Annex II 21 names the exporter, 19 the importer."""
    assert facts.number is not None
    origin = "mixed" if facts.mixed else f"{facts.origin}  {country(facts.origin)}"
    rows = [
        ("number", facts.number.text),
        ("issued", day(facts.issued)),
        ("expires", day(facts.expires)),
        ("origin", origin),
        ("provenance", f"{facts.provenance}  {country(facts.provenance)}"),
        ("exporter", facts.exporter.name),
        ("importer", facts.importer.name),
        ("parcels", str(facts.parcels)),
        ("containers", str(facts.containers)),
        ("seals", ", ".join(facts.seals)),
        *(
            (f"line {line.heading}", f"{amount(line.carats.value)} ct   US$ {amount(line.value.value)}")
            for line in facts.lines
        ),
        ("carats", f"{amount(facts.carats.value)} ct"),
        ("value", f"US$ {amount(facts.value.value)}"),
    ]
    if facts.replaces:
        rows.insert(1, ("replaces", facts.replaces.text))
    return rows


def page(text: str, *, title: str) -> bytes:
    """A letter's text on one page; raises NoFontFor, TooLongForPaper."""
    head, *lines = text.rstrip("\n").split("\n")
    sheet = Sheet(title=title, subject=head)
    left, right, top, bottom = 25.0, 190.0, 44.0, 284.0
    size, (name,) = fit(head, Face.STRONG, right - left, ((15, 1), (13, 1), (11, 1), (9, 1)), field="authority")
    sheet.write(name, left, 28, Face.STRONG, size, colour=_INK)
    sheet.rule(left, 32, right - left, 0.8, _INK)
    sheet.rule(left, 32.8, right - left, 0.25, _HAIRLINE)
    for size in _SIZES:
        leading = size * 1.36 / POINTS
        if top + leading * len(lines) <= bottom:
            break
    else:
        raise TooLongForPaper("letter", title)
    for place, words in enumerate(lines):
        sheet.write(words, left, top + place * leading, Face.FIGURES, size)
    return sheet.pdf()


def _corrections(content: Content, language: str) -> Iterator[str]:
    words = _words(language)
    for each in content.corrections:
        field = words["fields"][each.field.value]
        said = words["amendment"]["correction"].format(field=field, stated=each.stated, correct=each.correct)
        yield from textwrap.wrap(said, COLUMNS, initial_indent="  - ", subsequent_indent="    ")


def _table(content: Content, languages: Sequence[str]) -> Iterator[str]:
    """Labels in both languages, the value once."""
    for key, value in content.rows:
        name, _, heading = key.partition(" ")
        labels = dict.fromkeys(_words(each)["labels"][name].format(heading=heading) for each in languages)
        label = " / ".join(labels)
        named = [_words(each)["labels"].get(value, value) if name in _WORDED else value for each in languages]
        said = " / ".join(dict.fromkeys(named))
        room = COLUMNS - _LABELS
        first, *rest = textwrap.wrap(said, room, drop_whitespace=True, replace_whitespace=False) or [""]
        if len(label) < _LABELS:
            yield f"{label:<{_LABELS}}{first}"
        else:
            yield from (label, f"{'':<{_LABELS}}{first}")
        yield from (f"{'':<{_LABELS}}{line}" for line in rest)


def _text(language: str, content: Content, part: str) -> str:
    words = _words(language)
    reason = words["reasons"][content.reason] if content.reason else ""
    said: str = words[content.kind.value][part]
    return said.format(**content.facts, reason=reason)


def _filled(words: str) -> list[str]:
    return textwrap.wrap(words, COLUMNS, break_long_words=False, break_on_hyphens=False)


@cache
def _words(language: str) -> dict[str, Any]:
    return tomllib.loads((_folder() / f"{language}.toml").read_text("utf-8"))


@cache
def _languages() -> tuple[str, ...]:
    return tuple(sorted(file.stem for file in _folder().glob("*.toml")))


def _folder() -> Path:
    return path("letters")
