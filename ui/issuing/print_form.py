"""The blank in the tray, why it is not the next one, the printer: what a print wants to know (desk.md §3.4)."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from ui.formats import Formats
from ui.slips import Blank, Printer, Ready, Stage
from ui.tones import Tone
from ui.widgets.field import Field, choice, line, numbered


class PrintForm(QWidget):
    """Says at once whether the blank is the next in order, and whether the printer would meet its lines."""

    changed = Signal()
    finished = Signal()
    """Enter in the blank's field: it was scanned."""

    def __init__(self, formats: Formats) -> None:
        super().__init__()
        self.setObjectName("issue_form")
        self._formats = formats
        self._ready: Ready | None = None
        self._next: Blank | None = None
        self._build()
        self._wire()

    def _build(self) -> None:
        self._blank = line("issue_blank", mono=True, longest=40)
        self._blank.setProperty("large", True)
        self._blank_field = Field(self.tr("&Blank on the tray"), self._blank, below=True)
        self._why = choice("issue_why")
        self._why_field = Field(self.tr("&Why not the next one"), self._why)
        self._printer = choice("issue_printer")
        self._printer_field = Field(self.tr("P&rinter"), self._printer, below=True)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(12)
        top = Qt.AlignmentFlag.AlignTop
        grid.addWidget(self._blank_field, 0, 0, top)
        grid.addWidget(self._printer_field, 0, 1, top)
        grid.addWidget(self._why_field, 1, 0, 1, 2)
        for each in range(2):
            grid.setColumnStretch(each, 1)
        QWidget.setTabOrder(self._blank, self._why)
        QWidget.setTabOrder(self._why, self._printer)
        self._why_field.hide()

    def _wire(self) -> None:
        self._blank.textEdited.connect(lambda words: self._blank.setText(words.upper()))
        self._blank.textChanged.connect(self._on_changed)
        self._blank.returnPressed.connect(self._on_scanned)
        self._why.currentIndexChanged.connect(self.changed)
        self._printer.currentIndexChanged.connect(self._on_changed)

    @property
    def number(self) -> str:
        return self._blank.text().strip()

    @property
    def why(self) -> str:
        """The code of the reason for another blank than the next; empty where none is wanted."""
        return str(self._why.currentData() or "") if self._out_of_order else ""

    @property
    def printer(self) -> Printer | None:
        chosen = self._printer.currentData()
        return chosen if isinstance(chosen, Printer) else None

    @property
    def may_print(self) -> bool:
        """A blank, a reason where it wants one, and a printer that fits both."""
        bound = self._ready.number if self._ready else ""
        right = bool(self.number) and (not bound or _plain(self.number) == _plain(bound))
        fits = self.printer is not None and self.printer.fits(self._next)
        return right and fits and bool(self.why or not self._out_of_order)

    @property
    def _out_of_order(self) -> bool:
        bound = self._ready is not None and bool(self._ready.number)
        known = self._next is not None and bool(self.number) and not bound
        return known and self._next is not None and _plain(self.number) != _plain(self._next.number)

    def show_reasons(self, reasons: Sequence[tuple[str, str]]) -> None:
        """Why another blank than the next is taken."""
        self._why.clear()
        for words, code in [(self.tr("choose"), ""), *numbered(reasons)]:
            self._why.addItem(words, code)

    def show_printers(self, printers: Sequence[Printer]) -> None:
        self._printer.clear()
        for printer in printers:
            self._printer.addItem(printer.name, printer)

    def show_ready(self, ready: Ready | None) -> None:
        self._ready = ready
        for field in (self._blank_field, self._printer_field):
            field.setEnabled(ready is None or ready.stage is Stage.PRINT)
        self._on_changed()

    def show_next(self, blank: Blank | None) -> None:
        self._next = blank
        self._on_changed()

    def clear(self) -> None:
        """For the next sheet."""
        self._blank.clear()
        self._why.setCurrentIndex(0)

    def _on_scanned(self) -> None:
        if self._out_of_order and not self.why:
            self._why.setFocus()
        else:
            self.finished.emit()

    def _on_changed(self) -> None:
        self._show_blank()
        self._show_printer()
        self._why_field.setVisible(self._out_of_order)
        self.changed.emit()

    def _show_blank(self) -> None:
        field, bound = self._blank_field, self._ready.number if self._ready else ""
        if bound and _plain(self.number) == _plain(bound):
            field.show_words("")
            field.show_below(self.tr("✓ the blank it is bound to"))
        elif bound:
            words = self.tr("It is bound to {number}: put that blank in the tray.")
            field.show_words(words.format(number=bound), Tone.NOTE)
        elif self._next is None:
            field.show_words(self.tr("No blank is left. Fetch blanks from the safe."))
        elif not self.number:
            field.show_words("")
            field.show_below(self.tr("next in order is {number}").format(number=self._next.number))
        elif self._out_of_order:
            words = self.tr("Next in order is {number}; another blank needs a reason.")
            field.show_words(words.format(number=self._next.number), Tone.LIFTABLE)
        else:
            field.show_words("")
            field.show_below(self.tr("✓ next in order"))

    def _show_printer(self) -> None:
        field, printer = self._printer_field, self.printer
        if printer is None:
            field.show_words(self.tr("No printer is known here. Set one up in the system first."))
        elif printer.aligned:
            field.show_words("")
            field.show_below(self.tr("✓ aligned {date}").format(date=self._formats.date(printer.aligned)))
        elif printer.fits(self._next):
            field.show_words("")
            field.show_below(self.tr("prints artwork and data in one"))
        else:
            field.show_words(self.tr("Not aligned for this form: print the test sheet first."))


def _plain(number: str) -> str:
    return number.replace("-", "").replace(" ", "").upper()
