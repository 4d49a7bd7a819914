"""What lists ask of an encrypted store grown to 300,000 certificates and 1,000,000 parcels.

Against the same statements through SQLAlchemy Core on a plain file: same library, schema, rows and cache.
`python -m tests.benchmarks.store --small` tries it on a hundredth.
"""

import argparse
import json
import random
import secrets
import statistics
import tempfile
import time
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any, NamedTuple

from sqlalchemy import Connection, Engine, Select, create_engine, event, select
from sqlalchemy.orm import Session
from sqlcipher3 import dbapi2

from kpdesk.store import database, lists, migrations, tables
from kpdesk.store.search import find
from kpdesk.store.store import Store
from tests.benchmarks import _books
from tests.store.plans import scans

ROUNDS, EACH, LIMIT = 7, 31, 2.0
FULL = {"certificates": 300_000, "parcels": 1_000_000}
SMALL = {"certificates": 3_000, "parcels": 10_000}
TYPED = (
    "practice am",
    "garn łąka",
    "hero gems pty",
    "fjord sosterhus nv",
    "zz000012",
    "s00012",
    "practice jasper rough",
)
CERTIFICATES, PARCELS = tables.certificates, tables.parcels


class Question(NamedTuple):
    """One thing an officer asks: as the lists answer it, and the bare statement."""

    name: str
    pick: Callable[[random.Random, dict[str, int]], Any]
    ours: Callable[[Session, Any], object]
    bare: Callable[[Connection, Any], object]


def _rows(connection: Connection, query: Select[Any]) -> object:
    return connection.execute(query).all()


def _bare_search(connection: Connection, typed: str) -> object:
    ids = find(connection, "certificate", typed, lists.PAGE)
    return _rows(connection, select(CERTIFICATES).where(CERTIFICATES.c.id.in_(ids)).order_by(CERTIFICATES.c.id.desc()))


def _bare_page(connection: Connection, before: str) -> object:
    query = select(CERTIFICATES).order_by(CERTIFICATES.c.id.desc()).limit(lists.PAGE)
    return _rows(connection, query.where(CERTIFICATES.c.id < before))


def _bare_parcels(connection: Connection, typed: str) -> object:
    numbers = find(connection, "parcel", typed, lists.PAGE)
    query = lists.parcels_page(before=None, state=None, limit=lists.PAGE)
    return _rows(connection, query.where(PARCELS.c.number.in_(numbers)))


QUESTIONS = (
    Question(
        "by_number",
        lambda dice, size: _books.number(dice.randrange(size["certificates"])),
        lists.certificate,
        lambda connection, number: _rows(connection, select(CERTIFICATES).where(CERTIFICATES.c.number == number)),
    ),
    Question(
        "certificates_page",
        lambda dice, size: _books.certificate_id(dice.randrange(100, size["certificates"])),
        lambda session, before: lists.certificates(session, before=before),
        _bare_page,
    ),
    Question(
        "parcels_page",
        lambda dice, size: _books.parcel_number(dice.randrange(100, size["parcels"])),
        lambda session, before: lists.parcels(session, before=before),
        lambda connection, before: _rows(connection, lists.parcels_page(before=before, state=None, limit=lists.PAGE)),
    ),
    Question("search_certificates", lambda dice, _: dice.choice(TYPED), lists.search_certificates, _bare_search),
    Question("search_parcels", lambda dice, _: dice.choice(TYPED), lists.search_parcels, _bare_parcels),
    Question(
        "quarter",
        lambda dice, _: _quarter(dice),
        lambda session, quarter: lists.exports(session, *quarter),
        lambda connection, quarter: _rows(connection, lists.exports_totals(*quarter)),
    ),
)


def run(*, size: dict[str, int] = FULL) -> dict[str, Any]:
    """The median over rounds of each question's ratio; the highest of them counts."""
    with tempfile.TemporaryDirectory() as folder:
        started = time.perf_counter()
        office = database.create(folder, secrets.token_bytes(32))
        _books.grow(office.engine, **size)
        filled = time.perf_counter()
        plain = _plain(Path(folder, "plain.db"))
        _books.grow(plain, **size)
        measured = _measure(Store(office), plain, size)
        reading = scans(office, lambda: [_ask(office, question, size) for question in QUESTIONS])
        plain.dispose()
        office.close()
        megabytes = Path(office.place).stat().st_size // 1_000_000
    if reading:
        raise RuntimeError(f"a whole table is read: {reading}")
    medians = {name: statistics.median(ratio for ratio, _ in rounds) for name, rounds in measured.items()}
    worst = max(medians, key=medians.__getitem__)
    return {
        "name": "store",
        "what": "lists and finders on the encrypted store, against the same statements by Core on a plain file",
        "median_ratio": medians[worst],
        "runs": [ratio for ratio, _ in measured[worst]],
        "limit": LIMIT,
        "worst": worst,
        **{f"{name}_ratio": median for name, median in medians.items()},
        **{f"{name}_ms": statistics.median(ms for _, ms in rounds) for name, rounds in measured.items()},
        "filled_seconds": filled - started,
        "store_megabytes": megabytes,
        **size,
    }


def _measure(store: Store, plain: Engine, size: dict[str, int]) -> dict[str, list[tuple[float, float]]]:
    """For each question and round: the ratio, and our milliseconds; both sides in turn, on the same picks."""
    dice = random.Random(3)
    measured: dict[str, list[tuple[float, float]]] = {question.name: [] for question in QUESTIONS}
    for _ in range(ROUNDS):
        for question in QUESTIONS:
            ours, bare = [], []
            for pick in [question.pick(dice, size) for _ in range(EACH)]:
                start = time.perf_counter()
                with store.look() as session:
                    question.ours(session, pick)
                middle = time.perf_counter()
                with plain.connect() as connection:
                    question.bare(connection, pick)
                bare.append(time.perf_counter() - middle)
                ours.append(middle - start)
            ratio = statistics.median(ours) / statistics.median(bare)
            measured[question.name].append((ratio, statistics.median(ours) * 1000))
    return measured


def _ask(office: database.Database, question: Question, size: dict[str, int]) -> None:
    with Store(office).look() as session:
        question.ours(session, question.pick(random.Random(4), size))


def _quarter(dice: random.Random) -> tuple[date, date]:
    first = date(dice.randrange(2022, 2026), dice.choice((1, 4, 7, 10)), 1)
    return first, first + timedelta(days=90)


def _plain(path: Path) -> Engine:
    """A store without encryption: the same migrations and the same pragmas, cache and all."""
    engine = create_engine(f"sqlite:///{path}", module=dbapi2)

    @event.listens_for(engine, "connect")
    def prepare(connection: Any, _: object) -> None:
        for pragma in database.PRAGMAS_TO_WRITE:
            connection.execute(f"PRAGMA {pragma}")

    with engine.connect() as connection:
        migrations.upgrade(connection)
    return engine


if __name__ == "__main__":
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--small", action="store_true", help="a hundredth of the size")
    print(json.dumps(run(size=SMALL if options.parse_args().small else FULL), indent=1))
