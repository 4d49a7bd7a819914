"""What comes in, its paper: `kpdesk.domain.arrival.check_incoming`; the goods are in test_arrival_goods.py."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kpdesk.domain import rules
from kpdesk.domain.arrival import Look, check_incoming
from kpdesk.domain.certificate import Facts, Line, Named, Number, expiry
from kpdesk.domain.goods import MIXED, Heading
from kpdesk.domain.measures import Carats, Money
from kpdesk.domain.numbers import NumberList, NumberRange, Pattern
from kpdesk.domain.outcomes import Finding, Severity
from kpdesk.domain.participants import OwnDate, Register, Zone
from kpdesk.domain.parties import Licence, Party, PartyKind
from kpdesk.domain.spans import Span

ISSUED, EXPORTED, ARRIVED, EXPIRES = date(2026, 3, 9), date(2026, 3, 12), date(2026, 3, 20), date(2026, 5, 8)
NUMBER = Number("ZZ000017")
Make = Callable[..., Facts]
Findings = Callable[..., tuple[Finding, ...]]
Check = Callable[..., list[str]]
fixtures_only_make = settings(suppress_health_check=[HealthCheck.function_scoped_fixture])


def codes_of(findings: tuple[Finding, ...]) -> list[str]:
    return [finding.rule.code for finding in findings]


def line(heading: Heading = Heading.NON_INDUSTRIAL, carats: str = "10.00", value: str = "1000.00") -> Line:
    return Line(heading, Carats.of(carats), Money.of(value))


@pytest.fixture
def findings(register: Register, importer: Party, facts: Make) -> Findings:
    """Checks the good certificate as it comes into XZ, with some facts and circumstances changed."""
    importer.licences = (Licence("I-1", PartyKind.IMPORTER, date(2003, 1, 1)),)

    def check(changes: dict[str, Any], **circumstances: Any) -> tuple[Finding, ...]:
        given: dict[str, Any] = {
            "register": register, "own": "XZ", "exported": EXPORTED, "arrived": ARRIVED, "importer": importer,
        }  # fmt: skip
        return check_incoming(facts(**{"number": NUMBER, **changes}), **{**given, **circumstances})

    return check


@pytest.fixture
def codes(findings: Findings) -> Check:
    return lambda changes, **circumstances: codes_of(findings(changes, **circumstances))


def look(**changes: bool) -> Look:
    seen = {"title": True, "statement": True, "english": True, "validated": True, "unaltered": True}
    return Look(**{**seen, **changes})


def test_a_good_certificate_has_no_findings(codes: Check) -> None:
    assert codes({}) == []
    assert codes({}, look=look()) == []


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"issuing_authority": ""}, "authority_missing"),
        ({"exporter": Named(" ", "1 Example Street")}, "exporter_missing"),
        ({"lines": ()}, "heading_missing"),
        ({"lines": (line(carats="0"),)}, "carats_missing"),
        ({"lines": (line(value="0"),)}, "value_missing"),
        ({"parcels": 0}, "parcels_missing"),
        ({"number": None}, "number_missing"),
    ],
)
def test_what_a_foreign_paper_lacks_may_be_mended(findings: Findings, changes: dict[str, Any], code: str) -> None:
    """EU 5(2): the same gap on our own paper is a stop that nobody lifts."""
    (found,) = findings(changes)
    assert (found.rule.code, found.severity, found.rule.clause) == (code, Severity.LIFTABLE, "EU 5(2)")
    assert rules.RULES[code].severity is Severity.STOP


def test_what_only_we_state_is_not_asked_of_others(codes: Check) -> None:
    ours = {"edition": "", "containers": 0, "seals": (), "origins": (), "provenance": "", "destination": ""}
    assert codes(ours) == []
    assert codes({"exporter": Named("Practice Exports Ltd", "")}) == []


@pytest.mark.parametrize(
    ("circumstances", "code", "severity"),
    [
        ({"received": "2026-03-01 Practice Harbour"}, "number_received", Severity.STOP),
        ({"void": NumberList([NUMBER])}, "number_void", Severity.STOP),
        ({"alerts": NumberList([Number("ZZ17")])}, "number_alerted", Severity.LIFTABLE),
        ({"alerts": NumberList([Number("ZZ000071")])}, "number_near_alert", Severity.NOTE),
        ({"ranges": [NumberRange(Number("ZZ000100"), Number("ZZ000199"))]}, "number_out_of_range", Severity.LIFTABLE),
    ],
)
def test_the_number(findings: Findings, circumstances: dict[str, Any], code: str, severity: Severity) -> None:
    (found,) = findings({}, **circumstances)
    assert (found.rule.code, found.severity) == (code, severity)
    assert dict(found.facts)["number"] == NUMBER.text
    assert codes_of(findings({"number": Number("ZZ000150")}, **{**circumstances, "received": ""})) == []


def test_a_number_of_another_participant(codes: Check) -> None:
    assert codes({"number": Number("XZ000017")}) == ["number_of_another"]
    assert codes({}, patterns=[Pattern("ZZ", "ZZ[0-9]{8}")]) == ["number_pattern_unknown"]


@pytest.mark.parametrize(
    ("seen", "code"),
    [
        ("title", "headline_missing"),
        ("statement", "statement_missing"),
        ("english", "english_missing"),
        ("validated", "validation_missing"),
        ("unaltered", "altered"),
        ("rough", "not_rough"),
    ],
)
def test_what_the_inspector_saw(findings: Findings, seen: str, code: str) -> None:
    (found,) = findings({}, look=look(**{seen: False}))
    assert (found.rule.code, found.severity) == (code, Severity.LIFTABLE)


@pytest.mark.parametrize(
    ("exported", "arrived", "expected"),
    [
        (EXPORTED, ARRIVED, []),
        (ISSUED, ISSUED, []),
        (EXPIRES, EXPIRES, []),
        (EXPIRES, date(2026, 5, 9), ["arrived_after_expiry"]),
        (date(2026, 5, 9), date(2026, 5, 9), ["exported_after_expiry"]),
        (date(2026, 3, 8), ARRIVED, ["exported_before_issue"]),
        (date(2026, 3, 21), ARRIVED, ["arrived_before_export"]),
        (date(2026, 3, 8), date(2026, 3, 8), ["issued_after_arrival", "exported_before_issue"]),
        (None, EXPIRES, []),
        (None, date(2026, 5, 9), ["valid_only_if_exported_by"]),
        (None, date(2026, 3, 8), ["issued_after_arrival"]),
    ],
)
def test_the_three_dates(codes: Check, exported: date | None, arrived: date, expected: list[str]) -> None:
    """Issue ≤ export ≤ expiry; an arrival after expiry alone is only noted (kpcs.md §2.5)."""
    assert codes({}, exported=exported, arrived=arrived) == expected


DAYS = st.dates(ISSUED - timedelta(days=5), EXPIRES + timedelta(days=5))


@given(DAYS, DAYS)
@fixtures_only_make
def test_export_alone_decides_on_expiry(findings: Findings, exported: date, arrived: date) -> None:
    found = findings({}, exported=exported, arrived=arrived)
    assert ("exported_after_expiry" in codes_of(found)) == (exported > EXPIRES)
    held = [each for each in found if each.severity is not Severity.NOTE]
    assert (not held) == (ISSUED <= exported <= min(arrived, EXPIRES))


@pytest.mark.parametrize(
    ("number", "issued", "expected"),
    [
        # kpcs.md §17.4 and §17.5, each on its days of issue, export and arrival
        ("EC00012345", date(2008, 1, 15), []),
        ("EC00012345", date(2026, 1, 15), ["number_old_stock"]),
        ("KE00012345", date(2026, 1, 15), ["not_participant"] * 3),
        ("CF00012345", date(2014, 6, 1), ["suspended"] * 3),
        ("CF00012345", date(2015, 7, 15), ["suspended"] * 2 + ["restricted"]),
        ("CF00012345", date(2017, 6, 1), ["restricted"] * 3),
        ("CF00012345", date(2024, 11, 14), ["restricted"]),
        ("CF00012345", date(2025, 2, 1), []),
        ("GB00012345", date(2020, 11, 30), ["may_not_head"]),
        ("GB00012345", date(2020, 12, 31), ["may_not_head"]),
        ("GB00012345", date(2021, 1, 1), []),
        ("CG00012345", date(2004, 7, 31), ["not_participant"] * 2),
    ],
)
def test_the_issuer_on_every_day(codes: Check, number: str, issued: date, expected: list[str]) -> None:
    code = {"EC": "EU"}.get(number[:2], number[:2])
    changes = {"number": Number(number), "participant": code, "origins": (code,), "provenance": code}
    days = {"exported": issued + timedelta(days=1), "arrived": issued + timedelta(days=2)}
    found = codes({**changes, "issued": issued, "expires": expiry(issued)}, **days)
    assert found == expected


def test_one_day_is_asked_once(codes: Check) -> None:
    kenya = {"number": Number("KE000017"), "participant": "KE", "origins": ("KE",), "provenance": "KE"}
    assert codes(kenya, exported=ISSUED, arrived=ISSUED) == ["not_participant"]
    assert codes(kenya, exported=None, arrived=ARRIVED) == ["not_participant"] * 2


def test_our_own_law_lags(codes: Check, register: Register) -> None:
    """Uzbekistan: in the Scheme from 2024-11-15, in Canada's law from 2025-01-23."""
    lagging = replace(register, own_dates=(OwnDate("UZ", date(2025, 1, 23)),))
    changes = {"number": Number("UZ000017"), "participant": "UZ", "origins": ("UZ",), "provenance": "UZ"}
    dates = {"issued": date(2025, 1, 20), "expires": date(2025, 3, 20)}
    days = {"exported": date(2025, 1, 22), "arrived": date(2025, 1, 23)}
    assert codes({**changes, **dates}, register=lagging, **days) == ["own_law_not_yet"] * 2
    assert codes({**changes, **dates}, **days) == []


@pytest.mark.parametrize(
    ("zones", "expected"),
    [
        (["Berberati"], []),
        ([], ["restricted"] * 3),
        (["Boda"], ["zone_not_open"]),
        (["Berberati", ""], ["restricted"]),
    ],
)
def test_zones_count_where_the_goods_left(
    codes: Check, register: Register, zones: list[str], expected: list[str]
) -> None:
    opened = replace(register, zones=(Zone("CF", "Berberati", date(2016, 1, 1)), Zone("CF", "Boda", date(2017, 6, 2))))
    changes = {"number": Number("CF000017"), "participant": "CF", "origins": ("CF",), "provenance": "CF"}
    dates = {"issued": date(2017, 6, 1), "expires": date(2017, 7, 31)}
    days = {"exported": date(2017, 6, 2), "arrived": date(2017, 6, 3)}
    assert codes({**changes, **dates}, register=opened, zones=zones, **days) == expected


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"provenance": "KE"}, ["not_participant"]),
        ({"provenance": "IN"}, []),
        ({"provenance": ""}, []),
        ({"origins": ("KE", "ZZ")}, ["origin_not_participant"]),
        ({"origins": ("IN", "ZZ")}, []),
        ({"origins": (MIXED,)}, []),
        ({"destination": "IN"}, ["destination_elsewhere"]),
        ({"destination": ""}, []),
    ],
)
def test_whence_and_whither(codes: Check, changes: dict[str, Any], expected: list[str]) -> None:
    assert codes(changes) == expected


def test_here_is_the_whole_eu(codes: Check) -> None:
    for destination in ("EU", "BE", "GL"):
        assert codes({"destination": destination}, own="EU") == []
    assert codes({"destination": "GB"}, own="EU") == ["destination_elsewhere"]


def test_we_are_no_participant_ourselves(findings: Findings) -> None:
    (found,) = findings({"destination": "KE"}, own="KE")
    assert (found.rule.code, dict(found.facts)["whose"]) == ("not_participant", "own")


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        (OwnDate("XZ", date(2003, 5, 31), False), ["imports_barred"]),
        (OwnDate("ZZ", date(2003, 5, 31), False), ["imports_barred"]),
        (OwnDate("IN", date(2003, 5, 31), False), []),
        (OwnDate("ZZ", ARRIVED + timedelta(days=1), False), []),
    ],
)
def test_our_law_bars_imports(codes: Check, register: Register, row: OwnDate, expected: list[str]) -> None:
    """As the CD order of 2003-05-31 does, from anybody."""
    assert codes({}, register=replace(register, own_dates=(row,))) == expected


@pytest.mark.parametrize(
    ("licence", "expected"),
    [
        (Licence("I-1", PartyKind.IMPORTER, ARRIVED), []),
        (Licence("I-1", PartyKind.IMPORTER, ARRIVED + timedelta(days=1)), ["licence_not_valid"]),
        (Licence("I-1", PartyKind.IMPORTER, ISSUED, None, (Span(ARRIVED),)), ["licence_suspended"]),
        (Licence("I-1", PartyKind.IMPORTER, ISSUED, ARRIVED), ["licence_ends_soon"]),
        (Licence("L-1", PartyKind.EXPORTER, ISSUED), ["licence_missing"]),
    ],
)
def test_the_importers_licence(codes: Check, importer: Party, licence: Licence, expected: list[str]) -> None:
    importer.licences = (licence,)
    assert codes({}) == expected


def test_the_importer(codes: Check) -> None:
    assert codes({}, importer=None) == ["importer_not_registered"]
    assert codes({"importer": Named("Another Firm BV", "2 Sample Quay")}) == ["importer_differs"]
    assert codes({"importer": Named("PRACTICE  IMPORTS bv", "2 Sample Quay")}) == []


def test_every_finding_comes_at_once(codes: Check) -> None:
    bare = {"number": None, "issuing_authority": "", "provenance": "KE", "destination": "IN"}
    late = {"exported": None, "arrived": EXPIRES + timedelta(days=1), "importer": None}
    assert codes(bare, look=look(title=False), **late) == [
        "authority_missing",
        "number_missing",
        "headline_missing",
        "valid_only_if_exported_by",
        "not_participant",
        "destination_elsewhere",
        "importer_not_registered",
    ]
