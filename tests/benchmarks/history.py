"""What the history's page asks, over 1,000,000 entries: every question answered within 200 ms.

`python -m tests.benchmarks.history --small` asks over 50,000.
"""

import argparse
import json
import random
import secrets
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import text
from sqlalchemy.orm import Session

from kpdesk.domain.history import Entry, Head
from kpdesk.domain.records import digest
from kpdesk.store import database, history, tables
from kpdesk.store.search import HISTORY, search, words_of
from kpdesk.store.store import Store
from tests.benchmarks import _books

FULL, SMALL, EACH, LIMIT_MS = 1_000_000, 50_000, 15, 200
START, STEP = datetime(2022, 1, 1, tzinfo=UTC), timedelta(seconds=150)
ACTS = ("receive_parcel", "record_weighing", "give_figure", "bag_parcel", "apply", "seal", "prepare", "approve")
WHY = ("", "", "", "wrong consignee", "the balance was away", "address misspelt", "good scan", "with O-0002")
RARE = 5_000
"""Of so many entries one is an act that is seldom done."""

QUESTIONS: dict[str, Callable[[Session, random.Random, int], object]] = {
    "first_page": lambda session, dice, size: history.page(session),
    "page": lambda session, dice, size: history.page(session, before=dice.randrange(100, size)),
    "officer": lambda session, dice, size: history.page(session, by=f"O-{dice.randrange(1, 20):04}"),
    "act": lambda session, dice, size: history.page(session, acts=["seal"], before=dice.randrange(100, size)),
    "rare_act_of_officer": lambda session, dice, size: history.page(session, acts=["write_off"], by="O-0003"),
    "never_done_by_officer": lambda session, dice, size: history.page(session, acts=["write_off"], by="O-0099"),
    "thing": lambda session, dice, size: history.page(session, subjects=[f"parcel/P-{dice.randrange(size // 8)}"]),
    "days": lambda session, dice, size: history.page(session, **_days(dice, size)),
    "officer_and_days": lambda session, dice, size: history.page(session, by="O-0004", **_days(dice, size)),
    "words": lambda session, dice, size: history.page(session, typed="wrong consig"),
    "words_and_officer": lambda session, dice, size: history.page(session, typed="balance away", by="O-0005"),
    "acts": lambda session, dice, size: history.acts(session),
    "anchor": lambda session, dice, size: history.digest_at(session, dice.randrange(1, size)),
}


def run(*, size: int = FULL) -> dict[str, Any]:
    """The slowest question's median, as a share of what is allowed."""
    with tempfile.TemporaryDirectory() as folder:
        made = database.create(Path(folder), secrets.token_bytes(32))
        _books._put(made.engine, tables.history, _entries(size))
        _books._put(made.engine, search, _words(size))
        with made.engine.begin() as connection:
            connection.execute(text("INSERT INTO search_words(search_words) VALUES('rebuild')"))
        store, dice = Store(made), random.Random(5)
        took: dict[str, list[float]] = {}
        for name, ask in QUESTIONS.items():
            for _ in range(EACH):
                start = time.perf_counter()
                with store.look() as session:
                    ask(session, dice, size)
                took.setdefault(name, []).append((time.perf_counter() - start) * 1000)
        store.close()
    medians = {name: statistics.median(times) for name, times in took.items()}
    worst = max(medians, key=medians.__getitem__)
    return {
        "name": "history",
        "what": f"the history's questions over {size:,} entries, against {LIMIT_MS} ms",
        "median_ratio": medians[worst] / LIMIT_MS,
        "runs": [ms / LIMIT_MS for ms in took[worst]],
        "limit": 1.0,
        "worst": worst,
        **{f"{name}_ms": ms for name, ms in medians.items()},
    }


def _days(dice: random.Random, size: int) -> dict[str, datetime]:
    first = START + STEP * dice.randrange(size)
    return {"first": first, "end": first + timedelta(days=30)}


def _entries(size: int) -> Iterator[dict[str, Any]]:
    dice, head, after = random.Random(1), Head(), digest("{}")
    for place in range(1, size + 1):
        entry = Entry(
            sequence=place,
            previous=head.digest,
            at=START + STEP * place,
            act="write_off" if place % RARE == 0 else dice.choice(ACTS),
            by=f"O-{dice.randrange(1, 20):04}",
            subject=f"parcel/P-{dice.randrange(size // 8)}",
            revision=1,
            after=after,
            why=WHY[place % len(WHY)],
        )
        head = Head(place, entry.digest)
        yield {
            "sequence": place,
            "previous": entry.previous,
            "body": entry.body(),
            "digest": head.digest,
            "kind": "parcel",
            "subject": entry.subject,
            "record": "{}",
            "at": entry.at.isoformat(timespec="microseconds").removesuffix("+00:00") + "Z",
            "by": entry.by,
            "act": entry.act,
        }


def _words(size: int) -> Iterator[dict[str, Any]]:
    of = {why: words_of(HISTORY, why) for why in WHY if why}
    for place in range(1, size + 1):
        if why := WHY[place % len(WHY)]:
            yield {"id": place, "kind": HISTORY, "key": str(place), "words": of[why]}


if __name__ == "__main__":
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--small", action="store_true", help=f"over {SMALL:,} entries")
    print(json.dumps(run(size=SMALL if options.parse_args().small else FULL), indent=1))
