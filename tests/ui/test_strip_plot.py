"""The strip plot: what it draws, says and prints; its figures as a table."""

from decimal import Decimal

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QTableView
from pytestqt.qtbot import QtBot

from kpdesk.domain.valuation import Strip
from ui.formats import Formats
from ui.look import Look, Theme
from ui.tones import Tone
from ui.widgets.strip_plot import StripPlot, StripRow, page

PAID = tuple(Decimal(price) for price in range(90, 114))
USUAL = StripRow("4-10.8 ct", Strip.of("T-100 · 4-10.8 ct", PAID), Decimal("101.00"))
FAR = StripRow("2-4 ct", Strip.of("ZZ", PAID), Decimal("4120.50"), Tone.STOP)
NEW = StripRow("11-5", Strip("", ()), Decimal("0.40"))


@pytest.fixture
def plot(qtbot: QtBot) -> StripPlot:
    made = StripPlot("plot", "US$ per carat", Formats())
    qtbot.addWidget(made)
    made.resize(420, 300)
    made.show()
    return made


def colours(image: QImage) -> set[str]:
    pixels = np.frombuffer(image.convertToFormat(QImage.Format.Format_RGB32).constBits(), np.uint32)
    return {f"#{pixel & 0xFFFFFF:06x}" for pixel in np.unique(pixels)}


def test_it_says_what_it_shows(plot: StripPlot) -> None:
    plot.show_strips([USUAL, NEW])
    assert plot.told == (
        "4-10.8 ct: this US$ 101.00; half of 24 prices of T-100 · 4-10.8 ct from 95.50 to 107.50, middle 101.50. "
        "11-5: no earlier prices."
    )
    plot.show_strips([])
    assert plot.told == ""


def test_its_figures_are_a_table(plot: StripPlot) -> None:
    plot.show_strips([USUAL, FAR, NEW])
    plot.turn()
    table = plot.findChild(QTableView, "plot_figures_table")
    assert table.isVisible()
    cells = [[table.model().index(row, column).data() for column in range(7)] for row in range(3)]
    assert cells[0] == ["4-10.8 ct", "101.00", "95.50", "101.50", "107.50", "24", "T-100 · 4-10.8 ct"]
    assert cells[2][2:6] == ["–", "–", "–", "0"]
    plot.turn()
    assert not table.isVisible()


@pytest.mark.parametrize("theme", Theme)
def test_its_colours_come_from_the_look_of_the_moment(plot: StripPlot, qapp, theme: Theme) -> None:  # type: ignore[no-untyped-def]
    look = Look(theme)
    look.wear(qapp)
    plot.show_strips([FAR])
    assert look.tone("stop").name() in colours(plot.grab().toImage())
    plot.show_strips([USUAL])
    drawn = colours(plot.grab().toImage())
    assert look.tone("ink").name() in drawn
    assert look.tone("stop").name() not in drawn


@pytest.mark.parametrize("rows", [(), (NEW,), (StripRow("A", Strip("", ())),), (USUAL, FAR, NEW) * 12])
@pytest.mark.parametrize("direction", [Qt.LayoutDirection.LeftToRight, Qt.LayoutDirection.RightToLeft])
def test_whatever_there_is_is_drawn(plot: StripPlot, rows: tuple[StripRow, ...], direction: Qt.LayoutDirection) -> None:
    plot.setLayoutDirection(direction)
    plot.show_strips(rows)
    assert not plot.grab().isNull()


def test_it_prints_on_a_page() -> None:
    drawn = page([USUAL, FAR], "US$ per carat, parcel P-1", dpi=60)
    assert (drawn.image.width(), drawn.image.height()) == (496, 702)
    assert drawn.png.startswith(b"\x89PNG")
    picture = drawn.picture
    assert picture.mode == "L"
    assert min(picture.content) < 100
