"""The vouchers behind purchased goods: read from a dealer's list, checked, kept, each number once.

KPCS Annex II 11–15, kpcs.md §10.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from kpdesk.desks.desk import Desk
from kpdesk.domain.custody import Voucher, check_vouchers
from kpdesk.domain.days import parse_day
from kpdesk.domain.goods import Heading
from kpdesk.domain.measures import Carats, Money, parse_amount
from kpdesk.domain.outcomes import Finding, Refusal, Trouble
from kpdesk.domain.parcel import Parcel
from kpdesk.domain.parties import Party, PartyKind
from kpdesk.domain.production import Holding
from kpdesk.domain.rules import PARCEL_TWICE
from kpdesk.domain.slips import PartySlip
from kpdesk.exchange.tabular import read_table
from kpdesk.store import counter as rows
from kpdesk.store import keeping, search
from kpdesk.store.unit import Look, Unit

COLUMNS = ("number", "date", "seller", "carats", "value")
"""Of a dealer's list of vouchers; the seller by register number, licence or name."""
MOST_VOUCHERS = 2_000


@dataclass(eq=False)
class VoucherUnreadable(Trouble):
    """A line of a list of vouchers does not say what it must; none of them is taken."""

    file: str
    line: int
    column: str
    text: str


def sellers(desk: Desk) -> tuple[PartySlip, ...]:
    """Miners and dealers, whose vouchers count."""
    with desk.look() as session:
        return rows.sellers(session)


def holdings(desk: Desk) -> tuple[Holding, ...]:
    """Incoming certificates and pools that a re-export may draw on, with what they have left."""
    with desk.look() as session:
        return rows.holdings_left(session)


def read_vouchers(desk: Desk, content: bytes, *, name: str) -> tuple[Voucher, ...]:
    """A dealer's list, CSV, workbook or pasted cells; without a line of names the columns are in their order.

    Raises the troubles of `exchange.tabular`, and VoucherUnreadable with the first line that is wrong.
    """
    table = read_table(_headed(content), name=name, columns=dict.fromkeys(COLUMNS, True), most_rows=MOST_VOUCHERS)
    with desk.look() as session:
        known: dict[str, str] = {}
        return tuple(_voucher(session, desk.today, name, line, row, known) for line, row in enumerate(table, 1))


def _headed(content: bytes) -> bytes:
    """Pasted cells get the names of the columns; what is no text is left to the reader of tables."""
    first = content.lstrip(b"\xef\xbb\xbf\r\n ").splitlines()[:1]
    begins = first[0].decode("utf-8", "replace").casefold() if first else ""
    if not begins or content.startswith(b"PK") or b"\0" in content or "number" in begins:
        return content
    separator = next((each for each in "\t;" if each in begins), ",")
    return separator.join(COLUMNS).encode() + b"\n" + content.removeprefix(b"\xef\xbb\xbf")


def _voucher(
    session: Look, today: date, name: str, line: int, row: Mapping[str, str], known: dict[str, str]
) -> Voucher:
    column = "number"
    try:
        if not row[column]:
            raise ValueError(column)
        column = "date"
        on = parse_day(row[column], year=today.year)
        column = "seller"
        seller = known.get(row[column]) or _seller(session, row[column])
        known[row[column]] = seller
        column = "carats"
        carats = Carats(parse_amount(row[column], 3))
        column = "value"
        return Voucher(
            number=row["number"], seller=seller, on=on, carats=carats, value=Money(parse_amount(row[column], 2))
        )
    except (Refusal, ValueError) as problem:
        raise VoucherUnreadable(name, line, column, row[column][:40]) from problem


def _seller(session: Look, text: str) -> str:
    """The register number of the one miner or dealer that these words name; raises ValueError."""
    found = session.get(Party, text.upper())
    if found is None:
        near = search.find(session.connection(), Party.kind, text, 50)
        parties = [party for number in near if (party := session.get(Party, number))]
        parties = [party for party in parties if party.party_kind in (PartyKind.MINER, PartyKind.DEALER)]
        named = [party for party in parties if text.casefold() in (party.name.casefold(), *_licences(party))]
        (found,) = named or parties
    return found.number


def _licences(party: Party) -> list[str]:
    return [licence.number.casefold() for licence in party.licences]


def check_goods(
    desk: Desk,
    session: Look,
    buyer: Party,
    *,
    purchased: bool,
    vouchers: Sequence[Voucher],
    heading: Heading,
    carats: Carats | None,
) -> tuple[Finding, ...]:
    """What speaks against the vouchers, and whether these goods were brought before."""
    settings = desk.settings(session)
    found: list[Finding] = []
    if purchased:
        number_of = {voucher.seller for voucher in vouchers}
        found += check_vouchers(
            vouchers,
            carats=carats,
            buyer=buyer,
            sellers=[party for number in sorted(number_of) if (party := session.get(Party, number))],
            used=[kept for each in vouchers if (kept := keeping.find(session, Voucher, each.identity))],
            share=settings.voucher_tolerance,
            miners_sell=settings.miners_sell_to_exporters,
            today=desk.today,
        )
    if carats is not None:
        since = desk.clock() - timedelta(days=settings.duplicate_days)
        twin = rows.alike(session, exporter=buyer.number, heading=heading, carats=carats, since=since)
        if twin:
            found.append(PARCEL_TWICE.found(parcel=twin[0], day=desk.office.today(twin[1]), carats=carats))
    return tuple(found)


def keep_vouchers(unit: Unit, parcel: Parcel, vouchers: Sequence[Voucher]) -> None:
    for voucher in vouchers:
        keeping.keep(unit, "keep_voucher", replace(voucher, parcel=parcel.number))


def free_vouchers(unit: Unit, parcel: Parcel) -> None:
    """The goods went home, and their vouchers may come again with them."""
    for voucher in keeping.all_of(unit.session, Voucher, about=f"parcel/{parcel.number}"):
        keeping.keep(unit, "free_voucher", replace(voucher, parcel=""))


def vouchers(desk: Desk, parcel: str) -> tuple[Voucher, ...]:
    with desk.look() as session:
        return keeping.all_of(session, Voucher, about=f"parcel/{parcel}")
