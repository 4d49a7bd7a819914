"""The counter over real books: registered, weighed again, bagged, handed over, contested, looked up; keys counted."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QComboBox, QDialog, QLabel, QLineEdit, QPushButton, QTableView
from pytestqt.qtbot import QtBot

from kpdesk.desks import clerk, contests, counter, vouchers
from kpdesk.domain.custody import Place
from kpdesk.domain.measures import Carats
from kpdesk.domain.parcel import ParcelState, Source
from kpdesk.domain.weighing import typed
from kpdesk.practice import CLERK, CLERK_2, SUPERVISOR, VALUER, read_balance
from kpdesk.practice import counter as practice_counter
from tests.desks.practice_books import PARCEL, PASSWORD, Books, receive
from tests.ui.hands import CONTROL, focused, keys, label, line
from ui.widgets.taken import Taken
from ui.window import DeskWindow

Sit = Callable[..., DeskWindow]
At = Callable[[str], Books]


def registered(books: Books, carats: str = "10.004", **changes: object) -> str:
    weighed = [typed(Carats.of(carats), officer="", reason="none", at=books.clock())]
    return receive(books, weighings=weighed, **changes)


def take(window: DeskWindow, section: str, books: Books, who: str, carats: str) -> None:
    """The balance says this, and F8 is pressed."""
    reading = read_balance(Carats.of(carats).value, books[who])
    window.page(section).weighing.taken.emit(Taken(reading.carats, reading, "PRACTICE-1"))


# Register


def test_a_real_intake_in_sixteen_keys(at: At, sit: Sit, qtbot: QtBot) -> None:
    books = at("ready")
    window = sit(books, CLERK, "register")
    own = keys(qtbot, "41", "", "T-1", "zz", "", "", "")
    take(window, "register", books, CLERK, "1234.565")
    qtbot.keyClick(focused(), Qt.Key.Key_Return, CONTROL)
    (slip,) = clerk.parcels(books[CLERK])
    assert (slip.number, slip.origins, slip.provenance) == (PARCEL, ("ZZ",), "ZZ")
    assert books.sql("SELECT value, by_hand, balance FROM weighings") == [("1234.565", "", "PRACTICE-1")]
    assert own + 2 <= 16, "with F8 and Ctrl+Enter"


def test_purchased_goods_with_a_pasted_list(at: At, sit: Sit, qtbot: QtBot) -> None:
    books = at("ready")
    window = sit(books, CLERK, "register")
    page = window.page("register")
    page.form.fields["source"].editor.setCurrentIndex(1)
    assert page.vouchers.isVisible()
    assert page.form.source is Source.PURCHASED
    keys(qtbot, "42", "", "zz, xz", "zz", "", "")
    take(window, "register", books, CLERK, "10.004")
    QApplication.clipboard().setText("V-1\t20.11.2026\tMIN-0007\t4.5\t405\nV-2\t21.11.2026\tMIN-0007\t5.9\t500\n")
    window.findChild(QPushButton, "vouchers_paste").click()
    assert label(window, "vouchers_told") == "2 voucher(s), 10.40\u00a0ct  ·  parcel 10.004\u00a0ct"
    page.save()
    assert label(window, "register_why_notice_words") == "Choose a reason."
    window.findChild(QComboBox, "register_why").setCurrentIndex(1)
    page.save()
    (slip,) = clerk.parcels(books[CLERK])
    assert slip.origins == ("XZ", "ZZ")
    assert len(vouchers.vouchers(books[CLERK], slip.number)) == 2
    assert books.sql("SELECT json_extract(body, '$.why') FROM history WHERE body LIKE '%receive_parcel%'") == [
        ("sorted_out",)
    ]


def test_a_voucher_typed_by_keyboard_and_a_list_that_is_wrong(at: At, sit: Sit, qtbot: QtBot) -> None:
    window = sit(at("ready"), CLERK, "register")
    page = window.page("register")
    page.form.fields["source"].editor.setCurrentIndex(1)
    line(window, "voucher_number").setFocus()
    keys(qtbot, "V-7", "20.11.", "min", "4.5", "405")
    assert [each.number for each in page.vouchers.vouchers] == ["V-7"]
    assert focused() is line(window, "voucher_number")
    QApplication.clipboard().setText("V-1\t03/09/26\tMIN-0007\t4.5\t405\n")
    window.findChild(QPushButton, "vouchers_paste").click()
    assert "“03/09/26” is no date of a voucher." in label(window, "vouchers_notice_words")
    window.findChild(QPushButton, "vouchers_out").click()
    assert page.vouchers.vouchers == ()


def test_an_imported_parcel_draws_on_its_certificate(at: At, sit: Sit, qtbot: QtBot) -> None:
    books = at("ready")
    with books[SUPERVISOR].unit() as unit:
        for origin, carats in (("XZ", "30.00"), ("AO", "10.00")):
            unit.bring_in("XZ2026000009", origin, Carats.of(carats))
    window = sit(books, CLERK, "register")
    page = window.page("register")
    page.form.fields["source"].editor.setCurrentIndex(2)
    keys(qtbot, "41")
    line(window, "draw_source").setFocus()
    keys(qtbot, "000009", "")
    assert line(window, "register_origin").text() == "AO, XZ"
    line(window, "register_provenance").setFocus()
    keys(qtbot, "xz", "", "")
    take(window, "register", books, CLERK, "8.004")
    page.save()
    assert books.sql("SELECT origin, drawn FROM pools ORDER BY origin") == [("AO", 2000), ("XZ", 6000)]


def test_a_photo_and_what_is_none(at: At, sit: Sit, qtbot: QtBot) -> None:
    books = at("ready")
    window = sit(books, CLERK, "register")
    page = window.page("register")
    page.photo.given.emit(b"no picture", "notes.txt")
    assert "“notes.txt” is neither a PNG nor a JPEG" in label(window, "photo_notice_words")
    page.photo.given.emit(practice_counter.photo(1).content, "stones.jpg")
    page.keep_now()
    again = sit(books, CLERK, "register").page("register")
    assert again.photo.shot is not None, "the draft keeps it"
    keys(qtbot, "41", "", "T-1", "zz", "", "", "")
    take(again.window(), "register", books, CLERK, "1.000")
    again.save()
    assert books.sql("SELECT count(*) FROM papers WHERE name = 'photo-1.jpg'") == [(1,)]
    assert again.photo.shot is None


# Weigh again


def test_the_second_weighing_in_three_keys_and_the_first_unseen(at: At, sit: Sit, qtbot: QtBot) -> None:
    books = at("ready")
    parcel = registered(books)
    window = sit(books, CLERK_2, "weigh")
    own = keys(qtbot, "")
    assert label(window, "weigh_number") == parcel
    shown = " ".join(each.text() for each in window.findChildren(QLabel))
    assert "10.00" not in shown
    take(window, "weigh", books, CLERK_2, "10.006")
    assert label(window, "weigh_apart") == "difference 0.002\u00a0ct, allowed 0.01\u00a0ct"
    assert label(window, "weigh_agreed") == "10.01\u00a0ct"
    qtbot.keyClick(focused(), Qt.Key.Key_Return, CONTROL)
    assert focused() is line(window, "weigh_scan")
    assert clerk.parcels(books[CLERK])[0].carats == Carats.of("10.01")
    assert own + 2 <= 3, "Enter, F8, Ctrl+Enter"


def test_whose_own_it_is_does_not_weigh_it(at: At, sit: Sit, qtbot: QtBot) -> None:
    books = at("ready")
    parcel = registered(books)
    window = sit(books, CLERK, "weigh", f"parcel/{parcel}")
    assert "You took the first weighing" in label(window, "weigh_scan_notice_words")
    keys(qtbot, "P-2026-999999")
    assert label(window, "weigh_number") == "No parcel yet"


def test_two_that_differ_ask_for_a_third(at: At, sit: Sit, qtbot: QtBot) -> None:
    books = at("ready")
    registered(books, bag="TB000030")
    window = sit(books, CLERK_2, "weigh")
    keys(qtbot, "TB000030")
    take(window, "weigh", books, CLERK_2, "10.400")
    assert "weigh a third time" in label(window, "weigh_told_words")
    assert window.findChild(QLabel, "weigh_agreed").isHidden()


# Bag, hand over, contest


@pytest.fixture
def valued(at: At) -> Books:
    """A parcel that is valued and lies in no bag."""
    books = at("bagged")
    books.sql("UPDATE parcels SET state = 'valued', bag = ''")
    return books


def test_two_scans_close_a_bag(valued: Books, sit: Sit, qtbot: QtBot) -> None:
    window = sit(valued, CLERK, "bag", f"parcel/{PARCEL}")
    keys(qtbot, "TB000001")
    assert "TB000001" in label(window, "bag_top_words"), "used before"
    line(window, "bag_number").clear()
    keys(qtbot, "TB000044")
    assert label(window, "bag_last_words") == f"{PARCEL} closed into bag TB000044"
    assert clerk.parcels(valued[CLERK])[0].state is ParcelState.BAGGED
    keys(qtbot, PARCEL)
    assert "waits for no bag" in label(window, "bag_parcel_notice_words")


def test_one_scan_a_parcel_and_both_sign(at: At, sit: Sit, qtbot: QtBot) -> None:
    books = at("bagged")
    other = registered(books)
    window = sit(books, CLERK, "handover")
    keys(qtbot, "TB000001", other, other, "nothing")
    assert label(window, "handover_list_count") == "2"
    assert label(window, "handover_list_sum") == "1\u00a0234.56\u00a0ct  ·  1 without agreed carats"
    assert "Nothing in the house" in label(window, "handover_list_scan_notice_words")
    qtbot.keyClick(focused(), Qt.Key.Key_Return, CONTROL)
    dialog = window.findChild(QDialog, "second")
    dialog.findChild(QLineEdit, "second_officer").setText(VALUER)
    dialog.findChild(QLineEdit, "second_password").setText(PASSWORD)
    dialog.findChild(QPushButton, "second_sign").click()
    assert {row.holder for row in counter.custody(books[CLERK])} == {books[VALUER].officer.id}
    assert "H-2026-000001: 2 parcel(s)" in label(window, "status_said")
    assert window.findChild(QTableView, "handover_mine_table").model().rowCount() == 0


def test_goods_on_hold_want_a_reason(at: At, sit: Sit, qtbot: QtBot) -> None:
    books = at("bagged")
    window = sit(books, CLERK, "handover", f"parcel/{PARCEL}")
    window.findChild(QComboBox, "handover_place").setCurrentIndex(3)
    assert window.page("handover").place is Place.HOLD
    qtbot.keyClick(focused(), Qt.Key.Key_Return, CONTROL)
    assert label(window, "handover_why_notice_words") == "Write why they are kept."


def test_a_contest_by_keyboard(at: At, sit: Sit, qtbot: QtBot) -> None:
    books = at("bagged")
    window = sit(books, CLERK, "contest")
    keys(qtbot, "TB000001", "", "Practice Agent")
    qtbot.keyClick(focused(), Qt.Key.Key_1)
    qtbot.keyClick(focused(), Qt.Key.Key_Return, CONTROL)
    (made,) = contests.contests(books[CLERK], PARCEL)
    assert (made.contester, made.reason) == ("Practice Agent", "The exporter's own weight is higher")
    assert window.findChild(QTableView, "contest_open_table").model().rowCount() == 1
    keys(qtbot, PARCEL)
    window.findChild(QComboBox, "contest_what").setCurrentIndex(2)
    window.findChild(QComboBox, "contest_why").setCurrentIndex(5)
    qtbot.keyClick(focused(), Qt.Key.Key_Return, CONTROL)
    assert clerk.parcels(books[CLERK])[0].state is ParcelState.WITHDRAWN
