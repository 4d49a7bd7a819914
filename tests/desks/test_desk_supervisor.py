"""The supervisors: settings with their day, lists that never go back, firms, people; and signing in."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from kpdesk.desks import authority, batches, clerk, offices, registers, supervisor
from kpdesk.desks.offices import NameTaken, NewOfficer, OfficeMissing, TwoSupervisors, UnknownOfficer
from kpdesk.desks.supervisor import ListsOlder
from kpdesk.domain.measures import Carats
from kpdesk.domain.outcomes import Trouble
from kpdesk.domain.particulars import AlreadyRegistered
from kpdesk.domain.parties import Party, PartyKind, Role
from kpdesk.domain.titles import Title
from kpdesk.practice import CLERK, INSPECTOR, SUPERVISOR, SUPERVISOR_2, VALUER
from kpdesk.settings import Folder, NotASetting, Office, Settings
from kpdesk.signing import lists as lists_files
from kpdesk.signing.keys import KeyPair
from kpdesk.signing.lists import AlteredLists, ForeignLists, NotLists
from kpdesk.signing.slots import SMALL, PasswordTooShort, WrongPassphrase
from kpdesk.store.troubles import StoreExists
from kpdesk.store.unit import NotFound
from tests.desks.practice_books import PASSWORD, TODAY, Books

At = Callable[[str], Books]


def settings(books: Books) -> Settings:
    with books[CLERK].look() as session:
        return books[CLERK].settings(session)


def change(books: Books, name: str, value: str | int | bool, days: int = 0) -> None:
    supervisor.change_setting(
        books[SUPERVISOR], books[SUPERVISOR_2], name=name, value=value, effective_from=TODAY + timedelta(days=days)
    )


# Settings


def test_a_setting_counts_from_its_day(at: At) -> None:
    books = at("ready")
    assert settings(books) == Settings()
    change(books, "confirmation_days", 20, days=2)
    change(books, "confirmation_days", 25, days=-1)
    assert settings(books).confirmation_days == 25
    books.clock.pass_days(2)
    assert settings(books).confirmation_days == 20
    change(books, "confirmation_days", 21, days=2)  # of two for one day the later made
    assert settings(books).confirmation_days == 21
    assert ("set", "setting/confirmation_days") in books.acts()


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("weather", "fine"),
        ("confirmation_days", "20"),
        ("confirmation_days", True),
        ("confirmation_days", 0),
        ("confirmation_days", 10**9),
        ("small_office", 1),
        ("small_office", "yes"),
        ("rounding", "up"),
        ("rounding", 1),
        ("valuation_rule", ""),
        ("readability", "fine"),
        ("readability", "NaN"),
        ("readability", "-0.001"),
        ("wants", "office"),
    ],
)
def test_what_is_no_setting_would_stop_the_office_from_its_day_on(at: At, name: str, value: str | int | bool) -> None:
    books = at("ready")
    size = books.size()
    with pytest.raises(NotASetting):
        change(books, name, value)
    assert books.size() == size


@pytest.mark.parametrize(
    ("name", "value"),
    [("rounding", "trade"), ("readability", "0.01"), ("small_office", True), ("validity_days", 30)],
)
def test_every_sort_of_setting_takes_its_value(at: At, name: str, value: str | int | bool) -> None:
    books = at("ready")
    change(books, name, value)
    assert str(getattr(settings(books), name)) == str(value)


# Lists


def test_lists_go_forward_only(at: At) -> None:
    books = at("ready")
    one, two = books[INSPECTOR], books[SUPERVISOR]
    older = authority.make_lists(books.national)
    newer = authority.make_lists(books.national)
    assert supervisor.accept_lists(one, two, newer).sequence == 3
    size = books.size()
    assert supervisor.accept_lists(one, two, newer).sequence == 3  # the same twice is once
    with pytest.raises(ListsOlder) as refusal:
        supervisor.accept_lists(one, two, older)
    assert (refusal.value.sequence, refusal.value.in_force) == (2, 3)
    assert books.size() == size


def test_lists_of_another_hand_are_not_taken(at: At) -> None:
    books = at("ready")
    content = authority.make_lists(books.national)
    lists = lists_files.read(content, list_key=books.national.authority.list_key)
    foreign = lists_files.make(lists, signer=KeyPair.generate())
    altered = content[:-1] + bytes([content[-1] ^ 1])
    size = books.size()
    for forged, trouble in ((foreign, ForeignLists), (altered, AlteredLists), (b"lists", NotLists), (b"", NotLists)):
        with pytest.raises(trouble):
            supervisor.accept_lists(books[SUPERVISOR], books[SUPERVISOR_2], forged)
    assert books.size() == size


# Firms and titles


def test_a_number_is_registered_once(at: At) -> None:
    books = at("ready")

    def firm() -> Party:
        return Party(number="EXP-7", party_kind=PartyKind.EXPORTER, name="Práctica", address="7 Street", country="ZZ")

    def title(holder: str = "EXP-7") -> Title:
        return Title(
            number="T-7", mine="Seven", holder=holder, country="ZZ", area="", valid_from=TODAY,
            monthly_capacity=Carats.of("1"),
        )  # fmt: skip

    assert registers.register_party(books[CLERK], firm()) == "EXP-7"
    assert registers.register_title(books[CLERK], title()) == "T-7"
    for act, thing in ((registers.register_party, firm()), (registers.register_title, title())):
        with pytest.raises(AlreadyRegistered):
            act(books[CLERK], thing)  # type: ignore[operator]
    with pytest.raises(NotFound):
        registers.register_title(books[CLERK], title("EXP-8"))
    assert "EXP-7" in [slip.number for slip in clerk.exporters(books[CLERK])]


# People


def join(books: Books, name: str, *roles: Role, password: str = PASSWORD) -> str:
    new = NewOfficer(name, password, frozenset(roles))
    return offices.add_officer(books[SUPERVISOR], books[SUPERVISOR_2], new, cost=SMALL).id


def test_who_joins_signs_in_with_their_own_password_alone(at: At) -> None:
    books = at("ready")
    officer = join(books, "Clerk Three", Role.CLERK, password="another long passphrase")
    desk = offices.beside(books[SUPERVISOR], officer="Clerk Three", password="another long passphrase")
    assert (desk.officer.id, desk.officer.roles) == (officer, {Role.CLERK})
    assert desk.approval_key.public != books[CLERK].approval_key.public
    assert "Clerk Three" in offices.door(desk.folder.path).officers
    for name, password in (("Clerk Three", PASSWORD), ("Clerk Four", PASSWORD), ("clerk three", PASSWORD)):
        with pytest.raises(WrongPassphrase):
            offices.beside(books[SUPERVISOR], officer=name, password=password)


def test_a_name_is_taken_once_and_a_password_is_long(at: At) -> None:
    books = at("ready")
    size, kept = books.size(), books[SUPERVISOR].folder.slots.read_bytes()
    with pytest.raises(NameTaken):
        join(books, CLERK, Role.CLERK)
    with pytest.raises(PasswordTooShort):
        join(books, "Clerk Three", Role.CLERK, password="short")
    assert (books.size(), books[SUPERVISOR].folder.slots.read_bytes()) == (size, kept)
    offices.beside(books[SUPERVISOR], officer=CLERK, password=PASSWORD)


def test_a_new_supervisor_signs_batches_too(at: At) -> None:
    books = at("ready")
    join(books, "Supervisor Three", Role.SUPERVISOR)
    third = offices.beside(books[SUPERVISOR], officer="Supervisor Three", password=PASSWORD)
    assert batches.export_batch(third).path.exists()


def test_who_left_has_no_desk(at: At) -> None:
    books = at("ready")
    books.sql("UPDATE officers SET left = '2026-11-21' WHERE name = :name", name=VALUER)
    with pytest.raises(UnknownOfficer):
        offices.beside(books[SUPERVISOR], officer=VALUER, password=PASSWORD)
    assert VALUER not in [slip.name for slip in supervisor.officers(books[SUPERVISOR])]


def test_an_officers_name_is_not_in_the_history(at: At) -> None:
    books = at("ready")
    told = "".join(str(row) for row in books.sql("SELECT body, record FROM history WHERE kind = 'officer'"))
    assert "Clerk One" not in told
    assert "name_digest" in told


# The first day


def people(*names: str) -> list[NewOfficer]:
    return [NewOfficer(name, PASSWORD, frozenset({Role.SUPERVISOR})) for name in names]


def found(books: Books, folder: Path, officers: list[NewOfficer]) -> str:
    office = Office(code="ZZ-NEW", participant="ZZ", name="New", authority="New", place="", form="zz", practice=True)
    authority_file = books.national.authority
    return offices.new_office(
        folder, office=office, officers=officers, authority=authority_file, clock=books.clock, cost=SMALL
    )


@pytest.mark.parametrize("first", [(), ("One",), ("One", "One")])
def test_an_office_begins_with_two_supervisors(at: At, tmp_path: Path, first: tuple[str, ...]) -> None:
    with pytest.raises(TwoSupervisors):
        found(at("ready"), tmp_path / "new", people(*first))
    assert not (tmp_path / "new").exists()


def test_an_office_is_founded_once_and_refused_whole(at: At, tmp_path: Path) -> None:
    books, folder = at("ready"), tmp_path / "new"
    clerk_first = replace(people("One")[0], roles=frozenset({Role.CLERK}))
    with pytest.raises(TwoSupervisors):
        found(books, folder, [clerk_first, *people("Two")])
    with pytest.raises(NameTaken):
        found(books, folder, people("One", "Two", "One"))
    with pytest.raises(PasswordTooShort):
        found(books, folder, [*people("One", "Two"), NewOfficer("Three", "short", frozenset())])
    recovery = found(books, folder, people("One", "Two"))
    assert len(recovery.split()) == 14
    kept = Folder(folder).slots.read_bytes()
    with pytest.raises(StoreExists):
        found(books, folder, people("Three", "Four"))
    assert Folder(folder).slots.read_bytes() == kept
    desk = offices.open_desk(folder, officer="Two", password=PASSWORD, clock=books.clock)
    try:
        with pytest.raises(batches.NotCertified):
            batches.export_batch(desk)
    finally:
        desk.store.close()


@pytest.mark.parametrize("door", [None, b"", b"{}", b'{"office":{},"officers":[]}', b"\xff"])
def test_a_folder_without_an_office_says_so(tmp_path: Path, door: bytes | None, at: At) -> None:
    (tmp_path / "store").mkdir()
    if door is not None:
        Folder(tmp_path).office.write_bytes(door)
    with pytest.raises(OfficeMissing):
        offices.open_desk(tmp_path, officer=SUPERVISOR, password=PASSWORD, clock=at("ready").clock)


def test_the_door_shows_names_and_nothing_more(at: At) -> None:
    books = at("ready")
    shown = json.loads(books[CLERK].folder.office.read_text("utf-8"))
    assert set(shown) == {"office", "officers"}
    assert CLERK in shown["officers"]


def test_a_disk_that_fails_while_the_books_are_opened_leaves_no_store(at: At, tmp_path: Path) -> None:
    books, folder = at("ready"), tmp_path / "new"
    Folder(folder).authority.mkdir(parents=True)
    with pytest.raises(Trouble):
        found(books, folder, people("One", "Two"))
    assert not Folder(folder).database.exists()
    Folder(folder).authority.rmdir()
    found(books, folder, people("One", "Two"))


def test_a_desk_that_was_not_opened_locks_nothing(at: At, tmp_path: Path) -> None:
    books, folder = at("ready"), tmp_path / "new"
    found(books, folder, people("One", "Two"))
    kept = Folder(folder).authority.read_bytes()
    Folder(folder).authority.write_bytes(b"another")
    with pytest.raises(Trouble):
        offices.open_desk(folder, officer="One", password=PASSWORD, clock=books.clock)
    Folder(folder).authority.write_bytes(kept)
    offices.open_desk(folder, officer="One", password=PASSWORD, clock=books.clock).store.close()
