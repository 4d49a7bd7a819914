"""Who may do what: every act, every role; and who has to be another person."""

import ast
import inspect
from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

import kpdesk.desks
from kpdesk.desks import (
    authority,
    batches,
    clerk,
    exporter,
    exporting,
    inspector,
    issuing,
    offices,
    opening,
    sheets,
    stock,
    supervisor,
    valuer,
)
from kpdesk.desks.sheets import Sheet
from kpdesk.domain.goods import Heading
from kpdesk.domain.inspection import Outcome
from kpdesk.domain.issuance import SamePerson
from kpdesk.domain.measures import Carats, Money
from kpdesk.domain.outcomes import Refusal, Trouble
from kpdesk.domain.parcel import Source
from kpdesk.domain.participants import OwnDate, Zone
from kpdesk.domain.parties import NotYourDesk, Role
from kpdesk.domain.production import Return
from kpdesk.domain.rules import RESTRICTED
from kpdesk.domain.stock import StockKind
from kpdesk.domain.valuation import FigureKind
from kpdesk.practice import read_balance
from kpdesk.signing.slots import SMALL
from tests.desks.practice_books import Books, arrival, incoming
from tests.desks.rights import ROOMS, Acts, ActsOfTwo

CLERK, VALUER, ISSUING, COUNTER, INSPECTOR, SUPERVISOR, AUTHORITY = (
    Role.CLERK,
    Role.VALUER,
    Role.ISSUING,
    Role.EXPORTER_DESK,
    Role.INSPECTOR,
    Role.SUPERVISOR,
    Role.AUTHORITY,
)
NOBODY = "no such thing"
DAY = date(2026, 11, 22)


def mined() -> Return:
    month = DAY.replace(month=10, day=1)
    return Return(
        title=NOBODY, mine="Nine", month=month, heading=Heading.UNSORTED, carats=Carats.of("1"), value=Money.of("1")
    )


ACTS: Acts = {
    clerk.receive_parcel: (
        {CLERK},
        lambda desk: clerk.receive_parcel(
            desk, exporter=NOBODY, heading=Heading.UNSORTED, origins=("ZZ",), provenance="ZZ", source=Source.MINED
        ),
    ),
    clerk.record_weighing: (
        {CLERK, VALUER, ISSUING},
        lambda desk: clerk.record_weighing(desk, NOBODY, reading=read_balance(Decimal(1), desk)),
    ),
    clerk.bag_parcel: ({CLERK, VALUER, ISSUING}, lambda desk: clerk.bag_parcel(desk, NOBODY, bag="TB1")),
    clerk.withdraw_parcel: ({CLERK}, lambda desk: clerk.withdraw_parcel(desk, NOBODY, why="")),
    clerk.save_draft: (set(Role), lambda desk: clerk.save_draft(desk, "register", "half")),
    valuer.give_figure: ({VALUER}, lambda desk: valuer.give_figure(desk, NOBODY, kind=FigureKind.OFFICE, lines=())),
    valuer.declare_value: ({COUNTER}, lambda desk: valuer.declare_value(desk, NOBODY, total=Money.of("1"))),
    exporter.apply: (
        {COUNTER, CLERK},
        lambda desk: exporter.apply(
            desk, exporter=NOBODY, importer=NOBODY, destination="XZ", parcels=(), conflict_free=True, warranty=""
        ),
    ),
    exporter.withdraw: ({COUNTER, CLERK}, lambda desk: exporter.withdraw(desk, NOBODY, why="")),
    issuing.seal: ({ISSUING}, lambda desk: issuing.seal(desk, NOBODY, containers=(), readings={})),
    issuing.prepare: ({ISSUING}, lambda desk: issuing.prepare(desk, NOBODY)),
    issuing.approve: ({ISSUING, SUPERVISOR}, lambda desk: issuing.approve(desk, [NOBODY])),
    sheets.load_blank: ({ISSUING}, lambda desk: sheets.load_blank(desk, "ZZ0")),
    sheets.unload_blank: ({ISSUING}, lambda desk: sheets.unload_blank(desk, "ZZ0")),
    sheets.bind_number: ({ISSUING}, lambda desk: sheets.bind_number(desk, NOBODY, blank="ZZ0")),
    sheets.spool: ({ISSUING}, lambda desk: sheets.spool(desk, "ZZ0")),
    sheets.answer: ({ISSUING}, lambda desk: sheets.answer(desk, "ZZ0", Sheet.GOOD)),
    exporting.validate: ({ISSUING, SUPERVISOR}, lambda desk: exporting.validate(desk, "ZZ0")),
    exporting.report_export: ({ISSUING}, lambda desk: exporting.report_export(desk, "ZZ0", on=DAY)),
    exporting.book_confirmation: ({ISSUING, SUPERVISOR}, lambda desk: exporting.book_confirmation(desk, "ZZ0", on=DAY)),
    exporting.book_confirmation_file: (
        {ISSUING, SUPERVISOR},
        lambda desk: exporting.book_confirmation_file(desk, b"none"),
    ),
    exporting.expire: ({ISSUING, SUPERVISOR}, exporting.expire),
    inspector.receive: (
        {INSPECTOR},
        lambda desk: inspector.receive(
            desk, scan="s", keyed=incoming("XZ1"), arrival=arrival(incoming()), outcome=Outcome.HELD
        ),
    ),
    stock.hand_out: (
        {SUPERVISOR},
        lambda desk: stock.hand_out(desk, what=StockKind.BAG, numbers=(), officer=NOBODY),
    ),
    stock.take_back: (
        {SUPERVISOR},
        lambda desk: stock.take_back(desk, what=StockKind.BAG, numbers=()),
    ),
    supervisor.book_production: ({SUPERVISOR, CLERK}, lambda desk: supervisor.book_production(desk, mined())),
    batches.request: ({SUPERVISOR}, batches.request),
    batches.accept_certificate: (
        {SUPERVISOR},
        lambda desk: batches.accept_certificate(desk, certificate=b"none", revocations=b"none"),
    ),
    batches.export_batch: ({SUPERVISOR}, batches.export_batch),
    batches.accept_receipt: (
        {SUPERVISOR, INSPECTOR},
        lambda desk: batches.accept_receipt(desk, Path(__file__)),
    ),
    authority.certify: ({AUTHORITY}, lambda desk: authority.certify(desk, b"none")),
    authority.open_batch: ({AUTHORITY}, lambda desk: authority.open_batch(desk, Path(__file__))),
    authority.accept_batch: ({AUTHORITY}, lambda desk: authority.accept_batch(desk, Path(__file__))),
    authority.make_lists: ({AUTHORITY}, authority.make_lists),
}
"""Every act of one person: who may, and a call that gets no further than the books' first question."""

TWO: ActsOfTwo = {
    issuing.lift: (
        {ISSUING, SUPERVISOR},
        {SUPERVISOR},
        lambda one, two: issuing.lift(one, two, NOBODY, finding=RESTRICTED.found(), document="letter"),
    ),
    inspector.seize: (
        {INSPECTOR},
        {INSPECTOR, SUPERVISOR},
        lambda one, two: inspector.seize(one, two, holder="", carats=Carats.of("1"), reason="", seal=NOBODY),
    ),
    stock.receive_stock: (
        {SUPERVISOR, ISSUING},
        {SUPERVISOR},
        lambda one, two: stock.receive_stock(one, two, what=StockKind.BAG, numbers=["TB000001"]),
    ),
    stock.write_off: (
        {SUPERVISOR, ISSUING},
        {SUPERVISOR},
        lambda one, two: stock.write_off(one, two, what=StockKind.BAG, numbers=[NOBODY], gone=True, report=""),
    ),
    stock.destroy_stock: (
        {SUPERVISOR, ISSUING},
        {SUPERVISOR},
        lambda one, two: stock.destroy_stock(one, two, what=StockKind.BAG, numbers=[NOBODY], report=""),
    ),
    supervisor.change_setting: (
        {SUPERVISOR},
        {SUPERVISOR},
        lambda one, two: supervisor.change_setting(one, two, name="confirmation_days", value=20, effective_from=DAY),
    ),
    supervisor.set_own_date: (
        {SUPERVISOR},
        {SUPERVISOR},
        lambda one, two: supervisor.set_own_date(one, two, OwnDate("XZ", DAY, True)),
    ),
    supervisor.open_zone: (
        {SUPERVISOR},
        {SUPERVISOR},
        lambda one, two: supervisor.open_zone(one, two, Zone("CF", "Berberati", DAY, None)),
    ),
    supervisor.accept_lists: (
        {SUPERVISOR, INSPECTOR},
        {SUPERVISOR},
        lambda one, two: supervisor.accept_lists(one, two, b"none"),
    ),
    opening.open_books: ({SUPERVISOR}, {SUPERVISOR}, lambda one, two: opening.open_books(one, two, text="none")),
    authority.list_foreign_issuer: (
        {AUTHORITY},
        {AUTHORITY},
        lambda one, two: authority.list_foreign_issuer(one, two, b"none"),
    ),
    offices.add_officer: (
        {SUPERVISOR},
        {SUPERVISOR},
        lambda one, two: offices.add_officer(
            one, two, offices.NewOfficer("Clerk One", "a long enough password", frozenset()), cost=SMALL
        ),
    ),
}
"""Every act of two people."""
for room in ROOMS:
    ACTS |= room.ACTS
    TWO |= room.TWO


def named(act: Callable[..., object]) -> str:
    return f"{act.__module__.rsplit('.', 1)[1]}.{act.__name__}"


def test_every_act_that_writes_is_in_the_table() -> None:
    """An act opens a writing visit; a part of one is given the visit."""
    assert {named(act) for act in (*ACTS, *TWO)} >= set(writing_acts())


def writing_acts() -> Iterator[str]:
    for file in sorted(Path(next(iter(kpdesk.desks.__path__))).glob("*.py")):
        for function in ast.parse(file.read_text("utf-8")).body:
            if isinstance(function, ast.FunctionDef) and not function.name.startswith("_"):
                desk = function.args.args[:1]
                if desk and desk[0].arg == "desk" and "desk.unit()" in ast.unparse(function):
                    yield f"{file.stem}.{function.name}"


@pytest.fixture(scope="module")
def books(shelf) -> Iterator[Books]:  # type: ignore[no-untyped-def]
    made = shelf.take("issued")
    yield made
    made.close()


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("act", ACTS, ids=named)
def test_an_act_wants_its_role(books: Books, act: Callable[..., object], role: Role) -> None:
    allowed, call = ACTS[act]
    desk = books.at_authority(role) if act.__module__ == authority.__name__ else books.of(role)
    size = books.size()
    if role not in allowed:
        with pytest.raises(NotYourDesk) as refusal:
            call(desk)
        assert refusal.value.officer == desk.officer.name
        assert books.size() == size
        return
    try:
        call(desk)
    except NotYourDesk:
        pytest.fail("refused one who may")
    except (Refusal, Trouble):
        pass  # it got to what it asks next


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("act", TWO, ids=named)
def test_an_act_of_two_wants_both_roles(books: Books, act: Callable[..., object], role: Role) -> None:
    first, second, call = TWO[act]
    size = books.size()
    a_first, a_second = books.of(min(first), beside="Issuing One"), books.of(min(second), beside="Supervisor Two")
    for desks, allowed in (
        ((books.of(role, beside="Issuing One"), a_second), first),
        ((a_first, books.of(role, beside="Supervisor Two")), second),
    ):
        if role not in allowed:
            with pytest.raises(NotYourDesk):
                call(*desks)
    assert books.size() == size


@pytest.mark.parametrize("act", TWO, ids=named)
def test_the_second_is_another_person(books: Books, act: Callable[..., object]) -> None:
    size = books.size()
    everything = books.of(*Role)
    with pytest.raises(SamePerson) as refusal:
        TWO[act][2](everything, everything)
    assert refusal.value.officer == "Supervisor One"
    assert books.size() == size


def test_the_table_calls_what_it_names() -> None:
    for act, (_, *_rest, call) in (*ACTS.items(), *TWO.items()):
        assert call is act or act.__name__ in inspect.getsource(call)  # type: ignore[arg-type]
