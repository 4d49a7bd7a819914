"""Where a page comes to lie: crosses within 0.1 mm, plain and aligned; what a printer that is not there says."""

from decimal import Decimal
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtPrintSupport import QPrinter

from kpdesk.domain.calibration import CROSSES, FIRST, LAST, RULER, Alignment, Spot, align
from kpdesk.printing.calibration import test_sheet as draw_test_sheet
from kpdesk.printing.form import read_form
from kpdesk.printing.pages import render
from resources import path
from ui import paper
from ui.slips import Picture

WITHIN = 0.1
"""Millimetres."""
CROOKED = (
    Alignment(Decimal("0.80"), Decimal("-1.20"), Decimal("1.00400"), Decimal("0.99800"), Decimal("0.300")),
    Alignment(Decimal("-2.35"), Decimal("3.10"), Decimal("0.98500"), Decimal("1.01500"), Decimal("-0.900")),
)


def printed(tmp_path: Path, alignment: Alignment | None) -> np.ndarray:
    """The test sheet as the system's printing made it, dark on 0: the page of a PDF printer."""
    page = render(draw_test_sheet(read_form(path("forms/zz.toml")), title="Practice printer"), dpi=paper.DPI, grey=True)
    file = tmp_path / "sheet.pdf"
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(file))
    assert paper.paint(Picture(page.width, page.height, page.stride, "L", page.content), printer, alignment)
    seen = render(file.read_bytes(), dpi=paper.DPI, grey=True)
    return 255 - np.frombuffer(seen.content, np.uint8).reshape(seen.height, seen.stride)[:, : seen.width]


def cross(ink: np.ndarray, near: Spot) -> Spot:
    """The middle of the cross near a place, in millimetres, from its arms 4 to 6 mm off: where nothing else is."""
    dots = paper.DPI / 25.4
    x, y = near.x * dots, near.y * dots

    def middle(across: float, along: float, *, upright: bool) -> float:
        wide, reach = 1.5 * dots, 0.5 * dots
        rows = slice(round(along - reach), round(along + reach)) if upright else slice(round(y - wide), round(y + wide))
        cols = (
            slice(round(x - wide), round(x + wide)) if upright else slice(round(across - reach), round(across + reach))
        )
        dark = ink[rows, cols].astype(float).sum(axis=0 if upright else 1)
        start = cols.start if upright else rows.start
        return float((dark * (np.arange(len(dark)) + start + 0.5)).sum() / dark.sum())

    off = 6.5 * dots
    upper, lower = (middle(x, y + side * off, upright=True) for side in (-1, 1))
    left, right = (middle(x + side * off, y, upright=False) for side in (-1, 1))
    return Spot((upper + lower) / 2 / dots, (left + right) / 2 / dots)


def furthest(found: list[Spot], wanted: list[Spot]) -> float:
    return max(abs(one - other) for two in zip(found, wanted, strict=True) for one, other in zip(*two, strict=True))


def test_crosses_lie_where_they_are_drawn(qapp: object, tmp_path: Path) -> None:
    ink = printed(tmp_path, None)
    assert furthest([cross(ink, spot) for spot in CROSSES], list(CROSSES)) < WITHIN


@pytest.mark.parametrize("crooked", CROOKED)
def test_an_aligned_page_comes_out_right_on_a_crooked_printer(qapp: object, tmp_path: Path, crooked: Alignment) -> None:
    ink = printed(tmp_path, crooked)
    drawn = [cross(ink, crooked.undone.at(spot)) for spot in CROSSES]
    # The crooked printer is played by its own arithmetic: it does to the page what was measured of it.
    assert furthest([crooked.does.at(spot) for spot in drawn], list(CROSSES)) < WITHIN
    assert furthest(drawn, list(CROSSES)) > 5 * WITHIN


@pytest.mark.parametrize("crooked", CROOKED)
def test_a_printer_is_known_by_two_crosses_and_a_ruler(crooked: Alignment) -> None:
    known = align(crooked.does.at(FIRST), crooked.does.at(LAST), ruler=RULER * float(crooked.across))
    assert furthest([known.undone.at(crooked.does.at(spot)) for spot in CROSSES], list(CROSSES)) < WITHIN / 5


def test_a_printer_that_is_not_there_is_given_nothing(qapp: object) -> None:
    with pytest.raises(paper.PrinterNotReady):
        paper.ready("No such printer")
