"""A list that grows by scanning: each line a parcel in the house, told at once when it is not."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QVBoxLayout

from kpdesk.desks.counter import Held
from kpdesk.domain.measures import Carats, total_carats
from kpdesk.domain.outcomes import Outcome
from ui import messages
from ui.formats import Formats
from ui.tones import Tone
from ui.widgets.card import INSIDE, button, row, text
from ui.widgets.field import Field, line
from ui.widgets.rows import Column, Rows
from ui.work import Workroom


class ScanList(QFrame):
    """One scan a parcel; a second scan of one that is on the list takes the cursor there."""

    changed = Signal()

    def __init__(
        self, name: str, caption: str, *, find: Callable[[str], Held | None], workroom: Workroom, formats: Formats
    ) -> None:
        """`find` looks for a parcel of a number or bag; it runs in the workroom."""
        super().__init__()
        self.setObjectName(name)
        self.setProperty("card", True)
        self._find, self._workroom, self._formats = find, workroom, formats
        self._names: dict[str, str] = {}
        self._held: tuple[Held, ...] = ()
        self.scan = line(f"{name}_scan", mono=True, longest=40)
        self._field = Field(self.tr("Scan the &bag or parcel"), self.scan)
        columns = (
            Column(self.tr("Parcel"), lambda held: held.parcel),
            Column(self.tr("Bag"), lambda held: held.bag, wide=True),
            Column(self.tr("With"), lambda held: self._names.get(held.holder, held.holder)),
            Column(self.tr("Carats"), lambda held: formats.carats(held.carats) if held.carats else "–", number=True),
        )
        self._rows = Rows(f"{name}_lines", caption, columns, self.tr("Nothing scanned yet. Each scan adds a parcel."))
        self._count = text("0", "figure")
        self._count.setObjectName(f"{name}_count")
        self._count.setAccessibleName(self.tr("Parcels on the list"))
        self._sum = text(" ", "muted")
        self._sum.setObjectName(f"{name}_sum")
        self._out = button(f"{name}_out", self.tr("Take out"), "Del")
        self._out.setEnabled(False)
        inside = QVBoxLayout(self)
        inside.setContentsMargins(INSIDE, INSIDE - 4, INSIDE, INSIDE)
        inside.setSpacing(12)
        inside.addWidget(self._field)
        inside.addWidget(self._rows, 1)
        inside.addLayout(row(self._count, self._sum, 1, self._out))
        self.scan.returnPressed.connect(self._on_scanned)
        self._out.clicked.connect(self.take_out)
        delete = QShortcut(QKeySequence(QKeySequence.StandardKey.Delete), self._rows)
        delete.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        delete.activated.connect(self.take_out)

    @property
    def held(self) -> tuple[Held, ...]:
        return self._held

    @property
    def carats(self) -> Carats:
        """Agreed carats of all that have them."""
        return total_carats(each.carats for each in self._held if each.carats is not None)

    def show_names(self, names: dict[str, str]) -> None:
        """Officers by id."""
        self._names = names
        self._show()

    def show_held(self, held: Sequence[Held]) -> None:
        self._held = tuple(held)
        self._field.show_words("")
        self._show()
        self.changed.emit()

    def add(self, scanned: str) -> None:
        """As if it had been scanned."""
        self._workroom.run(self, lambda: self._find(scanned), lambda held: self._on_found(scanned, held), self._on_not)

    def _on_scanned(self) -> None:
        if scanned := self.scan.text().strip():
            self.scan.clear()
            self.add(scanned)

    def _on_found(self, scanned: str, held: Held | None) -> None:
        if held is None:
            self._field.show_words(self.tr("Nothing in the house has the number {number}.").format(number=scanned))
            return
        there = next((place for place, each in enumerate(self._held) if each.parcel == held.parcel), None)
        if there is None:
            self.show_held((*self._held, held))
            self._rows.table.selectRow(len(self._held) - 1)
        else:
            self._rows.table.selectRow(there)
            self._field.show_words(self.tr("{number} is on the list.").format(number=held.parcel), Tone.NOTE)

    def _on_not(self, problem: Outcome) -> None:
        self._field.show_words(messages.in_full(problem))

    def take_out(self) -> None:
        """The line the cursor is on goes."""
        at = self._rows.table.currentIndex().row()
        if 0 <= at < len(self._held):
            self.show_held((*self._held[:at], *self._held[at + 1 :]))
            self.scan.setFocus()

    def _show(self) -> None:
        self._rows.show_slips(self._held)
        self._out.setEnabled(bool(self._held))
        self._count.setText(str(len(self._held)))
        unweighed = sum(each.carats is None for each in self._held)
        words = self._formats.carats(self.carats) if self._held else " "
        if unweighed:
            without = self.tr("{count} without agreed carats").format(count=unweighed)
            words = f"{words}  ·  {without}"
        self._sum.setText(words)
