"""One word for the whole verdict: wrong beats unsaid, and a note never counts."""

from dataclasses import fields, replace
from datetime import date
from enum import StrEnum

import pytest

from kpdesk import sentences
from kpdesk.domain import verdict as answers
from kpdesk.domain.outcomes import Rule, Severity
from kpdesk.domain.verdict import Acceptable, Verdict, Weight

GOOD = Verdict(
    code=answers.Code.READ,
    lists=answers.ListsAge.FRESH,
    issuer=answers.Issuer.KNOWN,
    signature=answers.Signature.GOOD,
    content=answers.Content.FULL,
    numbering=answers.Numbering.MATCHES,
    dates=answers.Dates.CURRENT,
    voided=answers.Voided.NO,
    alerted=answers.Alerted.NO,
    elsewhere=answers.Elsewhere.NO,
    here=answers.Here.NO,
    sort=answers.Sort.ORIGINAL,
    practice=answers.Practice.NO,
)
ASKED = [each.name for each in fields(GOOD) if isinstance(getattr(GOOD, each.name), StrEnum)]
EVERY = [(name, each) for name in ASKED for each in type(getattr(GOOD, name))]


def test_all_good() -> None:
    assert GOOD.acceptable is Acceptable.ACCEPTABLE
    assert [answer.weight for answer in GOOD.answers] == [Weight.GOOD] * (len(ASKED) - 1) + [Weight.NOTE]


@pytest.mark.parametrize(("name", "each"), EVERY, ids=[each.value for _, each in EVERY])
def test_each_answer_decides_alone(name: str, each: StrEnum) -> None:
    verdict = replace(GOOD, **{name: each})  # type: ignore[arg-type]
    (answer,) = [answer for answer in verdict.answers if answer.code == each.value]
    expected = {Weight.WRONG: Acceptable.NOT_ACCEPTABLE, Weight.UNSAID: Acceptable.NOT_JUDGED}
    assert verdict.acceptable is expected.get(answer.weight, Acceptable.ACCEPTABLE)
    assert each.value in sentences.VERDICT


WRONG = [
    "code_too_long",
    "code_mistyped",
    "code_damaged",
    "code_too_large",
    "code_malformed",
    "signature_wrong",
    "signature_other_algorithm",
    "issuer_other_purpose",
    "issuer_revoked",
    "issuer_outside_validity",
    "content_wrong",
    "numbering_other_issuer",
    "dates_not_yet",
    "dates_expired",
    "voided_void",
    "voided_lost",
    "alerted_yes",
    "elsewhere_yes",
    "here_yes",
    "sort_copy",
    "practice_stray",
]
UNSAID = ["code_none", "code_foreign", "issuer_unknown", "lists_none"]


def test_what_is_wrong_and_what_cannot_be_said() -> None:
    def weighing(weight: Weight) -> set[str]:
        verdicts = (replace(GOOD, **{name: each}) for name, each in EVERY)  # type: ignore[arg-type]
        return {answer.code for verdict in verdicts for answer in verdict.answers if answer.weight is weight}

    assert weighing(Weight.WRONG) == set(WRONG)
    unsaid = weighing(Weight.UNSAID)
    assert {code for code in unsaid if not code.endswith("_not_judged")} == set(UNSAID)
    assert {each.value for _, each in EVERY if each.value.endswith("_not_judged")} <= unsaid


def test_every_sentence_is_an_answers() -> None:
    assert sentences.VERDICT.keys() == {each.value for _, each in EVERY}


def test_wrong_beats_unsaid() -> None:
    verdict = replace(GOOD, lists=answers.ListsAge.NONE, dates=answers.Dates.EXPIRED)
    assert verdict.acceptable is Acceptable.NOT_ACCEPTABLE


@pytest.mark.parametrize(
    ("severity", "acceptable"),
    [
        (Severity.NOTE, Acceptable.ACCEPTABLE),
        (Severity.LIFTABLE, Acceptable.NOT_ACCEPTABLE),
        (Severity.STOP, Acceptable.NOT_ACCEPTABLE),
    ],
)
def test_standing_of_the_participant_counts(severity: Severity, acceptable: Acceptable) -> None:
    finding = Rule("participant_suspended", severity, "Section I").found(participant="XZ")
    assert replace(GOOD, standing=(finding,)).acceptable is acceptable


def test_exit_codes() -> None:
    assert [each.exit_code for each in Acceptable] == [0, 1, 2]


def test_a_verdict_on_nothing() -> None:
    verdict = Verdict(code=answers.Code.NONE, lists=answers.ListsAge.FRESH)
    assert verdict.acceptable is Acceptable.NOT_JUDGED
    assert set(verdict.answers[0].facts.values()) == {""}


def test_dates_are_written_alike() -> None:
    assert answers._day(date(2026, 1, 2)) == "2026-01-02"
    assert answers._day(None) == ""
