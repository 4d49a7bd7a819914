"""Levies and fees: claimed once, matched to receipts, taken back by records beside them, summed by day."""

from collections.abc import Callable
from decimal import Decimal

import pytest

from kpdesk.desks import auditor, exporter, fees, issuing, supervisor
from kpdesk.domain.fees import (
    AlreadyReversed,
    ClaimPaid,
    Ledger,
    MoreThanOwed,
    OtherLedger,
    ReasonWanted,
    ReceiptIncomplete,
    ReceiptTwice,
)
from kpdesk.domain.measures import Money, total_money
from kpdesk.domain.outcomes import Stopped
from kpdesk.domain.prices import NoBook
from kpdesk.practice import COUNTER, PREPARER, SUPERVISOR, SUPERVISOR_2, valuing
from tests.desks.practice_books import SHIPMENT, TODAY, Books, seal

At = Callable[[str], Books]


@pytest.fixture
def books(at: At) -> Books:
    """An application, and a tariff in force."""
    made = at("applied")
    valuing.books(made.office)
    return made


def claimed(books: Books) -> dict[str, str]:
    """The claims' numbers by charge."""
    return {each.charge: each.number for each in fees.claim(books[COUNTER], SHIPMENT)}


def pay(books: Books, number: str, amount: str, *claims: str) -> str:
    return fees.receive(books[COUNTER], number=number, claims=claims, paid=Decimal(amount)).identity


def open_sum(books: Books) -> Money:
    return total_money(slip.claim.open for slip in fees.open_claims(books[COUNTER]))


def test_an_application_is_claimed_once_by_the_tariff_in_force(books: Books) -> None:
    assert [each.number for each in fees.to_claim(books[COUNTER])] == [SHIPMENT]
    claims = fees.claim(books[COUNTER], SHIPMENT)
    value = exporter.shipments(books[COUNTER])[0].value
    sums = {each.charge: each.amount for each in claims}
    assert sums["Export duty"] == value.share(Decimal("0.03"))
    assert sums["Valuation"] == Money.of("308.64")  # 1 234.56 ct at 0.25
    assert sums["Certificate"] == Money.of("120.00")
    assert [each.number for each in claims] == [f"L-2026-{place:06}" for place in (1, 2, 3, 4)]
    assert {each.book for each in claims} == {"tariff-0001"}
    assert fees.claim(books[COUNTER], SHIPMENT)[::-1] == claims, "the newest first, and none twice"
    assert fees.to_claim(books[COUNTER]) == ()
    assert auditor.verify_history(books[SUPERVISOR]).intact


def test_without_a_tariff_nothing_is_claimed(at: At) -> None:
    books = at("applied")
    assert fees.to_claim(books[COUNTER]) == ()
    with pytest.raises(NoBook):
        fees.claim(books[COUNTER], SHIPMENT)
    assert not any(finding.rule.code.startswith("levy") for finding in issuing.check(books[PREPARER], SHIPMENT))


def test_a_receipt_pays_several_claims_in_part(books: Books) -> None:
    claims = claimed(books)
    owed = open_sum(books)
    pay(books, " R-1 ", "400", claims["Valuation"], claims["Certificate"])
    by_charge = {each.charge: each for each in fees.claims_of(books[COUNTER], SHIPMENT)}
    assert by_charge["Valuation"].open == Money.of("0.00")
    assert by_charge["Certificate"].open == Money.of("28.64")
    assert open_sum(books) == owed - Money.of("400.00")
    (slip,) = fees.payments(books[COUNTER], TODAY)
    assert (slip.payment.number, slip.payer_name) == ("R-1", "Practice Exports ZZ SARL")


def test_what_is_not_taken(books: Books) -> None:
    claims = claimed(books)
    size = books.size()
    with pytest.raises(OtherLedger):
        pay(books, "R-1", "10", claims["Valuation"], claims["Export duty"])
    with pytest.raises(MoreThanOwed):
        pay(books, "R-1", "120.01", claims["Certificate"])
    for number, amount, paid in (
        ("", "1", [claims["Certificate"]]),
        ("R", "0", [claims["Certificate"]]),
        ("R", "1", []),
    ):
        with pytest.raises(ReceiptIncomplete):
            pay(books, number, amount, *paid)
    assert books.size() == size
    pay(books, "R-1", "100", claims["Certificate"])
    with pytest.raises(ReceiptTwice):
        pay(books, "R-1", "20", claims["Certificate"])
    pay(books, "R-1", "10", claims["Export duty"])  # the state's receipts have numbers of their own


def test_local_money_is_counted_at_the_rate_of_its_receipt(books: Books) -> None:
    claims = claimed(books)
    made = fees.receive(
        books[COUNTER],
        number="R-9",
        claims=[claims["Certificate"]],
        paid=Decimal("109844.40"),
        currency="AOA",
        rate=Decimal("915.37"),
    )
    assert (made.amount, made.currency, made.rate) == (Money.of("120.00"), "AOA", Decimal("915.37"))


def test_a_receipt_is_taken_back_by_a_record_beside_it(books: Books) -> None:
    claims = claimed(books)
    name = pay(books, "R-1", "120", claims["Certificate"])
    one, two = books[COUNTER], books[SUPERVISOR]
    with pytest.raises(ClaimPaid):
        fees.cancel(one, two, claims["Certificate"], why="wrong")
    with pytest.raises(ReasonWanted):
        fees.reverse(one, two, name, why=" ")
    before = books.sql("SELECT record FROM kept WHERE kind = 'payment'")
    fees.reverse(one, two, name, why="wrong number")
    assert books.sql("SELECT record FROM kept WHERE kind = 'payment'") == before
    with pytest.raises(AlreadyReversed):
        fees.reverse(one, two, name, why="again")
    (slip,) = fees.payments(one, TODAY)
    assert slip.reversal is not None
    assert slip.reversal.why == "wrong number"
    assert pay(books, "R-1", "100", claims["Certificate"]) == "fee-R-1#2"
    with pytest.raises(ReceiptTwice):
        pay(books, "R-1", "20", claims["Certificate"])
    assert auditor.verify_history(books[SUPERVISOR]).intact


def test_the_days_sums_of_each_ledger(books: Books) -> None:
    claims = claimed(books)
    one, two = books[COUNTER], books[SUPERVISOR]
    first = pay(books, "R-1", "120", claims["Certificate"])
    pay(books, "R-2", "300", claims["Valuation"])
    fees.reverse(one, two, first, why="wrong")
    fees.cancel(one, two, claims["Certificate"], why="waived")
    levy, fee = fees.day(one, TODAY)
    assert (levy.ledger, fee.ledger) == (Ledger.LEVY, Ledger.FEE)
    assert (fee.claimed, fee.cancelled) == (Money.of("428.64"), Money.of("120.00"))
    assert (fee.received, fee.reversed, fee.open) == (Money.of("420.00"), Money.of("120.00"), Money.of("8.64"))
    assert levy.open == levy.claimed
    books.clock.pass_days(1)
    levy, fee = fees.day(one, books[COUNTER].today)
    assert (fee.claimed, fee.received, fee.open) == (Money.of("0.00"), Money.of("0.00"), Money.of("8.64"))
    assert total_money((levy.open, fee.open)) == open_sum(books)


def test_an_unpaid_levy_is_noted_and_by_a_setting_it_stops(books: Books) -> None:
    def found() -> dict[str, str]:
        return {
            finding.rule.code: dict(finding.facts).get("open", "")
            for finding in issuing.check(books[PREPARER], SHIPMENT)
            if finding.rule.code.startswith("levy")
        }

    assert found() == {"levy_not_claimed": ""}
    claims = claimed(books)
    owed = open_sum(books)
    assert found() == {"levy_open": str(owed)}
    one, two = books[SUPERVISOR], books[SUPERVISOR_2]
    supervisor.change_setting(one, two, name="levies_before_issue", value=True, effective_from=TODAY)
    assert found() == {"levy_unpaid": str(owed)}
    with pytest.raises(Stopped):
        seal(books)
    for place, charge in enumerate(claims):
        number = claims[charge]
        (claim,) = [each for each in fees.claims_of(one, SHIPMENT) if each.number == number]
        pay(books, f"R-{place}", str(claim.open), number)
    assert found() == {}
    seal(books)


def test_the_payers_paper_names_claims_and_the_receipt(books: Books) -> None:
    claims = claimed(books)
    name = pay(books, "R-77", "150", claims["Valuation"])
    drawn = fees.draw_receipt(books[COUNTER], name)
    assert drawn.pdf.startswith(b"%PDF-")
