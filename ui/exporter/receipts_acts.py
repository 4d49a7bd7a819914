"""The pages of receipts and of the tariff tied to the desks. Runs in the workroom; touches no widget."""

from collections.abc import Sequence

from kpdesk.desks import fees, offices
from kpdesk.desks.desk import Desk
from kpdesk.domain.fees import Payment
from ui.exporter.paper import print_pdf
from ui.exporter.receipt_form import Typed
from ui.exporter.receipts import DayPaid, Owed, ReceiptActs


def receipt_acts(desk: Desk) -> ReceiptActs:
    """The page's questions, asked of this officer's desk."""

    def receive(typed: Typed, claims: Sequence[str]) -> Payment:
        return fees.receive(
            desk, number=typed.number, claims=claims, paid=typed.paid, currency=typed.currency, rate=typed.rate
        )

    def reverse(payment: str, why: str, officer: str, password: str) -> object:
        return fees.reverse(desk, offices.beside(desk, officer=officer, password=password), payment, why=why)

    def cancel(claim: str, why: str, officer: str, password: str) -> object:
        return fees.cancel(desk, offices.beside(desk, officer=officer, password=password), claim, why=why)

    def print_receipt(payment: str) -> str:
        drawn = fees.draw_receipt(desk, payment)
        return print_pdf(desk, drawn.pdf, drawn.number)

    return ReceiptActs(
        owed=lambda: Owed(claims=fees.open_claims(desk), unclaimed=len(fees.to_claim(desk))),
        claim_all=lambda: sum(len(fees.claim(desk, each.number)) for each in fees.to_claim(desk)),
        receive=receive,
        day=lambda on: DayPaid(sums=fees.day(desk, on), payments=fees.payments(desk, on)),
        reverse=reverse,
        cancel=cancel,
        print_receipt=print_receipt,
        local=lambda: fees.local_currency(desk),
        today=lambda: desk.today,
    )
