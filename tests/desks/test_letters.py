"""Letters to partners and exporters, amendments beside the certificate, copies and technical certificates."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from kpdesk.desks import advice, batches, copies, ending, exporting, issuing, leaving, registers, sheets
from kpdesk.desks.auditor import verify_history
from kpdesk.desks.copies import NoReason
from kpdesk.desks.exporting import NotADayOfReceipt
from kpdesk.desks.sheets import Sheet
from kpdesk.domain.advice import Amendable, Letter, LetterKind, NothingAmended, PreAdvice
from kpdesk.domain.certificate import Kind
from kpdesk.domain.issuance import SamePerson, State
from kpdesk.domain.leaving import Delivery
from kpdesk.domain.parcel import WrongState
from kpdesk.exchange.whole import FileNotWritten
from kpdesk.practice import APPROVER, AUDITOR, PREPARER, SUPERVISOR, SUPERVISOR_2, delivery_of
from kpdesk.practice import leaving as practice_work
from kpdesk.signing import advice as messages
from kpdesk.signing import lists as lists_files
from kpdesk.store import lists as rows
from tests.desks.practice_books import BLANK, CERTIFICATE, SHIPMENT, TODAY, Books, print_sheet

At = Callable[[str], Books]


def validated(at: At) -> Books:
    books = at("issued")
    practice_work.register(books.office)
    exporting.validate(books[APPROVER], BLANK)
    return books


def delivery(books: Books, *, carrier: str = "CAR-0001", **changes: Any) -> Delivery:
    return replace(delivery_of(issuing.certificates(books[PREPARER])[0], carrier=carrier), **changes)


def letters(books: Books) -> tuple[Letter, ...]:
    return advice.letters_of(books[PREPARER], CERTIFICATE)


def out(books: Books) -> set[str]:
    return {file.name for file in books[PREPARER].folder.out.iterdir()}


# Letters


def test_the_pre_advice_says_what_the_paper_says_and_nothing_of_the_way(at: At) -> None:
    books = validated(at)
    (letter,) = letters(books)
    assert (letter.what, letter.to, letter.language, letter.id) == (
        LetterKind.PRE_ADVICE, practice_work.PARTNER, "pt", "L-2026-000001",
    )  # fmt: skip
    assert out(books) == {f"{BLANK}-pre-advice.eml", f"{BLANK}-pre-advice.kpa"}
    mail = (books[PREPARER].folder.out / f"{BLANK}-pre-advice.eml").read_text("utf-8")
    for words in (
        "To: diamonds@practice-xz.example",
        "Pré-aviso",
        "1 234.56 ct",
        "US$ 99 382.08",
        "Practice Imports XZ",
    ):
        assert words in mail
    assert "ZZ 101" not in mail
    file = (books[PREPARER].folder.out / f"{BLANK}-pre-advice.kpa").read_bytes()
    read = messages.read(file, lists=lists_of(books))
    assert isinstance(read, PreAdvice)
    assert (read.facts, read.validated) == (sheets.facts_of_sheet(books[PREPARER], BLANK), TODAY)
    assert verify_history(books[AUDITOR]).intact


def lists_of(books: Books) -> Any:
    with books[PREPARER].look() as session:
        content = rows.lists_file(session)
    assert content is not None
    return lists_files.read(content, list_key=books[PREPARER].authority.list_key)


def test_without_the_partners_authority_the_letter_has_no_address(at: At) -> None:
    books = at("issued")
    found = leaving.conditions(books[APPROVER], BLANK)
    assert "partner_unknown" in {finding.rule.code for finding in found}
    exporting.validate(books[APPROVER], BLANK)
    assert letters(books)[0].to == ""
    assert "\nTo:" not in (books[PREPARER].folder.out / f"{BLANK}-pre-advice.eml").read_text("utf-8")


def test_a_full_disk_validates_nothing(at: At, monkeypatch: pytest.MonkeyPatch) -> None:
    books = at("issued")
    size = books.size()

    def full(*_: object) -> None:
        raise FileNotWritten("x", "ENOSPC")

    monkeypatch.setattr(advice, "lay_out", full)
    with pytest.raises(FileNotWritten):
        exporting.validate(books[APPROVER], BLANK)
    assert books.size() == size
    assert issuing.certificates(books[PREPARER])[0].state is State.ISSUED


@pytest.mark.parametrize("state", [State.VOID, State.INVALIDATED, State.LOST, State.RETURNED_UNUSED])
def test_a_number_that_was_pre_advised_is_called_back(at: At, state: State) -> None:
    books = validated(at)
    ending.end(books[PREPARER], books[SUPERVISOR], BLANK, state=state, why="x", in_hand=BLANK)
    assert [letter.what for letter in letters(books)] == [LetterKind.NOTICE, LetterKind.PRE_ADVICE]
    assert "is no longer valid" in (books[PREPARER].folder.out / f"{BLANK}-notice.eml").read_text("utf-8")


def test_nobody_is_told_of_a_number_nobody_was_advised_of(at: At) -> None:
    books = at("issued")
    ending.end(books[PREPARER], books[SUPERVISOR], BLANK, state=State.VOID, why="x", in_hand=BLANK)
    assert letters(books) == ()


def test_reminders_are_counted(at: At) -> None:
    books = at("exported")
    books.clock.pass_days(31)
    first, second = advice.remind(books[PREPARER], BLANK), advice.remind(books[SUPERVISOR], BLANK)
    assert (first.count, second.count, second.name) == (1, 2, f"{BLANK}-reminder-2")
    assert "31 days after its export" in (books[PREPARER].folder.out / f"{second.name}.eml").read_text("utf-8")
    assert advice.page(books[PREPARER], second).startswith(b"%PDF")
    exporting.book_confirmation(books[PREPARER], BLANK, on=TODAY + timedelta(days=3), why="slip 12")
    with pytest.raises(WrongState):
        advice.remind(books[PREPARER], BLANK)


def test_the_exporter_is_asked_for_the_exit(at: At) -> None:
    books = validated(at)
    with pytest.raises(WrongState):
        advice.ask_for_exit(books[PREPARER], BLANK)
    exporting.release(books[PREPARER], BLANK, delivery(books, carrier=""))
    books.clock.pass_days(8)
    letter = advice.ask_for_exit(books[PREPARER], BLANK)
    assert (letter.what, letter.to) == (LetterKind.EXIT, "EXP-0041")
    text = (books[PREPARER].folder.out / f"{letter.name}.eml").read_text("utf-8")
    assert "8 days ago" in text
    assert "a person, by hand" in text
    assert "Hand-Carrier" not in text


@pytest.mark.parametrize("on", [TODAY - timedelta(days=1), TODAY + timedelta(days=1), date(2030, 1, 1)])
def test_goods_are_received_after_they_left(at: At, on: date) -> None:
    books = at("exported")
    size = books.size()
    with pytest.raises(NotADayOfReceipt):
        exporting.book_confirmation(books[PREPARER], BLANK, on=on)
    assert books.size() == size


# Amendments


def amend(books: Books, **corrected: str) -> Any:
    wanted = {Amendable(name): words for name, words in corrected.items()}
    return advice.amend(books[PREPARER], books[SUPERVISOR], BLANK, corrected=wanted, why="a digit was left out")


def test_an_exported_certificate_is_amended_beside_it(at: At) -> None:
    books = at("exported")
    ((before,),) = books.sql("SELECT record FROM history WHERE kind = 'certificate' ORDER BY sequence DESC LIMIT 1")
    pdf = sheets.pdf_of(books[PREPARER], BLANK)
    made = amend(books, importer_address="Rua do Porto 15", parcels="2")
    assert (made.identity, len(made.approvals)) == ("A-2026-000001", 2)
    assert [(each.field, each.stated, each.correct) for each in made.instruction.corrections] == [
        (Amendable.IMPORTER_ADDRESS, "Rua do Porto 5", "Rua do Porto 15"),
        (Amendable.PARCELS, "1", "2"),
    ]
    assert {each.officer for each in made.approvals} == {books[name].officer.id for name in (PREPARER, SUPERVISOR)}
    file = (books[PREPARER].folder.out / f"{BLANK}-amendment.kpa").read_bytes()
    assert messages.read(file, lists=lists_of(books)) == made.instruction
    ((after,),) = books.sql("SELECT record FROM history WHERE kind = 'certificate' ORDER BY sequence DESC LIMIT 1")
    assert (after, sheets.pdf_of(books[PREPARER], BLANK)) == (before, pdf), "nothing is edited"
    assert advice.amendments_of(books[PREPARER], CERTIFICATE) == (made,)
    assert amend(books, parcels="3").identity == "A-2026-000002"
    assert verify_history(books[AUDITOR]).intact


@pytest.mark.parametrize("corrected", [{}, {"parcels": "1"}, {"parcels": " "}, {"parcels": "2", "seals": ""}])
def test_an_instruction_says_something(at: At, corrected: dict[str, str]) -> None:
    books = at("exported")
    size = books.size()
    with pytest.raises(NothingAmended):
        amend(books, **corrected)
    assert (books.size(), books.sql("SELECT count(*) FROM counters WHERE name LIKE 'amendment%'")) == (size, [(0,)])


def test_before_export_nothing_is_amended(at: At) -> None:
    books = validated(at)
    with pytest.raises(WrongState):
        amend(books, parcels="2")
    desk = books.of(*books[SUPERVISOR].officer.roles)
    with pytest.raises(SamePerson):
        advice.amend(desk, desk, BLANK, corrected={Amendable.PARCELS: "2"}, why="x")


def test_a_batch_carries_letters_and_amendments_but_no_name(at: At) -> None:
    books = validated(at)
    exporting.release(books[PREPARER], BLANK, delivery(books, carrier=""))
    exporting.report_export(books[PREPARER], BLANK, on=TODAY)
    amend(books, parcels="2")
    sent = batches.export_batch(books[SUPERVISOR], plain=True)
    assert sent.plain is not None
    content = sent.plain.read_bytes()
    assert b"Practice Hand-Carrier" not in content


# Copies and technical certificates


def test_copies_have_their_number_and_reason(at: At) -> None:
    books = at("issued")
    made = [copies.certified_copy(books[PREPARER], BLANK, why=why) for why in ("customs", "bank: Practice Bank")]
    assert [(each.identity, each.why) for each in made] == [
        (f"{BLANK}-1", "customs"), (f"{BLANK}-2", "bank: Practice Bank"),
    ]  # fmt: skip
    assert copies.copies_of(books[PREPARER], CERTIFICATE) == (made[1], made[0])
    with pytest.raises(NoReason):
        copies.certified_copy(books[PREPARER], BLANK, why=" ")
    with pytest.raises(WrongState):
        copies.certified_copy(at("bound")[PREPARER], BLANK, why="customs")


def test_a_technical_certificate_goes_the_same_way_and_is_no_trade(at: At) -> None:
    books = at("sealed")
    desk = books[PREPARER]
    assert [each.number for each in copies.not_drawn_up(desk)] == [SHIPMENT]
    assert copies.technical_page(desk, SHIPMENT).startswith(b"%PDF")
    with pytest.raises(NoReason):
        copies.prepare_technical(desk, SHIPMENT, why="")
    draft = copies.prepare_technical(desk, SHIPMENT, why="science")
    assert copies.not_drawn_up(desk) == ()
    issuing.approve(books[APPROVER], [draft.id])
    print_sheet(books, BLANK, draft.id)
    sheets.answer(desk, BLANK, Sheet.GOOD, read=[BLANK])
    exporting.validate(books[APPROVER], BLANK)
    exporting.release(desk, BLANK, delivery(books))
    slip = exporting.report_export(desk, BLANK, on=TODAY)
    assert (slip.state, slip.facts.kind) == (State.EXPORTED, Kind.TECHNICAL)
    with desk.look() as session:
        assert rows.exports(session, date(2026, 1, 1), date(2026, 12, 31)) == ()
    assert copies.technical_certificates(desk) == (slip,)


def test_the_practice_office_has_something_at_every_step(at: At) -> None:
    books = at("ready")
    practice_work.fill(books.office)
    desk = books[PREPARER]
    states = {state: len(leaving.waiting(desk, state)) for state in (State.VALIDATED, State.RELEASED, State.EXPORTED)}
    assert states == {State.VALIDATED: 1, State.RELEASED: 2, State.EXPORTED: 3}
    assert len(leaving.waiting_for_stamp(desk)) == 1
    assert registers.party(books[SUPERVISOR_2], practice_work.PARTNER).particulars.country == "XZ"
    assert verify_history(books[AUDITOR]).intact
