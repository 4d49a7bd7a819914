"""Void or replace: both sheets side by side, the reason, the old sheet in hand, another officer's signature.

After export nothing is void any more: an amendment instruction says what is right (CA-A 11; EU 12(5); kpcs.md §5).
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QStackedLayout, QWidget

from kpdesk.domain.advice import Amendable
from kpdesk.domain.issuance import IN_HAND, State
from kpdesk.domain.outcomes import Outcome
from kpdesk.domain.parties import Role
from kpdesk.domain.slips import CertificateSlip
from ui import look, messages
from ui.issuing.corrections import Corrections
from ui.issuing.validate import number_of
from ui.marks import QT_TRANSLATE_NOOP
from ui.second import SecondSignature
from ui.slips import Picture, Signed
from ui.surface import Surface
from ui.tones import Tone
from ui.widgets.abreast import Abreast
from ui.widgets.card import Notice, announce, button, card, column, rename, row, text
from ui.widgets.columns import Columns
from ui.widgets.field import EnterMoves, Field, choice, line, numbered
from ui.widgets.page import Page
from ui.widgets.picture import PictureView

SHOWS = frozenset({"certificates", "stock", "parcels", "confirmations"})
AMEND = "amend"
_LOWEST = 220
_ENDS: dict[str, tuple[str, str]] = {
    State.REPLACED: (
        QT_TRANSLATE_NOOP("ends", "Replace it by another certificate"), QT_TRANSLATE_NOOP("ends", "Replace"),
    ),
    State.VOID: (QT_TRANSLATE_NOOP("ends", "Make it void"), QT_TRANSLATE_NOOP("ends", "Make void")),
    State.RETURNED_UNUSED: (
        QT_TRANSLATE_NOOP("ends", "It was returned unused"), QT_TRANSLATE_NOOP("ends", "Book as returned"),
    ),
    AMEND: (
        QT_TRANSLATE_NOOP("ends", "Instruct the importing authority"), QT_TRANSLATE_NOOP("ends", "Sign instruction"),
    ),
    State.INVALIDATED: (
        QT_TRANSLATE_NOOP("ends", "What it states is not true"), QT_TRANSLATE_NOOP("ends", "Declare invalid"),
    ),
    State.LOST: (QT_TRANSLATE_NOOP("ends", "It was lost or stolen"), QT_TRANSLATE_NOOP("ends", "Report lost")),
}  # fmt: skip
"""What may become of a certificate: in the list, and on the button."""
_HERE = (State.REPLACED, State.VOID, State.RETURNED_UNUSED, State.INVALIDATED, State.LOST)
_OPEN: dict[State, tuple[str, ...]] = {
    State.APPROVED: (State.VOID,),
    State.ISSUED: _HERE,
    State.VALIDATED: _HERE,
    State.RELEASED: _HERE,
    State.EXPIRED: (State.RETURNED_UNUSED,),
    State.EXPORTED: (AMEND, State.INVALIDATED, State.LOST, State.RETURNED_UNUSED),
    State.CONFIRMED_WITH_DIFFERENCE: (AMEND,),
}
"""In each state; in all others it has ended."""
_STATES = {
    State.DRAFT: QT_TRANSLATE_NOOP("states", "drawn up"),
    State.APPROVED: QT_TRANSLATE_NOOP("states", "approved, its sheet not proved"),
    State.ISSUED: QT_TRANSLATE_NOOP("states", "issued"),
    State.VALIDATED: QT_TRANSLATE_NOOP("states", "validated"),
    State.RELEASED: QT_TRANSLATE_NOOP("states", "released, exit not reported"),
    State.EXPORTED: QT_TRANSLATE_NOOP("states", "exported"),
    State.CONFIRMED: QT_TRANSLATE_NOOP("states", "confirmed"),
    State.CONFIRMED_WITH_DIFFERENCE: QT_TRANSLATE_NOOP("states", "confirmed with a difference"),
    State.RETURNED_UNUSED: QT_TRANSLATE_NOOP("states", "returned unused"),
    State.EXPIRED: QT_TRANSLATE_NOOP("states", "expired"),
    State.VOID: QT_TRANSLATE_NOOP("states", "void"),
    State.REPLACED: QT_TRANSLATE_NOOP("states", "replaced"),
    State.INVALIDATED: QT_TRANSLATE_NOOP("states", "declared invalid"),
    State.LOST: QT_TRANSLATE_NOOP("states", "lost"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Ending:
    """What two are asked to sign."""

    number: str
    end: str
    """A state, or AMEND."""
    why: str
    in_hand: str
    corrected: Mapping[Amendable, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class VoidActs:
    """What the page asks of a desk; all run in the workroom."""

    find: Callable[[str], CertificateSlip]
    """By its number or by what was scanned from its sheet."""
    page: Callable[[str], Picture]
    replacement: Callable[[str], Picture]
    """The page of the certificate that would take its place."""
    reasons: Callable[[], Sequence[tuple[str, str]]]
    sign: Callable[[Ending, str, str], str]
    """(ending, officer, password): what came of it, for the status line."""


class VoidPage(Page):
    """The number brings the old sheet; what may become of it depends on where it stands."""

    def __init__(self, acts: VoidActs, surface: Surface) -> None:
        super().__init__("void", surface)
        self._acts = acts
        self._slip: CertificateSlip | None = None
        self._wanted = ""
        self._build()
        self._wire()

    def _build(self) -> None:
        self._number = line("void_number", mono=True, longest=2000)
        self._number.setProperty("large", True)
        self._number_field = Field(self.tr("&Number, or scan the sheet"), self._number, below=True)
        self._old = PictureView("void_old", self.tr("The old sheet"), self.tr("The sheet appears here."))
        self._new = PictureView("void_new", self.tr("The sheet in its place"), self.tr("No sheet takes its place."))
        self.corrections = Corrections()
        self._end = choice("void_end")
        self._reason = choice("void_reason")
        self._words = line("void_words")
        self._in_hand = line("void_in_hand", mono=True, longest=2000)
        self._in_hand_field = Field(self.tr("Old sheet in &hand: scan it"), self._in_hand)
        self._notice = Notice("void_trouble")
        self._sign = button("void_sign", self.tr("Sign"), self._keyboard.name("main"), primary=True)
        old, before = card("void_old_card")
        before.setSpacing(12)
        before.addWidget(self._number_field)
        before.addWidget(text(self.tr("The old sheet"), "caption"))
        before.addWidget(self._old, 1)
        new, after = card("void_new_card")
        after.setSpacing(8)
        fields = Abreast(2, gap=16, between=10)
        end, words = Field(self.tr("What becomes &of it"), self._end), Field(self.tr("In &words"), self._words)
        reason = Field(self.tr("&Reason"), self._reason)
        fields.show_widgets((end, reason, words, self._in_hand_field), own=(end, reason))
        for each in (fields, self._notice):
            after.addWidget(each)
        after.addLayout(row(self._sign, 1))
        self._beside = text(self.tr("The sheet in its place"), "caption")
        replaced = QWidget()
        replaced.setLayout(column(self._beside, self._new))
        self._shown = QStackedLayout()
        for page in (replaced, self.corrections):
            self._shown.addWidget(page)
        after.addLayout(self._shown, 1)
        for view in (self._old, self._new):
            view.setMinimumHeight(look.current().px(_LOWEST))
        Columns(self, (column(old), 1), (column(new), 1))
        self._enable()

    def _wire(self) -> None:
        self._number.returnPressed.connect(self.look_up)
        self._number.textEdited.connect(lambda: self._number_field.show_words(""))
        self._end.currentIndexChanged.connect(self._on_end)
        self._in_hand.returnPressed.connect(self._sign.setFocus)
        self._in_hand.textChanged.connect(self._enable)
        self._words.returnPressed.connect(self._leave_words)
        self._moves = EnterMoves([self._end, self._reason, self._words])
        self._sign.clicked.connect(self.sign)
        self.bind("main", self.sign)
        self._workroom.changed.connect(self._on_changed)

    def enter(self) -> None:
        if not self._reason.count():
            self._workroom.run(self, self._acts.reasons, self._show_reasons)
        if self._wanted:
            self._number.setText(self._wanted)
            self._wanted = ""
            self.look_up()
        else:
            self._number.setFocus()
            self._number.selectAll()

    def turn_to(self, subject: str) -> None:
        self._wanted = subject.partition("/")[2]

    def _show_reasons(self, reasons: Sequence[tuple[str, str]]) -> None:
        for words, code in numbered(reasons):
            self._reason.addItem(words, code)

    def look_up(self) -> None:
        """The certificate of the number that was typed or scanned."""
        typed = self._number.text().strip()
        if typed:
            self._workroom.run(self, lambda: self._acts.find(typed), self.show_certificate, self._on_not_found)

    def _on_not_found(self, problem: Outcome) -> None:
        self._number_field.show_words(messages.in_full(problem))
        self._number.selectAll()

    def show_certificate(self, slip: CertificateSlip) -> None:
        self._slip = slip
        number = number_of(slip)
        self._number.setText(number)
        self._in_hand.clear()
        self._notice.show_words("")
        self._number_field.show_below(
            self.tr("{state}  ·  {exporter}").format(state=state_word(slip.state), exporter=slip.facts.exporter.name)
        )
        self.corrections.show_facts(slip.facts)
        self._end.clear()
        for each in _OPEN.get(slip.state, ()):
            self._end.addItem(QCoreApplication.translate("ends", _ENDS[each][0]), each)
        self.show_subtitle(f"{number}  ·  {state_word(slip.state)}")
        self._old.show_picture(None)
        self._workroom.run(
            self, lambda: self._acts.page(number), lambda seen: self._show(self._old, number, seen), lane="paper"
        )
        if not self._end.count():
            self._number_field.show_words(
                self.tr("It has ended: {state}.").format(state=state_word(slip.state)), Tone.NOTE
            )
        else:
            self._end.setFocus()
        self._on_end()

    def _show(self, view: PictureView, number: str, seen: Picture) -> None:
        """Unless another was asked for since."""
        if self._slip is not None and number_of(self._slip) == number:
            view.show_picture(seen)

    def _on_end(self) -> None:
        """What this end asks for, and what stands in the old sheet's place."""
        end, slip = self._chosen(), self._slip
        wants = end in IN_HAND and slip is not None and slip.state is not State.APPROVED
        self._in_hand_field.setVisible(wants)
        self._shown.setCurrentIndex(1 if end == AMEND else 0)
        verb = QCoreApplication.translate("ends", _ENDS[end][1]) if end else self.tr("Sign")
        rename(self._sign, verb, self._keyboard.name("main"))
        self._new.show_picture(None)
        if end == State.REPLACED and slip is not None:
            number = number_of(slip)
            self._workroom.run(
                self,
                lambda: self._acts.replacement(number),
                lambda seen: self._show(self._new, number, seen),
                self._on_refused,
                lane="paper",
            )
        self._enable()

    def _chosen(self) -> str:
        return str(self._end.currentData() or "")

    def _leave_words(self) -> None:
        (self._in_hand if self._in_hand_field.isVisible() else self._sign).setFocus()

    def _enable(self) -> None:
        wants = self._in_hand_field.isVisibleTo(self)
        self._sign.setEnabled(bool(self._chosen()) and (not wants or bool(self._in_hand.text().strip())))

    def sign(self) -> None:
        """Another officer signs beside this one."""
        if self._slip is None or not self._sign.isEnabled():
            return
        facts, number = self._slip.facts, number_of(self._slip)
        reason, said = str(self._reason.currentData() or ""), self._words.text().strip()
        ending = Ending(
            number=number,
            end=self._chosen(),
            why=f"{reason}: {said}" if said else reason,
            in_hand=self._in_hand.text().strip(),
            corrected=self.corrections.corrected,
        )
        dialog = SecondSignature(
            verb=QCoreApplication.translate("ends", _ENDS[ending.end][1]),
            lines=[Signed(f"{number}  {facts.exporter.name}", self._slip.digest, facts.carats, facts.value)],
            sign=lambda officer, password: self._acts.sign(ending, officer, password),
            workroom=self._workroom,
            formats=self._formats,
            role=Role.ISSUING,
            parent=self,
        )
        dialog.signed.connect(self._on_signed)
        dialog.open()

    def _on_signed(self, words: str) -> None:
        self._words.clear()
        self.told.emit(words)
        announce(self, words)
        self._workroom.changed.emit(SHOWS)
        self.look_up()

    def _on_refused(self, problem: Outcome) -> None:
        self._notice.show_words(messages.in_full(problem))

    def _on_changed(self, changes: frozenset[str]) -> None:
        """What is shown may have moved on at another page."""
        if changes & SHOWS and self._slip is not None and not self.isVisible():
            self._slip = None
            self._wanted = self._wanted or self._number.text()


def state_word(state: State) -> str:
    return QCoreApplication.translate("states", _STATES[state])
