"""Rights by two, acting appointments that end by themselves, handing over, leaving, and a forgotten password."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from kpdesk.desks import auditor, batches, clerk, counter, handing, issuing, offices, people, sheets, stock
from kpdesk.domain.acting import (
    DraftInTheWay,
    HasLeft,
    HoldsThatRole,
    KeyNotHeld,
    NotThatSpan,
    NotToBeGiven,
    SignsToo,
    StillHolds,
    TwoSupervisorsStay,
)
from kpdesk.domain.custody import WhyMissing
from kpdesk.domain.issuance import ChangedSinceSigned
from kpdesk.domain.parties import NotYourDesk, Role
from kpdesk.domain.stock import StockKind
from kpdesk.domain.transfers import NothingDelivered
from kpdesk.practice import APPROVER, CLERK, CLERK_2, INSPECTOR, PREPARER, SUPERVISOR, SUPERVISOR_2, VALUER
from kpdesk.signing.slots import SMALL, PasswordTooShort, WrongPassphrase
from tests.desks.practice_books import BLANK, CERTIFICATE, PARCEL, PASSWORD, TODAY, Books

At = Callable[[str], Books]
NEW = "another long password"


def two(books: Books):  # type: ignore[no-untyped-def]
    return books[SUPERVISOR], books[SUPERVISOR_2]


def id_of(books: Books, name: str) -> str:
    return books[name].officer.id


def signed_in(books: Books, name: str, password: str = PASSWORD):  # type: ignore[no-untyped-def]
    return offices.beside(books[SUPERVISOR], officer=name, password=password)


def test_roles_change_by_two_from_the_next_sign_in(at: At) -> None:
    books = at("ready")
    one, other = two(books)
    clerk_id = id_of(books, CLERK)
    people.change_roles(one, other, officer=clerk_id, roles={Role.CLERK, Role.INSPECTOR})
    assert signed_in(books, CLERK).officer.roles == {Role.CLERK, Role.INSPECTOR}
    (found,) = (each for each in people.people(one) if each.id == clerk_id)
    assert found.roles == ((Role.CLERK, TODAY), (Role.INSPECTOR, TODAY))
    for roles in (set(), {Role.AUTHORITY}):
        with pytest.raises(NotToBeGiven):
            people.change_roles(one, other, officer=clerk_id, roles=roles)
    assert auditor.verify_history(one).intact


def test_who_becomes_a_supervisor_signs_too_and_holds_the_batch_key(at: At) -> None:
    books = at("ready")
    one, other = two(books)
    roles, clerk_id = {Role.CLERK, Role.SUPERVISOR}, id_of(books, CLERK)
    for own in (None, books[CLERK_2]):
        with pytest.raises(SignsToo):
            people.change_roles(one, other, officer=clerk_id, roles=roles, own=own)
    people.change_roles(one, other, officer=clerk_id, roles=roles, own=signed_in(books, CLERK))
    batches.export_batch(signed_in(books, CLERK))
    people.change_roles(one, other, officer=clerk_id, roles={Role.CLERK})
    with pytest.raises(NotYourDesk):
        batches.export_batch(signed_in(books, CLERK))


def test_two_supervisors_stay(at: At) -> None:
    books = at("ready")
    one, other = two(books)
    with pytest.raises(TwoSupervisorsStay):
        people.change_roles(one, other, officer=other.officer.id, roles={Role.CLERK})
    with pytest.raises(TwoSupervisorsStay):
        people.retire(one, other, officer=one.officer.id)


def test_an_appointment_counts_on_its_days_alone(at: At) -> None:
    books = at("ready")
    one, other = two(books)
    clerk_id, last = id_of(books, CLERK), TODAY + timedelta(days=2)
    given = {"officer": clerk_id, "role": Role.VALUER, "first": TODAY + timedelta(days=1), "last": last, "why": "leave"}
    with pytest.raises(NotThatSpan):
        people.appoint(one, other, **{**given, "last": TODAY})  # type: ignore[arg-type]
    with pytest.raises(HoldsThatRole):
        people.appoint(one, other, **{**given, "role": Role.CLERK})  # type: ignore[arg-type]
    with pytest.raises(WhyMissing):
        people.appoint(one, other, **{**given, "why": ""})  # type: ignore[arg-type]
    people.appoint(one, other, **given)  # type: ignore[arg-type]
    seen = []
    for _ in range(4):
        seen.append(Role.VALUER in signed_in(books, CLERK).officer.roles)
        books.clock.pass_days(1)
    assert seen == [False, True, True, False]


def test_an_appointment_is_called_off(at: At) -> None:
    books = at("ready")
    one, other = two(books)
    made = people.appoint(
        one, other, officer=id_of(books, CLERK), role=Role.SUPERVISOR, first=TODAY, last=TODAY, why="leave"
    )
    acting = signed_in(books, CLERK)
    assert Role.SUPERVISOR in acting.officer.roles
    with pytest.raises(KeyNotHeld):
        batches.export_batch(acting)
    people.call_off(one, other, made.id)
    assert signed_in(books, CLERK).officer.roles == {Role.CLERK}


def test_all_in_an_officers_hands_goes_over_and_then_they_leave(at: At) -> None:
    books = at("approved")
    one, other = two(books)
    leaver = id_of(books, PREPARER)
    counter.hand_over(one, books[PREPARER], parcels=[PARCEL], place=counter.Place.OFFICER)
    clerk.save_draft(books[PREPARER], "leaving", "half")
    held = handing.hands(one, leaver)
    assert (held.parcels, held.drafts, held.open_acts) == ((PARCEL,), ("leaving",), (CERTIFICATE,))
    blanks = len(sheets.blanks_at_hand(books[PREPARER]))
    assert [(each.what, each.count) for each in held.stock] == [(StockKind.BLANK, blanks)]
    with pytest.raises(StillHolds) as refusal:
        people.retire(one, other, officer=leaver)
    assert refusal.value.held == f"drafts: 1, parcels: 1, blank: {blanks}"
    clerk.save_draft(books[APPROVER], "leaving", "own")
    with pytest.raises(DraftInTheWay):
        handing.hand_over_all(one, books[APPROVER], officer=leaver, why="leaves")
    clerk.save_draft(books[APPROVER], "leaving", "")
    made = handing.hand_over_all(one, books[APPROVER], officer=leaver, why="leaves")
    assert (made.parcels, made.open_acts, len(made.signatures)) == ((PARCEL,), (CERTIFICATE,), 2)
    assert clerk.draft(books[APPROVER], "leaving") == "half"
    assert next(slip.number for slip in stock.register(one, StockKind.BLANK) if slip.holder == APPROVER) == BLANK
    assert {each.holder for each in counter.custody(one)} == {id_of(books, APPROVER)}
    people.retire(one, other, officer=leaver)
    assert PREPARER not in offices.door(one.folder.path).officers
    with pytest.raises(WrongPassphrase):
        signed_in(books, PREPARER)
    with pytest.raises(HasLeft):
        people.change_roles(one, other, officer=leaver, roles={Role.CLERK})
    assert [each.left for each in people.people(one, gone=True) if each.id == leaver] == [TODAY]
    assert auditor.verify_history(one).intact


def test_an_absent_officers_drafts_go_to_another(at: At) -> None:
    books = at("ready")
    one, other = two(books)
    absent, to = id_of(books, CLERK), id_of(books, CLERK_2)
    with pytest.raises(NothingDelivered):
        handing.reassign_drafts(one, other, officer=absent, to=to, why="ill")
    clerk.save_draft(books[CLERK], "register", "typed")
    made = handing.reassign_drafts(one, other, officer=absent, to=to, why="ill")
    assert clerk.draft(books[CLERK_2], "register") == "typed"
    assert clerk.draft(books[CLERK], "register") == ""
    assert handing.handings(one) == (made,)


def test_a_forgotten_password_is_replaced_with_its_key(at: At) -> None:
    books = at("prepared")
    one, other = two(books)
    preparer = id_of(books, PREPARER)
    with pytest.raises(PasswordTooShort):
        people.renew_password(one, other, officer=preparer, password="short", cost=SMALL)
    people.renew_password(one, other, officer=preparer, password=NEW, cost=SMALL)
    with pytest.raises(WrongPassphrase):
        signed_in(books, PREPARER)
    assert signed_in(books, PREPARER, NEW).officer.id == preparer
    with pytest.raises(ChangedSinceSigned):
        issuing.approve(books[APPROVER], [CERTIFICATE])
    people.renew_password(one, other, officer=other.officer.id, password=NEW, cost=SMALL)
    batches.export_batch(signed_in(books, SUPERVISOR_2, NEW))
    assert [each.acknowledged for each in people.people(one) if each.id == preparer] == [False]
    assert auditor.verify_history(one).intact


def test_who_is_there_and_what_is_relaxed(at: At) -> None:
    books = at("bagged")
    found = {each.name: each for each in people.people(books[SUPERVISOR])}
    assert found[SUPERVISOR].batch_key
    assert not found[VALUER].batch_key
    assert found[CLERK].last_act is not None
    assert found[INSPECTOR].last_act is None
    assert people.relaxed(books[SUPERVISOR]) == ()
