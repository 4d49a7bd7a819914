"""Verify: the verdict in one word, its answers apart."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from kpdesk.domain.measures import NotAnAmount
from kpdesk.domain.verdict import Acceptable, Dates, Issuer, ListsAge, Practice, Signature, Sort, Voided
from tests.ui.hands import label, line
from tests.ui.practice_ui import ALTERED, GENUINE, NO_CODE, RECEIVED_BEFORE, Office
from ui.inspector.headline import answers, headline
from ui.tones import Tone
from ui.window import DeskWindow

Opened = Callable[..., DeskWindow]

VERDICTS = [
    (GENUINE, Tone.OK, "Code genuine"),
    (RECEIVED_BEFORE, Tone.STOP, "Already received"),
    (ALTERED, Tone.STOP, "Code altered"),
    (NO_CODE, Tone.UNKNOWN, "No code of ours"),
    (replace(GENUINE, signature=Signature.WRONG, dates=Dates.EXPIRED), Tone.STOP, "Signature wrong"),
    (replace(GENUINE, voided=Voided.VOID), Tone.STOP, "Void number"),
    (replace(GENUINE, voided=Voided.LOST), Tone.STOP, "Missing number"),
    (replace(GENUINE, dates=Dates.EXPIRED), Tone.LIFTABLE, "Expired"),
    (replace(GENUINE, sort=Sort.COPY), Tone.LIFTABLE, "Code genuine, but a copy"),
    (replace(GENUINE, issuer=Issuer.UNKNOWN), Tone.UNKNOWN, "Unknown issuer"),
    (replace(GENUINE, lists=ListsAge.NONE), Tone.UNKNOWN, "No lists"),
    (replace(GENUINE, practice=Practice.STRAY), Tone.STOP, "Practice paper"),
    (replace(GENUINE, dates=Dates.NOT_YET), Tone.STOP, "Not acceptable"),
]


@pytest.mark.parametrize(("verdict", "tone", "word"), VERDICTS, ids=[word for *_, word in VERDICTS])
def test_a_verdict_in_sign_word_and_colour(
    desk: Opened, office: Office, tmp_path: Path, verdict: object, tone: Tone, word: str
) -> None:
    office.verdict = verdict
    window = desk("verify")
    window.page("verify")._on_given((tmp_path / "sheet.pdf",))
    assert label(window, "verdict_word") == word
    assert window.findChild(QWidget, "verdict").property("tone") == tone.value
    assert {answer.code for answer in window.findChild(QWidget, "verify_answers").shown} == {
        answer.code for answer in verdict.answers
    }


@pytest.mark.parametrize("verdict", [verdict for verdict, *_ in VERDICTS])
def test_the_word_never_contradicts_the_whole(verdict: object) -> None:
    said = headline(verdict).tone
    allowed = {
        Acceptable.ACCEPTABLE: {Tone.OK},
        Acceptable.NOT_ACCEPTABLE: {Tone.STOP, Tone.LIFTABLE},
        Acceptable.NOT_JUDGED: {Tone.UNKNOWN},
    }
    assert said in allowed[verdict.acceptable]
    assert all(answer.code for answer in answers(verdict))


def test_facts_picture_and_the_last_ten(desk: Opened, office: Office, tmp_path: Path, qtbot: QtBot) -> None:
    window = desk("verify")
    page = window.page("verify")
    for number in range(12):
        page._on_given((tmp_path / f"sheet-{number}.pdf",))
    assert label(window, "subtitle") == "sheet-11.pdf"
    last = window.findChild(QWidget, "verify_last_table")
    assert last.model().rowCount() == 10
    last.selectRow(2)
    assert label(window, "subtitle") == "sheet-9.pdf"
    facts = [each.text() for each in window.findChild(QWidget, "verify_facts").findChildren(QLabel)]
    assert {"1\u00a0234.56\u00a0ct", "US$\u00a0371\u00a0583.98", "Practice Gems Lda"} <= set(facts)
    assert window.findChild(QWidget, "verify_picture").isVisible()
    office.verdict = ALTERED
    page._on_given((tmp_path / "other.pdf",))
    assert not window.findChild(QWidget, "verify_facts_card").isVisible()


def test_a_number_can_be_typed(desk: Opened, qtbot: QtBot) -> None:
    window = desk("verify")
    number = line(window, "verify_number")
    qtbot.keyClicks(number, "ZZ-000123")
    qtbot.keyClick(number, Qt.Key.Key_Return)
    assert label(window, "verdict_word") == "Code genuine"
    assert number.text() == ""


def test_a_file_that_cannot_be_opened_is_said(desk: Opened, tmp_path: Path) -> None:
    window = desk("verify")
    page = window.page("verify")

    def fails(path: Path) -> None:
        raise NotAnAmount(path.name)

    page._acts = replace(page._acts, check_file=fails)
    page._on_given((tmp_path / "sheet.pdf",))
    assert "sheet.pdf" in label(window, "verify_trouble_words")
