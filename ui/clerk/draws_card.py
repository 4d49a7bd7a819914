"""What a re-export draws on: incoming certificates and pools, and how many carats of each (EU 12(1)(a))."""

import json
from collections import defaultdict
from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from kpdesk.domain.measures import Carats, total_carats
from kpdesk.domain.production import Holding
from ui.clerk.intake import Drawn
from ui.formats import Formats
from ui.widgets.amount_field import AmountField
from ui.widgets.entries import Entries
from ui.widgets.pick_field import PickField
from ui.widgets.rows import Column


class DrawsCard(QWidget):
    """Only for goods that were imported under certificates."""

    changed = Signal()
    origins_known = Signal(object)
    """The countries of mining of what is drawn on."""

    def __init__(self, formats: Formats) -> None:
        super().__init__()
        self._formats = formats
        self._holdings: dict[str, list[Holding]] = {}
        nothing = self.tr("No certificate or pool with carats left matches “{text}”.")
        self._source = PickField("draw_source", self.tr("Certificate or pool"), nothing=nothing)
        caption = self.tr("Carats (empty: all)")
        self._weight = AmountField("draw_carats", caption, places=2, unit="ct", formats=formats)
        columns = (
            Column(self.tr("Drawn on"), lambda drawn: drawn.source),
            Column(self.tr("Origins"), lambda drawn: ", ".join(self._origins(drawn.source)), wide=True),
            Column(self.tr("Left"), lambda drawn: formats.carats(self._left(drawn.source)), number=True),
            Column(self.tr("Carats"), self._carats_of, number=True),
        )
        self.entries = Entries(
            "draws",
            self.tr("Drawn on"),
            fields=(self._source, self._weight),
            made=self._made,
            columns=columns,
            empty=self.tr("Name the certificate that brought the goods in, or the firm's pool of them."),
        )
        self.entries.changed.connect(self._on_changed)
        inside = QVBoxLayout(self)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.addWidget(self.entries)

    @property
    def drawn(self) -> tuple[Drawn, ...]:
        """The lines, and a source that is chosen without being added yet."""
        begun = self._made()
        return (*self.entries.lines, begun) if begun else self.entries.lines

    @property
    def text(self) -> str:
        """The lines for a draft."""
        lines: tuple[Drawn, ...] = self.entries.lines
        return json.dumps([[each.source, str(each.carats or "")] for each in lines]) if lines else ""

    def show_text(self, text: str) -> None:
        """What a draft kept."""
        try:
            lines = [
                Drawn(str(source), Carats.of(carats) if carats else None) for source, carats in json.loads(text or "[]")
            ]
        except (ValueError, TypeError, ArithmeticError):
            lines = []
        self.entries.show_lines(lines)

    def show_holdings(self, holdings: Sequence[Holding]) -> None:
        self._holdings = defaultdict(list)
        for each in holdings:
            self._holdings[each.source].append(each)
        options = []
        for source in self._holdings:
            left = self._formats.carats(self._left(source))
            origins = ", ".join(self._origins(source))
            words = self.tr("{source}  {origins}, {carats} left")
            options.append((source, words.format(source=source, origins=origins, carats=left)))
        self._source.show_options(options)

    def _origins(self, source: str) -> list[str]:
        return [holding.origin for holding in self._holdings.get(source, ())]

    def _left(self, source: str) -> Carats:
        return total_carats(holding.carats for holding in self._holdings.get(source, ()))

    def _carats_of(self, drawn: Drawn) -> str:
        return self._formats.carats(drawn.carats) if drawn.carats else self.tr("all")

    def _made(self) -> Drawn | None:
        if self._source.value is None:
            return None
        return Drawn(self._source.value, Carats(self._weight.amount) if self._weight.amount else None)

    def _on_changed(self) -> None:
        origins = {origin for drawn in self.drawn for origin in self._origins(drawn.source)}
        if origins:
            self.origins_known.emit(sorted(origins))
        self.changed.emit()
