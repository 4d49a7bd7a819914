"""The balance of a change of goods as it is typed: what it is, each origin on both sides, the buyer, the reason."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from kpdesk.domain.measures import Carats
from kpdesk.domain.sorting import Change, OriginLine
from ui.clerk.rework_form import low, origin_words
from ui.formats import Formats
from ui.tones import Tone
from ui.widgets.balance_bars import BalanceBars, Pan
from ui.widgets.card import APART, INSIDE, Notice, text
from ui.widgets.field import Field, choice, numbered
from ui.widgets.flow import Flow
from ui.widgets.pick_field import PickField
from ui.widgets.rows import Column, Rows


class BalanceCard(QFrame):
    """The officer sees a difference the moment it arises, and gives its reason with one digit."""

    typed = Signal()
    """The buyer or the reason."""

    def __init__(self, formats: Formats, *buttons: QWidget) -> None:
        super().__init__()
        self.setObjectName("goods_balance")
        self.setProperty("card", True)
        self._formats = formats
        self._lines: tuple[OriginLine, ...] = ()
        self.notice = Notice("goods_notice")
        self._build(buttons)
        self._reason.currentIndexChanged.connect(lambda _: self.typed.emit())
        self._buyer.picked.connect(lambda _: self.typed.emit())

    def _build(self, buttons: Sequence[QWidget]) -> None:
        self._what = text("", "heading")
        self._what.setObjectName("goods_what")
        self._hint = text(self.tr("Add the parcels that go in. Their carats stand here."), "muted", wrap=True)
        self._bars = BalanceBars("goods_bars", self.tr("Balance by origin"))
        self._table = Rows(
            "goods_lines",
            self.tr("Balance by origin"),
            (
                Column(self.tr("Origin"), lambda line: origin_words(line.origin), wide=True, tone=_tone),
                Column(self.tr("In"), lambda line: self._number(line.before), number=True),
                Column(self.tr("Out"), lambda line: self._number(line.after), number=True),
                Column(self.tr("Sold"), lambda line: self._number(line.sold) if line.sold else "", number=True),
            ),
            self.tr("Nothing goes in yet."),
        )
        low(self._table)
        self._buyer = PickField(
            "goods_buyer", self.tr("Bu&yer"), nothing=self.tr("No dealer or exporter matches “{text}”.")
        )
        self._reason = choice("goods_reason")
        self._reason_field = Field(self.tr("Re&ason for the difference"), self._reason)
        held = QWidget()
        flow = Flow(held, gap=12)
        flow.setContentsMargins(0, 0, 0, 0)
        for each in buttons:
            flow.addWidget(each)
        inside = QVBoxLayout(self)
        inside.setContentsMargins(INSIDE, INSIDE - 4, INSIDE, INSIDE)
        inside.setSpacing(APART)
        caption = text(self.tr("Balance by origin"), "caption")
        shown = (caption, self._what, self._hint, self._bars, self._table, self._buyer, self._reason_field, self.notice)
        for widget in (*shown, held):
            inside.addWidget(widget)
        self.show_lines((), None)

    def _number(self, carats: Carats) -> str:
        return self._formats.number(carats.value)

    @property
    def reason(self) -> str:
        """The code of the reason, or nothing."""
        return str(self._reason.currentData() or "")

    @property
    def buyer(self) -> str:
        return self._buyer.value or ""

    def show_known(self, buyers: Sequence[tuple[str, str]], reasons: Sequence[tuple[str, str]]) -> None:
        self._buyer.show_options(buyers)
        kept = self.reason
        self._reason.clear()
        self._reason.addItem(self.tr("Choose a reason"), "")
        for words, code in numbered(reasons):
            self._reason.addItem(words, code)
        self._reason.setCurrentIndex(max(self._reason.findData(kept), 0))

    def show_buyer(self, buyer: str) -> None:
        self._buyer.show_value(buyer)

    def clear(self) -> None:
        self._reason.setCurrentIndex(0)
        self._buyer.show_value(None)
        self.notice.show_words("")

    def ask_reason(self) -> None:
        """The cursor to the reasons."""
        self._reason_field.setEnabled(True)
        self._reason.setFocus()

    def show_lines(self, lines: Sequence[OriginLine], change: Change | None) -> None:
        """The balance as it stands; `change` is None while nothing comes out."""
        self._lines = tuple(lines)
        most = max((max(line.before, line.after + line.sold).value for line in lines), default=0)
        self._bars.show_pans([self._pan(line, float(most)) for line in lines])
        self._table.show_slips(self._lines)
        for widget in (self._bars, self._table):
            widget.setVisible(bool(lines))
        self._hint.setVisible(not lines)
        self._what.setText("" if change is None else self._words_of(change))
        self._what.setVisible(change is not None)
        self._buyer.setVisible(change is Change.SELL)
        self._reason_field.setEnabled(change is not None and any(line.differs for line in lines))

    def rest(self, origin: str) -> Carats:
        """What is left of an origin, or of all."""
        own = [line for line in self._lines if line.origin == origin] or self._lines
        return Carats.from_hundredths(sum(line.loss.hundredths for line in own))

    def _words_of(self, change: Change) -> str:
        return {
            Change.MERGE: self.tr("Merging into one parcel"),
            Change.SPLIT: self.tr("Splitting one parcel"),
            Change.SORT: self.tr("Sorting"),
            Change.SELL: self.tr("Local sale"),
        }[change]

    def _pan(self, line: OriginLine, most: float) -> Pan:
        words, tone = self.tr("balanced"), Tone.OK.value
        if line.differs:
            sign, amount = ("−", line.loss) if line.loss else ("+", line.gain)
            words, tone = f"{sign} {self._formats.carats(amount)}", Tone.LIFTABLE.value
        before, after, sold = (
            float(part.value) / most if most else 0.0 for part in (line.before, line.after, line.sold)
        )
        return Pan(origin_words(line.origin), before, after, sold, words, tone)


def _tone(line: OriginLine) -> Tone:
    return Tone.LIFTABLE if line.differs else Tone.OK
