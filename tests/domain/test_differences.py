"""Rows of tables from outside: whatever they hold, an entry comes out or a fault that can be said."""

from collections.abc import Callable
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpdesk import sentences
from kpdesk.domain import cadastre, watch
from kpdesk.domain.differences import RowFault, between, day_in, once
from kpdesk.domain.kept import record_of
from kpdesk.domain.records import canonical
from kpdesk.domain.titles import TitleTerms
from kpdesk.domain.watch import Watched

WORDS = st.one_of(
    st.sampled_from(
        ["", "MIN-0007", "2026-01-01", "9.3.2026", "31.2.2026", "1500", "12.345", "person", "1970", "A|B;"]
    ),
    st.text(st.characters(categories=["L", "N", "P", "Zs"]), max_size=12).map(lambda text: " ".join(text.split())),
)


def rows(columns: object) -> st.SearchStrategy[dict[str, str]]:
    return st.fixed_dictionaries(dict.fromkeys(columns, WORDS))  # type: ignore[call-overload, no-any-return]


def taken(read: Callable[[], object]) -> object:
    """The entry, or what is said of the fault."""
    try:
        return read()
    except RowFault as fault:
        return sentences.sentence(fault.finding).what


@given(rows(cadastre.COLUMNS))
def test_a_row_of_the_cadastre(cells: dict[str, str]) -> None:
    holders = {"min-0007": "MIN-0007"}
    terms = taken(lambda: cadastre.terms_in(cells, holders=holders, known=None, country="ZZ"))
    assert terms
    assert not isinstance(terms, TitleTerms) or terms.holder == "MIN-0007"


@given(rows(watch.COLUMNS))
def test_a_row_of_a_watch_list(cells: dict[str, str]) -> None:
    entry = taken(lambda: watch.watched_in(cells, salt=b"1"))
    assert entry
    assert not isinstance(entry, Watched) or (entry.name == cells["name"] and record_of(entry))


@pytest.mark.parametrize(
    ("text", "day"),
    [("2026-03-09", date(2026, 3, 9)), ("9.3.2026", date(2026, 3, 9)), ("09 Mar 2026", date(2026, 3, 9)), ("", None)],
)
def test_days(text: str, day: date | None) -> None:
    assert day_in({"since": text}, "since") == day


@pytest.mark.parametrize("text", ["03/09/2026", "9.3.", "1799-12-31", "2026-02-30", "tomorrow"])
def test_what_is_no_day(text: str) -> None:
    with pytest.raises(RowFault) as fault:
        day_in({"since": text}, "since")
    assert fault.value.finding.rule.code == "row_day"


def test_what_differs() -> None:
    told = between({"a": "1", "b": date(2026, 1, 1), "c": ("x", "y")}, {"a": "2", "b": date(2026, 1, 1), "c": ("x",)})
    assert [(was.field, was.before, was.after) for was in told] == [("a", "1", "2"), ("c", "x, y", "x")]
    assert canonical({"of": [record_of(was) for was in told]})
    assert between({}, {"a": None}) == ()


def test_a_number_stands_once() -> None:
    seen: dict[str, int] = {}
    once(seen, "T-1", 2)
    with pytest.raises(RowFault) as fault:
        once(seen, "T-1", 5)
    assert dict(fault.value.finding.facts) == {"number": "T-1", "line": "2"}
