"""Batches that are not what they say: damaged, of another hand, or wrong and signed by the office itself."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kpdesk.desks import authority, batches
from kpdesk.desks.batches import (
    CERTIFICATE,
    HISTORY,
    ReceiptForAnother,
)
from kpdesk.desks.desk import BATCH_KEY, own_key
from kpdesk.domain.batch import BatchHeader, HeaderDamaged
from kpdesk.domain.history import Head
from kpdesk.domain.measures import Carats
from kpdesk.domain.outcomes import Outcome as AnyOutcome
from kpdesk.domain.receipt import Result
from kpdesk.domain.records import canonical, parse
from kpdesk.exchange.archive import write_container
from kpdesk.practice import SUPERVISOR
from kpdesk.signing.cades import sign_cades
from kpdesk.signing.revcheck import CertificateOfAnother
from kpdesk.store import tables
from tests.desks.practice_batches import Files, book, codes, forge, national_size, second_office, send, take
from tests.desks.practice_books import Books, Shelf

At = Callable[[str], Books]


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
def fuzzed(shelf: Shelf):  # type: ignore[no-untyped-def]
    books = shelf.take("ready")
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


# Wrong batches, signed by the office itself


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
