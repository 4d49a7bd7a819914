"""The stock page tied to the supervisor's desk. Runs in the workroom; touches no widget."""

import re
from collections.abc import Callable

from PySide6.QtCore import QCoreApplication

from kpdesk.desks import clerk, offices, printing_out, stock, supervisor
from kpdesk.desks.desk import Desk
from kpdesk.domain.papers import ListColumn, ListSheet
from kpdesk.domain.parties import Role
from kpdesk.domain.stock import Paper, StockKind, StockState
from kpdesk.domain.transfers import NothingDelivered, Run, Transfer
from ui.formats import Formats
from ui.marks import QT_TRANSLATE_NOOP
from ui.papers import paper_acts
from ui.supervisor.listing import ListActs, drawn, saved
from ui.supervisor.stock import Seen, StockActs
from ui.supervisor.stock_form import Order
from ui.supervisor.stock_words import kind_word, move_word, run_words, state_word
from ui.widgets.paper_view import Shown

_HOLDERS = {Role.CLERK, Role.VALUER, Role.ISSUING, Role.SUPERVISOR}
_TITLES = {
    "at_hand": QT_TRANSLATE_NOOP("stock_lists", "Unused at hand"),
    "by_officer": QT_TRANSLATE_NOOP("stock_lists", "In officers' hands"),
    "register": QT_TRANSLATE_NOOP("stock_lists", "Register by number"),
    "spoiled": QT_TRANSLATE_NOOP("stock_lists", "Spoiled, with reasons"),
    "missing": QT_TRANSLATE_NOOP("stock_lists", "Missing"),
    "allotted": QT_TRANSLATE_NOOP("stock_lists", "Allotted to firms"),
    "moves": QT_TRANSLATE_NOOP("stock_lists", "Movements"),
}
_STATES = {
    "at_hand": stock.AT_HAND,
    "by_officer": (StockState.WITH_OFFICER, StockState.LOADED, StockState.SPOOLED, StockState.PRINTED),
    "register": (),
    "spoiled": (StockState.SPOILED, StockState.DESTROYED),
    "missing": (StockState.MISSING,),
    "allotted": (StockState.ALLOTTED,),
}


def stock_acts(desk: Desk, formats: Formats) -> StockActs:
    """The page's questions, asked of this officer's desk."""
    return StockActs(
        see=lambda what: _seen(desk, what),
        register=lambda what, typed, after: stock.register(desk, what, typed, after=after),
        count=_count,
        do=lambda order, signed: _do(desk, formats, order, signed),
        lists=lambda what: _lists(desk, formats, what),
        now=desk.clock,
    )


def _seen(desk: Desk, what: StockKind) -> Seen:
    holders = (each for each in supervisor.officers(desk) if each.roles & _HOLDERS)
    return Seen(
        shelf=stock.shelf(desk, what),
        moves=stock.moves(desk, what),
        transfers=tuple(each for each in stock.transfers(desk) if each.what is what),
        officers=tuple((each.id, each.name) for each in holders),
        firms=tuple((firm.number, f"{firm.number}  {firm.name}") for firm in clerk.exporters(desk)),
        edition=desk.form.edition,
    )


def _count(order: Order) -> tuple[Run, int]:
    numbers = _numbers(order)
    gaps = len(set(_gaps(order)) & set(numbers)) if order.key == "receive" else 0
    return Run(numbers[0], numbers[-1]), len(numbers) - gaps


def _numbers(order: Order) -> tuple[str, ...]:
    numbers = stock.numbers_of(order.first, order.last)
    if not numbers:
        raise NothingDelivered
    return numbers


def _gaps(order: Order) -> list[str]:
    """A gap is a number, or the first and the last of some with a dash between."""
    found: list[str] = []
    for each in filter(None, re.split(r"[,;\s]+", re.sub(r"\s*[–-]\s*", "–", order.gaps.strip()))):
        found.extend(stock.numbers_of(*each.split("–", 1)))
    return found


def _do(desk: Desk, formats: Formats, order: Order, signed: tuple[str, str] | None) -> Shown | None:
    what, key = order.what, order.key
    if signed is None:
        _alone(desk, order)
        return None
    second = offices.beside(desk, officer=signed[0], password=signed[1])
    if key in ("arrived", "back"):
        stock.end_transfer(desk, second, order.transfer, receipt=order.report, back=key == "back")
        return None
    numbers = _numbers(order)
    match key:
        case "receive":
            paper = Paper(order.paper) if what is StockKind.BLANK else None
            edition = order.edition if what is StockKind.BLANK else ""
            stock.receive_stock(
                desk,
                second,
                what=what,
                numbers=numbers,
                paper=paper,
                edition=edition,
                note=order.report,
                gaps=_gaps(order),
            )
        case "allot":
            printing_out.allot(desk, second, numbers=numbers, exporter=order.firm)
        case "spoiled" | "missing":
            report = f"{order.reason}: {order.report}" if key == "spoiled" else order.report
            stock.write_off(desk, second, what=what, numbers=numbers, gone=key == "missing", report=report)
        case "destroy":
            stock.destroy_stock(desk, second, what=what, numbers=numbers, report=order.report)
        case "send":
            sent = stock.send_stock(desk, second, what=what, numbers=numbers, to=order.office)
            return _protocol(desk, formats, sent, second.officer.name)
    return None


def _alone(desk: Desk, order: Order) -> None:
    """What a supervisor does without a second."""
    numbers = _numbers(order)
    match order.key:
        case "hand_out":
            stock.hand_out(desk, what=order.what, numbers=numbers, officer=order.officer)
        case "take_back":
            stock.take_back(desk, what=order.what, numbers=numbers)
        case "return_allotted":
            printing_out.return_allotted(desk, numbers=numbers, exporter=order.firm)


# Papers


def _protocol(desk: Desk, formats: Formats, sent: Transfer, second: str) -> Shown:
    """The paper that goes with the box: both sign it here, two of the other office there."""
    words = QCoreApplication.translate(
        "stock_lists", "Sent: {one} _______________ {two} _______________   Received at {office}: _______________"
    )
    sheet = ListSheet(
        title=f"{_said('Transfer of numbered stock')} {sent.id}",
        columns=_columns("First", "Last", "Pieces"),
        rows=tuple((run.first, run.last, formats.number(len(run.numbers))) for run in sent.runs),
        sums=(kind_word(sent.what), f"{desk.office.code} → {sent.to}", formats.number(sent.count)),
        remark=words.format(one=desk.officer.name, two=second, office=sent.to),
    )
    return drawn(desk, sheet, f"transfer/{sent.id}")


def _lists(desk: Desk, formats: Formats, what: Callable[[], StockKind]) -> ListActs:
    return ListActs(
        draw=lambda which: drawn(desk, _sheet(desk, formats, what(), which), "list/stock"),
        save=lambda which, file: saved(_sheet(desk, formats, what(), which), file),
        paper=paper_acts(desk),
    )


def _sheet(desk: Desk, formats: Formats, what: StockKind, which: str) -> ListSheet:
    title = f"{kind_word(what)}: {_said(_TITLES[which])}"
    if which == "moves":
        moves = stock.moves(desk, what)
        return ListSheet(
            title=title,
            columns=_columns("When", "What", "Numbers", "Pieces", "By", "To"),
            rows=tuple(
                (
                    formats.moment(each.at),
                    move_word(each.act),
                    ", ".join(map(run_words, each.runs)),
                    formats.number(each.count),
                    each.by,
                    each.holder,
                )
                for each in moves
            ),
        )
    found = stock.listed(desk, what, _STATES[which])
    return ListSheet(
        title=title,
        columns=_columns("Number", "State", "Who has it", "Used for", "Last word"),
        rows=tuple((slip.number, state_word(slip.state), slip.holder, slip.used_for, why) for slip, why in found),
        remark=_said("Pieces: {count}").format(count=formats.number(len(found))),
    )


_HEADS = (
    QT_TRANSLATE_NOOP("stock_lists", "First"),
    QT_TRANSLATE_NOOP("stock_lists", "Last"),
    QT_TRANSLATE_NOOP("stock_lists", "Pieces"),
    QT_TRANSLATE_NOOP("stock_lists", "When"),
    QT_TRANSLATE_NOOP("stock_lists", "What"),
    QT_TRANSLATE_NOOP("stock_lists", "Numbers"),
    QT_TRANSLATE_NOOP("stock_lists", "By"),
    QT_TRANSLATE_NOOP("stock_lists", "To"),
    QT_TRANSLATE_NOOP("stock_lists", "Number"),
    QT_TRANSLATE_NOOP("stock_lists", "State"),
    QT_TRANSLATE_NOOP("stock_lists", "Who has it"),
    QT_TRANSLATE_NOOP("stock_lists", "Used for"),
    QT_TRANSLATE_NOOP("stock_lists", "Last word"),
    QT_TRANSLATE_NOOP("stock_lists", "Transfer of numbered stock"),
    QT_TRANSLATE_NOOP("stock_lists", "Pieces: {count}"),
)
"""For translators."""
_FIGURES = ("Pieces",)
_WIDE = ("Numbers", "Last word", "First", "Last")


def _columns(*heads: str) -> tuple[ListColumn, ...]:
    return tuple(
        ListColumn(heading=_said(each), share=1.8 if each in _WIDE else 1.0, figures=each in _FIGURES) for each in heads
    )


def _said(words: str) -> str:
    return QCoreApplication.translate("stock_lists", words)
