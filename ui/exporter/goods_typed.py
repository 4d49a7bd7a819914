"""The parcels that a firm announces from its own seat: typed one by one, by its own word."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from kpdesk.domain.application import Draft, Total
from kpdesk.domain.goods import Heading
from kpdesk.domain.measures import Carats, Money, total_carats, total_money
from kpdesk.domain.seat import AnnouncedGoods
from ui import look
from ui.exporter.goods import TotalsView
from ui.formats import Formats
from ui.marks import QT_TRANSLATE_NOOP
from ui.widgets.abreast import Abreast
from ui.widgets.amount_field import AmountField
from ui.widgets.card import APART, button, row
from ui.widgets.field import EnterMoves, Field, choice, line
from ui.widgets.pick_field import PickField
from ui.widgets.rows import Column, Rows

_LOWEST = 170
_HEADINGS = (
    (QT_TRANSLATE_NOOP("goods", "7102.10  unsorted"), Heading.UNSORTED),
    (QT_TRANSLATE_NOOP("goods", "7102.21  industrial"), Heading.INDUSTRIAL),
    (QT_TRANSLATE_NOOP("goods", "7102.31  non-industrial"), Heading.NON_INDUSTRIAL),
)


class GoodsTyped(QWidget):
    """Enter in the last field adds the parcel; Delete takes the one under the cursor out again."""

    changed = Signal()
    declared = Signal(str, object)
    """Never: at its own seat a firm declares the value with the parcel."""

    def __init__(self, formats: Formats) -> None:
        super().__init__()
        self._formats = formats
        self._goods: tuple[AnnouncedGoods, ...] = ()
        self._build()
        self._wire()

    def _build(self) -> None:
        shown = self._formats
        self.list = Rows(
            "announced_goods",
            self.tr("Parcels announced"),
            (
                Column(self.tr("Parcel"), lambda parcel: parcel.label, wide=True),
                Column(self.tr("HS"), lambda parcel: str(parcel.heading)),
                Column(self.tr("Origin"), lambda parcel: " ".join(parcel.origins)),
                Column(self.tr("Carats"), lambda parcel: shown.carats(parcel.carats), number=True),
                Column(self.tr("Value"), lambda parcel: shown.money(parcel.value), number=True),
            ),
            self.tr("Nothing is announced yet. Type each parcel below; Enter in the last field adds it."),
        )
        self.list.setMinimumHeight(look.current().px(_LOWEST))
        self.totals = TotalsView("announced_totals", self.tr("Announced"), shown)
        translate = QCoreApplication.translate
        nothing = self.tr("Nothing known matches “{text}”. Type part of a name or number.")
        self._label = line("announced_label", longest=60)
        self._heading = choice("announced_heading", *((translate("goods", words), each) for words, each in _HEADINGS))
        self._origin = PickField("announced_origin", self.tr("Country of &origin"), nothing=nothing)
        self._carats = AmountField("announced_carats", self.tr("&Carats"), places=2, unit="ct", formats=shown)
        self._value = AmountField("announced_value", self.tr("&Value, US$"), places=2, unit="US$", formats=shown)
        self._fields: tuple[Field, ...] = (
            Field(self.tr("Your name for the &parcel"), self._label),
            Field(self.tr("&HS heading"), self._heading),
            self._origin,
            self._carats,
            self._value,
        )
        fields = Abreast(3, gap=12, between=8)
        fields.show_widgets(self._fields)
        self._add = button("announced_add", self.tr("Add parcel"), self.tr("Enter"))
        self._out = button("announced_out", self.tr("Take out"), self.tr("Del"))
        held = QWidget()
        inside = QVBoxLayout(held)
        inside.setContentsMargins(11, 0, 11, 0)
        inside.addWidget(fields)
        inside.addLayout(row(self._add, self._out, 1, gap=12))
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(APART)
        whole.addWidget(self.list, 1)
        whole.addWidget(self.totals)
        whole.addWidget(held)

    def _wire(self) -> None:
        self._moves = EnterMoves([field.editor for field in self._fields])
        self._value.editor.returnPressed.connect(self.add)  # type: ignore[union-attr]
        self._add.clicked.connect(self.add)
        self._out.clicked.connect(self._take_out)
        self.list.table.installEventFilter(self)

    @property
    def announced(self) -> tuple[AnnouncedGoods, ...]:
        return self._goods

    @property
    def complete(self) -> bool:
        return bool(self._goods)

    @property
    def wanted(self) -> str:
        """What to say while nothing is there."""
        return self.tr("Type at least one parcel.")

    def fill(self, draft: Draft) -> Draft:
        """The draft as it goes from a seat: its goods are apart."""
        return replace(draft, parcels=())

    def show_known(self, countries: Sequence[tuple[str, str]], own: str) -> None:
        """(code, name) of what may be an origin; most goods are from here."""
        self._origin.show_options([(code, f"{code}  {name}") for code, name in countries])
        self._own = own
        if not self._origin.line.text():
            self._origin.show_value(own)

    def take_cursor(self) -> None:
        self._label.setFocus()

    def add(self) -> None:
        """The parcel that was typed; the first field that is wrong gets the cursor."""
        for field in (self._origin, self._carats, self._value):
            if not field.check() or not field.editor.text().strip():  # type: ignore[union-attr]
                field.editor.setFocus()
                return
        label = self._label.text().strip()
        if not label or label in {each.label for each in self._goods}:
            self._fields[0].show_words(self.tr("Give each parcel a name of its own."))
            self._label.setFocus()
            return
        if not self._carats.amount or self._value.amount is None:
            self._carats.editor.setFocus()
            return
        self._fields[0].show_words("")
        parcel = AnnouncedGoods(
            label=label,
            heading=Heading(self._heading.currentData()),
            origins=(self._origin.value or "",),
            carats=Carats(self._carats.amount),
            value=Money(self._value.amount),
        )
        self._show((*self._goods, parcel))
        for editor in (self._label, self._carats.editor, self._value.editor):
            editor.clear()
        self._label.setFocus()

    def _take_out(self) -> None:
        gone = self.list.current()
        self._show(tuple(each for each in self._goods if each is not gone))

    def _show(self, goods: tuple[AnnouncedGoods, ...]) -> None:
        self._goods = goods
        self.list.show_slips(goods)
        self._out.setEnabled(bool(goods))
        self.totals.show_totals(_totals(goods))
        self.changed.emit()

    def texts(self) -> dict[str, str]:
        """As a draft keeps it."""
        rows = [
            [each.label, each.heading.value, *each.origins, str(each.carats), str(each.value)] for each in self._goods
        ]
        return {"goods": json.dumps(rows) if rows else ""}

    def show_texts(self, texts: Mapping[str, str]) -> None:
        self._show(
            tuple(
                AnnouncedGoods(
                    label=label,
                    heading=Heading(heading),
                    origins=(origin,),
                    carats=Carats.of(carats),
                    value=Money.of(value),
                )
                for label, heading, origin, carats, value in json.loads(texts.get("goods") or "[]")
            )
        )

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        pressed = event.type() == QEvent.Type.KeyPress and watched is self.list.table
        if pressed and isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Delete:
            self._take_out()
            return True
        return super().eventFilter(watched, event)


def _totals(goods: Sequence[AnnouncedGoods]) -> tuple[Total, ...]:
    """By heading, and in all at the end."""

    def sum_of(heading: Heading | None) -> Total:
        its = [each for each in goods if heading in (None, each.heading)]
        carats, value = total_carats(each.carats for each in its), total_money(each.value for each in its)
        return Total(heading, len(its), carats, value)

    headings = sorted({each.heading for each in goods})
    return tuple(map(sum_of, (*headings, None))) if goods else ()
