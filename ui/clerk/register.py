"""Register a parcel: who brings it, where it comes from and its first weighing (desk.md §6 B)."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QFrame, QWidget

from kpdesk.domain.measures import Carats
from kpdesk.domain.outcomes import Outcome
from kpdesk.domain.slips import PartySlip
from ui import messages
from ui.clerk.parcel_form import COPIED, ParcelForm
from ui.clerk.weighing_card import WeighingCard
from ui.slips import Agreement, Intake, Registered
from ui.surface import Surface
from ui.tones import Answer, Tone
from ui.widgets.card import BETWEEN, Notice, button, card, column, text
from ui.widgets.columns import Columns
from ui.widgets.findings import Findings
from ui.widgets.flow import Flow
from ui.widgets.page import Page

_DRAFT_MS = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What the fields offer."""

    exporters: Sequence[PartySlip]
    titles: Sequence[str]
    countries: Sequence[tuple[str, str]]
    """(ISO code, name)."""
    reasons: Sequence[tuple[str, str]]
    """(code, words): why carats are typed by hand."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterActs:
    """What the page asks of a desk; all run in the workroom."""

    known: Callable[[], Known]
    check: Callable[[Intake], Sequence[tuple[str, Answer]]]
    """(field, what is found about it); a field is named as in `Intake`."""
    agreement: Callable[[Carats, Carats], Agreement]
    draft: Callable[[], Mapping[str, str]]
    keep_draft: Callable[[Mapping[str, str]], datetime]
    """Keeps the fields as they are typed; an empty mapping forgets the draft."""
    save: Callable[[Intake], Registered]


class RegisterPage(Page):
    """Everything typed is kept as a draft half a second after the last key."""

    registered = Signal(object)

    def __init__(self, acts: RegisterActs, surface: Surface, *, second_here: bool = False) -> None:
        """`second_here`: the office lets the same officer weigh a second time here."""
        super().__init__("register", surface)
        self._acts = acts
        self._last: dict[str, str] = {}
        self._entered = False
        self._build(second_here)
        self._wire()

    def _build(self, second_here: bool) -> None:
        self.form = ParcelForm(self._formats, second_here=second_here)
        self.weighing = WeighingCard(self._formats, self._keyboard)
        self._findings = Findings("register_findings", self.tr("Checks"))
        self._checks_hint = text(self.tr("What the rules notice about this parcel is listed here."), "muted", wrap=True)
        checks, inside = card("register_checks", self.tr("Checks"))
        inside.addWidget(self._checks_hint)
        inside.addWidget(self._findings, 1)
        beside = column(self.weighing, checks, gap=BETWEEN)
        beside.setStretch(1, 1)
        Columns(self, (column(self._form_card()), 7), (beside, 5))

    def _form_card(self) -> QFrame:
        form, inside = card("register_form")
        inside.setSpacing(12)
        self._top = Notice("register_top")
        self._save = button("register_save", self.tr("Save and next"), self._keyboard.name("main"), primary=True)
        self._copy = button("register_copy", self.tr("Copy last"), self._keyboard.name("copy_last"))
        self._copy.setEnabled(False)
        inside.addWidget(self._top)
        inside.addWidget(self.form)
        inside.addStretch(1)
        buttons = QWidget()
        flow = Flow(buttons, gap=12)
        flow.setContentsMargins(0, 0, 0, 0)
        for each in (self._save, self._copy):
            flow.addWidget(each)
        inside.addWidget(buttons)
        return form

    def _wire(self) -> None:
        self._keep = QTimer(self)
        self._keep.setSingleShot(True)
        self._keep.setInterval(_DRAFT_MS)
        self._keep.timeout.connect(self.keep_now)
        self.form.typed.connect(self._on_typed)
        self.form.left.connect(self._check)
        self.form.carats_changed.connect(self._on_carats)
        self.weighing.taken.connect(self._on_taken)
        self._save.clicked.connect(self.save)
        self._copy.clicked.connect(self.copy_last)
        self.bind("main", self.save)
        self.bind("copy_last", self.copy_last)

    def enter(self) -> None:
        if not self.subtitle:
            self._show_blank()
        if not self._entered:
            self._entered = True
            self._workroom.run(self, self._acts.known, self._show_known)
            self._workroom.run(self, self._acts.draft, self.show_draft)
        self.form.exporter.editor.setFocus()

    def _show_known(self, known: Known) -> None:
        exporters = [(slip.number, slip.name) for slip in known.exporters]
        self.form.show_known(exporters=exporters, countries=known.countries)
        self.form.show_titles(known.titles)
        self.weighing.show_reasons(known.reasons)

    def texts(self) -> dict[str, str]:
        """The page as it is typed."""
        return self.form.texts() | {"by_hand": self.weighing.reason}

    def intake(self) -> Intake:
        return self.form.intake(self.weighing.reason)

    def show_draft(self, texts: Mapping[str, str]) -> None:
        """Put back what was typed, and look at it again."""
        self.form.show_texts(texts)
        if "by_hand" in texts:
            self.weighing.show_reason(texts["by_hand"])
        self._on_carats()
        if texts:
            self._check()

    def _on_typed(self) -> None:
        self.show_subtitle(self.tr("new parcel  ·  draft"))
        self._keep.start()

    def leave(self) -> None:
        if self._keep.isActive():
            self.keep_now()

    def keep_now(self) -> None:
        """Keep the draft without waiting for the pause."""
        self._keep.stop()
        texts = self.texts()
        self._workroom.run(self, lambda: self._acts.keep_draft(texts), self._on_kept)

    def _on_kept(self, at: datetime) -> None:
        kept = self.tr("draft saved {time}").format(time=self._formats.time(at, seconds=True))
        self.show_subtitle(self.tr("new parcel  ·  {draft}").format(draft=kept))
        self.state_changed.emit("draft", Tone.OK.value, kept)

    def _show_blank(self) -> None:
        self.show_subtitle(self.tr("new parcel"))

    def _check(self) -> None:
        intake = self.intake()
        self._workroom.run(self, lambda: self._acts.check(intake), self._show_checks)

    def _show_checks(self, found: Sequence[tuple[str, Answer]]) -> None:
        """Beside its field what concerns one, all of it in the card."""
        self.form.show_checks(dict(reversed([*found])))
        self._findings.show_answers([answer for _, answer in found])
        self._checks_hint.setVisible(not found)

    def _on_carats(self) -> None:
        first, second = self.form.weighed
        self.weighing.show_carats(first if second is None else second)
        if first is not None and second is not None:
            one, other = first, second
            self._workroom.run(self, lambda: self._acts.agreement(one, other), self._show_agreement)

    def _show_agreement(self, agreement: Agreement) -> None:
        words = self.tr("difference {difference}, allowed {allowed}").format(
            difference=self._formats.carats(agreement.difference), allowed=self._formats.carats(agreement.allowed)
        )
        second = self.form.second
        if agreement.agrees:
            second.show_words("")
            second.show_below(words)
        else:
            third = self.tr("Weigh a third time.")
            second.show_words(f"{words}. {third}", Tone.LIFTABLE)

    def _on_taken(self, carats: Carats) -> None:
        """Carats from the balance go to the first field that is still empty."""
        first, _ = self.form.weighed
        (self.form.first if first is None or self.form.second.isHidden() else self.form.second).show_amount(
            carats.value
        )

    def save(self) -> None:
        """Save and begin the next; the first field that is wrong gets the cursor."""
        if wrong := self.form.wrong():
            names = ", ".join(self.form.fields[name].editor.accessibleName() for name in wrong)
            self._top.show_words(self.tr("Look at: {fields}.").format(fields=names))
            self.form.fields[wrong[0]].editor.setFocus()
            return
        if self.weighing.wants_reason:
            self.weighing.ask_reason()
            return
        intake, texts = self.intake(), self.texts()
        self._save.setEnabled(False)
        self._workroom.run(
            self,
            lambda: self._acts.save(intake),
            lambda slip: self._on_saved(slip, texts),
            self._on_refused,
            changes=("parcels",),
        )

    def _on_saved(self, slip: Registered, texts: dict[str, str]) -> None:
        self._save.setEnabled(True)
        self._copy.setEnabled(True)
        self._last = texts
        self._top.show_words("")
        self._show_checks(())
        self.show_draft({})
        self._keep.stop()
        self._workroom.run(self, lambda: self._acts.keep_draft({}), lambda _: self._show_blank())
        self.told.emit(
            self.tr("{number} registered, {carats}").format(
                number=slip.number, carats=self._formats.carats(slip.carats)
            )
        )
        self.registered.emit(slip)
        self.form.exporter.editor.setFocus()

    def _on_refused(self, problem: Outcome) -> None:
        self._save.setEnabled(True)
        self._top.show_words(messages.in_full(problem))

    def copy_last(self) -> None:
        """Exporter, source, origin, provenance and heading of the parcel before."""
        if self._last:
            self.show_draft(self.texts() | {name: self._last[name] for name in COPIED})
            self._on_typed()
            self.form.first.editor.setFocus()
