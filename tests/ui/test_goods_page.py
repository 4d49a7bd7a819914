"""Goods that change at the real window: typed, balanced, booked, signed beside, printed, closed."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from kpdesk.desks import archive, goods
from kpdesk.domain.measures import Carats
from kpdesk.domain.sorting import Change
from kpdesk.practice import CLERK
from kpdesk.practice import goods as practice_goods
from tests.desks.practice_books import PARCEL, PASSWORD, Books
from tests.ui.accessible import backwards, faults
from tests.ui.hands import CONTROL, focused, keys, label, line
from ui.clerk.goods import GoodsPage
from ui.look import Look
from ui.second import SecondSignature
from ui.window import DeskWindow

At = Callable[[str], Books]
Sit = Callable[..., DeskWindow]


def goods_of(window: DeskWindow) -> GoodsPage:
    page = window.page("goods")
    assert isinstance(page, GoodsPage)
    return page


def sort_out(window: DeskWindow, qtbot: QtBot, *lines: tuple[str, str]) -> None:
    """The parcel goes in; each line a heading's first digits and carats."""
    keys(qtbot, PARCEL, "")
    for heading, carats in lines:
        assert focused().objectName() == "goods_heading"
        keys(qtbot, heading, "", "", carats)


def test_a_parcel_is_sorted_by_keyboard(at: At, sit: Sit, qtbot: QtBot) -> None:
    books = at("bagged")
    window = sit(books, CLERK, "goods")
    sort_out(window, qtbot, ("7102.31", "400"), ("7102.21", "834.54"))
    assert label(window, "goods_what") == "Sorting"
    bars = window.findChild(QWidget, "goods_bars")
    assert bars.accessibleDescription() == "ZZ: − 0.02\u00a0ct"
    qtbot.keyClick(focused(), Qt.Key.Key_Return, CONTROL)
    assert "0.02 ct of ZZ are not accounted for" in label(window, "goods_notice_words")
    assert goods.reworks(books[CLERK]) == ()
    reason = window.findChild(QWidget, "goods_reason")
    reason.setFocus()
    qtbot.keyClick(reason, Qt.Key.Key_1)
    qtbot.keyClick(reason, Qt.Key.Key_Return, CONTROL)
    (made,) = goods.reworks(books[CLERK])
    assert (made.change, made.differences[0].loss) == (Change.SORT, Carats.of("0.02"))
    assert made.differences[0].reason == "Dust and chips of sieving"
    assert "W-2026-000001 booked; to be weighed: P-2026-000002, P-2026-000003" in label(window, "status_said")
    assert goods_of(window).form.wanted == ()


def test_beyond_the_tolerance_a_supervisor_signs_beside(at: At, sit: Sit, qtbot: QtBot) -> None:
    books = at("bagged")
    window = sit(books, CLERK, "goods")
    sort_out(window, qtbot, ("7102.31", "400"), ("7102.21", "800"))
    reason = window.findChild(QWidget, "goods_reason")
    reason.setFocus()
    qtbot.keyClick(reason, Qt.Key.Key_2)
    qtbot.keyClick(reason, Qt.Key.Key_Return, CONTROL)
    dialog = window.findChild(SecondSignature)
    assert dialog is not None
    line(dialog, "second_officer").setText("Supervisor One")
    line(dialog, "second_password").setText(PASSWORD)
    qtbot.mouseClick(dialog.findChild(QWidget, "second_sign"), Qt.MouseButton.LeftButton)
    (made,) = goods.reworks(books[CLERK])
    assert (made.supervisor, made.differences[0].reason) == (books["Supervisor One"].officer.id, "Stones broke")


def test_the_rest_fills_itself_in_and_a_draft_outlives_the_window(at: At, sit: Sit, qtbot: QtBot) -> None:
    books = at("bagged")
    window = sit(books, CLERK, "goods")
    sort_out(window, qtbot, ("7102.10", "1000"))
    qtbot.keyClick(focused(), Qt.Key.Key_R, CONTROL)
    assert line(window, "goods_carats").text() == "234.56"
    keys(qtbot, "")
    assert label(window, "goods_what") == "Splitting one parcel"
    window.leave()
    again = goods_of(sit(books, CLERK, "goods"))
    assert again.form.parcels == (PARCEL,)
    assert [each.carats for each in again.form.wanted] == [Carats.of("1000"), Carats.of("234.56")]
    qtbot.keyClick(focused(), Qt.Key.Key_Return, CONTROL)
    assert goods.reworks(books[CLERK])[0].change is Change.SPLIT
    assert goods_of(sit(books, CLERK, "goods")).form.parcels == ()


def test_a_sale_asks_for_its_buyer_and_its_protocol_prints(at: At, sit: Sit, qtbot: QtBot) -> None:
    books = at("bagged")
    practice_goods._firms(books.office)
    window = sit(books, CLERK, "goods")
    keys(qtbot, PARCEL, "", "7102.10", "", "s", "1234.56")
    assert label(window, "goods_what") == "Local sale"
    qtbot.keyClick(focused(), Qt.Key.Key_Return, CONTROL)
    assert "may not buy goods here" in label(window, "goods_notice_words")
    line(window, "goods_buyer").setFocus()
    keys(qtbot, "Practice Dealers")
    qtbot.keyClick(focused(), Qt.Key.Key_Return, CONTROL)
    assert goods.reworks(books[CLERK])[0].buyer == "DEA-0003"
    qtbot.keyClick(focused(), Qt.Key.Key_P, CONTROL)
    view = goods_of(window).paper
    assert view.isVisible()
    assert label(window, "goods_paper_page") == "page 1 of 2"
    qtbot.keyClick(focused(), Qt.Key.Key_PageDown)
    assert label(window, "goods_paper_page") == "page 2 of 2"
    qtbot.keyClick(focused(), Qt.Key.Key_P, CONTROL)
    assert view.paper is not None
    (paper, *_) = archive.latest(books[CLERK])
    assert (paper.number, paper.prints) == (view.paper.number, 1)
    assert (books[CLERK].folder.path / "sheets" / f"{paper.number.replace('-', '')}.png").exists()
    qtbot.keyClick(focused(), Qt.Key.Key_Escape)
    assert not view.isVisible()


def test_what_is_weighed_is_closed_with_enter(at: At, sit: Sit, qtbot: QtBot) -> None:
    books = at("bagged")
    practice_goods.fill(books.office)
    (open_,) = goods.unsettled(books[CLERK])
    window = sit(books, CLERK, "goods")
    rows = window.findChild(QWidget, "goods_open_table")
    rows.setFocus()
    qtbot.keyClick(rows, Qt.Key.Key_Return)
    assert "is not weighed yet" in label(window, "goods_notice_words")
    for number, carats in zip(open_.waiting, ("50.00", "46.49"), strict=True):
        practice_goods._weigh(books.office, number, carats)
    qtbot.keyClick(rows, Qt.Key.Key_Return)
    assert focused().objectName() == "goods_reason"
    qtbot.keyClick(focused(), Qt.Key.Key_5)
    rows.setFocus()
    qtbot.keyClick(rows, Qt.Key.Key_Return)
    assert goods.unsettled(books[CLERK]) == ()


@pytest.mark.parametrize("section", ["goods", "returns"])
@pytest.mark.parametrize("size", [100, 200])
def test_both_pages_are_named_in_order_and_nothing_is_cut(
    section: str, size: int, at: At, sit: Sit, dressed: Look, qapp: object
) -> None:
    books = at("bagged")
    dressed.sized(size).wear(qapp)  # type: ignore[arg-type]
    window = sit(books, CLERK, section)
    window.resize(1280, 720)
    assert faults(window) == []
    assert backwards(window) == []
    page = window.page(section)
    assert page is not None
    for shown in page.findChildren(QLabel):
        if shown.isVisible() and not shown.wordWrap():
            assert shown.width() >= shown.fontMetrics().horizontalAdvance(shown.text().replace("&", "")), shown.text()
