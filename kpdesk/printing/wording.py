"""The words of the office's papers, in English and beside it in the office's language, read from resources/papers."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from kpdesk.printing.form import Words
from resources import path

ENGLISH = "en"


@dataclass(frozen=True, slots=True)
class Wording:
    """Every text of a paper by its key."""

    english: Mapping[str, str]
    second: Mapping[str, str]
    """Empty where the office's language is English, or one that no file is there for."""

    def __call__(self, key: str, **facts: str) -> Words:
        """The words of this key, with facts in their places."""
        second = self.second.get(key, "")
        return Words(self.english[key].format_map(facts), second.format_map(facts))

    def plain(self, key: str) -> str:
        """In one line, for a cell of a table: `withdrawn / retiré`."""
        words = self(key)
        return f"{words.english} / {words.second}" if words.second else words.english


@cache
def wording(language: str) -> Wording:
    """As the certificate's form names its language: `fr`, `pt`, `ru`; English alone for any other."""
    return Wording(_read(ENGLISH), {} if language == ENGLISH else _read(language))


def _read(language: str) -> dict[str, str]:
    file = path(f"papers/{language}.toml")
    return tomllib.loads(file.read_text("utf-8")) if file.is_file() else {}
