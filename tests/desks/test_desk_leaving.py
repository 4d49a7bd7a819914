"""After the sheet: validated, released, exported, confirmed; or ended by two, and where goods and sums are then."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from kpdesk.desks import clerk, ending, exporter, exporting, issuing, registers, sheets
from kpdesk.desks.exporting import Lapsed, NoLists, NotADayOfExport
from kpdesk.desks.sheets import Sheet
from kpdesk.domain.certificate import Number
from kpdesk.domain.confirmation import Confirmation
from kpdesk.domain.issuance import State
from kpdesk.domain.leaving import Delivery
from kpdesk.domain.measures import Carats, Money
from kpdesk.domain.outcomes import Stopped
from kpdesk.domain.parcel import ParcelState, WrongState
from kpdesk.domain.parties import Licence, Party, PartyKind
from kpdesk.domain.shipment import ShipmentState
from kpdesk.domain.trust import Reason
from kpdesk.practice import APPROVER, CLERK, COUNTER, PREPARER, SUPERVISOR, delivery_of
from kpdesk.signing import confirmation
from kpdesk.signing.confirmation import ConfirmationUnproved, NotAConfirmation
from kpdesk.signing.keys import KeyPair
from kpdesk.store import lists as rows
from kpdesk.store.unit import NotFound
from tests.desks.practice_books import (
    BLANK,
    NEXT_BLANK,
    PARTNER,
    SHIPMENT,
    TODAY,
    Books,
    print_sheet,
)

At = Callable[[str], Books]
YEAR = (date(2026, 1, 1), date(2026, 12, 31))


def exports(books: Books) -> tuple[rows.Total, ...]:
    with books[PREPARER].look() as session:
        return rows.exports(session, *YEAR)


def void(books: Books) -> dict[str, Reason]:
    with books[PREPARER].look() as session:
        return {each.number.text: each.reason for each in rows.void_numbers(session)}


def goods(books: Books) -> tuple[ParcelState, str]:
    """Where the parcel and its shipment are."""
    (shipment,) = books.sql("SELECT state FROM shipments WHERE number = :number", number=SHIPMENT)[0]
    return clerk.parcels(books[CLERK])[0].state, str(shipment)


def end(books: Books, state: State) -> State:
    return ending.end(books[PREPARER], books[SUPERVISOR], BLANK, state=state, why="asked for", in_hand=BLANK).state


def delivery(books: Books, **changes: Any) -> Delivery:
    """Handed to the courier's messenger, everything in order."""
    return replace(delivery_of(issuing.certificates(books[PREPARER])[0]), **changes)


def released(books: Books) -> Books:
    exporting.validate(books[APPROVER], BLANK)
    exporting.release(books[PREPARER], BLANK, delivery(books))
    return books


# Onwards


def test_validated_released_exported_and_counted(at: At) -> None:
    books = at("issued")
    assert exporting.validate(books[APPROVER], BLANK).state is State.VALIDATED
    slip = exporting.release(books[PREPARER], BLANK, delivery(books))
    assert (slip.state, *goods(books)) == (State.RELEASED, ParcelState.RELEASED, "released")
    assert exports(books) == ()
    slip = exporting.report_export(books[PREPARER], BLANK, on=TODAY)
    assert (slip.state, slip.exported_on) == (State.EXPORTED, TODAY)
    (total,) = exports(books)
    assert (total.destination, total.origin, total.certificates) == ("XZ", "ZZ", 1)
    assert (str(total.carats), str(total.value)) == ("1234.56", "99382.08")


@pytest.mark.parametrize(
    ("stage", "act"),
    [
        ("bound", lambda books: exporting.validate(books[APPROVER], BLANK)),
        ("issued", lambda books: exporting.release(books[PREPARER], BLANK, delivery(books))),
        ("issued", lambda books: exporting.report_export(books[PREPARER], BLANK, on=TODAY)),
        ("issued", lambda books: exporting.book_confirmation(books[PREPARER], BLANK, on=TODAY)),
        ("exported", lambda books: exporting.validate(books[APPROVER], BLANK)),
        ("exported", lambda books: exporting.release(books[PREPARER], BLANK, delivery(books))),
        ("exported", lambda books: exporting.report_export(books[PREPARER], BLANK, on=TODAY)),
        ("exported", lambda books: ending.replace(books[PREPARER], books[SUPERVISOR], BLANK, why="x", in_hand=BLANK)),
    ],
)
def test_no_step_is_left_out_or_done_twice(at: At, stage: str, act: Callable[[Books], object]) -> None:
    books = at(stage)
    size = books.size()
    with pytest.raises(WrongState):
        act(books)
    assert books.size() == size


def test_only_a_licensed_carrier(at: At) -> None:
    books = at("issued")
    exporting.validate(books[APPROVER], BLANK)
    ended = Licence("C", PartyKind.CARRIER, date(2026, 1, 1), TODAY - timedelta(days=1))
    for number, licences in (("CAR-2", ()), ("CAR-3", (ended,))):
        firm = Party(
            number=number, party_kind=PartyKind.CARRIER, name="Practice", address="", country="ZZ", licences=licences
        )
        registers.register_party(books[CLERK], firm, books[SUPERVISOR])
        with pytest.raises(Stopped):
            exporting.release(books[PREPARER], BLANK, delivery(books, carrier=number))
    with pytest.raises(Stopped):  # a licence to export is none to carry
        exporting.release(books[PREPARER], BLANK, delivery(books, carrier="EXP-0041"))
    with pytest.raises(NotFound):
        exporting.release(books[PREPARER], BLANK, delivery(books, carrier="CAR-9"))
    assert goods(books) == (ParcelState.SEALED, "sealed")


@pytest.mark.parametrize("days", [-1, 1, 60, 61])
def test_a_day_of_export_lies_between_release_and_today_within_validity(at: At, days: int) -> None:
    books = released(at("issued"))
    if days > 1:
        books.clock.pass_days(70)
    on = TODAY + timedelta(days=days)
    if days == 60:
        assert exporting.report_export(books[PREPARER], BLANK, on=on).exported_on == on
        return
    with pytest.raises(NotADayOfExport) as refusal:
        exporting.report_export(books[PREPARER], BLANK, on=on)
    assert refusal.value.first == TODAY.isoformat()
    assert exports(books) == ()


# Lapsed


def test_what_lapses_before_it_leaves_is_marked_and_goes_nowhere(at: At) -> None:
    for stage, step in (
        ("issued", lambda books: exporting.validate(books[APPROVER], BLANK)),
        ("issued", lambda books: exporting.release(books[PREPARER], BLANK, delivery(books))),
    ):
        books = at(stage)
        books.clock.pass_days(61)
        with pytest.raises(Lapsed):
            step(books)
    assert exporting.expire(books[PREPARER])[0].state is State.EXPIRED
    assert exporting.expire(books[PREPARER]) == ()
    assert void(books) == {}  # its date says it all
    assert issuing.prepare(books[PREPARER], SHIPMENT).state is State.DRAFT


def test_nothing_lapses_on_its_last_day(at: At) -> None:
    books = released(at("issued"))
    books.clock.pass_days(60)
    assert exporting.expire(books[PREPARER]) == ()
    books.clock.pass_days(1)
    (slip,) = exporting.expire(books[PREPARER])
    assert goods(books)[0] is ParcelState.RELEASED
    # The carrier brings it back: certificate unused, goods under seal.
    assert end(books, State.RETURNED_UNUSED) is State.RETURNED_UNUSED
    assert goods(books) == (ParcelState.SEALED, "sealed")
    assert void(books) == {BLANK: Reason.RETURNED}
    assert slip.facts.expires == TODAY + timedelta(days=60)


def test_an_exported_certificate_does_not_lapse(at: At) -> None:
    books = at("exported")
    books.clock.pass_days(100)
    assert exporting.expire(books[PREPARER]) == ()


# Ended by two


@pytest.mark.parametrize(
    ("state", "reason", "where"),
    [
        (State.VOID, Reason.VOID, (ParcelState.SEALED, "sealed")),
        (State.INVALIDATED, Reason.INVALIDATED, (ParcelState.SEALED, "sealed")),
        (State.RETURNED_UNUSED, Reason.RETURNED, (ParcelState.SEALED, "sealed")),
        (State.LOST, Reason.LOST, (ParcelState.RELEASED, "released")),
    ],
)
def test_an_end_voids_the_number_and_brings_the_goods_back(
    at: At, state: State, reason: Reason, where: tuple[ParcelState, str]
) -> None:
    books = released(at("issued"))
    assert end(books, state) is state
    assert void(books) == {BLANK: reason}
    assert goods(books) == where
    with pytest.raises(WrongState):
        end(books, state)
    if where[1] == "sealed":
        assert issuing.prepare(books[PREPARER], SHIPMENT).shipment == SHIPMENT
    else:
        assert exporter.withdraw(books[COUNTER], SHIPMENT, why="came back").state is ShipmentState.WITHDRAWN


@pytest.mark.parametrize(
    ("state", "counted", "where"),
    [
        (State.RETURNED_UNUSED, 0, (ParcelState.SEALED, "sealed")),
        (State.INVALIDATED, 0, (ParcelState.RELEASED, "released")),
        (State.LOST, 1, (ParcelState.RELEASED, "released")),
    ],
)
def test_an_end_after_export(at: At, state: State, counted: int, where: tuple[ParcelState, str]) -> None:
    """Goods that came back unused never left; those whose certificate was lost on its way did."""
    books = at("exported")
    end(books, state)
    assert len(exports(books)) == counted
    assert goods(books) == where


@pytest.mark.parametrize("state", [State.EXPIRED, State.REPLACED, State.CONFIRMED, State.ISSUED, State.DRAFT])
def test_other_states_are_no_end_that_two_choose(at: At, state: State) -> None:
    books = at("issued")
    size = books.size()
    with pytest.raises(WrongState):
        end(books, state)
    assert books.size() == size


def test_an_exported_certificate_is_never_void(at: At) -> None:
    books = at("exported")
    with pytest.raises(WrongState):
        end(books, State.VOID)


def test_a_mistake_is_replaced_by_another_certificate(at: At) -> None:
    books = at("issued")
    new = ending.replace(books[PREPARER], books[SUPERVISOR], BLANK, why="address", in_hand=BLANK)
    assert (new.state, new.facts.replaces) == (State.DRAFT, Number(BLANK))
    assert void(books) == {BLANK: Reason.REPLACED}
    _, old = issuing.certificates(books[PREPARER])
    assert (old.state, old.replaced_by) == (State.REPLACED, new.id)
    issuing.approve(books[APPROVER], [new.id])
    print_sheet(books, NEXT_BLANK, new.id)
    assert sheets.answer(books[PREPARER], NEXT_BLANK, Sheet.GOOD, read=[NEXT_BLANK]).state is State.ISSUED
    facts = sheets.facts_of_sheet(books[PREPARER], NEXT_BLANK)
    assert facts.replaces == Number(BLANK)


def test_what_stops_the_new_one_leaves_the_old_one_as_it_is(at: At) -> None:
    books = at("issued")
    books.sql("UPDATE parties SET licences = '{\"of\":[]}' WHERE number = 'EXP-0041'")
    size = books.size()
    with pytest.raises(Stopped):
        ending.replace(books[PREPARER], books[SUPERVISOR], BLANK, why="address", in_hand=BLANK)
    assert (books.size(), void(books)) == (size, {})
    assert issuing.certificates(books[PREPARER])[0].state is State.ISSUED


# Confirmed


def confirmed(signer: KeyPair = PARTNER, **changes: object) -> bytes:
    given: dict[str, object] = {
        "number": Number(BLANK),
        "receiver": "XZ",
        "authority": "Practice partner",
        "received": TODAY + timedelta(days=1),
        "parcels": 1,
        "carats": Carats.of("1234.56"),
        "value": Money.of("99382.08"),
        "headings": ("7102.10",),
        "exporter": "Practice Exports ZZ SARL",
        "importer": "Practice Imports XZ Lda",
        "differs": False,
    }
    return confirmation.make(Confirmation(**{**given, **changes}), signer=signer)  # type: ignore[arg-type]


def test_a_confirmation_file_closes_the_certificate_and_is_kept(at: At) -> None:
    books = at("exported")
    content = confirmed()
    assert exporting.book_confirmation_file(books[PREPARER], content).state is State.CONFIRMED
    assert books.sql("SELECT content FROM papers WHERE name LIKE 'confirmation%'") == [(content,)]
    size = books.size()
    # The same twice is once.
    assert exporting.book_confirmation_file(books[PREPARER], content).state is State.CONFIRMED
    assert books.size() == size
    with pytest.raises(WrongState):
        exporting.book_confirmation_file(books[PREPARER], confirmed(remarks="another"))
    with pytest.raises(WrongState):
        exporting.book_confirmation(books[PREPARER], BLANK, on=TODAY)


@pytest.mark.parametrize(
    "changes",
    [
        {"differs": True},
        {"carats": Carats.of("1234.55")},
        {"value": Money.of("99382.09")},
        {"parcels": 2},
    ],
)
def test_a_confirmation_that_differs_is_booked_so(at: At, changes: dict[str, object]) -> None:
    books = at("exported")
    slip = exporting.book_confirmation_file(books[PREPARER], confirmed(**changes))
    assert slip.state is State.CONFIRMED_WITH_DIFFERENCE


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"", NotAConfirmation),
        (b"\xd2\x84" + bytes(100), NotAConfirmation),
        (bytes(70_000), NotAConfirmation),
        (confirmed(KeyPair.generate()), ConfirmationUnproved),
        (confirmed(receiver="EU"), ConfirmationUnproved),
        (confirmed(received=TODAY - timedelta(days=400)), ConfirmationUnproved),
        (confirmed()[:-1] + bytes([confirmed()[-1] ^ 1]), (ConfirmationUnproved, NotAConfirmation)),
        (confirmed(number=Number("ZZ2026001388")), NotFound),
    ],
    ids=["empty", "no content", "too long", "stranger", "for another", "before the key", "a bit", "not ours"],
)
def test_what_nobody_proves_is_not_booked(at: At, content: bytes, problem: type[Exception]) -> None:
    books = at("exported")
    size = books.size()
    with pytest.raises(problem):
        exporting.book_confirmation_file(books[PREPARER], content)
    assert books.size() == size


def test_without_lists_no_signature_is_judged(at: At) -> None:
    books = at("exported")
    books.sql("DROP TRIGGER lists_files_no_DELETE")
    books.sql("DELETE FROM lists_files")
    with pytest.raises(NoLists):
        exporting.book_confirmation_file(books[PREPARER], confirmed())


def test_a_paper_confirmation_is_booked_by_hand(at: At) -> None:
    books = at("exported")
    slip = exporting.book_confirmation(books[SUPERVISOR], BLANK, on=TODAY, differs=True, why="one carat short")
    assert slip.state is State.CONFIRMED_WITH_DIFFERENCE
