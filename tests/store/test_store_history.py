"""No question to the history reads a whole table, however long it is."""

from datetime import UTC, datetime

import pytest

from kpdesk.store import history
from kpdesk.store.database import Database
from kpdesk.store.search import HISTORY, Hit, find, find_any, index
from kpdesk.store.store import Store
from tests.store.plans import scans

A, Z = datetime(2026, 1, 1, tzinfo=UTC), datetime(2026, 2, 1, tzinfo=UTC)
ASKED = {
    "next": lambda session: history.page(session, before=900),
    "officer": lambda session: history.page(session, by="O-1", before=900),
    "act": lambda session: history.page(session, acts=["seal"]),
    "officer and act": lambda session: history.page(session, by="O-1", acts=["seal"]),
    "thing": lambda session: history.page(session, subjects=["parcel/P-1"]),
    "days": lambda session: history.page(session, first=A, end=Z),
    "officer and days": lambda session: history.page(session, by="O-1", first=A, end=Z, before=900),
    "words": lambda session: history.page(session, typed="wrong"),
    "acts": history.acts,
    "names": lambda session: history.subjects(session, "P-1", ["parcel", "stock"]),
    "entry": lambda session: history.entry(session, 3),
    "day": lambda session: history.tally(session, A, Z),
}


@pytest.fixture(scope="module", autouse=True)
def reason(shared: Database) -> None:
    with shared.engine.begin() as connection:
        index(connection, HISTORY, "3", "wrong consignee")


@pytest.mark.parametrize("ask", ASKED.values(), ids=ASKED)
def test_no_question_reads_a_whole_table(shared: Database, ask) -> None:  # type: ignore[no-untyped-def]
    def act() -> None:
        with Store(shared).look() as session:
            ask(session)

    assert [step for step in scans(shared, act) if "GROUP BY" not in step] == []


def test_reasons_are_found_by_a_search_of_the_history_alone(shared: Database) -> None:
    with shared.engine.begin() as connection:
        index(connection, HISTORY, "7", "Zircon taken for a stone")
        index(connection, "parcel", "P-Z", "Zircon Mining")
    with shared.reading.connect() as connection:
        assert find(connection, HISTORY, "zirc stone", 9) == ["7"]
        assert find_any(connection, "zircon", 9) == [Hit("parcel", "P-Z")]
