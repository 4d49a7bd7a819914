from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Column, MetaData, Table, create_engine, func, insert, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import StatementError
from sqlalchemy.pool import StaticPool
from sqlalchemy.schema import CreateTable

from kpdesk.domain.certificate import Kind, Number
from kpdesk.domain.measures import Carats, Money
from kpdesk.store.columns import (
    BYTES,
    INTEGER,
    TEXT,
    CaratsColumn,
    Codes,
    Day,
    Flag,
    JsonText,
    Moment,
    MoneyColumn,
    NumberColumn,
    Word,
)

THINGS = Table(
    "things",
    MetaData(),
    Column("id", INTEGER, primary_key=True, autoincrement=False),
    Column("text", TEXT),
    Column("content", BYTES),
    Column("carats", CaratsColumn()),
    Column("value", MoneyColumn()),
    Column("at", Moment()),
    Column("day", Day()),
    Column("kind", Word(Kind)),
    Column("number", NumberColumn()),
    Column("codes", Codes()),
    Column("flag", Flag()),
    Column("record", JsonText()),
    sqlite_strict=True,
)


@pytest.fixture(scope="module")
def engine():
    engine = create_engine("sqlite://", poolclass=StaticPool)
    THINGS.metadata.create_all(engine)
    yield engine
    engine.dispose()


def kept(engine, **values):
    """What comes back of a row, as values and as the engine holds it."""
    with engine.connect() as connection:
        connection.execute(insert(THINGS).values(id=1, **values))
        row = connection.execute(select(THINGS)).one()
        raw = connection.exec_driver_sql("SELECT * FROM things").one()
        connection.rollback()
    return row, raw


def test_every_value_comes_back_as_it_went_and_lies_there_as_whole_numbers_and_text(engine) -> None:
    values = {
        "text": "Łódź",
        "content": b"\x00\xff",
        "carats": Carats.of("1234.567"),
        "value": Money.of("601701.05"),
        "at": datetime(2026, 11, 22, 9, 14, 3, 123456, UTC),
        "day": date(2026, 11, 22),
        "kind": Kind.TECHNICAL,
        "number": Number("BW000123"),
        "codes": ("BW", "seal 12", ""),
        "flag": True,
        "record": {"b": [1, 2], "a": "é"},
    }
    row, raw = kept(engine, **values)
    assert row._asdict() == {"id": 1, **values}
    assert raw._asdict() == {
        "id": 1,
        "text": "Łódź",
        "content": b"\x00\xff",
        "carats": 1234567,
        "value": 60170105,
        "at": "2026-11-22T09:14:03.123456Z",
        "day": "2026-11-22",
        "kind": "technical",
        "number": "BW000123",
        "codes": '["BW","seal 12",""]',
        "flag": 1,
        "record": '{"a":"é","b":[1,2]}',
    }


def test_nothing_stays_nothing(engine) -> None:
    row, _ = kept(engine)
    assert set(row[1:]) == {None}


@given(
    carats=st.integers(0, 10**12 - 1).map(Carats.from_thousandths),
    value=st.integers(0, 10**14 - 1).map(Money.from_cents),
    moments=st.lists(st.datetimes(timezones=st.timezones()), min_size=2, max_size=4),
    codes=st.lists(st.text(st.characters(exclude_categories=["Cs"]))).map(tuple),
)
def test_exact_for_any_value_and_ordered_as_time_is(engine, carats, value, moments, codes) -> None:
    moments = [moment.astimezone(UTC) for moment in moments if 1 < moment.year < 9999]
    with engine.connect() as connection:
        for number, moment in enumerate(moments):
            connection.execute(insert(THINGS).values(id=number, at=moment))
        assert list(connection.scalars(select(THINGS.c.at).order_by(THINGS.c.at))) == sorted(moments)
        connection.rollback()
    row, _ = kept(engine, carats=carats, value=value, codes=codes)
    assert (row.carats, row.value, row.codes) == (carats, value, codes)


def test_sums_are_carats_and_money_again(engine) -> None:
    with engine.connect() as connection:
        rows = [{"id": each, "carats": Carats.of("0.1"), "value": Money.of("0.1")} for each in range(3)]
        connection.execute(insert(THINGS), rows)
        sums = connection.execute(select(func.sum(THINGS.c.carats), func.sum(THINGS.c.value))).one()
        connection.rollback()
    assert sums == (Carats(Decimal("0.3")), Money(Decimal("0.3")))


def test_a_moment_of_another_zone_is_kept_in_utc(engine) -> None:
    there = datetime(2026, 1, 1, 1, tzinfo=timezone(timedelta(hours=2)))
    row, raw = kept(engine, at=there)
    assert raw.at == "2025-12-31T23:00:00.000000Z"
    assert row.at == there


@pytest.mark.parametrize(
    "wrong",
    [
        {"at": datetime(2026, 1, 1)},  # noqa: DTZ001 - naive is what is refused
        {"day": datetime(2026, 1, 1, tzinfo=UTC)},
        {"kind": "odd"},
        {"codes": "BW"},
        {"record": {"a": 0.5}},
        {"record": {"Bad key": 1}},
        {"carats": 5},
    ],
)
def test_what_has_no_place_in_a_column_is_refused(engine, wrong) -> None:
    with engine.connect() as connection, pytest.raises(StatementError):
        connection.execute(insert(THINGS).values(id=1, **wrong))


def test_a_strict_table_refuses_what_slips_past_the_types(engine) -> None:
    with engine.connect() as connection, pytest.raises(Exception, match="cannot store TEXT value in INTEGER column"):
        connection.exec_driver_sql("INSERT INTO things (id, carats) VALUES (1, 'heavy')")


def test_only_three_types_on_sqlite_and_text_by_byte_on_postgresql() -> None:
    here = str(CreateTable(THINGS).compile(dialect=sqlite.dialect()))
    there = str(CreateTable(THINGS).compile(dialect=postgresql.dialect()))
    assert {line.split()[1].strip(",") for line in here.splitlines() if line.startswith("\t")} - {"KEY"} == {
        "INTEGER",
        "TEXT",
        "BLOB",
    }
    assert "STRICT" in here
    assert "carats BIGINT" in there
    assert "content BYTEA" in there
    assert all('COLLATE "C"' in line for line in there.splitlines() if " TEXT" in line)


def test_types_are_cached_by_what_makes_them_differ() -> None:
    assert Word(Kind)._static_cache_key == Word(Kind)._static_cache_key
    assert CaratsColumn()._static_cache_key != MoneyColumn()._static_cache_key
