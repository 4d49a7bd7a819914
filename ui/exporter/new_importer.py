"""A foreign firm that nobody has registered yet, entered where it is missed."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from ui.widgets.abreast import Abreast
from ui.widgets.card import button, column, row
from ui.widgets.field import EnterMoves, Field, line
from ui.widgets.pick_field import PickField


class NewImporter(QWidget):
    """Name, address, country; hidden until it is asked for."""

    entered = Signal(str, str, str)
    """Name, address and the country's code."""

    def __init__(self) -> None:
        super().__init__()
        self._name = line("importer_name", longest=200)
        self._address = line("importer_address", longest=300)
        nothing = self.tr("Nothing known matches “{text}”. Type part of a name or number.")
        self._country = PickField("importer_country", self.tr("Its coun&try"), nothing=nothing)
        self._fields = (
            Field(self.tr("Its &name"), self._name),
            self._country,
            Field(self.tr("Its &address"), self._address),
        )
        lines = Abreast(2, gap=16, between=12)
        lines.show_widgets(self._fields, own=self._fields[2:])
        enter = button("importer_enter", self.tr("Enter in the register"))
        back = button("importer_back", self.tr("Not now"), link=True)
        inside = column(lines, gap=12)
        inside.addLayout(row(enter, back, 1, gap=12))
        self.setLayout(inside)
        self._moves = EnterMoves([field.editor for field in self._fields])
        enter.clicked.connect(self._on_enter)
        self._address.returnPressed.connect(self._on_enter)
        back.clicked.connect(self.hide)
        self.hide()

    def show_countries(self, countries: Sequence[tuple[str, str]]) -> None:
        self._country.show_options([(code, f"{code}  {name}") for code, name in countries])

    def ask(self, name: str) -> None:
        """For a firm of this name."""
        self._name.setText(name)
        self._address.clear()
        self._country.show_value(None)
        self.show()
        (self._country.line if name else self._name).setFocus()

    def _on_enter(self) -> None:
        for field, editor in ((self._fields[0], self._name), (self._fields[2], self._address)):
            if not editor.text().strip():
                field.show_words(self.tr("Fill this in."))
                editor.setFocus()
                return
            field.show_words("")
        if not self._country.check() or self._country.value is None:
            self._country.line.setFocus()
            return
        self.entered.emit(self._name.text().strip(), self._address.text().strip(), self._country.value)
