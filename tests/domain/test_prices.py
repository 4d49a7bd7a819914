"""Books of classes and prices, producers' files, provisional values."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpdesk.domain.assortment import (
    Assortment,
    AssortmentDecided,
    FileLine,
    Sampled,
    SampleOutcome,
    SampleUnfinished,
    SampleWantsReason,
    percent_off,
    sample_size,
)
from kpdesk.domain.kept import public_record
from kpdesk.domain.measures import Carats, Money
from kpdesk.domain.prices import (
    Book,
    BookKind,
    Change,
    EntryWrong,
    Price,
    SizeClass,
    archived,
    changes,
    in_force,
    read,
    written,
)
from kpdesk.domain.records import canonical
from kpdesk.domain.tenders import Basis, Provisional, ResultKnown, ResultOfTomorrow, apart

AT = datetime(2026, 3, 9, 11, 0, tzinfo=UTC)
DAY = AT.date()
WORDS = st.text(st.characters(categories=("L", "N", "P", "S"), include_characters=" "), min_size=1, max_size=12).map(
    lambda text: " ".join(text.split()) or "x"
)


@given(st.lists(st.tuples(WORDS, st.integers(0, 10**9)), min_size=1, max_size=12, unique_by=lambda pair: pair[0]))
def test_a_price_book_is_archived_and_read_again(pairs: list[tuple[str, int]]) -> None:
    book = tuple(Price(code, Decimal(cents).scaleb(-2)) for code, cents in pairs)
    assert archived(Price, written(book)) == book
    assert changes(book, book) == ()
    assert {each.key for each in changes((), book)} == {each.key for each in book}


def test_classes_keep_their_tree() -> None:
    tree = (SizeClass("A1", "2-4 ct", "+11", "stones", "white"), SizeClass("B", "under 2 ct"))
    assert archived(SizeClass, written(tree)) == tree
    assert [each.words for each in tree] == ["2-4 ct · +11 · stones · white", "under 2 ct"]


def test_what_a_new_version_changes() -> None:
    before = (Price("A", Decimal("1.00")), Price("B", Decimal("2.00")), Price("C", Decimal("3.00")))
    after = (Price("D", Decimal("4.00")), Price("B", Decimal("2.50")), Price("A", Decimal("1.00")))
    assert changes(before, after) == (
        Change("D", None, "4.00"),
        Change("B", "2.00", "2.50"),
        Change("C", "3.00", None),
    )


@pytest.mark.parametrize(
    ("cells", "column"),
    [
        ({"class": "", "us_per_carat": "1"}, "class"),
        ({"class": "x" * 25, "us_per_carat": "1"}, "class"),
        ({"class": "A", "us_per_carat": "1.005"}, "us_per_carat"),
        ({"class": "A", "us_per_carat": "-1"}, "us_per_carat"),
        ({"class": "A", "us_per_carat": "=1"}, "us_per_carat"),
    ],
)
def test_a_price_that_is_none(cells: dict[str, str], column: str) -> None:
    with pytest.raises(EntryWrong) as wrong:
        read(Price, [(3, cells)], file="p.csv")
    assert (wrong.value.line, wrong.value.column) == (3, column)


def test_a_class_has_a_size() -> None:
    with pytest.raises(EntryWrong) as wrong:
        read(SizeClass, [(2, dict.fromkeys(SizeClass.columns, "") | {"class": "A"})], file="c.csv")
    assert wrong.value.column == "size"


def book(version: int, begins: int, what: BookKind = BookKind.PRICES) -> Book:
    first = DAY + timedelta(days=begins)
    return Book(what=what, version=version, valid_from=first, entries=1, digest="00", by="O-1", second="O-2", at=AT)


def test_the_version_in_force_is_the_one_that_began_last() -> None:
    books = [book(1, -20), book(2, 10), book(3, -5), book(4, -5), book(9, -1, BookKind.TARIFF)]
    assert in_force(books, BookKind.PRICES, DAY) == books[3]
    assert in_force(books, BookKind.PRICES, DAY + timedelta(days=10)) == books[1]
    assert in_force(books, BookKind.PRICES, DAY - timedelta(days=21)) is None
    assert in_force(books, BookKind.CLASSES, DAY) is None
    assert books[0].identity == "prices-0001"


# A producer's file


def assortment(**changes: Any) -> Assortment:
    lines = tuple(FileLine(code, Carats.of("10.00"), Decimal("100.00")) for code in "ABCD")
    given: dict[str, Any] = {
        "parcel": "P-1", "by": "O-1", "at": AT, "file": "a.csv", "digest": "00" * 32, "lines": lines,
        "sample": ("B", "D"), "salt": bytes(16),
    }  # fmt: skip
    return Assortment(**{**given, **changes})


def found(carats: str = "10.00", price: str = "100.00") -> list[Sampled]:
    return [Sampled(code, Carats.of(carats), Decimal(price)) for code in "BD"]


FIVE = Decimal(5)


def test_a_sample_within_tolerance_is_taken_over() -> None:
    taken = assortment().decide(found("10.50", "95.00"), accept=True, tolerance=FIVE)
    assert taken.outcome is SampleOutcome.ACCEPTED
    assert not taken.live
    with pytest.raises(AssortmentDecided):
        taken.decide(found(), accept=True, tolerance=FIVE)


@pytest.mark.parametrize(("carats", "price"), [("10.51", "100.00"), ("10.00", "94.99"), ("10.00", "105.01")])
def test_a_sample_far_off_wants_a_reason(carats: str, price: str) -> None:
    with pytest.raises(SampleWantsReason):
        assortment().decide(found(carats, price), accept=True, tolerance=FIVE)
    taken = assortment().decide(found(carats, price), accept=True, tolerance=FIVE, reason="within_habit")
    assert (taken.outcome, taken.reason) == (SampleOutcome.ACCEPTED, "within_habit")


def test_a_file_is_refused_with_a_reason_and_taken_only_whole() -> None:
    with pytest.raises(SampleWantsReason):
        assortment().decide([], accept=False, tolerance=FIVE)
    assert assortment().decide([], accept=False, tolerance=FIVE, reason="other").outcome is SampleOutcome.REFUSED
    with pytest.raises(SampleUnfinished) as unfinished:
        assortment().decide(found()[:1], accept=True, tolerance=FIVE)
    assert unfinished.value.classes == "D"


def test_no_amount_of_a_file_is_in_its_public_record() -> None:
    told = canonical(public_record(assortment(found=tuple(found("9.87", "98.76")))))
    assert not {"98.76", "9.87", "100.00", "10.00"} & set(told.split('"'))


@pytest.mark.parametrize(
    ("stated", "seen", "percent"), [("100", "105", "5.00"), ("100", "95", "-5.00"), ("0", "0", "0"), ("0", "1", "100")]
)
def test_how_far_off(stated: str, seen: str, percent: str) -> None:
    assert percent_off(Decimal(stated), Decimal(seen)) == Decimal(percent)


@given(st.integers(1, 500), st.integers(1, 100), st.integers(1, 20))
def test_a_sample_is_a_share_of_the_lines(lines: int, percent: int, least: int) -> None:
    size = sample_size(lines, percent=Decimal(percent), least=least)
    assert min(least, lines) <= size <= lines
    assert size >= min(lines * percent / 100, lines)


# Provisional values


def test_a_result_is_recorded_once() -> None:
    flagged = Provisional(parcel="P-1", basis=Basis.TENDER, due=DAY, by="O-1", at=AT)
    how: dict[str, Any] = {"document": "protocol 4", "by": "O-2", "at": AT, "today": DAY}
    with pytest.raises(ResultOfTomorrow):
        flagged.sell(Money.of("9.00"), on=date(2026, 3, 10), **how)
    sold = flagged.sell(Money.of("9.00"), on=DAY, **how)
    assert flagged.live
    assert not sold.live
    with pytest.raises(ResultKnown):
        sold.sell(Money.of("8.00"), on=DAY, **how)
    assert apart(Money.of("10.00"), Money.of("9.00")) == Decimal("-10.0")
    assert apart(Money.of("0.00"), Money.of("9.00")) == 0
