"""Each of the office's papers as a leaf: what it states, in which order, and who signs it (kpcs.md §4, §13)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from kpdesk.domain.certificate import Named
from kpdesk.domain.goods import Heading
from kpdesk.domain.measures import total_carats, total_money
from kpdesk.domain.papers import (
    DaySheet,
    FeeReceipt,
    Goods,
    GoodsLine,
    ListSheet,
    PaperKind,
    ReadingLine,
    ReworkSheet,
    WeightSheet,
    anchor_code,
)
from kpdesk.printing.faces import Face
from kpdesk.printing.form import Words
from kpdesk.printing.leaf import Column, Leaf, Pair, Pairs, Part, Prose, Signatures, Table, draw
from kpdesk.printing.pdf import amount, day
from kpdesk.printing.wording import Wording

_YES = "✓"


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """What every paper of an office says of itself."""

    number: str
    office: str
    authority: str
    place: str
    at: datetime
    """In the office's own time."""
    practice: bool


def goods(facts: Goods, head: Head, words: Wording) -> bytes:
    """A deposit, a release or a hand-over: one copy for each side."""
    kind = facts.paper.value
    firm = _firm(facts.firm, words, f"{kind}_firm") if facts.firm else ()
    parts: list[Part] = [
        _top(head, words, firm),
        _goods_table(facts.lines, words, weighed=facts.paper is PaperKind.DEPOSIT),
        Prose(words(f"{kind}_statement")),
        *_remark(facts.remark, words),
        Signatures(((words(f"{kind}_gives"), facts.given_by), (words(f"{kind}_takes"), facts.taken_by))),
    ]
    copies = (words(f"{kind}_copy_one"), words(f"{kind}_copy_two"))
    return _leaf(kind, head, words, tuple(parts), code=_one(facts.lines, head), copies=copies)


def weight_sheet(facts: WeightSheet, head: Head, words: Wording) -> bytes:
    """The readings and the carats agreed from them by heading; the exporter's signature fixes them."""
    columns = (
        Column(words("parcel"), 3.2, mono=True),
        Column(words("reading"), 0.9, figures=True),
        Column(words("time"), 2.0, mono=True),
        Column(words("balance"), 2.2),
        Column(words("officer"), 2.6),
        Column(words("shown"), 2.6, figures=True),
        Column(words("carats"), 2.2, figures=True),
        Column(words("counted"), 2.4),
    )
    readings = Table(columns, tuple(_reading(each, words) for each in facts.readings), caption=words("readings"))
    by_heading = tuple(
        (heading.value, words(f"heading_{heading.name.lower()}").english, str(len(group)), _carats(group))
        for heading in Heading
        if (group := [line for line in facts.lines if line.heading is heading])
    )
    agreed = Table(
        (
            Column(words("heading"), 1.4, mono=True),
            Column(words("description"), 4),
            Column(words("parcels"), 1, figures=True),
            Column(words("agreed_carats"), 2, figures=True),
        ),
        by_heading,
        sums=(words.plain("total"), "", str(len(facts.lines)), _carats(facts.lines)),
        caption=words("agreed_by_heading"),
    )
    places = [(words("weighed_by"), name) for name in facts.officers]
    parts: tuple[Part, ...] = (
        _top(head, words, _firm(facts.firm, words, "exporter")),
        readings,
        *([_goods_table(facts.lines, words, weighed=False)] if len(facts.lines) > 1 else []),
        agreed,
        Prose(words(f"rounding_{facts.rounding}")),
        Prose(words("weight_sheet_statement")),
        Signatures((*places, (words("exporter_signs"), ""))),
    )
    copies = words("copy_office"), words("copy_exporter")
    return _leaf("weight_sheet", head, words, parts, code=_one(facts.lines, head), copies=copies)


def rework(facts: ReworkSheet, head: Head, words: Wording) -> bytes:
    """Parcels before and after a merge, a split, a sorting or a local sale, balanced by origin."""
    balance = Table(
        (
            Column(words("origin"), 2.0, mono=True),
            *(Column(words(key), 1.7, figures=True) for key in ("before", "after", "sold", "loss", "gain")),
            Column(words("reason"), 3.2),
        ),
        tuple(
            (
                each.origin,
                *(amount(part.value) for part in (each.before, each.after, each.sold, each.loss, each.gain)),
                each.reason or "–",
            )
            for each in facts.balance
        ),
        sums=(
            words.plain("total"),
            *(
                amount(total_carats(getattr(each, part) for each in facts.balance).value)
                for part in ("before", "after", "sold", "loss", "gain")
            ),
            "",
        ),
        caption=words("balance_of_carats"),
    )
    buyer = _firm(facts.buyer, words, "buyer") if facts.buyer else ()
    places = [(words("officer"), facts.officer)]
    if facts.supervisor:
        places.append((words("supervisor"), facts.supervisor))
    places.append((words("exporter_signs"), ""))
    if facts.buyer:
        places.append((words("buyer"), ""))
    after = [_goods_table(facts.after, words, caption="goods_after")] if facts.after else []
    parts: tuple[Part, ...] = (
        _top(head, words, (*_firm(facts.firm, words, "owner"), *buyer), (Pair(words("act"), words.plain(facts.what)),)),
        _goods_table(facts.before, words, caption="goods_before"),
        *after,
        balance,
        Prose(words("rework_statement")),
        Signatures(tuple(places)),
    )
    copies = words("copy_office"), words("copy_exporter")
    return _leaf("rework", head, words, parts, code=head.number, copies=copies)


def receipt(facts: FeeReceipt, head: Head, words: Wording) -> bytes:
    """What was paid; fees and levies apart."""
    table = Table(
        (
            Column(words("for_what"), 3),
            Column(words("ledger"), 2),
            Column(words("base"), 2, figures=True),
            Column(words("rate"), 1, figures=True),
            Column(words("amount_usd"), 2, figures=True),
        ),
        tuple(
            (each.what, each.ledger, amount(each.base.value) if each.base else "", each.rate, amount(each.amount.value))
            for each in facts.payments
        ),
        sums=(words.plain("total"), "", "", "", amount(total_money(each.amount for each in facts.payments).value)),
    )
    parts: tuple[Part, ...] = (
        _top(head, words, _firm(facts.payer, words, "payer")),
        Pairs(
            (
                (
                    Pair(words("paid_for"), facts.about, face=Face.FIGURES),
                    Pair(words("paid_on"), day(facts.paid_on), face=Face.FIGURES),
                    Pair(words("paid_by"), facts.paid_by, 1.6),
                ),
            )
        ),
        table,
        Signatures(((words("received_by"), facts.officer), (words("paid_for_payer"), ""))),
    )
    copies = words("copy_payer"), words("copy_office")
    return _leaf("receipt", head, words, parts, code=head.number, copies=copies)


def day_sheet(facts: DaySheet, head: Head, words: Wording) -> bytes:
    """The close of a day; its code carries the history's anchor, so that the sheet proves it later."""
    anchor = facts.anchor
    _, epoch, size, first = anchor_code(anchor).split(":")
    counts = Table(
        (
            Column(words("what_is_counted"), 3),
            *(Column(words(key), 1.7, figures=True) for key in ("opening", "received", "left", "expected", "counted")),
            Column(words("agrees"), 1.3),
        ),
        tuple(
            (
                each.what,
                each.opening,
                each.received,
                each.left,
                each.expected,
                each.counted,
                _YES if each.agrees else words.plain("differs"),
            )
            for each in facts.counts
        ),
        caption=words("counts"),
    )
    differences = Table(
        (Column(words("differences"), 1),), tuple((each,) for each in facts.differences or (words.plain("none"),))
    )
    grouped = " ".join(first[place : place + 4] for place in range(0, 16, 4))
    parts: tuple[Part, ...] = (
        _top(head, words, (), (Pair(words("closed_day"), day(facts.day), face=Face.STRONG_FIGURES),)),
        counts,
        differences,
        Pairs(
            (
                (
                    Pair(words("history_epoch"), epoch, 0.7, Face.FIGURES),
                    Pair(words("history_size"), amount_whole(int(size)), 1.2, Face.FIGURES),
                    Pair(words("history_head"), grouped, 2.2, Face.STRONG_FIGURES),
                ),
            )
        ),
        Prose(words("day_sheet_statement")),
        *_remark(facts.remark, words),
        Signatures(((words("counted_by"), facts.first), (words("counted_with"), facts.second))),
    )
    return _leaf("day_sheet", head, words, parts, code=anchor_code(anchor))


def list_sheet(facts: ListSheet, head: Head, words: Wording) -> bytes:
    """Any table; its title is as the screen has it."""
    columns = tuple(Column(Words(each.heading), each.share, figures=each.figures) for each in facts.columns)
    rows = facts.rows or ((words.plain("none"), *("" for _ in facts.columns[1:])),)
    parts: tuple[Part, ...] = (
        _top(head, words, (), (Pair(words("entries"), amount_whole(len(facts.rows)), face=Face.FIGURES),)),
        *([facts.drawing] if facts.drawing else []),
        Table(columns, rows, facts.sums),
        *_remark(facts.remark, words),
    )
    return _leaf("list", head, words, parts, code=head.number, title=Words(facts.title))


def amount_whole(count: int) -> str:
    return f"{count:,}".replace(",", " ")


# What papers share


def _leaf(
    kind: str,
    head: Head,
    words: Wording,
    parts: tuple[Part, ...],
    *,
    code: str,
    copies: tuple[Words, ...] = (Words(""),),
    title: Words | None = None,
) -> bytes:
    return draw(
        Leaf(
            title=title or words(kind),
            number=head.number,
            code=code,
            office=head.office,
            authority=head.authority,
            parts=parts,
            copies=copies,
            copy_words=words("copy"),
            practice=head.practice,
        )
    )


def _top(head: Head, words: Wording, firms: tuple[Pair, ...], more: tuple[Pair, ...] = ()) -> Pairs:
    at = f"{day(head.at.date())}  {head.at:%H:%M}"
    first = (
        *more,
        Pair(words("date"), at, face=Face.FIGURES),
        Pair(words("place"), head.place),
    )
    pairs = [firms[place : place + 3] for place in range(0, len(firms), 3)]
    return Pairs((first, *pairs))


def _firm(firm: Named, words: Wording, key: str) -> tuple[Pair, ...]:
    return (
        Pair(words(key), firm.name, 1.6),
        Pair(words("address"), firm.address, 1.5, Face.WORDS),
        Pair(words("licence"), firm.licence, 0.9, Face.FIGURES),
    )


def _goods_table(
    lines: tuple[GoodsLine, ...], words: Wording, *, weighed: bool = False, caption: str = "goods"
) -> Table:
    """`weighed`: a column tells agreed carats from declared ones."""
    columns = (
        Column(words("parcel"), 2.8, mono=True),
        Column(words("heading"), 1.5, mono=True),
        Column(words("origin"), 1.4, mono=True),
        Column(words("packing"), 2.4, mono=True),
        Column(words("pieces"), 1.3, figures=True),
        Column(words("carats"), 2.1, figures=True),
        *((Column(words("carats_are"), 3.0),) if weighed else ()),
    )
    rows = tuple(
        (
            line.parcel,
            line.heading.value,
            " ".join(line.origins),
            line.packing or "–",
            amount_whole(line.pieces) if line.pieces else "–",
            _carats([line]) if line.carats else "–",
            *((words.plain(line.carats_are),) if weighed else ()),
        )
        for line in lines
    )
    counted = f"{words.plain('total')}  ({amount_whole(len(lines))})"
    sums = (counted, "", "", "", "", _carats(lines), *(("",) if weighed else ()))
    return Table(columns, rows, sums, words(caption))


def _reading(each: ReadingLine, words: Wording) -> tuple[str, ...]:
    by_hand = f"{words('typed').english}: {each.by_hand}" if each.by_hand else ""
    return (
        each.parcel,
        str(each.sequence),
        f"{each.at:%H:%M:%S}",
        each.balance or "–",
        each.officer,
        each.shown,
        str(each.carats),
        "; ".join(part for part in (_YES if each.counted else "", by_hand) if part) or "–",
    )


def _carats(lines: Sequence[GoodsLine]) -> str:
    """Their sum; a reading that is not agreed keeps its thousandths."""
    carats = total_carats(line.carats for line in lines if line.carats)
    return f"{carats.value:,.3f}".replace(",", " ") if carats.thousandths % 10 else amount(carats.value)


def _one(lines: tuple[GoodsLine, ...], head: Head) -> str:
    """A single parcel's number, else the paper's own."""
    return lines[0].parcel if len(lines) == 1 else head.number


def _remark(remark: str, words: Wording) -> tuple[Part, ...]:
    return (Pairs(((Pair(words("remark"), remark, face=Face.WORDS),),)),) if remark else ()
