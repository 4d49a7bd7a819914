"""The parts screens are built of."""

import time
from decimal import Decimal
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent, QImage, QWheelEvent
from PySide6.QtWidgets import QApplication, QHeaderView, QLabel, QPushButton, QScrollArea, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.practice_ui import FORMATS, LICENCE, page_picture
from ui.slips import Picture
from ui.tones import Answer, Tone
from ui.widgets.abreast import Abreast
from ui.widgets.amount_field import AmountField
from ui.widgets.card import text
from ui.widgets.charts import Bars, Gauge, Pips
from ui.widgets.drop_area import DropArea
from ui.widgets.field import EnterMoves, Field, choice, line
from ui.widgets.findings import Findings
from ui.widgets.pick_field import PickField
from ui.widgets.picture import PictureView, image
from ui.widgets.rows import SLIP, Column, Rows


@pytest.fixture
def carats(qtbot: QtBot) -> AmountField:
    field = AmountField("carats", "&Carats", places=3, unit="ct", formats=FORMATS)
    qtbot.addWidget(field)
    return field


@pytest.mark.parametrize(
    ("typed", "amount", "understood"),
    [
        ("1234,565", "1234.565", "= 1\u00a0234.565\u00a0ct"),
        ("1 234.5", "1234.500", "= 1\u00a0234.500\u00a0ct"),
        ("\u0661\u0662", "12.000", "= 12.000\u00a0ct"),
        ("", None, ""),
        ("12 34", None, ""),
        ("-1", None, ""),
    ],
)
def test_an_amount_says_at_once_what_it_understood(
    carats: AmountField, typed: str, amount: str | None, understood: str
) -> None:
    carats.editor.setText(typed)
    assert carats.amount == (None if amount is None else Decimal(amount))
    assert carats.below == understood
    assert carats.error == ""


def test_an_error_comes_when_the_field_is_left_and_goes_while_typing(carats: AmountField, qtbot: QtBot) -> None:
    carats.show()
    qtbot.keyClicks(carats.editor, "1.2345")
    assert carats.error == ""
    carats.editor.editingFinished.emit()
    assert "3 decimals" in carats.error
    assert carats.editor.accessibleDescription() == carats.error
    assert carats.editor.property("finding") == "stop"
    qtbot.keyClick(carats.editor, Qt.Key.Key_Backspace)
    assert carats.error == ""
    assert carats.below == "= 1.234\u00a0ct"


def test_an_amount_stays_left_to_right(carats: AmountField) -> None:
    carats.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    assert carats.editor.layoutDirection() == Qt.LayoutDirection.LeftToRight


def test_a_changed_amount_is_told_once(carats: AmountField) -> None:
    told: list[Decimal | None] = []
    carats.amount_changed.connect(told.append)
    for typed in ("1", "1.0", "x", "2"):
        carats.editor.setText(typed)
    assert told == [Decimal(1), None, Decimal(2)]


@pytest.fixture
def exporter(qtbot: QtBot) -> PickField:
    field = PickField("exporter", "Exporter", nothing="No {text}.")
    qtbot.addWidget(field)
    field.show_options([("EXP-0041", "EXP-0041  Practice Gems"), ("EXP-0052", "EXP-0052  Practice Rough")])
    return field


@pytest.mark.parametrize(("typed", "value"), [("41", "EXP-0041"), ("rough", "EXP-0052"), ("practice", "EXP-0041")])
def test_a_few_letters_pick_the_first_match(exporter: PickField, typed: str, value: str) -> None:
    exporter.editor.setText(typed)
    assert exporter.check()
    assert exporter.value == value


def test_no_match_is_said(exporter: PickField) -> None:
    exporter.editor.setText("Atlantis")
    assert not exporter.check()
    assert (exporter.value, exporter.error) == (None, "No Atlantis.")
    exporter.editor.setText("")
    assert exporter.check()


def test_enter_and_up_move_between_fields(qtbot: QtBot) -> None:
    page = QWidget()
    qtbot.addWidget(page)
    one, two, three = line("one"), choice("two", ("a", 1), ("b", 2)), line("three")
    for place, editor in enumerate((one, two, three)):
        editor.setParent(page)
        editor.move(0, place * 50)
    EnterMoves([one, two, three])
    page.show()
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    one.setFocus()
    qtbot.keyClick(one, Qt.Key.Key_Return)
    assert two.hasFocus()
    qtbot.keyClick(two, Qt.Key.Key_Up)
    assert two.hasFocus()
    qtbot.keyClick(two, Qt.Key.Key_Enter, Qt.KeyboardModifier.KeypadModifier)
    assert three.hasFocus()
    qtbot.keyClick(three, Qt.Key.Key_Up)
    assert two.hasFocus()


def test_a_caption_is_the_name_of_its_editor(qtbot: QtBot) -> None:
    field = Field("&Bag number", line("bag"))
    qtbot.addWidget(field)
    assert field.editor.accessibleName() == "Bag number"
    assert field.findChild(QLabel).buddy() is field.editor


COLUMNS = (Column("Number", str, wide=True), Column("Twice", lambda number: str(number * 2), number=True))


@pytest.fixture
def rows(qtbot: QtBot) -> Rows:
    made = Rows("parcels", "Parcels", COLUMNS, "No parcel yet.", "Register a parcel")
    qtbot.addWidget(made)
    return made


def test_a_row_holds_its_slip(rows: Rows) -> None:
    rows.show_slips((7, 8))
    index = rows.model.index(1, 1)
    assert (index.data(), index.data(SLIP)) == ("16", 8)
    assert rows.model.headerData(0, Qt.Orientation.Horizontal) == "Number"
    assert rows.current() == 7


def test_a_narrow_table_cuts_nothing(rows: Rows) -> None:
    rows.resize(1200, 200)
    rows.show_slips(("a parcel with a long name",))
    rows.show()
    header, modes = rows.table.horizontalHeader(), QHeaderView.ResizeMode
    assert header.sectionResizeMode(0) is modes.Stretch
    rows.resize(200, 200)
    QApplication.processEvents()
    assert header.sectionResizeMode(0) is modes.ResizeToContents
    assert rows.table.horizontalScrollBar().maximum() > 0


def test_widgets_stand_abreast_where_there_is_room(qtbot: QtBot) -> None:
    lines = Abreast(2, gap=10, between=10)
    whole, one, other = (QPushButton(name) for name in ("whole", "one", "other"))
    for each in (whole, one, other):
        each.setMinimumWidth(100)
    lines.show_widgets((whole, one, other), own=(whole,))
    held = QScrollArea()
    qtbot.addWidget(held)
    held.setWidgetResizable(True)
    held.setWidget(lines)
    held.show()
    for width, tops in ((260, [0, 1, 1]), (150, [0, 1, 2]), (260, [0, 1, 1])):
        held.resize(width, 200)
        QApplication.processEvents()
        ranks = sorted({each.y() for each in (whole, one, other)})
        assert [ranks.index(each.y()) for each in (whole, one, other)] == tops


def test_an_empty_list_says_what_it_is_for(rows: Rows, qtbot: QtBot) -> None:
    rows.show()
    assert not rows.table.isVisible()
    with qtbot.waitSignal(rows.filling_asked):
        qtbot.mouseClick(rows.findChild(QPushButton, "parcels_fill"), Qt.MouseButton.LeftButton)
    rows.show_slips((1,))
    assert rows.table.isVisible()


def test_enter_opens_a_row(rows: Rows, qtbot: QtBot) -> None:
    rows.show_slips((7, 8))
    rows.show()
    rows.table.selectRow(1)
    with qtbot.waitSignal(rows.opened, check_params_cb=lambda slip: slip == 8):
        rows.table.activated.emit(rows.table.currentIndex())


def test_a_long_list_is_quick(rows: Rows) -> None:
    slips = tuple(range(200_000))
    begun = time.perf_counter()
    rows.show_slips(slips)
    rows.table.scrollToBottom()
    assert rows.model.index(199_999, 0).data() == "199999"
    assert time.perf_counter() - begun < 0.5


def test_findings_show_the_gravest_first_with_sign_word_and_clause(qtbot: QtBot) -> None:
    findings = Findings("checks", "Checks")
    qtbot.addWidget(findings)
    stop = Answer(Tone.STOP, "seal_missing", (), "EU 12(2)")
    findings.show_answers((Answer(Tone.OK, "signature_good"), LICENCE, stop))
    assert [answer.tone for answer in findings.shown] == [Tone.STOP, Tone.NOTE, Tone.OK]
    block = findings.findChild(QWidget, "checks_seal_missing")
    assert block.accessibleName().startswith("Stop: No seal is recorded.")
    words = [label.text() for label in block.findChildren(QLabel)]
    assert {"Stop", "EU 12(2)"} <= set(words)
    findings.show_answers(())
    assert findings.shown == ()


def test_texts_are_never_rich(qtbot: QtBot) -> None:
    label = text("<b>Practice</b>")
    qtbot.addWidget(label)
    assert label.textFormat() == Qt.TextFormat.PlainText


def test_a_picture_is_shown_as_it_is() -> None:
    grey = image(Picture(3, 2, 4, "L", bytes(range(8))))
    assert [grey.pixelColor(x, 1).red() for x in range(3)] == [4, 5, 6]
    with pytest.raises(ValueError, match="bytes"):
        Picture(3, 2, 4, "RGB", bytes(8))


def test_one_may_look_closer(qtbot: QtBot) -> None:
    view = PictureView("page", "The page")
    qtbot.addWidget(view)
    view.resize(300, 400)
    view.show_picture(page_picture())
    fitted = view.grab().toImage()
    for _ in range(5):
        qtbot.keyClick(view, Qt.Key.Key_Plus)
    assert view.zoom > 2
    assert view.grab().toImage() != fitted
    qtbot.keyClick(view, Qt.Key.Key_0)
    assert view.grab().toImage() == fitted


def test_another_picture_of_the_same_size_is_shown(qtbot: QtBot) -> None:
    view = PictureView("page", "The page")
    qtbot.addWidget(view)
    view.resize(100, 100)
    seen = []
    for grey in (0, 255):
        view.show_picture(Picture(400, 400, 400, "L", bytes([grey]) * 160_000))
        seen.append(view.grab().toImage().pixelColor(50, 50).red())
    assert seen == [0, 255]


@pytest.fixture
def drop(qtbot: QtBot) -> DropArea:
    made = DropArea("drop", "Drop a certificate here", "or paste", "Pictures (*.png)", QWidget())
    qtbot.addWidget(made)
    made.resize(200, 200)
    made.show()
    return made


def dropped(area: DropArea, *urls: QUrl) -> None:
    held = QMimeData()
    held.setUrls(list(urls))
    here = QPointF(10, 10)
    button = Qt.MouseButton.LeftButton
    area.dropEvent(QDropEvent(here, Qt.DropAction.CopyAction, held, button, Qt.KeyboardModifier.NoModifier))


def test_only_files_of_this_computer_are_taken(drop: DropArea, tmp_path: Path) -> None:
    given: list[tuple[Path, ...]] = []
    drop.given.connect(given.append)
    sheet = tmp_path / "sheet.png"
    QImage(2, 2, QImage.Format.Format_RGB32).save(str(sheet))
    gone = QUrl.fromLocalFile(str(tmp_path / "gone.png"))
    dropped(drop, QUrl("https://host.example/sheet.png"), gone, QUrl.fromLocalFile(str(tmp_path)))
    assert given == []
    dropped(drop, QUrl.fromLocalFile(str(sheet)))
    assert given == [(sheet,)]


def test_files_may_be_pasted(drop: DropArea, tmp_path: Path, qtbot: QtBot, qapp: object) -> None:
    sheet = tmp_path / "sheet.pdf"
    sheet.write_bytes(b"%PDF-1.7")
    held = QMimeData()
    held.setUrls([QUrl.fromLocalFile(str(sheet))])
    qapp.clipboard().setMimeData(held)
    with qtbot.waitSignal(drop.given, check_params_cb=lambda paths: paths == (sheet,)):
        qtbot.keyClick(drop, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)


@pytest.mark.parametrize(("level", "tone"), [(None, "ok"), (15, "ok"), (14, "liftable"), (4, "stop")])
def test_a_gauge_turns_at_its_marks(qtbot: QtBot, level: int | None, tone: str) -> None:
    gauge = Gauge("days", "Days left", full=40, amber=15, red=5)
    qtbot.addWidget(gauge)
    gauge.show_level(level)
    assert gauge.tone == tone


@pytest.mark.parametrize(("level", "tone"), [(None, "ok"), (30, "ok"), (31, "liftable"), (46, "stop")])
def test_a_rising_gauge_turns_above_them(qtbot: QtBot, level: int | None, tone: str) -> None:
    gauge = Gauge("age", "Age", full=60, amber=30, red=45, rising=True)
    qtbot.addWidget(gauge)
    gauge.show_level(level)
    assert gauge.tone == tone


def test_charts_tell_their_figures(qtbot: QtBot) -> None:
    bars, pips = Bars("hours", "By hour"), Pips("issues", "To issue")
    for each in (bars, pips):
        qtbot.addWidget(each)
        each.resize(160, 56)
    bars.show_bars([("07", 3), ("08", 5)], "clerk")
    pips.show_pips(((6, "clerk"), (2, "liftable")))
    assert bars.accessibleDescription() == "07: 3, 08: 5"
    assert pips.accessibleDescription() == "6, 2"
    assert not bars.grab().isNull()
    assert not pips.grab().isNull()


def test_the_wheel_leaves_a_choice_without_focus_alone(qtbot: QtBot) -> None:
    made = choice("heading", ("a", 1), ("b", 2))
    qtbot.addWidget(made)
    made.show()
    made.clearFocus()
    here, down = QPointF(5, 5), QPoint(0, -120)
    plain = Qt.KeyboardModifier.NoModifier
    turn = QWheelEvent(
        here,
        here,
        QPoint(),
        down,
        Qt.MouseButton.NoButton,
        plain,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(made, turn)
    assert made.currentIndex() == 0
