"""Carats typed by hand: twice, with a reason from the office's list (desk.md §2.5.7)."""

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from kpdesk.domain.measures import Carats
from ui import messages
from ui.formats import Formats
from ui.marks import QT_TRANSLATE_NOOP
from ui.widgets.amount_field import AmountField
from ui.widgets.card import column
from ui.widgets.field import EnterMoves, Field, choice, numbered

REASONS = (
    ("no_balance", QT_TRANSLATE_NOOP("reasons", "No balance at this desk")),
    ("balance_fails", QT_TRANSLATE_NOOP("reasons", "The balance does not answer")),
    ("balance_barred", QT_TRANSLATE_NOOP("reasons", "The balance is barred")),
    ("too_heavy", QT_TRANSLATE_NOOP("reasons", "Heavier than the balance takes")),
)


class TypedWeight(QWidget):
    """The reason alone where the page has its own fields for carats."""

    def __init__(self, formats: Formats, *, entries: bool) -> None:
        super().__init__()
        self.setObjectName("weighing_by_hand")
        self.entries = entries
        """Whether carats are typed here."""
        self._first = AmountField(
            "weighing_typed", self.tr("Carats, as the balance shows them"), places=3, unit="ct", formats=formats
        )
        self._again = AmountField("weighing_again", self.tr("The same once more"), places=3, unit="ct", formats=formats)
        self._reason = choice("weighing_reason")
        self._reason.setMinimumContentsLength(12)
        self._reason_field = Field(self.tr("Reason for typing the carats"), self._reason)
        self.setLayout(column(self._first, self._again, self._reason_field))
        for field in (self._first, self._again):
            field.setVisible(entries)
        self._moves = EnterMoves([self._first.editor, self._again.editor, self._reason])
        self.show_reasons(messages.reasons(REASONS))

    @property
    def reason(self) -> str:
        """Its code; empty while none is chosen."""
        return str(self._reason.currentData() or "")

    @property
    def wants_reason(self) -> bool:
        return not self.reason and self._reason.count() > 0

    def ask_reason(self) -> None:
        self._reason_field.show_words(self.tr("Choose a reason."))
        self._reason.setFocus()

    def show_reasons(self, reasons: Sequence[tuple[str, str]]) -> None:
        self._reason.clear()
        for words, code in [(self.tr("choose"), ""), *numbered(reasons)]:
            self._reason.addItem(words, code)

    def show_reason(self, code: str) -> None:
        self._reason.setCurrentIndex(max(self._reason.findData(code), 0))

    def take_cursor(self) -> None:
        (self._first.editor if self.entries else self._reason).setFocus()

    def take(self) -> Carats | None:
        """The carats, if both entries are the same and there is a reason; else what is wanted is said there."""
        first = self._first.amount
        if not first:
            self._first.show_words(self.tr("Type the carats."))
            self._first.editor.setFocus()
        elif self._again.amount != first:
            self._again.show_words(self.tr("The two entries differ. Look at the balance and type again."))
            self._again.editor.setFocus()
        elif self.wants_reason:
            self.ask_reason()
        else:
            for field in (self._first, self._again):
                field.show_amount(None)
            self._reason_field.show_words("")
            return Carats(first)
        return None
