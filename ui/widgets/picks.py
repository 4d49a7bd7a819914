"""A list to pick from: Space, Enter or a click on the mark picks a row or lets it go; the picks outlive a refresh."""

from collections.abc import Callable, Collection, Hashable, Sequence
from typing import Any

from PySide6.QtCore import QEvent, QModelIndex, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent

from ui.widgets.rows import SLIP, Column, Rows

_MARK, _NONE = "✓", "·"


class Picks(Rows):
    """Rows with a mark before each; `may` says which may be picked at all."""

    changed = Signal()
    """Something was picked or let go."""

    def __init__(
        self,
        name: str,
        title: str,
        columns: Sequence[Column],
        empty: str,
        *,
        key: Callable[[Any], Hashable],
        may: Callable[[Any], bool] = lambda slip: True,
    ) -> None:
        self._key, self._may = key, may
        self._picked: set[Hashable] = set()
        mark = Column("", lambda slip: _MARK if key(slip) in self._picked else _NONE if may(slip) else "")
        super().__init__(name, title, (mark, *columns), empty)
        self.table.installEventFilter(self)
        self.table.clicked.connect(self._on_clicked)
        self.opened.connect(self.toggle)

    @property
    def picked_slips(self) -> tuple[Any, ...]:
        """What is picked, in the list's order."""
        return tuple(slip for slip in self.model.slips if self._key(slip) in self._picked)

    def pick(self, keys: Collection[Hashable]) -> None:
        """These and no others, as far as the list has them."""
        self._picked = set(keys)
        self._show()

    def toggle(self, slip: Any) -> None:
        if self._may(slip):
            self._picked ^= {self._key(slip)}
            self._show()

    def _show(self) -> None:
        last = self.model.index(self.model.rowCount() - 1, 0)
        self.model.dataChanged.emit(self.model.index(0, 0), last)
        self.changed.emit()

    def show_slips(self, slips: Sequence[object]) -> None:
        super().show_slips(slips)
        there = {self._key(slip) for slip in slips if self._may(slip)}
        if not self._picked <= there:
            self._picked &= there
            self._show()

    def _on_clicked(self, index: QModelIndex) -> None:
        if index.column() == 0:
            self.toggle(index.data(SLIP))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        pressed = event.type() == QEvent.Type.KeyPress and watched is self.table
        if pressed and isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Space:
            if (slip := self.current()) is not None:
                self.toggle(slip)
            return True
        return super().eventFilter(watched, event)
