"""Outcomes, findings and answers as sentences in the officer's language."""

import re
from collections.abc import Mapping, Sequence
from datetime import date

from PySide6.QtCore import QCoreApplication

from kpdesk.domain.outcomes import Finding, Outcome
from kpdesk.sentences import ALL, Sentence, sentence
from ui.formats import day, month
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


_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_MONTH = re.compile(r"\d{4}-(0[1-9]|1[0-2])")


def word(tone: Tone) -> str:
    """The word that goes with the sign."""
    return QCoreApplication.translate("tone", _WORDS[tone])


def said(code: str, facts: Mapping[str, str]) -> Sentence:
    """The sentence known as `code`, translated, with its facts in place."""
    what, todo = ALL[code]
    shown = {name: _shown(str(fact)) for name, fact in facts.items()}
    return Sentence(
        QCoreApplication.translate("outcome", what).format_map(shown),
        QCoreApplication.translate("outcome", todo).format_map(shown),
    )


def _shown(fact: str) -> str:
    """Days and months as the window writes them; facts are ISO."""
    try:
        if _DAY.fullmatch(fact):
            return day(date.fromisoformat(fact))
        if _MONTH.fullmatch(fact):
            return month(date.fromisoformat(f"{fact}-01"))
    except ValueError:
        pass
    return fact


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
