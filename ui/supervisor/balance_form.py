"""What the books say of a balance, typed; and finding out how the one that hangs there speaks (desk.md §2.4)."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from threading import Event

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QComboBox, QFileDialog, QFrame, QLineEdit, QWidget

from kpdesk.desks.bench import profile_in
from kpdesk.domain.balance import (
    Balance,
    DialectName,
    LegalClass,
    LineSettings,
    Parity,
    Profile,
    Weight,
)
from kpdesk.domain.measures import parse_amount
from kpdesk.domain.outcomes import Outcome, Refusal
from ui import messages
from ui.formats import Formats
from ui.marks import QT_TRANSLATE_NOOP
from ui.widgets.abreast import Abreast
from ui.widgets.card import INSIDE, Notice, button, column, rename, text
from ui.widgets.day_field import DayField
from ui.widgets.field import EnterMoves, Field, choice, line
from ui.widgets.flow import Flow

_DIALECTS = (
    (QT_TRANSLATE_NOOP("dialects", "Mettler Toledo MT-SICS, KERN KCP"), DialectName.SICS),
    (QT_TRANSLATE_NOOP("dialects", "Sartorius, 16 characters"), DialectName.SBI16),
    (QT_TRANSLATE_NOOP("dialects", "Sartorius, 22 characters"), DialectName.SBI22),
    (QT_TRANSLATE_NOOP("dialects", "A&D standard"), DialectName.AND),
    (QT_TRANSLATE_NOOP("dialects", "Ohaus"), DialectName.OHAUS),
    (QT_TRANSLATE_NOOP("dialects", "Shimadzu"), DialectName.SHIMADZU),
    (QT_TRANSLATE_NOOP("dialects", "Vibra, Shinko"), DialectName.VIBRA),
    (QT_TRANSLATE_NOOP("dialects", "Radwag"), DialectName.RADWAG),
    (QT_TRANSLATE_NOOP("dialects", "Another, by a profile"), DialectName.REGEX),
)
_LINES = (
    LineSettings(9600),
    LineSettings(1200, 7, Parity.ODD, rtscts=True),
    LineSettings(9600, 8, Parity.ODD),
    LineSettings(2400, 7, Parity.EVEN),
    LineSettings(2400, 7, Parity.NONE, 2),
    LineSettings(1200),
    LineSettings(4800),
)
_TEXTS = ("id", "maker", "model", "serial", "certificate", "weight")
_PLACES = 5
_AMOUNTS = ("readability", "maximum", "nominal", "tolerance")


@dataclass(frozen=True, slots=True)
class Place:
    """Where a balance may hang."""

    name: str
    adapter: str
    words: str


@dataclass(frozen=True, slots=True)
class Found:
    """What came back, and how it was asked for."""

    dialect: DialectName
    line: LineSettings
    text: str
    fits: bool


class BalanceForm(QFrame):
    """Nothing is taken over from a search by itself: the officer sees what came back and signs."""

    entered = Signal(object, bool)
    """The `Balance` as typed, and whether it is a new one."""
    left = Signal()
    find_asked = Signal(object, object)
    """A `Place`, and a function that says whether to go on."""

    def __init__(self, formats: Formats, *, today: Callable[[], date]) -> None:
        super().__init__()
        self.setObjectName("balance_form")
        self.setProperty("card", True)
        self._formats, self._today = formats, today
        self._before: Balance | None = None
        self._profile: Profile | None = None
        self._search: Event | None = None
        self._build()
        self._wire()

    def _build(self) -> None:
        say = QCoreApplication.translate
        captions = {
            "id": self.tr("&Name on its label"), "maker": self.tr("&Maker"), "model": self.tr("Mo&del"),
            "serial": self.tr("&Serial number"), "certificate": self.tr("Calibration &certificate"),
            "weight": self.tr("Check &weight, certificate"), "readability": self.tr("S&tep d"),
            "maximum": self.tr("Ma&ximum"), "nominal": self.tr("Check weight, mass"),
            "tolerance": self.tr("Check weight, tolerance"),
        }  # fmt: skip
        self._lines: dict[str, QLineEdit] = {
            name: line(f"balance_{name}", mono=name in _AMOUNTS, longest=80) for name in (*_TEXTS, *_AMOUNTS)
        }
        self._place = choice("balance_place")
        self._place.setMinimumContentsLength(14)
        self._dialect = choice("balance_dialect", *((say("dialects", words), each) for words, each in _DIALECTS))
        self._dialect.setMinimumContentsLength(14)
        self._line = choice("balance_line", *((str(each), each) for each in _LINES))
        self._unit = choice("balance_unit", *((unit, unit) for unit in ("ct", "g", "mg")))
        self._class = choice(
            "balance_class",
            *((self.tr("class {name}").format(name=each.value), each) for each in LegalClass if each.value),
            (self.tr("not verified for trade"), LegalClass.NONE),
        )
        self._until = DayField("balance_until", self.tr("Calibrated &until"), today=self._today)
        self._fields: dict[str, Field] = {name: Field(captions[name], each) for name, each in self._lines.items()}
        self._fields["place"] = Field(self.tr("&Port"), self._place)
        self._fields["until"] = self._until
        choices = {
            "dialect": (self.tr("&How it speaks"), self._dialect), "line": (self.tr("&Line"), self._line),
            "unit": (self.tr("Un&it it is set to"), self._unit), "class": (self.tr("Acc&uracy class"), self._class),
        }  # fmt: skip
        self._fields |= {name: Field(caption, editor) for name, (caption, editor) in choices.items()}
        order = (
            "place", "dialect", "line", "id", "maker", "model", "serial", "unit", "readability", "maximum", "class",
            "certificate", "until", "weight", "nominal", "tolerance",
        )  # fmt: skip
        self._title = text(self.tr("New balance"), "heading")
        self._top = Notice("balance_top")
        self._find = button("balance_find", self.tr("Find balance"))
        self._profile_button = button("balance_profile", self.tr("Choose profile…"))
        self._answer = text("", "number", wrap=True)
        self._answer.setObjectName("balance_answer")
        self._answer.setAccessibleName(self.tr("What came back"))
        self._enter = button("balance_enter", self.tr("Put on the books"), "Ctrl+Enter", primary=True)
        self._back = button("balance_back", self.tr("Go back"))
        fields = Abreast(3, gap=16, between=10)
        fields.show_widgets([self._fields[name] for name in order])
        inside = column(self._title, self._top, gap=12)
        inside.setContentsMargins(INSIDE, INSIDE - 4, INSIDE, INSIDE)
        inside.addWidget(fields)
        inside.addWidget(flowing(self._find, self._profile_button))
        inside.addWidget(self._answer)
        inside.addStretch(1)
        inside.addWidget(flowing(self._enter, self._back))
        self.setLayout(inside)
        self._moves = EnterMoves([_editor(self._fields[name]) for name in order])
        self._answer.hide()

    def _wire(self) -> None:
        self._find.clicked.connect(self._on_find)
        self._profile_button.clicked.connect(self._on_profile)
        self._dialect.currentIndexChanged.connect(self._on_dialect)
        self._enter.clicked.connect(self.enter_balance)
        self._back.clicked.connect(self._on_back)
        self._on_dialect()

    def take_cursor(self) -> None:
        self._place.setFocus()

    def show_balance(self, balance: Balance | None) -> None:
        """The one to change, or a new one."""
        self._before, self._profile = balance, balance.profile if balance else None
        title = self.tr("Change balance {name}").format(name=balance.id) if balance else self.tr("New balance")
        self._title.setText(title)
        self._lines["id"].setReadOnly(balance is not None)
        self._top.show_words("")
        self._answer.hide()
        for each in self._lines.values():
            each.clear()
        self._until.show_day(balance.calibrated_until if balance else None)
        if balance is None:
            return
        for name in ("id", "maker", "model", "serial", "certificate"):
            self._lines[name].setText(getattr(balance, name))
        for name in ("readability", "maximum"):
            self._lines[name].setText(f"{getattr(balance, name):f}")
        if weight := balance.weight:
            self._lines["weight"].setText(weight.certificate)
            self._lines["nominal"].setText(f"{weight.nominal:f}")
            self._lines["tolerance"].setText(f"{weight.tolerance:f}")
        self._pick_line(balance.line)
        for editor, value in ((self._dialect, balance.dialect), (self._unit, balance.unit)):
            editor.setCurrentIndex(editor.findData(value))
        self._class.setCurrentIndex(self._class.findData(balance.legal_class))

    def show_places(self, places: Sequence[Place]) -> None:
        """The ports there are now; the one on the books stays even while it is away."""
        self._place.clear()
        kept = self._before.adapter if self._before else ""
        if kept and kept not in {each.adapter for each in places}:
            self._place.addItem(self.tr("{adapter}, not plugged in").format(adapter=kept), Place(kept, kept, kept))
        for each in places:
            self._place.addItem(f"{each.words}  ({each.name})", each)
            if each.adapter == kept:
                self._place.setCurrentIndex(self._place.count() - 1)
        self._find.setEnabled(bool(places))

    # Finding

    def _on_find(self) -> None:
        if self._search is not None:
            self.stop()
            return
        place = self._place.currentData()
        if not isinstance(place, Place):
            return
        search = self._search = Event()
        rename(self._find, self.tr("Stop looking"))
        self._say(self.tr("Each way to speak is tried in turn. This takes up to a minute."))
        self.find_asked.emit(place, lambda: not search.is_set())

    def stop(self) -> None:
        """No further try is begun."""
        if self._search is not None:
            self._search.set()

    def show_found(self, found: Found | None) -> None:
        self._search = None
        rename(self._find, self.tr("Find balance"))
        if found is None:
            self._say(self.tr("Nothing came back. Is it switched on, and its cable in?"))
            return
        if found.fits:
            self._dialect.setCurrentIndex(self._dialect.findData(found.dialect))
            self._pick_line(found.line)
            said = self.tr("It answered ({line}):\n{text}")
        else:
            said = self.tr("It answered in no way that is known ({line}). Choose a profile:\n{text}")
        self._say(said.format(line=found.line, text=found.text))

    def show_trouble(self, problem: Outcome) -> None:
        self._search = None
        rename(self._find, self.tr("Find balance"))
        self._top.show_words(messages.in_full(problem))

    def _say(self, words: str) -> None:
        self._answer.setText(words)
        self._answer.show()

    def _pick_line(self, settings: LineSettings) -> None:
        place = self._line.findText(str(settings))
        if place < 0:
            self._line.addItem(str(settings), settings)
            place = self._line.count() - 1
        self._line.setCurrentIndex(place)

    def _on_dialect(self) -> None:
        self._profile_button.setVisible(self._dialect.currentData() == DialectName.REGEX)

    def _on_profile(self) -> None:
        chosen, _ = QFileDialog.getOpenFileName(self, self.tr("Profile of a balance"), "", "TOML (*.toml)")
        if chosen:
            self.take_profile(Path(chosen))

    def take_profile(self, file: Path) -> None:
        """Read a profile; what is wrong with it is said."""
        try:
            self._profile = profile_in(file)
        except Outcome as problem:
            self._top.show_words(messages.in_full(problem))
        else:
            self._say(self._profile.line)

    # Entering

    def enter_balance(self) -> None:
        """Hand the balance over for the second signature; the first field that is wrong gets the cursor."""
        weighs = bool(self._typed("weight"))
        for name in ("id", "readability", "maximum", *(("nominal", "tolerance") if weighs else ())):
            wrong = self._fault(name)
            self._fields[name].show_words(wrong)
            if wrong:
                self._lines[name].setFocus()
                return
        if self._until.day is None:
            self._until.show_words(self.tr("Fill this in."))
            self._until.line.setFocus()
            return
        try:
            balance = self._balance(self._until.day)
        except Refusal as problem:
            self._top.show_words(messages.in_full(problem))
            return
        self._top.show_words("")
        self.entered.emit(balance, self._before is None)

    def _fault(self, name: str) -> str:
        """What is wrong with a field that must be filled in."""
        if not self._typed(name):
            return self.tr("Fill this in.")
        try:
            if name in _AMOUNTS:
                self._amount(name)
        except Refusal as refusal:
            return messages.in_full(refusal)
        return ""

    def _balance(self, until: date) -> Balance:
        place, dialect = self._place.currentData(), DialectName(self._dialect.currentData())
        certificate, weight = self._typed("weight"), None
        if certificate:
            weight = Weight(certificate, self._amount("nominal"), self._amount("tolerance"))
        made = Balance(
            id=self._typed("id"),
            maker=self._typed("maker"),
            model=self._typed("model"),
            serial=self._typed("serial"),
            dialect=dialect,
            profile=self._profile if dialect is DialectName.REGEX else None,
            line=self._line.currentData(),
            adapter=place.adapter if isinstance(place, Place) else "",
            unit=self._unit.currentData(),
            readability=self._amount("readability"),
            maximum=self._amount("maximum"),
            weight=weight,
            legal_class=LegalClass(self._class.currentData()),
            certificate=self._typed("certificate"),
            calibrated_until=until,
        )
        return made if self._before is None else replace(made, in_use=self._before.in_use)

    def _amount(self, name: str) -> Decimal:
        """As typed, without zeros at its end; raises the refusals of `parse_amount`."""
        return Decimal(f"{parse_amount(self._typed(name), _PLACES).normalize():f}")

    def _typed(self, name: str) -> str:
        return self._lines[name].text().strip()

    def _on_back(self) -> None:
        self.stop()
        self.left.emit()


def _editor(field: Field) -> QLineEdit | QComboBox:
    return field.editor


def flowing(*widgets: QWidget) -> QWidget:
    """Buttons beside each other, or in the next line."""
    held = QWidget()
    flow = Flow(held, gap=12)
    flow.setContentsMargins(0, 0, 0, 0)
    for each in widgets:
        flow.addWidget(each)
    return held
