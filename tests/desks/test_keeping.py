"""Kept values: written with their history, found again, published, and nobody named in what leaves the office."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any, ClassVar

import pytest

from kpdesk.desks.auditor import verify_history
from kpdesk.domain.certificate import Number
from kpdesk.domain.kept import public_record, record_of, schema_of, value_of
from kpdesk.domain.measures import Carats, Money
from kpdesk.domain.records import NotCanonical, canonical, parse
from kpdesk.practice import SUPERVISOR
from kpdesk.store import keeping, replay
from kpdesk.store.unit import NotFound
from resources import path
from tests.desks.practice_books import Books, Shelf
from tests.published import text_of


class Colour(StrEnum):
    WHITE = "white"
    YELLOW = "yellow"


@dataclass(frozen=True, slots=True)
class Facet:
    name: str
    share: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Stone:
    """A stone kept for a test."""

    kind: ClassVar[str] = "stone"
    personal: ClassVar[frozenset[str]] = frozenset({"finder"})

    name: str
    salt: bytes
    finder: str
    carats: Carats
    value: Money | None = None
    colours: frozenset[Colour] = frozenset()
    facets: tuple[Facet, ...] = ()
    found_on: date
    seen_at: datetime
    number: Number | None = None
    large: bool = False
    weighings: int = 0
    parcel: str = ""

    @property
    def identity(self) -> str:
        return self.name

    @property
    def about(self) -> str:
        return self.parcel

    @property
    def live(self) -> bool:
        return not self.large


STONE = Stone(
    name="Star",
    salt=b"salt",
    finder="Practice Finder",
    carats=Carats.of("601.254"),
    value=Money.of("12.50"),
    colours=frozenset(Colour),
    facets=(Facet("table", Decimal("0.50")),),
    found_on=date(2026, 11, 22),
    seen_at=datetime(2026, 11, 22, 8, tzinfo=UTC),
    number=Number("ZZ1"),
    parcel="parcel/P-2026-000001",
)


def test_a_value_comes_back_from_its_record() -> None:
    for stone in (STONE, replace(STONE, value=None, number=None, facets=(), colours=frozenset())):
        assert value_of(Stone, parse(canonical(record_of(stone)))) == stone


@pytest.mark.parametrize(
    "wrong",
    [{"carats": "much"}, {"weighings": "3"}, {"large": 1}, {"colours": "white"}, {"colours": ["red"]}, {"more": "1"}],
)
def test_what_is_no_such_record(wrong: dict[str, Any]) -> None:
    with pytest.raises(NotCanonical):
        value_of(Stone, {**record_of(STONE), **wrong})


def test_nobody_is_named_in_the_public_record() -> None:
    public = public_record(STONE)
    assert "Practice Finder" not in canonical(public)
    assert not {"finder", "salt"} & set(public)
    other = public_record(replace(STONE, finder="Practice Other"))
    assert other["personal_digest"] != public["personal_digest"]
    assert (
        other["personal_digest"] != public_record(replace(STONE, finder="Practice Other", salt=b"2"))["personal_digest"]
    )


def test_its_schema_says_what_it_has() -> None:
    schema = schema_of(Stone)
    assert set(schema["properties"]) == {*public_record(STONE), "type"}
    assert not {"value", "number"} & set(schema["required"])
    assert schema["properties"]["colours"]["items"] == {"enum": ["white", "yellow"]}


@pytest.mark.parametrize("shape", keeping.KEPT, ids=lambda shape: shape.kind)
def test_the_published_schema_is_the_classes(shape: type) -> None:
    """`python -m tests.published` writes them anew."""
    assert path(f"schemas/{shape.kind}-1.json").read_text("utf-8") == text_of(shape)


@pytest.fixture
def books(shelf: Shelf) -> Iterator[Books]:
    made = shelf.take("ready")
    yield made
    made.close()


def test_keeping_is_in_the_history_and_found_again(books: Books, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keeping, "KEPT", (*keeping.KEPT, Stone))
    monkeypatch.setattr(replay, "KINDS", replay.KINDS | {"stone"})
    desk = books[SUPERVISOR]
    with desk.unit() as unit:
        keeping.keep(unit, "find_stone", STONE)
        keeping.keep(unit, "find_stone", replace(STONE, name="Moon", parcel=""))
        keeping.keep(unit, "cut_stone", replace(STONE, large=True), why="a test")
    with desk.look() as session:
        assert keeping.get(session, Stone, "Star").large
        assert [stone.name for stone in keeping.all_of(session, Stone)] == ["Star", "Moon"]
        assert [stone.name for stone in keeping.all_of(session, Stone, live=True)] == ["Moon"]
        assert [stone.name for stone in keeping.all_of(session, Stone, about=STONE.parcel)] == ["Star"]
        assert keeping.all_of(session, Stone, before="Moon", limit=5) == ()
        assert keeping.count(session, Stone, live=False) == 1
        assert keeping.find(session, Stone, "Sun") is None
        with pytest.raises(NotFound):
            keeping.get(session, Stone, "Sun")
    assert books.acts()[-3:] == [
        ("find_stone", "stone/Star"),
        ("find_stone", "stone/Moon"),
        ("cut_stone", "stone/Star"),
    ]
    assert verify_history(desk).intact
    books.sql("UPDATE kept SET record = replace(record, '601.254', '61.254') WHERE identity = 'Moon'")
    assert verify_history(desk).differing == ("stone/Moon",)
    books.sql("DELETE FROM kept WHERE identity = 'Moon'")
    assert verify_history(desk).differing == ("stone/Moon",)
