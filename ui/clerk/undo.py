"""Undo in a draft: the field's own typing first, then the draft as it was before (desk.md §5)."""

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QComboBox, QLineEdit

_MOST = 50

Texts = Mapping[str, str]


class Undo(QObject):
    """Listens to Ctrl+Z and Ctrl+Shift+Z in the editors of a draft."""

    def __init__(self, editors: Sequence[QLineEdit | QComboBox], show: Callable[[Texts], object]) -> None:
        """`show` puts a draft back."""
        super().__init__(editors[0])
        self._show = show
        self._drafts: list[Texts] = [{}]
        self._at = 0
        for editor in editors:
            editor.installEventFilter(self)

    def keep(self, texts: Texts) -> None:
        """The draft as it is now: one step that can be undone."""
        if texts != self._drafts[self._at]:
            self._drafts = [*self._drafts[: self._at + 1], texts][-_MOST:]
            self._at = len(self._drafts) - 1

    def forget(self) -> None:
        """A draft begins."""
        self._drafts, self._at = [{}], 0

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if not isinstance(event, QKeyEvent) or event.type() not in (QEvent.Type.KeyPress, QEvent.Type.ShortcutOverride):
            return False
        undo, again = event.matches(QKeySequence.StandardKey.Undo), event.matches(QKeySequence.StandardKey.Redo)
        line = watched if isinstance(watched, QLineEdit) else None
        if not (undo or again) or (line and (line.isUndoAvailable() if undo else line.isRedoAvailable())):
            return False
        if event.type() == QEvent.Type.KeyPress:
            self._step(-1 if undo else 1)
        else:
            event.accept()
        return True

    def _step(self, by: int) -> None:
        there = self._at + by
        if 0 <= there < len(self._drafts):
            self._at = there
            self._show(self._drafts[there])
