"""The verdict in one sign, one word and what to do: the gravest of its answers (desk.md §6 E)."""

from enum import Enum
from typing import NamedTuple

from PySide6.QtCore import QCoreApplication

from kpdesk.domain.certificate import Facts
from kpdesk.domain.goods import MIXED
from kpdesk.domain.outcomes import Severity
from kpdesk.domain.verdict import (
    Acceptable,
    Alerted,
    Code,
    Dates,
    Elsewhere,
    Here,
    Issuer,
    ListsAge,
    Numbering,
    Practice,
    Signature,
    Sort,
    Verdict,
    Voided,
    Weight,
)
from ui import messages
from ui.formats import Formats
from ui.marks import QT_TRANSLATE_NOOP
from ui.tones import Answer, Tone


class Headline(NamedTuple):
    tone: Tone
    word: str
    todo: str


_HOLD = QT_TRANSLATE_NOOP("headline", "Hold the goods and tell the issuing authority.")
_LOOK = QT_TRANSLATE_NOOP("headline", "Now compare the paper, the seals and the goods.")

_HEADLINES: tuple[tuple[frozenset[Enum], Tone, str, str], ...] = (
    (frozenset({Practice.STRAY}), Tone.STOP, QT_TRANSLATE_NOOP("headline", "Practice paper"), _HOLD),
    (
        frozenset({Signature.WRONG, Signature.OTHER_ALGORITHM, Numbering.OTHER_ISSUER}),
        Tone.STOP,
        QT_TRANSLATE_NOOP("headline", "Signature wrong"),
        _HOLD,
    ),
    (
        frozenset({Code.TOO_LONG, Code.MISTYPED, Code.DAMAGED, Code.TOO_LARGE, Code.MALFORMED}),
        Tone.STOP,
        QT_TRANSLATE_NOOP("headline", "Code altered"),
        _HOLD,
    ),
    (frozenset({Voided.LOST}), Tone.STOP, QT_TRANSLATE_NOOP("headline", "Missing number"), _HOLD),
    (frozenset({Voided.VOID}), Tone.STOP, QT_TRANSLATE_NOOP("headline", "Void number"), _HOLD),
    (frozenset({Alerted.YES}), Tone.STOP, QT_TRANSLATE_NOOP("headline", "Alert"), _HOLD),
    (
        frozenset({Issuer.REVOKED, Issuer.OTHER_PURPOSE, Issuer.OUTSIDE_VALIDITY}),
        Tone.STOP,
        QT_TRANSLATE_NOOP("headline", "Key not valid"),
        _HOLD,
    ),
    (
        frozenset({Here.YES, Elsewhere.YES}),
        Tone.STOP,
        QT_TRANSLATE_NOOP("headline", "Already received"),
        QT_TRANSLATE_NOOP("headline", "A number is received once. Hold the goods and ask where it was received."),
    ),
    (
        frozenset({Dates.EXPIRED}),
        Tone.LIFTABLE,
        QT_TRANSLATE_NOOP("headline", "Expired"),
        QT_TRANSLATE_NOOP("headline", "Ask for proof that it was exported before the expiry."),
    ),
    (
        frozenset({Sort.COPY}),
        Tone.LIFTABLE,
        QT_TRANSLATE_NOOP("headline", "Code genuine, but a copy"),
        QT_TRANSLATE_NOOP("headline", "A copy does not go with a shipment. Ask for the original."),
    ),
    (
        frozenset({ListsAge.NONE}),
        Tone.UNKNOWN,
        QT_TRANSLATE_NOOP("headline", "No lists"),
        QT_TRANSLATE_NOOP("headline", "Take in the Authority's lists, then check again."),
    ),
    (
        frozenset({Issuer.UNKNOWN}),
        Tone.UNKNOWN,
        QT_TRANSLATE_NOOP("headline", "Unknown issuer"),
        QT_TRANSLATE_NOOP(
            "headline", "The key is not in the lists. Take in newer lists, or ask the issuing authority."
        ),
    ),
    (
        frozenset({Code.NONE, Code.FOREIGN}),
        Tone.UNKNOWN,
        QT_TRANSLATE_NOOP("headline", "No code of ours"),
        QT_TRANSLATE_NOOP("headline", "Scan it again flat and sharp, or check the paper by hand."),
    ),
)
"""The gravest first."""

_TONES = {Weight.GOOD: Tone.OK, Weight.NOTE: Tone.NOTE, Weight.WRONG: Tone.STOP, Weight.UNSAID: Tone.UNKNOWN}


def headline(verdict: Verdict) -> Headline:
    """One word for everything."""
    said = {answer.code for answer in verdict.answers}
    for causes, tone, word, todo in _HEADLINES:
        if said & {str(cause.value) for cause in causes}:
            return Headline(tone, _translated(word), _translated(todo))
    if any(finding.severity is not Severity.NOTE for finding in verdict.standing):
        return Headline(Tone.STOP, _translated(QT_TRANSLATE_NOOP("headline", "Not a participant")), _translated(_HOLD))
    match verdict.acceptable:
        case Acceptable.ACCEPTABLE:
            genuine = QT_TRANSLATE_NOOP("headline", "Code genuine")
            return Headline(Tone.OK, _translated(genuine), _translated(_LOOK))
        case Acceptable.NOT_ACCEPTABLE:
            return Headline(Tone.STOP, _translated(QT_TRANSLATE_NOOP("headline", "Not acceptable")), _translated(_HOLD))
        case Acceptable.NOT_JUDGED:
            again = QT_TRANSLATE_NOOP("headline", "Check the paper by hand, or ask the issuing authority.")
            return Headline(Tone.UNKNOWN, _translated(QT_TRANSLATE_NOOP("headline", "Not judged")), _translated(again))


def answers(verdict: Verdict) -> tuple[Answer, ...]:
    """Every answer, and what the register finds about the participant."""
    said = tuple(Answer(_TONES[each.weight], each.code, tuple(each.facts.items())) for each in verdict.answers)
    return (*said, *(messages.found(finding) for finding in verdict.standing))


def facts(stated: Facts, formats: Formats) -> tuple[tuple[str, str], ...]:
    """What the certificate states: (caption, text)."""
    translate = QCoreApplication.translate
    mixed = translate("facts", "mixed origin")
    return (
        (translate("facts", "Carats"), formats.carats(stated.carats)),
        (translate("facts", "Value"), formats.money(stated.value)),
        (translate("facts", "Issued"), formats.date(stated.issued)),
        (translate("facts", "Expires"), formats.date(stated.expires)),
        (translate("facts", "Exporter"), stated.exporter.name),
        (translate("facts", "Importer"), stated.importer.name),
        (
            translate("facts", "Origin and provenance"),
            f"{mixed if stated.origin == MIXED else stated.origin} · {stated.provenance}",
        ),
        (translate("facts", "Destination"), stated.destination),
        (translate("facts", "Parcels and seals"), f"{stated.parcels} · {', '.join(stated.seals)}"),
    )


def _translated(words: str) -> str:
    return QCoreApplication.translate("headline", words)
