"""What waits for this officer's figure, the oldest first; nothing of anybody else's."""

from collections.abc import Callable, Sequence
from datetime import datetime

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from kpdesk.domain.valuation import FigureKind
from kpdesk.domain.valuing import ToValue
from ui.formats import Formats
from ui.widgets.card import Notice, column, row, table_card
from ui.widgets.field import Field, choice
from ui.widgets.rows import Column, Rows


class Queue(QWidget):
    """Which figure one gives is chosen here, and stays chosen."""

    opened = Signal(str)
    """A parcel's number."""
    kind_changed = Signal()

    def __init__(self, formats: Formats, clock: Callable[[], datetime]) -> None:
        super().__init__()
        self.setObjectName("value_waiting")
        columns = (
            Column(self.tr("Parcel"), lambda slip: slip.number),
            Column(self.tr("Exporter"), lambda slip: slip.exporter_name, wide=True),
            Column(self.tr("Source"), lambda slip: slip.source),
            Column(self.tr("Origin"), lambda slip: " ".join(slip.origins)),
            Column(self.tr("Carats"), lambda slip: formats.carats(slip.carats), number=True),
            Column(self.tr("Since"), lambda slip: formats.since(slip.received_at, clock()), number=True),
        )
        self._rows = Rows(
            "value_queue",
            self.tr("To be valued"),
            columns,
            self.tr("Nothing waits for your figure. Parcels appear here when their carats are agreed."),
        )
        self._kind = choice(
            "value_kind",
            (self.tr("The office's figure"), FigureKind.OFFICE),
            (self.tr("The independent valuer's figure"), FigureKind.INDEPENDENT),
        )
        self._kind.setMinimumContentsLength(28)
        self._refused = Notice("value_refused")
        chosen = row(Field(self.tr("I &give"), self._kind), 1)
        inside = column(self._refused, gap=12)
        inside.insertLayout(0, chosen)
        inside.setContentsMargins(32, 8, 32, 32)
        inside.addWidget(table_card("value_queue_card", self.tr("To be valued, the oldest first"), self._rows), 1)
        self.setLayout(inside)
        self._rows.opened.connect(lambda slip: self.opened.emit(slip.number))
        self._kind.currentIndexChanged.connect(lambda _: self.kind_changed.emit())

    @property
    def kind(self) -> FigureKind:
        return FigureKind(self._kind.currentData())

    def show_kind(self, kind: FigureKind) -> None:
        self._kind.setCurrentIndex(self._kind.findData(kind))

    def show_waiting(self, waiting: Sequence[ToValue]) -> None:
        self._rows.show_slips(waiting)

    def take_cursor(self) -> None:
        self._rows.take_cursor()

    def show_words(self, words: str) -> None:
        """Why a parcel did not open."""
        self._refused.show_words(words)
