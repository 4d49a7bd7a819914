"""Own dates and zones, production returns, certified copies, and what Today shows."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest

from kpdesk.desks import copies, ending, inspector, overview, sheets, supervisor
from kpdesk.desks.offices import _register
from kpdesk.desks.reading import Reader, code_of
from kpdesk.domain.certificate import Number
from kpdesk.domain.goods import Heading
from kpdesk.domain.issuance import SamePerson, State
from kpdesk.domain.measures import Carats, Money
from kpdesk.domain.outcomes import Stopped
from kpdesk.domain.participants import OwnDate, Register, Zone
from kpdesk.domain.parties import NotYourDesk
from kpdesk.domain.production import Return
from kpdesk.domain.verdict import Acceptable, Sort, Voided
from kpdesk.practice import APPROVER, CLERK, COUNTER, INSPECTOR, PREPARER, SUPERVISOR, SUPERVISOR_2, VALUER
from tests.desks.practice_books import BLANK, TODAY, Books

At = Callable[[str], Books]


def register(books: Books) -> Register:
    """As the next one to sign in has it."""
    desk = books[SUPERVISOR]
    return _register(desk.office, desk.store)


def test_our_own_law_lags_behind_the_scheme(at: At) -> None:
    books = at("ready")
    day = TODAY + timedelta(days=30)
    supervisor.set_own_date(books[SUPERVISOR], books[SUPERVISOR_2], OwnDate("UZ", day))
    standing = register(books).standing("UZ", TODAY)
    assert standing.in_scheme
    assert standing.own_law_from == day
    assert register(books).standing("UZ", day).own_law_from is None


def test_imports_not_allowed(at: At) -> None:
    books = at("ready")
    supervisor.set_own_date(books[SUPERVISOR], books[SUPERVISOR_2], OwnDate("ZZ", TODAY, imports_allowed=False))
    assert not register(books).imports_allowed("ZZ", "XZ", TODAY)
    assert register(books).imports_allowed("ZZ", "XZ", TODAY - timedelta(days=1))


def test_a_zone_opens_and_closes(at: At) -> None:
    books = at("ready")
    pair = books[SUPERVISOR], books[SUPERVISOR_2]
    supervisor.open_zone(*pair, Zone("CF", "Nola", TODAY))
    assert register(books).zones_of("CF", TODAY) == ("Nola",)
    supervisor.open_zone(*pair, Zone("CF", "Nola", TODAY, until=TODAY + timedelta(days=9)))
    assert register(books).zones_of("CF", TODAY + timedelta(days=10)) == ()
    assert register(books).zones_of("CF", TODAY + timedelta(days=9)) == ("Nola",)


def test_one_supervisor_alone_sets_nothing(at: At) -> None:
    books = at("ready")
    before = books.size()
    with pytest.raises(SamePerson):
        supervisor.set_own_date(books[SUPERVISOR], books[SUPERVISOR], OwnDate("UZ", TODAY))
    assert books.size() == before


def returned(carats: str, month: date = date(2026, 9, 1)) -> Return:
    return Return(
        title="T-100",
        mine="Northern Field",
        month=month,
        heading=Heading.UNSORTED,
        carats=Carats.of(carats),
        value=Money.of("100000.00"),
    )


def test_a_monthly_return_is_kept_once(at: At) -> None:
    books = at("ready")
    assert supervisor.book_production(books[CLERK], returned("1500.25")) == ()
    with books[CLERK].view() as unit:
        assert unit.production("T-100") == (returned("1500.25"),)
    with pytest.raises(Stopped) as stop:
        supervisor.book_production(books[CLERK], returned("1600.00"))
    assert [finding.rule.code for finding in stop.value.findings] == ["return_twice"]
    assert ("book_production", "production/T-100-2026-09-7102.10") in books.acts()


def test_more_than_the_mine_can_give(at: At) -> None:
    books = at("ready")
    codes = {finding.rule.code for finding in _found(books, returned("25000.00"))}
    assert "over_capacity" in codes


def _found(books: Books, made: Return) -> tuple[object, ...]:
    try:
        return supervisor.book_production(books[CLERK], made)
    except Stopped as stop:
        return stop.findings


def test_a_certified_copy_says_copy(at: At) -> None:
    books = at("issued")
    before = books.size()
    copy = copies.certified_copy(books[PREPARER], BLANK, why="asked for by the exporter")
    assert copies.copy_page(books[PREPARER], copy).startswith(b"%PDF")
    assert books.acts(before) == [("certified_copy", f"copy/{BLANK}-1")]
    copies.certified_copy(books[PREPARER], BLANK, why="lost")
    assert books.acts(before)[-1] == ("certified_copy", f"copy/{BLANK}-2")
    with pytest.raises(NotYourDesk):
        copies.certified_copy(books[CLERK], BLANK, why="")


def test_today_counts_what_waits(at: At) -> None:
    shown = overview.today(at("ready")[CLERK])
    assert (shown.parcels, shown.to_issue, shown.blanks) == (0, 0, 12)
    assert all(each.what.endswith("_missing") for each in shown.waiting), "returns that are late, and nothing else"
    bagged = overview.today(at("bagged")[CLERK])
    assert (bagged.parcels, str(bagged.carats), sum(bagged.by_hour)) == (1, "1234.56", 1)
    assert [each.what for each in overview.today(at("applied")[PREPARER]).waiting] == ["seal"]
    assert [each.what for each in overview.today(at("sealed")[PREPARER]).waiting] == ["prepare"]
    assert [each.what for each in overview.today(at("prepared")[APPROVER]).waiting] == ["approve"]
    assert [each.what for each in overview.today(at("approved")[PREPARER]).waiting] == ["print"]
    assert [each.what for each in overview.today(at("issued")[APPROVER]).waiting] == ["validate"]


@pytest.mark.parametrize("officer", [VALUER, COUNTER, INSPECTOR])
def test_others_see_nothing_of_it(at: At, officer: str) -> None:
    assert overview.today(at("prepared")[officer]).waiting == ()


def test_confirmations_that_are_late(at: At) -> None:
    books = at("exported")
    assert overview.today(books[PREPARER]).unconfirmed == 0
    books.clock.pass_days(31)
    late = overview.today(books[PREPARER])
    assert (late.unconfirmed, late.oldest_unconfirmed) == (1, 31)


def test_blanks_last_as_long_as_they_were_used(at: At) -> None:
    """One sheet in 20 working days: the 11 left last 220."""
    assert overview.today(at("ready")[PREPARER]).blanks_days is None
    assert overview.today(at("issued")[PREPARER]).blanks_days == 220


def test_what_a_copy_is_worth(at: At) -> None:
    """Read back from its own page, the code says copy: no shipment goes with it."""
    books = at("issued")
    pdf = copies.copy_page(books[PREPARER], copies.certified_copy(books[PREPARER], BLANK, why="asked for"))
    with Reader() as reader:
        verdict = inspector.verify(books[INSPECTOR], code_of(reader.read_bytes("copy.pdf", pdf)))
    assert (verdict.sort, verdict.acceptable) == (Sort.COPY, Acceptable.NOT_ACCEPTABLE)


def test_our_own_void_number_is_void_at_once(at: At) -> None:
    """Long before the Authority's next lists say so."""
    books = at("issued")
    pdf = sheets.pdf_of(books[PREPARER], BLANK)
    with Reader() as reader:
        text = code_of(reader.read_bytes("sheet.pdf", pdf))
    assert inspector.verify(books[INSPECTOR], text).voided is Voided.NO
    ending.end(books[PREPARER], books[SUPERVISOR], BLANK, state=State.VOID, why="called off", in_hand=BLANK)
    verdict = inspector.verify(books[INSPECTOR], text)
    assert (verdict.voided, verdict.acceptable) == (Voided.VOID, Acceptable.NOT_ACCEPTABLE)
    assert inspector.verify_number(books[INSPECTOR], Number(BLANK)).voided is Voided.VOID
