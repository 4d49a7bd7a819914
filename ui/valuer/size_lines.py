"""The lines of a figure: a class, its carats, US$ per carat, US$; sums below, and what is still missing."""

from collections.abc import Mapping, Sequence
from decimal import Decimal

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtWidgets import QApplication, QGridLayout, QLabel, QWidget

from kpdesk.domain.measures import Carats, total_carats, total_money
from kpdesk.domain.prices import SizeClass
from kpdesk.domain.valuation import SizeLine, Strip
from ui import look
from ui.formats import Formats
from ui.tones import Tone
from ui.valuer.line_row import FIGURES, LineRow
from ui.widgets.card import column, rule, text
from ui.widgets.field import EnterMoves
from ui.widgets.pick_field import PickField
from ui.widgets.strip_plot import StripRow

_SHOWN = 40
"""An office with more classes than this adds to the sheet those that the parcel has."""
_NOTHING = Carats(Decimal(0))


class SizeLines(QWidget):
    """A line a class; whoever has typed the last one sees whether they are the agreed carats."""

    typed = Signal()
    priced = Signal()
    """Carats or prices changed: what is drawn of them is old."""

    def __init__(self, formats: Formats, reasons: Sequence[tuple[str, str]]) -> None:
        super().__init__()
        self.setObjectName("value_lines")
        self._formats, self._reasons = formats, tuple(reasons)
        self._classes: dict[str, SizeClass] = {}
        self._offered: Mapping[str, Decimal] = {}
        self._strips: Mapping[str, Strip] = {}
        self._agreed = _NOTHING
        self._quiet = False
        self.rows: list[LineRow] = []
        self.pick = PickField(
            "value_class", self.tr("Add a c&lass"), nothing=self.tr("No class of the office matches “{text}”.")
        )
        self.pick.picked.connect(self._on_picked)
        self._held = QWidget()
        self._whole = column(self._held, self.pick, 1, gap=12)
        self.setLayout(self._whole)

    def show_sheet(self, classes: Sequence[SizeClass], offered: Mapping[str, Decimal], agreed: Carats) -> None:
        """A blank sheet; every class has its line where the office has few."""
        self._classes = {each.code: each for each in classes}
        self._offered, self._strips, self._agreed = offered, {}, agreed
        self.pick.show_options([(each.code, _option(each)) for each in classes])
        self.pick.show_value(None)
        shown = classes if len(classes) <= _SHOWN else ()
        self.pick.setVisible(not shown)
        self._lay([each.code for each in shown], {})

    def show_strips(self, strips: Mapping[str, Strip]) -> None:
        """What was paid before, by class."""
        self._strips = strips
        for row in self.rows:
            row.strip = strips.get(row.size.code, Strip("", ()))
            row.look()
        self.priced.emit()

    @property
    def codes(self) -> tuple[str, ...]:
        return tuple(row.size.code for row in self.rows)

    def texts(self) -> dict[str, list[str]]:
        """What is typed, by class."""
        return {row.size.code: row.texts() for row in self.rows if any(row.texts())}

    def show_texts(self, texts: Mapping[str, Sequence[str]]) -> None:
        """Put back what was typed; a class the office has no more keeps its line."""
        self._quiet = True
        missing = [code for code in texts if code not in self.codes]
        if missing:
            self._lay([*self.codes, *missing], {})
        for row in self.rows:
            row.show_texts(texts.get(row.size.code, ("", "", "")))
        self._quiet = False
        self._on_changed()

    def show_lines(self, lines: Sequence[SizeLine]) -> None:
        number = self._formats.number
        self.show_texts({each.size_class: (str(each.carats), number(each.per_carat), "") for each in lines})
        self.typed.emit()

    @property
    def total(self) -> Carats:
        return total_carats(row.weight for row in self.rows if row.weight)

    @property
    def agrees(self) -> bool:
        return self.total == self._agreed

    def lines(self) -> tuple[SizeLine, ...]:
        """The lines that have carats; ask `wrong` first."""
        return tuple(row.line for row in self.rows if row.weight)

    def wrong(self) -> QWidget | None:
        """Where the first thing lies that cannot be signed, or None."""
        for row in self.rows:
            if row.look():
                continue
            if row.wants_reason and row.per_carat is not None:
                return row.reason
            return row.carats if row.weight is None and row.carats.text().strip() else row.price
        if not self.agrees:
            return self.rows[0].carats if self.rows else self.pick.line
        return None

    @property
    def only_reasons(self) -> bool:
        """Whether nothing but reasons for prices is missing."""
        asked = [row for row in self.rows if row.wants_reason]
        return bool(asked) and self.agrees and all(row.look() for row in self.rows if row not in asked)

    def plotted(self) -> tuple[StripRow, ...]:
        """The classes that the parcel has, or before any is typed all that have a history."""
        used = [row for row in self.rows if row.weight] or [row for row in self.rows if row.strip.prices]
        return tuple(
            StripRow(row.size.code, row.strip, row.per_carat if row.weight else None, row.tone) for row in used
        )

    def take_cursor(self) -> None:
        (self.rows[0].carats if self.rows else self.pick.line).setFocus(Qt.FocusReason.OtherFocusReason)

    def take(self, carats: Carats) -> None:
        """Carats from the balance go to the line the cursor is in, and the cursor to its price."""
        row = self._here()
        if row is not None:
            row.carats.setText(str(carats))
            row.price.setFocus(Qt.FocusReason.TabFocusReason)

    def rest(self) -> None:
        """What the other lines leave of the agreed carats goes to the line the cursor is in."""
        row = self._here()
        if row is None:
            return
        others = total_carats(each.weight for each in self.rows if each.weight and each is not row)
        if others < self._agreed:
            row.carats.setText(str(self._agreed - others))
            row.carats.selectAll()

    def _here(self) -> LineRow | None:
        focus = QApplication.focusWidget()
        return next((row for row in self.rows if focus in row.widgets), None)

    def _on_picked(self, code: str | None) -> None:
        if code is None:
            return
        if code not in self.codes:
            self._lay([*self.codes, code], self.texts())
        next(row for row in self.rows if row.size.code == code).carats.setFocus(Qt.FocusReason.TabFocusReason)
        self.pick.show_value(None)

    def _lay(self, codes: Sequence[str], texts: Mapping[str, Sequence[str]]) -> None:
        """Lines anew, in their order."""
        self._quiet = True
        self._held.hide()
        self._held.deleteLater()
        self._held = QWidget()
        grid = QGridLayout(self._held)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(6)
        heads = (self.tr("Class"), self.tr("Carats"), self.tr("US$/ct"), self.tr("US$"))
        for place, words in enumerate(heads):
            head = text(words, "caption")
            if place:
                head.setAlignment(FIGURES)
            grid.addWidget(head, 0, place)
        self.rows = [
            LineRow(place, self._classes.get(code) or SizeClass(code, code), self._reasons, self._formats)
            for place, code in enumerate(codes)
        ]
        for place, row in enumerate(self.rows):
            self._lay_row(grid, 1 + 2 * place, row)
        self._lay_sums(grid, 1 + 2 * len(self.rows))
        for stretch, place in ((4, 0), (3, 1), (3, 2), (4, 3)):
            grid.setColumnStretch(place, stretch)
        self._whole.insertWidget(0, self._held)
        self._held.show()  # now: what is not seen yet takes no cursor
        self._moves = EnterMoves([*(each for row in self.rows for each in row.widgets), self.pick.line])
        for row in self.rows:
            row.setParent(self._held)
            row.strip = self._strips.get(row.size.code, Strip("", ()))
            if row.size.code in texts:
                row.show_texts(texts[row.size.code])
            row.changed.connect(self._on_changed)
            row.price.installEventFilter(self)
        self._quiet = False
        self._show_sums()

    def _lay_row(self, grid: QGridLayout, at: int, row: LineRow) -> None:
        grid.addLayout(column(row.name, row.words, gap=0) if row.words.text() else column(row.name), at, 0)
        grid.addWidget(row.carats, at, 1)
        grid.addWidget(row.price, at, 2)
        grid.addWidget(row.value, at, 3)
        below = column(row.notice, row.why, row.reason, gap=4)
        grid.addLayout(below, at + 1, 0, 1, 4)

    def _lay_sums(self, grid: QGridLayout, at: int) -> None:
        grid.addWidget(rule(), at, 0, 1, 4)
        self._carats, self._average, self._worth = (text("", "number") for _ in range(3))
        names = ("value_total_carats", "value_average", "value_total")
        for place, (label, name) in enumerate(zip((self._carats, self._average, self._worth), names, strict=True), 1):
            label.setObjectName(name)
            label.setAlignment(FIGURES)
            # In line with what is typed above: as far from the edge as the text inside its field.
            label.setContentsMargins(0, 0, look.current().px(12) if place < 3 else 0, 0)
            grid.addWidget(label, at + 1, place)
        grid.addWidget(text(self.tr("Total, average")), at + 1, 0)
        self._difference = _Difference(self._formats)
        grid.addWidget(self._difference, at + 2, 0, 1, 4)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A price is offered when the cursor comes to it."""
        if event.type() == QEvent.Type.FocusIn:
            row = next((row for row in self.rows if row.price is watched), None)
            if row is not None:
                row.offer(self._offered.get(row.size.code))
        return False

    def _on_changed(self) -> None:
        if self._quiet:
            return
        self._show_sums()
        self.priced.emit()
        self.typed.emit()

    def _show_sums(self) -> None:
        worth = total_money(row.worth for row in self.rows if row.worth is not None)
        average = worth.per_carat(self.total) if self.total else None
        number = self._formats.number
        self._carats.setText(number(Decimal(str(self.total))))
        self._average.setText("–" if average is None else number(average))
        self._worth.setText(number(worth.value))
        self._difference.show_sum(self.total, self._agreed)


class _Difference(QLabel):
    """Whether the lines are the agreed carats: a sign, a word, and by how much they are not."""

    def __init__(self, formats: Formats) -> None:
        super().__init__()
        self.setObjectName("value_difference")
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(True)
        self._formats = formats

    def show_sum(self, total: Carats, agreed: Carats) -> None:
        if total == agreed:
            words, tone = self.tr("✓ These are the agreed carats, {agreed}."), Tone.OK
        elif total < agreed:
            words, tone = self.tr("− {difference} are missing to the agreed {agreed}."), Tone.LIFTABLE
        else:
            words, tone = self.tr("+ {difference} are too much for the agreed {agreed}."), Tone.STOP
        difference = max(total, agreed) - min(total, agreed)
        self.setText(words.format(difference=self._formats.carats(difference), agreed=self._formats.carats(agreed)))
        look.restyle(self, finding=tone.value)


def _option(each: SizeClass) -> str:
    return each.code if each.words == each.code else f"{each.code}  {each.words}"
