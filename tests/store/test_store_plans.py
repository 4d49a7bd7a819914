from datetime import UTC, date, datetime

import pytest
from sqlalchemy import text

from kpdesk.domain.certificate import Number
from kpdesk.domain.issuance import State
from kpdesk.domain.parcel import ParcelState
from kpdesk.domain.stock import StockKind, StockState
from kpdesk.store import lists
from kpdesk.store.database import Database
from kpdesk.store.search import index
from kpdesk.store.store import Store
from tests.store.plans import scans

A, Z = datetime(2026, 1, 1, tzinfo=UTC), datetime(2026, 2, 1, tzinfo=UTC)

ASKED = {
    "parcel": lambda session: lists.parcel(session, "P-1"),
    "first parcels": lists.parcels,
    "next parcels": lambda session: lists.parcels(session, before="P-2"),
    "parcels by state": lambda session: lists.parcels(session, before="P-2", state=ParcelState.RECEIVED),
    "parcels found": lambda session: lists.search_parcels(session, "practice am"),
    "parcels of a day": lambda session: lists.received_between(session, A, Z),
    "certificate": lambda session: lists.certificate(session, Number("ZZ0001")),
    "first certificates": lists.certificates,
    "next certificates": lambda session: lists.certificates(session, before="C-2"),
    "certificates by state": lambda session: lists.certificates(session, before="C-2", state=State.ISSUED),
    "certificates found": lambda session: lists.search_certificates(session, "practice am"),
    "quarter": lambda session: lists.exports(session, date(2026, 1, 1), date(2026, 3, 31)),
    "stock": lambda session: lists.stock(session, next(iter(StockKind)), next(iter(StockState))),
    "received before": lambda session: lists.received_here(session, Number("ZZ0001")),
    "paper": lambda session: lists.paper(session, "00"),
}


@pytest.fixture(scope="module", autouse=True)
def found(shared: Database) -> None:
    """So that a search finds keys and goes on to ask for their rows."""
    with shared.engine.begin() as connection:
        for kind in ("parcel", "certificate"):
            index(connection, kind, "X-1", "Practice Amber")


@pytest.mark.parametrize("ask", ASKED.values(), ids=ASKED)
def test_no_list_reads_a_whole_table(shared: Database, ask) -> None:
    def act() -> None:
        with Store(shared).look() as session:
            ask(session)

    assert scans(shared, act) == []


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * FROM parcels WHERE note = ''",
        "SELECT * FROM parcels ORDER BY note LIMIT 5",
        "SELECT * FROM search_words",
    ],
)
def test_what_does_is_seen(shared: Database, query: str) -> None:
    def act() -> None:
        with shared.reading.connect() as connection:
            connection.execute(text(query))

    assert len(scans(shared, act)) >= 1
