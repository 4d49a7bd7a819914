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

from kpdesk.desks.batches import HISTORY, REVOCATIONS, trust_file
from kpdesk.desks.desk import Desk, apart, own_key
from kpdesk.desks.intake import batch_file, header_of, lines_of, remarks_on
from kpdesk.domain.batch import BatchHeader, Link
from kpdesk.domain.certificate import Number
from kpdesk.domain.chain import OfficeState, Step, judge
from kpdesk.domain.outcomes import Refusal, Trouble
from kpdesk.domain.parties import Role
from kpdesk.domain.receipt import Receipt, Remark, Result, read_receipt
from kpdesk.domain.records import NotCanonical, parse
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
from kpdesk.signing import envelope, x509
from kpdesk.signing import lists as lists_files
from kpdesk.signing.cades import Signature, sign_cades
from kpdesk.signing.revcheck import CertificateOfAnother
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
class OfOtherParticipant(Refusal):
    """Its own offices an Authority certifies; the keys of others' offices it only puts on its lists."""

    participant: str


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

    Raises NotARequest, RequestUnfit, OfOtherParticipant.
    """
    desk.must(Role.AUTHORITY)
    record = read_request(request)
    office = record["office"]
    if record["participant"] != desk.office.participant:
        raise OfOtherParticipant(record["participant"])
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


def list_foreign_issuer(desk: Desk, second: Desk, request: bytes) -> None:
    """Two people put another participant's code key on the lists, after its fingerprint was compared by voice."""
    desk.must(Role.AUTHORITY)
    second.must(Role.AUTHORITY)
    apart(desk, second, "list_foreign_issuer")
    record = read_request(request)
    if record["participant"] == desk.office.participant:
        raise OfOtherParticipant(record["participant"])
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
        header = _header(container)
        state = sending.office_state(unit, header.office)
        step = judge(header, container.digest, state)
        return Opened(
            header=header,
            digest=container.digest,
            step=step,
            remarks=tuple(remarks_on(container, header, state.history)),
            signer=container.signed,
        )


def accept_batch(desk: Desk, path: Path) -> Taken:
    """Take a batch in, all or nothing, and answer with a signed receipt that carries revocations and lists.

    The same batch again gets the receipt of that time. One that comes too early waits; a forked, rewritten or rewound
    one is rejected. A rejected batch keeps its place in the chain.
    """
    desk.must(Role.AUTHORITY)
    with desk.unit() as unit, _container(desk, unit, path) as container:
        header = _header(container)
        state = sending.office_state(unit, header.office)
        step = judge(header, container.digest, state)
        if step is Step.SAME_AGAIN:
            return _receipt_of(unit, container.digest)
        if step is Step.TAKE:
            remarks = tuple(remarks_on(container, header, state.history)) or _apply(unit, container, header)
            result = Result.REJECTED if remarks else Result.ACCEPTED
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


def accept_waiting(desk: Desk, office: str) -> tuple[Taken, ...]:
    """Take in what waited and is now next, one after the other."""
    taken: list[Taken] = []
    while True:
        with desk.view() as unit:
            content = sending.waiting_batch(unit, office, sending.office_state(unit, office).next)
        if content is None:
            return tuple(taken)
        with tempfile.TemporaryDirectory() as work:
            path = Path(work) / "waiting.asice.p7m"
            path.write_bytes(content)
            taken.append(accept_batch(desk, path))


@contextmanager
def _container(desk: Desk, unit: Unit, path: Path) -> Iterator[Container[Signature]]:
    """The container in a batch file, its signature that of an office certified here."""
    with batch_file(
        path,
        authority=desk.authority,
        revocations=trust_file(unit, REVOCATIONS),
        key=encryption_key(desk, unit),
        at=desk.clock(),
    ) as container:
        yield container


def encryption_key(desk: Desk, unit: Unit) -> Any:
    """The Authority's RSA key, sealed under its store's key."""
    return envelope.read_key(trust_file(unit, ENCRYPTION_KEY), passphrase=desk.data_key.hex().encode())


def _header(container: Container[Signature]) -> BatchHeader:
    """What the batch says of itself; one that another office signed has no place in any chain and no receipt.

    Raises HeaderDamaged, CertificateOfAnother.
    """
    header, signer = header_of(container), container.signed.signer
    if signer.office != header.office:
        raise CertificateOfAnother(signer.serial, signer.office, header.office)
    return header


def _apply(unit: Unit, container: Container[Signature], header: BatchHeader) -> tuple[Remark, ...]:
    """Keep every revision of every record, or none and say so where one was known before."""
    records = (lines_of(container, file) for file in header.files if file.path != HISTORY)
    if sending.keep_records(unit, header.office, chain.from_iterable(records)):
        return ()
    return (Remark("KPB-511"),)


def trust_pem(desk: Desk) -> bytes:
    """What `openssl cms -verify -CAfile` wants: the CA's certificate and its revocations."""
    with desk.view() as unit:
        return x509.trust_pem(desk.authority.ca_certificate, trust_file(unit, REVOCATIONS))


def revocations(desk: Desk) -> bytes:
    """The list of revocations in force, DER."""
    with desk.view() as unit:
        return trust_file(unit, REVOCATIONS)


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
