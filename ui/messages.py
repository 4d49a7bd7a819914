"""Outcomes, findings and answers as sentences in the officer's language."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QCoreApplication

from kpdesk.domain.outcomes import Finding, Outcome
from kpdesk.sentences import ALL, Sentence, sentence
from ui.marks import QT_TRANSLATE_NOOP
from ui.tones import Answer, Tone

SIGNS = {Tone.OK: "✓", Tone.NOTE: "i", Tone.LIFTABLE: "!", Tone.STOP: "×", Tone.UNKNOWN: "?"}
"""Never colour alone. In text; beside words the icon of the same name is drawn."""

_WORDS = {
    Tone.OK: QT_TRANSLATE_NOOP("tone", "In order"),
    Tone.NOTE: QT_TRANSLATE_NOOP("tone", "Note"),
    Tone.LIFTABLE: QT_TRANSLATE_NOOP("tone", "Two may lift"),
    Tone.STOP: QT_TRANSLATE_NOOP("tone", "Stop"),
    Tone.UNKNOWN: QT_TRANSLATE_NOOP("tone", "Not judged"),
}


def word(tone: Tone) -> str:
    """The word that goes with the sign."""
    return QCoreApplication.translate("tone", _WORDS[tone])


def said(code: str, facts: Mapping[str, str]) -> Sentence:
    """The sentence known as `code`, translated, with its facts in place."""
    what, todo = ALL[code]
    return Sentence(
        QCoreApplication.translate("outcome", what).format_map(facts),
        QCoreApplication.translate("outcome", todo).format_map(facts),
    )


def outcome(problem: Outcome) -> Sentence:
    """What a refusal or trouble says, and what it rests on."""
    return sentence(problem, said=said)


def in_full(problem: Outcome) -> str:
    """What is wrong and what to do, in one line."""
    return " ".join(part for part in outcome(problem) if part)


def found(finding: Finding) -> Answer:
    """A finding as an answer that can be shown beside others."""
    return Answer(Tone(finding.severity.value), finding.rule.code, finding.facts, finding.rule.clause)


def answer(one: Answer) -> Sentence:
    return said(one.code, dict(one.facts))


def reasons(coded: Sequence[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    """(code, words in the surface's language) of a list of reasons."""
    return tuple((code, QCoreApplication.translate("reasons", words)) for code, words in coded)


def bug(number: str) -> str:
    """What is told of a mistake of ours."""
    return QCoreApplication.translate(
        "outcome", "The program made a mistake. Your draft is kept. Tell support the number {number}."
    ).format(number=number)
