"""One visit to the store: find nouns, change them, note each change in the history, leave = commit.

An exception rolls all of it back. Nothing mapped leaves the visit.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from datetime import date, datetime
from decimal import Decimal
from hashlib import sha256
from typing import Any, ClassVar, Protocol, TypeAlias, TypeVar

from sqlalchemy import Table, and_, delete, func, insert, or_, select, update
from sqlalchemy.orm import Session

from kpdesk.domain.certificate import Kind, Number
from kpdesk.domain.custody import Contest
from kpdesk.domain.history import Entry, Head, record_line
from kpdesk.domain.inspection import AlreadyReceived, Incoming
from kpdesk.domain.issuance import ENDED, Certificate, State
from kpdesk.domain.measures import Carats
from kpdesk.domain.outcomes import Refusal
from kpdesk.domain.parcel import Draw, Parcel
from kpdesk.domain.production import Holding, Return, draw_down
from kpdesk.domain.records import Record, Value, digest
from kpdesk.domain.slips import ParcelSlip
from kpdesk.domain.stock import NotInStock, Stock, StockKind, StockState
from kpdesk.domain.trust import Reason
from kpdesk.domain.valuation import Figure
from kpdesk.domain.weighing import Reading, Weighing
from kpdesk.store import lists as rows
from kpdesk.store import tables
from kpdesk.store.search import HISTORY, index


class Noun(Protocol):
    """A thing with a row, a canonical record and a place in the history."""

    kind: ClassVar[str]
    revision: int

    @property
    def identity(self) -> str: ...

    def record(self) -> Record: ...


_Noun = TypeVar("_Noun", bound=Noun)
Look: TypeAlias = Session
"""A reading visit, handed to the finders of `lists`."""


@dataclass(eq=False)
class NotFound(Refusal):
    """No such thing in this office's books."""

    kind: str
    identity: str


@dataclass(eq=False)
class TextNotPlain(Refusal):
    """A text holds line breaks, hidden or decomposed characters: it would not be the same in every record."""


class Unit:
    """A visit. `by` and `at` stand in every history entry it notes."""

    def __init__(self, session: Session, *, by: str, at: datetime) -> None:
        self.session = session
        self.by = by
        self.at = at
        row = session.execute(select(tables.head)).one()
        self.epoch: int = row.epoch
        self.head = Head(row.size, row.digest)

    # Finding

    def find(self, noun: type[_Noun], *key: object) -> _Noun | None:
        """The noun with this primary key, or None."""
        return self.session.get(noun, key if len(key) > 1 else key[0])

    def get(self, noun: type[_Noun], *key: object) -> _Noun:
        """The noun with this primary key; raises NotFound."""
        found = self.find(noun, *key)
        if found is None:
            raise NotFound(noun.kind, "-".join(str(part) for part in key))
        return found

    def certificate(self, number: Number) -> Certificate:
        """Our own certificate by its number; raises NotFound."""
        found = self.find_certificate(number)
        if found is None:
            raise NotFound(Certificate.kind, number.text)
        return found

    def find_certificate(self, number: Number) -> Certificate | None:
        return self.session.scalar(select(Certificate).where(tables.certificates.c.number == number))

    # Changing

    def add(self, noun: Noun) -> None:
        self.session.add(noun)

    def keep(self, table: Table, **row: object) -> None:
        """Append a row to a table that is kept for good."""
        self.session.execute(insert(table).values(**row))

    def next(self, counter: str) -> int:
        """The next number of a gapless count: the row is updated in the transaction that uses it."""
        counters = tables.counters
        value: int | None = self.session.scalar(
            update(counters)
            .where(counters.c.name == counter)
            .values(value=counters.c.value + 1)
            .returning(counters.c.value)
        )
        if value is None:
            self.session.execute(insert(counters).values(name=counter, value=1))
            return 1
        return value

    def note(self, act: str, noun: Noun, *, why: str = "", words: str = "") -> None:
        """Write the act and the noun's record after it into the history; `words` go to the search index."""
        subject = f"{noun.kind}/{noun.identity}"
        noun.revision += 1
        line = record_line(noun.kind, noun.identity, noun.revision, self._last_digest(subject), noun.record())
        self._append(act, subject, noun.revision, line, why)
        if words:
            index(self.session.connection(), noun.kind, noun.identity, words)

    def note_record(self, act: str, kind: str, identity: str, record: Record, *, why: str = "") -> None:
        """As `note`, for what has no class of its own: a setting, a batch, lists."""
        subject = f"{kind}/{identity}"
        last = self.session.scalar(select(func.count()).where(tables.history.c.subject == subject)) or 0
        line = record_line(kind, identity, last + 1, self._last_digest(subject), record)
        self._append(act, subject, last + 1, line, why)

    def receive_number(self, number: Number, *, incoming: str, on: date, where: str) -> None:
        """Use up an incoming number for ever; raises AlreadyReceived with the first receipt."""
        received = tables.received_numbers
        first = self.session.execute(select(received).where(received.c.number == number)).one_or_none()
        if first is not None:
            raise AlreadyReceived(number.text, first.on.isoformat(), first.where)
        self.keep(received, number=number, incoming=incoming, on=on, where=where)
        self.note_record("receive", "received", number.text, {"on": on.isoformat(), "where": where})

    def put_on_void_list(self, number: Number, reason: Reason, since: date) -> None:
        """Once and for good; a number already on the list stays as it is."""
        void = tables.void_numbers
        if self.session.scalar(select(void.c.number).where(void.c.number == number)) is None:
            self.keep(void, number=number, reason=reason, since=since)
            self.note_record("void", "void", number.text, {"reason": reason.value, "since": since.isoformat()})

    def setting(self, name: str, value: Mapping[str, Any], effective_from: date, *, why: str = "") -> None:
        self.keep(
            tables.settings,
            name=name,
            value=value,
            effective_from=effective_from,
            set_at=self.at,
            set_by=self.by,
        )
        record: Record = {"value": value, "effective_from": effective_from.isoformat()}
        self.note_record("set", "setting", name, record, why=why)

    # Kept beside the nouns

    def weighings(self, parcel: str) -> tuple[Weighing, ...]:
        """Every reading of a parcel, also those that did not count, in their order."""
        table = tables.weighings
        query = select(table).where(table.c.parcel == parcel).order_by(table.c.sequence)
        return tuple(
            Weighing(
                row.officer,
                Reading(
                    value=Decimal(row.value),
                    unit=row.unit,
                    stable=True,
                    stable_by=row.stable_by or None,
                    net=row.net,
                    unverified_digits=row.unverified_digits,
                    raw=row.raw,
                    at=row.at,
                    portions=row.portions,
                ),
                row.by_hand,
                row.balance,
            )
            for row in self.session.execute(query)
        )

    def keep_weighing(self, parcel: str, sequence: int, weighing: Weighing) -> None:
        reading = weighing.reading
        self.keep(
            tables.weighings,
            parcel=parcel,
            sequence=sequence,
            officer=weighing.officer,
            balance=weighing.balance,
            value=str(reading.value),
            unit=reading.unit,
            stable_by=reading.stable_by or "",
            net=reading.net,
            unverified_digits=reading.unverified_digits,
            carats=weighing.carats,
            by_hand=weighing.by_hand,
            raw=reading.raw,
            portions=reading.portions,
            at=reading.at,
        )

    def round(self, parcel: str) -> int:
        """How often its weight or value was contested: figures given before that count no more."""
        kept = tables.kept
        contests = select(func.count()).where(kept.c.about == f"parcel/{parcel}", kept.c.kind == Contest.kind)
        return self.session.scalar(contests) or 0

    def figures(self, parcel: str) -> tuple[Figure, ...]:
        """All figures of a parcel that count. The caller shows none of them until all are in."""
        table = tables.figures
        which = (table.c.parcel == parcel) & (table.c.round == self.round(parcel))
        query = select(*(table.c[each.name] for each in fields(Figure))).where(which)
        return tuple(Figure(**row) for row in self.session.execute(query).mappings())

    def keep_figure(self, parcel: str, figure: Figure) -> None:
        facts = {each.name: getattr(figure, each.name) for each in fields(Figure)}
        self.keep(tables.figures, parcel=parcel, round=self.round(parcel), reasoned=figure.reasoned, **facts)

    def production(self, title: str) -> tuple[Return, ...]:
        """All monthly returns of a mining title."""
        table = tables.production
        return tuple(
            Return(
                title=row.title, mine=row.mine, month=row.month, heading=row.heading, carats=row.carats, value=row.value
            )
            for row in self.session.execute(select(table).where(table.c.title == title).order_by(table.c.month))
        )

    def keep_production(self, made: Return) -> None:
        self.keep(
            tables.production,
            title=made.title,
            mine=made.mine,
            month=made.month,
            heading=made.heading,
            carats=made.carats,
            value=made.value,
        )
        identity = f"{made.title}-{made.month:%Y-%m}-{made.heading}"
        record: dict[str, Value] = {"mine": made.mine, "carats": str(made.carats), "value": str(made.value)}
        self.note_record("book_production", "production", identity, record)

    def use_stock(self, what: StockKind, number: str, used_for: str) -> None:
        """Take a bag or a seal for good; raises NotInStock, StockNotReady."""
        thing = self.stock(what, number)
        thing.move(StockState.USED, holder=self.by, used_for=used_for)
        self.note("use_stock", thing)

    def stock(self, what: StockKind, number: str) -> Stock:
        """A numbered thing that was received here; raises NotInStock."""
        found = self.find(Stock, what, number)
        if found is None:
            raise NotInStock(what.value, number)
        return found

    def holdings(self, draws: Iterable[Draw]) -> tuple[Holding, ...]:
        """What is left of the sources that these draws name."""
        pools = tables.pools
        query = select(pools).where(pools.c.source.in_({draw.source for draw in draws}))
        return tuple(Holding(row.source, row.origin, row.brought - row.drawn) for row in self.session.execute(query))

    def draw(self, draws: tuple[Draw, ...]) -> None:
        """Take carats from incoming certificates or pools; raises NotEnoughCarats, never negative."""
        pools = tables.pools
        draw_down(self.holdings(draws), draws)
        for draw in draws:
            row = and_(pools.c.source == draw.source, pools.c.origin == draw.origin)
            self.session.execute(update(pools).where(row).values(drawn=pools.c.drawn + draw.carats))

    def undraw(self, draws: tuple[Draw, ...]) -> None:
        pools = tables.pools
        for draw in draws:
            row = and_(pools.c.source == draw.source, pools.c.origin == draw.origin)
            self.session.execute(update(pools).where(row).values(drawn=pools.c.drawn - draw.carats))

    def has_pool(self, source: str, origin: str) -> bool:
        """Whether carats of this origin were brought in by this source before."""
        pools = tables.pools
        query = select(pools.c.source).where(pools.c.source == source, pools.c.origin == origin)
        return self.session.scalar(query) is not None

    def bring_in(self, source: str, origin: str, carats: Carats) -> None:
        """Carats that re-exports may draw on later (CA-R 2(e)(v))."""
        none = Carats.from_thousandths(0)
        self.keep(tables.pools, source=source, origin=origin, brought=carats, drawn=none)

    def live_certificate(self, shipment: str) -> Certificate | None:
        """The shipment's certificate that has not ended, or under which its goods left and did not come back."""
        table = tables.certificates
        abroad = and_(table.c.exported_on.is_not(None), table.c.state != State.RETURNED_UNUSED)
        stands = or_(table.c.state.not_in(ENDED), abroad)
        return self.session.scalar(select(Certificate).where(table.c.shipment == shipment, stands).limit(1))

    def incoming_of(self, scan: str) -> Incoming | None:
        return self.session.scalar(select(Incoming).where(tables.incoming.c.scan == scan))

    def count_export(self, certificate: Certificate) -> None:
        """Into the trade statistics by the day of export; technical certificates and copies lie outside them."""
        facts = certificate.facts
        if facts.kind in (Kind.TECHNICAL, Kind.COPY):
            return
        for line in facts.lines:
            self.keep(
                tables.certificate_lines,
                certificate=certificate.id,
                heading=line.heading,
                destination=facts.destination,
                origin=facts.origin,
                carats=line.carats,
                value=line.value,
                exported_on=certificate.exported_on,
            )

    def uncount_export(self, certificate: Certificate) -> None:
        lines = tables.certificate_lines
        self.session.execute(delete(lines).where(lines.c.certificate == certificate.id))

    def keep_key(self, name: str, officer: str, *, public: bytes, sealed: bytes) -> None:
        self.drop_key(name, officer)
        self.keep(tables.sealed_keys, name=name, officer=officer, public=public, sealed=sealed)

    def drop_key(self, name: str, officer: str) -> None:
        """Nobody can use this sealed key any more."""
        keys = tables.sealed_keys
        self.session.execute(delete(keys).where(keys.c.name == name, keys.c.officer == officer))

    def save_draft(self, screen: str, text: str) -> None:
        """The officer's draft of a screen, outside the history; empty text forgets it."""
        drafts = tables.drafts
        mine = and_(drafts.c.officer == self.by, drafts.c.screen == screen)
        self.session.execute(delete(drafts).where(mine))
        if text:
            self.keep(drafts, officer=self.by, screen=screen, text=text, saved_at=self.at)

    def keep_paper(self, content: bytes, *, subject: str, name: str) -> str:
        """Archive a paper; its digest, SHA-256 in hex. The same paper twice is once."""
        digest = sha256(content).hexdigest()
        if self.session.scalar(select(tables.papers.c.digest).where(tables.papers.c.digest == digest)) is None:
            self.keep(tables.papers, digest=digest, subject=subject, name=name, content=content, kept_at=self.at)
        return digest

    def parcel_slip(self, parcel: Parcel) -> ParcelSlip:
        """The parcel as it is now in this visit."""
        self.session.flush()
        slip = rows.parcel(self.session, parcel.number)
        assert slip is not None
        return slip

    def _last_digest(self, subject: str) -> str | None:
        history = tables.history
        last = self.session.scalar(
            select(history.c.record).where(history.c.subject == subject).order_by(history.c.sequence.desc()).limit(1)
        )
        return None if last is None else digest(last)

    def _append(self, act: str, subject: str, revision: int, line: str, why: str) -> None:
        entry = Entry(
            sequence=self.head.size + 1,
            previous=self.head.digest,
            at=self.at,
            act=act,
            by=self.by,
            subject=subject,
            revision=revision,
            after=digest(line),
            why=why,
        )
        self.keep(
            tables.history,
            sequence=entry.sequence,
            previous=entry.previous,
            body=entry.body(),
            digest=entry.digest,
            kind=subject.split("/", 1)[0],
            subject=subject,
            record=line,
            at=entry.at,
            by=entry.by,
            act=entry.act,
        )
        if why:
            index(self.session.connection(), HISTORY, str(entry.sequence), why)
        self.head = Head(entry.sequence, entry.digest)
        self.session.execute(update(tables.head).values(size=self.head.size, digest=self.head.digest))
