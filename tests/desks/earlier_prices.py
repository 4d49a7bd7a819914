"""Finished parcels of the practice mine, laid into the books in one visit: what a new price is held against."""

from collections.abc import Sequence
from decimal import Decimal

from kpdesk.domain.goods import Heading
from kpdesk.domain.measures import Carats, Money
from kpdesk.domain.parcel import Parcel, ParcelState, Source
from kpdesk.domain.valuation import Figure, FigureKind, SizeLine
from kpdesk.practice import CLERK
from kpdesk.store.valuing import keep_prices
from tests.desks.practice_books import Books

AROUND_100 = tuple(Decimal(100 + place % 7) for place in range(24))


def pay_before(
    books: Books, prices: Sequence[Decimal] = AROUND_100, size: str = "2-4 ct", title: str = "T-100"
) -> None:
    """One finished parcel a price."""
    desk = books[CLERK]
    with desk.unit() as unit:
        for price in prices:
            parcel = Parcel(
                number=f"P-2025-{unit.next('earlier'):06}",
                exporter="EXP-0041",
                heading=Heading.UNSORTED,
                origins=("ZZ",),
                provenance="ZZ",
                source=Source.MINED,
                title=title,
                received_at=desk.clock(),
                received_by=desk.officer.id,
                state=ParcelState.RELEASED,
                carats=Carats.of("1.00"),
                value=Money(price.quantize(Decimal("0.01"))),
            )
            unit.add(parcel)
            unit.session.flush()
            line = SizeLine(size, Carats.of("1.00"), price)
            figure = Figure.of_lines(
                FigureKind.OFFICE, [line], agreed=line.carats, by="earlier", at=desk.clock(), salt=bytes(16)
            )
            keep_prices(unit, parcel, figure, desk.today)
