"""Cells in rows and columns, each with a sign and a figure: who has declared which month, at a glance."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QAbstractTableModel, QEvent, QModelIndex, QPersistentModelIndex, QSize, Qt, Signal
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

from ui import look
from ui.tones import Tone
from ui.widgets.rows import caption_font

Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class Cell:
    """What stands in one place of the grid."""

    words: str
    tone: Tone | None = None
    """Its sign, none where nothing is wanted."""
    told: str = ""
    """The same in full, for those who do not see the sign."""


@dataclass(frozen=True, slots=True)
class Row:
    key: str
    name: str


class _Model(QAbstractTableModel):
    def __init__(self) -> None:
        super().__init__()
        self.rows: tuple[Row, ...] = ()
        self.columns: tuple[str, ...] = ()
        self.cells: Mapping[tuple[str, int], Cell] = {}
        self.foot: tuple[str, ...] = ()

    def show(
        self,
        rows: Sequence[Row],
        columns: Sequence[str],
        cells: Mapping[tuple[str, int], Cell],
        foot: Sequence[str],
    ) -> None:
        self.beginResetModel()
        self.rows, self.columns, self.cells, self.foot = tuple(rows), tuple(columns), cells, tuple(foot)
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() or not self.rows else len(self.rows) + 1

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignTrailing | Qt.AlignmentFlag.AlignVCenter
        if role == Qt.ItemDataRole.FontRole:
            return _figures(strong=index.row() == len(self.rows))
        if index.row() == len(self.rows):
            return self.foot[index.column()] if role == Qt.ItemDataRole.DisplayRole else None
        cell = self.cells.get((self.rows[index.row()].key, index.column()))
        if cell is None:
            return None
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return cell.words
            case Qt.ItemDataRole.AccessibleTextRole | Qt.ItemDataRole.ToolTipRole:
                return cell.told or cell.words
            case Qt.ItemDataRole.DecorationRole if cell.tone:
                return look.icon(cell.tone.value, cell.tone.value)
            case _:
                return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        across = orientation == Qt.Orientation.Horizontal
        match role:
            case Qt.ItemDataRole.DisplayRole if across:
                return self.columns[section]
            case Qt.ItemDataRole.DisplayRole:
                return self.rows[section].name if section < len(self.rows) else "Σ"
            case Qt.ItemDataRole.TextAlignmentRole:
                end = Qt.AlignmentFlag.AlignTrailing if across else Qt.AlignmentFlag.AlignLeading
                return end | Qt.AlignmentFlag.AlignVCenter
            case Qt.ItemDataRole.FontRole if across:
                return caption_font()
            case _:
                return None


def _figures(*, strong: bool) -> QFont:
    font = QFont(look.MONO)
    font.setPixelSize(look.current().px(12))
    if strong:
        font.setWeight(QFont.Weight.DemiBold)
    return font


class Grid(QTableView):
    """Arrows go from cell to cell, Enter opens one; the last line adds up."""

    opened = Signal(str, int)
    """The row's key and the column."""
    picked = Signal(str, int)

    def __init__(self, name: str, title: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setAccessibleName(title)
        self._model = _Model()
        self.setModel(self._model)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectItems)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setCornerButtonEnabled(False)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        for header in (self.horizontalHeader(), self.verticalHeader()):
            header.setHighlightSections(False)
            header.setSectionsClickable(False)
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.verticalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter)
        self._measure()
        self.activated.connect(lambda index: self._tell(index, self.opened))
        self.selectionModel().currentChanged.connect(lambda index, _: self._tell(index, self.picked))

    def _measure(self) -> None:
        side = look.current().px(14)
        self.setIconSize(QSize(side, side))
        self.verticalHeader().setDefaultSectionSize(look.current().px(36))
        self._fit()

    def _fit(self) -> None:
        """No figure is cut: the columns share the room, and move sideways where there is too little."""
        needed = [self.sizeHintForColumn(each) for each in range(self._model.columnCount())]
        self.horizontalHeader().setMinimumSectionSize(max([look.current().px(56), *needed]))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "_model"):
            self._measure()

    def _tell(self, index: QModelIndex, signal: object) -> None:
        if index.isValid() and index.row() < len(self._model.rows):
            signal.emit(self._model.rows[index.row()].key, index.column())  # type: ignore[attr-defined]

    @property
    def place(self) -> tuple[str, int] | None:
        """The row's key and the column the cursor is on."""
        index = self.currentIndex()
        if not index.isValid() or index.row() >= len(self._model.rows):
            return None
        return self._model.rows[index.row()].key, index.column()

    def show_cells(
        self,
        rows: Sequence[Row],
        columns: Sequence[str],
        cells: Mapping[tuple[str, int], Cell],
        foot: Sequence[str],
    ) -> None:
        """Keeps the cursor where it is, if that is still there."""
        kept = self.place
        self._model.show(rows, columns, cells, foot)
        self._fit()
        self.turn_to(*(kept or (rows[0].key if rows else "", 0)))

    def turn_to(self, key: str, column: int) -> None:
        """The cursor to this cell."""
        keys = [row.key for row in self._model.rows]
        if keys:
            at = keys.index(key) if key in keys else 0
            self.setCurrentIndex(self._model.index(at, min(column, len(self._model.columns) - 1)))
