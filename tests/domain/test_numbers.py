from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpdesk.domain.certificate import Number
from kpdesk.domain.numbers import NumberList, NumberRange, check_lists, check_number, issuer, stripped

BODIES = st.text("0123456789", min_size=2, max_size=10)


def codes(number: str, participant: str, issued: str, **more: object) -> list[str]:
    found = check_number(
        Number(number),
        participant=participant,
        issued=date.fromisoformat(issued),
        **more,  # type: ignore[arg-type]
    )
    return [finding.rule.code for finding in found]


@pytest.mark.parametrize(
    ("number", "participant", "issued", "expected"),
    [
        # kpcs.md §17.4
        ("EC00012345", "EU", "2008-01-15", []),
        ("EC00012345", "EU", "2026-01-15", ["number_old_stock"]),
        ("EU00012345", "EU", "2026-01-15", []),
        ("EU0012345", "EU", "2026-01-15", ["number_pattern_unknown"]),
        ("US12345", "US", "2026-01-15", []),
        ("US123456", "US", "2026-01-15", ["number_pattern_unknown"]),
        ("SL004199", "SL", "2014-01-15", []),
        ("SL4199", "SL", "2014-01-15", ["number_pattern_unknown"]),
        ("BR64", "BR", "2005-01-15", []),
        ("ZZ2026A17", "ZZ", "2026-01-15", []),  # no pattern known
        ("KE000001", "ZZ", "2026-01-15", ["number_of_another"]),
        ("EU00012345", "BE", "2026-01-15", ["number_of_another"]),
    ],
)
def test_patterns(number: str, participant: str, issued: str, expected: list[str]) -> None:
    assert codes(number, participant, issued) == expected


def test_ec_is_the_eu_and_not_ecuador() -> None:
    assert (issuer(Number("EC00012345")), issuer(Number("EU00012345"))) == ("EU", "EU")


def test_ranges() -> None:
    """A forgery of 2015 bore a number of an earlier year's range (kpcs.md §2.3)."""
    ranges = [
        NumberRange(Number("SL004000"), Number("SL004999"), date(2013, 1, 1), date(2014, 12, 31)),
        NumberRange(Number("SL005000"), Number("SL005999"), date(2015, 1, 1)),
    ]
    assert codes("SL004199", "SL", "2014-06-01", ranges=ranges) == []
    assert codes("SL004199", "SL", "2015-06-01", ranges=ranges) == ["number_out_of_range"]
    assert codes("SL005999", "SL", "2015-06-01", ranges=ranges) == []
    assert codes("SL004199", "SL", "2010-06-01", ranges=ranges) == []  # nothing known of that year
    assert Number("SL45000") not in ranges[0]


def test_a_range_of_one() -> None:
    one = NumberRange(Number("SL000001"), Number("SL000001"))
    assert [Number(text) in one for text in ("SL000000", "SL000001", "SL000002")] == [False, True, False]


@pytest.mark.parametrize(("first", "last"), [("SL2", "LR3"), ("SL09", "SL100"), ("SL2", "SL1")])
def test_a_range_is_checked_when_made(first: str, last: str) -> None:
    with pytest.raises(ValueError, match="range"):
        NumberRange(Number(first), Number(last))


def test_alerts_match_whatever_the_zeros() -> None:
    alerts = NumberList([Number("SL004199")], [NumberRange(Number("SL000100"), Number("SL000199"))])
    for text in ("SL004199", "SL4199", "SL04199", "SL000150"):
        assert [each.rule.code for each in check_lists(Number(text), alerts=alerts)] == ["number_alerted"]
    assert check_lists(Number("SL000200"), alerts=alerts) == ()


def test_near_numbers_are_noted() -> None:
    alerts = NumberList([Number("SL004199"), Number("SL001499")])
    (near,) = check_lists(Number("SL004919"), alerts=alerts)
    assert (near.rule.code, dict(near.facts)["alert"]) == ("number_near_alert", "SL004199")
    assert alerts.near(Number("SL001949")) == (Number("SL001499"),)
    assert alerts.near(Number("SL041990")) == ()


def test_void_numbers() -> None:
    found = check_lists(Number("ZZ000123"), void=NumberList([Number("ZZ000123")]))
    assert [each.rule.code for each in found] == ["number_void"]


@given(BODIES, st.integers(0, 3))
def test_zeros_in_front_change_nothing(body: str, zeros: int) -> None:
    number, longer = Number("ZZ" + body), Number("ZZ" + "0" * zeros + body)
    assert stripped(number) == stripped(longer)
    assert NumberList([number]).same(longer) == number


@given(BODIES, st.data())
def test_any_two_neighbours_that_changed_places_are_near(body: str, data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(body) - 2))
    swapped = body[:place] + body[place + 1] + body[place] + body[place + 2 :]
    listed, read = Number("ZZ" + body), Number("ZZ" + swapped)
    known = NumberList([listed])
    assert known.same(read) == listed or known.near(read) == (listed,)
