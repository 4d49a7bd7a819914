"""Today, Register, Verify and Issue, driven by the keyboard over practice acts."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from kpdesk.desks.sheets import Sheet
from kpdesk.domain.goods import Heading
from kpdesk.domain.measures import Carats, NotAnAmount
from kpdesk.domain.parcel import Source
from kpdesk.domain.verdict import Acceptable, Dates, Issuer, ListsAge, Practice, Signature, Sort, Voided
from tests.ui.accessible import faults
from tests.ui.practice_ui import ALTERED, GENUINE, NO_CODE, PASSWORD, RECEIVED_BEFORE, Office, today
from ui.inspector.headline import answers, headline
from ui.slips import Spooled, Stage
from ui.tones import Tone
from ui.window import DeskWindow
from ui.work import Workroom

Opened = Callable[..., DeskWindow]
CONTROL = Qt.KeyboardModifier.ControlModifier


def label(window: QWidget, name: str) -> str:
    return window.findChild(QLabel, name).text()


def line(window: QWidget, name: str) -> QLineEdit:
    return window.findChild(QLineEdit, name)


def focused() -> QWidget:
    widget = QApplication.focusWidget()
    assert widget is not None
    return widget


def keys(qtbot: QtBot, *typed: str) -> int:
    """Type words into whatever has the focus, Enter after each; how many keys that took."""
    for words in typed:
        qtbot.keyClicks(focused(), words)
        qtbot.keyClick(focused(), Qt.Key.Key_Return)
    return sum(len(words) + 1 for words in typed)


def test_today_shows_four_figures_and_what_waits(desk: Opened) -> None:
    window = desk("today")
    figures = [label(window, f"today_{name}_figure") for name in ("parcels", "certificates", "blanks", "unconfirmed")]
    assert figures == ["41", "6", "18", "4"]
    assert label(window, "today_parcels_words") == "3\u00a0112.40\u00a0ct"
    table = window.findChild(QWidget, "today_waiting_table").model()
    assert [table.index(0, place).data() for place in range(5)] == [
        "P-2026-004113",
        "second weighing",
        "Practice Gems Lda",
        "1\u00a0234.565\u00a0ct",
        "09:58",
    ]
    assert window.findChild(QPushButton, "status_lists").text() == "lists, days old: 4"


def test_one_key_opens_what_waits(desk: Opened, qtbot: QtBot) -> None:
    page = desk("today").page("today")
    told: list[str] = []
    page.opened.connect(lambda waiting: told.append(waiting.subject))
    page.going.disconnect()
    page.going.connect(told.append)
    qtbot.keyClick(focused(), Qt.Key.Key_Return)
    assert told == ["parcel/P-2026-004113", "weigh"]


def test_today_asks_again_when_parcels_change(desk: Opened, workroom: Workroom) -> None:
    window = desk("today")
    page = window.page("today")
    page._acts = replace(page._acts, today=lambda: replace(today(), parcels=42, waiting=()))
    workroom.changed.emit(frozenset({"officers"}))
    assert label(window, "today_parcels_figure") == "41"
    workroom.changed.emit(frozenset({"parcels"}))
    assert label(window, "today_parcels_figure") == "42"
    assert window.findChild(QPushButton, "today_waiting_fill").isVisible()


def test_a_parcel_is_registered_by_keyboard(desk: Opened, office: Office, qtbot: QtBot) -> None:
    window = desk("register")
    assert focused() is line(window, "register_exporter")
    own = keys(qtbot, "41", "", "", "zz", "zz", "", "", "1234,565", "")
    page = window.page("register")
    page.weighing.show_reason("broken")
    qtbot.keyClick(focused(), Qt.Key.Key_Return, CONTROL)
    (intake,) = office.saved
    assert (intake.exporter, intake.origin, intake.provenance) == ("EXP-0041", "ZZ", "ZZ")
    assert (intake.source, intake.heading, intake.first) == (Source.MINED, Heading.UNSORTED, Carats.of("1234.565"))
    assert intake.by_hand == "broken"
    assert "P-2026-004114 registered" in label(window, "status_said")
    assert focused() is line(window, "register_exporter")
    assert focused().text() == ""
    assert own - len("1234,565") <= 16, "keys of one's own for a parcel"


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


def test_what_is_found_stands_beside_its_field_and_in_the_list(desk: Opened, qtbot: QtBot) -> None:
    window = desk("register")
    keys(qtbot, "41")
    assert "ends in 12 days" in label(window, "register_exporter_notice_words")
    assert window.findChild(QWidget, "register_findings_licence_ends_soon") is not None


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


def test_typed_carats_want_a_reason(desk: Opened, office: Office, qtbot: QtBot) -> None:
    window = desk("register")
    keys(qtbot, "41", "", "", "zz", "zz", "", "", "1")
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
    keys(qtbot, "41", "", "Luele", "zz", "xz", "", "", "1")
    window.page("register").weighing.show_reason("cut")
    qtbot.keyClick(focused(), Qt.Key.Key_Return, CONTROL)
    qtbot.keyClick(focused(), Qt.Key.Key_D, CONTROL)
    assert line(window, "register_exporter").text() == "EXP-0041  Practice Gems Lda"
    assert line(window, "register_title").text() == "Luele"
    assert line(window, "register_first").text() == ""
    assert focused() is line(window, "register_first")


def test_a_refused_save_is_said_and_keeps_the_form(desk: Opened, qtbot: QtBot) -> None:
    window = desk("register")
    page = window.page("register")

    def refuses(intake: object) -> None:
        raise NotAnAmount("practice")

    page._acts = replace(page._acts, save=refuses)
    keys(qtbot, "41", "", "", "zz", "zz", "", "", "1")
    page.weighing.show_reason("cut")
    qtbot.keyClick(focused(), Qt.Key.Key_Return, CONTROL)
    assert "“practice” is not an amount." in label(window, "register_top_words")
    assert line(window, "register_first").text() == "1"
    assert window.findChild(QPushButton, "register_save").isEnabled()


def test_a_balance_fills_the_first_empty_field(desk: Opened) -> None:
    window = desk("register")
    weighing = window.page("register").weighing
    weighing.show_balance("JET-1", "zero 08:14")
    weighing.show_reading(Carats.of("12.345"), stable=True)
    assert label(window, "weighing_figure") == "12.345 ct"
    assert window.findChild(QPushButton, "weighing_take").isVisible()
    weighing.taken.emit(Carats.of("12.345"))
    weighing.taken.emit(Carats.of("12.340"))
    assert (line(window, "register_first").text(), line(window, "register_second").text()) == ("12.345", "12.340")
    weighing.show_reading(None, stable=False)
    assert label(window, "weighing_figure") == "–"


VERDICTS = [
    (GENUINE, Tone.OK, "Genuine"),
    (RECEIVED_BEFORE, Tone.STOP, "Already received"),
    (ALTERED, Tone.STOP, "Code altered"),
    (NO_CODE, Tone.UNKNOWN, "No code of ours"),
    (replace(GENUINE, signature=Signature.WRONG, dates=Dates.EXPIRED), Tone.STOP, "Signature wrong"),
    (replace(GENUINE, voided=Voided.VOID), Tone.STOP, "Void number"),
    (replace(GENUINE, voided=Voided.LOST), Tone.STOP, "Missing number"),
    (replace(GENUINE, dates=Dates.EXPIRED), Tone.LIFTABLE, "Expired"),
    (replace(GENUINE, sort=Sort.COPY), Tone.LIFTABLE, "Genuine, but a copy"),
    (replace(GENUINE, issuer=Issuer.UNKNOWN), Tone.UNKNOWN, "Unknown issuer"),
    (replace(GENUINE, lists=ListsAge.NONE), Tone.UNKNOWN, "No lists"),
    (replace(GENUINE, practice=Practice.STRAY), Tone.STOP, "Practice paper"),
    (replace(GENUINE, dates=Dates.NOT_YET), Tone.STOP, "Not acceptable"),
]


@pytest.mark.parametrize(("verdict", "tone", "word"), VERDICTS, ids=[word for *_, word in VERDICTS])
def test_a_verdict_in_sign_word_and_colour(
    desk: Opened, office: Office, tmp_path: Path, verdict: object, tone: Tone, word: str
) -> None:
    office.verdict = verdict
    window = desk("verify")
    window.page("verify")._on_given((tmp_path / "sheet.pdf",))
    assert label(window, "verdict_word") == word
    assert window.findChild(QWidget, "verdict").property("tone") == tone.value
    assert {answer.code for answer in window.findChild(QWidget, "verify_answers").shown} == {
        answer.code for answer in verdict.answers
    }


@pytest.mark.parametrize("verdict", [verdict for verdict, *_ in VERDICTS])
def test_the_word_never_contradicts_the_whole(verdict: object) -> None:
    said = headline(verdict).tone
    allowed = {
        Acceptable.ACCEPTABLE: {Tone.OK},
        Acceptable.NOT_ACCEPTABLE: {Tone.STOP, Tone.LIFTABLE},
        Acceptable.NOT_JUDGED: {Tone.UNKNOWN},
    }
    assert said in allowed[verdict.acceptable]
    assert all(answer.code for answer in answers(verdict))


def test_facts_picture_and_the_last_ten(desk: Opened, office: Office, tmp_path: Path, qtbot: QtBot) -> None:
    window = desk("verify")
    page = window.page("verify")
    for number in range(12):
        page._on_given((tmp_path / f"sheet-{number}.pdf",))
    assert label(window, "subtitle") == "sheet-11.pdf"
    last = window.findChild(QWidget, "verify_last_table")
    assert last.model().rowCount() == 10
    last.selectRow(2)
    assert label(window, "subtitle") == "sheet-9.pdf"
    facts = [each.text() for each in window.findChild(QWidget, "verify_facts").findChildren(QLabel)]
    assert {"1\u00a0234.56\u00a0ct", "US$\u00a0371\u00a0583.98", "Practice Gems Lda"} <= set(facts)
    assert window.findChild(QWidget, "verify_picture").isVisible()
    office.verdict = ALTERED
    page._on_given((tmp_path / "other.pdf",))
    assert not window.findChild(QWidget, "verify_facts_card").isVisible()


def test_a_number_can_be_typed(desk: Opened, qtbot: QtBot) -> None:
    window = desk("verify")
    number = line(window, "verify_number")
    qtbot.keyClicks(number, "ZZ-000123")
    qtbot.keyClick(number, Qt.Key.Key_Return)
    assert label(window, "verdict_word") == "Genuine"
    assert number.text() == ""


def test_a_file_that_cannot_be_opened_is_said(desk: Opened, tmp_path: Path) -> None:
    window = desk("verify")
    page = window.page("verify")

    def fails(path: Path) -> None:
        raise NotAnAmount(path.name)

    page._acts = replace(page._acts, check_file=fails)
    page._on_given((tmp_path / "sheet.pdf",))
    assert "sheet.pdf" in label(window, "verify_trouble_words")


def print_one(window: DeskWindow, qtbot: QtBot) -> QWidget:
    """Type the blank, Ctrl+Enter; the question."""
    blank = line(window, "issue_blank")
    blank.setFocus()
    qtbot.keyClicks(blank, "zz000124")
    qtbot.keyClick(blank, Qt.Key.Key_Return, CONTROL)
    question = window.findChild(QWidget, "sheet_question")
    assert question.isVisible()
    return question


def test_only_what_is_ready_can_be_printed(desk: Opened, qtbot: QtBot) -> None:
    window = desk("issue")
    button = window.findChild(QPushButton, "issue_print")
    assert not button.isEnabled()
    qtbot.keyClicks(line(window, "issue_blank"), "zz000124")
    assert line(window, "issue_blank").text() == "ZZ000124"
    assert label(window, "issue_blank_below") == "✓ next in order"
    assert button.isEnabled()
    window.findChild(QWidget, "issue_ready_table").selectRow(1)
    assert not button.isEnabled()
    assert window.findChild(QWidget, "issue_conditions_seal_missing") is not None


def test_two_officers_sign_before_the_print(desk: Opened, office: Office, qtbot: QtBot) -> None:
    office.shipments = (replace(office.shipments[0], stage=Stage.PREPARE, approved=None),)
    window = desk("issue")
    go_on = window.findChild(QPushButton, "issue_print")
    assert go_on.accessibleName() == "Prepare and sign"
    assert not line(window, "issue_blank").isEnabled()
    qtbot.keyClick(focused(), Qt.Key.Key_Return, CONTROL)
    assert office.signed == [("S-2026-000087", "first")]
    assert go_on.accessibleName() == "Second signature"
    qtbot.keyClick(focused(), Qt.Key.Key_Return, CONTROL)
    dialog = window.findChild(QWidget, "second")
    for name, words in (("second_officer", "Officer Two"), ("second_password", PASSWORD)):
        qtbot.keyClicks(line(dialog, name), words)
    qtbot.mouseClick(dialog.findChild(QPushButton, "second_sign"), Qt.MouseButton.LeftButton)
    assert office.signed[1:] == [("S-2026-000087", "Officer Two")]
    assert go_on.accessibleName() == "Print"
    assert line(window, "issue_blank").isEnabled()
    assert "signed twice" in label(window, "status_said")


def test_another_blank_is_noticed(desk: Opened, qtbot: QtBot) -> None:
    window = desk("issue")
    qtbot.keyClicks(line(window, "issue_blank"), "ZZ000999")
    assert "Next in order is ZZ-000124" in label(window, "issue_blank_notice_words")


def test_a_printer_that_is_not_aligned_does_not_print(desk: Opened, qtbot: QtBot) -> None:
    window = desk("issue")
    qtbot.keyClicks(line(window, "issue_blank"), "zz000124")
    window.findChild(QWidget, "issue_printer").setCurrentIndex(1)
    assert not window.findChild(QPushButton, "issue_print").isEnabled()
    assert "test sheet" in label(window, "issue_printer_notice_words")


def test_the_question_covers_the_window_until_it_is_answered(desk: Opened, qtbot: QtBot) -> None:
    window = desk("issue")
    question = print_one(window, qtbot)
    assert label(window, "sheet_title") == "What is on sheet \u2066ZZ000124\u2069?"
    assert question.geometry() == window.rect()
    window.resize(1400, 900)
    assert question.geometry() == window.rect()
    for key in (Qt.Key.Key_F2, Qt.Key.Key_Escape, Qt.Key.Key_F12):
        qtbot.keyClick(focused(), key)
    assert label(window, "title") == "Issue"
    assert question.isVisible()
    for _ in range(9):
        qtbot.keyClick(focused(), Qt.Key.Key_Tab)
        assert question.isAncestorOf(focused())
    assert faults(question) == []
    with qtbot.waitSignal(window.locked):
        qtbot.keyClick(focused(), Qt.Key.Key_L, CONTROL)


def test_a_good_sheet_is_proved_by_its_number(desk: Opened, office: Office, qtbot: QtBot) -> None:
    window = desk("issue")
    question = print_one(window, qtbot)
    qtbot.keyClick(focused(), Qt.Key.Key_1)
    assert focused() is line(window, "sheet_number")
    qtbot.keyClicks(focused(), "9999")
    qtbot.keyClick(focused(), Qt.Key.Key_Return)
    assert "9999" in label(window, "sheet_number_notice_words")
    assert question.isVisible()
    qtbot.keyClicks(focused(), "0124")
    qtbot.keyClick(focused(), Qt.Key.Key_Return)
    assert office.answers == [("ZZ000124", Sheet.GOOD, "0124")]
    assert not question.isVisible()
    assert "ZZ000124 issued" in label(window, "status_said")
    qtbot.keyClick(focused(), Qt.Key.Key_F2)
    assert label(window, "title") == "Register parcel"


@pytest.mark.parametrize(
    ("pressed", "answer"),
    [
        ([Qt.Key.Key_2, Qt.Key.Key_3], (Sheet.SPOILED, "torn")),
        ([Qt.Key.Key_3], (Sheet.NOTHING, "")),
        ([Qt.Key.Key_4, Qt.Key.Key_Escape, Qt.Key.Key_4], (Sheet.MISSING, "")),
    ],
)
def test_other_answers(
    desk: Opened, office: Office, qtbot: QtBot, pressed: list[Qt.Key], answer: tuple[Sheet, str]
) -> None:
    window = desk("issue")
    question = print_one(window, qtbot)
    for key in pressed:
        qtbot.keyClick(focused(), key)
    if answer[0] is not Sheet.NOTHING:
        assert office.answers == []
        verb = question.findChild(QPushButton, f"sheet_do_{answer[0]}")
        qtbot.mouseClick(verb, Qt.MouseButton.LeftButton)
    assert office.answers == [("ZZ000124", *answer)]
    assert not question.isVisible()


def test_a_sheet_nobody_looked_at_is_asked_for_first(desk: Opened, office: Office) -> None:
    office.spooled = Spooled("S-2026-000086", "ZZ000123")
    window = desk("issue")
    assert window.findChild(QWidget, "sheet_question").isVisible()
    assert "ZZ000123" in label(window, "sheet_title")
