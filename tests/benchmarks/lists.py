"""What the counter's lists ask, with 1,000,000 parcels in the books against the same with 10,000.

A page, the first hits of a search, the queue of the balance, a scanned bag, one like it brought before: each may cost
at most twice as much. `python -m tests.benchmarks.lists --small` compares 10,000 with 1,000.
"""

import argparse
import json
import random
import secrets
import statistics
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NamedTuple

from sqlalchemy.orm import Session

from kpdesk.domain.goods import Heading
from kpdesk.domain.measures import Carats
from kpdesk.domain.parcel import ParcelState
from kpdesk.store import counter, database, lists
from kpdesk.store.store import Store
from tests.benchmarks import _books

ROUNDS, EACH, LIMIT = 7, 31, 2.0
FULL, SMALL = (10_000, 1_000_000), (1_000, 10_000)
TYPED = ("practice am", "garn łąka", "hero gems pty", "fjord sosterhus nv", "practice jasper rough")
SINCE = datetime(2026, 11, 1, tzinfo=UTC)


class Question(NamedTuple):
    """One thing a clerk asks; `pick` draws it for books of so many parcels."""

    name: str
    pick: Callable[[random.Random, int], Any]
    ask: Callable[[Session, Any], object]


QUESTIONS = (
    Question("first_page", lambda dice, size: None, lambda session, _: lists.parcels(session)),
    Question(
        "page",
        lambda dice, size: _books.parcel_number(dice.randrange(100, size)),
        lambda session, before: lists.parcels(session, before=before),
    ),
    Question(
        "waiting_page", lambda dice, size: None, lambda session, _: lists.parcels(session, state=ParcelState.VALUED)
    ),
    Question("search", lambda dice, size: dice.choice(TYPED), lists.search_parcels),
    Question("search_number", lambda dice, size: f"{dice.randrange(size):07d}", lists.search_parcels),
    Question("to_weigh", lambda dice, size: None, lambda session, _: counter.to_weigh(session, limit=50)),
    Question("scanned_bag", lambda dice, size: f"B{dice.randrange(size):08d}", counter.parcel_of),
    Question(
        "alike",
        lambda dice, size: f"EXP-{dice.randrange(len(_books.FIRMS)):04d}",
        lambda session, firm: counter.alike(
            session, exporter=firm, heading=Heading.UNSORTED, carats=Carats.of("12.34"), since=SINCE
        ),
    ),
    Question(
        "story",
        lambda dice, size: f"parcel/{_books.parcel_number(dice.randrange(size))}",
        counter.story,
    ),
)


def run(*, sizes: tuple[int, int] = FULL) -> dict[str, Any]:
    """The median over rounds of each question's ratio, large against small; the highest of them counts."""
    with tempfile.TemporaryDirectory() as folder:
        made = []
        for size in sizes:
            Path(folder, str(size)).mkdir()
            made.append(database.create(Path(folder, str(size)), secrets.token_bytes(32)))
            _books.grow(made[-1].engine, certificates=0, parcels=size)
        measured = _measure([Store(office) for office in made], sizes)
        for office in made:
            office.close()
    ratios = {name: statistics.median(ratio for ratio, _ in rounds) for name, rounds in measured.items()}
    worst = max(ratios, key=ratios.__getitem__)
    return {
        "name": "lists",
        "what": f"the counter's lists over {sizes[1]:,} parcels, against the same over {sizes[0]:,}",
        "median_ratio": ratios[worst],
        "runs": [ratio for ratio, _ in measured[worst]],
        "limit": LIMIT,
        "worst": worst,
        **{f"{name}_ratio": ratio for name, ratio in ratios.items()},
        **{f"{name}_ms": statistics.median(ms for _, ms in rounds) for name, rounds in measured.items()},
    }


def _measure(stores: list[Store], sizes: tuple[int, int]) -> dict[str, list[tuple[float, float]]]:
    """For each question and round: large against small, and the large one's milliseconds; both in turn."""
    dice = random.Random(5)
    measured: dict[str, list[tuple[float, float]]] = {question.name: [] for question in QUESTIONS}
    for _ in range(ROUNDS):
        for question in QUESTIONS:
            took: list[list[float]] = [[], []]
            for _ in range(EACH):
                for store, size, times in zip(stores, sizes, took, strict=True):
                    pick = question.pick(dice, size)
                    start = time.perf_counter()
                    with store.look() as session:
                        question.ask(session, pick)
                    times.append(time.perf_counter() - start)
            small, large = (statistics.median(times) for times in took)
            measured[question.name].append((large / small, large * 1000))
    return measured


if __name__ == "__main__":
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--small", action="store_true", help="10,000 against 1,000 parcels")
    print(json.dumps(run(sizes=SMALL if options.parse_args().small else FULL), indent=1))
