from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from kpdesk.domain.certificate import Facts, Line, Named, Number, expiry
from kpdesk.domain.checks import check_certificate, english, plain
from kpdesk.domain.goods import MIXED, Heading
from kpdesk.domain.measures import Carats, Money, total_money
from kpdesk.domain.outcomes import Finding, Severity
from kpdesk.domain.parcel import Parcel
from kpdesk.domain.participants import OwnDate, ParticipantKind, Participation, Register, Restriction, Zone
from kpdesk.domain.parties import Licence, Party, PartyKind
from kpdesk.domain.spans import Span

TODAY = date(2026, 3, 9)
NOBODY = Named("", "")
Make = Callable[..., Facts]
Check = Callable[..., list[str]]


@pytest.fixture
def findings(register: Register, exporter: Party, facts: Make) -> Callable[..., tuple[Finding, ...]]:
    """Checks the good certificate with some facts and circumstances changed."""

    def check(changes: dict[str, Any], **circumstances: Any) -> tuple[Finding, ...]:
        given: dict[str, Any] = {"register": register, "own": "ZZ", "today": TODAY, "exporter": exporter}
        return check_certificate(facts(**changes), **{**given, **circumstances})

    return check


@pytest.fixture
def codes(findings: Callable[..., tuple[Finding, ...]]) -> Check:
    return lambda changes, **circumstances: [finding.rule.code for finding in findings(changes, **circumstances)]


def line(heading: Heading = Heading.NON_INDUSTRIAL, carats: str = "10.00", value: str = "1000.00") -> Line:
    return Line(heading, Carats.of(carats), Money.of(value))


def test_a_good_certificate_has_no_findings(codes: Check, parcel: Callable[..., Parcel], importer: Party) -> None:
    assert codes({}, parcels=[parcel()], importer=importer) == []
    assert codes({"number": Number("ZZ000017")}) == []


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"issuing_authority": " "}, "authority_missing"),
        ({"origins": ()}, "origin_missing"),
        ({"provenance": ""}, "provenance_missing"),
        ({"destination": ""}, "destination_missing"),
        ({"exporter": Named("Practice Exports Ltd", "")}, "exporter_address_missing"),
        ({"importer": Named("", "2 Sample Quay")}, "importer_missing"),
        ({"importer": Named("Practice Imports BV", " ")}, "importer_address_missing"),
        ({"lines": ()}, "heading_missing"),
        ({"lines": (line(carats="0"),)}, "carats_missing"),
        ({"lines": (line(value="0"),)}, "value_missing"),
        ({"parcels": 0}, "parcels_missing"),
        ({"containers": 0, "seals": ()}, "containers_missing"),
        ({"seals": ()}, "seal_missing"),
        ({"seals": ("S-1", "S-2")}, "seals_not_containers"),
        ({"containers": 2, "seals": ("S-1", "S-1")}, "seal_twice"),
        ({"edition": ""}, "edition_missing"),
        ({"issuing_authority": "Офис алмазов"}, "text_not_english"),
        ({"importer": Named("Practice Imports BV", "Street\u202e1")}, "text_not_plain"),
        ({"lines": (line(),) * 15}, "too_many_lines"),
        ({"lines": (line(carats="10.004"),)}, "carats_not_agreed"),
        ({"expires": date(2026, 3, 8)}, "expires_before_issue"),
        ({"expires": date(2026, 5, 9)}, "expires_too_late"),
        ({"number": Number("XZ000017")}, "number_of_another"),
        ({"destination": "KE"}, "not_participant"),
        ({"destination": "ZZ"}, "destination_here"),
        ({"provenance": "KE"}, "not_participant"),
        ({"origins": ("KE", "ZZ")}, "origin_not_participant"),
        ({"participant": "XZ", "destination": "IN"}, "not_our_certificate"),
        ({"exporter": Named("Another Firm Ltd", "1 Example Street")}, "exporter_differs"),
    ],
)
def test_one_thing_wrong(codes: Check, changes: dict[str, Any], code: str) -> None:
    assert code in codes(changes)
    assert len(codes(changes)) <= 2


def test_every_finding_comes_at_once(codes: Check) -> None:
    empty = {"issuing_authority": "", "exporter": NOBODY, "importer": NOBODY, "lines": (), "parcels": 0, "origins": ()}
    bare = {**empty, "provenance": "", "destination": "", "edition": "", "containers": 0, "seals": ()}
    assert codes(bare, exporter=None) == [
        "authority_missing",
        "exporter_missing",
        "importer_missing",
        "heading_missing",
        "parcels_missing",
        "origin_missing",
        "provenance_missing",
        "destination_missing",
        "exporter_address_missing",
        "importer_address_missing",
        "edition_missing",
        "containers_missing",
        "seal_missing",
        "exporter_not_registered",
    ]


def test_text() -> None:
    assert plain("Société Générale")
    assert not plain("Societe\u0301")
    assert not plain("two\nlines")
    assert english("شركة Practice")
    assert english("12-34")
    assert not english("شركة")


def test_the_day_of_issue(codes: Check) -> None:
    assert codes({}, today=date(2026, 3, 8)) == ["issued_in_future"]
    assert codes({}, latest_expiry=date(2026, 5, 7)) == ["expires_too_late"]
    assert codes({"expires": date(2026, 6, 9)}, latest_expiry=date(2026, 6, 9)) == []


def test_validity_of_canada_and_the_eu() -> None:
    """kpcs.md §17.1; the last moment is the end of the last day."""
    assert expiry(date(2026, 1, 1), days=60, months=None) == date(2026, 3, 2)
    assert expiry(date(2025, 12, 31), days=None, months=2) == date(2026, 2, 28)


def test_sums_over_parcels(codes: Check, parcel: Callable[..., Parcel]) -> None:
    three = [parcel(number=f"P-{each}", carats=Carats.of("10.00")) for each in range(3)]
    total = total_money(each.value for each in three if each.value)
    facts = {"lines": (Line(Heading.NON_INDUSTRIAL, Carats.of("30.00"), total),), "parcels": 3}
    assert codes(facts, parcels=three) == []
    assert codes(facts, parcels=three[:2]) == ["parcels_miscounted", "carats_do_not_add_up", "value_does_not_add_up"]
    moved = [*three[:2], parcel(heading=Heading.UNSORTED)]
    assert codes(facts, parcels=moved) == ["carats_do_not_add_up", "value_does_not_add_up"] * 2
    assert codes({**facts, "origins": ("SL",)}, parcels=three) == ["origins_differ"]
    unweighed = [*three, parcel(carats=None, value=None)]
    assert codes({**facts, "parcels": 4}, parcels=unweighed) == []


def test_two_unmixed_parcels_of_different_origin(facts: Make, codes: Check, parcel: Callable[..., Parcel]) -> None:
    """kpcs.md §17.3: one certificate shows the mixed mark, and keeps both origins."""
    both = facts(origins=("LR", "SL"))
    assert both.origin == MIXED
    assert both.mixed
    parcels = [
        parcel(number=code, origins=(code,), carats=Carats.of("5.00"), value=Money.of("500.00"))
        for code in ("SL", "LR")
    ]
    assert codes({"origins": ("LR", "SL"), "parcels": 2}, parcels=parcels) == []


@pytest.mark.parametrize(
    ("number", "issued", "participant", "expected"),
    [
        # kpcs.md §17.4 and §17.5
        ("EC00012345", date(2008, 1, 15), "EU", []),
        ("EC00012345", date(2026, 1, 15), "EU", ["number_old_stock"]),
        ("KE00012345", date(2026, 1, 15), "KE", ["not_participant"]),
        ("GB00012345", date(2020, 11, 30), "GB", ["may_not_head"]),
        ("GB00012345", date(2021, 1, 1), "GB", []),
        ("GL00012345", date(2026, 1, 15), "GL", ["may_not_head"]),
        ("BG00012345", date(2005, 5, 5), "BG", []),
        ("BG00012345", date(2008, 5, 5), "BG", ["may_not_head"]),
        ("CF00012345", date(2014, 6, 1), "CF", ["suspended"]),
        ("CF00012345", date(2017, 6, 1), "CF", ["restricted"]),
        ("CF00012345", date(2025, 2, 1), "CF", []),
        ("CG00012345", date(2005, 1, 1), "CG", ["not_participant"]),
    ],
)
def test_who_issues_when(codes: Check, number: str, issued: date, participant: str, expected: list[str]) -> None:
    changes = {
        "number": Number(number),
        "issued": issued,
        "expires": expiry(issued),
        "participant": participant,
        "origins": (participant,),
        "provenance": participant,
    }
    found = codes(changes, own=participant)
    assert [code for code in found if not code.startswith("licence")] == expected


def test_destination_in_a_member_of_the_eu(codes: Check, importer: Party) -> None:
    importer.country = "BE"
    assert codes({"destination": "EU"}, importer=importer) == []
    assert codes({"destination": "BE"}, importer=importer) == []
    assert codes({"destination": "GB"}, importer=importer) == ["importer_elsewhere"]
    assert codes({"participant": "EU", "origins": ("EU",), "provenance": "EU", "destination": "BE"}, own="EU") == [
        "destination_here"
    ]
    assert codes({"destination": ""}, importer=importer) == ["destination_missing"]


def test_our_own_law_lags(findings: Callable[..., tuple[Finding, ...]], register: Register) -> None:
    """Uzbekistan: in the Scheme from 2024-11-15, in Canada's law from 2025-01-23."""
    lagging = replace(register, own_dates=(OwnDate("UZ", date(2025, 1, 23)),))
    early = {"issued": date(2024, 12, 1), "expires": date(2025, 1, 30), "destination": "UZ"}
    found = [each for each in findings(early, register=lagging) if each.rule.code == "own_law_not_yet"]
    assert [each.severity for each in found] == [Severity.LIFTABLE]
    assert dict(found[0].facts)["since"] == "2025-01-23"
    assert "not_participant" in [each.rule.code for each in findings({**early, "issued": date(2024, 11, 1)})]


def restricted(register: Register) -> Register:
    """A practice restriction of ZZ to zones in 2026."""
    row = Participation(
        code="ZZ",
        name="Practice Republic",
        kind=ParticipantKind.STATE,
        present=Span(date(2003, 1, 1)),
        restriction=Restriction.PARTIAL,
        restricted=Span(date(2026, 1, 1), date(2026, 12, 31)),
        note="green zones only",
    )
    zones = (Zone("ZZ", "North", date(2026, 2, 1)), Zone("ZZ", "South", date(2026, 6, 1)))
    return replace(register, rows=(*register.rows, row), zones=zones)


@pytest.mark.parametrize(
    ("zones", "expected"),
    [
        (["North"], []),
        (["North", "North"], []),
        ([""], ["restricted"]),
        (["North", ""], ["restricted"]),
        (["South"], ["zone_not_open"]),
        (["West", ""], ["restricted", "zone_not_open"]),
    ],
)
def test_zones_of_a_restricted_participant(
    codes: Check, register: Register, parcel: Callable[..., Parcel], zones: list[str], expected: list[str]
) -> None:
    parcels = [parcel(number=f"P-{place}", zone=zone) for place, zone in enumerate(zones)]
    carats, value = Carats.from_hundredths(1000 * len(zones)), Money.from_cents(100000 * len(zones))
    changes = {"lines": (Line(Heading.NON_INDUSTRIAL, carats, value),), "parcels": len(zones)}
    assert codes(changes, register=restricted(register), parcels=parcels) == expected


def test_a_restricted_participant_without_its_parcels(
    codes: Check, register: Register, parcel: Callable[..., Parcel]
) -> None:
    assert codes({}, register=restricted(register)) == ["restricted"]
    re_export = parcel(origins=("SL",))
    assert codes({"origins": ("SL",)}, register=restricted(register), parcels=[re_export]) == []


@pytest.mark.parametrize(
    ("issued", "code"), [(date(2014, 6, 1), "origin_suspended"), (date(2017, 6, 1), "origin_restricted")]
)
def test_goods_of_a_restricted_origin(codes: Check, issued: date, code: str) -> None:
    assert code in codes({"origins": ("CF",), "issued": issued, "expires": expiry(issued)})
    assert codes({"origins": (MIXED,)}) == []


@pytest.mark.parametrize(
    ("licence", "code"),
    [
        (Licence("L-1", PartyKind.EXPORTER, date(2025, 1, 1), date(2026, 3, 8)), "licence_not_valid"),
        (Licence("L-1", PartyKind.EXPORTER, date(2025, 1, 1), None, (Span(TODAY),)), "licence_suspended"),
        (Licence("L-1", PartyKind.EXPORTER, date(2025, 1, 1), date(2026, 4, 1)), "licence_ends_soon"),
        (Licence("L-1", PartyKind.DEALER, date(2025, 1, 1)), "licence_missing"),
    ],
)
def test_the_exporters_licence(codes: Check, exporter: Party, licence: Licence, code: str) -> None:
    exporter.licences = (licence,)
    assert codes({}) == [code]


def test_a_name_is_the_same_whatever_its_case(codes: Check) -> None:
    assert codes({"exporter": Named("PRACTICE  EXPORTS LTD", "1 Example Street")}) == []
