"""A parcel's way to its bag: received, weighed by two, valued by three who do not see each other, bagged."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from kpdesk.desks import clerk, exporter, register, registers, supervisor, valuer
from kpdesk.desks.desk import Desk
from kpdesk.desks.opening import COLUMNS, open_books
from kpdesk.domain.measures import AmountOutOfRange, Carats, Money
from kpdesk.domain.outcomes import Stopped
from kpdesk.domain.parcel import Draw, ParcelState, Source, WrongState
from kpdesk.domain.parties import Licence, NotYourDesk, Party, PartyKind
from kpdesk.domain.production import NotEnoughCarats
from kpdesk.domain.slips import ParcelSlip, WeighingSlip
from kpdesk.domain.spans import Span
from kpdesk.domain.stock import NotInStock, StockNotReady
from kpdesk.domain.valuation import FigureKind, FigureTwice, LinesDoNotAddUp, SameValuer, SizeLine
from kpdesk.domain.weighing import NeedsReason, NothingWeighed, NotStable, typed
from kpdesk.practice import CLERK, CLERK_2, COUNTER, SUPERVISOR, SUPERVISOR_2, VALUER, VALUER_2, read_balance
from kpdesk.store.unit import NotFound, TextNotPlain
from tests.desks.practice_books import PARCEL, TODAY, Books, apply, receive

At = Callable[[str], Books]


def weigh(desk: Desk, parcel: str, carats: str, **how: str) -> WeighingSlip:
    return clerk.record_weighing(desk, parcel, reading=read_balance(Decimal(carats), desk), **how)


def change(books: Books, name: str, value: str | int | bool, on: date = TODAY) -> None:
    supervisor.change_setting(books[SUPERVISOR], books[SUPERVISOR_2], name=name, value=value, effective_from=on)


# Over the counter


def test_numbers_count_without_gaps_also_past_a_refusal(at: At) -> None:
    books = at("ready")
    assert receive(books) == "P-2026-000001"
    for refused in ({"exporter": "EXP-9999"}, {"title": "T-9"}, {"draws": (Draw("none", "ZZ", Carats.of("1")),)}):
        with pytest.raises((NotFound, NotEnoughCarats)):
            receive(books, **refused)
    assert receive(books) == "P-2026-000002"


@pytest.mark.parametrize(
    ("licences", "rule"),
    [
        ((), "licence_missing"),
        ((Licence("L", PartyKind.IMPORTER, date(2026, 1, 1)),), "licence_missing"),
        ((Licence("L", PartyKind.EXPORTER, date(2026, 1, 1), TODAY - timedelta(days=1)),), "licence_not_valid"),
        ((Licence("L", PartyKind.EXPORTER, TODAY + timedelta(days=1)),), "licence_not_valid"),
        (
            (Licence("L", PartyKind.EXPORTER, date(2026, 1, 1), None, (Span(TODAY, TODAY),)),),
            "licence_suspended",
        ),
    ],
)
def test_a_firm_without_a_licence_brings_nothing(at: At, licences: tuple[Licence, ...], rule: str) -> None:
    books = at("ready")
    firm = Party(
        number="EXP-1", party_kind=PartyKind.EXPORTER, name="Practice One", address="", country="ZZ", licences=licences
    )
    registers.register_party(books[CLERK], firm, books[SUPERVISOR])
    with pytest.raises(Stopped) as stop:
        receive(books, exporter="EXP-1")
    assert [finding.rule.code for finding in stop.value.findings] == [rule]


def test_a_licence_that_ends_soon_is_said_and_stops_nothing(at: At) -> None:
    books = at("ready")
    licence = Licence("L", PartyKind.EXPORTER, date(2026, 1, 1), TODAY)
    firm = Party(
        number="EXP-1", party_kind=PartyKind.EXPORTER, name="Practice", address="", country="ZZ", licences=(licence,)
    )
    registers.register_party(books[CLERK], firm, books[SUPERVISOR])
    assert receive(books, exporter="EXP-1") == PARCEL


def test_a_parcel_is_found_by_what_is_typed(at: At) -> None:
    books = at("bagged")
    other = receive(books, exporter="EXP-0042", note="two bags")
    assert [slip.number for slip in clerk.parcels(books[CLERK])] == [other, PARCEL]
    assert [slip.number for slip in clerk.parcels(books[CLERK], state=ParcelState.BAGGED)] == [PARCEL]
    assert [slip.number for slip in clerk.parcels(books[CLERK], before=other)] == [PARCEL]
    for words in ("comptoir", "EXERCICE", "two ba", "exp-0042"):
        assert [slip.number for slip in clerk.find_parcels(books[CLERK], words)] == [other]
    assert [slip.number for slip in clerk.find_parcels(books[CLERK], "TB000001")] == [PARCEL]


def test_a_draft_is_kept_for_its_officer_outside_the_history(at: At) -> None:
    books = at("ready")
    size = books.size()
    clerk.save_draft(books[CLERK], "register", "1234,5")
    assert clerk.draft(books[CLERK], "register") == "1234,5"
    assert clerk.draft(books[CLERK_2], "register") == clerk.draft(books[CLERK], "weigh") == ""
    clerk.save_draft(books[CLERK], "register", "")
    assert clerk.draft(books[CLERK], "register") == ""
    assert books.size() == size


def test_goods_are_taken_home_until_they_are_applied_for(at: At) -> None:
    books = at("bagged")
    assert clerk.withdraw_parcel(books[CLERK], PARCEL, why="kept").state is ParcelState.WITHDRAWN
    with pytest.raises(WrongState):
        clerk.withdraw_parcel(books[CLERK], PARCEL, why="again")
    books = at("applied")
    with pytest.raises(WrongState):
        clerk.withdraw_parcel(books[CLERK], PARCEL, why="too late")


def test_what_speaks_against_a_parcel_is_said_beside_its_field(at: At) -> None:
    books = at("ready")
    assert register.check_parcel(books[CLERK], exporter="EXP-0041", source=Source.MINED, title="T-100") == ()
    for exporter_, title, field in (("IMP-0001", "T-100", "exporter"), ("EXP-0041", "", "title")):
        found = register.check_parcel(books[CLERK], exporter=exporter_, source=Source.MINED, title=title)
        assert [name for name, _ in found] == [field]
    assert clerk.titles(books[CLERK]) == ("T-100",)
    assert {"ZZ", "XZ", "BE"} <= {code for code, _ in clerk.participants(books[CLERK])}


# On the balance


def test_two_officers_agree_to_the_hundredth(at: At) -> None:
    books = at("ready")
    parcel = receive(books)
    assert weigh(books[CLERK], parcel, "10.004").carats is None
    slip = weigh(books[CLERK_2], parcel, "10.006")
    assert slip.carats == Carats.of("10.01")
    with pytest.raises(WrongState):
        weigh(books[CLERK], parcel, "10.005")


def test_one_officer_alone_agrees_nothing_unless_the_office_allows_it(at: At) -> None:
    books = at("ready")
    parcel = receive(books)
    for _ in range(3):
        assert weigh(books[CLERK], parcel, "10.000") == WeighingSlip(
            parcel=parcel, taken=Carats.of("10.000"), carats=None, difference=None, allowed=None
        )
    change(books, "same_officer_weighs_again", value=True)
    assert weigh(books[CLERK], parcel, "10.000").carats == Carats.of("10.00")


def test_too_far_apart_asks_for_a_third_and_the_nearest_two_count(at: At) -> None:
    books = at("ready")
    parcel = receive(books)
    weigh(books[CLERK], parcel, "100.000")
    apart = weigh(books[CLERK_2], parcel, "100.050")
    assert (apart.carats, apart.difference, apart.allowed) == (None, Carats.of("0.05"), Carats.of("0.01"))
    assert weigh(books[VALUER], parcel, "100.045").carats == Carats.of("100.05")
    kept = books.sql("SELECT value, officer FROM weighings WHERE parcel = :parcel ORDER BY sequence", parcel=parcel)
    assert [value for value, _ in kept] == ["100.000", "100.050", "100.045"]
    (weigher,) = books.sql("SELECT weighed_by FROM parcels WHERE number = :parcel", parcel=parcel)[0]
    assert weigher == books[VALUER].officer.id == kept[-1][1]


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"stable": False}, NotStable),
        ({"value": Decimal(0)}, NothingWeighed),
        ({"value": Decimal("-0.5")}, AmountOutOfRange),
        ({"raw": b""}, NeedsReason),
    ],
)
def test_no_weight_without_a_stable_reading_or_a_reason(at: At, changes: dict[str, object], refusal: type) -> None:
    books = at("ready")
    parcel, size = receive(books), books.size()
    reading = replace(read_balance(Decimal("10.000"), books[CLERK]), **changes)  # type: ignore[arg-type]
    with pytest.raises(refusal):
        clerk.record_weighing(books[CLERK], parcel, reading=reading)
    assert books.size() == size
    assert books.sql("SELECT count(*) FROM weighings") == [(0,)]


def test_a_weight_typed_by_hand_keeps_its_reason(at: At) -> None:
    books = at("ready")
    parcel = receive(books)
    reading = replace(read_balance(Decimal("10.000"), books[CLERK]), raw=b"", stable_by=None)
    clerk.record_weighing(books[CLERK], parcel, reading=reading, by_hand="balance away")
    assert books.sql("SELECT by_hand, raw FROM weighings") == [("balance away", b"")]


def test_weighed_at_the_counter_counts_for_the_officer_who_stands_there(at: At) -> None:
    books = at("ready")
    claimed = [
        typed(Carats.of("10.000"), officer=books[who].officer.id, reason="none", at=books.clock())
        for who in (CLERK, CLERK_2)
    ]
    parcel = receive(books, weighings=claimed)
    assert clerk.parcels(books[CLERK])[0].state is ParcelState.RECEIVED
    assert {row[0] for row in books.sql("SELECT officer FROM weighings")} == {books[CLERK].officer.id}
    assert weigh(books[CLERK_2], parcel, "10.001").carats == Carats.of("10.00")


@pytest.mark.parametrize(("rule", "agreed"), [("half_up", "10.01"), ("down", "10.00"), ("trade", "10.00")])
def test_the_office_says_how_carats_are_agreed(at: At, rule: str, agreed: str) -> None:
    books = at("ready")
    change(books, "rounding", rule)
    parcel = receive(books)
    weigh(books[CLERK], parcel, "10.008")
    assert weigh(books[CLERK_2], parcel, "10.008").carats == Carats.of(agreed)


# At the valuers' table

LINES = (
    SizeLine("+10.8 ct", Carats.of("4.00"), Decimal("812.00")),
    SizeLine("<2 ct", Carats.of("6.00"), Decimal("38")),
)
WORTH = "3476.00"
HIGHER = (SizeLine("+2 ct", Carats.of("10.00"), Decimal("351.23")),)


def weighed(books: Books) -> str:
    parcel = receive(books)
    weigh(books[CLERK], parcel, "10.000")
    weigh(books[CLERK_2], parcel, "10.000")
    return parcel


def give(books: Books, parcel: str, kind: FigureKind, who: str, lines: tuple[SizeLine, ...] = LINES) -> ParcelSlip:
    return valuer.give_figure(books[who], parcel, kind=kind, lines=lines)


def test_the_value_counts_when_the_last_figure_is_in_and_none_is_seen_before(at: At) -> None:
    books = at("ready")
    parcel = weighed(books)
    one = give(books, parcel, FigureKind.OFFICE, VALUER)
    two = valuer.declare_value(books[COUNTER], parcel, total=Money.of("3456.78"))
    for slip in (one, two):
        assert (slip.state, slip.value) == (ParcelState.WEIGHED, None)
        assert valuer.figures(books[SUPERVISOR], parcel) == ((), ())
    # The history holds a salted digest of each figure, and nothing that an amount could be read from.
    told = "".join(str(row) for row in books.sql("SELECT body, record FROM history"))
    for secret in (WORTH, "3476", "3456.78", "345678", "812.00", "81200"):
        assert secret not in told
    last = give(books, parcel, FigureKind.INDEPENDENT, VALUER_2, HIGHER)
    assert (last.state, last.value) == (ParcelState.VALUED, Money.of("3512.30"))
    figures, findings = valuer.figures(books[SUPERVISOR], parcel)
    assert {figure.kind: str(figure.total) for figure in figures} == {
        FigureKind.OFFICE: WORTH,
        FigureKind.DECLARED: "3456.78",
        FigureKind.INDEPENDENT: "3512.30",
    }
    assert findings == ()
    for figure in figures:
        assert figure.sealed in "".join(str(row) for row in books.sql("SELECT body FROM history"))


def test_figures_that_do_not_fit_are_refused_at_once(at: At) -> None:
    books = at("ready")
    parcel = receive(books)
    with pytest.raises(WrongState):
        give(books, parcel, FigureKind.OFFICE, VALUER)
    with pytest.raises(WrongState):
        valuer.declare_value(books[COUNTER], parcel, total=Money.of("1"))
    weigh(books[CLERK], parcel, "10.000")
    weigh(books[CLERK_2], parcel, "10.000")
    with pytest.raises(LinesDoNotAddUp):
        give(books, parcel, FigureKind.OFFICE, VALUER, LINES[:1])
    with pytest.raises(NotYourDesk):
        give(books, parcel, FigureKind.DECLARED, VALUER)
    give(books, parcel, FigureKind.OFFICE, VALUER)
    with pytest.raises(FigureTwice):
        give(books, parcel, FigureKind.OFFICE, VALUER_2)
    # Not only when the last is in: what is given stays, and one hand would have closed the parcel for ever.
    with pytest.raises(SameValuer):
        give(books, parcel, FigureKind.INDEPENDENT, VALUER)
    give(books, parcel, FigureKind.INDEPENDENT, VALUER_2)
    assert valuer.declare_value(books[COUNTER], parcel, total=Money.of("1.00")).state is ParcelState.VALUED


@pytest.mark.parametrize(
    ("rule", "value"),
    [("government", WORTH), ("declared_with_check", "3000.00"), ("highest", WORTH)],
)
def test_the_office_says_which_figure_counts(at: At, rule: str, value: str) -> None:
    books = at("ready")
    change(books, "valuation_rule", rule)
    change(books, "independent_valuer", value=False)
    parcel = weighed(books)
    if rule != "government":
        valuer.declare_value(books[COUNTER], parcel, total=Money.of("3000.00"))
    assert give(books, parcel, FigureKind.OFFICE, VALUER).value == Money.of(value)
    figures, findings = valuer.figures(books[SUPERVISOR], parcel)
    assert len(figures) == (1 if rule == "government" else 2)
    assert [finding.rule.code for finding in findings] == ([] if rule == "government" else ["declared_differs"])
    clerk.bag_parcel(books[CLERK], parcel, bag="TB000001")
    shipment = apply(books, parcels=(parcel,))
    assert exporter.findings(books[COUNTER], shipment) == ()


# Into the bag


def test_a_bag_serves_once(at: At) -> None:
    books = at("bagged")
    with pytest.raises(WrongState):
        clerk.bag_parcel(books[CLERK], PARCEL, bag="TB000002")
    parcel = weighed(books)
    give(books, parcel, FigureKind.OFFICE, VALUER)
    give(books, parcel, FigureKind.INDEPENDENT, VALUER_2)
    valuer.declare_value(books[COUNTER], parcel, total=Money.of("1.00"))
    with pytest.raises(StockNotReady):
        clerk.bag_parcel(books[CLERK], parcel, bag="TB000001")
    with pytest.raises(NotInStock):
        clerk.bag_parcel(books[CLERK], parcel, bag="TB999999")
    assert clerk.bag_parcel(books[CLERK], parcel, bag="TB000002").bag == "TB000002"


# What a re-export draws on


def test_draws_never_go_below_nothing_and_come_back_with_the_goods(at: At) -> None:
    books = at("ready")
    text = f"{','.join(COLUMNS)}\npool,POOL-1,,,,,,,XZ,5.00,\n"
    open_books(books[SUPERVISOR], books[SUPERVISOR_2], text=text)

    def left() -> object:
        return books.sql("SELECT brought - drawn FROM pools")[0][0]

    def bring(carats: str, origin: str = "XZ") -> str:
        draws = (Draw("POOL-1", origin, Carats.of(carats)),)
        return receive(books, source=Source.IMPORTED, origins=(origin,), title="", draws=draws)

    first = bring("3.00")
    assert left() == 2000
    for carats, origin in (("2.01", "XZ"), ("0.01", "AO")):
        with pytest.raises(NotEnoughCarats):
            bring(carats, origin)
    both = (Draw("POOL-1", "XZ", Carats.of("1.50")), Draw("POOL-1", "XZ", Carats.of("0.51")))
    with pytest.raises(NotEnoughCarats):
        receive(books, source=Source.IMPORTED, origins=("XZ",), title="", draws=both)
    bring("2.00")
    assert left() == 0
    clerk.withdraw_parcel(books[CLERK], first, why="kept")
    assert left() == 3000


@pytest.mark.parametrize("note", ["two\nlines", "a\x00bell", "e\u0301", "\x85"])
def test_text_that_reads_otherwise_than_it_is_written_is_refused(at: At, note: str) -> None:
    books = at("ready")
    size = books.size()
    with pytest.raises(TextNotPlain):
        receive(books, note=note)
    assert books.size() == size
    parcel = receive(books, note="é")
    with pytest.raises(TextNotPlain):
        clerk.withdraw_parcel(books[CLERK], parcel, why=note)
    with pytest.raises(TextNotPlain):
        registers.register_party(
            books[CLERK], Party(number="EXP-1", party_kind=PartyKind.EXPORTER, name=note, address="", country="ZZ")
        )
