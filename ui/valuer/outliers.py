"""My outliers: own figures with an unusual price, the reason given, and what came of it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from PySide6.QtWidgets import QFrame

from kpdesk.domain.valuation import SizeLine, Strip
from kpdesk.domain.valuing import Reasoned
from ui.surface import Surface
from ui.tones import Tone
from ui.widgets.card import card, column, table_card, text
from ui.widgets.columns import Columns
from ui.widgets.page import Page
from ui.widgets.rows import Column, Rows
from ui.widgets.strip_plot import StripPlot, StripRow


@dataclass(frozen=True, slots=True, kw_only=True)
class OutlierActs:
    """What the page asks of a desk; all run in the workroom."""

    mine: Callable[[], Sequence[Reasoned]]
    usual: Callable[[Reasoned], Mapping[str, Strip]]
    reasons: Mapping[str, str]
    """A reason's words by its code."""
    clock: Callable[[], datetime]


class OutliersPage(Page):
    """Up and down walk through them; the picture follows."""

    def __init__(self, acts: OutlierActs, surface: Surface) -> None:
        super().__init__("outliers", surface)
        self._acts = acts
        self._build()
        self._rows.picked.connect(self._on_picked)
        self.bind("figures", self._strips.turn)

    def _build(self) -> None:
        formats = self._formats
        columns = (
            Column(self.tr("Parcel"), lambda each: each.parcel, tone=_tone),
            Column(self.tr("Reasons"), self._why, wide=True),
            Column(self.tr("My value"), lambda each: formats.number(each.total.value), number=True),
            Column(self.tr("Outcome"), self._outcome),
            Column(self.tr("Signed"), lambda each: formats.since(each.at, self._acts.clock()), number=True),
        )
        self._rows = Rows(
            "outliers_list",
            self.tr("My unusual prices"),
            columns,
            self.tr("None of your prices was unusual. Figures that you signed with a reason are listed here."),
        )
        self._strips = StripPlot("outliers_strips", self.tr("My prices and those before"), formats)
        Columns(
            self,
            (column(table_card("outliers_card", self.tr("Signed with a reason, the newest first"), self._rows)), 8),
            (column(self._plot()), 4),
        )

    def _plot(self) -> QFrame:
        plot, inside = card("outliers_plot", self.tr("US$ per carat, log scale"))
        inside.addWidget(self._strips, 1)
        inside.addWidget(text(self.tr("{key}: table or picture").format(key=self._keyboard.name("figures")), "muted"))
        return plot

    def enter(self) -> None:
        self._rows.take_cursor()
        self._workroom.run(self, self._acts.mine, self._show)

    def _show(self, mine: Sequence[Reasoned]) -> None:
        self._rows.show_slips(mine)
        self.show_subtitle(self.tr("signed with a reason: {count}").format(count=len(mine)))
        self._on_picked(self._rows.current())

    def _on_picked(self, picked: object) -> None:
        if not isinstance(picked, Reasoned):
            self._strips.show_strips(())
            return
        lines = {line.size_class: line for line in picked.lines if line.reason}
        self._workroom.run(
            self, lambda: self._acts.usual(picked), lambda usual: self._strips.show_strips(_strips(lines, usual))
        )

    def _why(self, each: Reasoned) -> str:
        words = self._acts.reasons
        return ", ".join(
            f"{line.size_class}: {words.get(line.reason, line.reason)}" for line in each.lines if line.reason
        )

    def _outcome(self, each: Reasoned) -> str:
        if each.contested:
            return self.tr("contested")
        if each.counted is None:
            return self.tr("figures wanted")
        percent = (each.counted.value - each.total.value) / each.total.value * 100 if each.total else Decimal(0)
        if not percent:
            return self.tr("counts")
        sign = "+" if percent > 0 else "−"
        return self.tr("counted {sign} {percent} %").format(sign=sign, percent=f"{abs(percent):.1f}")


def _tone(each: Reasoned) -> Tone:
    return Tone.LIFTABLE if each.contested else Tone.UNKNOWN if each.counted is None else Tone.OK


def _strips(lines: Mapping[str, SizeLine], usual: Mapping[str, Strip]) -> list[StripRow]:
    shown = []
    for code, line in lines.items():
        strip = usual.get(code, Strip("", ()))
        tone = Tone.LIFTABLE if strip.unusual(line.per_carat) else Tone.OK
        shown.append(StripRow(code, strip, line.per_carat, tone))
    return shown
