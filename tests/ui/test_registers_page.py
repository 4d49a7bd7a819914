"""Registers at the real window, by keyboard: found while one types, entered, changed by two, taken over from a file."""

from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QComboBox, QLabel, QPushButton, QTableView, QWidget
from pytestqt.qtbot import QtBot

from kpdesk.desks import registers, watching
from kpdesk.domain.parties import LicenceState, PartyKind
from kpdesk.practice import AUDITOR, CLERK, CLERK_2, INSPECTOR, SUPERVISOR
from kpdesk.practice import registers as practice_registers
from tests.desks.practice_books import PASSWORD, Books
from tests.ui.accessible import backwards, faults
from tests.ui.hands import CONTROL, focused, keys, label, line
from ui.look import Look
from ui.registers.import_panel import ImportPanel
from ui.registers.task_pane import TaskPane
from ui.widgets.picture import PictureView
from ui.widgets.rows import SLIP
from ui.widgets.tabs import Tabs
from ui.window import DeskWindow

At = Callable[[str], Books]
Sit = Callable[..., DeskWindow]
FIRM = "EXP-0041"


def listed(window: QWidget, name: str = "registers_list") -> list[object]:
    model = window.findChild(QTableView, f"{name}_table").model()
    return [model.index(row, 0).data(SLIP) for row in range(model.rowCount())]


def numbers(window: QWidget) -> list[str]:
    return [each.number for each in listed(window)]  # type: ignore[attr-defined]


def shelf(window: QWidget, key: str) -> None:
    chosen = window.findChild(QComboBox, "registers_shelf")
    chosen.setCurrentIndex(chosen.findData(key))


def press(qtbot: QtBot, window: QWidget, name: str) -> None:
    made = window.findChild(QPushButton, name)
    assert made.isVisible()
    assert made.isEnabled()
    made.setFocus()
    qtbot.keyClick(made, Qt.Key.Key_Space)


def type_in(qtbot: QtBot, window: QWidget, **fields: str) -> None:
    for name, words in fields.items():
        editor = line(window, f"entry_{name}")
        editor.setFocus()
        editor.selectAll()
        qtbot.keyClicks(editor, words)


def sign(qtbot: QtBot, window: DeskWindow, officer: str = SUPERVISOR) -> str:
    """Name and password beside; what is said when it is refused."""
    dialog = window.findChildren(QWidget, "second")[-1]
    for name, words in (("second_officer", officer), ("second_password", PASSWORD)):
        qtbot.keyClicks(line(dialog, name), words)
    qtbot.keyClick(dialog.findChild(QPushButton, "second_sign"), Qt.Key.Key_Space)
    return label(dialog, "second_password_notice_words")


def test_what_goto_opens_is_shown(at: At, sit: Sit, qtbot: QtBot) -> None:
    books = at("ready")
    window = sit(books, CLERK, "registers", f"party/{FIRM}")
    assert label(window, "entry_heading") == "Practice Exports ZZ SARL"
    assert numbers(window) == [FIRM]
    assert focused().objectName() == "registers_list_table"
    window.go("registers", "title/T-100")
    assert label(window, "entry_heading") == "Northern Field"
    assert window.findChild(QComboBox, "registers_shelf").currentData() == "title"


def test_the_list_follows_what_is_typed(at: At, sit: Sit, qtbot: QtBot) -> None:
    window = sit(at("ready"), CLERK, "registers")
    assert focused().objectName() == "registers_search"
    assert numbers(window) == [FIRM, "EXP-0042"]
    qtbot.keyClicks(focused(), "compt")
    qtbot.waitUntil(lambda: numbers(window) == ["EXP-0042"])
    qtbot.keyClick(focused(), Qt.Key.Key_Return)
    assert focused().objectName() == "registers_list_table"
    assert label(window, "entry_heading").startswith("Comptoir")
    shelf(window, "title")
    assert numbers(window) == ["T-100"]


def test_a_dealer_is_entered_by_keys_alone(at: At, sit: Sit, qtbot: QtBot) -> None:
    books = at("ready")
    window = sit(books, CLERK, "registers")
    shelf(window, "dealer")
    qtbot.keyClick(window, Qt.Key.Key_N, CONTROL)
    assert line(window, "entry_number").text() == "DEA-0001"
    assert focused().objectName() == "entry_number"
    qtbot.keyClick(focused(), Qt.Key.Key_Return)
    keys(qtbot, "Practice River Dealers", "2 Market")
    qtbot.keyClick(focused(), Qt.Key.Key_Return, CONTROL)
    card = registers.party(books[CLERK], "DEA-0001")
    assert (card.particulars.name, card.particulars.country) == ("Practice River Dealers", "ZZ")
    assert label(window, "entry_standing") == "no licence"
    press(qtbot, window, "entry_licence_add")
    type_in(qtbot, window, valid_until="31.12.2027")
    qtbot.keyClick(focused(), Qt.Key.Key_Return, CONTROL)
    assert "another person" in sign(qtbot, window, CLERK) or registers.party(books[CLERK], "DEA-0001").licences == ()
    window.findChildren(QWidget, "second")[-1].reject()  # type: ignore[attr-defined]
    qtbot.keyClick(focused(), Qt.Key.Key_Return, CONTROL)
    sign(qtbot, window)
    assert label(window, "entry_standing") == "to 31 Dec 2027"
    assert registers.party(books[CLERK], "DEA-0001").standing.state is LicenceState.VALID
    press(qtbot, window, "entry_licence_suspend")
    type_in(qtbot, window, why="a court")
    qtbot.keyClick(focused(), Qt.Key.Key_Return, CONTROL)
    sign(qtbot, window)
    assert label(window, "entry_standing") == "suspended"
    assert window.findChild(QPushButton, "entry_licence_restore").isEnabled()


def test_what_is_missing_is_said_beside_its_field(at: At, sit: Sit, qtbot: QtBot) -> None:
    books = at("ready")
    window = sit(books, CLERK, "registers")
    qtbot.keyClick(window, Qt.Key.Key_N, CONTROL)
    size = books.size()
    qtbot.keyClick(focused(), Qt.Key.Key_Return, CONTROL)
    assert label(window, "entry_name_notice_words") == "Fill this in."
    assert focused().objectName() == "entry_name"
    assert books.size() == size


def test_two_officers_change_one_firm(at: At, sit: Sit, qtbot: QtBot) -> None:
    books = at("ready")
    window = sit(books, CLERK, "registers", f"party/{FIRM}")
    qtbot.keyClick(focused(), Qt.Key.Key_E, CONTROL)
    type_in(qtbot, window, address="5 New Street")
    told = registers.party(books[CLERK_2], FIRM).particulars
    registers.change_party(books[CLERK_2], FIRM, told, revision=1)
    qtbot.keyClick(focused(), Qt.Key.Key_Return, CONTROL)
    assert "Somebody else changed" in label(window, "entry_top_words")
    assert line(window, "entry_address").text() == "5 New Street"
    assert registers.party(books[CLERK], FIRM).particulars.address != "5 New Street"


def test_a_draft_is_there_again(at: At, sit: Sit, qtbot: QtBot) -> None:
    books = at("ready")
    window = sit(books, CLERK, "registers", f"party/{FIRM}")
    qtbot.keyClick(focused(), Qt.Key.Key_E, CONTROL)
    type_in(qtbot, window, telephone="+000 11")
    window.findChild(TaskPane).keep_now()
    again = sit(books, CLERK, "registers")
    assert line(again, "entry_telephone").text() == "+000 11"
    qtbot.keyClick(focused(), Qt.Key.Key_Return, CONTROL)
    assert registers.party(books[CLERK], FIRM).particulars.telephone == "+000 11"
    third = sit(books, CLERK, "registers")
    assert third.findChild(QWidget, "entry_telephone") is None


def test_who_is_watched_wants_a_second(at: At, sit: Sit, qtbot: QtBot) -> None:
    books = at("ready")
    practice_registers.fill(books.office)
    window = sit(books, CLERK, "registers")
    shelf(window, "dealer")
    qtbot.keyClick(window, Qt.Key.Key_N, CONTROL)
    type_in(qtbot, window, name="OMEGA Practice Smuggler", address="1 Lane")
    assert "on a watch list" in label(window, "entry_name_notice_words")
    qtbot.keyClick(focused(), Qt.Key.Key_Return, CONTROL)
    sign(qtbot, window)
    card = registers.party(books[CLERK], "DEA-0006")
    assert card.findings
    assert "watch list" in window.findChild(QWidget, "entry_watch_watch_named").accessibleName()


def test_a_signatory_with_a_specimen(at: At, sit: Sit, qtbot: QtBot, tmp_path: Path) -> None:
    books = at("ready")
    window = sit(books, CLERK, "registers", f"party/{FIRM}")
    qtbot.keyClick(focused(), Qt.Key.Key_Tab, CONTROL)
    assert window.findChild(Tabs, "entry_tabs").current == 1
    press(qtbot, window, "entry_power_add")
    type_in(qtbot, window, name="Practice Signatory", function="director")
    pane = window.findChild(TaskPane)
    wrong = tmp_path / "letter.txt"
    wrong.write_text("no picture")
    pane.form.picture_given.emit(wrong, wrong.name)
    assert "letter.txt" in label(window, "entry_picture_notice_words")
    content = BytesIO()
    Image.new("RGB", (3000, 900), "white").save(content, "PNG")
    pane.form.picture_given.emit(content.getvalue(), "pasted")
    qtbot.keyClick(line(window, "entry_name"), Qt.Key.Key_Return, CONTROL)
    sign(qtbot, window)
    (kept,) = registers.party(books[CLERK], FIRM).representatives
    seen = registers.picture(books[CLERK], kept.specimen)
    assert seen is not None
    assert Image.open(BytesIO(seen)).size == (1200, 360)
    shown = window.findChild(PictureView, "entry_specimen")
    assert shown.accessibleName() == "Specimen signature of Practice Signatory"


CADASTRE = (
    "Title;Mine;Holder;Area;Valid from;Valid until;Monthly carats\n"
    "T-100;Northern Field;EXP-0042;Block 4;2025-10-18;;20000\n"
    "T-200;Southern Field;MIN-0007;Block 5;2026-01-01;2031-01-01;800\n"
    "T-201;Ghost;Nobody & Co;Block 1;2026-01-01;;1\n"
)


def test_the_cadastre_is_looked_at_before_two_take_it_over(at: At, sit: Sit, qtbot: QtBot, tmp_path: Path) -> None:
    books = at("ready")
    window = sit(books, CLERK, "registers", "title/T-100")
    qtbot.keyClick(focused(), Qt.Key.Key_I, CONTROL)
    file = tmp_path / "cadastre.csv"
    panel = window.findChild(ImportPanel)
    file.write_text(CADASTRE.replace("20000", "=2+2"))
    panel.compare(file)
    assert "formula" in label(window, "import_notice_words")
    assert not window.findChild(QPushButton, "import_take").isEnabled()
    file.write_text(CADASTRE)
    panel.compare(file)
    assert "new 1, changed 1, ended 0, unchanged 0, left out 1" in label(window, "import_told")
    assert "Nobody & Co" in label(window, "import_said")
    size = books.size()
    qtbot.keyClick(focused(), Qt.Key.Key_Return, CONTROL)
    assert books.size() == size
    sign(qtbot, window)
    assert registers.title(books[CLERK], "T-100").terms.holder == "EXP-0042"
    assert [row.number for row in registers.titles(books[CLERK])] == ["T-100", "T-200"]
    assert label(window, "entry_heading") == "Northern Field"
    shelf(window, "title")
    assert numbers(window) == ["T-100", "T-200"]


def test_the_watch_list(at: At, sit: Sit, qtbot: QtBot) -> None:
    books = at("ready")
    window = sit(books, INSPECTOR, "registers")
    assert not window.findChild(QPushButton, "registers_new").isVisible()
    shelf(window, "watch")
    press(qtbot, window, "registers_new")
    type_in(qtbot, window, name="Practice Watched", why="a judgment", source="a court", birth_year="1970")
    qtbot.keyClick(focused(), Qt.Key.Key_Return, CONTROL)
    assert watching.watched_one(books[INSPECTOR], "W-0001").watched.birth_year == 1970
    press(qtbot, window, "entry_end")
    type_in(qtbot, window, why="acquitted")
    qtbot.keyClick(focused(), Qt.Key.Key_Return, CONTROL)
    sign(qtbot, window)
    assert watching.watched_one(books[INSPECTOR], "W-0001").watched.until is not None


def test_who_only_reads(at: At, sit: Sit, qtbot: QtBot) -> None:
    window = sit(at("ready"), AUDITOR, "registers", f"party/{FIRM}")
    for name in ("registers_new", "registers_import", "entry_change", "entry_licence_add"):
        assert not window.findChild(QPushButton, name).isVisible()
    qtbot.keyClick(focused(), Qt.Key.Key_N, CONTROL)
    qtbot.keyClick(focused(), Qt.Key.Key_E, CONTROL)
    assert window.findChild(QLabel, "entry_form_title").text() == ""


def test_a_long_register_goes_on_at_its_end(at: At, sit: Sit, qtbot: QtBot) -> None:
    books = at("ready")
    from tests.desks.test_registers import firm

    for serial in range(1, 61):
        registers.register_party(books[CLERK], firm(number=f"DEA-{serial:04}", name=f"Dealer {serial}"))
    window = sit(books, CLERK, "registers")
    shelf(window, PartyKind.DEALER)
    assert len(numbers(window)) == 50
    table = window.findChild(QTableView, "registers_list_table")
    table.setFocus()
    qtbot.keyClick(table, Qt.Key.Key_End, CONTROL)
    assert numbers(window) == [f"DEA-{serial:04}" for serial in range(1, 61)]
    assert len(registers.parties(books[CLERK], PartyKind.DEALER)) == 50


@pytest.mark.parametrize("text", [100, 200])
def test_everything_is_named_and_in_order(at: At, sit: Sit, qtbot: QtBot, qapp: QApplication, text: int) -> None:
    books = at("ready")
    practice_registers.fill(books.office)
    Look().sized(text).wear(qapp)
    window = sit(books, CLERK, "registers")
    for subject, tab in ((f"party/{FIRM}", 0), ("party/AUT-0011", 1), ("title/T-101", 3)):
        window.go("registers", subject)
        window.findChild(Tabs, "entry_tabs").turn(tab)
        assert faults(window) == []
        assert backwards(window) == []
    qtbot.keyClick(window, Qt.Key.Key_N, CONTROL)
    assert faults(window) == []
    assert backwards(window) == []
    shelf(window, "title")
    press(qtbot, window, "registers_import")
    assert faults(window) == []
