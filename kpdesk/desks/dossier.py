"""A parcel's dossier: what it is, who weighed, valued and held it, its papers, and who did what when (desk.md §4).

It is for reading alone, and blind where work is blind: no reading while carats are not agreed, no figure before all.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from kpdesk.desks import valuer
from kpdesk.desks.archive import papers_about
from kpdesk.desks.desk import Desk
from kpdesk.desks.weighing import Read
from kpdesk.domain.custody import Contest, Photo, Place, Voucher, Witness
from kpdesk.domain.papers import OfficePaper
from kpdesk.domain.parcel import Draw, Parcel, ParcelState, Source
from kpdesk.domain.slips import ParcelSlip
from kpdesk.domain.titles import Title
from kpdesk.domain.valuation import Figure
from kpdesk.store import counter as rows
from kpdesk.store import keeping
from kpdesk.store import lists as pages
from kpdesk.store.counter import Entry
from kpdesk.store.unit import Look, NotFound, Unit

_TOLD = {
    "parcel": ("state", "carats", "value", "bag", "shipment"),
    "custody": ("place", "holder"),
    "contest": ("number", "agreed_carats", "agreed_value"),
    "voucher": ("number", "carats"),
    "witness": ("service",),
}
"""What of a thing's changes is worth a word in the story."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One act on the parcel."""

    at: datetime
    act: str
    officer: str
    """The name."""
    kind: str
    """Of the thing it was done to: `parcel`, `custody`, `voucher` …"""
    why: str
    changed: tuple[tuple[str, str], ...]
    """(what, what it is since)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stay:
    """Where the parcel lay from then on, and with whom."""

    place: Place
    holder: str
    """The name."""
    since: datetime
    handover: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    digest: str
    name: str
    kept_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Dossier:
    """Everything that may be seen of a parcel; officers by name."""

    slip: ParcelSlip
    source: Source
    title: str
    mine: str
    zone: str
    draws: tuple[Draw, ...]
    note: str
    received_by: str
    weighed_by: str
    valued_by: str
    certificate: str
    """The number, or the id while it has none, of the certificate it goes or went with."""
    readings: tuple[Read, ...]
    figures: tuple[Figure, ...]
    stays: tuple[Stay, ...]
    """The last first."""
    vouchers: tuple[Voucher, ...]
    witnesses: tuple[Witness, ...]
    contests: tuple[Contest, ...]
    photos: tuple[Photo, ...]
    papers: tuple[Paper, ...]
    steps: tuple[Step, ...]
    """The last first."""


def dossier(desk: Desk, scanned: str) -> Dossier:
    """Of the parcel with this number, or in this bag; raises NotFound."""
    with desk.look() as session:
        number = rows.parcel_of(session, scanned)
        if number is None:
            raise NotFound(Parcel.kind, scanned.strip()[:40])
    figures, _ = valuer.figures(desk, number)
    about = papers_about(desk, f"parcel/{number}")
    with desk.view() as unit:
        session, subject = unit.session, f"parcel/{number}"
        slip, parcel, names = unit.parcel_slip(unit.get(Parcel, number)), unit.get(Parcel, number), rows.names(session)
        title = session.get(Title, parcel.title)
        story = rows.story(session, subject)
        certificate = unit.live_certificate(parcel.shipment) if parcel.shipment else None
        return Dossier(
            slip=slip,
            source=parcel.source,
            title=parcel.title,
            mine=title.mine if title else "",
            zone=parcel.zone,
            draws=parcel.draws,
            note=parcel.note,
            received_by=names.get(parcel.received_by, parcel.received_by),
            weighed_by=names.get(parcel.weighed_by, parcel.weighed_by),
            valued_by=names.get(parcel.valued_by, parcel.valued_by),
            certificate=f"{certificate.number or certificate.id}" if certificate else "",
            readings=() if parcel.state is ParcelState.RECEIVED else tuple(_readings(unit, number, names)),
            figures=figures,
            stays=(*reversed([*_stays(parcel, story, names)]),),
            vouchers=keeping.all_of(session, Voucher, about=subject),
            witnesses=keeping.all_of(session, Witness, about=subject),
            contests=keeping.all_of(session, Contest, about=subject),
            photos=keeping.all_of(session, Photo, about=subject),
            papers=_papers(session, parcel, about),
            steps=(*reversed([*_steps(story, names)]),),
        )


def paper(desk: Desk, digest: str) -> bytes:
    """An archived paper or photo; raises NotFound."""
    with desk.look() as session:
        content = pages.paper(session, digest)
        if content is None:
            raise NotFound("paper", digest[:12])
        return content


def _papers(session: Look, parcel: Parcel, about: Sequence[OfficePaper]) -> tuple[Paper, ...]:
    """Photos and papers, the oldest first; while carats are not agreed none but photos, for a paper may state them."""
    drawn = {each.digest: Paper(digest=each.digest, name=each.number, kept_at=each.made_at) for each in about}
    filed = {
        digest: Paper(digest=digest, name=name, kept_at=at)
        for digest, name, at in rows.papers(session, f"parcel/{parcel.number}")
    }
    blind = parcel.state is ParcelState.RECEIVED
    every = (each for each in {**filed, **drawn}.values() if not blind or each.name.endswith(".jpg"))
    return tuple(sorted(every, key=lambda each: each.kept_at))


def _readings(unit: Unit, number: str, names: Mapping[str, str]) -> Iterator[Read]:
    for each in unit.weighings(number):
        yield Read(each.carats, names.get(each.officer, each.officer), each.at, each.by_hand, each.balance)


def _stays(parcel: Parcel, story: Sequence[Entry], names: Mapping[str, str]) -> Iterator[Stay]:
    holder = names.get(parcel.received_by, parcel.received_by)
    yield Stay(place=Place.COUNTER, holder=holder, since=parcel.received_at, handover="")
    for entry in story:
        if entry.subject.startswith("custody/"):
            held = entry.record
            holder = names.get(held["holder"], held["holder"])
            yield Stay(place=Place(held["place"]), holder=holder, since=entry.at, handover=held["handover"])


def _steps(story: Sequence[Entry], names: Mapping[str, str]) -> Iterator[Step]:
    """Each entry with what it changed in the thing's record; blank values say nothing."""
    last: dict[str, Mapping[str, object]] = {}
    for entry in story:
        before, kind = last.get(entry.subject, {}), entry.subject.partition("/")[0]
        changed = tuple(
            (name, names.get(str(entry.record[name]), str(entry.record[name])))
            for name in _TOLD.get(kind, ())
            if entry.record.get(name) not in (None, "", before.get(name))
        )
        last[entry.subject] = entry.record
        yield Step(
            at=entry.at,
            act=entry.act,
            officer=names.get(entry.by, entry.by),
            kind=kind,
            why=entry.why,
            changed=changed,
        )
