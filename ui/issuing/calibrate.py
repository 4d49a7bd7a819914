"""Align a printer to the form: test sheet, two crosses measured, test sheet again, a second officer (desk.md §3.2)."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from PySide6.QtWidgets import QFrame, QWidget

from kpdesk.domain.calibration import FIRST, LAST, RULER, Alignment, Calibration, OutOfAlignment, Spot, Tray, align
from kpdesk.domain.outcomes import Outcome
from kpdesk.domain.parties import Role
from ui import look, messages
from ui.second import SecondSignature
from ui.slips import Signed
from ui.surface import Surface
from ui.tones import Tone
from ui.widgets.abreast import Abreast
from ui.widgets.amount_field import AmountField
from ui.widgets.card import BETWEEN, Notice, announce, button, card, column, row, table_card, text
from ui.widgets.columns import Columns
from ui.widgets.field import EnterMoves, Field, line
from ui.widgets.flow import Flow
from ui.widgets.page import Page
from ui.widgets.rows import Column, Rows

CHANGES = frozenset({"printers"})


@dataclass(frozen=True, slots=True)
class Known:
    """A tray, and what is kept of it: a calibration that does not hold any more is stale."""

    tray: Tray
    calibration: Calibration | None = None
    stale: bool = False

    @property
    def name(self) -> str:
        return ", ".join(filter(None, (self.tray.printer, self.tray.name)))

    @property
    def tone(self) -> Tone:
        if self.calibration is None:
            return Tone.UNKNOWN
        return Tone.LIFTABLE if self.stale else Tone.OK


@dataclass(frozen=True, slots=True, kw_only=True)
class CalibrateActs:
    """What the page asks of a desk; all run in the workroom."""

    known: Callable[[], Sequence[Known]]
    form: str
    """The edition in use."""
    print_test: Callable[[Tray, Alignment | None], object]
    """The test sheet, as the printer does it, or made up for by this alignment."""
    calibrate: Callable[[Tray, Alignment, str, str], Calibration]
    """(tray, alignment, officer, password): kept with the second officer's name."""


class CalibratePage(Page):
    """Nothing is kept before the second sheet was printed and another officer saw it."""

    def __init__(self, acts: CalibrateActs, surface: Surface) -> None:
        super().__init__("calibrate", surface)
        self._acts = acts
        self._alignment: Alignment | None = None
        self._proofed: Alignment | None = None
        self._build()
        self._wire()

    def _build(self) -> None:
        self._trays = Rows(
            "calibrate_trays",
            self.tr("Printers"),
            (
                Column(self.tr("Printer"), lambda known: known.name, wide=True, tone=lambda known: known.tone),
                Column(self.tr("Aligned"), self._aligned_on),
                Column(self.tr("Form"), lambda known: known.calibration.layout if known.calibration else ""),
            ),
            self.tr("The system knows no printer. Set one up there; it appears here."),
        )
        self._tray = line("calibrate_tray", longest=40)
        self._tray_field = Field(self.tr("&Tray, if it has several"), self._tray)
        self._first_x = self._mm("calibrate_first_x", self.tr("Cross &1 from the left edge"))
        self._first_y = self._mm("calibrate_first_y", self.tr("Cross 1 from the upper edge"))
        self._last_x = self._mm("calibrate_last_x", self.tr("Cross &2 from the left edge"))
        self._last_y = self._mm("calibrate_last_y", self.tr("Cross 2 from the upper edge"))
        self._ruler = self._mm("calibrate_ruler", self.tr("&Length of the ruler"))
        self._fields = (self._first_x, self._first_y, self._last_x, self._last_y, self._ruler)
        self._notice = Notice("calibrate_trouble")
        self._numbers = {name: text("–", "number") for name in ("right", "down", "turn", "across", "along")}
        self._print = button("calibrate_print", self.tr("Print the test sheet"))
        self._again = button("calibrate_again", self.tr("Print again, aligned"))
        self._confirm = button(
            "calibrate_confirm", self.tr("Another officer confirms"), self._keyboard.name("main"), primary=True
        )
        trays = table_card("calibrate_trays_card", self.tr("Printers"), self._trays)
        trays.setMinimumHeight(look.current().px(200))
        start = column(trays, self._first_step(), gap=BETWEEN)
        start.setStretch(0, 1)
        Columns(self, (start, 5), (column(self._second_step(), self._third_step(), 1, gap=BETWEEN), 6))
        self._enable()

    def _mm(self, name: str, caption: str) -> AmountField:
        return AmountField(name, caption, places=2, unit="", formats=self._formats)

    def _first_step(self) -> QFrame:
        frame, inside = card("calibrate_first", self.tr("1  Test sheet on plain paper"))
        inside.setSpacing(12)
        inside.addWidget(self._tray_field)
        inside.addLayout(row(self._print, 1))
        return frame

    def _second_step(self) -> QFrame:
        frame, inside = card("calibrate_second", self.tr("2  Measure"))
        inside.setSpacing(12)
        told = self.tr("In millimetres, with a steel rule. Drawn are {first}, {last}, and a ruler of {ruler} mm.")
        spots = (f"{spot.x:g} / {spot.y:g}" for spot in (FIRST, LAST))
        inside.addWidget(text(told.format(first=next(spots), last=next(spots), ruler=RULER), "muted", wrap=True))
        fields = Abreast(2, gap=16, between=12)
        fields.show_widgets(self._fields)
        inside.addWidget(fields)
        inside.addWidget(self._notice)
        captions = (
            self.tr("To the right"), self.tr("Down"), self.tr("Turned"), self.tr("Width"), self.tr("Height"),
        )  # fmt: skip
        numbers = Abreast(3, gap=16, between=8)
        numbers.show_widgets([self._captioned(*each) for each in zip(self._numbers, captions, strict=True)])
        inside.addWidget(numbers)
        return frame

    def _third_step(self) -> QFrame:
        frame, inside = card("calibrate_third", self.tr("3  See it right"))
        inside.setSpacing(12)
        told = self.tr(
            "Hold the second sheet over a blank against the light: crosses at their places, boxes on the lines."
        )
        inside.addWidget(text(told, "muted", wrap=True))
        buttons = QWidget()
        flow = Flow(buttons, gap=12)
        flow.setContentsMargins(0, 0, 0, 0)
        for each in (self._again, self._confirm):
            flow.addWidget(each)
        inside.addWidget(buttons)
        return frame

    def _wire(self) -> None:
        self._moves = EnterMoves([each.editor for each in self._fields])
        for each in self._fields:
            each.amount_changed.connect(lambda _: self._work_out())
        self._trays.picked.connect(self._on_picked)
        self._tray.textEdited.connect(lambda _: self._forget())
        self._print.clicked.connect(lambda: self._print_test(None))
        self._again.clicked.connect(lambda: self._print_test(self._alignment))
        self._confirm.clicked.connect(self.confirm)
        self.bind("main", self.confirm)
        self._workroom.changed.connect(self._on_changed)

    def enter(self) -> None:
        self._trays.take_cursor()
        self.show_subtitle(self.tr("form {edition}").format(edition=self._acts.form))
        self._ask()

    def _ask(self) -> None:
        self._workroom.run(self, self._acts.known, self._trays.show_slips)

    def _on_picked(self, known: Known | None) -> None:
        self._tray.setText(known.tray.name if known else "")
        self._forget()

    def _forget(self) -> None:
        """Another tray: measured anew."""
        for each in self._fields:
            each.show_amount(None)
        self._proofed = None
        self._work_out()

    @property
    def tray(self) -> Tray | None:
        """The chosen printer, with the tray as it is typed."""
        known = self._trays.current()
        if not isinstance(known, Known):
            return None
        return Tray(known.tray.printer, self._tray.text().strip(), known.tray.driver)

    def _work_out(self) -> None:
        """The five numbers from what is measured so far."""
        self._alignment = None
        self._notice.show_words("")
        first_x, first_y, last_x, last_y, ruler = (each.amount for each in self._fields)
        if first_x and first_y and last_x and last_y:
            try:
                self._alignment = align(
                    Spot(float(first_x), float(first_y)),
                    Spot(float(last_x), float(last_y)),
                    ruler=float(ruler) if ruler else None,
                )
            except OutOfAlignment as refused:
                self._notice.show_words(messages.in_full(refused))
        self._show_numbers(self._alignment)
        self._enable()

    def _show_numbers(self, found: Alignment | None) -> None:
        number, signed = self._formats.number, self._signed
        words = ("–",) * len(self._numbers)
        if found is not None:
            words = (
                f"{signed(found.right)} mm",
                f"{signed(found.down)} mm",
                f"{signed(found.turn)}°",
                f"{number(_share(found.across))} %",
                f"{number(_share(found.along))} %",
            )
        for shown, said in zip(self._numbers.values(), words, strict=True):
            shown.setText(said)

    def _captioned(self, name: str, caption: str) -> QWidget:
        block, shown = QWidget(), self._numbers[name]
        shown.setObjectName(f"calibrate_{name}")
        shown.setAccessibleName(caption)
        block.setLayout(column(text(caption, "caption"), shown, 1, gap=2))
        return block

    def _signed(self, amount: Decimal) -> str:
        return f"{'−' if amount < 0 else '+'}{self._formats.number(abs(amount))}"

    def _enable(self) -> None:
        chosen = self.tray is not None
        self._print.setEnabled(chosen)
        self._again.setEnabled(chosen and self._alignment is not None)
        self._confirm.setEnabled(chosen and self._alignment is not None and self._alignment == self._proofed)

    def _print_test(self, alignment: Alignment | None) -> None:
        tray = self.tray
        if tray is not None:
            self._workroom.run(
                self,
                lambda: self._acts.print_test(tray, alignment),
                lambda _: self._on_printed(alignment),
                self._on_refused,
                lane="paper",
            )

    def _on_printed(self, alignment: Alignment | None) -> None:
        self._notice.show_words("")
        if alignment is None:
            self.told.emit(self.tr("Test sheet sent: measure crosses 1 and 2, and the ruler."))
            self._first_x.editor.setFocus()
        else:
            self._proofed = alignment
            self._enable()
            self.told.emit(self.tr("Second test sheet sent: another officer looks at it."))
            self._confirm.setFocus()

    def confirm(self) -> None:
        """Another officer saw the second sheet."""
        tray, alignment = self.tray, self._alignment
        if not self._confirm.isEnabled() or tray is None or alignment is None:
            return
        dialog = SecondSignature(
            verb=self.tr("The crosses are right"),
            lines=[Signed(f"{Known(tray).name}  {self._acts.form}")],
            sign=lambda officer, password: self._acts.calibrate(tray, alignment, officer, password),
            workroom=self._workroom,
            formats=self._formats,
            role=Role.ISSUING,
            parent=self,
        )
        dialog.signed.connect(self._on_confirmed)
        dialog.open()

    def _on_confirmed(self, kept: Calibration) -> None:
        self._forget()
        words = self.tr("{printer} aligned to form {form}").format(printer=Known(kept.tray).name, form=kept.layout)
        self.told.emit(words)
        announce(self, words)
        self._workroom.changed.emit(CHANGES)

    def _on_refused(self, problem: Outcome) -> None:
        self._notice.show_words(messages.in_full(problem))

    def _on_changed(self, changes: frozenset[str]) -> None:
        if changes & CHANGES:
            self._ask()

    def _aligned_on(self, known: Known) -> str:
        if known.calibration is None:
            return self.tr("never")
        on = self._formats.date(known.calibration.on)
        return self.tr("{date}, not as it is now").format(date=on) if known.stale else on


def _share(scale: Decimal) -> Decimal:
    return (scale * 100).quantize(Decimal("0.01"))
