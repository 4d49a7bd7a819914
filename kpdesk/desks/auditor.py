"""The auditor: what happened, is the history whole, and do the books say what it says? Changes nothing.

A supervisor may read the history too; what it holds of figures that are not all in is a digest alone.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from kpdesk.desks.desk import Desk
from kpdesk.domain.certificate import Anchor, NotANumber, Number
from kpdesk.domain.differences import Was, between
from kpdesk.domain.history import NOTHING, Entry, Head, link, record_line
from kpdesk.domain.outcomes import Refusal
from kpdesk.domain.papers import read_anchor
from kpdesk.domain.parties import Role
from kpdesk.domain.records import Record, digest, parse
from kpdesk.store import history, replay
from kpdesk.store.counter import names
from kpdesk.store.unit import NotFound, Unit

READERS = (Role.SUPERVISOR, Role.AUDITOR)
MOST_NAMED = 100
MOST_EXPORTED = 100_000
_HEAD = frozenset({"type", "id", "rev", "prev_rev"})
"""What every record begins with; it says nothing of what was changed."""
_BESIDE = ("batch", "lists", "production", "received", "setting", "void")
"""Kinds of things the history tells of that have no class."""


@dataclass(eq=False)
class CheckStopped(Refusal):
    """The officer stopped a check of the history before its end."""

    done: int
    entries: int


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
            # So do the columns that the history is searched by.
            whole = whole and (body["by"], body["act"]) == (row.by, row.act)
            whole = whole and datetime.fromisoformat(str(body["at"])) == row.at
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """Which entries are wanted."""

    typed: str = ""
    """A thing's number, or words of the reason."""
    by: str = ""
    """An officer's id."""
    act: str = ""
    first: date | None = None
    last: date | None = None
    """The office's days, both included."""


@dataclass(frozen=True, slots=True)
class Told:
    """One entry with what it changed."""

    entry: Entry
    record: Mapping[str, object]
    """What the thing was after the act; what lies inside other fields as `outer.inner`."""
    changed: tuple[Was, ...]


@dataclass(frozen=True, slots=True)
class Proved:
    """What became of an anchor that was carried out of the machine."""

    anchor: Anchor
    entry: Entry | None
    """The entry it is of; None where this history has another there, or does not reach so far."""
    epoch: int
    """Of the history now."""


def entries(desk: Desk, asked: Asked, *, before: int | None = None) -> tuple[Entry, ...]:
    """A page, the newest first; `before` is the last sequence of the page above."""
    desk.must(*READERS)
    with desk.view() as unit:
        return _page(desk, unit, asked, before, history.PAGE)


def told(desk: Desk, sequence: int) -> Told:
    """An entry and the fields that are not as in the revision before; raises NotFound."""
    desk.must(*READERS)
    with desk.look() as session:
        found = history.entry(session, sequence)
        if found is None:
            raise NotFound("history", str(sequence))
        now, before = (_flat(record) for record in history.record(session, found))
        return Told(found, now, between(before, _all(now, before)))


def acts(desk: Desk) -> tuple[str, ...]:
    """Every act that was ever done here."""
    desk.must(*READERS)
    with desk.look() as session:
        return history.acts(session)


def people(desk: Desk) -> dict[str, str]:
    """Names of all who were ever officers here, by id."""
    with desk.look() as session:
        return dict(names(session))


def every(desk: Desk, asked: Asked) -> Iterator[Entry]:
    """All entries that are wanted, the newest first, at most 100,000: for a file."""
    desk.must(*READERS)
    before, count = None, 0
    while count < MOST_EXPORTED:
        with desk.view() as unit:
            found = _page(desk, unit, asked, before, 1_000)
        yield from found
        if len(found) < 1_000:
            return
        before, count = found[-1].sequence, count + len(found)


def prove(desk: Desk, text: str) -> Proved:
    """Whether an anchor, as a day sheet or one of our certificates carries it, is of this history.

    `text`: the sheet's code or line, or the certificate's number. Raises NotAnAnchor, NotFound.
    """
    desk.must(*READERS)
    with desk.view() as unit:
        anchor = _anchor(unit, text)
        at = history.digest_at(unit.session, anchor.size)
        stands = at is not None and bytes.fromhex(at)[:10] == anchor.head
        return Proved(anchor, history.entry(unit.session, anchor.size) if stands else None, unit.epoch)


def span(desk: Desk, first: date | None, last: date | None) -> tuple[datetime | None, datetime | None]:
    """The office's days as moments: from the first's beginning to before the one after the last."""
    zone = UTC if desk.office.zone == "UTC" else ZoneInfo(desk.office.zone)
    since = datetime.combine(first, time(), zone) if first else None
    return since, datetime.combine(last + timedelta(days=1), time(), zone) if last else None


def _page(desk: Desk, unit: Unit, asked: Asked, before: int | None, limit: int) -> tuple[Entry, ...]:
    subjects = _named(unit, asked.typed.strip())
    first, end = span(desk, asked.first, asked.last)
    return history.page(
        unit.session,
        subjects=subjects,
        typed="" if subjects else asked.typed,
        by=asked.by,
        acts=[asked.act] if asked.act else (),
        first=first,
        end=end,
        before=before,
        limit=limit,
    )


def _named(unit: Unit, typed: str) -> tuple[str, ...]:
    """The things that are called so; a certificate by its number, too."""
    if not typed or " " in typed:
        return ()
    kinds = (*replay.KINDS, *_BESIDE)
    if "/" in typed:
        kind, _, identity = typed.partition("/")
        return history.subjects(unit.session, identity, [kind])
    names = [typed, typed.upper()]
    numbered = _certificate(unit, typed)
    found = [each for name in dict.fromkeys(names) for each in history.subjects(unit.session, name, kinds)]
    blanks = history.subjects(unit.session, f"blank-{typed.upper()}", ["stock"])
    return tuple(dict.fromkeys([*found, *blanks, *([f"certificate/{numbered}"] if numbered else [])]))


def _certificate(unit: Unit, typed: str) -> str:
    try:
        found = unit.find_certificate(Number.parse(typed))
    except NotANumber:
        return ""
    return found.id if found else ""


def _anchor(unit: Unit, text: str) -> Anchor:
    try:
        found = unit.find_certificate(Number.parse(text))
    except NotANumber:
        return read_anchor(text)
    if found is None or found.anchor is None:
        return read_anchor(text)
    return found.anchor


def _flat(record: Record) -> dict[str, object]:
    """A record's fields as text can hold them: what lies inside others under `outer.inner`."""
    return {name: value for name, value in _fields(record, "") if name not in _HEAD}


def _fields(value: object, name: str) -> Iterator[tuple[str, object]]:
    inside: Iterable[tuple[object, object]] = ()
    if isinstance(value, dict):
        inside = value.items()
    elif isinstance(value, list) and any(isinstance(each, (dict, list)) for each in value):
        inside = enumerate(value, 1)
    elif isinstance(value, list):
        yield name, ", ".join(map(str, value))
        return
    else:
        yield name, value
        return
    for key, each in inside:
        yield from _fields(each, f"{name}.{key}" if name else str(key))


def _all(now: dict[str, object], before: dict[str, object]) -> dict[str, object]:
    """Every field of either, in the order of the later; one that is gone is empty."""
    return now | {name: "" for name in before if name not in now}


def machine(desk: Desk) -> dict[str, str | int]:
    """What the store runs on."""
    from kpdesk.store import database

    return database.about(desk.folder.database)
