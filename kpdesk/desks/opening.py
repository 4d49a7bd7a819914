"""Opening the books: what an office already has on the day it begins, taken over from one CSV by two supervisors.

Columns: `what,number,date,detail,destination,exporter,importer,heading,origin,carats,value`. `what` is

    blank, bag, seal   numbered stock in the safe; for a blank, `detail` is its paper
    received           an incoming number received before; `date` when, `detail` where
    unconfirmed        a certificate of ours, exported on `date`, whose receipt nobody confirmed yet
    pool               carats of one origin left to re-export; `number` is the incoming certificate or the pool's name
"""

import csv
import io
from dataclasses import dataclass
from datetime import date

from kpdesk.desks.desk import Desk, apart
from kpdesk.domain.certificate import Facts, Kind, Line, Named, Number, expiry
from kpdesk.domain.goods import Heading
from kpdesk.domain.issuance import Certificate, State
from kpdesk.domain.measures import Carats, Money, parse_amount
from kpdesk.domain.outcomes import Refusal, Trouble
from kpdesk.domain.parties import Role
from kpdesk.domain.records import canonical
from kpdesk.domain.stock import AlreadyInStock, Paper, Stock, StockKind, StockState
from kpdesk.store.unit import Unit

COLUMNS = (
    "what", "number", "date", "detail", "destination", "exporter", "importer", "heading", "origin", "carats", "value",
)  # fmt: skip
MOST_LINES = 100_000


@dataclass(eq=False)
class OpeningUnreadable(Trouble):
    """A line of the opening balances does not say what it must; nothing was taken over."""

    line: int
    what: str


def open_books(desk: Desk, second: Desk, *, text: str) -> int:
    """All lines or none; how many. Raises OpeningUnreadable with the line, and what each kind of thing refuses."""
    desk.must(Role.SUPERVISOR)
    second.must(Role.SUPERVISOR)
    apart(desk, second, "open_books")
    reader = csv.DictReader(io.StringIO(text), strict=True, restval="")
    with desk.unit() as unit:
        lines = 0
        try:
            if tuple(reader.fieldnames or ()) != COLUMNS:
                raise ValueError(",".join(COLUMNS))
            for line in reader:
                lines += 1
                if lines > MOST_LINES or None in line:
                    raise ValueError("too long")
                _open(desk, unit, {column: cell.strip() for column, cell in line.items()})
        except (csv.Error, ValueError, KeyError, Refusal) as problem:
            if isinstance(problem, AlreadyInStock):
                raise
            raise OpeningUnreadable(max(reader.line_num, 1), str(problem)[:120]) from problem
        unit.note_record("open_books", "opening", desk.office.code, {"lines": lines, "second": second.officer.id})
        return lines


def _open(desk: Desk, unit: Unit, line: dict[str, str]) -> None:
    match line["what"]:
        case "blank" | "bag" | "seal" as what:
            _stock(desk, unit, StockKind(what), line)
        case "received":
            number = Number.parse(line["number"])
            unit.receive_number(
                number, incoming="", on=date.fromisoformat(line["date"]), where=line["detail"] or desk.office.name
            )
        case "unconfirmed":
            _unconfirmed(desk, unit, line)
        case "pool":
            brought = Carats(parse_amount(line["carats"], 2))
            if not line["number"] or not line["origin"] or unit.has_pool(line["number"], line["origin"]):
                raise ValueError("pool")
            unit.bring_in(line["number"], line["origin"], brought)
            record = {"carats": str(brought)}
            unit.note_record("open_books", "pool", f"{line['number']}-{line['origin']}", record)
        case other:
            raise ValueError(other)


def _stock(desk: Desk, unit: Unit, what: StockKind, line: dict[str, str]) -> None:
    blank = what is StockKind.BLANK
    number = Number.parse(line["number"]).text if blank else line["number"]
    if not number:
        raise ValueError("number")
    if unit.find(Stock, what, number) is not None:
        raise AlreadyInStock(what.value, number)
    paper = Paper(line["detail"]) if blank else None
    thing = Stock(what=what, number=number, paper=paper, edition=desk.office.edition if blank else "")
    thing.move(StockState.IN_SAFE)
    unit.add(thing)
    unit.note("open_books", thing)


def _unconfirmed(desk: Desk, unit: Unit, line: dict[str, str]) -> None:
    """Certified before these books were opened: it is here only to be confirmed, and counts in no quarter of ours."""
    number = Number.parse(line["number"])
    if unit.find_certificate(number) is not None:
        raise ValueError(f"{number} twice")
    exported = date.fromisoformat(line["date"])
    carats, value = Carats(parse_amount(line["carats"], 2)), Money(parse_amount(line["value"], 2))
    certificate = Certificate(
        id=f"C-{exported.year}-{unit.next(f'certificate-{exported.year}'):06}",
        shipment="",
        facts=Facts(
            kind=Kind.PRACTICE if desk.office.practice else Kind.ORIGINAL,
            edition=desk.office.edition,
            number=None,
            participant=desk.office.participant,
            issuing_authority=desk.office.authority,
            origins=tuple(line["origin"].split()),
            provenance=desk.office.participant,
            destination=line["destination"],
            exporter=Named(line["exporter"], ""),
            importer=Named(line["importer"], ""),
            lines=(Line(Heading(line["heading"]), carats, value),),
            parcels=1,
            containers=1,
            seals=(),
            issued=exported,
            expires=expiry(exported),
        ),
        prepared_by="",
        state=State.EXPORTED,
        number=number,
        exported_on=exported,
        reason="from before these books",
    )
    canonical(certificate.record())
    unit.add(certificate)
    unit.note(
        "open_books", certificate, words=f"{certificate.id} {line['number']} {line['exporter']} {line['importer']}"
    )
