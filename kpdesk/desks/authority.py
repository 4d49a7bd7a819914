"""The national Authority: certifies offices, takes their batches, answers with receipts and lists.

Its side is a second store of the same schema, with four keys: CA, lists, receipts, encryption.
"""

import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, timedelta
from hashlib import sha256
from itertools import chain
from pathlib import Path
from typing import Any

from kpdesk.desks.batches import HISTORY, REVOCATIONS, Tally, trust_file
from kpdesk.desks.desk import Desk, own_key
from kpdesk.domain.batch import BatchFile, BatchHeader, Link, read_batch_header
from kpdesk.domain.certificate import Number
from kpdesk.domain.chain import OfficeState, Step, judge
from kpdesk.domain.history import Head, first_break
from kpdesk.domain.outcomes import Refusal, Trouble
from kpdesk.domain.parties import Role
from kpdesk.domain.receipt import Receipt, Remark, Result, read_receipt
from kpdesk.domain.records import NotCanonical, canonical, digest, parse
from kpdesk.domain.trust import (
    Algorithm,
    IssuerKey,
    Lists,
    Purpose,
    Reason,
    ReceivedNumber,
    VoidNumber,
)
from kpdesk.exchange.archive import Container, open_container, write_container
from kpdesk.exchange.lines import read_lines, validate
from kpdesk.signing import envelope, x509
from kpdesk.signing import lists as lists_files
from kpdesk.signing.cades import Signature, sign_cades, verify_cades
from kpdesk.store import sending
from kpdesk.store.unit import Unit

CA_KEY, LISTS_KEY, RECEIPTS_KEY, ENCRYPTION_KEY = "ca", "lists", "receipts", "encryption"
RECEIPT_CERTIFICATE, ENCRYPTION_CERTIFICATE = "receipt_certificate", "encryption_certificate"
LISTS_LAST = timedelta(days=30)
MOST_REMARKS = 1000


@dataclass(eq=False)
class NotARequest(Trouble):
    """The file is no office's request to be certified."""


@dataclass(eq=False)
class NotForPractice(Refusal):
    """A real Authority's key leaves its store for nobody."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """A batch that was looked into: who, which, and what speaks against it."""

    header: BatchHeader
    digest: str
    step: Step
    remarks: tuple[Remark, ...]
    signer: Signature


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """What came of a batch that arrived."""

    receipt: Receipt
    content: bytes
    """The signed receipt, to be sent back."""


# Certifying


def certify(desk: Desk, request: bytes) -> tuple[bytes, bytes]:
    """Certify an office's batch key and put its code key on the lists; its certificate and the revocations.

    Raises NotARequest, RequestUnfit.
    """
    desk.must(Role.AUTHORITY)
    record = read_request(request)
    office = record["office"]
    with desk.unit() as unit:
        ca = own_key(unit.session, CA_KEY, sealing_key=desk.data_key)
        certificate = x509.certify(
            bytes.fromhex(record["request"]),
            authority=desk.authority.ca_certificate,
            pair=ca,
            office=office,
            role=x509.Role.OFFICE_SOFTWARE,
            at=desk.clock(),
        )
        serial = x509.serial(x509.load(certificate))
        sending.keep_office_certificate(unit, serial=serial, office=office, content=certificate)
        _list_issuer(desk, unit, record)
        unit.note_record("certify", "office", office, {"code_key": record["code_key"]})
        return certificate, trust_file(unit, REVOCATIONS)


def list_foreign_issuer(desk: Desk, request: bytes) -> None:
    """Put another participant's code key on the lists, after its fingerprint was compared by voice, by two."""
    desk.must(Role.AUTHORITY)
    record = read_request(request)
    with desk.unit() as unit:
        _list_issuer(desk, unit, record)
        unit.note_record("list_foreign_issuer", "issuer", record["office"], {"code_key": record["code_key"]})


def read_request(content: bytes) -> dict[str, Any]:
    """A request's record; raises NotARequest."""
    try:
        record = parse(content.decode())
        if record["format"] != "kpdesk-request/1" or len(content) > 64 * 1024:
            raise NotARequest
        texts = ("office", "participant", "authority", "request", "code_key")
        if not all(isinstance(record[name], str) for name in texts):
            raise NotARequest
        bytes.fromhex(str(record["request"]) + str(record["code_key"]))
    except (NotCanonical, KeyError, ValueError) as problem:
        raise NotARequest from problem
    return dict(record)


def _list_issuer(desk: Desk, unit: Unit, record: Mapping[str, Any]) -> None:
    try:
        key = IssuerKey(
            participant=record["participant"],
            authority=record["authority"],
            algorithm=Algorithm.ES256,
            public=bytes.fromhex(record["code_key"]),
            valid_from=desk.today - timedelta(days=1),
            purposes=(Purpose.CODE, Purpose.CONFIRMATION),
        )
    except ValueError as problem:
        raise NotARequest from problem
    sending.keep_issuer(unit, key)


# Batches


def open_batch(desk: Desk, path: Path) -> Opened:
    """Decrypt, verify and look into a batch; it changes nothing."""
    desk.must(Role.AUTHORITY)
    with desk.view() as unit, _container(desk, unit, path) as container:
        header = read_batch_header(container.read("batch.json"))
        state = sending.office_state(unit, header.office)
        step = judge(header, container.digest, state)
        return Opened(
            header=header,
            digest=container.digest,
            step=step,
            remarks=tuple(_remarks(container, header, state.history)),
            signer=container.signed,
        )


def accept_batch(desk: Desk, path: Path) -> Taken:
    """Take a batch in, all or nothing, and answer with a signed receipt that carries revocations and lists.

    The same batch again gets the receipt of that time. One that comes too early waits; a forked, rewritten or rewound
    one is rejected. A rejected batch keeps its place in the chain.
    """
    desk.must(Role.AUTHORITY)
    with desk.unit() as unit, _container(desk, unit, path) as container:
        header = read_batch_header(container.read("batch.json"))
        state = sending.office_state(unit, header.office)
        step = judge(header, container.digest, state)
        if step is Step.SAME_AGAIN:
            return _receipt_of(unit, container.digest)
        if step is Step.TAKE:
            remarks = tuple(_remarks(container, header, state.history))
            result = Result.REJECTED if remarks else Result.ACCEPTED
            if not remarks:
                _apply(unit, container, header)
            state = state.taken(header, container.digest)
            sending.keep_batch(unit, header, container.digest, desk.clock())
        elif step is Step.GAP:
            result, remarks = Result.PENDING, (Remark(step.value),)
            sending.keep_waiting(unit, header, container.digest, path.read_bytes())
            state = state.kept(header, container.digest)
        else:
            result, remarks = Result.REJECTED, (Remark(step.value),)
        unit.note_record(
            "accept_batch", "batch", header.file_name, {"sha256": container.digest, "result": result.value}
        )
        return _answer(desk, unit, header, container.digest, state, result, remarks)


def waiting(desk: Desk, office: str) -> Iterator[bytes]:
    """The batches of an office that waited and are now next, as they came; each is to be accepted."""
    with desk.view() as unit:
        state = sending.office_state(unit, office)
        found = sending.waiting_batch(unit, office, state.next)
    if found is not None:
        yield found
        yield from waiting(desk, office)


@contextmanager
def _container(desk: Desk, unit: Unit, path: Path) -> Iterator[Container[Signature]]:
    """The container in an encrypted batch file, its signature that of a certified office."""

    def verify(signature: bytes, manifest: bytes) -> Signature:
        return verify_cades(
            signature,
            manifest,
            authority=desk.authority.ca_certificate,
            revocations=trust_file(unit, REVOCATIONS),
            at=desk.clock(),
            roles=x509.OFFICE,
        )

    with tempfile.TemporaryDirectory() as work:
        plain = Path(work) / path.name.removesuffix(".p7m")
        if path.name.endswith(".p7m"):
            key = encryption_key(desk, unit)
            with path.open("rb") as source, plain.open("wb") as target:
                envelope.decrypt(source, target, certificate=desk.authority.encryption_certificate, key=key)
        else:
            plain = path
        with open_container(plain, verify=verify) as container:
            yield container


def encryption_key(desk: Desk, unit: Unit) -> Any:
    """The Authority's RSA key, sealed under its store's key."""
    return envelope.read_key(trust_file(unit, ENCRYPTION_KEY), passphrase=desk.data_key.hex().encode())


def _remarks(container: Container[Signature], header: BatchHeader, known: Head) -> Iterator[Remark]:
    """What speaks against the content: another office's batch, files, schemas, the history, the totals."""
    if container.signed.signer.office != header.office:
        yield Remark("KPB-201")
    named = {file.path: file for file in header.files}
    if set(named) | {"batch.json"} != set(container.files):
        yield Remark("KPB-401")
        return
    tally, afters = Tally(), set()
    for name, file in named.items():
        if container.files[name].sha256 != file.sha256:
            yield Remark("KPB-402", name)
            return
        for fault in validate(_lines(container, file), file.schema):
            yield Remark("KPB-411", f"{name}#{fault.line}", fault.identity)
        if name != HISTORY:
            for record in _lines(container, file):
                tally.add(record)
                afters.add(bytes.fromhex(digest(canonical(record))))
    if tally.totals != header.totals:
        yield Remark("KPB-501")
    if HISTORY in named:
        yield from _history(_lines(container, named[HISTORY]), header, known, afters)


def _lines(container: Container[Signature], file: BatchFile) -> Iterator[dict[str, Any]]:
    return read_lines(container.blocks(file.path), file=file.path, announced=file.records)


def _history(lines: Iterator[dict[str, Any]], header: BatchHeader, known: Head, afters: set[bytes]) -> Iterator[Remark]:
    """The entries go on from what is known, are a whole chain to the header's head, and name records that are here."""
    orphans: list[str] = []

    def rows() -> Iterator[tuple[int, str, str, str]]:
        for line in lines:
            if bytes.fromhex(str(parse(line["body"])["after"])) not in afters:
                orphans.append(line["id"])
            yield int(line["id"]), line["previous"], line["body"], line["digest"]

    walk = rows()
    first = next(walk)
    # After a restore the office goes on from its backup, which may lie before what is known.
    start = known if header.first_entry == known.size + 1 else Head(first[0] - 1, first[1])
    reached, broken = first_break(chain((first,), walk), start)
    if broken is not None or reached != header.history:
        yield Remark("KPB-305", f"{HISTORY}#{(broken or header.history.size) - header.first_entry + 1}")
    yield from (Remark("KPB-502", HISTORY, entry) for entry in orphans[:MOST_REMARKS])


def _apply(unit: Unit, container: Container[Signature], header: BatchHeader) -> None:
    """Keep every revision of every record."""
    for file in header.files:
        if file.path != HISTORY:
            sending.keep_records(unit, header.office, _lines(container, file))


def trust_pem(desk: Desk) -> bytes:
    """What `openssl cms -verify -CAfile` wants: the CA's certificate and its revocations."""
    with desk.view() as unit:
        return x509.trust_pem(desk.authority.ca_certificate, trust_file(unit, REVOCATIONS))


def encryption_pem(desk: Desk) -> bytes:
    """The encryption key in clear, for the Authority's own tools: a practice Authority's only."""
    if not desk.office.practice:
        raise NotForPractice
    with desk.view() as unit:
        return envelope.write_key(encryption_key(desk, unit), passphrase=None)


# Receipts and lists


def make_lists(desk: Desk) -> bytes:
    """A new lists file: issuers' keys, void and received numbers of all offices as known now."""
    desk.must(Role.AUTHORITY)
    with desk.unit() as unit:
        return _lists(desk, unit)


def _lists(desk: Desk, unit: Unit) -> bytes:
    now = desk.clock().astimezone(UTC).replace(microsecond=0)
    sequence = unit.next("lists")
    lists = Lists(
        sequence=sequence,
        participant=desk.office.participant,
        authority=desk.office.authority,
        issued=now,
        next_update=now + LISTS_LAST,
        practice=desk.office.practice,
        keys=sending.issuers(unit),
        voids=tuple(
            VoidNumber(Number(record["id"]), Reason(record["reason"]), date.fromisoformat(record["since"]))
            for record in sending.records_of(unit, "void")
        ),
        received=tuple(
            ReceivedNumber(Number(record["id"]), record["where"], date.fromisoformat(record["on"]))
            for record in sending.records_of(unit, "received")
        ),
    )
    content = lists_files.make(lists, signer=own_key(unit.session, LISTS_KEY, sealing_key=desk.data_key))
    unit.note_record("make_lists", "lists", str(sequence), {"sha256": sha256(content).hexdigest()})
    return content


def _answer(
    desk: Desk,
    unit: Unit,
    header: BatchHeader,
    batch: str,
    state: OfficeState,
    result: Result,
    remarks: tuple[Remark, ...],
) -> Taken:
    before = sending.last_receipt(unit, header.office)
    now = desk.clock().astimezone(UTC).replace(microsecond=0)
    receipt = Receipt(
        office=header.office,
        number=before[0] + 1 if before else 1,
        previous=before[1] if before else None,
        batch=Link(header.place, batch),
        result=result,
        remarks=remarks[:MOST_REMARKS],
        received=now,
        last=state.last,
        history=state.history,
        missing=state.missing(header.place) if result is Result.PENDING else (),
        officers=sending.officers_of(unit, header.office),
    )
    signer = own_key(unit.session, RECEIPTS_KEY, sealing_key=desk.data_key)
    certificate = trust_file(unit, RECEIPT_CERTIFICATE)
    with tempfile.TemporaryDirectory() as work:
        path = Path(work) / receipt.file_name
        digest = write_container(
            path,
            {
                "receipt.json": receipt.text().encode(),
                "crl/authority.crl": trust_file(unit, REVOCATIONS),
                "lists/lists.kpl": _lists(desk, unit),
            },
            sign=lambda manifest: sign_cades(manifest, certificate=certificate, signer=signer, at=now),
        )
        content = path.read_bytes()
    sending.keep_receipt(unit, receipt, digest, content)
    return Taken(receipt=receipt, content=content)


def _receipt_of(unit: Unit, batch: str) -> Taken:
    """The receipt of a batch that was dealt with, byte for byte as it was given."""
    content = sending.receipt_of(unit, batch)
    assert content is not None
    with tempfile.TemporaryDirectory() as work:
        path = Path(work) / "receipt.asice"
        path.write_bytes(content)
        with open_container(path, verify=_our_own) as container:
            return Taken(receipt=read_receipt(container.read("receipt.json")), content=content)


def _our_own(signature: bytes, manifest: bytes) -> None:
    """Comes from our own store, which keeps it as it was signed."""
