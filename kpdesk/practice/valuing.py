"""Practice work of the valuers and the cashier: classes, prices, earlier figures, a queue, claims and receipts."""

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

import numpy as np

from kpdesk.desks import clerk, exporter, fees, pricing, tenders, valuer
from kpdesk.domain.goods import Heading
from kpdesk.domain.measures import Carats, Money
from kpdesk.domain.parcel import Source
from kpdesk.domain.prices import BookKind
from kpdesk.domain.tenders import Basis
from kpdesk.domain.valuation import FigureKind, PriceReason, SizeLine
from kpdesk.practice import (
    BALANCE,
    CLERK,
    CLERK_2,
    COUNTER,
    SUPERVISOR,
    SUPERVISOR_2,
    VALUER,
    VALUER_2,
    Staffed,
    read_balance,
)

CLASSES = """class,size,sieve,model,quality
10.8+ ct,over 10.8 ct,,,
4-10.8 ct,4 to 10.8 ct,,,
2-4 ct,2 to 4 ct,,,
3-8 gr,3 to 8 grainers,over 11,,
11-5,smalls,under 11,,
5-0,sand,under 5,,
"""
PRICES = """class,us_per_carat
10.8+ ct,812.00
4-10.8 ct,305.00
2-4 ct,182.00
3-8 gr,96.00
11-5,38.50
5-0,14.00
"""
TARIFF = """charge,kind,rate,payer,ledger,rounding,base,over
Export duty,percent,3,exporter,levy,cent,,
Rehabilitation fund,percent,0.05,exporter,levy,cent,,
Certificate,per_certificate,120,exporter,fee,cent,,
Valuation,per_carat,0.25,exporter,fee,cent,,
"""
_SHARES = {"10.8+ ct": 9, "4-10.8 ct": 24, "2-4 ct": 34, "3-8 gr": 18, "11-5": 12, "5-0": 3}
"""Percent of a parcel's carats."""


def fill(office: Staffed) -> None:
    """Lay it all into a practice office that has stock and firms."""
    books(office)
    history(office, 36)
    unusual(office)
    queue(office)
    receipts(office)


def books(office: Staffed) -> None:
    """Classes, prices and a tariff, each signed by two."""
    for what, text in ((BookKind.CLASSES, CLASSES), (BookKind.PRICES, PRICES), (BookKind.TARIFF, TARIFF)):
        one, two = office[SUPERVISOR], office[SUPERVISOR_2]
        read = pricing.read_book(one, what, text.encode(), name=f"practice-{what}.csv")
        pricing.sign_book(one, two, read, valid_from=one.today)


def history(office: Staffed, parcels: int) -> None:
    """Parcels valued before, their prices a little above and below the book."""
    random = np.random.default_rng(11)
    book = {line.split(",")[0]: Decimal(line.split(",")[1]) for line in PRICES.splitlines()[1:]}
    for _ in range(parcels):
        carats = Decimal(int(random.integers(20_000, 180_000))).scaleb(-2)
        parcel = _weighed(office, carats)
        factor = Decimal(str(round(float(random.lognormal(0, 0.28)), 4)))
        for who, kind, more in ((VALUER, FigureKind.OFFICE, "1"), (VALUER_2, FigureKind.INDEPENDENT, "1.01")):
            lines = tuple(_lines(carats, book, factor * Decimal(more)))
            valuer.give_figure(office[who], parcel, kind=kind, lines=lines)
        total = sum((line.value.value for line in lines), Decimal(0))
        valuer.declare_value(office[COUNTER], parcel, total=Money((total * Decimal("0.96")).quantize(Decimal("0.01"))))


def unusual(office: Staffed) -> None:
    """A parcel whose middle class was worth three times the usual, with its reason; its value is still wanted."""
    carats = Decimal("310.00")
    parcel = _weighed(office, carats)
    book = {line.split(",")[0]: Decimal(line.split(",")[1]) for line in PRICES.splitlines()[1:]}
    lines = [
        replace(line, per_carat=line.per_carat * 3, reason=PriceReason.FINE) if line.size_class == "2-4 ct" else line
        for line in _lines(carats, book, Decimal(1))
    ]
    valuer.give_figure(office[VALUER], parcel, kind=FigureKind.OFFICE, lines=lines)


def queue(office: Staffed) -> None:
    """Parcels that wait for a figure, and one whose value is provisional."""
    found = [_weighed(office, Decimal(carats)) for carats in ("1234.56", "418.20", "96.05")]
    tenders.flag_provisional(office[VALUER], found[1], basis=Basis.TENDER)
    tenders.flag_provisional(office[VALUER], found[2], basis=Basis.CONSIGNMENT)


def receipts(office: Staffed) -> None:
    """Two applications are claimed; one has paid its fees."""
    for carats in ("640.00", "88.10"):
        goods = Decimal(carats)
        parcel = _weighed(office, goods)
        for who, kind in ((VALUER, FigureKind.OFFICE), (VALUER_2, FigureKind.INDEPENDENT)):
            line = SizeLine("4-10.8 ct", Carats(goods), Decimal("298.00"), PriceReason.OTHER)
            valuer.give_figure(office[who], parcel, kind=kind, lines=(line,))
        valuer.declare_value(office[COUNTER], parcel, total=Money((goods * 290).quantize(Decimal("0.01"))))
        clerk.bag_parcel(office[CLERK], parcel, bag=office.next_stock("TB"))
        shipment = exporter.apply(
            office[COUNTER],
            exporter="EXP-0041",
            importer="IMP-0002",
            destination="BE",
            parcels=(parcel,),
            conflict_free=True,
            warranty="2018 SoW-000123",
        )
        claims = fees.claim(office[COUNTER], shipment.number)
    paid = [claim for claim in claims if claim.ledger == "fee"]
    owed = sum((claim.open.value for claim in paid), Decimal(0))
    fees.receive(office[COUNTER], number="PR-000101", claims=[claim.number for claim in paid], paid=owed)


def _weighed(office: Staffed, carats: Decimal) -> str:
    parcel = clerk.receive_parcel(
        office[CLERK],
        exporter="EXP-0041",
        heading=Heading.UNSORTED,
        origins=(office[CLERK].office.participant,),
        provenance=office[CLERK].office.participant,
        source=Source.MINED,
        title="T-100",
    ).number
    for who in (CLERK, CLERK_2):
        clerk.record_weighing(office[who], parcel, reading=read_balance(carats, office[who]), balance=BALANCE)
    return parcel


def _lines(carats: Decimal, book: dict[str, Decimal], factor: Decimal) -> Iterator[SizeLine]:
    """The parcel sorted; what rounding leaves goes to the first class."""
    shares = {code: (carats * share / 100).quantize(Decimal("0.01")) for code, share in _SHARES.items()}
    shares["10.8+ ct"] += carats - sum(shares.values())
    for code, part in shares.items():
        price = (book[code] * factor).quantize(Decimal("0.01"))
        yield SizeLine(code, Carats(part), price, PriceReason.MARKET)
