"""Returns and declarations on real books: what the year shows, what is due, and what two lift with a document."""

from collections.abc import Callable
from datetime import date

import pytest

from kpdesk.desks import returns
from kpdesk.desks.auditor import verify_history
from kpdesk.desks.desk import NoDocument
from kpdesk.domain.declarations import DueKind, Purchase
from kpdesk.domain.goods import Heading
from kpdesk.domain.issuance import SamePerson
from kpdesk.domain.measures import Carats, Money
from kpdesk.domain.outcomes import Stopped
from kpdesk.domain.parties import NotYourDesk
from kpdesk.practice import CLERK, SUPERVISOR, VALUER
from kpdesk.practice import goods as practice_goods
from tests.desks.practice_books import Books

At = Callable[[str], Books]
OCTOBER = date(2026, 10, 1)


@pytest.fixture
def books(at: At) -> Books:
    made = at("exported")
    practice_goods._firms(made.office)
    practice_goods._returns(made.office)
    return made


def test_what_is_due_is_listed_for_whoever_reminds(books: Books) -> None:
    due = returns.missing(books[CLERK])
    assert [each.due for each in due] == sorted(each.due for each in due)
    assert ("T-201", OCTOBER) in {(each.who, each.period) for each in due if each.what is DueKind.PRODUCTION}
    assert ("T-100", OCTOBER) not in {(each.who, each.period) for each in due}
    with books[CLERK].look() as session:
        steps = list(returns.waiting(books[CLERK], session))
    assert len(steps) == len(due)
    assert {step.what for step in steps} == {"production_missing", "purchases_missing", "stock_declaration_missing"}
    year = returns.production_year(books[CLERK], 2026)
    assert ("T-201", OCTOBER) in year.missing
    assert ("T-201", date(2026, 11, 1)) in year.valid


def test_the_books_know_what_a_firm_took_in_and_sent_out(books: Books) -> None:
    known = returns.stock_year(books[CLERK], 2026).books
    assert known["EXP-0041"].exported == Carats.of("1234.56")
    assert known["DEA-0003"].opening == Carats.of("1204.30")
    assert known["DEA-0003"].bought == Carats.of("641.05")
    assert known["DEA-0003"].expected == Carats.of("1845.35")
    assert known["EXP-0042"].expected == Carats.of("0")


def test_what_may_be_lifted_wants_two_and_a_document(books: Books) -> None:
    line = Purchase("MIN-0022", Heading.UNSORTED, Carats.of("200.00"), Money.of("18000"))
    over = {"buyer": "DEA-0004", "month": OCTOBER, "lines": (line,)}
    clerk = books[CLERK]
    with pytest.raises(Stopped):
        returns.declare_purchases(clerk, **over)
    with pytest.raises(NotYourDesk):
        returns.declare_purchases(clerk, second=books[VALUER], document="letter 7", **over)
    with pytest.raises(NoDocument):
        returns.declare_purchases(clerk, second=books[SUPERVISOR], document=" ", **over)
    with pytest.raises(SamePerson):
        returns.declare_purchases(books[SUPERVISOR], second=books[SUPERVISOR], document="letter 7", **over)
    made = returns.declare_purchases(clerk, second=books[SUPERVISOR], document="letter 7", **over)
    assert made.lifted[0].startswith("digger_over_capacity#")
    with pytest.raises(Stopped):
        returns.declare_purchases(clerk, second=books[SUPERVISOR], document="letter 8", **over)
    assert verify_history(clerk).intact
