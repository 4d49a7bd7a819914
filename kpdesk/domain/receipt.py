"""The receipt: the Authority's signed answer to one batch, carrying revocations and lists back to the office."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from kpdesk.domain.batch import (
    Link,
    check_digest,
    check_head,
    check_instant,
    check_office,
    check_text,
    check_whole,
    read_header,
    read_time,
    write_time,
)
from kpdesk.domain.history import Head
from kpdesk.domain.records import Value, canonical


class Result(StrEnum):
    """What the Authority did with a batch."""

    ACCEPTED = "accepted"
    ACCEPTED_WITH_REMARKS = "accepted_with_remarks"
    REJECTED = "rejected"
    """It keeps its place in the chain for ever; a later batch mends it."""
    PENDING = "pending"
    """Earlier batches are missing; it is kept and taken when they come."""


@dataclass(frozen=True, slots=True)
class Remark:
    """What the Authority found, and where."""

    code: str
    path: str = ""
    """File and line, such as `data/parcels.ndjson#118`."""
    identity: str = ""
    revision: int = 0

    def __post_init__(self) -> None:
        check_text(self.code)
        for text in (self.path, self.identity):
            if text:
                check_text(text)
        check_whole(self.revision, 0)

    def record(self) -> dict[str, Value]:
        return {"code": self.code, "path": self.path, "id": self.identity, "rev": self.revision}


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """`receipt.json`: the Authority's answer to one batch, itself a chain by its number."""

    office: str
    number: int
    previous: str | None
    """The digest of the receipt before; None for the first."""
    batch: Link
    result: Result
    remarks: tuple[Remark, ...]
    received: datetime
    """Aware; kept to the second in UTC. Proves that the batch existed then."""
    last: Link | None
    """The last batch of the office's chain that the Authority has taken."""
    history: Head
    """The office's history as the Authority has seen it."""
    missing: tuple[int, ...]
    """Sequences that it still waits for."""
    officers: tuple[str, ...]
    """Officers whose keys it acknowledges; their approvals count from now on."""

    def __post_init__(self) -> None:
        check_office(self.office)
        check_whole(self.number, 1)
        check_instant(self.received)
        check_head(self.history)
        if (self.previous is None) != (self.number == 1):
            raise ValueError("every receipt but the first names the one before")
        if self.previous is not None:
            check_digest(self.previous)
        for sequence in self.missing:
            check_whole(sequence, 1)
        for officer in self.officers:
            check_text(officer)

    @property
    def file_name(self) -> str:
        return f"kpdesk-{self.office}-receipt-{self.number:06}.asice"

    def text(self) -> str:
        """The bytes of receipt.json."""
        state: dict[str, Value] = {"history": {"size": self.history.size, "head": self.history.digest}}
        if self.last:
            state["last"] = self.last.record()
        record: dict[str, Value] = {
            "format": "kpdesk-receipt/1",
            "office": self.office,
            "receipt": self.number,
            "batch": self.batch.record(),
            "result": self.result.value,
            "remarks": [remark.record() for remark in self.remarks],
            "received_at": write_time(self.received),
            "state": state,
            "missing": self.missing,
            "officers": self.officers,
        }
        if self.previous:
            record["previous_sha256"] = self.previous
        return canonical(record)

    @classmethod
    def of(cls, record: Mapping[str, Any]) -> "Receipt":
        """From a parsed record; raises KeyError, TypeError, ValueError and refusals of its values."""
        state = record["state"]
        return cls(
            office=record["office"],
            number=record["receipt"],
            previous=record.get("previous_sha256"),
            batch=Link.of(record["batch"]),
            result=Result(record["result"]),
            remarks=tuple(Remark(each["code"], each["path"], each["id"], each["rev"]) for each in record["remarks"]),
            received=read_time(record["received_at"]),
            last=Link.of(state["last"]) if "last" in state else None,
            history=Head(state["history"]["size"], state["history"]["head"]),
            missing=tuple(record["missing"]),
            officers=tuple(record["officers"]),
        )


def read_receipt(content: bytes) -> Receipt:
    """From the bytes of receipt.json; raises HeaderDamaged."""
    return read_header(content, "receipt", Receipt.of)
