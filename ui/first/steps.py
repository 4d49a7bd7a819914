"""The steps of the first run: each asks a few things and knows whether it has its answer."""

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import QLocale, QTimeZone, Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QLineEdit, QWidget

from kpdesk.desks.founding import AuthoritySlip
from ui import look
from ui.unlock import CapsLock, password_line
from ui.widgets.card import Notice, column, text
from ui.widgets.drop_area import DropArea
from ui.widgets.field import EnterMoves, Field, choice, line
from ui.widgets.pick_field import PickField

_LEAST_PASSWORD = 15


class Step(QWidget):
    """Asks; what was typed is kept as text, so that the first run can be left and taken up again."""

    done = Signal()
    """Enter in the last field."""

    def __init__(self, name: str, title: str, hint: str) -> None:
        super().__init__()
        self.setObjectName(f"first_{name}")
        self.name, self.title = name, title
        self._fields: list[Field] = []
        self.inside = column(gap=16)
        self.inside.addWidget(text(title, "title", wrap=True))
        self.inside.addWidget(text(hint, "muted", wrap=True))
        self.setLayout(self.inside)

    def ask(self, *fields: Field) -> None:
        """Put fields below each other; Enter goes on to the next and from the last to the next step."""
        self._fields.extend(fields)
        for field in fields:
            self.inside.addWidget(field)

    def close_up(self) -> None:
        """After the last field."""
        self.inside.addStretch(1)
        if self._fields:
            self._moves = EnterMoves([field.editor for field in self._fields])
            last = self._fields[-1].editor
            if isinstance(last, QLineEdit):
                last.returnPressed.connect(self.done)

    def texts(self) -> dict[str, str]:
        """What may be kept: never a password."""
        return {
            field.editor.objectName(): field.editor.text()
            if isinstance(field.editor, QLineEdit)
            else str(field.editor.currentData())
            for field in self._fields
            if not isinstance(field.editor, QLineEdit) or field.editor.echoMode() == QLineEdit.EchoMode.Normal
        }

    def show_texts(self, texts: Mapping[str, str]) -> None:
        for field in self._fields:
            kept = texts.get(field.editor.objectName())
            if kept is None:
                continue
            if isinstance(field.editor, QComboBox):
                field.editor.setCurrentIndex(max(field.editor.findData(kept), 0))
            else:
                field.editor.setText(kept)

    def check(self) -> bool:
        """Whether one may go on; what is missing is said beside its field, and gets the cursor."""
        for field in self._fields:
            editor = field.editor
            if isinstance(editor, QLineEdit) and not editor.text().strip():
                field.show_words(self.tr("Fill this in."))
                editor.setFocus()
                return False
            if isinstance(field, PickField) and (not field.check() or field.value is None):
                editor.setFocus()
                return False
            field.show_words("")
        return True

    def take_cursor(self) -> None:
        if self._fields:
            self._fields[0].editor.setFocus()


class Begin(Step):
    """Practice or real, and the language of the surface."""

    def __init__(self, title: str, hint: str) -> None:
        super().__init__("begin", title, hint)
        self._mode = choice(
            "first_mode",
            (self.tr("Found the office"), "real"),
            (self.tr("Practice first, with sample data"), "practice"),
        )
        self._language = choice("first_language", ("English", "en"))
        self.ask(Field(self.tr("&What to do"), self._mode), Field(self.tr("&Language"), self._language))
        self.close_up()

    @property
    def practice(self) -> bool:
        return bool(self._mode.currentData() == "practice")


class Country(Step):
    """Whose office it is, and whose clock it keeps."""

    def __init__(self, title: str, hint: str) -> None:
        super().__init__("country", title, hint)
        self.country = PickField(
            "first_country", self.tr("&Participant"), nothing=self.tr("No participant matches “{text}”.")
        )
        self.zone = choice("first_zone")
        self.country.picked.connect(self._show_zones)
        self.ask(self.country, Field(self.tr("&Time zone of the office"), self.zone))
        self.close_up()

    def show_countries(self, countries: Sequence[tuple[str, str]]) -> None:
        self.country.show_options([(code, f"{code}  {name}") for code, name in countries])

    def _show_zones(self, code: str | None) -> None:
        """Those of the country; where Qt knows none, those of the whole world."""
        there = QLocale.codeToTerritory(code or "")
        known = [] if there == QLocale.Country.AnyCountry else QTimeZone.availableTimeZoneIds(there)
        names = sorted(bytes(zone.data()).decode() for zone in known or QTimeZone.availableTimeZoneIds())
        self.zone.clear()
        for name in [each for each in names if "/" in each] or names or ["UTC"]:
            self.zone.addItem(name.replace("_", " "), name)


class OfficeStep(Step):
    """Its code and names, as certificates and batches will state them."""

    def __init__(self, title: str, hint: str) -> None:
        super().__init__("office", title, hint)
        self.code = line("first_code", mono=True, longest=12)
        self.office = line("first_office")
        self.issuing = line("first_issuing")
        self.place = line("first_place")
        self.second = choice("first_second", ("Français", "fr"), ("Português", "pt"), ("Русский", "ru"))
        self._code_field = Field(self.tr("Office &code"), self.code, below=True)
        self.ask(
            self._code_field,
            Field(self.tr("Name of the &office"), self.office),
            Field(self.tr("&Issuing authority, as certificates state it"), self.issuing),
            Field(self.tr("&Place"), self.place),
            Field(self.tr("Language of the certificate &beside English"), self.second),
        )
        self.close_up()

    def show_participant(self, participant: str) -> None:
        self._code_field.show_below(self.tr("such as {code}").format(code=f"{participant}-CAP"))
        if not self.code.text():
            self.code.setText(f"{participant}-")


class AuthorityStep(Step):
    """The national Authority's file, whose fingerprint two people compare by voice."""

    given = Signal(object)
    """The path of a file."""

    def __init__(self, title: str, hint: str) -> None:
        super().__init__("authority", title, hint)
        self.slip: AuthoritySlip | None = None
        self._said = text("", wrap=True)
        self._said.setObjectName("first_authority_said")
        self._print = text("", "number", wrap=True)
        self._print.setObjectName("first_fingerprint")
        shown = QWidget()
        shown.setLayout(column(1, self._said, self._print, 1))
        self.drop = DropArea(
            "first_authority_drop",
            self.tr("Drop the authority file here"),
            self.tr("authority.json, as the national Authority hands it out"),
            self.tr("Authority files (*.json)"),
            shown,
        )
        self.drop.setMinimumHeight(look.current().px(190))
        self.notice = Notice("first_authority_trouble")
        self._compared = QCheckBox(self.tr("We &compared the fingerprint with the Authority by voice"))
        self._compared.setObjectName("first_compared")
        self._compared.setEnabled(False)
        self.inside.addWidget(self.notice)
        self.inside.addWidget(self.drop)
        self.inside.addWidget(self._compared)
        self.close_up()
        self.drop.given.connect(lambda paths: self.given.emit(paths[0]))

    def show_file(self, slip: AuthoritySlip) -> None:
        self.slip = slip
        self.notice.show_words("")
        self._said.setText(self.tr("{name}, {participant}").format(name=slip.name, participant=slip.participant))
        self._print.setText(slip.fingerprint)
        self.drop.show_content(True)
        self._compared.setEnabled(True)
        self._compared.setFocus()

    def check(self) -> bool:
        if self.slip is None:
            self.notice.show_words(self.tr("Choose the authority file first."))
        elif not self._compared.isChecked():
            self.notice.show_words(self.tr("Ask the Authority for its fingerprint, and compare it group by group."))
        else:
            return True
        return False

    def take_cursor(self) -> None:
        self.drop.setFocus()


class Supervisor(Step):
    """A person with a password of their own."""

    def __init__(self, name: str, title: str, hint: str, taken: Callable[[], str]) -> None:
        """`taken`: the name of the other supervisor."""
        super().__init__(name, title, hint)
        self._taken = taken
        self.person = line(f"{name}_name", longest=80)
        self.password, self._again = password_line(f"{name}_password"), password_line(f"{name}_again")
        self._person_field = Field(self.tr("&Name"), self.person)
        self._password_field = Field(self.tr("&Password"), self.password, below=True)
        self._again_field = Field(self.tr("The password &once more"), self._again)
        self._password_field.show_below(self.tr("at least {count} characters; a sentence is good").format(count=15))
        self._caps = CapsLock(self)
        self.password.installEventFilter(self._caps)
        self._caps.noticed.connect(lambda on: self._again_field.show_below(self.tr("Caps Lock is on.") if on else ""))
        self.ask(self._person_field, self._password_field, self._again_field)
        self.close_up()

    def check(self) -> bool:
        if not super().check():
            return False
        if self.person.text().strip().casefold() == self._taken().strip().casefold():
            self._person_field.show_words(self.tr("The two supervisors are two people."))
            _again_at(self.person)
        elif len(self.password.text()) < _LEAST_PASSWORD:
            self._password_field.show_words(self.tr("Write at least {count} characters.").format(count=15))
            _again_at(self.password)
        elif self.password.text() != self._again.text():
            self._again_field.show_words(self.tr("This is not the same password."))
            _again_at(self._again)
        else:
            return True
        return False


def _again_at(editor: QLineEdit) -> None:
    """The cursor goes there, and what is typed replaces what was wrong."""
    editor.selectAll()
    editor.setFocus()
