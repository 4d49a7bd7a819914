"""Register a parcel: who brings it, where it comes from, what is behind it, and its first weighing (desk.md §6 B)."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QFrame, QWidget

from kpdesk.desks.counter import Shot
from kpdesk.domain.outcomes import Outcome
from kpdesk.domain.parcel import Source
from ui import messages
from ui.clerk.checks_card import ChecksCard
from ui.clerk.draws_card import DrawsCard
from ui.clerk.intake import Intake, Known, RegisterActs
from ui.clerk.parcel_form import COPIED, STAYS, ParcelForm
from ui.clerk.parked_card import ParkedCard
from ui.clerk.photo_card import PhotoCard
from ui.clerk.undo import Undo
from ui.clerk.vouchers_card import VouchersCard
from ui.slips import Agreement, Registered
from ui.surface import Surface
from ui.tones import Answer, Tone
from ui.widgets.card import BETWEEN, Notice, button, card, column
from ui.widgets.columns import Columns
from ui.widgets.flow import Flow
from ui.widgets.page import Page
from ui.widgets.taken import Taken
from ui.widgets.weighing_card import WeighingCard

_DRAFT_MS = 500


class RegisterPage(Page):
    """Everything typed is kept as a draft half a second after the last key."""

    registered = Signal(object)

    def __init__(self, acts: RegisterActs, surface: Surface, *, second_here: bool = False) -> None:
        """`second_here`: the office lets the same officer weigh a second time here."""
        super().__init__("register", surface)
        self._acts = acts
        self._last: dict[str, str] = {}
        self._number = ""
        self._photo_text = ""
        self._taken: list[Taken] = []
        self._entered = False
        self._build(second_here)
        self._wire()

    def _build(self, second_here: bool) -> None:
        self.form = ParcelForm(self._formats, second_here=second_here)
        self.vouchers = VouchersCard(self._formats, today=self._acts.today)
        self.draws = DrawsCard(self._formats)
        self.weighing = WeighingCard(self._formats, self._keyboard, typed=False)
        self.photo = PhotoCard(self._keyboard)
        self.checks = ChecksCard()
        self.parked = ParkedCard(self._formats)
        begin = column(self._form_card(), self.vouchers, self.draws, 1, gap=BETWEEN)
        beside = column(self.weighing, self.checks, self.photo, self.parked, 1, gap=BETWEEN)
        Columns(self, (begin, 7), (beside, 5))
        self._show_behind(self.form.source)

    def _form_card(self) -> QFrame:
        form, inside = card("register_form")
        inside.setSpacing(12)
        self._top = Notice("register_top")
        self._save = button("register_save", self.tr("Save and next"), self._keyboard.name("main"), primary=True)
        self._copy = button("register_copy", self.tr("Copy last"), self._keyboard.name("copy_last"))
        self._copy.setEnabled(False)
        self._park = button("register_park", self.tr("Park"), self._keyboard.name("park"))
        self._print = button("register_print", self.tr("Print its paper"), self._keyboard.name("print"))
        self._print.hide()
        inside.addWidget(self._top)
        inside.addWidget(self.form)
        buttons = QWidget()
        flow = Flow(buttons, gap=12)
        flow.setContentsMargins(0, 0, 0, 0)
        for each in (self._save, self._copy, self._park, self._print):
            flow.addWidget(each)
        inside.addWidget(buttons)
        return form

    def _wire(self) -> None:
        self._keep = QTimer(self)
        self._keep.setSingleShot(True)
        self._keep.setInterval(_DRAFT_MS)
        self._keep.timeout.connect(self.keep_now)
        self._undo = Undo([field.editor for field in self.form.fields.values()], self._put_back)
        self.form.typed.connect(self._on_typed)
        self.form.left.connect(self._check)
        self.form.carats_changed.connect(self._on_carats)
        self.form.source_changed.connect(self._show_behind)
        for behind in (self.vouchers, self.draws):
            behind.changed.connect(self._on_typed)
            behind.changed.connect(self._check)
        self.draws.origins_known.connect(self._offer_origins)
        self.vouchers.listed.connect(self._on_list)
        self.photo.given.connect(self._on_photo)
        self.photo.removed.connect(lambda: self._show_shot(None))
        self.checks.chosen.connect(self._on_typed)
        self.parked.asked.connect(self._on_take_up)
        self.weighing.taken.connect(self._on_taken)
        acts = {
            "main": (self._save, self.save),
            "copy_last": (self._copy, self.copy_last),
            "park": (self._park, self.park),
            "print": (self._print, self.print_last),
        }
        for act, (pressed, does) in acts.items():
            pressed.clicked.connect(does)
            self.bind(act, does)
        self.bind("open", self.photo.choose)
        self.weighing.bind(self)
        self.weighing.by_hand_changed.connect(self.form.show_by_hand)

    def enter(self) -> None:
        if not self.subtitle:
            self._show_blank()
        self._workroom.run(self, self._acts.known, self._show_known)
        if not self._entered:
            self._entered = True
            self._workroom.run(self, self._acts.draft, self.show_draft)
            self._ask_parked()
        self.form.exporter.editor.setFocus()

    def _show_known(self, known: Known) -> None:
        typed = self.texts()
        self.form.show_known(
            exporters=[(slip.number, slip.name) for slip in known.exporters], countries=known.countries
        )
        self.form.show_titles(known.titles)
        self.form.show_zones(known.zones)
        self.vouchers.show_sellers([(slip.number, slip.name) for slip in known.sellers])
        self.draws.show_holdings(known.holdings)
        self.checks.show_whys(known.whys)
        self.checks.show_why(typed["why"])

    def texts(self) -> dict[str, str]:
        """The page as it is typed."""
        behind = {"vouchers": self.vouchers.text, "draws": self.draws.text, "photo": self._photo_text}
        return self.form.texts() | {"by_hand": self.weighing.reason, "why": self.checks.why} | behind

    def intake(self) -> Intake:
        purchased, imported = (self.form.source is each for each in (Source.PURCHASED, Source.IMPORTED))
        return replace(
            self.form.intake(),
            by_hand=self.weighing.reason,
            taken=tuple(self._taken),
            why=self.checks.why,
            vouchers=self.vouchers.vouchers if purchased else (),
            drawn=self.draws.drawn if imported else (),
            photo=self.photo.shot,
        )

    def show_draft(self, texts: Mapping[str, str]) -> None:
        """Put back what was typed, and look at it again."""
        self._put_back(texts)
        self._undo.forget()
        self._undo.keep(self.texts())

    def _put_back(self, texts: Mapping[str, str]) -> None:
        self.form.show_texts(texts)
        self.vouchers.show_text(texts.get("vouchers", ""))
        self.draws.show_text(texts.get("draws", ""))
        self._show_behind(self.form.source)
        if "by_hand" in texts:
            self.weighing.show_reason(texts["by_hand"])
        self.checks.show_why(texts.get("why", ""))
        if (photo := texts.get("photo", "")) != self._photo_text:
            self._workroom.run(self, lambda: self._acts.photo_of(photo), self._show_shot, lane="camera")
        self._on_carats()
        if texts:
            self._check()

    def _show_behind(self, source: Source) -> None:
        self.vouchers.setVisible(source is Source.PURCHASED)
        self.draws.setVisible(source is Source.IMPORTED)

    def _offer_origins(self, origins: Sequence[str]) -> None:
        if not self.form.origin.codes:
            self.form.origin.show_codes(origins)

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
        self._undo.keep(texts)
        self._workroom.run(self, lambda: self._acts.keep_draft(texts), self._on_kept)

    def _on_kept(self, at: datetime) -> None:
        kept = self.tr("draft saved {time}").format(time=self._formats.time(at, seconds=True))
        self.show_subtitle(self.tr("new parcel  ·  {draft}").format(draft=kept))
        self.state_changed.emit("draft", Tone.OK.value, kept)

    def _show_blank(self) -> None:
        self.show_subtitle(self.tr("new parcel"))

    # What lies behind the goods

    def _on_list(self, given: Path | bytes, name: str) -> None:
        self._workroom.run(
            self,
            lambda: self._acts.read_vouchers(given, name),
            self.vouchers.entries.add_lines,
            lambda problem: self.vouchers.entries.say(messages.in_full(problem)),
        )

    def _on_photo(self, given: Path | bytes, name: str) -> None:
        read = self._acts.read_photo
        self._workroom.run(self, lambda: read(given, name), self._show_shot, self._on_no_photo, lane="camera")

    def _show_shot(self, shot: Shot | None) -> None:
        self._photo_text = self._acts.photo_text(shot)
        self.photo.show_shot(shot)
        self._on_typed()

    def _on_no_photo(self, problem: Outcome) -> None:
        self.photo.say(messages.in_full(problem))

    # Checks

    def _check(self) -> None:
        intake = self.intake()
        self._workroom.run(self, lambda: self._acts.check(intake), self._show_checks)

    def _show_checks(self, found: Sequence[tuple[str, Answer]]) -> None:
        """Beside its field what concerns one, all of it in the card."""
        self.form.show_checks(dict(reversed([*found])))
        self.checks.show_answers([answer for _, answer in found])

    def _on_carats(self) -> None:
        first, second = self.form.weighed
        self.weighing.show_carats(first if second is None else second)
        self.vouchers.show_parcel(first)
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

    def _on_taken(self, taken: Taken) -> None:
        """From the balance to the first field that is still empty."""
        self._taken.append(taken)
        first, _ = self.form.weighed
        both = (self.form.first, self.form.again)
        for field in both if first is None or self.form.second.isHidden() else (self.form.second,):
            field.show_amount(taken.carats.value)

    # Saved, parked, copied

    def save(self) -> None:
        """Save and begin the next; the first field that is wrong gets the cursor."""
        if wrong := self.form.wrong():
            names = ", ".join(self.form.fields[name].editor.accessibleName() for name in wrong)
            self._top.show_words(self.tr("Look at: {fields}.").format(fields=names))
            self.form.fields[wrong[0]].editor.setFocus()
            return
        if not all(taken.reading or taken.by_hand for taken in self.intake().weighed):
            self._ask_how()
            return
        if self.checks.wants_why:
            self.checks.ask_why()
            return
        intake, texts = self.intake(), self.texts()
        self._save.setEnabled(False)
        self._workroom.run(
            self,
            lambda: self._acts.save(intake),
            lambda slip: self._on_saved(slip, texts),
            self._on_refused,
            changes=("parcels", "stock"),
        )

    def _ask_how(self) -> None:
        """Carats that no balance gave want a reason."""
        if self.weighing.wants_reason:
            self.weighing.ask_reason()
        else:
            self._top.show_words(self.tr("Take the weight from the balance, or choose “Type the carats” beside it."))

    def _on_saved(self, slip: Registered, texts: dict[str, str]) -> None:
        self._save.setEnabled(True)
        self._copy.setEnabled(True)
        self._last, self._number = texts, slip.number
        self._print.show()
        self._begin(texts)
        carats = self._formats.carats(slip.carats)
        self.told.emit(self.tr("{number} registered, {carats}").format(number=slip.number, carats=carats))
        self.registered.emit(slip)

    def _begin(self, texts: Mapping[str, str]) -> None:
        """An empty page; who sits here all day stays."""
        self._top.show_words("")
        self._show_checks(())
        self._taken.clear()
        self.show_draft({name: texts[name] for name in STAYS if texts.get(name)})
        self._keep.stop()
        self._workroom.run(self, lambda: self._acts.keep_draft({}), lambda _: self._show_blank())
        self.form.exporter.editor.setFocus()

    def _on_refused(self, problem: Outcome) -> None:
        self._save.setEnabled(True)
        self._top.show_words(messages.in_full(problem))
        self._check()

    def copy_last(self) -> None:
        """Exporter, source, origin, provenance and heading of the parcel before."""
        if self._last:
            self._put_back(self.texts() | {name: self._last[name] for name in COPIED})
            self._on_typed()
            self.form.first.editor.setFocus()

    def print_last(self) -> None:
        """The paper of the parcel registered last: its dossier shows it before it is printed."""
        if self._number:
            self.going.emit("parcels", f"paper/{self._number}")

    def park(self) -> None:
        """Put this parcel aside for another caller, under the exporter's name."""
        texts = self.texts()
        if not any(texts[name] for name in texts.keys() - {"source", "heading", "by_hand", *STAYS}):
            self.parked.take_cursor()
            return
        name = texts["exporter"] or self.tr("no exporter yet")
        self._workroom.run(self, lambda: self._acts.park(name, texts), lambda _: self._on_parked(name, texts))

    def _on_parked(self, name: str, texts: Mapping[str, str]) -> None:
        self._begin(texts)
        self._ask_parked()
        self.told.emit(self.tr("Put aside: {name}").format(name=name))

    def _ask_parked(self) -> None:
        self._workroom.run(self, self._acts.parked, self.parked.show_parked)

    def _on_take_up(self, name: str) -> None:
        """What is typed now is put aside for it."""
        if any(self.form.texts()[field] for field in ("exporter", "first", "note")):
            self.park()
        self._workroom.run(self, lambda: self._acts.take_up(name), self._on_taken_up)

    def _on_taken_up(self, texts: Mapping[str, str]) -> None:
        self.show_draft(texts)
        self.keep_now()
        self._ask_parked()
        self.form.exporter.editor.setFocus()
