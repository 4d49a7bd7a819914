"""Looking into a batch file: decrypt, check every byte and signature, say what speaks against its content.

It needs no store, so that anybody with the authority file can do it (trust.md §2.5).
"""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from itertools import chain
from pathlib import Path
from typing import Any

from kpdesk.desks.batches import HISTORY, Tally
from kpdesk.domain.batch import BatchFile, BatchHeader, read_batch_header
from kpdesk.domain.history import Head, first_break
from kpdesk.domain.receipt import Remark
from kpdesk.domain.records import canonical, digest, parse
from kpdesk.domain.trust import AuthorityFile
from kpdesk.exchange.archive import Container, open_container
from kpdesk.exchange.lines import read_lines, validate
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
        header = read_batch_header(container.read("batch.json"))
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


def remarks_on(container: Container[Signature], header: BatchHeader, known: Head | None) -> Iterator[Remark]:
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
        for fault in validate(lines_of(container, file), file.schema):
            yield Remark("KPB-411", f"{name}#{fault.line}", fault.identity)
        if name != HISTORY:
            for record in lines_of(container, file):
                tally.add(record)
                afters.add(bytes.fromhex(digest(canonical(record))))
    if tally.totals != header.totals:
        yield Remark("KPB-501")
    if HISTORY in named:
        yield from _history(lines_of(container, named[HISTORY]), header, known, afters)


def lines_of(container: Container[Signature], file: BatchFile) -> Iterator[dict[str, Any]]:
    return read_lines(container.blocks(file.path), file=file.path, announced=file.records)


def _history(
    lines: Iterator[dict[str, Any]], header: BatchHeader, known: Head | None, afters: set[bytes]
) -> Iterator[Remark]:
    """The entries go on from what is known, are a whole chain to the header's head, and name records that are here."""
    orphans: list[str] = []

    def rows() -> Iterator[tuple[int, str, str, str]]:
        for line in lines:
            if bytes.fromhex(str(parse(line["body"])["after"])) not in afters:
                orphans.append(line["id"])
            yield int(line["id"]), line["previous"], line["body"], line["digest"]

    walk = rows()
    first = next(walk)
    # After a restore the office goes on from its backup, which may lie before what is known; a stranger knows nothing.
    goes_on = known is not None and header.first_entry == known.size + 1
    start = known if known is not None and goes_on else Head(first[0] - 1, first[1])
    reached, broken = first_break(chain((first,), walk), start)
    if broken is not None or reached != header.history:
        yield Remark("KPB-305", f"{HISTORY}#{(broken or header.history.size) - header.first_entry + 1}")
    yield from (Remark("KPB-502", HISTORY, entry) for entry in orphans[:MOST_REMARKS])
