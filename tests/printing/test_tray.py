"""The stand-in printer: print, look, answer, with every fate a sheet can meet."""

from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import numpy as np
import pytest
import zxingcpp
from PIL import Image

from kpdesk.printing.pages import Picture, UnreadablePages, page_count, render
from kpdesk.printing.pdf import Stock, certificate
from kpdesk.printing.port import Printer, PrinterGone
from kpdesk.printing.tray import Fate, TrayPrinter
from tests.printing.papers import CROWDED, codes, country_name, form

CODES = codes(full=913, compact=317)


@pytest.fixture(scope="module")
def pdf() -> bytes:
    return certificate(CROWDED, form(), CODES, Stock.SECURITY, country_name=country_name)


@pytest.fixture
def tray(tmp_path: Path) -> TrayPrinter:
    return TrayPrinter(tmp_path / "tray", random=np.random.default_rng(1))


def _read(sheet: bytes | None) -> set[str]:
    assert sheet is not None
    return {each.text for each in zxingcpp.read_barcodes(np.asarray(Image.open(BytesIO(sheet))))}


@pytest.mark.parametrize("seed", [1, 2])
def test_a_good_sheet_reads_as_a_camera_sees_it(pdf: bytes, tmp_path: Path, seed: int) -> None:
    tray: Printer = TrayPrinter(tmp_path, random=np.random.default_rng(seed))
    tray.submit(pdf, number="ZZ2026001377")
    sheet = (tmp_path / "ZZ2026001377.png").read_bytes()
    assert Image.open(BytesIO(sheet)).size == (2480, 3508)
    assert _read(sheet) == {CODES.full, CODES.compact, CODES.barcode}


def test_each_fate_is_met_once_then_all_is_good(pdf: bytes, tray: TrayPrinter) -> None:
    tray.foretell(Fate.BADLY_PRINTED, Fate.NOTHING_PRINTED, Fate.LOST)
    for number in ("ZZ1", "ZZ2", "ZZ3", "ZZ4"):
        tray.submit(pdf, number=number)
    assert _read(tray.sheet("ZZ1")) == set()
    assert _read(tray.sheet("ZZ2")) == set()
    assert tray.sheet("ZZ3") is None
    assert CODES.full in _read(tray.sheet("ZZ4"))
    clean = np.asarray(Image.open(BytesIO(tray.sheet("ZZ2") or b"")))
    assert clean.min() > 150


def test_the_same_seed_gives_the_same_sheet(pdf: bytes, tmp_path: Path) -> None:
    sheets = []
    for folder in ("one", "two"):
        tray = TrayPrinter(tmp_path / folder, random=np.random.default_rng(7))
        tray.submit(pdf, number="ZZ1")
        sheets.append(tray.sheet("ZZ1"))
    assert sheets[0] == sheets[1]


def test_an_unplugged_printer_takes_nothing(pdf: bytes, tray: TrayPrinter) -> None:
    tray.foretell(Fate.LOST)
    tray.plug(plugged=False)
    with pytest.raises(PrinterGone) as caught:
        tray.submit(pdf, number="ZZ1")
    assert caught.value.printer == tray.name
    tray.plug(plugged=True)
    tray.submit(pdf, number="ZZ1")
    assert tray.sheet("ZZ1") is None


def test_a_sheet_is_named_by_a_number_only(pdf: bytes, tray: TrayPrinter) -> None:
    with pytest.raises(ValueError, match="number"):
        tray.submit(pdf, number="../ZZ1")


def test_pages_are_pictures_in_colour_or_grey(pdf: bytes) -> None:
    colour, grey = render(pdf, dpi=100), render(pdf, dpi=100, grey=True)
    assert (colour.mode, grey.mode) == ("RGB", "L")
    assert (colour.width, colour.height) == (grey.width, grey.height) == (827, 1170)
    assert colour.stride >= 3 * colour.width
    assert len(colour.content) == colour.stride * colour.height
    assert _image(colour).getpixel((1, 1)) == (255, 255, 255)
    assert render(pdf, dpi=100) == colour


def _image(picture: Picture) -> Image.Image:
    size = picture.width, picture.height
    return Image.frombytes(picture.mode, size, picture.content, "raw", picture.mode, picture.stride)


@pytest.mark.parametrize("look", [page_count, lambda pdf: render(pdf, dpi=72)])
def test_what_is_no_pdf_is_told(look: Callable[[bytes], object]) -> None:
    with pytest.raises(UnreadablePages):
        look(b"not a PDF")


def test_a_page_that_is_not_there_is_told_and_absurd_sizes_are_refused(pdf: bytes) -> None:
    with pytest.raises(UnreadablePages) as caught:
        render(pdf, dpi=72, page=1)
    assert caught.value.page == 1
    with pytest.raises(ValueError, match="dpi"):
        render(pdf, dpi=5000)
