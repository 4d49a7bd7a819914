"""Validate: the proved sheet is looked at, scanned, stamped; the partner is advised (EU 12(2), KPCS Annex II 19)."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from kpdesk.domain.outcomes import Outcome
from kpdesk.domain.slips import CertificateSlip
from ui import look, messages
from ui.slips import Picture
from ui.surface import Surface
from ui.tones import Answer, Tone
from ui.widgets.card import BETWEEN, Notice, announce, button, card, column, row, table_card
from ui.widgets.columns import Columns
from ui.widgets.field import Field, line
from ui.widgets.findings import Findings
from ui.widgets.page import Page
from ui.widgets.picture import PictureView
from ui.widgets.rows import Column, Rows

SHOWS = frozenset({"certificates"})
_LOWEST = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """What an officer looks at before the stamp."""

    picture: Picture
    conditions: Sequence[Answer]

    @property
    def may_go(self) -> bool:
        return all(each.tone in (Tone.OK, Tone.NOTE) for each in self.conditions)


@dataclass(frozen=True, slots=True, kw_only=True)
class ValidateActs:
    """What the page asks of a desk; all run in the workroom."""

    waiting: Callable[[], Sequence[CertificateSlip]]
    read_sheet: Callable[[str], CertificateSlip]
    """The certificate from whose sheet this was read."""
    look: Callable[[CertificateSlip], Seen]
    validate: Callable[[str], str]
    """The certificate of this number; the name of the pre-advice that was laid ready."""


class ValidatePage(Page):
    """A scan of the sheet chooses the certificate; only what was scanned is validated."""

    def __init__(self, acts: ValidateActs, surface: Surface) -> None:
        super().__init__("validate", surface)
        self._acts = acts
        self._scanned = self._wanted = ""
        self._seen: Seen | None = None
        self._build()
        self._wire()

    def _build(self) -> None:
        shown = self._formats
        self._waiting = Rows(
            "validate_waiting",
            self.tr("To be validated"),
            (
                Column(self.tr("Number"), number_of),
                Column(self.tr("To"), lambda slip: slip.facts.destination),
                Column(self.tr("Exporter"), lambda slip: slip.facts.exporter.name, wide=True),
                Column(self.tr("Carats"), lambda slip: shown.carats(slip.facts.carats), number=True),
            ),
            self.tr("No sheet waits for its stamp. Certificates appear here once their sheet was read back."),
        )
        self._conditions = Findings("validate_conditions", self.tr("Conditions"))
        self._picture = PictureView(
            "validate_page",
            self.tr("The sheet"),
            self.tr("Scan a sheet, or choose one, to see what it must look like."),
        )
        self._sheet = line("validate_sheet", mono=True, longest=2000)
        self._sheet.setProperty("large", True)
        self._sheet_field = Field(self.tr("&Scan the number on the sheet"), self._sheet, below=True)
        self._notice = Notice("validate_trouble")
        self._validate = button("validate_do", self.tr("Validate"), self._keyboard.name("main"), primary=True)
        self._validate.setEnabled(False)
        waiting = table_card("validate_waiting_card", self.tr("To be validated"), self._waiting)
        for each in (waiting, self._picture):
            each.setMinimumHeight(look.current().px(_LOWEST))
        conditions, found = card("validate_conditions_card", self.tr("Conditions"))
        found.addWidget(self._conditions)
        sheet, inside = card("validate_card")
        inside.setSpacing(16)
        inside.addWidget(self._sheet_field)
        inside.addWidget(self._notice)
        inside.addLayout(row(self._validate, 1))
        inside.addWidget(self._picture, 1)
        start = column(waiting, conditions, gap=BETWEEN)
        start.setStretch(0, 1)
        Columns(self, (start, 1), (column(sheet), 1))

    def _wire(self) -> None:
        self._waiting.picked.connect(self._on_picked)
        self._sheet.textEdited.connect(self._on_typed)
        self._sheet.returnPressed.connect(self.read_sheet)
        self._validate.clicked.connect(self.validate)
        self.bind("main", self.validate)
        self._workroom.changed.connect(self._on_changed)

    def enter(self) -> None:
        self._sheet.setFocus()
        self._ask()

    def turn_to(self, subject: str) -> None:
        self._wanted = subject.partition("/")[2]

    def _ask(self) -> None:
        self._workroom.run(self, self._acts.waiting, self.show_waiting)

    def show_waiting(self, waiting: Sequence[CertificateSlip]) -> None:
        self._waiting.show_slips(waiting)
        self._turn_to(self._wanted)
        self._wanted = ""
        self.show_subtitle(self.tr("to be stamped: {count}").format(count=len(waiting)))
        if not waiting:
            self._on_picked(None)

    def _turn_to(self, number: str) -> bool:
        """Put the cursor on this certificate, if it is listed."""
        for place, slip in enumerate(self._waiting.model.slips):
            if isinstance(slip, CertificateSlip) and number_of(slip) == number:
                self._waiting.table.selectRow(place)
                return True
        return False

    def _on_picked(self, slip: CertificateSlip | None) -> None:
        self._seen = None
        self._conditions.show_answers(())
        self._picture.show_picture(None)
        self._enable()
        if slip is not None:
            self._workroom.run(self, lambda: self._acts.look(slip), lambda seen: self._show(slip, seen), lane="paper")

    def _show(self, slip: CertificateSlip, seen: Seen) -> None:
        """Unless the cursor has gone on to another."""
        if self._waiting.current() == slip:
            self._seen = seen
            self._conditions.show_answers(seen.conditions)
            self._picture.show_picture(seen.picture)
            self._enable()

    def _on_typed(self) -> None:
        self._scanned = ""
        self._sheet_field.show_words("")
        self._enable()

    def read_sheet(self) -> None:
        """What was scanned or typed is the sheet in hand."""
        typed = self._sheet.text().strip()
        if typed:
            self._workroom.run(self, lambda: self._acts.read_sheet(typed), self._on_read, self._on_not_read)

    def _on_read(self, slip: CertificateSlip) -> None:
        number = number_of(slip)
        self._sheet.setText(number)
        if self._turn_to(number):
            self._scanned = number
            self._sheet_field.show_words("")
            self._sheet_field.show_below(
                self.tr("✓ this is the sheet of {exporter}").format(exporter=slip.facts.exporter.name)
            )
            self._enable()
            self._validate.setFocus()
        else:
            self._sheet_field.show_words(self.tr("{number} does not wait for its stamp.").format(number=number))
            self._sheet.selectAll()

    def _on_not_read(self, problem: Outcome) -> None:
        self._sheet_field.show_words(messages.in_full(problem))
        self._sheet.selectAll()

    def _enable(self) -> None:
        slip = self._waiting.current()
        scanned = isinstance(slip, CertificateSlip) and number_of(slip) == self._scanned != ""
        self._validate.setEnabled(scanned and self._seen is not None and self._seen.may_go)

    def validate(self) -> None:
        """Stamp the scanned sheet; a sheet typed but not yet read is read first."""
        if not self._validate.isEnabled():
            if self._sheet.text().strip() and not self._scanned:
                self.read_sheet()
            return
        number = self._scanned
        self._validate.setEnabled(False)
        self._workroom.run(
            self,
            lambda: self._acts.validate(number),
            lambda written: self._on_validated(number, written),
            self._on_refused,
            changes=SHOWS,
        )

    def _on_validated(self, number: str, written: str) -> None:
        self._sheet.clear()
        self._on_typed()
        self._sheet_field.show_below("")
        self._notice.show_words("")
        words = self.tr("{number} validated; pre-advice laid ready: {file}").format(number=number, file=written)
        self.told.emit(words)
        announce(self, words)
        self._sheet.setFocus()

    def _on_refused(self, problem: Outcome) -> None:
        self._notice.show_words(messages.in_full(problem))
        self._enable()

    def _on_changed(self, changes: frozenset[str]) -> None:
        if changes & SHOWS:
            self._ask()


def number_of(slip: CertificateSlip) -> str:
    return slip.number.text if slip.number else slip.id
