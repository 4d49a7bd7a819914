"""Values to text and back, by the office's settings."""

from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpdesk.domain.measures import Carats, Money, TooManyDecimals
from ui import messages
from ui.formats import Formats, isolated

HERE = Formats(zone=timezone(timedelta(hours=2)))
COMMA = Formats(mark=",")
NOON = datetime(2026, 3, 9, 22, 41, 7, tzinfo=UTC)


def test_as_the_office_writes() -> None:
    assert HERE.carats(Carats.of("1234.565")) == "1\u00a0234.565\u00a0ct"
    assert HERE.carats(Carats.of("10")) == "10.00\u00a0ct"
    assert COMMA.money(Money.of("371583.98")) == "US$\u00a0371\u00a0583,98"
    assert HERE.number(1234567) == "1\u00a0234\u00a0567"


def test_office_time() -> None:
    assert HERE.date(date(2026, 3, 9)) == "09 Mar 2026"
    assert HERE.moment(NOON) == "10 Mar 2026  00:41"
    assert HERE.time(NOON, seconds=True) == "00:41:07"
    assert HERE.since(NOON - timedelta(minutes=5), NOON) == "00:36"
    assert HERE.since(NOON - timedelta(hours=1), NOON) == "yesterday"
    assert HERE.since(NOON - timedelta(days=2), NOON) == "08 Mar 2026"


def test_days_in_sentences_are_written_the_same_way() -> None:
    facts = {"code": "KE", "name": "KE", "day": "2026-03-09"}
    assert messages.said("not_participant", facts).what == "KE (KE) was no participant on 09 Mar 2026."
    months = messages.said("title_not_valid", {"title": "T-100", "parcel": "", "month": "2026-03"})
    assert "Mar 2026" in months.what


@pytest.mark.parametrize("fact", ["2026-02-30", "2026-13", "P-2026-03", "2026-001", "x 2026-03-09"])
def test_what_is_no_day_stays_as_it_is(fact: str) -> None:
    assert fact in messages.said("FileEmpty", {"file": fact}).what


def test_a_moment_is_aware() -> None:
    with pytest.raises(ValueError, match="aware"):
        HERE.time(datetime(2026, 3, 9))  # noqa: DTZ001


@given(st.integers(0, 10**11 - 1), st.sampled_from([HERE, COMMA]))
def test_what_is_shown_can_be_typed(thousandths: int, formats: Formats) -> None:
    carats = Carats.from_thousandths(thousandths)
    assert formats.read_carats(formats.number(carats.value)) == carats
    money = Money.from_cents(thousandths)
    assert formats.read_money(formats.number(money.value)) == money


def test_a_group_is_no_decimal() -> None:
    with pytest.raises(TooManyDecimals):
        HERE.read_money("1,234")
    assert HERE.read_carats("1,234") == Carats(Decimal("1.234"))


def test_codes_stay_left_to_right() -> None:
    assert isolated("ZZ000123") == "\u2066ZZ000123\u2069"
