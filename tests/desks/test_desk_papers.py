"""Papers of the counter on real books: archived under a number and a digest, found by what they are about, counted."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from hashlib import sha256

import pypdfium2
import pytest
import zxingcpp
from PIL import Image

from kpdesk.desks import archive, clerk, goods, papers
from kpdesk.desks.archive import DrawnAnew
from kpdesk.desks.auditor import verify_history
from kpdesk.desks.papers import NothingToList, NotOneFirm
from kpdesk.domain.certificate import Named
from kpdesk.domain.goods import Heading
from kpdesk.domain.history import Head
from kpdesk.domain.measures import Carats, Money
from kpdesk.domain.papers import (
    Count,
    DaySheet,
    FeeReceipt,
    LabelSize,
    ListColumn,
    ListSheet,
    PaidLine,
    PaperKind,
    read_anchor,
)
from kpdesk.domain.parcel import WrongState
from kpdesk.domain.sorting import Change, Wanted
from kpdesk.practice import APPROVER, AUDITOR, CLERK, CLERK_2, PREPARER, SUPERVISOR, read_balance
from kpdesk.printing.pages import page_count, render
from tests.desks.practice_books import PARCEL, Books, receive

At = Callable[[str], Books]


def words(pdf: bytes) -> str:
    with pypdfium2.PdfDocument(pdf) as document:
        pages = (document[place].get_textpage().get_text_bounded() for place in range(len(document)))
        return " ".join(" ".join(pages).split())


def codes(pdf: bytes) -> set[str]:
    seen = render(pdf, dpi=200, grey=True)
    picture = Image.frombytes("L", (seen.width, seen.height), seen.content, "raw", "L", seen.stride)
    return {each.text for each in zxingcpp.read_barcodes(picture)}


def test_a_deposit_is_archived_found_and_counted(at: At) -> None:
    books = at("ready")
    parcels = [receive(books), receive(books)]
    clerk.record_weighing(books[CLERK], parcels[0], reading=read_balance(Decimal("12.345"), books[CLERK]))
    declared = {parcels[1]: Carats.of("7.50")}
    made = papers.deposit(books[CLERK], parcels, brought_by="Practice Driver", declared=declared)
    assert (made.number, made.paper) == ("D-2026-000001", PaperKind.DEPOSIT)
    text = words(made.pdf)
    for stated in (*parcels, "Practice Exports ZZ SARL", "14 avenue de la Mission", "Practice Driver", "Clerk One"):
        assert stated in text
    assert "first reading" in text
    assert "declared" in text
    assert "19.845" in text
    for number in parcels:
        (paper,) = archive.papers_about(books[CLERK], f"parcel/{number}")
        assert paper.digest == sha256(made.pdf).hexdigest()
    assert archive.papers_about(books[CLERK], "parcel/P-2026-000003") == ()
    assert archive.pdf_of(books[AUDITOR], made.number) == made.pdf
    for _ in range(2):
        assert archive.print_again(books[CLERK], made.number) == made.pdf
    assert archive.papers_about(books[CLERK], f"parcel/{parcels[0]}")[0].prints == 2
    assert [act for act, subject in books.acts() if subject == "paper/D-2026-000001"] == [
        "draw_paper",
        "print_paper",
        "print_paper",
    ]
    assert verify_history(books[CLERK]).intact
    assert "Practice Driver" not in str(books.sql("SELECT record FROM history WHERE kind = 'paper'"))


def test_a_paper_is_for_one_firm(at: At) -> None:
    books = at("ready")
    mixed = [receive(books), receive(books, exporter="EXP-0042")]
    for act in (papers.deposit, papers.release, papers.weight_sheet):
        with pytest.raises(NotOneFirm):
            act(books[CLERK], mixed)
        with pytest.raises(NothingToList):
            act(books[CLERK], [])
    assert books.sql("SELECT count(*) FROM papers") == [(0,)]


def test_the_weight_sheet_shows_what_counted(at: At) -> None:
    books = at("ready")
    number = receive(books)
    with pytest.raises(WrongState):
        papers.weight_sheet(books[CLERK], [number])
    for name, carats in ((CLERK, "10.004"), (CLERK_2, "10.300"), (CLERK_2, "10.008")):
        clerk.record_weighing(books[name], number, reading=read_balance(Decimal(carats), books[name]))
    made = papers.weight_sheet(books[CLERK], [number])
    text = words(made.pdf)
    assert "10.01" in text
    assert text.count("✓") == 2 * page_count(made.pdf)
    assert "half a hundredth rounded up" in text
    assert codes(made.pdf) == {number}


def test_release_and_hand_over(at: At) -> None:
    books = at("bagged")
    carrier = Named("Practice Secure Carriers", "Airport, Gate 2", "CAR-0001/2025")
    given = words(papers.release(books[CLERK], [PARCEL], to=carrier, taken_by="Practice Courier One", why="export").pdf)
    assert "Practice Secure Carriers" in given
    assert "TB000001" in given
    handed = papers.hand_over(
        books[CLERK], [PARCEL], giver=books[CLERK].officer.id, taker=books[PREPARER].officer.id, why="vault"
    )
    assert "Clerk One" in words(handed.pdf)
    assert "Issuing One" in words(handed.pdf)


def test_the_protocol_of_a_change_balances(at: At) -> None:
    books = at("bagged")
    wanted = [Wanted(Heading.NON_INDUSTRIAL, Carats.of("400.00")), Wanted(Heading.INDUSTRIAL, Carats.of("834.50"))]
    made = goods.rework(
        books[CLERK],
        change=Change.SORT,
        parcels=[PARCEL],
        wanted=wanted,
        reasons={"ZZ": "Dust and chips"},
        second=books[SUPERVISOR],
    )
    drawn = papers.rework_sheet(books[CLERK], made.number)
    text = words(drawn.pdf)
    for stated in (
        PARCEL,
        *(slip.number for slip in made.parcels),
        "1 234.56",
        "0.06",
        "Dust and chips",
        "Supervisor One",
    ):
        assert stated in text
    assert len(archive.papers_about(books[CLERK], f"parcel/{made.parcels[0].number}")) == 1
    assert len(archive.papers_about(books[CLERK], f"rework/{made.number}")) == 1


def test_a_day_sheet_carries_the_anchor_of_the_history(at: At) -> None:
    books = at("bagged")
    with books[SUPERVISOR].view() as unit:
        anchor = unit.head.anchor(unit.epoch)
    count = Count(what="Blanks", opening="12", received="0", left="0", expected="12", counted="11", agrees=False)
    facts = DaySheet(
        day=date(2026, 11, 22),
        counts=(count,),
        differences=("ZZ2026001380",),
        anchor=anchor,
        first="Supervisor One",
        second="Clerk Two",
    )
    made = papers.day_sheet(books[SUPERVISOR], facts)
    (code,) = codes(made.pdf)
    assert read_anchor(code) == anchor
    text = words(made.pdf)
    assert "ZZ2026001380" in text
    assert f"{anchor.size}" in text
    assert read_anchor(code) != Head().anchor(1)


def test_receipts_and_lists(at: At) -> None:
    books = at("bagged")
    line = PaidLine(what="Certificate", ledger="Fees", base=None, rate="", amount=Money.of("150.00"))
    payer = Named("Practice Exports ZZ SARL", "", "")
    facts = FeeReceipt(
        payer=payer,
        about="S-2026-000001",
        payments=(line,),
        paid_on=date(2026, 11, 22),
        paid_by="bank 1",
        officer="Clerk One",
    )
    made = papers.receipt(books[CLERK], facts, subject="shipment/S-2026-000001")
    assert "150.00" in words(made.pdf)
    listed = ListSheet(title="Parcels", columns=(ListColumn(heading="Parcel"),), rows=((PARCEL,),))
    assert PARCEL in words(papers.list_sheet(books[AUDITOR], listed).pdf)
    assert [paper.number for paper in archive.latest(books[CLERK])] == ["D-2026-000002", "D-2026-000001"]
    assert [paper.number for paper in archive.latest(books[CLERK], before="D-2026-000002")] == ["D-2026-000001"]


def test_labels_are_counted_and_not_archived(at: At) -> None:
    books = at("bagged")
    for size in LabelSize:
        assert "1 234.56 ct" in words(papers.parcel_label(books[CLERK], PARCEL, size=size))
    (paper,) = archive.papers_about(books[CLERK], f"parcel/{PARCEL}")
    assert (paper.number, paper.prints, paper.digest) == (f"L-{PARCEL}", 3, "")
    with pytest.raises(DrawnAnew):
        archive.print_again(books[CLERK], paper.number)


def test_a_container_is_labelled_when_its_sheet_is_proved(at: At) -> None:
    books = at("spooled")
    with pytest.raises(WrongState):
        papers.container_labels(books[PREPARER], "ZZ2026001377")
    books = at("issued")
    (label,) = papers.container_labels(books[APPROVER], "ZZ 2026-001377")
    text = words(label)
    for stated in ("ZZ2026001377", "Practice Exports ZZ SARL", "Practice Imports XZ Lda", "TS00000", "1 / 1"):
        assert stated in text
    assert "234.56" not in text
    assert "ct" not in text.split()
    assert codes(label) == {"ZZ2026001377"}
