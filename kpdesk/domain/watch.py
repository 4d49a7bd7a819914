"""Watch lists: rebel-mining areas and convicted persons (KPCS Annex II 5, 6), and names that come near to theirs.

Names are compared as they sound when written in Latin letters: without case, accents and order, words of the trade and
legal forms left out, with the usual spellings of one sound alike and one slip of the finger a word allowed.
"""

import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import ClassVar, Final

from kpdesk.domain.differences import RowFault, day_in, needed
from kpdesk.domain.differences import in_order as rows_in_order
from kpdesk.domain.outcomes import Finding
from kpdesk.domain.particulars import in_order
from kpdesk.domain.rules import ROW_WORD, WATCH_NAMED, WATCH_NEAR


class WatchKind(StrEnum):
    PERSON = "person"
    FIRM = "firm"
    AREA = "area"


@dataclass(frozen=True, slots=True, kw_only=True)
class Watched:
    """Somebody or something on a watch list."""

    kind: ClassVar[str] = "watch"
    personal: ClassVar[frozenset[str]] = frozenset({"name", "aliases", "birth_year", "why"})

    number: str
    """`W-0001`, or the reference of the list it came from."""
    watch_kind: WatchKind
    salt: bytes
    name: str
    aliases: tuple[str, ...] = ()
    country: str = ""
    birth_year: int | None = None
    why: str
    source: str
    """The list or the court."""
    since: date
    until: date | None = None
    """The last day, None while it lasts."""

    def __post_init__(self) -> None:
        in_order(self.since, self.until)

    @property
    def identity(self) -> str:
        return self.number

    @property
    def about(self) -> str:
        return ""

    @property
    def live(self) -> bool:
        return self.until is None

    @property
    def names(self) -> tuple[str, ...]:
        return (self.name, *self.aliases)

    def on(self, day: date) -> bool:
        return self.since <= day and (self.until is None or day <= self.until)


COLUMNS: Final[Mapping[str, bool]] = {
    "reference": True,
    "name": True,
    "kind": False,
    "aliases": False,
    "country": False,
    "birth year": False,
    "why": True,
    "source": True,
    "since": True,
    "until": False,
}
"""The columns of a watch list's file, and whether each must be there; aliases are parted by `|` or `;`."""


def watched_in(cells: Mapping[str, str], *, salt: bytes) -> Watched:
    """What a row says; raises RowFault."""
    needed(cells, "reference", "name", "why", "source", "since")
    since, until = day_in(cells, "since"), day_in(cells, "until")
    assert since is not None
    rows_in_order(since, until)
    kind, year = cells["kind"].casefold() or WatchKind.PERSON, cells["birth year"]
    if kind not in [*WatchKind]:
        raise RowFault(ROW_WORD.found(column="kind", text=kind[:40], words=", ".join(WatchKind)))
    if year and not (year.isascii() and year.isdecimal() and len(year) == 4):
        raise RowFault(ROW_WORD.found(column="birth year", text=year[:40], words="1970"))
    return Watched(
        number=cells["reference"],
        watch_kind=WatchKind(kind),
        salt=salt,
        name=cells["name"],
        aliases=tuple(filter(None, (each.strip() for each in cells["aliases"].replace(";", "|").split("|")))),
        country=cells["country"].upper(),
        birth_year=int(year) if year else None,
        why=cells["why"],
        source=cells["source"],
        since=since,
        until=until,
    )


def check_name(name: str, watched: Iterable[Watched], *, on: date) -> Iterator[Finding]:
    """Who on the lists of that day has this name, or one that could be it."""
    typed = Name.of(name)
    for each in watched:
        if each.on(on):
            likeness = max((typed.likeness(Name.of(known)) for known in each.names), default=0)
            if likeness:
                rule = WATCH_NAMED if likeness == SAME else WATCH_NEAR
                yield rule.found(name=name, watched=each.name, number=each.number, source=each.source)


def keys(name: str) -> frozenset[str]:
    """Beginnings under which names that could be this one are looked up: each word, and all in one."""
    parts = Name.of(name)
    words = {each for word in parts.words for each in (word, sound(word))} | {parts.joined}
    return frozenset(word[:_BEGINNING] for word in words if word)


def index_words(names: Iterable[str]) -> str:
    """What the search index keeps of an entry, so that `keys` finds it."""
    found: set[str] = set()
    for name in names:
        parts = Name.of(name)
        found |= {*parts.words, *map(sound, parts.words), parts.joined}
    return " ".join(sorted(found))


SAME, NEAR = 2, 1


@dataclass(frozen=True, slots=True)
class Name:
    """The words of a name that tell it from others; all of them where there are only words of the trade."""

    words: tuple[str, ...]
    telling: bool

    @classmethod
    def of(cls, text: str) -> "Name":
        words = fold(text)
        told = tuple(word for word in words if word not in _COMMON and len(word) > 1)
        return cls(told or tuple(words), bool(told))

    @property
    def joined(self) -> str:
        return "".join(sound(word) for word in self.words)

    def likeness(self, other: "Name") -> int:
        """SAME, NEAR or 0."""
        if not self.words or not other.words:
            return 0
        if sorted(self.words) == sorted(other.words):
            return SAME
        if not (self.telling and other.telling):
            return 0
        fewer, more = sorted((self.words, other.words), key=len)
        long = min(len(self.joined), len(other.joined)) >= _LONG
        if len(fewer) < len(more) and long and _one_slip(self.joined, other.joined):
            return NEAR  # one word written as two
        if len(fewer) == 1 and len(more) > 1:
            return 0
        left = list(more)
        for word in sorted(fewer, key=len, reverse=True):
            met = next((each for each in left if _alike(word, each)), None)
            if met is None:
                return 0
            left.remove(met)
        return NEAR


def fold(text: str) -> list[str]:
    """The words of a text in plain small Latin letters."""
    plain = unicodedata.normalize("NFKD", text).casefold().translate(_LETTERS)
    letters = (letter for letter in unicodedata.normalize("NFKD", plain) if not unicodedata.combining(letter))
    return "".join(letter if letter.isalnum() else "" if letter in "'’ʼ`.ʹʺ" else " " for letter in letters).split()


def sound(word: str) -> str:
    """A folded word with the usual spellings of one sound alike: Youssouf and Yusuf agree."""
    for written, heard in _SOUNDS:
        word = word.replace(written, heard)
    kept = [letter for place, letter in enumerate(word) if place == 0 or letter != word[place - 1]]
    first, *rest = kept or [""]
    return first + "".join(rest).replace("h", "") if len(kept) > 1 else "".join(kept)


def _alike(one: str, other: str) -> bool:
    if one == other or sound(one) == sound(other):
        return True
    return min(len(one), len(other)) >= _WORD and (_one_slip(one, other) or _one_slip(sound(one), sound(other)))


def _one_slip(one: str, other: str) -> bool:
    """Whether one letter more, less, other, or two changed about, make the one the other."""
    if abs(len(one) - len(other)) > 1:
        return False
    start = next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    a, b = one[start:], other[start:]
    return a[1:] == b[1:] or a[1:] == b or a == b[1:] or (a[:2] == b[1::-1] and len(a) > 1 and a[2:] == b[2:])


_BEGINNING, _WORD, _LONG = 4, 5, 9
"""Letters: of a key; of a word, and of a whole name, that may have a slip."""
_SOUNDS = (
    ("tch", "c"), ("sch", "s"), ("sh", "s"), ("ch", "s"), ("kh", "k"), ("gh", "g"), ("ph", "f"), ("th", "t"),
    ("dj", "j"), ("zh", "j"), ("ou", "u"), ("oo", "u"), ("ee", "i"), ("ck", "k"), ("qu", "k"), ("gu", "g"),
    ("x", "ks"), ("q", "k"), ("c", "k"), ("w", "v"), ("y", "i"), ("j", "i"), ("z", "s"), ("o", "u"), ("e", "i"),
)  # fmt: skip
_COMMON = frozenset(
    """
    ltd limited llc llp inc corp corporation co company cie plc pty sarl sa sas sprl srl nv bv bvba cvba gmbh ag kg
    oy ab lda ltda eirl suarl pjsc ojsc ooo oao zao ao jsc fze fzco fzc dmcc dwc est establishment group groupe
    holding holdings international global general enterprise enterprises entreprise etablissements ets societe
    society union diamond diamonds diamant diamants diamante diamantes gem gems gemme gemmes jewel jewels jewellery
    jewelry stone stones gold or brillant brilliant rough mine mines mining mineral minerals minerais minier miniere
    minieres miner miners exploration export exports exporter exporters import imports importer importers importacao
    exportacao trade trader traders trading negoce comptoir bureau achat buying house carrier carriers courier
    couriers secure security transport logistics service services brothers freres bros sons fils and et e und the la
    le les l de du des da do dos der den di del of for al el ul bin ben ibn bint van von mr mrs ms dr sir alhaji
    alhadji hadji haji chief
    """.split()  # noqa: SIM905 - a list of words is read as words
)
"""Legal forms, words of the trade and titles: they tell nobody from another."""
_LETTERS = str.maketrans(
    {
        "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ħ": "h", "ı": "i", "ŋ": "n",
        "ŧ": "t", "ɓ": "b", "ɗ": "d", "ɖ": "d", "ƙ": "k", "ɛ": "e", "ɔ": "o", "ǝ": "e", "ə": "e",
        "а": "a", "б": "b", "в": "v", "г": "g", "ґ": "g", "д": "d", "е": "e", "ж": "zh", "з": "z", "и": "i",
        "і": "i", "ї": "i", "й": "i", "к": "k", "л": "l", "м": "m", "н": "n", "о": "o", "п": "p", "р": "r",
        "с": "s", "т": "t", "у": "u", "ф": "f", "х": "kh", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "shch", "ъ": "",
        "ы": "y", "ь": "", "э": "e", "ю": "yu", "я": "ya", "є": "ye", "ё": "e",
    }
)  # fmt: skip
"""Letters that Unicode does not take apart, and Cyrillic as passports write it."""
