"""Register a parcel, driven by the keyboard over practice acts."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QTableView, QWidget
from pytestqt.qtbot import QtBot

from kpdesk.domain.balance import Balance, DialectName
from kpdesk.domain.goods import Heading
from kpdesk.domain.measures import Carats, NotAnAmount
from kpdesk.domain.parcel import Source
from kpdesk.domain.weighing import Reading
from tests.ui.hands import CONTROL, focused, keys, label, line
from tests.ui.practice_ui import NOW, Office
from ui.widgets.taken import Taken
from ui.window import DeskWindow

Opened = Callable[..., DeskWindow]
BALANCE = Balance(
    id="JET-1",
    maker="Practice",
    model="One",
    serial="1",
    dialect=DialectName.SICS,
    adapter="A1",
    unit="ct",
    readability=Decimal("0.001"),
    maximum=Decimal("2000"),
    calibrated_until=date(2027, 1, 1),
)


def test_a_parcel_is_registered_by_keyboard(desk: Opened, office: Office, qtbot: QtBot) -> None:
    window = desk("register")
    assert focused() is line(window, "register_exporter")
    own = keys(qtbot, "41", "", "", "zz", "zz", "", "", "1234,565", "1234,565")
    page = window.page("register")
    page.weighing.show_reason("no_balance")
    qtbot.keyClick(focused(), Qt.Key.Key_Return, CONTROL)
    (intake,) = office.saved
    assert (intake.exporter, intake.origins, intake.provenance) == ("EXP-0041", ("ZZ",), "ZZ")
    assert (intake.source, intake.heading, intake.first) == (Source.MINED, Heading.UNSORTED, Carats.of("1234.565"))
    assert intake.by_hand == "no_balance"
    assert "P-2026-004114 registered" in label(window, "status_said")
    assert focused() is line(window, "register_exporter")
    assert focused().text() == ""
    assert own + 1 - 2 * len("1234,565") <= 16, "keys of one's own for a parcel"


def test_nothing_typed_is_lost(desk: Opened, office: Office, qtbot: QtBot) -> None:
    window = desk("register")
    page = window.page("register")
    qtbot.keyClicks(line(window, "register_first"), "12 34")
    qtbot.keyClicks(line(window, "register_note"), "half a sen")
    assert page._keep.isActive()
    assert page._keep.interval() == 500
    page._keep.timeout.emit()
    assert office.drafts["first"] == "12 34"
    assert "draft saved 10:41:07" in label(window, "subtitle")
    again = desk("register")
    assert line(again, "register_first").text() == "12 34"
    assert line(again, "register_note").text() == "half a sen"


def test_whoever_locks_or_closes_within_half_a_second_loses_nothing(desk: Opened, office: Office, qtbot: QtBot) -> None:
    window = desk("register")
    qtbot.keyClicks(line(window, "register_note"), "half")
    window.leave()
    assert office.drafts["note"] == "half"
    qtbot.keyClicks(line(window, "register_note"), " a sen")
    window.close()
    assert office.drafts["note"] == "half a sen"


def test_a_mistake_of_ours_lets_one_go_on(desk: Opened, qtbot: QtBot) -> None:
    window = desk("register")
    page = window.page("register")

    def breaks(intake: object) -> None:
        raise KeyError("practice secret")

    page._acts = replace(page._acts, save=breaks)
    keys(qtbot, "41", "", "", "zz", "zz", "", "", "1", "1")
    page.weighing.show_reason("no_balance")
    qtbot.keyClick(focused(), Qt.Key.Key_Return, CONTROL)
    assert "The program made a mistake." in label(window, "register_top_words")
    assert "secret" not in label(window, "register_top_words")
    assert window.findChild(QPushButton, "register_save").isEnabled()


def test_what_is_found_stands_beside_its_field_and_in_the_list(desk: Opened, qtbot: QtBot) -> None:
    window = desk("register")
    keys(qtbot, "41")
    assert "ends in 12 days" in label(window, "register_exporter_notice_words")
    assert window.findChild(QWidget, "register_findings_licence_ends_soon") is not None


def test_provenance_is_offered_and_may_be_typed_over(desk: Opened, qtbot: QtBot) -> None:
    window = desk("register")
    keys(qtbot, "41", "", "", "zz")
    assert line(window, "register_provenance").text() == "ZZ  Practice Republic"
    keys(qtbot, "xz")
    assert line(window, "register_provenance").text() == "XZ  Practice Partner"


def test_errors_of_a_save_focus_the_first_and_keep_everything(desk: Opened, office: Office, qtbot: QtBot) -> None:
    window = desk("register")
    line(window, "register_exporter").setText("Atlantis")
    line(window, "register_first").setText("1.23456")
    qtbot.keyClick(focused(), Qt.Key.Key_Return, CONTROL)
    assert office.saved == []
    assert focused() is line(window, "register_exporter")
    assert label(window, "register_top_words").startswith("Look at: Exporter, ")
    assert line(window, "register_first").text() == "1.23456"
    assert "decimals" in label(window, "register_first_notice_words")


def test_typed_carats_are_typed_twice(desk: Opened, office: Office, qtbot: QtBot) -> None:
    window = desk("register")
    keys(qtbot, "41", "", "", "zz", "zz", "", "", "1", "1.1")
    window.page("register").weighing.show_reason("no_balance")
    qtbot.keyClick(focused(), Qt.Key.Key_Return, CONTROL)
    assert office.saved == []
    assert "The two entries differ." in label(window, "register_again_notice_words")


def test_typed_carats_want_a_reason(desk: Opened, office: Office, qtbot: QtBot) -> None:
    window = desk("register")
    keys(qtbot, "41", "", "", "zz", "zz", "", "", "1", "1")
    qtbot.mouseClick(window.findChild(QPushButton, "register_save"), Qt.MouseButton.LeftButton)
    assert office.saved == []
    assert label(window, "weighing_reason_notice_words") == "Choose a reason."


def test_two_weighings_that_differ_ask_for_a_third(desk: Opened) -> None:
    window = desk("register")
    line(window, "register_first").setText("1234.565")
    line(window, "register_second").setText("1234.560")
    assert label(window, "register_second_below").startswith("difference 0.005")
    line(window, "register_second").setText("1230")
    assert "Weigh a third time." in label(window, "register_second_notice_words")


def test_the_last_parcel_can_be_copied(desk: Opened, office: Office, qtbot: QtBot) -> None:
    window = desk("register")
    keys(qtbot, "41", "", "Luele", "zz", "xz", "", "", "1", "1")
    window.page("register").weighing.show_reason("no_balance")
    qtbot.keyClick(focused(), Qt.Key.Key_Return, CONTROL)
    qtbot.keyClick(focused(), Qt.Key.Key_D, CONTROL)
    assert line(window, "register_exporter").text() == "EXP-0041  Practice Gems Lda"
    assert line(window, "register_title").text() == "Luele practice mine"
    assert line(window, "register_first").text() == ""
    assert focused() is line(window, "register_first")


def test_a_refused_save_is_said_and_keeps_the_form(desk: Opened, qtbot: QtBot) -> None:
    window = desk("register")
    page = window.page("register")

    def refuses(intake: object) -> None:
        raise NotAnAmount("practice")

    page._acts = replace(page._acts, save=refuses)
    keys(qtbot, "41", "", "", "zz", "zz", "", "", "1", "1")
    page.weighing.show_reason("no_balance")
    qtbot.keyClick(focused(), Qt.Key.Key_Return, CONTROL)
    assert "“practice” is not an amount." in label(window, "register_top_words")
    assert line(window, "register_first").text() == "1"
    assert window.findChild(QPushButton, "register_save").isEnabled()


def test_a_balance_fills_the_first_empty_field(desk: Opened, office: Office, qtbot: QtBot) -> None:
    window = desk("register")
    page = window.page("register")
    keys(qtbot, "41", "", "", "zz", "zz")
    page.weighing.show_balance(BALANCE, "zero 08:14")
    assert page.form.again.isHidden()
    taken = [Taken(reading.carats, reading, "JET-1") for reading in (_read("12.345"), _read("12.340"))]
    for each in taken:
        page.weighing.taken.emit(each)
    assert (line(window, "register_first").text(), line(window, "register_second").text()) == ("12.345", "12.340")
    page.save()
    (intake,) = office.saved
    assert intake.weighed == tuple(taken)


def test_carats_typed_over_a_reading_want_a_reason(desk: Opened, office: Office, qtbot: QtBot) -> None:
    window = desk("register")
    page = window.page("register")
    keys(qtbot, "41", "", "", "zz", "zz")
    page.weighing.show_balance(BALANCE, "zero 08:14")
    page.weighing.taken.emit(Taken(Carats.of("12.345"), _read("12.345"), "JET-1"))
    line(window, "register_first").setText("12.545")
    page.save()
    assert office.saved == []
    assert "Take the weight from the balance" in label(window, "register_top_words")


def _read(carats: str) -> Reading:
    return Reading(
        value=Decimal(carats),
        unit="ct",
        stable=True,
        stable_by="instrument",
        net=True,
        unverified_digits=0,
        raw=b"S S 12.345 ct",
        at=NOW,
    )


# Several callers, several countries, second thoughts


def test_a_parcel_is_parked_for_another_caller(desk: Opened, office: Office, qtbot: QtBot) -> None:
    window = desk("register")
    keys(qtbot, "41", "", "", "zz", "zz", "", "", "12.5")
    qtbot.keyClick(focused(), Qt.Key.Key_B, CONTROL)
    assert [*office.parked] == ["EXP-0041  Practice Gems Lda"]
    assert (focused(), focused().text()) == (line(window, "register_exporter"), "")
    keys(qtbot, "52")
    qtbot.keyClick(focused(), Qt.Key.Key_B, CONTROL)
    assert len(office.parked) == 2
    qtbot.keyClick(focused(), Qt.Key.Key_B, CONTROL)
    table = window.findChild(QTableView, "parked_table")
    assert focused() is table
    table.selectRow(0)
    qtbot.keyClick(table, Qt.Key.Key_Return)
    assert line(window, "register_first").text() == "12.5"
    assert [*office.parked] == ["EXP-0052  Practice Rough SA"]


def test_taking_one_up_puts_the_other_aside(desk: Opened, office: Office, qtbot: QtBot) -> None:
    window = desk("register")
    office.parked["Practice"] = {"exporter": "EXP-0052  Practice Rough SA", "first": "1"}
    keys(qtbot, "41")
    window.page("register").parked.asked.emit("Practice")
    assert [*office.parked] == ["EXP-0041  Practice Gems Lda"]
    assert line(window, "register_exporter").text() == "EXP-0052  Practice Rough SA"


def test_goods_of_several_origins(desk: Opened, office: Office, qtbot: QtBot) -> None:
    window = desk("register")
    keys(qtbot, "41", "", "", "zz, part", "zz", "", "", "1", "1")
    assert line(window, "register_origin").text() == "ZZ, XZ"
    assert label(window, "register_origin_below") == "Practice Republic, Practice Partner"
    window.page("register").weighing.show_reason("no_balance")
    qtbot.keyClick(focused(), Qt.Key.Key_Return, CONTROL)
    assert office.saved[0].origins == ("ZZ", "XZ")
    line(window, "register_origin").setText("zz, atlantis")
    assert not window.page("register").form.origin.check()
    assert "atlantis" in label(window, "register_origin_notice_words")


def test_undo_takes_back_in_the_field_and_then_in_the_draft(desk: Opened, qtbot: QtBot) -> None:
    window = desk("register")
    page = window.page("register")
    note = line(window, "register_note")
    keys(qtbot, "41", "", "Luele", "zz", "zz", "", "", "1", "1")
    page.weighing.show_reason("no_balance")
    qtbot.keyClick(focused(), Qt.Key.Key_Return, CONTROL)
    qtbot.keyClick(focused(), Qt.Key.Key_D, CONTROL)
    page.keep_now()
    assert line(window, "register_title").text() == "Luele practice mine"
    note.setFocus()
    qtbot.keyClicks(note, "typed")
    qtbot.keyClick(note, Qt.Key.Key_Z, CONTROL)
    assert (note.text(), line(window, "register_title").text()) == ("", "Luele practice mine")
    qtbot.keyClick(note, Qt.Key.Key_Z, CONTROL)
    assert line(window, "register_title").text() == ""
    qtbot.keyClick(note, Qt.Key.Key_Z, CONTROL | Qt.KeyboardModifier.ShiftModifier)
    assert line(window, "register_title").text() == "Luele practice mine"


def test_who_sits_here_all_day_stays(desk: Opened, office: Office, qtbot: QtBot) -> None:
    window = desk("register")
    line(window, "register_customs").setText("Practice Customs")
    keys(qtbot, "41", "", "", "zz", "zz", "", "", "1", "1")
    window.page("register").weighing.show_reason("no_balance")
    qtbot.keyClick(focused(), Qt.Key.Key_Return, CONTROL)
    assert office.saved[0].customs == "Practice Customs"
    assert line(window, "register_customs").text() == "Practice Customs"
