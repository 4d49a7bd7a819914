"""Books from files, signed by two; producers' files by sample; provisional values and their results."""

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kpdesk.desks import assortments, auditor, issuing, pricing, tenders
from kpdesk.desks.desk import Desk
from kpdesk.domain.assortment import AssortmentDecided, Sampled, SampleOutcome
from kpdesk.domain.measures import Money
from kpdesk.domain.outcomes import Outcome
from kpdesk.domain.parcel import WrongState
from kpdesk.domain.prices import (
    BookBackdated,
    BookKind,
    BookUnchanged,
    Change,
    ClassUnknown,
    EntryTwice,
    EntryWrong,
    Price,
)
from kpdesk.domain.tenders import Basis, ResultKnown
from kpdesk.domain.valuation import LinesDoNotAddUp
from kpdesk.exchange.tabular import ColumnsMissing, FormulaInCell, TableEmpty
from kpdesk.practice import COUNTER, PREPARER, SUPERVISOR, SUPERVISOR_2, VALUER, VALUER_2, valuing
from kpdesk.store.unit import NotFound
from tests.desks.practice_books import PARCEL, SHIPMENT, Books
from tests.desks.test_desk_valuing import weighed

At = Callable[[str], Books]
HEAD = "class,us_per_carat\n"


def read(desk: Desk, text: str | bytes, what: BookKind = BookKind.PRICES) -> pricing.Proposal:
    return pricing.read_book(desk, what, text if isinstance(text, bytes) else text.encode(), name="p.csv")


def test_a_new_version_shows_what_it_changes_and_the_old_one_stays(at: At) -> None:
    books = at("ready")
    valuing.books(books.office)
    desk, two = books[VALUER], books[SUPERVISOR]
    proposal = read(desk, valuing.PRICES.replace("305.00", "311.00").replace("5-0,14.00\n", ""))
    assert proposal.changes == (Change("4-10.8 ct", "305.00", "311.00"), Change("5-0", "14.00", None))
    tomorrow = desk.today + timedelta(days=1)
    made = pricing.sign_book(desk, two, proposal, valid_from=tomorrow)
    assert (made.identity, made.entries) == ("prices-0002", 5)
    with desk.look() as session:
        assert pricing.prices_in_force(desk, session)["4-10.8 ct"] == Decimal("305.00")
    books.clock.pass_days(1)
    with desk.look() as session:
        assert pricing.prices_in_force(desk, session)["4-10.8 ct"] == Decimal("311.00")
        assert pricing.versions(desk, session) == ("classes-0001", "prices-0002")
    new, old = pricing.books(desk, BookKind.PRICES)
    assert (new.version, old.version) == (2, 1)
    assert Price("4-10.8 ct", Decimal("305.00")) in pricing.entries(desk, old)
    assert auditor.verify_history(books[SUPERVISOR]).intact


def test_a_book_begins_today_at_the_earliest_and_says_something_new(at: At) -> None:
    books = at("ready")
    valuing.books(books.office)
    desk = books[VALUER]
    with pytest.raises(BookUnchanged):
        read(desk, valuing.PRICES)
    proposal = read(desk, HEAD + "2-4 ct,1.00\n")
    with pytest.raises(BookBackdated):
        pricing.sign_book(desk, books[SUPERVISOR], proposal, valid_from=desk.today - timedelta(days=1))
    assert len(pricing.books(desk, BookKind.PRICES)) == 1


@pytest.mark.parametrize(
    ("text", "trouble"),
    [
        (b"", TableEmpty),
        (HEAD, TableEmpty),
        ("size,us_per_carat\n2-4 ct,1\n", ColumnsMissing),
        (HEAD + '2-4 ct,"=1+1"\n', FormulaInCell),
        (HEAD + "=cmd|' /C calc'!A0,1\n", FormulaInCell),
        (HEAD + "2-4 ct,1.005\n", EntryWrong),
        (HEAD + "2-4 ct,one\n", EntryWrong),
        (HEAD + "2-4 ct,1\n2-4 ct,2\n", EntryTwice),
        (HEAD + "somewhere,1\n", ClassUnknown),
    ],
)
def test_a_file_that_is_no_price_book_is_refused_and_changes_nothing(
    at: At, text: str | bytes, trouble: type[Outcome]
) -> None:
    books = at("ready")
    valuing.books(books.office)
    size = books.size()
    with pytest.raises(trouble):
        read(books[VALUER], text)
    assert books.size() == size


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_a_spreadsheets_own_encodings_are_read(at: At, encoding: str) -> None:
    books = at("ready")
    text = "class;size;model\nA;2–4 ct;mélangé\n".replace("–", "-")
    (entry,) = read(books[VALUER], text.encode(encoding), BookKind.CLASSES).entries
    assert entry.cells()[3] == "mélangé"


def test_strange_bytes_are_refused_clearly(at: At) -> None:
    books = at("ready")
    desk = books[VALUER]

    @settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(st.one_of(st.binary(max_size=400), st.text(max_size=200).map(lambda text: (HEAD + text).encode())))
    def try_(content: bytes) -> None:
        for what in BookKind:
            try:
                proposal = pricing.read_book(books[SUPERVISOR], what, content, name="p.csv")
            except Outcome:
                continue
            assert proposal.entries
        try:
            assortments.take_file(desk, "P-1", content, name="a.csv")
        except Outcome:
            return

    try_()


# A producer's file


def lines(*rows: str) -> bytes:
    return ("class,carats,us_per_carat\n" + "\n".join(rows)).encode()


GOOD = lines("10.8+ ct,2.00,800.00", "4-10.8 ct,3.00,300.00", "2-4 ct,4.00,180.00", "11-5,1.00,38.00")


def test_a_producers_file_is_sampled_by_lot_once(at: At) -> None:
    books = at("ready")
    valuing.books(books.office)
    parcel, desk = weighed(books), books[VALUER]
    taken = assortments.take_file(desk, parcel, GOOD, name="a.csv")
    assert len(taken.sample) == 3
    assert assortments.take_file(desk, parcel, GOOD, name="again.csv") == taken
    assert assortments.file_of(desk, parcel) == taken
    assert assortments.file_of(books[VALUER_2], parcel) is None, "as blind as a figure"
    told = "".join(str(row) for row in books.sql("SELECT body, record FROM history"))
    assert '"800.00"' not in told.split("assortment", 1)[1]
    stated = {line.size_class: line for line in taken.lines}
    found = [Sampled(code, stated[code].carats, stated[code].per_carat) for code in taken.sample]
    decided = assortments.decide_file(desk, taken.identity, found=found, accept=True)
    assert decided.outcome is SampleOutcome.ACCEPTED
    with pytest.raises(AssortmentDecided):
        assortments.decide_file(desk, taken.identity, found=found, accept=False, reason="other")
    with pytest.raises(NotFound):
        assortments.decide_file(books[VALUER_2], taken.identity, found=found, accept=True)
    assert auditor.verify_history(books[SUPERVISOR]).intact


@pytest.mark.parametrize(
    ("content", "refused"),
    [
        (lines("2-4 ct,9.99,180.00"), LinesDoNotAddUp),
        (lines("elsewhere,10.00,180.00"), ClassUnknown),
        (lines("2-4 ct,5.00,1.00", "2-4 ct,5.00,1.00"), EntryTwice),
        (lines("2-4 ct,0,1.00", "11-5,10.00,1.00"), EntryWrong),
    ],
)
def test_a_producers_file_that_does_not_fit(at: At, content: bytes, refused: type[Outcome]) -> None:
    books = at("ready")
    valuing.books(books.office)
    parcel = weighed(books)
    with pytest.raises(refused):
        assortments.take_file(books[VALUER], parcel, content, name="a.csv")


# Provisional values


def test_a_result_stands_beside_the_certificate_that_stays_as_it_was(at: At) -> None:
    books = at("applied")
    desk = books[VALUER]
    tenders.flag_provisional(desk, PARCEL, basis=Basis.TENDER)
    found = [
        finding for finding in issuing.check(books[PREPARER], SHIPMENT) if finding.rule.code == "value_provisional"
    ]
    assert [dict(finding.facts)["parcel"] for finding in found] == [PARCEL]
    (slip,) = tenders.provisional(desk)
    assert (slip.overdue, slip.result, slip.certificate) == (0, None, "")
    books.clock.pass_days(95)
    (slip,) = tenders.provisional(desk)
    assert slip.overdue == 5
    before = books.sql("SELECT record FROM history WHERE subject = :about", about=f"parcel/{PARCEL}")
    sold = tenders.record_result(desk, PARCEL, value=Money.of("120000.00"), on=desk.today, document="protocol 4")
    assert slip.stated is not None
    expected = (Decimal("120000.00") - slip.stated.value) / slip.stated.value * 100
    assert sold.apart == expected.quantize(Decimal("0.1"))
    assert books.sql("SELECT record FROM history WHERE subject = :about", about=f"parcel/{PARCEL}") == before
    assert tenders.provisional(desk, open_only=True) == ()
    with pytest.raises(ResultKnown):
        tenders.record_result(desk, PARCEL, value=Money.of("1.00"), on=desk.today, document="")
    with pytest.raises(ResultKnown):
        tenders.flag_provisional(desk, PARCEL, basis=Basis.TENDER)


def test_what_has_left_is_not_made_provisional(at: At) -> None:
    books = at("exported")
    with pytest.raises(WrongState):
        tenders.flag_provisional(books[COUNTER], PARCEL, basis=Basis.CONSIGNMENT)


def test_the_tariff_is_the_supervisors(at: At) -> None:
    books = at("ready")
    one, two = books[SUPERVISOR], books[SUPERVISOR_2]
    proposal = read(one, valuing.TARIFF, BookKind.TARIFF)
    assert pricing.sign_book(one, two, proposal, valid_from=one.today).identity == "tariff-0001"
