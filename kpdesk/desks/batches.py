"""What goes to the national Authority and what comes back: signed, encrypted batches, signed receipts (trust.md §2).

A batch holds every record changed since the last one and the history that tells of it. It is part of one chain:
sending the same again is the same file's place, and nothing sent is ever rewritten.
"""

import tempfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any

from kpdesk import __version__
from kpdesk.desks.desk import BATCH_KEY, CODE_KEY, Desk, own_key
from kpdesk.domain.batch import BatchFile, BatchHeader, Place, Totals
from kpdesk.domain.certificate import Facts
from kpdesk.domain.issuance import State
from kpdesk.domain.measures import Carats, Money, total_carats, total_money
from kpdesk.domain.outcomes import Refusal, Trouble
from kpdesk.domain.parties import Officer, Role
from kpdesk.domain.receipt import Receipt, read_receipt
from kpdesk.domain.records import Value, canonical
from kpdesk.exchange.archive import NewContainer, new_container, open_container
from kpdesk.exchange.lines import parse_line, write_lines
from kpdesk.exchange.whole import whole_file
from kpdesk.signing import envelope, x509
from kpdesk.signing.cades import Signature, sign_cades, verify_cades
from kpdesk.signing.revcheck import check_leaf
from kpdesk.store import lists as rows
from kpdesk.store import sending
from kpdesk.store.unit import Unit

HISTORY = "data/history.ndjson"
CERTIFICATE, REVOCATIONS = "batch_certificate", "revocations"
GRACE = timedelta(days=55)
"""How long an office offline goes on with an overdue list of revocations: 90 days from its making."""


@dataclass(eq=False)
class NothingToSend(Refusal):
    """Nothing was done since the last batch."""


@dataclass(eq=False)
class NotCertified(Refusal):
    """The Authority has not certified the office's batch key yet, or its answer was not taken in."""


@dataclass(eq=False)
class ReplyForAnother(Trouble):
    """The Authority's certificate is not for this office's key."""

    office: str


@dataclass(eq=False)
class ReceiptForAnother(Trouble):
    """The receipt speaks of a batch that this office did not send so."""

    batch: str


@dataclass(eq=False)
class AuthoritySawAnotherHistory(Trouble):
    """The history that the Authority has seen is not ours: somebody rewrote one of the two."""

    size: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """A batch that was written."""

    path: Path
    """The encrypted file, to be sent."""
    plain: Path | None
    """The container itself, kept only where asked for."""
    place: Place
    digest: str
    records: int


def request(desk: Desk) -> bytes:
    """The office's request to be certified by the Authority: its batch key, its code key, its officers."""
    desk.must(Role.SUPERVISOR)
    with desk.look() as session:
        batch = own_key(session, BATCH_KEY, sealing_key=desk.personal_key, officer=desk.officer.id)
        code_public, _ = rows.sealed_key(session, CODE_KEY, "")
        record = {
            "format": "kpdesk-request/1",
            "office": desk.office.code,
            "participant": desk.office.participant,
            "authority": desk.office.authority,
            "request": x509.make_request(batch.private, office=desk.office.code).hex(),
            "code_key": code_public.hex(),
        }
        return canonical(record).encode()


def accept_certificate(desk: Desk, *, certificate: bytes, revocations: bytes) -> None:
    """Take in the Authority's answer to `request`; raises ReplyForAnother and what an unfit certificate raises."""
    desk.must(Role.SUPERVISOR)
    check_leaf(
        certificate,
        authority=desk.authority.ca_certificate,
        revocations=revocations,
        at=desk.clock(),
        roles=x509.OFFICE,
        office=desk.office.code,
    )
    with desk.unit() as unit:
        public, _ = rows.sealed_key(unit.session, BATCH_KEY, desk.officer.id)
        if x509.public_key(certificate) != public:
            raise ReplyForAnother(desk.office.code)
        sending.keep_trust_file(unit, CERTIFICATE, certificate)
        sending.keep_trust_file(unit, REVOCATIONS, revocations)
        unit.note_record("accept_certificate", "certificate_of_key", desk.office.code, {"sha256": _sha(certificate)})


def export_batch(desk: Desk, *, plain: bool = False) -> Sent:
    """Write all that was done since the last batch, sign it, encrypt it to the Authority.

    Raises NothingToSend, NotCertified and what an unfit or overdue certificate raises.
    """
    desk.must(Role.SUPERVISOR)
    out = desk.folder.out
    out.mkdir(exist_ok=True)
    with desk.unit() as unit:
        last = sending.last_batch(unit, desk.office.code)
        first = (last.history.size if last else 0) + 1
        # The last batch's own entry alone is nothing to tell.
        if rows.unsent(unit.session, desk.office.code) == 0:
            raise NothingToSend
        same_epoch = last is not None and last.link.place.epoch == unit.epoch
        place = Place(unit.epoch, last.link.place.sequence + 1 if last and same_epoch else 1)
        signer = own_key(unit.session, BATCH_KEY, sealing_key=desk.personal_key, officer=desk.officer.id)
        certificate = trust_file(unit, CERTIFICATE)
        now = desk.clock().astimezone(UTC).replace(microsecond=0)
        check_leaf(
            certificate,
            authority=desk.authority.ca_certificate,
            revocations=trust_file(unit, REVOCATIONS),
            at=now,
            roles=x509.OFFICE,
            office=desk.office.code,
            grace=GRACE,
        )
        with tempfile.TemporaryDirectory(dir=out) as work:
            container_path = Path(work) / f"batch-{place.epoch:02}-{place.sequence:06}.asice"
            with new_container(container_path) as container:
                tally = Tally()
                files = tuple(_add_records(container, unit, first, tally))
                header = BatchHeader(
                    office=desk.office.code,
                    place=place,
                    previous=last.link if last else None,
                    created=now,
                    first_entry=first,
                    version=__version__,
                    origin=f"kpdesk/{desk.office.code}",
                    history=unit.head,
                    officer=desk.officer.id,
                    files=files,
                    totals=tally.totals,
                )
                container.add("batch.json", header.text().encode())
                digest = container.sign(
                    lambda manifest: sign_cades(manifest, certificate=certificate, signer=signer, at=now)
                )
            sent = out / f"{header.file_name}.p7m"
            with container_path.open("rb") as source, whole_file(sent) as target:
                envelope.encrypt(source, target, recipients=[desk.authority.encryption_certificate])
            kept = container_path.replace(out / header.file_name) if plain else None
        sending.keep_batch(unit, header, digest, now)
        unit.note_record("export_batch", "batch", header.file_name, {"sha256": digest})
        return Sent(path=sent, plain=kept, place=place, digest=digest, records=sum(file.records for file in files))


def accept_receipt(desk: Desk, path: Path) -> tuple[Receipt, bytes]:
    """Take a receipt in; with it the lists file it carries, to be accepted by two.

    The officers it acknowledges count from now on, its revocations replace older ones. The same receipt twice is
    once. Raises ReceiptForAnother, AuthoritySawAnotherHistory and the troubles of a file that is not the Authority's.
    """
    desk.must(Role.SUPERVISOR, Role.INSPECTOR)
    with desk.unit() as unit:
        revocations = trust_file(unit, REVOCATIONS)

        def verify(signature: bytes, manifest: bytes) -> Signature:
            return verify_cades(
                signature,
                manifest,
                authority=desk.authority.ca_certificate,
                revocations=revocations,
                at=desk.clock(),
                roles={x509.Role.RECEIPT},
                grace=GRACE,
            )

        with open_container(path, verify=verify) as container:
            receipt = read_receipt(container.read("receipt.json"))
            lists = container.read("lists/lists.kpl") if "lists/lists.kpl" in container.files else b""
            newer = container.read("crl/authority.crl") if "crl/authority.crl" in container.files else b""
            digest = container.digest
        sent = sending.batch_at(unit, receipt.office, receipt.batch.place)
        if receipt.office != desk.office.code or sent != receipt.batch.digest:
            raise ReceiptForAnother(receipt.file_name)
        if receipt.history.size and sending.digest_at(unit, receipt.history.size) != receipt.history.digest:
            raise AuthoritySawAnotherHistory(receipt.history.size)
        if not sending.has_receipt(unit, receipt):
            sending.keep_receipt(unit, receipt, digest, path.read_bytes())
            if newer:
                take_revocations(desk, unit, newer)
            for officer in receipt.officers:
                _acknowledge(unit, officer)
            unit.note_record("accept_receipt", "receipt", receipt.file_name, {"sha256": digest})
    return receipt, lists


def take_revocations(desk: Desk, unit: Unit, newer: bytes) -> None:
    """A newer list of revocations takes the older one's place: the pinned Authority signed it, our key still counts."""
    old, new = (_made(desk, unit, each) for each in (trust_file(unit, REVOCATIONS), newer))
    if new > old:
        sending.keep_trust_file(unit, REVOCATIONS, newer)


def _made(desk: Desk, unit: Unit, revocations: bytes) -> datetime:
    """When a list of revocations was made, if it is the Authority's."""
    return check_leaf(
        trust_file(unit, CERTIFICATE),
        authority=desk.authority.ca_certificate,
        revocations=revocations,
        at=desk.clock(),
        roles=x509.OFFICE,
        grace=timedelta(days=3650),
    ).revocations


def trust_file(unit: Unit, name: str) -> bytes:
    """A certificate or list kept for trust; raises NotCertified."""
    content = sending.trust_file(unit, name)
    if content is None:
        raise NotCertified
    return content


def unsent(desk: Desk) -> int:
    """How many history entries are in no batch yet; that a batch was made does not count."""
    with desk.look() as session:
        return rows.unsent(session, desk.office.code)


@dataclass(slots=True)
class Tally:
    """What the records of one batch add up to: made by the sender, made again by the Authority."""

    parcels: set[str] = field(default_factory=set)
    issued: dict[str, tuple[Carats, Money]] = field(default_factory=dict)
    void: int = 0

    def add(self, record: Mapping[str, Any]) -> None:
        match record["type"]:
            case "parcel":
                self.parcels.add(record["id"])
            case "certificate" if record["state"] == State.ISSUED and record["id"] not in self.issued:
                facts = Facts.from_record(record["facts"])
                self.issued[record["id"]] = facts.carats, facts.value
            case "void":
                self.void += 1

    @property
    def totals(self) -> Totals:
        return Totals(
            parcels=len(self.parcels),
            carats=total_carats(carats for carats, _ in self.issued.values()),
            value=total_money(value for _, value in self.issued.values()),
            issued=len(self.issued),
            void=self.void,
        )


def _add_records(container: NewContainer, unit: Unit, first: int, tally: Tally) -> Iterator[BatchFile]:
    """A file for each type of thing, every revision a line; then the history that tells of them."""
    for kind in sending.kinds_since(unit, first):
        texts = _tallied(sending.records_since(unit, first, kind), tally)
        yield _add_file(container, f"data/{kind}.ndjson", f"{kind}/1", texts)
    lines = (canonical(history_line(*row)) for row in sending.history_since(unit, first))
    yield _add_file(container, HISTORY, "history/1", lines)


def history_line(sequence: int, previous: str, body: str, digest: str) -> dict[str, Value]:
    """A history entry as a line of a batch: its body's very text, so that its digest can be made again."""
    return {
        "type": "history", "id": str(sequence), "rev": 1, "previous": previous, "body": body, "digest": digest,
    }  # fmt: skip


def _tallied(texts: Iterable[str], tally: Tally) -> Iterator[str]:
    for text in texts:
        tally.add(parse_line(text.encode()))
        yield text


def _add_file(container: NewContainer, name: str, schema: str, texts: Iterable[str]) -> BatchFile:
    count = 0

    def counted() -> Iterator[str]:
        nonlocal count
        for text in texts:
            count += 1
            yield text

    listed = container.add(name, write_lines(counted()))
    return BatchFile(name, schema, count, listed.sha256)


def _acknowledge(unit: Unit, officer: str) -> None:
    found = unit.find(Officer, officer)
    if found is not None and not found.acknowledged:
        found.acknowledged = True
        unit.note("acknowledge", found)


def _sha(content: bytes) -> str:
    return sha256(content).hexdigest()
