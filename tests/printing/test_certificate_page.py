"""The certificate on paper: all it states stands on the page, inside its frame; its codes read; the bytes repeat."""

import hashlib
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal

import numpy as np
import pypdfium2
import pytest
import zxingcpp
from numpy.typing import NDArray

from kpdesk.domain.certificate import Facts, Kind, Named, Number
from kpdesk.printing.a4 import HEIGHT, WIDTH
from kpdesk.printing.codes import Codes
from kpdesk.printing.faces import NoFontFor, TooLongForPaper
from kpdesk.printing.form import Box, Form
from kpdesk.printing.pages import page_count, render
from kpdesk.printing.pdf import Stock, amount, certificate, day
from tests.printing.papers import CROWDED, CYRILLIC, NUMBER, PLAIN, codes, country_name, form

MOST_BYTES = 100_000


def draw(facts: Facts, stock: Stock = Stock.SECURITY, *, on: Form | None = None, printed: Codes | None = None) -> bytes:
    chosen = on or form("zz-ru" if facts.edition.endswith("ru") else facts.participant.lower())
    made = None if stock in (Stock.PREVIEW, Stock.DRAFT) else printed or codes(facts.number or NUMBER)
    return certificate(facts, chosen, made, stock, country_name=country_name)


def words(pdf: bytes) -> str:
    """All text of the page with single spaces."""
    with pypdfium2.PdfDocument(pdf) as document:
        return " ".join(document[0].get_textpage().get_text_bounded().split())


def grey(pdf: bytes, dpi: int) -> NDArray[np.uint8]:
    picture = render(pdf, dpi=dpi, grey=True)
    return np.frombuffer(picture.content, np.uint8).reshape(picture.height, picture.stride)[:, : picture.width]


def part(page: NDArray[np.uint8], box: Box, dpi: int) -> NDArray[np.uint8]:
    scale = dpi / 25.4
    return page[round(box.y * scale) : round(box.bottom * scale), round(box.x * scale) : round(box.right * scale)]


def test_all_that_annex_i_asks_for_stands_on_the_page() -> None:
    text = words(draw(replace(PLAIN, replaces=Number("ZZ2026001201"))))
    for stated in (
        "Kimberley Process Certificate",
        "Certificat du Processus de Kimberley",
        "handled in accordance with the provisions of",
        "conformément aux dispositions du Système de certification",
        "ZZ 2026001377",
        "COUNTRY OF ORIGIN",
        "Pays d’origine",
        "Practice Territory ZZ",
        "Practice Partner XZ",
        "09 Mar 2026",
        "08 May 2026",
        "National Diamond Office of ZZ",
        "Practice Exporter One",
        "14 Sample Avenue, Upper Town, Territory ZZ",
        "EXP-0041",
        "Practice Importer Two",
        "2 Diamond Street, 2018 Partner City, XZ",
        "IMP-0007",
        "TE00918273 TE00918274",
        "7102.10 Unsorted Non triés 1 234.56 98 765.40",
        "7102.21 Industrial, unworked Industriels, bruts 12 004.10 84 028.70",
        "7102.31 Non-industrial, unworked Non industriels, bruts 318.04 412 209.15",
        "Total 13 556.70 595 003.25",
        "ZZ 2026001201",
        "ISSUED BY",
        "VALIDATED BY",
    ):
        assert stated in text
    assert "SPECIMEN" not in text


@pytest.mark.parametrize(
    "facts", [PLAIN, CROWDED, CYRILLIC, replace(PLAIN, kind=Kind.TECHNICAL)], ids=lambda facts: facts.exporter.name[:8]
)
def test_every_text_stands_inside_the_frame_and_on_no_other(facts: Facts) -> None:
    chosen = form("zz-ru" if facts is CYRILLIC else "zz")
    edge = chosen.border.margin + chosen.border.band
    frame = Box(edge, edge, WIDTH - 2 * edge, HEIGHT - 2 * edge)
    places = lines_of(draw(facts))
    assert len(places) > 60
    for text, place in places:
        assert frame.x < place.x, text
        assert place.right < frame.right, text
        assert frame.y < place.y, text
        assert place.bottom < frame.bottom, text
    for index, (text, place) in enumerate(places):
        for other, elsewhere in places[index + 1 :]:
            assert not place.near(elsewhere, -0.25), f"{text} | {other}"


def lines_of(pdf: bytes) -> list[tuple[str, Box]]:
    """Each piece of text that was set in one go, with the box its ink fills, microtext left out."""
    placed = []
    with pypdfium2.PdfDocument(pdf) as document:
        page = document[0]
        text = page.get_textpage()
        for thing in page.get_objects(filter=[pypdfium2.raw.FPDF_PAGEOBJ_TEXT], textpage=text):
            left, low, right, high = (each * 25.4 / 72 for each in thing.get_bounds())
            if high - low > 0.6:
                placed.append((thing.extract(), Box(left, HEIGHT - high, right - left, high - low)))
    return placed


@pytest.mark.parametrize("facts", [PLAIN, CROWDED], ids=["plain", "crowded"])
@pytest.mark.parametrize("stock", [Stock.SECURITY, Stock.PREPRINTED])
def test_all_three_codes_read_exactly(facts: Facts, stock: Stock) -> None:
    printed = codes(full=913 if facts is CROWDED else 547)
    page = grey(draw(facts, stock, printed=printed), 300)
    found = {(each.format.name, each.text) for each in zxingcpp.read_barcodes(page)}
    assert {text for _, text in found} == {printed.full, printed.compact, printed.barcode}
    assert {name for name, _ in found} == {"QRCode", "Code128"}


@pytest.mark.parametrize("length", [4, 12, 20])
def test_a_number_of_any_length_fits_its_bar_code(length: int) -> None:
    number = Number("ZZ" + "A1B2C3D4E5F6G7H8I9"[: length - 2])
    page = grey(draw(replace(PLAIN, number=number)), 300)
    assert number.with_check in {each.text for each in zxingcpp.read_barcodes(page)}


def test_the_codes_are_pure_black_whole_dots_on_white_within_their_size() -> None:
    chosen = form()
    page = grey(draw(CROWDED, printed=codes(full=913)), 600)
    for box, most in ((chosen.boxes.full, 42.0), (chosen.boxes.compact, 25.0), (chosen.boxes.barcode, 110.0)):
        around = Box(box.x - 2, box.y - 2, box.width + 4, 13 if box is chosen.boxes.barcode else box.height + 4)
        inside = part(page, around, 600)
        assert np.minimum(inside, 255 - inside).max() <= 3, "grey edges"
        dark = np.flatnonzero((inside < 128).any(axis=0))
        assert (dark[-1] - dark[0] + 1) * 25.4 / 600 <= most
    full = part(page, chosen.boxes.full, 600)
    assert (full.shape[1] - np.flatnonzero((full < 128).any(axis=0))[0]) * 25.4 / 600 > 40


def test_nothing_is_drawn_near_a_code() -> None:
    """The preview has no codes, and shows what else there is: only its own frame and the word PREVIEW."""
    chosen = form()
    page = grey(draw(PLAIN, Stock.PREVIEW), 150)
    for box in (chosen.boxes.full, chosen.boxes.compact, chosen.boxes.barcode):
        outside = part(page, Box(box.x - 2, box.y - 2, box.width + 4, box.height + 4), 150).copy()
        edge = round(1.7 * 150 / 25.4)
        outside[edge:-edge, edge:-edge] = 255
        assert (outside == 255).all()


@pytest.mark.parametrize("stock", list(Stock))
def test_the_same_input_gives_the_same_bytes(stock: Stock) -> None:
    facts = replace(CROWDED, kind=Kind.COPY if stock is Stock.COPY else Kind.ORIGINAL)
    first, second = draw(facts, stock), draw(facts, stock)
    assert hashlib.sha256(first).digest() == hashlib.sha256(second).digest()
    assert page_count(first) == 1
    assert len(first) < MOST_BYTES


@pytest.mark.parametrize(
    ("kind", "stock", "across"),
    [
        (Kind.ORIGINAL, Stock.SECURITY, set()),
        (Kind.ORIGINAL, Stock.PLAIN, {"SPECIMEN"}),
        (Kind.PRACTICE, Stock.SECURITY, {"SPECIMEN"}),
        (Kind.PRACTICE, Stock.PLAIN, {"SPECIMEN"}),
        (Kind.COPY, Stock.COPY, {"COPY", "NOT VALID FOR SHIPMENT"}),
        (Kind.ORIGINAL, Stock.PREVIEW, {"PREVIEW"}),
        (Kind.PRACTICE, Stock.PREVIEW, {"PREVIEW", "SPECIMEN"}),
        (Kind.TECHNICAL, Stock.SECURITY, {"TECHNICAL CERTIFICATE"}),
    ],
)
def test_a_paper_says_across_what_it_is(kind: Kind, stock: Stock, across: set[str]) -> None:
    text = words(draw(replace(PLAIN, kind=kind), stock))
    marks = {"SPECIMEN", "COPY", "NOT VALID FOR SHIPMENT", "PREVIEW", "TECHNICAL CERTIFICATE"}
    assert {mark for mark in marks if mark in text} == across


def test_a_preview_needs_no_number() -> None:
    assert words(draw(replace(PLAIN, number=None), Stock.PREVIEW)).count("PREVIEW") == 4


def test_on_a_preprinted_blank_stands_only_what_is_entered() -> None:
    text = words(draw(PLAIN, Stock.PREPRINTED))
    assert "Practice Exporter One" in text
    assert "13 556.70" in text
    assert "Kimberley" not in text
    assert "COUNTRY OF ORIGIN" not in text


def test_the_overlay_moves_all_that_is_entered() -> None:
    moved = replace(form(), overlay=replace(form().overlay, right=2.0, down=-1.0))
    still = dict(lines_of(draw(PLAIN, Stock.PREPRINTED)))["Practice Exporter One"]
    gone = dict(lines_of(draw(PLAIN, Stock.PREPRINTED, on=moved)))["Practice Exporter One"]
    assert gone.x - still.x == pytest.approx(2, abs=0.03)
    assert gone.y - still.y == pytest.approx(-1, abs=0.03)


def test_a_mixed_origin_shows_asterisks_and_no_country() -> None:
    text = words(draw(replace(PLAIN, origins=("XZ", "ZZ"), provenance="XZ")))
    assert "*********" in text
    assert "mixed origin / origine mixte" in text
    assert country_name("ZZ") not in text.replace("PRACTICE TERRITORY ZZ", "").replace(
        "National Diamond Office of ZZ", ""
    )


def test_cyrillic_and_accents_are_kept_letter_by_letter() -> None:
    assert "АО «Учебный импортёр Щёлково»" in words(draw(CYRILLIC))
    assert "Сертификат Кимберлийского процесса" in words(draw(CYRILLIC))
    crowded = words(draw(CROWDED))
    assert CROWDED.exporter.name in crowded
    assert CROWDED.importer.name in crowded
    assert CROWDED.exporter.address in crowded
    assert all(seal in crowded for seal in CROWDED.seals)
    assert amount(CROWDED.value.value) in crowded


def test_letters_apart_from_their_accents_are_composed() -> None:
    name = "Socie\u0301te\u0301 d\u2019exercice"
    assert "Société d’exercice" in words(draw(replace(PLAIN, exporter=replace(PLAIN.exporter, name=name))))


@pytest.mark.parametrize(
    ("text", "character"), [("شركة التدريب", "ش"), ("练习", "练"), ("Bell\u0007", "\u0007"), ("a\u200bb", "\u200b")]
)
def test_a_character_without_a_font_is_told_never_boxed(text: str, character: str) -> None:
    with pytest.raises(NoFontFor) as caught:
        draw(replace(PLAIN, issuing_authority=text))
    assert caught.value.character == character


def test_text_that_cannot_fit_is_told_never_cut() -> None:
    with pytest.raises(TooLongForPaper) as caught:
        draw(replace(PLAIN, importer=Named("Practice " * 60, "", "")))
    assert caught.value.field == "importer"


def test_a_word_wider_than_its_place_is_broken() -> None:
    name = "Übungsdiamantenhandelsgesellschaft" * 3
    assert name in words(draw(replace(PLAIN, importer=Named(name, "", "")))).replace(" ", "")


@pytest.mark.parametrize(
    "draw_wrongly",
    [
        lambda: draw(replace(PLAIN, edition="2025-1")),
        lambda: draw(PLAIN, on=form("xz")),
        lambda: draw(PLAIN, printed=codes(Number("ZZ1"))),
        lambda: draw(replace(PLAIN, number=None), printed=codes()),
        lambda: draw(PLAIN, Stock.COPY),
        lambda: draw(replace(PLAIN, kind=Kind.COPY)),
        lambda: certificate(PLAIN, form(), codes(), Stock.PREVIEW, country_name=country_name),
        lambda: certificate(PLAIN, form(), None, Stock.SECURITY, country_name=country_name),
        lambda: Codes("KPC1:A", "KPC1:B", "zz1"),
    ],
)
def test_what_does_not_belong_together_is_not_drawn(draw_wrongly: Callable[[], object]) -> None:
    with pytest.raises(ValueError, match=r"another|codes|copies|bar code"):
        draw_wrongly()


def test_days_and_amounts_are_written_one_way() -> None:
    assert day(date(2026, 3, 9)) == "09 Mar 2026"
    assert amount(Decimal("1234567.8")) == "1 234 567.80"
    assert amount(Decimal("0")) == "0.00"


def test_a_code_too_dense_for_a_camera_is_told() -> None:
    with pytest.raises(TooLongForPaper) as caught:
        draw(PLAIN, printed=codes(compact=700))
    assert caught.value.field == "signed code"
