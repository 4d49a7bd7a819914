"""The registers: one keeps addresses, two give and take rights, nobody writes over another, everything is on record."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from kpdesk.desks import registers, watching
from kpdesk.desks.auditor import verify_history
from kpdesk.desks.registers import LicenceWantsTwo
from kpdesk.domain.custody import WhyMissing
from kpdesk.domain.measures import Carats
from kpdesk.domain.outcomes import Stopped
from kpdesk.domain.particulars import (
    AlreadyRegistered,
    ChangedMeanwhile,
    EndsBeforeItBegins,
    NoSuchRepresentative,
    Particulars,
    Representative,
    RepresentativeTwice,
)
from kpdesk.domain.parties import Licence, LicenceState, LicenceTwice, NoSuchLicence, Party, PartyKind
from kpdesk.domain.titles import TitleTerms
from kpdesk.domain.watch import Watched, WatchKind
from kpdesk.practice import CLERK, CLERK_2, SUPERVISOR, SUPERVISOR_2
from kpdesk.store.unit import NotFound
from tests.desks.practice_books import TODAY, Books

At = Callable[[str], Books]
FIRM = "EXP-0041"
LICENCE = Licence("DEAL-1", PartyKind.DEALER, TODAY, TODAY + timedelta(days=90))
SIGNATORY = Representative("Practice Signatory", "director", TODAY - timedelta(days=9))


def firm(**changes: Any) -> Party:
    given = {"number": "DEA-0001", "party_kind": PartyKind.DEALER, "name": "Zebra Diamonds", "address": "1 Street"}
    return Party(**{**given, "country": "ZZ", **changes})


def told(name: str = "Zebra Diamonds", **changes: Any) -> Particulars:
    return Particulars(**{"name": name, "address": "2 Street", "country": "ZZ", **changes})


def watched(name: str = "Zebra Mining") -> Watched:
    return Watched(
        number="", watch_kind=WatchKind.FIRM, salt=b"1", name=name, why="a judgment", source="a court", since=TODAY
    )


def revision(books: Books, number: str = FIRM) -> int:
    return registers.party(books[CLERK], number).revision


def test_a_firm_comes_in_by_one_and_its_licence_by_two(at: At) -> None:
    books = at("ready")
    desk, beside = books[CLERK], books[SUPERVISOR]
    with pytest.raises(LicenceWantsTwo):
        registers.register_party(desk, firm(licences=(LICENCE,)))
    assert registers.next_number(desk, PartyKind.DEALER) == "DEA-0001"
    assert registers.register_party(desk, firm()) == "DEA-0001"
    assert registers.next_number(desk, PartyKind.DEALER) == "DEA-0002"
    with pytest.raises(AlreadyRegistered):
        registers.register_party(desk, firm())
    registers.add_licence(desk, beside, "DEA-0001", LICENCE, revision=1)
    card = registers.party(desk, "DEA-0001")
    assert (card.standing.state, card.standing.licence) == (LicenceState.VALID, "DEAL-1")
    assert [event.act for event in card.events] == ["add_licence", "register_party"]
    assert card.events[0].by == CLERK
    assert SUPERVISOR in card.events[0].why
    with pytest.raises(LicenceTwice):
        registers.add_licence(desk, beside, "DEA-0001", LICENCE, revision=2)
    assert verify_history(beside).intact


def test_two_officers_change_one_firm(at: At) -> None:
    books = at("ready")
    seen = revision(books)
    registers.change_party(books[CLERK], FIRM, told("Practice Exports New"), revision=seen)
    with pytest.raises(ChangedMeanwhile):
        registers.change_party(books[CLERK_2], FIRM, told("Practice Exports Other"), revision=seen)
    with pytest.raises(ChangedMeanwhile):
        registers.add_licence(books[CLERK], books[SUPERVISOR], FIRM, LICENCE, revision=seen)
    card = registers.party(books[CLERK], FIRM)
    assert card.particulars == told("Practice Exports New")
    assert [(each.name, each.until) for each in card.former_names] == [
        ("Practice Exports ZZ SARL", TODAY - timedelta(days=1))
    ]
    assert [row.number for row in registers.parties(books[CLERK], PartyKind.EXPORTER, typed="exports zz")] == [FIRM]


def test_what_is_personal_is_in_the_digest_alone(at: At) -> None:
    books = at("ready")
    registers.change_party(books[CLERK], FIRM, told(address="7 Hidden Lane", remark="shy"), revision=revision(books))
    ((record,),) = books.sql(
        "SELECT record FROM history WHERE subject = 'party/EXP-0041' ORDER BY sequence DESC LIMIT 1"
    )
    assert "Hidden" not in str(record)
    books.sql("UPDATE parties SET address = '8 Hidden Lane' WHERE number = 'EXP-0041'")
    assert verify_history(books[SUPERVISOR]).differing == ("party/EXP-0041",)


def test_a_licence_through_its_days(at: At) -> None:
    books = at("ready")
    desk, beside = books[CLERK], books[SUPERVISOR]
    number = registers.party(desk, FIRM).licences[0].number

    def state() -> LicenceState:
        return registers.party(desk, FIRM).standing.state

    with pytest.raises(WhyMissing):
        registers.suspend_licence(desk, beside, FIRM, number, first=TODAY, last=None, why=" ", revision=1)
    registers.suspend_licence(desk, beside, FIRM, number, first=TODAY, last=None, why="a court", revision=1)
    assert state() is LicenceState.SUSPENDED
    registers.restore_licence(desk, beside, FIRM, number, why="heard", revision=2)
    assert state() is LicenceState.VALID
    with pytest.raises(EndsBeforeItBegins):
        registers.renew_licence(desk, beside, FIRM, number, until=date(2001, 1, 1), revision=3)
    registers.renew_licence(desk, beside, FIRM, number, until=None, revision=3)
    assert registers.party(desk, FIRM).standing.ends is None
    registers.withdraw_licence(desk, beside, FIRM, number, why="smuggled", revision=4)
    assert state() is LicenceState.WITHDRAWN
    with pytest.raises(NoSuchLicence):
        registers.renew_licence(desk, beside, FIRM, number, until=None, revision=5)
    with pytest.raises(NoSuchLicence):
        registers.withdraw_licence(desk, beside, FIRM, "other", why="x", revision=5)


def test_who_may_sign_and_how_it_looks(at: At) -> None:
    books = at("ready")
    desk, beside = books[CLERK], books[SUPERVISOR]
    registers.add_representative(desk, beside, FIRM, SIGNATORY, specimen=b"a picture", revision=1)
    (kept,) = registers.party(desk, FIRM).representatives
    assert registers.picture(desk, kept.specimen) == b"a picture"
    assert replace(kept, specimen="") == SIGNATORY
    with pytest.raises(RepresentativeTwice):
        registers.add_representative(desk, beside, FIRM, SIGNATORY, revision=2)
    name = SIGNATORY.name
    registers.withdraw_representative(desk, beside, FIRM, name, last=TODAY, why="left", revision=2)
    (ended,) = registers.party(desk, FIRM).representatives
    assert ended.may_sign(TODAY)
    assert not ended.may_sign(TODAY + timedelta(days=1))
    with pytest.raises(NoSuchRepresentative):
        registers.withdraw_representative(desk, beside, FIRM, name, last=TODAY, why="left", revision=3)
    again = replace(SIGNATORY, power_from=TODAY + timedelta(days=1))
    registers.add_representative(desk, beside, FIRM, again, revision=3)
    registers.keep_stamp(desk, beside, FIRM, b"a stamp", revision=4)
    assert registers.picture(desk, registers.party(desk, FIRM).stamp) == b"a stamp"
    assert [row.number for row in registers.parties(desk, PartyKind.EXPORTER, typed="signatory")] == [FIRM]
    assert verify_history(beside).intact


def test_a_title_changes_hands(at: At) -> None:
    books = at("ready")
    desk, beside = books[CLERK], books[SUPERVISOR]
    terms = registers.title(desk, "T-100").terms
    with pytest.raises(NotFound):
        registers.change_title(desk, beside, "T-100", replace(terms, holder="MIN-9999"), revision=1)
    registers.change_title(desk, beside, "T-100", replace(terms, holder="EXP-0042", coordinates="8.5 N"), revision=1)
    card = registers.title(desk, "T-100")
    assert (card.terms.holder, card.former_holders[0].holder) == ("EXP-0042", "MIN-0007")
    with pytest.raises(ChangedMeanwhile):
        registers.change_title(desk, beside, "T-100", terms, revision=1)
    assert [row.number for row in registers.party(desk, "EXP-0042").titles] == ["T-100"]
    (row,) = registers.titles(desk, typed="northern")
    assert (row.number, row.holder.startswith("Comptoir")) == ("T-100", True)
    assert verify_history(beside).intact


def test_the_holder_of_a_day() -> None:
    from kpdesk.domain.titles import Title

    capacity = Carats.of("1")
    title = Title(
        number="T", mine="M", holder="A", country="ZZ", area="", monthly_capacity=capacity, valid_from=date(2020, 1, 1)
    )
    terms = TitleTerms(
        mine="M", holder="B", country="ZZ", area="", monthly_capacity=capacity, valid_from=date(2020, 1, 1)
    )
    title.change(terms, on=date(2021, 1, 1))
    title.change(replace(terms, holder="C"), on=date(2022, 1, 1))
    assert [title.holder_on(date(year, 6, 1)) for year in (2020, 2021, 2022)] == ["A", "B", "C"]


def test_a_list_goes_on_by_its_last_number(at: At) -> None:
    books = at("ready")
    for serial in range(1, 55):
        registers.register_party(books[CLERK], firm(number=f"DEA-{serial:04}", name=f"Dealer {serial}"))
    first = registers.parties(books[CLERK], PartyKind.DEALER)
    rest = registers.parties(books[CLERK], PartyKind.DEALER, after=first[-1].number)
    assert [row.number for row in (*first, *rest)] == [f"DEA-{serial:04}" for serial in range(1, 55)]
    assert {row.standing.state for row in first} == {LicenceState.NONE}


def test_who_is_watched_comes_in_by_two(at: At) -> None:
    books = at("ready")
    desk, beside = books[CLERK], books[SUPERVISOR]
    assert watching.add_watched(desk, watched()) == "W-0001"
    (finding,) = watching.near_names(desk, "ZEBRA diamonds sarl")
    assert finding.rule.code == "watch_named"
    with pytest.raises(Stopped):
        registers.register_party(desk, firm())
    registers.register_party(desk, firm(), beside)
    assert [each.rule.code for each in registers.party(desk, "DEA-0001").findings] == ["watch_named"]
    near = firm(number="DEA-0002", name="Zebbra Trading")
    registers.register_party(desk, near)
    with pytest.raises(Stopped):
        registers.change_party(desk, "DEA-0002", told("Zebra Gold"), revision=1)
    registers.change_party(desk, "DEA-0002", told("Zebra Gold"), revision=1, second=beside)
    watching.end_watched(desk, beside, "W-0001", last=TODAY - timedelta(days=0), why="acquitted")
    books.clock.pass_days(1)
    assert watching.near_names(desk, "Zebra Diamonds") == ()
    assert [each.number for each in watching.watched(desk, typed="zebra")] == ["W-0001"]
    assert watching.watched_one(desk, "W-0001").watched.until == TODAY
    with pytest.raises(AlreadyRegistered):
        watching.add_watched(desk, replace(watched(), number="W-0001"))
    assert verify_history(books[SUPERVISOR_2]).intact
