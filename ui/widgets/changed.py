"""Fields before and after, side by side, with the characters that are not the same marked."""

from collections.abc import Sequence
from difflib import SequenceMatcher

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from kpdesk.domain.differences import Was
from ui import look
from ui.widgets.rows import SLIP, Column, Rows

_LONGEST, _BEFORE = 72, 18
"""Characters of a value that are shown, and how many of them before the first that differs."""
_EDGE = 11


class ChangedRows(Rows):
    """A table of `Was`."""

    def __init__(self, name: str, title: str, empty: str) -> None:
        columns = (
            Column(self.tr("Field"), lambda was: field_word(was.field)),
            Column(self.tr("Before"), lambda was: around(was.before, was.after) or "–", wide=True),
            Column(self.tr("After"), lambda was: around(was.after, was.before) or "–", wide=True),
        )
        super().__init__(name, title, columns, empty)
        self._marked = (_Marked(after=False), _Marked(after=True))
        for column, delegate in enumerate(self._marked, 1):
            self.table.setItemDelegateForColumn(column, delegate)


def field_word(field: str) -> str:
    """`facts.exporter.name` as people read it."""
    return field.replace("_", " ").replace(".", " · ")


def around(value: str, other: str) -> str:
    """A long value around the first place where it differs from the other."""
    if len(value) <= _LONGEST:
        return value
    alike = next((at for at, (one, two) in enumerate(zip(value, other, strict=False)) if one != two), 0)
    start = max(alike - _BEFORE, 0)
    head, tail = "…" if start else "", "…" if start + _LONGEST < len(value) else ""
    return f"{head}{value[start : start + _LONGEST]}{tail}"


def parts(shown: str, other: str) -> list[tuple[str, bool]]:
    """The text in pieces: (piece, whether the other has it so too)."""
    match = SequenceMatcher(None, shown, other, autojunk=False)
    made = [(shown[one:two], what == "equal") for what, one, two, _, _ in match.get_opcodes() if two > one]
    return made or [(shown, True)]


class _Marked(QStyledItemDelegate):
    """The differing pieces heavier, underlined, on a tint: never by colour alone."""

    def __init__(self, *, after: bool) -> None:
        super().__init__()
        self._after = after

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        self.initStyleOption(option, index)
        was, shown = index.data(SLIP), option.text
        option.text = ""
        style = option.widget.style()
        style.drawControl(QStyle.ControlElement.CE_ItemViewItem, option, painter, option.widget)
        if isinstance(was, Was):
            old, new = around(was.before, was.after), around(was.after, was.before)
            pieces: Sequence[tuple[str, bool]] = (
                parts(shown, old if self._after else new) if was.before and was.after else [(shown, True)]
            )
            _write(painter, QRectF(option.rect), pieces, option.font)


def _write(painter: QPainter, cell: QRectF, pieces: Sequence[tuple[str, bool]], font: QFont) -> None:
    now, x, end = look.current(), cell.left() + _EDGE, cell.right() - 4
    painter.save()
    painter.setClipRect(cell)
    for piece, same in pieces:
        face = QFont(font)
        face.setBold(not same)
        face.setUnderline(not same)
        wide = QFontMetricsF(face).horizontalAdvance(piece)
        place = QRectF(x, cell.top(), min(wide, end - x) + 1, cell.height())
        if not same:
            painter.fillRect(place.adjusted(0, 8, 0, -8), now.tone("liftable_ground"))
        painter.setFont(face)
        painter.setPen(now.tone("ink"))
        painter.drawText(place, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, piece)
        x += wide
        if x > end:
            break
    painter.restore()
