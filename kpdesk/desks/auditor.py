"""The auditor: is the history whole, and do the books say what the history says? Reads everything, changes nothing."""

from collections.abc import Callable
from dataclasses import dataclass

from kpdesk.desks.desk import Desk
from kpdesk.domain.history import NOTHING, Head, link, record_line
from kpdesk.domain.records import digest, parse
from kpdesk.store import replay

MOST_NAMED = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Audit:
    """What a walk through the whole history found."""

    head: Head
    """As far as the chain is whole."""
    stated: Head
    """As the store states its end."""
    broken_at: int | None
    """The first entry that does not follow from the one before, or whose record is another."""
    differing: tuple[str, ...]
    """Things in the books that are not what the history says of them, at most 100."""

    @property
    def intact(self) -> bool:
        return self.broken_at is None and self.head == self.stated and not self.differing


def verify_history(desk: Desk, *, tell: Callable[[int, int], None] = lambda done, all_: None) -> Audit:
    """Make every digest again and compare every record with its row; `tell` hears of (entries done, all)."""
    with desk.view() as unit:
        head, broken = Head(), None
        last: dict[str, tuple[int, str, str | None]] = {}
        for row in replay.entries(unit):
            body = parse(row.body)
            whole = (row.sequence, row.previous) == (head.size + 1, head.digest)
            whole = whole and link(row.sequence, row.previous, row.body) == row.digest
            # The record lies beside the chain: its digest in the body ties it in.
            whole = whole and digest(row.record) == body["after"] and body["subject"] == row.subject
            if not whole:
                broken = head.size + 1
                break
            before = last.get(row.subject)
            last[row.subject] = (int(str(body["rev"])), str(body["after"]), before[1] if before else None)
            head = Head(row.sequence, row.digest)
            if head.size % 1000 == 0:
                tell(head.size, unit.head.size)
        differing: list[str] = []
        if broken is None:
            for noun in replay.nouns(unit):
                subject = f"{noun.kind}/{noun.identity}"
                revision, after, previous = last.pop(subject, (0, NOTHING, None))
                line = record_line(noun.kind, noun.identity, noun.revision, previous, noun.record())
                if noun.revision != revision or digest(line) != after:
                    differing.append(subject)
            # What the history tells of and the books no longer have.
            differing.extend(subject for subject in last if subject.split("/", 1)[0] in replay.KINDS)
        return Audit(head=head, stated=unit.head, broken_at=broken, differing=tuple(sorted(differing)[:MOST_NAMED]))


def machine(desk: Desk) -> dict[str, str | int]:
    """What the store runs on."""
    from kpdesk.store import database

    return database.about(desk.folder.database)
