"""Looking into a batch file: decrypt, check every byte and signature, say what speaks against its content.

It needs no store, so that anybody with the authority file can do it (trust.md §2.5).
"""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from itertools import chain
from pathlib import Path
from typing import Any

from kpdesk.desks.batches import HISTORY, Tally
from kpdesk.domain.batch import BatchFile, BatchHeader, HeaderDamaged, read_batch_header
from kpdesk.domain.history import NOTHING, Head, first_break
from kpdesk.domain.outcomes import Refusal
from kpdesk.domain.receipt import Remark
from kpdesk.domain.records import parse
from kpdesk.domain.trust import AuthorityFile
from kpdesk.exchange.archive import Container, open_container
from kpdesk.exchange.lines import read_texts, validate
from kpdesk.signing import envelope, x509
from kpdesk.signing.authority import read_authority
from kpdesk.signing.cades import Signature, verify_cades

MOST_REMARKS = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class Looked:
    """What a batch file is, seen without any store: whether it follows the one before is not known here."""

    header: BatchHeader
    digest: str
    signer: Signature
    remarks: tuple[Remark, ...]


def verify_file(path: Path, *, authority: bytes, revocations: bytes | None, key: bytes | None, at: datetime) -> Looked:
    """Everything about a batch but its place in the chain. `authority` is the authority file, `key` the PEM of the
    Authority's encryption key (for an encrypted file), `revocations` a CRL in DER.

    Raises the troubles of a file, a signature or a certificate that does not stand.
    """
    pinned = read_authority(authority)
    opened = envelope.read_key(key, passphrase=None) if key else None
    with batch_file(path, authority=pinned, revocations=revocations, key=opened, at=at) as container:
        header = header_of(container)
        return Looked(
            header=header,
            digest=container.digest,
            signer=container.signed,
            remarks=tuple(remarks_on(container, header, None)),
        )


@contextmanager
def batch_file(
    path: Path, *, authority: AuthorityFile, revocations: bytes | None, key: Any | None, at: datetime
) -> Iterator[Container[Signature]]:
    """The container in a batch file, encrypted or not, with the signature of an office that the Authority certified."""

    def verify(signature: bytes, manifest: bytes) -> Signature:
        return verify_cades(
            signature,
            manifest,
            authority=authority.ca_certificate,
            revocations=revocations,
            at=at,
            roles=x509.OFFICE,
        )

    with tempfile.TemporaryDirectory() as work:
        plain = path
        if path.name.endswith(".p7m") and key is not None:
            plain = Path(work) / path.name.removesuffix(".p7m")
            with path.open("rb") as source, plain.open("wb") as target:
                envelope.decrypt(source, target, certificate=authority.encryption_certificate, key=key)
        with open_container(plain, verify=verify) as container:
            yield container


def header_of(container: Container[Signature]) -> BatchHeader:
    """What the batch says of itself; raises HeaderDamaged."""
    if "batch.json" not in container.files:
        raise HeaderDamaged("batch")
    return read_batch_header(container.read("batch.json"))


def remarks_on(container: Container[Signature], header: BatchHeader, known: Head | None) -> Iterator[Remark]:
    """What speaks against the content: another office's batch, files, schemas, the totals, the history."""
    if container.signed.signer.office != header.office:
        yield Remark("KPB-201")
    named = {file.path: file for file in header.files}
    if set(named) | {"batch.json"} != set(container.files):
        yield Remark("KPB-401")
        return
    tally, records, sound = Tally(), set[bytes](), True
    for name, file in named.items():
        if container.files[name].sha256 != file.sha256:
            yield Remark("KPB-402", name)
            return
        faults = list(_misfits(container, file))
        if name != HISTORY and not faults:
            faults.extend(_tallied(container, file, tally, records))
        yield from faults
        sound = sound and not faults
    if sound and tally.totals != header.totals:
        yield Remark("KPB-501")
    if HISTORY not in named:
        yield Remark("KPB-305", HISTORY)
    elif sound:
        yield from _history(lines_of(container, named[HISTORY]), header, known, records)


def _misfits(container: Container[Signature], file: BatchFile) -> Iterator[Remark]:
    """Where records do not fit their schema; which one that is, the file's name says and no sender chooses."""
    if file.schema.partition("/")[0] != _kind(file):
        yield Remark("KPB-411", file.path[:200])
        return
    for fault in validate(lines_of(container, file), file.schema):
        yield Remark("KPB-411", f"{file.path[:160]}#{fault.line}", fault.identity)


def _kind(file: BatchFile) -> str:
    """The type of the records in a file: `parcel` for `data/parcel.ndjson`."""
    return file.path.removeprefix("data/").removesuffix(".ndjson")


def _tallied(container: Container[Signature], file: BatchFile, tally: Tally, records: set[bytes]) -> Iterator[Remark]:
    """Add the file's records up; what its schema lets pass and nobody can add is remarked."""
    for number, (line, record) in enumerate(_texts_of(container, file), 1):
        try:
            if record["type"] != _kind(file):
                raise ValueError("of another type")
            tally.add(record)
        except (ArithmeticError, AttributeError, LookupError, Refusal, TypeError, ValueError):
            yield Remark("KPB-411", f"{file.path[:160]}#{number}", str(record.get("id", ""))[:80])
        records.add(sha256(line).digest())


def lines_of(container: Container[Signature], file: BatchFile) -> Iterator[dict[str, Any]]:
    return (record for _, record in _texts_of(container, file))


def _texts_of(container: Container[Signature], file: BatchFile) -> Iterator[tuple[bytes, dict[str, Any]]]:
    return read_texts(container.blocks(file.path), file=file.path, announced=file.records)


def _history(
    lines: Iterator[dict[str, Any]], header: BatchHeader, known: Head | None, records: set[bytes]
) -> Iterator[Remark]:
    """The entries go on from what is known, are a whole chain to the header's head, and tell of the records here."""
    orphans: list[str] = []
    told: set[bytes] = set()

    def rows() -> Iterator[tuple[int, str, str, str]]:
        for line in lines:
            after = bytes.fromhex(str(parse(line["body"])["after"]))
            told.add(after)
            if after not in records:
                orphans.append(line["id"])
            yield int(line["id"]), line["previous"], line["body"], line["digest"]

    try:
        walk = rows()
        first = next(walk, (0, NOTHING, "", ""))
        # After a restore the office goes on from its backup, which may lie before what is known; a stranger knows
        # nothing.
        goes_on = known is not None and header.first_entry == known.size + 1
        start = known if known is not None and goes_on else Head(header.first_entry - 1, first[1])
        reached, broken = first_break(chain((first,), walk), start)
    except (ArithmeticError, AttributeError, LookupError, TypeError, ValueError):
        yield Remark("KPB-411", HISTORY)
        return
    if broken is not None or reached != header.history:
        yield Remark("KPB-305", f"{HISTORY}#{(broken or header.history.size) - header.first_entry + 1}")
        return
    yield from (Remark("KPB-502", HISTORY, entry) for entry in orphans[:MOST_REMARKS])
    if untold := len(records - told):
        yield Remark("KPB-503", HISTORY, str(untold))
