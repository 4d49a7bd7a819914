"""A practice office for the window, and somebody's hands at it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from kpdesk import practice
from kpdesk.desks import authority, batches, ending, issuing, offices, supervisor
from kpdesk.desks.desk import Desk
from kpdesk.desks.offices import NewOfficer
from kpdesk.desks.reading import Reader
from kpdesk.domain.goods import Heading
from kpdesk.domain.issuance import State
from kpdesk.domain.parties import Role
from kpdesk.practice import PREPARER, SUPERVISOR, SUPERVISOR_2, Goods, Staffed
from kpdesk.signing.slots import SMALL
from ui.program import Program
from ui.work import Threads, Workroom, at_once

PASSWORD = "practice-passphrase-of-all"
MORNING = datetime(2026, 11, 22, 8, 0, tzinfo=UTC)
CONTROL = Qt.KeyboardModifier.ControlModifier
VOID, ONE, TWO, THREE, FOUR = (f"ZZ202600{serial}" for serial in range(1377, 1382))
"""The blanks, in order."""


@dataclass
class Clock:
    """Steps a second every time it is looked at."""

    at: datetime = MORNING

    def __call__(self) -> datetime:
        self.at += timedelta(seconds=1)
        return self.at


def make_office(folder: Path) -> Path:
    """An office with stock, firms and lists, one certificate void, two shipments sealed."""
    clock = Clock(MORNING - timedelta(hours=1))
    national, trusted = _authority(folder / "authority", clock)
    office = practice.staff(
        folder / "office",
        participant="ZZ",
        place="Practice Town",
        form="zz",
        authority_file=trusted,
        password=PASSWORD,
        clock=clock,
    )
    practice.stock_up(office, blanks=5)
    practice.register_firms(office, partner="XZ")
    certificate, revocations = authority.certify(national, batches.request(office[SUPERVISOR]))
    batches.accept_certificate(office[SUPERVISOR], certificate=certificate, revocations=revocations)
    called_off, *_ = (_sealed(office, carats) for carats in ("12.34", "1234.56", "88.10"))
    with Reader() as reader:
        practice.issue(office, reader, issuing.prepare(office[PREPARER], called_off))
    ending.end(office[PREPARER], office[SUPERVISOR], VOID, state=State.VOID, why="called off", in_hand=VOID)
    authority.accept_batch(national, batches.export_batch(office[SUPERVISOR]).path)
    supervisor.accept_lists(office[SUPERVISOR], office[SUPERVISOR_2], authority.make_lists(national))
    office.close()
    national.store.close()
    return folder / "office"


def _sealed(office: Staffed, carats: str) -> str:
    goods = Goods(Heading.UNSORTED, Decimal(carats), Decimal("80.00"), ("ZZ",))
    return practice.apply_and_seal(office, [goods], importer="IMP-0001", destination="XZ")


def _authority(folder: Path, clock: Clock) -> tuple[Desk, object]:
    people = [NewOfficer(name, PASSWORD, frozenset({Role.AUTHORITY})) for name in ("Authority One", "Authority Two")]
    trusted, _ = offices.new_authority(
        folder, participant="ZZ", name="Practice Authority", officers=people, clock=clock, practice=True, cost=SMALL
    )
    return offices.open_desk(folder, officer="Authority One", password=PASSWORD, clock=clock), trusted


def focused() -> QWidget:
    widget = QApplication.focusWidget()
    assert widget is not None
    return widget


@dataclass
class Hands:
    """Somebody at the program's window."""

    folder: Path
    qtbot: QtBot
    clock: Clock
    threads: Threads | None = None
    program: Program = field(init=False)
    mistakes: list[object] = field(default_factory=list)
    closed: bool = False

    def __post_init__(self) -> None:
        self.room = Workroom(self.threads.start if self.threads else at_once)
        self.room.failed.connect(self.mistakes.append)
        self.room.bug_found.connect(self.mistakes.append)
        self.program = Program(self.folder, self.room, self.clock)
        self.program.start()
        self.wait(lambda: bool(self.program.unlock.findChild(QLabel, "unlock_office").text()))

    def close(self) -> None:
        """As often as one likes."""
        if self.closed:
            return
        self.closed = True
        if self.program.window is not None:
            self.program.window.close()
            self.program.window.deleteLater()
        self.program.unlock.close()
        self.program.unlock.deleteLater()
        if self.threads:
            self.threads.finish()
        self.program.close()

    def wait(self, happened: Callable[[], bool]) -> None:
        self.qtbot.waitUntil(happened, timeout=20_000)

    def sign_in(self, officer: str, password: str = PASSWORD) -> None:
        unlock = self.program.unlock
        for name, words in (("unlock_officer", officer), ("unlock_password", password)):
            editor = unlock.findChild(QLineEdit, name)
            editor.clear()
            self.qtbot.keyClicks(editor, words)
        self.qtbot.keyClick(unlock.findChild(QLineEdit, "unlock_password"), Qt.Key.Key_Return)
        self.wait(lambda: unlock.findChild(QPushButton, "unlock_open").isEnabled())
        if self.program.window is not None and self.program.window.isVisible():
            self.program.window.activateWindow()
            self.wait(self.program.window.isActiveWindow)

    def lock(self) -> None:
        self.press(Qt.Key.Key_L, CONTROL)
        assert self.program.unlock.isVisible()
        assert not self.program.window.isVisible()

    def widget(self, name: str) -> QWidget | None:
        found = self.program.window.findChildren(QWidget, name)
        return found[-1] if found else None

    def read(self, name: str) -> str:
        label = self.widget(name)
        assert isinstance(label, QLabel | QPushButton)
        return label.text().strip()

    def press(self, key: Qt.Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        self.qtbot.keyClick(focused(), key, held)

    def type(self, *fields: str) -> int:
        """Words into whatever has the focus, Enter after each; how many keys that took."""
        for words in fields:
            self.qtbot.keyClicks(focused(), words)
            self.press(Qt.Key.Key_Return)
        return sum(len(words) + 1 for words in fields)

    def fill(self, name: str, words: str) -> QLineEdit:
        editor = self.widget(name)
        assert isinstance(editor, QLineEdit)
        editor.setFocus()
        editor.clear()
        self.qtbot.keyClicks(editor, words)
        return editor

    def click(self, name: str) -> None:
        self.qtbot.mouseClick(self.widget(name), Qt.MouseButton.LeftButton)

    @contextmanager
    def books(self, officer: str) -> Iterator[Desk]:
        """The same office, opened apart to be read only: what is really in the store."""
        desk = offices.open_desk(self.folder, officer=officer, password=PASSWORD, clock=self.clock, read_only=True)
        try:
            yield desk
        finally:
            desk.store.close()
