"""The two sides of a change of goods: the parcels that go in and the lines that come out."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from kpdesk.domain.goods import Heading
from kpdesk.domain.kept import record_of, value_of
from kpdesk.domain.measures import Carats, total_carats
from kpdesk.domain.records import NotCanonical
from kpdesk.domain.sorting import ALL, Portion, Wanted
from ui import look
from ui.formats import Formats
from ui.keys import Keyboard
from ui.marks import QT_TRANSLATE_NOOP
from ui.widgets.amount_field import AmountField
from ui.widgets.card import BETWEEN, button
from ui.widgets.entries import Entries
from ui.widgets.field import Field, choice
from ui.widgets.pick_field import PickField
from ui.widgets.rows import Column, Rows

_HEADINGS = (
    (QT_TRANSLATE_NOOP("goods", "7102.10  unsorted"), Heading.UNSORTED),
    (QT_TRANSLATE_NOOP("goods", "7102.21  industrial"), Heading.INDUSTRIAL),
    (QT_TRANSLATE_NOOP("goods", "7102.31  non-industrial"), Heading.NON_INDUSTRIAL),
)
_LOWEST, _HIGHEST = 92, 136
_SHORTEST = 20
"""Characters of a heading that are always seen."""


def origin_words(origin: str) -> str:
    """`AO`, `AO + CD`, or that what comes out is mixed."""
    return origin.replace("+", " + ") if origin != ALL else QCoreApplication.translate("goods", "all, mixed")


def low(part: QWidget) -> None:
    """A short list, or the one inside a part: two or three of its rows are seen, the rest moves."""
    rows = part if isinstance(part, Rows) else part.findChild(Rows)
    assert rows is not None
    rows.setMinimumHeight(look.current().px(_LOWEST))
    rows.setMaximumHeight(look.current().px(_HIGHEST))


class ReworkForm(QWidget):
    """Lines are values at once; what is being typed stays in its fields."""

    parcels_changed = Signal()
    changed = Signal()
    """The lines that come out."""
    rest_asked = Signal()

    def __init__(self, formats: Formats, keyboard: Keyboard) -> None:
        super().__init__()
        self.setObjectName("goods_form")
        self._formats = formats
        self._portions: dict[str, Portion] = {}
        self._adding = False
        self._build(keyboard)
        self._wire()

    def _build(self, keyboard: Keyboard) -> None:
        translate, number = QCoreApplication.translate, self._formats.carats
        nothing = self.tr("Nothing known matches “{text}”. Type part of a name or number.")
        self._parcel = PickField("goods_parcel", self.tr("&Parcel that goes in"), nothing=nothing)
        self._before = Entries(
            "goods_before",
            self.tr("What goes in"),
            fields=(self._parcel,),
            made=lambda: self._parcel.value,
            columns=(
                Column(self.tr("Parcel"), str, number=True),
                Column(self.tr("HS heading"), lambda parcel: self._of(parcel, "heading")),
                Column(self.tr("Origin"), lambda parcel: self._of(parcel, "origins"), wide=True),
                Column(self.tr("Carats"), lambda parcel: self._of(parcel, "carats"), number=True),
            ),
            empty=self.tr("Type or scan the number of a parcel, then Enter."),
        )
        self._heading = choice("goods_heading", *((translate("goods", words), each) for words, each in _HEADINGS))
        self._origin = choice("goods_origin", (translate("goods", "all, mixed"), ALL))
        self._goes = choice("goods_goes", (self.tr("new parcel"), False), (self.tr("sold"), True))
        self._carats = AmountField("goods_carats", self.tr("&Carats"), places=2, unit="ct", formats=self._formats)
        rest = button("goods_rest", self.tr("The rest"), keyboard.name("rest"))
        rest.clicked.connect(self.rest_asked)
        self._heading.setMinimumContentsLength(_SHORTEST)
        self._after = Entries(
            "goods_after",
            self.tr("What comes out"),
            fields=(
                Field(self.tr("&HS heading"), self._heading),
                Field(self.tr("&Origin"), self._origin),
                Field(self.tr("&Goes to"), self._goes),
                self._carats,
            ),
            made=self._made,
            columns=(
                Column(self.tr("HS heading"), lambda line: line.heading.value, number=True),
                Column(self.tr("Origin"), lambda line: origin_words(line.origin), wide=True),
                Column(self.tr("Goes to"), lambda line: self.tr("sold") if line.sold else self.tr("new parcel")),
                Column(self.tr("Carats"), lambda line: number(line.carats), number=True),
            ),
            empty=self.tr("Type the carats of each new parcel, Enter after each."),
            beside=(rest,),
        )
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(BETWEEN)
        whole.addWidget(self._before, 1)
        whole.addWidget(self._after, 1)
        for part in (self._before, self._after):
            low(part)

    def _wire(self) -> None:
        self._before.changed.connect(self.parcels_changed)
        self._after.changed.connect(self._on_changed)
        self._parcel.line.returnPressed.connect(self._on_enter)
        self._parcel.line.textEdited.connect(self._on_parcel_typed)

    def _on_enter(self) -> None:
        """On an empty line: nothing more goes in. The line is empty too just after a parcel was added."""
        added, self._adding = self._adding, False
        if self.parcels and not added and not self._parcel.line.text().strip():
            self._heading.setFocus()

    def _on_parcel_typed(self, typed: str) -> None:
        self._adding = self._adding or bool(typed.strip())

    def _made(self) -> Wanted | None:
        carats = self._carats.amount
        if not carats:
            return None
        heading, sold = Heading(self._heading.currentData()), bool(self._goes.currentData())
        return Wanted(heading, Carats(carats), self.origin, sold)

    def _on_changed(self) -> None:
        self._after.show_told(self._sum(line.carats for line in self.wanted))
        self.changed.emit()

    def _sum(self, carats: object) -> str:
        return self.tr("together {carats}").format(carats=self._formats.carats(total_carats(carats)))  # type: ignore[arg-type]

    def _of(self, parcel: str, what: str) -> str:
        """A column of a parcel whose portion is known."""
        portion = self._portions.get(parcel)
        if portion is None:
            return "…"
        shown = {"heading": portion.heading.value, "carats": self._formats.carats(portion.carats)}
        return shown.get(what) or ", ".join(origin_words(share.origin) for share in portion.shares)

    @property
    def parcels(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(self._before.lines))

    @property
    def wanted(self) -> tuple[Wanted, ...]:
        return self._after.lines

    @property
    def origin(self) -> str:
        return str(self._origin.currentData() or ALL)

    def take_cursor(self) -> None:
        (self._carats.editor if self.parcels else self._parcel.line).setFocus()

    def show_known(self, parcels: Sequence[tuple[str, str]]) -> None:
        self._parcel.show_options(parcels)

    def add_parcel(self, number: str) -> None:
        """A parcel that something else turned to."""
        if number and number not in self.parcels:
            self._before.add_lines([number])

    def show_portions(self, portions: Sequence[Portion]) -> None:
        """What the parcels hold; the origins to choose from are theirs."""
        self._portions = {portion.parcel: portion for portion in portions}
        self._before.show_lines(self.parcels)
        if portions:
            self._before.show_told(self._sum(portion.carats for portion in portions))
        origins = sorted({share.origin for portion in portions for share in portion.shares})
        kept = self.origin
        self._origin.clear()
        if len(origins) != 1:
            self._origin.addItem(QCoreApplication.translate("goods", "all, mixed"), ALL)
        for origin in origins:
            self._origin.addItem(origin_words(origin), origin)
        self._origin.setCurrentIndex(max(self._origin.findData(kept), 0))

    def show_rest(self, carats: Carats) -> None:
        self._carats.show_amount(carats.value if carats else None)
        self._carats.editor.setFocus()

    def clear(self) -> None:
        """For the next change."""
        self._before.show_lines(())
        self._after.show_lines(())
        for entries in (self._before, self._after):
            entries.show_told("")
        self._carats.show_amount(None)

    def texts(self) -> dict[str, object]:
        """What a draft keeps."""
        lines = [record_of(line) for line in self.wanted]
        return {"parcels": list(self.parcels), "wanted": lines}

    def show_texts(self, texts: Mapping[str, object]) -> None:
        """What a draft kept; what it cannot say is left out."""
        parcels, lines = texts.get("parcels", []), texts.get("wanted", [])
        if not isinstance(parcels, list) or not isinstance(lines, list):
            return
        self._before.show_lines([str(each) for each in parcels])
        try:
            self._after.show_lines([value_of(Wanted, line) for line in lines])
        except NotCanonical:
            self._after.show_lines(())
