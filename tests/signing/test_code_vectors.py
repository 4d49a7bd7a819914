"""Every file under tests/vectors is a case; its folder says what the verdict must be."""

from pathlib import Path

import pytest

from kpdesk.domain.outcomes import Trouble
from kpdesk.domain.verdict import Acceptable, Verdict, Weight
from kpdesk.signing import code, lists
from tests.vectors.make import FOLDER, codes, list_files
from tests.vectors.practice import LISTER, LISTS, NOW

WRONG = {
    "valid": set(),
    "tampered": {"signature_wrong"},
    "expired": {"dates_expired"},
    "expired_and_void": {"dates_expired", "voided_void"},
    "void": {"voided_void"},
    "lost": {"voided_lost"},
    "received": {"elsewhere_yes"},
    "alert": {"alerted_yes"},
    "unknown_issuer": {"issuer_unknown"},
    "revoked": {"issuer_revoked"},
    "outside_validity": {"issuer_outside_validity"},
    "other_purpose": {"issuer_other_purpose"},
    "other_algorithm": {"signature_other_algorithm"},
    "other_issuer": {"numbering_other_issuer"},
    "not_yet": {"dates_not_yet"},
    "copy": {"sort_copy"},
    "not_content": {"content_wrong"},
    "foreign": {"code_foreign"},
    "mistyped": {"code_mistyped"},
    "damaged": {"code_damaged"},
    "too_large": {"code_too_large"},
    "too_long": {"code_too_long"},
    "malformed": {"code_malformed"},
}
"""What is said to be wrong, or, where nothing is, what first could not be judged."""

FILES = sorted(FOLDER.glob("*/*.txt"))


def read(file: Path) -> str:
    return file.read_text().removesuffix("\n")


def faults(verdict: Verdict) -> set[str]:
    wrong = {answer.code for answer in verdict.answers if answer.weight is Weight.WRONG}
    unsaid = [answer.code for answer in verdict.answers if answer.weight is Weight.UNSAID]
    return wrong or set(unsaid[:1])


@pytest.mark.parametrize("file", FILES, ids=lambda file: f"{file.parent.name}/{file.stem}")
def test_vector(file: Path) -> None:
    verdict = code.check(read(file), lists=LISTS, now=NOW)
    folder = file.parent.name
    assert faults(verdict) == WRONG[folder]
    expected = {
        "valid": Acceptable.ACCEPTABLE,
        "unknown_issuer": Acceptable.NOT_JUDGED,
        "foreign": Acceptable.NOT_JUDGED,
    }
    assert verdict.acceptable is expected.get(folder, Acceptable.NOT_ACCEPTABLE)
    assert (verdict.totals is None) == (folder not in WITH_TOTALS)


WITH_TOTALS = {folder for folder, said in WRONG.items() if not said or said & {
    "dates_expired", "voided_void", "voided_lost", "elsewhere_yes", "alerted_yes", "issuer_revoked",
    "issuer_outside_validity", "numbering_other_issuer", "dates_not_yet", "sort_copy",
}}  # fmt: skip
"""Everything after the schema is answered together with the facts."""


@pytest.mark.parametrize("file", FILES, ids=lambda file: f"{file.parent.name}/{file.stem}")
def test_without_lists_nothing_is_acceptable(file: Path) -> None:
    verdict = code.check(read(file), lists=None, now=NOW)
    assert verdict.acceptable is not Acceptable.ACCEPTABLE
    assert verdict.totals is None
    assert verdict.facts is None


def test_vectors_are_those_the_script_makes() -> None:
    """Compared unpacked: another zlib packs otherwise."""
    made = codes()
    assert {f"{file.parent.name}/{file.stem}" for file in FILES} == made.keys()
    for file in FILES:
        if file.parent.name in {"valid", "tampered", "void", "expired"}:
            assert code._unpack(read(file)) == code._unpack(made[f"{file.parent.name}/{file.stem}"])
    for name, data in list_files().items():
        assert (FOLDER / f"{name}.cose").read_bytes() == data


@pytest.mark.parametrize("file", sorted(FOLDER.glob("lists/*/*.cose")), ids=lambda file: file.parent.name)
def test_list_vector(file: Path) -> None:
    folder, data = file.parent.name, file.read_bytes()
    if folder == "valid":
        assert lists.read(data, list_key=LISTER.public) == LISTS
        return
    trouble = {"foreign": lists.ForeignLists, "altered": lists.AlteredLists, "not_lists": lists.NotLists}[folder]
    with pytest.raises(Trouble) as raised:
        lists.read(data, list_key=LISTER.public)
    assert type(raised.value) is trouble
