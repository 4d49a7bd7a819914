"""The chain of an office's batches: every order of arrival ends in the same place, and each lie has its name."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpdesk.domain.batch import BatchHeader, Link, Place, Totals
from kpdesk.domain.chain import OfficeState, Step, judge
from kpdesk.domain.history import Head
from kpdesk.domain.measures import Carats, Money

NEW = OfficeState("ZZ-MAIN")


def digest_of(place: Place) -> str:
    return f"{place.epoch * 1_000_000 + place.sequence:064x}"


def header(place: Place, previous: Place | None, first: int, size: int) -> BatchHeader:
    return BatchHeader(
        office="ZZ-MAIN",
        place=place,
        previous=Link(previous, digest_of(previous)) if previous else None,
        created=datetime(2026, 11, 22, tzinfo=UTC),
        first_entry=first,
        version="1.0.0",
        origin="kpdesk/ZZ-MAIN/0193",
        history=Head(size, f"{size:064x}"),
        officer="u07",
        files=(),
        totals=Totals(parcels=0, carats=Carats.of("0"), value=Money.of("0"), issued=0, void=0),
    )


def chain(length: int, *, restored_at: int = 0) -> list[BatchHeader]:
    """An office's batches of 10 entries each; after `restored_at` of them an epoch begins, 5 entries further back."""
    made: list[BatchHeader] = []
    place, previous, size = Place(1, 1), None, 0
    for number in range(1, length + 1):
        made.append(header(place, previous, size + 1, size + 10))
        previous, size = place, size + 10
        place = Place(place.epoch, place.sequence + 1)
        if number == restored_at:
            place, size = Place(2, 1), size - 5
    return made


class Authority:
    """What a desk does with the steps: the records of each batch taken, and those kept."""

    def __init__(self) -> None:
        self.state = NEW
        self.records: list[Place] = []
        self.kept: dict[Place, BatchHeader] = {}

    def receive(self, arrived: BatchHeader) -> Step:
        step = self._receive(arrived)
        while self.state.last and (after := self._kept_next()):
            self._receive(after)
        return step

    def _kept_next(self) -> BatchHeader | None:
        last = self.state.last
        assert last
        return self.kept.pop(self.state.next, None) or self.kept.pop(Place(last.place.epoch + 1, 1), None)

    def _receive(self, arrived: BatchHeader) -> Step:
        digest = digest_of(arrived.place)
        step = judge(arrived, digest, self.state)
        if step is Step.TAKE:
            self.state = self.state.taken(arrived, digest)
            self.records.append(arrived.place)
        elif step is Step.GAP:
            self.state = self.state.kept(arrived, digest)
            self.kept[arrived.place] = arrived
        return step


def taken(batches: list[BatchHeader]) -> OfficeState:
    authority = Authority()
    for each in batches:
        assert authority.receive(each) is Step.TAKE
    return authority.state


@given(st.data())
def test_any_order_with_doubles_ends_in_the_same_state(data: st.DataObject) -> None:
    batches = chain(50)
    doubled = batches + data.draw(st.lists(st.sampled_from(batches), max_size=30))
    authority = Authority()
    for each in data.draw(st.permutations(doubled)):
        assert authority.receive(each) in {Step.TAKE, Step.GAP, Step.SAME_AGAIN}
    assert authority.records == [each.place for each in batches]
    assert authority.state == taken(batches)
    assert not authority.kept


def test_first_and_next() -> None:
    first, second = chain(2)
    assert judge(first, digest_of(first.place), NEW) is Step.TAKE
    assert judge(second, digest_of(second.place), taken([first])) is Step.TAKE


def test_same_again_changes_nothing() -> None:
    batches = chain(3)
    assert all(judge(each, digest_of(each.place), taken(batches)) is Step.SAME_AGAIN for each in batches)


def test_equivocation_among_taken_and_waiting() -> None:
    first, _, third = chain(3)
    assert judge(first, "f" * 64, taken([first])) is Step.EQUIVOCATION
    waiting = taken([first]).kept(third, digest_of(third.place))
    assert judge(third, "f" * 64, waiting) is Step.EQUIVOCATION
    assert judge(third, digest_of(third.place), waiting) is Step.GAP


def test_gap_names_what_is_missing() -> None:
    batches = chain(6)
    state = taken(batches[:1])
    assert judge(batches[5], digest_of(batches[5].place), state) is Step.GAP
    state = state.kept(batches[3], digest_of(batches[3].place))
    assert state.missing(batches[5].place) == (2, 3, 5)
    assert len(state.missing(Place(1, 10**9))) < 1001


def test_fork() -> None:
    batches = chain(3)
    odd = replace(batches[2], previous=Link(Place(1, 2), "f" * 64))
    assert judge(odd, "a" * 64, taken(batches[:2])) is Step.FORK


def test_history_that_does_not_go_on() -> None:
    first, second = chain(2)
    state = taken([first])
    for odd in (
        replace(second, first_entry=10),
        replace(second, first_entry=12),
        replace(second, history=Head(10, "f" * 64), first_entry=11),
    ):
        assert judge(odd, "a" * 64, state) is Step.REWOUND
    silent = replace(second, history=first.history)
    assert judge(silent, "a" * 64, state) is Step.TAKE


def test_restored_office_begins_an_epoch() -> None:
    batches = chain(7, restored_at=4)
    assert [each.place for each in batches][3:5] == [Place(1, 4), Place(2, 1)]
    state = taken(batches)
    assert state.last == Link(Place(2, 3), digest_of(Place(2, 3)))
    # the machine that was given up sends on
    late = header(Place(1, 5), Place(1, 4), 41, 50)
    assert judge(late, digest_of(late.place), state) is Step.REWRITTEN


def test_restored_office_may_name_an_older_batch_but_no_unknown_one() -> None:
    state = taken(chain(4))
    older = header(Place(2, 1), Place(1, 2), 18, 30)
    assert judge(older, digest_of(older.place), state) is Step.TAKE
    unknown = replace(older, previous=Link(Place(1, 2), "f" * 64))
    assert judge(unknown, digest_of(older.place), state) is Step.FORK
    ahead = replace(older, first_entry=42, history=Head(50, "a" * 64))
    assert judge(ahead, digest_of(older.place), state) is Step.REWOUND


def test_state_of_another_office_is_our_mistake() -> None:
    (first,) = chain(1)
    with pytest.raises(ValueError, match="another office"):
        judge(first, "a" * 64, OfficeState("ZZ-NORTH"))
