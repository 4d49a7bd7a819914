"""An application: who, whereto, which parcels, what is declared; checked as one types (desk.md §4).

At the counter over parcels that are here; at an exporter's own seat over parcels that it announces, into a file.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QFrame, QWidget

from kpdesk.domain.application import Draft, FirmParcel
from kpdesk.domain.measures import Money
from kpdesk.domain.outcomes import Outcome
from kpdesk.domain.slips import PartySlip
from ui import messages
from ui.exporter.applying import ApplicationActs, Applied, Foretold, Known
from ui.exporter.declaration import Declaration
from ui.exporter.goods import GoodsPicker
from ui.exporter.goods_typed import GoodsTyped
from ui.exporter.new_importer import NewImporter
from ui.surface import Surface
from ui.tones import Answer, Tone
from ui.widgets.card import BETWEEN, Notice, button, card, column, table_card, text
from ui.widgets.columns import Columns
from ui.widgets.findings import Findings
from ui.widgets.flow import Flow
from ui.widgets.page import Page

DRAFT_MS = 500
_SHOWS = frozenset({"parcels", "applications"})


class ApplicationPage(Page):
    """Everything typed is kept as a draft half a second after the last key."""

    applied = Signal(object)

    def __init__(self, acts: ApplicationActs, surface: Surface, *, seat: bool = False) -> None:
        """`seat`: at an exporter's own seat."""
        super().__init__("application", surface)
        self._acts, self._seat = acts, seat
        self._entered = False
        self._countries: dict[str, str] = {}
        self._importers: dict[str, PartySlip] = {}
        self._announced = ""
        self._build()
        self._wire()

    def _build(self) -> None:
        seat = self._seat
        self.form = Declaration(self._keyboard, self._acts.today, own_firm=seat)
        self.goods = GoodsTyped(self._formats) if seat else GoodsPicker(self._formats)
        self._new = NewImporter()
        self._findings = Findings("application_findings", self.tr("Checks"))
        self._hint = text(self.tr("What the rules notice about this application is listed here."), "muted", wrap=True)
        checks, inside = card("application_checks", self.tr("Checks"))
        inside.addWidget(self._hint)
        inside.addWidget(self._findings, 1)
        caption = self.tr("Parcels that you will bring") if seat else self.tr("Parcels of the firm")
        goods = table_card("application_goods_card", caption, self.goods)
        beside = column(goods, checks, gap=BETWEEN)
        beside.setStretch(0, 3)
        beside.setStretch(1, 2)
        Columns(self, (column(self._form_card()), 1), (beside, 1))

    def _form_card(self) -> QFrame:
        form, inside = card("application_form")
        inside.setSpacing(12)
        self._top = Notice("application_top")
        self._foretold = Notice("application_foretold")
        verb = self.tr("Sign and write the file") if self._seat else self.tr("Apply")
        last = self.tr("Copy the last") if self._seat else self.tr("Copy the firm's last")
        self._apply = button("application_apply", verb, self._keyboard.name("main"), primary=True)
        self._copy = button("application_copy", last, self._keyboard.name("copy_last"))
        self._propose = button("application_propose", self.tr("New importer"))
        self._clear = button("application_clear", self.tr("Clear"))
        for each in (self._top, self._foretold, self.form, self._new):
            inside.addWidget(each)
        inside.addStretch(1)
        buttons = QWidget()
        flow = Flow(buttons, gap=12)
        flow.setContentsMargins(0, 0, 0, 0)
        for made in (self._apply, self._copy, self._propose, self._clear):
            flow.addWidget(made)
        inside.addWidget(buttons)
        return form

    def _wire(self) -> None:
        self._keep = QTimer(self)
        self._keep.setSingleShot(True)
        self._keep.setInterval(DRAFT_MS)
        self._keep.timeout.connect(self.keep_now)
        self.form.typed.connect(self._on_typed)
        self.form.left.connect(self._check)
        self.form.exporter_picked.connect(self._on_exporter)
        self.form.importer_picked.connect(self._on_importer)
        self.form.finished.connect(self.goods.take_cursor)
        self.goods.changed.connect(self._on_typed)
        self.goods.changed.connect(self._check)
        self.goods.declared.connect(self._on_declared)
        self._new.entered.connect(self._on_proposed)
        self._propose.clicked.connect(lambda: self._new.ask(self._unknown_importer()))
        self._apply.clicked.connect(self.apply)
        self._copy.clicked.connect(self.copy_last)
        self._clear.clicked.connect(self.clear)
        self.bind("main", self.apply)
        self.bind("copy_last", self.copy_last)
        self.bind("open", self.form.choose_invoice)
        self._counter.changed.connect(self._on_counter)
        self._workroom.changed.connect(self._on_changed)

    def enter(self) -> None:
        if not self.subtitle:
            self.show_subtitle(self.tr("new application"))
        first = not self._entered
        self._entered = True
        self._workroom.run(self, self._acts.known, self._show_known)
        if first:
            self._workroom.run(self, self._acts.draft, self.show_draft)
        (self.goods.take_cursor if self._announced else self.form.first.setFocus)()

    def turn_to(self, subject: str) -> None:
        """An application that came by file fills the fields; its goods are picked here."""
        kind, _, identity = subject.partition("/")
        if kind == "announced":
            self._workroom.run(self, self._acts.known, self._show_known)
            self._workroom.run(self, lambda: self._acts.foretold(identity), self._show_foretold)
            self._entered = True

    def _show_foretold(self, found: Foretold) -> None:
        self.show_draft({})
        self._announced = found.draft.announced
        self._foretold.show_words(found.words, Tone.NOTE)
        self.form.exporter.show_value(found.draft.exporter)
        self.form.show_draft(found.draft)
        self.form.declared_on.show_day(found.draft.declared_on)
        self.form.declare_free(found.draft.conflict_free)
        self.goods.take_cursor()

    def _show_known(self, known: Known) -> None:
        self._countries = dict(known.countries)
        self._importers = {slip.number: slip for slip in known.importers}
        self._new.show_countries(known.countries)
        if isinstance(self.goods, GoodsTyped):
            self.goods.show_known(known.countries, known.own)
        if known.notice:
            self._foretold.show_words(known.notice, Tone.LIFTABLE)
        self.form.show_known(
            exporters=[(slip.number, slip.name) for slip in known.exporters if self._counter.shows(slip.number)],
            importers=[(slip.number, slip.name) for slip in known.importers],
            countries=known.countries,
            statements=known.statements,
        )
        self._offer_firm()

    def _offer_firm(self) -> None:
        if self._counter.firm and not self.form.exporter.value:
            self.form.exporter.show_value(self._counter.firm)

    def draft(self) -> Draft:
        """What is understood so far."""
        return replace(self.goods.fill(self.form.draft()), announced=self._announced)

    def texts(self) -> dict[str, str]:
        """The page as it is typed."""
        return self.form.texts() | self.goods.texts() | {"announced": self._announced}

    def show_draft(self, texts: Mapping[str, str]) -> None:
        """Put back what was typed, and look at it again."""
        self._announced = texts.get("announced", "")
        if not self._announced and not self._seat:
            self._foretold.show_words("")
        self.goods.show_texts(texts)
        self.form.show_texts(texts)
        self._offer_firm()
        self._check()

    def _on_exporter(self, exporter: str | None) -> None:
        if exporter is None:
            self._show_goods(exporter, ())
            return
        self._workroom.run(self, lambda: self._acts.goods(exporter), lambda found: self._show_goods(exporter, found))

    def _show_goods(self, exporter: str | None, goods: Sequence[FirmParcel]) -> None:
        """Unless the field has gone on to another firm."""
        if isinstance(self.goods, GoodsPicker) and self.form.exporter.value == exporter:
            self.goods.show_goods(goods)

    def _on_importer(self, importer: str | None) -> None:
        slip = self._importers.get(importer or "")
        if slip is not None:
            country = slip.country
            self._workroom.run(self, lambda: self._acts.territory(country), self.form.offer_destination)

    def _unknown_importer(self) -> str:
        return "" if self.form.importer.value else self.form.importer.line.text().strip()

    def _on_proposed(self, name: str, address: str, country: str) -> None:
        self._workroom.run(
            self,
            lambda: self._acts.propose(name, address, country),
            self._on_registered,
            self._on_refused,
            changes=("parties",),
        )

    def _on_registered(self, slip: PartySlip) -> None:
        self._new.hide()
        self.told.emit(self.tr("{name} is registered as {number}").format(name=slip.name, number=slip.number))

        def shown(known: Known) -> None:
            self._show_known(known)
            self.form.importer.show_value(slip.number)
            self.form.importer.line.setFocus()

        self._workroom.run(self, self._acts.known, shown)

    def _on_declared(self, parcel: str, value: Money) -> None:
        self._workroom.run(
            self,
            lambda: self._acts.declare(parcel, value),
            lambda _: self._on_sealed(parcel),
            self._on_refused,
            changes=("parcels",),
        )

    def _on_sealed(self, parcel: str) -> None:
        self.told.emit(self.tr("{parcel}: declared value kept").format(parcel=parcel))
        self.goods.take_cursor()

    def _on_typed(self) -> None:
        self.show_subtitle(self.tr("new application  ·  draft"))
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
        self.show_subtitle(self.tr("new application  ·  {draft}").format(draft=kept))
        self.state_changed.emit("draft", Tone.OK.value, kept)

    def _check(self) -> None:
        draft, announced = self.draft(), self.goods.announced
        self._workroom.run(self, lambda: self._acts.check(draft, announced), self._show_checks)

    def _show_checks(self, found: Sequence[tuple[str, Answer]]) -> None:
        """Beside its field what concerns one, all of it in the card."""
        self.form.show_checks({field: answer for field, answer in reversed([*found]) if field})
        self._findings.show_answers([answer for _, answer in found])
        self._hint.setVisible(not found)

    def apply(self) -> None:
        """Take it, whatever the checks say; the first field that is wrong gets the cursor."""
        if wrong := self.form.wrong():
            names = ", ".join(self.form.fields[name].editor.accessibleName() for name in wrong)
            self._top.show_words(self.tr("Look at: {fields}.").format(fields=names))
            self.form.fields[wrong[0]].editor.setFocus()
            return
        draft, announced = self.draft(), self.goods.announced
        if not self.goods.complete:
            self._top.show_words(self.goods.wanted)
            self.goods.take_cursor()
            return
        invoice = self.form.invoice
        self._apply.setEnabled(False)
        self._workroom.run(
            self,
            lambda: self._acts.apply(draft, announced, invoice),
            self._on_applied,
            self._on_refused,
            changes=("parcels", "applications", "certificates"),
        )

    def _on_applied(self, applied: Applied) -> None:
        self._apply.setEnabled(True)
        self._top.show_words("")
        self.show_draft({})
        self._keep.stop()
        blank = self.tr("new application")
        self._workroom.run(self, lambda: self._acts.keep_draft({}), lambda _: self.show_subtitle(blank))
        self.told.emit(self._said(applied))
        self.applied.emit(applied)
        self.form.first.setFocus()

    def _said(self, applied: Applied) -> str:
        if applied.file:
            words = self.tr("{number} is signed, for the office: {file}")
        elif applied.stops:
            words = self.tr("{number} is applied for; checks hold it up: {stops}")
        else:
            words = self.tr("{number} is applied for")
        return words.format(number=applied.number, file=applied.file, stops=applied.stops)

    def _on_refused(self, problem: Outcome) -> None:
        self._apply.setEnabled(True)
        self._top.show_words(messages.in_full(problem))

    def clear(self) -> None:
        """Begin anew; nothing was applied for."""
        self.show_draft({})
        self._on_typed()
        self.form.first.setFocus()

    def copy_last(self) -> None:
        """Importer, destination, warranty and signer of the firm's application before."""
        exporter = "" if self._seat else self.form.exporter.value
        if exporter is None:
            self._top.show_words(self.tr("Choose the firm first; then its last application is copied."))
            self.form.first.setFocus()
            return
        self._workroom.run(self, lambda: self._acts.last(exporter), self._show_last)

    def _show_last(self, draft: Draft | None) -> None:
        if draft is None:
            self.noted.emit(self.tr("There is no application before this one."))
            return
        self._top.show_words("")
        self.form.show_draft(draft)
        self.goods.take_cursor()
        self._check()

    def _on_counter(self) -> None:
        """While a firm looks on there is no other firm on the screen; what was typed of another is cleared."""
        self.leave()
        if not self._counter.shows(self.form.exporter.value or self._counter.firm):
            self.show_draft({})
            self._keep.stop()
        self._workroom.run(self, self._acts.known, self._show_known)

    def _on_changed(self, changes: frozenset[str]) -> None:
        exporter = self.form.exporter.value
        if changes & _SHOWS and exporter is not None:
            self._on_exporter(exporter)
