"""Who takes the goods, by what and over which exit: the fields of a release (kpcs.md §4; EU 12(2))."""

import re
from collections.abc import Mapping, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from kpdesk.domain.leaving import Delivery, Paper
from ui.widgets.abreast import Abreast
from ui.widgets.card import column
from ui.widgets.field import EnterMoves, Field, choice, completer, line
from ui.widgets.pick_field import PickField

BY_HAND = "-"
"""The way that is no courier."""
_KEPT = ("carrier", "bearer", "journey", "exit", "representative")
"""What the next release on the same flight has too; whose paper, customs and seals are asked each time."""


class ReleaseForm(QWidget):
    """Enter goes from field to field; a courier asks for the firm, a hand-carrier for the passport."""

    left = Signal()
    """A field was left: look at the whole."""
    typed = Signal()
    done = Signal()
    """Every seal is scanned."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("release_form")
        self._seals: tuple[str, ...] = ()
        self._names: tuple[str, ...] = ()
        self._last: dict[str, str] = {}
        self._build()
        self._wire()

    def _build(self) -> None:
        self.carrier = PickField(
            "release_carrier",
            self.tr("&Courier, or by hand"),
            nothing=self.tr("No courier in the register has “{text}”."),
        )
        self._lines = {
            "bearer": self._line("bearer", self.tr("&Handed to (name)")),
            "paper_number": self._line("paper_number", self.tr("&Number of that paper"), mono=True),
            "journey": self._line("journey", self.tr("&Flight or waybill"), mono=True),
            "customs": self._line("customs", self.tr("C&ustoms declaration"), mono=True),
            "exit": self._line("exit", self.tr("Point of e&xit")),
            "representative": self._line("representative", self.tr("Exporter's &representative")),
            "seals": self._line("seals", self.tr("&Seals looked at"), mono=True),
        }
        self.paper = choice(
            "release_paper",
            (self.tr("Passport"), Paper.PASSPORT),
            (self.tr("Identity card"), Paper.IDENTITY_CARD),
            (self.tr("Courier's staff card"), Paper.STAFF_CARD),
        )
        paper = Field(self.tr("&Paper seen"), self.paper)
        fields = self._lines
        order = (
            self.carrier,
            fields["bearer"],
            paper,
            fields["paper_number"],
            fields["journey"],
            fields["customs"],
            fields["exit"],
            fields["representative"],
            fields["seals"],
        )
        held = Abreast(2, gap=16, between=10)
        held.show_widgets(order, own=(self.carrier, fields["seals"]))
        self.setLayout(column(held))
        self._moves = EnterMoves([each.editor for each in order[:-1]])

    def _line(self, name: str, caption: str, *, mono: bool = False) -> Field:
        return Field(caption, line(f"release_{name}", mono=mono), below=name == "seals")

    def _wire(self) -> None:
        self.carrier.picked.connect(self._on_carrier)
        self.paper.currentIndexChanged.connect(lambda: self.typed.emit())
        # Before the whole is looked at.
        self._editor("representative").editingFinished.connect(self._on_representative)
        for editor in self._editors().values():
            editor.textEdited.connect(lambda: self.typed.emit())
            editor.editingFinished.connect(self.left)
        representative = self._editor("representative")
        representative.returnPressed.connect(self._editor("seals").setFocus)
        self._editor("seals").returnPressed.connect(self._on_seal)
        self._editor("seals").textChanged.connect(self._show_seals)

    def _editor(self, name: str) -> QLineEdit:
        editor = self._lines[name].editor
        assert isinstance(editor, QLineEdit)
        return editor

    def _editors(self) -> dict[str, QLineEdit]:
        return {"carrier": self.carrier.line, **{name: self._editor(name) for name in self._lines}}

    def take_cursor(self) -> None:
        self.carrier.line.setFocus()

    def show_carriers(self, carriers: Sequence[tuple[str, str]]) -> None:
        """(register number, name) of the couriers; a person may carry it too."""
        self.carrier.show_options([*carriers, (BY_HAND, self.tr("By hand: the person named below carries it"))])

    def show_seals(self, seals: Sequence[str]) -> None:
        """Those to be looked at."""
        self._seals = tuple(seals)
        self._show_seals()

    def show_representatives(self, names: Sequence[str]) -> None:
        """Those whom the register lets act for the exporter."""
        self._names = tuple(names)
        self._editor("representative").setCompleter(completer(names, self))

    def given(self) -> Delivery:
        """As it is typed."""
        texts = {name: self._editor(name).text().strip() for name in self._lines}
        value = self.carrier.value
        return Delivery(
            carrier="" if value in (None, BY_HAND) else value,
            bearer=texts["bearer"],
            paper=self.paper.currentData(),
            paper_number=texts["paper_number"],
            journey=texts["journey"],
            customs=texts["customs"],
            exit=texts["exit"],
            representative=texts["representative"],
            seals=self.seals(),
        )

    @property
    def way_chosen(self) -> bool:
        """A courier, or by hand."""
        return self.carrier.value is not None

    def seals(self) -> tuple[str, ...]:
        return tuple(re.findall(r"[^\s,;]+", self._editor("seals").text()))

    def texts(self) -> dict[str, str]:
        """What may be kept as a draft: never the number of somebody's passport."""
        return {name: editor.text() for name, editor in self._editors().items() if name != "paper_number"}

    def show_texts(self, texts: Mapping[str, str]) -> None:
        for name, editor in self._editors().items():
            editor.setText(texts.get(name, ""))
        self.carrier.check()

    def remember(self) -> None:
        """For the next certificate that leaves by the same way."""
        self._last = self.texts()

    def copy_last(self) -> None:
        """What goes together: way, person, flight and exit; paper, customs and seals are asked anew."""
        if self._last:
            self.show_texts(self.texts() | {name: self._last[name] for name in _KEPT})
            first = next(name for name in ("paper_number", "customs", "seals") if not self._editor(name).text())
            self._editor(first).setFocus()

    def clear(self) -> None:
        self.show_texts({})
        self._editor("paper_number").clear()

    def _on_carrier(self, value: str | None) -> None:
        wanted = Paper.PASSPORT if value == BY_HAND else Paper.STAFF_CARD
        if value is not None:
            self.paper.setCurrentIndex(self.paper.findData(wanted))

    def _on_representative(self) -> None:
        """A few letters are enough for the one person they fit."""
        editor = self._editor("representative")
        typed = editor.text().strip().casefold()
        fitting = [name for name in self._names if typed and typed in name.casefold()]
        if len(fitting) == 1:
            editor.setText(fitting[0])

    def _on_seal(self) -> None:
        """A scanner ends with Enter: the next seal, or on to the release once all were seen."""
        if self._missing():
            self._editor("seals").insert(" ")
        else:
            self.done.emit()
        self.left.emit()

    def _missing(self) -> set[str]:
        return {seal.upper() for seal in self._seals} - {seal.upper() for seal in self.seals()}

    def _show_seals(self) -> None:
        many, seen = len(self._seals), len(self._seals) - len(self._missing())
        words = self.tr("✓ all {count} looked at") if seen == many else self.tr("scan {count}, looked at: {seen}")
        self._lines["seals"].show_below(words.format(count=many, seen=seen) if many else "")
