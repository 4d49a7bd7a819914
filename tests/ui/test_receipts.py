"""Receipts, the tariff and the books of classes and prices at the real window."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QTableView, QWidget
from pytestqt.qtbot import QtBot

from kpdesk.desks import fees, pricing, supervisor
from kpdesk.domain.measures import Money
from kpdesk.domain.prices import BookKind
from kpdesk.practice import COUNTER, SUPERVISOR, SUPERVISOR_2, VALUER, valuing
from tests.desks.practice_books import PASSWORD, SHIPMENT, TODAY, Books
from tests.ui.hands import CONTROL, focused, keys, label, line
from ui.formats import SPACE
from ui.window import DeskWindow

At = Callable[[str], Books]
Sit = Callable[..., DeskWindow]


@pytest.fixture
def books(at: At) -> Books:
    made = at("applied")
    valuing.books(made.office)
    return made


def sign(qtbot: QtBot, window: DeskWindow, officer: str) -> None:
    """The second officer, beside the first."""
    second = window.findChildren(QWidget, "second")[-1]
    line(second, "second_officer").setText(officer)
    line(second, "second_password").setText(PASSWORD)
    qtbot.mouseClick(second.findChild(QWidget, "second_sign"), Qt.MouseButton.LeftButton)


def click(qtbot: QtBot, window: DeskWindow, name: str) -> None:
    qtbot.mouseClick(window.findChild(QWidget, name), Qt.MouseButton.LeftButton)


def test_fees_are_claimed_and_a_receipt_taken_in_by_keyboard(books: Books, sit: Sit, qtbot: QtBot) -> None:
    window = sit(books, COUNTER, "receipts")
    click(qtbot, window, "receipts_claim")
    claims = window.findChild(QTableView, "receipts_claims_table")
    shown = [claims.model().index(row, 3).data() for row in range(claims.model().rowCount())]
    assert shown == ["fee · Valuation", "fee · Certificate", "levy · Rehabilitation fund", "levy · Export duty"]
    claims.setFocus()
    claims.selectRow(0)
    qtbot.keyClick(claims, Qt.Key.Key_Space)
    qtbot.keyClick(claims, Qt.Key.Key_Space)
    assert f"owes US${SPACE}428.64" in label(window, "receipt_about")
    qtbot.keyClick(claims, Qt.Key.Key_Return)
    assert focused() is line(window, "receipt_number")
    keys(qtbot, "PR-1", "400")
    qtbot.keyClick(focused(), Qt.Key.Key_Return, CONTROL)
    assert "Receipt PR-1" in label(window, "status_said")
    (slip,) = fees.payments(books[COUNTER], TODAY)
    assert [part.amount for part in slip.payment.parts] == [Money.of("308.64"), Money.of("91.36")]
    assert label(window, "receipts_fee_received") == "400.00"
    assert label(window, "receipts_fee_open") == "28.64"


def test_what_is_missing_on_a_receipt_gets_the_cursor(books: Books, sit: Sit, qtbot: QtBot) -> None:
    fees.claim(books[COUNTER], SHIPMENT)
    window = sit(books, COUNTER, "receipts")
    qtbot.keyClick(focused(), Qt.Key.Key_Return, CONTROL)
    assert focused() is line(window, "receipt_number")
    keys(qtbot, "PR-1")
    qtbot.keyClick(focused(), Qt.Key.Key_Return, CONTROL)
    assert focused() is line(window, "receipt_paid")
    keys(qtbot, "999999999")
    qtbot.keyClick(focused(), Qt.Key.Key_Return, CONTROL)
    assert "is owed" in label(window, "receipts_top_words")
    assert line(window, "receipt_number").text() == "PR-1"
    assert fees.payments(books[COUNTER], TODAY) == ()


def test_local_money_shows_what_it_is_worth(books: Books, sit: Sit, qtbot: QtBot) -> None:
    one, two = books[SUPERVISOR], books[SUPERVISOR_2]
    supervisor.change_setting(one, two, name="local_currency", value="AOA", effective_from=TODAY)
    fees.claim(books[COUNTER], SHIPMENT)
    window = sit(books, COUNTER, "receipts")
    window.findChild(QComboBox, "receipt_currency").setCurrentIndex(1)
    line(window, "receipt_number").setFocus()
    keys(qtbot, "PR-2", "", "91537", "915.37")
    assert label(window, "receipt_rate_below") == f"= US${SPACE}100.00"
    qtbot.keyClick(focused(), Qt.Key.Key_Return, CONTROL)
    (slip,) = fees.payments(books[COUNTER], TODAY)
    assert (slip.payment.currency, slip.payment.amount) == ("AOA", Money.of("100.00"))


def test_a_receipt_is_reversed_and_a_claim_cancelled_by_two(books: Books, sit: Sit, qtbot: QtBot) -> None:
    claims = fees.claim(books[COUNTER], SHIPMENT)
    certificate = next(each for each in claims if each.charge == "Certificate")
    fees.receive(books[COUNTER], number="PR-1", claims=[certificate.number], paid=certificate.amount.value)
    window = sit(books, COUNTER, "receipts")
    click(qtbot, window, "receipts_reverse")
    assert focused() is line(window, "receipts_why")
    qtbot.keyClicks(focused(), "wrong number")
    click(qtbot, window, "receipts_reverse")
    sign(qtbot, window, SUPERVISOR)
    (slip,) = fees.payments(books[COUNTER], TODAY)
    assert slip.reversal is not None
    qtbot.keyClicks(line(window, "receipts_why"), "waived")
    window.findChild(QTableView, "receipts_claims_table").selectRow(0)
    click(qtbot, window, "receipts_cancel")
    sign(qtbot, window, SUPERVISOR)
    assert sum(bool(each.cancelled) for each in fees.claims_of(books[COUNTER], SHIPMENT)) == 1


def test_the_receipts_paper_is_printed_as_a_file(books: Books, sit: Sit, qtbot: QtBot) -> None:
    (claim, *_) = fees.claim(books[COUNTER], SHIPMENT)
    fees.receive(books[COUNTER], number="PR-1", claims=[claim.number], paid=claim.amount.value)
    window = sit(books, COUNTER, "receipts")
    qtbot.keyClick(focused(), Qt.Key.Key_P, CONTROL)
    assert "Printed: " in label(window, "status_said")
    assert list(books[COUNTER].folder.out.glob("*.pdf"))


# Books


def test_a_price_book_is_read_compared_and_signed_by_two(books: Books, sit: Sit, qtbot: QtBot, tmp_path: Path) -> None:
    window = sit(books, VALUER, "prices")
    file = tmp_path / "new.csv"
    file.write_text(valuing.PRICES.replace("812.00", "845.50"), "utf-8")
    page = window.page("prices")
    page.shown.read(file)
    assert "6 lines, 1 of them new, gone or other." in label(window, "prices_head")
    changed = window.findChild(QTableView, "prices_changes_table").model()
    assert [changed.index(0, column).data() for column in range(4)] == ["≠", "10.8+ ct", "812.00", "845.50"]
    assert line(window, "prices_from").text() == "22 Nov 2026"
    qtbot.keyClick(focused(), Qt.Key.Key_Return, CONTROL)
    sign(qtbot, window, SUPERVISOR)
    new, _ = pricing.books(books[VALUER], BookKind.PRICES)
    assert (new.identity, new.second) == ("prices-0002", books[SUPERVISOR].officer.id)
    shown = window.findChild(QTableView, "prices_versions_table").model()
    assert [shown.index(row, 0).data() for row in range(2)] == ["prices-0002", "prices-0001"]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"size,price\nA,1\n", "us_per_carat"),
        (b"class,us_per_carat\n2-4 ct,=1+1\n", "line 2"),
        (b"class,us_per_carat\n2-4 ct,1.005\n", "line 2"),
        (b"class,us_per_carat\nodd,1\n", "odd"),
        (b"\x00\xff\x00", "new.csv"),
    ],
)
def test_a_file_that_is_no_book_is_said_and_nothing_is_kept(
    books: Books, sit: Sit, tmp_path: Path, content: bytes, words: str
) -> None:
    window = sit(books, VALUER, "prices")
    file = tmp_path / "new.csv"
    file.write_bytes(content)
    window.page("prices").shown.read(file)
    assert words in label(window, "prices_wrong_words").lower()
    window.page("prices").shown.sign()
    assert len(pricing.books(books[VALUER], BookKind.PRICES)) == 1


def test_the_tariff_is_brought_by_supervisors(books: Books, sit: Sit, qtbot: QtBot, tmp_path: Path) -> None:
    window = sit(books, SUPERVISOR, "tariff")
    file = tmp_path / "tariff.csv"
    file.write_text(valuing.TARIFF.replace("percent,3,", "percent,3.5,"), "utf-8")
    window.page("tariff").shown.read(file)
    qtbot.keyClick(focused(), Qt.Key.Key_Return, CONTROL)
    sign(qtbot, window, SUPERVISOR_2)
    assert pricing.books(books[SUPERVISOR], BookKind.TARIFF)[0].version == 2
