"""The exporter's own window, and the office's pages for what comes from it: by keyboard, over real stores."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QTableView
from pytestqt.qtbot import QtBot

from kpdesk.desks import following, seat, seats
from kpdesk.desks.desk import Desk
from kpdesk.practice import COUNTER, SUPERVISOR, SUPERVISOR_2
from tests.desks.practice_books import PARCEL, PASSWORD, SHIPMENT, Books, Clock
from tests.desks.practice_seat import PERSON, seat_of
from tests.ui.accessible import backwards, faults
from tests.ui.hands import CONTROL, focused, keys, label, line
from ui.second import SecondSignature
from ui.window import DeskWindow

At = Callable[[str], Books]
Sit = Callable[..., DeskWindow]


@dataclass
class AtSeat:
    """Who sits at the seat, as `sit` asks for it."""

    desk: Desk
    clock: Clock

    def __getitem__(self, name: str) -> Desk:
        return self.desk


@pytest.fixture
def at_seat(at: At, sit: Sit, tmp_path: Path) -> Iterator[Callable[..., DeskWindow]]:
    """The window of an exporter's seat; its desk is on it as `desk_here`, its office as `books`."""
    with ExitStack() as closing:

        def opened(section: str = "application", *, enrolled: bool = True) -> DeskWindow:
            books = at("bagged")
            desk = seat_of(books, tmp_path / "seat", enrolled=enrolled)
            closing.callback(desk.store.close)
            window = sit(AtSeat(desk, books.clock), PERSON, section)
            window.books, window.desk_here = books, desk  # type: ignore[attr-defined]
            return window

        yield opened


def write(qtbot: QtBot, window: DeskWindow) -> Path:
    """An application of one parcel, by keyboard; its file."""
    keys(qtbot, "imp-0001", "", "", "SoW-000123")
    qtbot.keyClick(focused(), Qt.Key.Key_Down)
    keys(qtbot, "", "Practice Signer", "")
    assert focused() is line(window, "announced_label")
    keys(qtbot, "A-1", "", "", "1234.50", "98000")
    qtbot.keyClick(focused(), Qt.Key.Key_Return, CONTROL)
    desk: Desk = window.desk_here  # type: ignore[attr-defined]
    return max(desk.folder.out.glob("*.kpa"))


def test_a_seat_has_its_own_two_pages_and_nothing_else(at_seat: Callable[..., DeskWindow]) -> None:
    window = at_seat()
    assert window.sections in (("application", "status"), ("application", "status", "settings"))
    assert label(window, "side_role_seat") == "Exporter's seat"
    for section in window.sections:
        window.go(section)
        assert faults(window) == []
        assert backwards(window) == []


def test_an_application_is_typed_and_signed_into_a_file(at_seat: Callable[..., DeskWindow], qtbot: QtBot) -> None:
    window = at_seat()
    file = write(qtbot, window)
    assert file.name == "SEAT-0001-A-2026-000001.kpa"
    assert str(file) in label(window, "status_said")
    assert window.page("application").goods.announced == ()
    window.go("status")
    assert label(window, "status_title").startswith("A-2026-000001")
    assert "firm brings the goods" in label(window, "status_next")
    file.unlink()
    window.findChild(QPushButton, "status_again").click()
    assert file.is_file()
    qtbot.keyClick(focused(), Qt.Key.Key_P, CONTROL)
    desk: Desk = window.desk_here  # type: ignore[attr-defined]
    assert (desk.folder.out / "A-2026-000001-application.pdf").read_bytes().startswith(b"%PDF")
    window.findChild(QPushButton, "status_draft").click()
    assert (desk.folder.out / "A-2026-000001-draft.pdf").is_file()


def test_what_is_typed_at_the_seat_is_checked_and_kept(at_seat: Callable[..., DeskWindow], qtbot: QtBot) -> None:
    window = at_seat()
    page = window.page("application")
    keys(qtbot, "imp-0003", "be")
    assert {"importer_elsewhere", "declaration_missing"} <= {answer.code for answer in page._findings.shown}
    page.goods.take_cursor()
    keys(qtbot, "A-1", "", "", "10", "800")
    keys(qtbot, "A-1", "", "", "5", "400")
    assert "name of its own" in label(window, "announced_label_notice_words")
    window.leave()
    kept = page.texts()
    page.clear()
    assert page.goods.announced == ()
    page.show_draft(kept)
    assert [str(each.carats) for each in page.goods.announced] == ["10.00"]
    window.findChild(QTableView, "announced_goods_table").setFocus()
    qtbot.keyClick(focused(), Qt.Key.Key_Delete)
    assert page.goods.announced == ()


def test_a_seat_that_nobody_enrolled_says_what_to_do(at_seat: Callable[..., DeskWindow], qtbot: QtBot) -> None:
    window = at_seat(enrolled=False)
    desk: Desk = window.desk_here  # type: ignore[attr-defined]
    assert seat.own_fingerprint(desk) in label(window, "application_foretold_words")
    bad = desk.folder.path / "bad.kps"
    bad.write_bytes(b"no answer")
    window.go("status")
    window.page("status").take(bad)
    assert "no signed answer file" in label(window, "status_trouble_words")


def test_the_office_takes_files_in_meets_them_and_answers(
    at_seat: Callable[..., DeskWindow], sit: Sit, qtbot: QtBot, tmp_path: Path
) -> None:
    own = at_seat()
    file = write(qtbot, own)
    books: Books = own.books  # type: ignore[attr-defined]
    wrong = tmp_path / "altered.kpa"
    wrong.write_bytes(file.read_bytes().replace(b"1234.50", b"9234.50"))
    window = sit(books, COUNTER, "by_file")
    page = window.page("by_file")
    assert faults(window) == []
    page.take([wrong, file, file])
    assert label(window, "by_file_trouble_words").startswith("altered.kpa: The file was altered")
    assert "SEAT-0001-A-2026-000001 is taken in" in label(window, "status_said")
    assert label(window, "by_file_title").endswith("Practice Exports ZZ SARL")
    assert faults(window) == []
    assert backwards(window) == []
    window.findChild(QTableView, "by_file_list_table").setFocus()
    qtbot.keyClick(focused(), Qt.Key.Key_Return)
    assert label(window, "title") == "Application"
    assert "A-1: 7102.10 1234.50 ct" in label(window, "application_foretold_words")
    assert line(window, "application_exporter").text().endswith("Practice Exports ZZ SARL")
    assert focused() is window.findChild(QTableView, "application_goods_table")
    qtbot.keyClick(focused(), Qt.Key.Key_Space)
    assert "announced_differs" in {answer.code for answer in window.page("application")._findings.shown}
    qtbot.keyClick(focused(), Qt.Key.Key_Return, CONTROL)
    found = following.standing(books[COUNTER], SHIPMENT)
    assert (found.parcels, found.announced) == ((PARCEL,), "SEAT-0001-A-2026-000001")
    window.go("by_file")
    window.findChild(QPushButton, "by_file_answer").click()
    answer = max(books[COUNTER].folder.out.glob("*.kps"))
    own.activateWindow()
    own.go("status")
    own.page("status").take(answer)
    assert "verifies the contents" in label(own, "status_next")
    assert SHIPMENT in label(own, "status_answer")


def test_an_application_by_file_is_refused_with_a_reason(
    at_seat: Callable[..., DeskWindow], sit: Sit, qtbot: QtBot
) -> None:
    own = at_seat()
    file = write(qtbot, own)
    books: Books = own.books  # type: ignore[attr-defined]
    window = sit(books, COUNTER, "by_file")
    window.page("by_file").take([file])
    window.findChild(QPushButton, "by_file_refuse").click()
    (slip,) = seats.by_file(books[COUNTER])
    assert (slip.announced.state, slip.announced.reason) == ("refused", "The goods were not brought")
    assert not window.findChild(QPushButton, "by_file_refuse").isVisible()


def test_two_supervisors_enrol_and_revoke_a_seat(at_seat: Callable[..., DeskWindow], sit: Sit, qtbot: QtBot) -> None:
    own = at_seat(enrolled=False)
    books: Books = own.books  # type: ignore[attr-defined]
    desk: Desk = own.desk_here  # type: ignore[attr-defined]
    (enrolment,) = desk.folder.out.glob("*.kpe")
    window = sit(books, SUPERVISOR, "seats")
    assert faults(window) == []
    assert backwards(window) == []
    assert seats.code_key_fingerprint(books[SUPERVISOR]) in label(window, "seats_own")
    page = window.page("seats")
    page.look_at(enrolment)
    assert seat.own_fingerprint(desk) in label(window, "seats_fingerprint")
    line(window, "seats_exporter").setText("41")
    page.enrol()
    sign(qtbot, window)
    ((one, firm),) = seats.seats(books[SUPERVISOR])
    assert (one.id, one.exporter, firm) == ("SEAT-0001", "EXP-0041", "Practice Exports ZZ SARL")
    window.findChild(QPushButton, "seats_answer").click()
    seat.take_answer(desk, max(books[SUPERVISOR].folder.out.glob("*.kps")).read_bytes())
    line(window, "seats_why").setText("the machine was stolen")
    page.revoke()
    sign(qtbot, window)
    ((one, _),) = seats.seats(books[SUPERVISOR])
    assert (one.live, one.why) == (False, "the machine was stolen")


def sign(qtbot: QtBot, window: DeskWindow) -> None:
    """Another supervisor beside."""
    dialog = window.findChildren(SecondSignature)[-1]
    line(dialog, "second_officer").setText(SUPERVISOR_2)
    line(dialog, "second_password").setText(PASSWORD)
    dialog.findChild(QPushButton, "second_sign").click()
