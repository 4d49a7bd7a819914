"""A field for carats or money: says at once what it understood, and what is wrong when it is left."""

from decimal import Decimal

from PySide6.QtCore import Signal

from kpdesk.domain.measures import parse_amount
from kpdesk.domain.outcomes import Refusal
from ui import messages
from ui.formats import SPACE, Formats
from ui.widgets.field import Field, line


class AmountField(Field):
    """An amount with at most `places` decimals, never a spin box; what has a unit is read back in the line below."""

    amount_changed = Signal(object)
    """A Decimal, or None while there is no amount."""

    def __init__(self, name: str, caption: str, *, places: int, unit: str, formats: Formats) -> None:
        editor = line(name, mono=True, longest=64)
        super().__init__(caption, editor, below=bool(unit))
        self._places, self._unit, self._formats = places, unit, formats
        self._amount: Decimal | None = None
        editor.textChanged.connect(self._on_text_changed)
        editor.editingFinished.connect(self.check)

    @property
    def amount(self) -> Decimal | None:
        return self._amount

    def show_amount(self, amount: Decimal | None) -> None:
        self.editor.setText("" if amount is None else self._formats.number(amount))  # type: ignore[union-attr]

    def check(self) -> bool:
        """Say what is wrong, if anything is; an empty field is not wrong."""
        text = self._text()
        try:
            if text:
                parse_amount(text, self._places)
        except Refusal as refusal:
            self.show_words(messages.in_full(refusal))
            return False
        self.show_words("")
        return True

    def _text(self) -> str:
        return self.editor.text().strip()  # type: ignore[union-attr]

    def _on_text_changed(self) -> None:
        """While typing, an error is only cleared; it is raised when the field is left."""
        try:
            amount = parse_amount(self._text(), self._places)
        except Refusal:
            amount = None
        if amount is not None or not self._text():
            self.show_words("")
        self.show_below(
            f"= {self._formats.number(amount)}{SPACE}{self._unit}" if amount is not None and self._unit else ""
        )
        if amount != self._amount:
            self._amount = amount
            self.amount_changed.emit(amount)
