"""From an empty folder to an office that two supervisors can open, by keyboard; left half-way and taken up again."""

import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QLabel
from pytestqt.qtbot import QtBot

from kpdesk.desks import founding, offices
from kpdesk.desks.offices import NewOfficer
from kpdesk.desks.opening import COLUMNS
from kpdesk.domain.parties import Role
from kpdesk.signing import slots
from kpdesk.signing.slots import SMALL
from tests.ui.accessible import backwards, faults
from tests.ui.hands import focused, keys, label, line
from ui.first.acts import first_acts
from ui.first.first_run import FirstRun
from ui.work import Workroom

PASSWORDS = ("the first long passphrase", "the second long passphrase")
NAMES = ("Practice Supervisor One", "Practice Supervisor Two")


def clock() -> datetime:
    return datetime(2026, 11, 22, 8, tzinfo=UTC)


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("authority")
    people = [NewOfficer(name, PASSWORDS[0], frozenset({Role.AUTHORITY})) for name in ("One", "Two")]
    offices.new_authority(folder, participant="AO", name="Practice Authority", officers=people, clock=clock, cost=SMALL)
    return folder / "store" / "authority.json"


@pytest.fixture
def begin(tmp_path: Path, qtbot: QtBot, workroom: Workroom, monkeypatch: pytest.MonkeyPatch) -> Callable[[], FirstRun]:
    """Opens the first run on an empty folder; again as after a restart."""
    monkeypatch.setattr(offices.new_office, "__kwdefaults__", {"cost": slots.SMALL})

    def opened() -> FirstRun:
        made = FirstRun(first_acts(tmp_path / "office", clock), workroom, tmp_path / "office" / "first-run.json")
        qtbot.addWidget(made)
        made.show()
        qtbot.waitExposed(made)
        made.activateWindow()
        qtbot.waitUntil(made.isActiveWindow)
        return made

    return opened


def to_supervisors(first: FirstRun, qtbot: QtBot, authority: Path) -> None:
    first.go_on()
    keys(qtbot, "ango")
    first.go_on()
    keys(qtbot, "LUA", "Practice Office", "Practice Ministry", "Luanda")
    first.go_on()
    first.authority.given.emit(authority)
    first.findChild(QCheckBox, "first_compared").setChecked(True)
    first.go_on()


def test_an_office_is_founded(begin: Callable[[], FirstRun], authority: Path, tmp_path: Path, qtbot: QtBot) -> None:
    first = begin()
    to_supervisors(first, qtbot, authority)
    for name, password in zip(NAMES, PASSWORDS, strict=True):
        keys(qtbot, name, password, password)
    assert first.step is first.ending
    code = label(first, "first_recovery")
    assert len(code.split()) > 8
    assert first.ending.check() is False, "the paper first"
    first.ending.save_paper(tmp_path / "recovery.pdf")
    assert (tmp_path / "recovery.pdf").read_bytes().startswith(b"%PDF")
    books = tmp_path / "books.csv"
    books.write_text(",".join(COLUMNS) + "\nseal,TS1" + "," * 9)
    first.ending.give_books(books)
    assert "Taken over: 1" in label(first, "first_ending_said_words")
    first.findChild(QCheckBox, "first_locked").setChecked(True)
    with qtbot.waitSignal(first.founded) as founded:
        first.go_on()
    assert founded.args == [False]
    assert label(first, "first_recovery") == ""
    door = offices.door(tmp_path / "office")
    assert (door.office.code, door.office.zone, door.office.practice) == ("AO-LUA", "Africa/Luanda", False)
    desk = offices.open_desk(tmp_path / "office", officer=NAMES[1], password=PASSWORDS[1], clock=clock)
    assert desk.officer.roles == {Role.SUPERVISOR}
    assert [words.english for words in desk.form.offices] == ["Angola", "Practice Ministry"]
    desk.store.close()
    assert not (tmp_path / "office" / "first-run.json").exists()


def test_it_is_taken_up_where_it_was_left(begin: Callable[[], FirstRun], authority: Path, qtbot: QtBot) -> None:
    first = begin()
    to_supervisors(first, qtbot, authority)
    keys(qtbot, NAMES[0], PASSWORDS[0])
    first.close()
    kept = json.loads(first._kept.read_text("utf-8"))
    assert PASSWORDS[0] not in json.dumps(kept)
    again = begin()
    assert again.step is again.authority, "the Authority's file is looked at again"
    again.go_back()
    assert line(again, "first_office").text() == "Practice Office"
    again.go_back()
    assert again.country.country.value == "AO"


@pytest.mark.parametrize("kept", ["", "[]", '{"step": "99"}', '{"step": "-1", "first_zone": 5}', "\0"])
def test_a_kept_file_that_is_not_ours_is_as_none(begin: Callable[[], FirstRun], tmp_path: Path, kept: str) -> None:
    (tmp_path / "office").mkdir()
    (tmp_path / "office" / "first-run.json").write_text(kept)
    assert begin().step.name in ("begin", "authority")


def test_what_is_wrong_is_said_where_it_is_wrong(
    begin: Callable[[], FirstRun], authority: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    first = begin()
    first.go_on()
    first.go_on()
    assert "Fill this in" in label(first, "first_country_notice_words")
    keys(qtbot, "botswana")
    first.go_on()
    keys(qtbot, "GAB", "Practice Office", "Practice Ministry", "Gaborone")
    first.go_on()
    first.go_on()
    assert "Choose the authority file" in label(first, "first_authority_trouble_words")
    first.authority.given.emit(authority)
    assert "AO" in label(first, "first_authority_trouble_words"), "another country's"
    strange = tmp_path / "strange.json"
    strange.write_bytes(b"{}")
    first.authority.given.emit(strange)
    assert label(first, "first_authority_trouble_words") != ""
    assert first.step is first.authority
    first._turn(4)
    keys(qtbot, NAMES[0], "short", "short")
    assert "at least 15" in label(first, "one_password_notice_words")
    assert focused() is line(first, "one_password")
    keys(qtbot, PASSWORDS[0], "another long passphrase")
    assert "not the same" in label(first, "one_again_notice_words")
    qtbot.keyClicks(focused(), PASSWORDS[0])
    line(first, "one_again").setText(PASSWORDS[0])
    qtbot.keyClick(focused(), Qt.Key.Key_Return)
    keys(qtbot, NAMES[0].upper(), PASSWORDS[1], PASSWORDS[1])
    assert "two people" in label(first, "two_name_notice_words")


def test_every_step_is_named_and_in_order(begin: Callable[[], FirstRun]) -> None:
    first = begin()
    for place in range(7):
        first._turn(place)
        assert faults(first) == []
        assert backwards(first) == []
        assert first.findChild(QLabel, f"first_mark_{first.step.name}").isEnabled()


def test_the_countries_are_the_participants_of_the_day() -> None:
    codes = {code for code, _ in founding.countries(clock().date())}
    assert {"AO", "BW", "EU"} <= codes
    assert not {"ZZ", "XZ", "KE"} & codes
