"""What travels between office and Authority, as the store keeps it: batches, receipts, lists, records of offices.

Functions over a visit; the desks decide what they mean.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import Any

from sqlalchemy import and_, insert, select, update
from sqlalchemy.exc import IntegrityError

from kpdesk.domain.batch import BatchHeader, Link, Place
from kpdesk.domain.chain import OfficeState
from kpdesk.domain.history import Head
from kpdesk.domain.receipt import Receipt, Result
from kpdesk.domain.records import canonical, parse
from kpdesk.domain.trust import IssuerKey, Lists, Purpose
from kpdesk.store import tables
from kpdesk.store.unit import Unit

_AT_ONCE = 1000


@dataclass(frozen=True, slots=True)
class Kept:
    """A batch as it stands in the chain, and the history with it."""

    link: Link
    history: Head


# Batches


def last_batch(unit: Unit, office: str) -> Kept | None:
    """The newest batch of an office: sent, or at the Authority taken."""
    table = tables.batches
    query = select(table).where(table.c.office == office).order_by(table.c.epoch.desc(), table.c.sequence.desc())
    row = unit.session.execute(query.limit(1)).one_or_none()
    if row is None:
        return None
    return Kept(Link(Place(row.epoch, row.sequence), row.digest), Head(row.history_size, row.history_head))


def batch_at(unit: Unit, office: str, place: Place) -> str | None:
    """The digest of the batch at this place."""
    return unit.session.scalar(select(tables.batches.c.digest).where(_at(tables.batches, office, place)))


def keep_batch(unit: Unit, header: BatchHeader, digest: str, at: datetime) -> None:
    unit.keep(
        tables.batches,
        office=header.office,
        epoch=header.place.epoch,
        sequence=header.place.sequence,
        digest=digest,
        history_size=header.history.size,
        history_head=header.history.digest,
        at=at,
    )


def kinds_since(unit: Unit, first: int) -> list[str]:
    """The kinds of things that entries from `first` on tell of, sorted."""
    kind = tables.history.c.kind
    return list(unit.session.scalars(select(kind).where(tables.history.c.sequence >= first).distinct().order_by(kind)))


def records_since(unit: Unit, first: int, kind: str) -> Iterator[str]:
    """The record lines of one kind that entries from `first` on tell of, every revision."""
    table = tables.history
    query = select(table.c.record).where(table.c.sequence >= first, table.c.kind == kind).order_by(table.c.sequence)
    yield from unit.session.scalars(query.execution_options(yield_per=_AT_ONCE))


def history_since(unit: Unit, first: int) -> Iterator[tuple[int, str, str, str]]:
    """Rows (sequence, previous, body, digest) from `first` on."""
    table = tables.history
    query = select(table.c.sequence, table.c.previous, table.c.body, table.c.digest)
    query = query.where(table.c.sequence >= first).order_by(table.c.sequence).execution_options(yield_per=_AT_ONCE)
    for row in unit.session.execute(query):
        yield row.sequence, row.previous, row.body, row.digest


def digest_at(unit: Unit, size: int) -> str | None:
    """The history's head when it had this many entries."""
    return unit.session.scalar(select(tables.history.c.digest).where(tables.history.c.sequence == size))


# At the Authority


def office_state(unit: Unit, office: str) -> OfficeState:
    """What the Authority knows of an office, from the batches it took and keeps waiting."""
    batches, waits = tables.batches, tables.waiting_batches
    taken = unit.session.execute(select(batches).where(batches.c.office == office))
    kept = unit.session.execute(select(waits).where(waits.c.office == office))
    last = last_batch(unit, office)
    return OfficeState(
        office,
        last=last.link if last else None,
        history=last.history if last else Head(),
        known={Place(row.epoch, row.sequence): row.digest for row in taken},
        waiting={Place(row.epoch, row.sequence): row.digest for row in kept},
    )


def keep_waiting(unit: Unit, header: BatchHeader, digest: str, content: bytes) -> None:
    """Keep a batch that came too early; the same twice is once."""
    table = tables.waiting_batches
    if unit.session.scalar(select(table.c.digest).where(_at(table, header.office, header.place))) is None:
        epoch, sequence = header.place.epoch, header.place.sequence
        unit.keep(table, office=header.office, epoch=epoch, sequence=sequence, digest=digest, content=content)


def waiting_batch(unit: Unit, office: str, place: Place) -> bytes | None:
    table = tables.waiting_batches
    return unit.session.scalar(select(table.c.content).where(_at(table, office, place)))


def keep_records(unit: Unit, office: str, records: Iterable[dict[str, Any]]) -> bool:
    """Every revision of an office's records, in blocks of even memory; False and none where one was known before."""
    try:
        with unit.session.begin_nested():
            _insert_records(unit, office, iter(records))
    except IntegrityError:
        return False
    return True


def _insert_records(unit: Unit, office: str, rest: Iterator[dict[str, Any]]) -> None:
    while some := list(islice(rest, _AT_ONCE)):
        rows = [
            {
                "office": office,
                "kind": record["type"],
                "identity": record["id"],
                "revision": record["rev"],
                "line": canonical(record),
            }
            for record in some
        ]
        unit.session.execute(insert(tables.office_records), rows)


def records_of(unit: Unit, kind: str) -> Iterator[dict[str, Any]]:
    """The records of one kind from all offices."""
    table = tables.office_records
    query = select(table.c.line).where(table.c.kind == kind).order_by(table.c.office, table.c.identity)
    for line in unit.session.scalars(query.execution_options(yield_per=_AT_ONCE)):
        yield parse(line)


def officers_of(unit: Unit, office: str) -> tuple[str, ...]:
    """The ids of the officers that an office's records name."""
    table = tables.office_records
    query = select(table.c.identity).where(table.c.kind == "officer", table.c.office == office).distinct()
    return tuple(unit.session.scalars(query.order_by(table.c.identity)))


def keep_office_certificate(unit: Unit, *, serial: str, office: str, content: bytes) -> None:
    unit.keep(tables.office_certificates, serial=serial, office=office, content=content, made_at=unit.at)


def keep_issuer(unit: Unit, key: IssuerKey) -> None:
    """On the lists from now on; a key that is there stays as it is."""
    table = tables.issuer_keys
    if unit.session.scalar(select(table.c.public).where(table.c.public == key.public)) is not None:
        return
    unit.keep(
        table,
        public=key.public,
        participant=key.participant,
        authority=key.authority,
        algorithm=key.algorithm,
        valid_from=key.valid_from,
        valid_until=key.valid_until,
        revoked_from=key.revoked_from,
        purposes=tuple(purpose.value for purpose in key.purposes),
    )


def issuers(unit: Unit) -> tuple[IssuerKey, ...]:
    """The keys of all accepted issuers, own and foreign."""
    table = tables.issuer_keys
    return tuple(
        IssuerKey(
            participant=row.participant,
            authority=row.authority,
            algorithm=row.algorithm,
            public=row.public,
            valid_from=row.valid_from,
            valid_until=row.valid_until,
            revoked_from=row.revoked_from,
            purposes=tuple(Purpose(purpose) for purpose in row.purposes),
        )
        for row in unit.session.execute(select(table).order_by(table.c.participant, table.c.valid_from))
    )


# Receipts, lists, trust


def last_receipt(unit: Unit, office: str) -> tuple[int, str] | None:
    """Number and digest of the newest receipt."""
    table = tables.receipts
    query = select(table.c.number, table.c.digest).where(table.c.office == office).order_by(table.c.number.desc())
    row = unit.session.execute(query.limit(1)).one_or_none()
    return None if row is None else (row.number, row.digest)


def has_receipt(unit: Unit, receipt: Receipt) -> bool:
    table = tables.receipts
    query = select(table.c.digest).where(table.c.office == receipt.office, table.c.number == receipt.number)
    return unit.session.scalar(query) is not None


def receipt_of(unit: Unit, batch: str) -> bytes | None:
    """The final receipt of a batch by its digest, as it was given."""
    table = tables.receipts
    query = select(table.c.content).where(table.c.batch == batch, table.c.result != Result.PENDING.value)
    return unit.session.scalar(query.order_by(table.c.number.desc()).limit(1))


def keep_receipt(unit: Unit, receipt: Receipt, digest: str, content: bytes) -> None:
    unit.keep(
        tables.receipts,
        office=receipt.office,
        number=receipt.number,
        epoch=receipt.batch.place.epoch,
        sequence=receipt.batch.place.sequence,
        batch=receipt.batch.digest,
        digest=digest,
        result=receipt.result.value,
        content=content,
        at=unit.at,
    )


def keep_lists(unit: Unit, lists: Lists, content: bytes) -> None:
    table = tables.lists_files
    unit.keep(table, sequence=lists.sequence, content=content, accepted_at=unit.at, accepted_by=unit.by)


def trust_file(unit: Unit, name: str) -> bytes | None:
    """The newest of a certificate or list kept for trust."""
    table = tables.trust_files
    return unit.session.scalar(select(table.c.content).where(table.c.name == name))


def keep_trust_file(unit: Unit, name: str, content: bytes) -> None:
    table = tables.trust_files
    change = update(table).where(table.c.name == name).values(content=content, kept_at=unit.at).returning(table.c.name)
    if unit.session.execute(change).one_or_none() is None:
        unit.keep(table, name=name, content=content, kept_at=unit.at)


def _at(table: Any, office: str, place: Place) -> Any:
    return and_(table.c.office == office, table.c.epoch == place.epoch, table.c.sequence == place.sequence)
