"""Lists: one model over a tuple of slips, one table in the house's manner, and what an empty list says."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QEvent, QModelIndex, QObject, QPersistentModelIndex, QSize, Qt, Signal
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QStackedLayout, QTableView, QWidget

from ui import look
from ui.counter_view import CounterView
from ui.tones import Tone
from ui.widgets.card import BETWEEN, button, column, text

_MEASURED = 100
"""Rows beyond those in sight whose width is asked for."""
SLIP = Qt.ItemDataRole.UserRole
Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class Column:
    """A heading and what to write under it."""

    heading: str
    text: Callable[[Any], str]
    number: bool = False
    """Figures: aligned to the end, in the fixed-width face."""
    wide: bool = False
    """Takes the space that is left."""
    tone: Callable[[Any], Tone] | None = None
    """Draws the tone's sign before the text."""


class RowsModel(QAbstractTableModel):
    """Slips as rows. A row's slip is under the role SLIP."""

    def __init__(self, columns: Sequence[Column]) -> None:
        super().__init__()
        self._columns = tuple(columns)
        self._slips: tuple[object, ...] = ()

    @property
    def slips(self) -> tuple[object, ...]:
        return self._slips

    def show_slips(self, slips: Sequence[object]) -> None:
        self.beginResetModel()
        self._slips = tuple(slips)
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._slips)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        slip, shown = self._slips[index.row()], self._columns[index.column()]
        match role:
            case Qt.ItemDataRole.DisplayRole | Qt.ItemDataRole.AccessibleTextRole:
                return shown.text(slip)
            case Qt.ItemDataRole.TextAlignmentRole:
                return _alignment(shown)
            case Qt.ItemDataRole.DecorationRole if shown.tone:
                tone = shown.tone(slip)
                return look.icon(tone.value, tone.value)
            case Qt.ItemDataRole.FontRole if shown.number:
                return _figures()
            case _:
                return slip if role == SLIP else None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if orientation != Qt.Orientation.Horizontal:
            return None
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return self._columns[section].heading
            case Qt.ItemDataRole.TextAlignmentRole:
                return _alignment(self._columns[section])
            case Qt.ItemDataRole.FontRole:
                return caption_font()
            case _:
                return None


def _alignment(shown: Column) -> Qt.AlignmentFlag:
    end = Qt.AlignmentFlag.AlignTrailing if shown.number else Qt.AlignmentFlag.AlignLeading
    return end | Qt.AlignmentFlag.AlignVCenter


def caption_font() -> QFont:
    """Of a column's heading."""
    font = QFont(look.SANS)
    font.setPixelSize(look.current().px(11))
    font.setCapitalization(QFont.Capitalization.AllUppercase)
    font.setLetterSpacing(QFont.SpacingType.AbsoluteSpacing, 1)
    return font


def _figures() -> QFont:
    font = QFont(look.MONO)
    font.setPixelSize(look.current().px(14))
    return font


class Rows(QWidget):
    """A table of slips, or while there are none: what the list is for and the button that fills it."""

    opened = Signal(object)
    """The slip of the row that was entered."""
    picked = Signal(object)
    """The slip of the row the cursor is on, or None."""
    filling_asked = Signal()
    """The button of the empty list was pressed."""

    def __init__(self, name: str, title: str, columns: Sequence[Column], empty: str, fill: str = "") -> None:
        super().__init__()
        self.setObjectName(name)
        self.model = RowsModel(columns)
        self.table = QTableView()
        self.table.setObjectName(f"{name}_table")
        self.table.setAccessibleName(title)
        self.table.setModel(self.model)
        self._fill = button(f"{name}_fill", fill)
        self._empty = QWidget()
        inside = column(text(empty, "muted", wrap=True), self._fill, 1, gap=12)
        inside.setAlignment(self._fill, Qt.AlignmentFlag.AlignLeading)
        inside.setContentsMargins(11, BETWEEN, 11, BETWEEN)
        self._empty.setLayout(inside)
        self._all: tuple[object, ...] = ()
        self._shows: Callable[[Any], bool] = lambda slip: True
        self._fill.setVisible(bool(fill))
        self._empty.setAccessibleName(empty)
        self._stack = QStackedLayout(self)
        self._stack.addWidget(self._empty)
        self._stack.addWidget(self.table)
        self._dress(columns)
        self._wire()

    def _dress(self, columns: Sequence[Column]) -> None:
        table, header = self.table, self.table.horizontalHeader()
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        table.setShowGrid(False)
        table.setTabKeyNavigation(False)
        table.setWordWrap(False)
        table.setCornerButtonEnabled(False)
        table.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        table.verticalHeader().hide()
        header.setHighlightSections(False)
        header.setSectionsClickable(False)
        self._wide = [position for position, shown in enumerate(columns) if shown.wide]
        header.setResizeContentsPrecision(_MEASURED)
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        table.viewport().installEventFilter(self)
        self._measure()

    def _fit(self) -> None:
        """The wide columns share what room is left; where there is none, the table moves sideways and cuts nothing."""
        header = self.table.horizontalHeader()
        needed = sum(
            max(self.table.sizeHintForColumn(each), header.sectionSizeHint(each)) for each in range(header.count())
        )
        fits = needed <= self.table.viewport().width()
        for each in self._wide:
            mode = QHeaderView.ResizeMode.Stretch if fits else QHeaderView.ResizeMode.ResizeToContents
            header.setSectionResizeMode(each, mode)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self._fit()
        return False

    def _measure(self) -> None:
        """What the style sheet cannot say."""
        side = look.current().px(16)
        self.table.setIconSize(QSize(side, side))
        self.table.verticalHeader().setDefaultSectionSize(look.current().px(40))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._measure()

    def _wire(self) -> None:
        self.table.activated.connect(lambda index: self.opened.emit(index.data(SLIP)))
        self.table.selectionModel().currentRowChanged.connect(lambda index, _: self.picked.emit(index.data(SLIP)))
        self._fill.clicked.connect(self.filling_asked)

    def take_cursor(self) -> None:
        """Keys go to the table; while it is empty to what stands in its place, so that they stay on this page."""
        (self.table if self.model.rowCount() else self._empty).setFocus(Qt.FocusReason.OtherFocusReason)

    def keep_private(self, counter: CounterView, firm: Callable[[Any], str]) -> None:
        """In the counter view show only what is that firm's; `firm` gives a slip's register number."""
        self._shows = lambda slip: counter.shows(firm(slip))
        counter.changed.connect(lambda: self.show_slips(self._all))

    def show_slips(self, slips: Sequence[object]) -> None:
        """Keep the row the cursor is on, if it is still there."""
        self._all = tuple(slips)
        slips = [slip for slip in self._all if self._shows(slip)]
        row = self.table.currentIndex().row()
        held = any(each.hasFocus() for each in (self.table, self._empty, self._fill))
        self.model.show_slips(slips)
        self._stack.setCurrentIndex(1 if slips else 0)
        if slips:
            self.table.selectRow(min(max(row, 0), len(slips) - 1))
        if held:
            self.take_cursor()
        self._fit()

    def step(self, rows: int) -> None:
        """The cursor down by so many rows, or up, whatever has the keys."""
        last = self.model.rowCount() - 1
        if last >= 0:
            self.table.selectRow(min(max(self.table.currentIndex().row() + rows, 0), last))

    def current(self) -> object | None:
        """The slip the cursor is on."""
        index = self.table.currentIndex()
        return index.data(SLIP) if index.isValid() else None
