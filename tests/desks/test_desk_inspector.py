"""Goods that come in: the code, the lists, the goods, one receipt a number; held, refused, seized."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from kpdesk.desks import authority, clerk, inspector, supervisor
from kpdesk.desks.authority import LISTS_KEY
from kpdesk.desks.desk import NoDocument, own_key
from kpdesk.desks.inspector import NotGenuine, NothingStated
from kpdesk.domain.certificate import Facts, Kind, Named, Number
from kpdesk.domain.inspection import AlreadyReceived, Arrival, Outcome
from kpdesk.domain.issuance import SamePerson
from kpdesk.domain.measures import Carats
from kpdesk.domain.outcomes import Stopped
from kpdesk.domain.parcel import Draw, Source
from kpdesk.domain.parties import NotYourDesk
from kpdesk.domain.production import NotEnoughCarats
from kpdesk.domain.stock import NotInStock, StockNotReady
from kpdesk.domain.trust import Alert, Lists, ReceivedNumber, VoidNumber
from kpdesk.domain.trust import Reason as Why
from kpdesk.domain.verdict import Acceptable
from kpdesk.practice import CLERK, INSPECTOR, SUPERVISOR, SUPERVISOR_2
from kpdesk.signing import confirmation
from kpdesk.signing import lists as lists_files
from kpdesk.signing.keys import KeyPair
from tests.desks.practice_books import TODAY, Books, arrival, coded, incoming, receive

At = Callable[[str], Books]
NUMBER = "XZ2026000001"


def accept(
    books: Books, facts: Facts, found: Arrival | None = None, *, scan: str = "scan-1", **how: object
) -> inspector.Receipt:
    given: dict[str, object] = {"text": coded(facts), "outcome": Outcome.ACCEPTED, **how}
    return inspector.receive(books[INSPECTOR], scan=scan, arrival=found or arrival(facts), **given)  # type: ignore[arg-type]


def received(books: Books) -> list[tuple[object, ...]]:
    return books.sql("SELECT number FROM received_numbers")


def with_lists(books: Books, **more: object) -> None:
    """The lists in force, and what else the Authority learnt."""
    national = books.national
    known = lists_files.read(authority.make_lists(national), list_key=national.authority.list_key)
    with national.look() as session:
        signer = own_key(session, LISTS_KEY, sealing_key=national.data_key)
    names = ("authority", "participant", "issued", "next_update", "practice", "keys")
    same = {name: getattr(known, name) for name in names}
    newer = Lists(sequence=known.sequence + 1, **{**same, **more})  # type: ignore[arg-type]
    content = lists_files.make(newer, signer=signer)
    supervisor.accept_lists(books[SUPERVISOR], books[SUPERVISOR_2], content)


# Received


def test_looking_uses_nothing_up_and_receiving_does_once(at: At) -> None:
    books = at("ready")
    facts = incoming()
    size = books.size()
    for _ in range(2):
        assert inspector.verify(books[INSPECTOR], coded(facts)).acceptable is Acceptable.ACCEPTABLE
    assert books.size() == size
    receipt = accept(books, facts)
    assert (receipt.number, receipt.outcome, receipt.again) == (Number(NUMBER), Outcome.ACCEPTED, False)
    assert received(books) == [(NUMBER,)]
    assert inspector.verify(books[INSPECTOR], coded(facts)).acceptable is Acceptable.NOT_ACCEPTABLE


def test_the_confirmation_is_signed_by_the_office_and_says_what_arrived(at: At) -> None:
    books = at("ready")
    receipt = accept(books, incoming(), arrival(incoming(), carats=Carats.of("88.12"), remarks="a little heavier"))
    lists = authority.make_lists(books.national)
    known = lists_files.read(lists, list_key=books.national.authority.list_key)
    said = confirmation.read(receipt.confirmation, lists=known)
    assert (said.number, said.receiver, said.received) == (Number(NUMBER), "ZZ", TODAY)
    assert (str(said.carats), str(said.value), said.parcels) == ("88.12", "8369.50", 1)
    assert said.remarks == "a little heavier"


def test_the_same_scan_twice_is_once(at: At) -> None:
    books = at("ready")
    first = accept(books, incoming())
    size = books.size()
    again = accept(books, incoming())
    assert again.again
    assert (again.id, again.outcome, again.confirmation) == (first.id, first.outcome, first.confirmation)
    assert books.size() == size


def test_a_number_is_received_once_whatever_the_paper_says(at: At) -> None:
    books = at("ready")
    accept(books, incoming())
    size = books.size()
    for how in ({}, {"text": "", "keyed": incoming()}, {"outcome": Outcome.ACCEPTED_WITH_DIFFERENCE}):
        with pytest.raises(AlreadyReceived) as refusal:
            accept(books, incoming(), scan="scan-2", **how)
        assert (refusal.value.number, refusal.value.on) == (NUMBER, TODAY.isoformat())
    # Nobody lifts it, not even two with a document.
    (finding, *_) = [
        each
        for each in inspector.findings(books[INSPECTOR], incoming(), arrival(incoming()))
        if each.rule.code == "number_received"
    ]
    with pytest.raises(AlreadyReceived):
        accept(
            books, incoming(), scan="scan-2", text="", keyed=incoming(), lifted=(finding,), second=books[SUPERVISOR],
            reason="a letter",
        )  # fmt: skip
    assert books.size() == size


def test_held_goods_are_received_later(at: At) -> None:
    books = at("ready")
    facts = incoming()
    held = accept(books, facts, outcome=Outcome.HELD, reason="waits for the importer")
    assert (held.confirmation, received(books)) == (b"", [])
    assert accept(books, facts, scan="scan-2").id != held.id
    assert received(books) == [(NUMBER,)]
    for outcome in (Outcome.REFUSED, Outcome.RETURNED, Outcome.SEIZED):
        after = accept(books, facts, scan=f"scan-{outcome}", outcome=outcome, reason="shown again")
        assert after.confirmation == b""


# What the code says


@pytest.mark.parametrize(
    ("facts", "answer"),
    [
        (incoming(expires=TODAY - timedelta(days=1), issued=TODAY - timedelta(days=1)), "dates_expired"),
        (incoming(issued=TODAY + timedelta(days=2), expires=TODAY + timedelta(days=60)), "dates_not_yet"),
        (incoming(kind=Kind.COPY), "sort_copy"),
        (incoming("ZZ2026000001"), "numbering_other_issuer"),
    ],
    ids=["expired", "not yet", "copy", "another's number"],
)
def test_a_code_that_does_not_hold_is_not_received(at: At, facts: Facts, answer: str) -> None:
    books = at("ready")
    size = books.size()
    with pytest.raises(NotGenuine) as refusal:
        accept(books, facts, arrival(facts, exported_on=None))
    assert answer in str(refusal.value)
    assert books.size() == size


def test_expired_but_exported_in_time_is_received(at: At) -> None:
    books = at("ready")
    facts = incoming(issued=TODAY - timedelta(days=1), expires=TODAY)
    books.clock.pass_days(5)
    receipt = accept(books, facts, arrival(facts, exported_on=TODAY))
    assert "arrived_after_expiry" in [finding.rule.code for finding in receipt.findings]


def test_forged_and_unknown_codes_are_not_received_but_may_be_written_down(at: At) -> None:
    books = at("ready")
    facts = incoming()
    stranger = coded(facts, KeyPair.generate())
    for text, answer in ((stranger, "issuer_unknown"), (coded(facts)[:-9] + "000000000", ""), ("KPC1:", "code_")):
        with pytest.raises(NotGenuine) as refusal:
            accept(books, facts, text=text)
        assert answer in str(refusal.value)
        # What the paper says of itself does not make it genuine.
        with pytest.raises(NotGenuine):
            accept(books, facts, text=text, keyed=facts)
        with pytest.raises(NothingStated):
            accept(books, facts, text=text, outcome=Outcome.REFUSED)
    receipt = accept(books, facts, text=stranger, keyed=facts, outcome=Outcome.REFUSED, reason="forged")
    assert (receipt.outcome, received(books)) == (Outcome.REFUSED, [])


def test_nothing_stated_is_nothing_received(at: At) -> None:
    books = at("ready")
    for keyed in (None, replace(incoming(), number=None)):
        with pytest.raises(NothingStated):
            accept(books, incoming(), text="", keyed=keyed)


# What the lists say


@pytest.mark.parametrize(
    ("lists", "answer", "rule"),
    [
        ({"voids": (VoidNumber(Number(NUMBER), Why.LOST, TODAY),)}, "voided_lost", "number_void"),
        ({"voids": (VoidNumber(Number(NUMBER), Why.REPLACED, TODAY),)}, "voided_void", "number_void"),
        ({"alerts": (Alert(Number(NUMBER), Number(NUMBER), "stolen", TODAY),)}, "alerted_yes", "number_alerted"),
        ({"received": (ReceivedNumber(Number(NUMBER), "XY-MAIN", TODAY),)}, "elsewhere_yes", "number_received"),
    ],
    ids=["lost", "replaced", "alert", "received elsewhere"],
)
def test_the_lists_stop_coded_and_uncoded_paper_alike(at: At, lists: dict[str, object], answer: str, rule: str) -> None:
    books = at("ready")
    with_lists(books, **lists)
    with pytest.raises(NotGenuine) as refusal:
        accept(books, incoming())
    assert answer in str(refusal.value)
    with pytest.raises(Stopped) as stop:
        accept(books, incoming(), text="", keyed=incoming())
    assert rule in [finding.rule.code for finding in stop.value.findings]
    assert received(books) == []


# What arrived


def test_differences_are_told_and_those_that_stop_are_lifted_by_two(at: At) -> None:
    books = at("ready")
    facts = incoming()
    found = arrival(facts, carats=Carats.of("86.00"))
    with pytest.raises(Stopped) as stop:
        accept(books, facts, found)
    (finding,) = [each for each in stop.value.findings if each.rule.code == "carats_far_off"]
    how: dict[str, object] = {"outcome": Outcome.ACCEPTED_WITH_DIFFERENCE, "lifted": (finding,)}
    with pytest.raises(SamePerson):
        accept(books, facts, found, reason="weighed twice", **how)
    with pytest.raises(SamePerson):
        accept(books, facts, found, reason="weighed twice", second=books[INSPECTOR], **how)
    with pytest.raises(NotYourDesk):
        accept(books, facts, found, reason="weighed twice", second=books[CLERK], **how)
    with pytest.raises(NoDocument):
        accept(books, facts, found, reason=" ", second=books[SUPERVISOR], **how)
    receipt = accept(books, facts, found, reason="report 7", second=books[SUPERVISOR], **how)
    assert receipt.outcome is Outcome.ACCEPTED_WITH_DIFFERENCE
    subject = f"incoming/{receipt.id}"
    (why,) = books.sql("SELECT json_extract(body, '$.why') FROM history WHERE subject = :it", it=subject)[0]
    assert "report 7" in str(why)
    assert books[SUPERVISOR].officer.id in str(why)


@pytest.mark.parametrize(
    ("changes", "rule"),
    [
        ({"seals": ()}, "unsealed"),
        ({"seals_intact": False}, "seal_broken"),
        ({"seals": ("XS-2",)}, "seal_differs"),
        ({"parcels": 2}, "parcels_differ"),
        ({"original": False}, "original_missing"),
    ],
)
def test_goods_that_are_not_those_certified_are_held(at: At, changes: dict[str, object], rule: str) -> None:
    books = at("ready")
    with pytest.raises(Stopped) as stop:
        accept(books, incoming(), arrival(incoming(), **changes))
    assert rule in [finding.rule.code for finding in stop.value.findings]


@pytest.mark.parametrize(
    ("changes", "rule"),
    [
        ({"participant": "KE", "number": Number("KE1"), "provenance": "KE"}, "not_participant"),
        ({"destination": "EU"}, "destination_elsewhere"),
        ({"importer": Named("Nobody Practice Knows", "")}, "importer_not_registered"),
    ],
)
def test_keyed_paper_is_asked_the_same(at: At, changes: dict[str, object], rule: str) -> None:
    books = at("ready")
    facts = replace(incoming(), **changes)  # type: ignore[arg-type]
    with pytest.raises(Stopped) as stop:
        accept(books, facts, text="", keyed=facts)
    assert rule in [finding.rule.code for finding in stop.value.findings]


# What may leave again


def test_what_came_in_may_be_drawn_on_up_to_what_arrived(at: At) -> None:
    books = at("ready")
    accept(books, incoming(), arrival(incoming(), carats=Carats.of("88.00")))

    def draw(carats: str) -> str:
        return receive(
            books,
            source=Source.IMPORTED,
            title="",
            origins=("XZ",),
            draws=(Draw(NUMBER, "XZ", Carats.of(carats)),),
        )

    with pytest.raises(NotEnoughCarats):
        draw("88.01")
    first = draw("88.00")
    with pytest.raises(NotEnoughCarats):
        draw("0.01")
    clerk.withdraw_parcel(books[CLERK], first, why="stays here")
    draw("50.00")


# Seized


def test_goods_without_papers_are_seized_by_two_under_a_seal(at: At) -> None:
    books = at("ready")
    held = {"holder": "Practice Traveller", "carats": Carats.of("41.27"), "reason": "no certificate"}
    with pytest.raises(SamePerson):
        inspector.seize(books[INSPECTOR], books[INSPECTOR], seal="TS000001", **held)  # type: ignore[arg-type]
    with pytest.raises(NotInStock):
        inspector.seize(books[INSPECTOR], books[SUPERVISOR], seal="TS999999", **held)  # type: ignore[arg-type]
    first = inspector.seize(books[INSPECTOR], books[SUPERVISOR], seal="TS000001", **held)  # type: ignore[arg-type]
    assert first == "X-2026-000001"
    with pytest.raises(StockNotReady):
        inspector.seize(books[INSPECTOR], books[SUPERVISOR], seal="TS000001", **held)  # type: ignore[arg-type]
    second = inspector.seize(
        books[INSPECTOR],
        books[SUPERVISOR],
        seal="TS000002",
        number="xz 2026 000001",
        **held,  # type: ignore[arg-type]
    )
    assert second == "X-2026-000002"
    rows = books.sql("SELECT number, by, witness, seal FROM seizures ORDER BY id")
    people = (books[INSPECTOR].officer.id, books[SUPERVISOR].officer.id)
    assert rows == [("", *people, "TS000001"), (NUMBER, *people, "TS000002")]
