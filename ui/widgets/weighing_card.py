"""The balance beside a form: what lies on the pan now, and taking it; or why carats are typed (desk.md §2.5, §6 B)."""

from collections.abc import Sequence
from decimal import Decimal
from functools import partial

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from kpdesk.domain.balance import Balance, Fault, FaultKind
from kpdesk.domain.measures import Carats
from kpdesk.domain.outcomes import Outcome
from kpdesk.domain.weighing import Reading, summed
from ui import look, messages
from ui.formats import SPACE, Formats
from ui.keys import Keyboard
from ui.tones import Answer, Tone
from ui.widgets.amount_field import AmountField
from ui.widgets.card import INSIDE, Notice, Sign, announce, button, row, text
from ui.widgets.fault_words import fault_words
from ui.widgets.flow import Flow
from ui.widgets.page import Page
from ui.widgets.taken import Taken
from ui.widgets.typed_weight import TypedWeight
from ui.widgets.weight_figure import WeightFigure

KEYS = ("take", "portion", "tare", "zero", "check_weight")
"""The acts that have a key on a page with this card."""


class WeighingCard(QFrame):
    """Carats as large as can be read from a step away; takes only what lies there now, at rest, on an emptied pan."""

    taken = Signal(object)
    """A `Taken`."""
    by_hand_changed = Signal(bool)
    """Whether carats are typed now."""
    asked = Signal(str)
    """`tare` or `zero`."""
    zeroed = Signal(object)
    """The reading of an empty pan after it was asked to zero."""
    checked = Signal(object)
    """The reading with the check weight on the pan."""
    refused = Signal(bytes, str)
    """What was on the line when taking was refused, and the code of the reason."""
    turned = Signal(bool)
    """It is seen, or not any more."""
    pan_laid = Signal(object)
    """Practice alone: carats that shall lie on the simulated pan."""

    def __init__(self, formats: Formats, keyboard: Keyboard, *, typed: bool = True, checks_alone: bool = False) -> None:
        """`typed`: carats are typed here where no balance sends them; else the page has fields for that.
        `checks_alone`: zero and check weight; nothing is taken."""
        super().__init__()
        self.setObjectName("weighing")
        self.setProperty("card", True)
        self._formats = formats
        self._balance: Balance | None = None
        self._barred = ""
        self._found = ("", Tone.OK)
        self._check_due, self._checks_alone = False, checks_alone
        self._present: Reading | None = None
        self._by_hand = True
        self._lifting = self._zeroing = False
        self._portions: list[Reading] = []
        self._state_now: tuple[Tone, str] | None = None
        self._build(keyboard, typed)
        self._wire()
        self._show_mode()

    def _build(self, keyboard: Keyboard, typed: bool) -> None:
        self._name = text(self.tr("Balance"), "caption")
        self._sign = Sign("draft", "muted", 14)
        self._state = text(self.tr("typed by hand"), "muted")
        self._state.setObjectName("weighing_state")
        self._figure = WeightFigure(self._formats)
        self._told = text("", "muted", wrap=True)
        self._told.setObjectName("weighing_told")
        self._notice = Notice("weighing_notice")
        self._sum = text("", "muted", wrap=True)
        self._sum.setObjectName("weighing_portions")
        words = {
            "take": self.tr("Take"),
            "zero": self.tr("Zero"),
            "tare": self.tr("Tare"),
            "portion": self.tr("Portion"),
            "check_weight": self.tr("Check weight"),
        }
        self._buttons = {act: button(f"weighing_{act}", told, keyboard.name(act)) for act, told in words.items()}
        self._buttons["take"].setIcon(look.icon("weigh"))
        self._buttons["take"].setIconSize(QSize(look.current().px(16), look.current().px(16)))
        self._anew = button("weighing_anew", self.tr("Weigh all portions again"), link=True)
        self._hand = button("weighing_hand", self.tr("Type the carats"), link=True)
        self._acts = QWidget()
        flow = Flow(self._acts, gap=8)
        flow.setContentsMargins(0, 0, 0, 0)
        for each in (*self._buttons.values(), self._anew, self._hand):
            flow.addWidget(each)
        self._typing = TypedWeight(self._formats, entries=typed)
        self._pan = AmountField(
            "weighing_pan", self.tr("Practice: lay this on the pan"), places=3, unit="ct", formats=self._formats
        )
        inside = QVBoxLayout(self)
        inside.setContentsMargins(INSIDE, INSIDE - 4, INSIDE, INSIDE)
        inside.setSpacing(8)
        inside.addLayout(row(self._name, 1, self._sign, self._state, gap=6))
        for widget in (self._figure, self._told, self._notice, self._sum, self._typing, self._acts, self._pan):
            inside.addWidget(widget)
        self._pan.hide()
        self._sum.hide()

    def _wire(self) -> None:
        self._buttons["take"].clicked.connect(self.take)
        self._buttons["portion"].clicked.connect(self.take_portion)
        self._buttons["check_weight"].clicked.connect(self.take_check_weight)
        for act in ("tare", "zero"):
            self._buttons[act].clicked.connect(partial(self.ask, act))
        self._anew.clicked.connect(self.forget_portions)
        self._hand.clicked.connect(self._on_hand)
        self._pan.editor.returnPressed.connect(self._on_pan)  # type: ignore[union-attr]

    def bind(self, page: Page) -> None:
        """Give the page the keys of `KEYS`."""
        page.bind("take", self.take)
        page.bind("portion", self.take_portion)
        page.bind("check_weight", self.take_check_weight)
        page.bind("tare", partial(self.ask, "tare"))
        page.bind("zero", partial(self.ask, "zero"))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.turned.emit(True)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.turned.emit(False)

    # What it is told

    def show_balance(self, balance: Balance, told: str, findings: Sequence[Answer] = ()) -> None:
        """A balance is there: what the books say of it, in words, and what speaks against weighing on it."""
        new = self._balance is None or self._balance.id != balance.id
        self._balance = balance
        self._name.setText(self.tr("Balance {name}").format(name=balance.id))
        self._told.setText(told)
        stops = [answer for answer in findings if answer.tone is Tone.STOP]
        self._barred = " ".join(" ".join(messages.answer(answer)) for answer in stops)
        notes = " ".join(messages.answer(answer).what for answer in findings if answer.tone is not Tone.STOP)
        found = (self._barred or notes, Tone.STOP if stops else Tone.LIFTABLE)
        if found != self._found:
            self._found = found
            self._notice.show_words(*found)
        due = any(answer.code.startswith("check_weight") for answer in findings)
        if new or due != self._check_due:
            self._by_hand, self._check_due = self._by_hand and not new, due
            self._show_mode()

    def show_no_balance(self) -> None:
        """None is plugged in here: carats are typed."""
        self._balance, self._present, self._by_hand, self._barred = None, None, True, ""
        self._name.setText(self.tr("Balance"))
        self._notice.show_words("")
        self._show_mode()

    def show_reading(self, reading: Reading) -> None:
        """What lies on the pan now; `stable` by the rule of rest alone."""
        if self._balance is None:
            return  # lent a moment ago: which balance it is comes first
        self._present = reading
        empty = self._balance.is_zero(reading)
        if empty:
            self._lifting = False
        if self._zeroing and reading.stable and empty:
            self._zeroing = False
            self.zeroed.emit(reading)
        if self._by_hand:
            return
        self._figure.show_reading(reading)
        if self._lifting and reading.stable:
            self._show_state(Tone.NOTE, self.tr("lift the pan"))
        elif reading.stable:
            by_us = reading.stable_by == "software"
            self._show_state(Tone.OK, self.tr("stable, by equal readings") if by_us else self.tr("stable"))
        else:
            self._show_state(Tone.LIFTABLE, self.tr("moving"))

    def show_fault(self, fault: Fault) -> None:
        self._old()
        self._show_state(Tone.LIFTABLE if fault.kind is FaultKind.BUSY else Tone.STOP, fault_words(fault))

    def show_silence(self, *, lost: bool) -> None:
        """Nothing is heard: the last figure goes grey and is not to be taken."""
        self._old()
        self._show_state(Tone.STOP, self.tr("unplugged") if lost else self.tr("silent"))

    def show_trouble(self, problem: Outcome) -> None:
        self._zeroing = False
        self._notice.show_words(messages.in_full(problem))

    def show_done(self, words: str) -> None:
        self._notice.show_words(words, Tone.OK)
        announce(self._notice, words)

    def show_lifting(self, lifting: bool) -> None:
        """Whether the pan still holds what was taken last, here or on another page."""
        self._lifting = lifting

    @property
    def lifting(self) -> bool:
        return self._lifting

    def show_practice(self, practised: bool) -> None:
        """The balance is a simulated one: what lies on it is typed here."""
        self._pan.setVisible(practised)

    def _old(self) -> None:
        self._present = None
        if not self._by_hand:
            self._figure.show_old()

    def _show_state(self, tone: Tone, words: str) -> None:
        if self._by_hand or self._state_now == (tone, words):
            return
        self._state_now = tone, words
        self._sign.show_sign(tone.value)
        self._state.setText(words)
        look.restyle(self._state, finding="" if tone is Tone.OK else tone.value)
        announce(self._state, words)

    # Taking

    def take(self) -> None:
        """What lies there now, or the sum of the portions with it, or what was typed."""
        if self._checks_alone:
            return
        if self._by_hand:
            self._take_typed()
            return
        assert self._balance is not None
        empty = self._present is not None and self._balance.is_zero(self._present)
        last = () if self._portions and empty else self._may_take()
        if last is None:
            return
        portions = [*self._portions, *last]
        try:
            whole = summed(portions)
            told = Taken(whole.carats, whole, self._balance.id)
        except Outcome as problem:
            self._refuse(messages.in_full(problem), problem.code)
            return
        self._lifting = self._lifting or bool(last)
        self.forget_portions()
        self._tell(told)

    def take_portion(self) -> None:
        """A part of a parcel heavier than the balance takes; the next one, or `take`, follows on an emptied pan."""
        more = None if self._by_hand or self._checks_alone else self._may_take()
        if more is None:
            return
        try:
            whole = summed([*self._portions, *more])
        except Outcome as problem:
            self._refuse(messages.in_full(problem), problem.code)
            return
        self._portions += more
        self._lifting = True
        words = self.tr("%n portion(s), together {carats}", "", len(self._portions))
        self._sum.setText(words.format(carats=f"{self._formats.number(whole.exact)}{SPACE}ct"))
        self._sum.show()
        self._anew.show()
        announce(self._sum, self._sum.text())

    def take_check_weight(self) -> None:
        """What lies there now is the balance's check weight; a barred balance may be checked too."""
        if self._by_hand or self._balance is None or self._balance.weight is None:
            return
        reading = self._may_take(barred=False)
        if reading is not None:
            self._lifting = True
            self.checked.emit(reading[0])

    def forget_portions(self) -> None:
        """Begin the parcel's portions anew."""
        self._portions = []
        self._sum.hide()
        self._anew.hide()

    def _may_take(self, *, barred: bool = True) -> tuple[Reading] | None:
        """The present reading; or None, and why not is said and kept."""
        reading = self._present
        assert self._balance is not None
        if self._barred and barred:
            self._refuse(self._barred, "BalanceBarred")
        elif reading is None:
            self._refuse(self.tr("The balance says no weight now."), "BalanceSilent")
        elif not reading.stable:
            self._refuse(self.tr("The pan still moves. Wait until the weight is stable."), "NotStable")
        elif self._lifting:
            self._refuse(self.tr("Lift the goods first: the pan goes back to zero between two weighings."), "NotLifted")
        elif reading.exact < 0 or self._balance.is_zero(reading):
            self._refuse(
                self.tr("Nothing lies on the pan. If it is empty and shows a weight, zero it."), "NothingWeighed"
            )
        else:
            self._zeroing = False
            return (reading,)
        return None

    def _refuse(self, words: str, code: str) -> None:
        self._notice.show_words(words)
        announce(self._notice, words)
        if self._present is not None:
            self.refused.emit(self._present.raw, code)

    def _tell(self, told: Taken) -> None:
        self._notice.show_words("")
        announce(self, self.tr("taken: {carats}").format(carats=self._formats.carats(told.carats)))
        self.taken.emit(told)

    def ask(self, act: str) -> None:
        """`tare` or `zero`, if a balance is there."""
        if self._balance is not None and not self._by_hand:
            self._zeroing = act == "zero"
            self._lifting = False
            self.asked.emit(act)

    # Typing

    @property
    def reason(self) -> str:
        """The code of the reason for typing by hand; empty with a balance."""
        return self._typing.reason if self._by_hand else ""

    @property
    def wants_reason(self) -> bool:
        return self._by_hand and self._typing.wants_reason

    def ask_reason(self) -> None:
        self._typing.ask_reason()

    def show_reasons(self, reasons: Sequence[tuple[str, str]]) -> None:
        """An office's own list instead of the usual one."""
        self._typing.show_reasons(reasons)

    def show_reason(self, code: str) -> None:
        self._typing.show_reason(code)

    def show_carats(self, carats: Carats | None) -> None:
        """Carats that were typed, as understood."""
        if self._by_hand:
            self._figure.show_carats(carats)

    def _take_typed(self) -> None:
        carats = self._typing.take() if self._typing.entries else None
        if carats is not None:
            self._tell(Taken(carats, None, self._balance.id if self._balance else "", self._typing.reason))

    def take_cursor(self) -> None:
        """Where the next key belongs: the carats to be typed, or Take."""
        if self._by_hand:
            self._typing.take_cursor()
        else:
            self._buttons["take"].setFocus()

    def _on_hand(self) -> None:
        """With a balance beside: type, and back."""
        self._by_hand = not self._by_hand
        self._show_mode()
        if self._by_hand:
            self._typing.take_cursor()

    def _on_pan(self) -> None:
        self.pan_laid.emit(self._pan.amount or Decimal(0))

    def _show_mode(self) -> None:
        """Weighing, or typing."""
        self.by_hand_changed.emit(self._by_hand)
        there, types = self._balance is not None, self._by_hand and self._typing.entries
        self._typing.setVisible(self._by_hand and not self._checks_alone)
        seen = dict.fromkeys(self._buttons, not self._by_hand)
        seen["take"] = (types or seen["take"]) and not self._checks_alone
        seen["portion"] &= not self._checks_alone
        seen["check_weight"] &= self._check_due or self._checks_alone
        for act, visible in seen.items():
            self._buttons[act].setVisible(visible)
        self._hand.setVisible(there and not self._checks_alone)
        self._anew.setVisible(bool(self._portions) and not self._by_hand)
        self._acts.setVisible(there or types)
        self._hand.setText(self.tr("Back to the balance") if self._by_hand else self.tr("Type the carats"))
        self._figure.clear()
        if self._by_hand:
            self._state_now = None
            self._sign.show_sign("draft", "muted")
            self._state.setText(self.tr("typed by hand"))
            look.restyle(self._state, finding="")
        if not there:
            self._told.setText(self.tr("No balance is connected. Typed carats are marked so wherever they appear."))
