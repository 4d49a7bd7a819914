import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import text

from kpdesk.store import search
from kpdesk.store.database import Database
from kpdesk.store.search import Hit, find, find_any, fold, forget, index


@pytest.fixture
def connection(shared: Database):
    with shared.engine.connect() as connection:
        yield connection
        connection.rollback()


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("Łódź-Gold", ["lodz", "gold"]),
        ("Øresund ÆBLE Đakovo", ["oresund", "aeble", "dakovo"]),
        ("İSTANBUL ıstanbul", ["istanbul", "istanbul"]),
        ("Straße STRASSE", ["strasse", "strasse"]),
        ("Ångström A\u030angstro\u0308m", ["angstrom", "angstrom"]),
        ("O'Neil & Sons, Ltd.", ["o", "neil", "sons", "ltd"]),
        ("\ufb01ne \uff11\uff12", ["fine", "12"]),
        ("АЛРОСА-Якутия", ["алроса", "якутия"]),
        ("كِتَاب كـتاب", ["كتاب", "كتاب"]),
        ("हीरा", ["हीरा"]),
        ("钻石", ["钻石"]),
        ('" * ( ) : ^ NOT', ["not"]),
        ("§certificate", ["certificate"]),
        ("", []),
    ],
)
def test_folding(typed: str, words: list[str]) -> None:
    assert fold(typed) == words


@given(st.text())
def test_folding_twice_is_once(typed: str) -> None:
    assert fold(" ".join(fold(typed))) == fold(typed)


def test_every_typed_word_begins_a_word_and_the_newest_comes_first(connection) -> None:
    index(connection, "parcel", "P-1", "Practice Łódź Mining, bag 0001")
    index(connection, "parcel", "P-2", "Practice Lodestar, bag 0002")
    index(connection, "certificate", "C-1", "Practice Łódź Mining BW000123")
    assert find(connection, "parcel", "LOD", 9) == ["P-2", "P-1"]
    assert find(connection, "parcel", "lodz", 9) == ["P-1"]
    assert find(connection, "parcel", "bag prac lo", 9) == ["P-2", "P-1"]
    assert find(connection, "parcel", "bag xylo", 9) == []
    assert find(connection, "parcel", "odz", 9) == []
    assert find(connection, "parcel", "prac", 1) == ["P-2"]
    assert find(connection, "certificate", "bw0001", 9) == ["C-1"]
    assert find(connection, "certificate", "bag", 9) == []
    assert find_any(connection, "mining", 9) == [Hit("certificate", "C-1"), Hit("parcel", "P-1")]


@pytest.mark.parametrize("typed", ["", "  ", '"', "*", "-", "\x00", "§parcel", "parcel"])
def test_nothing_typed_finds_nothing_and_kinds_are_no_words(connection, typed: str) -> None:
    index(connection, "parcel", "P-1", "anything")
    assert find(connection, "parcel", typed, 9) == []


def test_indexing_again_replaces(connection) -> None:
    index(connection, "parcel", "P-1", "amber")
    index(connection, "parcel", "P-1", "beryl")
    assert find(connection, "parcel", "amber", 9) == []
    assert find(connection, "parcel", "beryl", 9) == ["P-1"]


def test_what_is_forgotten_leaves_no_word_in_the_file(store: Database) -> None:
    def blocks() -> bytes:
        with store.reading.connect() as connection:
            connection.execute(text("INSERT INTO search_words(search_words) VALUES('integrity-check')"))
            return b"".join(connection.scalars(text("SELECT block FROM search_words_data")))

    for key in ("P-1", "P-2"):
        with store.engine.begin() as connection:
            index(connection, "parcel", key, "amber beryl")
    assert b"mber" in blocks()
    with store.engine.begin() as connection:
        index(connection, "parcel", "P-1", "beryl coral")
    for _ in range(2):
        with store.engine.begin() as connection:
            forget(connection, "parcel", "P-2")
    assert find_any_words(store, "amber") == []
    assert find_any_words(store, "beryl coral") == ["P-1"]
    assert b"mber" not in blocks()


def find_any_words(store: Database, typed: str) -> list[str]:
    with store.reading.connect() as connection:
        return [hit.key for hit in find_any(connection, typed, 9)]


def test_only_a_changed_text_is_written(connection) -> None:
    index(connection, "parcel", "P-1", "amber beryl")
    before = connection.scalar(text("SELECT total_changes()"))
    index(connection, "parcel", "P-1", "Beryl, AMBER")
    assert connection.scalar(text("SELECT total_changes()")) == before


def test_very_long_words_and_texts_are_cut_alike_on_both_sides(connection) -> None:
    long = "x" * 500
    index(connection, "parcel", "P-1", long)
    assert find(connection, "parcel", long, 9) == ["P-1"]
    assert find(connection, "parcel", "x " * 500, 9) == ["P-1"]


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_whatever_is_typed_never_breaks_and_finds_what_was_indexed(shared: Database, typed: str) -> None:
    with shared.engine.connect() as connection:
        index(connection, "parcel", "P-1", typed)
        assert find(connection, "parcel", typed, 9) == (["P-1"] if fold(typed) else [])
        connection.rollback()


def test_the_search_never_scans(connection) -> None:
    plan = connection.execute(
        text(f"EXPLAIN QUERY PLAN {search._FIND_SQLITE.text}"), {"terms": '"a"*', "limit": 1}
    ).all()
    steps = [row.detail for row in plan]
    assert any("VIRTUAL TABLE INDEX" in step and "M" in step for step in steps)
    assert any("SEARCH search USING INTEGER PRIMARY KEY" in step for step in steps)
    assert not any("TEMP B-TREE" in step for step in steps)
