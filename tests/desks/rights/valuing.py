"""Values, books, provisional values, levies and fees."""

from datetime import date
from decimal import Decimal

from kpdesk.desks import assortments, fees, pricing, tenders, valuer
from kpdesk.domain.measures import Money
from kpdesk.domain.parties import Role
from kpdesk.domain.prices import BookKind, Price, changes
from kpdesk.domain.tenders import Basis
from kpdesk.domain.valuation import FigureKind
from tests.desks.rights import Acts, ActsOfTwo

VALUER, COUNTER, SUPERVISOR, ISSUING = Role.VALUER, Role.EXPORTER_DESK, Role.SUPERVISOR, Role.ISSUING
NOBODY = "no such thing"
DAY = date(2026, 11, 22)
PRICES = (Price("2-4 ct", Decimal("400.00")),)
PROPOSAL = pricing.Proposal(
    what=BookKind.PRICES, file="p.csv", writing="UTF-8", ignored=(), entries=PRICES, changes=changes((), PRICES)
)

ACTS: Acts = {
    valuer.queue: ({VALUER}, lambda desk: valuer.queue(desk, FigureKind.OFFICE)),
    valuer.sheet: ({VALUER}, lambda desk: valuer.sheet(desk, NOBODY, FigureKind.OFFICE)),
    valuer.reasoned: ({VALUER}, valuer.reasoned),
    pricing.read_book: (
        {VALUER, SUPERVISOR},
        lambda desk: pricing.read_book(desk, BookKind.PRICES, b"", name="p.csv"),
    ),
    assortments.take_file: (
        {VALUER},
        lambda desk: assortments.take_file(desk, NOBODY, b"class,carats,us_per_carat\nA,1,1\n", name="a.csv"),
    ),
    assortments.decide_file: ({VALUER}, lambda desk: assortments.decide_file(desk, NOBODY, found=(), accept=True)),
    assortments.file_of: ({VALUER}, lambda desk: assortments.file_of(desk, NOBODY)),
    tenders.flag_provisional: (
        {VALUER, COUNTER},
        lambda desk: tenders.flag_provisional(desk, NOBODY, basis=Basis.TENDER),
    ),
    tenders.record_result: (
        {VALUER, COUNTER, SUPERVISOR},
        lambda desk: tenders.record_result(desk, NOBODY, value=Money.of("1"), on=DAY, document=""),
    ),
    fees.claim: ({COUNTER, SUPERVISOR, ISSUING}, lambda desk: fees.claim(desk, NOBODY)),
    fees.receive: (
        {COUNTER, SUPERVISOR},
        lambda desk: fees.receive(desk, number="1", claims=[NOBODY], paid=Decimal(1)),
    ),
    fees.draw_receipt: ({COUNTER, SUPERVISOR}, lambda desk: fees.draw_receipt(desk, NOBODY)),
}
TWO: ActsOfTwo = {
    pricing.sign_book: (
        {VALUER, SUPERVISOR},
        {SUPERVISOR},
        lambda one, two: pricing.sign_book(one, two, PROPOSAL, valid_from=DAY),
    ),
    fees.cancel: ({COUNTER, SUPERVISOR}, {SUPERVISOR}, lambda one, two: fees.cancel(one, two, NOBODY, why="")),
    fees.reverse: ({COUNTER, SUPERVISOR}, {SUPERVISOR}, lambda one, two: fees.reverse(one, two, NOBODY, why="x")),
}
