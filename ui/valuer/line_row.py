"""One line of a figure: carats and US$ per carat of a class, and the reason where the price is not the usual one."""

from collections.abc import Sequence
from decimal import Decimal

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QComboBox, QLineEdit

from kpdesk.domain.measures import Carats, Money, parse_amount, priced
from kpdesk.domain.outcomes import Refusal
from kpdesk.domain.prices import SizeClass
from kpdesk.domain.valuation import PriceReason, SizeLine, Strip
from ui import messages
from ui.formats import Formats
from ui.tones import Tone
from ui.widgets.card import Notice, text
from ui.widgets.field import choice, line, numbered

FIGURES = Qt.AlignmentFlag.AlignTrailing | Qt.AlignmentFlag.AlignVCenter


class LineRow(QObject):
    """The widgets of one class; it keeps what is typed as text, so that a draft loses nothing."""

    changed = Signal()
    left = Signal()

    def __init__(self, place: int, size: SizeClass, reasons: Sequence[tuple[str, str]], formats: Formats) -> None:
        super().__init__()
        self.size, self._formats = size, formats
        self.strip = Strip("", ())
        self.name = text(size.code)
        self.words = text("" if size.words == size.code else size.words, "muted", wrap=True)
        self.carats, self.price = (line(f"value_{what}_{place}", mono=True, longest=24) for what in ("carats", "price"))
        self.value = text("", "number")
        self.value.setAlignment(FIGURES)
        self.notice = Notice(f"value_notice_{place}")
        self.reason = choice(f"value_reason_{place}", (self.tr("choose the reason"), ""), *numbered(reasons))
        self.why = text(self.tr("Reason"), "caption")
        self.name.setBuddy(self.carats)
        self.value.setBuddy(self.price)
        self.why.setBuddy(self.reason)
        self.carats.setAccessibleName(self.tr("Carats, {size}").format(size=size.code))
        self.price.setAccessibleName(self.tr("US$ per carat, {size}").format(size=size.code))
        self.reason.setAccessibleName(self.tr("Reason for the price, {size}").format(size=size.code))
        for each in (self.carats, self.price):
            each.setAlignment(FIGURES)
            each.textChanged.connect(self._on_changed)
            # Before whoever moves the cursor on with Enter: that a reason is asked for decides where it goes.
            each.returnPressed.connect(self.leave)
            each.editingFinished.connect(self.leave)
        self.reason.currentIndexChanged.connect(self._on_changed)
        self._show_asking(False)
        self._on_changed()

    @property
    def widgets(self) -> tuple[QLineEdit | QComboBox, ...]:
        """In the order of the keys."""
        return (self.carats, self.price, self.reason)

    @property
    def weight(self) -> Carats | None:
        """Understood so far."""
        amount = _amount(self.carats)
        return None if amount is None else Carats(amount)

    @property
    def per_carat(self) -> Decimal | None:
        return _amount(self.price)

    @property
    def worth(self) -> Money | None:
        return priced(self.weight, self.per_carat) if self.weight and self.per_carat is not None else None

    @property
    def line(self) -> SizeLine:
        code = self.reason.currentData()
        assert self.weight is not None
        assert self.per_carat is not None
        return SizeLine(self.size.code, self.weight, self.per_carat, PriceReason(code) if code else None)

    @property
    def tone(self) -> Tone:
        """How its price compares with what is usual."""
        finding = None if self.per_carat is None or not self.weight else self.strip.unusual(self.per_carat)
        return Tone.OK if finding is None else Tone.STOP if finding.rule.code == "price_far_out" else Tone.LIFTABLE

    @property
    def wants_reason(self) -> bool:
        return self.tone is not Tone.OK and not self.reason.currentData()

    def texts(self) -> list[str]:
        return [self.carats.text(), self.price.text(), str(self.reason.currentData() or "")]

    def show_texts(self, texts: Sequence[str]) -> None:
        self.carats.setText(texts[0])
        self.price.setText(texts[1])
        self.reason.setCurrentIndex(max(self.reason.findData(texts[2]), 0))
        self.look()

    def offer(self, price: Decimal | None) -> None:
        """The book's price, for whoever has typed none."""
        if price is not None and self.carats.text().strip() and not self.price.text().strip():
            self.price.setText(self._formats.number(price))
            self.price.selectAll()

    def leave(self) -> None:
        """What was understood, written out."""
        for editor in (self.carats, self.price):
            amount = _amount(editor)
            if amount is not None and (words := self._formats.number(amount)) != editor.text():
                editor.setText(words)
        self.look()

    def look(self) -> bool:
        """Say beside the line what is wrong or asks for a reason; whether it may be signed."""
        words, tone = "", Tone.STOP
        for editor, places in ((self.carats, 2), (self.price, 2)):
            try:
                if editor.text().strip():
                    parse_amount(editor.text(), places)
            except Refusal as refusal:
                words = words or messages.in_full(refusal)
        finding = (
            self.strip.unusual(self.per_carat) if not words and self.worth is not None and self.per_carat else None
        )
        if finding:
            words, tone = messages.answer(messages.found(finding)).what, self.tone
        if not words and self.weight and self.per_carat is None:
            words = self.tr("Enter the price of {size}.").format(size=self.size.code)
        self.notice.show_words(words, tone)
        self._show_asking(finding is not None)
        return not words or (finding is not None and not self.wants_reason)

    def _show_asking(self, asks: bool) -> None:
        self.reason.setVisible(asks)
        self.why.setVisible(asks)
        if not asks and self.reason.currentIndex():
            self.reason.setCurrentIndex(0)

    def _on_changed(self) -> None:
        self.price.setEnabled(bool(self.carats.text().strip()))
        self.value.setText("" if self.worth is None else self._formats.number(self.worth.value))
        self.changed.emit()


def _amount(editor: QLineEdit) -> Decimal | None:
    try:
        return parse_amount(editor.text(), 2)
    except Refusal:
        return None
