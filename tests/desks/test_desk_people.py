"""Two signatures and four people: who weighed, valued or prepared does not sign; a change kills what was signed."""

from collections.abc import Callable

import pytest

from kpdesk.desks import clerk, ending, exporting, issuing, sheets, supervisor, valuer
from kpdesk.desks.issuing import TooManyAtOnce
from kpdesk.domain.certificate import Number
from kpdesk.domain.issuance import Certificate, ChangedSinceSigned, SamePerson, State
from kpdesk.domain.parcel import WrongState
from kpdesk.domain.parties import Role
from kpdesk.domain.valuation import FigureKind
from kpdesk.practice import (
    APPROVER,
    CLERK,
    CLERK_2,
    PREPARER,
    SUPERVISOR,
    SUPERVISOR_2,
    VALUER,
    _size_lines,
    read_balance,
)
from tests.desks.practice_books import BLANK, CERTIFICATE, GOODS, SHIPMENT, TODAY, Books, receive, seal

At = Callable[[str], Books]
WEIGHED, VALUED = CLERK_2, VALUER
"""Who took the agreed weight of the practice parcel, and who valued it for the office."""


def small_office(books: Books) -> None:
    supervisor.change_setting(
        books[SUPERVISOR], books[SUPERVISOR_2], name="small_office", value=True, effective_from=TODAY
    )


def test_the_weigher_does_not_value(at: At) -> None:
    books = at("ready")
    parcel = receive(books)
    for officer in (CLERK, CLERK_2):
        clerk.record_weighing(books[officer], parcel, reading=read_balance(GOODS.carats, books[officer]))
    lines = _size_lines(GOODS, FigureKind.OFFICE)
    weigher = books.of(Role.VALUER, beside=CLERK_2)
    with pytest.raises(SamePerson) as refusal:
        valuer.give_figure(weigher, parcel, kind=FigureKind.OFFICE, lines=lines)
    assert refusal.value.did == "weigh"
    small_office(books)
    valuer.give_figure(weigher, parcel, kind=FigureKind.OFFICE, lines=lines)
    assert valuer.figures(weigher, parcel) == ((), ())


@pytest.mark.parametrize(("who", "did"), [(WEIGHED, "weigh"), (VALUED, "value")])
def test_weigher_and_valuer_sign_nothing(at: At, who: str, did: str) -> None:
    books = at("sealed")
    signer = books.of(Role.ISSUING, beside=who)
    with pytest.raises(SamePerson) as refusal:
        issuing.prepare(signer, SHIPMENT)
    assert refusal.value.did == did
    issuing.prepare(books[PREPARER], SHIPMENT)
    with pytest.raises(SamePerson) as refusal:
        issuing.approve(signer, [CERTIFICATE])
    assert refusal.value.did == did
    small_office(books)
    (approved,) = issuing.approve(signer, [CERTIFICATE])
    assert approved.approved_by == signer.officer.id


def test_the_preparer_neither_approves_nor_validates_even_in_a_small_office(at: At) -> None:
    books = at("prepared")
    small_office(books)
    both = books.of(Role.ISSUING, Role.SUPERVISOR, beside=PREPARER)
    with pytest.raises(SamePerson) as refusal:
        issuing.approve(both, [CERTIFICATE])
    assert refusal.value.did == "prepare"
    books = at("issued")
    with pytest.raises(SamePerson):
        exporting.validate(books[PREPARER], BLANK)
    assert exporting.validate(books[APPROVER], BLANK).state is State.VALIDATED


def test_both_signatures_are_real_and_apart(at: At) -> None:
    books = at("approved")
    with books[APPROVER].view() as unit:
        certificate = unit.get(Certificate, CERTIFICATE)
        one, two = certificate.approvals
        assert (one.action, two.action) == ("certificate.prepare", "certificate.approve")
        assert (one.officer, two.officer) == (books[PREPARER].officer.id, books[APPROVER].officer.id)
        assert one.digest == two.digest == certificate.signed_digest
        assert one.kid != two.kid


TAMPERED = {
    "a destination": 'UPDATE certificates SET facts = replace(facts, \'"destination":"XZ"\', \'"destination":"BE"\')',
    "the carats": "UPDATE certificates SET facts = replace(facts, '1234.56', '1234.66')",
    "the shipment": "UPDATE certificates SET shipment = 'S-2026-000002'",
    "a signature's officer": "UPDATE certificates SET approvals = replace(approvals, :approver, :preparer)",
    "one signature for two": "UPDATE certificates SET approvals = replace(approvals, '.approve', '.prepare')",
    "no signatures": "UPDATE certificates SET approvals = '{\"of\":[]}'",
    "another's key": "UPDATE officers SET public_key = (SELECT public_key FROM officers WHERE id = :preparer) "
    "WHERE id = :approver",
    "an approver who left": "UPDATE officers SET left = '2026-11-22' WHERE id = :approver",
    "a preparer who left": "UPDATE officers SET left = '2026-11-22' WHERE id = :preparer",
}


@pytest.mark.parametrize("change", TAMPERED)
def test_any_change_kills_the_approvals(at: At, change: str) -> None:
    books = at("approved")
    sheets.load_blank(books[PREPARER], BLANK)
    people = {"approver": books[APPROVER].officer.id, "preparer": books[PREPARER].officer.id}
    used = {name: value for name, value in people.items() if f":{name}" in TAMPERED[change]}
    if change == "the shipment":
        books.sql("INSERT INTO shipments SELECT 'S-2026-000002', " + _other_columns(books))
    books.sql(TAMPERED[change], **used)
    size = books.size()
    with pytest.raises(ChangedSinceSigned) as refusal:
        sheets.bind_number(books[PREPARER], CERTIFICATE, blank=BLANK)
    assert refusal.value.certificate == CERTIFICATE
    assert books.size() == size


def _other_columns(books: Books) -> str:
    names = [str(row[0]) for row in books.sql("SELECT name FROM pragma_table_info('shipments')")]
    return ", ".join(f'"{name}"' for name in names if name != "number") + " FROM shipments"


def test_what_changed_after_the_first_signature_gets_no_second(at: At) -> None:
    books = at("prepared")
    books.sql("UPDATE certificates SET facts = replace(facts, 'Practice Imports XZ Lda', 'Practice Imports XY Lda')")
    with pytest.raises(ChangedSinceSigned):
        issuing.approve(books[APPROVER], [CERTIFICATE])


def test_one_step_up_approves_a_short_list_each_signed_apart(at: At) -> None:
    books = at("prepared")
    with pytest.raises(TooManyAtOnce):
        issuing.approve(books[APPROVER], [CERTIFICATE] * 26)
    # All or none: the same one twice in a list is approved not even once.
    with pytest.raises(WrongState):
        issuing.approve(books[APPROVER], [CERTIFICATE] * 2)
    (draft,) = issuing.certificates(books[APPROVER])
    assert draft.state is State.DRAFT
    (approved,) = issuing.approve(books[APPROVER], [CERTIFICATE])
    assert approved.state is State.APPROVED


def test_an_ended_certificate_bears_both_signatures(at: At) -> None:
    books = at("issued")
    ending.end(books[PREPARER], books[SUPERVISOR], BLANK, state=State.VOID, why="called off", in_hand=BLANK)
    with books[PREPARER].view() as unit:
        signed = unit.certificate(Number(BLANK)).approvals[2:]
        assert {each.action for each in signed} == {"certificate.void"}
        assert {each.officer for each in signed} == {books[PREPARER].officer.id, books[SUPERVISOR].officer.id}


def test_what_two_did_names_both_in_the_history(at: At) -> None:
    books = at("ready")
    small_office(books)
    (body,) = books.sql("SELECT body FROM history ORDER BY sequence DESC LIMIT 1")[0]
    assert f'"by":"{books[SUPERVISOR].officer.id}"' in str(body)
    assert f"with {books[SUPERVISOR_2].officer.id}" in str(body)


def test_a_second_certificate_waits_until_the_first_has_ended(at: At) -> None:
    books = at("prepared")
    with pytest.raises(issuing.HasCertificate):
        issuing.prepare(books[PREPARER], SHIPMENT)
    books = at("applied")
    with pytest.raises(issuing.NotSealed):
        issuing.prepare(books[PREPARER], SHIPMENT)
    seal(books)
    assert issuing.prepare(books[PREPARER], SHIPMENT).shipment == SHIPMENT
