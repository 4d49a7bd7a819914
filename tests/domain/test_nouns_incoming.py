"""What came in, what was confirmed, what was seized; and the settings of the office."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpdesk.domain.certificate import Facts, Number
from kpdesk.domain.confirmation import Confirmation
from kpdesk.domain.inspection import RECEIVING, Arrival, Incoming, Outcome, Seizure
from kpdesk.domain.measures import Carats, Money, Rounding
from kpdesk.domain.outcomes import Refusal
from kpdesk.domain.records import canonical, parse
from kpdesk.domain.valuation import FigureKind, ValuationRule
from kpdesk.settings import Folder, NotASetting, Office, Settings, check_setting, in_force

AT = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)


def arrival(**changes: Any) -> Arrival:
    given: dict[str, Any] = {
        "carats": Carats.of("10.00"), "parcels": 1, "seals": ("S-1",), "seals_intact": True, "original": True,
    }  # fmt: skip
    return Arrival(**{**given, **changes})


@pytest.mark.parametrize(
    "made",
    [
        arrival(),
        arrival(carats=Carats.of("10.004"), seals=(), seals_intact=False, original=False, remarks="wet"),
        arrival(value=Money.of("12.34"), exported_on=date(2026, 11, 20)),
    ],
)
def test_an_arrival_comes_back_from_its_record(made: Arrival) -> None:
    assert Arrival.from_record(parse(canonical(made.record()))) == made


def test_only_receiving_uses_a_number_up(facts: Callable[..., Facts]) -> None:
    assert {Outcome.ACCEPTED, Outcome.ACCEPTED_WITH_DIFFERENCE} == RECEIVING
    for outcome in Outcome:
        it = Incoming(
            id="R-1", number=Number("XZ1"), scan="s", facts=facts(), arrival=arrival(), outcome=outcome, at=AT, by="u1"
        )
        assert it.received == (outcome in RECEIVING)
        assert it.record()["outcome"] == outcome.value
        assert {"facts", "arrival"} <= it.record().keys()
    bare = replace_incoming(it)
    assert {"facts", "arrival"}.isdisjoint(bare.record())
    assert bare.identity == "R-1"


def replace_incoming(it: Incoming) -> Incoming:
    """Received before these books: nothing is known but the number."""
    return Incoming(
        id=it.id, number=it.number, scan="t", facts=None, arrival=None, outcome=Outcome.ACCEPTED, at=AT, by="u1"
    )


def test_a_seizure_names_both_officers() -> None:
    it = Seizure(
        id="X-1", number="", holder="somebody", carats=Carats.of("1"), reason="none", seal="S", at=AT, by="u1",
        witness="u2",
    )  # fmt: skip
    assert (it.identity, it.record()["by"], it.record()["witness"]) == ("X-1", "u1", "u2")
    assert canonical(it.record())


# Confirmations


def confirmed(**changes: Any) -> Confirmation:
    given: dict[str, Any] = {
        "number": Number("ZZ1"),
        "receiver": "XZ",
        "authority": "Practice partner",
        "received": date(2026, 3, 20),
        "parcels": 1,
        "carats": Carats.of("10.00"),
        "value": Money.of("1000.00"),
        "headings": ("7102.31",),
        "exporter": "Practice Exports Ltd",
        "importer": "Practice Imports BV",
        "differs": False,
    }
    return Confirmation(**{**given, **changes})


def test_a_confirmation_comes_back_from_its_record() -> None:
    for made in (confirmed(), confirmed(differs=True, remarks="one short", headings=())):
        assert Confirmation.of(parse(canonical(made.record()))) == made


@pytest.mark.parametrize(
    "changes",
    [
        {"format": "kpdesk-confirmation/2"},
        {"carats": "10.0"},
        {"carats": "-1.00"},
        {"value": "1E3"},
        {"received": "20260320"},
        {"number": "zz1"},
        {"number": 5},
        {"headings": "7102.31"},
        {"more": "x"},
        {"headings": [7102]},
        {"parcels": None},
        {"parcels": True},
        {"differs": "no"},
        {"authority": 5},
    ],
)
def test_a_confirmation_of_another_content_is_none(changes: dict[str, Any]) -> None:
    record = parse(canonical(confirmed().record()))
    with pytest.raises((ValueError, TypeError, Refusal)):
        Confirmation.of({**record, **changes})


def test_one_entry_less_is_another_content() -> None:
    for name in confirmed().record():
        record = parse(canonical(confirmed().record()))
        del record[name]
        with pytest.raises(KeyError):
            Confirmation.of(record)


@pytest.mark.parametrize(
    ("changes", "differs"),
    [
        ({}, False),
        ({"remarks": "all well", "importer": "another spelling"}, False),
        ({"differs": True}, True),
        ({"carats": Carats.of("9.99")}, True),
        ({"value": Money.of("1000.01")}, True),
        ({"parcels": 2}, True),
        ({"receiver": "EU"}, True),
    ],
)
def test_a_difference_is_seen_whatever_the_other_says(
    facts: Callable[..., Facts], changes: dict[str, Any], differs: bool
) -> None:
    assert confirmed(**changes).differs_from(facts()) == differs


# Settings


def rows(*given: tuple[str, str, object]) -> list[tuple[str, date, dict[str, object]]]:
    return [(name, date.fromisoformat(day), {"value": value}) for name, day, value in given]


def test_each_setting_counts_from_its_day() -> None:
    made = rows(
        ("rounding", "2026-01-01", "down"),
        ("rounding", "2026-06-01", "trade"),
        ("validity_days", "2026-03-01", 30),
        ("small_office", "2026-03-01", True),
        ("readability", "2026-03-01", "0.01"),
        ("valuation_rule", "2026-03-01", "government"),
        ("of another version", "2026-01-01", 5),
    )
    assert in_force(made, date(2025, 12, 31)) == Settings()
    assert in_force(made, date(2026, 5, 31)) == Settings(
        rounding=Rounding.DOWN,
        validity_days=30,
        small_office=True,
        readability=Decimal("0.01"),
        valuation_rule=ValuationRule.GOVERNMENT,
    )
    assert in_force(made, date(2026, 6, 1)).rounding is Rounding.TRADE


def test_the_later_day_counts_whichever_was_entered_first() -> None:
    later_first = rows(("validity_days", "2026-06-01", 20), ("validity_days", "2026-01-01", 40))
    assert in_force(later_first, date(2026, 7, 1)).validity_days == 20
    same_day = rows(("validity_days", "2026-06-01", 20), ("validity_days", "2026-06-01", 25))
    assert in_force(same_day, date(2026, 7, 1)).validity_days == 25


@given(st.text(max_size=20), st.text(max_size=20) | st.integers() | st.booleans())
def test_a_setting_that_is_taken_can_be_in_force(name: str, value: str | int | bool) -> None:
    for each in (name, *Settings.__dataclass_fields__):
        try:
            check_setting(each, value)
        except NotASetting:
            continue
        made = in_force([(each, date(2026, 1, 1), {"value": value})], date(2026, 1, 1))
        assert getattr(made, each) is not None


def test_the_figures_that_are_wanted() -> None:
    everything = frozenset(FigureKind)
    assert Settings().wants == everything
    assert Settings(independent_valuer=False).wants == everything - {FigureKind.INDEPENDENT}
    for independent in (True, False):
        government = Settings(valuation_rule=ValuationRule.GOVERNMENT, independent_valuer=independent)
        assert government.wants == {FigureKind.OFFICE}


def office(**changes: Any) -> Office:
    given: dict[str, Any] = {
        "code": "ZZ-MAIN", "participant": "ZZ", "name": "Office", "authority": "Ours", "place": "Town", "form": "zz",
    }  # fmt: skip
    return Office(**{**given, **changes})


@pytest.mark.parametrize(
    ("zone", "day"), [("UTC", "2026-11-22"), ("Africa/Luanda", "2026-11-23"), ("America/New_York", "2026-11-22")]
)
def test_the_offices_day_is_that_of_its_zone(zone: str, day: str) -> None:
    late = datetime(2026, 11, 22, 23, 30, tzinfo=UTC)
    assert office(zone=zone).today(late).isoformat() == day


def test_who_the_office_is_is_one_record() -> None:
    assert Office(**office(practice=True).record()) == office(practice=True)  # type: ignore[arg-type]
    assert replace(office(), code="ZZ-2").record()["code"] == "ZZ-2"


def test_where_the_files_lie(tmp_path: Path) -> None:
    folder = Folder(tmp_path)
    assert folder.database == tmp_path / "store" / "gen-0001" / "kpdesk.db"
    (tmp_path / "store").mkdir()
    (tmp_path / "store" / "CURRENT").write_text("gen-0002\n", "utf-8")
    assert folder.slots == tmp_path / "store" / "gen-0002" / "keyslots.json"
    assert {folder.office.parent, folder.authority.parent} == {tmp_path / "store"}
    assert folder.out == tmp_path / "out"
