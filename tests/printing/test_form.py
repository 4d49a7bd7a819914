"""Forms: what ships can be read; anything missing, unknown, odd or overlapping is named."""

import re
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpdesk.domain.goods import Heading
from kpdesk.printing.form import STATEMENT, TITLE, Box, Colour, Form, FormFault, read_form
from resources import path
from tests.printing.papers import form

ZZ = path("forms/zz.toml").read_text(encoding="utf-8")


def _read(text: str | bytes, folder: Path) -> Form:
    file = folder / "own.toml"
    file.write_bytes(text.encode() if isinstance(text, str) else text)
    return read_form(file)


@pytest.mark.parametrize(
    ("name", "participant", "language"), [("zz", "ZZ", "fr"), ("xz", "XZ", "pt"), ("zz-ru", "ZZ", "ru")]
)
def test_a_shipped_form_has_the_words_of_annex_i_in_english_and_in_its_own_language(
    name: str, participant: str, language: str
) -> None:
    read = form(name)
    assert (read.participant, read.language) == (participant, language)
    assert (read.title.english, read.statement.english) == (TITLE, STATEMENT)
    assert read.title.second
    assert read.statement.second
    assert read.goods(Heading.UNSORTED).english == "Unsorted"


def test_the_same_file_gives_an_equal_form_so_that_its_artwork_is_made_once() -> None:
    assert form() == form()
    assert hash(form()) == hash(form())


def test_a_form_in_english_alone_needs_no_second_words(tmp_path: Path) -> None:
    text = re.sub(r'(?m)^(\w+) = \["([^"]*)", "[^"]*"\]$', r'\1 = ["\2"]', ZZ)
    assert _read(text, tmp_path).labels.origin.second == ""


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ('participant = "ZZ"', 'participant = "Z"', "form.participant: “Z” is not written as [A-Z]{2}"),
        ('edition = "2026-1"', "edition = 2026", "form.edition is not a line of text"),
        ('edition = "2026-1"', "", "form.edition is missing"),
        ("[labels]", '[labels]\nextra = ["Extra"]', "form.labels.extra is unknown"),
        (
            'origin = ["Country of origin", "Pays d’origine"]',
            "origin = []",
            "form.labels.origin is not a list of 1 to 2",
        ),
        (
            '"Kimberley Process Certificate"',
            '"Kimberley Certificate"',
            "title: the English is not that of KPCS Annex I A",
        ),
        ("in accordance with", "according to", "statement: the English is not that of KPCS Annex I A"),
        ('ink = "#14233f"', 'ink = "navy"', "form.colours.ink: “navy” is not written as #[0-9a-f]{6}"),
        ('"#1f5c4d", ', "", "form.colours.guilloche is not a list of 3"),
        ("petals = 32", "petals = 4", "form.border.petals is not a whole number from 8 to 96"),
        ("margin = 8", "margin = 2", "form.border.margin is not a number from 4 to 20"),
        ("right = 0", "right = true", "form.overlay.right is not a number from -20 to 20"),
        ("compact = [25,", "compact = [10,", "boxes.compact is not inside the border"),
        ("seals = [25, 155, 160, 10]", "seals = [25, 160, 160, 10]", "boxes.seals and boxes.lines are too near"),
        (
            "issued_by = [25, 228.5, 46, 22]",
            "issued_by = [25, 228.5, 46, 25]",
            "boxes.issued_by and boxes.barcode are too near",
        ),
        ("seals = [25, 155, 160, 10]", "seals = [25, 155, 160]", "form.boxes.seals is not a list of 4"),
        ('"7102.10" =', '"7102.11" =', "form.headings does not name the headings 7102.10, 7102.21, 7102.31"),
        ('path = """\nM', 'path = """\nM1 ', "form.arms.path: M wants 2 plain numbers"),
        ('path = """\nM', 'path = """\nA', "form.arms.path is not a path of M, L, C and Z"),
        ("[headings]", "[headings", "not TOML"),
    ],
)
def test_a_bad_entry_is_named(old: str, new: str, fault: str, tmp_path: Path) -> None:
    assert old in ZZ
    with pytest.raises(FormFault) as caught:
        _read(ZZ.replace(old, new, 1), tmp_path)
    assert caught.value.fault.startswith(fault)
    assert caught.value.form == "own.toml"


def test_a_missing_or_too_large_file_is_a_fault(tmp_path: Path) -> None:
    with pytest.raises(FormFault, match="No such file"):
        read_form(tmp_path / "none.toml")
    with pytest.raises(FormFault, match="larger than 131072 bytes"):
        _read(ZZ + "#" * 130_000, tmp_path)


@given(st.integers(0, len(ZZ) - 1), st.integers(0, 40), st.binary(max_size=20))
def test_a_damaged_file_is_a_form_or_a_fault(
    tmp_path_factory: pytest.TempPathFactory, at: int, cut: int, junk: bytes
) -> None:
    content = ZZ.encode()
    with suppress(FormFault):
        read = _read(content[:at] + junk + content[at + cut :], tmp_path_factory.getbasetemp())
        assert read.title.english == TITLE


def test_boxes_touch_without_overlapping() -> None:
    left, right = Box(0, 0, 10, 10), Box(10, 0, 5, 5)
    assert not left.near(right, 0)
    assert left.near(right, 0.1)
    assert left.near(Box(2, 2, 1, 1), 0)


def test_a_tint_goes_from_white_to_the_colour() -> None:
    assert Colour(0, 51, 255).tint(0) == (1, 1, 1)
    assert Colour(0, 51, 255).tint(1) == pytest.approx((0, 0.2, 1))
