"""Office and Authority: batches in any order and however often, their receipts, who is certified."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from kpdesk.desks import authority, batches, intake, sheets, supervisor
from kpdesk.desks.authority import NotARequest, NotForPractice, OfOtherParticipant
from kpdesk.desks.batches import (
    AuthoritySawAnotherHistory,
    NothingToSend,
    ReplyForAnother,
)
from kpdesk.domain.batch import BatchHeader
from kpdesk.domain.outcomes import Outcome as AnyOutcome
from kpdesk.domain.parties import Officer
from kpdesk.domain.receipt import Result
from kpdesk.domain.records import canonical, parse
from kpdesk.practice import PREPARER, SUPERVISOR, SUPERVISOR_2
from kpdesk.signing import lists as lists_files
from kpdesk.signing import x509
from kpdesk.signing.keys import KeyPair
from kpdesk.signing.revcheck import CertificateOfAnother
from kpdesk.store import tables
from tests.desks.practice_batches import Files, book, codes, forge, national_size, second_office, send, take
from tests.desks.practice_books import Books, receive

At = Callable[[str], Books]


# There and back


def test_a_day_goes_to_the_authority_and_its_receipt_comes_back(at: At) -> None:
    books = at("exported")
    sent = batches.export_batch(books[SUPERVISOR])
    assert sent.path.name == "kpdesk-ZZ-MAIN-e01-000001.asice.p7m"
    assert sent.plain is None
    taken = take(books, sent)
    assert (taken.receipt.result, taken.receipt.remarks, taken.receipt.number) == (Result.ACCEPTED, (), 1)
    assert taken.receipt.batch.digest == sent.digest
    lists = book(books, taken)
    assert supervisor.accept_lists(books[SUPERVISOR], books[SUPERVISOR_2], lists).sequence == 2
    # The officers' keys count from now on.
    with books[SUPERVISOR].view() as unit:
        assert all(unit.get(Officer, slip.id).acknowledged for slip in supervisor.officers(books[SUPERVISOR]))
    size = books.size()
    book(books, taken)  # the same twice is once
    assert books.size() == size


def test_the_authority_keeps_every_revision_of_every_record(at: At) -> None:
    books = at("exported")
    take(books, batches.export_batch(books[SUPERVISOR]))
    with books.national.look() as session:
        kept = session.execute(
            tables.office_records.select().where(tables.office_records.c.kind == "certificate")
        ).all()
    assert [row.revision for row in kept] == [1, 2, 3, 4, 5, 6, 7]
    (told,) = books.sql("SELECT record FROM history WHERE kind = 'certificate' ORDER BY sequence DESC LIMIT 1")[0]
    assert max(kept, key=lambda row: row.revision).line == told


def test_what_the_office_did_with_a_number_reaches_everybodys_lists(at: At) -> None:
    books = at("spooled")
    sheets.answer(books[PREPARER], "ZZ2026001377", sheets.Sheet.MISSING)
    lists = book(books, take(books, batches.export_batch(books[SUPERVISOR])))
    known = lists_files.read(lists, list_key=books.national.authority.list_key)
    assert [void.number.text for void in known.voids] == ["ZZ2026001377"]


def test_without_work_there_is_nothing_to_send(at: At) -> None:
    books = at("ready")
    assert batches.unsent(books[SUPERVISOR]) > 100
    batches.export_batch(books[SUPERVISOR])
    assert batches.unsent(books[SUPERVISOR]) == 0
    with pytest.raises(NothingToSend):
        batches.export_batch(books[SUPERVISOR])
    receive(books)
    assert batches.unsent(books[SUPERVISOR]) == 1
    assert batches.export_batch(books[SUPERVISOR]).place.sequence == 2


def test_a_batch_that_could_not_be_written_is_none(at: At) -> None:
    books = at("ready")
    out = books[SUPERVISOR].folder.out
    out.mkdir()
    blocked = out / "kpdesk-ZZ-MAIN-e01-000001.asice.p7m"
    blocked.mkdir()
    size = books.size()
    with pytest.raises(AnyOutcome):
        batches.export_batch(books[SUPERVISOR])
    assert books.size() == size
    assert [each.name for each in out.iterdir()] == [blocked.name]
    blocked.rmdir()
    assert batches.export_batch(books[SUPERVISOR]).place.sequence == 1


# Whatever the order


def test_the_same_batch_twice_gets_the_same_receipt(at: At) -> None:
    books = at("ready")
    sent = send(books)
    first = take(books, sent)
    size = national_size(books)
    again = take(books, sent)
    assert again == first
    assert national_size(books) == size
    second = send(books)
    take(books, second)
    assert take(books, sent).content == first.content


def test_what_comes_too_early_waits_and_is_taken_in_its_turn(at: At) -> None:
    books = at("ready")
    one, two, three = send(books), send(books), send(books)
    third = take(books, three)
    assert (third.receipt.result, codes(third), third.receipt.missing) == (Result.PENDING, ["KPB-302"], (1, 2))
    second = take(books, two)
    assert (second.receipt.result, second.receipt.missing) == (Result.PENDING, (1,))
    assert authority.accept_waiting(books.national, "ZZ-MAIN") == ()
    assert take(books, one).receipt.result is Result.ACCEPTED
    waited = authority.accept_waiting(books.national, "ZZ-MAIN")
    assert [taken.receipt.result for taken in waited] == [Result.ACCEPTED, Result.ACCEPTED]
    assert [taken.receipt.batch.digest for taken in waited] == [two.digest, three.digest]
    assert authority.accept_waiting(books.national, "ZZ-MAIN") == ()
    # Their receipts are found again, and the office takes them in whatever order they come.
    assert take(books, three).content == waited[1].content
    for taken in (waited[1], waited[0], third):
        book(books, taken)


def test_looking_into_a_batch_changes_nothing(at: At) -> None:
    books = at("ready")
    sent = send(books)
    size = national_size(books)
    opened = authority.open_batch(books.national, sent.path)
    assert (opened.digest, opened.remarks, opened.signer.signer.office) == (sent.digest, (), "ZZ-MAIN")
    assert national_size(books) == size


def test_two_batches_at_one_place_raise_the_alarm(at: At) -> None:
    """The folder was copied, and both copies went on."""
    books = at("ready")
    first = send(books)
    assert take(books, first).receipt.result is Result.ACCEPTED
    forked = forge(books, first, lambda files, header: replace(header, origin="kpdesk/other"))
    taken = authority.accept_batch(books.national, forked)
    assert (taken.receipt.result, codes(taken)) == (Result.REJECTED, ["KPB-301"])
    assert take(books, send(books)).receipt.result is Result.ACCEPTED


def test_a_batch_that_follows_an_unknown_one_is_a_fork(at: At) -> None:
    books = at("ready")
    take(books, send(books))
    second = send(books)

    def elsewhere(files: Files, header: BatchHeader) -> BatchHeader:
        assert header.previous is not None
        return replace(header, previous=replace(header.previous, digest="0" * 64))

    taken = authority.accept_batch(books.national, forge(books, second, elsewhere))
    assert (taken.receipt.result, codes(taken)) == (Result.REJECTED, ["KPB-303"])


def test_a_history_rewritten_after_it_was_sent_is_noticed(at: At) -> None:
    books = at("ready")
    sent = send(books)
    taken = take(books, sent)
    for event in ("UPDATE", "DELETE"):
        books.sql(f"DROP TRIGGER history_no_{event}")
    change = "UPDATE history SET digest = 'ff' || substr(digest, 3) WHERE sequence = :at"
    books.sql(change, at=taken.receipt.history.size)
    with pytest.raises(AuthoritySawAnotherHistory) as trouble:
        book(books, taken)
    assert trouble.value.size == taken.receipt.history.size


# Certified


def test_the_authority_certifies_its_own_and_lists_the_others(at: At) -> None:
    books = at("ready")
    request = parse(batches.request(books[SUPERVISOR]).decode())
    foreign = canonical(request | {"participant": "XZ"}).encode()
    own = canonical(request).encode()
    other = replace(books.national, officer=replace(books.national.officer, id="O-0002"))
    with pytest.raises(OfOtherParticipant):
        authority.certify(books.national, foreign)
    with pytest.raises(OfOtherParticipant):
        authority.list_foreign_issuer(books.national, other, own)
    for bad in (b"", b"{}", own + b" ", canonical(request | {"format": "x"}).encode(), bytes(70_000)):
        with pytest.raises(NotARequest):
            authority.certify(books.national, bad)
    # Asked twice, it certifies twice and lists the code key once.
    certificate, revocations = authority.certify(books.national, own)
    batches.accept_certificate(books[SUPERVISOR], certificate=certificate, revocations=revocations)
    assert take(books, send(books)).receipt.result is Result.ACCEPTED


def test_a_certificate_for_another_key_is_not_taken(at: At) -> None:
    books = at("ready")
    _, certificate = second_office(books)
    revocations = authority.revocations(books.national)
    with pytest.raises(CertificateOfAnother):
        batches.accept_certificate(books[SUPERVISOR], certificate=certificate, revocations=revocations)
    pair, request = KeyPair.generate(), parse(batches.request(books[SUPERVISOR]).decode())
    request["request"] = x509.make_request(pair.private, office="ZZ-MAIN").hex()
    certificate, revocations = authority.certify(books.national, canonical(request).encode())
    with pytest.raises(ReplyForAnother):
        batches.accept_certificate(books[SUPERVISOR], certificate=certificate, revocations=revocations)


def test_a_real_authority_hands_its_key_to_nobody(at: At) -> None:
    books = at("ready")
    real = replace(books.national, office=replace(books.national.office, practice=False))
    with pytest.raises(NotForPractice):
        authority.encryption_pem(real)
    assert b"PRIVATE KEY" in authority.encryption_pem(books.national)


def test_anybody_with_the_authority_file_may_look(at: At) -> None:
    books = at("ready")
    sent = send(books)
    looked = intake.verify_file(
        sent.path,
        authority=books.national.folder.authority.read_bytes(),
        revocations=authority.revocations(books.national),
        key=authority.encryption_pem(books.national),
        at=books.clock(),
    )
    assert (looked.digest, looked.remarks) == (sent.digest, ())
