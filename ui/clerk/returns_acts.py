"""The returns page tied to the clerk's desk. Runs in the workroom; touches no widget."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from PySide6.QtCore import QCoreApplication

from kpdesk.desks import clerk, offices, returns, supervisor
from kpdesk.desks.desk import Desk
from kpdesk.domain.declarations import Books, DueKind, Purchase, Stocked, months
from kpdesk.domain.measures import Carats, Money, total_carats
from kpdesk.domain.outcomes import Finding
from kpdesk.domain.production import Return
from ui import messages
from ui.clerk.returns import Declared, Entry, ReturnsActs, YearView
from ui.formats import month
from ui.marks import QT_TRANSLATE_NOOP
from ui.tones import Answer, Tone
from ui.widgets.grid import Cell, Row

_TOLD = {
    "missing": QT_TRANSLATE_NOOP("returns", "due and not declared"),
    "not yet": QT_TRANSLATE_NOOP("returns", "not due yet"),
    "nothing": QT_TRANSLATE_NOOP("returns", "nothing is wanted"),
}
_STOCK = (
    QT_TRANSLATE_NOOP("returns", "Declared"),
    QT_TRANSLATE_NOOP("returns", "By the books"),
    QT_TRANSLATE_NOOP("returns", "Apart"),
)
_Lines = dict[tuple[str, int], tuple[Declared, ...]]


def returns_acts(desk: Desk) -> ReturnsActs:
    """The page's questions, asked of this officer's desk."""
    years = {
        DueKind.PRODUCTION: lambda year: _production(desk, year),
        DueKind.PURCHASES: lambda year: _purchases(desk, year),
        DueKind.STOCK: lambda year: _stock(desk, year),
    }
    return ReturnsActs(
        today=lambda: desk.today,
        year=lambda kind, year: years[kind](year),
        known=lambda: (_diggers(desk), [(code, f"{code}  {name}") for code, name in clerk.participants(desk)]),
        check=lambda entry: _check(desk, entry),
        save=lambda entry: _save(desk, entry, None),
        save_with=lambda entry, officer, password: _save(
            desk, entry, offices.beside(desk, officer=officer, password=password)
        ),
    )


def _said(code: str) -> str:
    return QCoreApplication.translate("returns", _TOLD[code])


def _diggers(desk: Desk) -> Sequence[tuple[str, str]]:
    return [(slip.number, f"{slip.number}  {slip.name}") for slip in returns.diggers(desk)]


def _whole(carats: Carats) -> str:
    return f"{int(carats.value):,}".replace(",", "\u00a0")


def _month_view(
    desk: Desk,
    year: int,
    rows: Sequence[Row],
    lines: _Lines,
    missing: Iterable[tuple[str, date]],
    valid: Iterable[tuple[str, date]],
    about: Mapping[str, str],
) -> YearView:
    """Rows by months: declared, due, or not wanted."""
    all_months, late, wanted = months(year), set(missing), set(valid)
    cells = {}
    for row in rows:
        for place, each in enumerate(all_months):
            if (row.key, place) in lines:
                carats = total_carats(line.carats for line in lines[row.key, place])
                cells[row.key, place] = Cell(_whole(carats), None, f"{carats} ct")
            elif (row.key, each) in late:
                cells[row.key, place] = Cell("", Tone.LIFTABLE, _said("missing"))
            else:
                soon = (row.key, each) in wanted and each <= desk.today
                cells[row.key, place] = Cell("·" if soon else "", None, _said("not yet" if soon else "nothing"))
    sums = [
        total_carats(line.carats for (_, at), each in lines.items() if at == place for line in each)
        for place in range(12)
    ]
    names = tuple(month(each).split(" ")[0] for each in all_months)
    return YearView(
        rows=tuple(rows),
        columns=names,
        cells=cells,
        foot=tuple(_whole(each) if each else "" for each in sums),
        bars=tuple((name, int(each.value)) for name, each in zip(names, sums, strict=True)),
        lines=lines,
        about=about,
        missing=len(late),
    )


def _production(desk: Desk, year: int) -> YearView:
    found = returns.production_year(desk, year)
    rows = [Row(title.number, f"{title.number}  {title.mine}") for title in found.titles]
    lines: _Lines = {
        (title, each.month - 1): tuple(Declared("", made.heading, made.carats, made.value) for made in group)
        for (title, each), group in found.cells.items()
    }
    capacity = QCoreApplication.translate("returns", "capacity a month: {carats} ct")
    about = {title.number: capacity.format(carats=title.capacity) for title in found.titles}
    return _month_view(desk, year, rows, lines, found.missing, found.valid, about)


def _purchases(desk: Desk, year: int) -> YearView:
    found = returns.purchases_year(desk, year)
    rows = [Row(buyer.number, f"{buyer.number}  {buyer.name}") for buyer in found.buyers]
    lines: _Lines = {
        (buyer, each.month - 1): tuple(Declared(one.seller, one.heading, one.carats, one.value) for one in made.lines)
        for (buyer, each), made in found.cells.items()
    }
    return _month_view(desk, year, rows, lines, found.missing, found.valid, {})


def _stock(desk: Desk, year: int) -> YearView:
    found = returns.stock_year(desk, year)
    cells: dict[tuple[str, int], Cell] = {}
    lines: _Lines = {}
    bars = []
    for firm in found.firms:
        books, made = found.books[firm.number], found.declared.get(firm.number)
        cells[firm.number, 1] = Cell(str(books.expected))
        if made is None:
            late = firm.number in found.missing
            told = _said("missing" if late else "not yet")
            cells[firm.number, 0] = Cell("", Tone.LIFTABLE if late else None, told)
            continue
        lines[firm.number, 0] = tuple(
            Declared(each.origin, each.heading, each.carats, each.value) for each in made.lines
        )
        apart = max(made.carats, books.expected) - min(made.carats, books.expected)
        cells[firm.number, 0] = Cell(str(made.carats))
        cells[firm.number, 2] = Cell(str(apart) if apart else "=", Tone.NOTE if apart else Tone.OK)
        bars.append((firm.number, int(made.carats.value)))
    whole = total_carats(line.carats for each in lines.values() for line in each)
    expected = total_carats(books.expected for books in found.books.values())
    return YearView(
        rows=tuple(Row(firm.number, f"{firm.number}  {firm.name}") for firm in found.firms),
        columns=tuple(QCoreApplication.translate("returns", words) for words in _STOCK),
        cells=cells,
        foot=(str(whole), str(expected), ""),
        bars=tuple(bars),
        lines=lines,
        about={firm.number: _books(found.books[firm.number]) for firm in found.firms},
        missing=len(found.missing),
    )


def _books(books: Books) -> str:
    words = QCoreApplication.translate(
        "returns",
        "opening {opening} + mined {mined} + bought {bought} + imported {imported} "
        "− exported {exported} − sold {sold} − lost {lost} = {expected} ct",
    )
    return words.format(
        opening="?" if books.opening is None else books.opening,
        mined=books.mined,
        bought=books.bought,
        imported=books.imported,
        exported=books.exported,
        sold=books.sold,
        lost=books.lost,
        expected=books.expected,
    )


def _check(desk: Desk, entry: Entry) -> Sequence[Answer]:
    found: Iterable[Finding]
    if entry.kind is DueKind.PRODUCTION:
        found = dict.fromkeys(each for made in _mined(desk, entry) for each in returns.check_return(desk, made))
    elif entry.kind is DueKind.PURCHASES:
        found = returns.check_purchases_of(desk, buyer=entry.key, month=_month(entry), lines=_bought(entry))
    else:
        found = returns.check_stock_of(desk, firm=entry.key, year=entry.year, lines=_held(entry))
    return tuple(messages.found(each) for each in found)


def _save(desk: Desk, entry: Entry, second: Desk | None) -> None:
    if entry.kind is DueKind.PRODUCTION:
        for made in _mined(desk, entry):
            supervisor.book_production(desk, made)
    elif entry.kind is DueKind.PURCHASES:
        returns.declare_purchases(
            desk,
            buyer=entry.key,
            month=_month(entry),
            lines=_bought(entry),
            second=second,
            document=entry.document,
        )
    else:
        returns.declare_stock(
            desk, firm=entry.key, year=entry.year, lines=_held(entry), second=second, document=entry.document
        )


def _month(entry: Entry) -> date:
    return date(entry.year, entry.column + 1, 1)


def _mined(desk: Desk, entry: Entry) -> Sequence[Return]:
    """A return for each heading: lines of one heading are added."""
    titles = {title.number: title.mine for title in returns.production_year(desk, entry.year).titles}
    sums: dict[object, Return] = {}
    for each in entry.lines:
        before = sums.get(each.heading)
        carats = each.carats + before.carats if before else each.carats
        value: Money = each.value + before.value if before else each.value
        sums[each.heading] = Return(
            title=entry.key,
            mine=titles[entry.key],
            month=_month(entry),
            heading=each.heading,
            carats=carats,
            value=value,
        )
    return tuple(sums.values())


def _bought(entry: Entry) -> Sequence[Purchase]:
    return tuple(Purchase(each.what, each.heading, each.carats, each.value) for each in entry.lines)


def _held(entry: Entry) -> Sequence[Stocked]:
    return tuple(Stocked(each.heading, each.what, each.carats, each.value) for each in entry.lines)
