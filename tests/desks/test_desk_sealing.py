"""From the application to the seal: every finding, what two lift, weighed again, sealed from stock."""

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

import pytest

from kpdesk.desks import clerk, exporter, exporting, issuing, sheets, stock
from kpdesk.desks.desk import NoDocument
from kpdesk.desks.exporter import NotTheirParcel
from kpdesk.desks.issuing import HasCertificate, NotLiftable, NotSealed, NotWeighedAgain, WeightChanged
from kpdesk.desks.opening import COLUMNS, open_books
from kpdesk.domain.issuance import State
from kpdesk.domain.measures import Carats
from kpdesk.domain.outcomes import Finding, Severity, Stopped
from kpdesk.domain.parcel import Draw, ParcelState, WrongState
from kpdesk.domain.shipment import Container, ContainersDoNotMatch, ShipmentState
from kpdesk.domain.stock import NotInStock, StockKind, StockNotReady, StockState
from kpdesk.domain.weighing import NeedsReason, NotStable, Reading
from kpdesk.practice import APPROVER, CLERK, COUNTER, PREPARER, SUPERVISOR, SUPERVISOR_2, bring_in, read_balance
from tests.desks.practice_books import (
    BLANK,
    CERTIFICATE,
    GOODS,
    PARCEL,
    SHIPMENT,
    Books,
    apply,
    seal,
)

At = Callable[[str], Books]
STOCK_OF_2002 = replace(GOODS, origins=("AO",))


def codes(findings: tuple[Finding, ...]) -> set[str]:
    return {finding.rule.code for finding in findings}


def again(books: Books, *carats: str) -> dict[str, Reading]:
    return {PARCEL: read_balance(Decimal(carats[0] if carats else "1234.560"), books[PREPARER])}


# The application


def test_an_application_is_taken_with_all_that_speaks_against_it(at: At) -> None:
    books = at("bagged")
    slip = exporter.apply(
        books[COUNTER],
        exporter="EXP-0041",
        importer="IMP-0003",
        destination="KE",
        parcels=(PARCEL,),
        conflict_free=False,
        warranty="",
    )
    assert slip.state is ShipmentState.APPLIED
    assert codes(slip.findings) == {"not_participant", "declaration_missing", "warranty_missing"}
    assert exporter.findings(books[COUNTER], slip.number) == issuing.check(books[PREPARER], slip.number)
    with pytest.raises(Stopped) as stop:
        seal(books, slip.number)
    assert codes(stop.value.findings) == codes(slip.findings)


def test_only_their_own_bagged_parcels(at: At) -> None:
    books = at("bagged")
    with pytest.raises(NotTheirParcel):
        apply(books, exporter="EXP-0042")
    with pytest.raises(WrongState):
        apply(books, parcels=(PARCEL, PARCEL))
    apply(books)
    with pytest.raises(WrongState):
        apply(books)
    assert [slip.number for slip in exporter.shipments(books[COUNTER])] == [SHIPMENT]


def test_a_withdrawn_application_uses_no_number(at: At) -> None:
    for stage in ("applied", "sealed", "prepared", "approved"):
        books = at(stage)
        assert exporter.withdraw(books[COUNTER], SHIPMENT, why="called off").state is ShipmentState.WITHDRAWN
        assert clerk.parcels(books[CLERK])[0].state is ParcelState.BAGGED
        assert {slip.state for slip in issuing.certificates(books[PREPARER])} <= {State.VOID}
        assert books.sql("SELECT count(*) FROM void_numbers") == [(0,)]
        # The goods may be applied for anew, and nothing of the old certificate is left to be printed.
        assert apply(books) == "S-2026-000002"
        if stage == "approved":
            sheets.load_blank(books[PREPARER], BLANK)
            with pytest.raises(WrongState):
                sheets.bind_number(books[PREPARER], CERTIFICATE, blank=BLANK)


@pytest.mark.parametrize("stage", ["bound", "issued", "exported"])
def test_goods_under_a_number_are_not_just_withdrawn(at: At, stage: str) -> None:
    books = at(stage)
    with pytest.raises(HasCertificate) as refusal:
        exporter.withdraw(books[COUNTER], SHIPMENT, why="called off")
    assert refusal.value.certificate == BLANK


def test_goods_that_left_and_were_confirmed_never_leave_again(at: At) -> None:
    books = at("exported")
    exporting.book_confirmation(books[PREPARER], BLANK, on=books[PREPARER].today)
    with pytest.raises(HasCertificate):
        exporter.withdraw(books[COUNTER], SHIPMENT, why="once more")
    with pytest.raises(NotSealed):
        issuing.prepare(books[PREPARER], SHIPMENT)


# What two officers lift


def bring_old_stock(books: Books) -> str:
    """A shipment with a finding that two may lift: goods from before 2003 without their document."""
    parcel = bring_in(books.office, GOODS)
    books.sql("UPDATE parcels SET source = 'stock_2002', title = '' WHERE number = :number", number=parcel)
    return apply(books, parcels=(parcel,))


def test_two_lift_a_finding_with_a_document(at: At) -> None:
    books = at("ready")
    shipment = bring_old_stock(books)
    (finding,) = issuing.check(books[PREPARER], shipment)
    assert (finding.rule.code, finding.severity) == ("stock_unproved", Severity.LIFTABLE)
    with pytest.raises(Stopped):
        seal(books, shipment)
    with pytest.raises(NoDocument):
        issuing.lift(books[PREPARER], books[SUPERVISOR], shipment, finding=finding, document=" ")
    issuing.lift(books[PREPARER], books[SUPERVISOR], shipment, finding=finding, document="inventory of 2002")
    seal(books, shipment)
    assert issuing.prepare(books[PREPARER], shipment).shipment == shipment


def test_what_was_lifted_is_that_finding_and_no_other_of_its_kind(at: At) -> None:
    books = at("ready")
    first = bring_in(books.office, GOODS)
    second = bring_in(books.office, GOODS)
    books.sql("UPDATE parcels SET source = 'stock_2002', title = ''")
    shipment = apply(books, parcels=(first, second))
    one, _ = issuing.check(books[PREPARER], shipment)
    issuing.lift(books[PREPARER], books[SUPERVISOR], shipment, finding=one, document="inventory of 2002")
    with pytest.raises(Stopped):
        seal(books, shipment, (first, second))


def test_a_stop_is_never_lifted(at: At) -> None:
    books = at("bagged")
    shipment = apply(books, destination="KE", importer="IMP-0003")
    (finding,) = issuing.check(books[PREPARER], shipment)
    with pytest.raises(NotLiftable):
        issuing.lift(books[PREPARER], books[SUPERVISOR], shipment, finding=finding, document="a letter from above")
    # Not even where somebody writes into the books that it was.
    books.sql("UPDATE shipments SET lifted = :lifted", lifted=f'["{finding.key}: letter"]')
    with pytest.raises(Stopped):
        seal(books, shipment)


# Weighed again and sealed


def test_every_parcel_is_weighed_again(at: At) -> None:
    books = at("applied")
    containers = (Container("TS000002", (PARCEL,)),)
    with pytest.raises(NotWeighedAgain):
        issuing.seal(books[PREPARER], SHIPMENT, containers=containers, readings={})
    size = books.size()
    for carats in ("1234.497", "1234.623"):
        with pytest.raises(WeightChanged) as refusal:
            issuing.seal(books[PREPARER], SHIPMENT, containers=containers, readings=again(books, carats))
        assert (str(refusal.value.agreed), str(refusal.value.found)) == ("1234.56", carats)
    assert books.size() == size
    for carats in ("1234.499", "1234.621"):
        books = at("applied")
        slip = issuing.seal(books[PREPARER], SHIPMENT, containers=containers, readings=again(books, carats))
        assert (slip.state, slip.seals) == (ShipmentState.SEALED, ("TS000002",))


def test_the_weighing_before_the_seal_is_kept_like_any_other(at: At) -> None:
    books = at("sealed")
    kept = books.sql("SELECT sequence, officer, value FROM weighings ORDER BY sequence")
    assert kept[-1] == (3, books[PREPARER].officer.id, "1234.560")
    books = at("applied")
    containers = (Container("TS000002", (PARCEL,)),)
    (reading,) = again(books).values()
    moving = {PARCEL: replace(reading, stable=False)}
    with pytest.raises(NotStable):
        issuing.seal(books[PREPARER], SHIPMENT, containers=containers, readings=moving)
    keyed = {PARCEL: replace(reading, raw=b"", stable_by=None)}
    with pytest.raises(NeedsReason):
        issuing.seal(books[PREPARER], SHIPMENT, containers=containers, readings=keyed)
    issuing.seal(books[PREPARER], SHIPMENT, containers=containers, readings=keyed, by_hand="balance away")
    assert books.sql("SELECT by_hand FROM weighings WHERE sequence = 3") == [("balance away",)]


@pytest.mark.parametrize(
    "containers",
    [
        (),
        (Container("TS000002", ()),),
        (Container("TS000002", (PARCEL, PARCEL)),),
        (Container("TS000002", (PARCEL,)), Container("TS000003", (PARCEL,))),
        (Container("TS000002", (PARCEL, "P-2026-000099")),),
    ],
)
def test_containers_hold_the_parcels_each_once(at: At, containers: tuple[Container, ...]) -> None:
    books = at("applied")
    with pytest.raises(ContainersDoNotMatch):
        issuing.seal(books[PREPARER], SHIPMENT, containers=containers, readings=again(books))


@pytest.mark.parametrize(
    ("seals", "refusal"),
    [(("TS999999",), NotInStock), (("TB000005",), NotInStock), (("TS000002", "TS000002"), StockNotReady)],
)
def test_a_seal_comes_from_stock_and_serves_once(at: At, seals: tuple[str, ...], refusal: type) -> None:
    books = at("applied")
    size = books.size()
    containers = tuple(Container(seal, (PARCEL,) if not place else ()) for place, seal in enumerate(seals))
    with pytest.raises(refusal):
        issuing.seal(books[PREPARER], SHIPMENT, containers=containers, readings=again(books))
    assert books.size() == size
    assert stock.stock(books[SUPERVISOR], StockKind.SEAL, StockState.USED) == ()


def test_the_books_are_asked_again_before_each_signature(at: At) -> None:
    """A licence that was suspended meanwhile stops whatever comes next."""
    for stage, act in (
        ("sealed", lambda books: issuing.prepare(books[PREPARER], SHIPMENT)),
        ("prepared", lambda books: issuing.approve(books[SUPERVISOR], [CERTIFICATE])),
        ("approved", lambda books: sheets.bind_number(books[PREPARER], CERTIFICATE, blank=BLANK)),
    ):
        books = at(stage)
        if stage == "approved":
            sheets.load_blank(books[PREPARER], BLANK)
        books.sql("UPDATE parties SET licences = '{\"of\":[]}' WHERE number = 'EXP-0041'")
        with pytest.raises(Stopped) as stop:
            act(books)
        assert codes(stop.value.findings) == {"licence_missing"}


def test_one_certificate_states_what_the_parcels_add_up_to(at: At) -> None:
    books = at("ready")
    parcels = tuple(bring_in(books.office, goods) for goods in (GOODS, STOCK_OF_2002))
    shipment = apply(books, parcels=parcels)
    seal(books, shipment, parcels)
    facts = issuing.prepare(books[PREPARER], shipment).facts
    assert (facts.parcels, facts.containers, len(facts.lines)) == (2, 1, 1)
    assert (str(facts.carats), facts.origin, facts.origins) == ("2469.12", "**", ("AO", "ZZ"))
    assert facts.seals == ("TS000003",)


def test_a_re_export_leaves_under_what_it_drew_and_no_more(at: At) -> None:
    books = at("ready")
    pool = f"{','.join(COLUMNS)}\npool,POOL-1,,,,,,,XZ,1234.56,\npool,POOL-1,,,,,,,AO,0.10,\n"
    open_books(books[SUPERVISOR], books[SUPERVISOR_2], text=pool)

    def bring(carats: str, origin: str = "XZ") -> str:
        return bring_in(
            books.office, replace(GOODS, origins=("XZ",), draws=(Draw("POOL-1", origin, Carats.of(carats)),))
        )

    short = bring("0.01")
    other = bring("0.02", "AO")
    for parcel, code in ((short, "draws_do_not_cover"), (other, "draw_of_other_origin")):
        shipment = apply(books, parcels=(parcel,))
        assert code in codes(issuing.check(books[PREPARER], shipment))
        exporter.withdraw(books[COUNTER], shipment, why="wrong")
        clerk.withdraw_parcel(books[CLERK], parcel, why="wrong")
    whole = bring("1234.56")
    shipment = apply(books, parcels=(whole,))
    assert issuing.check(books[PREPARER], shipment) == ()
    seal(books, shipment, (whole,))
    facts = issuing.prepare(books[PREPARER], shipment).facts
    assert (facts.origins, facts.provenance) == (("XZ",), "ZZ")
    assert issuing.approve(books[APPROVER], [CERTIFICATE])[0].state is State.APPROVED


def test_what_waits_for_its_certificate_and_how_it_would_look(at: At) -> None:
    for stage, draft in (("sealed", None), ("prepared", State.DRAFT), ("bound", State.APPROVED)):
        books = at(stage)
        ((shipment, certificate),) = sheets.waiting(books[PREPARER])
        assert (shipment.number, certificate and certificate.state) == (SHIPMENT, draft)
        assert sheets.preview_of(books[PREPARER], SHIPMENT).startswith(b"%PDF")
    assert sheets.preview_of(books[PREPARER], SHIPMENT) == sheets.pdf_of(books[PREPARER], BLANK)
    assert sheets.waiting(at("issued")[PREPARER]) == ()
