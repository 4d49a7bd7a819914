"""The sheet of one parcel: its lines or the sample of a producer's file, and beside them what was paid before."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QFrame, QWidget

from kpdesk.domain.tenders import Basis
from ui.formats import Formats
from ui.keys import Keyboard
from ui.valuer.sample import SampleCard
from ui.valuer.size_lines import SizeLines
from ui.widgets.card import BETWEEN, Notice, button, card, column, row, text
from ui.widgets.columns import Columns
from ui.widgets.field import Field, choice
from ui.widgets.flow import Flow
from ui.widgets.strip_plot import StripPlot
from ui.widgets.weighing_card import WeighingCard

_NO_LIMIT = 16_777_215
"""Qt's QWIDGETSIZE_MAX."""
_VERBS = ("sign", "beside", "rest", "read", "back")


class SheetView(QWidget):
    """Widgets alone; the page knows what is done with them."""

    asked = Signal(str)
    """A button: `sign`, `beside`, `rest`, `read`, `back`, `figures`, `print`."""
    typed = Signal()

    def __init__(
        self,
        formats: Formats,
        keyboard: Keyboard,
        reasons: Sequence[tuple[str, str]],
        file_reasons: Sequence[tuple[str, str]],
    ) -> None:
        super().__init__()
        self.setObjectName("value_page")
        self._keyboard = keyboard
        self.lines = SizeLines(formats, reasons)
        self.sample = SampleCard(formats, keyboard, file_reasons)
        self.strips = StripPlot("value_strips", self.tr("US$ per carat, earlier and now"), formats)
        self.weighing = WeighingCard(formats, keyboard, typed=False)
        self._fold(True)
        self.top = Notice("value_top")
        self._sheet = self._sheet_card()
        self._sample, inside = card("value_sample", self.tr("Sample of the producer's file"))
        inside.addWidget(self.sample, 1)
        self._sample.hide()
        left = column(self._sheet, self._sample)  # no stack: what is hidden shall not make the page wide
        beside = column(self._plot_card(), self.weighing, gap=BETWEEN)
        beside.setStretch(0, 1)
        Columns(self, (left, 7), (beside, 6))
        self.weighing.by_hand_changed.connect(self._on_by_hand)
        self.lines.typed.connect(self.typed)
        self.lines.priced.connect(self.show_strips)
        self.sample.typed.connect(self.typed)
        self._basis.currentIndexChanged.connect(lambda _: self.typed.emit())

    def _fold(self, folded: bool) -> None:
        """Until a balance answers its card takes no room; it is not hidden, for it listens while it is seen."""
        self.weighing.setEnabled(not folded)
        most = 0 if folded else _NO_LIMIT
        self.weighing.setMaximumSize(most, most)

    def _on_by_hand(self, by_hand: bool) -> None:
        if not by_hand:
            self._fold(False)

    def _plot_card(self) -> QFrame:
        plot, inside = card("value_plot", self.tr("US$ per carat, earlier and now, log scale"))
        self._group = text("", "muted", wrap=True)
        inside.addWidget(self.strips, 1)
        inside.addWidget(self._group)
        buttons = (
            ("figures", button("value_turn", self.tr("Table or picture"), self._keyboard.name("figures"))),
            ("print", button("value_print", self.tr("Print"), self._keyboard.name("print"))),
        )
        inside.addLayout(row(*(each for _, each in buttons), 1, gap=12))
        for act, each in buttons:
            each.clicked.connect(lambda _=False, act=act: self.asked.emit(act))
        return plot

    def _sheet_card(self) -> QFrame:
        sheet, inside = card("value_sheet")
        inside.setSpacing(12)
        self._basis: QComboBox = choice(
            "value_basis",
            (self.tr("final"), ""),
            (self.tr("provisional: goes to a tender"), Basis.TENDER.value),
            (self.tr("provisional: goes on consignment"), Basis.CONSIGNMENT.value),
        )
        key = self._keyboard.name
        self.sign = button("value_sign", self.tr("Sign"), key("main"), primary=True)
        rest = (
            button("value_beside", self.tr("Second valuer signs beside")),
            button("value_rest", self.tr("Put the rest here"), key("rest")),
            button("value_read", self.tr("Producer's file"), key("open")),
            button("value_back", self.tr("Queue"), key("back")),
        )
        inside.addWidget(self.top)
        inside.addWidget(self.lines, 1)
        inside.addWidget(Field(self.tr("This &value is"), self._basis))
        buttons = QWidget()
        flow = Flow(buttons, gap=12)
        flow.setContentsMargins(0, 0, 0, 0)
        for verb, each in zip(_VERBS, (self.sign, *rest), strict=True):
            flow.addWidget(each)
            each.clicked.connect(lambda _=False, verb=verb: self.asked.emit(verb))
        inside.addWidget(buttons)
        return sheet

    @property
    def basis(self) -> Basis | None:
        """Why the value is provisional, None where it is final."""
        return Basis(self._basis.currentData()) if self._basis.currentData() else None

    def show_basis(self, basis: str) -> None:
        self._basis.setCurrentIndex(max(self._basis.findData(basis), 0))

    @property
    def sampling(self) -> bool:
        """Whether the sample of a file lies open."""
        return not self._sample.isHidden()

    def show_sampling(self, sampling: bool) -> None:
        self._sheet.setHidden(sampling)
        self._sample.setVisible(sampling)
        if not sampling:
            self.lines.take_cursor()

    def show_strips(self) -> None:
        """What is drawn follows what is typed."""
        rows = self.lines.plotted()
        self.strips.show_strips(rows)
        groups = sorted({one.strip.group.partition(" · ")[0] for one in rows if one.strip.prices})
        words = self.tr("Earlier prices of {groups}; parcels still being valued are not among them. ◆ is this parcel.")
        self._group.setText(words.format(groups=", ".join(groups)) if groups else "")
