"""Charts: the finding in words, a table of the same figures, tones of the moment, right to left, on paper."""

from decimal import Decimal

import pytest
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QApplication, QTableView
from pytestqt.qtbot import QtBot

from ui.look import Look, Theme
from ui.supervisor.as_sheet import chart_sheet
from ui.widgets.chart import Chart, Mark, Plot, Series, Shape, _ticks, draw

MARKS = (Mark("January", (3, 7), "Jan"), Mark("February", (0, 2), "Feb"), Mark("March", (5, None), "Mar"))


def chart(qtbot: QtBot, shape: Shape) -> Chart:
    made = Chart(
        "practice",
        "Carats by month",
        shape=shape,
        along="Month",
        series=(Series("last year", "edge"), Series("this year", "note")),
        write=str,
        empty="Nothing yet.",
    )
    qtbot.addWidget(made)
    made.resize(480, 240)
    made.show()
    return made


@pytest.mark.parametrize("shape", Shape)
def test_the_table_has_the_figures_of_the_picture(qtbot: QtBot, shape: Shape) -> None:
    made = chart(qtbot, shape)
    made.show_marks(MARKS, "January was the best.")
    assert made.told == "January was the best."
    made.turn()
    assert made.shows_figures
    table = made.findChild(QTableView)
    model = table.model()
    assert [model.headerData(at, Qt.Orientation.Horizontal) for at in range(3)] == ["Month", "last year", "this year"]
    cells = [[model.index(row, at).data() for at in range(3)] for row in range(3)]
    assert cells == [["January", "3", "7"], ["February", "0", "2"], ["March", "5", "–"]]
    made.turn()
    assert not made.shows_figures


def painted(plot: Plot, *, turned: bool = False, look: Look | None = None) -> QImage:
    image = QImage(400, 200, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.white)
    painter = QPainter(image)
    draw(painter, QRectF(0, 0, 400, 200), plot, look or Look(), turned=turned)
    painter.end()
    return image


def ink(image: QImage, tone: str, look: Look | None = None) -> list[int]:
    """The columns in which a tone is seen."""
    wanted = (look or Look()).tone(tone).rgb()
    return [x for x in range(image.width()) if any(image.pixel(x, y) == wanted for y in range(30, image.height()))]


def one(shape: Shape, *figures: int) -> Plot:
    marks = tuple(Mark(str(at), (figure,)) for at, figure in enumerate(figures))
    return Plot(title="t", shape=shape, series=(Series("s", "note"),), write=str, marks=marks)


@pytest.mark.parametrize("shape", [Shape.BESIDE, Shape.STACKED])
def test_names_run_the_other_way_from_right_to_left(shape: Shape) -> None:
    plot = one(shape, 9, 0, 0, 0)
    assert max(ink(painted(plot), "note")) < 200
    assert min(ink(painted(plot, turned=True), "note")) > 200


def test_lengths_grow_from_left_to_right_always() -> None:
    short, long = one(Shape.LYING, 1, 9), one(Shape.LYING, 9, 9)
    for turned in (False, True):
        assert min(ink(painted(short, turned=turned), "note")) == min(ink(painted(long, turned=turned), "note"))


def test_tones_are_those_of_the_look_worn(qapp: QApplication) -> None:
    dark = Look(Theme.DARK)
    image = painted(one(Shape.BESIDE, 4), look=dark)
    assert ink(image, "note", dark)
    assert not ink(image, "note")


def test_a_limit_is_drawn_and_fits(qapp: QApplication) -> None:
    plot = one(Shape.LINE, 2, 3)
    assert plot.most == 3
    limited = Plot(title="t", shape=Shape.LINE, series=plot.series, write=str, marks=plot.marks, limit=10)
    assert limited.most == 10
    image = painted(limited)
    colours = [image.pixelColor(x, y) for x in range(190, 210) for y in range(40)]
    assert any(each.red() > 150 and each.green() < 160 for each in colours), "at the top of the scale"


@pytest.mark.parametrize(("most", "last"), [(0.4, 0.4), (1, 1.0), (3, 3.0), (37, 40.0), (4000, 4000.0), (81234, 1e5)])
def test_ticks_are_round_and_reach_the_largest(most: float, last: float) -> None:
    ticks = _ticks(most)
    assert ticks[0] == 0
    assert ticks[-1] == pytest.approx(last)
    assert 2 <= len(ticks) <= 6


def test_on_paper_in_grey_above_its_figures(qtbot: QtBot) -> None:
    made = chart(qtbot, Shape.BESIDE)
    made.show_marks([Mark("January", (Decimal("1.5"), 2))], "one")
    sheet = chart_sheet(made.plot, "Month")
    assert sheet.title == "Carats by month"
    assert sheet.rows == (("January", "1.5", "2"),)
    assert sheet.drawing
    assert len(sheet.drawing.grey) == sheet.drawing.wide * sheet.drawing.high
    assert len(set(sheet.drawing.grey)) > 3
    assert chart_sheet(one(Shape.BESIDE), "Month").drawing is None
