"""The weighing card by itself: what it shows of what it is told, what it takes and what it refuses."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout
from pytestqt.qtbot import QtBot

from kpdesk.domain.balance import Balance, DialectName, Fault, FaultKind
from kpdesk.domain.measures import Carats
from kpdesk.domain.weighing import Reading
from tests.ui.accessible import backwards, faults
from tests.ui.hands import focused, keys, label, line
from ui.formats import Formats
from ui.keys import Keyboard
from ui.look import Look
from ui.surface import Surface
from ui.tones import Answer, Tone
from ui.widgets.page import Page
from ui.widgets.taken import Taken
from ui.widgets.weighing_card import WeighingCard
from ui.work import Workroom

AT = datetime(2026, 11, 22, 8, tzinfo=UTC)
JET = Balance(
    id="JET-1",
    maker="Practice",
    model="One",
    serial="1",
    dialect=DialectName.SICS,
    adapter="A",
    unit="ct",
    readability=Decimal("0.001"),
    maximum=Decimal(1000),
    calibrated_until=date(2027, 1, 1),
)


def reading(value: str, unit: Any = "ct", *, stable: bool = True, by: Any = "instrument", digits: int = 0) -> Reading:
    return Reading(Decimal(value), unit, stable, by, None, digits, f"S S {value} {unit}".encode(), AT)


class Card:
    """The card on a page, and what it said upwards."""

    def __init__(self, qtbot: QtBot, workroom: Workroom, *, typed: bool = True) -> None:
        surface = Surface(workroom, Formats(), Keyboard())
        self.page = Page("weigh", surface)
        self.card = WeighingCard(surface.formats, surface.keyboard, typed=typed)
        QVBoxLayout(self.page).addWidget(self.card)
        self.card.bind(self.page)
        self.taken: list[Taken] = []
        self.refused: list[tuple[bytes, str]] = []
        self.card.taken.connect(self.taken.append)
        self.card.refused.connect(lambda raw, why: self.refused.append((bytes(raw), why)))
        self.qtbot = qtbot
        qtbot.addWidget(self.page)
        self.page.show()
        self.page.activateWindow()
        qtbot.waitUntil(self.page.isActiveWindow)

    def balance(self, *findings: Answer) -> None:
        self.card.show_balance(JET, "zero 08:14", findings)
        self.button("take").setFocus()

    def button(self, act: str) -> QPushButton:
        found = self.page.findChild(QPushButton, f"weighing_{act}")
        assert isinstance(found, QPushButton)
        return found

    def press(self, key: Qt.Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        self.qtbot.keyClick(focused(), key, held)

    def says(self, name: str) -> str:
        return label(self.page, f"weighing_{name}")


@pytest.fixture
def card(qtbot: QtBot, workroom: Workroom) -> Card:
    return Card(qtbot, workroom)


def test_it_shows_carats_whatever_unit_came(card: Card) -> None:
    card.balance()
    card.card.show_reading(reading("24.6913", "g"))
    assert card.says("figure") == "123.4565\u00a0ct"
    card.card.show_reading(reading("-0.002"))
    assert (card.says("figure"), card.says("state")) == ("−0.002\u00a0ct", "stable")
    card.card.show_reading(reading("1234.565", stable=False, by=None))
    assert (card.says("figure"), card.says("state")) == ("1\u00a0234.565\u00a0ct", "moving")


def test_a_reading_of_no_balance_named_yet_is_no_weight(card: Card) -> None:
    card.card.show_reading(reading("24.6913", "g"))
    assert card.says("figure") == "–"


def test_digits_that_are_not_verified_are_smaller(card: Card) -> None:
    card.balance()
    card.card.show_reading(reading("123.456", digits=1))
    assert (card.says("figure"), card.says("unverified")) == ("123.45", "6\u00a0ct")
    large, small = (card.page.findChild(QLabel, f"weighing_{name}") for name in ("figure", "unverified"))
    assert large.fontMetrics().height() > small.fontMetrics().height()
    card.card.show_reading(reading("123.456"))
    assert (card.says("figure"), small.isHidden()) == ("123.456\u00a0ct", True)


def test_it_says_who_calls_it_stable(card: Card) -> None:
    card.balance()
    card.card.show_reading(reading("1.000", by="software"))
    assert card.says("state") == "stable, by equal readings"


@pytest.mark.parametrize(("value", "why"), [("0.002", "NothingWeighed"), ("-0.500", "NothingWeighed")])
def test_nothing_is_no_weight(card: Card, value: str, why: str) -> None:
    card.balance()
    card.card.show_reading(reading(value))
    card.press(Qt.Key.Key_F8)
    assert card.taken == []
    assert "Nothing lies on the pan" in card.says("notice_words")
    assert card.refused == [(f"S S {value} ct".encode(), why)]


@pytest.mark.parametrize(
    ("fault", "words"),
    [
        (Fault(FaultKind.OVERLOAD, b"S +"), "too much on the pan"),
        (Fault(FaultKind.BUSY, b"S I"), "moving"),
        (Fault(FaultKind.UNIT, b"x", "oz"), "weighs in “oz”: set it to ct or g"),
        (Fault(FaultKind.ERROR, b"x", "E11"), "reports error E11"),
        *((Fault(kind, b"x", "1"), "") for kind in FaultKind),
    ],
)
def test_a_fault_has_its_words_and_nothing_is_taken(card: Card, fault: Fault, words: str) -> None:
    card.balance()
    card.card.show_reading(reading("12.345"))
    card.card.show_fault(fault)
    assert card.says("state")
    assert words in card.says("state")
    assert card.page.findChild(QLabel, "weighing_figure").property("finding") == "unknown"
    card.press(Qt.Key.Key_F8)
    assert card.taken == []
    card.card.show_reading(reading("12.345"))
    assert not card.page.findChild(QLabel, "weighing_figure").property("finding")


def test_a_barred_balance_says_why_and_takes_nothing(card: Card) -> None:
    card.balance(Answer(Tone.STOP, "check_weight_missed", (("balance", "JET-1"),)))
    card.card.show_reading(reading("12.345"))
    card.press(Qt.Key.Key_F8)
    assert (card.taken, card.refused) == ([], [(b"S S 12.345 ct", "BalanceBarred")])
    assert "missed its check weight" in card.says("notice_words")
    card.balance(Answer(Tone.NOTE, "zero_due", (("balance", "JET-1"),)))
    assert "not zeroed today" in card.says("notice_words")
    card.press(Qt.Key.Key_F8)
    assert [each.carats for each in card.taken] == [Carats.of("12.345")]


def test_portions_of_two_units_are_refused_and_can_be_begun_anew(card: Card) -> None:
    card.balance()
    shift = Qt.KeyboardModifier.ShiftModifier
    card.card.show_reading(reading("900.000"))
    card.press(Qt.Key.Key_F8, shift)
    card.press(Qt.Key.Key_F8, shift)
    assert "Lift the goods first" in card.says("notice_words")
    card.card.show_reading(reading("0.000"))
    card.card.show_reading(reading("20.0000", "g"))
    card.press(Qt.Key.Key_F8, shift)
    assert "one unit" in card.says("notice_words")
    card.press(Qt.Key.Key_F8)
    assert card.taken == []
    card.card.show_reading(reading("0.000"))
    card.card.show_reading(reading("100.000"))
    card.press(Qt.Key.Key_F8, shift)
    assert "1\u00a0000.000\u00a0ct" in card.says("portions")
    card.button("anew").click()
    assert card.page.findChild(QLabel, "weighing_portions").isHidden()
    card.card.show_reading(reading("0.000"))
    card.card.show_reading(reading("7.000"))
    card.press(Qt.Key.Key_F8)
    assert [each.carats for each in card.taken] == [Carats.of("7.000")]


def test_typing_wants_both_entries_and_a_reason(card: Card) -> None:
    assert card.card.wants_reason
    assert faults(card.page) == []
    assert backwards(card.page) == []
    line(card.page, "weighing_typed").setFocus()
    card.press(Qt.Key.Key_F8)
    assert label(card.page, "weighing_typed_notice_words") == "Type the carats."
    keys(card.qtbot, "12,345", "12.354")
    card.press(Qt.Key.Key_F8)
    assert "two entries differ" in label(card.page, "weighing_again_notice_words")
    focused().selectAll()  # type: ignore[attr-defined]
    card.qtbot.keyClicks(focused(), "12.345")
    card.press(Qt.Key.Key_F8)
    assert label(card.page, "weighing_reason_notice_words") == "Choose a reason."
    card.qtbot.keyClicks(focused(), "2")
    card.press(Qt.Key.Key_F8)
    (taken,) = card.taken
    assert taken == Taken(Carats.of("12.345"), None, "", "balance_fails")
    typed = taken.weighing(officer="a", at=AT)
    assert (typed.by_hand, typed.reading.raw, typed.at) == ("balance_fails", b"", AT)
    assert taken.read(AT) == typed.reading
    assert line(card.page, "weighing_typed").text() == ""


def test_with_a_balance_beside_one_may_still_type_and_go_back(card: Card) -> None:
    card.balance()
    card.card.show_reading(reading("12.345"))
    card.button("hand").click()
    assert focused() is line(card.page, "weighing_typed")
    assert (card.says("figure"), card.says("state")) == ("–", "typed by hand")
    card.card.show_reading(reading("12.346"))
    assert card.says("figure") == "–"
    card.button("hand").click()
    card.card.show_reading(reading("12.346"))
    assert card.says("figure") == "12.346\u00a0ct"


def test_a_page_with_own_fields_has_the_reason_alone(qtbot: QtBot, workroom: Workroom) -> None:
    card = Card(qtbot, workroom, typed=False)
    assert not line(card.page, "weighing_typed").isVisible()
    card.card.show_carats(Carats.of("1234.5"))
    assert card.says("figure") == "1\u00a0234.500\u00a0ct"
    card.card.show_reasons((("cut", "there is no power"),))
    assert card.card.wants_reason
    card.card.show_reason("cut")
    assert card.card.reason == "cut"
    card.balance()
    assert (card.card.reason, card.card.wants_reason) == ("", False)


def test_at_twice_the_size_it_fits_into_a_column_of_the_smallest_window(card: Card, qapp: Any) -> None:
    Look().sized(200).wear(qapp)
    card.balance()
    card.card.show_reading(reading("1234.565"))
    assert card.card.minimumSizeHint().width() <= 780
    assert max(button.minimumSizeHint().width() for button in card.card.findChildren(QPushButton)) <= 780 - 48
