"""Levies and fees of an application: claimed by the tariff in force, matched to receipts, in two ledgers.

What the state takes and what the office charges never mix (EU 19(4); kpcs.md §4). Nothing here is edited: a claim is
cancelled, a receipt reversed, each by two and by a record of its own.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from kpdesk.desks import papers
from kpdesk.desks.archive import Drawn
from kpdesk.desks.desk import Desk, apart
from kpdesk.desks.pricing import book_in_force, charges_in_force
from kpdesk.domain.certificate import Named
from kpdesk.domain.fees import (
    NOTHING,
    US,
    AlreadyReversed,
    ChargeKind,
    Claim,
    Goods,
    Ledger,
    OtherLedger,
    Payer,
    Payment,
    ReasonWanted,
    ReceiptIncomplete,
    ReceiptTwice,
    Reversal,
    in_dollars,
    payment_identity,
    share_out,
)
from kpdesk.domain.ledgers import DayOfLedger, EntryKind
from kpdesk.domain.measures import Carats, Money, total_money
from kpdesk.domain.outcomes import Finding
from kpdesk.domain.papers import FeeReceipt, PaidLine
from kpdesk.domain.parcel import Parcel
from kpdesk.domain.parties import Party, Role
from kpdesk.domain.prices import BookKind, NoBook
from kpdesk.domain.rules import LEVY_NOT_CLAIMED, LEVY_OPEN, LEVY_UNPAID
from kpdesk.domain.shipment import Shipment, ShipmentState
from kpdesk.domain.slips import ShipmentSlip
from kpdesk.store import keeping
from kpdesk.store import lists as rows
from kpdesk.store import valuing as ledgers
from kpdesk.store.unit import Look, Unit

_CASHIERS = (Role.EXPORTER_DESK, Role.SUPERVISOR)
_LISTED = 200


@dataclass(frozen=True, slots=True)
class ClaimSlip:
    """A claim with its payer's name."""

    claim: Claim
    payer_name: str


@dataclass(frozen=True, slots=True)
class PaymentSlip:
    """A receipt with its payer's name, and how it was taken back if it was."""

    payment: Payment
    payer_name: str
    reversal: Reversal | None


def claim(desk: Desk, application: str) -> tuple[Claim, ...]:
    """What the tariff in force asks of an application, claimed once: what stands already stays.

    Raises NoBook without a tariff, FigureMissing.
    """
    desk.must(*_CASHIERS, Role.ISSUING)
    with desk.unit() as unit:
        return claim_in(desk, unit, unit.get(Shipment, application))


def claim_in(desk: Desk, unit: Unit, shipment: Shipment) -> tuple[Claim, ...]:
    """As `claim`, inside a visit that does more."""
    book = book_in_force(unit.session, BookKind.TARIFF, desk.today)
    if book is None:
        raise NoBook(BookKind.TARIFF.value)
    standing = [each for each in _claims(unit.session, shipment.number) if not each.cancelled]
    claimed = {each.charge for each in standing}
    goods = [_goods(unit, number) for number in shipment.parcels]
    for charge in charges_in_force(desk, unit.session):
        due = charge.due(goods) if charge.name not in claimed else None
        if due is None:
            continue
        new = Claim(
            number=f"L-{desk.today.year}-{unit.next(f'claim-{desk.today.year}'):06}",
            application=shipment.number,
            charge=charge.name,
            what=charge.what,
            rate=charge.rate,
            start=due[0],
            book=book.identity,
            ledger=charge.ledger,
            payer=shipment.exporter if charge.payer is Payer.EXPORTER else shipment.importer,
            amount=due[1],
            by=desk.officer.id,
            at=desk.clock(),
        )
        keeping.keep(unit, "claim", new)
        ledgers.book_entry(unit, EntryKind.CLAIMED, new.number, new.ledger, new.amount, desk.today)
        standing.append(new)
    return tuple(standing)


def cancel(desk: Desk, second: Desk, number: str, *, why: str) -> Claim:
    """Two people take a claim back that nothing was paid on. Raises ClaimPaid, NothingToPay, ReasonWanted."""
    desk.must(*_CASHIERS)
    second.must(Role.SUPERVISOR)
    apart(desk, second, "cancel")
    with desk.unit() as unit:
        cancelled = keeping.get(unit.session, Claim, number).cancel(why)
        keeping.keep(unit, "cancel", cancelled, why=f"{why}; with {second.officer.id}")
        ledgers.book_entry(unit, EntryKind.CANCELLED, number, cancelled.ledger, cancelled.amount, desk.today)
        return cancelled


def receive(
    desk: Desk,
    *,
    number: str,
    claims: Sequence[str],
    paid: Decimal,
    currency: str = US,
    rate: Decimal = Decimal(1),
) -> Payment:
    """Take a receipt in and match all of it to claims of one payer and one ledger, in their order; parts are allowed.

    `rate` is in units of the currency for one US$. Raises ReceiptIncomplete, NotARate, ReceiptTwice,
    OtherLedger, MoreThanOwed.
    """
    desk.must(*_CASHIERS)
    number = " ".join(number.split())
    if not number or not claims or not paid:
        raise ReceiptIncomplete
    with desk.unit() as unit:
        owed = [keeping.get(unit.session, Claim, each) for each in dict.fromkeys(claims)]
        first = owed[0]
        for each in owed:
            if (each.ledger, each.payer) != (first.ledger, first.payer):
                raise OtherLedger(each.number)
        amount = in_dollars(paid, currency, rate)
        payment = Payment(
            number=number,
            entered=_next_entry(unit, first.ledger, number),
            ledger=first.ledger,
            payer=first.payer,
            paid=paid,
            currency=currency,
            rate=rate,
            amount=amount,
            parts=share_out(amount, owed),
            on=desk.today,
            by=desk.officer.id,
            at=desk.clock(),
        )
        by_number = {each.number: each for each in owed}
        for part in payment.parts:
            keeping.keep(unit, "receive", by_number[part.claim].pay(part.amount), why=payment.identity)
        keeping.keep(unit, "receive", payment)
        ledgers.book_entry(unit, EntryKind.RECEIVED, payment.identity, payment.ledger, amount, desk.today)
        return payment


def reverse(desk: Desk, second: Desk, payment: str, *, why: str) -> Reversal:
    """Two people take a receipt back by a record beside it; its claims are open again. Raises AlreadyReversed."""
    desk.must(*_CASHIERS)
    second.must(Role.SUPERVISOR)
    apart(desk, second, "reverse")
    if not why.strip():
        raise ReasonWanted
    with desk.unit() as unit:
        known = keeping.get(unit.session, Payment, payment)
        if keeping.find(unit.session, Reversal, payment) is not None:
            raise AlreadyReversed(known.number)
        made = Reversal(payment=payment, why=why.strip(), by=desk.officer.id, second=second.officer.id, at=desk.clock())
        for part in known.parts:
            open_again = keeping.get(unit.session, Claim, part.claim).take_back(part.amount)
            keeping.keep(unit, "reverse", open_again, why=payment)
        keeping.keep(unit, "reverse", made, why=f"{why}; with {second.officer.id}")
        ledgers.book_entry(unit, EntryKind.REVERSED, payment, known.ledger, known.amount, desk.today)
        return made


def claims_of(desk: Desk, application: str) -> tuple[Claim, ...]:
    """Every claim on an application, also those settled and cancelled, the newest first."""
    with desk.look() as session:
        return _claims(session, application)


def open_claims(desk: Desk, *, before: str | None = None) -> tuple[ClaimSlip, ...]:
    """A page of what is owed, the newest first."""
    with desk.look() as session:
        found = keeping.all_of(session, Claim, live=True, before=before, limit=_LISTED)
        return tuple(ClaimSlip(each, _name(session, each.payer)) for each in found)


def to_claim(desk: Desk) -> tuple[ShipmentSlip, ...]:
    """Applications that the tariff asks something of and nobody has claimed it yet."""
    with desk.look() as session:
        if not charges_in_force(desk, session):
            return ()
        waiting = rows.shipments(session, states=[ShipmentState.APPLIED, ShipmentState.SEALED], limit=_LISTED)
        return tuple(each for each in waiting if not _claims(session, each.number))


def payments(desk: Desk, on: date) -> tuple[PaymentSlip, ...]:
    """The receipts taken in on a day."""
    with desk.look() as session:
        found = (keeping.get(session, Payment, each) for each in ledgers.booked(session, EntryKind.RECEIVED, on))
        return tuple(
            PaymentSlip(each, _name(session, each.payer), keeping.find(session, Reversal, each.identity))
            for each in found
        )


def draw_receipt(desk: Desk, identity: str) -> Drawn:
    """The payer's paper of a receipt in the books, filed under the application; raises NotFound."""
    desk.must(*_CASHIERS)
    with desk.look() as session:
        paid = keeping.get(session, Payment, identity)
        owed = [(keeping.get(session, Claim, part.claim), part.amount) for part in paid.parts]
        firm = session.get(Party, paid.payer)
    facts = FeeReceipt(
        payer=Named(firm.name, firm.address) if firm else Named(paid.payer, ""),
        about=", ".join(dict.fromkeys(each.application for each, _ in owed)),
        payments=tuple(_paid_line(each, amount) for each, amount in owed),
        paid_on=paid.on,
        paid_by=paid.number if paid.currency == US else f"{paid.number}; {paid.currency} {paid.paid} / {paid.rate}",
        officer=desk.officer.name,
    )
    return papers.receipt(desk, facts, subject=owed[0][0].about)


def local_currency(desk: Desk) -> str:
    """What receipts may also be in; `USD` where nothing else is taken."""
    with desk.look() as session:
        return desk.settings(session).local_currency


def day(desk: Desk, on: date) -> tuple[DayOfLedger, ...]:
    """Each ledger on a day, for its close: claimed, received, and what is open at the end."""
    with desk.look() as session:
        return tuple(ledgers.day_of(session, ledger, on) for ledger in Ledger)


def check_paid(desk: Desk, session: Look, shipment: Shipment) -> Iterator[Finding]:
    """What is still owed on an application, before its certificate is issued; by a setting it stops."""
    stops = desk.settings(session).levies_before_issue
    standing = [each for each in _claims(session, shipment.number) if not each.cancelled]
    owed = total_money(each.open for each in standing)
    if owed:
        names = ", ".join(sorted(each.charge for each in standing if each.open))
        yield (LEVY_UNPAID if stops else LEVY_OPEN).found(shipment=shipment.number, open=owed, charges=names)
    elif not standing and (charges := charges_in_force(desk, session)):
        names = ", ".join(each.name for each in charges)
        if stops:
            yield LEVY_UNPAID.found(shipment=shipment.number, open="–", charges=names)
        else:
            yield LEVY_NOT_CLAIMED.found(shipment=shipment.number, charges=names)


def _paid_line(claim: Claim, amount: Money) -> PaidLine:
    percent = claim.what is ChargeKind.PERCENT
    return PaidLine(
        what=claim.charge,
        ledger=claim.ledger.value,
        base=Money(claim.start) if percent else None,
        rate=f"{claim.rate:f} %" if percent else f"{claim.rate:f}",
        amount=amount,
    )


def _claims(session: Look, application: str) -> tuple[Claim, ...]:
    return keeping.all_of(session, Claim, about=f"shipment/{application}")


def _name(session: Look, party: str) -> str:
    found = session.get(Party, party)
    return found.name if found else party


def _goods(unit: Unit, number: str) -> Goods:
    parcel = unit.get(Parcel, number)
    return Goods(
        carats=parcel.carats or Carats(Decimal(0)),
        value=parcel.value or NOTHING,
        figures={figure.kind: figure.total for figure in unit.figures(number)},
    )


def _next_entry(unit: Unit, ledger: Ledger, number: str) -> int:
    """1, or one more where the receipt of this number was reversed; raises ReceiptTwice."""
    entered = 1
    while True:
        identity = payment_identity(ledger, number, entered)
        if keeping.find(unit.session, Payment, identity) is None:
            return entered
        if keeping.find(unit.session, Reversal, identity) is None:
            raise ReceiptTwice(number, ledger.value)
        entered += 1
