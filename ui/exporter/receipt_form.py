"""A receipt as it is typed: its number, what was paid, and in local money the rate that it names."""

from contextlib import suppress
from dataclasses import dataclass
from decimal import Decimal

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout

from kpdesk.domain.fees import US, in_dollars
from kpdesk.domain.measures import Money
from kpdesk.domain.outcomes import Refusal
from ui.formats import SPACE, Formats
from ui.keys import Keyboard
from ui.widgets.amount_field import AmountField
from ui.widgets.card import INSIDE, button, row, text
from ui.widgets.field import EnterMoves, Field, choice, line


@dataclass(frozen=True, slots=True)
class Typed:
    """What the form says."""

    number: str
    paid: Decimal
    currency: str
    rate: Decimal
    """Units of the currency for one US$."""


class ReceiptForm(QFrame):
    """The rate is asked for only where the receipt is in local money."""

    asked = Signal()

    def __init__(self, formats: Formats, keyboard: Keyboard) -> None:
        super().__init__()
        self.setObjectName("receipt_form")
        self.setProperty("card", True)
        self._formats = formats
        self._about = text("", "muted", wrap=True)
        self._about.setObjectName("receipt_about")
        self._number = line("receipt_number", mono=True, longest=40)
        self._number_field = Field(self.tr("Receipt &number"), self._number)
        self._currency = choice("receipt_currency", (US, US))
        self._currency_field = Field(self.tr("&Currency"), self._currency)
        self._paid = AmountField("receipt_paid", self.tr("&Paid"), places=2, unit="", formats=formats)
        self._rate = AmountField("receipt_rate", self.tr("Ra&te, for one US$"), places=4, unit="", formats=formats)
        self._take = button("receipt_take", self.tr("Take the receipt in"), keyboard.name("main"), primary=True)
        inside = QVBoxLayout(self)
        inside.setContentsMargins(INSIDE, INSIDE - 4, INSIDE, INSIDE)
        inside.setSpacing(10)
        inside.addWidget(text(self.tr("Receipt"), "caption"))
        for each in (self._about, self._number_field, self._currency_field, self._paid, self._rate):
            inside.addWidget(each)
        inside.addLayout(row(self._take, 1))
        self._moves = EnterMoves([self._number, self._currency, self._paid.editor, self._rate.editor])
        self._take.clicked.connect(self.asked)
        self._currency.currentIndexChanged.connect(self._on_currency)
        self._paid.amount_changed.connect(self._show_worth)
        self._rate.amount_changed.connect(self._show_worth)
        self.show_local(US)

    def show_local(self, currency: str) -> None:
        """The one other currency that receipts may be in."""
        if currency != US and self._currency.findData(currency) < 0:
            self._currency.addItem(currency, currency)
        self._currency_field.setVisible(self._currency.count() > 1)
        self._on_currency()

    def show_owed(self, owed: Money, claims: str, payer: str) -> None:
        """What the marked claims come to."""
        words = self.tr("{payer} owes {owed}: {claims}.")
        said = words.format(payer=payer, owed=self._formats.money(owed), claims=claims)
        self._about.setText(said if claims else self.tr("Mark the claims that the receipt pays."))

    def take_cursor(self) -> None:
        self._number.setFocus()

    def clear(self) -> None:
        self._number.clear()
        self._paid.show_amount(None)
        self._number_field.show_words("")

    def typed(self) -> Typed | None:
        """What is typed, or None and the cursor where something is missing."""
        number, paid, rate = self._number.text().strip(), self._paid.amount, self._rate.amount
        foreign = self._currency.currentData() != US
        if not number:
            self._number_field.show_words(self.tr("Enter the number on the receipt."))
            self._number.setFocus()
            return None
        self._number_field.show_words("")
        for field, amount, wanted in ((self._paid, paid, True), (self._rate, rate, foreign)):
            if wanted and amount is None:
                if field.check():
                    field.show_words(self.tr("Fill this in."))
                field.editor.setFocus()
                return None
        assert paid is not None
        return Typed(number, paid, str(self._currency.currentData()), rate if foreign and rate else Decimal(1))

    def _on_currency(self) -> None:
        foreign = self._currency.currentData() != US
        self._rate.setVisible(foreign)
        self._show_worth()

    def _show_worth(self) -> None:
        """What was understood, and what local money is worth in US$."""
        paid, rate, currency = self._paid.amount, self._rate.amount, str(self._currency.currentData())
        understood = (
            "" if paid is None else f"= {currency if currency != US else 'US$'}{SPACE}{self._formats.number(paid)}"
        )
        self._paid.show_below(understood)
        worth = ""
        if currency != US and paid is not None and rate:
            with suppress(Refusal):
                worth = f"= {self._formats.money(in_dollars(paid, currency, rate))}"
        self._rate.show_below(worth)
