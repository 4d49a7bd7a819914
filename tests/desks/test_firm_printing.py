"""Printing by the exporter: off until the office turns it on; the number, the codes and the proof stay the office's."""

import io
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from kpdesk import practice
from kpdesk.desks import applications, issuing, printing_out, seat, seat_printing, seats, sheets, stock, supervisor
from kpdesk.desks.auditor import verify_history
from kpdesk.desks.desk import Desk
from kpdesk.desks.printing_out import DataDiffers, NotAllotted, NotBoundYet, NotByTheFirm, NothingReported
from kpdesk.desks.reading import Reader, texts_of
from kpdesk.desks.seat_printing import NoBlank, NotApproved
from kpdesk.desks.sheets import QuestionOpen, Sheet
from kpdesk.domain.allotted import Printed
from kpdesk.domain.certificate import Number
from kpdesk.domain.issuance import State
from kpdesk.domain.outcomes import Outcome
from kpdesk.domain.shipment import Container
from kpdesk.domain.stock import Paper, StockKind, StockNotReady, StockState
from kpdesk.exchange.applications import from_record, to_record
from kpdesk.practice import APPROVER, COUNTER, PREPARER, SUPERVISOR, SUPERVISOR_2
from kpdesk.printing.pages import render
from kpdesk.signing.letters import LetterAltered, open_letter, write_letter
from kpdesk.store import keeping
from tests.desks.practice_books import BLANK, CERTIFICATE, GOODS, PARCEL, SHIPMENT, Books
from tests.desks.practice_seat import seat_of
from tests.desks.test_seat import DRAFT
from tests.desks.test_seat import GOODS as ANNOUNCED

At = Callable[[str], Books]
OWN, OTHER = "ZZ2026005001", "ZZ2026005002"
"""Blanks that are allotted to the firm."""


def turn_on(books: Books, setting: str) -> None:
    one, two = books[SUPERVISOR], books[SUPERVISOR_2]
    supervisor.change_setting(one, two, name=setting, value=True, effective_from=one.today)


def test_a_firm_prints_its_own_certificate_on_the_blank_an_officer_bound(at: At) -> None:
    books = at("approved")
    desk, officer = books[COUNTER], books[PREPARER]
    with pytest.raises(NotByTheFirm):
        printing_out.print_own(desk, SHIPMENT)
    turn_on(books, "exporter_prints")
    assert not printing_out.may_print_own(desk, SHIPMENT)
    with pytest.raises(NotBoundYet):
        printing_out.print_own(desk, SHIPMENT)
    sheets.load_blank(officer, BLANK)
    sheets.bind_number(officer, CERTIFICATE, blank=BLANK)
    assert printing_out.may_print_own(desk, SHIPMENT)
    number, pdf = printing_out.print_own(desk, SHIPMENT)
    assert (number, pdf) == (BLANK, sheets.pdf_of(officer, BLANK))
    with pytest.raises(QuestionOpen):
        printing_out.print_own(desk, SHIPMENT)
    question = sheets.open_question(officer)
    assert question is not None
    assert question.number == BLANK
    assert sheets.answer(officer, BLANK, Sheet.GOOD, read=[BLANK]).state is State.ISSUED
    with pytest.raises(NotBoundYet):
        printing_out.print_own(desk, SHIPMENT)


@pytest.fixture(scope="module")
def reader() -> Iterator[Reader]:
    with Reader() as made:
        yield made


@pytest.fixture
def firm(at: At, tmp_path: Path, reader: Reader) -> Iterator[tuple[Books, Desk]]:
    """An office with an approved certificate, asked for from a seat that has two blanks."""
    with ExitStack() as closing:
        books = at("bagged")
        own = seat_of(books, tmp_path / "seat")
        closing.callback(own.store.close)
        one, two, desk = books[SUPERVISOR], books[SUPERVISOR_2], books[COUNTER]
        turn_on(books, "firm_prints_data")
        edition = one.office.edition
        stock.receive_stock(one, two, what=StockKind.BLANK, numbers=[OWN, OTHER], paper=Paper.SECURITY, edition=edition)
        printing_out.allot(one, two, numbers=[OWN, OTHER], exporter="EXP-0041")
        file = seat.write_application(own, DRAFT, ANNOUNCED, reader=reader)
        announced = seats.take_application(desk, reader, file.read_bytes()).id
        _, draft = seats.draft_of(desk, announced)
        shipment = applications.apply(desk, replace(draft, parcels=(PARCEL,))).number
        readings = {PARCEL: practice.read_balance(GOODS.carats, books[PREPARER])}
        containers = (Container(books.office.next_stock("TS"), (PARCEL,)),)
        issuing.seal(books[PREPARER], shipment, containers=containers, readings=readings)
        issuing.prepare(books[PREPARER], shipment)
        seat.take_answer(own, seats.answer(desk, "SEAT-0001").read_bytes())
        with pytest.raises(NotApproved):
            seat_printing.print_data(own, "A-2026-000001", blank=OWN)
        issuing.approve(books[APPROVER], [CERTIFICATE])
        seat.take_answer(own, seats.answer(desk, "SEAT-0001").read_bytes())
        yield books, own


def picture(pdf: bytes) -> np.ndarray:
    page = render(pdf, dpi=200, grey=True)
    rows = np.frombuffer(page.content, np.uint8).reshape(page.height, page.stride)
    return rows[:, : page.width]


def test_a_firm_prints_data_and_the_office_adds_the_codes_to_that_very_sheet(
    firm: tuple[Books, Desk], reader: Reader
) -> None:
    books, own = firm
    officer = books[PREPARER]
    assert [each.number for each in seat_printing.blanks(own)] == [OWN, OTHER]
    data, report = seat_printing.print_data(own, "A-2026-000001", blank=OWN)
    assert [each.number for each in seat_printing.blanks(own)] == [OTHER]
    with pytest.raises(NothingReported):
        printing_out.bring_sheet(officer, OWN)
    sheet = printing_out.take_printed(officer, report.read_bytes())
    assert printing_out.take_printed(officer, report.read_bytes()) == sheet
    assert printing_out.firm_sheets(officer) == (sheet,)
    brought = printing_out.bring_sheet(officer, OWN)
    with pytest.raises(NothingReported):
        printing_out.bring_sheet(officer, OWN)
    sheets.load_blank(officer, OWN, why="printed by the firm")
    sheets.bind_number(officer, brought.id, blank=OWN)
    codes = printing_out.spool_codes(officer, OWN)
    whole = sheets.pdf_of(officer, OWN)
    both = np.minimum(picture(data), picture(codes))
    # The code's white edge cuts a few dots off the words beneath it where all is drawn in one.
    differing = np.abs(both.astype(int) - picture(whole)) > 2
    assert differing.sum() < 60, "data and codes are the page that is archived"
    seen = io.BytesIO()
    Image.fromarray(both).save(seen, "PNG")
    read = texts_of(reader.read_bytes(OWN, seen.getvalue()))
    assert texts_of(reader.read_bytes(OWN, _png(data))) == (), "there is no code on what the firm prints"
    assert sheets.answer(officer, OWN, Sheet.GOOD, read=read).state is State.ISSUED
    assert verify_history(books[SUPERVISOR]).intact


def _png(pdf: bytes) -> bytes:
    seen = io.BytesIO()
    Image.fromarray(np.ascontiguousarray(picture(pdf))).save(seen, "PNG")
    return seen.getvalue()


def test_a_blank_bears_one_firm_s_data_once(firm: tuple[Books, Desk]) -> None:
    _, own = firm
    seat_printing.print_data(own, "A-2026-000001", blank=OWN)
    for blank in (OWN, BLANK):
        with pytest.raises(NoBlank):
            seat_printing.print_data(own, "A-2026-000001", blank=blank)


def report_of(own: Desk, **changes: object) -> bytes:
    """A report as the seat's key signs it, with other content."""
    _, file = seat_printing.print_data(own, "A-2026-000001", blank=OWN)
    printed = from_record(open_letter(file.read_bytes(), kind="printed", most=10**5).unproved(), Printed)
    record = to_record(replace(printed, **changes))  # type: ignore[arg-type]
    return write_letter(record, kind="printed", signer=own.approval_key)


@pytest.mark.parametrize(
    ("changes", "refused"),
    [
        ({"facts_digest": "0" * 64}, DataDiffers),
        ({"blank": BLANK}, NotAllotted),
        ({"office": "ZZ-NORTH"}, seats.ForAnotherOffice),
    ],
)
def test_a_report_that_does_not_fit_is_refused(
    firm: tuple[Books, Desk], changes: dict[str, object], refused: type[Outcome]
) -> None:
    books, own = firm
    content = report_of(own, **changes)
    with pytest.raises(refused):
        printing_out.take_printed(books[PREPARER], content)
    assert printing_out.firm_sheets(books[PREPARER]) == ()


def test_an_altered_report_is_refused(firm: tuple[Books, Desk]) -> None:
    books, own = firm
    content = report_of(own)
    with pytest.raises(LetterAltered):
        printing_out.take_printed(books[PREPARER], content.replace(OWN.encode(), OTHER.encode()))


def test_codes_go_on_no_sheet_that_no_firm_reported(at: At) -> None:
    books = at("bound")
    with pytest.raises(NothingReported):
        printing_out.spool_codes(books[PREPARER], BLANK)


def test_allotted_blanks_are_stock_that_is_counted_and_comes_back(firm: tuple[Books, Desk]) -> None:
    books, _ = firm
    one, two = books[SUPERVISOR], books[SUPERVISOR_2]
    assert [blank.number for blank in printing_out.allotted(one, "EXP-0041")] == [OWN, OTHER]
    assert printing_out.allotted(one, "EXP-0042") == ()
    count = printing_out.count_allotted(one, "EXP-0041", shown=[OWN, BLANK])
    assert (count.counted, count.missing, count.unknown, count.live) == (1, (OTHER,), (BLANK,), True)
    with pytest.raises(NotAllotted):
        printing_out.return_allotted(one, numbers=[OWN], exporter="EXP-0042")
    with pytest.raises(StockNotReady):
        printing_out.allot(one, two, numbers=[OWN], exporter="EXP-0042")
    assert printing_out.return_allotted(one, numbers=[OWN], exporter="EXP-0041") == 1
    stock.write_off(one, two, what=StockKind.BLANK, numbers=[OTHER], gone=True, report="R-1")
    assert printing_out.allotted(one, "EXP-0041") == ()
    with one.view() as unit:
        states = [unit.stock(StockKind.BLANK, Number(each).text).state for each in (OWN, OTHER)]
    assert states == [StockState.IN_SAFE, StockState.MISSING]
    assert keeping.KEPT


def test_nothing_is_allotted_where_the_setting_is_off(at: At) -> None:
    books = at("ready")
    with pytest.raises(NotByTheFirm):
        printing_out.allot(books[SUPERVISOR], books[SUPERVISOR_2], numbers=[BLANK], exporter="EXP-0041")
