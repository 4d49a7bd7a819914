"""Returns of mines, purchases from diggers, stocks of firms: a year at a glance, one month of it beside it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QFrame, QSizePolicy, QVBoxLayout, QWidget

from kpdesk.domain.declarations import DueKind
from kpdesk.domain.goods import Heading
from kpdesk.domain.measures import Carats, Money, total_carats, total_money
from kpdesk.domain.outcomes import Outcome
from kpdesk.domain.parties import Role
from ui import look, messages
from ui.clerk.rework_form import low
from ui.marks import QT_TRANSLATE_NOOP
from ui.second import SecondSignature
from ui.slips import Signed
from ui.surface import Surface
from ui.tones import Answer, Tone
from ui.widgets.amount_field import AmountField
from ui.widgets.card import BETWEEN, Notice, button, card, column, row, text
from ui.widgets.charts import Bars
from ui.widgets.columns import Columns
from ui.widgets.entries import Entries
from ui.widgets.field import Field, choice, line
from ui.widgets.findings import Findings
from ui.widgets.flow import Flow
from ui.widgets.grid import Cell, Grid, Row
from ui.widgets.page import Page
from ui.widgets.pick_field import PickField
from ui.widgets.rows import Column

_KINDS = (
    (QT_TRANSLATE_NOOP("returns", "Production of mines"), DueKind.PRODUCTION),
    (QT_TRANSLATE_NOOP("returns", "Purchases from diggers"), DueKind.PURCHASES),
    (QT_TRANSLATE_NOOP("returns", "Stock on 31 December"), DueKind.STOCK),
)
_HEADINGS = (
    (QT_TRANSLATE_NOOP("goods", "7102.10  unsorted"), Heading.UNSORTED),
    (QT_TRANSLATE_NOOP("goods", "7102.21  industrial"), Heading.INDUSTRIAL),
    (QT_TRANSLATE_NOOP("goods", "7102.31  non-industrial"), Heading.NON_INDUSTRIAL),
)
_SHOWS = frozenset({"returns", "parcels", "goods"})
_LOWEST = 190


@dataclass(frozen=True, slots=True)
class Declared:
    """One line of a return: from which digger, or of which origin, or of the mine itself."""

    what: str
    heading: Heading
    carats: Carats
    value: Money


@dataclass(frozen=True, slots=True, kw_only=True)
class YearView:
    """A year of one kind, as the grid shows it."""

    rows: tuple[Row, ...]
    columns: tuple[str, ...]
    cells: Mapping[tuple[str, int], Cell]
    foot: tuple[str, ...]
    bars: tuple[tuple[str, int], ...]
    """Whole carats a column, for the picture."""
    lines: Mapping[tuple[str, int], tuple[Declared, ...]] = field(default_factory=dict)
    """What is on the books."""
    about: Mapping[str, str] = field(default_factory=dict)
    """What to know of a row: a capacity, what the books expect."""
    missing: int = 0
    """How many are due and have not come."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """What is typed for one cell."""

    kind: DueKind
    key: str
    year: int
    column: int
    lines: tuple[Declared, ...]
    document: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReturnsActs:
    """What the page asks of a desk; all run in the workroom."""

    today: Callable[[], date]
    year: Callable[[DueKind, int], YearView]
    known: Callable[[], tuple[Sequence[tuple[str, str]], Sequence[tuple[str, str]]]]
    """(value, words) of diggers and of countries."""
    check: Callable[[Entry], Sequence[Answer]]
    save: Callable[[Entry], object]
    save_with: Callable[[Entry, str, str], object]
    """With (officer, password) of the supervisor who lifts with a document."""


class ReturnsPage(Page):
    """Arrows choose the month, Enter begins to type, Ctrl+Enter keeps it."""

    def __init__(self, acts: ReturnsActs, surface: Surface) -> None:
        super().__init__("returns", surface)
        self._acts = acts
        self._year = acts.today().year
        self._view = YearView(rows=(), columns=(), cells={}, foot=(), bars=())
        self._wanted: tuple[str, int] | None = None
        self._build()
        self._wire()

    def _build(self) -> None:
        translate = QCoreApplication.translate
        self._kind = choice("returns_kind", *((translate("returns", words), each) for words, each in _KINDS))
        self._kind.setMinimumContentsLength(20)
        self._earlier = button("returns_earlier", self.tr("Year before"), self._keyboard.name("earlier"))
        self._later = button("returns_later", self.tr("Next year"), self._keyboard.name("later"))
        self._grid = Grid("returns_grid", self.tr("The year by months"))
        self._grid.setMinimumHeight(look.current().px(_LOWEST))
        self._grid.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Ignored)
        self._bars = Bars("returns_bars", self.tr("Carats by month"))
        top, inside = card("returns_top")
        years = _flow(self._earlier, self._later)
        across = row(Field(self.tr("&What is declared"), self._kind), gap=BETWEEN)
        across.addWidget(years, 1, Qt.AlignmentFlag.AlignBottom)
        inside.addLayout(across)
        inside.addWidget(self._grid, 1)
        bars, below = card("returns_bars_card", self.tr("Carats"))
        below.addWidget(self._bars)
        below_ = QWidget()
        Columns(below_, (column(self._entry_card()), 7), (column(self._checks_card(), bars, 1, gap=BETWEEN), 5))
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 8, 0, 0)
        whole.setSpacing(12)
        held = column(top)
        held.setContentsMargins(32, 0, 32, 0)
        whole.addLayout(held, 1)
        whole.addWidget(below_)

    def _entry_card(self) -> QWidget:
        translate, shown = QCoreApplication.translate, self._formats
        nothing = self.tr("Nothing known matches “{text}”. Type part of a name or number.")
        self._what = PickField("returns_what", self.tr("Di&gger, or origin"), nothing=nothing)
        self._heading = choice("returns_heading", *((translate("goods", words), each) for words, each in _HEADINGS))
        self._heading.setMinimumContentsLength(20)
        self._carats = AmountField("returns_carats", self.tr("&Carats"), places=2, unit="ct", formats=shown)
        self._value = AmountField("returns_value", self.tr("&Value"), places=2, unit="US$", formats=shown)
        self._entries = Entries(
            "returns_entry",
            self.tr("To be declared"),
            fields=(self._what, Field(self.tr("&HS heading"), self._heading), self._carats, self._value),
            made=self._made,
            columns=(
                Column(self.tr("HS heading"), lambda each: each.heading.value, number=True),
                Column(self.tr("From"), lambda each: each.what, wide=True),
                Column(self.tr("Carats"), lambda each: shown.carats(each.carats), number=True),
                Column(self.tr("Value"), lambda each: shown.money(each.value), number=True),
            ),
            empty=self.tr("Type carats and value of each heading, Enter after each. None at all is declared too."),
        )
        low(self._entries)
        return self._entries

    def _checks_card(self) -> QFrame:
        frame, inside = card("returns_checks")
        self._of = text("", "heading", wrap=True)
        self._of.setObjectName("returns_of")
        self._about = text(" ", "muted", wrap=True)
        self._about.setObjectName("returns_about")
        self._findings = Findings("returns_findings", self.tr("Checks"))
        self._document = line("returns_document")
        self._document_field = Field(self.tr("&Document that lifts it"), self._document)
        self._document_field.hide()
        self._notice = Notice("returns_notice")
        self._save = button("returns_save", self.tr("Keep the return"), self._keyboard.name("main"), primary=True)
        for widget in (self._of, self._about, self._findings, self._document_field, self._notice):
            inside.addWidget(widget)
        inside.addWidget(_flow(self._save))
        return frame

    def _wire(self) -> None:
        self._kind.currentIndexChanged.connect(self._on_kind)
        self._earlier.clicked.connect(lambda: self._turn_year(-1))
        self._later.clicked.connect(lambda: self._turn_year(1))
        self._grid.picked.connect(lambda *_: self._on_picked())
        self._grid.opened.connect(lambda *_: self._entries.first_empty().setFocus())
        self._entries.changed.connect(self._check)
        self._save.clicked.connect(self.save)
        self.bind("main", self.save)
        self.bind("earlier", lambda: self._turn_year(-1))
        self.bind("later", lambda: self._turn_year(1))
        self._workroom.changed.connect(self._on_books_changed)

    def enter(self) -> None:
        self._workroom.run(self, self._acts.known, self._show_known)
        self._ask()
        self._grid.setFocus()

    def turn_to(self, subject: str) -> None:
        """`production/T-100-2026-10`, `stock_declaration/DEA-0003-2025`: what is due there."""
        kind, _, rest = subject.partition("/")
        if kind not in list(DueKind):
            return
        key, period = rest, "1"
        if kind != DueKind.STOCK:
            key, _, period = rest.rpartition("-")
        key, _, year = key.rpartition("-")
        if year.isdecimal() and period.isdecimal():
            self._year, self._wanted = int(year), (key, int(period) - 1)
            self._kind.setCurrentIndex(self._kind.findData(DueKind(kind)))

    @property
    def kind(self) -> DueKind:
        return DueKind(self._kind.currentData())

    def _on_kind(self) -> None:
        self._entries.show_lines(())
        self._ask()

    def _turn_year(self, by: int) -> None:
        self._year = min(self._year + by, self._acts.today().year)
        self._ask()

    def _ask(self) -> None:
        kind, year = self.kind, self._year
        self._workroom.run(self, lambda: self._acts.year(kind, year), self.show_year)

    def _on_books_changed(self, changes: frozenset[str]) -> None:
        if self.isVisible() and changes & _SHOWS:
            self._ask()

    def _show_known(self, known: tuple[Sequence[tuple[str, str]], Sequence[tuple[str, str]]]) -> None:
        self._sellers, self._countries = known
        self._offer()

    def _offer(self) -> None:
        """Diggers or origins to choose from, or neither."""
        kind = self.kind
        self._what.setEnabled(kind is not DueKind.PRODUCTION)
        self._what.show_options(self._sellers if kind is DueKind.PURCHASES else self._countries)

    _sellers: Sequence[tuple[str, str]] = ()
    _countries: Sequence[tuple[str, str]] = ()

    def show_year(self, view: YearView) -> None:
        self._view = view
        self._offer()
        self._grid.show_cells(view.rows, view.columns, view.cells, view.foot)
        self._bars.show_bars(view.bars, "clerk")
        self._later.setEnabled(self._year < self._acts.today().year)
        self.show_subtitle(self.tr("{year}  ·  missing: {count}").format(year=self._year, count=view.missing))
        if self._wanted:
            self._grid.turn_to(*self._wanted)
            self._wanted = None
        self._on_picked()

    def _on_picked(self) -> None:
        place = self._grid.place
        self._document_field.hide()
        self._notice.show_words("")
        if place is None:
            self._of.setText("")
            self._about.setText(" ")
            return
        key, column_ = place
        name = next(each.name for each in self._view.rows if each.key == key)
        period = str(self._year) if self.kind is DueKind.STOCK else self._view.columns[column_]
        self._of.setText(f"{name}  ·  {period}")
        kept = self._view.lines.get((key, 0 if self.kind is DueKind.STOCK else column_), ())
        carats, value = total_carats(each.carats for each in kept), total_money(each.value for each in kept)
        on_books = self.tr("on the books: {carats}, {value}").format(
            carats=self._formats.carats(carats), value=self._formats.money(value)
        )
        cell = self._view.cells.get((key, column_))
        said = [self._view.about.get(key, ""), on_books if kept else cell.told if cell else ""]
        self._about.setText("\n".join(each for each in said if each) or " ")
        self._check()

    def _made(self) -> Declared | None:
        carats, value, what = self._carats.amount, self._value.amount, self._what.value or ""
        wants_what = self.kind is not DueKind.PRODUCTION
        if not carats or value is None or (wants_what and not what):
            return None
        return Declared(what, Heading(self._heading.currentData()), Carats(carats), Money(value))

    def _entry(self) -> Entry | None:
        place = self._grid.place
        if place is None:
            return None
        return Entry(
            kind=self.kind,
            key=place[0],
            year=self._year,
            column=place[1],
            lines=self._entries.lines,
            document=self._document.text().strip(),
        )

    def _check(self) -> None:
        entry = self._entry()
        self._save.setEnabled(entry is not None)
        if entry is None or not entry.lines:
            self._findings.show_answers(())
            return
        self._workroom.run(self, lambda: self._acts.check(entry), self._show_checks)

    def _show_checks(self, answers: Sequence[Answer]) -> None:
        self._findings.show_answers(answers)
        liftable = any(answer.tone is Tone.LIFTABLE for answer in answers)
        self._document_field.setVisible(liftable and self.kind is not DueKind.PRODUCTION)

    def save(self) -> None:
        """Keep what is typed for the cell; a supervisor lifts beside, with the document named."""
        entry = self._entry()
        if entry is None or not self._save.isEnabled():
            return
        if self._entries.begun:
            self._entries.add()
            return
        if entry.kind is DueKind.PRODUCTION and not entry.lines:
            self._entries.first_empty().setFocus()
            return
        if entry.document and not self._document_field.isHidden():
            self._lift(entry)
            return
        self._save.setEnabled(False)
        self._workroom.run(
            self,
            lambda: self._acts.save(entry),
            lambda _: self._on_saved(entry),
            self._on_refused,
            changes=("returns",),
        )

    def _lift(self, entry: Entry) -> None:
        dialog = SecondSignature(
            verb=self.tr("Take it with the document"),
            lines=[Signed(f"{self._of.text()}  {entry.document}")],
            sign=lambda officer, password: self._acts.save_with(entry, officer, password),
            workroom=self._workroom,
            formats=self._formats,
            role=Role.CLERK,
            parent=self,
        )
        dialog.signed.connect(lambda _: self._on_saved(entry))
        dialog.signed.connect(lambda _: self._workroom.changed.emit(_SHOWS))
        dialog.open()

    def _on_saved(self, entry: Entry) -> None:
        self._save.setEnabled(True)
        self._document.clear()
        self._entries.show_lines(())
        self.told.emit(self.tr("{what} declared").format(what=self._of.text()))
        self._grid.turn_to(entry.key, entry.column + 1 if entry.kind is not DueKind.STOCK else 0)
        self._grid.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_refused(self, problem: Outcome) -> None:
        self._save.setEnabled(True)
        self._notice.show_words(messages.in_full(problem))


def _flow(*widgets: QWidget) -> QWidget:
    held = QWidget()
    flow = Flow(held, gap=12)
    flow.setContentsMargins(0, 0, 0, 0)
    for each in widgets:
        flow.addWidget(each)
    return held
