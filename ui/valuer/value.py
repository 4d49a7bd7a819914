"""Value a parcel: the queue, oldest first; the sheet by size class; what was paid before (desk.md §6 C)."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QFileDialog, QStackedLayout, QVBoxLayout

from kpdesk.domain.assortment import Assortment, Sampled, SampleOutcome
from kpdesk.domain.outcomes import Outcome
from kpdesk.domain.parties import Role
from kpdesk.domain.slips import ParcelSlip
from kpdesk.domain.tenders import Basis
from kpdesk.domain.valuation import FigureKind, SizeLine, Strip
from kpdesk.domain.valuing import Sheet, ToValue
from ui import messages
from ui.second import SecondSignature
from ui.slips import Signed
from ui.surface import Surface
from ui.tones import Tone
from ui.valuer.queue import Queue
from ui.valuer.sheet import SheetView
from ui.widgets.card import announce
from ui.widgets.page import Page
from ui.widgets.strip_plot import StripRow
from ui.widgets.taken import Taken

_DRAFT_MS = 500
_STRIPS = 60
"""Classes whose earlier prices are asked for with a sheet."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """A figure as it is signed."""

    parcel: str
    kind: FigureKind
    lines: tuple[SizeLine, ...]
    basis: Basis | None
    """Why its value is provisional, or None where it is final."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ValueActs:
    """What the page asks of a desk; all but `reasons` run in the workroom."""

    queue: Callable[[FigureKind], Sequence[ToValue]]
    sheet: Callable[[str, FigureKind], Sheet]
    usual: Callable[[ToValue, Sequence[str]], Mapping[str, Strip]]
    draft: Callable[[str], Mapping[str, Any]]
    """What was typed on a parcel's sheet; of the empty name, the sort of figure chosen last."""
    keep_draft: Callable[[str, Mapping[str, Any]], datetime]
    sign: Callable[[Given], ParcelSlip]
    sign_beside: Callable[[Given, str, str], ParcelSlip]
    """With a second valuer's name and password."""
    take_file: Callable[[str, Path], Assortment]
    decide_file: Callable[[str, Sequence[Sampled], bool, str], Assortment]
    print_strips: Callable[[Sequence[StripRow], str], str]
    """Under this title; where the sheet is to be looked for."""
    clock: Callable[[], datetime]
    reasons: Sequence[tuple[str, str]]
    file_reasons: Sequence[tuple[str, str]]


class ValuePage(Page):
    """Enter opens a parcel, Esc goes back to the queue; the draft stays."""

    def __init__(self, acts: ValueActs, surface: Surface) -> None:
        super().__init__("value", surface)
        self._acts = acts
        self._sheet: Sheet | None = None
        self._file: Assortment | None = None
        self._wanted = ""
        self._build()
        self._wire()

    def _build(self) -> None:
        self._queue = Queue(self._formats, self._acts.clock)
        self.view = SheetView(self._formats, self._keyboard, self._acts.reasons, self._acts.file_reasons)
        self._stack = QStackedLayout()
        self._stack.setContentsMargins(0, 0, 0, 0)
        self._stack.addWidget(self._queue)
        self._stack.addWidget(self.view)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addLayout(self._stack)

    def _wire(self) -> None:
        self._keep = QTimer(self)
        self._keep.setSingleShot(True)
        self._keep.setInterval(_DRAFT_MS)
        self._keep.timeout.connect(self.keep_now)
        self._queue.opened.connect(self.open)
        self._queue.kind_changed.connect(self._on_kind)
        self.view.typed.connect(self._on_typed)
        self.view.weighing.taken.connect(self.take)
        self.view.weighing.bind(self)
        self.view.sample.left.connect(self.back)
        self.view.sample.decided.connect(self._on_decided)
        self._workroom.changed.connect(self._on_changed)
        does = {
            "sign": self.main,
            "beside": self.sign_beside,
            "rest": self.view.lines.rest,
            "read": self.choose_file,
            "back": self.back,
            "figures": self.view.strips.turn,
            "print": self.print_strips,
        }
        self.view.asked.connect(lambda act: does[act]())
        keys = {"main": "sign", "rest": "rest", "open": "read", "back": "back", "figures": "figures", "print": "print"}
        for key, act in keys.items():
            self.bind(key, does[act])

    # The queue

    def enter(self) -> None:
        if not self.subtitle:
            self._workroom.run(self, lambda: self._acts.draft(""), self._show_kind)
        if self._wanted:
            wanted, self._wanted = self._wanted, ""
            self.open(wanted)
        elif self._sheet is None:
            self.show_queue()
        else:
            self.view.lines.take_cursor()

    def turn_to(self, subject: str) -> None:
        kind, _, number = subject.partition("/")
        self._wanted = number if kind == "parcel" else ""

    def _show_kind(self, kept: Mapping[str, Any]) -> None:
        self._queue.show_kind(FigureKind(kept.get("kind", FigureKind.OFFICE)))

    def _on_kind(self) -> None:
        kind = self._queue.kind
        self._workroom.run(self, lambda: self._acts.keep_draft("", {"kind": kind.value}), lambda _: None)
        self._ask_queue(lambda: None)

    def show_queue(self) -> None:
        """Back to the list, asked for anew."""
        self._sheet = self._file = None
        self._stack.setCurrentIndex(0)
        self._ask_queue(self._queue.take_cursor)

    def _ask_queue(self, then: Callable[[], None]) -> None:
        kind = self._queue.kind

        def show(waiting: Sequence[ToValue]) -> None:
            if self._sheet is None:
                self._queue.show_waiting(waiting)
                self.show_subtitle(self.tr("waiting for your figure: {count}").format(count=len(waiting)))
                then()

        self._workroom.run(self, lambda: self._acts.queue(kind), show)

    def _on_changed(self, changes: frozenset[str]) -> None:
        if "parcels" in changes and self.isVisible() and self._sheet is None:
            self._ask_queue(lambda: None)

    # The sheet

    def open(self, number: str) -> None:
        """The sheet of a parcel, with what was typed on it before."""
        kind = self._queue.kind
        self._queue.show_words("")

        def asked() -> tuple[Sheet, Mapping[str, Any]]:
            return self._acts.sheet(number, kind), self._acts.draft(number)

        self._workroom.run(self, asked, lambda found: self.show_sheet(*found), self._on_refused_sheet)

    def _on_refused_sheet(self, problem: Outcome) -> None:
        self.show_queue()
        self._queue.show_words(messages.in_full(problem))

    def show_sheet(self, sheet: Sheet, draft: Mapping[str, Any]) -> None:
        self._sheet, self._file = sheet, None
        self.view.show_sampling(False)
        self.view.top.show_words("")
        self.view.lines.show_sheet(sheet.classes, sheet.prices, sheet.parcel.carats)
        self.view.lines.show_texts(draft.get("lines", {}))
        self.view.show_basis(draft.get("basis", ""))
        self._keep.stop()
        self._stack.setCurrentIndex(1)
        self._tell("")
        self.view.show_strips()
        codes = tuple(dict.fromkeys([*self.view.lines.codes, *(each.code for each in sheet.classes)]))[:_STRIPS]
        self._workroom.run(self, lambda: self._acts.usual(sheet.parcel, codes), self.view.lines.show_strips)
        self.view.lines.take_cursor()

    def _tell(self, state: str) -> None:
        """Which parcel this is, and whether the draft is kept."""
        if self._sheet is None:
            return
        parcel = self._sheet.parcel
        parts = (parcel.number, self._formats.carats(parcel.carats), parcel.source, parcel.exporter_name, state)
        self.show_subtitle("  ·  ".join(part for part in parts if part))

    def print_strips(self) -> None:
        if self._sheet is not None and self.view.strips.rows:
            title = self.tr("US$ per carat, parcel {number}").format(number=self._sheet.parcel.number)
            rows = self.view.strips.rows
            self._workroom.run(self, lambda: self._acts.print_strips(rows, title), self._on_printed, lane="paper")

    def _on_printed(self, where: str) -> None:
        self.told.emit(self.tr("Printed: {where}").format(where=where))

    def _on_typed(self) -> None:
        if self._sheet is not None:
            self._tell(self.tr("draft"))
            self._keep.start()

    def leave(self) -> None:
        if self._keep.isActive():
            self.keep_now()

    def keep_now(self) -> None:
        """Keep the draft without waiting for the pause."""
        self._keep.stop()
        if self._sheet is None:
            return
        number, basis = self._sheet.parcel.number, self.view.basis
        draft = {"lines": self.view.lines.texts(), "basis": basis.value if basis else ""}
        draft = draft if any(draft.values()) else {}
        self._workroom.run(self, lambda: self._acts.keep_draft(number, draft), self._on_kept)

    def _on_kept(self, at: datetime) -> None:
        kept = self.tr("draft saved {time}").format(time=self._formats.time(at, seconds=True))
        self._tell(kept)
        self.state_changed.emit("draft", Tone.OK.value, kept)

    def back(self) -> None:
        """From the sample to the sheet, from the sheet to the queue."""
        if self._sheet is not None and self.view.sampling:
            self.view.show_sampling(False)
        elif self._sheet is not None:
            self.leave()
            self.show_queue()

    def take(self, taken: Taken) -> None:
        """Carats from the balance, rounded as the office agrees them, to the line the cursor is in."""
        if self._sheet is not None:
            carats = self._sheet.rounding.agree(taken.carats)
            (self.view.sample if self.view.sampling else self.view.lines).take(carats)

    # Signing

    def main(self) -> None:
        if self._sheet is None:
            return
        if self.view.sampling:
            self.view.sample.decide(accept=True)
        else:
            self.sign()

    def _given(self) -> Given | None:
        """What would be signed; where something is missing the cursor goes there."""
        if self._sheet is None:
            return None
        if wrong := self.view.lines.wrong():
            if self.view.lines.only_reasons:
                self.view.top.show_words(
                    self.tr("A price is not the usual one: choose the reason, or let a second valuer sign beside."),
                    Tone.LIFTABLE,
                )
            else:
                self.view.top.show_words(self.tr("Look at the lines: something is missing or does not fit."))
            wrong.setFocus()
            return None
        self.view.top.show_words("")
        return self._as_typed()

    def _as_typed(self) -> Given:
        assert self._sheet is not None
        return Given(
            parcel=self._sheet.parcel.number,
            kind=self._sheet.kind,
            lines=self.view.lines.lines(),
            basis=self.view.basis,
        )

    def sign(self) -> None:
        """Sign and go on with the next; nobody else's figure is shown before all are in."""
        given = self._given()
        if given is None:
            return
        self.view.sign.setEnabled(False)
        self._workroom.run(
            self, lambda: self._acts.sign(given), self._on_signed, self._on_refused, changes=("parcels", "tenders")
        )

    def sign_beside(self) -> None:
        """Another valuer looks at the unusual prices and signs with this one."""
        given = self._as_typed() if self.view.lines.only_reasons else self._given()
        if given is None:
            return
        shown = [
            Signed(about=f"{given.parcel}  {line.size_class}", carats=line.carats, value=line.value)
            for line in given.lines
        ]
        asked = SecondSignature(
            verb=self.tr("Sign beside"),
            lines=shown,
            sign=lambda officer, password: self._acts.sign_beside(given, officer, password),
            workroom=self._workroom,
            formats=self._formats,
            role=Role.VALUER,
            parent=self,
        )
        asked.signed.connect(self._on_signed_beside)
        asked.finished.connect(asked.deleteLater)
        asked.open()

    def _on_signed_beside(self, slip: ParcelSlip) -> None:
        self._on_signed(slip)
        self._workroom.changed.emit(frozenset({"parcels", "tenders"}))

    def _on_signed(self, slip: ParcelSlip) -> None:
        self.view.sign.setEnabled(True)
        self._keep.stop()
        if slip.value is None:
            words = self.tr("{number} signed; figures are shown when all are in").format(number=slip.number)
        else:
            words = self.tr("{number} signed; its value is {value}").format(
                number=slip.number, value=self._formats.money(slip.value)
            )
        self._workroom.run(self, lambda: self._acts.keep_draft(slip.number, {}), lambda _: None)
        self.told.emit(words)
        announce(self, words)
        self.show_queue()

    def _on_refused(self, problem: Outcome) -> None:
        self.view.sign.setEnabled(True)
        self.view.top.show_words(messages.in_full(problem))

    # A producer's file

    def choose_file(self) -> None:
        if self._sheet is not None:
            pattern = self.tr("Tables (*.csv *.xlsx *.txt)")
            chosen, _ = QFileDialog.getOpenFileName(self, self.tr("The producer's lines"), "", pattern)
            if chosen:
                self.read_file(Path(chosen))

    def read_file(self, path: Path) -> None:
        """Take the file in and show the sample that is checked."""
        if self._sheet is not None:
            number = self._sheet.parcel.number
            self._workroom.run(self, lambda: self._acts.take_file(number, path), self._on_file, self._on_refused)

    def _on_file(self, taken: Assortment) -> None:
        self._file = taken
        self.view.top.show_words("")
        if taken.outcome is SampleOutcome.OPEN:
            self.view.show_sampling(True)
            assert self._sheet is not None
            self.view.sample.show_file(taken, self._sheet.tolerance)
        else:
            self._on_outcome(taken)

    def _on_decided(self, found: Sequence[Sampled], accept: bool, reason: str) -> None:
        assert self._file is not None
        name = self._file.identity
        self._workroom.run(
            self,
            lambda: self._acts.decide_file(name, found, accept, reason),
            self._on_outcome,
            lambda problem: self.view.sample.show_words(messages.in_full(problem)),
        )

    def _on_outcome(self, decided: Assortment) -> None:
        self._file = decided
        self.view.show_sampling(False)
        if decided.outcome is SampleOutcome.ACCEPTED:
            self.view.lines.show_lines([each.line for each in decided.lines])
            self.told.emit(
                self.tr("{file} taken over, {count} lines").format(file=decided.file, count=len(decided.lines))
            )
        else:
            self.view.top.show_words(self.tr("{file} is refused.").format(file=decided.file), Tone.NOTE)
