"""Days as people type them."""

from contextlib import suppress
from datetime import date, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpdesk.domain.days import NotADay, NotAMoment, parse_day, parse_time


@pytest.mark.parametrize(
    "text",
    (["9.3.2026", "09.03.2026", "9 3 2026", "09 Mar 2026", "9 mar", "9.3.", "9.3", "2026-03-09", " 9  March  2026 "]),
)
def test_a_day(text: str) -> None:
    assert parse_day(text, year=2026) == date(2026, 3, 9)


@pytest.mark.parametrize(
    "text", ["", "9", "03/09/26", "9/3/2026", "31.2.2026", "9.13.2026", "9 xyz 2026", "٩.٣.2026", "9.3.26"]
)
def test_no_day(text: str) -> None:
    with pytest.raises(NotADay):
        parse_day(text, year=2026)


@pytest.mark.parametrize("text", ["14:30", "14.30", "14h30", "1430", "14 30"])
def test_a_time(text: str) -> None:
    assert parse_time(text) == time(14, 30)


@pytest.mark.parametrize("text", ["", "25:00", "14:60", "noon", "14:3", "-1"])
def test_no_time(text: str) -> None:
    with pytest.raises(NotAMoment):
        parse_time(text)


def test_a_full_hour() -> None:
    assert parse_time("9") == time(9)


@given(st.text(max_size=30))
def test_anything_else_is_refused_and_never_breaks(text: str) -> None:
    with suppress(NotADay):
        parse_day(text, year=2026)
    with suppress(NotAMoment):
        parse_time(text)
