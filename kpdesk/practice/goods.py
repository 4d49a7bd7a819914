"""Goods that change, papers of the counter, returns and declarations of a practice office."""

from datetime import date, timedelta
from decimal import Decimal

from kpdesk.desks import clerk, goods, papers, registers, returns, supervisor
from kpdesk.domain.declarations import Purchase, Stocked
from kpdesk.domain.goods import Heading
from kpdesk.domain.measures import Carats, Money, priced
from kpdesk.domain.parcel import Source
from kpdesk.domain.parties import Licence, Party, PartyKind
from kpdesk.domain.production import Return
from kpdesk.domain.sorting import Change, Wanted
from kpdesk.domain.titles import Title
from kpdesk.practice import CLERK, CLERK_2, SUPERVISOR, SUPERVISOR_2, Staffed, read_balance

_MINES = (
    ("T-100", "Northern Field", (Decimal("8120.40"), Decimal("9304.15"), Decimal("7761.00"), Decimal("10212.85"))),
    ("T-201", "River Bend", (Decimal("412.30"), Decimal("388.05"), Decimal("441.90"))),
    ("T-202", "Old Terrace", (Decimal("96.25"), Decimal("120.10"), Decimal("88.40"), Decimal("131.75"))),
)
"""Titles and their returns, the newest month last; the river's last month has not come."""


def fill(office: Staffed) -> None:
    """Titles, a digger, dealers; months returned and bought; parcels sorted, split and sold; papers of the counter."""
    _firms(office)
    _returns(office)
    _changes(office)


def _firms(office: Staffed) -> None:
    desk = office[SUPERVISOR]
    own, since = desk.office.participant, desk.today - timedelta(days=700)
    for number, kind, name in (
        ("MIN-0021", PartyKind.MINER, "Practice Diggers River Bend"),
        ("MIN-0022", PartyKind.MINER, "Practice Diggers Old Terrace"),
        ("DEA-0003", PartyKind.DEALER, f"Practice Dealers {own}"),
        ("DEA-0004", PartyKind.DEALER, "Practice Buying House"),
    ):
        licence = Licence(f"{number}/{since.year}", kind, since, desk.today + timedelta(days=200))
        firm = Party(number=number, party_kind=kind, name=name, address="Market 7", country=own, licences=(licence,))
        registers.register_party(desk, firm, office[SUPERVISOR_2])
    for number, holder, mine, capacity in (
        ("T-201", "MIN-0021", "River Bend", "600.00"),
        ("T-202", "MIN-0022", "Old Terrace", "150.00"),
    ):
        title = Title(
            number=number,
            mine=mine,
            holder=holder,
            country=own,
            area="Practice River",
            monthly_capacity=Carats.of(capacity),
            valid_from=since,
        )
        registers.register_title(desk, title)


def _returns(office: Staffed) -> None:
    desk = office[CLERK]
    months = _months(desk.today, 4)
    for title, mine, carats in _MINES:
        for month, each in zip(months, carats, strict=False):
            for heading, share, price in (
                (Heading.NON_INDUSTRIAL, Decimal("0.6"), Decimal("141.50")),
                (Heading.INDUSTRIAL, Decimal("0.4"), Decimal("11.20")),
            ):
                weight = Carats((each * share).quantize(Decimal("0.01")))
                made = Return(
                    title=title, mine=mine, month=month, heading=heading, carats=weight, value=priced(weight, price)
                )
                supervisor.book_production(desk, made)
    for buyer, bought in (("DEA-0003", ("212.40", "188.10", "240.55")), ("DEA-0004", ("61.20", "74.85"))):
        for month, text in zip(months, bought, strict=False):
            seller = "MIN-0021" if buyer == "DEA-0003" else "MIN-0022"
            weight = Carats.of(text)
            line = Purchase(seller, Heading.UNSORTED, weight, priced(weight, Decimal("92.00")))
            returns.declare_purchases(desk, buyer=buyer, month=month, lines=(line,))
    stock = Stocked(Heading.UNSORTED, desk.office.participant, Carats.of("1204.30"), Money.of("98150.00"))
    returns.declare_stock(
        desk,
        firm="DEA-0003",
        year=desk.today.year - 1,
        lines=(stock,),
        second=office[SUPERVISOR],
        document="auditor’s letter of 12 January",
    )


def _months(today: date, count: int) -> list[date]:
    """The last months before this one, the newest last."""
    found = []
    month = today.replace(day=1)
    for _ in range(count):
        month = (month - timedelta(days=1)).replace(day=1)
        found.append(month)
    return found[::-1]


def _changes(office: Staffed) -> None:
    clerk_, beside = office[CLERK], office[SUPERVISOR]
    sorted_, split, sold = (_weighed(office, carats) for carats in ("318.04", "96.50", "41.20"))
    papers.deposit(clerk_, [sorted_, split, sold], brought_by="Practice Driver One")
    papers.weight_sheet(clerk_, [sorted_])
    wanted = (
        Wanted(Heading.NON_INDUSTRIAL, Carats.of("196.20")),
        Wanted(Heading.INDUSTRIAL, Carats.of("121.10")),
    )
    made = goods.rework(
        clerk_,
        change=Change.SORT,
        parcels=[sorted_],
        wanted=wanted,
        reasons={clerk_.office.participant: "Dust and chips of sieving"},
        second=beside,
    )
    for slip, carats in zip(made.parcels, ("196.20", "121.10"), strict=True):
        _weigh(office, slip.number, carats)
    goods.settle(clerk_, made.number)
    papers.rework_sheet(clerk_, made.number)
    halves = (Wanted(Heading.UNSORTED, Carats.of("50.00")), Wanted(Heading.UNSORTED, Carats.of("46.50")))
    goods.rework(clerk_, change=Change.SPLIT, parcels=[split], wanted=halves)
    whole = (Wanted(Heading.UNSORTED, Carats.of("41.20"), sold=True),)
    sale = goods.rework(clerk_, change=Change.SELL, parcels=[sold], wanted=whole, buyer="DEA-0003")
    papers.rework_sheet(clerk_, sale.number)


def _weighed(office: Staffed, carats: str) -> str:
    desk = office[CLERK]
    number = clerk.receive_parcel(
        desk,
        exporter="EXP-0042",
        heading=Heading.UNSORTED,
        origins=(desk.office.participant,),
        provenance=desk.office.participant,
        source=Source.MINED,
        title="T-100",
    ).number
    _weigh(office, number, carats)
    return number


def _weigh(office: Staffed, parcel: str, carats: str) -> None:
    for name in (CLERK, CLERK_2):
        clerk.record_weighing(office[name], parcel, reading=read_balance(Decimal(carats), office[name]))
