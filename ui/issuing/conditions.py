"""What a shipment meets on its way to a certificate, condition by condition: ✓, or what stands against it."""

from collections.abc import Iterator, Sequence

from kpdesk.desks.approving import Draft
from kpdesk.domain.outcomes import Finding, Severity
from ui import messages
from ui.tones import Answer, Tone

_GROUPS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("parties_known", ("exporter_", "importer_")),
    (
        "participants_open",
        ("not_participant", "suspended", "restricted", "zone_", "may_not_head", "own_law", "origin_"),
    ),
    ("licences_valid", ("licence_", "title_", "power_", "watched_")),
    ("sources_proved", ("declaration_", "warranty_", "stock_", "draw", "more_than_mined", "voucher", "seller_")),
    ("weights_agreed", ("carats_", "parcels_")),
    ("values_agreed", ("value_", "figure", "declared_", "price_", "reexport_")),
    ("people_apart", ("same_person",)),
    ("page_stated", ("",)),
)
"""A condition and how the codes of its rules begin; whatever is new belongs to the last."""


def conditions(findings: Sequence[Finding], lifted: Sequence[str]) -> Iterator[Answer]:
    """One answer a condition that is met, and each finding that stands against one or that an officer should know."""
    documents = dict(each.split(": ", 1) for each in lifted if ": " in each)
    held: set[str] = set()
    for finding in findings:
        found = messages.found(finding)
        if finding.severity is Severity.LIFTABLE and finding.key in documents:
            facts = (("rule", messages.answer(found).what), ("document", documents[finding.key]))
            yield Answer(Tone.NOTE, "lifted", facts, found.clause)
            continue
        if finding.severity is not Severity.NOTE:
            held.add(_group(finding.rule.code))
        yield found
    yield from (Answer(Tone.OK, group) for group, _ in _GROUPS if group not in held)


def _group(code: str) -> str:
    return next(group for group, begins in _GROUPS if code.startswith(begins))


def worth_a_look(draft: Draft) -> Iterator[Answer]:
    """What about a draft asks for more than a glance before it is signed."""
    yield from (each for each in conditions(draft.findings, draft.lifted) if each.tone is not Tone.OK)
    yield from (Answer(Tone.LIFTABLE, "typed_weight", (("parcel", parcel),)) for parcel in draft.typed)
    yield from (Answer(Tone.NOTE, "unusual_price", (("parcel", parcel),)) for parcel in draft.unusual)
