"""Applications at the exporters' desk: with all their papers, checked as typed, followed to the end."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from PIL import Image

from kpdesk import practice
from kpdesk.desks import applications, clerk, exporter, following, valuer
from kpdesk.desks.applications import Invoice, InvoiceTooLarge, read_invoice
from kpdesk.desks.auditor import verify_history
from kpdesk.desks.reading import Reader
from kpdesk.domain import application
from kpdesk.domain.application import (
    STATEMENTS,
    Application,
    DeclarationUnsigned,
    Declared,
    Draft,
    Statement,
    StatementUnknown,
    totals,
)
from kpdesk.domain.goods import Heading
from kpdesk.domain.measures import Carats, Money
from kpdesk.domain.outcomes import Rule, Severity
from kpdesk.practice import CLERK, CLERK_2, COUNTER, SUPERVISOR, SUPERVISOR_2, Goods, read_balance
from kpdesk.scanning.troubles import NotAPicture
from kpdesk.store import keeping
from kpdesk.store import lists as rows
from tests.desks.practice_books import GOODS, PARCEL, SHIPMENT, TODAY, Books, receive

At = Callable[[str], Books]
DRAFT = Draft(
    exporter="EXP-0041",
    importer="IMP-0001",
    destination="XZ",
    parcels=(PARCEL,),
    statement="2018",
    sow="SoW-000123",
    conflict_free=True,
    declared_on=TODAY,
    signer="Practice Signer",
    invoice=True,
)


def codes(books: Books, draft: Draft) -> set[str]:
    return {finding.rule.code for finding in applications.check(books[COUNTER], draft)}


def test_an_application_keeps_its_declarations_and_its_invoice(at: At) -> None:
    books = at("bagged")
    desk = books[COUNTER]
    invoice = Invoice("invoice.pdf", b"%PDF practice")
    slip = applications.apply(desk, replace(DRAFT, declared=(Declared(PARCEL, Money.of("98000.00")),)), invoice=invoice)
    assert slip.findings == ()
    with desk.look() as session:
        kept = keeping.get(session, Application, slip.number)
        assert rows.paper(session, kept.invoice) == invoice.content
    assert (kept.statement, kept.sow, kept.signer, kept.declared_on) == ("2018", "SoW-000123", "Practice Signer", TODAY)
    assert kept.statement_digest == STATEMENTS[0].digest
    assert books.sql("SELECT warranty FROM shipments") == [("2018 SoW-000123",)]
    assert "Practice Signer" not in str(books.sql("SELECT record FROM history"))
    assert verify_history(books[SUPERVISOR]).intact


@pytest.mark.parametrize(
    ("changes", "refused"),
    [
        ({"signer": " "}, DeclarationUnsigned),
        ({"declared_on": None}, DeclarationUnsigned),
        ({"declared_on": TODAY + timedelta(days=1)}, DeclarationUnsigned),
        ({"statement": "2002"}, StatementUnknown),
        ({"statement": "1999"}, StatementUnknown),
    ],
)
def test_what_is_not_signed_or_not_known_is_refused_whole(at: At, changes: dict[str, object], refused: type) -> None:
    books = at("bagged")
    size = books.size()
    with pytest.raises(refused):
        applications.apply(books[COUNTER], replace(DRAFT, **changes))
    assert books.size() == size


def test_checks_say_what_is_wrong_and_not_what_is_only_empty(at: At) -> None:
    books = at("bagged")
    assert codes(books, Draft()) == set()
    assert codes(books, Draft(exporter="EXP-0041")) == set()
    assert codes(books, DRAFT) == set()
    assert codes(books, replace(DRAFT, parcels=())) == set()
    assert codes(books, replace(DRAFT, destination="")) == set()
    assert codes(books, replace(DRAFT, conflict_free=False)) == {"declaration_missing"}
    assert codes(books, replace(DRAFT, statement="", sow="")) == {"warranty_missing"}
    assert codes(books, replace(DRAFT, sow="")) == {"sow_missing"}
    assert codes(books, replace(DRAFT, invoice=False)) == {"invoice_missing"}
    assert codes(books, replace(DRAFT, declared_on=date(2026, 10, 1))) == {"declaration_aged"}
    assert codes(books, replace(DRAFT, destination="KE", importer="IMP-0003")) == {"not_participant"}
    assert "importer_elsewhere" in codes(books, replace(DRAFT, destination="BE"))


def test_only_the_firm_s_own_parcels_are_offered(at: At) -> None:
    books = at("bagged")
    other = practice.bring_in(books.office, GOODS, exporter_number="EXP-0042")
    (own,) = applications.parcels(books[COUNTER], "EXP-0041")
    assert (own.number, own.carats, own.ready, own.undeclared) == (PARCEL, Carats.of("1234.56"), True, False)
    assert own.declared == Money.of("98764.80")
    assert [each.number for each in applications.parcels(books[COUNTER], "EXP-0042")] == [other]
    with pytest.raises(exporter.NotTheirParcel):
        applications.apply(books[COUNTER], replace(DRAFT, parcels=(other,)))


def test_figures_stay_blind_until_all_are_in(at: At) -> None:
    books = at("ready")
    number = receive(books)
    for name in (CLERK, CLERK_2):
        clerk.record_weighing(books[name], number, reading=read_balance(Decimal(12), books[name]))
    (before,) = applications.parcels(books[COUNTER], "EXP-0041")
    assert (before.ready, before.undeclared) == (False, True)
    valuer.declare_value(books[COUNTER], number, total=Money.of("1000.00"))
    (after,) = applications.parcels(books[COUNTER], "EXP-0041")
    assert (after.undeclared, after.declared, after.value) == (False, None, None)


def test_totals_add_by_heading(at: At) -> None:
    books = at("bagged")
    for heading, carats in ((Heading.INDUSTRIAL, "10.00"), (Heading.UNSORTED, "5.44")):
        practice.bring_in(books.office, Goods(heading, Decimal(carats), Decimal("80.00"), ("ZZ",)))
    found = totals(applications.parcels(books[COUNTER], "EXP-0041"))
    assert [(each.heading, each.parcels, str(each.carats)) for each in found] == [
        (Heading.UNSORTED, 2, "1240.00"),
        (Heading.INDUSTRIAL, 1, "10.00"),
        (None, 3, "1250.00"),
    ]
    assert totals(()) == ()


def test_the_last_application_of_the_firm_is_copied_without_goods_and_day(at: At) -> None:
    books = at("bagged")
    assert applications.last_of(books[COUNTER], "EXP-0041") is None
    applications.apply(books[COUNTER], DRAFT)
    again = applications.last_of(books[COUNTER], "EXP-0041")
    assert again == replace(DRAFT, parcels=(), conflict_free=False, declared_on=None, invoice=False)
    assert applications.last_of(books[COUNTER], "EXP-0042") is None


def test_an_importer_proposed_twice_is_one(at: At) -> None:
    desk = at("ready")[COUNTER]
    new = {"name": "Practice Newcomers Lda", "address": "Rua Nova 1", "country": "XZ"}
    first = applications.propose_importer(desk, **new)
    assert first.number not in ("IMP-0001", "IMP-0002", "IMP-0003", "IMP-0010")
    assert applications.propose_importer(desk, **{**new, "name": "practice newcomers lda"}).number == first.number
    assert first.number in {each.number for each in exporter.importers(desk)}


def test_statements_are_dated_and_keep_their_words(at: At) -> None:
    books = at("ready")
    one, two = books[SUPERVISOR], books[SUPERVISOR_2]
    assert [each.version for each in applications.statements(books[COUNTER])] == ["2018"]
    own = Statement(version="2027", text="Practice words.", valid_from=TODAY)
    applications.enter_statement(one, two, own)
    assert [each.version for each in applications.statements(books[COUNTER])] == ["2027", "2018"]
    applications.enter_statement(one, two, replace(own, text="Other words.", valid_until=TODAY))
    (ended, _) = applications.statements(books[COUNTER])
    assert (ended.text, ended.valid_until) == ("Practice words.", TODAY)
    applications.enter_statement(one, two, replace(STATEMENTS[0], valid_until=TODAY - timedelta(days=1)))
    assert [each.version for each in applications.statements(books[COUNTER])] == ["2027"]


def test_an_application_is_followed_step_by_step(at: At) -> None:
    steps = {}
    for stage in ("applied", "sealed", "prepared", "approved", "issued", "exported"):
        found = following.standing(at(stage)[COUNTER], SHIPMENT)
        steps[stage] = (sum(step.on is not None for step in found.steps), found.next, found.last.code)
    assert steps == {
        "applied": (1, "sealed", "applied"),
        "sealed": (2, "prepared", "sealed"),
        "prepared": (3, "approved", "prepared"),
        "approved": (4, "issued", "approved"),
        "issued": (5, "validated", "issued"),
        "exported": (8, "confirmed", "exported"),
    }
    assert found.certificate == "ZZ2026001377"


def test_a_withdrawn_application_says_why_and_leads_nowhere(at: At) -> None:
    books = at("applied")
    exporter.withdraw(books[COUNTER], SHIPMENT, why="the buyer left")
    found = following.standing(books[COUNTER], SHIPMENT)
    assert (found.ended, found.reason, found.next) == ("withdrawn", "the buyer left", "")
    (listed,) = following.standings(books[COUNTER], typed="practice imp")
    assert listed == found
    assert following.standings(books[COUNTER], typed="nobody") == ()


def test_the_papers_of_an_application_are_drawn(at: At) -> None:
    books = at("applied")
    paper = following.paper_of(books[COUNTER], SHIPMENT)
    assert paper.startswith(b"%PDF")
    assert paper == following.paper_of(books[COUNTER], SHIPMENT)
    assert following.draft_of(books[COUNTER], SHIPMENT).startswith(b"%PDF")


def test_an_invoice_is_a_picture_of_bounded_size(tmp_path: Path) -> None:
    picture, text, large = tmp_path / "a.png", tmp_path / "b.png", tmp_path / "c.png"
    Image.new("L", (40, 40), 255).save(picture)
    text.write_text("not a picture")
    with large.open("wb") as file:
        file.truncate(applications.MOST_INVOICE + 1)
    with Reader() as reader:
        assert read_invoice(reader, picture).content == picture.read_bytes()
        with pytest.raises(NotAPicture):
            read_invoice(reader, text)
        with pytest.raises(InvoiceTooLarge):
            read_invoice(reader, large)


def test_rules_of_applications_hold_nothing_up() -> None:
    found = [each for each in vars(application).values() if isinstance(each, Rule)]
    assert len(found) == 5
    assert {each.severity for each in found} == {Severity.NOTE}
