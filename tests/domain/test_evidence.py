from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpdesk.domain.evidence import check_people, check_shipment
from kpdesk.domain.goods import MIXED
from kpdesk.domain.measures import Carats, Money
from kpdesk.domain.outcomes import Severity
from kpdesk.domain.parcel import Draw, Parcel, Source
from kpdesk.domain.production import Holding
from kpdesk.domain.valuation import Figure, FigureKind, ValuationRule

DAY = date(2026, 3, 9)
Make = Callable[..., Parcel]


def codes(*parcels: Parcel, **changes: Any) -> list[str]:
    given: dict[str, Any] = {"conflict_free": True, "warranty": "2018 SoW 12345", "on": DAY}
    return [finding.rule.code for finding in check_shipment(parcels, **{**given, **changes})]


def figure(kind: FigureKind, total: str, by: str | None = None) -> Figure:
    at = datetime(2026, 3, 9, tzinfo=UTC)
    return Figure(kind=kind, total=Money.of(total), by=by or kind.value, at=at, salt=bytes(16))


def test_a_good_shipment(parcel: Make) -> None:
    assert codes(parcel()) == []


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"conflict_free": False}, ["declaration_missing"]),
        ({"warranty": " "}, ["warranty_missing"]),
        ({"warranty": "2002"}, ["warranty_old"]),
        ({"warranty": "2002", "on": date(2024, 9, 21)}, []),
        ({"warranty": "2002", "on": date(2024, 9, 22)}, ["warranty_old"]),
        ({"conflict_free": False, "warranty": ""}, ["declaration_missing", "warranty_missing"]),
    ],
)
def test_statements(parcel: Make, changes: dict[str, Any], expected: list[str]) -> None:
    assert codes(parcel(), **changes) == expected


def test_lawful_sources(parcel: Make) -> None:
    assert codes(parcel(title="")) == ["title_missing"]
    old = parcel(source=Source.STOCK_2002, title="")
    assert codes(old) == ["stock_unproved"]
    assert codes(old, proved=[old.number]) == []
    assert codes(parcel(source=Source.PURCHASED, title="")) == []


def imported(parcel: Make, *draws: tuple[str, str, str], **changes: Any) -> Parcel:
    drawn = tuple(Draw(source, origin, Carats.of(carats)) for source, origin, carats in draws)
    return parcel(**{"source": Source.IMPORTED, "title": "", "origins": ("SL",), "draws": drawn, **changes})


def test_a_re_export_draws_its_carats(parcel: Make) -> None:
    holdings = [Holding("XZ000017", "SL", Carats.of("10.00")), Holding("pool", MIXED, Carats.of("5.00"))]
    assert codes(imported(parcel), holdings=holdings) == ["draws_do_not_cover"]
    assert codes(imported(parcel, ("XZ000017", "SL", "10.00")), holdings=holdings) == []
    assert codes(imported(parcel, ("XZ000017", "SL", "9.99")), holdings=holdings) == ["draws_do_not_cover"]
    assert codes(imported(parcel, ("XZ000017", "SL", "5.00"), ("pool", MIXED, "5.00")), holdings=holdings) == []
    assert codes(imported(parcel, ("XZ000017", "SL", "10.00"), origins=("LR",)), holdings=holdings) == [
        "draw_of_other_origin"
    ]
    twice = [imported(parcel, ("XZ000017", "SL", "10.00"), number=number) for number in ("P-1", "P-2")]
    assert codes(*twice, holdings=holdings) == ["draw_too_large"]
    assert codes(imported(parcel, carats=None)) == []


def test_a_price_that_jumped_on_the_way(parcel: Make) -> None:
    """The parcel leaves at US$ 100 per carat."""
    holdings = [Holding("XZ000017", "SL", Carats.of("10.00"))]
    goods = imported(parcel, ("XZ000017", "SL", "10.00"))
    for paid, expected in (("80.00", []), ("79.99", ["reexport_price"]), ("134.00", ["reexport_price"])):
        assert codes(goods, holdings=holdings, prices={"XZ000017": Decimal(paid)}) == expected
    assert codes(imported(parcel, carats=None), prices={"XZ000017": Decimal(1)}) == []


def test_the_value_is_by_the_rule(parcel: Make) -> None:
    office, declared = figure(FigureKind.OFFICE, "1000.00"), figure(FigureKind.DECLARED, "900.00")
    number = parcel().number
    assert codes(parcel(), figures={number: [office, declared]}) == []
    assert codes(parcel(), figures={number: [office, declared]}, rule=ValuationRule.DECLARED_WITH_CHECK) == [
        "value_not_by_rule"
    ]
    assert codes(parcel(), figures={}) == ["figure_missing"]
    assert codes(parcel(), figures={number: [office, declared]}, rule=ValuationRule.HIGHEST) == ["figure_missing"]
    two = frozenset({FigureKind.OFFICE, FigureKind.DECLARED})
    assert codes(parcel(), figures={number: [office, declared]}, rule=ValuationRule.HIGHEST, wants=two) == []
    one_hand = [office, figure(FigureKind.INDEPENDENT, "1000.00", by="office")]
    assert codes(parcel(), figures={number: one_hand}) == ["figures_doubtful"]
    assert codes(parcel(value=None), figures={number: [office]}) == ["value_not_by_rule"]


PEOPLE = st.sampled_from(["u01", "u02", "u03", "u04", "u05"])


@given(PEOPLE, PEOPLE, PEOPLE, PEOPLE)
def test_four_people(weigher: str, valuer: str, preparer: str, approver: str) -> None:
    people = {"weigher": weigher, "valuer": valuer, "preparer": preparer, "approver": approver}
    found = check_people(**people)
    assert (not found) == (len(set(people.values())) == 4)
    assert all(finding.severity is Severity.STOP for finding in found)
    stops = [each for each in check_people(**people, relaxed=True) if each.severity is Severity.STOP]
    assert bool(stops) == (preparer == approver)
    assert len(check_people(**people, relaxed=True)) == len(found)


def test_who_is_not_known_yet_is_nobody() -> None:
    assert check_people(weigher="", valuer="", preparer="u03", approver="u04") == ()
