"""The office's balances: state, calibration, checks, how much was typed; misses signed, new ones found (desk.md §2)."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QStackedWidget, QWidget

from kpdesk.domain.balance import Balance
from kpdesk.domain.outcomes import Outcome
from kpdesk.domain.parties import Role
from ui import messages
from ui.second import SecondSignature
from ui.slips import Signed
from ui.supervisor.balance_form import BalanceForm, Found, Place, flowing
from ui.surface import Surface
from ui.tones import Answer, Tone
from ui.widgets.abreast import Abreast
from ui.widgets.card import BETWEEN, Notice, button, card, column, table_card, text
from ui.widgets.columns import Columns
from ui.widgets.day_field import DayField
from ui.widgets.field import Field, line
from ui.widgets.findings import Findings
from ui.widgets.page import Page
from ui.widgets.rows import Column, Rows
from ui.widgets.weighing_card import WeighingCard

_MUCH_TYPED = 10
"""Percent of a week's weighings; more is said."""


@dataclass(frozen=True, slots=True)
class BalanceRow:
    """A balance as the list shows it."""

    balance: Balance
    findings: tuple[Answer, ...]
    typed: tuple[int, int]
    """This week: weighings typed, and all."""

    @property
    def tone(self) -> Tone:
        tones = {answer.tone for answer in self.findings}
        return Tone.STOP if Tone.STOP in tones else Tone.LIFTABLE if tones else Tone.OK


@dataclass(frozen=True, slots=True)
class LogRow:
    """A check of a balance, or a reading that was refused."""

    at: datetime
    tone: Tone
    what: str
    shown: Decimal | None
    """Carats; None where the line was no weight."""
    off: Decimal | None
    officer: str
    note: str


@dataclass(frozen=True, slots=True)
class Overview:
    """Every balance in use, and this week's typing in the whole office."""

    rows: tuple[BalanceRow, ...]
    typed: tuple[int, int]


@dataclass(frozen=True, slots=True)
class BalancesActs:
    """What the page asks of a desk; all run in the workroom, `find` in the balance's lane."""

    overview: Callable[[], Overview]
    log: Callable[[str], Sequence[LogRow]]
    places: Callable[[], Sequence[Place]]
    find: Callable[[Place, Callable[[], bool]], Found | None]
    register: Callable[[Balance, bool, str, str], object]
    """(balance, whether it is new, the second officer's name and password)."""
    renew: Callable[[str, date, str], object]
    """(balance, until, certificate)."""
    sign: Callable[[str, str], object]
    """(balance, what was found)."""
    today: Callable[[], date]
    now: Callable[[], datetime]


class BalancesPage(Page):
    """The list at the start, the one that is picked at the end; a form in its place for a new one."""

    put_on_books = Signal(object)

    def __init__(self, acts: BalancesActs, surface: Surface) -> None:
        super().__init__("balances", surface)
        self._acts = acts
        self._picked: BalanceRow | None = None
        self._build()
        self._wire()

    def _build(self) -> None:
        since = self._since
        self._list = Rows(
            "balances_list",
            self.tr("Balances"),
            (
                Column(self.tr("Balance"), lambda row: row.balance.id, wide=True, tone=lambda row: row.tone),
                Column(self.tr("Step"), lambda row: f"{row.balance.step.normalize():f} ct", number=True),
                Column(self.tr("Calibrated until"), lambda row: self._formats.date(row.balance.calibrated_until)),
                Column(self.tr("Checked"), lambda row: since(row.balance.checked_at)),
                Column(self.tr("Typed"), lambda row: _share(row.typed), number=True),
            ),
            self.tr("The office has no balance on its books. Until then every weight is typed."),
            self.tr("New balance"),
        )
        self._log = Rows(
            "balances_log",
            self.tr("Checks and refused readings"),
            (
                Column(self.tr("When"), lambda row: since(row.at), tone=lambda row: row.tone),
                Column(self.tr("What"), lambda row: row.what),
                Column(self.tr("Shown"), lambda row: _signed(row.shown), number=True),
                Column(self.tr("Off by"), lambda row: _signed(row.off), number=True),
                Column(self.tr("Officer"), lambda row: row.officer),
                Column(self.tr("Note"), lambda row: row.note, wide=True),
            ),
            self.tr("Zero checks, check weights and readings that were refused are listed here."),
        )
        self._typed = Notice("balances_typed")
        self.weighing = WeighingCard(self._formats, self._keyboard, typed=False, checks_alone=True)
        self.form = BalanceForm(self._formats, today=self._acts.today)
        start = column(
            self._typed,
            table_card("balances_list_card", self.tr("Balances"), self._list),
            table_card("balances_log_card", self.tr("Checks and refused readings"), self._log),
            gap=BETWEEN,
        )
        start.setStretch(1, 1)
        start.setStretch(2, 2)
        looking, entering = QWidget(), QWidget()
        Columns(looking, (start, 7), (column(self.weighing, self._state_card(), 1, gap=BETWEEN), 5))
        Columns(entering, (column(self.form), 1))
        self._pages = QStackedWidget()
        for each in (looking, entering):
            self._pages.addWidget(each)
        self.setLayout(column(self._pages))

    def _state_card(self) -> QFrame:
        state, inside = card("balances_state", self.tr("What is to be done"))
        self._make = text("", "muted", wrap=True)
        self._stands = Notice("balances_stands")
        self._found = Findings("balances_found", self.tr("What speaks against weighing on it"))
        self._why = line("balances_why")
        self._why_field = Field(self.tr("Why it may weigh again"), self._why)
        self._sign = button("balances_sign", self.tr("Sign the miss"))
        self._until = DayField("balances_until", self.tr("Calibrated until"), today=self._acts.today)
        self._certificate = line("balances_certificate")
        self._renew = button("balances_renew", self.tr("Enter calibration"))
        self._new = button("balances_new", self.tr("New balance"))
        self._change = button("balances_change", self.tr("Change this one"))
        new = Abreast(2, gap=12, between=8)
        new.show_widgets([self._until, Field(self.tr("Its certificate"), self._certificate)])
        for each in (self._make, self._stands, self._found, self._why_field, flowing(self._sign)):
            inside.addWidget(each)
        inside.addWidget(new)
        inside.addWidget(flowing(self._renew, self._new, self._change))
        return state

    def _wire(self) -> None:
        self.weighing.bind(self)
        self._list.picked.connect(self._on_picked)
        self._list.filling_asked.connect(partial(self._show_form, None))
        self._sign.clicked.connect(self._on_sign)
        self._renew.clicked.connect(self._on_renew)
        self._new.clicked.connect(partial(self._show_form, None))
        self._change.clicked.connect(self._on_change)
        self.form.left.connect(self._show_list)
        self.form.entered.connect(self._on_entered)
        self.form.find_asked.connect(self._on_find)
        self.bind("main", self._on_main)
        self._workroom.changed.connect(self._on_changed)

    def enter(self) -> None:
        self._list.take_cursor()
        self._ask()

    def leave(self) -> None:
        self.form.stop()

    def _ask(self) -> None:
        self._workroom.run(self, self._acts.overview, self.show_overview)

    def _on_changed(self, changes: frozenset[str]) -> None:
        if self.isVisible() and changes & {"balances", "parcels"}:
            self._ask()

    def show_overview(self, overview: Overview) -> None:
        self._list.show_slips(overview.rows)
        typed, every = overview.typed
        share = self.tr("typed this week: {share}").format(share=_share(overview.typed))
        self.show_subtitle(self.tr("in use: {count}  ·  {typed}").format(count=len(overview.rows), typed=share))
        much = every > 0 and 100 * typed > _MUCH_TYPED * every
        words = self.tr("More than {limit} % of this week's weighings were typed: {typed} of {every}.")
        self._typed.show_words(words.format(limit=_MUCH_TYPED, typed=typed, every=every) if much else "", Tone.LIFTABLE)
        self._on_picked(self._list.current())

    def _on_picked(self, row: object) -> None:
        self._picked = row if isinstance(row, BalanceRow) else None
        missed = self._picked is not None and bool(self._picked.balance.missed)
        for each in (self._why_field, self._sign):
            each.setVisible(missed)
        for editor in (self._renew, self._change, self._until, self._certificate):
            editor.setEnabled(self._picked is not None)
        found = self._picked.findings if self._picked else ()
        self._found.show_answers(found)
        self._found.setVisible(bool(found))
        if self._picked is None:
            self._make.setText("")
            self._stands.show_words("")
            self._log.show_slips(())
            return
        balance = self._picked.balance
        self._make.setText(f"{balance.id}  ·  {balance.maker} {balance.model}  ·  {balance.serial}")
        good = self.tr("Balance {name} is in order.").format(name=balance.id)
        self._stands.show_words("" if found else good, Tone.OK)
        name = self._picked.balance.id
        self._workroom.run(self, partial(self._acts.log, name), partial(self._show_log, name))

    def _show_log(self, name: str, rows: Sequence[LogRow]) -> None:
        if self._picked is not None and self._picked.balance.id == name:
            self._log.show_slips(rows)

    # Acts on the one that is picked

    def _on_sign(self) -> None:
        if self._picked is None:
            return
        name, why = self._picked.balance.id, self._why.text().strip()
        if not why:
            self._why_field.show_words(self.tr("Fill this in."))
            self._why.setFocus()
            return
        self._do(partial(self._acts.sign, name, why), self.tr("{name} may weigh again").format(name=name))

    def _on_renew(self) -> None:
        if self._picked is None:
            return
        if self._until.day is None:
            self._until.show_words(self.tr("Fill this in."))
            self._until.line.setFocus()
            return
        name, until, certificate = self._picked.balance.id, self._until.day, self._certificate.text()
        done = self.tr("{name}: calibrated until {until}").format(name=name, until=self._formats.date(until))
        self._do(partial(self._acts.renew, name, until, certificate), done)

    def _do(self, act: Callable[[], object], done: str) -> None:
        def finished(answer: object) -> None:
            for each in (self._why, self._until.line, self._certificate):
                each.clear()
            self._why_field.show_words("")
            self.told.emit(done)

        self._workroom.run(self, act, finished, self._on_refused, changes=("balances",))

    def _on_refused(self, problem: Outcome) -> None:
        self._stands.show_words(messages.in_full(problem))

    # A new one

    def _on_change(self) -> None:
        self._show_form(self._picked.balance if self._picked else None)

    def _show_form(self, balance: Balance | None) -> None:
        self.form.show_balance(balance)
        self._pages.setCurrentIndex(1)
        self.form.take_cursor()
        self._workroom.run(self, self._acts.places, self.form.show_places, lane="balance")

    def _show_list(self) -> None:
        self._pages.setCurrentIndex(0)
        self._list.take_cursor()

    def _on_main(self) -> None:
        if self._pages.currentIndex() == 1:
            self.form.enter_balance()

    def _on_find(self, place: Place, go_on: Callable[[], bool]) -> None:
        find = partial(self._acts.find, place, go_on)
        self._workroom.run(self.form, find, self.form.show_found, self.form.show_trouble, lane="balance")

    def _on_entered(self, balance: Balance, new: bool) -> None:
        dialog = SecondSignature(
            verb=self.tr("Sign for the balance"),
            lines=(Signed(f"{balance.id}  {balance.maker} {balance.model} {balance.serial}"),),
            sign=lambda officer, password: self._acts.register(balance, new, officer, password),
            workroom=self._workroom,
            formats=self._formats,
            role=Role.SUPERVISOR,
            parent=self,
        )
        dialog.signed.connect(lambda _: self._on_registered(balance))
        dialog.open()

    def _on_registered(self, balance: Balance) -> None:
        self._show_list()
        self._workroom.changed.emit(frozenset({"balances"}))
        self.told.emit(self.tr("{name} is on the books").format(name=balance.id))
        self.put_on_books.emit(balance)

    def _since(self, at: datetime | None) -> str:
        return self._formats.since(at, self._acts.now()) if at else self.tr("never")


def _share(typed: tuple[int, int]) -> str:
    by_hand, every = typed
    return f"{100 * by_hand // every} %" if every else "–"


def _signed(carats: Decimal | None) -> str:
    return "" if carats is None else f"{carats:f}".replace("-", "−")
