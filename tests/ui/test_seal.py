"""Verify and seal: bags scanned, parcels weighed again, containers closed; what is left is said, what differs stops."""

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from kpdesk.domain.goods import Heading
from kpdesk.domain.measures import Carats
from kpdesk.domain.verification import Verification
from kpdesk.practice import PREPARER, Goods, bring_in, read_balance
from kpdesk.store import keeping
from tests.desks.practice_books import PARCEL, SHIPMENT, Books, apply
from tests.ui.accessible import backwards, faults
from tests.ui.hands import CONTROL, focused, keys, label, line
from ui.widgets.taken import Taken
from ui.window import DeskWindow

At = Callable[[str], Books]
Sit = Callable[..., DeskWindow]


def weigh(window: DeskWindow, books: Books, carats: str) -> None:
    """What F8 takes from the balance."""
    reading = read_balance(Decimal(carats), books[PREPARER])
    window.page("seal").weighing.taken.emit(Taken(reading.carats, reading, "PRACTICE-1"))


def rows(window: DeskWindow) -> list[tuple[str, ...]]:
    """Parcel, weighed, apart, seal."""
    model = window.findChild(QWidget, "seal_parcels").model
    return [
        tuple(str(model.data(model.index(row, column))).replace("\xa0", " ") for column in (0, 3, 4, 5))
        for row in range(model.rowCount())
    ]


def three_parcels(books: Books) -> tuple[str, ...]:
    """Two more of a second shipment; their bags."""
    goods = [Goods(Heading.UNSORTED, Decimal(carats), Decimal("80.00"), ("ZZ",)) for carats in ("88.10", "412.33")]
    apply(books, parcels=tuple(bring_in(books.office, each) for each in goods))
    return tuple(str(row[0]) for row in books.sql("SELECT bag FROM parcels ORDER BY number"))


def test_a_shipment_is_sealed_by_scanner_and_balance(at: At, sit: Sit, qtbot: QtBot) -> None:
    books = at("applied")
    window = sit(books, PREPARER, "seal")
    assert focused() is line(window, "seal_scan")
    (bag,) = books.sql("SELECT bag FROM parcels")[0]
    keys(qtbot, str(bag))
    assert "lay it on the pan" in label(window, "seal_scan_below")
    weigh(window, books, "1234.570")
    assert rows(window) == [(PARCEL, "1 234.570", "+0.010", "on the table")]
    keys(qtbot, "ts000002")
    assert rows(window)[0][3] == "TS000002"
    line(window, "seal_customs").setText("Practice Customs")
    qtbot.keyClick(focused(), Qt.Key.Key_Return, CONTROL)
    assert "S-2026-000001 sealed with TS000002" in label(window, "status_said")
    assert books.sql("SELECT state FROM shipments") == [("sealed",)]
    assert books.sql("SELECT balance, by_hand, value FROM weighings ORDER BY sequence DESC LIMIT 1") == [
        ("PRACTICE-1", "", "1234.570")
    ]
    with books[PREPARER].look() as session:
        kept = keeping.get(session, Verification, SHIPMENT)
    assert (kept.customs, kept.mines, kept.photo) == ("Practice Customs", "", "")
    assert "Practice Customs" not in str(books.sql("SELECT record FROM history"))


def test_what_differs_is_not_sealed_until_it_is_weighed_right(at: At, sit: Sit, qtbot: QtBot) -> None:
    books = at("applied")
    window = sit(books, PREPARER, "seal")
    (bag,) = books.sql("SELECT bag FROM parcels")[0]
    weigh(window, books, "1234.560")
    assert "Scan the bag" in label(window, "seal_scan_notice_words")
    keys(qtbot, str(bag))
    weigh(window, books, "1233.000")
    assert "Do not seal" in label(window, "seal_trouble_words")
    keys(qtbot, "TS000002")  # nothing that was weighed right lies on the table
    assert "no bag" in label(window, "seal_scan_notice_words")
    qtbot.keyClick(focused(), Qt.Key.Key_Return, CONTROL)
    assert f"Not weighed again: {PARCEL}" in label(window, "seal_trouble_words")
    assert not window.findChild(QPushButton, "seal_do").isEnabled()
    weigh(window, books, "1234.560")
    assert window.findChild(QWidget, "seal_trouble").isHidden()
    assert books.sql("SELECT state FROM shipments") == [("applied",)]


def test_several_containers_hold_what_was_weighed_before_their_seal(at: At, sit: Sit, qtbot: QtBot) -> None:
    books = at("applied")
    first, second, third = three_parcels(books)
    window = sit(books, PREPARER, "seal", "shipment/S-2026-000002")
    keys(qtbot, second)
    weigh(window, books, "88.100")
    keys(qtbot, first)  # of another shipment, while this one is begun
    assert "belongs to S-2026-000001" in label(window, "seal_scan_notice_words")
    keys(qtbot, "TS000007", third)
    weigh(window, books, "412.330")
    keys(qtbot, "TS000007")
    assert "closes a container already" in label(window, "seal_scan_notice_words")
    keys(qtbot, "TS999999")
    assert "was received here" in label(window, "seal_scan_notice_words")
    keys(qtbot, "TS000008")
    assert [row[3] for row in rows(window)] == ["TS000007", "TS000008"]
    table = window.findChild(QWidget, "seal_parcels_table")
    table.selectRow(1)
    table.setFocus()
    qtbot.keyClick(table, Qt.Key.Key_Delete)
    assert [row[3] for row in rows(window)] == ["TS000007", "on the table"]
    line(window, "seal_scan").setFocus()
    keys(qtbot, "TS000009")
    qtbot.keyClick(focused(), Qt.Key.Key_Return, CONTROL)
    held = books.sql("SELECT containers FROM shipments WHERE number = 'S-2026-000002'")[0][0]
    assert "TS000007" in str(held)
    assert "TS000009" in str(held)
    assert books.sql("SELECT state FROM stock WHERE number = 'TS000008'") == [("in_safe",)]


def test_carats_are_typed_where_there_is_no_balance(at: At, sit: Sit, qtbot: QtBot) -> None:
    books = at("applied")
    window = sit(books, PREPARER, "seal")
    (bag,) = books.sql("SELECT bag FROM parcels")[0]
    keys(qtbot, str(bag))
    window.page("seal").weighing.taken.emit(Taken(Carats.of("1234.56"), None, "", "no_balance"))
    assert rows(window)[0][1] == "✎ 1 234.560"
    keys(qtbot, "TS000002")
    qtbot.keyClick(focused(), Qt.Key.Key_Return, CONTROL)
    last = books.sql("SELECT by_hand, balance FROM weighings ORDER BY sequence DESC LIMIT 1")
    assert last == [("no_balance", "")]


def test_what_the_books_hold_up_is_not_sealed(at: At, sit: Sit, qtbot: QtBot) -> None:
    books = at("applied")
    books.sql("UPDATE parties SET licences = '{\"of\":[]}' WHERE number = 'EXP-0041'")
    window = sit(books, PREPARER, "seal")
    assert window.findChild(QWidget, "seal_findings_licence_missing") is not None
    (bag,) = books.sql("SELECT bag FROM parcels")[0]
    keys(qtbot, str(bag))
    weigh(window, books, "1234.560")
    keys(qtbot, "TS000002")
    qtbot.keyClick(focused(), Qt.Key.Key_Return, CONTROL)
    assert "A condition stops" in label(window, "seal_trouble_words")


def test_a_photo_is_kept_with_it(at: At, sit: Sit, qtbot: QtBot, tmp_path: Path) -> None:
    books = at("applied")
    window = sit(books, PREPARER, "seal")
    (bag,) = books.sql("SELECT bag FROM parcels")[0]
    broken = tmp_path / "broken.jpg"
    broken.write_bytes(b"no picture")
    drop = window.findChild(QWidget, "seal_photo")
    drop.given.emit((broken,))
    assert "broken.jpg" in label(window, "seal_trouble_words")
    photo = tmp_path / "photo.png"
    Image.new("RGB", (64, 48), "white").save(photo)
    drop.given.emit((photo,))
    keys(qtbot, str(bag))
    weigh(window, books, "1234.560")
    keys(qtbot, "TS000002")
    qtbot.keyClick(focused(), Qt.Key.Key_Return, CONTROL)
    with books[PREPARER].look() as session:
        kept = keeping.get(session, Verification, SHIPMENT)
    ((content,),) = books.sql("SELECT content FROM papers WHERE digest = :digest", digest=kept.photo)
    assert bytes(content)[:2] == b"\xff\xd8"  # type: ignore[call-overload]


def test_the_page_is_for_everybody(at: At, sit: Sit) -> None:
    window = sit(at("applied"), PREPARER, "seal")
    page = window.page("seal")
    assert faults(page) == []
    assert backwards(page) == []
    assert window.findChild(QComboBox, "weighing_reason").accessibleName()
