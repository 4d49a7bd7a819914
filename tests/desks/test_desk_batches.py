"""Office and Authority: batches in any order and however often, receipts, lists, and batches that are wrong."""

from collections.abc import Callable
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kpdesk.desks import authority, batches, intake, sheets, supervisor
from kpdesk.desks.authority import NotARequest, NotForPractice, OfOtherParticipant
from kpdesk.desks.batches import (
    CERTIFICATE,
    HISTORY,
    AuthoritySawAnotherHistory,
    NothingToSend,
    ReceiptForAnother,
    ReplyForAnother,
)
from kpdesk.desks.desk import BATCH_KEY, own_key
from kpdesk.domain.batch import BatchHeader, HeaderDamaged, read_batch_header
from kpdesk.domain.history import Head
from kpdesk.domain.measures import Carats
from kpdesk.domain.outcomes import Outcome as AnyOutcome
from kpdesk.domain.parties import Officer
from kpdesk.domain.receipt import Result
from kpdesk.domain.records import canonical, parse
from kpdesk.domain.stock import StockKind
from kpdesk.exchange.archive import open_container, write_container
from kpdesk.practice import PREPARER, SUPERVISOR, SUPERVISOR_2
from kpdesk.signing import lists as lists_files
from kpdesk.signing import x509
from kpdesk.signing.cades import sign_cades
from kpdesk.signing.keys import KeyPair
from kpdesk.signing.revcheck import CertificateOfAnother
from kpdesk.store import tables
from tests.desks.practice_books import Books, Shelf, receive

At = Callable[[str], Books]
Files = dict[str, list[str]]
"""The lines of each file in a batch."""


def send(books: Books) -> batches.Sent:
    """A little work, and the batch that tells of it."""
    number = f"TX{books.size():06}"
    supervisor.receive_stock(books[SUPERVISOR], books[SUPERVISOR_2], what=StockKind.BAG, numbers=[number])
    return batches.export_batch(books[SUPERVISOR], plain=True)


def take(books: Books, sent: batches.Sent) -> authority.Taken:
    return authority.accept_batch(books.national, sent.path)


def book(books: Books, taken: authority.Taken) -> bytes:
    """The receipt, taken in at the office; its lists come back."""
    path = books[SUPERVISOR].folder.out / taken.receipt.file_name
    path.write_bytes(taken.content)
    return batches.accept_receipt(books[SUPERVISOR], path)[1]


def codes(taken: authority.Taken) -> list[str]:
    return [remark.code for remark in taken.receipt.remarks]


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


def national_size(books: Books) -> int:
    with books.national.view() as unit:
        return unit.head.size


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


# What is not what was signed


def test_any_flipped_byte_is_found(at: At) -> None:
    books = at("ready")
    sent = send(books)
    assert sent.plain is not None
    size = national_size(books)
    for file in (sent.path, sent.plain):
        content = file.read_bytes()
        step = max(1, len(content) // 7)
        for place in (*range(0, len(content), step), len(content) - 1):
            damaged = file.with_name(f"damaged-{file.name}")
            damaged.write_bytes(content[:place] + bytes([content[place] ^ 0x20]) + content[place + 1 :])
            with pytest.raises(AnyOutcome):
                authority.accept_batch(books.national, damaged)
    assert national_size(books) == size
    assert take(books, sent).receipt.result is Result.ACCEPTED


@pytest.fixture(scope="module")
def fuzzed(shelf: Shelf, tmp_path_factory: pytest.TempPathFactory):  # type: ignore[no-untyped-def]
    books = shelf.take("ready", tmp_path_factory.mktemp("fuzzed"))
    yield books
    books.close()


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow], max_examples=20)
@given(st.binary(max_size=400), st.sampled_from(["a.asice", "a.asice.p7m"]), st.sampled_from([b"", b"PK\x03\x04"]))
def test_foreign_bytes_are_a_trouble(fuzzed: Books, content: bytes, name: str, start: bytes) -> None:
    path = fuzzed.national.folder.path / name
    path.write_bytes(start + content)
    for read in (
        lambda: authority.accept_batch(fuzzed.national, path),
        lambda: batches.accept_receipt(fuzzed[SUPERVISOR], path),
        lambda: authority.certify(fuzzed.national, content),
    ):
        with pytest.raises(AnyOutcome):
            read()


def test_a_batch_of_another_office_has_no_place_and_gets_no_receipt(at: At) -> None:
    """An office that the Authority certified signs a batch in our name."""
    books = at("ready")
    sent = send(books)
    other = second_office(books)
    forged = forge(books, sent, lambda files, header: header, signer=other)
    size = national_size(books)
    with pytest.raises(CertificateOfAnother) as trouble:
        authority.accept_batch(books.national, forged)
    assert (trouble.value.office, trouble.value.wanted) == ("ZZ-OTHER", "ZZ-MAIN")
    with pytest.raises(CertificateOfAnother):
        authority.open_batch(books.national, forged)
    assert national_size(books) == size
    # Our own is taken as if nothing had come.
    assert take(books, sent).receipt.result is Result.ACCEPTED


def second_office(books: Books) -> tuple[KeyPair, bytes]:
    """A key pair and the certificate of another office of the same Authority."""
    batch, code = KeyPair.generate(), KeyPair.generate()
    record = {
        "format": "kpdesk-request/1",
        "office": "ZZ-OTHER",
        "participant": "ZZ",
        "authority": "Other",
        "request": x509.make_request(batch.private, office="ZZ-OTHER").hex(),
        "code_key": code.public.hex(),
    }
    certificate, _ = authority.certify(books.national, canonical(record).encode())
    return batch, certificate


def test_only_an_authority_signs_receipts_and_each_for_its_batch(at: At, tmp_path: Path) -> None:
    books = at("ready")
    sent = send(books)
    assert sent.plain is not None
    with pytest.raises(AnyOutcome):  # an office's own container is no receipt
        batches.accept_receipt(books[SUPERVISOR], sent.plain)
    taken = take(books, sent)
    path = tmp_path / "receipt.asice"
    path.write_bytes(taken.content)
    elsewhere = at("ready")  # the same office before it sent anything
    with pytest.raises(ReceiptForAnother):
        batches.accept_receipt(elsewhere[SUPERVISOR], path)
    send(elsewhere)
    with pytest.raises(ReceiptForAnother):
        batches.accept_receipt(elsewhere[SUPERVISOR], path)


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


# Wrong batches, signed by the office itself


def forge(
    books: Books,
    sent: batches.Sent,
    change: Callable[[Files, BatchHeader], BatchHeader | None],
    *,
    signer: tuple[KeyPair, bytes] | None = None,
) -> Path:
    """A batch with other content, whose every digest and signature fits."""
    assert sent.plain is not None
    with open_container(sent.plain, verify=lambda signature, manifest: None) as container:
        header = read_batch_header(container.read("batch.json"))
        files = {
            name: container.read(name, most=50 * 1024**2).decode().splitlines()
            for name in container.files
            if name != "batch.json"
        }
    header = change(files, header) or header
    contents = {name: "".join(f"{line}\n" for line in lines).encode() for name, lines in files.items()}
    listed = tuple(
        replace(file, records=len(files[file.path]), sha256=sha256(contents[file.path]).hexdigest())
        for file in header.files
        if file.path in files
    )
    header = replace(header, files=listed)
    with books[SUPERVISOR].view() as unit:
        desk = books[SUPERVISOR]
        own = own_key(unit.session, BATCH_KEY, sealing_key=desk.personal_key, officer=desk.officer.id)
        pair, certificate = signer or (own, batches.trust_file(unit, CERTIFICATE))
    path = sent.plain.with_name("forged.asice")
    write_container(
        path,
        {**contents, "batch.json": header.text().encode()},
        sign=lambda manifest: sign_cades(manifest, certificate=certificate, signer=pair, at=header.created),
    )
    return path


def wrong_totals(files: Files, header: BatchHeader) -> BatchHeader:
    return replace(header, totals=replace(header.totals, carats=header.totals.carats + Carats.of("0.01")))


def changed_record(files: Files, header: BatchHeader) -> None:
    lines = files["data/parcel.ndjson"]
    lines[-1] = lines[-1].replace("EXP-0041", "EXP-0042")


def missing_record(files: Files, header: BatchHeader) -> None:
    files["data/stock.ndjson"].pop()


def more_records(files: Files, header: BatchHeader) -> None:
    record = parse(files["data/stock.ndjson"][0]) | {"id": "bag-TB777777", "number": "TB777777"}
    files["data/stock.ndjson"].append(canonical(record))


def no_history(files: Files, header: BatchHeader) -> BatchHeader:
    del files[HISTORY]
    return replace(header, files=tuple(file for file in header.files if file.path != HISTORY))


def short_history(files: Files, header: BatchHeader) -> None:
    files[HISTORY].pop()


def empty_history(files: Files, header: BatchHeader) -> None:
    files[HISTORY].clear()


def gap_in_history(files: Files, header: BatchHeader) -> None:
    del files[HISTORY][3]


def rewritten_act(files: Files, header: BatchHeader) -> None:
    lines = files[HISTORY]
    lines[-1] = lines[-1].replace("report_export", "report_import")


def another_head(files: Files, header: BatchHeader) -> BatchHeader:
    return replace(header, history=Head(header.history.size, "1" * 64))


def strange_line(files: Files, header: BatchHeader) -> None:
    line = parse(files[HISTORY][-1]) | {"body": "{}"}
    files[HISTORY][-1] = canonical(line)


def odd_certificate(files: Files, header: BatchHeader) -> None:
    lines = files["data/certificate.ndjson"]
    lines[3] = canonical({**parse(lines[3]), "facts": {"kind": "original"}})


def untyped(files: Files, header: BatchHeader) -> None:
    line = dict(parse(files["data/parcel.ndjson"][0]))
    del line["type"]
    files["data/parcel.ndjson"][0] = canonical(line)


def twice(files: Files, header: BatchHeader) -> None:
    files["data/stock.ndjson"].append(files["data/stock.ndjson"][0])


WRONG = {
    wrong_totals: {"KPB-501"},
    changed_record: {"KPB-502", "KPB-503"},
    missing_record: {"KPB-502"},
    more_records: {"KPB-503"},
    no_history: {"KPB-305"},
    short_history: {"KPB-305"},
    empty_history: {"KPB-305"},
    gap_in_history: {"KPB-305"},
    rewritten_act: {"KPB-305"},
    another_head: {"KPB-305"},
    strange_line: {"KPB-411"},
    odd_certificate: {"KPB-411"},
    untyped: {"KPB-411"},
    twice: {"KPB-511"},
}


@pytest.mark.parametrize("change", WRONG, ids=lambda change: change.__name__)
def test_a_wrong_batch_is_rejected_whole_with_what_is_wrong(
    at: At, change: Callable[[Files, BatchHeader], BatchHeader | None]
) -> None:
    books = at("exported")
    sent = batches.export_batch(books[SUPERVISOR], plain=True)
    taken = authority.accept_batch(books.national, forge(books, sent, change))
    assert taken.receipt.result is Result.REJECTED
    assert set(codes(taken)) == WRONG[change]
    with books.national.look() as session:
        assert session.execute(tables.office_records.select()).first() is None
    # It keeps its place, so that nothing can be sent there in its stead unnoticed.
    assert codes(take(books, sent)) == ["KPB-301"]


def test_files_that_no_header_names_and_headers_without_files(at: At) -> None:
    books = at("ready")
    sent = send(books)

    def stowaway(files: Files, header: BatchHeader) -> None:
        files["data/more.ndjson"] = []

    taken = authority.accept_batch(books.national, forge(books, sent, stowaway))
    assert codes(taken) == ["KPB-401"]


def test_a_container_without_a_header_is_no_batch(at: At, tmp_path: Path) -> None:
    books = at("ready")
    path = tmp_path / "none.asice"
    with books[SUPERVISOR].view() as unit:
        desk = books[SUPERVISOR]
        own = own_key(unit.session, BATCH_KEY, sealing_key=desk.personal_key, officer=desk.officer.id)
        certificate = batches.trust_file(unit, CERTIFICATE)
    write_container(
        path,
        {"data/parcel.ndjson": b""},
        sign=lambda manifest: sign_cades(manifest, certificate=certificate, signer=own, at=books.clock()),
    )
    with pytest.raises(HeaderDamaged):
        authority.accept_batch(books.national, path)


def test_a_receipt_for_what_the_office_did_not_send_is_refused(at: At) -> None:
    books = at("ready")
    sent = send(books)
    assert sent.plain is not None
    taken = authority.accept_batch(books.national, forge(books, sent, wrong_totals))
    assert taken.receipt.result is Result.REJECTED
    # The office never sent that one: its receipt is refused here.
    with pytest.raises(ReceiptForAnother):
        book(books, taken)


# Certified


def test_the_authority_certifies_its_own_and_lists_the_others(at: At) -> None:
    books = at("ready")
    request = parse(batches.request(books[SUPERVISOR]).decode())
    foreign = canonical(request | {"participant": "XZ"}).encode()
    own = canonical(request).encode()
    with pytest.raises(OfOtherParticipant):
        authority.certify(books.national, foreign)
    with pytest.raises(OfOtherParticipant):
        authority.list_foreign_issuer(books.national, own)
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
