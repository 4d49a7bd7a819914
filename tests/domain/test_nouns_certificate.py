"""The certificate's number, facts, validity; goods; shipments' sums."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpdesk.domain.certificate import (
    Anchor,
    Facts,
    Kind,
    Line,
    NotANumber,
    Number,
    check_character,
    expiry,
)
from kpdesk.domain.goods import MIXED, Heading, shipment_origin
from kpdesk.domain.measures import Carats, Money
from kpdesk.domain.parcel import Parcel
from kpdesk.domain.records import canonical, parse
from kpdesk.domain.shipment import lines_of, origins_of

NUMBERS = st.from_regex("[A-Z]{2}[A-Z0-9]{1,18}", fullmatch=True)


# Numbers


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("ZZ2026001377", "ZZ2026001377"),
        (" zz 2026-001377\n", "ZZ2026001377"),
        ("SL\u2013004199", "SL004199"),
        ("US·01234", "US01234"),
        ("EU 00\u00a000\u202f00 01", "EU00000001"),
    ],
)
def test_a_number_is_read_from_paper_with_its_zeros(typed: str, number: str) -> None:
    assert Number.parse(typed).text == number
    assert str(Number(number)) == number


@pytest.mark.parametrize("typed", ["", "Z1", "1234", "ZZ", "Z", "ZZ12_3", "ZZ" + "1" * 19, "ЗЗ123", "ZZ12é", "ZZ١٢"])
def test_what_is_no_number(typed: str) -> None:
    with pytest.raises(NotANumber):
        Number.parse(typed)


@given(NUMBERS)
def test_the_check_character_finds_every_misread_and_swapped_character(text: str) -> None:
    checked = Number(text).with_check
    assert checked[:-1] == text
    for place, true in enumerate(text):
        for wrong in "08BISZ5":
            if wrong != true:
                assert check_character(text[:place] + wrong + text[place + 1 :]) != checked[-1]
        if place and text[place - 1] != true:
            swapped = text[: place - 1] + true + text[place - 1] + text[place + 1 :]
            assert check_character(swapped) != checked[-1]


def test_the_check_character_of_the_standard() -> None:
    """ISO 7064, MOD 37,36: the example of the standard's text."""
    assert check_character("A12425GABC1234002") == "M"


def test_numbers_are_ordered_by_their_text() -> None:
    assert sorted([Number("ZZ2"), Number("AO9"), Number("ZZ10")]) == [Number("AO9"), Number("ZZ10"), Number("ZZ2")]
    assert Number("EC123").prefix == "EC"


# Validity


@pytest.mark.parametrize(
    ("issued", "expires"),
    [
        (date(2026, 11, 22), date(2027, 1, 21)),  # 60 days
        (date(2026, 12, 31), date(2027, 2, 28)),  # two months, the month's end
        (date(2023, 12, 31), date(2024, 2, 29)),  # in a leap year
        (date(2026, 7, 1), date(2026, 8, 30)),
        (date(2026, 1, 15), date(2026, 3, 15)),  # February is short: months come first
        (date(2026, 10, 31), date(2026, 12, 30)),
    ],
)
def test_two_months_or_sixty_days_whichever_ends_first(issued: date, expires: date) -> None:
    assert expiry(issued) == expires


@given(st.dates(date(2003, 1, 1), date(2100, 1, 1)))
def test_the_validity_is_the_shorter_of_both(issued: date) -> None:
    days, months = expiry(issued, months=None), expiry(issued, days=None)
    assert days == issued + timedelta(days=60)
    assert expiry(issued) == min(days, months)
    assert 58 <= (months - issued).days <= 62
    assert months.day in (issued.day, 28, 29, 30)


# Facts


def test_facts_come_back_from_their_record(facts: Callable[..., Facts]) -> None:
    for made in (facts(), facts(replaces=Number("ZZ1")), facts(kind=Kind.TECHNICAL, seals=("S-1", "S-2"))):
        assert Facts.from_record(parse(canonical(made.record()))) == made


def test_number_and_anchor_are_not_what_is_signed(facts: Callable[..., Facts]) -> None:
    bound = facts().bound(Number("ZZ1"), Anchor(1, 5, b"0123456789"))
    assert (bound.number, bound.anchor and bound.anchor.size) == (Number("ZZ1"), 5)
    assert bound.record() == facts().record()
    assert facts().number is None


def test_any_other_field_is_signed(facts: Callable[..., Facts]) -> None:
    changed = {
        "kind": Kind.COPY,
        "edition": "x",
        "participant": "AA",
        "issuing_authority": "x",
        "origins": ("AA",),
        "provenance": "AA",
        "destination": "AA",
        "exporter": replace(facts().exporter, address="x"),
        "importer": replace(facts().importer, licence="x"),
        "lines": (),
        "parcels": 9,
        "containers": 9,
        "seals": (),
        "issued": date(2000, 1, 1),
        "expires": date(2000, 1, 1),
        "replaces": Number("ZZ9"),
    }
    fields = set(facts().__dataclass_fields__) - {"number", "anchor"}
    assert fields == changed.keys()
    for name, value in changed.items():
        assert facts(**{name: value}).record() != facts().record(), name


def test_totals_add_the_lines(facts: Callable[..., Facts]) -> None:
    lines = (
        Line(Heading.UNSORTED, Carats.of("10.00"), Money.of("100.00")),
        Line(Heading.INDUSTRIAL, Carats.of("0.01"), Money.of("0.99")),
    )
    made = facts(lines=lines)
    assert (str(made.carats), str(made.value)) == ("10.01", "100.99")


# Goods and shipments


def test_one_origin_or_asterisks(facts: Callable[..., Facts]) -> None:
    assert shipment_origin(["AO", "AO"]) == "AO"
    assert shipment_origin(["AO", "ZZ"]) == MIXED == shipment_origin([])
    assert not facts().mixed
    assert facts(origins=("AO", "ZZ")).mixed


def test_a_shipments_lines_are_its_parcels_by_heading(parcel: Callable[..., Parcel]) -> None:
    parcels = [
        parcel(number="P-1", heading=Heading.NON_INDUSTRIAL),
        parcel(number="P-2", heading=Heading.UNSORTED, origins=("AO", "CD")),
        parcel(number="P-3", heading=Heading.NON_INDUSTRIAL, carats=Carats.of("0.01"), value=Money.of("2.00")),
        parcel(number="P-4", heading=Heading.INDUSTRIAL, carats=None, value=None),
    ]
    assert [(line.heading.value, str(line.carats), str(line.value)) for line in lines_of(parcels)] == [
        ("7102.10", "10.00", "1000.00"),
        ("7102.21", "0.00", "0.00"),
        ("7102.31", "10.01", "1002.00"),
    ]
    assert origins_of(parcels) == ("AO", "CD", "ZZ")
