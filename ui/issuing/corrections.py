"""What an amendment instruction corrects: a list that grows line by line, each with what the certificate states."""

from collections.abc import Mapping

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QLineEdit, QWidget

from kpdesk.domain.advice import Amendable, stated
from kpdesk.domain.certificate import Facts
from ui.marks import QT_TRANSLATE_NOOP
from ui.widgets.card import button, column, row
from ui.widgets.field import EnterMoves, Field, choice, line
from ui.widgets.rows import Column, Rows

_FIELDS = {
    Amendable.EXPORTER_NAME: QT_TRANSLATE_NOOP("amendable", "Exporter's name"),
    Amendable.EXPORTER_ADDRESS: QT_TRANSLATE_NOOP("amendable", "Exporter's address"),
    Amendable.IMPORTER_NAME: QT_TRANSLATE_NOOP("amendable", "Importer's name"),
    Amendable.IMPORTER_ADDRESS: QT_TRANSLATE_NOOP("amendable", "Importer's address"),
    Amendable.CARATS: QT_TRANSLATE_NOOP("amendable", "Carats"),
    Amendable.VALUE: QT_TRANSLATE_NOOP("amendable", "Value in US$"),
    Amendable.HEADING: QT_TRANSLATE_NOOP("amendable", "HS heading"),
    Amendable.ORIGIN: QT_TRANSLATE_NOOP("amendable", "Country of origin"),
    Amendable.PARCELS: QT_TRANSLATE_NOOP("amendable", "Number of parcels"),
    Amendable.SEALS: QT_TRANSLATE_NOOP("amendable", "Seals"),
}


class Corrections(QWidget):
    """Choose what is wrong, type what is right, Enter adds it; Delete takes a line out."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("void_corrections")
        self._facts: Facts | None = None
        self._corrected: dict[Amendable, str] = {}
        self._field = choice("void_field", *((_word(each), each) for each in Amendable))
        self._stated = Field(self.tr("What is wron&g"), self._field, below=True)
        self._right: QLineEdit = line("void_right")
        add = button("void_add", self.tr("Add"), self.tr("Enter"))
        out = button("void_take_out", self.tr("Take out"))
        self.rows = Rows(
            "void_corrected",
            self.tr("Corrections"),
            (
                Column(self.tr("What"), lambda each: _word(each[0])),
                Column(self.tr("Certificate states"), lambda each: self._states(each[0]), wide=True),
                Column(self.tr("Read"), lambda each: each[1], wide=True),
            ),
            self.tr("What the importing authority is to endorse is listed here."),
        )
        inside = column(self._stated, Field(self.tr("&Read instead"), self._right), gap=8)
        inside.addLayout(row(add, out, 1))
        inside.addWidget(self.rows, 1)
        self.setLayout(inside)
        self._moves = EnterMoves([self._field])
        self._field.currentIndexChanged.connect(self._show_stated)
        self._right.returnPressed.connect(self.add)
        add.clicked.connect(self.add)
        out.clicked.connect(self.take_out)

    @property
    def corrected(self) -> Mapping[Amendable, str]:
        """As it stands; what is still in the line counts too."""
        typed = self._right.text().strip()
        return self._corrected | ({Amendable(self._field.currentData()): typed} if typed else {})

    def show_facts(self, facts: Facts | None) -> None:
        """Another certificate: nothing is corrected yet."""
        self._facts = facts
        self._corrected = {}
        self._right.clear()
        self._show_rows()
        self._show_stated()

    def add(self) -> None:
        if self._right.text().strip():
            self._corrected[Amendable(self._field.currentData())] = self._right.text().strip()
            self._right.clear()
            self._show_rows()
            self._field.setFocus()

    def take_out(self) -> None:
        """The line the cursor is on."""
        current = self.rows.current()
        if isinstance(current, tuple):
            self._corrected.pop(current[0], None)
            self._show_rows()

    def _show_rows(self) -> None:
        self.rows.show_slips(tuple(self._corrected.items()))

    def _states(self, field: Amendable) -> str:
        return stated(self._facts, field) if self._facts else ""

    def _show_stated(self) -> None:
        words = self._states(Amendable(self._field.currentData()))
        self._stated.show_below(self.tr("the certificate states: {words}").format(words=words) if words else "")


def _word(field: Amendable) -> str:
    return QCoreApplication.translate("amendable", _FIELDS[field])
