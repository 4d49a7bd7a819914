"""The register page tied to the clerk's desk. Runs in the workroom; touches no widget."""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime

from kpdesk.desks import clerk
from kpdesk.desks.desk import Desk
from kpdesk.domain.measures import Carats
from kpdesk.domain.weighing import allowed_difference, typed
from ui import messages
from ui.clerk.register import Known, RegisterActs
from ui.marks import QT_TRANSLATE_NOOP
from ui.slips import Agreement, Intake, Registered
from ui.tones import Answer

_SCREEN = "register"
_REASONS = (
    ("no_balance", QT_TRANSLATE_NOOP("reasons", "No balance at this desk")),
    ("balance_fails", QT_TRANSLATE_NOOP("reasons", "The balance does not answer")),
    ("too_heavy", QT_TRANSLATE_NOOP("reasons", "Heavier than the balance takes")),
)


def register_acts(desk: Desk) -> RegisterActs:
    """The page's questions, asked of this officer's desk."""
    return RegisterActs(
        known=lambda: _known(desk),
        check=lambda intake: _check(desk, intake),
        agreement=lambda first, second: _agreement(desk, first, second),
        draft=lambda: _draft(desk),
        keep_draft=lambda texts: _keep_draft(desk, texts),
        save=lambda intake: _save(desk, intake),
    )


def _known(desk: Desk) -> Known:
    return Known(
        exporters=clerk.exporters(desk),
        titles=clerk.titles(desk),
        countries=clerk.participants(desk),
        reasons=messages.reasons(_REASONS),
    )


def _check(desk: Desk, intake: Intake) -> Sequence[tuple[str, Answer]]:
    if intake.exporter is None:
        return ()
    found = clerk.check_parcel(desk, exporter=intake.exporter, source=intake.source, title=intake.title)
    return tuple((field, messages.found(finding)) for field, finding in found)


def _agreement(desk: Desk, first: Carats, second: Carats) -> Agreement:
    with desk.look() as session:
        readability = desk.settings(session).readability
    difference = max(first, second) - min(first, second)
    return Agreement(difference, allowed_difference(first, readability))


def _draft(desk: Desk) -> Mapping[str, str]:
    kept = clerk.draft(desk, _SCREEN)
    return {str(name): str(text) for name, text in json.loads(kept).items()} if kept else {}


def _keep_draft(desk: Desk, texts: Mapping[str, str]) -> datetime:
    clerk.save_draft(desk, _SCREEN, json.dumps(dict(texts)) if any(texts.values()) else "")
    return desk.clock()


def _save(desk: Desk, intake: Intake) -> Registered:
    assert intake.exporter is not None
    weighed = [carats for carats in (intake.first, intake.second) if carats is not None]
    slip = clerk.receive_parcel(
        desk,
        exporter=intake.exporter,
        heading=intake.heading,
        origins=(intake.origin,),
        provenance=intake.provenance,
        source=intake.source,
        title=intake.title,
        pieces=intake.pieces or 0,
        note=intake.note,
        weighings=[
            typed(carats, officer=desk.officer.id, reason=intake.by_hand, at=desk.clock()) for carats in weighed
        ],
    )
    return Registered(slip.number, slip.carats or weighed[0])
