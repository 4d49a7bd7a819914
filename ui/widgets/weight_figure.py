"""Carats as large as can be read from a step away; digits that are not verified for trade smaller."""

from decimal import Decimal

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from kpdesk.domain.measures import Carats
from kpdesk.domain.weighing import Reading
from ui import look
from ui.formats import SPACE, Formats
from ui.widgets.card import row, text

_PLACES = Decimal("0.001")
_NOTHING = "–"


class WeightFigure(QWidget):
    """What is no longer on the pan is grey."""

    def __init__(self, formats: Formats) -> None:
        super().__init__()
        self._formats = formats
        self._figure = text(_NOTHING, "figure")
        self._figure.setObjectName("weighing_figure")
        self._figure.setAccessibleName(self.tr("Carats"))
        self._unverified = text("", "heading")
        self._unverified.setObjectName("weighing_unverified")
        self._unverified.setAccessibleName(self.tr("Last digits, not verified for trade"))
        self._unverified.setContentsMargins(0, 0, 0, 7)
        self._unverified.hide()
        inside = row(self._figure, self._unverified, 1, gap=0)
        inside.setAlignment(self._unverified, Qt.AlignmentFlag.AlignBottom)
        self.setLayout(inside)
        self.setLayoutDirection(Qt.LayoutDirection.LeftToRight)

    def show_reading(self, reading: Reading) -> None:
        """In carats, whatever unit it came in, as fine as it came."""
        sign = "−" if reading.exact < 0 else ""
        shown = sign + self._formats.number(abs(reading.exact))
        cut = len(shown) - reading.unverified_digits
        self._show(shown[:cut], shown[cut:])

    def show_carats(self, carats: Carats | None) -> None:
        if carats is None:
            self.clear()
        else:
            self._show(self._formats.number(carats.value.quantize(_PLACES)), "")

    def clear(self) -> None:
        self._show(_NOTHING, "", unit="")

    def show_old(self) -> None:
        """Keep the figure, but not as what lies there now."""
        look.restyle(self._figure, finding="unknown")
        self._figure.setAccessibleDescription(self.tr("no longer on the pan"))

    def _show(self, verified: str, unverified: str, unit: str = f"{SPACE}ct") -> None:
        self._figure.setText(verified if unverified else verified + unit)
        self._unverified.setText(unverified + unit)
        self._unverified.setVisible(bool(unverified))
        if self._figure.property("finding"):
            look.restyle(self._figure, finding="")
            self._figure.setAccessibleDescription("")
