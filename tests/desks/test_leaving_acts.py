"""Who takes the goods, what is kept of it, what comes back; letters, amendments, copies and technical certificates."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from kpdesk.desks import advice, ending, exporting, issuing, leaving, watching
from kpdesk.desks.auditor import verify_history
from kpdesk.desks.ending import SheetNotInHand
from kpdesk.domain.advice import Letter
from kpdesk.domain.issuance import State
from kpdesk.domain.kept import public_record
from kpdesk.domain.leaving import Delivery, End, Leaving, Paper
from kpdesk.domain.outcomes import Stopped
from kpdesk.domain.parcel import WrongState
from kpdesk.domain.records import canonical
from kpdesk.domain.watch import Watched, WatchKind
from kpdesk.practice import APPROVER, AUDITOR, PREPARER, SUPERVISOR, delivery_of
from kpdesk.practice import leaving as practice_work
from kpdesk.store.unit import NotFound
from tests.desks.practice_books import BLANK, CERTIFICATE, NEXT_BLANK, TODAY, Books

At = Callable[[str], Books]


def validated(at: At) -> Books:
    books = at("issued")
    practice_work.register(books.office)
    exporting.validate(books[APPROVER], BLANK)
    return books


def delivery(books: Books, *, carrier: str = "CAR-0001", **changes: Any) -> Delivery:
    return replace(delivery_of(issuing.certificates(books[PREPARER])[0], carrier=carrier), **changes)


def letters(books: Books) -> tuple[Letter, ...]:
    return advice.letters_of(books[PREPARER], CERTIFICATE)


def open_release(books: Books) -> Leaving:
    return leaving.leavings_of(books[PREPARER], CERTIFICATE)[0]


def out(books: Books) -> set[str]:
    return {file.name for file in books[PREPARER].folder.out.iterdir()}


# Handing out


def test_a_courier_takes_the_goods(at: At) -> None:
    books = validated(at)
    exporting.release(books[PREPARER], BLANK, delivery(books))
    kept = open_release(books)
    assert (kept.carrier, kept.bearer, kept.paper, kept.live) == (
        "CAR-0001", "Practice Messenger", Paper.STAFF_CARD, True,
    )  # fmt: skip
    assert kept.released_by == books[PREPARER].officer.id
    exporting.report_export(books[PREPARER], BLANK, on=TODAY, paper="ZZ-EXIT-1")
    kept = open_release(books)
    assert (kept.ended, kept.ended_on, kept.note) == (End.EXPORTED, TODAY, "ZZ-EXIT-1")


def test_a_hand_carrier_shows_a_passport_of_which_no_number_is_kept(at: At) -> None:
    books = validated(at)
    exporting.release(books[PREPARER], BLANK, delivery(books, carrier="", paper_number="P 123-456"))
    kept = open_release(books)
    assert (kept.carrier, kept.bearer) == ("", "Practice Hand-Carrier")
    assert kept.shown("p123456")
    assert not kept.shown("P123457")
    public = canonical(public_record(kept))
    assert "Hand-Carrier" not in public
    assert kept.paper_digest not in public
    ((history,),) = books.sql("SELECT group_concat(record) FROM history WHERE kind = 'leaving'")
    assert "Hand-Carrier" not in str(history)
    ((rows_,),) = books.sql("SELECT group_concat(record) FROM kept")
    assert "P123456" not in str(rows_).replace(" ", "").replace("-", "")


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"bearer": " "}, "bearer_missing"),
        ({"paper_number": ""}, "identity_not_seen"),
        ({"paper_number": "--"}, "identity_not_seen"),
        ({"carrier": "", "paper": Paper.STAFF_CARD}, "identity_not_seen"),
        ({"journey": ""}, "journey_missing"),
        ({"customs": ""}, "customs_missing"),
        ({"exit": ""}, "exit_missing"),
        ({"representative": ""}, "representative_missing"),
        ({"representative": "Practice Stranger"}, "power_not_valid"),
        ({"seals": ()}, "seals_not_seen"),
        ({"seals": ("TS000001", "TS999999")}, "seal_not_its_own"),
    ],
)
def test_what_keeps_the_goods_here(at: At, changes: dict[str, Any], code: str) -> None:
    books = validated(at)
    size, given = books.size(), replace(delivery(books), **changes)
    found = leaving.check_release(books[PREPARER], BLANK, given)
    assert code in {finding.rule.code for finding in found}
    with pytest.raises(Stopped):
        exporting.release(books[PREPARER], BLANK, given)
    assert books.size() == size


def test_seals_are_read_however_they_are_typed(at: At) -> None:
    books = validated(at)
    (seal,) = delivery(books).seals
    given = delivery(books, seals=(seal.lower().replace("0", "0 "),))
    assert exporting.release(books[PREPARER], BLANK, given).state is State.RELEASED


def test_a_watched_bearer_leaves_by_two_or_not_at_all(at: At) -> None:
    books = validated(at)
    entry = Watched(
        number="", watch_kind=WatchKind.PERSON, salt=b"s", name="Practice Smuggler", why="a judgment",
        source="Practice court", since=TODAY - timedelta(days=9),
    )  # fmt: skip
    watching.add_watched(books[SUPERVISOR], entry)
    given = delivery(books, bearer="Practice Smuggler")
    with pytest.raises(Stopped):
        exporting.release(books[PREPARER], BLANK, given)
    slip = exporting.release_watched(books[PREPARER], books[SUPERVISOR], BLANK, given, why="another person")
    assert slip.state is State.RELEASED
    ((body,),) = books.sql("SELECT body FROM history WHERE kind = 'leaving' ORDER BY sequence DESC LIMIT 1")
    assert f"another person; with {books[SUPERVISOR].officer.id}" in str(body)


def test_nobody_is_asked_for_a_power_where_the_register_names_none(at: At) -> None:
    books = at("issued")
    exporting.validate(books[APPROVER], BLANK)
    found = leaving.check_release(books[PREPARER], BLANK, delivery(books))
    assert [finding.rule.code for finding in found] == ["representative_not_named"]


def test_taken_back_and_released_again(at: At) -> None:
    books = validated(at)
    desk = books[PREPARER]
    exporting.release(desk, BLANK, delivery(books))
    assert exporting.take_back(desk, BLANK, why="flight").state is State.VALIDATED
    assert (open_release(books).ended, open_release(books).note) == (End.TAKEN_BACK, "flight")
    assert books.sql("SELECT state FROM shipments") == [("sealed",)]
    exporting.release(desk, BLANK, delivery(books, carrier="CAR-0002"))
    assert [each.identity for each in leaving.leavings_of(desk, CERTIFICATE)] == [f"{BLANK}-2", f"{BLANK}-1"]
    exporting.report_export(desk, BLANK, on=TODAY)
    with pytest.raises(WrongState):
        exporting.take_back(desk, BLANK, why="late")
    assert verify_history(books[AUDITOR]).intact


@pytest.mark.parametrize("stage", ["bound", "issued", "exported"])
def test_only_what_is_out_is_taken_back(at: At, stage: str) -> None:
    books = at(stage)
    size = books.size()
    with pytest.raises(WrongState):
        exporting.take_back(books[PREPARER], BLANK, why="flight")
    assert books.size() == size


def test_validated_once(at: At) -> None:
    """Nor from the carrier's hands back into a state that was left."""
    books = validated(at)
    exporting.release(books[PREPARER], BLANK, delivery(books))
    with pytest.raises(WrongState):
        exporting.validate(books[APPROVER], BLANK)


def test_days_are_counted_from_the_release(at: At) -> None:
    books = validated(at)
    books.clock.pass_days(3)
    (here,) = leaving.waiting(books[PREPARER], State.RELEASED, State.VALIDATED)
    assert (here.last, here.days, here.exporter) == (None, 3, "EXP-0041")
    exporting.release(books[PREPARER], BLANK, delivery(books))
    books.clock.pass_days(9)
    (out,) = leaving.waiting(books[PREPARER], State.RELEASED, State.VALIDATED)
    assert (out.slip.state, out.last, out.days) == (State.RELEASED, open_release(books), 9)
    assert leaving.lapsed(books[PREPARER]) == 0
    books.clock.pass_days(60)
    assert leaving.lapsed(books[PREPARER]) == 1


def test_couriers_with_a_licence_and_people_with_a_power_are_offered(at: At) -> None:
    books = validated(at)
    assert [each.number for each in leaving.carriers(books[PREPARER])] == ["CAR-0001", "CAR-0002"]
    assert leaving.representatives(books[PREPARER], BLANK) == (practice_work.REPRESENTATIVE,)
    books.clock.pass_days(21)
    assert [each.number for each in leaving.carriers(books[PREPARER])] == ["CAR-0001"]


# The sheet in hand


def test_a_sheet_is_known_by_whatever_is_scanned_from_it(at: At) -> None:
    books = at("issued")
    ((code, compact, number),) = books.sql("SELECT code, compact_code, number FROM certificates")
    check = issuing.certificates(books[PREPARER])[0].number
    assert check is not None
    for text in (code, compact, number, check.with_check, "zz 2026-001377"):
        assert leaving.read_sheet(books[PREPARER], str(text)).id == CERTIFICATE
    for other in (BLANK[:-1], f"{BLANK}0", NEXT_BLANK, f"{code}A", "KPC1:"):
        with pytest.raises(NotFound):
            leaving.read_sheet(books[PREPARER], str(other))


@pytest.mark.parametrize("state", [State.VOID, State.RETURNED_UNUSED])
@pytest.mark.parametrize("in_hand", ["", BLANK[-4:], NEXT_BLANK])
def test_an_end_wants_the_old_sheet(at: At, state: State, in_hand: str) -> None:
    books = at("issued")
    size = books.size()
    with pytest.raises(SheetNotInHand):
        ending.end(books[PREPARER], books[SUPERVISOR], BLANK, state=state, why="x", in_hand=in_hand)
    with pytest.raises(SheetNotInHand):
        ending.replace(books[PREPARER], books[SUPERVISOR], BLANK, why="x", in_hand=in_hand)
    assert books.size() == size
    assert ending.end(books[PREPARER], books[SUPERVISOR], BLANK, state=State.LOST, why="x").state is State.LOST


def test_an_end_calls_off_the_release(at: At) -> None:
    books = validated(at)
    exporting.release(books[PREPARER], BLANK, delivery(books))
    ending.end(books[PREPARER], books[SUPERVISOR], BLANK, state=State.LOST, why="transit")
    assert (open_release(books).ended, open_release(books).note) == (End.CALLED_OFF, "transit")
