"""The fields of a parcel that comes in: text in, an intake out, and what is wrong beside each field."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QComboBox, QLineEdit, QWidget

from kpdesk.domain.goods import Heading
from kpdesk.domain.measures import Carats
from kpdesk.domain.parcel import Source
from ui.clerk.intake import Intake
from ui.formats import Formats
from ui.marks import QT_TRANSLATE_NOOP
from ui.tones import Answer
from ui.widgets.abreast import Abreast
from ui.widgets.amount_field import AmountField
from ui.widgets.card import column
from ui.widgets.countries_field import CountriesField
from ui.widgets.field import EnterMoves, Field, choice, line
from ui.widgets.pick_field import PickField

_SOURCES = (
    (QT_TRANSLATE_NOOP("goods", "Own mining"), Source.MINED),
    (QT_TRANSLATE_NOOP("goods", "Bought from licensed miners"), Source.PURCHASED),
    (QT_TRANSLATE_NOOP("goods", "Imported under certificates"), Source.IMPORTED),
    (QT_TRANSLATE_NOOP("goods", "Stock from before 2003"), Source.STOCK_2002),
)
_HEADINGS = (
    (QT_TRANSLATE_NOOP("goods", "7102.10  unsorted"), Heading.UNSORTED),
    (QT_TRANSLATE_NOOP("goods", "7102.21  industrial"), Heading.INDUSTRIAL),
    (QT_TRANSLATE_NOOP("goods", "7102.31  non-industrial"), Heading.NON_INDUSTRIAL),
)
_SHORTEST = 18
"""Characters of a choice that are always seen."""
_MAY_BE_EMPTY = ("title", "zone", "pieces", "again", "bag", "second", "note", "customs", "mines")
COPIED = ("exporter", "source", "title", "zone", "origin", "provenance", "heading", "draws")
"""What a parcel usually shares with the one before."""
STAYS = ("customs", "mines")
"""Who sits here all day."""


class ParcelForm(QWidget):
    """Keeps what is typed as text, so that a draft loses nothing that is not yet understood."""

    typed = Signal()
    left = Signal()
    """A field was left: time to check."""
    carats_changed = Signal()
    source_changed = Signal(object)

    def __init__(self, formats: Formats, *, second_here: bool) -> None:
        """`second_here`: the office lets the same officer weigh a second time."""
        super().__init__()
        self.setObjectName("register_fields")
        self._formats = formats
        self._quiet = False
        self._zones: tuple[tuple[str, str], ...] = ()
        self._build(second_here)
        self._wire()

    def _build(self, second_here: bool) -> None:
        translate = QCoreApplication.translate
        nothing = self.tr("Nothing known matches “{text}”. Type part of a name or number.")
        self.exporter = PickField("register_exporter", self.tr("&Exporter"), nothing=nothing)
        self.origin = CountriesField("register_origin", self.tr("Countries of &origin"), nothing=nothing)
        self.provenance = PickField("register_provenance", self.tr("&Provenance"), nothing=nothing)
        self._source = choice("register_source", *((translate("goods", words), each) for words, each in _SOURCES))
        self.title = PickField("register_title", self.tr("&Mining title"), nothing=nothing)
        self.zone = PickField("register_zone", self.tr("&Zone"), nothing=nothing)
        self._heading = choice("register_heading", *((translate("goods", words), each) for words, each in _HEADINGS))
        self._pieces = self._amount("register_pieces", self.tr("Stones (es&timate)"), places=0, unit="")
        self.first = self._amount("register_first", self.tr("&Carats, first weighing"), places=3, unit="ct")
        self.again = self._amount("register_again", self.tr("The same once more"), places=3, unit="ct")
        self.second = self._amount("register_second", self.tr("Carats, secon&d weighing"), places=3, unit="ct")
        self._bag = line("register_bag", mono=True, longest=40)
        self._note = line("register_note", longest=500)
        self._customs = line("register_customs", longest=120)
        self._mines = line("register_mines", longest=120)
        for each in (self._source, self._heading):
            each.setMinimumContentsLength(_SHORTEST)
        self.fields: dict[str, Field] = {
            "exporter": self.exporter,
            "source": Field(self.tr("So&urce"), self._source),
            "title": self.title,
            "origin": self.origin,
            "provenance": self.provenance,
            "zone": self.zone,
            "heading": Field(self.tr("&HS heading"), self._heading),
            "pieces": self._pieces,
            "first": self.first,
            "again": self.again,
            "second": self.second,
            "bag": Field(self.tr("&Bag number"), self._bag),
            "note": Field(self.tr("&Note"), self._note),
            "customs": Field(self.tr("Witness of customs"), self._customs),
            "mines": Field(self.tr("Witness of mines"), self._mines),
        }
        lines = Abreast(2, gap=16, between=12)
        own = [self.fields[name] for name in ("exporter", "zone", "second")]
        lines.show_widgets([*self.fields.values()], own=own)
        self.setLayout(column(lines))
        self.second.setVisible(second_here)
        self.zone.hide()

    def _amount(self, name: str, caption: str, *, places: int, unit: str) -> AmountField:
        return AmountField(name, caption, places=places, unit=unit, formats=self._formats)

    def _wire(self) -> None:
        for field in self.fields.values():
            editor = field.editor
            if isinstance(editor, QLineEdit):
                editor.textChanged.connect(self._on_typed)
                editor.editingFinished.connect(self._on_left)
            else:
                editor.currentIndexChanged.connect(self._on_typed)
                editor.currentIndexChanged.connect(self._on_left)
        for amount in (self.first, self.second):
            amount.amount_changed.connect(self.carats_changed)
        self._source.currentIndexChanged.connect(self._on_source)
        self.origin.line.editingFinished.connect(self._offer_provenance)
        self.origin.picked.connect(self._offer_zones)
        self._moves = EnterMoves([field.editor for field in self.fields.values()])

    def show_known(self, *, exporters: Sequence[tuple[str, str]], countries: Sequence[tuple[str, str]]) -> None:
        """(code, name) of what may be chosen."""
        self.exporter.show_options([(code, f"{code}  {name}") for code, name in exporters])
        self.origin.show_options(countries)
        self.provenance.show_options([(code, f"{code}  {name}") for code, name in countries])

    def show_zones(self, zones: Sequence[tuple[str, str]]) -> None:
        """(country, zone) of what is open today."""
        self._zones = tuple(zones)
        self._offer_zones()

    def show_titles(self, titles: Sequence[str]) -> None:
        self.title.show_options([(title, title) for title in titles])

    def texts(self) -> dict[str, str]:
        """The fields as they are typed."""
        return {
            name: field.editor.text() if isinstance(field.editor, QLineEdit) else str(field.editor.currentData())
            for name, field in self.fields.items()
        }

    def show_texts(self, texts: Mapping[str, str]) -> None:
        """Put back what was typed; what is not named is emptied."""
        self._quiet = True
        for name, field in self.fields.items():
            editor, words = field.editor, texts.get(name, "")
            if isinstance(editor, QComboBox):
                kept = [str(editor.itemData(each)) for each in range(editor.count())]
                editor.setCurrentIndex(kept.index(words) if words in kept else 0)
            else:
                editor.setText(words)
            field.show_words("")
        self._quiet = False

    def intake(self) -> Intake:
        """What is understood so far."""
        pieces = self._pieces.amount
        return Intake(
            exporter=self.exporter.value,
            source=Source(self._source.currentData()),
            title=(self.title.value or self._typed("title")) if self.title.isEnabled() else "",
            zone=(self.zone.value or self._typed("zone")) if not self.zone.isHidden() else "",
            origins=self.origin.codes,
            provenance=self.provenance.value or "",
            heading=Heading(self._heading.currentData()),
            pieces=None if pieces is None else int(pieces),
            first=_carats(self.first),
            second=_carats(self.second),
            bag=self._typed("bag"),
            note=self._typed("note"),
            customs=self._typed("customs"),
            mines=self._typed("mines"),
        )

    def _typed(self, name: str) -> str:
        editor = self.fields[name].editor
        assert isinstance(editor, QLineEdit)
        return editor.text().strip()

    @property
    def weighed(self) -> tuple[Carats | None, Carats | None]:
        return _carats(self.first), _carats(self.second)

    def wrong(self) -> list[str]:
        """The names of the fields that cannot be saved, in reading order, each told beside itself."""
        found = []
        for name, field in self.fields.items():
            if not field.isEnabled():
                continue
            if isinstance(field, (AmountField, CountriesField, PickField)) and not field.check():
                found.append(name)
            elif isinstance(field.editor, QLineEdit) and name not in _MAY_BE_EMPTY and not self._typed(name):
                field.show_words(self.tr("Fill this in."))
                found.append(name)
        if self._differs():
            found.append("again")
        return found

    def _differs(self) -> bool:
        """What was typed twice is not the same; said beside it."""
        twice = self.first.amount is not None and not self.again.isHidden()
        if twice and self.again.amount != self.first.amount:
            self.again.show_words(self.tr("The two entries differ. Look at the balance and type again."))
            return True
        return False

    def show_by_hand(self, by_hand: bool) -> None:
        """What is typed is typed twice; what a balance gives is not."""
        self.again.setVisible(by_hand)

    def show_checks(self, beside: Mapping[str, Answer]) -> None:
        """What was found about each field; own errors of a field come first.

        The field one types in is left alone: its check would put a whole name in place of half a word.
        """
        for name, field in self.fields.items():
            if field.editor.hasFocus():
                continue
            if isinstance(field, (AmountField, CountriesField, PickField)) and not field.check():
                continue
            field.show_answer(beside.get(name))
        if self.again.amount is not None:
            self._differs()

    def _on_typed(self) -> None:
        if not self._quiet:
            self.typed.emit()

    def _on_left(self) -> None:
        if not self._quiet:
            self.left.emit()

    def _offer_provenance(self) -> None:
        """Most goods come from where they were mined; whoever knows better types over it."""
        if len(self.origin.codes) == 1 and not self._typed("provenance"):
            self.provenance.show_value(self.origin.codes[0])
            if self.provenance.line.hasFocus():
                self.provenance.line.selectAll()

    def _offer_zones(self) -> None:
        """A zone is asked for only where the country may export from named zones alone."""
        offered = [zone for country, zone in self._zones if country in self.origin.codes]
        self.zone.setVisible(bool(offered))
        self.zone.show_options([(zone, zone) for zone in offered])

    @property
    def source(self) -> Source:
        return Source(self._source.currentData())

    def _on_source(self) -> None:
        """Only what was mined has a title."""
        self.title.setEnabled(self.source is Source.MINED)
        self.source_changed.emit(self.source)


def _carats(field: AmountField) -> Carats | None:
    return None if field.amount is None else Carats(field.amount)
