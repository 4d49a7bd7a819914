"""What two supervisors change of an officer: one choice, and the fields that it wants."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from PySide6.QtWidgets import QCheckBox, QWidget

from kpdesk.desks.people import Person
from kpdesk.domain.acting import GIVEN, Acting
from kpdesk.domain.parties import Role
from ui.formats import Formats
from ui.keys import Keyboard
from ui.supervisor.doing import Doing, DoingCard
from ui.unlock import password_line
from ui.widgets.abreast import Abreast
from ui.widgets.card import column, text
from ui.widgets.day_field import DayField
from ui.widgets.field import Field, choice, line
from ui.widgets.pick_field import PickField
from ui.widgets.side import role_word

OWN_PASSWORD = ("add", "password")
"""Acts for which the officer types an own new password."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What is to be changed, as it was typed."""

    key: str
    name: str = ""
    officer: str = ""
    """The id of the one it is about."""
    to: str = ""
    roles: frozenset[Role] = frozenset()
    role: Role = Role.CLERK
    first: date | None = None
    last: date | None = None
    acting: str = ""
    why: str = ""
    password: str = field(default="", repr=False)
    """The officer's own: a new one, or who becomes a supervisor signs with it."""

    def with_password(self, password: str) -> "Wish":
        return replace(self, password=password)


class RolePicks(QWidget):
    """A box for each role that an office gives."""

    def __init__(self, name: str, caption: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self._boxes = {role: QCheckBox(role_word(role)) for role in GIVEN}
        for role, box in self._boxes.items():
            box.setObjectName(f"{name}_{role}")
            box.setAccessibleName(f"{caption}: {role_word(role)}")
        abreast = Abreast(2, gap=12, between=8)
        abreast.show_widgets([*self._boxes.values()])
        self.setLayout(column(text(caption, "caption"), abreast))
        self.setFocusProxy(next(iter(self._boxes.values())))

    @property
    def roles(self) -> frozenset[Role]:
        return frozenset(role for role, box in self._boxes.items() if box.isChecked())

    def show_roles(self, roles: frozenset[Role]) -> None:
        for role, box in self._boxes.items():
            box.setChecked(role in roles)


class OfficersForm(QWidget):
    """Shows the officer that the list has under its cursor; another may be picked by name."""

    def __init__(self, today: Callable[[], date], keyboard: Keyboard) -> None:
        super().__init__()
        self._people: dict[str, Person] = {}
        self._acting = ""
        nobody = self.tr("Nobody is called {text}.")
        self._officer = PickField("officers_officer", self.tr("&Officer"), nothing=nobody)
        self._to = PickField("officers_to", self.tr("&Successor"), nothing=nobody)
        self._name = line("officers_name", longest=80)
        self._roles = RolePicks("officers_roles", self.tr("Roles"))
        self._own = password_line("officers_own")
        self._role = choice("officers_role", *((role_word(role), role) for role in GIVEN))
        self._first = DayField("officers_first", self.tr("&First day"), today=today)
        self._last = DayField("officers_last", self.tr("&Last day"), today=today)
        self._appointment = line("officers_appointment", longest=20)
        self._why = line("officers_why", longest=200)
        fields: dict[str, QWidget] = {
            "name": Field(self.tr("&Name"), self._name),
            "officer": self._officer,
            "to": self._to,
            "roles": self._roles,
            "own": Field(self.tr("Only who becomes a supervisor: own &password"), self._own),
            "role": Field(self.tr("&Role"), self._role),
            "first": self._first,
            "last": self._last,
            "acting": Field(self.tr("&Appointment"), self._appointment),
            "why": Field(self.tr("&Why"), self._why),
        }
        self.card = DoingCard("officers_doing", self._doings(), fields, keyboard)
        self.setLayout(column(self.card))
        self._officer.picked.connect(self._on_officer)

    def _doings(self) -> list[Doing]:
        wide = ("name", "officer", "to", "roles", "own", "role", "acting", "why")
        return [
            Doing(
                "acting",
                self.tr("Appoint to act"),
                ("officer", "role", "first", "last", "why"),
                (),
                wide,
                self.tr("From the first day to the last at sign-in; it ends by itself."),
            ),
            Doing("call_off", self.tr("Call an appointment off"), ("acting",), (), wide),
            Doing(
                "roles",
                self.tr("Change roles"),
                ("officer", "roles", "own"),
                ("own",),
                wide,
                self.tr("From the next sign-in on. Who becomes a supervisor signs too."),
            ),
            Doing(
                "add",
                self.tr("Let an officer in"),
                ("name", "roles"),
                (),
                wide,
                self.tr("The new officer types the own password; you and the other supervisor sign."),
            ),
            Doing(
                "password",
                self.tr("Replace a forgotten password"),
                ("officer",),
                (),
                wide,
                self.tr("The old key is lost with it: what is signed and not printed is signed anew."),
            ),
            Doing(
                "drafts",
                self.tr("Give drafts to another"),
                ("officer", "to", "why"),
                (),
                wide,
                self.tr("What an absent officer began, as it was typed."),
            ),
            Doing(
                "hand_over",
                self.tr("Hand everything over"),
                ("officer", "why"),
                (),
                wide,
                self.tr("Drafts, goods and stock. The successor signs beside you, and gets it all."),
            ),
            Doing(
                "leaves",
                self.tr("The officer leaves"),
                ("officer",),
                (),
                wide,
                self.tr("Hand everything over first. No act is theirs from then on, and the key slot is gone."),
            ),
        ]

    def show_people(self, people: Sequence[Person]) -> None:
        self._people = {each.id: each for each in people}
        options = [(each.id, each.name) for each in people]
        for each in (self._officer, self._to):
            each.show_options(options)

    def show_person(self, person: Person) -> None:
        """The one under the list's cursor; a new officer's roles are chosen by hand."""
        self._officer.show_value(person.id)

    def show_acting(self, acting: Acting, name: str) -> None:
        self._acting = acting.id
        self._appointment.setText(acting.id)
        self._officer.show_value(acting.officer)

    def _on_officer(self, officer: object) -> None:
        person = self._people.get(str(officer))
        if person is not None and self.card.doing.key != "add":
            self._roles.show_roles(frozenset(role for role, _ in person.roles))

    def wish(self) -> Wish:
        return Wish(
            key=self.card.doing.key,
            name=self._name.text().strip(),
            officer=self._officer.value or "",
            to=self._to.value or "",
            roles=self._roles.roles,
            role=Role(self._role.currentData()),
            first=self._first.day,
            last=self._last.day,
            acting=self._appointment.text().strip(),
            why=self._why.text().strip(),
            password=self._own.text() if self.card.doing.key == "roles" else "",
        )

    def said(self, formats: Formats) -> list[str]:
        """What a second officer signs, in words."""
        fields = self.card.doing.fields
        roles = ", ".join(role_word(role) for role in GIVEN if role in self._roles.roles)
        days = [formats.date(each.day) for each in (self._first, self._last) if each.day]
        told = {
            "name": self._name.text().strip(),
            "officer": self._officer.line.text(),
            "to": f"→ {self._to.line.text()}",
            "roles": roles,
            "role": self._role.currentText(),
            "first": " – ".join(days),
            "acting": self._appointment.text(),
            "why": self._why.text().strip(),
        }
        return [words for name, words in told.items() if name in fields and words]

    def clear(self) -> None:
        typed = (self._name, self._own, self._first.line, self._last.line, self._why, self._appointment, self._to.line)
        for each in typed:
            each.clear()
