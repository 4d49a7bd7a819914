"""An application at the counter, driven by the keyboard over a real practice office."""

from collections.abc import Callable
from pathlib import Path

from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QTableView, QWidget
from pytestqt.qtbot import QtBot

from kpdesk.desks import following
from kpdesk.domain.application import Application
from kpdesk.practice import CLERK, COUNTER
from kpdesk.store import keeping
from tests.desks.practice_books import PARCEL, SHIPMENT, Books, apply
from tests.ui.accessible import backwards, faults
from tests.ui.hands import CONTROL, focused, keys, label, line
from ui.window import DeskWindow

At = Callable[[str], Books]
Sit = Callable[..., DeskWindow]


def press(qtbot: QtBot, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> int:
    qtbot.keyClick(focused(), key, modifier)
    return 1


def fill(qtbot: QtBot) -> int:
    """Everything but the name of the signer and the SoW number, which are not counted; how many keys that took."""
    own = keys(qtbot, "41", "practice imports xz", "", "")
    keys(qtbot, "SoW-000123")
    own += press(qtbot, Qt.Key.Key_Down) + press(qtbot, Qt.Key.Key_Return)
    keys(qtbot, "Practice Signer")
    return own + keys(qtbot, "") - len("practice imports xz")


def test_an_application_takes_few_keys(at: At, sit: Sit, qtbot: QtBot) -> None:
    books = at("bagged")
    window = sit(books, COUNTER, "application")
    assert focused() is line(window, "application_exporter")
    own = fill(qtbot)
    assert line(window, "application_declared_on").text() == "22 Nov 2026", "the day is offered"
    assert focused() is window.findChild(QTableView, "application_goods_table")
    own += press(qtbot, Qt.Key.Key_Space)
    own += press(qtbot, Qt.Key.Key_Return, CONTROL)
    assert f"{SHIPMENT} is applied for" in label(window, "status_said")
    assert own <= 60, own
    with books[COUNTER].look() as session:
        kept = keeping.get(session, Application, SHIPMENT)
    assert (kept.signer, kept.sow, kept.statement) == ("Practice Signer", "SoW-000123", "2018")
    assert (focused(), line(window, "application_exporter").text()) == (line(window, "application_exporter"), "")
    found = following.standing(books[COUNTER], SHIPMENT)
    assert (found.destination, found.parcels) == ("XZ", (PARCEL,))


def test_f2_is_the_exporters_desk_s_where_nobody_registers(at: At, sit: Sit, qtbot: QtBot) -> None:
    window = sit(at("bagged"), COUNTER)
    qtbot.keyClick(window, Qt.Key.Key_F2)
    assert label(window, "title") == "Application"
    assert faults(window) == []
    assert backwards(window) == []


def test_checks_come_while_one_types_and_totals_with_every_pick(at: At, sit: Sit, qtbot: QtBot) -> None:
    window = sit(at("bagged"), COUNTER, "application")
    page = window.page("application")
    keys(qtbot, "41", "practice traders", "be")
    page.goods.list.take_cursor()
    press(qtbot, Qt.Key.Key_Space)
    codes = {answer.code for answer in page._findings.shown}
    assert {"importer_elsewhere", "declaration_missing", "sow_missing", "invoice_missing"} <= codes
    assert "KE" in label(window, "application_importer_notice_words")
    assert "1\u00a0234.56\u00a0ct, US$" in page.goods.totals.accessibleDescription()
    press(qtbot, Qt.Key.Key_Space)
    assert page.goods.parcels == ()


def test_nothing_typed_is_lost(at: At, sit: Sit, qtbot: QtBot, tmp_path: Path) -> None:
    books = at("bagged")
    invoice = tmp_path / "invoice.png"
    Image.new("L", (40, 40), 255).save(invoice)
    window = sit(books, COUNTER, "application")
    page = window.page("application")
    fill(qtbot)
    page.goods.list.take_cursor()
    press(qtbot, Qt.Key.Key_Space)
    page.form.attach(invoice)
    window.leave()
    again = sit(books, COUNTER, "application").page("application")
    assert again.draft() == page.draft()
    assert again.form.invoice == invoice
    assert again.goods.parcels == (PARCEL,)
    again.apply()
    with books[COUNTER].look() as session:
        assert keeping.get(session, Application, SHIPMENT).invoice
    assert again.form.invoice is None


def test_what_is_missing_gets_the_cursor_and_keeps_the_rest(at: At, sit: Sit, qtbot: QtBot) -> None:
    window = sit(at("bagged"), COUNTER, "application")
    keys(qtbot, "41")
    press(qtbot, Qt.Key.Key_Return, CONTROL)
    assert label(window, "application_top_words").startswith("Look at: Importer, Destination")
    assert focused() is line(window, "application_importer")
    keys(qtbot, "practice imports xz", "")
    press(qtbot, Qt.Key.Key_Return, CONTROL)
    assert "Space on each" in label(window, "application_top_words")
    assert focused() is window.findChild(QTableView, "application_goods_table")


def test_an_invoice_that_is_no_picture_is_refused_and_everything_stays(
    at: At, sit: Sit, qtbot: QtBot, tmp_path: Path
) -> None:
    books = at("bagged")
    window = sit(books, COUNTER, "application")
    page = window.page("application")
    fill(qtbot)
    page.goods.list.take_cursor()
    press(qtbot, Qt.Key.Key_Space)
    bad = tmp_path / "invoice.png"
    bad.write_text("no picture")
    page.form.attach(bad)
    size = books.size()
    page.apply()
    assert "invoice.png" in label(window, "application_top_words")
    assert page.goods.parcels == (PARCEL,)
    assert books.size() == size
    assert window.findChild(QPushButton, "application_apply").isEnabled()


def test_an_importer_nobody_knows_is_entered_on_the_way(at: At, sit: Sit, qtbot: QtBot) -> None:
    window = sit(at("bagged"), COUNTER, "application")
    keys(qtbot, "41", "Practice Newcomers Lda")
    assert "not registered" in label(window, "application_importer_notice_words")
    window.findChild(QPushButton, "application_propose").click()
    assert line(window, "importer_name").text() == "Practice Newcomers Lda"
    keys(qtbot, "xz", "Rua Nova 1")
    assert line(window, "application_importer").text().endswith("Practice Newcomers Lda")
    assert line(window, "application_destination").text().startswith("XZ")
    assert "is registered as IMP-" in label(window, "status_said")


def test_the_firm_s_last_application_is_copied(at: At, sit: Sit, qtbot: QtBot) -> None:
    books = at("bagged")
    window = sit(books, COUNTER, "application")
    page = window.page("application")
    press(qtbot, Qt.Key.Key_D, CONTROL)
    assert "Choose the firm first" in label(window, "application_top_words")
    fill(qtbot)
    page.goods.list.take_cursor()
    press(qtbot, Qt.Key.Key_Space)
    press(qtbot, Qt.Key.Key_Return, CONTROL)
    keys(qtbot, "41")
    press(qtbot, Qt.Key.Key_D, CONTROL)
    draft = page.draft()
    assert (draft.importer, draft.destination, draft.sow, draft.signer) == (
        "IMP-0001",
        "XZ",
        "SoW-000123",
        "Practice Signer",
    )
    assert (draft.parcels, draft.conflict_free) == ((), False)


def test_status_tells_the_next_step_and_prints(at: At, sit: Sit, qtbot: QtBot) -> None:
    books = at("approved")
    window = sit(books, COUNTER, "status")
    page = window.page("status")
    assert label(window, "status_title") == f"{SHIPMENT}  ·  Practice Exports ZZ SARL"
    assert "printed on a numbered blank" in label(window, "status_next")
    assert [how for _, _, how in page._steps.rows] == ["taken"] * 4 + ["next"] + ["later"] * 4
    press(qtbot, Qt.Key.Key_P, CONTROL)
    (file,) = books[COUNTER].folder.out.iterdir()
    assert file.name == f"{SHIPMENT}-application.pdf"
    assert str(file) in label(window, "status_said")
    window.findChild(QPushButton, "status_draft").click()
    assert (books[COUNTER].folder.out / f"{SHIPMENT}-draft.pdf").read_bytes().startswith(b"%PDF")
    assert faults(window) == []
    assert backwards(window) == []


def test_an_application_is_withdrawn_with_a_reason(at: At, sit: Sit, qtbot: QtBot) -> None:
    books = at("applied")
    window = sit(books, COUNTER, "status")
    reason = window.findChild(QWidget, "status_reason")
    reason.setFocus()
    press(qtbot, Qt.Key.Key_2)
    window.findChild(QPushButton, "status_withdraw").click()
    found = following.standing(books[COUNTER], SHIPMENT)
    assert (found.ended, found.reason) == ("withdrawn", "Other goods are to go")
    assert not window.findChild(QPushButton, "status_withdraw").isVisible()
    assert f"{SHIPMENT} is withdrawn" in label(window, "status_said")


def test_what_holds_an_application_up_is_told(at: At, sit: Sit) -> None:
    books = at("bagged")
    number = apply(books, conflict_free=False)
    page = sit(books, COUNTER, "status", f"shipment/{number}").page("status")
    assert [answer.code for answer in page._held.shown] == ["declaration_missing"]


def test_a_clerk_has_no_application(at: At, sit: Sit) -> None:
    assert not {"application", "status"} & set(sit(at("bagged"), CLERK).sections)
