"""The batch an office sends its Authority: what its header says.

A header has one text, its canonical record; reading rebuilds that text and compares, so nothing unknown slips by.
The checks of its values raise ValueError: in our own hands a mistake, in a foreign file HeaderDamaged.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Protocol, TypeVar

from kpdesk.domain.history import Head
from kpdesk.domain.measures import Carats, Money
from kpdesk.domain.outcomes import Refusal, Trouble
from kpdesk.domain.records import Value, canonical, parse

MOST_RECORDS = 250_000
_OFFICE = re.compile("[A-Z]{2}-[A-Z0-9]{2,8}")
_DIGEST = re.compile("[0-9a-f]{64}")
_LONGEST_TEXT = 200
_BATCH_FILE = re.compile(r"kpdesk-([A-Z]{2}-[A-Z0-9]{2,8})-e([0-9]{2,4})-([0-9]{6,9})\.asice(\.p7m)?")


class _Textual(Protocol):
    def text(self) -> str: ...


Header = TypeVar("Header", bound=_Textual)


@dataclass(eq=False)
class HeaderDamaged(Trouble):
    """The header of a batch or receipt is not one that this version of kpdesk writes."""

    header: str
    """`batch` or `receipt`."""


@dataclass(eq=False)
class NotAnOffice(Refusal):
    """The text is no office's code: two letters of the participant, a hyphen, 2 to 8 letters or digits."""

    text: str


def check_office(code: str) -> str:
    """The code, such as `ZZ-MAIN`; raises NotAnOffice."""
    if not isinstance(code, str) or not _OFFICE.fullmatch(code):
        raise NotAnOffice(str(code)[:40])
    return code


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """Where a batch stands among its office's: sequences count from 1 in each epoch, a restore begins one."""

    epoch: int
    sequence: int

    def __post_init__(self) -> None:
        check_whole(self.epoch, 1)
        check_whole(self.sequence, 1)


@dataclass(frozen=True, slots=True)
class Link:
    """One batch of the chain: its place and its digest, lower-case hex."""

    place: Place
    digest: str

    def __post_init__(self) -> None:
        check_digest(self.digest)

    def record(self) -> dict[str, Value]:
        return {"epoch": self.place.epoch, "sequence": self.place.sequence, "sha256": self.digest}

    @classmethod
    def of(cls, record: Mapping[str, Any]) -> "Link":
        return cls(Place(record["epoch"], record["sequence"]), record["sha256"])


@dataclass(frozen=True, slots=True)
class BatchFile:
    """A file of records in the batch."""

    path: str
    schema: str
    """Type and version of each line, such as `parcel/1`."""
    records: int
    sha256: str

    def __post_init__(self) -> None:
        check_text(self.path)
        check_text(self.schema)
        check_whole(self.records, 0)
        check_digest(self.sha256)

    def record(self) -> dict[str, Value]:
        return {"path": self.path, "schema": self.schema, "records": self.records, "sha256": self.sha256}


@dataclass(frozen=True, slots=True, kw_only=True)
class Totals:
    """What the batch adds up to, for the Authority's eye and check."""

    parcels: int
    carats: Carats
    value: Money
    issued: int
    """Certificates issued."""
    void: int

    def __post_init__(self) -> None:
        for count in (self.parcels, self.issued, self.void):
            check_whole(count, 0)

    def record(self) -> dict[str, Value]:
        return {
            "parcels": self.parcels,
            "carats": f"{self.carats.value:.2f}",
            "usd": str(self.value),
            "certificates_issued": self.issued,
            "void": self.void,
        }

    @classmethod
    def of(cls, record: Mapping[str, Any]) -> "Totals":
        return cls(
            parcels=record["parcels"],
            carats=Carats.of(record["carats"]),
            value=Money.of(record["usd"]),
            issued=record["certificates_issued"],
            void=record["void"],
        )


@dataclass(frozen=True, slots=True)
class Correction:
    """An earlier batch that this one mends, and the remark of its receipt that asked for it."""

    place: Place
    reason: str

    def __post_init__(self) -> None:
        check_text(self.reason)

    def record(self) -> dict[str, Value]:
        return {"epoch": self.place.epoch, "sequence": self.place.sequence, "reason": self.reason}


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchHeader:
    """`batch.json`: who sends what, since when, after which batch."""

    office: str
    place: Place
    previous: Link | None
    """The batch before; None for the very first. A new epoch names the last batch that the Authority took."""
    created: datetime
    """Aware; kept to the second in UTC."""
    first_entry: int
    """The first entry of the history in this batch; the last is `history.size`."""
    version: str
    """Of the kpdesk that wrote it."""
    origin: str
    """Which history: `kpdesk/<office>/<id of the store>`."""
    history: Head
    """The history after this batch's last entry."""
    officer: str
    """The id of the officer who signed, who needs the right to."""
    files: tuple[BatchFile, ...]
    totals: Totals
    corrects: tuple[Correction, ...] = ()

    def __post_init__(self) -> None:
        check_office(self.office)
        check_instant(self.created)
        check_head(self.history)
        check_whole(self.first_entry, 1)
        for text in (self.version, self.origin, self.officer):
            check_text(text)
        if self.first_entry > self.history.size + 1:
            raise ValueError("the period begins after its end")
        if (self.previous is None) != (self.place == Place(1, 1)):
            raise ValueError("every batch but the very first names the one before")
        if sum(file.records for file in self.files) > MOST_RECORDS:
            raise ValueError("more records than a batch may have")

    @property
    def file_name(self) -> str:
        """The container's name; encrypted it has `.p7m` behind."""
        return batch_file_name(self.office, self.place)

    def text(self) -> str:
        """The bytes of batch.json."""
        record: dict[str, Value] = {
            "format": "kpdesk-batch/1",
            "office": self.office,
            "epoch": self.place.epoch,
            "sequence": self.place.sequence,
            "created_at": write_time(self.created),
            "period": {"from_history": self.first_entry, "to_history": self.history.size},
            "software": {"name": "kpdesk", "version": self.version},
            "history": {"origin": self.origin, "size": self.history.size, "head": self.history.digest},
            "signer": self.officer,
            "files": [file.record() for file in self.files],
            "totals": self.totals.record(),
            "corrects": [correction.record() for correction in self.corrects],
        }
        if self.previous:
            record["previous"] = self.previous.record()
        return canonical(record)

    @classmethod
    def of(cls, record: Mapping[str, Any]) -> "BatchHeader":
        """From a parsed record; raises KeyError, TypeError, ValueError and refusals of its values."""
        return cls(
            office=record["office"],
            place=Place(record["epoch"], record["sequence"]),
            previous=Link.of(record["previous"]) if "previous" in record else None,
            created=read_time(record["created_at"]),
            first_entry=record["period"]["from_history"],
            version=record["software"]["version"],
            origin=record["history"]["origin"],
            history=Head(record["history"]["size"], record["history"]["head"]),
            officer=record["signer"],
            files=tuple(BatchFile(**file) for file in record["files"]),
            totals=Totals.of(record["totals"]),
            corrects=tuple(
                Correction(Place(each["epoch"], each["sequence"]), each["reason"]) for each in record["corrects"]
            ),
        )


def batch_file_name(office: str, place: Place) -> str:
    """`kpdesk-ZZ-MAIN-e01-000123.asice`."""
    return f"kpdesk-{check_office(office)}-e{place.epoch:02}-{place.sequence:06}.asice"


def read_file_name(name: str) -> tuple[str, Place] | None:
    """Office and place that a batch file's name claims, with or without `.p7m`; None for any other file."""
    found = _BATCH_FILE.fullmatch(name)
    if not found or not (int(found[2]) and int(found[3])):
        return None
    office, place = found[1], Place(int(found[2]), int(found[3]))
    return (office, place) if batch_file_name(office, place) == name.removesuffix(".p7m") else None


def read_batch_header(content: bytes) -> BatchHeader:
    """From the bytes of batch.json; raises HeaderDamaged."""
    return read_header(content, "batch", BatchHeader.of)


def read_header(content: bytes, name: str, of: Callable[[Mapping[str, Any]], Header]) -> Header:
    """The header whose text these bytes are; raises HeaderDamaged."""
    try:
        text = content.decode()
        header = of(parse(text))
        same = header.text() == text
    except (ArithmeticError, AttributeError, LookupError, Refusal, TypeError, ValueError) as problem:
        raise HeaderDamaged(name) from problem
    if not same:
        raise HeaderDamaged(name)
    return header


def check_whole(value: int, least: int) -> None:
    if type(value) is not int or value < least:
        raise ValueError(f"not a whole number from {least}")


def check_digest(text: str) -> None:
    if not isinstance(text, str) or not _DIGEST.fullmatch(text):
        raise ValueError("not a digest")


def check_text(text: str) -> None:
    if not isinstance(text, str) or not 0 < len(text) <= _LONGEST_TEXT:
        raise ValueError("not a short text")


def check_head(head: Head) -> None:
    check_whole(head.size, 0)
    check_digest(head.digest)


def check_instant(moment: datetime) -> None:
    """Times of headers are in UTC, to the second."""
    if moment.utcoffset() != timedelta(0) or moment.microsecond:
        raise ValueError("not a time in UTC to the second")


def write_time(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")


def read_time(text: str) -> datetime:
    return datetime.strptime(text, "%Y-%m-%dT%H:%M:%S%z")
