"""The weighing card over a balance at a real pseudo-terminal, in real lanes, driven by keys."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import pytest
from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout
from pytestqt.qtbot import QtBot

from kpdesk.balances.simulated import Simulated, Wrong
from kpdesk.desks import balances
from kpdesk.domain.measures import Carats
from kpdesk.practice import CLERK
from kpdesk.practice import balances as practice_balances
from tests.desks.practice_books import Books
from tests.ui.accessible import backwards, faults
from tests.ui.hands import focused, label, line
from ui.balance import BalanceLine
from ui.formats import Formats
from ui.keys import Keyboard
from ui.surface import Surface
from ui.widgets.page import Page
from ui.widgets.taken import Taken
from ui.widgets.weighing_card import WeighingCard
from ui.work import Threads, Workroom

FORMATS = Formats()


@dataclass
class Weighing:
    """A page with the card, seen, and what came of it."""

    qtbot: QtBot
    books: Books
    line: BalanceLine
    page: Page
    card: WeighingCard
    taken: list[Taken] = field(default_factory=list)
    told: list[object] = field(default_factory=list)

    @property
    def balance(self) -> Simulated:
        assert self.line.simulated is not None
        return self.line.simulated

    def shows(self, figure: str, state: str) -> None:
        self.qtbot.waitUntil(
            lambda: (label(self.page, "weighing_figure"), label(self.page, "weighing_state")) == (figure, state)
        )

    def key(self, key: Qt.Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        self.qtbot.keyClick(focused(), key, held)

    @property
    def notice(self) -> str:
        return label(self.page, "weighing_notice_words")


@pytest.fixture
def threads(qapp: QObject) -> Iterator[Threads]:
    made = Threads()
    yield made
    made.finish()


@pytest.fixture
def weighing(qtbot: QtBot, threads: Threads, at: Callable[[str], Books]) -> Iterator[Weighing]:
    books = at("ready")
    practice_balances.fill(books.office)
    workroom = Workroom(threads.start)
    mistakes: list[object] = []
    workroom.bug_found.connect(mistakes.append)
    balance = BalanceLine(workroom)
    surface = Surface(workroom, FORMATS, Keyboard())
    page = Page("weigh", surface)
    card = WeighingCard(surface.formats, surface.keyboard)
    QVBoxLayout(page).addWidget(card)
    card.bind(page)
    balance.attach(card, books[CLERK], surface.formats)
    made = Weighing(qtbot, books, balance, page, card)
    card.taken.connect(made.taken.append)
    balance.state_changed.connect(lambda *told: made.told.append(told))
    qtbot.addWidget(page)
    page.show()
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    qtbot.waitUntil(lambda: label(page, "weighing_state") == "stable")
    page.findChild(QPushButton, "weighing_take").setFocus()
    yield made
    page.hide()
    threads.finish()
    balance.close()
    qtbot.wait(0)
    assert mistakes == []


def test_a_weight_is_taken_with_one_key(weighing: Weighing) -> None:
    assert faults(weighing.page) == []
    assert backwards(weighing.page) == []
    weighing.shows("0.000\u00a0ct", "stable")
    weighing.balance.settle("12.345", "3.111", "12.801")
    weighing.shows("12.345\u00a0ct", "stable")
    weighing.key(Qt.Key.Key_F8)
    (taken,) = weighing.taken
    assert (taken.carats, taken.balance, taken.by_hand) == (Carats.of("12.345"), "JET-1", "")
    assert taken.reading is not None
    assert taken.reading.raw == b"S S     12.345 ct"
    assert taken.weighing(officer="a", at=weighing.books.clock()).balance == "JET-1"
    assert ("ok", "JET-1 ready") in weighing.told


def test_the_pan_is_emptied_between_two_weighings(weighing: Weighing) -> None:
    weighing.balance.put("12.345")
    weighing.shows("12.345\u00a0ct", "stable")
    weighing.key(Qt.Key.Key_F8)
    weighing.shows("12.345\u00a0ct", "lift the pan")
    weighing.key(Qt.Key.Key_F8)
    assert len(weighing.taken) == 1
    assert "Lift the goods first" in weighing.notice
    weighing.balance.put("0.002")  # two steps
    weighing.shows("0.002\u00a0ct", "stable")
    weighing.balance.put("12.344")
    weighing.shows("12.344\u00a0ct", "stable")
    weighing.key(Qt.Key.Key_F8)
    assert [each.carats for each in weighing.taken] == [Carats.of("12.345"), Carats.of("12.344")]


def test_what_was_weighed_last_is_remembered_by_the_balance_and_not_by_the_page(weighing: Weighing) -> None:
    weighing.balance.put("12.345")
    weighing.shows("12.345\u00a0ct", "stable")
    weighing.key(Qt.Key.Key_F8)
    other = WeighingCard(FORMATS, Keyboard())
    weighing.line.attach(other, weighing.books[CLERK], FORMATS)
    weighing.qtbot.addWidget(other)
    weighing.page.hide()
    other.show()
    weighing.qtbot.waitUntil(lambda: label(other, "weighing_state") == "lift the pan")
    assert label(weighing.page, "weighing_figure") == "12.345\u00a0ct"


def test_what_moves_is_refused_and_kept(weighing: Weighing) -> None:
    weighing.balance.put("321.117", at_rest=False)
    weighing.shows("321.117\u00a0ct", "moving")
    weighing.key(Qt.Key.Key_F8)
    assert weighing.taken == []
    assert "still moves" in weighing.notice
    desk = weighing.books[CLERK]
    weighing.qtbot.waitUntil(lambda: len(balances.refused(desk, "JET-1")) == 2)
    kept, _ = balances.refused(desk, "JET-1")
    assert (kept.raw, kept.why) == (b"S D    321.117 ct", "NotStable")


def test_portions_add_up(weighing: Weighing) -> None:
    for each in ("2000.001", "1500.002"):
        weighing.balance.put(each)
        weighing.shows(f"{each[0]}\u00a0{each[1:]}\u00a0ct", "stable")
        weighing.key(Qt.Key.Key_F8, Qt.KeyboardModifier.ShiftModifier)
        weighing.balance.lift()
        weighing.shows("0.000\u00a0ct", "stable")
    assert "3\u00a0500.003" in label(weighing.page, "weighing_portions")
    weighing.key(Qt.Key.Key_F8)
    (taken,) = weighing.taken
    assert taken.carats == Carats.of("3500.003")
    assert taken.reading is not None
    assert [each.raw for each in taken.reading.portions] == [b"S S   2000.001 ct", b"S S   1500.002 ct"]
    assert weighing.page.findChild(QLabel, "weighing_portions").isHidden()


def test_more_than_it_takes(weighing: Weighing) -> None:
    weighing.balance.put("2500.001")
    weighing.qtbot.waitUntil(lambda: label(weighing.page, "weighing_state") == "too much on the pan")
    weighing.key(Qt.Key.Key_F8)
    assert weighing.taken == []


def test_zero_is_asked_for_and_kept(weighing: Weighing) -> None:
    before = balances.checks(weighing.books[CLERK], "JET-1")
    weighing.balance.put("0.020")
    weighing.shows("0.020\u00a0ct", "stable")
    weighing.key(Qt.Key.Key_F7)
    weighing.shows("0.000\u00a0ct", "stable")
    weighing.qtbot.waitUntil(lambda: len(balances.checks(weighing.books[CLERK], "JET-1")) == len(before) + 1)
    zero = balances.checks(weighing.books[CLERK], "JET-1")[0]
    assert (zero.holds, zero.weight, zero.raw) == (True, "", b"S S      0.000 ct")
    weighing.balance.put("7.250")
    weighing.shows("7.230\u00a0ct", "stable")
    weighing.key(Qt.Key.Key_F6)
    weighing.shows("0.000\u00a0ct", "stable")


def test_an_old_weight_is_never_shown_as_present(weighing: Weighing) -> None:
    weighing.balance.put("12.345")
    weighing.shows("12.345\u00a0ct", "stable")
    weighing.balance.mute()
    weighing.qtbot.waitUntil(lambda: label(weighing.page, "weighing_state") == "silent", timeout=4000)
    assert weighing.page.findChild(QLabel, "weighing_figure").property("finding") == "unknown"
    weighing.key(Qt.Key.Key_F8)
    assert weighing.taken == []
    weighing.balance.mute(on=False)
    weighing.shows("12.345\u00a0ct", "stable")
    weighing.balance.unplug()
    weighing.shows("12.345\u00a0ct", "unplugged")
    assert weighing.page.findChild(QLabel, "weighing_figure").property("finding") == "unknown"
    assert weighing.told[-1] == ("stop", "JET-1 is not heard")
    weighing.balance.replug()
    weighing.qtbot.waitUntil(lambda: label(weighing.page, "weighing_state") == "stable", timeout=6000)


@pytest.mark.parametrize("wrong", [Wrong.NOISE, Wrong.HALF])
def test_a_garbled_line_is_said_and_taken_by_nobody(weighing: Weighing, wrong: Wrong) -> None:
    weighing.balance.spoil(*[wrong] * 200)
    weighing.qtbot.waitUntil(lambda: label(weighing.page, "weighing_state").startswith("garbled"))
    weighing.key(Qt.Key.Key_F8)
    assert weighing.taken == []


def test_the_check_weight_is_recorded_with_one_key_and_a_miss_bars(weighing: Weighing) -> None:
    weighing.balance.put("500.002")
    weighing.shows("500.002\u00a0ct", "stable")
    weighing.key(Qt.Key.Key_F8, Qt.KeyboardModifier.ControlModifier)
    weighing.qtbot.waitUntil(lambda: "check weight is right" in weighing.notice)
    weighing.balance.lift()
    weighing.shows("0.000\u00a0ct", "stable")
    weighing.balance.put("500.100")
    weighing.shows("500.100\u00a0ct", "stable")
    weighing.key(Qt.Key.Key_F8, Qt.KeyboardModifier.ControlModifier)
    weighing.qtbot.waitUntil(lambda: "missed its check weight" in weighing.notice)
    assert weighing.page.findChild(QPushButton, "weighing_check_weight").isVisible()
    weighing.key(Qt.Key.Key_F8)
    assert weighing.taken == []
    missed, good, *_ = balances.checks(weighing.books[CLERK], "JET-1")
    assert (good.holds, missed.holds, missed.live) == (True, False, True)


def test_practice_lays_something_on_the_pan(weighing: Weighing) -> None:
    pan = line(weighing.page, "weighing_pan")
    pan.setFocus()
    weighing.qtbot.keyClicks(pan, "88,1")
    weighing.key(Qt.Key.Key_Return)
    weighing.shows("88.100\u00a0ct", "stable")
    with weighing.qtbot.waitSignal(weighing.line.heard):
        pan.clear()
        weighing.key(Qt.Key.Key_Return)
    weighing.shows("0.000\u00a0ct", "stable")


def test_without_any_balance_carats_are_typed(qtbot: QtBot, workroom: Workroom, at: Callable[[str], Books]) -> None:
    books = at("ready")
    balance = BalanceLine(workroom)
    card = WeighingCard(FORMATS, Keyboard())
    balance.attach(card, books[CLERK], FORMATS)
    qtbot.addWidget(card)
    card.show()
    assert label(card, "weighing_state") == "typed by hand"
    assert "No balance is connected" in label(card, "weighing_told")
    assert faults(card) == []
    assert card.wants_reason
    assert balance.simulated is None
    balance.close()
