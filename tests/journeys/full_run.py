"""A parcel from the counter to its validated certificate, by every officer in turn, with real lanes and a gap meter.

`python -m tests.journeys.full_run FOLDER` drives it over the office that `prepare` made there, and prints what was
measured as JSON.
"""

import json
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QTableView, QWidget

from kpdesk import practice
from kpdesk.practice import APPROVER, CLERK, CLERK_2, COUNTER, PREPARER, VALUER, VALUER_2
from kpdesk.practice import balances as practice_balances
from kpdesk.practice import valuing as practice_valuing
from tests.benchmarks.window import PLAIN, Fingers, Lanes, Meter
from tests.journeys.at_the_window import CONTROL, ONE, PASSWORD, Clock, Hands, focused, make_office
from ui.look import Look

PARCEL, CARATS, VALUE = "P-2026-000004", "1180.250", "866976.25"
SIZES = ("1000.00", "180.25")
"""Carats by size class, at the prices of the practice book."""
BAG, SEAL = "TB000030", "TS000030"


def prepare(folder: Path) -> Path:
    """An office with stock, firms and lists, balances, and the valuers' books; its folder."""
    made = make_office(folder)
    office = practice.sign_in(made, password=PASSWORD, clock=Clock())
    practice_balances.fill(office)
    practice_valuing.books(office)
    office.close()
    return made


@dataclass
class Run:
    """All of it in order."""

    folder: Path
    meter: Meter = field(default_factory=Meter)
    lanes: Lanes = field(default_factory=Lanes)

    def __post_init__(self) -> None:
        self.fingers = Fingers(self.meter)
        self.hands = Hands(self.folder, self.fingers, Clock(), self.lanes)

    def whole(self) -> None:
        """From the counter to the stamp."""
        for step in (self.register, self.weigh_again, self.declare):
            step()
        self.value(VALUER, independent=False)
        self.value(VALUER_2, independent=True)
        for step in (self.bag, self.apply, self.seal, self.prepare, self.approve, self.print_and_prove, self.validate):
            step()

    def close(self) -> None:
        self.meter.begin("close")
        self.hands.close()
        self.meter.stop()
        assert self.hands.mistakes == []

    # What every step is made of

    def sign_in(self, officer: str, place: str) -> None:
        window = self.hands.program.window
        if window is not None:
            self.meter.begin(f"{place}: lock")
            self.wait_keys()
            self.hands.lock()
        self.meter.begin(f"{place}: {officer} signs in")
        self.hands.sign_in(officer)
        self.wait(lambda: self.there("side_officer") and self.said("side_officer") == officer)
        self.settle()
        self.hands.program.window.activateWindow()
        self.wait(lambda: self.hands.program.window.isActiveWindow())

    def there(self, name: str) -> bool:
        return self.hands.program.window is not None and self.hands.widget(name) is not None

    def seen(self, kind: type[QWidget], name: str) -> QWidget:
        """The widget of this name that is on the screen now."""
        return next(each for each in self.hands.program.window.findChildren(kind, name) if each.isVisible())

    def said(self, name: str) -> str:
        """What a label says, with plain spaces."""
        return self.hands.widget(name).text().replace("\xa0", " ").strip()

    def wait(self, happened: Callable[[], bool]) -> None:
        try:
            self.hands.wait(happened)
        except TimeoutError:
            top = self.hands.program.window or self.hands.program.unlock
            seen = [each.text() for each in top.findChildren(QLabel) if each.isVisible()]
            raise AssertionError(f"{self.meter.step}: {self.hands.mistakes} {seen}") from None

    def wait_said(self, words: str) -> None:
        self.wait(lambda: words in self.said("status_said"))

    def wait_cursor(self, name: str) -> None:
        self.wait(lambda: QApplication.focusWidget() is not None and focused().objectName() == name)

    def take(self, widget: QWidget) -> None:
        """The cursor into it."""
        widget.setFocus()
        self.wait(lambda: QApplication.focusWidget() is widget)

    def wait_rows(self, name: str, least: int = 1) -> None:
        self.wait(lambda: self.there(name) and self.hands.widget(name).model().rowCount() >= least)

    def turn(self, section: str) -> None:
        self.meter.begin(f"{section}: first opening")
        self.hands.click(f"side_{section}")

    def wait_keys(self) -> None:
        """Until keys have somewhere to go."""
        self.wait(lambda: QApplication.focusWidget() is not None)

    def press(self, key: Qt.Key, held: Qt.KeyboardModifier = PLAIN) -> None:
        self.wait_keys()
        self.hands.press(key, held)

    def main(self) -> None:
        self.press(Qt.Key.Key_Return, CONTROL)

    def enter(self) -> None:
        self.press(Qt.Key.Key_Return)

    def put_in(self, name: str, words: str) -> None:
        """A scan, a name or an amount, and Enter."""
        with self.fingers.uncounted():
            editor = self.seen(QLineEdit, name)
            self.take(editor)
            self.fingers.keyClicks(editor, words)
            self.enter()

    def type(self, *typed: str) -> None:
        """Keys of one's own into the fields in their order, Enter after each, and a look at what is said there."""
        for words in typed:
            # As fast as a scanner: a form's check that comes in the middle of a word would complete it.
            self.wait_keys()
            QTest.keyClicks(focused(), words)
            self.fingers.pressed += len(words)
            self.enter()
            self.settle()

    def settle(self) -> None:
        """Until all that the lanes were asked is answered."""
        asked = -1
        while asked != self.lanes.asked:
            asked = self.lanes.asked
            self.wait(lambda: self.lanes.done == self.lanes.asked)
            # An answer is on its way through the window's events.
            self.meter.breathe()
            self.meter.breathe()

    def lay(self, carats: str) -> None:
        """Onto the pan, and wait until it rests."""
        before = focused()
        pan = self.seen(QLineEdit, "weighing_pan")
        pan.clear()
        self.put_in("weighing_pan", carats)
        self.take(before)
        shown = f"{float(carats):,.3f} ct".replace(",", " ")
        self.wait(lambda: self.seen(QLabel, "weighing_figure").text().replace("\xa0", " ") == shown)
        self.wait_pan("stable")

    def wait_pan(self, state: str) -> None:
        self.wait(lambda: self.seen(QLabel, "weighing_state").text() == state)

    # The steps

    def register(self) -> None:
        """The clerk at the counter."""
        self.sign_in(CLERK, "register")
        with self.fingers.counted("register"):
            self.meter.begin("register: first opening")
            self.press(Qt.Key.Key_F2)
            self.wait_cursor("register_exporter")
            self.wait_pan("stable")
            self.meter.begin("register: typing")
            self.type("41", "", "t", "zz", "", "", "")
            self.meter.begin("register: weighing")
            self.lay(CARATS)
            self.press(Qt.Key.Key_F8)
            self.wait(lambda: self.hands.widget("register_first").text() != "")
            self.meter.begin("register: saving")
            self.main()
            self.wait_said("registered")
        assert self.said("status_said").split()[1] == PARCEL

    def weigh_again(self) -> None:
        """The second clerk: F3, Enter, F8; then Ctrl+Enter for the next parcel."""
        self.sign_in(CLERK_2, "weigh")
        self.meter.begin("weigh: first opening")
        self.press(Qt.Key.Key_F3)
        self.wait_rows("weigh_queue_table")
        self.wait_pan("lift the pan")
        self.meter.begin("weigh: weighing")
        with self.fingers.counted("second weighing"):
            self.enter()
            self.wait(lambda: self.said("weigh_number") == PARCEL)
            with self.fingers.uncounted():
                self.lay("0.000")
            self.lay(CARATS)
            self.press(Qt.Key.Key_F8)
            self.wait_said("agreed")
            self.main()
        self.wait_cursor("weigh_scan")

    def declare(self) -> None:
        """The exporter states its own value before any is known."""
        self.sign_in(COUNTER, "application")
        self.turn("application")
        self.wait_cursor("application_exporter")
        self.settle()
        self.meter.begin("application: declaring the value")
        self.type("41")
        self.wait_rows("application_goods_table")
        self.wait(lambda: self.hands.widget("application_value").isVisible())
        self.put_in("application_value", VALUE)
        self.wait_said("declared value kept")

    def value(self, officer: str, *, independent: bool) -> None:
        """A figure by size class at the book's prices."""
        place = "value, independent" if independent else "value"
        self.sign_in(officer, place)
        self.meter.begin(f"{place}: first opening")
        self.press(Qt.Key.Key_F4)
        self.settle()
        if independent:
            kind = self.hands.widget("value_kind")
            self.take(kind)
            self.press(Qt.Key.Key_Down)
        self.wait_rows("value_queue_table")
        self.meter.begin(f"{place}: opening the sheet")
        self.settle()
        self.take(self.hands.widget("value_queue_table"))
        self.enter()
        self.wait_cursor("value_carats_0")
        self.meter.begin(f"{place}: typing")
        for carats in SIZES:
            with self.fingers.counted("value lines"):
                with self.fingers.uncounted():
                    self.fingers.keyClicks(focused(), carats)
                self.enter()
                self.wait(lambda: focused().objectName().startswith("value_price"))
                self.enter()
        self.meter.begin(f"{place}: signing")
        self.main()
        self.wait_said("its value is" if independent else "signed")

    def bag(self) -> None:
        self.sign_in(CLERK, "bag")
        self.turn("bag")
        self.wait_rows("bag_queue_table")
        self.meter.begin("bag: closing")
        self.put_in("bag_parcel", PARCEL)
        self.wait_cursor("bag_number")
        self.put_in("bag_number", BAG)
        self.wait_said(f"closed into bag {BAG}")

    def apply(self) -> None:
        """The firm's application at the exporters' desk."""
        self.sign_in(COUNTER, "application, again")
        self.meter.begin("application, again: opening")
        self.hands.click("side_application")
        self.settle()
        self.meter.begin("application, again: typing")
        exporter = self.hands.widget("application_exporter")
        self.take(exporter)
        assert exporter.text().startswith("EXP-0041"), "the draft of the visit before"
        self.type("", "practice imports xz", "", "", "SoW-000123")
        self.press(Qt.Key.Key_Down)
        self.enter()
        self.type("Practice Signer", "")
        self.wait_cursor("application_goods_table")
        self.wait_rows("application_goods_table")
        self.press(Qt.Key.Key_Space)
        self.meter.begin("application, again: applying")
        self.main()
        self.wait_said("is applied for")
        self.shipment = self.said("status_said").split()[1]

    def seal(self) -> None:
        self.sign_in(PREPARER, "seal")
        self.turn("seal")
        self.wait_rows("seal_waiting_table")
        self.wait_pan("lift the pan")
        self.meter.begin("seal: weighing")
        self.lay("0.000")
        self.put_in("seal_scan", BAG)
        self.wait(lambda: "lay it on the pan" in self.said("seal_scan_below"))
        self.lay(CARATS)
        self.press(Qt.Key.Key_F8)
        self.wait(lambda: "difference" in self.said("seal_scan_below"))
        self.put_in("seal_scan", SEAL)
        self.meter.begin("seal: sealing")
        self.wait(lambda: self.hands.widget("seal_do").isEnabled())
        self.main()
        self.wait_said(f"sealed with {SEAL}")
        self.lay("0.000")

    def choose(self) -> None:
        """The cursor to this run's shipment: two more wait in this office."""
        self.wait_rows("issue_ready_table")
        ready = self.hands.widget("issue_ready")
        self.take(ready.table)
        ready.table.selectRow([each.reference for each in ready.model.slips].index(self.shipment))

    def prepare(self) -> None:
        """The first signature; the same officer, in the same window."""
        self.meter.begin("issue: first opening")
        with self.fingers.counted("issue"):
            self.press(Qt.Key.Key_F5)
            self.choose()
            self.wait(lambda: self.hands.widget("issue_print").isEnabled())
            self.meter.begin("issue: preparing")
            self.main()
            self.wait_said("signed once")

    def approve(self) -> None:
        self.sign_in(APPROVER, "approve")
        self.turn("approve")
        self.wait_rows("approve_list_table")
        table = self.seen(QTableView, "approve_list_table")
        self.take(table)
        slips = self.hands.widget("approve_list").model.slips
        table.selectRow([each.draft is not None for each in slips].index(True))
        with self.fingers.counted("issue"):
            self.meter.begin("approve: ticking")
            self.press(Qt.Key.Key_Space)
            self.wait(lambda: self.hands.widget("approve_sign").isEnabled())
            self.meter.begin("approve: second signature")
            self.main()
            self.wait(lambda: self.hands.widget("second") is not None)
            with self.fingers.uncounted():
                password = self.hands.widget("second_password")
                self.take(password)
                self.fingers.keyClicks(password, PASSWORD)
            sign = self.hands.widget("second_sign")
            self.take(sign)
            self.fingers.keyClick(sign, Qt.Key.Key_Space)
            self.wait_said("approved: 1")

    def print_and_prove(self) -> None:
        self.sign_in(PREPARER, "issue, again")
        self.meter.begin("issue, again: opening")
        with self.fingers.counted("issue"):
            self.press(Qt.Key.Key_F5)
        self.choose()
        self.wait(lambda: self.said("issue_print").startswith("Print"))
        self.wait(lambda: self.hands.widget("issue_printer").count() > 0)
        self.meter.begin("issue, again: the blank")
        with self.fingers.counted("issue"):
            self.press(Qt.Key.Key_B, Qt.KeyboardModifier.AltModifier)
            self.wait_cursor("issue_blank")
            self.put_in("issue_blank", ONE)
            self.wait(lambda: self.hands.widget("issue_print").isEnabled())
            self.meter.begin("issue, again: printing")
            self.main()
            self.wait(lambda: self.there("sheet_question") and self.hands.widget("sheet_question").isVisible())
            self.meter.begin("issue, again: proving")
            self.press(Qt.Key.Key_1)
            with self.fingers.uncounted():
                self.wait_cursor("sheet_number")
                self.fingers.keyClicks(focused(), ONE[-4:])
            self.enter()
            self.wait_said(f"{ONE} issued")

    def validate(self) -> None:
        self.sign_in(APPROVER, "validate")
        self.turn("validate")
        self.wait_rows("validate_waiting_table")
        self.meter.begin("validate: stamping")
        self.put_in("validate_sheet", ONE)
        self.wait(lambda: self.hands.widget("validate_do").isEnabled())
        self.main()
        self.wait_said(f"{ONE} validated")


def main(folder: Path) -> None:
    """Keys and intervals as JSON."""
    app = QApplication(sys.argv[:1])
    Look().wear(app)
    run = Run(folder)
    try:
        run.whole()
    finally:
        run.close()
    sys.stdout.write(json.dumps({"keys": run.fingers.keys, "intervals": run.meter.intervals}))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
