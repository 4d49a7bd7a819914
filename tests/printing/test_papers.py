"""The office's papers and labels: all they state is on the page, nothing overlaps or is cut, codes and bytes hold."""

import tomllib
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import numpy as np
import pypdfium2
import pytest
import zxingcpp
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from kpdesk.domain.certificate import Anchor, Named
from kpdesk.domain.goods import Heading
from kpdesk.domain.measures import Carats, Money
from kpdesk.domain.papers import (
    BalanceLine,
    CaratsAre,
    ContainerLabel,
    Count,
    DaySheet,
    FeeReceipt,
    Goods,
    GoodsLine,
    LabelSize,
    ListColumn,
    ListSheet,
    NotAnAnchor,
    PaidLine,
    PaperKind,
    ParcelLabel,
    ReadingLine,
    ReworkSheet,
    WeightSheet,
    anchor_code,
    read_anchor,
)
from kpdesk.printing import labels, papers
from kpdesk.printing.a4 import HEIGHT, WIDTH
from kpdesk.printing.form import Box
from kpdesk.printing.pages import page_count, render
from kpdesk.printing.papers import Head
from kpdesk.printing.wording import wording
from resources import path

LANGUAGES = ("en", "fr", "pt", "ru")
AT = datetime(2026, 11, 22, 14, 5, tzinfo=UTC)
HEAD = Head(
    number="D-2026-000031",
    office="Practice Diamond Office ZZ",
    authority="National Diamond Office of Practice ZZ",
    place="Practice Town",
    at=AT,
    practice=False,
)
LONG = Named(
    "Société coopérative d’exercice pour l’exploitation et le commerce de diamants bruts de Haute-Vallée S.à r.l.",
    "Immeuble de l’Œuvre, 118 bis avenue du Général-Exemple, quartier Île-de-l’Être, boîte 12 345, Ville-Haute",
    "EXP-2026-000041-REN",
)
CYRILLIC = Named("ООО «Учебный экспортёр Щёлково»", "ул. Примерная, 14, Верхний город", "ЭКС-0041")
ZERO = Carats.of("0")


def line(number: int) -> GoodsLine:
    return GoodsLine(
        parcel=f"P-2026-{number:06}",
        heading=list(Heading)[number % 3],
        origins=("AO", "CD", "ZZ") if number % 4 == 0 else ("ZZ",),
        packing=f"TB{number:09}" if number % 2 else "",
        pieces=number * 3711,
        carats=Carats.from_hundredths(number * 1234567) if number % 5 else None,
        carats_are=list(CaratsAre)[number % 3],
    )


LINES = tuple(line(number) for number in range(1, 26))
READINGS = tuple(
    ReadingLine(
        parcel=f"P-2026-{parcel:06}",
        sequence=sequence,
        officer="Практикант Один" if sequence == 1 else "Clerk Two with a rather long name",
        balance="JET-1",
        shown=f"{parcel * 1234}.{sequence:03} ct",
        carats=Carats.from_thousandths(parcel * 1234000 + sequence),
        by_hand="the balance does not answer" if sequence == 3 else "",
        at=AT + timedelta(seconds=61 * sequence),
        counted=sequence > 1,
    )
    for parcel in range(1, 26)
    for sequence in (1, 2, 3)
)
BALANCE = tuple(
    BalanceLine(
        origin=origin,
        before=Carats.of("1000.00"),
        after=Carats.of("600.00"),
        sold=Carats.of("399.50"),
        loss=Carats.of("0.50"),
        gain=ZERO,
        reason="Broken and chipped stones, dust of the sieve left on the table",
    )
    for origin in ("AO", "AO+CD+SL")
)
DRAWINGS: dict[str, Callable[[Named, str], bytes]] = {
    **{
        kind.value: lambda firm, language, kind=kind: papers.goods(  # type: ignore[misc]
            Goods(
                paper=kind,
                firm=None if kind is PaperKind.HAND_OVER else firm,
                given_by="Practice Driver",
                taken_by="Clerk One",
                lines=LINES,
                remark="Two bags inside one pouch; the pouch is kept with them. " * 4,
            ),
            HEAD,
            wording(language),
        )
        for kind in (PaperKind.DEPOSIT, PaperKind.RELEASE, PaperKind.HAND_OVER)
    },
    "weight_sheet": lambda firm, language: papers.weight_sheet(
        WeightSheet(
            firm=firm, lines=LINES, readings=READINGS, rounding="trade", officers=("Clerk One", "Clerk Two", "Three")
        ),
        HEAD,
        wording(language),
    ),
    "rework": lambda firm, language: papers.rework(
        ReworkSheet(
            what="sell",
            firm=firm,
            before=LINES[:3],
            after=LINES[3:8],
            balance=BALANCE,
            officer="Clerk One",
            supervisor="Supervisor One",
            buyer=CYRILLIC,
        ),
        HEAD,
        wording(language),
    ),
    "receipt": lambda firm, language: papers.receipt(
        FeeReceipt(
            payer=firm,
            about="ZZ2026001377",
            payments=(
                PaidLine(what="Certificate", ledger="Fees", base=None, rate="", amount=Money.of("150")),
                PaidLine(
                    what="Export duty", ledger="Levies", base=Money.of("98765432.10"), rate="3 %", amount=Money.of("9")
                ),
            ),
            paid_on=date(2026, 11, 22),
            paid_by="Central bank, receipt 2026/44871",
            officer="Clerk One",
        ),
        HEAD,
        wording(language),
    ),
    "day_sheet": lambda firm, language: papers.day_sheet(
        DaySheet(
            day=date(2026, 11, 22),
            counts=tuple(
                Count(
                    what=what,
                    opening="1 234 567.89",
                    received="0",
                    left="6",
                    expected="1 234 561.89",
                    counted="306",
                    agrees=what != "Seals",
                )
                for what in ("Parcels in the vault", "Carats in the vault", "Blanks", "Bags", "Seals")
            ),
            differences=(f"Seal TS000017 of {firm.name} is not accounted for",),
            anchor=Anchor(1, 1234567, bytes(range(10))),
            first="Supervisor One",
            second="Clerk Two",
        ),
        HEAD,
        wording(language),
    ),
    "list": lambda firm, language: papers.list_sheet(
        ListSheet(
            title="Parcels received and not yet weighed by two officers",
            columns=(
                ListColumn(heading="Parcel"),
                ListColumn(heading="Firm", share=2),
                ListColumn(heading="ct", figures=True),
            ),
            rows=tuple((f"P-2026-{number:06}", firm.name, "1 234 567.89") for number in range(90)),
            sums=("Total", "", "111 111 110.10"),
        ),
        HEAD,
        wording(language),
    ),
}


def texts(pdf: bytes) -> list[list[tuple[str, Box]]]:
    """Each page's pieces of text with the boxes that their ink fills."""
    pages = []
    with pypdfium2.PdfDocument(pdf) as document:
        for place in range(len(document)):
            page = document[place]
            text, placed = page.get_textpage(), []
            high = page.get_height() * 25.4 / 72
            for thing in page.get_objects(filter=[pypdfium2.raw.FPDF_PAGEOBJ_TEXT], textpage=text):
                left, low, right, top = (each * 25.4 / 72 for each in thing.get_bounds())
                placed.append((thing.extract().strip(), Box(left, high - top, right - left, top - low)))
            pages.append(placed)
    return pages


def words(pdf: bytes) -> str:
    return " ".join(" ".join(text for page in texts(pdf) for text, _ in page).split())


def codes(pdf: bytes, dpi: float = 200) -> list[str]:
    seen = render(pdf, dpi=dpi, grey=True)
    picture = Image.frombytes("L", (seen.width, seen.height), seen.content, "raw", "L", seen.stride)
    return [each.text for each in zxingcpp.read_barcodes(picture)]


def apart(placed: list[tuple[str, Box]], whole: Box) -> None:
    for text, place in placed:
        assert whole.x <= place.x, text
        assert place.right <= whole.right, text
        assert whole.y <= place.y, text
        assert place.bottom <= whole.bottom, text
    for index, (text, place) in enumerate(placed):
        for other, elsewhere in placed[index + 1 :]:
            assert not place.near(elsewhere, -0.2), f"{text} | {other}"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("firm", [LONG, CYRILLIC], ids=["long", "cyrillic"])
@pytest.mark.parametrize("name", DRAWINGS)
def test_nothing_overlaps_or_leaves_the_page(name: str, firm: Named, language: str) -> None:
    pdf = DRAWINGS[name](firm, language)
    inner = Box(19.5, 15, WIDTH - 39, HEIGHT - 26)
    for placed in texts(pdf):
        apart(placed, inner)
    if name not in ("hand_over",):
        assert "".join(firm.name.split()) in "".join(words(pdf).split())


def test_every_page_says_what_it_is_and_of_how_many() -> None:
    pages = texts(DRAWINGS["deposit"](LONG, "fr"))
    half = len(pages) // 2
    assert half >= 2
    for place, placed in enumerate(pages):
        said = [text for text, _ in placed]
        assert f"{place % half + 1} / {half}" in said
        assert any(HEAD.number in text for text in said)
        copy = (
            "for the office / Exemplaire pour le bureau" if place < half else "for the exporter / Exemplaire pour l’exp"
        )
        assert any(copy in text for text in said)
    assert any("MERCHANDISE" in text or "PARCEL" in text for text, _ in pages[1])


def test_the_sums_stand_with_the_last_row_and_signatures_with_their_statement() -> None:
    for count in range(16, 36):
        facts = Goods(
            paper=PaperKind.DEPOSIT,
            firm=LONG,
            given_by="",
            taken_by="Clerk One",
            lines=tuple(line(number) for number in range(1, count)),
        )
        pages = [[text for text, _ in placed] for placed in texts(papers.goods(facts, HEAD, wording("fr")))]
        half = len(pages) // 2
        (summed,) = {place % half for place, page in enumerate(pages) if any("Total" in each for each in page)}
        assert f"P-2026-{count - 1:06}" in pages[summed]
        signed = next(page for page in pages if any("FOR THE EXPORTER: NAME" in each for each in page))
        assert any("taken the goods" in each for each in signed)


@pytest.mark.parametrize("name", DRAWINGS)
def test_its_code_says_its_number_and_the_bytes_repeat(name: str) -> None:
    first, second = DRAWINGS[name](LONG, "fr"), DRAWINGS[name](LONG, "fr")
    assert first == second
    said = {"day_sheet": "KPA1:1:1234567:AAAQEAYEAUDAOCAJ"}.get(name, HEAD.number)
    assert codes(first) == [said]
    assert len(first) < 110_000


def test_a_paper_of_one_parcel_bears_its_number() -> None:
    facts = Goods(paper=PaperKind.RELEASE, firm=LONG, given_by="", taken_by="", lines=LINES[:1])
    assert codes(papers.goods(facts, HEAD, wording("en"))) == [LINES[0].parcel]


def test_practice_is_told_on_every_page() -> None:
    facts = Goods(paper=PaperKind.DEPOSIT, firm=LONG, given_by="", taken_by="", lines=LINES)
    for practice in (True, False):
        pages = texts(papers.goods(facts, replace(HEAD, practice=practice), wording("fr")))
        assert all(any(text == "PRACTICE" for text, _ in page) is practice for page in pages)


def test_the_wordings_have_the_same_keys_and_places() -> None:
    read = {each: tomllib.loads(path(f"papers/{each}.toml").read_text("utf-8")) for each in LANGUAGES}
    for language, entries in read.items():
        assert entries.keys() == read["en"].keys(), language
        assert all(isinstance(text, str) and text == text.strip() != "" for text in entries.values())
    assert wording("xx")("deposit").second == ""
    assert wording("fr")("deposit").second == "Dépôt de marchandises"


# Labels


LABEL = ParcelLabel(
    parcel="P-2026-000113",
    heading=Heading.UNSORTED,
    origins=("AO", "CD", "ZZ"),
    carats=Carats.of("1234567.89"),
    on=date(2026, 11, 22),
    office="Direction générale de l’expertise et de la certification des pierres précieuses",
    practice=True,
)


@pytest.mark.parametrize("size", LabelSize)
def test_a_label_reads_at_203_dots_an_inch(size: LabelSize) -> None:
    pdf = labels.parcel_label(LABEL, size)
    wide, high = size.millimetres
    apart(texts(pdf)[0], Box(0.5, 0.5, wide - 1, high - 1))
    seen = render(pdf, dpi=labels.DPI, grey=True)
    assert (seen.width, seen.height) == (wide * 8, high * 8)
    dots = np.frombuffer(seen.content, np.uint8).reshape(seen.height, seen.stride)[:, : seen.width]
    across = next(box.x for text, box in texts(pdf)[0] if text == LABEL.parcel)
    code = dots[:, : round((across - 1) * 8)]
    assert np.minimum(code, 255 - code).max() <= 3, "grey edges"
    dark = np.flatnonzero((code < 128).any(axis=0))
    assert (dark[-1] + 1 - dark[0]) % 21 == 0, "modules of whole dots"
    black = Image.fromarray(dots).point(lambda grey: 0 if grey < 128 else 255)
    assert [each.text for each in zxingcpp.read_barcodes(black)] == [LABEL.parcel]
    assert "1 234 567.89 ct" in words(pdf)
    assert pdf == labels.parcel_label(LABEL, size)


def test_a_parcel_without_carats_has_a_label_too() -> None:
    assert "– ct" in words(labels.parcel_label(replace(LABEL, carats=None), LabelSize.SMALL))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("firm", [LONG, CYRILLIC], ids=["long", "cyrillic"])
def test_a_container_tells_its_number_and_not_its_worth(firm: Named, language: str) -> None:
    facts = ContainerLabel(
        certificate="ZZ2026001377",
        exporter=firm,
        importer=LONG,
        destination="European Union",
        seal="TE00918273",
        place=2,
        containers=12,
        office=HEAD.office,
        authority=HEAD.authority,
        practice=True,
    )
    pdf = labels.container_label(facts, wording(language))
    apart(texts(pdf)[0], Box(3, 3, 94, 144))
    assert page_count(pdf) == 1
    assert codes(pdf, labels.DPI) == ["ZZ2026001377"]
    for stated in ("2 / 12", "TE00918273", "PRACTICE"):
        assert stated in words(pdf)


# The anchor


@given(st.integers(1, 999_999), st.integers(0, 10**11), st.binary(min_size=10, max_size=10))
def test_an_anchor_is_read_back_however_it_is_typed(epoch: int, size: int, head: bytes) -> None:
    anchor = Anchor(epoch, size, head)
    code = anchor_code(anchor)
    assert read_anchor(code) == anchor
    assert read_anchor(f" {code[:-8].lower()} {code[-8:]}\n") == anchor


@given(st.text(max_size=200))
def test_any_other_text_is_no_anchor(text: str) -> None:
    with pytest.raises(NotAnAnchor):
        read_anchor(text)
