"""The valuer's pages tied to the desks. Runs in the workroom; touches no widget."""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from kpdesk.desks import assortments, clerk, offices, pricing, tenders, valuer
from kpdesk.desks.desk import Desk
from kpdesk.desks.outgoing import put_out
from kpdesk.domain.slips import ParcelSlip
from kpdesk.domain.valuation import PriceReason, Strip
from kpdesk.domain.valuing import Reasoned
from ui import messages, paper
from ui.marks import QT_TRANSLATE_NOOP
from ui.valuer.outliers import OutlierActs
from ui.valuer.results import ResultActs
from ui.valuer.value import Given, ValueActs
from ui.widgets.strip_plot import StripRow, page

_REASONS = (
    (PriceReason.LARGE_STONE, QT_TRANSLATE_NOOP("reasons", "A large stone among them")),
    (PriceReason.FINE, QT_TRANSLATE_NOOP("reasons", "Finer than usual")),
    (PriceReason.POOR, QT_TRANSLATE_NOOP("reasons", "Poorer than usual")),
    (PriceReason.COLOUR, QT_TRANSLATE_NOOP("reasons", "Rare colour")),
    (PriceReason.SHAPE, QT_TRANSLATE_NOOP("reasons", "Shape: makeables, cleavages, boart")),
    (PriceReason.FEW_STONES, QT_TRANSLATE_NOOP("reasons", "Few stones, one decides")),
    (PriceReason.MARKET, QT_TRANSLATE_NOOP("reasons", "The market has moved")),
    (PriceReason.BOOK_OLD, QT_TRANSLATE_NOOP("reasons", "The price book is behind")),
    (PriceReason.OTHER, QT_TRANSLATE_NOOP("reasons", "Another reason, on the work sheet")),
)
_SECOND = ((PriceReason.SECOND_VALUER, QT_TRANSLATE_NOOP("reasons", "A second valuer looked")),)
_FILE_REASONS = (
    ("carats_off", QT_TRANSLATE_NOOP("reasons", "The carats do not fit")),
    ("prices_off", QT_TRANSLATE_NOOP("reasons", "The prices do not fit")),
    ("other_goods", QT_TRANSLATE_NOOP("reasons", "Not the goods of the file")),
    ("mixed_classes", QT_TRANSLATE_NOOP("reasons", "Sorted by other classes")),
    ("within_habit", QT_TRANSLATE_NOOP("reasons", "Off, but as this producer's always are")),
    ("other", QT_TRANSLATE_NOOP("reasons", "Another reason, on the work sheet")),
)


_SEEN_DPI = 150


def value_acts(desk: Desk) -> ValueActs:
    """The sheet's questions, asked of this officer's desk."""
    return ValueActs(
        queue=lambda kind: valuer.queue(desk, kind),
        sheet=lambda parcel, kind: valuer.sheet(desk, parcel, kind),
        usual=lambda parcel, classes: valuer.usual(desk, parcel.source, parcel.origin, classes),
        draft=lambda parcel: _draft(desk, parcel),
        keep_draft=lambda parcel, draft: _keep_draft(desk, parcel, draft),
        sign=lambda given: _sign(desk, given, None),
        sign_beside=lambda given, officer, password: _sign(
            desk, given, offices.beside(desk, officer=officer, password=password)
        ),
        take_file=lambda parcel, path: assortments.take_file(desk, parcel, pricing.file_content(path), name=path.name),
        decide_file=lambda name, found, accept, reason: assortments.decide_file(
            desk, name, found=found, accept=accept, reason=reason
        ),
        print_strips=lambda strips, title: _print(desk, strips, title),
        clock=desk.clock,
        reasons=messages.reasons(_REASONS),
        file_reasons=messages.reasons(_FILE_REASONS),
    )


def _screen(parcel: str) -> str:
    return f"value/{parcel}"


def _draft(desk: Desk, parcel: str) -> Mapping[str, Any]:
    kept = clerk.draft(desk, _screen(parcel))
    return dict(json.loads(kept)) if kept else {}


def _keep_draft(desk: Desk, parcel: str, draft: Mapping[str, Any]) -> datetime:
    clerk.save_draft(desk, _screen(parcel), json.dumps(dict(draft)) if draft else "")
    return desk.clock()


def _sign(desk: Desk, given: Given, second: Desk | None) -> ParcelSlip:
    slip = valuer.give_figure(desk, given.parcel, kind=given.kind, lines=given.lines, second=second)
    if given.basis:
        tenders.flag_provisional(desk, given.parcel, basis=given.basis)
    clerk.save_draft(desk, _screen(given.parcel), "")
    return slip


def _print(desk: Desk, strips: Sequence[StripRow], title: str) -> str:
    """To the first printer of the system; its name, or where the picture lies if there is none."""
    trays = () if desk.office.practice else paper.printers()
    if not trays:
        return str(put_out(desk, f"{title}.png", page(strips, title, dpi=_SEEN_DPI).png))
    paper.print_page(page(strips, title, dpi=paper.DPI).picture, trays[0].printer, title=title)
    return trays[0].printer


def outlier_acts(desk: Desk) -> OutlierActs:
    """The questions of “my outliers”."""

    def usual(each: Reasoned) -> Mapping[str, Strip]:
        return valuer.usual(desk, each.source, each.origin, [line.size_class for line in each.lines if line.reason])

    return OutlierActs(
        mine=lambda: valuer.reasoned(desk),
        usual=usual,
        reasons=dict(messages.reasons((*_REASONS, *_SECOND))),
        clock=desk.clock,
    )


def result_acts(desk: Desk) -> ResultActs:
    """The questions of the page of provisional values."""
    return ResultActs(
        provisional=lambda: tenders.provisional(desk),
        record=lambda parcel, value, on, document: tenders.record_result(
            desk, parcel, value=value, on=on, document=document
        ),
        today=lambda: desk.today,
    )
