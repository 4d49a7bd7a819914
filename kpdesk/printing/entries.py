"""Strict entries of a TOML file: each reader takes an entry and its name, and gives a value or raises Fault."""

import re
from collections.abc import Callable
from dataclasses import fields
from typing import TypeAlias, TypeVar

_T = TypeVar("_T")


class Fault(Exception):
    """What is wrong with an entry, in words; whoever reads the file adds its name."""


Reader: TypeAlias = Callable[[object, str], _T]


def record(cls: type[_T], usual: Reader[object] | None = None, **special: Reader[object]) -> Reader[_T]:
    """Reads a dataclass from a table that names all its fields and no other, each by its reader."""
    names = [field.name for field in fields(cls)]  # type: ignore[arg-type]

    def read(value: object, where: str) -> _T:
        entries = table(value, where)
        for name in sorted(entries.keys() ^ set(names)):
            raise Fault(f"{where}.{name} is {'unknown' if name in entries else 'missing'}")
        return cls(**{name: special.get(name, usual)(entries[name], f"{where}.{name}") for name in names})  # type: ignore[misc]

    return read


def tuple_of(each: Reader[_T], least: int, most: int) -> Reader[tuple[_T, ...]]:
    """Reads a list of `least` to `most` entries."""

    def read(value: object, where: str) -> tuple[_T, ...]:
        if not isinstance(value, list) or not least <= len(value) <= most:
            raise Fault(f"{where} is not a list of {least}" + (f" to {most}" if most > least else ""))
        return tuple(each(one, where) for one in value)

    return read


def table(value: object, where: str) -> dict[str, object]:
    if not isinstance(value, dict):
        raise Fault(f"{where} is not a table")
    return value


def text(value: object, where: str) -> str:
    """One printable line of at most 400 characters."""
    if not isinstance(value, str) or not 0 < len(value.strip()) <= 400 or not value.isprintable():
        raise Fault(f"{where} is not a line of text")
    return value


def matching(pattern: str) -> Reader[str]:
    def read(value: object, where: str) -> str:
        if not re.fullmatch(pattern, found := text(value, where)):
            raise Fault(f"{where}: “{found[:40]}” is not written as {pattern}")
        return found

    return read


def number(least: float, most: float) -> Reader[float]:
    def read(value: object, where: str) -> float:
        if isinstance(value, bool) or not isinstance(value, int | float) or not least <= value <= most:
            raise Fault(f"{where} is not a number from {least:g} to {most:g}")
        return float(value)

    return read


def whole(least: int, most: int) -> Reader[int]:
    def read(value: object, where: str) -> int:
        if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= most:
            raise Fault(f"{where} is not a whole number from {least} to {most}")
        return value

    return read
