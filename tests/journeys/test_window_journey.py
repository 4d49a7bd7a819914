"""The window over a real practice office: a parcel, a certificate, its sheet, and what a border sees of it."""

import gc
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QComboBox, QLabel
from pytestqt.qtbot import QtBot

from kpdesk.desks import issuing, sheets
from kpdesk.desks.desk import Desk
from kpdesk.domain.issuance import State
from kpdesk.domain.measures import Carats
from kpdesk.domain.parcel import Parcel, ParcelState
from kpdesk.domain.stock import StockKind, StockState
from kpdesk.practice import APPROVER, CLERK, CLERK_2, INSPECTOR, PREPARER, SUPERVISOR
from kpdesk.store import lists as rows
from tests.journeys.at_the_window import (
    CONTROL,
    FOUR,
    ONE,
    PASSWORD,
    THREE,
    TWO,
    VOID,
    Clock,
    Hands,
    focused,
    make_office,
)
from ui.look import Look
from ui.work import Threads

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)


@pytest.fixture(scope="module", autouse=True)
def widgets_die_in_the_windows_thread() -> Iterator[None]:
    """As `Threads` sees to in the program: here the keyring's thread would collect what earlier tests left."""
    gc.collect()
    gc.disable()
    yield
    gc.enable()


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Made once, copied for each test."""
    return make_office(tmp_path_factory.mktemp("practice"))


@pytest.fixture
def hands(made: Path, tmp_path: Path, qtbot: QtBot, qapp: QApplication) -> Iterator[Callable[..., Hands]]:
    """Opens the program on an office of its own; a second time as after a restart."""
    Look().wear(qapp)
    folder, clock = tmp_path / "office", Clock()
    shutil.copytree(made, folder)
    opened: list[Hands] = []

    def open_program(*, threads: bool = False) -> Hands:
        if opened:
            opened.pop().close()
        opened.append(Hands(folder, qtbot, clock, Threads() if threads else None))
        return opened[-1]

    yield open_program
    for each in opened:
        each.close()
        assert each.mistakes == []


def sign_twice(desk: Hands) -> None:
    """The issuing officer first, another beside."""
    desk.press(Qt.Key.Key_F5)
    desk.press(Qt.Key.Key_Return, CONTROL)
    second(desk, APPROVER)


def second(desk: Hands, officer: str, password: str = PASSWORD) -> None:
    if desk.widget("second") is None:
        desk.press(Qt.Key.Key_Return, CONTROL)
    desk.fill("second_officer", officer)
    desk.fill("second_password", password)
    desk.click("second_sign")


def put_in(desk: Hands, blank: str) -> None:
    """The blank's number, then print."""
    desk.fill("issue_blank", blank)
    desk.press(Qt.Key.Key_Return, CONTROL)


def states(desk: Desk) -> dict[str, StockState]:
    with desk.look() as session:
        kept = (rows.stock(session, StockKind.BLANK, state, limit=100) for state in StockState)
        return {blank.number: blank.state for some in kept for blank in some}


def test_nobody_comes_in_with_a_wrong_password(hands: Callable[..., Hands]) -> None:
    desk = hands(threads=True)
    desk.sign_in(CLERK, "practice-passphrase-of-nobody")
    said = desk.program.unlock.findChild(QLabel, "unlock_password_notice_words")
    desk.wait(lambda: said.text() != "")
    assert desk.program.window is None
    desk.sign_in(CLERK)
    desk.wait(lambda: desk.program.window is not None and desk.program.window.isVisible())
    assert desk.read("side_officer") == CLERK
    assert said.text() == ""


def test_a_parcel_is_taken_in(hands: Callable[..., Hands]) -> None:
    desk = hands()
    desk.sign_in(CLERK)
    assert desk.read("today_parcels_figure") == "3"
    desk.press(Qt.Key.Key_F2)
    own = 1 + desk.type("41", "", "t", "zz", "", "", "")
    desk.qtbot.keyClicks(focused(), "1234,565")
    desk.lock()
    desk.sign_in(CLERK_2)
    desk.press(Qt.Key.Key_F2)
    assert desk.widget("register_first").text() == "", "another's draft is another's"
    desk.lock()
    desk.sign_in(CLERK)
    desk.press(Qt.Key.Key_F2)
    assert desk.widget("register_first").text() == "1234,565", "nothing typed is lost"
    assert desk.widget("register_exporter").text().startswith("EXP-0041")
    assert desk.read("weighing_figure") == "1\u00a0234.565\u00a0ct"
    desk.fill("register_again", "1234,565")
    reason = desk.widget("weighing_reason")
    assert isinstance(reason, QComboBox)
    reason.setFocus()
    desk.press(Qt.Key.Key_1)
    desk.press(Qt.Key.Key_Return, CONTROL)
    assert desk.read("register_top_words") == ""
    assert "registered" in desk.read("status_said")
    assert own + 2 <= 16, "keys of one's own: all but the carats"
    number = desk.read("status_said").split()[1]
    desk.click("side_today")
    assert desk.read("today_parcels_figure") == "4"
    with desk.books(CLERK) as books, books.view() as unit:
        parcel = unit.get(Parcel, number)
        (weighing,) = unit.weighings(number)
        assert (parcel.exporter, parcel.title, parcel.state) == ("EXP-0041", "T-100", ParcelState.RECEIVED)
        assert (parcel.origins, parcel.provenance) == (("ZZ",), "ZZ")
        assert (weighing.carats, weighing.by_hand) == (Carats.of("1234.565"), "no_balance")


def test_two_sign_one_prints_and_a_border_reads_it(hands: Callable[..., Hands], tmp_path: Path) -> None:
    desk = hands()
    desk.sign_in(PREPARER)
    desk.press(Qt.Key.Key_F5)
    assert desk.widget("issue_print").accessibleName() == "Prepare and sign"
    desk.press(Qt.Key.Key_Return, CONTROL)
    second(desk, PREPARER)
    assert desk.widget("second").isVisible(), "not the same person twice"
    assert desk.read("second_password_notice_words") != ""
    second(desk, APPROVER, "practice-passphrase-of-nobody")
    assert desk.read("second_password_notice_words") != ""
    second(desk, APPROVER)
    assert desk.widget("issue_print").accessibleName() == "Print"
    put_in(desk, ONE.lower())
    covered, whole = desk.widget("sheet_question").geometry(), desk.program.window.rect()
    assert (covered.width(), covered.bottom()) == (whole.width(), whole.bottom()), "all but the practice band"
    desk.press(Qt.Key.Key_1)
    desk.type("0000")
    assert desk.widget("sheet_question").isVisible(), "that is another sheet"
    desk.type(ONE[-4:])
    assert desk.widget("sheet_question").isHidden()
    assert f"{ONE} issued" in desk.read("status_said")
    sheet = desk.folder / "sheets" / f"{ONE}.png"
    with desk.books(PREPARER) as books:
        certificate = next(each for each in issuing.certificates(books) if each.state is State.ISSUED)
        assert (certificate.number.text, certificate.state) == (ONE, State.ISSUED)
        assert (certificate.prepared_by, certificate.approved_by) != ("", "")
        assert sheets.pdf_of(books, ONE).startswith(b"%PDF")
        assert states(books)[ONE] is StockState.USED
    desk.lock()
    desk.sign_in(INSPECTOR)
    look_at(desk, sheet, "Code genuine")
    for content, words in ((b"", "empty"), (b"a letter, no certificate\n", "neither a PNG nor a JPEG")):
        strange = tmp_path / "strange.png"
        strange.write_bytes(content)
        desk.widget("verify_drop").given.emit((strange,))
        assert words in desk.read("verify_trouble_words")
    look_at(desk, sheet, "Code genuine")
    assert desk.widget("verify_trouble").isHidden()
    look_at(desk, sheet.with_stem(VOID), "Void number")


def look_at(desk: Hands, sheet: Path, word: str) -> None:
    desk.press(Qt.Key.Key_F9)
    desk.widget("verify_drop").given.emit((sheet,))
    assert desk.read("verdict_word") == word


def test_every_answer_about_a_sheet(hands: Callable[..., Hands]) -> None:
    """Clean, then spoiled; missing; the third sheet beside a supervisor; and no blank is ever lost."""
    desk = hands()
    desk.sign_in(PREPARER)
    sign_twice(desk)
    put_in(desk, ONE)
    desk.press(Qt.Key.Key_3)
    assert f"{ONE} back in the tray" in desk.read("status_said")
    desk.fill("issue_blank", TWO)
    assert not desk.widget("issue_print").isEnabled(), "the number stays bound to its blank"
    put_in(desk, ONE)
    desk.press(Qt.Key.Key_2)
    desk.press(Qt.Key.Key_3)
    desk.click("sheet_do_spoiled")
    assert f"{ONE} spoiled" in desk.read("status_said")
    put_in(desk, TWO)
    desk.press(Qt.Key.Key_4)
    desk.click("sheet_do_missing")
    assert f"{TWO} reported missing" in desk.read("status_said")
    put_in(desk, THREE)
    assert "Two sheets" in desk.read("issue_trouble_words")
    second(desk, SUPERVISOR)
    desk.press(Qt.Key.Key_1)
    desk.type(THREE)
    assert f"{THREE} issued" in desk.read("status_said")
    with desk.books(SUPERVISOR) as books:
        assert states(books) == {
            VOID: StockState.USED,
            ONE: StockState.SPOILED,
            TWO: StockState.MISSING,
            THREE: StockState.USED,
            FOUR: StockState.WITH_OFFICER,
        }
        assert {void.number.text for void in _void(books)} == {VOID, ONE, TWO}


def _void(desk: Desk) -> object:
    with desk.look() as session:
        return rows.void_numbers(session)


def test_the_question_is_the_first_thing_after_the_power_came_back(hands: Callable[..., Hands]) -> None:
    desk = hands()
    desk.sign_in(PREPARER)
    sign_twice(desk)
    put_in(desk, ONE)
    desk = hands()
    desk.sign_in(CLERK)
    assert desk.read("title") == "Today", "only who issues is asked"
    desk.lock()
    desk.sign_in(PREPARER)
    assert desk.read("title") == "Issue"
    assert desk.widget("sheet_question").isVisible()
    assert desk.widget("sheet_reason").count() > 1
    desk.press(Qt.Key.Key_1)
    desk.type(ONE)
    assert desk.widget("sheet_question").isHidden()
    with desk.books(PREPARER) as books:
        assert {each.state for each in issuing.certificates(books)} == {State.VOID, State.ISSUED}


def test_today_tells_the_day(hands: Callable[..., Hands]) -> None:
    desk = hands(threads=True)
    desk.sign_in(PREPARER)
    desk.wait(lambda: desk.program.window is not None and desk.read("today_blanks_words") == "in stock: 4")
    waiting = desk.widget("today_waiting_table")
    assert waiting.model().rowCount() == 3
    waiting.selectRow(2)
    waiting.setFocus()
    desk.press(Qt.Key.Key_Return)
    desk.wait(lambda: desk.widget("issue_print") is not None and desk.widget("issue_print").isEnabled())
    assert desk.widget("issue_ready").current().carats == Carats.of("88.10")
    desk.press(Qt.Key.Key_Return, CONTROL)
    desk.wait(lambda: desk.widget("issue_print").accessibleName() == "Second signature")
    desk.click("side_today")
    desk.wait(lambda: desk.read("today_certificates_figure") == "1")
