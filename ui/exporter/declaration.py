"""The fields that every application has, at the counter and at an exporter's seat: parties, warranty, declaration."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QLabel, QLineEdit, QWidget

from kpdesk.domain.application import Draft, Statement
from ui.keys import Keyboard
from ui.tones import Answer
from ui.widgets.abreast import Abreast
from ui.widgets.card import button, column, row, text
from ui.widgets.day_field import DayField
from ui.widgets.field import EnterMoves, Field, choice, line
from ui.widgets.pick_field import PickField

_SHORTEST = 12


class Declaration(QWidget):
    """Keeps what is typed as text, so that a draft loses nothing that is not yet understood."""

    typed = Signal()
    left = Signal()
    """A field was left: time to check."""
    exporter_picked = Signal(object)
    """The firm's number, or None."""
    importer_picked = Signal(object)
    finished = Signal()
    """Enter in the last field."""

    def __init__(self, keyboard: Keyboard, today: Callable[[], date], *, own_firm: bool = False) -> None:
        """`own_firm`: at its own seat a firm does not say who it is."""
        super().__init__()
        self.setObjectName("application_fields")
        self._quiet = False
        self._today = today
        self._file: Path | None = None
        self._build(keyboard, own_firm)
        self._wire()

    def _build(self, keyboard: Keyboard, own_firm: bool) -> None:
        nothing = self.tr("Nothing known matches “{text}”. Type part of a name or number.")
        new = self.tr("“{text}” is not registered. Enter it with “New importer”.")
        self.exporter = PickField("application_exporter", self.tr("&Exporter"), nothing=nothing)
        self.importer = PickField("application_importer", self.tr("&Importer"), nothing=new)
        self.destination = PickField("application_destination", self.tr("&Destination"), nothing=nothing)
        self._statement = choice("application_statement")
        self._statement.setMinimumContentsLength(_SHORTEST)
        self._sow = line("application_sow", mono=True, longest=60)
        self.declared_on = DayField("application_declared_on", self.tr("Declared &on"), today=self._today)
        self._free = choice("application_free", (self.tr("not made"), ""), (self.tr("made and signed"), "1"))
        self._free.setMinimumContentsLength(_SHORTEST)
        self._signer = line("application_signer", longest=120)
        self.fields: dict[str, Field] = {
            "exporter": self.exporter,
            "importer": self.importer,
            "destination": self.destination,
            "statement": Field(self.tr("&Warranty statement"), self._statement),
            "sow": Field(self.tr("So&W number"), self._sow),
            "free": Field(self.tr("Con&flict-free declaration"), self._free),
            "signer": Field(self.tr("Si&gned by, for the firm"), self._signer),
            "declared_on": self.declared_on,
        }
        lines = Abreast(2, gap=16, between=12)
        lines.show_widgets([*self.fields.values()][own_firm:], own=(self.exporter, self.importer))
        if own_firm:
            self.exporter.setParent(self)
            self.exporter.hide()
        self._words = text(" ", "muted", wrap=True)
        self._words.setObjectName("application_words")
        self._attach = button("application_attach", self.tr("Attach invoice"), keyboard.name("open"))
        self._invoice: QLabel = text(self.tr("no invoice attached"), "muted", wrap=True)
        self._invoice.setObjectName("application_invoice")
        attached = QWidget()
        beside = row(self._attach, self._invoice, gap=12)
        beside.setStretch(1, 1)
        attached.setLayout(beside)
        self.setLayout(column(lines, self._words, attached, gap=12))

    def _wire(self) -> None:
        for field in self.fields.values():
            editor = field.editor
            if isinstance(editor, QLineEdit):
                editor.textChanged.connect(self._on_typed)
                editor.editingFinished.connect(self._on_left)
            else:
                editor.currentIndexChanged.connect(self._on_typed)
                editor.currentIndexChanged.connect(self._on_left)
        self._free.currentIndexChanged.connect(self._offer_day)
        self.exporter.picked.connect(self.exporter_picked)
        self.importer.picked.connect(self.importer_picked)
        self._statement.currentIndexChanged.connect(self._show_statement)
        self.declared_on.line.returnPressed.connect(self.finished)
        self._attach.clicked.connect(self.choose_invoice)
        self._moves = EnterMoves([field.editor for field in self.fields.values()])

    @property
    def first(self) -> QLineEdit:
        """Where work begins."""
        return (self.importer if self.exporter.isHidden() else self.exporter).line

    @property
    def invoice(self) -> Path | None:
        """The file that was chosen."""
        return self._file

    def show_known(
        self,
        *,
        exporters: Sequence[tuple[str, str]],
        importers: Sequence[tuple[str, str]],
        countries: Sequence[tuple[str, str]],
        statements: Sequence[Statement],
    ) -> None:
        """(number or code, name) of what may be chosen, and the statements accepted today."""
        self._quiet = True
        texts = self.texts()
        self.exporter.show_options([(number, f"{number}  {name}") for number, name in exporters])
        self.importer.show_options([(number, f"{number}  {name}".strip()) for number, name in importers])
        self.destination.show_options([(code, f"{code}  {name}") for code, name in countries])
        self._statement.clear()
        for each in statements:
            self._statement.addItem(self.tr("text of {version}").format(version=each.version), each)
        self.show_texts(texts)
        self._show_statement()
        self._quiet = False

    def _show_statement(self) -> None:
        chosen = self._statement.currentData()
        self._words.setText(chosen.text if isinstance(chosen, Statement) else " ")

    def choose_invoice(self) -> None:
        """Ask for the file in the system's own dialog."""
        pattern = self.tr("Pictures and PDFs (*.png *.jpg *.jpeg *.pdf)")
        chosen, _ = QFileDialog.getOpenFileName(self, self._attach.accessibleName(), "", pattern)
        if chosen:
            self.attach(Path(chosen))

    def attach(self, file: Path | None) -> None:
        """This file and no other; None lets it go."""
        self._file = file
        self._invoice.setText(
            self.tr("{file} attached").format(file=file.name) if file else self.tr("no invoice attached")
        )
        self._on_typed()
        self._on_left()

    def texts(self) -> dict[str, str]:
        """The fields as they are typed."""
        texts = {}
        for name, field in self.fields.items():
            editor = field.editor
            if isinstance(editor, QLineEdit):
                texts[name] = editor.text()
        texts |= {"statement": self.version, "free": "1" if self.free else ""}
        return texts | {"invoice": str(self._file or "")}

    @property
    def free(self) -> bool:
        """The declaration that none of the goods are conflict diamonds is made."""
        return bool(self._free.currentData())

    def declare_free(self, made: bool) -> None:
        self._free.setCurrentIndex(int(made))

    @property
    def version(self) -> str:
        chosen = self._statement.currentData()
        return chosen.version if isinstance(chosen, Statement) else ""

    def show_texts(self, texts: Mapping[str, str]) -> None:
        """Put back what was typed; what is not named is emptied."""
        quiet, self._quiet = self._quiet, True
        for name, field in self.fields.items():
            editor, words = field.editor, texts.get(name, "")
            if isinstance(editor, QLineEdit):
                editor.setText(words)
            field.show_words("")
        self._show_version(texts.get("statement", ""))
        self.declare_free(bool(texts.get("free")))
        file = texts.get("invoice", "")
        self.attach(Path(file) if file else None)
        self._quiet = quiet

    def show_draft(self, draft: Draft) -> None:
        """What another application has, into the fields that it fills."""
        self._quiet = True
        self.importer.show_value(draft.importer)
        self.destination.show_value(draft.destination)
        self._sow.setText(draft.sow)
        self._signer.setText(draft.signer)
        self._show_version(draft.statement)
        self._quiet = False
        self._on_typed()

    def _show_version(self, version: str) -> None:
        """The statement of this version, or the newest."""
        versions = [self._statement.itemData(each).version for each in range(self._statement.count())]
        if versions:
            self._statement.setCurrentIndex(versions.index(version) if version in versions else 0)

    def draft(self) -> Draft:
        """What is understood so far, without the goods."""
        return Draft(
            exporter=self.exporter.value or "",
            importer=self.importer.value or "",
            destination=self.destination.value or "",
            statement=self.version,
            sow=self._sow.text().strip(),
            conflict_free=self.free,
            declared_on=self.declared_on.day,
            signer=self._signer.text().strip(),
            invoice=self._file is not None,
        )

    def offer_destination(self, code: str) -> None:
        """Most goods go where the importer is; whoever knows better types over it."""
        if not self.destination.line.text().strip():
            self.destination.show_value(code)
            if self.destination.line.hasFocus():
                self.destination.line.selectAll()

    def _offer_day(self) -> None:
        if self.free and not self._quiet and not self.declared_on.line.text().strip():
            self.declared_on.show_day(self._today())

    def wrong(self) -> list[str]:
        """The names of the fields that keep it from going, in reading order, each told beside itself."""
        found = []
        wanted = {"exporter", "importer", "destination", *(("signer", "declared_on") if self.free else ())}
        for name, field in self.fields.items():
            if field.isHidden():
                continue
            if isinstance(field, (PickField, DayField)) and not field.check():
                found.append(name)
            elif name in wanted and isinstance(field.editor, QLineEdit) and not field.editor.text().strip():
                field.show_words(self.tr("Fill this in."))
                found.append(name)
        return found

    def show_checks(self, beside: Mapping[str, Answer]) -> None:
        """What was found about each field; own errors of a field come first.

        The field one types in is left alone: its check would put a whole name in place of half a word.
        """
        for name, field in self.fields.items():
            if field.editor.hasFocus():
                continue
            if isinstance(field, (PickField, DayField)) and not field.check():
                continue
            field.show_answer(beside.get(name))

    def _on_typed(self) -> None:
        if not self._quiet:
            self.typed.emit()

    def _on_left(self) -> None:
        if not self._quiet:
            self.left.emit()
