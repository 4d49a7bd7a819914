"""Who did what when: a chain in which each entry holds the digest of the one before.

Nothing in it is ever changed or removed; the records it speaks of lie beside it, named by their digests.
"""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from kpdesk.domain.certificate import Anchor
from kpdesk.domain.records import Record, Value, canonical

NOTHING = "0" * 64


@dataclass(frozen=True, slots=True)
class Head:
    """The end of a history: how many entries, and the digest of the last (64 zeros when there is none)."""

    size: int = 0
    digest: str = NOTHING

    def anchor(self, epoch: int) -> Anchor:
        """What a certificate's code carries of this history: proof, abroad, that it stood so on that day."""
        return Anchor(epoch, self.size, bytes.fromhex(self.digest)[:10])


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One act on one thing."""

    sequence: int
    """1, 2, 3 … without a gap. The order is this, never the time."""
    previous: str
    at: datetime
    act: str
    """The act's name, a verb: `receive_parcel`."""
    by: str
    """The officer's id."""
    subject: str
    """`type/id` of the thing, such as `parcel/P-2026-000113`."""
    revision: int
    after: str
    """The digest of the thing's canonical record after the act."""
    why: str = ""

    def body(self) -> str:
        record: dict[str, Value] = {
            "at": self.at.isoformat(timespec="microseconds"),
            "act": self.act,
            "by": self.by,
            "subject": self.subject,
            "rev": self.revision,
            "after": self.after,
        }
        if self.why:
            record["why"] = self.why
        return canonical(record)

    @property
    def digest(self) -> str:
        return link(self.sequence, self.previous, self.body())


def link(sequence: int, previous: str, body: str) -> str:
    """The digest that ties an entry to the one before it."""
    return hashlib.sha256(b"kph1\0" + sequence.to_bytes(8) + bytes.fromhex(previous) + body.encode()).hexdigest()


def first_break(rows: Iterable[tuple[int, str, str, str]], start: Head) -> tuple[Head, int | None]:
    """Walk rows of (sequence, previous, body, digest) from `start`: the head reached, and the first broken sequence."""
    head = start
    for sequence, previous, body, digest in rows:
        expected = head.size + 1
        if (sequence, previous) != (expected, head.digest) or link(sequence, previous, body) != digest:
            return head, expected
        head = Head(sequence, digest)
    return head, None


def record_line(kind: str, identity: str, revision: int, previous: str | None, record: Record) -> str:
    """The canonical line of a thing: in a batch, under the history's `after`, and compared in a replay."""
    head: dict[str, Value] = {"type": kind, "id": identity, "rev": revision}
    if previous:
        head["prev_rev"] = previous
    return canonical({**record, **head})
