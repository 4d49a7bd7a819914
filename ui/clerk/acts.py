"""The register page tied to the clerk's desk. Runs in the workroom; touches no widget."""

import base64
import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from kpdesk.desks import clerk, counter, register, vouchers
from kpdesk.desks.counter import Shot
from kpdesk.desks.desk import Desk
from kpdesk.domain.custody import Service, Voucher
from kpdesk.domain.measures import Carats
from kpdesk.domain.outcomes import Outcome
from kpdesk.domain.parcel import Draw
from kpdesk.domain.weighing import allowed_difference
from ui import messages
from ui.clerk.intake import Intake, Known, RegisterActs
from ui.clerk.parked_card import Waits
from ui.instruments import Instruments
from ui.marks import QT_TRANSLATE_NOOP
from ui.slips import Agreement, Registered
from ui.tones import Answer, Tone

_SCREEN, _PHOTO = "register", "register/photo"
_WHYS = (
    ("sorted_out", QT_TRANSLATE_NOOP("reasons", "Stones were sorted out after the sale")),
    ("cleaned", QT_TRANSLATE_NOOP("reasons", "Loss in cleaning")),
    ("divided", QT_TRANSLATE_NOOP("reasons", "A purchase divided into like parcels")),
    ("seller_away", QT_TRANSLATE_NOOP("reasons", "A voucher follows; the seller is on the way")),
    ("other", QT_TRANSLATE_NOOP("reasons", "Other: see the note")),
)
_MOST_LIST = 17 * 1024 * 1024


def register_acts(desk: Desk, instruments: Instruments) -> RegisterActs:
    """The page's questions, asked of this officer's desk."""
    reader = instruments.reader
    return RegisterActs(
        known=lambda: _known(desk),
        check=lambda intake: _check(desk, intake),
        agreement=lambda first, second: _agreement(desk, first, second),
        draft=lambda: _draft(desk),
        keep_draft=lambda texts: _keep_draft(desk, texts),
        save=lambda intake: _save(desk, intake),
        read_photo=lambda given, name: counter.read_photo(reader, given, name=name),
        photo_text=_photo_text,
        photo_of=lambda text: _photo_of(instruments, text),
        read_vouchers=lambda given, name: _read_vouchers(desk, given, name),
        park=lambda name, texts: register.park(desk, name, json.dumps(dict(texts))),
        parked=lambda: [_waits(each) for each in register.parked(desk)],
        take_up=lambda name: _texts(register.take_up(desk, name)),
        today=lambda: desk.today,
    )


def _known(desk: Desk) -> Known:
    return Known(
        exporters=clerk.exporters(desk),
        titles=clerk.titles(desk),
        countries=clerk.participants(desk),
        whys=messages.reasons(_WHYS),
        sellers=vouchers.sellers(desk),
        holdings=vouchers.holdings(desk),
        zones=register.zones(desk),
    )


def _check(desk: Desk, intake: Intake) -> Sequence[tuple[str, Answer]]:
    if intake.exporter is None:
        return ()
    found = register.check_parcel(
        desk,
        exporter=intake.exporter,
        source=intake.source,
        title=intake.title,
        heading=intake.heading,
        carats=intake.second or intake.first,
        bought_by=intake.vouchers,
        bag=intake.bag,
    )
    return tuple((field, _answer(each)) for field, each in found)


def _answer(each: object) -> Answer:
    if isinstance(each, Outcome):
        return Answer(Tone.STOP, each.code, tuple(each.facts.items()))
    return messages.found(each)  # type: ignore[arg-type]


def _agreement(desk: Desk, first: Carats, second: Carats) -> Agreement:
    with desk.look() as session:
        readability = desk.settings(session).readability
    difference = max(first, second) - min(first, second)
    return Agreement(difference, allowed_difference(first, readability))


# Drafts: the photo lies beside, so that it is not written again with every word


def _draft(desk: Desk) -> Mapping[str, str]:
    texts = _texts(clerk.draft(desk, _SCREEN))
    return texts | {"photo": clerk.draft(desk, _PHOTO)} if texts else {}


def _texts(kept: str) -> dict[str, str]:
    return {str(name): str(text) for name, text in json.loads(kept).items()} if kept else {}


def _keep_draft(desk: Desk, texts: Mapping[str, str]) -> datetime:
    words = {name: text for name, text in texts.items() if name != "photo"}
    photo = texts.get("photo", "")
    if photo != clerk.draft(desk, _PHOTO):
        clerk.save_draft(desk, _PHOTO, photo)
    clerk.save_draft(desk, _SCREEN, json.dumps(words) if any(texts.values()) else "")
    return desk.clock()


def _photo_text(shot: Shot | None) -> str:
    return json.dumps([base64.b64encode(shot.content).decode(), shot.original]) if shot else ""


def _photo_of(instruments: Instruments, text: str) -> Shot | None:
    if not text:
        return None
    content, original = json.loads(text)
    data = base64.b64decode(content)
    return Shot(instruments.reader.picture_bytes("photo", data, longest=counter.LONGEST), data, original)


def _waits(parked: register.Parked) -> Waits:
    return Waits(parked.name, _texts(parked.text).get("first", ""), parked.saved_at)


# What is handed in


def _read_vouchers(desk: Desk, given: Path | bytes, name: str) -> Sequence[Voucher]:
    if isinstance(given, Path):
        with given.open("rb") as file:
            given = file.read(_MOST_LIST)
    return vouchers.read_vouchers(desk, given, name=name)


def _save(desk: Desk, intake: Intake) -> Registered:
    assert intake.exporter is not None
    carats = [taken.carats for taken in intake.weighed]
    witnesses = {Service.CUSTOMS: intake.customs, Service.MINES: intake.mines}
    slip = clerk.receive_parcel(
        desk,
        exporter=intake.exporter,
        heading=intake.heading,
        origins=intake.origins,
        provenance=intake.provenance,
        source=intake.source,
        title=intake.title,
        zone=intake.zone,
        draws=_draws(desk, intake, carats[-1]),
        pieces=intake.pieces or 0,
        note=intake.note,
        bag=intake.bag,
        bought_by=[replace(voucher, parcel="") for voucher in intake.vouchers],
        photo=intake.photo,
        witnesses={service: name for service, name in witnesses.items() if name},
        why=intake.why,
        weighings=[taken.weighing(officer=desk.officer.id, at=desk.clock()) for taken in intake.weighed],
    )
    return Registered(slip.number, slip.carats or carats[0])


def _draws(desk: Desk, intake: Intake, carats: Carats) -> tuple[Draw, ...]:
    """Over each source's origins; one without carats takes what the others leave of the parcel's agreed hundredths."""
    if not intake.drawn:
        return ()
    return register.draws(desk, [(each.source, each.carats) for each in intake.drawn], carats)
