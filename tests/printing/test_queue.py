"""A job of ours that still waits is taken back; tools of CUPS stand in as small programs with a queue in a file."""

import os
import sys
from pathlib import Path

import pytest

from kpdesk.printing.queue import JobStillWaiting, take_back

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="CUPS' tools are played by shell scripts")
TITLE = "kpdesk ZZ2026001377"
HEAD = "Rank    Owner   Job     File(s)                         Total Size"


@pytest.fixture
def queue(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """`lpq` shows this file; `lprm` takes a line out of it."""
    tools, jobs = tmp_path / "bin", tmp_path / "jobs"
    tools.mkdir()
    _tool(tools / "lpq", f'cat "{jobs}"')
    _tool(tools / "lprm", f'sed -i "/ $1 /d" "{jobs}"')
    monkeypatch.setenv("PATH", f"{tools}{os.pathsep}{os.environ['PATH']}")
    return jobs


def _tool(file: Path, does: str) -> None:
    file.write_text(f"#!/bin/sh\n{does}\n")
    file.chmod(0o755)


def job(number: int, title: str, rank: str = "1st") -> str:
    return f"{rank:<7} {'officer':<7.7} {number:<7} {title:<31.31} 1024 bytes"


def test_our_job_is_taken_back_and_no_other(queue: Path) -> None:
    other = job(12, "kpdesk ZZ2026001378", "2nd")
    queue.write_text("\n".join((HEAD, job(11, TITLE), other, job(13, TITLE, "3rd"), "")))
    assert take_back(TITLE) == 2
    assert queue.read_text() == f"{HEAD}\n{other}\n"
    assert take_back(TITLE) == 0


def test_an_empty_queue_holds_nothing(queue: Path) -> None:
    queue.write_text("no entries\n")
    assert take_back(TITLE) == 0


def test_a_job_that_stays_is_told(queue: Path) -> None:
    queue.write_text(f"{HEAD}\n{job(11, TITLE)}\n")
    _tool(queue.parent / "bin" / "lprm", "exit 0")
    with pytest.raises(JobStillWaiting):
        take_back(TITLE)
    _tool(queue.parent / "bin" / "lprm", "exit 1")
    with pytest.raises(JobStillWaiting):
        take_back(TITLE)


def test_a_spooler_that_says_nothing_is_told(queue: Path) -> None:
    _tool(queue.parent / "bin" / "lpq", "echo 'lpq: Unable to connect to server' >&2; exit 1")
    with pytest.raises(JobStillWaiting) as trouble:
        take_back(TITLE)
    assert trouble.value.title == TITLE


def test_without_cups_there_is_no_queue(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert take_back(TITLE) == 0


@pytest.mark.parametrize("title", ["", "a'; rm", "x" * 40, "kpdesk\n1"])
def test_only_plain_titles(title: str) -> None:
    with pytest.raises(ValueError, match="letters"):
        take_back(title)
