"""Beside the form: the balance's figure, or why carats are typed by hand (desk.md §2.5)."""

from collections.abc import Sequence
from decimal import Decimal

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout

from kpdesk.domain.measures import Carats
from ui import look
from ui.formats import Formats
from ui.keys import Keyboard
from ui.tones import Tone
from ui.widgets.card import INSIDE, Sign, button, row, text
from ui.widgets.field import Field, choice, numbered

_PLACES = Decimal("0.001")


class WeighingCard(QFrame):
    """Without a balance it shows the carats as understood and asks the reason for typing them."""

    taken = Signal(object)
    """Carats that the balance gave, stable."""
    asked = Signal(str)
    """`take`, `tare` or `zero`."""

    def __init__(self, formats: Formats, keyboard: Keyboard) -> None:
        super().__init__()
        self.setObjectName("weighing")
        self.setProperty("card", True)
        self._formats = formats
        self._connected = False
        self._carats: Carats | None = None
        self._name = text(self.tr("Balance"), "caption")
        self._sign = Sign("draft", "muted", 14)
        self._state = text(self.tr("typed by hand"), "muted")
        self._figure = text("–", "figure")
        self._figure.setObjectName("weighing_figure")
        self._figure.setAccessibleName(self.tr("Carats"))
        self._figure.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        self._told = text(self.tr("No balance is connected. Typed carats are marked so wherever they appear."), "muted")
        self._told.setWordWrap(True)
        self._reason = choice("weighing_reason")
        self._reason_field = Field(self.tr("Reason for typing the carats"), self._reason)
        self._buttons = [
            button(f"weighing_{act}", words, keyboard.name(act))
            for act, words in (("take", self.tr("Take")), ("tare", self.tr("Tare")), ("zero", self.tr("Zero")))
        ]
        for each, icon in zip(self._buttons, ("weigh", "arrow", "today"), strict=True):
            if icon == "weigh":
                each.setIcon(look.icon(icon))
                each.setIconSize(QSize(look.current().px(16), look.current().px(16)))
        inside = QVBoxLayout(self)
        inside.setContentsMargins(INSIDE, INSIDE - 4, INSIDE, INSIDE)
        inside.setSpacing(8)
        inside.addLayout(row(self._name, 1, self._sign, self._state, gap=6))
        inside.addWidget(self._figure)
        inside.addWidget(self._told)
        inside.addLayout(row(*self._buttons, 1, gap=8))
        inside.addWidget(self._reason_field)
        for each, act in zip(self._buttons, ("take", "tare", "zero"), strict=True):
            each.clicked.connect(lambda _=False, act=act: self.asked.emit(act))
        self._show_connected()

    @property
    def reason(self) -> str:
        """The code of the reason for typing by hand; empty with a balance."""
        return "" if self._connected else str(self._reason.currentData() or "")

    @property
    def wants_reason(self) -> bool:
        return not self._connected and not self.reason and self._reason.count() > 0

    def ask_reason(self) -> None:
        self._reason_field.show_words(self.tr("Choose a reason."))

    def show_reasons(self, reasons: Sequence[tuple[str, str]]) -> None:
        self._reason.clear()
        for words, code in [(self.tr("choose"), ""), *numbered(reasons)]:
            self._reason.addItem(words, code)

    def show_reason(self, code: str) -> None:
        self._reason.setCurrentIndex(max(self._reason.findData(code), 0))

    def show_balance(self, name: str, told: str) -> None:
        """A balance is there: its name, and when it was last zeroed, checked, calibrated."""
        self._connected = True
        self._name.setText(self.tr("Balance {name}").format(name=name))
        self._told.setText(told)
        self._show_connected()

    def show_reading(self, carats: Carats | None, *, stable: bool) -> None:
        """What lies on the pan now; None: nothing is heard, and no old figure is shown as present."""
        self.show_carats(carats)
        tone = Tone.UNKNOWN if carats is None else Tone.OK if stable else Tone.LIFTABLE
        words = self.tr("silent") if carats is None else self.tr("stable") if stable else self.tr("moving")
        self._sign.show_sign(tone.value)
        self._state.setText(words)

    def show_carats(self, carats: Carats | None) -> None:
        self._carats = carats
        self._figure.setText("–" if carats is None else f"{self._formats.number(carats.value.quantize(_PLACES))} ct")

    def _show_connected(self) -> None:
        self._reason_field.setVisible(not self._connected)
        for each in self._buttons:
            each.setVisible(self._connected)
