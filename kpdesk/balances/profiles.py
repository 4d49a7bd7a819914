"""Profiles of balances that speak none of the dialects: a small TOML file, read strictly (desk.md §2.2, `regex`).

line = '(?P<sign>[-+ ])(?P<value>[ 0-9.]{9}) (?P<unit>ct|g|mg)(?P<stable>[ ?])'
stable = " "
now = "P"
"""

import re
import tomllib
from dataclasses import dataclass, fields

from kpdesk.domain.balance import Profile
from kpdesk.domain.outcomes import Trouble

MOST = 4096
_LONGEST = 300
_HEAVY = re.compile(r"\)[*+{]|\\[1-9]|\(\?P=|\(\?[<!=]?[=!]")
"""Repeated groups and references: what can take for ever on a line."""


@dataclass(eq=False)
class ProfileDamaged(Trouble):
    """A profile that says nothing, or something that cannot be."""

    what: str


def read_profile(content: bytes) -> Profile:
    """The profile in a file; raises ProfileDamaged."""
    if len(content) > MOST:
        raise ProfileDamaged("too long")
    try:
        told = tomllib.loads(content.decode())
    except (UnicodeDecodeError, tomllib.TOMLDecodeError, RecursionError) as problem:
        raise ProfileDamaged("not TOML") from problem
    names = {field.name for field in fields(Profile)}
    if not {"line"} <= told.keys() <= names or not all(_plain(text) for text in told.values()):
        raise ProfileDamaged(f"it has the entries {', '.join(sorted(names))}, plain text each")
    for name in ("line", "overload"):
        _pattern(told.get(name, ""))
    groups = re.compile(told["line"]).groupindex.keys()
    if not {"value", "unit"} <= groups <= {"value", "unit", "sign", "stable"}:
        raise ProfileDamaged("the line has the groups value and unit, and sign and stable where there are such")
    return Profile(**told)


def _plain(text: object) -> bool:
    return isinstance(text, str) and len(text) <= _LONGEST and text.isascii() and (text.isprintable() or not text)


def _pattern(text: str) -> None:
    try:
        re.compile(text.encode())
    except (re.error, OverflowError, RecursionError) as problem:
        raise ProfileDamaged("the pattern is no regular expression") from problem
    if _HEAVY.search(text):
        raise ProfileDamaged("the pattern repeats a group")
