"""The program's one live balance line: kept in the workroom's `balance` lane, shown by whichever card is seen.

Nothing here waits: each step of the line is a job of at most a quarter of a second, and the next is asked for when its
answer is back in the window. Without a card in sight nothing is asked of the balance at all.
"""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal
from shiboken6 import isValid

from kpdesk.desks import balances
from kpdesk.desks.bench import PRACTICE, Bench, Heard, LineState, Simulated, Watch
from kpdesk.desks.desk import Desk
from kpdesk.domain.balance import Balance, BalanceCheck, Fault
from kpdesk.domain.outcomes import Finding, Outcome
from kpdesk.domain.weighing import Reading
from ui import messages
from ui.formats import Formats
from ui.tones import Tone
from ui.widgets.taken import Taken
from ui.widgets.weighing_card import WeighingCard
from ui.work import Workroom

_CHANGES = "balances"


class BalanceLine(QObject):
    """Whoever is signed in, it is the same balance; what was taken last may still lie on it."""

    reading = Signal(object)
    """Each `Reading`, stable by the rule of rest alone."""
    fault = Signal(object)
    connected = Signal(object)
    """The `Balance` that answers now."""
    lost = Signal()
    """It is gone, or says nothing."""
    heard = Signal()
    """Something moved on its pan: somebody is at the desk."""
    state_changed = Signal(str, str)
    """For the status line: the tone and the words."""

    def __init__(self, workroom: Workroom) -> None:
        super().__init__()
        self._workroom = workroom
        self._card: WeighingCard | None = None
        self._desk: Desk | None = None
        self._formats: Formats | None = None
        self._bench: Bench | None = None
        self._watch: Watch | None = None
        self._known: dict[str, Balance] = {}
        self._findings: dict[str, tuple[Finding, ...]] = {}
        self._current = ""
        self._said: tuple[Tone, str] | None = None
        self._stepping = self._stopped = False
        self._moved: Reading | None = None
        self._lifting = False
        workroom.changed.connect(self._on_changed)

    def attach(self, card: WeighingCard, desk: Desk, formats: Formats) -> None:
        """Let a card show the balance whenever it is seen; what it zeroes or refuses is kept at this desk."""
        card.turned.connect(partial(self._on_turned, card, desk, formats))
        card.asked.connect(self._on_asked)
        card.zeroed.connect(self._on_zeroed)
        card.checked.connect(self._on_checked)
        card.refused.connect(self._on_refused)
        card.taken.connect(self._on_taken)
        card.pan_laid.connect(self._on_pan)

    @property
    def simulated(self) -> Simulated | None:
        """The practice balance, once it is open."""
        return self._bench.simulated if self._bench else None

    def close(self) -> None:
        """Free the port. No job of the lane may be running any more."""
        self._stopped = True
        if self._watch is not None:
            self._watch.close()
        if self._bench is not None:
            self._bench.close()

    # Which card, which balance

    def _on_turned(self, card: WeighingCard, desk: Desk, formats: Formats, seen: bool) -> None:
        if seen and self._card is card:
            return  # shown once more while it is in sight
        if seen:
            self._card, self._desk, self._formats = card, desk, formats
            card.show_lifting(self._lifting)
            self._ask_books()
        elif self._card is card:
            self._lifting = card.lifting
            self._card = None
            if self._watch is not None:
                # Another program, or a look for what hangs there, may want the port.
                self._workroom.run(self, self._watch.close, _nothing, _nothing, lane="balance")

    def _on_changed(self, changes: frozenset[str]) -> None:
        if _CHANGES in changes and self._card is not None:
            self._ask_books()

    def _ask_books(self) -> None:
        desk = self._desk
        assert desk is not None

        def asked() -> tuple[tuple[Balance, ...], dict[str, tuple[Finding, ...]]]:
            known = balances.balances(desk)
            return known, {each.id: balances.may_weigh(desk, each.id) for each in known}

        self._workroom.run(self, asked, lambda found: self._on_books(desk, *found))

    def _on_books(self, desk: Desk, known: Sequence[Balance], findings: dict[str, tuple[Finding, ...]]) -> None:
        """What the office has; a line that changed is opened anew."""
        before = [_line_of(each) for each in self._known.values()]
        self._known = {each.id: each for each in known}
        self._findings = findings
        if before != [_line_of(each) for each in known] or self._watch is None:
            self._renew(desk, known)
        self._show_balance()
        self._step()

    def _renew(self, desk: Desk, known: Sequence[Balance]) -> None:
        old, bench = self._watch, self._bench
        if old is not None:
            self._workroom.run(self, old.close, _nothing, _nothing, lane="balance")
        if bench is not None:
            self._workroom.run(self, bench.close, _nothing, _nothing, lane="balance")
        self._current = ""
        self._bench = Bench(known, desk.clock, practice=desk.office.practice) if known else None
        self._watch = Watch(self._bench.open) if self._bench else None

    # One step after the other

    def _step(self) -> None:
        if self._card is not None and not isValid(self._card):
            self._card = None
        if self._stepping or self._stopped or self._card is None or self._watch is None:
            return
        self._stepping = True
        watch = self._watch
        self._workroom.run(self, watch.step, partial(self._on_heard, watch), self._on_mistake, lane="balance")

    def _on_heard(self, watch: Watch, heard: Heard) -> None:
        self._stepping = False
        if watch is self._watch and self._card is not None and isValid(self._card):
            self._tell(self._card, heard)
        QTimer.singleShot(0, self, self._step)

    def _on_mistake(self, problem: Outcome) -> None:
        """A mistake of ours: what is heard is no longer believed, typing goes on."""
        self._stepping = False
        self._watch = None
        if self._card is not None:
            self._card.show_no_balance()
            self._card.show_trouble(problem)

    def _tell(self, card: WeighingCard, heard: Heard) -> None:
        assert self._bench is not None
        there = self._bench.current
        if heard.state is LineState.READY and there is not None and there.id != self._current:
            self._current = there.id
            self._show_balance()
            self.connected.emit(there)
        if heard.state is not LineState.READY:
            self._gone(card, lost=heard.state is LineState.LOST)
        match heard.said:
            case Reading() as reading if self._current:
                self._note_presence(reading)
                card.show_reading(reading)
                self.reading.emit(reading)
                self._say(Tone.OK, ready=True)
            case Fault() as fault:
                self._moved = None
                card.show_fault(fault)
                self.fault.emit(fault)

    def _gone(self, card: WeighingCard, *, lost: bool) -> None:
        self._moved = None
        if self._current:
            card.show_silence(lost=lost)
            self._say(Tone.STOP, ready=False)
        else:
            card.show_no_balance()
            self._say(Tone.UNKNOWN, ready=False)
        self.lost.emit()

    def _note_presence(self, reading: Reading) -> None:
        """A weight that only lies there is nobody."""
        step = self._known[self._current].step
        if self._moved is None or abs(reading.exact - self._moved.exact) > 2 * step:
            if self._moved is not None:
                self.heard.emit()
            self._moved = reading

    # What the card is told of the books

    def _show_balance(self) -> None:
        card, balance = self._card, self._known.get(self._current)
        if card is None:
            return
        if balance is None:
            card.show_no_balance()
        else:
            found = [messages.found(each) for each in self._findings.get(balance.id, ())]
            card.show_balance(balance, self._facts(balance), found)
        card.show_practice(balance is not None and balance.adapter == PRACTICE)

    def _facts(self, balance: Balance) -> str:
        assert self._formats is not None
        assert self._desk is not None
        now, formats = self._desk.clock(), self._formats
        never = self.tr("never")
        zero = formats.since(balance.zeroed_at, now) if balance.zeroed_at else never
        check = formats.since(balance.checked_at, now) if balance.checked_at else never
        return self.tr("zero {zero}  ·  check {check}  ·  calibrated until {until}").format(
            zero=zero, check=check, until=formats.date(balance.calibrated_until)
        )

    def _say(self, tone: Tone, *, ready: bool) -> None:
        if not self._current:
            words = self.tr("no balance")
        elif ready:
            words = self.tr("{balance} ready").format(balance=self._current)
        else:
            words = self.tr("{balance} is not heard").format(balance=self._current)
        if (tone, words) != self._said:
            self._said = (tone, words)
            self.state_changed.emit(tone.value, words)

    # What the card asks

    def _on_asked(self, act: str) -> None:
        watch, card = self._watch, self._card
        if watch is not None and card is not None:
            does: Callable[[], None] = watch.zero if act == "zero" else watch.tare
            self._workroom.run(card, does, _nothing, card.show_trouble, lane="balance")

    def _on_zeroed(self, reading: Reading) -> None:
        self._record(lambda desk, balance: balances.record_zero(desk, balance, reading))

    def _on_checked(self, reading: Reading) -> None:
        self._record(lambda desk, balance: balances.record_check_weight(desk, balance, reading))

    def _record(self, act: Callable[[Desk, str], BalanceCheck]) -> None:
        desk, card, balance = self._desk, self._card, self._current
        if desk is not None and card is not None:
            done, refused = partial(self._on_recorded, card), card.show_trouble
            self._workroom.run(card, lambda: act(desk, balance), done, refused, changes=(_CHANGES,))

    def _on_recorded(self, card: WeighingCard, check: BalanceCheck) -> None:
        if check.weight and check.holds:
            card.show_done(self.tr("The check weight is right: {shown} ct.").format(shown=check.shown))

    def _on_refused(self, raw: bytes, why: str) -> None:
        desk, balance = self._desk, self._current
        if desk is not None and balance:
            self._workroom.run(self, lambda: balances.keep_refused(desk, balance=balance, raw=raw, why=why), _nothing)

    def _on_taken(self, taken: Taken) -> None:
        self.heard.emit()

    def _on_pan(self, carats: object) -> None:
        """Practice: the simulated balance gets something on its pan."""
        if self.simulated is not None:
            self.simulated.put(str(carats))


def _line_of(balance: Balance) -> tuple[object, ...]:
    """What a change of opens the line anew."""
    return (
        balance.id,
        balance.dialect,
        balance.profile,
        balance.line,
        balance.adapter,
        balance.unit,
        balance.readability,
    )


def _nothing(answer: object) -> None:
    """Nobody waits for it."""
