"""Reading a sheet back: by a camera, from a scan, by a hand scanner; what stands on another sheet is named."""

from collections.abc import Callable
from itertools import islice
from pathlib import Path

import pytest

from kpdesk.desks import proving, sheets
from kpdesk.desks.printers import practice_tray
from kpdesk.desks.proving import OtherSheet, PictureFolder
from kpdesk.desks.reading import Reader
from kpdesk.desks.sheets import Sheet
from kpdesk.domain.certificate import Number
from kpdesk.domain.issuance import State
from kpdesk.practice import PREPARER
from kpdesk.scanning.frames import NoFrames
from tests.desks.practice_books import BLANK, NEXT_BLANK, Books

At = Callable[[str], Books]


def printed(books: Books) -> Path:
    """The sheet in the tray as a camera sees it; its folder."""
    tray = practice_tray(books[PREPARER])
    assert tray is not None
    tray.submit(sheets.pdf_of(books[PREPARER], BLANK), number=BLANK)
    return books[PREPARER].folder.path / "sheets"


def test_a_camera_proves_the_sheet(at: At) -> None:
    books = at("spooled")
    seen = tuple(islice(proving.read_back(PictureFolder(printed(books))), 1))
    assert sheets.answer(books[PREPARER], BLANK, Sheet.GOOD, read=seen).state is State.ISSUED


def test_a_scan_proves_the_sheet(at: At) -> None:
    books = at("spooled")
    file = printed(books) / f"{BLANK}.png"
    with Reader() as reader:
        texts = proving.read_file(reader, file)
        assert proving.read_picture(reader, file.name, file.read_bytes()) == texts
    assert Number(BLANK).with_check in texts
    assert sheets.answer(books[PREPARER], BLANK, Sheet.GOOD, read=texts).state is State.ISSUED


def test_the_page_of_another_sheet_is_named(at: At) -> None:
    books = at("spooled")
    for read in (NEXT_BLANK, Number(NEXT_BLANK).with_check, f" {NEXT_BLANK.lower()} "):
        with pytest.raises(OtherSheet) as refusal:
            sheets.answer(books[PREPARER], BLANK, Sheet.GOOD, read=["something", read])
        assert (refusal.value.number, refusal.value.found) == (BLANK, NEXT_BLANK)


def test_an_empty_folder_is_no_camera(tmp_path: Path) -> None:
    with pytest.raises(NoFrames):
        next(proving.read_back(PictureFolder(tmp_path)))
