"""The history's chain: each entry holds the digest of the one before, and any change is found where it is."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpdesk.domain.history import NOTHING, Entry, Head, first_break, link, record_line
from kpdesk.domain.records import NotCanonical, digest, parse

AT = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)


def entry(sequence: int, previous: str, **changes: object) -> Entry:
    given: dict[str, object] = {
        "sequence": sequence,
        "previous": previous,
        "at": AT,
        "act": "receive_parcel",
        "by": "O-0001",
        "subject": "parcel/P-1",
        "revision": 1,
        "after": "0" * 64,
    }
    return Entry(**{**given, **changes})  # type: ignore[arg-type]


def rows(count: int) -> list[tuple[int, str, str, str]]:
    made, previous = [], NOTHING
    for sequence in range(1, count + 1):
        each = entry(sequence, previous, why="" if sequence % 2 else "because")
        made.append((each.sequence, each.previous, each.body(), each.digest))
        previous = each.digest
    return made


def test_a_whole_chain_is_walked_to_its_head() -> None:
    chain = rows(5)
    assert first_break(chain, Head()) == (Head(5, chain[-1][3]), None)
    assert first_break([], Head()) == (Head(), None)
    # From any place on.
    assert first_break(chain[2:], Head(2, chain[1][3])) == (Head(5, chain[-1][3]), None)


@given(st.integers(0, 4), st.integers(0, 3), st.integers(0, 63))
def test_any_change_is_found_where_it_is(row: int, column: int, character: int) -> None:
    chain = rows(5)
    changed: list[object] = list(chain[row])
    if column == 0:
        changed[0] = chain[row][0] + 1
    else:
        text = str(changed[column])
        place = character % len(text)
        changed[column] = text[:place] + ("1" if text[place] != "1" else "2") + text[place + 1 :]
    chain[row] = tuple(changed)  # type: ignore[call-overload]
    _, broken = first_break(chain, Head())
    assert broken == row + 1


def test_entries_neither_go_missing_nor_change_places() -> None:
    chain = rows(5)
    assert first_break(chain[:2] + chain[3:], Head())[1] == 3
    assert first_break([chain[1], chain[0], *chain[2:]], Head())[1] == 1
    assert first_break([*chain[:3], chain[2], *chain[3:]], Head())[1] == 4
    assert first_break(chain, Head(0, "1" * 64))[1] == 1


def test_the_place_in_the_chain_is_digested_too() -> None:
    assert link(1, NOTHING, "{}") != link(2, NOTHING, "{}")
    assert entry(1, NOTHING).digest == link(1, NOTHING, entry(1, NOTHING).body())


def test_a_body_names_the_reason_only_where_there_is_one() -> None:
    assert "why" not in parse(entry(1, NOTHING).body())
    assert parse(entry(1, NOTHING, why="a letter").body())["why"] == "a letter"
    with pytest.raises(NotCanonical):
        entry(1, NOTHING, why="two\nlines").body()


def test_an_anchor_is_the_head_cut_short() -> None:
    anchor = Head(7, "ab" * 32).anchor(3)
    assert (anchor.epoch, anchor.size, anchor.head) == (3, 7, b"\xab" * 10)


def test_a_record_line_names_the_revision_before() -> None:
    first = record_line("parcel", "P-1", 1, None, {"state": "received"})
    second = record_line("parcel", "P-1", 2, digest(first), {"state": "weighed"})
    assert first == '{"id":"P-1","rev":1,"state":"received","type":"parcel"}'
    assert parse(second)["prev_rev"] == digest(first)


def test_nothing_in_a_record_passes_for_its_head() -> None:
    line = parse(record_line("parcel", "P-1", 1, None, {"type": "void", "id": "P-2", "rev": 9}))
    assert (line["type"], line["id"], line["rev"]) == ("parcel", "P-1", 1)
