"""The recovery sheet: all fourteen groups, and the secret in no property of the file."""

from datetime import date

import pypdfium2
import pytest

from kpdesk.printing.slips import recovery_sheet

CODE = "ABCD-EFGH-IJKL-MNOP-QRST-UVWX-YZ23-4567-ABAB-CDCD-EFEF-2345-6767-ZZZZ"


def test_every_group_stands_on_the_sheet_in_order() -> None:
    pdf = recovery_sheet(CODE, office="National Diamond Office of ZZ", made=date(2026, 3, 9))
    with pypdfium2.PdfDocument(pdf) as document:
        text = document[0].get_textpage().get_text_bounded().split()
        assert not any("ABCD" in value for value in document.get_metadata_dict().values())
    groups = [word for word in text if len(word) == 4 and word in CODE]
    assert groups == CODE.split("-")
    assert pdf == recovery_sheet(CODE.replace("-", " "), office="National Diamond Office of ZZ", made=date(2026, 3, 9))


@pytest.mark.parametrize("code", ["", CODE[:-1], CODE + "-AAAA", CODE.replace("ABCD", "abcd"), CODE.replace("A", "1")])
def test_another_code_is_not_printed(code: str) -> None:
    with pytest.raises(ValueError, match="14 groups of 4"):
        recovery_sheet(code, office="Office", made=date(2026, 3, 9))


def test_all_words_stand_inside_the_margins() -> None:
    with pypdfium2.PdfDocument(recovery_sheet(CODE, office="Office " * 12, made=date(2026, 3, 9))) as document:
        page = document[0]
        text = page.get_textpage()
        boxes = [text.get_rect(index) for index in range(text.count_rects())]
    assert min(box[0] for box in boxes) > 30 * 72 / 25.4
    assert max(box[2] for box in boxes) < 180 * 72 / 25.4
