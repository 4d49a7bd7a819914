"""Crashed histories of the numbers: every place in turn, chance for the rest, and processes that are really killed."""

import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.desks.practice_books import Shelf
from tests.journeys import crashed
from tests.journeys.crashed import Stages

STRAIGHT, IN_CI, KILLED = 50, 440, 12
LONG, LONG_KILLED = 20_000, 500
"""Histories by chance that crashed at least once, and processes that were killed."""
ACTS = ("prepare", "approve", "load", "bind", "spool", "look", "validate")
PLACES = ("inside", "before the commit", "after the commit")


@pytest.fixture(scope="module")
def stages(shelf: Shelf, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stages]:
    made = Stages(shelf, tmp_path_factory.mktemp("crashed"))
    with crashed.light():
        yield made
    made.books.close()


def test_a_crash_at_every_place_of_the_straight_way(stages: Stages) -> None:
    places: Counter[str] = Counter()
    while went_off := crashed.run_straight(stages.books, stages.begin(0, "sealed"), sum(places.values()) + 1):
        places += went_off
    assert sum(places.values()) >= STRAIGHT
    assert {f"{act}: {place}" for act in ACTS for place in PLACES} - places.keys() == set()
    crashed.audit(stages.books)


def test_no_crash_uses_a_number_twice_or_loses_one(stages: Stages) -> None:
    places = histories(stages, IN_CI)
    assert {"spool: before the printer", "spool: after the printer"} <= places.keys()


def test_a_killed_process_neither_uses_a_number_twice_nor_loses_one(tmp_path: Path) -> None:
    kill(tmp_path, KILLED)


@pytest.mark.long
def test_no_crash_in_a_long_run_uses_a_number_twice_or_loses_one(stages: Stages) -> None:
    histories(stages, LONG)


@pytest.mark.long
def test_no_killed_process_in_a_long_run_uses_a_number_twice_or_loses_one(tmp_path: Path) -> None:
    kill(tmp_path, LONG_KILLED)


def histories(stages: Stages, count: int) -> Counter[str]:
    """So many that crashed; where the machine went off."""
    places: Counter[str] = Counter()
    done = seed = 0
    while done < count:
        seed += 1
        went_off = crashed.run(stages.books, stages.begin(seed))
        done += bool(went_off)
        places += went_off
        if seed % 200 == 0:
            crashed.audit(stages.books)
    return places


def kill(folder: Path, count: int) -> None:
    if sys.platform == "win32":
        pytest.skip("there is no SIGKILL on Windows")
    done = subprocess.run(
        [sys.executable, "-m", "tests.journeys.crashed", str(folder), str(count)],
        cwd=Path(__file__).parents[2],
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout == f"{count} killed\n"
