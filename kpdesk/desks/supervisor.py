"""The supervisor: stock, people, firms, settings and lists; two people for what matters (KPCS Annex II)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from kpdesk.desks.desk import Desk, apart, stop_at
from kpdesk.domain.certificate import Number
from kpdesk.domain.issuance import NumberAlreadyBound
from kpdesk.domain.outcomes import Finding, Refusal
from kpdesk.domain.participants import OwnDate, Zone
from kpdesk.domain.parties import Officer, Party, Role, Title
from kpdesk.domain.production import Return, check_returns
from kpdesk.domain.records import Record
from kpdesk.domain.slips import OfficerSlip, StockSlip
from kpdesk.domain.stock import AlreadyInStock, Paper, Stock, StockKind, StockState
from kpdesk.domain.trust import Lists, Reason
from kpdesk.settings import check_setting, own_date_setting, zone_setting
from kpdesk.signing import lists as lists_files
from kpdesk.store import lists as rows
from kpdesk.store import sending


@dataclass(eq=False)
class AlreadyRegistered(Refusal):
    """A firm or a title of this number is in the register."""

    number: str


@dataclass(eq=False)
class ListsOlder(Refusal):
    """The lists file is older than the one in force: going back is how a revoked key would come to life again."""

    sequence: int
    in_force: int


# Stock


def receive_stock(
    desk: Desk,
    second: Desk,
    *,
    what: StockKind,
    numbers: Sequence[str],
    paper: Paper | None = None,
    edition: str = "",
) -> int:
    """Two people count numbered stock in and put it into the safe; how many. Raises AlreadyInStock, SamePerson."""
    desk.must(Role.SUPERVISOR, Role.ISSUING)
    second.must(Role.SUPERVISOR)
    apart(desk, second, "receive_stock")
    with desk.unit() as unit:
        for text in numbers:
            number = Number.parse(text).text if what is StockKind.BLANK else text
            if unit.find(Stock, what, number) is not None:
                raise AlreadyInStock(what.value, number)
            # A blank whose paper nobody names is no security paper.
            made_of = (paper or Paper.PLAIN) if what is StockKind.BLANK else None
            thing = Stock(what=what, number=number, paper=made_of, edition=edition)
            unit.add(thing)
            thing.move(StockState.IN_SAFE)
            unit.note("receive_stock", thing, why=f"counted with {second.officer.id}")
        return len(numbers)


def hand_out(desk: Desk, *, what: StockKind, numbers: Iterable[str], officer: str) -> tuple[StockSlip, ...]:
    """From the safe into an officer's hands."""
    desk.must(Role.SUPERVISOR)
    with desk.unit() as unit:
        holder = unit.get(Officer, officer)
        for number in numbers:
            thing = unit.stock(what, number)
            thing.move(StockState.WITH_OFFICER, holder=holder.id)
            unit.note("hand_out", thing)
        unit.session.flush()
        return rows.stock(unit.session, what, StockState.WITH_OFFICER)


def take_back(desk: Desk, *, what: StockKind, numbers: Iterable[str]) -> None:
    """Unused numbers go from an officer's hands back into the safe."""
    desk.must(Role.SUPERVISOR)
    with desk.unit() as unit:
        for number in numbers:
            thing = unit.stock(what, number)
            thing.move(StockState.IN_SAFE)
            unit.note("take_back", thing)


def write_off(desk: Desk, second: Desk, *, what: StockKind, number: str, gone: bool, report: str) -> None:
    """Two people find a number torn, or gone, outside the printer; a blank's number is void from then on.

    Raises NumberAlreadyBound for a blank that bears a certificate: that one is looked at, or made void.
    """
    desk.must(Role.SUPERVISOR, Role.ISSUING)
    second.must(Role.SUPERVISOR)
    apart(desk, second, "write_off")
    with desk.unit() as unit:
        thing = unit.stock(what, number)
        if what is StockKind.BLANK and thing.used_for:
            raise NumberAlreadyBound(thing.used_for, number)
        thing.move(StockState.MISSING if gone else StockState.SPOILED)
        if what is StockKind.BLANK:
            unit.put_on_void_list(Number(thing.number), Reason.MISSING if gone else Reason.SPOILED, desk.today)
        unit.note("write_off", thing, why=f"{report}; with {second.officer.id}")


def destroy_stock(desk: Desk, second: Desk, *, what: StockKind, number: str, report: str) -> None:
    """Two witnesses destroy a spoiled number; the report is named."""
    desk.must(Role.SUPERVISOR, Role.ISSUING)
    second.must(Role.SUPERVISOR)
    apart(desk, second, "destroy_stock")
    with desk.unit() as unit:
        thing = unit.stock(what, number)
        thing.move(StockState.DESTROYED)
        unit.note("destroy_stock", thing, why=f"{report}; witness {second.officer.id}")


def stock(desk: Desk, what: StockKind, state: StockState, *, limit: int = rows.PAGE) -> tuple[StockSlip, ...]:
    with desk.look() as session:
        return rows.stock(session, what, state, limit=limit)


# Firms, titles, settings


def register_party(desk: Desk, party: Party) -> str:
    """Enter a firm or a foreign authority into the register; its number. Raises AlreadyRegistered."""
    desk.must(Role.SUPERVISOR, Role.CLERK)
    with desk.unit() as unit:
        if unit.find(Party, party.number) is not None:
            raise AlreadyRegistered(party.number)
        unit.add(party)
        unit.note("register_party", party, words=f"{party.number} {party.name}")
        return party.number


def register_title(desk: Desk, title: Title) -> str:
    """Enter a mining title; its number. Raises AlreadyRegistered, NotFound (no such holder)."""
    desk.must(Role.SUPERVISOR, Role.CLERK)
    with desk.unit() as unit:
        unit.get(Party, title.holder)
        if unit.find(Title, title.number) is not None:
            raise AlreadyRegistered(title.number)
        unit.add(title)
        unit.note("register_title", title)
        return title.number


def change_setting(desk: Desk, second: Desk, *, name: str, value: str | int | bool, effective_from: date) -> None:
    """Two supervisors change a rule of the office from a day on. Raises NotASetting."""
    check_setting(name, value)
    _set(desk, second, name, value, effective_from)


def set_own_date(desk: Desk, second: Desk, own: OwnDate) -> None:
    """Two supervisors enter what our own law says of a participant; it counts from the next sign-in."""
    _set(desk, second, *own_date_setting(own))


def open_zone(desk: Desk, second: Desk, zone: Zone) -> None:
    """Two supervisors enter a zone of a restricted participant; it counts from the next sign-in."""
    _set(desk, second, *zone_setting(zone))


def _set(desk: Desk, second: Desk, name: str, value: str | int | bool, effective_from: date) -> None:
    desk.must(Role.SUPERVISOR)
    second.must(Role.SUPERVISOR)
    apart(desk, second, "change_setting")
    with desk.unit() as unit:
        unit.setting(name, {"value": value}, effective_from, why=f"with {second.officer.id}")


def book_production(desk: Desk, made: Return) -> tuple[Finding, ...]:
    """Keep a mine's monthly return; what speaks against it comes back, and a second one for the month is refused."""
    desk.must(Role.SUPERVISOR, Role.CLERK)
    with desk.unit() as unit:
        title = unit.get(Title, made.title)
        before = unit.production(made.title)
        found = stop_at(check_returns([*before, made], title=title, today=desk.today))
        unit.keep_production(made)
        return found


def officers(desk: Desk) -> tuple[OfficerSlip, ...]:
    with desk.look() as session:
        return rows.officers(session)


# Lists


def accept_lists(desk: Desk, second: Desk, content: bytes) -> Lists:
    """Take a newer lists file over, looked at by two. Raises ListsOlder and the troubles of a file that is not ours."""
    desk.must(Role.SUPERVISOR, Role.INSPECTOR)
    second.must(Role.SUPERVISOR)
    apart(desk, second, "accept_lists")
    lists = lists_files.read(content, list_key=desk.authority.list_key)
    with desk.unit() as unit:
        kept = rows.lists_file(unit.session)
        in_force = lists_files.read(kept, list_key=desk.authority.list_key).sequence if kept else 0
        if lists.sequence < in_force:
            raise ListsOlder(lists.sequence, in_force)
        if lists.sequence > in_force:
            sending.keep_lists(unit, lists, content)
            record: Record = {"sequence": lists.sequence, "second": second.officer.id}
            unit.note_record("accept_lists", "lists", desk.office.code, record)
    return lists
