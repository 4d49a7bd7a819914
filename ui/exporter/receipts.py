"""Levies and fees: what is owed, receipts matched to it, and the day's sums, the two ledgers apart (kpcs.md §4)."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QWidget

from kpdesk.desks.fees import ClaimSlip, PaymentSlip
from kpdesk.domain.fees import US, Ledger, Payment
from kpdesk.domain.ledgers import DayOfLedger
from kpdesk.domain.measures import Money, total_money
from kpdesk.domain.outcomes import Outcome
from kpdesk.domain.parties import Role
from ui import messages
from ui.exporter.receipt_form import ReceiptForm, Typed
from ui.marks import QT_TRANSLATE_NOOP
from ui.second import SecondSignature
from ui.slips import Signed
from ui.surface import Surface
from ui.tones import Tone
from ui.widgets.card import BETWEEN, Notice, TextStyle, button, card, column, row, table_card, text
from ui.widgets.columns import Columns
from ui.widgets.field import Field, line
from ui.widgets.flow import Flow
from ui.widgets.page import Page
from ui.widgets.rows import Column, Rows

LEDGERS = {
    Ledger.LEVY: QT_TRANSLATE_NOOP("ledgers", "levy"),
    Ledger.FEE: QT_TRANSLATE_NOOP("ledgers", "fee"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Owed:
    """What is open, and how many applications nobody has claimed anything of yet."""

    claims: Sequence[ClaimSlip]
    unclaimed: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DayPaid:
    """A day's receipts and sums."""

    sums: Sequence[DayOfLedger]
    payments: Sequence[PaymentSlip]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceiptActs:
    """What the page asks of a desk; all but `today` run in the workroom."""

    owed: Callable[[], Owed]
    claim_all: Callable[[], int]
    """Claims what the tariff asks of every application; how many claims that made."""
    receive: Callable[[Typed, Sequence[str]], Payment]
    day: Callable[[date], DayPaid]
    reverse: Callable[[str, str, str, str], object]
    """Receipt, reason, second officer, password."""
    cancel: Callable[[str, str, str, str], object]
    """Claim, reason, second officer, password."""
    print_receipt: Callable[[str], str]
    """Where the paper is to be looked for."""
    local: Callable[[], str]
    """The local currency, `USD` where there is none."""
    today: Callable[[], date]


class ReceiptsPage(Page):
    """Space marks what a receipt pays; Ctrl+Enter takes it in."""

    def __init__(self, acts: ReceiptActs, surface: Surface) -> None:
        super().__init__("receipts", surface)
        self._acts = acts
        self._marked: dict[str, ClaimSlip] = {}
        self._build()
        self._wire()

    def _build(self) -> None:
        self.form = ReceiptForm(self._formats, self._keyboard)
        self._top = Notice("receipts_top")
        self._claim_all = button("receipts_claim", self.tr("Claim by the tariff"))
        self._unclaimed = text("", "muted", wrap=True)
        self._claim_row = QFrame()
        self._claim_row.setLayout(row(self._claim_all, self._unclaimed, 1))
        left = column(self._top, self._claim_row, self._claims_card(), self._payments_card(), gap=BETWEEN)
        left.setStretch(2, 3)
        left.setStretch(3, 2)
        Columns(self, (left, 9), (column(self.form, self._sums_card(), self._back_card(), 1, gap=BETWEEN), 4))

    def _claims_card(self) -> QFrame:
        columns = (
            Column("", lambda slip: "✓" if slip.claim.number in self._marked else ""),
            Column(self.tr("Application"), lambda slip: slip.claim.application),
            Column(self.tr("Payer"), lambda slip: slip.payer_name, wide=True),
            Column(self.tr("For"), lambda slip: f"{ledger_word(slip.claim.ledger)} · {slip.claim.charge}"),
            Column(self.tr("Open US$"), lambda slip: self._cents(slip.claim.open), number=True),
        )
        self._claims = Rows(
            "receipts_claims",
            self.tr("Open claims"),
            columns,
            self.tr("Nothing is owed. Claims appear here once an application is claimed by the tariff in force."),
        )
        return table_card(
            "receipts_claims_card", self.tr("Open claims: Space marks what the receipt pays"), self._claims
        )

    def _payments_card(self) -> QFrame:
        columns = (
            Column(self.tr("Receipt"), lambda slip: slip.payment.number, tone=_paid_tone),
            Column(self.tr("Payer"), lambda slip: slip.payer_name, wide=True),
            Column(self.tr("Ledger"), lambda slip: ledger_word(slip.payment.ledger)),
            Column(self.tr("Paid"), self._paid, number=True),
            Column(self.tr("US$"), lambda slip: self._cents(slip.payment.amount), number=True),
            Column(self.tr("State"), self._state),
        )
        self._payments = Rows(
            "receipts_day", self.tr("Receipts of today"), columns, self.tr("No receipt was taken in today.")
        )
        return table_card("receipts_day_card", self.tr("Receipts of today"), self._payments)

    def _sums_card(self) -> QFrame:
        """The two ledgers under each other, never added up."""
        frame, inside = card("receipts_sums", self.tr("Today, US$"))
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        heads = (self.tr("Ledger"), self.tr("claimed"), self.tr("received"), self.tr("open"))
        for place, words in enumerate(heads):
            grid.addWidget(_figure(words, "caption") if place else text(words, "caption"), 0, place)
        self._sums: dict[tuple[Ledger, str], QLabel] = {}
        for line_, ledger in enumerate(Ledger, 1):
            grid.addWidget(text(ledger_word(ledger)), line_, 0)
            for place, what in enumerate(("claimed", "received", "open"), 1):
                label = self._sums[ledger, what] = _figure("–", "number")
                label.setObjectName(f"receipts_{ledger}_{what}")
                grid.addWidget(label, line_, place)
        inside.addLayout(grid)
        return frame

    def _back_card(self) -> QFrame:
        frame, inside = card("receipts_back", self.tr("Taken back by two"))
        self._why = line("receipts_why", longest=200)
        self._why_field = Field(self.tr("&Reason"), self._why)
        self._reverse = button("receipts_reverse", self.tr("Reverse receipt"))
        self._cancel = button("receipts_cancel", self.tr("Cancel claim"))
        self._print = button("receipts_print", self.tr("Print receipt"), self._keyboard.name("print"))
        inside.addWidget(self._why_field)
        buttons = QWidget()
        flow = Flow(buttons, gap=12)
        flow.setContentsMargins(0, 0, 0, 0)
        for each in (self._reverse, self._cancel, self._print):
            flow.addWidget(each)
        inside.addWidget(buttons)
        return frame

    def _wire(self) -> None:
        self._claims.opened.connect(lambda _: self.form.take_cursor())
        self._claims.picked.connect(lambda _: self._show_owed())
        self.form.asked.connect(self.receive)
        self._claim_all.clicked.connect(self.claim_all)
        self._reverse.clicked.connect(self.reverse)
        self._cancel.clicked.connect(self.cancel)
        self._print.clicked.connect(self.print_receipt)
        self._workroom.changed.connect(self._on_changed)
        mark = QShortcut(QKeySequence(Qt.Key.Key_Space), self._claims.table)
        mark.setContext(Qt.ShortcutContext.WidgetShortcut)
        mark.activated.connect(self.mark)
        self.bind("main", self.receive)
        self.bind("print", self.print_receipt)

    def enter(self) -> None:
        self._claims.take_cursor()
        self._workroom.run(self, self._acts.local, self.form.show_local)
        self._ask()

    def _ask(self) -> None:
        today = self._acts.today()
        self._workroom.run(self, self._acts.owed, self._show_claims)
        self._workroom.run(self, lambda: self._acts.day(today), self._show_day)

    def _on_changed(self, changes: frozenset[str]) -> None:
        if changes & {"fees", "applications"} and self.isVisible():
            self._ask()

    def _show_claims(self, owed: Owed) -> None:
        there = {slip.claim.number: slip for slip in owed.claims}
        self._marked = {number: there[number] for number in self._marked if number in there}
        self._claims.show_slips(owed.claims)
        self._claim_row.setVisible(owed.unclaimed > 0)
        self._unclaimed.setText(self.tr("applications not claimed yet: {count}").format(count=owed.unclaimed))
        total = total_money(slip.claim.open for slip in owed.claims)
        self.show_subtitle(self.tr("open: {total}").format(total=self._formats.money(total)))
        self._show_owed()

    def _show_day(self, day: DayPaid) -> None:
        for each in day.sums:
            self._sums[each.ledger, "claimed"].setText(self._net(each.claimed, each.cancelled))
            self._sums[each.ledger, "received"].setText(self._net(each.received, each.reversed))
            self._sums[each.ledger, "open"].setText(self._cents(each.open))
        self._payments.show_slips(day.payments)

    def mark(self) -> None:
        """The receipt pays the claim under the cursor too, or not."""
        slip = self._claims.current()
        if isinstance(slip, ClaimSlip):
            if self._marked.pop(slip.claim.number, None) is None:
                self._marked[slip.claim.number] = slip
            self._claims.table.viewport().update()
            self._claims.step(1)
            self._show_owed()

    @property
    def paying(self) -> list[ClaimSlip]:
        """What is marked, in the order of marking; else what the cursor is on."""
        current = self._claims.current()
        return list(self._marked.values()) or ([current] if isinstance(current, ClaimSlip) else [])

    def _show_owed(self) -> None:
        paying = self.paying
        self.form.show_owed(
            total_money(slip.claim.open for slip in paying),
            ", ".join(slip.claim.number for slip in paying),
            paying[0].payer_name if paying else "",
        )

    def receive(self) -> None:
        """Take the receipt in; the claims it pays are the marked ones."""
        typed = self.form.typed()
        if typed is None:
            return
        claims = [slip.claim.number for slip in self.paying]
        self._workroom.run(
            self, lambda: self._acts.receive(typed, claims), self._on_received, self._on_refused, changes=("fees",)
        )

    def _on_received(self, payment: Payment) -> None:
        self._top.show_words("")
        self._marked = {}
        self.form.clear()
        words = self.tr("Receipt {number} of {amount} taken in")
        self.told.emit(words.format(number=payment.number, amount=self._formats.money(payment.amount)))
        self._claims.take_cursor()

    def _on_refused(self, problem: Outcome) -> None:
        self._top.show_words(messages.in_full(problem))

    def claim_all(self) -> None:
        """Claim what the tariff in force asks of every application."""
        said = self.tr("claims made: {count}")
        self._workroom.run(
            self,
            self._acts.claim_all,
            lambda made: self.told.emit(said.format(count=made)),
            self._on_refused,
            changes=("fees",),
        )

    def reverse(self) -> None:
        slip = self._payments.current()
        if isinstance(slip, PaymentSlip) and self._has_reason():
            name, why = slip.payment.identity, self._why.text()
            about = self.tr("Reverse receipt {number} of {payer}").format(
                number=slip.payment.number, payer=slip.payer_name
            )
            signed = Signed(about=about, value=slip.payment.amount)
            self._ask_second(signed, lambda *who: self._acts.reverse(name, why, *who))

    def cancel(self) -> None:
        slip = self._claims.current()
        if isinstance(slip, ClaimSlip) and self._has_reason():
            name, why = slip.claim.number, self._why.text()
            about = self.tr("Cancel claim {number} of {payer}").format(number=name, payer=slip.payer_name)
            self._ask_second(
                Signed(about=about, value=slip.claim.amount), lambda *who: self._acts.cancel(name, why, *who)
            )

    def _has_reason(self) -> bool:
        there = bool(self._why.text().strip())
        self._why_field.show_words("" if there else self.tr("Write the reason down."))
        if not there:
            self._why.setFocus()
        return there

    def _ask_second(self, shown: Signed, sign: Callable[[str, str], object]) -> None:
        asked = SecondSignature(
            verb=self.tr("Sign"),
            lines=[shown],
            sign=sign,
            workroom=self._workroom,
            formats=self._formats,
            role=Role.SUPERVISOR,
            parent=self,
        )
        asked.signed.connect(lambda _: self._on_taken_back(shown.about))
        asked.finished.connect(asked.deleteLater)
        asked.open()

    def _on_taken_back(self, about: str) -> None:
        self._why.clear()
        self._top.show_words("")
        self.told.emit(about)
        self._workroom.changed.emit(frozenset({"fees"}))

    def print_receipt(self) -> None:
        slip = self._payments.current()
        if isinstance(slip, PaymentSlip):
            name = slip.payment.identity
            said = self.tr("Printed: {where}")
            self._workroom.run(
                self,
                lambda: self._acts.print_receipt(name),
                lambda where: self.told.emit(said.format(where=where)),
                self._on_refused,
            )

    def _cents(self, money: Money) -> str:
        return self._formats.number(Decimal(str(money)))

    def _net(self, amount: Money, back: Money) -> str:
        """What came, and behind it what was taken back."""
        return f"{self._cents(amount)} − {self._cents(back)}" if back else self._cents(amount)

    def _paid(self, slip: PaymentSlip) -> str:
        payment = slip.payment
        return "" if payment.currency == US else f"{payment.currency} {self._formats.number(payment.paid)}"

    def _state(self, slip: PaymentSlip) -> str:
        return self.tr("reversed: {why}").format(why=slip.reversal.why) if slip.reversal else self.tr("counts")


def _figure(words: str, style: TextStyle) -> QLabel:
    label = text(words, style)
    label.setAlignment(Qt.AlignmentFlag.AlignTrailing | Qt.AlignmentFlag.AlignVCenter)
    return label


def ledger_word(ledger: Ledger) -> str:
    return QCoreApplication.translate("ledgers", LEDGERS[ledger])


def _paid_tone(slip: PaymentSlip) -> Tone:
    return Tone.UNKNOWN if slip.reversal else Tone.OK
