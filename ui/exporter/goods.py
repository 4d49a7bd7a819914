"""The firm's parcels to pick from, what is picked in carats and value by heading, and the exporter's own value."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QLabel, QVBoxLayout, QWidget

from kpdesk.domain.application import Declared, Draft, FirmParcel, Total, totals
from kpdesk.domain.measures import Money
from kpdesk.domain.seat import AnnouncedGoods
from ui import look
from ui.formats import Formats
from ui.widgets.amount_field import AmountField
from ui.widgets.card import APART, button, row, rule, text
from ui.widgets.picks import Picks
from ui.widgets.rows import Column

_LOWEST = 210


class TotalsView(QWidget):
    """Parcels, carats and US$ by HS heading, and in all: figures under each other."""

    def __init__(self, name: str, title: str, formats: Formats) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setAccessibleName(title)
        self._formats = formats
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(11, 0, 11, 0)
        self._grid.setHorizontalSpacing(24)
        self._grid.setVerticalSpacing(2)
        self._grid.setColumnStretch(0, 1)
        self._grid.setColumnStretch(1, 1)
        self.show_totals(())

    def show_totals(self, found: Sequence[Total]) -> None:
        while item := self._grid.takeAt(0):
            if widget := item.widget():
                widget.hide()
                widget.deleteLater()
        for line, each in enumerate(found):
            whole = each.heading is None
            if whole:
                self._grid.addWidget(rule(), line, 0, 1, 4)
            cells = (
                self.tr("in all") if whole else str(each.heading),
                self.tr("parcels: {count}").format(count=each.parcels),
                self._formats.carats(each.carats),
                self._formats.money(each.value),
            )
            for place, words in enumerate(cells):
                self._grid.addWidget(self._cell(words, figure=place > 1, strong=whole), line + whole, place)
        said = [f"{self._formats.carats(each.carats)}, {self._formats.money(each.value)}" for each in found[-1:]]
        self.setAccessibleDescription("".join(said))

    def _cell(self, words: str, *, figure: bool, strong: bool) -> QLabel:
        made = text(words, "number" if figure else "" if strong else "muted")
        if figure:
            made.setAlignment(Qt.AlignmentFlag.AlignTrailing | Qt.AlignmentFlag.AlignVCenter)
        if strong:
            look.heavier(made)
        return made


class GoodsPicker(QWidget):
    """What the firm has here: Space picks; the value it declares is typed for the row the cursor is on."""

    changed = Signal()
    declared = Signal(str, object)
    """A parcel that is not valued yet, and the exporter's own Money for it."""

    def __init__(self, formats: Formats) -> None:
        super().__init__()
        self._formats = formats
        self._stated: dict[str, Money] = {}
        self._waiting: tuple[str, ...] = ()
        """Picked in a draft whose goods are not listed yet."""
        self.list = Picks(
            "application_goods",
            self.tr("Parcels of the firm"),
            (
                Column(self.tr("Parcel"), self._named, wide=True),
                Column(self.tr("HS, origin"), lambda parcel: " ".join((parcel.heading, *parcel.origins))),
                Column(self.tr("Carats"), lambda parcel: formats.number(Decimal(str(parcel.carats))), number=True),
                Column(self.tr("Declared US$"), self._declared, number=True),
            ),
            self.tr("Choose the firm first. Its bagged parcels are listed here; Space picks one."),
            key=lambda parcel: parcel.number,
            may=lambda parcel: parcel.ready,
        )
        self.list.setMinimumHeight(look.current().px(_LOWEST))
        self.totals = TotalsView("application_totals", self.tr("Picked"), formats)
        self._value = AmountField(
            "application_value", self.tr("Declared &value of this parcel, US$"), places=2, unit="US$", formats=formats
        )
        self._declare = button("application_declare", self.tr("Declare"), self.tr("Enter"))
        line = row(self._value, self._declare, gap=12)
        line.setContentsMargins(11, 0, 11, 0)
        line.setStretch(0, 1)
        line.setAlignment(self._declare, Qt.AlignmentFlag.AlignVCenter)
        inside = QVBoxLayout(self)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(APART)
        inside.addWidget(self.list, 1)
        inside.addWidget(self.totals)
        self._line = QWidget()
        self._line.setLayout(line)
        inside.addWidget(self._line)
        self._line.hide()
        self.list.changed.connect(self._on_changed)
        self.list.picked.connect(self._on_row)
        self._declare.clicked.connect(self._on_declare)
        self._value.editor.returnPressed.connect(self._on_declare)  # type: ignore[union-attr]

    @property
    def parcels(self) -> tuple[str, ...]:
        """The numbers of those picked."""
        return tuple(parcel.number for parcel in self.list.picked_slips)

    @property
    def stated(self) -> tuple[Declared, ...]:
        """Values typed here for parcels picked."""
        return tuple(Declared(each, self._stated[each]) for each in self.parcels if each in self._stated)

    @property
    def announced(self) -> tuple[AnnouncedGoods, ...]:
        """Nothing is announced where the goods are here."""
        return ()

    @property
    def complete(self) -> bool:
        return bool(self.parcels)

    @property
    def wanted(self) -> str:
        """What to say while nothing is picked."""
        return self.tr("Pick the parcels: Space on each in the list.")

    def fill(self, draft: Draft) -> Draft:
        """The draft with what is picked, and the values stated here."""
        return replace(draft, parcels=self.parcels, declared=self.stated)

    def take_cursor(self) -> None:
        self.list.take_cursor()

    def show_goods(self, goods: Sequence[FirmParcel]) -> None:
        self.list.show_slips(goods)
        if self._waiting and goods:
            waiting, self._waiting = self._waiting, ()
            self.list.pick(waiting)
        self._on_changed()
        self._on_row(self.list.current())

    def texts(self) -> dict[str, str]:
        """As a draft keeps it."""
        stated = {parcel: str(value) for parcel, value in self._stated.items()}
        parcels = self._waiting or self.parcels
        return {"parcels": " ".join(parcels), "stated": json.dumps(stated) if stated else ""}

    def show_texts(self, texts: Mapping[str, str]) -> None:
        """Before the firm's parcels are listed, or after."""
        stated = json.loads(texts.get("stated") or "{}")
        self._stated = {parcel: Money.of(value) for parcel, value in stated.items()}
        picked = tuple(texts.get("parcels", "").split())
        listed = {parcel.number for parcel in self.list.model.slips if isinstance(parcel, FirmParcel)}
        self._waiting = () if listed or not picked else picked
        self.list.pick(picked)

    def _named(self, parcel: FirmParcel) -> str:
        return parcel.number if parcel.ready else self.tr("{number}, not bagged").format(number=parcel.number)

    def _declared(self, parcel: FirmParcel) -> str:
        if value := parcel.declared or self._stated.get(parcel.number):
            return self._formats.number(value.value)
        return self.tr("wanted") if parcel.undeclared else self.tr("sealed")

    def _on_changed(self) -> None:
        self.totals.show_totals(totals(self.list.picked_slips))
        self.changed.emit()

    def _on_row(self, parcel: object) -> None:
        """The value is asked for where the exporter has not stated one."""
        wanted = isinstance(parcel, FirmParcel) and parcel.undeclared
        self._line.setVisible(wanted)
        if wanted and isinstance(parcel, FirmParcel):
            kept = self._stated.get(parcel.number)
            self._value.show_amount(kept.value if kept else None)

    def _on_declare(self) -> None:
        parcel, amount = self.list.current(), self._value.amount
        if not isinstance(parcel, FirmParcel) or amount is None or not self._value.check():
            self._value.editor.setFocus()
            return
        if parcel.ready:
            self._stated[parcel.number] = Money(amount)
            self.list.take_cursor()
            self.changed.emit()
        else:
            self.declared.emit(parcel.number, Money(amount))
