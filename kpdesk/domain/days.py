"""Days and times of day as people type them; day before month, and nothing that could be read both ways."""

import re
from dataclasses import dataclass
from datetime import date, time

from kpdesk.domain.outcomes import Refusal

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_ISO = re.compile(r"(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})", re.ASCII)
_TYPED = re.compile(r"(?P<day>\d{1,2})[. ]\s*(?P<month>\d{1,2}|[a-z]{3,9})[. ]?\s*(?P<year>\d{4})?", re.ASCII)
_TIME = re.compile(r"(\d{1,2})(?:[:.h ]?(\d\d))?", re.ASCII)


@dataclass(eq=False)
class NotADay(Refusal):
    """The text is no day, or could be two."""

    text: str


@dataclass(eq=False)
class NotAMoment(Refusal):
    """The text is no time of day."""

    text: str


def parse_day(text: str, *, year: int) -> date:
    """`9.3.2026`, `09 Mar 2026`, `2026-03-09`, and `9.3.` in `year`; raises NotADay, also for `03/09/26`."""
    typed = " ".join(text.split()).casefold()
    found = _ISO.fullmatch(typed) or _TYPED.fullmatch(typed)
    if found is None:
        raise NotADay(text[:40])
    month = found["month"]
    try:
        number = int(month) if month.isdecimal() else _MONTHS.index(month[:3]) + 1
        return date(int(found["year"] or year), number, int(found["day"]))
    except ValueError as problem:
        raise NotADay(text[:40]) from problem


def parse_time(text: str) -> time:
    """`14:30`, `14.30`, `1430`, `14`; raises NotAMoment."""
    found = _TIME.fullmatch(text.strip().casefold())
    try:
        if found is None:
            raise NotAMoment(text[:40])
        return time(int(found[1]), int(found[2] or 0))
    except ValueError as problem:
        raise NotAMoment(text[:40]) from problem
