"""What valuers and cashiers look up reads a page of an index, however many figures there are."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from functools import partial

import pytest
from sqlalchemy import insert

from kpdesk.domain.fees import Ledger
from kpdesk.domain.goods import Heading
from kpdesk.domain.ledgers import EntryKind
from kpdesk.domain.measures import Carats, Money
from kpdesk.domain.parcel import ParcelState, Source
from kpdesk.domain.valuation import FigureKind
from kpdesk.store import tables, valuing
from kpdesk.store.database import Database
from kpdesk.store.store import Store
from tests.store.plans import scans

AT = datetime(2026, 3, 9, tzinfo=UTC)
DAY = AT.date()
ASKED = {
    "queue": lambda session: valuing.to_value(session, FigureKind.OFFICE, "O-1", weigher_too=False, after="P-1"),
    "one parcel": lambda session: valuing.to_value(session, FigureKind.OFFICE, "O-1", weigher_too=True, number="P-1"),
    "earlier prices": lambda session: valuing.prices_before(
        session, source="T-1", origin="ZZ", classes=["A", "B"], since=DAY
    ),
    "own reasons": lambda session: valuing.reasoned(session, "O-1"),
    "day of a ledger": lambda session: valuing.booked(session, EntryKind.RECEIVED, DAY),
}


@pytest.mark.parametrize("ask", ASKED.values(), ids=ASKED)
def test_no_list_reads_a_whole_table(shared: Database, ask) -> None:  # type: ignore[no-untyped-def]
    def act() -> None:
        with Store(shared).look() as session:
            ask(session)

    assert scans(shared, act) == []


def test_earlier_prices_are_the_newest_of_each_group(shared: Database) -> None:
    rows = [
        {
            "parcel": f"P-9{place:05}",
            "size_class": "A" if place % 2 else "B",
            "origin": "ZZ",
            "source": f"T-{place % 4}",
            "per_carat": Money(Decimal(place + 1)),
            "valued_on": DAY - timedelta(days=place // 10),
        }
        for place in range(3_000)
    ]
    parcel = {
        "exporter": "E", "heading": Heading.UNSORTED, "origins": ("ZZ",), "provenance": "ZZ", "source": Source.MINED,
        "title": "", "zone": "", "draws": (), "pieces": 0, "note": "", "received_at": AT,
        "received_by": "", "state": ParcelState.RELEASED, "carats": Carats.of("1"), "weighed_by": "", "valued_by": "",
        "bag": "", "shipment": "", "revision": 1,
    }  # fmt: skip
    with shared.engine.begin() as connection:
        connection.execute(insert(tables.parcels), [{**parcel, "number": row["parcel"]} for row in rows])
        connection.execute(insert(tables.price_lines), rows)
    with Store(shared).look() as session:
        ask = partial(valuing.prices_before, session, origin="ZZ", since=DAY - timedelta(days=200))
        ((name, near),) = ask(source="T-1", classes=["A"])["A"]
        few = ask(source="T-9", classes=["A", "C"])
    assert (name, len(near)) == ("T-1 · A", valuing.MOST_PRICES)
    assert max(near) <= 2_010, "nothing from before the span"
    assert [(group, len(prices)) for group, prices in few["A"]] == [("T-9 · A", 0), ("ZZ · A", valuing.MOST_PRICES)]
    assert [(group, len(prices)) for group, prices in few["C"]][2:] == [("ZZ", valuing.MOST_PRICES)]


def test_sums_of_a_ledger_by_day_and_to_its_end(shared: Database) -> None:
    moves = (
        (EntryKind.CLAIMED, 100_00, 0), (EntryKind.CLAIMED, 50_00, 1), (EntryKind.RECEIVED, 70_00, 1),
        (EntryKind.REVERSED, 20_00, 2), (EntryKind.CANCELLED, 10_00, 2),
    )  # fmt: skip
    with shared.engine.begin() as connection:
        for place, (kind, cents, day) in enumerate(moves):
            connection.execute(
                insert(tables.ledger).values(
                    kind=kind,
                    identity=f"sum-{place}",
                    ledger=Ledger.FEE,
                    booked_on=DAY + timedelta(days=day),
                    amount=Money.from_cents(cents),
                )
            )
    with Store(shared).look() as session:
        days = [valuing.day_of(session, Ledger.FEE, DAY + timedelta(days=day)) for day in range(4)]
    assert [str(each.open) for each in days] == ["100.00", "80.00", "90.00", "90.00"]
    assert (str(days[1].claimed), str(days[1].received), str(days[3].claimed)) == ("50.00", "70.00", "0.00")
