"""The goods that arrive against what their certificate states: `kpdesk.domain.arrival.compare`."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kpdesk.domain.arrival import Tolerance, compare
from kpdesk.domain.certificate import Facts, Line
from kpdesk.domain.goods import Heading
from kpdesk.domain.inspection import Arrival
from kpdesk.domain.measures import Carats, Money
from kpdesk.domain.outcomes import Severity

Make = Callable[..., Facts]
fixtures_only_make = settings(suppress_health_check=[HealthCheck.function_scoped_fixture])


def line(heading: Heading = Heading.NON_INDUSTRIAL, carats: str = "10.00", value: str = "1000.00") -> Line:
    return Line(heading, Carats.of(carats), Money.of(value))


def goods(**changes: Any) -> Arrival:
    """Exactly what the good certificate states."""
    given: dict[str, Any] = {
        "carats": Carats.of("10.00"), "parcels": 1, "seals": ("S-1",), "seals_intact": True, "original": True,
    }  # fmt: skip
    return Arrival(**{**given, **changes})


def compared(claimed: Facts, changes: dict[str, Any], **more: Any) -> list[str]:
    return [finding.rule.code for finding in compare(claimed, goods(**changes), **more)]


@pytest.mark.parametrize(
    ("changes", "more", "code", "severity"),
    [
        ({"original": False}, {}, "original_missing", Severity.LIFTABLE),
        ({"parcels": 2}, {}, "parcels_differ", Severity.LIFTABLE),
        ({}, {"containers": 2}, "containers_differ", Severity.LIFTABLE),
        ({"seals": ()}, {}, "unsealed", Severity.STOP),
        ({"seals": (), "seals_intact": False}, {}, "unsealed", Severity.STOP),
        ({"seals_intact": False}, {}, "seal_broken", Severity.LIFTABLE),
        ({"seals": ("S-2",)}, {}, "seal_differs", Severity.LIFTABLE),
        ({"seals": ("S-1", "S-2")}, {}, "seal_differs", Severity.LIFTABLE),
    ],
)
def test_what_has_no_tolerance(
    facts: Make, changes: dict[str, Any], more: dict[str, Any], code: str, severity: Severity
) -> None:
    (found,) = compare(facts(), goods(**changes), **more)
    assert (found.rule.code, found.severity) == (code, severity)
    assert compared(facts(), {}, containers=1) == []


def test_seals_in_any_order_and_unstated(facts: Make) -> None:
    two = facts(seals=("S-1", "S-2"), containers=2)
    assert compared(two, {"seals": ("S-2", "S-1")}, containers=2) == []
    assert compared(facts(seals=()), {"seals": ("S-9",)}) == []
    assert compared(two, {"seals": ("S-3",), "seals_intact": False}) == ["seal_broken", "seal_differs"]


@pytest.mark.parametrize(
    ("stated", "parcels", "found", "expected"),
    [
        # 0.01 ct a parcel is rounding
        ("10.00", 1, "10.01", []),
        ("10.00", 1, "9.99", []),
        ("10.00", 1, "10.011", ["carats_differ"]),
        ("10.00", 3, "10.03", []),
        ("10.00", 3, "10.031", ["carats_differ"]),
        # held over the larger of 0.50 ct and 0.1 %
        ("10.00", 1, "10.50", ["carats_differ"]),
        ("10.00", 1, "10.501", ["carats_far_off"]),
        ("1000.00", 1, "1001.00", ["carats_differ"]),
        ("1000.00", 1, "1001.001", ["carats_far_off"]),
        ("1000.00", 1, "999.00", ["carats_differ"]),
        # a gram for a carat, a decimal mark
        ("10.00", 1, "2.00", ["carats_far_off", "unit_slip"]),
        ("2.00", 1, "10.01", ["carats_far_off", "unit_slip"]),
        ("10.00", 1, "100.00", ["carats_far_off", "unit_slip"]),
        ("1000.00", 1, "10.00", ["carats_far_off", "unit_slip"]),
        ("1000.00", 1, "9.80", ["carats_far_off"]),
        ("10.00", 1, "0.00", ["carats_far_off"]),
        # digits that changed places
        ("12.34", 1, "21.34", ["carats_far_off", "digits_swapped"]),
        ("12.34", 1, "13.24", ["carats_far_off", "digits_swapped"]),
        ("12.34", 1, "14.32", ["carats_far_off", "digits_swapped"]),
        ("12.34", 1, "13.42", ["carats_far_off"]),
        ("12.34", 1, "13.34", ["carats_far_off"]),
        ("12.34", 1, "112.43", ["carats_far_off"]),
        ("12.34", 1, "15.64", ["carats_far_off"]),
    ],
)
def test_carats(facts: Make, stated: str, parcels: int, found: str, expected: list[str]) -> None:
    claimed = facts(lines=(line(carats=stated),), parcels=parcels)
    assert compared(claimed, {"carats": Carats.of(found), "parcels": parcels}) == expected


@given(st.integers(1, 10**7), st.integers(0, 10**7), st.integers(1, 50))
@fixtures_only_make
def test_carats_are_right_noted_or_held(facts: Make, stated: int, found: int, parcels: int) -> None:
    """In thousandths: exactly one of the three, as the office's note of tolerance says (kpcs.md §6.3)."""
    claimed = facts(lines=(line(carats=str(Carats.from_thousandths(stated))),), parcels=parcels)
    codes = compared(claimed, {"carats": Carats.from_thousandths(found), "parcels": parcels})
    apart = abs(stated - found)
    rounding, held = 10 * parcels, max(500, stated / 1000)
    assert ("carats_far_off" in codes) == (apart > max(rounding, held))
    assert ("carats_differ" in codes) == (rounding < apart <= held)
    assert (codes == []) == (apart <= rounding)


@pytest.mark.parametrize(
    ("estimate", "expected"),
    [
        (None, []),
        ("1100.00", []),
        ("900.00", []),
        ("1100.01", ["value_differs"]),
        ("899.99", ["value_differs"]),
        ("1250.00", ["value_differs"]),
        ("1250.01", ["value_far_off"]),
        ("749.99", ["value_far_off"]),
        ("0.00", ["value_far_off"]),
    ],
)
def test_the_offices_own_estimate(facts: Make, estimate: str | None, expected: list[str]) -> None:
    assert compared(facts(), {"value": estimate and Money.of(estimate)}) == expected


def test_an_office_sets_its_own_tolerance(facts: Make) -> None:
    strict = Tolerance(
        carats_a_parcel=Decimal(0),
        carats_held=Decimal("0.02"),
        share_held=Decimal(0),
        value_noted=Decimal("0.01"),
        value_held=Decimal("0.02"),
    )
    for carats, value, expected in (
        ("10.00", "1010.00", []),
        ("10.02", "1020.00", ["carats_differ", "value_differs"]),
        ("10.021", "1020.01", ["carats_far_off", "value_far_off"]),
    ):
        changes = {"carats": Carats.of(carats), "value": Money.of(value)}
        assert compared(facts(), changes, tolerance=strict) == expected


@pytest.mark.parametrize(
    ("headings", "expected"),
    [
        ({"7102.31": "10.00", "7102.21": "4.00"}, []),
        ({"7102.31": "10.00", "7102.21": "4.02"}, ["carats_differ"]),
        ({"7102.31": "9.00", "7102.21": "5.00"}, ["carats_far_off"] * 2),
        ({"7102.31": "14.00"}, ["heading_differs", "carats_far_off"]),
        ({"7102.31": "10.00", "7102.10": "4.00"}, ["heading_differs", "heading_differs"]),
        ({"7102.31": "10.00", "7102.21": "4.00", "7102.10": "0.01"}, ["heading_differs"]),
        ({}, ["heading_differs"] * 2),
    ],
)
def test_carats_weighed_apart(facts: Make, headings: dict[str, str], expected: list[str]) -> None:
    lines = (line(), line(Heading.INDUSTRIAL, "1.50"), line(Heading.INDUSTRIAL, "2.50"))
    weighed = {Heading(heading): Carats.of(carats) for heading, carats in headings.items()}
    assert compared(facts(lines=lines), {"carats": Carats.of("14.00")}, headings=weighed) == expected


@given(st.dictionaries(st.sampled_from(Heading), st.integers(1, 10**6), min_size=1), st.booleans())
@fixtures_only_make
def test_goods_exactly_as_stated(facts: Make, carats: dict[Heading, int], apart: bool) -> None:
    weighed = {heading: Carats.from_hundredths(hundredths) for heading, hundredths in carats.items()}
    claimed = facts(lines=tuple(Line(heading, each, Money.of("1.00")) for heading, each in weighed.items()))
    changes = {"carats": claimed.carats, "value": claimed.value}
    assert compared(claimed, changes, containers=1, headings=weighed if apart else None) == []
