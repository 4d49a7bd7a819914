"""The counter: the photo of goods that come in, who saw them, and whose hands they go through (kpcs.md §4, §13)."""

import hashlib
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from kpdesk.desks.desk import Desk, apart
from kpdesk.domain.custody import (
    IN_THE_HOUSE,
    WHY_PLACES,
    Custody,
    Handover,
    NotInTheHouse,
    NotTheHolder,
    Photo,
    Place,
    Service,
    WhyMissing,
    Witness,
)
from kpdesk.domain.kept import record_of
from kpdesk.domain.measures import total_carats
from kpdesk.domain.outcomes import Refusal
from kpdesk.domain.parcel import Parcel
from kpdesk.domain.parties import Role
from kpdesk.domain.records import canonical, digest
from kpdesk.scanning.foreign import MOST_BYTES, Picture, Reader
from kpdesk.scanning.jpeg import jpeg
from kpdesk.scanning.pictures import Kind, kind_of
from kpdesk.scanning.troubles import FileUnreachable, NotAPicture
from kpdesk.store import counter as rows
from kpdesk.store import keeping
from kpdesk.store.counter import Held
from kpdesk.store.unit import Look, Unit

LONGEST = 1600
"""Pixels of a kept photo's longer side."""
_HOLDERS = (Role.CLERK, Role.VALUER, Role.ISSUING, Role.SUPERVISOR)


@dataclass(eq=False)
class NothingToHandOver(Refusal):
    """No parcel was scanned."""


# Photos and witnesses


@dataclass(frozen=True, slots=True)
class Shot:
    """A photo as it will be kept, and the digest of what was given."""

    picture: Picture
    content: bytes = field(repr=False)
    """A JPEG of our own making."""
    original: str

    @property
    def digest(self) -> str:
        return hashlib.sha256(self.content).hexdigest()


def read_photo(reader: Reader, given: Path | bytes, *, name: str = "", longest: int = LONGEST) -> Shot:
    """A picture from a file or the clipboard, at most `longest` pixels a side; raises the troubles of strange files."""
    name = given.name if isinstance(given, Path) else name
    data = given if isinstance(given, bytes) else _bytes_of(given)
    if data and kind_of(data) not in (Kind.PNG, Kind.JPEG):
        raise NotAPicture(name)
    picture = reader.picture_bytes(name, data, longest=longest)
    return Shot(picture, jpeg(picture), hashlib.sha256(data).hexdigest())


def _bytes_of(path: Path) -> bytes:
    """No more than one byte past what is read at all: the reader says that it is too much."""
    try:
        with path.open("rb") as file:
            return file.read(MOST_BYTES + 1)
    except OSError as problem:
        raise FileUnreachable(path.name) from problem


def keep_photo(unit: Unit, parcel: Parcel, shot: Shot) -> Photo:
    """Beside those that are kept already."""
    place = len(keeping.all_of(unit.session, Photo, about=f"parcel/{parcel.number}")) + 1
    photo = Photo(
        parcel=parcel.number,
        place=place,
        picture=unit.keep_paper(shot.content, subject=f"parcel/{parcel.number}", name=f"photo-{place}.jpg"),
        original=shot.original,
        width=shot.picture.width,
        height=shot.picture.height,
        by=unit.by,
        at=unit.at,
    )
    keeping.keep(unit, "keep_photo", photo)
    return photo


def add_photo(desk: Desk, parcel: str, shot: Shot) -> Photo:
    """One more photo of a parcel in the house."""
    desk.must(Role.CLERK, Role.VALUER)
    with desk.unit() as unit:
        return keep_photo(unit, in_the_house(unit, parcel), shot)


def keep_witnesses(unit: Unit, parcel: Parcel, witnesses: Mapping[Service, str]) -> None:
    for service, name in witnesses.items():
        salt = secrets.token_bytes(16)
        keeping.keep(
            unit,
            "keep_witness",
            Witness(parcel=parcel.number, service=service, name=name.strip(), salt=salt, at=unit.at),
        )


def witnesses(desk: Desk, parcel: str) -> tuple[Witness, ...]:
    """Who of other services was there when the parcel came in: for the weight sheet to name."""
    with desk.look() as session:
        return keeping.all_of(session, Witness, about=f"parcel/{parcel}")


# From hand to hand


def custody(desk: Desk) -> tuple[Held, ...]:
    """Every parcel in the house, who answers for it and where it lies."""
    with desk.look() as session:
        return rows.held(session)


def names(desk: Desk) -> dict[str, str]:
    """Every officer's name by id, also of those who left."""
    with desk.look() as session:
        return rows.names(session)


def scanned(desk: Desk, text: str) -> Held | None:
    """The parcel in the house of this number, or in this bag."""
    with desk.look() as session:
        number = rows.parcel_of(session, text)
        return next(iter(rows.held(session, [number])), None) if number else None


def hand_over(desk: Desk, taker: Desk, *, parcels: Sequence[str], place: Place, why: str = "") -> Handover:
    """From this officer's hands into another's, who signs in beside; both sign the list.

    Who holds a parcel gives it; a supervisor may for anybody. Raises NotTheHolder, NotInTheHouse, SamePerson,
    WhyMissing for goods on hold or seized, NothingToHandOver.
    """
    desk.must(*_HOLDERS)
    taker.must(*_HOLDERS)
    apart(desk, taker, "hand_over")
    if not parcels:
        raise NothingToHandOver
    if place in WHY_PLACES and not why.strip():
        raise WhyMissing
    with desk.unit() as unit:
        goods = [in_the_house(unit, number) for number in dict.fromkeys(parcels)]
        holders = {row.parcel: row for row in rows.held(unit.session, [each.number for each in goods])}
        may_all = Role.SUPERVISOR in desk.officer.roles
        for number, row in holders.items():
            if not may_all and (row.holder != desk.officer.id or row.place is Place.SEIZED):
                raise NotTheHolder(number, rows.names(unit.session).get(row.holder, row.holder))
        bare = Handover(
            number=f"H-{desk.today.year}-{unit.next(f'handover-{desk.today.year}'):06}",
            giver=desk.officer.id,
            taker=taker.officer.id,
            place=place,
            parcels=tuple(each.number for each in goods),
            carats=total_carats(each.carats for each in goods if each.carats is not None),
            unweighed=sum(each.carats is None for each in goods),
            why=why.strip(),
            at=unit.at,
        )
        signed = digest(canonical(record_of(bare)))
        subject = f"handover/{bare.number}"
        signatures = (desk.sign("handover.give", subject, signed), taker.sign("handover.take", subject, signed))
        made = replace(bare, signatures=signatures)
        keeping.keep(unit, "hand_over", made, why=made.why)
        for each in goods:
            held = Custody(
                parcel=each.number, place=place, holder=taker.officer.id, since=unit.at, handover=made.number
            )
            keeping.keep(unit, "hand_over", held, why=made.why)
        return made


def in_the_house(unit: Unit, number: str) -> Parcel:
    """Raises NotFound, NotInTheHouse."""
    parcel = unit.get(Parcel, number)
    if parcel.state not in IN_THE_HOUSE:
        raise NotInTheHouse(number, parcel.state.value)
    return parcel


def place_of(session: Look, parcel: str) -> Place:
    kept = keeping.find(session, Custody, parcel)
    return kept.place if kept else Place.COUNTER


__all__ = ["Held", "Picture", "Reader", "Shot"]
