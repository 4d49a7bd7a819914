"""A little work, its batch, its receipt; and batches made by hand, whose every digest and signature fits."""

from collections.abc import Callable
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

from kpdesk.desks import authority, batches, stock
from kpdesk.desks.batches import (
    CERTIFICATE,
)
from kpdesk.desks.desk import BATCH_KEY, own_key
from kpdesk.domain.batch import BatchHeader, read_batch_header
from kpdesk.domain.records import canonical
from kpdesk.domain.stock import StockKind
from kpdesk.exchange.archive import open_container, write_container
from kpdesk.practice import SUPERVISOR, SUPERVISOR_2
from kpdesk.signing import x509
from kpdesk.signing.cades import sign_cades
from kpdesk.signing.keys import KeyPair
from tests.desks.practice_books import Books

Files = dict[str, list[str]]
"""The lines of each file in a batch."""


def send(books: Books) -> batches.Sent:
    """A little work, and the batch that tells of it."""
    number = f"TX{books.size():06}"
    stock.receive_stock(books[SUPERVISOR], books[SUPERVISOR_2], what=StockKind.BAG, numbers=[number])
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


def national_size(books: Books) -> int:
    with books.national.view() as unit:
        return unit.head.size


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
