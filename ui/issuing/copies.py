"""Copies: certified copies with number and reason, and technical certificates for goods outside trade (kpcs.md §5)."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtWidgets import QComboBox, QFrame, QLineEdit

from kpdesk.domain.copies import Copy
from kpdesk.domain.outcomes import Outcome
from kpdesk.domain.slips import CertificateSlip, ShipmentSlip
from ui import look, messages
from ui.issuing.validate import number_of
from ui.slips import Picture
from ui.surface import Surface
from ui.widgets.abreast import Abreast
from ui.widgets.card import BETWEEN, Notice, announce, button, card, column, row, table_card
from ui.widgets.columns import Columns
from ui.widgets.field import EnterMoves, Field, choice, line, numbered
from ui.widgets.page import Page
from ui.widgets.picture import PictureView
from ui.widgets.rows import Column, Rows

SHOWS = frozenset({"certificates"})
_LOWEST, _HIGHEST = 110, 620


@dataclass(frozen=True, slots=True, kw_only=True)
class CopiesActs:
    """What the page asks of a desk; all run in the workroom."""

    find: Callable[[str], CertificateSlip]
    copies: Callable[[str], Sequence[Copy]]
    """Of a certificate's id, the newest first."""
    make: Callable[[str, str], Copy]
    """(number, why)."""
    page: Callable[[Copy], Picture]
    print_copy: Callable[[Copy], str]
    """Where it was printed, or the file."""
    sealed: Callable[[], Sequence[ShipmentSlip]]
    """Shipments without any certificate."""
    technical_page: Callable[[str], Picture]
    prepare_technical: Callable[[str, str], object]
    """(shipment, why)."""
    copy_reasons: Callable[[], Sequence[tuple[str, str]]]
    technical_reasons: Callable[[], Sequence[tuple[str, str]]]


class CopiesPage(Page):
    """A number and a reason make a copy; a shipment and a reason a technical certificate."""

    def __init__(self, acts: CopiesActs, surface: Surface) -> None:
        super().__init__("copies", surface)
        self._acts = acts
        self._slip: CertificateSlip | None = None
        self._wanted = ""
        self._build()
        self._wire()

    def _build(self) -> None:
        self._picture = PictureView(
            "copies_page", self.tr("The paper"), self.tr("A copy, or the technical certificate, appears here.")
        )
        self._picture.setMinimumHeight(look.current().px(_LOWEST))
        page, inside = card("copies_page_card")
        inside.setContentsMargins(8, 8, 8, 8)
        inside.addWidget(self._picture, 1)
        page.setMaximumHeight(look.current().px(_HIGHEST))
        start = column(self._copy_card(), self._technical_card(), gap=BETWEEN)
        start.setStretch(0, 1)
        start.setStretch(1, 1)
        beside = column(page, 1)
        beside.setStretch(0, 8)
        Columns(self, (start, 1), (beside, 1))

    def _copy_card(self) -> QFrame:
        made, inside = card("copies_card", self.tr("Certified copy"))
        inside.setSpacing(10)
        self._number = line("copies_number", mono=True, longest=2000)
        self._number_field = Field(self.tr("&Number, or scan the sheet"), self._number, below=True)
        self._reason = choice("copies_reason")
        self._words = line("copies_words")
        self._copies = Rows(
            "copies_made",
            self.tr("Copies of this certificate"),
            (
                Column(self.tr("Copy"), lambda copy: copy.identity),
                Column(self.tr("Reason"), self._why, wide=True),
                Column(self.tr("Made"), lambda copy: self._formats.moment(copy.made_at), number=True),
            ),
            self.tr("No copy was made of this certificate."),
        )
        self._copies.setMinimumHeight(look.current().px(_LOWEST))
        self._make = button("copies_make", self.tr("Make a copy"), self._keyboard.name("main"), primary=True)
        self._print = button("copies_print", self.tr("Print"), self._keyboard.name("print"))
        self._notice = Notice("copies_trouble")
        for each in (self._number_field, _abreast(self.tr("&Reason"), self._reason, self.tr("In &words"), self._words)):
            inside.addWidget(each)
        inside.addWidget(self._notice)
        inside.addLayout(row(self._make, self._print, 1))
        inside.addWidget(self._copies, 1)
        return made

    def _technical_card(self) -> QFrame:
        shown = self._formats
        self._sealed = Rows(
            "copies_sealed",
            self.tr("Sealed, without a certificate"),
            (
                Column(self.tr("Shipment"), lambda slip: slip.number),
                Column(self.tr("To"), lambda slip: slip.destination),
                Column(self.tr("Exporter"), lambda slip: slip.exporter_name, wide=True),
                Column(self.tr("Carats"), lambda slip: shown.carats(slip.carats), number=True),
            ),
            self.tr("No sealed shipment waits without a certificate."),
        )
        self._sealed.setMinimumHeight(look.current().px(_LOWEST))
        self._technical_reason = choice("technical_reason")
        self._technical_words = line("technical_words")
        self._draw_up = button("technical_do", self.tr("Draw up as technical"))
        self._technical_notice = Notice("technical_trouble")
        made = table_card("technical_card", self.tr("Technical certificate: goods outside trade"), self._sealed)
        inside = made.layout()
        below = column(
            _abreast(
                self.tr("Why it is out&side trade"),
                self._technical_reason,
                self.tr("In wor&ds"),
                self._technical_words,
            ),
            self._technical_notice,
            gap=10,
        )
        below.addLayout(row(self._draw_up, 1))
        below.setContentsMargins(11, 8, 11, 8)
        inside.addLayout(below)  # type: ignore[union-attr]
        return made

    def _wire(self) -> None:
        self._number.returnPressed.connect(self.look_up)
        self._number.textEdited.connect(self._on_typed)
        self._words.returnPressed.connect(self._make.setFocus)
        self._technical_words.returnPressed.connect(self._draw_up.setFocus)
        self._moves = [EnterMoves([self._reason]), EnterMoves([self._technical_reason])]
        self._reason.activated.connect(lambda _: self._words.setFocus())
        self._copies.picked.connect(self._on_copy)
        self._sealed.picked.connect(self._on_sealed)
        self._make.clicked.connect(self.make)
        self._print.clicked.connect(self.print_copy)
        self._draw_up.clicked.connect(self.draw_up)
        self.bind("main", self.make)
        self.bind("print", self.print_copy)
        self._workroom.changed.connect(self._on_changed)

    def enter(self) -> None:
        if not self._reason.count():
            self._workroom.run(self, self._acts.copy_reasons, lambda found: _fill(self._reason, found))
            self._workroom.run(self, self._acts.technical_reasons, lambda found: _fill(self._technical_reason, found))
        self._ask()
        self._number.setFocus()
        if self._wanted:
            self._number.setText(self._wanted)
            self._wanted = ""
            self.look_up()

    def turn_to(self, subject: str) -> None:
        self._wanted = subject.partition("/")[2]

    def _ask(self) -> None:
        self._workroom.run(self, self._acts.sealed, self._show_sealed)

    def _show_sealed(self, sealed: Sequence[ShipmentSlip]) -> None:
        self._sealed.show_slips(sealed)
        self._draw_up.setEnabled(bool(sealed))

    def _on_typed(self) -> None:
        self._slip = None
        self._number_field.show_words("")
        self._copies.show_slips(())

    def look_up(self) -> None:
        typed = self._number.text().strip()
        if typed:
            self._workroom.run(self, lambda: self._acts.find(typed), self.show_certificate, self._on_not_found)

    def _on_not_found(self, problem: Outcome) -> None:
        self._number_field.show_words(messages.in_full(problem))
        self._number.selectAll()

    def show_certificate(self, slip: CertificateSlip) -> None:
        self._slip = slip
        self._number.setText(number_of(slip))
        self._number_field.show_below(
            self.tr("{exporter}, {carats}").format(
                exporter=slip.facts.exporter.name, carats=self._formats.carats(slip.facts.carats)
            )
        )
        self._ask_copies()
        self._reason.setFocus()

    def _ask_copies(self) -> None:
        if self._slip is not None:
            reference = self._slip.id
            self._workroom.run(self, lambda: self._acts.copies(reference), self._show_copies)

    def _show_copies(self, copies: Sequence[Copy]) -> None:
        self._copies.show_slips(copies)
        self.show_subtitle(self.tr("copies of this certificate: {count}").format(count=len(copies)))
        if copies:
            self._copies.table.selectRow(0)

    def _why(self, copy: Copy) -> str:
        """The reason's words, and what was typed behind it."""
        code, _, said = copy.why.partition(": ")
        place = self._reason.findData(code)
        named = self._reason.itemText(place).split("  ")[-1] if place >= 0 else code
        return f"{named}: {said}" if said else named

    def _on_copy(self, copy: Copy | None) -> None:
        self._print.setEnabled(copy is not None)
        if copy is not None:
            self._look(lambda: self._acts.page(copy))

    def _on_sealed(self, slip: ShipmentSlip | None) -> None:
        if slip is not None and self._sealed.table.hasFocus():
            number = slip.number
            self._look(lambda: self._acts.technical_page(number))

    def _look(self, page: Callable[[], Picture]) -> None:
        self._workroom.run(self, page, self._picture.show_picture, lane="paper")

    def make(self) -> None:
        """One more copy of the certificate whose number is typed."""
        if self._slip is None:
            self.look_up()
            if self._slip is None:
                self._number.setFocus()
                return
        number, why = number_of(self._slip), _reason(self._reason, self._words.text())
        self._workroom.run(self, lambda: self._acts.make(number, why), self._on_made, self._on_refused)

    def _on_made(self, copy: Copy) -> None:
        self._notice.show_words("")
        self._words.clear()
        words = self.tr("copy {number} made").format(number=copy.identity)
        self.told.emit(words)
        announce(self, words)
        self._ask_copies()
        self._print.setFocus()

    def print_copy(self) -> None:
        """The copy the cursor is on, on plain paper."""
        copy: Any = self._copies.current()
        if copy is not None:
            said = self.tr("copy {number} printed: {where}")
            self._workroom.run(
                self,
                lambda: self._acts.print_copy(copy),
                lambda where: self.told.emit(said.format(number=copy.identity, where=where)),
                self._on_refused,
                lane="paper",
            )

    def draw_up(self) -> None:
        """The first signature; then it goes through Issue like any other."""
        slip = self._sealed.current()
        if isinstance(slip, ShipmentSlip):
            number, why = slip.number, _reason(self._technical_reason, self._technical_words.text())
            self._workroom.run(
                self,
                lambda: self._acts.prepare_technical(number, why),
                lambda _: self._on_drawn_up(number),
                lambda problem: self._technical_notice.show_words(messages.in_full(problem)),
                changes=SHOWS,
            )

    def _on_drawn_up(self, number: str) -> None:
        self._technical_notice.show_words("")
        self._technical_words.clear()
        words = self.tr("{number}: technical certificate signed once; go on in Issue").format(number=number)
        self.told.emit(words)
        announce(self, words)

    def _on_refused(self, problem: Outcome) -> None:
        self._notice.show_words(messages.in_full(problem))

    def _on_changed(self, changes: frozenset[str]) -> None:
        if changes & SHOWS:
            self._ask()


def _abreast(why: str, box: QComboBox, said: str, words: QLineEdit) -> Abreast:
    """A reason from the list, and in words."""
    held = Abreast(2, gap=16, between=10)
    held.show_widgets((Field(why, box), Field(said, words)))
    return held


def _fill(box: QComboBox, reasons: Sequence[tuple[str, str]]) -> None:
    for words, code in numbered(reasons):
        box.addItem(words, code)


def _reason(box: QComboBox, words: str) -> str:
    code, said = str(box.currentData() or ""), words.strip()
    return f"{code}: {said}" if said else code
