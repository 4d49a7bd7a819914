"""The workroom: off the window's thread and back, whatever a job does."""

import gc
import logging
import threading
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import delete

from kpdesk.domain.measures import NotAnAmount
from kpdesk.domain.outcomes import Outcome
from ui.work import Mistake, Threads, Workroom, bug_number, tidy


@pytest.fixture
def threaded(qapp: QObject) -> Iterator[Workroom]:
    threads = Threads()
    yield Workroom(threads.start)
    threads.finish()


def fails(problem: BaseException) -> object:
    raise problem


def test_works_elsewhere_and_answers_here(threaded: Workroom, qtbot: QtBot) -> None:
    owner, answers = QObject(), []
    done = lambda answer: answers.append((answer, threading.get_ident()))  # noqa: E731
    threaded.run(owner, threading.get_ident, done)
    qtbot.waitUntil(lambda: bool(answers))
    (elsewhere, here), *_ = answers
    assert elsewhere != threading.get_ident()
    assert here == threading.get_ident()


def test_a_lane_is_one_thread_and_lanes_differ(threaded: Workroom, qtbot: QtBot) -> None:
    owner, store, paper = QObject(), [], []
    for _ in range(20):
        threaded.run(owner, threading.get_ident, store.append)
        threaded.run(owner, threading.get_ident, paper.append, lane="paper")
    qtbot.waitUntil(lambda: len(store) == len(paper) == 20)
    assert len({*store}) == len({*paper}) == 1
    assert store[0] != paper[0]


def test_jobs_of_a_lane_keep_their_order(threaded: Workroom, qtbot: QtBot) -> None:
    owner, answers = QObject(), []
    for number in range(50):
        threaded.run(owner, lambda number=number: number, answers.append)
    qtbot.waitUntil(lambda: len(answers) == 50)
    assert answers == list(range(50))


def test_an_answer_without_owner_is_dropped(threaded: Workroom, qtbot: QtBot) -> None:
    gate, owner, answers = threading.Event(), QWidget(), []
    threaded.run(owner, gate.wait, answers.append)
    threaded.run(owner, lambda: fails(NotAnAmount("x")), answers.append, answers.append)
    threaded.run(owner, lambda: fails(NotAnAmount("x")), answers.append)
    threaded.failed.connect(answers.append)
    delete(owner)
    with qtbot.waitSignal(threaded.busy_changed, check_params_cb=lambda busy: busy == 0):
        gate.set()
    assert answers == []


def test_an_outcome_goes_to_who_takes_it(workroom: Workroom) -> None:
    taken: list[Outcome] = []
    default: list[Outcome] = []
    workroom.failed.connect(default.append)
    refusal = NotAnAmount("x")
    workroom.run(workroom, lambda: fails(refusal), fails, taken.append)
    assert (taken, default) == ([refusal], [])
    workroom.run(workroom, lambda: fails(refusal), fails)
    assert (taken, default) == ([refusal], [refusal])


def test_a_mistake_of_ours_is_told_once_and_without_what_it_was_about(
    workroom: Workroom, caplog: pytest.LogCaptureFixture
) -> None:
    told: list[str] = []
    secret = "-".join(("correct", "horse"))
    workroom.bug_found.connect(told.append)
    with caplog.at_level(logging.ERROR, "kpdesk"):
        for _ in range(3):
            workroom.run(workroom, lambda: fails(KeyError(secret)), fails)
    assert len(told) == len(caplog.records) == 1
    assert told[0] in caplog.text
    assert "KeyError" in caplog.text
    assert secret not in caplog.text


def test_whoever_waits_for_the_job_hears_of_a_mistake(workroom: Workroom, caplog: pytest.LogCaptureFixture) -> None:
    told: list[str] = []
    taken: list[Outcome] = []
    workroom.bug_found.connect(told.append)
    with caplog.at_level(logging.ERROR, "kpdesk"):
        for _ in range(2):
            workroom.run(workroom, lambda: fails(KeyError("x")), fails, taken.append)
    assert told == []
    assert [type(each) for each in taken] == [Mistake, Mistake]
    assert len(caplog.records) == 1
    assert taken[0].facts["number"] in caplog.text


def test_a_lane_outlives_a_mistake(threaded: Workroom, qtbot: QtBot) -> None:
    answers: list[int] = []
    threaded.run(threaded, lambda: fails(SystemExit(3)), fails)
    threaded.run(threaded, lambda: 7, answers.append)
    qtbot.waitUntil(lambda: answers == [7])


def test_changes_are_told_after_the_answer(workroom: Workroom) -> None:
    heard: list[object] = []
    workroom.changed.connect(heard.append)
    workroom.run(workroom, lambda: "slip", heard.append, changes=("parcels", "stock"))
    assert heard == ["slip", frozenset({"parcels", "stock"})]
    workroom.run(workroom, lambda: fails(NotAnAmount("x")), fails, lambda _: None, changes=("parcels",))
    assert len(heard) == 2


def test_the_number_of_a_mistake_is_that_of_its_place() -> None:
    def raised(problem: BaseException) -> BaseException:
        try:
            raise problem
        except BaseException as caught:
            return caught

    same, other = (bug_number(raised(KeyError(word))) for word in ("one", "two"))
    assert same == other
    assert bug_number(raised(ValueError("one"))) != same


def test_garbage_is_collected_in_the_windows_thread_alone(qapp: QObject) -> None:
    """A lane that collected a widget would destroy its timers in the wrong thread."""
    threads = Threads()
    try:
        assert not gc.isenabled()
        for _ in range(20_000):
            circle: list[object] = []
            circle.append(circle)
        assert gc.get_count()[0] > 10_000
        tidy()
        assert gc.get_count()[0] < 5_000
    finally:
        threads.finish()
    assert gc.isenabled()
