"""Value a parcel at the real window, by keyboard, over a real store."""

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QComboBox, QLabel, QTableView, QWidget
from pytestqt.qtbot import QtBot

from kpdesk.desks import assortments, supervisor, tenders, valuer
from kpdesk.domain.measures import Carats
from kpdesk.domain.parcel import ParcelState
from kpdesk.domain.tenders import Basis
from kpdesk.domain.valuation import FigureKind, PriceReason
from kpdesk.practice import COUNTER, SUPERVISOR, SUPERVISOR_2, VALUER, VALUER_2, valuing
from tests.desks.earlier_prices import AROUND_100, pay_before
from tests.desks.practice_books import PASSWORD, TODAY, Books
from tests.desks.test_desk_valuing import line as priced_line
from tests.desks.test_desk_valuing import weighed
from tests.ui.accessible import backwards, faults
from tests.ui.hands import CONTROL, focused, keys, label, line
from ui.formats import SPACE
from ui.look import Look
from ui.widgets.strip_plot import StripPlot
from ui.widgets.taken import Taken
from ui.window import DeskWindow

At = Callable[[str], Books]
Sit = Callable[..., DeskWindow]
PRICES = {"10.8+ ct": "812.00", "4-10.8 ct": "305.00", "2-4 ct": "182.00"}


@pytest.fixture
def books(at: At) -> Books:
    """The office's books in force, one parcel of 10 ct in the queue."""
    made = at("ready")
    valuing.books(made.office)
    weighed(made)
    return made


def opened(sit: Sit, books: Books, officer: str = VALUER) -> DeskWindow:
    window = sit(books, officer, "value")
    window.page("value").open("P-2026-000001")
    return window


def test_a_parcel_is_valued_by_keyboard(books: Books, sit: Sit, qtbot: QtBot) -> None:
    window = sit(books, VALUER, "value")
    table = window.findChild(QTableView, "value_queue_table")
    assert focused() is table
    qtbot.keyClick(table, Qt.Key.Key_Return)
    assert focused() is line(window, "value_carats_0")
    digits = ("2.00", "3", "5.00")
    own = 0
    for place, carats in enumerate(digits):
        own += keys(qtbot, carats) - len(carats)
        assert focused() is line(window, f"value_price_{place}")
        own += keys(qtbot, "")
    assert own / len(digits) <= 6, "own keys a line"
    assert own / len(digits) == 2, "Enter after the carats, Enter after the price that was offered"
    assert [line(window, f"value_price_{place}").text() for place in range(3)] == list(PRICES.values())
    assert label(window, "value_total_carats") == "10.00"
    assert label(window, "value_total") == f"3{SPACE}449.00"
    assert label(window, "value_average") == "344.90"
    assert label(window, "value_difference").startswith("✓")
    qtbot.keyClick(focused(), Qt.Key.Key_Return, CONTROL)
    assert "P-2026-000001 signed; figures are shown when all are in" in label(window, "status_said")
    ((total, versions),) = books.sql("SELECT total, versions FROM figures")
    assert (total, versions) == (344900, '["classes-0001","prices-0001"]')
    assert valuer.queue(books[VALUER], FigureKind.OFFICE) == ()


def test_a_price_of_ones_own_is_typed_over_the_offered_one(books: Books, sit: Sit, qtbot: QtBot) -> None:
    window = opened(sit, books)
    keys(qtbot, "10", "790,5")
    assert line(window, "value_price_0").text() == "790.50"
    assert label(window, "value_total") == f"7{SPACE}905.00"


@pytest.mark.parametrize(
    ("carats", "words"),
    [("9.50", "− 0.50"), ("10.01", "+ 0.01"), ("10", "✓")],
)
def test_the_difference_is_said_live_with_its_sign(
    books: Books, sit: Sit, qtbot: QtBot, carats: str, words: str
) -> None:
    window = opened(sit, books)
    qtbot.keyClicks(focused(), carats)
    assert label(window, "value_difference").startswith(words)
    qtbot.keyClick(focused(), Qt.Key.Key_Return)
    qtbot.keyClick(focused(), Qt.Key.Key_Return, CONTROL)
    assert len(books.sql("SELECT 1 FROM figures")) == int(words == "✓")


def test_the_rest_goes_into_the_line_of_the_cursor(books: Books, sit: Sit, qtbot: QtBot) -> None:
    window = opened(sit, books)
    keys(qtbot, "2.35", "", "", "1.05", "")
    assert focused() is line(window, "value_carats_3")
    qtbot.keyClick(focused(), Qt.Key.Key_R, CONTROL)
    assert line(window, "value_carats_3").text() == "6.60"
    assert label(window, "value_difference").startswith("✓")


def test_carats_come_from_the_balance_as_the_office_rounds(books: Books, sit: Sit) -> None:
    window = opened(sit, books)
    page = window.page("value")
    page.view.weighing.taken.emit(Taken(Carats.of("2.346"), None, "B-1"))
    assert line(window, "value_carats_0").text() == "2.35"
    assert focused() is line(window, "value_price_0")


def test_an_unusual_price_asks_for_a_reason_by_its_digit(books: Books, sit: Sit, qtbot: QtBot) -> None:
    pay_before(books, [price * 8 for price in AROUND_100], size="10.8+ ct")
    window = opened(sit, books)
    own = keys(qtbot, "10", "99") - len("1099")
    notice = label(window, "value_notice_0_words")
    assert "US$ 99.00 per carat is far out" in notice
    assert "T-100 · 10.8+ ct (24 prices)" in notice
    reason = window.findChild(QComboBox, "value_reason_0")
    assert focused() is reason
    plot = window.findChild(StripPlot, "value_strips")
    assert [(row.label, row.here, row.tone.value) for row in plot.rows] == [("10.8+ ct", Decimal("99.00"), "stop")]
    qtbot.keyClick(focused(), Qt.Key.Key_Return, CONTROL)
    assert "choose the reason" in label(window, "value_top_words")
    assert focused() is reason
    qtbot.keyClicks(reason, "3")
    own += 1 + keys(qtbot, "")
    assert own <= 6, "own keys of a line with a reason"
    qtbot.keyClick(focused(), Qt.Key.Key_Return, CONTROL)
    (mine,) = valuer.reasoned(books[VALUER])
    assert [each.reason for each in mine.lines] == [PriceReason.POOR]
    window.go("outliers")
    assert (
        "10.8+ ct: Poorer than usual" in window.findChild(QTableView, "outliers_list_table").model().index(0, 1).data()
    )


def test_a_second_valuer_signs_beside(books: Books, sit: Sit, qtbot: QtBot) -> None:
    pay_before(books, size="10.8+ ct")
    window = opened(sit, books)
    keys(qtbot, "10", "")
    window.page("value").sign_beside()
    second = window.findChild(QWidget, "second")
    line(second, "second_officer").setText(VALUER_2)
    line(second, "second_password").setText(PASSWORD)
    qtbot.mouseClick(second.findChild(QWidget, "second_sign"), Qt.MouseButton.LeftButton)
    (mine,) = valuer.reasoned(books[VALUER])
    assert [each.reason for each in mine.lines] == [PriceReason.SECOND_VALUER]


def test_nothing_typed_is_lost(books: Books, sit: Sit, qtbot: QtBot) -> None:
    window = opened(sit, books)
    keys(qtbot, "4,5", "800")
    qtbot.keyClicks(focused(), "1 2 x")
    window.findChild(QComboBox, "value_basis").setCurrentIndex(1)
    window.page("value").leave()
    again = opened(sit, books)
    texts = [line(again, name).text() for name in ("value_carats_0", "value_price_0", "value_carats_1")]
    assert texts == ["4.50", "800.00", "1 2 x"]
    assert again.findChild(QComboBox, "value_basis").currentIndex() == 1
    qtbot.keyClick(line(again, "value_carats_0"), Qt.Key.Key_Escape)
    assert focused() is again.findChild(QTableView, "value_queue_table")
    other = opened(sit, books, VALUER_2)
    assert line(other, "value_carats_0").text() == "", "a draft is its officer's alone"


def test_what_cannot_be_read_is_said_beside_its_line(books: Books, sit: Sit, qtbot: QtBot) -> None:
    window = opened(sit, books)
    keys(qtbot, "1.234")
    assert "decimals" in label(window, "value_notice_0_words")
    qtbot.keyClick(focused(), Qt.Key.Key_Return, CONTROL)
    assert focused() is line(window, "value_carats_0")
    assert books.sql("SELECT 1 FROM figures") == []


def test_the_independent_valuers_window_holds_nothing_of_the_others(books: Books, sit: Sit, qtbot: QtBot) -> None:
    secret = priced_line("4711.13", "10.00", "4-10.8 ct")
    valuer.give_figure(books[VALUER], "P-2026-000001", kind=FigureKind.OFFICE, lines=[secret])
    window = sit(books, VALUER_2, "value")
    window.findChild(QComboBox, "value_kind").setCurrentIndex(1)
    window.page("value").open("P-2026-000001")
    told = " ".join(each.text() for each in window.findChildren(QLabel))
    told += " ".join(str(vars(window.page("value"))) for _ in (0,)) + window.findChild(StripPlot, "value_strips").told
    assert "4711" not in told.replace(SPACE, "")
    assert "47 111" not in told
    window.findChild(QComboBox, "value_kind").setCurrentIndex(0)
    qtbot.keyClick(line(window, "value_carats_0"), Qt.Key.Key_Escape)
    assert window.findChild(QTableView, "value_queue_table").model().rowCount() == 0


def test_a_parcel_that_wants_no_figure_of_ones_own_is_said(books: Books, sit: Sit, qtbot: QtBot) -> None:
    window = opened(sit, books)
    keys(qtbot, "10", "")
    qtbot.keyClick(focused(), Qt.Key.Key_Return, CONTROL)
    window.go("value", "parcel/P-2026-000001")
    assert "wants no figure of yours" in label(window, "value_refused_words")


def test_a_provisional_value_is_flagged_with_the_figure(books: Books, sit: Sit, qtbot: QtBot) -> None:
    window = opened(sit, books)
    keys(qtbot, "10", "")
    window.findChild(QComboBox, "value_basis").setCurrentIndex(1)
    qtbot.keyClick(focused(), Qt.Key.Key_Return, CONTROL)
    (slip,) = tenders.provisional(books[VALUER])
    assert slip.basis is Basis.TENDER
    window.go("results")
    keys(qtbot, "")
    keys(qtbot, "3500", "22.11.2026", "practice protocol")
    qtbot.keyClick(focused(), Qt.Key.Key_Return, CONTROL)
    assert str(tenders.provisional(books[VALUER])[0].result) == "3500.00"


def test_the_last_figure_tells_the_value(books: Books, sit: Sit, qtbot: QtBot) -> None:
    one, two = books[SUPERVISOR], books[SUPERVISOR_2]
    supervisor.change_setting(one, two, name="independent_valuer", value=False, effective_from=TODAY)
    supervisor.change_setting(one, two, name="valuation_rule", value="government", effective_from=TODAY)
    window = opened(sit, books)
    keys(qtbot, "10", "")
    qtbot.keyClick(focused(), Qt.Key.Key_Return, CONTROL)
    assert "its value is US$ 8 120.00" in label(window, "status_said").replace(SPACE, " ")
    with books[COUNTER].look() as session:
        state = session.connection().exec_driver_sql("SELECT state FROM parcels").scalar()
    assert state == ParcelState.VALUED


@pytest.mark.parametrize("size", [100, 200])
def test_every_page_is_named_and_in_order(books: Books, sit: Sit, qapp: QApplication, size: int) -> None:
    Look().sized(size).wear(qapp)
    pay_before(books, size="10.8+ ct")
    for officer, sections in (
        (VALUER, ("outliers", "results", "prices", "value")),
        (SUPERVISOR, ("receipts", "tariff", "prices")),
    ):
        window = sit(books, officer, "today")
        for section in sections:
            window.go(section)
            if section == "value":
                window.page("value").open("P-2026-000001")
                line(window, "value_carats_0").setText("10")
                line(window, "value_price_0").setText("9")
                window.page("value").view.lines.rows[0].leave()
            page = window.page(section)
            assert faults(page) == []
            assert backwards(page) == []


# A producer's file


def test_a_producers_lines_are_taken_over_after_their_sample(
    books: Books, sit: Sit, qtbot: QtBot, tmp_path: Path
) -> None:
    window = opened(sit, books)
    file = tmp_path / "lines.csv"
    file.write_text("class;carats;us_per_carat\n10.8+ ct;4;800\n4-10.8 ct;6,00;300,50\n", "utf-8")
    page = window.page("value")
    page.read_file(file)
    taken = assortments.file_of(books[VALUER], "P-2026-000001")
    assert taken is not None
    stated = {each.size_class: each for each in taken.lines}
    assert focused() is line(window, "sample_carats_0")
    for code in taken.sample:
        keys(qtbot, str(stated[code].carats), str(stated[code].per_carat * 2))
    qtbot.keyClick(focused(), Qt.Key.Key_Return, CONTROL)
    assert "further off than the office allows" in label(window, "sample_top_words")
    qtbot.keyClicks(window.findChild(QComboBox, "sample_reason"), "5")
    qtbot.keyClick(focused(), Qt.Key.Key_Return, CONTROL)
    assert line(window, "value_price_1").text() == "300.50"
    assert label(window, "value_difference").startswith("✓")
    qtbot.keyClick(focused(), Qt.Key.Key_Return, CONTROL)
    ((total,),) = books.sql("SELECT total FROM figures")
    assert total == 500300


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"class,carats\nA,1\n", "us_per_carat"),
        (b"class,carats,us_per_carat\n4-10.8 ct,9,1\n", "add up"),
        (b"class,carats,us_per_carat\n4-10.8 ct,=9+1,1\n", "lines.csv"),
        (b"\x00\x01\x02", "lines.csv"),
    ],
)
def test_a_file_that_does_not_fit_leaves_the_sheet_as_it_was(
    books: Books, sit: Sit, qtbot: QtBot, tmp_path: Path, content: bytes, words: str
) -> None:
    window = opened(sit, books)
    keys(qtbot, "4")
    file = tmp_path / "lines.csv"
    file.write_bytes(content)
    window.page("value").read_file(file)
    assert words in label(window, "value_top_words")
    assert line(window, "value_carats_0").text() == "4.00"
