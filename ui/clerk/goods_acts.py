"""The goods page tied to the clerk's desk. Runs in the workroom; touches no widget."""

import json
from collections.abc import Mapping

from kpdesk.desks import clerk, goods, offices, papers
from kpdesk.desks.desk import Desk
from kpdesk.domain.sorting import balance
from ui import messages
from ui.clerk.goods import GoodsActs, Known, Order
from ui.marks import QT_TRANSLATE_NOOP
from ui.papers import paper_acts
from ui.widgets.paper_view import Shown

_SCREEN = "goods"
_REASONS = (
    ("dust", QT_TRANSLATE_NOOP("reasons", "Dust and chips of sieving")),
    ("broken", QT_TRANSLATE_NOOP("reasons", "Stones broke")),
    ("foreign", QT_TRANSLATE_NOOP("reasons", "What is no diamond was taken out")),
    ("cleaned", QT_TRANSLATE_NOOP("reasons", "Cleaned of coating")),
    ("balance", QT_TRANSLATE_NOOP("reasons", "Within what the balance can tell")),
    ("found", QT_TRANSLATE_NOOP("reasons", "Stones found in sieve or bag")),
)


def goods_acts(desk: Desk) -> GoodsActs:
    """The page's questions, asked of this officer's desk."""

    def beside(officer: str, password: str) -> Desk:
        return offices.beside(desk, officer=officer, password=password)

    def book(order: Order, second: Desk | None = None) -> goods.Reworked:
        reason = _said(order.reason)
        origins = {share.origin for each in goods.portions(desk, order.parcels) for share in each.shares} | {""}
        return goods.rework(
            desk,
            change=order.change,
            parcels=order.parcels,
            wanted=order.wanted,
            reasons=dict.fromkeys(origins, reason),
            buyer=order.buyer,
            second=second,
        )

    def protocol(number: str) -> Shown:
        drawn = papers.rework_sheet(desk, number)
        return Shown(drawn.number, number, drawn.pdf)

    return GoodsActs(
        known=lambda: _known(desk),
        portions=lambda parcels: goods.portions(desk, parcels),
        balance=balance,
        book=book,
        book_with=lambda order, officer, password: book(order, beside(officer, password)),
        unsettled=lambda: goods.unsettled(desk),
        settle=lambda number, reason: goods.settle(desk, number, why=_said(reason)),
        settle_with=lambda number, reason, officer, password: goods.settle(
            desk, number, why=_said(reason), second=beside(officer, password)
        ),
        protocol=protocol,
        draft=lambda: _draft(desk),
        keep_draft=lambda texts: clerk.save_draft(desk, _SCREEN, json.dumps(dict(texts)) if texts else ""),
        paper=paper_acts(desk),
    )


def _said(code: str) -> str:
    """A reason as the books and the paper have it: in English."""
    return dict(_REASONS).get(code, "")


def _known(desk: Desk) -> Known:
    return Known(
        parcels=[
            (slip.number, f"{slip.number}  {slip.carats} ct  {slip.heading}  {slip.exporter_name}")
            for slip in goods.open_parcels(desk)
        ],
        buyers=[(slip.number, f"{slip.number}  {slip.name}") for slip in goods.buyers(desk)],
        reasons=messages.reasons(_REASONS),
    )


def _draft(desk: Desk) -> Mapping[str, object]:
    kept = clerk.draft(desk, _SCREEN)
    found = json.loads(kept) if kept else {}
    return found if isinstance(found, dict) else {}
