"""What is on the sheet? Blanks, the four answers, one question at a time, and the number on the void list."""

from collections.abc import Callable, Iterable

import pytest

from kpdesk.desks import ending, issuing, sheets, stock
from kpdesk.desks.proving import SheetDoesNotProve
from kpdesk.desks.sheets import (
    NotInYourHands,
    OtherEdition,
    OutOfOrder,
    QuestionOpen,
    Sheet,
    ThirdSheet,
)
from kpdesk.domain.certificate import Number
from kpdesk.domain.issuance import ChangedSinceSigned, NumberAlreadyBound, State
from kpdesk.domain.parcel import WrongState
from kpdesk.domain.parties import Role
from kpdesk.domain.stock import AlreadyInStock, NotInStock, Paper, StockKind, StockNotReady, StockState
from kpdesk.domain.trust import Reason, VoidNumber
from kpdesk.practice import APPROVER, PREPARER, SUPERVISOR, SUPERVISOR_2, bring_in
from kpdesk.signing import code
from kpdesk.store import lists as rows
from kpdesk.store.unit import NotFound
from tests.desks.practice_books import (
    BLANK,
    CERTIFICATE,
    GOODS,
    NEXT_BLANK,
    THIRD_BLANK,
    TODAY,
    Books,
    apply,
    print_sheet,
    seal,
)

At = Callable[[str], Books]


def states(books: Books) -> dict[str, str]:
    """Where each blank is, those aside that nobody touched."""
    found = books.sql("SELECT number, state FROM stock WHERE what = 'blank' AND state != 'with_officer'")
    return {str(number): str(state) for number, state in found}


def void(books: Books) -> set[VoidNumber]:
    with books[PREPARER].look() as session:
        return set(rows.void_numbers(session))


def answer(books: Books, number: str, what: Sheet, read: Iterable[str] = ()) -> State:
    return sheets.answer(books[PREPARER], number, what, read=read).state


# The number


def test_number_code_and_paper_come_into_being_together(at: At) -> None:
    books = at("approved")
    sheets.load_blank(books[PREPARER], BLANK)
    head = books.sql("SELECT size, digest FROM head")[0]
    slip = sheets.bind_number(books[PREPARER], CERTIFICATE, blank="zz2026-001377 ")
    assert (slip.number, slip.sheets, slip.state) == (Number(BLANK), 1, State.APPROVED)
    facts = sheets.facts_of_sheet(books[PREPARER], BLANK)
    # The anchor is the history as it stood before the entry that records the number.
    assert facts.anchor is not None
    assert (facts.anchor.epoch, facts.anchor.size) == (1, head[0])
    assert facts.anchor.head.hex() == str(head[1])[:20]
    (pdf,) = books.sql("SELECT content FROM papers WHERE digest = :digest", digest=slip.pdf_digest)[0]
    assert pdf == sheets.pdf_of(books[PREPARER], BLANK) == sheets.preview(books[PREPARER], CERTIFICATE)
    (signed,) = books.sql("SELECT code FROM certificates")[0]
    assert str(signed).startswith(code.PREFIX)


def test_before_the_number_there_is_a_preview_and_nothing_else(at: At) -> None:
    books = at("approved")
    assert sheets.preview(books[PREPARER], CERTIFICATE).startswith(b"%PDF")
    with pytest.raises(WrongState):
        sheets.pdf_of(books[PREPARER], BLANK)
    for act in (sheets.facts_of_sheet, sheets.spool):
        with pytest.raises(NotFound):
            act(books[PREPARER], BLANK)
    assert books.sql("SELECT count(*) FROM papers") == [(0,)]


def test_only_both_signatures_get_a_number(at: At) -> None:
    books = at("prepared")
    sheets.load_blank(books[PREPARER], BLANK)
    with pytest.raises(ChangedSinceSigned):
        sheets.bind_number(books[PREPARER], CERTIFICATE, blank=BLANK)


# The blank


def test_a_blank_is_loaded_by_who_holds_it_and_from_stock(at: At) -> None:
    books = at("approved")
    with pytest.raises(NotInYourHands) as refusal:
        sheets.load_blank(books[APPROVER], BLANK)
    assert refusal.value.holder == books[PREPARER].officer.id
    with pytest.raises(NotInStock):
        sheets.load_blank(books[PREPARER], "ZZ2026999999")
    with pytest.raises(WrongState):  # it is not in the tray yet
        sheets.bind_number(books[PREPARER], CERTIFICATE, blank=BLANK)
    sheets.load_blank(books[PREPARER], BLANK)
    with pytest.raises(StockNotReady):
        sheets.load_blank(books[PREPARER], BLANK)
    with pytest.raises(NotInYourHands):
        sheets.bind_number(books[APPROVER], CERTIFICATE, blank=BLANK)


@pytest.mark.parametrize(("number", "edition"), [("ZZ2026000001", "2025-1"), ("XZ2026000001", "2026-1")])
def test_a_blank_of_another_form_or_participant_bears_nothing(at: At, number: str, edition: str) -> None:
    books = at("approved")
    own = books[PREPARER].office.edition
    receive(books, number, edition=edition if edition != "2026-1" else own)
    sheets.load_blank(books[PREPARER], number)
    with pytest.raises(OtherEdition):
        sheets.bind_number(books[PREPARER], CERTIFICATE, blank=number)
    assert issuing.certificates(books[PREPARER])[0].sheets == 0


def test_blanks_are_used_in_their_order_or_with_a_reason(at: At) -> None:
    books = at("approved")
    for why in ("", " "):
        with pytest.raises(OutOfOrder) as refusal:
            sheets.load_blank(books[PREPARER], NEXT_BLANK, why=why)
        assert (refusal.value.number, refusal.value.next) == (NEXT_BLANK, BLANK)
    sheets.load_blank(books[PREPARER], NEXT_BLANK, why="damaged")
    (why,) = books.sql("SELECT json_extract(body, '$.why') FROM history ORDER BY sequence DESC LIMIT 1")
    assert why == ("damaged",)
    # What lies in the tray with nothing bound is offered first.
    assert [slip.number for slip in sheets.blanks_at_hand(books[PREPARER], limit=2)] == [NEXT_BLANK, BLANK]
    sheets.bind_number(books[PREPARER], CERTIFICATE, blank=NEXT_BLANK)
    assert [slip.number for slip in sheets.blanks_at_hand(books[PREPARER], limit=1)] == [BLANK]


def test_what_proved_a_sheet_is_kept(at: At) -> None:
    for read, how in (([BLANK], "number"), ([Number(BLANK).with_check], "bars"), (["1377"], "last four")):
        books = at("spooled")
        answer(books, BLANK, Sheet.GOOD, read)
        ((why,),) = books.sql(
            "SELECT json_extract(body, '$.why') FROM history WHERE subject = :it ORDER BY sequence DESC LIMIT 1",
            it=f"stock/blank-{BLANK}",
        )
        assert why == f"good by its {how}"


def receive(books: Books, number: str, *, edition: str) -> None:
    desk, second = books[SUPERVISOR], books[SUPERVISOR_2]
    stock.receive_stock(desk, second, what=StockKind.BLANK, numbers=[number], paper=Paper.SECURITY, edition=edition)
    stock.hand_out(desk, what=StockKind.BLANK, numbers=[number], officer=books[PREPARER].officer.id)


def test_one_number_a_certificate_and_one_certificate_a_number(at: At) -> None:
    books = at("bound")
    parcel = bring_in(books.office, GOODS)
    shipment = apply(books, parcels=(parcel,))
    seal(books, shipment, (parcel,))
    other = issuing.prepare(books[PREPARER], shipment).id
    issuing.approve(books[APPROVER], [other])
    with pytest.raises(NumberAlreadyBound) as refusal:
        sheets.bind_number(books[PREPARER], other, blank=BLANK)
    assert (refusal.value.certificate, refusal.value.number) == (CERTIFICATE, BLANK)
    sheets.load_blank(books[PREPARER], NEXT_BLANK)
    with pytest.raises(NumberAlreadyBound):
        sheets.bind_number(books[PREPARER], CERTIFICATE, blank=NEXT_BLANK)
    assert sheets.bind_number(books[PREPARER], other, blank=NEXT_BLANK).number == Number(NEXT_BLANK)


def test_a_number_is_unique_for_ever(at: At) -> None:
    books = at("issued")
    with pytest.raises(AlreadyInStock):
        receive(books, BLANK, edition=books[PREPARER].office.edition)
    with pytest.raises(StockNotReady):
        sheets.load_blank(books[PREPARER], BLANK)
    with pytest.raises(StockNotReady):
        sheets.spool(books[PREPARER], BLANK)


# The answers


@pytest.mark.parametrize("proof", ["code", "compact", "number", "check", "typed"])
def test_good_is_proved_by_what_stands_on_the_sheet(at: At, proof: str) -> None:
    books = at("spooled")
    full, compact = books.sql("SELECT code, compact_code FROM certificates")[0]
    read = {
        "code": str(full),
        "compact": str(compact),
        "number": BLANK,
        "check": Number(BLANK).with_check,
        "typed": "zz 2026 001377",
    }[proof]
    assert answer(books, BLANK, Sheet.GOOD, ["something else", read]) is State.ISSUED
    assert states(books) == {BLANK: "used"}
    assert void(books) == set()


@pytest.mark.parametrize("read", [(), ("",), (NEXT_BLANK,), ("KPC1:ABC",), (Number(NEXT_BLANK).with_check,), ("ZZ",)])
def test_what_proves_another_sheet_proves_nothing(at: At, read: tuple[str, ...]) -> None:
    books = at("spooled")
    size = books.size()
    with pytest.raises(SheetDoesNotProve):
        answer(books, BLANK, Sheet.GOOD, read)
    assert books.size() == size
    assert states(books) == {BLANK: "spooled"}
    question = sheets.open_question(books[PREPARER])
    assert question is not None
    assert question.number == BLANK


@pytest.mark.parametrize(
    ("what", "state", "reason"),
    [(Sheet.SPOILED, "spoiled", Reason.SPOILED), (Sheet.MISSING, "missing", Reason.MISSING)],
)
def test_a_lost_number_is_void_and_the_approvals_stand(at: At, what: Sheet, state: str, reason: Reason) -> None:
    books = at("spooled")
    assert answer(books, BLANK, what) is State.APPROVED
    assert states(books) == {BLANK: state}
    assert void(books) == {VoidNumber(Number(BLANK), reason, TODAY)}
    assert ("void", f"void/{BLANK}") in books.acts()
    with pytest.raises(NotFound):
        sheets.spool(books[PREPARER], BLANK)
    print_sheet(books, NEXT_BLANK)
    assert answer(books, NEXT_BLANK, Sheet.GOOD, [NEXT_BLANK]) is State.ISSUED
    (slip,) = issuing.certificates(books[PREPARER])
    assert (slip.number, slip.sheets) == (Number(NEXT_BLANK), 2)
    assert len(void(books)) == 1


def test_a_clean_sheet_is_printed_on_again_with_the_same_bytes(at: At) -> None:
    books = at("spooled")
    before = sheets.pdf_of(books[PREPARER], BLANK)
    assert answer(books, BLANK, Sheet.NOTHING) is State.APPROVED
    assert states(books) == {BLANK: "loaded"}
    assert void(books) == set()
    assert sheets.spool(books[PREPARER], BLANK) == before
    assert answer(books, BLANK, Sheet.GOOD, [BLANK]) is State.ISSUED


def test_the_question_comes_before_every_other_sheet(at: At) -> None:
    books = at("spooled")
    sheets.load_blank(books[PREPARER], NEXT_BLANK)
    for act in (
        lambda: sheets.spool(books[PREPARER], BLANK),
        lambda: sheets.bind_number(books[PREPARER], CERTIFICATE, blank=NEXT_BLANK),
        lambda: ending.end(books[PREPARER], books[SUPERVISOR], BLANK, state=State.VOID, why="wrong"),
    ):
        with pytest.raises(QuestionOpen) as refusal:
            act()
        assert refusal.value.number == BLANK
    answer(books, BLANK, Sheet.GOOD, [BLANK])
    assert sheets.open_question(books[PREPARER]) is None
    with pytest.raises(WrongState):
        answer(books, BLANK, Sheet.GOOD, [BLANK])


def test_a_sheet_leaves_the_printer_by_a_look_alone(at: At) -> None:
    """Found by the property of the numbers: loaded anew, a printed sheet would have been printed on again."""
    books = at("spooled")
    with pytest.raises(StockNotReady):
        sheets.load_blank(books[PREPARER], BLANK)
    assert states(books) == {BLANK: "spooled"}


def test_a_third_sheet_asks_for_a_supervisor(at: At) -> None:
    books = at("spooled")
    answer(books, BLANK, Sheet.SPOILED)
    print_sheet(books, NEXT_BLANK)
    answer(books, NEXT_BLANK, Sheet.MISSING)
    sheets.load_blank(books[PREPARER], THIRD_BLANK)
    for second in (None, books[APPROVER], books.of(Role.ISSUING, beside=SUPERVISOR)):
        with pytest.raises(ThirdSheet):
            sheets.bind_number(books[PREPARER], CERTIFICATE, blank=THIRD_BLANK, second=second)
    slip = sheets.bind_number(books[PREPARER], CERTIFICATE, blank=THIRD_BLANK, second=books[SUPERVISOR])
    assert slip.sheets == 3
    why = books.sql("SELECT json_extract(body, '$.why') FROM history WHERE subject = :it", it=f"certificate/{slip.id}")
    assert why[-1] == (f"with {books[SUPERVISOR].officer.id}",)


# Void before it is proved


def test_void_before_the_printer_spoils_the_sheet(at: At) -> None:
    books = at("bound")
    ended = ending.end(books[PREPARER], books[SUPERVISOR], BLANK, state=State.VOID, why="wrong", in_hand=BLANK)
    assert ended.state is State.VOID
    assert states(books) == {BLANK: "spoiled"}
    assert {each.reason for each in void(books)} == {Reason.VOID}
    with pytest.raises(StockNotReady):
        sheets.spool(books[PREPARER], BLANK)
    stock.destroy_stock(
        books[SUPERVISOR], books[SUPERVISOR_2], what=StockKind.BLANK, numbers=[BLANK], report="shredded"
    )
    assert states(books) == {BLANK: "destroyed"}


# Stock beside the printer


def test_stock_counted_in_by_two_is_handed_out_and_each_number_moves_once(at: At) -> None:
    books = at("ready")
    desk, second = books[SUPERVISOR], books[SUPERVISOR_2]
    numbers = [f"TS{number:06}" for number in range(61, 64)]
    assert stock.receive_stock(desk, second, what=StockKind.SEAL, numbers=numbers) == 3
    size = books.size()
    with pytest.raises(AlreadyInStock):  # all or none
        stock.receive_stock(desk, second, what=StockKind.SEAL, numbers=["TS000064", "TS000064"])
    assert books.size() == size
    with pytest.raises(NotFound):
        stock.hand_out(desk, what=StockKind.SEAL, numbers=numbers, officer="O-9999")
    held = stock.hand_out(desk, what=StockKind.SEAL, numbers=numbers, officer=second.officer.id)
    assert [(slip.number, slip.holder) for slip in held] == [(number, second.officer.id) for number in numbers]
    with pytest.raises(StockNotReady):
        stock.hand_out(desk, what=StockKind.SEAL, numbers=numbers[:1], officer=second.officer.id)
    with pytest.raises(StockNotReady):  # only what is spoiled is destroyed
        stock.destroy_stock(desk, second, what=StockKind.SEAL, numbers=[numbers[0]], report="none")
    assert len(stock.stock(desk, StockKind.SEAL, StockState.IN_SAFE, limit=100)) == 60


def test_a_blank_goes_back_the_way_it_came_as_long_as_it_is_clean(at: At) -> None:
    books = at("approved")
    sheets.load_blank(books[PREPARER], BLANK)
    with pytest.raises(NotInYourHands):
        sheets.unload_blank(books[APPROVER], BLANK)
    assert sheets.unload_blank(books[PREPARER], BLANK).state is StockState.WITH_OFFICER
    stock.take_back(books[SUPERVISOR], what=StockKind.BLANK, numbers=[BLANK])
    assert states(books) == {BLANK: "in_safe"}
    with pytest.raises(StockNotReady):
        sheets.load_blank(books[PREPARER], BLANK)
    stock.hand_out(books[SUPERVISOR], what=StockKind.BLANK, numbers=[BLANK], officer=books[APPROVER].officer.id)
    assert [slip.number for slip in sheets.blanks_at_hand(books[APPROVER])] == [BLANK]
    books = at("bound")
    with pytest.raises(NumberAlreadyBound):
        sheets.unload_blank(books[PREPARER], BLANK)
    books = at("spooled")
    for act in (
        lambda: sheets.unload_blank(books[PREPARER], BLANK),
        lambda: stock.take_back(books[SUPERVISOR], what=StockKind.BLANK, numbers=[BLANK]),
    ):
        with pytest.raises((NumberAlreadyBound, StockNotReady)):
            act()
    assert states(books) == {BLANK: "spooled"}


@pytest.mark.parametrize(
    ("gone", "state", "reason"), [(True, "missing", Reason.MISSING), (False, "spoiled", Reason.SPOILED)]
)
def test_a_number_lost_outside_the_printer_is_written_off_by_two(
    at: At, gone: bool, state: str, reason: Reason
) -> None:
    books = at("bound")
    one, two = books[SUPERVISOR], books[SUPERVISOR_2]
    stock.write_off(one, two, what=StockKind.BLANK, numbers=[NEXT_BLANK], gone=gone, report="report 7")
    assert states(books)[NEXT_BLANK] == reason.value
    assert void(books) == {VoidNumber(Number(NEXT_BLANK), reason, TODAY)}
    with pytest.raises(StockNotReady):
        sheets.load_blank(books[PREPARER], NEXT_BLANK)
    with pytest.raises(StockNotReady):
        stock.write_off(one, two, what=StockKind.BLANK, numbers=[NEXT_BLANK], gone=gone, report="again")
    with pytest.raises(NumberAlreadyBound):  # a certificate is on it
        stock.write_off(one, two, what=StockKind.BLANK, numbers=[BLANK], gone=gone, report="report 8")
    stock.write_off(one, two, what=StockKind.BAG, numbers=["TB000050"], gone=gone, report="report 9")
    assert len(void(books)) == 1


def test_the_officers_own_blanks_come_in_order(at: At) -> None:
    books = at("approved")
    mine = [slip.number for slip in sheets.blanks_at_hand(books[PREPARER])]
    assert mine == sorted(mine)
    assert len(mine) == 12
    assert sheets.blanks_at_hand(books[APPROVER]) == ()
    assert [slip.number for slip in sheets.blanks_at_hand(books[PREPARER], limit=2)] == [BLANK, NEXT_BLANK]
